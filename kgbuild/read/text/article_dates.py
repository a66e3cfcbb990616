"""The day on which an article was issued, where its date line or a field states it in full."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import UTC, datetime, timedelta

from kgbuild.read.text.date_forms import days_of_form

FIRST = "1000-01-01"
"""The first day that is believed of an article."""
MAX_VALUE = 1_000
"""Characters of a value that are looked at."""

_MONTH = "|".join(f"{name}|{name[:3]}\\.?|Sept\\.?" for name in calendar.month_name[1:])
DATE = rf"(?:(?:{_MONTH})\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\s+(?:{_MONTH})(?:\s+\d{{4}})?)"
"""A pattern of day and month, with or without the year."""
_FULL_DATE = re.compile(
    rf"(?:(?:{_MONTH})\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+(?:{_MONTH}),?\s+\d{{4}}|\d{{4}}-\d\d-\d\d)"
    r"(?:\s*(?:,|at|T|-|\|)?\s*\d{1,2}:\d\d(?::\d\d)?(?:\s*[ap]\.?m\b)?)?",
    re.IGNORECASE,
)


def date_of(text: str) -> str | None:
    """The full date (and time) that *text* states, in ISO 8601; None unless day, month and year all stand there.

    None too for what may be two days (3/4/2014), and for a day that no article can be of.
    """
    possible = [day for day in days_of(text) if is_possible(day)]
    return possible[0] if len(possible) == 1 else None


def days_of(text: str) -> tuple[str, ...]:
    """Each day that *text* can mean, possible for an article or not, in ISO 8601 with its time of day if it has one."""
    if not re.search(r"\d", text):
        return ()
    text = unicodedata.normalize("NFKC", text[:MAX_VALUE])
    if formed := days_of_form(text):
        return formed
    if not re.search(r"\d{4}", text):
        return ()
    import dateparser  # slow to import

    found = _FULL_DATE.search(text)
    candidate = found[0] if found else text[:60]
    # "3 days ago" counts from a day that the text does not name.
    settings = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"]}
    parsed = dateparser.parse(candidate, languages=["en"], settings=settings)
    if parsed is None or (re.fullmatch(r"\s*\d{1,2}\W\d{1,2}\W\d{4}\s*", candidate)):
        return ()
    if f"{parsed.year:04}" not in candidate:
        return ()
    whole = parsed.replace(microsecond=0, tzinfo=None)
    return (whole.isoformat() if re.search(r"\d:\d\d", candidate) else whole.date().isoformat(),)


def is_possible(day: str) -> bool:
    """Whether an article can be of that ISO day: from the year 1000, which no print is before, to tomorrow."""
    return day >= FIRST and not is_future(day)


def is_future(day: str) -> bool:
    """Whether that ISO day comes after tomorrow; where the sun rises first, it is tomorrow already."""
    return day[:10] > (datetime.now(UTC).date() + timedelta(days=1)).isoformat()


def is_date_line(words: str) -> bool:
    """Whether a paragraph is hardly more than a full date: "Russia December 19, 2014, 11:40"."""
    if len(words) >= 90:
        return False
    match = _FULL_DATE.search(words)
    return match is not None and len(match[0]) >= 0.3 * len(words) and not re.search(r"[.!?]\s*$", words)
