"""Every rule does what it says: its example is read otherwise without it, its counterexample is not."""

from __future__ import annotations

import pytest
from articles import article_of

from kgbuild.model import Claim
from kgbuild.read.claims.bridging import BRIDGES, Bridge
from kgbuild.read.claims.rules import ALL, VETOES
from kgbuild.read.parse.repairs import REPAIRS, Repair, repaired
from kgbuild.read.reader import Reader, Study
from kgbuild.read.rule import Rule


def study(reader: Reader, text: str) -> Study:
    return next(reader.study([article_of(text)]))


def claims(study: Study) -> list[Claim]:
    """What is claimed beside statements."""
    return [claim for claim in study.reading.claims if claim.kind != "statement"]


def named(rule: Rule) -> str:
    return rule.name.replace(" ", "-")


@pytest.mark.parametrize("veto", VETOES, ids=named)
def test_a_veto_alone_stops_one_claim_of_its_example(veto: Rule, reader: Reader) -> None:
    having, lacking = study(reader, veto.example), study(reader.without(veto.name), veto.example)
    [stopped] = having.stopped
    assert [rule.name for rule in stopped.vetoes] == [veto.name]
    more = [claim for claim in claims(lacking) if claim not in claims(having)]
    assert [claim.claims for claim in more] == [stopped.candidate.type]
    assert [claim for claim in claims(having) if claim not in claims(lacking)] == []


@pytest.mark.parametrize("veto", VETOES, ids=named)
def test_a_veto_stops_nothing_of_its_counterexample(veto: Rule, reader: Reader) -> None:
    having = study(reader, veto.counterexample)
    assert claims(having) != []
    assert veto not in [rule for one in having.stopped for rule in one.vetoes]
    assert claims(having) == claims(study(reader.without(veto.name), veto.counterexample))


@pytest.mark.parametrize("rule", [*REPAIRS, *BRIDGES], ids=named)
def test_a_repair_or_bridge_changes_the_claims_of_its_example(rule: Repair | Bridge, reader: Reader) -> None:
    having, lacking = study(reader, rule.example), study(reader.without(rule.name), rule.example)
    mended = [one for paragraph in having.paragraphs for _, one in repaired(paragraph.doc)]
    assert [*mended, *(one.rule for one in having.bridged)] == [rule]
    assert claims(having) != claims(lacking)


@pytest.mark.parametrize("rule", [*REPAIRS, *BRIDGES], ids=named)
def test_a_repair_or_bridge_leaves_its_counterexample_alone(rule: Repair | Bridge, reader: Reader) -> None:
    having = study(reader, rule.counterexample)
    mended = [one for paragraph in having.paragraphs for _, one in repaired(paragraph.doc)]
    assert claims(having) != []
    assert rule not in [*mended, *(one.rule for one in having.bridged)]


def test_no_two_rules_share_a_name() -> None:
    names = [rule.name for rule in ALL]
    assert sorted(names) == sorted(set(names))


def test_a_rule_that_is_left_out_must_be_one(reader: Reader) -> None:
    with pytest.raises(KeyError, match="no such rule"):
        reader.without("no such rule")


def test_what_a_veto_stops_is_counted_once_under_the_first_that_stops_it(reader: Reader) -> None:
    having = study(reader, "Two firms sold oil.")
    assert [[rule.name for rule in one.vetoes] for one in having.stopped] == [
        ["companies alone", "everyday", "private trade"],
    ]
    assert [row for row in having.reading.dropped if row[0].startswith("veto")] == [("veto: companies alone", 1)]


def test_of_several_matches_that_are_stopped_at_one_predicate_one_is_counted(reader: Reader) -> None:
    having = study(reader, "Norway agreed with some of the report.")
    assert [row for row in having.reading.dropped if row[0].startswith("veto")] == [("veto: of one mind", 1)]
