"""Claims of one event, and whether another claim is of that event too.

A claim is compared with what all claims of a cluster say together, never with each of them: a cluster of a thousand claims
costs no more to compare with than one of two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from enum import Enum
from typing import NamedTuple

from kgbuild.graph.claim_view import NEAR_DAYS, NONE, ClaimView
from kgbuild.graph.entities import Entities

MONTH = 31
"""Days: a longer time ("this year") says too little to make two claims one event, or two events."""
SAMPLE = 4
"""So many claims of a cluster are compared by the words of their sentences and by their sums, the first ones."""


class EventCluster:
    """Claims of one event, with what they say together: of the claims themselves only the first ones are held."""

    __slots__ = (
        "all_parties",
        "articles",
        "begin",
        "described",
        "end",
        "first_day",
        "last_day",
        "parties",
        "persons",
        "places",
        "published",
        "sample",
        "size",
        "stances",
        "theme_words",
        "themes",
        "topic_words",
        "type",
    )

    def __init__(self, view: ClaimView) -> None:
        self.type = view.claim.claims
        self.sample: list[ClaimView] = []
        """Its first claims: SAMPLE of them at most."""
        self.size = 0
        self.articles: set[str] = set()
        self.all_parties: frozenset[str] = NONE
        self.parties: dict[str, frozenset[str]] = {}
        self.persons: dict[str, frozenset[str]] = {}
        self.described: dict[str, frozenset[str]] = {}
        self.themes: frozenset[str] = NONE
        self.places: frozenset[str] = NONE
        self.theme_words: frozenset[str] = NONE
        self.topic_words: frozenset[str] = NONE
        self.begin: int | None = None
        """The first day that is in all times given; None as long as no claim gives a time."""
        self.end = 0
        """The last day that is in all of them."""
        self.first_day: int | None = None
        """The first day of the articles of claims without a time; None where none of these articles has a date."""
        self.last_day = 0
        self.published: tuple[int, int] | None = None
        """The first and the last day of its articles; None where none has a date."""
        self.stances: set[bool] = set()
        """Whether its claims speak of it as a fact (True), otherwise (False), or both."""
        self.add(view)

    def add(self, view: ClaimView) -> None:
        """Take in one more claim."""
        self.size += 1
        if len(self.sample) < SAMPLE:
            self.sample.append(view)
        self.articles.add(view.article)
        if view.day is not None:
            first, last = self.published or (view.day, view.day)
            self.published = min(first, view.day), max(last, view.day)
        self.all_parties |= view.all_parties
        self.themes |= view.themes
        self.places |= view.places
        self.theme_words |= view.theme_words
        self.topic_words |= view.topic_words
        self.stances.add(view.actual)
        for mine, theirs in (
            (self.parties, view.parties),
            (self.persons, view.persons),
            (self.described, view.described),
        ):
            for key, group in theirs.items():
                mine[key] = mine.get(key, NONE) | group
        if view.begin is not None:
            later, earlier = (view.begin, view.end) if self.begin is None else (self.begin, self.end)
            self.begin, self.end = max(view.begin, later), min(view.end, earlier)
        elif view.day is not None:
            self.first_day = view.day if self.first_day is None else min(view.day, self.first_day)
            self.last_day = max(view.day, self.last_day)

    @property
    def window(self) -> tuple[int, int] | None:
        """Its first and last possible day; None where nothing says when it was."""
        if self.begin is not None:
            return self.begin, self.end
        return None if self.first_day is None else (self.last_day - NEAR_DAYS, self.first_day + NEAR_DAYS)


class Time(Enum):
    """How the time of a claim and that of a cluster agree."""

    SAME = "both give times, and these meet"
    NEAR = "one gives no time, and its article is of those days"
    VAGUE = "they meet, but one spans months"
    OPEN = "nothing says when one of them was"


class Bond(NamedTuple):
    """That a claim may belong to a cluster. Of two bonds the larger one is closer: field by field, in this order."""

    sure: bool
    """Whether the claim may join this cluster even where it may join others."""
    same_article: bool
    evidence: int
    """How many things besides parties and time both have in common."""
    days: int
    """How many days they are apart, as a number not above 0."""


def bond_by(entities: Entities) -> Callable[[EventCluster, ClaimView], Bond | None]:
    """What says whether a claim may belong to a cluster of its type; None where it may not.

    Necessary, each where both say something of it: the same party in a role; of the parties of a role, all that one of both
    names; of one party, the same persons; times, places, themes and sums that agree. A verbal act (a demand, a promise) also
    needs a theme or topic in common: two demands of one day may be about two things.

    Enough, for a claim with the same two or more parties, is a time near by. A claim that names one party, or not the same
    as the cluster, needs evidence besides: a place, a theme, persons or the very day; in another article, two of these.
    """
    broader, ontology = _broader(entities), entities.ontology
    # Where a theme must be an agreement, "the deal" and "an accord" are two words for one thing.
    narrow = {name for name, kind in ontology.types.items() if kind.theme_class}
    verbal = {t.name for t in ontology.types.values() if t.quad.startswith("Verbal") and t.category != "CONSULT"} - narrow
    # The dead and wounded of one attack grow from report to report.
    growing = {t.name for t in ontology.types.values() if t.quad == "MaterialConflict"}

    def bond(cluster: EventCluster, view: ClaimView) -> Bond | None:
        if not _parties_agree(cluster, view, ontology.sides) or _places_differ(cluster.places, view.places, broader):
            return None
        kind, words = cluster.type, bool(cluster.theme_words & view.theme_words)
        if cluster.themes and view.themes and not cluster.themes & view.themes:
            return None
        if cluster.theme_words and view.theme_words and not words and kind not in narrow:
            return None
        if kind not in growing and _amounts_differ(cluster, view):
            return None
        here = view.article in cluster.articles
        time = _time(cluster, view, here=here)
        if time is None:
            return None
        alike = _alike(cluster, view)
        about = bool(cluster.themes & view.themes) or (words and kind not in narrow) or alike
        if kind in verbal and not about and not cluster.topic_words & view.topic_words:
            return None
        evidence = about + alike + bool(cluster.topic_words & view.topic_words) + bool(cluster.places & view.places)
        evidence += any(group & view.persons.get(party, NONE) for party, group in cluster.persons.items())
        dated = time is Time.SAME and view.length <= 1 and cluster.end - (cluster.begin or 0) <= 1
        if view.actual not in cluster.stances and not dated and not (evidence and _in_turn(cluster, view, here=here)):
            return None
        exact, several = cluster.all_parties == view.all_parties, len(view.all_parties) > 1
        sure = exact and time in (Time.SAME, Time.NEAR)
        shown = evidence + dated
        if here:
            sure = sure and (several or shown > 0)
            enough = several or not exact or shown > 0
        elif exact and several:
            enough = shown >= (0 if sure else 1 if time is Time.OPEN else 2)
        else:
            # Words alone are too little: they say what it is about, not when or where it was.
            enough = shown > 1 and (exact or shown > about + alike)
            sure = sure and enough
        if not enough or (time is Time.OPEN and not (exact and _same_stance(cluster, view))):
            return None
        return Bond(sure, here, evidence + dated, -_distance(cluster, view))

    return bond


def _parties_agree(cluster: EventCluster, view: ClaimView, sides: tuple[str, ...]) -> bool:
    """Whether both share a party in a role, and no role has parties, persons or descriptions that exclude each other.

    "Norway and Iceland met" agrees with "Iceland met" and not with "Norway and Denmark met", nor with "Norway and several
    bankers met"; nor does "Foreign Minister Lie met Iceland's envoys" agree with "Deputy Minister Dahl met them".
    """
    shared = False
    for role in sides:
        theirs, mine = view.parties.get(role, NONE), cluster.parties.get(role, NONE)
        if theirs and mine:
            if not (theirs <= mine or mine <= theirs):
                return False
            shared = True
        here, there = view.described.get(role, NONE), cluster.described.get(role, NONE)
        # "Several bankers" may be none of those whom the other one names or describes.
        differ = (here and there) or (here and not mine <= theirs) or (there and not theirs <= mine)
        if differ and not here & there:
            return False
    if not shared:
        together = view.parties.get("participant", NONE), cluster.parties.get("participant", NONE)
        if not (together[0] & cluster.all_parties or together[1] & view.all_parties):
            return False
    for party, persons in view.persons.items():
        if not persons & cluster.persons.get(party, persons):
            return False
        if party in cluster.described and party not in cluster.persons:
            return False
    for party in view.all_parties & view.described.keys():
        known = party in cluster.persons or party in cluster.described
        if known and not view.described[party] & cluster.described.get(party, NONE):
            return False
    return True


def _alike(cluster: EventCluster, view: ClaimView) -> bool:
    """Whether a sentence of the cluster and that of the claim have two long words in common besides their predicates, and at
    least a third of the long words of the shorter one.
    """
    for other in cluster.sample:
        common = len((other.gist & view.gist) - (other.predicate | view.predicate))
        if common >= 2 and 3 * common >= min(len(other.gist), len(view.gist)):
            return True
    return False


def _same_stance(cluster: EventCluster, view: ClaimView) -> bool:
    """Whether the claim affirms or denies, and as a fact or not, as the first one of the cluster does."""
    first = cluster.sample[0]
    return (first.affirmed, first.actual) == (view.affirmed, view.actual)


def _amounts_differ(cluster: EventCluster, view: ClaimView) -> bool:
    """Whether both count in one unit and no two numbers in it are within a tenth of each other: 20 troops and 500 troops."""
    for other in cluster.sample:
        for unit in other.amounts.keys() & view.amounts.keys():
            if not any(abs(a - b) <= max(a, b) / 10 for a in other.amounts[unit] for b in view.amounts[unit]):
                return True
    return False


def _places_differ(mine: frozenset[str], theirs: frozenset[str], broader: Callable[[str], frozenset[str]]) -> bool:
    """Whether both name places, and no place of one is, or lies in, one of the other: Oslo lies in Norway, not in Bergen."""
    if not mine or not theirs or mine & theirs:
        return False
    return not any(a in broader(b) or b in broader(a) for a in mine for b in theirs)


def _broader(entities: Entities) -> Callable[[str], frozenset[str]]:
    """What gives the states and bodies that a place is known to lie in or belong to: of Oslo, Norway."""
    known: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for actor in entities.ontology.actors.values():
        known[actor.id] = frozenset(place for place in (actor.capital_of, actor.of) if place)
    return lambda place: known.get(place, NONE)


def _time(cluster: EventCluster, view: ClaimView, *, here: bool) -> Time | None:
    """How their times agree; None where they do not. *here*: the article of the claim has a claim of the cluster already.

    Without times given, the articles must be NEAR_DAYS near. With a time on one side only, the article of the other must be
    of those days: within NEAR_DAYS, or within a MONTH in one article, where an article looks back.
    """
    if view.begin is not None and cluster.begin is not None:
        if view.begin > cluster.end or view.end < cluster.begin:
            return None
        equal = (view.begin, view.end) == (cluster.begin, cluster.end)
        vague = max(view.length, cluster.end - cluster.begin) > MONTH
        return (Time.NEAR if equal else Time.VAGUE) if vague else Time.SAME
    if view.begin is None and cluster.begin is None:
        if here:
            return Time.NEAR
        if view.day is None or cluster.first_day is None:
            return Time.OPEN
        return Time.NEAR if max(cluster.last_day, view.day) - min(cluster.first_day, view.day) <= NEAR_DAYS else None
    days = _days(view.day, view.day) if cluster.begin is not None else _days(cluster.first_day, cluster.last_day)
    span = (cluster.begin, cluster.end) if cluster.begin is not None else (view.begin or 0, view.end)
    if days is None:
        return Time.NEAR if here else Time.OPEN
    if days[0] > span[1] + (MONTH if here else NEAR_DAYS) or days[1] < span[0] - (MONTH if here else NEAR_DAYS):
        return None
    return Time.NEAR if here or span[1] - span[0] <= MONTH else Time.VAGUE


def _days(first: int | None, last: int | None) -> tuple[int, int] | None:
    return None if first is None or last is None else (first, last)


def _in_turn(cluster: EventCluster, view: ClaimView, *, here: bool) -> bool:
    """Whether a plan and a fact may be of one event: the articles with the plan come first.

    In one article (*here*) they need a theme in common: what it reports and what it announces are mostly two events.
    """
    if here:
        return bool(cluster.themes & view.themes)
    if cluster.published is None or view.day is None:
        return True
    first, last = cluster.published
    return last <= view.day if view.actual else first >= view.day


def _distance(cluster: EventCluster, view: ClaimView) -> int:
    """How many days the claim is before or after the days of the cluster; 0 where nothing says when one of them was."""
    middle = view.begin if view.begin is not None else view.day
    window = cluster.window
    if middle is None or window is None:
        return 0
    return max(window[0] - middle, middle - window[1], 0)


def closest(
    candidates: Iterable[EventCluster], view: ClaimView, bond: Callable[[EventCluster, ClaimView], Bond | None]
) -> EventCluster | None:
    """The cluster that *view* belongs to: the one with the closest of all sure bonds, the first among equals; without a sure
    bond, the only one that it may join.

    Where it may join several, those with a claim of its own article go before others; with several of those it is open
    which: None.
    """
    bonds = [(made, cluster) for cluster in candidates if (made := bond(cluster, view)) is not None]
    sure = [pair for pair in bonds if pair[0].sure]
    if sure:
        return max(sure, key=lambda pair: pair[0])[1]
    bonds = [pair for pair in bonds if pair[0].same_article] or bonds
    return bonds[0][1] if len(bonds) == 1 else None
