"""The desk: one parsed article with its clauses and resolved mentions, ready for claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from kgbuild.model import Article, Mention, Span
from kgbuild.read import coreference
from kgbuild.read.attachment import mend
from kgbuild.read.attributions import Attribution, attributions, carried_on
from kgbuild.read.clauses import Clauses, is_verbal
from kgbuild.read.memory import Held
from kgbuild.read.mentions import Located, find_mentions, text_span
from kgbuild.read.nlp import Passage, plain, sentences
from kgbuild.read.quantities import Counted
from kgbuild.read.tokens import Token
from kgbuild.read.when import Timed, expressions

if TYPE_CHECKING:
    from kgbuild.read.reading import Reader

REPEATED = 92
"""A headline or summary whose words stand in one sentence of the body by this much (percent) says nothing new."""


DONE = ("Project", "Agreement", "Conflict")
"""What an actor makes or has does nothing itself: "an IMF program"."""


@dataclass
class Desk:
    """What is at hand while one article is read."""

    article: Article
    passages: tuple[Passage, ...]
    reader: Reader
    clauses: tuple[Clauses, ...]
    mentions: list[Located]
    attributions: tuple[list[Attribution], ...] = ()
    by_token: dict[tuple[int, int], Located] = field(default_factory=dict)

    @cached_property
    def times(self) -> tuple[tuple[Timed, ...], ...]:
        """The expressions of time, passage by passage; a number that counts something is no year."""
        counted = [[c.quantity.span for c in found] for found in self.quantities]
        return tuple(
            tuple(t for t in expressions(p.doc, self.reader.calendar) if not t.is_counted(spans))
            for p, spans in zip(self.passages, counted, strict=True)
        )

    @cached_property
    def quantities(self) -> tuple[tuple[Counted, ...], ...]:
        """The sums and numbers with units, passage by passage."""
        return tuple(self.reader.measures.find(passage.doc) for passage in self.passages)

    @cached_property
    def _said(self) -> tuple[list[tuple[Attribution, frozenset[int]]], ...]:
        """The attributions of each paragraph, with the places of the words said."""
        return tuple([(one, frozenset(t.i for t in one.content)) for one in found] for found in self.attributions)

    @cached_property
    def _going_on(self) -> tuple[tuple[int, Attribution], ...]:
        """The attributions that go on in paragraphs after their own, with that, the last paragraph first."""
        paragraphs = reversed(tuple(enumerate(self.attributions)))
        return tuple((number, one) for number, found in paragraphs for one in found if one.further)

    @cached_property
    def named(self) -> tuple[dict[int, Mention], ...]:
        """The actors named in each paragraph, by the places of their heads."""
        found: tuple[dict[int, Mention], ...] = tuple({} for _ in self.passages)
        for (number, i), one in self.by_token.items():
            if one.head == i and one.mention.entities and self.reader.ontology.is_a(one.mention.cls, "Actor"):
                found[number][i] = one.mention
        return found

    def said_at(self, number: int, token: Token) -> Iterator[tuple[int, Attribution]]:
        """The attributions that hold *token* in what is said, each with the paragraph of its cue, the innermost first."""
        here = [one for one, places in self._said[number] if token.i in places]
        yield from ((number, one) for one in sorted(here, key=lambda one: len(one.content)))
        for before, one in self._going_on:
            if before < number and any(at == number and first <= token.i < last for at, first, last in one.further):
                yield before, one

    def is_office(self, number: int, token: Token) -> bool:
        """Whether *token* is the last word of an office's name."""
        one = self.located(number, token)
        return bool(one and one.office and one.head == token.i)

    def located(self, number: int, token: Token) -> Located | None:
        """The mention whose head, or else whose words, *token* is."""
        return self.by_token.get((number, token.i))

    def mention(self, number: int, token: Token) -> Mention:
        """The mention at *token*; a noun phrase of no known class becomes a Thing."""
        one = self.located(number, token)
        if one is not None:
            return one.mention
        passage = self.passages[number]
        first = min(
            (c.i for c in token.children if c.i < token.i and c.dep_ in ("amod", "compound", "nummod", "nmod", "quantmod")),
            default=token.i,
        )
        mention = Mention(text_span(passage, first, token.i + 1), "Actor" if _may_be_a_name(token) else "Thing")
        self.by_token[number, token.i] = Located(mention, number, token.i, first, token.i + 1, "description")
        return mention

    def _says_whose_kind(self, token: Token, one: Located) -> bool:
        """Whether a common noun before another only says of which kind that is: "company complaints", "a state visit"."""
        before = token.dep_ == "compound" and token.tag_ == "NN" and token.head.i > token.i
        unknown = not one.mention.entities and not one.mention.represents and not one.office
        return before and unknown and one.mention.cls in ("Company", "State")

    def _says_which(self, token: Token, one: Located | None) -> bool:
        """Whether a name of nobody known only says which one it is, mostly by the place: "the Voronezh visit"."""
        if token.dep_ != "compound" or token.head.tag_ != "NN" or token.head.i < token.i:
            return False
        known = self.reader.ontology.actors
        bare = one is None or (one.mention.cls == "Person" and one.last - one.first == 1)
        return (
            bare and self.reader.frames.is_event(token.head) and not (one and any(e in known for e in one.mention.entities))
        )

    def fits(self, number: int, token: Token, wanted: str) -> bool:
        """Whether the mention at *token* may fill a role of class *wanted*."""
        if is_verbal(token) or token.pos_ in ("ADV", "ADP") or token.ent_type_ in ("DATE", "TIME"):
            return False
        one = self.located(number, token)
        if wanted == "Actor" and (_is_ordinal(token) or (one is not None and self._says_whose_kind(token, one))):
            return False
        if wanted == "Actor" and self._says_which(token, one):
            return False
        if wanted == "Quantity":
            return any(counted.root == token for counted in self.quantities[number])
        if one is None:
            if wanted == "Actor" and _may_be_a_name(token):
                return token.lower_ not in self.reader.ontology.noun_classes
            return wanted in ("", "Thing") and token.pos_ in ("NOUN", "PROPN", "NUM", "PRON")
        mention, ontology = one.mention, self.reader.ontology
        if wanted == "Office":
            return bool(one.office)
        if ontology.is_a(mention.cls, wanted):
            return True
        if wanted != "Actor" or not mention.represents or any(ontology.is_a(mention.cls, c) for c in DONE):
            return False
        if not ontology.is_a(mention.cls, "Place"):
            return True
        governor = self.located(number, token.head.head) if token.dep_ == "pobj" else None
        return governor is not None and governor.mention.cls == "Person"  # "the ambassador to Damascus"


_ROMAN = re.compile("[IVX]{2,}")


def _is_ordinal(token: Token) -> bool:
    """Whether a Roman numeral counts a session, and so takes no part in it: no John Paul II."""
    return token.n_lefts == 0 and _ROMAN.fullmatch(token.text) is not None


def _may_be_a_name(token: Token) -> bool:
    """Whether a word that the model took for no entity is written as a name: somebody, where only somebody fits."""
    first = token.is_sent_start and token.n_lefts == 0
    return (
        token.pos_ == "PROPN" and token.text[:1].isupper() and not token.text.isupper() and not token.ent_type_ and not first
    )


def desk_of(article: Article, passages: tuple[Passage, ...], reader: Reader) -> tuple[Desk, list[Held]]:
    """The parsed article with its mentions resolved, ready for claims; and the offices that mentions give away."""
    kept = without_repetition(passages)
    words = reader.ontology.words
    asked, documents, rights = words("request", "verb"), words("utterance", "noun"), words("right", "noun")
    clauses = tuple(Clauses(mend(passage.doc, reader.ontology), asked, documents, rights) for passage in kept)
    mentions, held = coreference.resolve(
        article, kept, find_mentions(kept, reader.gazetteer, clauses, article.issued), reader.gazetteer, clauses
    )
    attributed = carried_on([attributions(one, reader.ontology) for one in clauses], [one.doc for one in clauses])
    desk = Desk(article, kept, reader, clauses, mentions, tuple(attributed))
    for one in sorted(mentions, key=lambda m: m.last - m.first):
        for i in range(one.first, one.last) if one.kind == "name" else ():
            desk.by_token.setdefault((one.passage, i), one)
    for one in mentions:
        desk.by_token[one.passage, one.head] = one
    return desk, held


def dateline_mentions(article: Article, reader: Reader) -> Iterator[Mention]:
    """The town and the agency that a dateline names: a place and a source, of which nothing is claimed."""
    for block in article.blocks:
        if block.kind == "dateline":
            doc = reader.nlp.make_doc(plain(article.text[block.start : block.end]))
            for span, actor in reader.gazetteer.dateline(doc):
                start = block.start + span.start_char
                place = Span(start, start + len(span.text), article.text[start : start + len(span.text)])
                belongs = (actor.of or actor.capital_of or "",) if actor.of or actor.capital_of else ()
                yield Mention(place, actor.cls, (actor.id,), "dateline", belongs, actor.label)


def without_repetition(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """The passages, each once, without a headline or summary that a sentence of the body says in the same words."""
    told = [sentence.text for p in passages if p.block.kind == "body" for sentence in sentences(p.doc)]

    def repeated(text: str) -> bool:
        long = [s for s in told if len(s) >= 0.9 * len(text)]
        return any(fuzz.partial_ratio(text, s, score_cutoff=REPEATED) >= REPEATED for s in long)

    found: dict[str, Passage] = {}
    for passage in passages:
        if passage.block.kind == "body" or not repeated(passage.doc.text.rstrip(" .")):
            found.setdefault(" ".join(passage.doc.text.split()), passage)
    return tuple(found.values())
