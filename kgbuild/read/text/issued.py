"""The day of an article, of all that its file says of it: the first that can be trusted, else none, and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kgbuild.errors import Problem
from kgbuild.read.text.article_dates import FIRST, date_of, days_of, is_future, is_possible

NEAR = timedelta(days=31)
"""So far from its dateline's day an article may be issued, for the one to tell the year of the other."""
SHOWN = 40
"""Characters of a value that are shown."""
_CURE = "Write it as year-month-day."


@dataclass(frozen=True, slots=True)
class DateNames:
    """The names under which pages say their dates, in small letters: what language.ttl lists under lex:pageDate."""

    published: frozenset[str] = frozenset()
    dated: frozenset[str] = frozenset()
    """Of a date, mostly that of publication."""
    changed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says of the day of one article, each as written; "" for what it does not say."""

    field: str = ""
    """A record's own date."""
    declared: tuple[tuple[str, str], ...] = ()
    """What a page states beside its text: name and value, the most trusted first."""
    line: str = ""
    """A line of the text that is a date."""
    dateline: str = ""
    """The day of the dateline."""
    closing: tuple[str, ...] = ()
    """Lines below the first paragraphs that are dates."""
    made: str = ""
    """The day on which the file was written or fetched."""


GUESSES = ("time", "line", "url")
"""The names of what a page shows: its first element of a time, a line that is a date, a date in its address."""


def find_issued(where: str, said: Said, names: DateNames, report: Callable[[Problem], None]) -> str | None:
    """The day (and time) in ISO 8601, or None: it is never invented.

    First what the record's field says, then what a page declares by a name of publication, then a full date in a line
    of the text or its dateline. A dateline's day without a year decides between two readings of the field, and takes
    the year from a full date near it that stands elsewhere. Last what a page shows and does not name (GUESSES); never
    the day of a change; where nothing at all is stated, the day on which the file was made, with a Problem. What could
    not be read is a Problem, and so is an article without a date.
    """

    def note(what: str, cure: str = "") -> None:
        report(Problem(where, what, cure, lost=False))

    declared = said.declared
    stated = [said.field, *_named(declared, names.published), *_named(declared, names.dated)]
    guesses = [value for name in GUESSES for value in _named(declared, {name})]
    changes = list(_named(declared, names.changed))
    issued = (
        _first_day((said.field,))
        or _day_alone(_first_day(stated))
        or _first_day((said.line, said.dateline))
        or _between(stated, said.dateline)
        or _with_year(said.dateline, (*guesses, *changes, *said.closing))
        or _day_alone(_first_day(guesses))
    )
    fault = next(filter(None, map(_fault, stated)), "") or next(
        filter(None, map(_fault_of_line, (said.line, said.dateline))), ""
    )
    if issued is None and not fault and not changes and (made := date_of(said.made)):
        note("no date found.", f"The day on which its file was made or fetched is taken: {made[:10]}.")
        return made
    if fault and issued is None:
        note(f"{fault}, so relative dates stay open.", _CURE)
    elif fault and not any(map(date_of, stated)):
        note(f"{fault}; {issued}, which stands elsewhere, is taken.", _CURE)
    elif issued is None and (changed := _day_alone(_first_day(changes))):
        note(f"no date of publication found, only of a change ({changed}), so relative dates stay open.")
    elif issued is None:
        note("no date found, so relative dates stay open.")
    return issued


def _first_day(stated: Iterable[str]) -> str | None:
    return next((day for words in stated if (day := date_of(words))), None)


def _day_alone(day: str | None) -> str | None:
    # Pages give the time in UTC as often as in their own zone: what a page says is a day.
    return day[:10] if day else None


def _named(declared: Iterable[tuple[str, str]], names: Collection[str]) -> Iterator[str]:
    return (value for name, value in declared if name in names)


def _between(stated: Iterable[str], dateline: str) -> str | None:
    """The one reading of a date with two that has the month and day of the dateline."""
    for words in stated:
        agreeing = [day for day in days_of(words) if is_possible(day) and _month_and_day(dateline, int(day[:4])) == day[:10]]
        if len(agreeing) == 1:
            return agreeing[0]
    return None


def _with_year(dateline: str, elsewhere: Iterable[str]) -> str | None:
    """The dateline's day in the year in which it is nearest to a full date that stands elsewhere, if it is near."""
    for words in elsewhere:
        stated = date_of(words)
        if stated is None:
            continue
        known = date.fromisoformat(stated[:10])
        days = [day for year in (known.year, known.year - 1) if (day := _month_and_day(dateline, year))]
        near = [day for day in days if timedelta(days=-1) <= known - date.fromisoformat(day) <= NEAR]
        if near:
            return near[0]
    return None


def _month_and_day(dateline: str, year: int) -> str | None:
    if not dateline or re.search(r"\d{4}", dateline):
        return None
    return date_of(f"{dateline} {year:04}")


def _fault(value: str) -> str:
    """What is wrong with a date that a field states; "" if nothing is."""
    if not value or date_of(value):
        return ""
    shown = f'the date "{_harmless(value)}"'
    days = days_of(value)
    possible = [day for day in days if is_possible(day)]
    if possible:
        return f"{shown} may be {' or '.join(possible)}"
    if any(day < FIRST for day in days):
        return f"{shown} is before the year 1000"
    if any(map(is_future, days)):
        return f"{shown} is in the future"
    return f"{shown} cannot be read as a day"


def _fault_of_line(words: str) -> str:
    """As of a field, but a line may say less than a date."""
    return _fault(words) if days_of(words) else ""


def _harmless(value: str) -> str:
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in value)
    return shown if len(shown) <= SHOWN else f"{shown[: SHOWN - 1]}…"
