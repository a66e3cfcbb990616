"""The gazetteer: the names, demonyms and offices of actors.ttl, ready to be found in a parsed text.

It says what a name may mean; which of its senses it has where it stands is chosen in `senses`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import spacy.tokens
from spacy.language import Language
from spacy.util import filter_spans

from kgbuild.ontology import Actor, Ontology, Tenure
from kgbuild.read.names.history import History
from kgbuild.read.names.office_names import OfficeName, OfficeNames, office_forms
from kgbuild.read.names.phrases import Keys, keys_of, matched, matcher_of
from kgbuild.read.parse.tokens import Doc
from kgbuild.read.parse.tokens import Span as ParsedSpan
from kgbuild.spelling import block


class Sense(NamedTuple):
    """One thing that a name may mean."""

    kind: str
    """What kind of name it is: name, demonym, metonym, local name or abbreviation."""
    actor: Actor


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A known name where it stands, with all that it may mean; nothing for what only looks like a name ("Brazil nut")."""

    span: ParsedSpan
    senses: tuple[Sense, ...]


class NameKeys(NamedTuple):
    """The names and the offices of actors.ttl, parted into words."""

    names: Keys
    offices: Keys


def compile_names(nlp: Language, ontology: Ontology) -> NameKeys:
    """The names and offices of *ontology*, parted into words as *nlp* does."""
    return NameKeys(keys_of(sorted(_senses(ontology)), nlp, "ORTH"), keys_of(sorted(office_forms(ontology)), nlp, "LOWER"))


class Gazetteer:
    """The names of actors.ttl, ready to be found in a Doc."""

    def __init__(self, nlp: Language, ontology: Ontology, keys: NameKeys | None = None) -> None:
        """*keys* are those that `compile_names` makes of the same *nlp* and *ontology*, where they are at hand."""
        keys = keys or compile_names(nlp, ontology)
        self.ontology = ontology
        self.history = History.of(ontology)
        self.capitals = _capitals(ontology)
        """The name of a capital -> its state, which speaks from a dateline's city."""
        self.surnames = _surnames(ontology)
        """A surname -> the persons of actors.ttl who have it."""
        self.bare_surnames = {
            surname: [a for a in actors if any(_is_called_by(name, surname) for name in a.names)]
            for surname, actors in self.surnames.items()
        }
        """Those of them who may be called by it alone; not Jose Eduardo dos Santos by "Santos"."""
        self.spellings = _spellings(ontology)
        """What spellings of a surname share -> the persons who have one so spelled, with a full name each."""
        self.given_forms = dict(ontology.listed("GivenName", "form", "one"))
        """A given name -> the form of it that stands for all."""
        self._senses = _senses(ontology)
        names = sorted(self._senses)
        self._openings = _openings(names)
        self._names = matcher_of(keys.names, nlp.vocab, "ORTH")
        self._office_names = OfficeNames(nlp.vocab, ontology, keys.offices)
        self._common = _common_words(nlp, "noun", "adj")
        self._adjectives = _common_words(nlp, "adj")
        self._in_office: dict[str, frozenset[str]] = {}

    def matches(self, doc: Doc) -> list[NameMatch]:
        """All known names in *doc*, those that overlap too."""
        # A token may hide a name ("U.S.-led"), and one written text may be tokenised in context only.
        found = ((span, self._senses.get(words)) for span, words in matched(self._names, doc))
        return [NameMatch(span, tuple(senses)) for span, senses in found if senses is not None]

    def offices(self, doc: Doc) -> tuple[OfficeName, ...]:
        """The offices named in *doc*; of those that end alike, the longest ("deputy foreign minister")."""
        return self._office_names.find(doc)

    def dateline(self, doc: spacy.tokens.Doc) -> list[tuple[spacy.tokens.Span, Actor]]:
        """The town and the agency of a dateline, which is not parsed."""
        found = []
        for span in filter_spans(self._names(doc, as_spans=True)):
            senses = [a for k, a in self._senses.get(span.text, ()) if a.cls in ("City", "MediaOutlet") and k == "name"]
            if senses:
                found.append((span, min(senses, key=lambda a: (not a.capital_of, a.id))))
        return found

    def named(self, words: str) -> list[Actor]:
        """All that *words*, a whole name or demonym, may mean."""
        return [sense.actor for sense in self._senses.get(words, ())]

    def begins_name(self, words: str) -> bool:
        """Whether *words* are a known name of one word, or an abbreviation and a word with which one begins."""
        return words in self._openings

    def is_generic(self, words: Iterable[str]) -> bool:
        """Whether a name is made of one or two words that any body may be called by: "the Fund", "U.S. Embassy"."""
        some = [word for word in words if word != "and"]
        common = self._common
        return len(some) <= 2 and all(
            (w.lower() in common and not (w.isupper() and len(w) > 1))
            or (not w.isupper() and w.lower().removesuffix("s") in common)
            or w in self.ontology.state_words
            for w in some
        )

    def is_common(self, word: str) -> bool:
        """Whether a word is a noun or an adjective of the dictionary."""
        word = word.lower()
        return word in self._common or word.removesuffix("s") in self._common

    def is_adjective(self, word: str) -> bool:
        """Whether a word is an adjective of the dictionary."""
        return word.lower() in self._adjectives

    def surnames_in_office(self, day: str) -> frozenset[str]:
        """Surnames of exactly one office-holder on *day* (ISO): bare, they name that one. Without a day, of all times."""
        if day not in self._in_office:
            self._in_office[day] = frozenset(
                surname
                for surname, actors in self.bare_surnames.items()
                if len(surname) > (3 if day else 5) and self._is_one_in_office(actors, day)
            )
        return self._in_office[day]

    def _is_one_in_office(self, actors: list[Actor], day: str) -> bool:
        """Whether one of *actors* holds an office, or one alone leads a state."""
        held = [self.ontology.offices_of(a.id, day) if day else self.ontology.held_by(a.id) for a in actors]
        held = [terms for terms in held if terms] or ([] if day else held)
        return len(held) == 1 or (bool(day) and sum(any(self.leads(t) for t in terms) for terms in held) == 1)

    def leads(self, tenure: Tenure) -> bool:
        """Whether an office is that of a state's leader."""
        office, state = self.ontology.actors.get(tenure.office), self.ontology.actors.get(tenure.of)
        return bool(office and office.label in self.ontology.words("leads", "office") and state and state.cls == "State")


# -- what it is made of ---------------------------------------------------------------------------


def _senses(ontology: Ontology) -> dict[str, list[Sense]]:
    """Every form of every name with what it may mean; the phrases that are no names ("Brazil nut") mean nothing."""
    senses: dict[str, list[Sense]] = defaultdict(list)
    for actor in ontology.actors.values():
        if actor.cls != "Office":
            for form, kind in _forms(actor):
                senses[form].append(Sense(kind, actor))
    for phrase in ontology.words("noName", "phrase"):
        senses[phrase] = []
    return dict(senses)


def _forms(actor: Actor) -> Iterator[tuple[str, str]]:
    """The forms in which an actor's names are written, each with its kind; those of a headline all in capitals."""
    yield from ((name.removeprefix("the "), "name") for name in actor.names)
    yield from ((name, "name") for name in actor.exact)
    yield from ((name.upper(), "name") for name in actor.names if len(name) > 3)
    yield from ((f"The {name[4:]}", "name") for name in actor.exact if name.startswith("the "))
    yield from ((name, "demonym") for name in actor.demonyms)
    yield from ((name.upper(), "demonym") for name in actor.demonyms)
    yield from ((name, "metonym") for name in actor.metonyms)
    yield from ((name, "local name") for name in actor.local_names)
    yield from ((name, "abbreviation") for name in actor.postal_names)


def _openings(names: Iterable[str]) -> frozenset[str]:
    """The names of one word, and the first two words of a longer one that begins with an abbreviation: "U.N. Security"."""
    lines = [name.split() for name in names]
    # "U.S. Trade" begins no name unless a capital goes on, which is seen without knowing the name
    begun = (words for words in lines if "." in words[0] and (len(words) < 3 or words[2].islower()))
    return frozenset(" ".join(words[:2]) for words in begun) | frozenset(w[0] for w in lines if len(w) == 1)


def _capitals(ontology: Ontology) -> dict[str, str]:
    cities = (a for a in ontology.actors.values() if a.cls == "City")
    return {name: city.capital_of for city in cities if city.capital_of for name in city.names}


def _surnames(ontology: Ontology) -> dict[str, list[Actor]]:
    surnames: dict[str, list[Actor]] = defaultdict(list)
    family_first = ontology.words("familyFirst", "state")
    given = ontology.words("male", "firstName") | ontology.words("female", "firstName")
    for actor in ontology.actors.values():
        if actor.cls == "Person":
            state = ontology.actors.get(actor.of or "")
            first = state is not None and state.label in family_first
            for surname in {_surname(name.split(), given, first=first) for name in actor.names if " " in name}:
                surnames[surname].append(actor)
    return dict(surnames)


def _surname(words: list[str], given: frozenset[str], *, first: bool) -> str:
    """The surname in a name: its *first* word where families come first, unless that is a listed given name."""
    return words[0] if first and words[0] not in given else words[-1]


def _is_called_by(name: str, surname: str) -> bool:
    """Whether a name begins or ends in *surname*, without a particle before it."""
    words = name.split()
    return len(words) > 1 and (words[0] == surname or (words[-1] == surname and not words[-2].islower()))


def _spellings(ontology: Ontology) -> dict[str, tuple[tuple[str, Actor], ...]]:
    found: dict[str, list[tuple[str, Actor]]] = defaultdict(list)
    for actor in ontology.actors.values():
        for name in actor.names if actor.cls == "Person" else ():
            if " " in name:
                found[block(name)].append((name, actor))
    return {key: tuple(some) for key, some in found.items()}


def _common_words(nlp: Language, *kinds: str) -> frozenset[str]:
    """The words of these *kinds*, noun or adj, that the model's lemmatizer lists, which are WordNet's."""
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None) if nlp.has_pipe("lemmatizer") else None
    if lookups is None or not lookups.has_table("lemma_index"):
        return frozenset()
    table = lookups.get_table("lemma_index")
    return frozenset(word for pos in kinds for word in table.get(pos, ()))
