"""Lists of what careful readers want: how much of it is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kgbuild.cli import main
from kgbuild.evaluate import Evaluation, evaluate
from kgbuild.ontology import Ontology
from kgbuild.read.reader import Reader

TEXT = "France criticized Mali on Monday. Angela Merkel met Francois Hollande in Paris."

Score = Callable[..., dict[str, float]]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of one article."""
    file = tmp_path / "corpus-small.jsonl"
    file.write_text(json.dumps({"id": "one", "text": TEXT, "date": "2014-12-19"}) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def score(tmp_path: Path, corpus: Path, ontology: Ontology, reader: Reader) -> Score:
    """The figures of a list of these items."""

    def scored(*items: dict[str, Any]) -> dict[str, float]:
        gold = tmp_path / "lists.jsonl"
        gold.write_text(json.dumps({"id": "one", "items": items}) + "\n", encoding="utf-8")
        found: Evaluation = evaluate(gold, ontology, reader=reader, corpora=[corpus])
        return {name.removeprefix("wanted: "): value for name, value in found.figures().items()}

    return scored


def item(types: list[str], sentence: int = 0, weight: str = "core", **more: Any) -> dict[str, Any]:
    """An item of the first or second sentence."""
    start = 0 if sentence == 0 else TEXT.index("Angela")
    end = TEXT.index(" Angela") if sentence == 0 else len(TEXT)
    empty: dict[str, Any] = {
        "n": 1,
        "actor": [],
        "recipient": [],
        "participant": [],
        "place": [],
        "speaker": None,
        "when": None,
    }
    stance = {"polarity": "Affirmed", "modality": "Actual", "weight": weight}
    return {**empty, **stance, "types": types, "sentence": {"start": start, "end": end}, **more}


def test_an_item_is_right_with_type_stance_and_every_party(score: Score) -> None:
    found = score(item(["Criticize"], actor=[["Paris", "France"]], recipient=[["Mali"]]))
    assert (found["core, right"], found["all, right"], found["lead sentences read whole"]) == (1.0, 1.0, 1.0)


def test_an_item_of_which_a_party_is_missing_is_there_in_part(score: Score) -> None:
    found = score(item(["Criticize"], actor=[["France"]], recipient=[["Chad"]]))
    assert (found["core, right"], found["core, right or in part"], found["lead sentences read whole"]) == (0.0, 1.0, 0.0)


def test_an_item_of_another_stance_is_no_more_than_in_part(score: Score) -> None:
    found = score(item(["Criticize"], actor=[["France"]], recipient=[["Mali"]], polarity="Negated"))
    assert (found["core, right"], found["core, right or in part"]) == (0.0, 1.0)


def test_one_claim_serves_one_item(score: Score) -> None:
    one = item(["Meeting"], 1, "background", participant=[["Merkel"], ["Hollande"]])
    assert score(one, {**one, "types": ["Visit", "Meeting"]})["background, right"] == 0.5


def test_the_command_reads_a_list_beside_the_corpus_that_it_is_given(tmp_path: Path, corpus: Path) -> None:
    gold = tmp_path / "lists.jsonl"
    gold.write_text(json.dumps({"id": "one", "items": [item(["Strike"])]}) + "\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["evaluate", str(gold), "--corpus", str(corpus), "--errors"])
    assert result.exit_code == 0
    assert (
        "one:0: wanted core Strike Affirmed Actual; found (nothing)\n    France criticized Mali on Monday." in result.stdout
    )
