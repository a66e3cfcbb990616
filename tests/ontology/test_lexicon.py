"""The words of the rules: a list that is not there is refused, with the likeliest one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild.errors import OntologyError
from kgbuild.ontology import Lexicon, read_facts

LANGUAGE = """
@prefix lex: <https://w3id.org/kgbuild/lexicon#> .
lex:report lex:verb "say", "tell" ; lex:noun "claim" .
lex:JPY a lex:Currency ; lex:code "JPY" ; lex:word "yen" .
lex:USD a lex:Currency ; lex:code "USD" ; lex:word "dollar", "buck" .
lex:XAU a lex:Currency ; lex:word "gold" .
"""


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(read_facts({Path("language.ttl"): LANGUAGE}))


def test_the_words_of_a_list_are_found_by_entry_and_name(lexicon: Lexicon) -> None:
    assert lexicon.words("report", "verb") == {"say", "tell"}


@pytest.mark.parametrize(
    ("entry", "name", "why"),
    [
        ("reprot", "verb", "language.ttl has no entry lex:reprot. Did you mean lex:report?"),
        ("silence", "verb", "language.ttl has no entry lex:silence."),
        (
            "report",
            "nouns",
            "lex:report of language.ttl has no lex:nouns. Did you mean lex:noun? It has lex:noun, lex:verb.",
        ),
    ],
    ids=["a slip", "nothing alike", "another list"],
)
def test_words_that_nobody_lists_are_refused_with_the_likeliest(lexicon: Lexicon, entry: str, name: str, why: str) -> None:
    with pytest.raises(OntologyError) as refused:
        lexicon.words(entry, name)
    assert str(refused.value) == why


def test_the_entries_of_a_class_are_listed_word_by_word_with_their_value(lexicon: Lexicon) -> None:
    assert lexicon.listed("Currency", "word", "code") == [("yen", "JPY"), ("buck", "USD"), ("dollar", "USD")]


def test_a_class_without_entries_is_refused_with_the_likeliest(lexicon: Lexicon) -> None:
    with pytest.raises(OntologyError) as refused:
        lexicon.listed("Curency", "word", "code")
    assert str(refused.value) == "No entry of language.ttl is of class lex:Curency. Did you mean lex:Currency?"
