"""The gazetteer: the names, demonyms and offices of actors.ttl, ready to be found in a parsed text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.tokens import Span as SpacySpan

from kgbuild.ontology import Actor, Ontology


class Gazetteer:
    """The names of actors.ttl, ready to be found in a Doc."""

    def __init__(self, nlp: Language, ontology: Ontology) -> None:
        self.ontology = ontology
        self._meanings: dict[str, list[tuple[str, Actor]]] = defaultdict(list)
        self._names = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._offices = PhraseMatcher(nlp.vocab, attr="LOWER")
        for actor in ontology.actors.values():
            if actor.cls == "Office":
                continue
            upper = [name.upper() for name in actor.names if len(name) > 3]
            with_article = [name for name in actor.exact if name.startswith("the ")]
            for kind, names in (
                ("name", (*(name.removeprefix("the ") for name in actor.names), *actor.exact, *upper)),
                ("name", (f"The {name[4:]}" for name in with_article)),
                ("demonym", (*actor.demonyms, *(d.upper() for d in actor.demonyms))),
                ("metonym", actor.metonyms),
            ):
                for name in names:
                    self._meanings[name].append((kind, actor))
        texts = sorted(self._meanings)
        self._names.add("name", [nlp.make_doc(text) for text in texts])
        # A token may hide a name ("U.S.-led"), and one written text may be tokenised in context only.
        offices = sorted({form for name in ontology.offices for form in (name, _plural(name))})
        self._offices.add("office", [nlp.make_doc(text) for text in offices])
        self._office_ids = {form: office for name, office in ontology.offices.items() for form in (name, _plural(name))}
        self._in_office: dict[str, frozenset[str]] = {}
        self.capitals = {
            name: actor.capital_of
            for actor in ontology.actors.values()
            if actor.cls == "City" and actor.capital_of
            for name in actor.names
        }
        """The states that speak from a dateline's city."""
        self.surnames: dict[str, list[Actor]] = defaultdict(list)
        for actor in ontology.actors.values():
            if actor.cls == "Person":
                for surname in {name.split()[-1] for name in actor.names if " " in name}:
                    self.surnames[surname].append(actor)

    def names(self, doc: Doc) -> Iterator[tuple[SpacySpan, str, Actor]]:
        """Spans of known names with how they name (name, demonym, metonym) and whom."""
        for span in self._names(doc, as_spans=True):
            # "Brussels" is the Union where it acts, else the city
            metonyms_last = not acts(span, self.ontology)
            meanings = self._meanings.get(span.text)
            if meanings:
                kind, actor = min(
                    meanings,
                    key=lambda m: (m[0] == "demonym", metonyms_last and m[0] == "metonym", _rank(m[1]), m[1].id),
                )
                yield span, kind, actor

    def surnames_in_office(self, day: str) -> frozenset[str]:
        """Surnames of exactly one office-holder on *day* (ISO): bare, they name that one. Without a day, of all times."""
        if day not in self._in_office:
            ontology = self.ontology
            self._in_office[day] = frozenset(
                surname
                for surname, actors in self.surnames.items()
                if len(surname) > (3 if day else 5)
                and sum(bool(not day or ontology.offices_of(a.id, day)) for a in actors) == 1
            )
        return self._in_office[day]

    def offices(self, doc: Doc) -> dict[int, tuple[SpacySpan, str]]:
        """Offices by the index of their last token; the longest name wins ("deputy foreign minister")."""
        found: dict[int, tuple[SpacySpan, str]] = {}
        for span in self._offices(doc, as_spans=True):
            office = self._office_ids[span.text.lower()]
            known = found.get(span.end - 1)
            if known is None or len(span) > len(known[0]):
                found[span.end - 1] = (span, office)
        return found


def _plural(name: str) -> str:
    head, of, rest = name.partition(" of ")
    head += "es" if head.endswith(("ch", "sh", "s", "x")) else "s"
    head = re.sub(r"(m)ans$", r"\1en", head)
    return head + of + rest


def _rank(actor: Actor) -> int:
    order = ("State", "IntergovernmentalOrganization", "City")
    return order.index(actor.cls) if actor.cls in order else len(order)


def acts(city: SpacySpan, ontology: Ontology) -> bool:
    """Whether a capital stands for its government: a subject, object or owner, not after "in", "from", "to"."""
    head = city.root
    while head.dep_ == "conj":
        head = head.head
    if head.dep_ == "nsubj" and any(c.dep_ == "attr" for c in head.head.children):
        return False  # "Ottawa is the capital of Canada"
    if head.dep_ in ("nsubj", "nsubjpass", "poss", "dobj"):
        return True
    if head.dep_ == "pobj":
        return head.head.lower_ not in ontology.words("placeOnly", "preposition")
    return False
