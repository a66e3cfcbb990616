"""Expressions of time: what they mean for an article of Friday, 19 December 2014."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.model import When
from kgbuild.ontology import Ontology, load
from kgbuild.read.dates import Calendar, resolve

FRIDAY = "2014-12-19"
WORDS = Calendar.of(load())


def when(edtf: str, begin: str, end: str, source: str, text: str) -> When:
    return When(edtf, begin, end, source, text)


def day(edtf: str, source: str, text: str) -> When:
    return When(edtf, edtf, edtf, source, text)


@pytest.mark.parametrize(
    "expected",
    [
        day("2014-12-01", "Explicit", "December 1, 2014"),
        day("2014-12-01", "Explicit", "1 December 2014"),
        day("2014-12-01", "Explicit", "the 1st of December 2014"),
        day("2014-09-03", "Explicit", "Sept. 3, 2014"),
        day("2014-12-01", "Explicit", "2014-12-01"),
        when("2013-12", "2013-12-01", "2013-12-31", "Explicit", "December 2013"),
        when("2012-02", "2012-02-01", "2012-02-29", "Explicit", "February 2012"),
        when("2013-12", "2013-12-01", "2013-12-31", "Explicit", "December of 2013"),
        when("2013-01/2013-09", "2013-01-01", "2013-09-30", "Explicit", "January-September 2013"),
        when("2013", "2013-01-01", "2013-12-31", "Explicit", "2013"),
        when("2010/2013", "2010-01-01", "2013-12-31", "Explicit", "2010-2013"),
        when("199X", "1990-01-01", "1999-12-31", "Explicit", "the 1990s"),
    ],
    ids=lambda expected: expected.text,
)
@pytest.mark.parametrize("issued", [FRIDAY, None])
def test_a_full_date_means_itself_with_or_without_an_article_date(expected: When, issued: str | None) -> None:
    assert resolve(expected.text, issued, False, WORDS) == expected


@pytest.mark.parametrize(
    ("text", "past", "ahead"),
    [
        ("Monday", "2014-12-15", "2014-12-22"),
        ("Friday", "2014-12-19", "2014-12-19"),
        ("Saturday", "2014-12-13", "2014-12-20"),
        ("last Friday", "2014-12-12", "2014-12-12"),
        ("next Friday", "2014-12-26", "2014-12-26"),
        ("last Monday", "2014-12-15", "2014-12-15"),
        ("March 3", "2014-03-03", "2015-03-03"),
        ("19 December", "2014-12-19", "2014-12-19"),
        ("December 20", "2013-12-20", "2014-12-20"),
        ("yesterday", "2014-12-18", "2014-12-18"),
        ("today", "2014-12-19", "2014-12-19"),
        ("tomorrow", "2014-12-20", "2014-12-20"),
        ("earlier today", "2014-12-19", "2014-12-19"),
    ],
)
def test_a_day_without_year_is_the_nearest_on_its_side(text: str, past: str, ahead: str) -> None:
    assert resolve(text, FRIDAY, False, WORDS) == day(past, "Relative", text)
    assert resolve(text, FRIDAY, True, WORDS) == day(ahead, "Relative", text)


@pytest.mark.parametrize(
    "expected",
    [
        when("2014-12-08/2014-12-14", "2014-12-08", "2014-12-14", "Relative", "last week"),
        when("2014-12-22/2014-12-28", "2014-12-22", "2014-12-28", "Relative", "next week"),
        when("2014-12-15/2014-12-21", "2014-12-15", "2014-12-21", "Relative", "this week"),
        when("2014-11", "2014-11-01", "2014-11-30", "Relative", "last month"),
        when("2015-01", "2015-01-01", "2015-01-31", "Relative", "next month"),
        when("2013", "2013-01-01", "2013-12-31", "Relative", "last year"),
        when("2014", "2014-01-01", "2014-12-31", "Relative", "this year"),
        when("2015", "2015-01-01", "2015-12-31", "Relative", "next year"),
        when("200X", "2000-01-01", "2009-12-31", "Relative", "last decade"),
        when("2014-01/2014-09", "2014-01-01", "2014-09-30", "Relative", "January-September"),
        when("2014-01/2014-09", "2014-01-01", "2014-09-30", "Relative", "January to September"),
        when("2014-05", "2014-05-01", "2014-05-31", "Relative", "May"),
    ],
    ids=lambda expected: expected.text,
)
def test_a_period_is_counted_from_the_articles_date(expected: When) -> None:
    assert resolve(expected.text, FRIDAY, False, WORDS) == expected


def test_a_month_to_come_is_the_next_one_of_that_name() -> None:
    assert resolve("March", FRIDAY, True, WORDS) == when("2015-03", "2015-03-01", "2015-03-31", "Relative", "March")


def test_a_weekday_is_nearest_also_across_the_turn_of_a_year() -> None:
    assert resolve("Monday", "2015-01-01", False, WORDS) == day("2014-12-29", "Relative", "Monday")


def test_the_time_of_day_of_the_article_changes_nothing() -> None:
    assert resolve("Monday", "2014-12-19T23:59:00", False, WORDS) == day("2014-12-15", "Relative", "Monday")


@pytest.mark.parametrize("text", ["Monday", "March 3", "May", "last week", "yesterday", "January-September"])
def test_without_an_article_date_what_is_relative_stays_open(text: str) -> None:
    assert resolve(text, None, False, WORDS) is None


@pytest.mark.parametrize(
    "text",
    [
        "the same period of 2013",  # compared with, not the time of the event
        "the same month",
        "February 30, 2014",
        "2014-13-01",
        "September-January",  # over the turn of which year?
        "two weeks",
        "the last few years",
        "recently",
        "the may flowers",
        "20,130",
        "",
    ],
)
def test_what_cannot_be_settled_stays_open(text: str) -> None:
    assert resolve(text, FRIDAY, False, WORDS) is None


def test_the_29th_of_february_is_the_nearest_that_exists() -> None:
    assert resolve("February 29", "2013-03-01", False, WORDS) == day("2012-02-29", "Relative", "February 29")


def test_the_words_for_relative_time_come_from_the_ontology(ontology: Ontology) -> None:
    words = Calendar.of(ontology)
    assert [words.days[word] for word in ("yesterday", "today", "tomorrow")] == [-1, 0, 1]
    assert [words.periods[word] for word in ("last", "this", "next")] == [-1, 0, 1]


# -- for any input --------------------------------------------------------------------------------

LEVEL_1 = re.compile(r"(\d{4}(-\d\d(-\d\d)?)?)(/\d{4}(-\d\d(-\d\d)?)?)?|\d{3}X")
PARTS = (
    *("January", "Feb.", "March", "may", "December", "Monday", "Friday", "yesterday"),
    *("last", "next", "this", "week", "month", "year", "decade", "of", "-", "–", "to", ","),
    *("1", "29", "31", "1st", "1999", "2014", "2016", "1990s", "2014-02-30", "2016-02-29"),
)
EXPRESSIONS = st.one_of(st.lists(st.sampled_from(PARTS), max_size=6).map(" ".join), st.text(max_size=20))
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(str)


@given(text=EXPRESSIONS, issued=st.one_of(st.none(), DAYS), ahead=st.booleans())
def test_a_time_begins_before_it_ends_and_is_edtf(text: str, issued: str | None, ahead: bool) -> None:
    found = resolve(text, issued, ahead, WORDS)
    if found is not None:
        assert date.fromisoformat(found.begin) <= date.fromisoformat(found.end)
        assert LEVEL_1.fullmatch(found.edtf)
        assert (found.text, found.source in ("Explicit", "Relative")) == (text, True)
        assert issued or found.source == "Explicit"


@given(weekday=st.sampled_from(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]), issued=DAYS)
def test_a_weekday_lies_within_a_week_on_its_side(weekday: str, issued: str) -> None:
    today = date.fromisoformat(issued)
    before, after = (resolve(weekday, issued, ahead, WORDS) for ahead in (False, True))
    assert before is not None and after is not None
    assert 0 <= (today - date.fromisoformat(before.begin)).days < 7
    assert 0 <= (date.fromisoformat(after.begin) - today).days < 7
    assert date.fromisoformat(before.begin).strftime("%A") == date.fromisoformat(after.begin).strftime("%A") == weekday
