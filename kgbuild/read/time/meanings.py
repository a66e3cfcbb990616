"""What an expression of time means for an article of a certain day: the functions that `forms` puts together.

A meaning is asked with the article's day, or None where that is unknown, and with the side on which the event lies; it
answers with a period of the calendar, or None where it cannot be told.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kgbuild.read.time import edtf
from kgbuild.read.time.edtf import Period

Side = str
"""Where the time lies: past, ahead, or near (whichever is nearer); last and next leave out the present one."""
Meaning = Callable[[date | None, Side], Period | None]
"""What an expression means for an article of a day (None: unknown)."""
NEAR, PAST, AHEAD = "near", "past", "ahead"


def always(period: Period | None) -> Meaning:
    """The same for every article: "5 May 2012"."""
    return lambda today, side: period


def nearest(today: date, side: Side, candidates: list[Period | None]) -> Period | None:
    """The candidate nearest to *today* on that side; today's own is nearest of all."""

    def on_side(one: Period) -> bool:
        end = one.end or one.begin
        return {
            PAST: one.begin <= today,
            AHEAD: end >= today,
            "last": end < today,
            "next": one.begin > today,
        }.get(side, True)

    def distance(one: Period) -> int:
        return max((one.begin - today).days, (today - (one.end or one.begin)).days, 0)

    return min((c for c in candidates if c is not None and on_side(c)), key=distance, default=None)


def yearly(of_year: Callable[[int], Period | None], shift: int | None) -> Meaning:
    """What comes once a year: the nearest one; *shift* -1 the last, 0 this year's, 1 the next."""

    def meaning(today: date | None, side: Side) -> Period | None:
        if today is None:
            return None
        if shift == 0:
            return of_year(today.year)
        side = {None: side, -1: "last", 1: "next"}[shift]
        return nearest(today, side, [of_year(today.year + n) for n in range(-8, 9)])

    return meaning


def weekday(number: int, shift: int | None) -> Meaning:
    """The nearest of the weekdays, Monday being 0; *shift* -1 the last, 0 that of this week, 1 the next."""

    def meaning(today: date | None, side: Side) -> Period | None:
        if today is None:
            return None
        if shift == 0:
            monday = edtf.shifted(today, "day", -today.weekday())
            found = edtf.shifted(monday, "day", number)
            return edtf.span(found, found)
        side = {None: side, -1: "last", 1: "next"}[shift]
        days = [edtf.shifted(today, "day", n) for n in range(-7, 8)]
        return nearest(today, side, [edtf.span(d, d) for d in days if d and d.weekday() == number])

    return meaning


def weekend(shift: int | None) -> Meaning:
    """The nearest Saturday and Sunday; *shift* -1 the last, 1 the next."""

    def meaning(today: date | None, side: Side) -> Period | None:
        if today is None:
            return None
        saturdays = [edtf.shifted(today, "day", n) for n in range(-8, 9)]
        found = [edtf.span(d, edtf.shifted(d, "day", 1)) for d in saturdays if d and d.weekday() == 5]
        return nearest(today, {None: side, 0: side, -1: "last", 1: "next"}[shift], found)

    return meaning


def monthly(of_month: Callable[[int, int], Period | None], shift: int | None) -> Meaning:
    """What comes once a month, or in some: the nearest one; *shift* -1 that of the last month, 0 of this, 1 of the next."""

    def meaning(today: date | None, side: Side) -> Period | None:
        months = [edtf.shifted(today, "month", n) for n in ([shift] if shift is not None else range(-6, 7))]
        found = [of_month(there.year, there.month) for there in months if there]
        return nearest(today, side if shift is None else NEAR, found) if today else None

    return meaning


def shifted(unit: str, count: int) -> Meaning:
    """The day, week, month or year that lies *count* units from today."""

    def meaning(today: date | None, side: Side) -> Period | None:
        there = edtf.shifted(today, unit, count)
        return edtf.around(there, unit) if there else None

    return meaning


def rolling(unit: str, count: int) -> Meaning:
    """The stretch of *count* units up to today, or from today where positive, told as coarsely as it was said."""

    def meaning(today: date | None, side: Side) -> Period | None:
        there = edtf.shifted(today, unit, count)
        if today is None or there is None:
            return None
        coarse = "day" if unit == "week" else unit
        ends = [edtf.around(min(today, there), coarse), edtf.around(max(today, there), coarse)]
        return edtf.between(*ends)

    return meaning


def only(wanted: Side, meaning: Meaning) -> Meaning:
    """Only for what lies on that side: "in two days" may else be how long it took."""
    return lambda today, side: meaning(today, side) if side == wanted else None


def either_side(meaning: Meaning) -> Meaning:
    """The nearest, though the event is past: what was done may be for a time ahead ("signed a contract for May")."""
    return lambda today, side: meaning(today, NEAR if side == PAST else side)


def part_of(meaning: Meaning, number: int) -> Meaning:
    """The first (0), middle (1) or last (2) third of what is meant: "early 2014"."""

    def part(today: date | None, side: Side) -> Period | None:
        whole = meaning(today, side)
        return edtf.third(whole, number) if whole else None

    return part


def so_far(meaning: Meaning, *, later: bool) -> Meaning:
    """ "earlier this month" ends today, "later this month" begins today."""

    def meant(today: date | None, side: Side) -> Period | None:
        whole = meaning(today, side)
        if whole is None or today is None or whole.end is None:
            return None
        return edtf.span(today, whole.end) if later else edtf.span(whole.begin, today)

    return meant


def ranging(first: Meaning, last: Meaning) -> Meaning:
    """From one to the other; what one of them leaves out (the year) is taken from the other."""

    def meaning(today: date | None, side: Side) -> Period | None:
        a, b = first(None, side), last(None, side)
        if a is None and b is None and side == PAST:
            b = last(today, side)
        if a is None:
            a = first(b.begin, PAST) if b else first(today, side)
        return edtf.between(a, b or last(a.begin, AHEAD)) if a else None

    return meaning


def lasting(first: Meaning, unit: str, count: int) -> Meaning:
    """So many units from the day on which it starts."""

    def meaning(today: date | None, side: Side) -> Period | None:
        a = first(today, side)
        over = edtf.shifted(a.begin, unit, count) if a and a.begin == a.end else None
        return edtf.span(a.begin, edtf.shifted(over, "day", -1)) if a and over else a

    return meaning


def onwards(meaning: Meaning) -> Meaning:
    """From its beginning on."""

    def open_ended(today: date | None, side: Side) -> Period | None:
        first = meaning(today, side)
        return edtf.onwards(first) if first else None

    return open_ended
