"""Names found by columns beside those that spaCy's own recognizer finds."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from spacy.tokens import Doc, Span

from kgbuild.read import DEFAULT_MODEL
from kgbuild.read.parse.nlp import load

ROOT = Path(__file__).resolve().parents[3]
TEXTS = (
    "President Barack Obama met Angela Merkel of Germany in Berlin on 3 June 2014 and gave her $ 20 million. ",
    "",
    "   ",
    "Reuters",
    "New York",
    "In New\n\nYork  the United  Nations. The European Union",
)


def told(doc: Doc) -> list[tuple[str, str, str]]:
    return [(t.text, t.ent_iob_, t.ent_type_) for t in doc]


def seeds() -> list[str]:
    files = sorted((ROOT / "seeds").glob("*.txt"))
    return [paragraph for path in files for paragraph in path.read_text("utf-8").split("\n\n")]


@pytest.mark.parametrize("batch", [1, 7, 64])
def test_names_are_found_by_columns_as_spacy_finds_them(batch: int) -> None:
    ours, stock = load(), importlib.import_module(DEFAULT_MODEL).load()
    stock.tokenizer = ours.tokenizer
    texts = [*TEXTS, *seeds()]
    found = [told(doc) for doc in ours.pipe(texts, batch_size=batch)]
    assert found == [told(doc) for doc in stock.pipe(texts)]
    assert found == [told(ours(text)) for text in texts]
    assert any(kind for doc in found for _, _, kind in doc)


def test_what_is_already_named_keeps_its_name() -> None:
    ours, stock = load(), importlib.import_module(DEFAULT_MODEL).load()
    docs = [nlp.make_doc("Angela Merkel met Washington in New York.") for nlp in (ours, stock)]
    for doc in docs:
        doc.set_ents([Span(doc, 3, 4, "PERSON")], default="missing")
    assert told(ours(docs[0])) == told(stock(docs[1]))


def test_the_stock_recognizer_is_out_of_the_way() -> None:
    assert "ner" not in load().pipe_names
