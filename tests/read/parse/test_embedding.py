"""The remembered first layers beside spaCy's own."""

from __future__ import annotations

import importlib
from pathlib import Path

import numpy as np
import pytest

from kgbuild.read import DEFAULT_MODEL
from kgbuild.read.parse import embedding
from kgbuild.read.parse.nlp import load

ROOT = Path(__file__).resolve().parents[3]


def texts() -> list[str]:
    files = sorted((ROOT / "seeds").glob("*.txt"))
    return ["", "Reuters", *(paragraph for path in files for paragraph in path.read_text("utf-8").split("\n\n"))]


@pytest.mark.parametrize("kept", [1, 50, embedding.KEPT])
@pytest.mark.parametrize("pipe", ["tok2vec", "ner"])
def test_the_networks_say_the_same_of_words_remembered_and_forgotten(
    pipe: str, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding, "KEPT", kept)
    ours, stock = load(), importlib.import_module(DEFAULT_MODEL).load()
    docs = [ours.make_doc(text) for text in texts()]
    models = [nlp.get_pipe(pipe).model for nlp in (ours, stock)]
    networks = [model.layers[0] if pipe == "ner" else model for model in models]
    for _ in range(2):
        for at in range(0, len(docs), 5):
            told, expected = (network.predict(docs[at : at + 5]) for network in networks)
            assert all(np.allclose(one, other, atol=1e-5) for one, other in zip(told, expected, strict=True))
