"""Expressions of time become EDTF, relative to the article's date; what cannot be settled stays open.

EDTF level 1 (Library of Congress, ISO 8601-2:2019): "2014-12-19", "2013-12", "2014-01/2014-09", "199X".
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from kgbuild.model import When
from kgbuild.ontology import LEX, Ontology

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_DAY_FORMS = (
    re.compile(rf"{_MONTH}\s+{_DAY}(?:\s*,?\s*{_YEAR})?\b"),
    re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}(?:\s*,?\s*{_YEAR})?\b"),
)
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_MONTH_RANGE = re.compile(
    rf"{_MONTH}\s*(?:-|–|to|through)\s*{_MONTH.replace('month', 'last')}(?:\s*,?\s*(?:of\s+)?{_YEAR})?"
)
_MONTH_FORM = re.compile(rf"\b{_MONTH}(?:\s*,?\s*(?:of\s+)?{_YEAR})?\b")
_DECADE = re.compile(r"\b((?:1[5-9]|20)\d)0s\b")
_YEAR_RANGE = re.compile(r"\b((?:1[5-9]|20)\d\d)\s*(?:-|–|to)\s*((?:1[5-9]|20)\d\d)\b")
_YEAR_FORM = re.compile(rf"(?<![\d.,]){_YEAR}(?![\d.,]*\d)")
_UNITS = ("week", "month", "year", "decade")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The words for relative time, from language.ttl."""

    days: dict[str, int]
    periods: dict[str, int]
    compared: tuple[str, ...]

    @classmethod
    def of(cls, ontology: Ontology) -> Calendar:
        """The relative words of *ontology*."""
        days: dict[str, int] = {}
        periods: dict[str, int] = {}
        for name in ("dayBefore", "sameDay", "dayAfter"):
            days |= {word: int(ontology.value(LEX + name, LEX + "days") or 0) for word in ontology.words(name, "word")}
        for name in ("previousPeriod", "currentPeriod", "nextPeriod"):
            periods |= {word: int(ontology.value(LEX + name, LEX + "periods") or 0) for word in ontology.words(name, "word")}
        return cls(days, periods, tuple(sorted(ontology.words("comparison", "opening"))))


def resolve(text: str, issued: str | None, ahead: bool, words: Calendar) -> When | None:
    """When *text* is, for an article *issued* then; *ahead* says that the event is still to come.

    A weekday or a date without a year is the nearest one on that side of the article's date. Without
    an article's date only full dates are settled.
    """
    lower = " ".join(text.lower().split())
    if lower.startswith(words.compared):
        return None
    today = date.fromisoformat(issued[:10]) if issued else None
    return _absolute(lower, text, today, ahead) or (_relative(lower, text, today, ahead, words) if today else None)


def _absolute(lower: str, text: str, today: date | None, ahead: bool) -> When | None:
    if match := _ISO.search(lower):
        return _day(int(match[1]), int(match[2]), int(match[3]), "Explicit", text)
    for form in _DAY_FORMS:
        if match := form.search(lower):
            month, day = _MONTHS[match["month"]], int(match["day"])
            if match["year"]:
                return _day(int(match["year"]), month, day, "Explicit", text)
            return _nearest_day(month, day, today, ahead, text) if today else None
    if match := _MONTH_RANGE.search(lower):
        year = int(match["year"]) if match["year"] else (today.year if today else 0)
        first, last = _MONTHS[match["month"]], _MONTHS[match["last"]]
        if not year or first > last:
            return None
        source = "Explicit" if match["year"] else "Relative"
        return When(f"{year}-{first:02}/{year}-{last:02}", _first(year, first), _last(year, last), source, text)
    if match := _YEAR_RANGE.search(lower):
        return When(f"{match[1]}/{match[2]}", f"{match[1]}-01-01", f"{match[2]}-12-31", "Explicit", text)
    if match := _DECADE.search(lower):
        return When(f"{match[1]}X", f"{match[1]}0-01-01", f"{match[1]}9-12-31", "Explicit", text)
    if (match := _MONTH_FORM.search(lower)) and (match["year"] or text[match.start() : match.start() + 1].isupper()):
        month = _MONTHS[match["month"]]
        if match["year"]:
            return _month(int(match["year"]), month, "Explicit", text)
        return _nearest_month(month, today, ahead, text) if today else None
    if match := _YEAR_FORM.search(lower):
        stated = match["year"]
        return When(stated, f"{stated}-01-01", f"{stated}-12-31", "Explicit", text)
    return None


def _relative(lower: str, text: str, today: date, ahead: bool, words: Calendar) -> When | None:
    for word, days in sorted(words.days.items(), key=lambda item: -len(item[0])):
        if re.search(rf"\b{word}\b", lower):
            day = today + timedelta(days=days)
            return _day(day.year, day.month, day.day, "Relative", text)
    shift = next(
        (n for word, n in sorted(words.periods.items(), key=lambda i: -len(i[0])) if re.search(rf"\b{word}\b", lower)),
        None,
    )
    for name, number in _WEEKDAYS.items():
        if re.search(rf"\b{name}\b", lower):
            return _weekday(number, today, ahead if not shift else shift > 0, shift, text)
    if shift is not None:
        for unit in _UNITS:
            if re.search(rf"\b{unit}\b", lower) and not re.search(r"\d|few|several|two|three", lower):
                return _period(unit, shift, today, text)
    return None


def _weekday(number: int, today: date, ahead: bool, shift: int | None, text: str) -> When:
    distance = (number - today.weekday()) % 7 if ahead else -((today.weekday() - number) % 7)
    if shift and distance == 0:
        distance = 7 * shift
    day = today + timedelta(days=distance)
    return _day(day.year, day.month, day.day, "Relative", text) or When(str(today), str(today), str(today), "Relative", text)


def _period(unit: str, shift: int, today: date, text: str) -> When:
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=shift)
        sunday = monday + timedelta(days=6)
        return When(f"{monday}/{sunday}", str(monday), str(sunday), "Relative", text)
    if unit == "month":
        month = today + relativedelta(months=shift)
        return _month(month.year, month.month, "Relative", text)
    if unit == "year":
        year = today.year + shift
        return When(f"{year}", f"{year}-01-01", f"{year}-12-31", "Relative", text)
    decade = today.year // 10 + shift
    return When(f"{decade}X", f"{decade}0-01-01", f"{decade}9-12-31", "Relative", text)


def _nearest_day(month: int, day: int, today: date, ahead: bool, text: str) -> When | None:
    found = [one for year in (today.year - 1, today.year, today.year + 1) if (one := _valid(year, month, day))]
    side = [d for d in found if (d >= today if ahead else d <= today)] or found
    if not side:
        return None
    best = min(side, key=lambda d: abs(d - today))
    return _day(best.year, best.month, best.day, "Relative", text)


def _nearest_month(month: int, today: date, ahead: bool, text: str) -> When:
    year = today.year
    if ahead and month < today.month:
        year += 1
    elif not ahead and month > today.month:
        year -= 1
    return _month(year, month, "Relative", text)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(year: int, month: int, day: int, source: str, text: str) -> When | None:
    found = _valid(year, month, day)
    return When(str(found), str(found), str(found), source, text) if found else None


def _month(year: int, month: int, source: str, text: str) -> When:
    return When(f"{year}-{month:02}", _first(year, month), _last(year, month), source, text)


def _first(year: int, month: int) -> str:
    return f"{year}-{month:02}-01"


def _last(year: int, month: int) -> str:
    return f"{year}-{month:02}-{calendar.monthrange(year, month)[1]:02}"
