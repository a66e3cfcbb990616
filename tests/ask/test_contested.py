"""What one affirms and another denies, as articles tell it."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

import kgbuild
from kgbuild import pipeline
from kgbuild.ask.questions import find_question
from kgbuild.graph.triples import PREFIXES
from kgbuild.ontology import Ontology

ONTOLOGY = Path(__file__).parents[2] / "ontology"

STRUCK = "Norway attacked Chad."


def built(folder: Path, ontology: Ontology, *texts: str) -> kgbuild.Graph:
    """The graph of articles of the same day, each of an outlet of its own."""
    corpus = folder / "in"
    corpus.mkdir()
    for text, outlet in zip(texts, ("Reuters", "AP", "AFP"), strict=False):
        (corpus / f"{outlet}.txt").write_text(
            f"News of the day\n\nOSLO, March 3, 2021 ({outlet}) - {text}\n", encoding="utf-8"
        )
    pipeline.build([corpus], folder / "out", ontology=ontology)
    return kgbuild.open(folder / "out")


def test_what_one_outlet_tells_and_a_speaker_denies_has_both_quotes(tmp_path: Path, ontology: Ontology) -> None:
    denial = "Norway's foreign minister said that Norway had not attacked Chad."
    rows = built(tmp_path, ontology, STRUCK, denial).ask("contested")
    assert [(row["what"], row["affirmed"], row["denied"], row["affirms"]) for row in rows] == [
        ("Attack: Norway → Chad", STRUCK, denial, "Reuters")
    ]


def test_one_name_asks_for_what_concerns_it(tmp_path: Path, ontology: Ontology) -> None:
    graph = built(tmp_path, ontology, STRUCK, "Chad said that Norway had not attacked Chad.", "Mali met Niger.")
    assert [len(graph.ask("contested", name)) for name in ("Norway", "Chad", "Mali")] == [1, 1, 0]


@pytest.mark.parametrize(
    "other",
    [
        "Mali urged Norway not to attack Chad.",
        "Norway may not attack Chad.",
        "If Norway does not attack Chad, Mali will be glad.",
    ],
    ids=["asked", "possible", "conditional"],
)
def test_what_is_only_asked_or_thought_contests_nothing(other: str, tmp_path: Path, ontology: Ontology) -> None:
    assert list(built(tmp_path, ontology, STRUCK, other).ask("contested")) == []


def test_who_says_both_contests_nothing(tmp_path: Path, ontology: Ontology) -> None:
    assert list(built(tmp_path, ontology, f"{STRUCK} Norway has not attacked Chad.").ask("contested")) == []


def test_rdflib_finds_the_same_contested_event(tmp_path: Path, ontology: Ontology) -> None:
    graph = built(tmp_path, ontology, STRUCK, "Chad said that Norway had not attacked Chad.")
    text = find_question("contested", ONTOLOGY).filled({}, (None, None), None)
    theirs = graph.dataset().query(text, initNs=PREFIXES)
    assert isinstance(theirs, rdflib.query.Result)
    assert [str(row["denied"]) for row in theirs] == [row["denied"] for row in graph.ask("contested")]
