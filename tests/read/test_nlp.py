"""What language.ttl teaches the parser."""

from __future__ import annotations

import pytest

from kgbuild.read.reader import Reader


def test_a_verb_form_has_the_lemma_that_language_ttl_gives(reader: Reader) -> None:
    doc = reader.tools.nlp("Police wiretapped the minister; the town was retaken by troops.")
    assert [token.lemma_ for token in doc if token.pos_ == "VERB"] == ["wiretap", "retake"]


@pytest.mark.xfail(strict=True, reason="spaCy prefers a verb of its own list, to stag, though the exception is known")
def test_a_verb_form_has_that_lemma_where_spacy_knows_another_verb(reader: Reader) -> None:
    doc = reader.tools.nlp("Workers staged a protest.")
    assert [token.lemma_ for token in doc if token.pos_ == "VERB"] == ["stage"]


def test_a_hyphened_word_of_language_ttl_is_one_word(reader: Reader) -> None:
    doc = reader.tools.nlp("Co-operation helps; they co-ordinated it.")
    assert [token.text for token in doc] == ["Co-operation", "helps", ";", "they", "co-ordinated", "it", "."]
