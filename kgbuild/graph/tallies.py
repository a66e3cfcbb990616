"""How much each actor and each pair has part in, and how often each outlet gives the word to whom: counted once, where a
question would else count all events or all statements each time.

What one event, or one article, adds to a tally is a row that can be kept; a tally is made of its rows, whatever their order.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad

from kgbuild.graph.triples import PREFIXES, Facts, term, typed

WIDTH = 6, 9
"""Digits of a weight before and after the point, filled up with zeros, so that they sort."""


class Part(NamedTuple):
    """What an event adds to the tally of an actor or a pair."""

    event: str
    """Its IRI."""
    weight: str
    points: float


class Voiced(NamedTuple):
    """What an article adds to the tally of a voice."""

    publisher: str
    statements: int


def parts_in(quads: Iterable[Quad]) -> Iterator[tuple[str, Part]]:
    """What the events in *quads* add to the tally of whom: the IRI of each actor and pair, with the part."""
    involved, weights, scores = list[tuple[str, str]](), dict[str, str](), dict[str, float]()
    for subject, predicate, value, _ in quads:
        if predicate in (_INVOLVES, _DYAD):
            involved.append((value.value, subject.value))
        elif predicate == _WEIGHT:
            weights[subject.value] = value.value
        elif predicate == _SCORE:
            scores[subject.value] = float(value.value)
    for whose, event in involved:
        if event in scores:
            yield whose, Part(event, weights[event], scores[event])


_INVOLVES, _DYAD, _WEIGHT, _SCORE, _SAID_BY = (
    term(f"dip:{local}") for local in ("involves", "dyad", "weight", "score", "saidBy")
)
_DYADS = PREFIXES["id"] + "dyad/"


def tally_facts(made: Facts, whose: str, parts: Iterable[Part]) -> None:
    """Of an actor or a pair: in how many events it has part, how many of these are cooperation and conflict, and which of
    them is the best known. Nothing where there is no event with a score.
    """
    events = list(parts)
    if not events:
        return
    node, best = NamedNode(whose), max(events, key=lambda part: Decimal(part.weight))
    whole, _, rest = best.weight.partition(".")
    kind = "dip:dyadProminence" if whose.startswith(_DYADS) else "dip:prominence"
    fraction = f"{whole:>0{WIDTH[0]}}{rest:<0{WIDTH[1]}}".rstrip("0")
    made.add(node, kind, typed(f"{len(events)}.{fraction}", "decimal"))
    made.add(node, "dip:cooperationCount", sum(part.points > 0 for part in events))
    made.add(node, "dip:conflictCount", sum(part.points < 0 for part in events))
    made.add(node, "dip:bestKnown", NamedNode(best.event))


def voices_in(quads: Iterable[Quad], publisher: str | None) -> dict[str, Voiced]:
    """What the statements of an article of *publisher* add to the tallies of those who make them, by their IRIs."""
    found = Counter(quad.object.value for quad in quads if quad.predicate == _SAID_BY)  # type: ignore[union-attr]
    return {voice: Voiced(publisher or "", count) for voice, count in found.items()}


def voice_facts(made: Facts, whose: str, articles: Iterable[Voiced]) -> None:
    """Of somebody who is quoted: how many statements are his, and of each outlet in how many articles and statements it
    gives the word to him.
    """
    outlets: dict[str, list[int]] = {}
    for publisher, statements in articles:
        outlets.setdefault(publisher, []).append(statements)
    if not outlets:
        return
    voice = NamedNode(whose)
    made.add(voice, "dip:statementCount", sum(map(sum, outlets.values())))
    for publisher, counts in sorted(outlets.items()):
        apart = hashlib.sha256(publisher.encode()).hexdigest()[:12]
        node = NamedNode(f"{PREFIXES['id']}voice/{whose.removeprefix(PREFIXES['id'])}/{apart}")
        made.add(node, "dip:voiceOf", voice)
        made.add(node, "dip:voiceOutlet", publisher or None)
        made.add(node, "dip:voiceArticles", len(counts))
        made.add(node, "dip:voiceStatements", sum(counts))


def say_all(made: Facts, quads: Sequence[Quad], publishers: Mapping[str, str | None]) -> None:
    """The tallies of all events and statements that are in *quads*, with the publisher of each article by its IRI."""
    parts, voices = defaultdict[str, list[Part]](list), defaultdict[str, list[Voiced]](list)
    for whose, part in parts_in(quads):
        parts[whose].append(part)
    said = [quad for quad in quads if quad.predicate == _SAID_BY]
    for article, some in groupby(sorted(said, key=_article), key=_article):
        for voice, one in voices_in(some, publishers[article]).items():
            voices[voice].append(one)
    for whose, counted in parts.items():
        tally_facts(made, whose, counted)
    for voice, articles in voices.items():
        voice_facts(made, voice, articles)


def _article(statement: Quad) -> str:
    return statement.subject.value.rpartition("/claim/")[0]  # type: ignore[union-attr]
