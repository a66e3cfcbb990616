"""Capitals behind abbreviations, as old wires set them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kgbuild.ontology import load
from kgbuild.read.text.casing import recased

NAMES = {"U.S. Treasury", "Chad"}
ONTOLOGY = load()


def begins_name(words: str) -> bool:
    return words in NAMES


def test_a_word_behind_an_abbreviation_gets_its_small_letter_back() -> None:
    text = "The U.S. Imposed duties on Chad. The U.S. And Chad met, and U.S. Officials left."
    assert recased(text, begins_name, ONTOLOGY) == (
        "The U.S. imposed duties on Chad. The U.S. and Chad met, and U.S. officials left."
    )


def test_a_word_that_the_article_writes_small_elsewhere_is_enough() -> None:
    text = "U.S. Officials left. Two officials stayed at the U.S. Embassy."
    assert recased(text, begins_name, ONTOLOGY) == text.replace("Officials", "officials")


def test_names_behind_an_abbreviation_keep_their_capital() -> None:
    text = "The U.S. Treasury, the U.S. Trade Representative and the U.S., Chad and the U.K. Would agree."
    assert recased(text, begins_name, ONTOLOGY) == text.replace("Would", "would")


def test_an_article_with_a_small_letter_behind_an_abbreviation_is_left_alone() -> None:
    text = "The U.S. Embassy shut. The U.S. And Chad met U.S. officials."
    assert recased(text, begins_name, ONTOLOGY) == text


def test_a_sentence_that_begins_behind_an_abbreviation_is_no_slip() -> None:
    text = "She left the U.S. The visit was short."
    assert recased(text, begins_name, ONTOLOGY) == text


@given(st.lists(st.sampled_from(["U.S.", "U.K.,", "And", "Chad", "Imposes", "a", "."])).map(" ".join))
def test_only_letters_change_and_a_second_time_changes_nothing(text: str) -> None:
    once = recased(text, begins_name, ONTOLOGY)
    assert (once.lower(), recased(once, begins_name, ONTOLOGY)) == (text.lower(), once)


def test_a_long_row_of_letters_and_stops_is_cased_as_a_short_one() -> None:
    text = f"{'U.S.' * 1_000} And Japan left. The U.S. And Chad met."
    assert recased(text, begins_name, ONTOLOGY) == text.replace("And", "and")
