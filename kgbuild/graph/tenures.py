"""Offices over time: who is said to hold which, between which articles, and whom "the foreign minister" means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kgbuild.graph.gathering import Settled, agreed, all_mentions, day_of
from kgbuild.model import Claim, Mention, Reading
from kgbuild.ontology import Ontology

if TYPE_CHECKING:
    from kgbuild.graph.entities import Entities

IN_OFFICE = 92
"""Days around the articles that name the holder of an office, within which the office alone means that holder."""


class Held(NamedTuple):
    """A tenure: who holds which office of whom."""

    holder: str
    office: str
    of: str


@dataclass
class Attested:
    """The claims of a tenure and the days of the articles that say that it holds, begins or is over."""

    told: list[tuple[Reading, Claim]] = field(default_factory=list)
    days: set[str] = field(default_factory=set)
    """Days of articles in which the holder is in office."""
    began: set[str] = field(default_factory=set)
    """Days near which the tenure begins: of appointments."""
    over: set[str] = field(default_factory=set)
    """Days before which the tenure has ended: of articles that say "former"."""

    def add(self, reading: Reading, claim: Claim, ontology: Ontology) -> None:
        """Note what *claim* says of the tenure; a plan, a wish or a denial says nothing of it."""
        words = {w for m in claim.role("office") for w in m.span.text.lower().replace("-", " ").split()}
        over = claim.stance.polarity == "Negated" and bool(words & ontology.words("former", "modifier"))
        if claim.stance.modality != "Actual" or (claim.stance.polarity == "Negated" and not over):
            return
        self.told.append((reading, claim))
        day = day_of(reading)
        if over and day:
            self.over.add(day)
        elif day:
            self.days.add(day)
            if words & ontology.words("takesOffice", "modifier"):
                self.began.add(day)
        takes_office = claim.trigger.text.lower() in ontology.words("takesOffice", "verb")
        if takes_office and not over and claim.when and claim.when.source != "Assumed":
            self.began.add(claim.when.begin)


def office_named(mention: Mention, ontology: Ontology) -> str | None:
    """The office that a mention names: the longest name of one that its words end with."""
    for entity in mention.entities:
        if entity.startswith("office/"):
            return entity
    words = mention.span.text.lower().split()
    for length in range(min(5, len(words)), 0, -1):
        office = ontology.offices.get(" ".join(words[-length:]))
        if office:
            return office
    return None


def holders_of(readings: Iterable[Reading], entities: Entities) -> dict[Mention, Settled]:
    """The mentions of an office alone ("the Turkish foreign minister") whose one holder articles near in time name."""
    ontology = entities.ontology
    in_office: dict[tuple[str, str], list[tuple[Held, Attested]]] = defaultdict(list)
    for held, attested in entities.tenures.items():
        if attested.days:
            in_office[held.office, held.of].append((held, attested))
    chosen = []
    for reading in readings:
        day = day_of(reading)
        for mention in all_mentions(reading) if day else ():
            if mention.cls != "Person" or mention.entities or len(mention.represents) != 1:
                continue
            office = _office_alone(mention, ontology)
            near = [(h, a) for h, a in in_office.get((office, mention.represents[0]), ()) if _near(day, a)]
            if len({h.holder for h, _ in near}) == 1:
                [(held, attested)] = near
                by = f"{min(attested.days)} to {max(attested.days)}"
                why = (
                    f"holds this office in articles of {by}" if len(attested.days) > 1 else f"holds this office on {by[:10]}"
                )
                chosen.append((mention, Settled((held.holder,), why)))
    return agreed(chosen)


def _office_alone(mention: Mention, ontology: Ontology) -> str:
    """The office of a description that says nothing but office and state; empty for "a former foreign minister"."""
    words = mention.span.text.replace("'s", "").split()
    state = ontology.actors.get(mention.represents[0])
    own = {w for name in (*state.names, *state.exact, *state.demonyms) for w in name.split()} if state else set()
    bare = [w for w in words if w.lower() != "the" and w not in own]
    return ontology.offices.get(" ".join(bare).lower(), "")


def _near(day: str, attested: Attested) -> bool:
    if attested.over and min(attested.over) <= day:
        return False
    number = date.fromisoformat(day).toordinal()
    days = [date.fromisoformat(d).toordinal() for d in (min(attested.days), max(attested.days))]
    return days[0] - IN_OFFICE <= number <= days[1] + IN_OFFICE
