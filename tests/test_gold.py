"""The gold is sound and balanced: its form, its words, and how often each thing stands in it."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kgbuild.ontology import Ontology

GOLD = Path(__file__).resolve().parent / "gold"
CASES = Path(__file__).resolve().parent / "cases"

Record = dict[str, Any]

LEAVES = [
    "Meeting",
    "Visit",
    "PhoneCall",
    "MultilateralMeeting",
    "Negotiation",
    "Mediation",
    "PlannedMeeting",
    "Pledge",
    "SignAgreement",
    "Endorse",
    "Recognize",
    "ImproveRelations",
    "Concede",
    "EconomicCooperation",
    "MilitaryCooperation",
    "JudicialCooperation",
    "ProvideAid",
    "Withdraw",
    "ReleaseOrSwap",
    "Ceasefire",
    "EaseSanctions",
    "Resign",
    "Demand",
    "RequestMeeting",
    "Criticize",
    "Accuse",
    "Investigate",
    "Reject",
    "Veto",
    "CancelMeeting",
    "Threaten",
    "ImposeSanctions",
    "ExpelDiplomats",
    "CutRelations",
    "SuspendAid",
    "Deploy",
    "Detain",
    "CyberOperation",
    "Blockade",
    "Strike",
    "Protest",
]

VALUES = {
    "polarity": {"Affirmed", "Negated"},
    "modality": {"Actual", "Planned", "Possible", "Requested", "Obligatory", "Conditional"},
    "certainty": {"Certain", "Probable"},
}
DAY = r"\d{4}(-\d\d(-\d\d)?)?"


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """All records of all files."""
    lines = (line for file in sorted(GOLD.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines())
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def claims(records: list[Record]) -> list[Record]:
    """All claims of all records."""
    return [claim for record in records for claim in record["claims"]]


# -- form -----------------------------------------------------------------------------------------


def test_a_record_has_an_id_a_text_of_its_own_and_a_day(records: list[Record]) -> None:
    assert {frozenset(record) for record in records} == {frozenset({"id", "text", "issued", "claims"})}
    ids, texts = Counter(r["id"] for r in records), Counter(r["text"] for r in records)
    assert [one for counted in (ids, texts) for one, n in counted.items() if n > 1] == []
    assert [r["id"] for r in records if date.fromisoformat(r["issued"]).isoformat() != r["issued"]] == []


def test_a_claim_has_a_class_roles_and_values_that_the_ontology_knows(claims: list[Record], ontology: Ontology) -> None:
    assert {claim["claims"].removeprefix("dip:") for claim in claims} <= set(ontology.types)
    roles = "actor recipient participant place topic theme cause instrument subject object holder office of"
    assert {role["role"] for claim in claims for role in claim["roles"]} <= set(roles.split())
    assert {key: {claim[key] for claim in claims if key in claim} for key in VALUES} == VALUES


def test_certainty_is_labelled_where_the_modality_is_actual(claims: list[Record]) -> None:
    assert [c for c in claims if ("certainty" in c) != (c["modality"] == "Actual")] == []


def test_roles_and_speakers_stand_in_the_text(records: list[Record]) -> None:
    said = [(r, words) for r in records for c in r["claims"] for words in [*(x["text"] for x in c["roles"]), c["speaker"]]]
    assert [(record["id"], words) for record, words in said if words and words not in record["text"]] == []


def test_times_are_edtf_and_what_has_happened_lies_behind(records: list[Record]) -> None:
    dated = [(r, c) for r in records for c in r["claims"] if c["when"]]
    assert [c["when"] for _, c in dated if not re.fullmatch(rf"{DAY}(/{DAY})?", c["when"])] == []
    early = [r["id"] for r, c in dated if c["modality"] == "Actual" and c["when"].split("/")[0] > r["issued"]]
    invited = [r["id"] for r in records for c in r["claims"] if c["claims"] == "dip:PlannedMeeting"]
    assert set(early) <= set(invited)


def test_no_text_is_an_example_or_a_case(records: list[Record], ontology: Ontology) -> None:
    cases = {line.strip() for file in CASES.glob("*.txt") for line in file.read_text(encoding="utf-8").splitlines()}
    assert {record["text"] for record in records} & ({example.text for example in ontology.examples} | cases) == set()


# -- balance --------------------------------------------------------------------------------------


def rare(counts: Counter[str], least: dict[str, int]) -> dict[str, int]:
    """What stands there less often than it should, with its count."""
    return {name: counts[name] for name, wanted in least.items() if counts[name] < wanted}


def test_every_event_class_and_every_relation_is_there_often_enough(claims: list[Record], ontology: Ontology) -> None:
    relations = [name for name, found in ontology.types.items() if found.kind == "relation"]
    counts = Counter(claim["claims"].removeprefix("dip:") for claim in claims)
    assert (len(LEAVES), len(relations)) == (41, 14)
    assert rare(counts, dict.fromkeys(LEAVES, 5) | dict.fromkeys(relations, 3)) == {}


def test_every_stance_is_there_often_enough(claims: list[Record]) -> None:
    counts = Counter(value for claim in claims for value in (claim["polarity"], claim["modality"]))
    assert rare(counts, {"Negated": 60} | dict.fromkeys(VALUES["modality"], 25)) == {}
    assert len({claim["claims"] for claim in claims if claim["polarity"] == "Negated"}) >= 30


def test_speakers_and_times_are_there_often_enough(claims: list[Record]) -> None:
    counts = Counter(key for claim in claims for key in ("speaker", "when") if claim[key])
    assert rare(counts, {"speaker": 60, "when": 50}) == {}


def test_a_tenth_says_nothing_that_is_a_claim(records: list[Record]) -> None:
    assert sum(not record["claims"] for record in records) * 10 >= len(records) >= 320
