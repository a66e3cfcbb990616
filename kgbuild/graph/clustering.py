"""Claims put into clusters again when some of them are new, changed or gone: the others are as they were.

Claims are taken in their fixed order, as in a first merge. But where neither a claim nor any cluster that it might join is
another than last time, what it did then is what it does now, and nothing is compared. So a day's claims cost what is near
them, and the outcome is that of a first merge of all.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from kgbuild.graph.claim_view import NEAR_DAYS, ClaimView
from kgbuild.graph.event_cluster import MONTH, Bond, EventCluster, closest
from kgbuild.ontology import Ontology

LIMIT = 32
"""Of the clusters under one key of the index, so many at most are compared with a claim: the last ones."""
HELD = 2048
"""So many clusters are held whole; claims come by days, so those near each other are compared."""
DAYS = 16
"""The index has a key for each stretch of so many days; for times of more than a month, for each year."""

ALWAYS = "always"
"""The place of a spot where all claims of a party are, whatever their time."""
Spot = tuple[object, str]
"""A place in time, or an article, and a party: where a claim looks for clusters, and where it is found."""

Bonding = Callable[[EventCluster, ClaimView], Bond | None]


class Place(NamedTuple):
    """Where a claim stands in the order of merging and in the index: all that is needed as long as nothing is compared."""

    number: int
    type: str
    parties: tuple[str, ...]
    """Sorted."""
    article: str
    begin: int | None
    end: int
    day: int | None
    start: int
    stop: int
    """Where its trigger begins and ends."""
    cluster: int = -1
    """The number of the claim that began its cluster; below 0 if it has been in none."""


def place_of(view: ClaimView, number: int) -> Place:
    """The place of a claim in no cluster yet."""
    article, start, stop, kind = view.key
    parties = tuple(sorted(view.all_parties))
    return Place(number, kind, parties, article, view.begin, view.end, view.day, start, stop)


def order_by(ontology: Ontology) -> Callable[[Place], tuple[object, ...]]:
    """What says in which order claims are taken: the more definite ones first, so that vaguer ones find a cluster to join.

    Narrower types come before wider ones; then claims with a time of days, without a time, with one of months, with one of
    years, and those of articles without a date; then those with more parties; last by day, length of time and place.
    """
    depth = {name: len(ontology.ancestors.get(name, ())) for name in ontology.types}

    def order(one: Place) -> tuple[object, ...]:
        length = 0 if one.begin is None else one.end - one.begin
        undated = 1 if one.day is not None else 4
        vague = undated if one.begin is None else 0 if length <= 7 else 2 if length <= MONTH else 3
        begin = one.begin if one.begin is not None else one.day or 0
        key = one.article, one.start, one.stop, one.type
        return -depth[one.type], vague, -len(one.parties), begin, length, key

    return order


def families(ontology: Ontology) -> dict[str, str]:
    """Each type of event -> the widest type above it: claims of two families are never of one event."""
    wider = {name: ontology.ancestors.get(name, frozenset()) & ontology.types.keys() for name in ontology.types}
    return {name: min(above, key=lambda one: (len(wider[one]), one), default=name) for name, above in wider.items()}


class Cluster:
    """A cluster of claims by their places: what they say is left to whoever compares something with it."""

    __slots__ = ("changed", "claims", "number", "parties", "type")

    def __init__(self, first: Place) -> None:
        self.number, self.type = first.number, first.type
        self.claims: list[Place] = []
        self.parties: frozenset[str] = frozenset()
        self.changed = False
        """Whether it is another than last time."""

    def add(self, one: Place) -> None:
        """Take in one more claim."""
        self.claims.append(one)
        self.parties = self.parties.union(one.parties)


class Clusters:
    """The clusters of one family, by type, days and parties, so that a claim is compared with few of them."""

    def __init__(self, ontology: Ontology, bond: Bonding, view_of: Callable[[int], ClaimView]) -> None:
        self.by_number: dict[int, Cluster] = {}
        self._bond, self._view_of = bond, view_of
        self._said = OrderedDict[int, EventCluster]()
        """What the claims of some clusters say together: of those that were asked for last."""
        self._by_key: defaultdict[object, list[Cluster]] = defaultdict(list)
        """The last clusters under each key, LIMIT at most."""
        self._types = {
            kind: (kind, *sorted((ontology.ancestors.get(kind, frozenset()) & ontology.types.keys()) - {kind}))
            for kind in ontology.types
        }
        self._news = set[tuple[str, object, object]]()
        """The keys under which some cluster is, or was, that is another than last time."""
        self._lookers = Lookers(())
        self._heeded = False
        """Whether some claim is as it was last time, to which news may matter."""
        self._asked: list[Place] = []
        """The claims that were compared."""

    def expect(self, claims: Sequence[Place], *, heeded: bool) -> None:
        """Keep only what some of these *claims* will look up, and news only where they are *heeded*."""
        self._lookers, self._heeded = Lookers(claims), heeded

    @property
    def reach(self) -> Iterator[Spot]:
        """The spots of all claims that what was asked depends on, or that are to be asked for what is new."""
        yield from ((place, party) for _, place, party in self._news if isinstance(party, str))
        for one in self._asked:
            yield one.article, ""
            level = _bins(one)[0]
            near = level if isinstance(level[0], int) else [ALWAYS]
            yield from ((place, party) for place in near for party in one.parties)

    def gone(self, one: Place, type: str) -> None:
        """Take note that a claim is no longer where it was: in a cluster of *type*."""
        self._news.update(self._own_keys(one, type, _places(one)))
        if one.cluster in self.by_number:
            self._change(self.by_number[one.cluster])

    def put(self, one: Place, *, new: bool, types: Mapping[int, str]) -> None:
        """Add a claim to the cluster that it belongs to, or to a new one. A claim without any party stays alone.

        *new* is one that last time was not, or said something else; *types* has the type of each cluster of last time.
        """
        begins = one.cluster == one.number
        asked = new or (not begins and one.cluster not in self.by_number) or not self._news.isdisjoint(_looked_up(one))
        if asked and one.parties:
            self._asked.append(one)
        cluster = self._found(one) if asked else None if begins else self.by_number[one.cluster]
        number = one.number if cluster is None else cluster.number
        if cluster is None:
            cluster = self.by_number[number] = Cluster(one)
        if not new and number != one.cluster:
            self.gone(one, types[one.cluster])
        if new or number != one.cluster:
            self._change(cluster)
        cluster.add(one)
        self._enter(cluster, one)

    def _found(self, one: Place) -> Cluster | None:
        """The cluster that a claim belongs to; None if it is to begin one."""
        if not one.parties:
            return None
        candidates = {id(said := self._together(some)): (said, some) for some in self._candidates(one)}
        best = closest((said for said, _ in candidates.values()), self._view_of(one.number), self._bond)
        return None if best is None else candidates[id(best)][1]

    def _together(self, cluster: Cluster) -> EventCluster:
        """What all claims of a cluster say together."""
        said = self._said.pop(cluster.number, None) or EventCluster(self._view_of(cluster.claims[0].number))
        for one in cluster.claims[said.size :]:
            said.add(self._view_of(one.number))
        self._said[cluster.number] = said
        if len(self._said) > HELD:
            self._said.popitem(last=False)
        return said

    def _candidates(self, one: Place) -> Iterator[Cluster]:
        """Clusters with the same parties, then those with one of them; the article's own before others; each once."""
        seen: set[int] = set()
        for key in _looked_up(one):
            for cluster in self._by_key.get(key, ()):
                if cluster.number not in seen:
                    seen.add(cluster.number)
                    yield cluster

    def _enter(self, cluster: Cluster, one: Place) -> None:
        """Put the cluster under the keys that its new claim adds: its type and wider ones, with the article or days of the
        claim, with each party or all together.
        """
        places, together, first = _places(one), _side(cluster.parties), len(cluster.claims) == 1
        own = {*_looked_up(one)}
        for kind in self._types[cluster.type]:
            for place in places:
                for side in (together,) if place is None else (together, *one.parties):
                    key = kind, place, side
                    if not self._lookers.of(key, but_one=key in own):
                        continue
                    under = self._by_key[key]
                    if first or cluster not in under:
                        under.append(cluster)
                        if len(under) > LIMIT:
                            del under[0]
        if cluster.changed and self._heeded:
            self._news.update(self._own_keys(one, cluster.type, places))

    def _own_keys(self, one: Place, type: str, places: Iterable[object]) -> Iterator[tuple[str, object, object]]:
        """The keys that a claim alone gives a cluster of *type*, as far as these places go.

        Whoever finds a cluster by all its parties together, at a place that a claim has brought, finds that claim by one of
        its parties: so for news of a cluster these keys are enough, with the place None, under which nothing is entered.
        """
        places = list(places)
        return ((kind, place, side) for kind in self._types[type] for place in places for side in one.parties)

    def _change(self, cluster: Cluster) -> None:
        if not cluster.changed:
            cluster.changed = True
            for one in cluster.claims if self._heeded else ():
                self._news.update(self._own_keys(one, cluster.type, _places(one)))


class Lookers:
    """How many claims look up a key of the index: none, one or several. None may be taken for some, and one for several, as
    keys are told apart by a small number alone: so it costs less than the index that it keeps small.
    """

    SEVERAL = 2
    ROOM = 128
    """Bytes for each claim, which looks up ten keys or so."""

    def __init__(self, claims: Sequence[Place]) -> None:
        self._counts = bytearray(1 + self.ROOM * len(claims))
        for one in claims:
            for key in {*_looked_up(one)} if one.parties else ():
                number = hash(key) % len(self._counts)
                self._counts[number] = min(self.SEVERAL, self._counts[number] + 1)

    def of(self, key: object, *, but_one: bool) -> bool:
        """Whether any claim looks it up, *but_one* that does."""
        return self._counts[hash(key) % len(self._counts)] > but_one


def merged(
    clusters: Clusters,
    claims: Iterable[Place],
    gone: Iterable[Place],
    new: Set[int],
    ontology: Ontology,
    *,
    whole: bool = True,
) -> dict[int, Cluster]:
    """The clusters of all *claims*, by number. Those with numbers in *new* were not here last time, or were otherwise; those
    *gone* were, as they were then. If these are not the *whole* of what there is, news may matter to the others.
    """
    order, claims, gone = order_by(ontology), list(claims), list(gone)
    began = [*(one for one in claims if one.number not in new), *gone]
    types = {one.number: one.type for one in began if one.cluster == one.number}
    clusters.expect(claims, heeded=not whole or any(one.number not in new for one in claims))
    steps = [(one, True) for one in claims] + [(one, False) for one in gone]
    steps.sort(key=lambda step: (order(step[0]), step[1]))
    for one, here in steps:
        if here:
            clusters.put(one, new=one.number in new, types=types)
        else:
            clusters.gone(one, types[one.cluster])
    return clusters.by_number


def spots(one: Place) -> Iterator[Spot]:
    """Where a claim is to be looked for: by each party, at the places where it looks for clusters itself, and at ALWAYS.

    A claim of days compares itself with what other claims have brought to these days; one of longer times with what its
    parties have brought at any time. And what is new at a place is a matter for those who look there.
    """
    return ((place, party) for place in (*_bins(one)[0], ALWAYS) for party in one.parties)


def _looked_up(one: Place) -> Iterator[object]:
    """The keys under which a claim looks for a cluster."""
    places = (one.article, *_bins(one)[0])
    sides = (one.parties, *one.parties)
    return ((one.type, place, side) for side in sides for place in places)


def _side(parties: Iterable[str]) -> object:
    """All parties of a claim or a cluster as one key, which no single party is."""
    return tuple(sorted(parties))


def _places(one: Place) -> list[object]:
    return [*dict.fromkeys([one.article, *(place for level in _bins(one) for place in level)])]


def _bins(one: Place) -> list[list[object]]:
    """The days that a claim may be of, the finest level first: as stretches of DAYS, as years, and as all of time (None).

    A level is left out where the claim spans more: more than a month has no stretches, more than a year no years.
    """
    if one.begin is not None:
        first, last = one.begin, one.end
    elif one.day is not None:
        first, last = one.day - NEAR_DAYS, one.day + NEAR_DAYS
    else:
        return [[None]]
    levels: list[list[object]] = [[None]]
    if last - first <= 366:
        levels.insert(0, [("year", year) for year in range(first // 365, last // 365 + 1)])
    if last - first <= MONTH:
        levels.insert(0, list(range(first // DAYS, last // DAYS + 1)))
    return levels
