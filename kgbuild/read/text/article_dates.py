"""The day on which an article was issued, where its date line or a field states it in full."""

from __future__ import annotations

import calendar
import re

_MONTH = "|".join(f"{name}|{name[:3]}\\.?|Sept\\.?" for name in calendar.month_name[1:])
DATE = rf"(?:(?:{_MONTH})\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\s+(?:{_MONTH})(?:\s+\d{{4}})?)"
"""A pattern of day and month, with or without the year."""
_FULL_DATE = re.compile(
    rf"(?:(?:{_MONTH})\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+(?:{_MONTH}),?\s+\d{{4}}|\d{{4}}-\d\d-\d\d)"
    r"(?:\s*(?:,|at|T|-|\|)?\s*\d{1,2}:\d\d(?::\d\d)?)?",
    re.IGNORECASE,
)


def date_of(text: str) -> str | None:
    """The full date (and time) that *text* states, in ISO 8601; None unless day, month and year all stand there."""
    if not re.search(r"\d{4}", text):
        return None
    import dateparser  # slow to import

    found = _FULL_DATE.search(text)
    candidate = found[0] if found else text[:60]
    parsed = dateparser.parse(candidate, languages=["en"], settings={"STRICT_PARSING": True})
    if parsed is None or (re.fullmatch(r"\s*\d{1,2}\W\d{1,2}\W\d{4}\s*", candidate)):
        return None  # 3/4/2014 is March in one country and April in another
    return parsed.strftime("%Y-%m-%dT%H:%M:%S") if re.search(r"\d:\d\d", candidate) else parsed.strftime("%Y-%m-%d")


def is_date_line(words: str) -> bool:
    """Whether a paragraph is hardly more than a full date: "Russia December 19, 2014, 11:40"."""
    match = _FULL_DATE.search(words)
    return match is not None and len(words) < 90 and len(match[0]) >= 0.3 * len(words) and not re.search(r"[.!?]\s*$", words)
