"""A stretch of time that a person asks for: "2014-12" is all of December 2014."""

from __future__ import annotations

import calendar
import re
from datetime import date

from kgbuild.errors import KgbuildError


def days_between(since: str | None, until: str | None) -> tuple[str | None, str | None]:
    """The first day of *since* and the last one of *until*; KgbuildError where one of them is no date, or the last day comes
    before the first.
    """
    first, last = first_day(since) if since else None, last_day(until) if until else None
    if first and last and last < first:
        raise KgbuildError(f"--since {since} is after --until {until}. Turn them round.")
    return first, last


def is_within(days: tuple[str | None, str | None], wanted: tuple[str | None, str | None]) -> bool:
    """Whether what goes from the first to the last of *days* may be of the time *wanted*; None is open."""
    (begin, end), (first, last) = days, wanted
    return (first is None or end is None or end >= first) and (last is None or begin is None or begin <= last)


def first_day(text: str) -> str:
    """The first day of a day, a month or a year: "2014-12" is 2014-12-01."""
    return spanned(text)[0]


def last_day(text: str) -> str:
    """The last day of a day, a month or a year: "2014-12" is 2014-12-31."""
    return spanned(text)[1]


def spanned(text: str) -> tuple[str, str]:
    """The first and last day of a day, a month or a year; KgbuildError where *text* is none of these."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text)
    try:
        if found is None:
            raise ValueError
        year, first, last = int(found[1]), int(found[2] or 1), int(found[2] or 12)
        begin = date(year, first, int(found[3] or 1))
        end = date(year, last, int(found[3] or calendar.monthrange(year, last)[1]))
    except ValueError:
        raise KgbuildError(f'"{text}" is no date. Write a day, a month or a year: 2014-12-19, 2014-12 or 2014.') from None
    return begin.isoformat(), end.isoformat()
