"""The day of an article: the forms in which it is written, and where it is taken from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgbuild.errors import Problem
from kgbuild.model import Article
from kgbuild.ontology import Ontology
from kgbuild.read.text.article_dates import date_of, days_of
from kgbuild.read.text.corpus import read_corpus
from kgbuild.read.text.issued import DateNames, Said, find_issued

NO_DATE = "no date found, so relative dates stay open."
CURE = "Write it as year-month-day."
NAMES = DateNames(frozenset({"datepublished"}), frozenset({"date"}), frozenset({"datemodified"}))


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("16.12.2014", "2014-12-16"),
        ("16. 12. 2014", "2014-12-16"),
        ("16/12/2014", "2014-12-16"),
        ("12/16/2014", "2014-12-16"),
        ("12/16/14", "2014-12-16"),
        ("16-12-2014", "2014-12-16"),
        ("16.12.2014 17:03", "2014-12-16T17:03:00"),
        ("12/16/2014 5:03:09 PM", "2014-12-16T17:03:09"),
        ("2014/12/16", "2014-12-16"),
        ("2014.12.16.", "2014-12-16"),
        ("5/5/2014", "2014-05-05"),
        ("20141216", "2014-12-16"),
        ("20141216T170300Z", "2014-12-16T17:03:00"),
        ("20141216170300", "2014-12-16T17:03:00"),
        ("2014-W51-2", "2014-12-16"),
        ("16-Dec-14", "2014-12-16"),
        ("16-DEC-2014", "2014-12-16"),
        ("16/Dec/2014:17:03:00 +0000", "2014-12-16T17:03:00"),
        ("Dec-16-2014", "2014-12-16"),
        ("2014-Dec-16", "2014-12-16"),
        ("16-Dec-87", "1987-12-16"),
        ("Tue, 16 Dec 14 17:03:00 GMT", "2014-12-16T17:03:00"),
        ("Tue, 16 Dec 2014 17:03:00 +0300", "2014-12-16T17:03:00"),
        ("Tue Dec 16 17:03:00 +0000 2014", "2014-12-16T17:03:00"),
        ("Tue Dec 16 17:03:00 2014", "2014-12-16T17:03:00"),
        ("1418749380", "2014-12-16"),
        ("1418749380000", "2014-12-16"),
        ("1418749380.25", "2014-12-16"),
        ("545486400", "1987-04-15"),
        ("December 16th, 2014", "2014-12-16"),
        ("Dec 16, 2014, 5:03 PM", "2014-12-16T17:03:00"),
        ("Published: 16/12/2014 17:03 GMT", "2014-12-16T17:03:00"),
        ("2014-12-16T23:30:00-05:00", "2014-12-16T23:30:00"),
    ],
)
def test_a_day_that_can_be_only_one_is_read_in_whatever_form(value: str, day: str) -> None:
    assert date_of(value) == day


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("3/4/2014", ("2014-03-04", "2014-04-03")),
        ("03.04.2014", ("2014-03-04", "2014-04-03")),
        ("3-4-2014 17:03", ("2014-03-04T17:03:00", "2014-04-03T17:03:00")),
        ("16/12/14", ("2014-12-16", "2016-12-14")),
        ("31/11/2014", ()),
        ("2014-02-30", ()),
        ("2014-12", ()),
        ("16 Mayor 2014", ()),
        ("16/12-2014", ()),
        ("16/12/2014 25:00", ()),
        ("3 days ago 2014", ()),
        ("in 2014 hours", ()),
        ("16 décembre 2014", ()),
        ("20142014", ()),
        ("1" * 30, ()),
    ],
)
def test_a_value_gives_every_day_that_it_can_mean_and_no_other(value: str, days: tuple[str, ...]) -> None:
    assert days_of(value) == days


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("3/4/2014", 'the date "3/4/2014" may be 2014-03-04 or 2014-04-03'),
        ("0001-01-01", 'the date "0001-01-01" is before the year 1000'),
        ("9999-12-31", 'the date "9999-12-31" is in the future'),
        ("31.12.2999", 'the date "31.12.2999" is in the future'),
        ("2014-02-30", 'the date "2014-02-30" cannot be read as a day'),
        ("some time", 'the date "some time" cannot be read as a day'),
        ("\x1b[2J\u202e2014", 'the date "\ufffd[2J\ufffd2014" cannot be read as a day'),
        ("x" * 5000, f'the date "{"x" * 39}…" cannot be read as a day'),
    ],
)
def test_a_date_that_is_not_taken_is_told_with_its_value_and_why(value: str, fault: str) -> None:
    problems: list[Problem] = []
    assert find_issued("a", Said(field=value), NAMES, problems.append) is None
    assert problems == [Problem("a", f"{fault}, so relative dates stay open.", CURE)]


def test_a_date_in_the_text_stands_for_a_field_that_cannot_be_read_and_it_is_told() -> None:
    problems: list[Problem] = []
    said = Said(field="soon", line="Oslo March 3, 2016")
    assert find_issued("a", said, NAMES, problems.append) == "2016-03-03"
    assert problems == [
        Problem("a", 'the date "soon" cannot be read as a day; 2016-03-03, which stands elsewhere, is taken.', CURE)
    ]


@pytest.mark.parametrize(
    ("said", "issued", "problem"),
    [
        (Said(field="3/4/2014", dateline="April 3"), "2014-04-03", "told"),
        (Said(field="3/4/2014", dateline="May 3"), None, "told"),
        (Said(dateline="December 16"), None, NO_DATE),
        (Said(dateline="December 16", closing=("December 17, 2014",)), "2014-12-16", ""),
        (Said(dateline="December 31", closing=("January 2, 2015",)), "2014-12-31", ""),
        (Said(dateline="December 16", closing=("March 3, 1999",)), None, NO_DATE),
        (Said(closing=("December 17, 2014",)), None, NO_DATE),
        (Said(dateline="December 16", declared=(("datemodified", "2014-12-18"),)), "2014-12-16", ""),
        (Said(dateline="December 16, 2014", declared=(("time", "2019-03-01"),)), "2014-12-16", ""),
        (Said(declared=(("time", "2014-12-16T10:00:00Z"),)), "2014-12-16", ""),
        (Said(declared=(("datemodified", "2019-03-01"), ("datepublished", "2014-12-16"))), "2014-12-16", ""),
        (Said(declared=(("date", "2019-03-01"), ("datepublished", "2014-12-16"))), "2014-12-16", ""),
        (Said(line="March 3, 2016", declared=(("url", "20141216"),)), "2016-03-03", ""),
        (
            Said(declared=(("datemodified", "2019-03-01"),)),
            None,
            "no date of publication found, only of a change (2019-03-01), so relative dates stay open.",
        ),
    ],
)
def test_the_surest_word_for_a_day_is_taken_and_none_is_invented(said: Said, issued: str | None, problem: str) -> None:
    problems: list[Problem] = []
    assert find_issued("a", said, NAMES, problems.append) == issued
    if problem == "told":
        assert [p.what.startswith('the date "3/4/2014" may be') for p in problems] == [True]
    else:
        assert [p.what for p in problems] == [problem] * bool(problem)


def read(tmp_path: Path, ontology: Ontology, **fields: Any) -> tuple[list[Article], list[Problem]]:
    (tmp_path / "a.jsonl").write_text(json.dumps(fields))
    problems: list[Problem] = []
    return list(read_corpus([tmp_path], ontology, problems.append)), problems


@pytest.mark.parametrize("value", [1418749380, 1418749380.0, 1418749380000, {"$date": {"$numberLong": "1418749380000"}}])
def test_a_date_is_a_number_or_wrapped_as_databases_do(tmp_path: Path, ontology: Ontology, value: Any) -> None:
    [article], problems = read(tmp_path, ontology, text="Norway met Oman.", date=value)
    assert (article.issued, problems) == ("2014-12-16", [])


@pytest.mark.parametrize(("value", "shown"), [([1, 2], "[…]"), ({"a": 1, "b": 2}, "{…}"), (True, "True")])
def test_a_date_of_no_sensible_kind_is_told(tmp_path: Path, ontology: Ontology, value: Any, shown: str) -> None:
    [article], problems = read(tmp_path, ontology, text="Norway met Oman.", date=value)
    told = Problem("a.jsonl:1", f'the date "{shown}" cannot be read as a day, so relative dates stay open.', CURE)
    assert (article.issued, problems) == (None, [told])


@pytest.mark.parametrize(
    ("opening", "place", "issued"),
    [
        ("BELGRADE, December 16, 2014. ", "BELGRADE", "2014-12-16"),
        ("NEW YORK, 16 December 2014: ", "NEW YORK", "2014-12-16"),
        ("ACCRA, Ghana, Dec. 16, 2014. ", "ACCRA", "2014-12-16"),
        ("MOSCOW, December 16. ", "MOSCOW", None),
    ],
)
def test_a_dateline_with_a_day_needs_no_agency(
    tmp_path: Path, ontology: Ontology, opening: str, place: str, issued: str | None
) -> None:
    [article], _ = read(tmp_path, ontology, text=f"Treaty signed\n\n{opening}Norway signed a treaty.")
    assert (article.place, article.issued, article.dateline) == (place, issued, opening.strip())


def test_a_day_in_a_sentence_is_no_dateline(tmp_path: Path, ontology: Ontology) -> None:
    [article], problems = read(
        tmp_path, ontology, text="NATO, December 16, 2014, was told. The accord of May 3, 1999 stands."
    )
    assert (article.dateline, article.issued, problems) == (None, None, [Problem("a.jsonl:1", NO_DATE)])


@settings(deadline=None, max_examples=200)
@given(value=st.text(alphabet="0123456789/-. :TZ+DecPMag,\u0663", max_size=30))
def test_every_reading_of_any_value_is_iso_8601(value: str) -> None:
    assert all(len(day) in (10, 19) and day[4] == day[7] == "-" for day in days_of(value))
