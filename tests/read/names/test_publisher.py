"""Whose words an article is: "we" and "the President" on the page of a government."""

from __future__ import annotations

import pytest
from articles import article_of

from kgbuild.read.names.publisher import publishing_state
from kgbuild.read.reader import Reader


@pytest.mark.parametrize(
    ("publisher", "state"),
    [
        ("White House", "United_States"),
        ("Kremlin", "Russia"),
        ("President of Ukraine", "Ukraine"),
        ("Australian Foreign Minister", "Australia"),
        ("TASS", None),
        ("Reuters", None),
        ("Nobody of Note", None),
        (None, None),
    ],
)
def test_a_publisher_that_is_a_body_or_office_of_a_state_speaks_for_that(
    publisher: str | None, state: str | None, reader: Reader
) -> None:
    assert publishing_state(publisher, reader.tools.gazetteer) == state


@pytest.mark.parametrize(
    ("title", "text", "acts_for"),
    [
        ("On Ghana", "We urge Togo to hold talks.", ("United_States",)),
        ("Joint Statement on Ghana", "We urge Togo to hold talks.", ()),
        ("Press briefing", "QUESTION: Why?\n\nMR. SMITH: We urge Togo to hold talks.", ()),
    ],
)
def test_we_on_a_page_of_the_white_house_is_its_state_unless_others_speak_too(
    title: str, text: str, acts_for: tuple[str, ...], reader: Reader
) -> None:
    [reading] = reader.read([article_of(text, title=title, publisher="White House", issued="2021-02-11")])
    [demand] = [claim for claim in reading.claims if claim.claims == "Demand"]
    assert [mention.represents for mention in demand.role("actor")] == [acts_for]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The President met Emmanuel Macron in Paris.", "Joe_Biden"),
        ("President Nana Akufo-Addo of Ghana arrived. The President met Emmanuel Macron in Paris.", "Nana_Akufo_Addo"),
    ],
)
def test_the_president_is_the_publishers_unless_another_is_called_so(text: str, who: str, reader: Reader) -> None:
    [reading] = reader.read([article_of(text, publisher="White House", issued="2021-02-11")])
    [meeting] = [claim for claim in reading.claims if claim.claims == "Meeting"]
    assert {entity for mention in meeting.role("participant") for entity in mention.entities} == {who, "Emmanuel_Macron"}
