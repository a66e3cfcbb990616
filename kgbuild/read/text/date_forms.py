"""The forms in which machines write a day: 20141216, 16/12/2014, 16-Dec-14, 1418749380, "Tue Dec 16 17:03:00 +0000 2014".

A form is read only where the whole value has it, and gives every day that it can mean.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

_MONTHS = {
    short: number
    for number, name in enumerate(map(str.lower, calendar.month_name))
    for short in (name, name[:3], *(("sept",) if name == "september" else ()))
    if number
}
"""September, Sept and Sep alike -> 9."""
_MONTH = r"(?P<month>[A-Z][a-z]{2,8}|[A-Z]{3,9}|[a-z]{3,9})\.?"
_CLOCK = r"(?P<time>\d{1,2}:\d\d(?::\d\d)?)(?:[.,]\d+)?(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?"
_ZONE = r"(?:\s*(?:Z|[A-Z]{2,5}|(?:GMT|UTC)?[+-]\d\d:?\d\d|\([\w ]{2,40}\)))"
_LABEL = r"(?:[A-Za-z]+[.:,]*\s+){0,3}"
_REST = rf"(?:(?:T|:|,?\s+(?:at\s+|[-–|]\s+)?){_CLOCK})?{_ZONE}{{0,3}}"
_NUMBERS = re.compile(rf"{_LABEL}(?P<a>\d{{1,4}})(?P<by>[./-])\s?(?P<b>\d{{1,2}})(?P=by)\s?(?P<c>\d{{1,4}})\.?{_REST}")
_WORDS = re.compile(
    rf"{_LABEL}(?:(?P<day>\d{{1,2}})[-/. ]?\s?{_MONTH}[-/., ]?\s?(?P<year>\d{{4}}|\d\d)"
    rf"|(?P<year2>\d{{4}})[-/. ]{_MONTH.replace('month', 'month2')}[-/. ](?P<day2>\d{{1,2}}))(?!\d){_REST}"
)
_MONTH_FIRST = re.compile(rf"{_LABEL}{_MONTH}[-/](?P<day>\d{{1,2}})[-/](?P<year>\d{{4}})(?!\d){_REST}")
_C_TIME = re.compile(rf"(?:[A-Za-z]{{3}}\s+)?{_MONTH}\s+(?P<day>\d{{1,2}})\s+{_CLOCK}{_ZONE}?\s+(?P<year>\d{{4}})")
_COMPACT = re.compile(
    rf"(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d)"
    rf"(?:[T ]?(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d))?(?:[.,]\d+)?)?{_ZONE}?"
)
_WEEK = re.compile(r"\d{4}-?W\d\d-?\d")
_EPOCH = re.compile(r"(?P<seconds>\d{9,10})(?:\d{3}|\d{6}|\d{9})?(?:\.\d+)?")


def days_of_form(value: str) -> tuple[str, ...]:
    """Each day, with its time of day if that stands there, that *value* can mean, in ISO 8601; () for no such form.

    A year of two digits is the last one that has been; seconds since 1970 are counted in UTC and give the day alone.
    """
    return tuple(sorted(set(_days(value.strip()))))


def _days(value: str) -> Iterator[str]:
    if found := _COMPACT.fullmatch(value):
        day = _day(int(found["year"]), int(found["month"]), int(found["day"]))
        time = _time(":".join(part for part in found.group("hour", "minute", "second") if part))
        if day and time is not None:
            yield day + time
            return
    if found := _EPOCH.fullmatch(value):
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(found["seconds"]))
        yield moment.date().isoformat()
    elif found := _NUMBERS.fullmatch(value):
        for year, month, day_number in _orders(found["a"], found["b"], found["c"]):
            yield from _at(year, month, day_number, found)
    elif found := _WORDS.fullmatch(value):
        month = _MONTHS.get((found["month"] or found["month2"]).lower(), 0)
        yield from _at(_year(found["year"] or found["year2"]), month, int(found["day"] or found["day2"]), found)
    elif found := _MONTH_FIRST.fullmatch(value) or _C_TIME.fullmatch(value):
        yield from _at(int(found["year"]), _MONTHS.get(found["month"].lower(), 0), int(found["day"]), found)
    elif _WEEK.fullmatch(value):
        try:
            yield date.fromisoformat(value).isoformat()
        except ValueError:
            return


def _orders(a: str, b: str, c: str) -> Iterator[tuple[int, int, int]]:
    """Year, month and day in the orders in which they are written: the year first or last, never in the middle."""
    if len(a) in (2, 4) and len(c) <= 2:
        yield _year(a), int(b), int(c)
    if len(c) in (2, 4) and len(a) <= 2:
        yield _year(c), int(b), int(a)
        yield _year(c), int(a), int(b)


def _year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    now = datetime.now(UTC).year
    return now - (now - int(digits)) % 100


def _at(year: int, month: int, day: int, found: re.Match[str]) -> Iterator[str]:
    written, time = _day(year, month, day), _time(found["time"] or "", found["half"] or "")
    if written and time is not None:
        yield written + time


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _time(clock: str, half: str = "") -> str | None:
    """ "T17:03:00"; "" for none, None for what is no time of day."""
    if not clock:
        return ""
    hour, minute, second = (*map(int, clock.split(":")), 0)[:3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half in "Pp" else 0)
    return f"T{hour:02}:{minute:02}:{second:02}" if hour < 24 and minute < 60 and second < 61 else None
