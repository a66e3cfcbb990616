"""The forms in which a time is written, each with what it means: "5 May 2012", "the third quarter", "two weeks ago"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from kgbuild.read.time import edtf, meanings
from kgbuild.read.time.edtf import Period
from kgbuild.read.time.meanings import AHEAD, Meaning, Side
from kgbuild.read.time.words import MONTHS, WEEKDAYS, TimeWords, any_name, any_of, spaced

Written = re.Match[str]
"""A form where it stands in a text."""
Read = Callable[[Written], Meaning | None]
Row = tuple[str, str, bool, Read]
"""A form as it is written below: pattern, kind, whether it is surely a time, and what it means."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form in which a time is written."""

    pattern: re.Pattern[str]
    needs: str
    """The group of the trigger without which it cannot be there."""
    kind: str
    """That of the expressions it makes: day, week, month, ..."""
    sure: bool
    """False for what may be a name or a number: a bare month, a bare year."""
    read: Read
    """What it means where it stands; None where it is no time."""


def forms(words: TimeWords) -> tuple[Form, ...]:
    """All forms with their *words*; where two read the same stretch, the first counts."""
    grammar = _Grammar(words)
    parts = grammar.parts()
    return tuple(
        Form(re.compile(spaced(pattern.format_map(parts))), _needed(pattern), kind, sure, read)
        for pattern, kind, sure, read in grammar.rows()
    )


def trigger(words: TimeWords) -> re.Pattern[str]:
    """The words and figures without which no form is there, in groups: MONTH, WEEKDAY, UNIT, SEASON, word, other."""
    other_words = any_of([*words.days, *words.holidays, "weekend", "quarter", "half", "century"])
    return re.compile(
        rf"(?P<other>\d\d|\d(?:st|nd|rd|th)\b|\bQ[1-4]\b)|\b(?:(?P<MONTH>{any_name(MONTHS)})|(?P<WEEKDAY>{any_name(WEEKDAYS)})"
        rf"|(?i:(?P<UNIT>(?:{any_of(words.units)})s?)|(?P<SEASON>{any_of(words.seasons)})"
        rf"|(?P<word>{other_words})))\b"
    )


def _needed(pattern: str) -> str:
    """The group of the trigger without which a form cannot be there: a month, a weekday, ..., a number, or another word."""
    named = next((name for name in ("WEEKDAY", "MONTH", "SEASON", "UNIT") if f"{{{name}}}" in pattern), None)
    if named or "century" in pattern:
        return named or "UNIT"
    return "other" if "\\d" in pattern or "Q" in pattern or "[0-9]" in pattern else "word"


class _Grammar:
    """The forms, with the words that they are made of."""

    def __init__(self, words: TimeWords) -> None:
        self._words = words

    def rows(self) -> Iterator[Row]:
        """All forms, in the order in which they count."""
        return chain(
            self._day_forms(),
            self._counted_day_forms(),
            self._month_forms(),
            self._year_forms(),
            self._relative_forms(),
            self._stretch_forms(),
        )

    def parts(self) -> dict[str, str]:
        """What stands in braces in the patterns."""
        relative = any_of(self._words.periods)
        year = r"(?:1[5-9]|20)\d\d"
        month = rf"(?P<month>{any_name(MONTHS)})(?:(?<=\b\w{{3}})\.|(?<=\b\w{{4}})\.(?= \d))?"  # "Sept. 3", "Feb."
        number = rf"(?P<number>\d{{1,3}}|{any_of(self._words.numbers)})"
        return {
            "MONTH": month,
            "WEEKDAY": rf"(?P<weekday>{any_name(WEEKDAYS)})",
            "DAY": r"(?P<day>\d{1,2})(?:st|nd|rd|th)?",
            "TILL": r"(?P<till>\d{1,2})(?:st|nd|rd|th)?",
            "TO": r"\s*(?P<to>-|–|\bto\b|\bthrough\b|\band\b|&)\s*",
            "YEAR": rf"(?P<year>{year})",
            "NUMBER": rf"(?i:{number})",
            "UNIT": rf"(?i:(?P<unit>{any_of(self._words.units)})s?)",
            "RELATIVE": rf"(?i:(?P<relative>{relative}))",
            "ORDINAL": rf"(?i:(?P<ordinal>{any_of(self._words.ordinals)}))",
            "SEASON": rf"(?P<season>{any_of(self._words.seasons)})",
            # the year of a day, month, season or quarter: ", 2014", "of 2014", "of last year", "next year"
            "OFYEAR": rf"(?:,? (?:of |in )?(?P<year>{year})(?![\d%])|,? (?:of |in )?(?i:(?P<relative>{relative})) year)",
        }

    def _day_forms(self) -> Iterator[Row]:
        """Days, written out or in figures, and from one to another."""
        date_time = r"(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?"
        yield r"\b(\d{{4}})-(\d\d)-(\d\d)" + date_time.replace("{", "{{").replace("}", "}}") + r"(?!\d)", "day", True, _iso
        yield r"(?<![\d/])(\d{{1,2}})/(\d{{1,2}})/(\d{{4}})(?![\d/])", "day", True, _slashes
        yield r"(?<![\d.])(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}})(?!\d)", "day", True, _dots
        yield r"\b{MONTH},? {DAY}(?![\d:.,]*\d){OFYEAR}?", "day", True, self._day
        yield r"\b{DAY} (?:of )?{MONTH}\b{OFYEAR}?", "day", True, self._day
        yield r"\b{MONTH},? {DAY}{TO}{TILL}(?![\d:.,]*\d){OFYEAR}?", "range", True, self._days
        yield r"\b{DAY}{TO}{TILL} (?:of )?{MONTH}\b{OFYEAR}?", "range", True, self._days

    def _counted_day_forms(self) -> Iterator[Row]:
        """Days that are counted: "the first Friday of next month", "the last day of May", "Monday, the 28th"."""
        nth, numbered = rf"(?i:(?P<nth>{any_of([*self._words.ordinals, 'last'])}))", r"(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b"
        for counted in (nth + " {WEEKDAY}", "(?i:(?P<nth>first|last) day)"):
            yield r"\b(?:the )?" + counted + r" (?i:of|in) {MONTH}\b{OFYEAR}?", "day", True, self._nth_of_named_month
            yield r"\b(?:the )?" + counted + r" (?i:of|in) (?:{RELATIVE}|the) {UNIT}\b", "day", True, self._nth_of_month
        yield r"\b{WEEKDAY},? (?:the )?" + numbered + r"(?! (?:of )?{MONTH})", "day", True, self._numbered
        yield r"(?<=\b[Oo]n[ ])the " + numbered + r" of {RELATIVE} {UNIT}\b", "day", True, self._numbered
        ends = r"(?=[,.;:)]|\s+(?:and|but|in|at|for|with|by|to)\b|$)"
        yield r"(?<=\b[Oo]n[ ])the " + numbered + ends, "day", True, self._numbered

    def _month_forms(self) -> Iterator[Row]:
        """Months and seasons."""
        yield r"\b{MONTH}{OFYEAR}", "month", True, self._month
        yield r"\b{RELATIVE} {MONTH}\b", "month", True, self._month
        yield r"\b{MONTH}(?!\w)", "month", False, self._month
        yield r"\b{SEASON}{OFYEAR}", "more", True, self._season
        yield r"\b{RELATIVE} {SEASON}\b(?! in\b)", "more", True, self._season
        yield r"\b(?i:in|during) (?:the )?{SEASON}\b(?! of\b)", "more", True, self._season

    def _year_forms(self) -> Iterator[Row]:
        """Years, parts of them and many of them."""
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

    def _relative_forms(self) -> Iterator[Row]:
        """What is counted from the article's day: weekdays, "yesterday", "last month", "two weeks ago"."""
        yield (
            r"\b(?:{RELATIVE} )?{WEEKDAY}\b(?!,? {MONTH} \d)(?:(?: of|,)? (?P<week>(?i:last|this|next)) week\b)?",
            "day",
            True,
            self._of_week,
        )
        yield r"\b(?:{RELATIVE}|(?i:the)) (?i:weekend)\b", "more", True, lambda m: meanings.weekend(self._shift(m))
        yield rf"\b(?i:(?P<day>{any_of(self._words.days)}))\b", "day", True, self._relative_day
        yield r"\b(?i:(?P<so>earlier|later) (?:in )?)?{RELATIVE} {UNIT}\b", "more", True, self._period
        yield r"\b(?i:(?P<so>earlier|later) (?:in )?the )(?!(?i:day|hour)){UNIT}\b", "more", True, self._period
        yield r"\b(?i:the) {UNIT}\b", "unit", True, self._period
        yield r"\b{RELATIVE} (?i:quarter)\b", "more", True, self._shifted_quarter
        yield r"\b{NUMBER} {UNIT} (?i:ago)\b", "more", True, lambda m: meanings.shifted(*self._count(m, -1))

    def _stretch_forms(self) -> Iterator[Row]:
        """Stretches of time ("within two weeks", "the past year"), durations, which say no day, and holidays."""
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
        yield rf"\b(?P<holiday>{any_of(self._words.holidays)})\b(?: {{YEAR}})?", "day", True, self._holiday

    # -- what they mean ------------------------------------------------------------------------

    def _shift(self, match: Written) -> int | None:
        """What "last", "this" or "next" is, where one stands there."""
        said = match.groupdict().get("relative")
        return self._words.periods[" ".join(said.lower().split())] if said else None

    def _in_year(self, match: Written, of_year: Callable[[int], Period | None]) -> Meaning:
        """In the year that is said ("2014", "next year"), else the nearest, or the last or next ("last March")."""
        if stated := match.groupdict().get("year"):
            return meanings.always(of_year(int(stated)))
        shift = self._shift(match)
        if shift is not None and match[0].lower().endswith("year"):
            return lambda today, side: of_year(today.year + shift) if today else None
        return meanings.yearly(of_year, shift)

    def _day(self, match: Written) -> Meaning:
        month, number = MONTHS[match["month"].lower()], int(match["day"])
        return self._in_year(match, lambda year: edtf.day(year, month, number))

    def _days(self, match: Written) -> Meaning | None:
        month, first, last = MONTHS[match["month"].lower()], int(match["day"]), int(match["till"])
        if match["to"] in ("and", "&") and last != first + 1 and not match.string[: match.start()].endswith("between "):
            return None  # two days, not all between
        return self._in_year(match, lambda year: edtf.between(edtf.day(year, month, first), edtf.day(year, month, last)))

    def _nth_in(self, match: Written) -> Callable[[int, int], Period | None]:
        """What counts the days of a month of a year: the second Tuesday, the last day."""
        said, weekday = match["nth"].lower(), match.groupdict().get("weekday")
        nth = -1 if said == "last" else self._words.ordinals[said]
        if weekday is None:
            return lambda year, month: edtf.end_of_month(year, month, nth)
        number = WEEKDAYS[weekday.lower()]
        return lambda year, month: edtf.nth_weekday(year, month, number, nth)

    def _nth_of_named_month(self, match: Written) -> Meaning:
        month, nth = MONTHS[match["month"].lower()], self._nth_in(match)
        return self._in_year(match, lambda year: nth(year, month))

    def _nth_of_month(self, match: Written) -> Meaning | None:
        return None if match["unit"].lower() != "month" else meanings.monthly(self._nth_in(match), self._shift(match) or 0)

    def _numbered(self, match: Written) -> Meaning | None:
        """ "the 28th", of a month that is not named; with a weekday, of one in which it falls on that."""
        if (match.groupdict().get("unit") or "month").lower() != "month":
            return None
        number, weekday = int(match["day"]), match.groupdict().get("weekday")

        def of_month(year: int, month: int) -> Period | None:
            found = edtf.day(year, month, number)
            fits = found and (weekday is None or found.begin.weekday() == WEEKDAYS[weekday.lower()])
            return found if fits else None

        return meanings.monthly(of_month, self._shift(match))

    def _month(self, match: Written) -> Meaning:
        number = MONTHS[match["month"].lower()]
        return self._in_year(match, lambda year: edtf.month(year, number))

    def _season(self, match: Written) -> Meaning:
        number = self._words.seasons[match["season"].lower()]
        return self._in_year(match, lambda year: edtf.season(year, number))

    def _quarter(self, match: Written) -> Meaning:
        said = match["ordinal"].lower()
        last = 3 * (int(said) if said.isdigit() else self._words.ordinals[said])
        return self._in_year(match, lambda year: edtf.months(year, last - 2, last))

    def _half(self, match: Written) -> Meaning:
        last = 6 * self._words.ordinals[match["ordinal"].lower()]
        return self._in_year(match, lambda year: edtf.months(year, last - 5, last))

    def _holiday(self, match: Written) -> Meaning:
        month, number = map(int, self._words.holidays[match["holiday"]].split("-"))
        return self._in_year(match, lambda year: edtf.day(year, month, number))

    def _of_week(self, match: Written) -> Meaning:
        number = WEEKDAYS[match["weekday"].lower()]
        if match["week"]:
            shift = self._words.periods[match["week"].lower()]
            return lambda today, side: meanings.weekday(number, 0)(edtf.shifted(today, "week", shift), side)
        return meanings.weekday(number, self._shift(match))

    def _relative_day(self, match: Written) -> Meaning:
        return meanings.shifted("day", self._words.days[" ".join(match["day"].lower().split())])

    def _period(self, match: Written) -> Meaning:
        (unit, times), shift = self._words.units[match["unit"].lower()], self._shift(match) or 0
        if unit == "year" and times == 10:
            return lambda today, side: edtf.decade(today.year // 10 * 10 + 10 * shift) if today else None
        if unit == "year" and times == 100:
            return lambda today, side: edtf.century((today.year - 1) // 100 + 1 + shift) if today else None
        whole = meanings.shifted("day" if unit == "hour" else unit, shift * times)
        so_far = match.groupdict().get("so")
        return meanings.so_far(whole, later=so_far.lower() == "later") if so_far else whole

    def _shifted_quarter(self, match: Written) -> Meaning:
        months = 3 * (self._shift(match) or 0)

        def meaning(today: date | None, side: Side) -> Period | None:
            there = edtf.shifted(today, "month", months)
            return edtf.months(there.year, first := (there.month - 1) // 3 * 3 + 1, first + 2) if there else None

        return meaning

    def _count(self, match: Written, sign: int) -> tuple[str, int]:
        unit, count = self._words.length([match["number"].lower(), match["unit"].lower()])
        return unit, sign * count

    def _way(self, match: Written) -> Meaning:
        groups = match.groupdict()
        way = (groups["way"] or groups.get("way2") or "").lower()
        unit, count = self._words.length([(groups.get("number") or "one").lower(), match["unit"].lower()])
        return meanings.rolling(unit, count if way in ("next", "coming") else -count)


def _iso(match: Written) -> Meaning:
    return meanings.always(edtf.day(int(match[1]), int(match[2]), int(match[3])))


def _slashes(match: Written) -> Meaning:
    """The month first, as Americans write, unless it cannot be one."""
    month, number, year = (int(part) for part in match.groups())
    return meanings.always(edtf.day(year, month, number) or edtf.day(year, number, month))


def _dots(match: Written) -> Meaning:
    return meanings.always(edtf.day(int(match[3]), int(match[2]), int(match[1])))


def _decade(match: Written) -> Meaning | None:
    return meanings.always(edtf.decade(int((match[1] or "19") + match[2] + "0")))


def _century(match: Written) -> Meaning:
    return meanings.always(edtf.century(int(match["number"])))


def _years(match: Written) -> Meaning | None:
    """ "2010-2014", "2010-14"."""
    first, said = match["from"], match["till"]
    last = said if len(said) == 4 else first[:2] + said
    period = edtf.between(edtf.year(int(first)), edtf.year(int(last)))
    return meanings.always(period) if period else None
