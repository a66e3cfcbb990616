"""What became of plans and pledges: the deed that follows, as articles tell it."""

from __future__ import annotations

from pathlib import Path

import pytest

import kgbuild
from kgbuild import pipeline
from kgbuild.ontology import Ontology

PLEDGE = "Norway pledged to send food aid to Chad."


def outcome(folder: Path, ontology: Ontology, *articles: tuple[str, str], until: str | None = None) -> list[tuple[str, str]]:
    """Of what Norway promises, pledges before plans: what came of it, and the sentence that tells so."""
    corpus = folder / "in"
    corpus.mkdir()
    for number, (day, text) in enumerate(articles):
        (corpus / f"{number}.txt").write_text(f"News of the day\n\nOSLO, {day} (Reuters) - {text}\n", encoding="utf-8")
    pipeline.build([corpus], folder / "out", ontology=ontology)
    rows = kgbuild.open(folder / "out").ask("promises", "Norway", until=until)
    rows = sorted(rows, key=lambda row: row["what"] != "Pledge")
    return [(row["outcome"], row["then"] or "") for row in rows]


@pytest.mark.parametrize(
    ("day", "later", "told"),
    [
        ("April 9, 2021", "Norway sent food aid to Chad.", "kept"),
        ("April 9, 2021", "Chad sent food aid to Norway.", "pledged"),
        ("April 9, 2021", "Norway sent food aid to Mali.", "pledged"),
        ("April 9, 2021", "Norway met Chad.", "pledged"),
        ("April 9, 2021", "Norway did not send food aid to Chad.", "pledged"),
        ("April 9, 2022", "Norway sent food aid to Chad.", "pledged"),
        ("January 9, 2021", "Norway sent food aid to Chad.", "pledged"),
    ],
    ids=["deed", "by the other", "to another", "other deed", "denied", "after a year", "before"],
)
def test_a_pledge_is_kept_by_the_deed_that_follows_within_a_year(
    day: str, later: str, told: str, tmp_path: Path, ontology: Ontology
) -> None:
    found = outcome(tmp_path, ontology, ("March 3, 2021", PLEDGE), (day, later))
    assert found[0] == (told, later if told == "kept" else "")


def test_a_deed_after_the_day_that_is_asked_for_is_not_known_yet(tmp_path: Path, ontology: Ontology) -> None:
    articles = ("March 3, 2021", PLEDGE), ("April 9, 2021", "Norway sent food aid to Chad.")
    assert outcome(tmp_path, ontology, *articles, until="2021-03-31")[0] == ("pledged", "")


def test_a_pledge_of_what_is_no_known_deed_is_pledged(tmp_path: Path, ontology: Ontology) -> None:
    articles = ("March 3, 2021", "Norway promised Chad a new port."), ("April 9, 2021", "Norway sent food aid to Chad.")
    assert outcome(tmp_path, ontology, *articles)[0] == ("pledged", "")


OFF = ("April 9, 2021", "Norway cancelled aid to Chad.")


@pytest.mark.parametrize("plan", [PLEDGE, "Norway will send food aid to Chad."], ids=["pledge", "plan"])
def test_what_is_called_off_is_cancelled_and_then_is_the_sentence_that_does_so(
    plan: str, tmp_path: Path, ontology: Ontology
) -> None:
    found = outcome(tmp_path, ontology, ("March 3, 2021", plan), OFF)
    assert set(found) == {("cancelled", "Norway cancelled aid to Chad.")}


def test_what_is_called_off_after_the_day_that_is_asked_for_is_not_called_off_yet(
    tmp_path: Path, ontology: Ontology
) -> None:
    found = outcome(tmp_path, ontology, ("March 3, 2021", PLEDGE), OFF, until="2021-03-31")
    assert found == [("pledged", ""), ("open", "")]


@pytest.mark.parametrize(("until", "pledge", "plan"), [("2021-04-30", "pledged", "open"), ("2021-05-01", *["overdue"] * 2)])
def test_what_was_for_a_day_before_the_one_asked_for_is_overdue(
    until: str, pledge: str, plan: str, tmp_path: Path, ontology: Ontology
) -> None:
    articles = ("March 3, 2021", "Norway pledged to visit Chad in April."), ("June 9, 2021", "Norway praised Mali.")
    assert outcome(tmp_path, ontology, *articles, until=until) == [(pledge, ""), (plan, "")]
