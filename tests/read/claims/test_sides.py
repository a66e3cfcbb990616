"""On which side participants stand: behind "with", as objects, between and among each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kgbuild.model import Claim, Reading
from kgbuild.ontology import Ontology
from kgbuild.read.records import claim_records

Read = Callable[..., Reading]


def sides(claim: Claim) -> str:
    """ "Norway | Peru, Chile": the participants of both sides in the words of the text."""
    group = [[r.mention.span.text for r in claim.roles if r.role == "participant" and r.side == n] for n in (0, 1)]
    return " | ".join(", ".join(names) for names in group).strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway discussed the plan with Peru, Chile and Mali.", "Norway | Peru, Chile, Mali"),
        ("Norway and Peru met with Chile.", "Norway, Peru | Chile"),
        ("Norway met Peru and Chile in Oslo.", "Norway | Peru, Chile"),
        ("He met Angela Merkel and Boris Johnson.", "He | Angela Merkel, Boris Johnson"),
        ("Norway phoned Peru and Chile.", "Norway | Peru, Chile"),
        ("Norway's talks with Peru and Chile ended.", "Norway | Peru, Chile"),
        ("Talks with Peru and Chile were held on Monday.", "| Peru, Chile"),
        ("The talks between Norway, Peru and Chile ended.", "Norway, Peru, Chile |"),
        ("Norway, Peru and Chile held talks.", "Norway, Peru, Chile |"),
        ("Norwegian-Peruvian talks began.", "Norwegian, Peruvian |"),
        ("Chile, with which Norway and Peru held talks, is far away.", "Norway, Peru | Chile"),
        ("Norway signed an agreement with Peru and Chile.", "Norway | Peru, Chile"),
        ("Norway will meet with member states, including Peru.", "Norway | member states, Peru"),
    ],
)
def test_who_stands_on_which_side(text: str, expected: str, read_text: Read) -> None:
    found = [sides(claim) for claim in read_text(text).claims if claim.role("participant")]
    assert expected in found


def test_extract_shows_sides_only_where_there_are_two(read_text: Read, ontology: Ontology) -> None:
    reading = read_text("Norway met with Peru in Oslo. Chile and Mali met.")
    shown = [[(r["role"], r.get("side")) for r in record["roles"]] for record in claim_records(reading, ontology)]
    assert shown == [
        [("participant", 0), ("participant", 1), ("place", None)],
        [("participant", None), ("participant", None)],
    ]
