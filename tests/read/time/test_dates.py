"""Expressions of time: what they mean for an article of Friday, 19 December 2014."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from edtf_validate.valid_edtf import conformsLevel1
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.model import When
from kgbuild.ontology import Ontology, load
from kgbuild.read.time.dates import Calendar
from kgbuild.read.time.meanings import AHEAD, NEAR, PAST, onwards
from kgbuild.read.time.words import TimeWords

FRIDAY = "2014-12-19"
CALENDAR = Calendar.of(load())


def resolve(text: str, issued: str | None, side: str) -> When | None:
    """When the first expression of time in *text* is, unless something is only compared with it."""
    found = next(iter(CALENDAR.find(text)), None)
    return found.when(text, issued, side) if found is not None and found.relation != "comparison" else None


def when(edtf: str, begin: str, end: str, source: str, text: str) -> When:
    return When(edtf, begin, end, source, text)


def day(edtf: str, source: str, text: str) -> When:
    return When(edtf, edtf, edtf, source, text)


@pytest.mark.parametrize(
    "expected",
    [
        day("2014-12-01", "Explicit", "December 1, 2014"),
        day("2014-12-01", "Explicit", "1 December 2014"),
        day("2014-12-01", "Explicit", "1st of December 2014"),
        day("2014-09-03", "Explicit", "Sept. 3, 2014"),
        day("2014-12-01", "Explicit", "2014-12-01"),
        when("2013-12", "2013-12-01", "2013-12-31", "Explicit", "December 2013"),
        when("2012-02", "2012-02-01", "2012-02-29", "Explicit", "February 2012"),
        when("2013-12", "2013-12-01", "2013-12-31", "Explicit", "December of 2013"),
        when("2013-01/2013-09", "2013-01-01", "2013-09-30", "Explicit", "January-September 2013"),
        when("2013", "2013-01-01", "2013-12-31", "Explicit", "2013"),
        when("2010/2013", "2010-01-01", "2013-12-31", "Explicit", "2010-2013"),
        when("199X", "1990-01-01", "1999-12-31", "Explicit", "the 1990s"),
        when("199X", "1990-01-01", "1999-12-31", "Explicit", "'90s"),
        when("1990/1993", "1990-01-01", "1993-12-31", "Explicit", "the early 1990s"),
        when("18XX", "1800-01-01", "1899-12-31", "Explicit", "19th century"),
        when("2010/2014", "2010-01-01", "2014-12-31", "Explicit", "2010-14"),
        when("2010/2014", "2010-01-01", "2014-12-31", "Explicit", "between 2010 and 2014"),
        day("2014-12-19", "Explicit", "12/19/2014"),
        day("2014-12-19", "Explicit", "19/12/2014"),
        day("2014-12-19", "Explicit", "19.12.2014"),
        day("2014-12-19", "Explicit", "December 19th, 2014"),
        day("2014-12-19", "Explicit", "2014-12-19T11:40"),
        day("1987-05-12", "Explicit", "MAY 12, 1987"),
        when("2014-02-08/2014-02-18", "2014-02-08", "2014-02-18", "Explicit", "February, 8-18 2014"),
        when("1983-05/1983-08", "1983-05-01", "1983-08-31", "Explicit", "mid-1983"),
        when("2014-05-03/2014-05-05", "2014-05-03", "2014-05-05", "Explicit", "May 3-5, 2014"),
        when("2014-05-03/2014-05-05", "2014-05-03", "2014-05-05", "Explicit", "3 to 5 May 2014"),
        when("2014-12-30/2015-01-02", "2014-12-30", "2015-01-02", "Explicit", "from December 30 to January 2, 2015"),
        when("2014-21", "2014-03-01", "2014-05-31", "Explicit", "spring of 2014"),
        when("2013-24", "2013-12-01", "2014-02-28", "Explicit", "winter 2013"),
        when("2014-01/2014-03", "2014-01-01", "2014-03-31", "Explicit", "the first quarter of 2014"),
        when("2014-04/2014-06", "2014-04-01", "2014-06-30", "Explicit", "Q2 2014"),
        when("2014-01/2014-06", "2014-01-01", "2014-06-30", "Explicit", "the first half of 2014"),
        when("2014-01/2014-04", "2014-01-01", "2014-04-30", "Explicit", "early 2014"),
        when("2013-09/2013-12", "2013-09-01", "2013-12-31", "Explicit", "late 2013"),
        when("2014-05-11/2014-05-20", "2014-05-11", "2014-05-20", "Explicit", "mid-May 2014"),
        when("2014-03-21/2014-03-31", "2014-03-21", "2014-03-31", "Explicit", "the end of March 2014"),
    ],
    ids=lambda expected: expected.text,
)
@pytest.mark.parametrize("issued", [FRIDAY, None])
def test_a_full_date_means_itself_with_or_without_an_article_date(expected: When, issued: str | None) -> None:
    assert resolve(expected.text, issued, PAST) == expected


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
        ("December 19", "2014-12-19", "2014-12-19"),
        ("Christmas Day", "2013-12-25", "2014-12-25"),
        ("Monday next week", "2014-12-22", "2014-12-22"),
        ("the day after tomorrow", "2014-12-21", "2014-12-21"),
        ("last night", "2014-12-18", "2014-12-18"),
        ("three days ago", "2014-12-16", "2014-12-16"),
    ],
)
def test_a_day_without_year_is_the_nearest_on_its_side(text: str, past: str, ahead: str) -> None:
    assert resolve(text, FRIDAY, PAST) == day(past, "Relative", text)
    assert resolve(text, FRIDAY, AHEAD) == day(ahead, "Relative", text)


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
        when("2013-09/2014-01", "2013-09-01", "2014-01-31", "Relative", "September-January"),
        when("2014-12-15/2014-12-19", "2014-12-15", "2014-12-19", "Relative", "Monday to Friday"),
        when("2014-05-03/2014-05-04", "2014-05-03", "2014-05-04", "Relative", "May 3 and 4"),
        when("2014-12-01/2014-12-19", "2014-12-01", "2014-12-19", "Relative", "earlier this month"),
        when("2014-12-19/2014-12-31", "2014-12-19", "2014-12-31", "Relative", "later this year"),
        when("2015-01-01/2015-01-10", "2015-01-01", "2015-01-10", "Relative", "early next month"),
        when("2014-09/2014-12", "2014-09-01", "2014-12-31", "Relative", "the end of the year"),
        when("2014-22", "2014-06-01", "2014-08-31", "Relative", "this summer"),
        when("2013-24", "2013-12-01", "2014-02-28", "Relative", "last winter"),
        when("2013-07/2013-09", "2013-07-01", "2013-09-30", "Relative", "the third quarter of last year"),
        when("2014-07/2014-09", "2014-07-01", "2014-09-30", "Relative", "last quarter"),
        when("2015-10", "2015-10-01", "2015-10-31", "Relative", "October of next year"),
        when("2014-12-13/2014-12-14", "2014-12-13", "2014-12-14", "Relative", "the weekend"),
        when("2014-12-01/2014-12-07", "2014-12-01", "2014-12-07", "Relative", "two weeks ago"),
        when("2004", "2004-01-01", "2004-12-31", "Relative", "a decade ago"),
        when("2009/2014", "2009-01-01", "2014-12-31", "Relative", "the past five years"),
        when("2004/2014", "2004-01-01", "2014-12-31", "Relative", "over the last decade"),
        when("2014-12-05/2014-12-19", "2014-12-05", "2014-12-19", "Relative", "the past two weeks"),
        when("2014-12-19/2014-12-22", "2014-12-19", "2014-12-22", "Relative", "the next three days"),
    ],
    ids=lambda expected: expected.text,
)
def test_a_period_is_counted_from_the_articles_date(expected: When) -> None:
    assert resolve(expected.text, FRIDAY, PAST) == expected


def test_a_month_to_come_is_the_next_one_of_that_name() -> None:
    assert resolve("March", FRIDAY, AHEAD) == when("2015-03", "2015-03-01", "2015-03-31", "Relative", "March")


def test_a_weekday_is_nearest_also_across_the_turn_of_a_year() -> None:
    assert resolve("Monday", "2015-01-01", PAST) == day("2014-12-29", "Relative", "Monday")


def test_the_time_of_day_of_the_article_changes_nothing() -> None:
    assert resolve("Monday", "2014-12-19T23:59:00", PAST) == day("2014-12-15", "Relative", "Monday")


@pytest.mark.parametrize("text", ["Monday", "March 3", "May", "last week", "yesterday", "January-September"])
def test_without_an_article_date_what_is_relative_stays_open(text: str) -> None:
    assert resolve(text, None, PAST) is None


@pytest.mark.parametrize(
    "text",
    [
        "the same period of 2013",  # compared with, not the time of the event
        "the same month",
        "February 30, 2014",
        "2014-13-01",
        "two weeks",
        "a year later",  # than what?
        "the previous year",
        "the 54-year-old",
        "the last few years",
        "recently",
        "the may flowers",
        "20,130",
        "",
    ],
)
def test_what_cannot_be_settled_stays_open(text: str) -> None:
    assert resolve(text, FRIDAY, PAST) is None


def test_the_29th_of_february_is_the_nearest_that_exists() -> None:
    assert resolve("February 29", "2013-03-01", PAST) == day("2012-02-29", "Relative", "February 29")


def test_the_words_for_relative_time_come_from_the_ontology(ontology: Ontology) -> None:
    words = TimeWords.of(ontology)
    assert [words.days[word] for word in ("yesterday", "today", "tomorrow")] == [-1, 0, 1]
    assert [words.periods[word] for word in ("last", "this", "next")] == [-1, 0, 1]


# -- what stands around it ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("on Friday", ""),
        ("since 2011", "since"),
        ("until Friday", "deadline"),
        ("by the end of the year", "deadline"),
        ("from May 5", "opening"),
        ("starting on Monday", "opening"),
        ("from 3 to 5 May", ""),
        ("up 4% over 2012", "comparison"),
        ("more than in 2012", "comparison"),
        ("compared with January", "comparison"),
        ("over the same period of 2013", "comparison"),
    ],
)
def test_a_preposition_says_what_a_time_is_to_the_event(text: str, relation: str) -> None:
    assert [one.relation for one in CALENDAR.find(text)] == [relation]


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("a two-day visit starting on Monday", "2014-12-22", "2014-12-23"),
        ("for three weeks from May 5", "2015-05-05", "2015-05-25"),
        ("a week-long visit from April 29", "2015-04-29", "2015-05-05"),
        ("within 48 hours", "2014-12-19", "2014-12-21"),
        ("in two weeks", "2014-12-29", "2015-01-04"),
    ],
)
def test_a_length_counts_from_the_day_it_starts(text: str, begin: str, end: str) -> None:
    found = CALENDAR.find(text)[-1].when(text, FRIDAY, AHEAD)
    assert found is not None and (found.begin, found.end) == (begin, end)


def test_how_long_it_took_is_no_time() -> None:
    assert [one.when("in two weeks", FRIDAY, PAST) for one in CALENDAR.find("in two weeks")] == [None]


def test_a_period_that_goes_on_has_no_end() -> None:
    [one] = CALENDAR.find("since 2011")
    period = onwards(one.meaning)(None, PAST)
    assert period is not None and (period.edtf, str(period.begin), period.end) == ("2011/..", "2011-01-01", None)


def test_of_two_sides_the_nearer_counts_where_no_tense_says_which() -> None:
    assert [resolve(text, FRIDAY, NEAR) for text in ("Monday", "Wednesday", "January 3")] == [
        day("2014-12-22", "Relative", "Monday"),
        day("2014-12-17", "Relative", "Wednesday"),
        day("2015-01-03", "Relative", "January 3"),
    ]


@pytest.mark.parametrize("text", ["1987", "May"])
def test_a_bare_year_or_month_is_unsure_until_a_preposition_stands_before_it(text: str) -> None:
    assert [one.sure for t in (text, f"in {text}") for one in CALENDAR.find(t)] == [False, True]


# -- for any input --------------------------------------------------------------------------------

PARTS = (
    *("January", "Feb.", "March", "may", "December", "Monday", "Friday", "yesterday"),
    *("last", "next", "this", "week", "month", "year", "decade", "of", "-", "–", "to", ","),
    *("early", "late", "mid-", "the", "end", "in", "from", "between", "and", "since", "ago", "past", "within", "starting"),
    *("first", "third", "quarter", "half", "century", "spring", "winter", "weekend", "days", "two-day", "hours", "decades"),
    *("Q3", "'80s", "13/12/2014", "1987-91", "two", "999", "19th"),
    *("1", "29", "31", "1st", "1999", "2014", "2016", "1990s", "2014-02-30", "2016-02-29"),
)
EXPRESSIONS = st.one_of(st.lists(st.sampled_from(PARTS), max_size=6).map(" ".join), st.text(max_size=20))
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(str)


SIDES = st.sampled_from([PAST, AHEAD, NEAR])


@given(text=EXPRESSIONS, issued=st.one_of(st.none(), DAYS), side=SIDES)
def test_a_time_begins_before_it_ends_and_is_edtf(text: str, issued: str | None, side: str) -> None:
    for one in CALENDAR.find(text):
        found = one.when(text, issued, side)
        if found is not None:
            assert found.end is not None and date.fromisoformat(found.begin) <= date.fromisoformat(found.end)
            assert conformsLevel1(found.edtf)
            assert found.text == text[one.start : one.end]
            assert issued or found.source == "Explicit"


@given(issued=st.dates(date(1950, 1, 1), date(2050, 12, 31)), side=SIDES, weeks=st.integers(-50, 50))
@pytest.mark.parametrize(
    "text", ["Monday", "last Friday", "yesterday", "two weeks ago", "the past 3 days", "next week", "the weekend"]
)
def test_what_is_counted_in_days_shifts_with_the_articles_date(text: str, issued: date, side: str, weeks: int) -> None:
    shift = timedelta(weeks=weeks)
    one, other = (resolve(text, str(when), side) for when in (issued, issued + shift))
    assert one is not None and other is not None and one.end is not None and other.end is not None
    assert date.fromisoformat(one.begin) + shift == date.fromisoformat(other.begin)
    assert date.fromisoformat(one.end) + shift == date.fromisoformat(other.end)


@given(weekday=st.sampled_from(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]), issued=DAYS)
def test_a_weekday_lies_within_a_week_on_its_side(weekday: str, issued: str) -> None:
    today = date.fromisoformat(issued)
    before, after = (resolve(weekday, issued, side) for side in (PAST, AHEAD))
    assert before is not None and after is not None and after.end is not None
    assert 0 <= (today - date.fromisoformat(before.begin)).days < 7
    assert 0 <= (date.fromisoformat(after.begin) - today).days < 7
    assert date.fromisoformat(before.begin).strftime("%A") == date.fromisoformat(after.begin).strftime("%A") == weekday
