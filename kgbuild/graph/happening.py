"""One happening, gathered from claims, and whether another claim speaks of it too.

A claim is compared with what all claims of the happening say together, never with each of them: so a
happening of a thousand claims costs no more to compare with than one of two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from enum import Enum
from typing import NamedTuple

from kgbuild.graph.entities import Entities
from kgbuild.graph.told import NEAR_DAYS, NOBODY, Told

MONTH = 31
"""Days: a longer time ("this year") says too little to tell two happenings apart, or to make them one."""


FIRST = 4
"""So many claims of a happening stand for the words of all."""


class Happening:
    """Claims of one happening, with what they say together."""

    __slots__ = (
        "articles",
        "begin",
        "described",
        "end",
        "everyone",
        "filed",
        "first",
        "last",
        "parties",
        "persons",
        "places",
        "stances",
        "themes",
        "told",
        "topics",
        "type",
        "words",
    )

    def __init__(self, told: Told) -> None:
        self.type = told.claim.claims
        self.told: list[Told] = []
        self.articles: set[str] = set()
        self.everyone: frozenset[str] = NOBODY
        self.parties: dict[str, frozenset[str]] = {}
        self.persons: dict[str, frozenset[str]] = {}
        self.described: dict[str, frozenset[str]] = {}
        self.themes: frozenset[str] = NOBODY
        self.places: frozenset[str] = NOBODY
        self.words: frozenset[str] = NOBODY
        self.topics: frozenset[str] = NOBODY
        self.begin: int | None = None
        """The days that all times given have in common."""
        self.end = 0
        self.first: int | None = None
        """The days of the articles of claims without a time, as long as none gives one."""
        self.last = 0
        self.stances: set[bool] = set()
        """Whether claims speak of it as a fact, otherwise, or both."""
        self.filed: set[object] = set()
        """Where it can be looked up."""
        self.add(told)

    def add(self, told: Told) -> None:
        """Take in one more claim."""
        self.told.append(told)
        self.articles.add(told.article)
        self.everyone |= told.everyone
        self.themes |= told.themes
        self.places |= told.places
        self.words |= told.words
        self.topics |= told.topics
        self.stances.add(told.actual)
        for mine, theirs in (
            (self.parties, told.parties),
            (self.persons, told.persons),
            (self.described, told.described),
        ):
            for key, group in theirs.items():
                mine[key] = mine.get(key, NOBODY) | group
        if told.begin is not None:
            later, earlier = (told.begin, told.end) if self.begin is None else (self.begin, self.end)
            self.begin, self.end = max(told.begin, later), min(told.end, earlier)
        elif told.day is not None:
            self.first = told.day if self.first is None else min(told.day, self.first)
            self.last = max(told.day, self.last)

    @property
    def window(self) -> tuple[int, int] | None:
        """Its first and last possible day; None where nothing says when it was."""
        if self.begin is not None:
            return self.begin, self.end
        return None if self.first is None else (self.last - NEAR_DAYS, self.first + NEAR_DAYS)


class Time(Enum):
    """How the times of a claim and of a happening agree."""

    SAME = "times that were given meet"
    NEAR = "one gives no time, and its article is of those days"
    VAGUE = "they meet, but one spans months"
    OPEN = "nothing says when one of them was"


class Bond(NamedTuple):
    """That a claim may be of a happening; larger ones bind closer."""

    sure: bool
    """Whether it may join without being the only happening that it may join."""
    same_article: bool
    evidence: int
    """How many things besides parties and time they share."""
    days: int
    """How far apart they are, as a number not above 0."""


def judge(entities: Entities) -> Callable[[Happening, Told], Bond | None]:
    """What says whether a claim may be of a happening; None where it may not.

    They share a party in the same role, and whoever is named in a role by one is named by the other, if it names anybody;
    of one party the same persons act; time, place, theme and sums agree. What is done by words alone (a demand, a
    promise) is told apart by what it is about. What names one party, or fewer than the happening has, must have more
    in common with it than these; most where another article tells of it.
    """
    broader, ontology = _broader(entities), entities.ontology
    # Where a theme must be an agreement, "the deal" and "an accord" are two words for one.
    narrow = {name for name, kind in ontology.types.items() if kind.theme_class}
    verbal = {t.name for t in ontology.types.values() if t.quad.startswith("Verbal") and t.category != "CONSULT"} - narrow
    # The dead and wounded of one attack grow from report to report.
    growing = {t.name for t in ontology.types.values() if t.quad == "MaterialConflict"}

    def bond(one: Happening, told: Told) -> Bond | None:
        if not _parties_agree(one, told, ontology.sides) or _places_differ(one.places, told.places, broader):
            return None
        kind, words = one.type, bool(one.words & told.words)
        if one.themes and told.themes and not one.themes & told.themes:
            return None
        if one.words and told.words and not words and kind not in narrow:
            return None
        if kind not in growing and _amounts_differ(one, told):
            return None
        here = told.article in one.articles
        time = _time(one, told, here)
        if time is None:
            return None
        said = _alike(one, told)
        about = bool(one.themes & told.themes) or (words and kind not in narrow) or said
        if kind in verbal and not about and not one.topics & told.topics:
            return None
        evidence = about + said + bool(one.topics & told.topics) + bool(one.places & told.places)
        evidence += any(group & told.persons.get(party, NOBODY) for party, group in one.persons.items())
        dated = time is Time.SAME and told.length <= 1 and one.end - (one.begin or 0) <= 1
        if told.actual not in one.stances and not dated and not (evidence and _in_turn(one, told, here)):
            return None
        exact, several = one.everyone == told.everyone, len(told.everyone) > 1
        sure = exact and time in (Time.SAME, Time.NEAR)
        shown = evidence + dated
        if here:
            sure = sure and (several or shown > 0)
            enough = several or not exact or shown > 0
        elif exact and several:
            enough = shown >= (0 if sure else 1 if time is Time.OPEN else 2)
        else:
            # Words alone are too little: they tell what it is about, not when or where it was.
            enough = shown > 1 and (exact or shown > about + said)
            sure = sure and enough
        if not enough or (time is Time.OPEN and not (exact and _same_stance(one, told))):
            return None
        return Bond(sure, here, evidence + dated, -_distance(one, told))

    return bond


def _parties_agree(one: Happening, told: Told, sides: tuple[str, ...]) -> bool:
    shared = False
    for role in sides:
        theirs, mine = told.parties.get(role, NOBODY), one.parties.get(role, NOBODY)
        if theirs and mine:
            if not (theirs <= mine or mine <= theirs):
                return False
            shared = True
        words, known = told.described.get(role, NOBODY), one.described.get(role, NOBODY)
        # Who is only described may be nobody that the other one names or describes.
        apart = (words and known) or (words and not mine <= theirs) or (known and not theirs <= mine)
        if apart and not words & known:
            return False
    if not shared:
        together = told.parties.get("participant", NOBODY), one.parties.get("participant", NOBODY)
        if not (together[0] & one.everyone or together[1] & told.everyone):
            return False
    for party, persons in told.persons.items():
        if not persons & one.persons.get(party, persons) or (party in one.described and party not in one.persons):
            return False
    for party in told.everyone & told.described.keys():
        if not told.described[party] & one.described.get(party, NOBODY) and (party in one.persons or party in one.described):
            return False
    return True


def _alike(one: Happening, told: Told) -> bool:
    """Whether sentences of both share two long words beside their predicates, and a third of those of the shorter one."""
    for other in one.told[:FIRST]:
        common = len((other.gist & told.gist) - (other.predicate | told.predicate))
        if common >= 2 and 3 * common >= min(len(other.gist), len(told.gist)):
            return True
    return False


def _same_stance(one: Happening, told: Told) -> bool:
    first = one.told[0]
    return (first.affirmed, first.actual) == (told.affirmed, told.actual)


def _amounts_differ(one: Happening, told: Told) -> bool:
    """Whether they count the same unit, and no number of one is within a tenth of one of the other."""
    for other in one.told[:FIRST]:
        for unit in other.amounts.keys() & told.amounts.keys():
            if not any(abs(a - b) <= max(a, b) / 10 for a in other.amounts[unit] for b in told.amounts[unit]):
                return True
    return False


def _places_differ(mine: frozenset[str], theirs: frozenset[str], broader: Callable[[str], frozenset[str]]) -> bool:
    if not mine or not theirs or mine & theirs:
        return False
    return not any(a in broader(b) or b in broader(a) for a in mine for b in theirs)


def _broader(entities: Entities) -> Callable[[str], frozenset[str]]:
    """A place -> the states and bodies that it is known to lie in or belong to."""
    known: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for actor in entities.ontology.actors.values():
        known[actor.id] = frozenset(place for place in (actor.capital_of, actor.of) if place)
    return lambda place: known.get(place, NOBODY)


def _time(one: Happening, told: Told, here: bool) -> Time | None:
    if told.begin is not None and one.begin is not None:
        if told.begin > one.end or told.end < one.begin:
            return None
        equal = (told.begin, told.end) == (one.begin, one.end)
        vague = max(told.length, one.end - one.begin) > MONTH
        return (Time.NEAR if equal else Time.VAGUE) if vague else Time.SAME
    if told.begin is None and one.begin is None:
        if here:
            return Time.NEAR
        if told.day is None or one.first is None:
            return Time.OPEN
        return Time.NEAR if max(one.last, told.day) - min(one.first, told.day) <= NEAR_DAYS else None
    days = _days(told.day, told.day) if one.begin is not None else _days(one.first, one.last)
    span = (one.begin, one.end) if one.begin is not None else (told.begin or 0, told.end)
    if days is None:
        return Time.NEAR if here else Time.OPEN
    if days[0] > span[1] + (MONTH if here else NEAR_DAYS) or days[1] < span[0] - (MONTH if here else NEAR_DAYS):
        return None
    return Time.NEAR if here or span[1] - span[0] <= MONTH else Time.VAGUE


def _days(first: int | None, last: int | None) -> tuple[int, int] | None:
    return None if first is None or last is None else (first, last)


def _in_turn(one: Happening, told: Told, here: bool) -> bool:
    """Whether what was to be is told before what has been, and elsewhere."""
    if here:
        return bool(one.themes & told.themes)
    days = [t.day for t in one.told if t.day is not None]
    if not days or told.day is None:
        return True
    return max(days) <= told.day if told.actual else min(days) >= told.day


def _distance(one: Happening, told: Told) -> int:
    middle = told.begin if told.begin is not None else told.day
    window = one.window
    if middle is None or window is None:
        return 0
    return max(window[0] - middle, middle - window[1], 0)


def agreeing(
    candidates: Iterable[Happening], told: Told, bond: Callable[[Happening, Told], Bond | None]
) -> Happening | None:
    """The happening that *told* is of: the closest that it surely may join, else the only one that it may; among equals
    the first.

    With several that it may join, those of its own article go before; with several of those it is undecided, and None.
    """
    found = [(made, one) for one in candidates if (made := bond(one, told)) is not None]
    sure = [pair for pair in found if pair[0].sure]
    if sure:
        return max(sure, key=lambda pair: pair[0])[1]
    found = [pair for pair in found if pair[0].same_article] or found
    return found[0][1] if len(found) == 1 else None
