"""Which words of a text are a name, and how far it goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from mentions import named

from kgbuild.model import Reading
from kgbuild.read.names.trimming import trimmed
from kgbuild.read.parse.nlp import parse
from kgbuild.read.parse.tokens import Span
from kgbuild.read.reader import Reader
from tests.conftest import article_of


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The firm exports Brazil nuts to shops.", "Brazil"),
        ("People climbed the Berlin Wall.", "Berlin"),
        ("Paris Hilton opened a hotel.", "Paris"),
        ("The governments signed the Vienna Convention.", "Vienna"),
        ("China Airlines cancelled a flight.", "China"),
        ("The magazine H Texas chose a dentist.", "Texas"),
        ("Voters in New Mexico elected a governor.", "Mexico"),
        ("The Labour Day parade was short.", "Labour"),
        ("He carved a turkey.", "turkey"),
    ],
)
def test_a_place_is_not_cut_out_of_another_name(read_text: Callable[..., Reading], text: str, place: str) -> None:
    assert named(read_text(text), place) == []


def test_a_surname_of_a_full_name_does_not_hide_a_place(read_text: Callable[..., Reading]) -> None:
    reading = read_text("Norway and Jordan signed an accord. Jordan thanked Norway.")
    assert named(reading, "Jordan") == [("Jordan",), ("Jordan",)]


@pytest.mark.parametrize(
    ("text", "words", "entities"),
    [
        ("West German banks lent to Peru.", "West", ()),
        ("West German banks lent to Peru.", "West German", ("West_Germany",)),
        ("The European Community met, and the Community praised Peru.", "Community", ("European_Community",)),
        ("The Peruvian Rubber Institute, IPR, said that prices fell.", "IPR", ("Peruvian_Rubber_Institute",)),
        ("The Rubber Growers Union, SPR, met Chad, and SPR praised Peru.", "SPR", ("SPR",)),
        ("The clause on West Berlin angered Peru.", "Berlin", ()),
        ("Peru thanked envoy Kofi Quashigah of Ghana.", "Kofi Quashigah", ("Kofi_Quashigah",)),
        ("Arturo Hernandez Grisanti met reporters. Hernandez praised Peru.", "Hernandez", ("Arturo_Hernandez_Grisanti",)),
    ],
)
def test_a_name_is_taken_whole_and_no_longer_than_it_is(
    read_text: Callable[..., Reading], text: str, words: str, entities: tuple[str, ...]
) -> None:
    assert {e for found in named(read_text(text), words) for e in found} == set(entities)


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        (
            "Talks on the General Agreement on Trade and Tariffs (GATT) began in Peru.",
            "General Agreement on Trade and Tariffs",
            "General_Agreement_on_Tariffs_and_Trade",
        ),
        ("An economist in the West German Ministry of Agriculture met Peru.", "West German", "West_Germany"),
        ("He spoke at Buenos Aires' City Council hall.", "Buenos Aires", "Buenos_Aires"),
    ],
)
def test_a_slip_a_longer_demonym_and_a_towns_hall_do_not_mislead(
    read_text: Callable[..., Reading], text: str, words: str, entity: str
) -> None:
    assert {e for denoted in named(read_text(text), words) for e in denoted} == {entity}


@pytest.mark.parametrize(
    ("text", "words", "entities"),
    [
        ("The White  House thanked Peru.", "White  House", ("White_House",)),
        ("Tankers left the Persian  Gulf for Peru.", "Persian  Gulf", ("Persian_Gulf",)),
        ("Alexander  Stubb of Finland met Peru.", "Alexander  Stubb", ("Alexander_Stubb",)),
    ],
)
def test_a_name_is_the_same_whatever_the_white_space_in_it(
    read_text: Callable[..., Reading], text: str, words: str, entities: tuple[str, ...]
) -> None:
    assert named(read_text(text), words) == [entities]


def test_a_town_s_body_is_none_of_its_state(read_text: Callable[..., Reading]) -> None:
    reading = read_text("He spoke at Buenos Aires' City Council hall. Argentina's Regional Council met.")
    assert not [m for m in reading.mentions if "of_Argentina" in "".join(m.entities)]


@pytest.mark.parametrize(
    ("text", "words", "entities"),
    [
        ("Fidel Castro spoke. Fidel Castro Ruiz, the eldest son of Castro, left.", "Castro", ["Fidel_Castro"]),
        (
            "President Obama left. Obama and Michelle Obama met Peru. Later Obama spoke.",
            "Obama",
            ["Barack_Obama", "Barack_Obama", "Barack_Obama"],
        ),
        ("Oliver North met, in 1986, the then head of the CIA William Casey.", "the then head", []),
        ("The members are Helmut Schmidt and Giulio Rossi, founders of the EMS.", "founders", []),
        ("Ministers from member states Ecuador, Peru and Chad met.", "member states", []),
        ("The annual NAWG board met Peru.", "The annual NAWG board", []),
        ("The southern and eastern Mediterranean region met Peru.", "The southern and eastern Mediterranean region", []),
        (
            "He thanked the Ukrainian Cabinet of Ministers.",
            "Ukrainian Cabinet of Ministers",
            ["Cabinet_of_Ministers_of_Ukraine"],
        ),
        ("The American Express Bank thanked Peru.", "American Express Bank", ["American_Express_Bank"]),
        ("Mexican President Miguel de la Madrid thanked Peru.", "Miguel de la Madrid", ["Miguel_de_la_Madrid"]),
        ("Mexican President Miguel de la Madrid thanked Peru.", "Madrid", []),
        (
            "Dilson Funaro met Nigel Lawson. Lawson told Funaro Brazil had to pay. Funaro left.",
            "Funaro",
            ["Dilson_Funaro"] * 2,
        ),
        ("The IMF offered another IMF program.", "another IMF program", []),
    ],
)
def test_a_name_is_nobody_else_s(read_text: Callable[..., Reading], text: str, words: str, entities: list[str]) -> None:
    assert [e for denoted in named(read_text(text), words) for e in denoted] == entities


def test_of_what_has_no_word_of_a_name_nothing_is_left(reader: Reader) -> None:
    [(_, [passage])] = parse(reader.tools.nlp, reader.ontology, [article_of("Norway met Peru.")])
    full_stop = len(passage.doc) - 1
    first, last = trimmed(Span(passage.doc, full_stop, full_stop + 1, "PERSON"), "Person", (), reader.tools.gazetteer)
    assert first == last
