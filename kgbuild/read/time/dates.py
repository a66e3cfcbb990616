"""Expressions of time in a text, and what they mean for an article of a certain day.

`find` reads a paragraph by a small grammar of forms ("5 May 2012", "late last year", "the third quarter", "two weeks ago"),
whose words stand in language.ttl, and joins what belongs together ("from 3 May to 5 June"). What an expression means may
depend on the article's day and on whether the event lies behind or ahead; what cannot be settled stays open (None).
dateparser and parsedatetime give one instant for whatever they read: no ranges, no "spring 2014", no bound, no doubt.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from kgbuild.model import When
from kgbuild.ontology import Ontology
from kgbuild.read.time import edtf, meanings
from kgbuild.read.time.edtf import Period
from kgbuild.read.time.meanings import AHEAD, Meaning, Side

Match = re.Match[str]

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


def resolve(text: str, issued: str | None, side: Side, words: Calendar) -> When | None:
    """When *text*, an expression of time, is. Without an article's date only what is absolute is settled."""
    found = next(iter(words.find(text)), None)
    return found.when(text, issued, side) if found is not None and found.relation != "comparison" else None


# -- the grammar ----------------------------------------------------------------------------------

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_WEEKDAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}


def _any(words: Iterable[str]) -> str:
    """An alternation, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))


def _name(words: Iterable[str]) -> str:
    """Names as they are written: with a capital, or all in capitals."""
    return _any(form(word) for word in words for form in (str.capitalize, str.upper))


class Calendar:
    """The words and forms of time, from language.ttl and the calendar; built once."""

    def __init__(self, ontology: Ontology) -> None:
        """Reads the lists under "time" and "numbers" of *ontology*."""
        listed = ontology.listed
        self.days = {w: int(n) for w, n in listed("RelativeDay", "word", "days")}
        self.periods = {w: int(n) for w, n in listed("RelativePeriod", "word", "periods")}
        self.numbers = {w: int(n) for w, n in listed("Numeral", "word", "value")}
        self.ordinals = {w: int(n) for w, n in listed("Ordinal", "word", "value")}
        self.seasons = {w: int(n) for w, n in listed("Season", "word", "edtf")}
        self.thirds = {w: int(n) for w, n in listed("Part", "word", "third")}
        self.holidays = dict(listed("Holiday", "word", "day"))
        times = dict(listed("TimeUnit", "word", "times"))
        self.units = {w: (unit, int(times.get(w, 1))) for w, unit in listed("TimeUnit", "word", "unit")}
        self._forms = [
            (re.compile(_spaced(pattern.format_map(self._words()))), _needed(pattern), kind, sure, read)
            for pattern, kind, sure, read in self._grammar()
        ]
        kinds = ("comparison", "deadline", "since", "opening", "within")
        before = "|".join(rf"(?P<{name}>{_any(ontology.words(name, 'preposition'))})" for name in kinds)
        filling = r"(?:(?:in|on|at|of|about|around|early|late|mid)\s+|the\s+|-)*$"
        self._relation = re.compile(_spaced(rf"\b(?i:{before}) {filling}"))
        self._meant_for = re.compile(
            rf"\b(?i:{_any(ontology.words('purpose', 'preposition'))})\s+(?:the\s+|late\s+|early\s+)*$"
        )
        self._with_whole = re.compile(rf"\b(?i:{_any(ontology.words('comparison', 'period'))})\s+(?:the\s+)?$")
        self._the_same = re.compile(
            rf"(?i)\b(?:{_any(ontology.words('comparison', 'opening'))})\b(?:\s+(?:of|in|on|a|the))*\s*$"
        )
        self._part = re.compile(rf"(?i)\b(?:the\s+)?(?P<part>{_any(self.thirds)})(?:-|\s+)(?:the\s+)?$")
        self._trigger = re.compile(
            rf"(?P<other>\d\d|\bQ[1-4]\b)|\b(?:(?P<MONTH>{_name(_MONTHS)})|(?P<WEEKDAY>{_name(_WEEKDAYS)})"
            rf"|(?i:(?P<UNIT>(?:{_any(self.units)})s?)|(?P<SEASON>{_any(self.seasons)})"
            rf"|(?P<word>{_any([*self.days, *self.holidays, 'weekend', 'quarter', 'half', 'century'])})))\b"
        )

    @classmethod
    def of(cls, ontology: Ontology) -> Calendar:
        """The calendar of *ontology*."""
        return cls(ontology)

    def find(self, text: str) -> list[Expression]:
        """The expressions of time in *text*, in order; of two that overlap the longer."""
        met = {match.lastgroup for match in self._trigger.finditer(text)}
        found = [
            Expression(match.start(), match.end(), kind, meaning, sure=sure)
            for form, needs, kind, sure, read in self._forms
            if needs in met
            for match in form.finditer(text)
            if (meaning := read(match)) is not None
        ]
        chosen: list[Expression] = []
        for one in sorted(found, key=lambda e: (e.start - e.end, e.start)):
            if all(one.end <= other.start or other.end <= one.start for other in chosen):
                chosen.append(one)
        parts = (self._with_part(one, text) for one in sorted(chosen, key=lambda e: e.start))
        related = (self._related(one, text) for one in self._joined(parts, text) if one.kind != "unit")
        return list(self._started(related, text))

    # -- what stands around an expression ------------------------------------------------------

    def _with_part(self, one: Expression, text: str) -> Expression:
        """ "early 2014", "the end of May"."""
        if one.kind in ("day", "rolling", "duration"):
            return one
        before = self._part.search(text, max(0, one.start - BEFORE), one.start)
        if before is None:
            return one
        number = self.thirds[" ".join(before["part"].lower().split())]
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
        """With what its preposition makes of it."""
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
        lasts: Expression | None = None
        for one in found:
            if one.kind == "duration":
                lasts = one
            elif lasts is not None and one.relation == "opening" and one.kind == "day":
                between = text[lasts.end : one.start]
                if len(between) <= APART and ". " not in between:
                    words = _LENGTH_WORDS.split(text[lasts.start : lasts.end].lower())
                    unit, count = self._length(words if words[-1] != "long" else ["one", words[0]])
                    yield replace(one, meaning=meanings.lasting(one.meaning, unit, count), relation="")
                    continue
            yield one

    # -- forms ---------------------------------------------------------------------------------

    def _words(self) -> dict[str, str]:
        relative = _any(self.periods)
        month, year = rf"(?P<month>{_name(_MONTHS)})(?:(?<=\b\w{{3}})\.|(?<=\b\w{{4}})\.(?= \d))?", r"(?:1[5-9]|20)\d\d"
        number = rf"(?P<number>\d{{1,3}}|{_any(self.numbers)})"
        return {
            "MONTH": month,
            "LAST": month.replace("month", "last"),
            "WEEKDAY": rf"(?P<weekday>{_name(_WEEKDAYS)})",
            "DAY": r"(?P<day>\d{1,2})(?:st|nd|rd|th)?",
            "TILL": r"(?P<till>\d{1,2})(?:st|nd|rd|th)?",
            "TO": r"\s*(?P<to>-|–|\bto\b|\bthrough\b|\band\b|&)\s*",
            "YEAR": rf"(?P<year>{year})",
            "NUMBER": rf"(?i:{number})",
            "UNIT": rf"(?i:(?P<unit>{_any(self.units)})s?)",
            "RELATIVE": rf"(?i:(?P<relative>{relative}))",
            "ORDINAL": rf"(?i:(?P<ordinal>{_any(self.ordinals)}))",
            "SEASON": rf"(?P<season>{_any(self.seasons)})",
            # the year of a day, month, season or quarter: ", 2014", "of 2014", "of last year", "next year"
            "OFYEAR": rf"(?:,? (?:of |in )?(?P<year>{year})(?![\d%])|,? (?:of |in )?(?i:(?P<relative>{relative})) year)",
        }

    def _grammar(self) -> Iterator[tuple[str, str, bool, Callable[[Match], Meaning | None]]]:
        """Pattern, kind, whether it is surely a time, and what a match means."""
        date_time = r"(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?"
        yield r"\b(\d{{4}})-(\d\d)-(\d\d)" + date_time.replace("{", "{{").replace("}", "}}") + r"(?!\d)", "day", True, _iso
        yield r"(?<![\d/])(\d{{1,2}})/(\d{{1,2}})/(\d{{4}})(?![\d/])", "day", True, _slashes
        yield r"(?<![\d.])(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}})(?!\d)", "day", True, _dots
        yield r"\b{MONTH},? {DAY}(?![\d:.,]*\d){OFYEAR}?", "day", True, self._day
        yield r"\b{DAY} (?:of )?{MONTH}\b{OFYEAR}?", "day", True, self._day
        yield r"\b{MONTH},? {DAY}{TO}{TILL}(?![\d:.,]*\d){OFYEAR}?", "range", True, self._days
        yield r"\b{DAY}{TO}{TILL} (?:of )?{MONTH}\b{OFYEAR}?", "range", True, self._days
        yield r"\b{MONTH}{OFYEAR}", "month", True, self._month
        yield r"\b{RELATIVE} {MONTH}\b", "month", True, self._month
        yield r"\b{MONTH}(?!\w)", "month", False, self._month
        yield r"\b{SEASON}{OFYEAR}", "more", True, self._season
        yield r"\b{RELATIVE} {SEASON}\b(?! in\b)", "more", True, self._season
        yield r"\b(?i:in|during) (?:the )?{SEASON}\b(?! of\b)", "more", True, self._season
        yield r"\b(?:the )?{ORDINAL}[- ](?i:quarter){OFYEAR}?\b", "more", True, self._quarter
        yield r"\bQ(?P<ordinal>[1-4])\b{OFYEAR}?", "more", True, self._quarter
        yield r"\b(?:the )?(?P<ordinal>(?i:first|second))[- ](?i:half){OFYEAR}", "more", True, self._half
        yield r"(?:\b(?:the )?(1[5-9]|20)|['’]|\b(?:the|and) (?=[2-9]))([0-9])0'?s\b", "more", True, _decade
        yield r"\b(?P<number>\d{{1,2}})(?:st|nd|rd|th)[- ](?i:century)\b", "more", True, _century
        yield r"(?<![\d./-])(?P<from>(?:1[5-9]|20)\d\d)(?:-|–|/)(?P<till>\d\d(?:\d\d)?)(?![\d/%-])", "range", True, _years
        yield (
            r"(?<![\d.,:$€£/])(?<!\d-){YEAR}(?![\w/%]|[.,:-]\d)",
            "year",
            False,
            lambda m: meanings.always(edtf.year(int(m["year"]))),
        )
        yield (
            r"\b(?:{RELATIVE} )?{WEEKDAY}\b(?!,? {MONTH} \d)(?:(?: of|,)? (?P<week>(?i:last|this|next)) week\b)?",
            "day",
            True,
            self._of_week,
        )
        yield r"\b(?:{RELATIVE}|(?i:the)) (?i:weekend)\b", "more", True, lambda m: meanings.weekend(self._shift(m))
        yield rf"\b(?i:(?P<day>{_any(self.days)}))\b", "day", True, self._relative_day
        yield r"\b(?i:(?P<so>earlier|later) (?:in )?)?{RELATIVE} {UNIT}\b", "more", True, self._period
        yield r"\b(?i:(?P<so>earlier|later) (?:in )?the )(?!(?i:day|hour)){UNIT}\b", "more", True, self._period
        yield r"\b(?i:the) {UNIT}\b", "unit", True, self._period
        yield r"\b{RELATIVE} (?i:quarter)\b", "more", True, self._shifted_quarter
        yield r"\b{NUMBER} {UNIT} (?i:ago)\b", "more", True, lambda m: meanings.shifted(*self._count(m, -1))
        yield (
            r"\b(?i:in) {NUMBER} {UNIT}\b(?:'? time\b)?",
            "rolling",
            True,
            lambda m: meanings.only(AHEAD, meanings.shifted(*self._count(m, 1))),
        )
        yield (
            r"\b(?i:within) (?:the next )?{NUMBER} {UNIT}\b",
            "rolling",
            True,
            lambda m: meanings.only(AHEAD, meanings.rolling(*self._count(m, 1))),
        )
        yield r"\b(?i:(?:the |these )?(?P<way>past|last|next|coming)) {NUMBER} {UNIT}\b(?! of\b)", "rolling", True, self._way
        yield (
            r"\b(?i:the (?P<way>past|coming)|(?:over|during|in|within|for|throughout) the (?P<way2>last|next))"
            r" {UNIT}\b(?! of\b)",
            "rolling",
            True,
            self._way,
        )
        yield (
            r"\b{NUMBER}[- ]{UNIT}\b(?![- ](?i:ago|old|later|earlier))",
            "duration",
            True,
            lambda m: lambda today, side: None,
        )
        yield r"\b{UNIT}-long\b", "duration", True, lambda m: lambda today, side: None
        yield rf"\b(?P<holiday>{_any(self.holidays)})\b(?: {{YEAR}})?", "day", True, self._holiday

    def _shift(self, match: Match) -> int | None:
        """What "last", "this" or "next" is, where one stands there."""
        said = match.groupdict().get("relative")
        return self.periods[" ".join(said.lower().split())] if said else None

    def _in_year(self, match: Match, of_year: Callable[[int], Period | None]) -> Meaning:
        """In the year that is said ("2014", "next year"), else the nearest, or the last or next ("last March")."""
        if stated := match.groupdict().get("year"):
            return meanings.always(of_year(int(stated)))
        shift = self._shift(match)
        if shift is not None and match[0].lower().endswith("year"):
            return lambda today, side: of_year(today.year + shift) if today else None
        return meanings.yearly(of_year, shift)

    def _day(self, match: Match) -> Meaning:
        month, number = _MONTHS[match["month"].lower()], int(match["day"])
        return self._in_year(match, lambda year: edtf.day(year, month, number))

    def _days(self, match: Match) -> Meaning | None:
        month, first, last = _MONTHS[match["month"].lower()], int(match["day"]), int(match["till"])
        if match["to"] in ("and", "&") and last != first + 1 and not match.string[: match.start()].endswith("between "):
            return None  # two days, not all between
        return self._in_year(match, lambda year: edtf.between(edtf.day(year, month, first), edtf.day(year, month, last)))

    def _month(self, match: Match) -> Meaning:
        number = _MONTHS[match["month"].lower()]
        return self._in_year(match, lambda year: edtf.month(year, number))

    def _season(self, match: Match) -> Meaning:
        number = self.seasons[match["season"].lower()]
        return self._in_year(match, lambda year: edtf.season(year, number))

    def _quarter(self, match: Match) -> Meaning:
        said = match["ordinal"].lower()
        last = 3 * (int(said) if said.isdigit() else self.ordinals[said])
        return self._in_year(match, lambda year: edtf.months(year, last - 2, last))

    def _half(self, match: Match) -> Meaning:
        last = 6 * self.ordinals[match["ordinal"].lower()]
        return self._in_year(match, lambda year: edtf.months(year, last - 5, last))

    def _holiday(self, match: Match) -> Meaning:
        month, number = map(int, self.holidays[match["holiday"]].split("-"))
        return self._in_year(match, lambda year: edtf.day(year, month, number))

    def _of_week(self, match: Match) -> Meaning:
        number = _WEEKDAYS[match["weekday"].lower()]
        if match["week"]:
            shift = self.periods[match["week"].lower()]
            return lambda today, side: meanings.weekday(number, 0)(edtf.shifted(today, "week", shift), side)
        return meanings.weekday(number, self._shift(match))

    def _relative_day(self, match: Match) -> Meaning:
        return meanings.shifted("day", self.days[" ".join(match["day"].lower().split())])

    def _period(self, match: Match) -> Meaning:
        (unit, times), shift = self.units[match["unit"].lower()], self._shift(match) or 0
        if unit == "year" and times == 10:
            return lambda today, side: edtf.decade(today.year // 10 * 10 + 10 * shift) if today else None
        if unit == "year" and times == 100:
            return lambda today, side: edtf.century((today.year - 1) // 100 + 1 + shift) if today else None
        whole = meanings.shifted("day" if unit == "hour" else unit, shift * times)
        so_far = match.groupdict().get("so")
        return meanings.so_far(whole, later=so_far.lower() == "later") if so_far else whole

    def _shifted_quarter(self, match: Match) -> Meaning:
        months = 3 * (self._shift(match) or 0)

        def meaning(today: date | None, side: Side) -> Period | None:
            there = edtf.shifted(today, "month", months)
            return edtf.months(there.year, first := (there.month - 1) // 3 * 3 + 1, first + 2) if there else None

        return meaning

    def _length(self, words: list[str]) -> tuple[str, int]:
        """ "two", "week" -> ("week", 2); hours are counted in days."""
        *number, noun = words
        said = " ".join(number)
        unit, times = self.units[noun if noun in self.units else noun.removesuffix("s")]
        count = (int(said) if said.isdigit() else self.numbers[said]) * times
        return ("day", count // 24) if unit == "hour" else (unit, count)

    def _count(self, match: Match, sign: int) -> tuple[str, int]:
        unit, count = self._length([match["number"].lower(), match["unit"].lower()])
        return unit, sign * count

    def _way(self, match: Match) -> Meaning:
        groups = match.groupdict()
        way = (groups["way"] or groups.get("way2") or "").lower()
        unit, count = self._length([(groups.get("number") or "one").lower(), match["unit"].lower()])
        return meanings.rolling(unit, count if way in ("next", "coming") else -count)


def _needed(pattern: str) -> str:
    """The group of the trigger without which a form cannot be there: a month, a weekday, ..., a number, or another word."""
    named = next((name for name in ("WEEKDAY", "MONTH", "SEASON", "UNIT") if f"{{{name}}}" in pattern), None)
    if named or "century" in pattern:
        return named or "UNIT"
    return "other" if "\\d" in pattern or "Q" in pattern or "[0-9]" in pattern else "word"


def _spaced(pattern: str) -> str:
    """A space in a pattern is any space, and one or more of them."""
    return re.sub(r"(?<!\\) ", r"\\s+", pattern.replace("\\ ", " "))


def _iso(match: Match) -> Meaning:
    return meanings.always(edtf.day(int(match[1]), int(match[2]), int(match[3])))


def _slashes(match: Match) -> Meaning:
    """The month first, as Americans write, unless it cannot be one."""
    month, number, year = (int(part) for part in match.groups())
    return meanings.always(edtf.day(year, month, number) or edtf.day(year, number, month))


def _dots(match: Match) -> Meaning:
    return meanings.always(edtf.day(int(match[3]), int(match[2]), int(match[1])))


def _decade(match: Match) -> Meaning | None:
    return meanings.always(edtf.decade(int((match[1] or "19") + match[2] + "0")))


def _century(match: Match) -> Meaning:
    return meanings.always(edtf.century(int(match["number"])))


def _years(match: Match) -> Meaning | None:
    """ "2010-2014", "2010-14"."""
    first, said = match["from"], match["till"]
    last = said if len(said) == 4 else first[:2] + said
    period = edtf.between(edtf.year(int(first)), edtf.year(int(last)))
    return meanings.always(period) if period else None
