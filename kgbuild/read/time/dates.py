"""Expressions of time in a text, and what they mean for an article of a certain day.

`Calendar.find` reads a paragraph by the forms of `forms` ("5 May 2012", "the third quarter", "two weeks ago"), whose words
stand in language.ttl, and joins what belongs together ("from 3 May to 5 June"). What an expression means may depend on the
article's day and on whether the event lies behind or ahead; what cannot be told stays open (None).
dateparser and parsedatetime give one instant for whatever they read: no ranges, no "spring 2014", no bound, no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from kgbuild.model import When
from kgbuild.ontology import Ontology
from kgbuild.read.time import meanings
from kgbuild.read.time.forms import forms, trigger
from kgbuild.read.time.meanings import Meaning, Side
from kgbuild.read.time.words import TimeWords, any_of, spaced

BEFORE = 40
"""Characters before an expression in which its preposition stands."""
APART = 80
"""Characters between a duration and the day it starts: "a two-day visit to Paris starting on Monday"."""
_TO = re.compile(r"\s*(?:-|–|—|\b(?:to|through|until|till)\b)\s*")
_BOTH = re.compile(_TO.pattern + r"|\s+and\s+")
_OPENED = re.compile(r"(?i)\b(?:from|between)\s+(?:the\s+)?$")
_FROM = re.compile(r"(?i)\bfrom\s+(?:the\s+)?$")
_LENGTH_WORDS = re.compile(r"[-\s]+")


@dataclass(frozen=True, slots=True)
class Expression:
    """A stretch of text that says when: characters *start* to *end*."""

    start: int
    end: int
    kind: str
    """day, week, month, year, more, unit ("the year"), rolling ("the past two weeks") or duration ("for two weeks")."""
    meaning: Meaning
    relation: str = ""
    """What it is to the event: "" its time, since, opening, deadline or comparison."""
    sure: bool = True
    """False for a bare month or year without preposition, which may be a name or a number."""

    def when(self, text: str, issued: str | None, side: Side) -> When | None:
        """Its meaning for an article *issued* then; Explicit if that needs no article."""
        today = date.fromisoformat(issued[:10]) if issued else None
        stated = self.meaning(None, side)
        period = stated or (self.meaning(today, side) if today else None)
        if period is None:
            return None
        source = "Explicit" if stated else "Relative"
        end = str(period.end) if period.end else None
        return When(period.edtf, str(period.begin), end, source, text[self.start : self.end])


class Calendar:
    """The forms and the words of time, from language.ttl and the calendar; built once."""

    def __init__(self, ontology: Ontology) -> None:
        """Reads the lists under "time" and "numbers" of *ontology*."""
        self._words = TimeWords.of(ontology)
        self._forms = forms(self._words)
        self._trigger = trigger(self._words)
        self._part = re.compile(rf"(?i)\b(?:the\s+)?(?P<part>{any_of(self._words.thirds)})(?:-|\s+)(?:the\s+)?$")
        listed = ontology.words
        kinds = ("comparison", "deadline", "since", "opening", "within")
        before = "|".join(rf"(?P<{name}>{any_of(listed(name, 'preposition'))})" for name in kinds)
        filling = r"(?:(?:in|on|at|of|about|around|early|late|mid)\s+|the\s+|-)*$"
        self._relation = re.compile(spaced(rf"\b(?i:{before}) {filling}"))
        self._meant_for = re.compile(rf"\b(?i:{any_of(listed('purpose', 'preposition'))})\s+(?:the\s+|late\s+|early\s+)*$")
        self._with_whole = re.compile(rf"\b(?i:{any_of(listed('comparison', 'period'))})\s+(?:the\s+)?$")
        self._the_same = re.compile(rf"(?i)\b(?:{any_of(listed('comparison', 'opening'))})\b(?:\s+(?:of|in|on|a|the))*\s*$")

    @classmethod
    def of(cls, ontology: Ontology) -> Calendar:
        """The calendar of *ontology*."""
        return cls(ontology)

    def find(self, text: str) -> list[Expression]:
        """The expressions of time in *text*, in order; of two that overlap the longer."""
        chosen = sorted(_longest(self._read(text)), key=lambda e: e.start)
        parts = (self._with_part(one, text) for one in chosen)
        related = (self._related(one, text) for one in self._joined(parts, text) if one.kind != "unit")
        return list(self._started(related, text))

    def _read(self, text: str) -> Iterator[Expression]:
        """What each form finds in *text*, if the words that it needs are there."""
        groups = {match.lastgroup for match in self._trigger.finditer(text)}
        for form in self._forms:
            for match in form.pattern.finditer(text) if form.needs in groups else ():
                meaning = form.read(match)
                if meaning is not None:
                    yield Expression(match.start(), match.end(), form.kind, meaning, sure=form.sure)

    # -- what stands around an expression ------------------------------------------------------

    def _with_part(self, one: Expression, text: str) -> Expression:
        """The expression with the part of it that is meant: "early 2014", "the end of May"."""
        if one.kind in ("day", "rolling", "duration"):
            return one
        before = self._part.search(text, max(0, one.start - BEFORE), one.start)
        if before is None:
            return one
        number = self._words.thirds[" ".join(before["part"].lower().split())]
        kind = "more" if one.kind == "unit" else one.kind
        return replace(one, start=before.start(), kind=kind, meaning=meanings.part_of(one.meaning, number), sure=True)

    def _joined(self, found: Iterable[Expression], text: str) -> list[Expression]:
        """Two that make a range are one: "from Monday to Friday", "2010-2014"."""
        joined: list[Expression] = []
        for one in found:
            first = joined[-1] if joined else None
            if first is not None and first.end < one.start and not {"unit", "duration"} & {first.kind, one.kind}:
                opened = _OPENED.search(text, max(0, first.start - BEFORE), first.start)
                if (_BOTH if opened else _TO).fullmatch(text, first.end, one.start):
                    start = opened.start() if opened else first.start
                    joined[-1] = Expression(start, one.end, "range", meanings.ranging(first.meaning, one.meaning))
                    continue
            joined.append(one)
        return joined

    def _related(self, one: Expression, text: str) -> Expression:
        """The expression with what its preposition makes of it: "since May", "by Friday", "from the same month"."""
        before = text[max(0, one.start - BEFORE) : one.start]
        if self._the_same.search(before):
            return replace(one, relation="comparison")
        if one.kind in ("month", "year") and self._with_whole.search(before):
            opening = _FROM.search(before)
            return replace(one, relation="opening" if opening else "comparison", sure=True)
        if self._meant_for.search(before):
            return replace(one, meaning=meanings.either_side(one.meaning), sure=True)
        found = self._relation.search(before)
        if found is None:
            return one
        own = found.lastgroup == "within" or (found.lastgroup == "opening" and one.kind in ("range", "rolling"))
        return replace(one, relation="" if own else str(found.lastgroup), sure=True)

    def _started(self, found: Iterable[Expression], text: str) -> Iterator[Expression]:
        """A duration and the day on which it starts: "a two-day visit starting on Monday"."""
        duration: Expression | None = None
        for one in found:
            if one.kind == "duration":
                duration = one
            elif duration is not None and one.relation == "opening" and one.kind == "day":
                between = text[duration.end : one.start]
                if len(between) <= APART and ". " not in between:
                    words = _LENGTH_WORDS.split(text[duration.start : duration.end].lower())
                    unit, count = self._words.length(words if words[-1] != "long" else ["one", words[0]])
                    yield replace(one, meaning=meanings.lasting(one.meaning, unit, count), relation="")
                    continue
            yield one


def _longest(found: Iterable[Expression]) -> list[Expression]:
    """Of expressions that overlap, the longest; of those as long, the first."""
    chosen: list[Expression] = []
    for one in sorted(found, key=lambda e: (e.start - e.end, e.start)):
        if all(one.end <= other.start or other.end <= one.start for other in chosen):
            chosen.append(one)
    return chosen
