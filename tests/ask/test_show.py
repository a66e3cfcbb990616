"""`kgbuild show`: a thing, an event or an edge on one screen."""

from __future__ import annotations

import doctest
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.ask.show import names, partners, show
from kgbuild.ask.show.dossier import Bond, Dossier, Post, Saying, dossier
from kgbuild.ask.show.events import Deed
from kgbuild.ask.show.evidence import account
from kgbuild.ask.show.names import Name
from kgbuild.ask.show.partners import Partner
from kgbuild.ask.show.text import render
from kgbuild.ask.terms import UNSEEN
from kgbuild.cli import main
from kgbuild.errors import QueryError
from kgbuild.graph.store import Graph
from kgbuild.graph.triples import PREFIXES

SMALL = Path(__file__).parents[1] / "small.trig"


@pytest.fixture(scope="module")
def graph() -> Graph:
    small = Graph.memory()
    small.load_trig(SMALL)
    return small


def graph_with(more: str, where: str = "things") -> Graph:
    """The small graph, with *more* said in one of its graphs."""
    known = Graph.memory()
    known.load_trig(SMALL)
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    known._store.update(f"{prefixes} INSERT DATA {{ GRAPH id:graph\\/{where} {{ {more} }} }}")
    return known


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("show") / "output"
    store = Graph.create(folder / "store")
    store.load_trig(SMALL)
    store.compact()
    return folder


def test_a_dossier_has_who_it_is_its_offices_partners_events_words_and_sources(graph: Graph) -> None:
    talks = Deed(
        id="id:event/Meeting/2021-03-06/Lena_Ostrov-Tomas_Reyl",
        what="Meeting: Lena Ostrov, Tomas Reyl",
        when="2021-03-06",
        day="2021-03-06",
        status="Planned",
        score=2.5,
        sources=1,
        claims=2,
        sentence="Lena Ostrov will meet Tomas Reyl in Port Selin on March 6, Foreign Ministry spokesman Pavel Drum said.",
        speaker="Pavel Drum",
        outlet="Selin Wire",
        published="2021-03-05",
    )
    words = 'Belmora\'s foreign minister Tomas Reyl said it "was never our line".'
    assert dossier(graph, "tomas reyl") == Dossier(
        label="Tomas Reyl",
        id="id:Tomas_Reyl",
        kinds=("person",),
        state="Belmora",
        wikidata=None,
        names=(Name("Reyl", 1),),
        offices=(Post("Tomas Reyl", "foreign minister", "Belmora", "2019-06-01", None, None, None, 1),),
        holders=(),
        bonds=(),
        mentions=3,
        articles=2,
        first="2021-03-05",
        last="2021-03-08",
        quads=(("verbal cooperation", 1),),
        partners=(Partner("Lena Ostrov", "id:Lena_Ostrov", 1, None, ""),),
        events=1,
        weightiest=(talks,),
        latest=(talks,),
        sayings=(Saying("2021-03-08", words, True, "Belmora leaves the Amber Line", "Belmoran Post"),),
        said=1,
        sources=(("Belmoran Post", 1), ("Selin Wire", 1)),
    )


SCREEN = """\
Belmora
Is         state · id:Belmora
Names      Bélmora
People     Tomas Reyl, foreign minister, since 2019-06-01
With       Arvania (2, cooperative +5.0)
In all     4 events: 2 verbal cooperation, 1 material conflict, 1 material
           cooperation
Events     2021-02, reported: Signing: Arvania, Belmora → Harbour Accord
             “Arvania and Belmora signed the Harbour Accord in Port Selin in
             February 2021.” — Belmoran Post, 2021-03-08
"""


def test_the_screen_has_the_summary_first(graph: Graph) -> None:
    assert show(graph, "Belmora", width=80, height=40).text[: len(SCREEN)] == SCREEN


@given(width=st.integers(80, 120), height=st.integers(23, 40), name=st.sampled_from(["Arvania", "Belmora", "Amber Line"]))
def test_a_dossier_fits_any_screen(graph: Graph, width: int, height: int, name: str) -> None:
    lines = show(graph, name, width=width, height=height).text.splitlines()
    assert (len(lines) <= height, max(map(len, lines)) <= width) == (True, True)
    assert lines[-1] == f"All of it, with the ids of events: kgbuild show {name if ' ' not in name else repr(name)} --all"


def test_what_has_no_room_is_counted(graph: Graph) -> None:
    names = " , ".join(f'"Name{number:02}"@en' for number in range(30))
    lines = show(graph_with(f"id:Belmora skos:altLabel {names} ."), "Belmora", width=80, height=23).text.splitlines()
    assert lines[2] == "Names      Bélmora · Name00 · Name01 · Name02 · Name03 · Name04 · 25 more"


def test_all_of_it_has_the_ids_of_events(graph: Graph) -> None:
    assert "id:event/Meeting/2021-03-06/Lena_Ostrov-Tomas_Reyl" in show(graph, "Lena Ostrov", height=None).text.split()


def test_a_name_is_no_pronoun_no_office_and_nobody_elses() -> None:
    more = graph_with(
        'id:Tomas_Reyl skos:altLabel "He"@en , "Foreign Minister"@en , "Belmoran Foreign Minister"@en , "his guest"@en ,'
        ' "Tomas] Reyl"@en , "Belmora"@en , "REYL"@en . '
        '<urn:he> dip:denotes id:Tomas_Reyl ; dip:reason "\\"He\\" for Reyl" ; oa:exact "He" .'
    )
    assert dossier(more, "Tomas Reyl").names == (Name("Reyl", 1),)


def test_an_office_that_is_told_twice_is_one_line() -> None:
    more = graph_with(
        "<urn:again> a dip:Tenure ; dip:holder id:Tomas_Reyl ; dip:office id:office\\/foreign_minister ; dip:of id:Belmora ;"
        ' dip:end "2022-01-02"^^xsd:date .'
    )
    assert dossier(more, "Tomas Reyl").offices == (
        Post("Tomas Reyl", "foreign minister", "Belmora", "2019-06-01", "2022-01-02", None, None, 1),
    )


def test_for_a_state_persons_count_as_whom_they_act_for(graph: Graph) -> None:
    # The talks of the two ministers are no event of the states unless somebody says for whom they act.
    assert dossier(graph, "Arvania").partners == (Partner("Belmora", "id:Belmora", 2, 5.0, "cooperative"),)
    more = graph_with("id:Lena_Ostrov dip:actsFor id:Arvania . id:Tomas_Reyl dip:actsFor id:Belmora .", "events")
    assert dossier(more, "Arvania").partners == (Partner("Belmora", "id:Belmora", 3, 5.0, "cooperative"),)
    assert dossier(more, "Lena Ostrov").partners == (Partner("Tomas Reyl", "id:Tomas_Reyl", 1, None, ""),)


def test_what_others_are_of_it_is_told(graph: Graph) -> None:
    assert dossier(graph, "Northern League").bonds == (Bond("member of", "Arvania", True),)


def test_an_event_shows_all_its_sentences(graph: Graph) -> None:
    assert show(graph, "id:event/ImposeSanctions/undated/Arvania-Belmora").text == EVENT


EVENT = """\
Imposition of sanctions: Arvania → Belmora
Id         id:event/ImposeSanctions/undated/Arvania-Belmora
When       reported 2021-03-05
Status     Denied
Actor      Arvania
Recipient  Belmora
Score      -6
Sources    1
Evidence   2021-03-05 denied
             “"Arvania has not imposed sanctions on Belmora," Drum said.” — Pavel Drum in Selin Wire
"""


@pytest.mark.parametrize(
    ("edge", "what", "sentence"),
    [
        (
            "id:Belmora dip:signedWith id:Arvania",
            "Belmora signed with Arvania",
            "Arvania and Belmora signed the Harbour Accord in Port Selin in February 2021.",
        ),
        (
            "id:Arvania dip:memberOf id:Northern_League",
            "Arvania member of Northern League",
            "Arvania is a member of the Northern League.",
        ),
        (
            "id:Belmora dip:withdrewFrom id:Amber_Line",
            "Belmora withdrew from Amber Line",
            "Belmora withdrew from the Amber Line on March 7, Reyl announced.",
        ),
    ],
)
def test_an_edge_shows_its_sentences(edge: str, what: str, sentence: str, graph: Graph) -> None:
    told = account(graph, edge)
    assert told is not None
    assert (told.what, told.id, [quote.sentence for quote in told.quotes]) == (what, edge, [sentence])


def test_an_edge_says_how_often_it_is_said_and_in_which_outlets(graph: Graph) -> None:
    told = account(graph, "id:Arvania dip:memberOf id:Northern_League")
    assert told is not None
    assert told.facts == (("said", "1 affirmed"), ("outlets", "Selin Wire"))


def test_an_edge_that_there_is_not_is_told_with_those_that_are(graph: Graph) -> None:
    with pytest.raises(QueryError) as error:
        account(graph, "id:Arvania dip:sanctioned id:Belmora")
    assert str(error.value) == (
        "id:Arvania dip:sanctioned id:Belmora: no such edge in this graph. Between them there are: dip:signedWith."
    )


def test_a_style_that_there_is_not_is_told(graph: Graph) -> None:
    with pytest.raises(QueryError) as error:
        render(dossier(graph, "Belmora"), "markdwn")
    assert str(error.value) == 'No style "markdwn". Did you mean "markdown"? There are: text, json, markdown, html.'


def test_json_is_the_record(graph: Graph) -> None:
    told = json.loads(show(graph, "Belmora", "json").text)
    assert list(told) == list(Dossier.__dataclass_fields__)
    assert told["partners"] == [{"label": "Arvania", "id": "id:Arvania", "events": 2, "score": 5.0, "tone": "cooperative"}]


HOSTILE = "<script>alert(1)</script> [x](javascript:1) \x1b[31m\u202e"


@pytest.mark.parametrize("style", ["text", "markdown", "html"])
def test_no_article_steers_a_terminal_or_a_page(style: str) -> None:
    written = HOSTILE.replace("\x1b", "\\u001B")
    more = graph_with(f'id:Evil a dip:Person ; rdfs:label "{written}"@en ; skos:altLabel "X{written}X"@en .')
    text = show(more, "id:Evil", style).text
    assert [letter for letter in text.replace("\n", "") if ord(letter) in UNSEEN] == []
    assert style == "text" or "<script>" not in text
    assert style != "markdown" or "[x](" not in text


@pytest.mark.parametrize("module", [names, partners])
def test_the_examples_of_the_docstrings_are_true(module: object) -> None:
    failed, tried = doctest.testmod(module)  # type: ignore[arg-type]  # modules
    assert (failed, tried) == (0, 1)


def test_the_command_prints_the_screen(output: Path, graph: Graph) -> None:
    result = CliRunner().invoke(main, ["show", "Tomas", "Reyl", "-o", str(output)])
    assert (result.exit_code, result.stdout, result.stderr) == (0, show(graph, "Tomas Reyl").text, "")


def test_an_unknown_name_is_told_with_the_nearest(output: Path) -> None:
    result = CliRunner().invoke(main, ["show", "Tomas Ryl", "-o", str(output)])
    assert (result.exit_code, result.stdout, result.stderr) == (
        2,
        "",
        'kgbuild: Nothing in this graph is called "Tomas Ryl". Did you mean "Tomas Reyl"?\n',
    )


def test_a_thing_of_which_no_article_tells_is_exit_code_1(tmp_path: Path) -> None:
    store = Graph.create(tmp_path / "output" / "store")
    store.load_trig(SMALL)
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    store._store.update(
        f'{prefixes} INSERT DATA {{ GRAPH id:graph\\/things {{ id:Far a dip:State ; rdfs:label "Far"@en }} }}'
    )
    del store
    result = CliRunner().invoke(main, ["show", "Far", "-o", str(tmp_path / "output")])
    assert (result.exit_code, result.stdout) == (
        1,
        "Far\nIs         state · id:Far\nSources    no article names it\n"
        "All of it, with the ids of events: kgbuild show Far --all\n",
    )


def test_an_office_is_shown_with_who_holds_it(graph: Graph) -> None:
    assert "Held by    Tomas Reyl, Belmora, since 2019-06-01" in show(graph, "foreign minister").text.splitlines()
