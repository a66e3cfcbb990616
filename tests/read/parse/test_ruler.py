"""The remembered ruler beside spaCy's own."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from spacy.tokens import Doc

from kgbuild.read import DEFAULT_MODEL
from kgbuild.read.parse.nlp import load

ROOT = Path(__file__).resolve().parents[3]
SENTENCES = (
    "There is no deal, there's a plan and there were talks. ",
    "Let's meet: it ain't over, they gon na talk, y' all got ta come.",
    "The minister did say that  Iran had\n\nnot been told.",
    "Nothin' that the two states have done was agreed to, and that was that.",
    "",
)


def told(doc: Doc) -> list[tuple[str, ...]]:
    return [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, str(t.is_sent_start)) for t in doc]


def seeds() -> list[str]:
    return [path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]


@pytest.mark.parametrize("again", ["first asked", "remembered"])
def test_the_remembered_ruler_says_of_each_word_what_spacys_says(again: str) -> None:
    ours, stock = load(), importlib.import_module(DEFAULT_MODEL).load()
    stock.tokenizer = ours.tokenizer
    texts = [*SENTENCES, *seeds()]
    if again == "remembered":
        list(ours.pipe(texts))
    assert [told(doc) for doc in ours.pipe(texts)] == [told(doc) for doc in stock.pipe(texts)]


def test_the_stock_ruler_is_out_of_the_way() -> None:
    nlp = load()
    assert [name for name in nlp.pipe_names if "ruler" in name] == ["kgbuild_remembered_ruler"]
