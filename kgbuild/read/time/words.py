"""The words of time: those that language.ttl lists, and the calendar's months and weekdays."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kgbuild.ontology import Ontology

MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
WEEKDAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The words under "time" and "numbers" in language.ttl, with what each says."""

    days: dict[str, int]
    """How many days from the article's: "yesterday" -1."""
    periods: dict[str, int]
    """How many units from the present one: "last" -1."""
    numbers: dict[str, int]
    ordinals: dict[str, int]
    seasons: dict[str, int]
    """Their numbers in EDTF: "spring" 21."""
    thirds: dict[str, int]
    """Which third of a period: "early" 0, "mid" 1, "late" 2."""
    holidays: dict[str, str]
    """Month and day, as "12-25"."""
    units: dict[str, tuple[str, int]]
    """A unit of the calendar, and how many of it: "decade" is ("year", 10)."""

    @classmethod
    def of(cls, ontology: Ontology) -> TimeWords:
        """The words that *ontology* lists."""
        listed, numbers = ontology.listed, ontology.numbers
        times = numbers("TimeUnit", "word", "times")
        return cls(
            days=numbers("RelativeDay", "word", "days"),
            periods=numbers("RelativePeriod", "word", "periods"),
            numbers=numbers("Numeral", "word", "value"),
            ordinals=numbers("Ordinal", "word", "value"),
            seasons=numbers("Season", "word", "edtf"),
            thirds=numbers("Part", "word", "third"),
            holidays=dict(listed("Holiday", "word", "day")),
            units={w: (unit, times.get(w, 1)) for w, unit in listed("TimeUnit", "word", "unit")},
        )

    def length(self, words: list[str]) -> tuple[str, int]:
        """ "two", "week" -> ("week", 2); hours are counted in days."""
        *number, noun = words
        said = " ".join(number)
        unit, times = self.units[noun if noun in self.units else noun.removesuffix("s")]
        count = (int(said) if said.isdigit() else self.numbers[said]) * times
        return ("day", count // 24) if unit == "hour" else (unit, count)


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of *words*, the longest first; of none it fits nothing."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w))) or "(?!)"


def any_name(words: Iterable[str]) -> str:
    """A pattern of any of these names as they are written: with a capital, or all in capitals."""
    forms: tuple[Callable[[str], str], ...] = (str.capitalize, str.upper)
    return any_of(form(word) for word in words for form in forms)


def spaced(pattern: str) -> str:
    """A pattern in which a space is any space, and one or more of them."""
    return re.sub(r"(?<!\\) ", r"\\s+", pattern.replace("\\ ", " "))
