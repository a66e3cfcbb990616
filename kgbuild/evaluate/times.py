"""What expressions of time mean, as MEANTIME has it in TIMEX3 values."""

from __future__ import annotations

import calendar
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date

from kgbuild.evaluate.figures import NONE, Miss, Part, Tally, share
from kgbuild.evaluate.matching import inside, overlap
from kgbuild.evaluate.pages import Page, Record
from kgbuild.ontology import Ontology


def is_dated(record: Record) -> bool:
    """Whether an expression of time has a value."""
    return any(one.get("value") and one.get("start") is not None for one in record.get("times") or ())


def score_times(pages: list[Page], ontology: Ontology) -> Part:
    """What the labelled expressions of time mean, inside the evaluation span; one that was not read is a miss.

    Scored are DATE and TIME labels that name a stretch of the calendar, by their days; the time of day and the modifier of
    TIMEX3 ("early June" has the value of June) are not in our EDTF and the label's value: a narrower part of the value is a
    figure of its own. Durations and what has no calendar value (PAST_REF) are left out. The day on which the article was
    written, where it stands as a line of its own, is right when the article's date is.
    """
    right = part = found_at_all = 0
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    misses: list[Miss] = []
    for page in pages:
        read = page.times
        for label in page.record.get("times") or ():
            period = _timex(str(label.get("value") or ""))
            if period is None or label.get("start") is None or label.get("type") not in ("DATE", "TIME"):
                continue
            place = int(label["start"]), int(label["end"])
            if not inside(page.window, place):
                continue
            kind = "day of writing" if label.get("function") == "CREATION_TIME" else _precision(period)
            near = [(span, when) for span, when in read if overlap((span.start, span.end), place)]
            best = max(near, key=lambda n: (min(n[0].end, place[1]) - max(n[0].start, place[0]), -n[0].start), default=None)
            ours, told = None, NONE
            if best is not None:
                ours, told = (best[1].begin, best[1].end or ""), f"{best[1].edtf} ({best[0].text})"
            elif kind == "day of writing" and page.reading and page.reading.article.issued:
                day = page.reading.article.issued[:10]
                ours, told = (day, day), day
            same = ours == period
            kinds[kind] += Counter(gold=1, predicted=ours is not None, right=same)
            right += same
            part += ours is not None and period[0] <= ours[0] and ours[1] <= period[1]
            found_at_all += ours is not None
            if not same:
                misses.append(Miss(page.id, page.sentence(*place), f"{label['value']} ({label['text']})", told))
    total = sum(n["gold"] for n in kinds.values())
    written = kinds["day of writing"]
    return Part(
        "times",
        "the days that a labelled expression of time means; one that was not read is a miss",
        (
            share("value", right, total),
            share("value, the day of writing left out", right - written["right"], total - written["gold"]),
            share("value, or a narrower part of it", part, total),
            share("value of those read", right, found_at_all),
        ),
        tuple(Tally(k, n["right"], n["predicted"], n["gold"]) for k, n in sorted(kinds.items())),
        misses=tuple(misses),
    )


def _timex(value: str) -> tuple[str, str] | None:
    """First and last day of a TIMEX3 value (2009-05-14, 2009-W18, 2009-05, 2009-Q1, 2009-SP, 2009, 197), or None."""
    forms: tuple[tuple[str, Callable[[re.Match[str]], tuple[str, str]]], ...] = (
        (r"(\d{4}-\d\d-\d\d)(?:T.*)?", lambda m: (m[1], m[1])),
        (r"(\d{4})-W(\d\d)", lambda m: (_weekday(m, 1), _weekday(m, 7))),
        (r"(\d{4})-(\d\d)", lambda m: _months(int(m[1]), int(m[2]), int(m[2]))),
        (r"(\d{4})-Q([1-4])", lambda m: _months(int(m[1]), 3 * int(m[2]) - 2, 3 * int(m[2]))),
        (r"(\d{4})-(SP|SU|FA)", lambda m: _months(int(m[1]), *{"SP": (3, 5), "SU": (6, 8), "FA": (9, 11)}[m[2]])),
        (r"(\d{4})", lambda m: (f"{m[1]}-01-01", f"{m[1]}-12-31")),
        (r"(\d{3})X?", lambda m: (f"{m[1]}0-01-01", f"{m[1]}9-12-31")),
    )
    return next((days(match) for form, days in forms if (match := re.fullmatch(form, value))), None)


def _weekday(match: re.Match[str], number: int) -> str:
    return str(date.fromisocalendar(int(match[1]), int(match[2]), number))


def _months(year: int, first: int, last: int) -> tuple[str, str]:
    return f"{year}-{first:02}-01", f"{year}-{last:02}-{calendar.monthrange(year, last)[1]}"


def _precision(period: tuple[str, str]) -> str:
    days = (date.fromisoformat(period[1]) - date.fromisoformat(period[0])).days
    return (
        "day"
        if days == 0
        else "week"
        if days < 8
        else "month"
        if days < 40
        else "quarter or season"
        if days < 300
        else "year or more"
    )
