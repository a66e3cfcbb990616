"""Sums and numbers: what they amount to, in what unit, and how they have changed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
import spacy.tokens
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from kgbuild.ontology import load
from kgbuild.read.parse.tokens import Doc
from kgbuild.read.quantities import Measures
from kgbuild.read.reader import Reader

MEASURES = Measures(load())


def said(doc: Doc) -> list[str]:
    """Each quantity in one line: words = value unit change."""
    found = [one.quantity for one in MEASURES.find(doc)]
    return [f"{q.span.text} = {q.value:f} {q.unit}" + (f" {q.change:+f}" if q.change is not None else "") for q in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They paid $1.54 billion.", ["$1.54 billion = 1540000000 USD"]),
        ("They paid 1.5 billion dollars.", ["1.5 billion dollars = 1500000000 USD"]),
        ("They paid €200m and £3 million.", ["€200m = 200000000 EUR", "£3 million = 3000000 GBP"]),
        ("They paid 30 mln stg.", ["30 mln stg = 30000000 GBP"]),
        ("They paid 12 bln dlrs.", ["12 bln dlrs = 12000000000 USD"]),
        ("They paid 200 million Australian dollars.", ["200 million Australian dollars = 200000000 AUD"]),
        ("They paid 10 billion roubles.", ["10 billion roubles = 10000000000 RUB"]),
        ("They paid 4.2 billion Swiss francs.", ["4.2 billion Swiss francs = 4200000000 CHF"]),
        ("They paid a million dollars.", ["a million dollars = 1000000 USD"]),
        ("They took a nine billion dlr loan.", ["nine billion dlr = 9000000000 USD"]),
        ("They took a 500-million-euro loan.", ["500-million-euro = 500000000 EUR"]),
        ("It has 15.9% or three per cent.", ["15.9% = 15.9 percent", "three per cent = 3 percent"]),
        ("It has 2,5% of it.", ["2,5% = 2.5 percent"]),
        ("They bought 50 tonnes.", ["50 tonnes = 50 t"]),
        ("They pump 1.2 mln barrels per day.", ["1.2 mln barrels per day = 1200000 bbl/d"]),
        ("They sent 30 bcm.", ["30 bcm = 30000000000 m3"]),
        ("They sent 3,000 Russian troops.", ["3,000 Russian troops = 3000 troops"]),
        ("They sent two dozen soldiers and 20 tanks.", ["two dozen soldiers = 24 soldiers", "20 tanks = 20 tanks"]),
        ("About 1.4 million Ukrainians left.", ["1.4 million Ukrainians = 1400000 Ukrainians"]),
        ("Twenty-five people died.", ["Twenty-five people = 25 people"]),
    ],
)
def test_a_sum_is_its_value_and_unit(reader: Reader, text: str, expected: list[str]) -> None:
    assert said(Doc(reader.tools.nlp(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trade reached $2 billion, a 15.9% increase.", ["$2 billion = 2000000000 USD +15.9"]),
        ("Trade rose 12 pct to $5 billion.", ["$5 billion = 5000000000 USD +12"]),
        ("They sold 50 tonnes, down 3 pct.", ["50 tonnes = 50 t -3"]),
        ("Trade grew by 7 percent.", ["7 percent = 7 percent +7"]),
        ("Trade fell by a third.", ["a third = 33.3 percent -33.3"]),
        ("They own 40 percent.", ["40 percent = 40 percent"]),
    ],
)
def test_a_change_is_in_percent_and_belongs_to_the_sum_beside_it(reader: Reader, text: str, expected: list[str]) -> None:
    assert said(Doc(reader.tools.nlp(text))) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Several hundred people came.",
        "A 54-year-old man spoke for three days.",
        "They met on March 3, 2012.",
        "One official spoke.",
        "They lift 10,000 to 15,000 barrels.",
        "They pay 13/16 pct.",
        "The two sides met.",
        "Flight 407 landed.",
    ],
)
def test_what_has_no_number_or_is_no_amount_is_left(reader: Reader, text: str) -> None:
    assert said(Doc(reader.tools.nlp(text))) == []


PARTS = (
    "$",
    "€",
    "1.5",
    "3,000",
    "12",
    "2,5",
    "half a",
    "two",
    "dozen",
    "billion",
    "mln",
    "dollars",
    "%",
    "per cent",
    "tonnes",
    "up",
)
WORDS = (*PARTS, "troops", "by", "a third", "fell", "rose", "increase", "a", "of", "to", ",")


@given(words=st.lists(st.sampled_from(WORDS), max_size=8))
def test_any_words_give_plain_numbers_with_units(words: list[str]) -> None:
    for one in MEASURES.find(Doc(spacy.tokens.Doc(Vocab(), words=" ".join(words).split()))):
        quantity = one.quantity
        assert quantity.value >= 0 and quantity.unit and "E" not in str(quantity.value)
        assert quantity.change is None or "E" not in str(quantity.change)


def test_a_claim_has_the_sums_of_its_own_clause(read_text: Callable[..., object]) -> None:
    reading = read_text("Japan invested $4.5 billion in Vietnam after Ghana had sold 30 tonnes of cocoa.")
    claims = [c for c in reading.claims if c.claims == "EconomicCooperation"]  # type: ignore[attr-defined]
    assert [(q.value, q.unit) for c in claims for q in c.quantities if c.trigger.text == "invested"] == [
        (Decimal(4500000000), "USD")
    ]
