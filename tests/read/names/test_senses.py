"""What a known name means where it stands: by what the article speaks of, by its day, by the words around it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from mentions import article_of_many, named

from kgbuild.model import Reading
from kgbuild.read.reader import Reader


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        ("Protests broke out in Tbilisi, and Georgia recalled its envoy.", "Georgia", "Georgia"),
        ("Storms hit Atlanta and Alabama, and Georgia closed its schools.", "Georgia", "Georgia_US_state"),
        ("British voters left Labour.", "Labour", "Labour_Party"),
        ("Australian voters left Labor.", "Labor", "Australian_Labor_Party"),
        ("Canadian voters left the Conservatives.", "Conservatives", "Conservative_Party_of_Canada"),
        ("The American dentist works in Houston, TX.", "TX", "Texas"),
        ("She lives in Fresno, Calif. and teaches.", "Calif.", "California"),
        ("The Bank of England raised rates.", "Bank of England", "Bank_of_England"),
        ("The Washington Post reported a leak.", "The Washington Post", "Washington_Post"),
        ("Voters in New Mexico elected a governor.", "New Mexico", "New_Mexico"),
        ("Shell paid Ukraine for the gas.", "Shell", "Shell"),
    ],
)
def test_a_name_means_what_its_company_says(read_text: Callable[..., Reading], text: str, words: str, entity: str) -> None:
    assert named(read_text(text), words) == [(entity,)]


def test_a_name_used_at_home_counts_only_where_its_state_is_spoken_of(read_text: Callable[..., Reading]) -> None:
    assert named(read_text("The voters left Labour."), "Labour") != [("Labour_Party",)]


@pytest.mark.parametrize(
    ("issued", "words", "entity"),
    [
        ("1987-03-02", "George Bush", "George_H_W_Bush"),
        ("2003-03-02", "George Bush", "George_W_Bush"),
        ("2018-03-02", "Paris accord", "Paris_Agreement"),
    ],
)
def test_of_namesakes_the_one_is_meant_whom_the_day_allows(
    read_text: Callable[..., Reading], issued: str, words: str, entity: str
) -> None:
    assert named(read_text(f"Canada praised {words}.", issued=issued), words) == [(entity,)]


def test_an_agreement_is_not_spoken_of_before_it_is_made(read_text: Callable[..., Reading]) -> None:
    found = named(read_text("Canada praised the Paris accord.", issued="1987-03-02"), "Paris accord")
    assert ("Paris_Agreement",) not in found


def test_germany_is_west_germany_while_there_are_two(read_text: Callable[..., Reading]) -> None:
    text = "The German minister praised Germany."
    assert [named(read_text(text, issued=day), "German") for day in ("1987-03-02", "2014-03-02")] == [
        [("West_Germany",)],
        [("Germany",)],
    ]


@pytest.mark.parametrize(
    ("text", "words", "entities"),
    [
        ("The French Treasury paid Peru. Britain and the United States watched.", "Treasury", set()),
        ("The Bolivian Congress praised the United States.", "Congress", set()),
        ("The American Congress praised Bolivia.", "American Congress", {"US_Congress"}),
        ("Argentina paid. Treasury Secretary Mario Brodersohn thanked the United States.", "Treasury", set()),
        ("The United States paid. Treasury Secretary James Baker thanked Peru.", "Treasury", {"US_Treasury"}),
    ],
)
def test_a_body_is_not_that_of_a_state_which_the_words_beside_it_rule_out(
    read_text: Callable[..., Reading], text: str, words: str, entities: set[str]
) -> None:
    found = {e for denoted in named(read_text(text, issued="1987-03-01"), words) for e in denoted}
    assert {e for e in found if not e.startswith(f"{words.replace(' ', '_')}_in_")} == entities


def test_a_name_used_at_home_is_not_that_of_a_state_hardly_spoken_of(reader: Reader) -> None:
    """Canada, named once in passing in another paragraph, has no part in a Greek quarrel."""
    paragraphs = (
        "Greece met Turkey. Greece warned Turkey. Greece and Turkey quarrelled over oil.",
        "An envoy of Canada was there.",
        "The Conservative leader urged calm.",
    )
    passing, spoken_of = (next(reader.read([article_of_many(*some)])) for some in (paragraphs, paragraphs[1:]))
    assert named(passing, "Conservative") == []
    assert named(spoken_of, "Conservative") == [("Conservative_Party_of_Canada",)]


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        (
            "The Confederation of British Industry (CBI) met Peru. India agreed, and CBI staff left.",
            "CBI",
            "Confederation_of_British_Industry",
        ),
        ("The CBI raided a house in India.", "CBI", "Central_Bureau_of_Investigation"),
        ("Zaire met Algeria. The Congo President Denis Sassou-Nguesso spoke.", "Congo", "Republic_of_the_Congo"),
        ("Kinshasa was calm. Congo thanked Peru.", "Congo", "Democratic_Republic_of_the_Congo"),
        ("Tunis was calm. The TAP news agency reported it.", "TAP", "Tunis_Afrique_Presse"),
    ],
)
def test_a_short_name_means_what_the_article_says_it_means(
    read_text: Callable[..., Reading], text: str, words: str, entity: str
) -> None:
    assert {e for denoted in named(read_text(text), words) for e in denoted} == {entity}


@pytest.mark.parametrize("text", ["The PT Tambang company met Peru.", "The STC met Peru.", "Congo thanked Peru."])
def test_a_short_name_of_a_body_of_no_state_spoken_of_is_left_open(read_text: Callable[..., Reading], text: str) -> None:
    known = {"Workers_Party_of_Brazil", "Southern_Transitional_Council", "Democratic_Republic_of_the_Congo"}
    assert {e for m in read_text(text).mentions for e in m.entities} & known == set()


@pytest.mark.parametrize(
    ("text", "issued", "words", "entities"),
    [
        ("Peru warned that Belgrade failed to pay.", "1987-04-01", "Belgrade", ("Yugoslavia",)),
        ("Peru warned that Belgrade failed to pay.", "2014-04-01", "Belgrade", ("Serbia",)),
        ("Moscow, Nov.17 (TASS) - President Putin thanked Peru.", "2014-11-17", "Moscow", ("Moscow",)),
        ("One Santos exporter met Peru.", "1987-03-12", "Santos", ()),
    ],
)
def test_a_name_means_what_it_meant_then_and_there(
    read_text: Callable[..., Reading], text: str, issued: str, words: str, entities: tuple[str, ...]
) -> None:
    assert [e.partition("_in_")[0] for denoted in named(read_text(text, issued=issued), words) for e in denoted] == [
        *entities
    ]


@pytest.mark.parametrize(
    ("text", "issued", "words", "entities"),
    [
        ("Greece signed a 1956 Geneva Convention.", "1987-03-30", "Geneva Convention", ["Geneva_Convention"]),
        ("Greece cited the Geneva Convention.", "1987-03-30", "Geneva Convention", ["Geneva_Conventions"]),
        ("Soviet KGB agents left Peru.", "1987-03-30", "KGB", ["KGB"]),
        ("Peru thanked the OAU.", "1987-03-30", "OAU", ["Organisation_of_African_Unity"]),
        (
            "Canada spoke. Clark told the House of Commons in Ottawa. The Commons listened.",
            "1987-03-30",
            "Commons",
            ["House_of_Commons_of_Canada"],
        ),
        ("London spoke. Peru thanked the Commons.", "1987-03-30", "Commons", ["House_of_Commons"]),
    ],
)
def test_a_body_or_treaty_of_a_like_name_is_another(
    read_text: Callable[..., Reading], text: str, issued: str, words: str, entities: list[str]
) -> None:
    assert [e for denoted in named(read_text(text, issued=issued), words) for e in denoted] == entities


def test_a_name_used_at_home_means_further_on_what_it_meant_beside_its_state(reader: Reader) -> None:
    article = article_of_many(
        "British Chancellor Nigel Lawson spoke, a Treasury spokesman said.",
        "U.S. banks left. U.S. firms left.",
        "The Treasury spokesman left.",
    )
    assert named(next(reader.read([article])), "Treasury") == [("HM_Treasury",), ("HM_Treasury",)]
