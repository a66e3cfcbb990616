"""What an article speaks of without doubt: by that, a name of several senses has one there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kgbuild.ontology import Actor
from kgbuild.read.names.gazetteer import NameMatch

DOMESTIC = ("GovernmentBody", "PoliticalParty", "ArmedGroup")
"""What states have each their own of, often by one name: congresses, treasuries, liberals."""

IN_PASSING = 3
"""A state named so many times less than another is only named in passing: "Treasury" is not its treasury."""


class Context:
    """The actors that names of one sense name in an article or a paragraph, counted."""

    def __init__(self, matches: Iterable[NameMatch] = ()) -> None:
        self._actors: Counter[str] = Counter()
        self._owners: Counter[str] = Counter()
        """Of what was named, how much belongs to a state."""
        self._places: Counter[str] = Counter()
        """Of the cities and regions that were named, how many belong to a state, without its capital."""
        self._states: set[str] = set()
        self._local: dict[str, Actor] = {}
        for match in matches:
            if _is_clear(match):
                self._count(match.senses[0].actor)

    def _count(self, actor: Actor) -> None:
        self._actors[actor.id] += 1
        if actor.cls == "State":
            self._states.add(actor.id)
        owner = actor.of or actor.capital_of
        if owner:
            self._owners[owner] += 1
            self._places[owner] += actor.cls in ("City", "Region", "Territory") and not actor.capital_of

    def speaks_of(self, state: str | None) -> bool:
        """Whether the state, its capital, or something that belongs to it is named."""
        return bool(state) and self._weight(state or "") > 0

    def speaks_of_no_state(self) -> bool:
        """Whether neither a state nor anything that belongs to one is named."""
        return not self._states and not self._owners

    def speaks_much_of(self, state: str) -> bool:
        """Whether *state* is named more than a third as often as the state that is named most."""
        most = max((self._weight(other) for other in {*self._states, *self._owners}), default=0)
        return IN_PASSING * self._weight(state) > most

    def relatedness(self, actor: Actor) -> int:
        """How much of what is named belongs to *actor*, or to the state that *actor* belongs to.

        For a region, only other places of its state count: "Georgia" beside Atlanta and Alabama is the American one.
        """
        if actor.cls in ("Region", "Territory"):
            return self._owners[actor.id] + self._places[actor.of or ""]
        return self._owners[actor.id] + (self._weight(actor.of) if actor.of else 0)

    def note_local(self, name: str, actor: Actor) -> None:
        """Note what a name used at home meant beside its state: further on it means the same."""
        self._local[name] = actor

    def meant_before(self, name: str, actor: Actor) -> bool:
        """Whether nothing else was noted for a name used at home."""
        return self._local.get(name, actor) is actor

    def _weight(self, state: str) -> int:
        """How often a state is named, or its capital, or something that belongs to it."""
        return self._actors[state] + self._owners[state]


def _is_clear(match: NameMatch) -> bool:
    """Whether a name leaves no doubt whom it names: not "Labour", "TX", "STC", nor what actors.ttl calls ambiguous."""
    if len(match.senses) != 1:
        return False
    [(kind, actor)] = match.senses
    doubtful = actor.ambiguous or kind in ("local name", "abbreviation") or is_short_acronym(match.span.text, actor)
    return not doubtful


def is_short_acronym(name: str, actor: Actor) -> bool:
    """Whether a name is so short an acronym of a domestic body that other states' bodies may have it, too: PT, STC."""
    return len(name) <= 3 and name.isupper() and actor.cls in DOMESTIC and actor.of is not None
