"""Datelines: a wire story opens with its town, often the day and the agency. "MOSCOW, December 19. /TASS/." """

from __future__ import annotations

import re
from dataclasses import dataclass

from kgbuild.read.text.article_dates import DATE

HEAD = 400
"""Characters of a paragraph in which a dateline may follow headline and byline."""

# "MOSCOW, December 19. /TASS/." · "KYIV (Reuters) -" · "LONDON, Feb 26 -"
_DATELINE = re.compile(
    rf"(?P<city>[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]+){{0,3}})(?:,\s*[A-Z][\w. ]{{2,20}}?)??(?:,\s*(?P<date>{DATE}))?"
    r"[.,]?\s*(?:/(?P<slashed>[\w .&-]{2,30})/[.,]?\s*(?:[-–—]+\s+)?"
    r"|\((?P<bracketed>[\w .&-]{2,30})\)\s*[-–—]*\s+|[-–—]+\s+)"
)
# "BELGRADE, December 16, 2014. Norway signed": without agency or dash, but with a day.
_DATED = re.compile(
    rf"(?P<city>[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]+){{0,3}})(?:,\s*[A-Z][\w. ]{{2,20}}?)??,"
    rf"\s*(?P<date>{DATE})\s*[.:](?:\s+|$)(?![a-z\d])"
)
# Inside a paragraph it takes town, agency and dash: "... loses vote By A. Author LONDON (Reuters) - The prime minister"
_INNER_DATELINE = re.compile(
    r"(?<=\s)(?=[A-Z][A-Z.'’ -]+(?:,[\w. ]{2,24}){0,2}\s*(?:\([\w .&-]{2,30}\)\s*[-–—]|/[\w .&-]{2,30}/))"
)
_BYLINE = re.compile(r"\s*\b(?:By|BY)(?:\s+[A-Z][\w.'’-]*|\s+and\b|,){2,10}\s*$")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says, as written, and where in a paragraph it stands."""

    start: int
    end: int
    """The story begins here."""
    place: str
    date: str
    """Often without a year; "" if it gives no day."""
    agency: str | None


def opening_dateline(words: str, start: int = 0) -> Dateline | None:
    """The dateline that a paragraph opens with, or has at *start*."""
    found = _DATELINE.match(words, start)
    if found is None:
        dated = _DATED.match(words, start)
        return Dateline(start, dated.end(), dated["city"].strip(), dated["date"], None) if dated else None
    agency = found["slashed"] or found["bracketed"]
    return Dateline(start, found.end(), found["city"].strip(), found["date"] or "", agency)


def inner_dateline(words: str) -> tuple[str, Dateline] | None:
    """What stands before a dateline within a paragraph, without its byline, and the dateline."""
    for found in _INNER_DATELINE.finditer(words[:HEAD]):
        line = opening_dateline(words, found.start())
        if line is not None:
            return _BYLINE.sub("", words[: line.start]).rstrip(), line
    return None
