"""How good or bad a word is, by language.ttl and by VADER's lexicon."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from kgbuild.ontology import Ontology
from kgbuild.read.claims.valence import OURS, vader, valence


def value(word: str, ontology: Ontology) -> float:
    """That of a word that is its own lemma."""
    token: Any = SimpleNamespace(lemma_=word, lower_=word, text=word, pos_="ADJ", tag_="JJ")
    return valence(token, ontology)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        pytest.param("baseless", -OURS, id="what language.ttl lists as bad"),
        pytest.param("constructive", OURS, id="what language.ttl lists as good"),
        pytest.param("futile", -1.9, id="what the lexicon alone has"),
        pytest.param("worried", 0.0, id="what tells of a mood and judges nothing, though the lexicon has it"),
        pytest.param("bilateral", 0.0, id="what nobody lists"),
    ],
)
def test_a_word_has_its_worth(word: str, expected: float, ontology: Ontology) -> None:
    assert value(word, ontology) == expected


def test_the_lexicon_has_words_alone() -> None:
    assert all(word.isalpha() for word in vader())
