"""Stretches of the calendar, each with its EDTF name and its first and last day.

EDTF level 1 (Library of Congress, ISO 8601-2:2019): "2014-12-19", "2013-12", "2014-21" (a spring), "199X",
"2014-01/2014-09", "2011/.." (goes on). What level 1 has no name for (weeks, quarters, thirds) is an interval. What no
calendar has is None.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

_COARSE = re.compile(r"X|^\d{4}-2[1-4]$")
"""A name that level 1 does not let stand in an interval."""


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day; no last day where it goes on."""

    edtf: str
    begin: date
    end: date | None


def day(year: int, month: int, number: int) -> Period | None:
    """One day; None where the calendar has none ("February 30")."""
    try:
        found = date(year, month, number)
    except ValueError:
        return None
    return Period(str(found), found, found)


def nth_weekday(year: int, month_number: int, weekday: int, nth: int) -> Period | None:
    """The *nth* of a weekday (Monday is 0) in a month, -1 the last; None where there are fewer."""
    days = [week[weekday] for week in calendar.monthcalendar(year, month_number) if week[weekday]] if _is_year(year) else []
    return day(year, month_number, days[nth if nth < 0 else nth - 1]) if len(days) >= nth else None


def end_of_month(year: int, number: int, nth: int) -> Period | None:
    """The first (1) or the last (-1) day of a month."""
    whole = month(year, number)
    there = (whole.begin if nth > 0 else whole.end) if whole else None
    return span(there, there)


def month(year: int, number: int) -> Period | None:
    """A month."""
    if not _is_year(year) or not 1 <= number <= 12:
        return None
    return Period(f"{year:04}-{number:02}", date(year, number, 1), _last(year, number))


def year(number: int) -> Period | None:
    """A calendar year."""
    return Period(f"{number:04}", date(number, 1, 1), date(number, 12, 31)) if _is_year(number) else None


def decade(first: int) -> Period | None:
    """Ten years from *first*: 1990 -> "199X"."""
    found = first // 10
    return Period(f"{found:03}X", date(found * 10, 1, 1), date(found * 10 + 9, 12, 31)) if 1 <= found <= 998 else None


def century(number: int) -> Period | None:
    """The *number*th century, by its first two digits: 19 -> "18XX"."""
    first = (number - 1) * 100
    return Period(f"{number - 1:02}XX", date(first, 1, 1), date(first + 99, 12, 31)) if 2 <= number <= 99 else None


def season(year_number: int, number: int) -> Period | None:
    """21 spring, 22 summer, 23 autumn, 24 winter, by whole months of the north; a winter ends in the year after."""
    first, last = month(year_number, (number - 20) * 3), month(year_number + (number == 24), (number - 20) * 3 % 12 + 2)
    return Period(f"{year_number:04}-{number}", first.begin, last.end) if first and last else None


def months(year_number: int, first: int, last: int) -> Period | None:
    """Whole months of one year: a quarter is 3 of them, a half 6."""
    return between(month(year_number, first), month(year_number, last))


def week(within: date) -> Period | None:
    """The week, from Monday to Sunday, that a day lies in."""
    monday = shifted(within, "day", -within.weekday())
    return span(monday, shifted(monday, "day", 6)) if monday else None


def span(first: date | None, last: date | None) -> Period | None:
    """From a day to a day."""
    if first is None or last is None or first > last:
        return None
    return Period(str(first) if first == last else f"{first}/{last}", first, last)


def between(first: Period | None, last: Period | None) -> Period | None:
    """From the beginning of one to the end of another; None where that would run backwards, or never end."""
    if first is None or last is None or last.end is None or first.begin > last.end:
        return None
    names = _ends(first)[0], _ends(last)[1]
    return Period("/".join(dict.fromkeys(names)), first.begin, last.end)


def onwards(first: Period) -> Period:
    """From the beginning of a period on: "2011/.."."""
    return Period(f"{_ends(first)[0]}/..", first.begin, None)


def third(whole: Period, number: int) -> Period | None:
    """The first (0), middle (1) or last (2) third: four months of a year, ten days of a month."""
    begin, end = whole.begin, whole.end
    if end is None:
        return None
    if re.fullmatch(r"\d{4}", whole.edtf):
        return months(begin.year, number * 4 + 1, number * 4 + 4)
    if whole.edtf.endswith("X"):
        size = 100 if whole.edtf.endswith("XX") else 10
        first, last = ((0, 3), (4, 6), (7, 9))[number]
        return between(year(begin.year + first * size // 10), year(begin.year + (last + 1) * size // 10 - 1))
    if re.fullmatch(r"\d{4}-(0\d|1[0-2])", whole.edtf):
        first, last = ((1, 10), (11, 20), (21, end.day))[number]
        return span(begin.replace(day=first), begin.replace(day=last))
    days = (end - begin).days + 1
    return span(begin + timedelta(days=days * number // 3), begin + timedelta(days=max(days * (number + 1) // 3, 1) - 1))


def around(today: date, unit: str) -> Period | None:
    """The day, week, month or year that *today* lies in."""
    if unit == "week":
        return week(today)
    if unit == "month":
        return month(today.year, today.month)
    return year(today.year) if unit == "year" else span(today, today)


def shifted(start: date | None, unit: str, count: int) -> date | None:
    """*count* units later (before, where negative); None beyond the calendar."""
    if start is None:
        return None
    try:
        return start + relativedelta(**{f"{unit}s": count})  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return None


def _ends(period: Period) -> tuple[str, str]:
    """How a period's beginning and end are named in an interval."""
    if not _COARSE.search(period.edtf):
        first, _, last = period.edtf.partition("/")
        return first, last or first
    end = period.end or period.begin
    if "X" in period.edtf:
        return f"{period.begin.year:04}", f"{end.year:04}"
    return str(period.begin)[:7], str(end)[:7]


def _is_year(number: int) -> bool:
    return 1 <= number <= 9999


def _last(year_number: int, number: int) -> date:
    return date(year_number, number, calendar.monthrange(year_number, number)[1])
