"""Offices over time: who is said to hold which, in articles of which days, and whom "the foreign minister" then means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from kgbuild.graph.mentions import Resolution, Resolutions, all_mentions, day_of
from kgbuild.graph.triples import claim_id
from kgbuild.model import Claim, Mention, Reading
from kgbuild.ontology import Ontology

IN_OFFICE = 92
"""Days before the first and after the last article that has somebody in office, within which the office alone means him."""


class TenureKey(NamedTuple):
    """What makes two claims speak of one tenure: the ids of holder, office, and the state or body whose office it is."""

    holder: str
    office: str
    of: str


@dataclass
class Attestation:
    """The claims that attest a tenure, and the days of the articles that say that it holds, begins or is over."""

    claims: list[str] = field(default_factory=list)
    """Their ids, as `triples.claim_id` has them."""
    days: set[str] = field(default_factory=set)
    """Days of the articles in which the holder is in office."""
    began: set[str] = field(default_factory=set)
    """Days near which the tenure began: those of appointments."""
    over: set[str] = field(default_factory=set)
    """Days by which the tenure had ended: those of articles that say "former"."""

    def add(self, reading: Reading, claim: Claim, ontology: Ontology) -> None:
        """Take in what *claim* says of the tenure: that it holds, begins, or ("the former minister") is over.

        A plan or a wish attests nothing, nor does a denial without a word for "former".
        """
        words = {w for m in claim.role("office") for w in m.span.words.lower().replace("-", " ").split()}
        over = claim.stance.polarity == "Negated" and bool(words & ontology.words("former", "modifier"))
        if claim.stance.modality != "Actual" or (claim.stance.polarity == "Negated" and not over):
            return
        self.claims.append(claim_id(reading, claim))
        day = day_of(reading)
        if over and day:
            self.over.add(day)
        elif day:
            self.days.add(day)
            if words & ontology.words("takesOffice", "modifier"):
                self.began.add(day)
        takes_office = claim.trigger.words.lower() in ontology.words("takesOffice", "verb")
        if takes_office and not over and claim.when and claim.when.source != "Assumed":
            self.began.add(claim.when.begin)

    def __or__(self, other: Attestation) -> Attestation:
        return Attestation(
            self.claims + other.claims, self.days | other.days, self.began | other.began, self.over | other.over
        )


def office_named(mention: Mention, ontology: Ontology) -> str | None:
    """The id of the office that a mention names, None where it names none.

    It is the one that reading found, else the longest name of an office that the words end with: of "the new deputy foreign
    minister" that is "deputy foreign minister", not "minister".
    """
    for entity in mention.entities:
        if entity.startswith("office/"):
            return entity
    words = mention.span.words.lower().split()
    for length in range(min(5, len(words)), 0, -1):
        office = ontology.offices.get(" ".join(words[-length:]))
        if office:
            return office
    return None


class Seat(NamedTuple):
    """An office, and the state or body whose office it is."""

    office: str
    of: str


def holders_of(readings: Iterable[Reading], tenures: Mapping[TenureKey, Attestation], ontology: Ontology) -> Resolutions:
    """The mentions of an office alone ("the Turkish foreign minister"), each with its one holder near in time."""
    in_office: dict[Seat, dict[TenureKey, Attestation]] = defaultdict(dict)
    for tenure, attestation in tenures.items():
        in_office[Seat(tenure.office, tenure.of)][tenure] = attestation
    found = []
    for reading in readings:
        day = day_of(reading)
        for mention in all_mentions(reading):
            seat = seat_alone(mention, ontology)
            holder = holder_on(day, in_office.get(seat, {})) if seat else None
            if holder:
                found.append((reading, mention, holder))
    return Resolutions.of(found)


def holder_on(day: str, tenures: Mapping[TenureKey, Attestation]) -> Resolution | None:
    """Who alone holds an office on a *day* by its *tenures*, None where nobody or several may: as when the office changes
    hands.

    He may from IN_OFFICE days before the first article that has him in office to so many after the last.
    """
    near = [(t, a) for t, a in tenures.items() if day and a.days and _near(day, a)]
    if len({tenure.holder for tenure, _ in near}) != 1:
        return None
    [(tenure, attestation)] = near
    return Resolution((tenure.holder,), _reason(attestation))


def _reason(attestation: Attestation) -> str:
    first, last = min(attestation.days), max(attestation.days)
    return f"holds this office on {first}" if first == last else f"holds this office in articles of {first} to {last}"


def seat_alone(mention: Mention, ontology: Ontology) -> Seat | None:
    """The seat of a description that says nothing but office and state, and denotes nobody: "Turkey's foreign minister".

    None where it says more or less: "a former foreign minister", "the Turkish minister of the day".
    """
    if mention.cls != "Person" or mention.entities or len(mention.represents) != 1:
        return None
    words = mention.span.words.replace("'s", "").split()
    state = ontology.actors.get(mention.represents[0])
    own = {w for name in (*state.names, *state.exact, *state.demonyms) for w in name.split()} if state else set()
    others = [w for w in words if w.lower() != "the" and w not in own]
    office = ontology.offices.get(" ".join(others).lower(), "")
    return Seat(office, mention.represents[0]) if office else None


def _near(day: str, attestation: Attestation) -> bool:
    """Whether a tenure may hold on *day*: near the articles that have it, and before the first that calls it over."""
    if attestation.over and min(attestation.over) <= day:
        return False
    number = date.fromisoformat(day).toordinal()
    first, last = (date.fromisoformat(d).toordinal() for d in (min(attestation.days), max(attestation.days)))
    return first - IN_OFFICE <= number <= last + IN_OFFICE
