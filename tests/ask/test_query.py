"""Questions: found, asked, bounded, and laid out."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from kgbuild.ask.query import ask
from kgbuild.ask.questions import find_question, named_questions
from kgbuild.ask.render import render
from kgbuild.ask.terms import plain
from kgbuild.ask.things import find_thing
from kgbuild.ask.worker import bounded_answer
from kgbuild.errors import KgbuildError, QueryError
from kgbuild.graph.bounded import Limits
from kgbuild.graph.store import Graph, Rows
from kgbuild.graph.triples import PREFIXES

SMALL = Path(__file__).parents[1] / "small.trig"
ONTOLOGY = Path(__file__).parents[2] / "ontology"
SEVEN = ["agreements", "dossier", "met", "offices", "sources", "sums", "timeline"]
THINGS = [
    "Arvania",
    "Belmora",
    "Tomas_Reyl",
    "Amber_Line",
    "Arvanian_Foreign_Ministry",
    "office/foreign_minister",
]

TALKS = "Lena Ostrov will meet Tomas Reyl in Port Selin on March 6, Foreign Ministry spokesman Pavel Drum said."
TOPIC = "The ministers are due to discuss the Amber Line."
DENIAL = '"Arvania has not imposed sanctions on Belmora," Drum said.'
SIGNING = "Arvania and Belmora signed the Harbour Accord in Port Selin in February 2021."
LEAVING = "Belmora withdrew from the Amber Line on March 7, Reyl announced."
MINISTER = 'Belmora\'s foreign minister Tomas Reyl said it "was never our line".'
FIRST, SECOND = "Arvania and Belmora to hold talks", "Belmora leaves the Amber Line"


@pytest.fixture(scope="module")
def graph() -> Graph:
    small = Graph.memory()
    small.load_trig(SMALL)
    return small


@pytest.fixture(scope="module")
def store(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("query") / "store"
    written = Graph.create(path)
    for name in graph.graph_names():
        written.replace(name.value, graph.sorted_quads(name))
    return path


def answer(graph: Graph, name: str, about: str | None = None) -> list[tuple[str | None, ...]]:
    rows = ask(graph, find_question(name, ONTOLOGY), {"about": about} if about else {})
    assert isinstance(rows, Rows)
    return [tuple(cell.value if isinstance(cell, NamedNode | Literal) else None for cell in row) for row in rows.rows]


def test_met_gives_a_row_for_each_pair_and_quote(graph: Graph) -> None:
    met = ("meets", "Lena Ostrov", "Tomas Reyl", "2021-03-06", "Port Selin", "Planned", "Affirmed", "Planned")
    assert answer(graph, "met") == [(*met, "Pavel Drum", TALKS, FIRST), (*met, None, TOPIC, FIRST)]


def test_met_about_a_state_finds_the_meetings_of_those_who_act_for_it(graph: Graph) -> None:
    assert answer(graph, "met", "Arvania") == answer(graph, "met")
    assert answer(graph, "met", "Northern League") == []


def test_met_keeps_a_meeting_whose_other_side_is_unknown() -> None:
    alone = Graph.memory()
    alone.load_trig(SMALL)
    events = NamedNode(PREFIXES["id"] + "graph/events")
    kept = [quad for quad in alone.sorted_quads(events) if not quad.object.value.endswith("/Tomas_Reyl")]
    alone.replace(events.value, kept)
    assert [row[:3] for row in answer(alone, "met")] == [
        ("meets", "Lena Ostrov", None),
        ("meets", "Lena Ostrov", None),
    ]


def test_the_timeline_has_what_is_not_dated_on_the_day_of_its_report(graph: Graph) -> None:
    talks = (
        "2021-03-06",
        "Lena Ostrov, Tomas Reyl: meets, 2021-03-06",
        "Port Selin",
        "Planned",
        "Affirmed",
        "Planned",
    )
    signing = (
        "2021-02",
        "Arvania, Belmora: signs Harbour Accord, 2021-02",
        "Port Selin",
        "Reported",
        "Affirmed",
        "Actual",
    )
    leaving = (
        "2021-03-07",
        "Belmora: withdraws from Amber Line, 2021-03-07",
        None,
        "Reported",
        "Affirmed",
        "Actual",
    )
    denial = (
        "reported 2021-03-05",
        "Arvania: imposes sanctions on Belmora, reported 2021-03-05",
        None,
        "Denied",
        "Negated",
        "Actual",
    )
    assert answer(graph, "timeline") == [
        (*signing, None, SIGNING, SECOND, "2021-03-08"),
        (*denial, "Pavel Drum", DENIAL, FIRST, "2021-03-05"),
        (*talks, "Pavel Drum", TALKS, FIRST, "2021-03-05"),
        (*talks, None, TOPIC, FIRST, "2021-03-05"),
        (*leaving, "Tomas Reyl", LEAVING, SECOND, "2021-03-08"),
    ]


def test_sources_counts_what_each_publisher_says_and_quotes(graph: Graph) -> None:
    assert answer(graph, "sources") == [
        ("Belmoran Post", None, "1", "4"),
        ("Belmoran Post", "Tomas Reyl", "1", "2"),
        ("Selin Wire", None, "1", "5"),
        ("Selin Wire", "Pavel Drum", "1", "2"),
    ]


def test_offices_gives_each_tenure_with_its_sentence(graph: Graph) -> None:
    tenure = (
        "Tomas Reyl",
        "foreign minister",
        "Belmora",
        "2019-06-01",
        None,
        "Affirmed",
        "Actual",
        None,
        MINISTER,
        SECOND,
    )
    assert answer(graph, "offices") == [tenure]
    assert answer(graph, "offices", "foreign minister") == [tenure]
    assert answer(graph, "offices", "Arvania") == []


def test_agreements_gives_a_row_for_each_signing_and_quote(graph: Graph) -> None:
    signed = (
        "Harbour Accord",
        "2021-02",
        "Port Selin",
        "Reported",
        "Affirmed",
        "Actual",
        None,
        SIGNING,
        SECOND,
    )
    assert answer(graph, "agreements", "Harbour Accord") == [("Arvania, Belmora", *signed)]


def test_a_dossier_has_classes_names_offices_events_relations_and_words(graph: Graph) -> None:
    talks = ("event, as participant", "Lena Ostrov, Tomas Reyl: meets, 2021-03-06", "2021-03-06", "Planned")
    assert answer(graph, "dossier", "Tomas Reyl") == [
        ("is a", "person", None, None, None, None, None),
        ("name", "Tomas Reyl", None, None, None, None, None),
        ("also called", "Reyl", None, None, None, None, None),
        ("also called", "Tomas Reyl", None, None, None, None, None),
        ("office", "Tomas Reyl, foreign minister of Belmora", "2019-06-01/", None, None, MINISTER, SECOND),
        (*talks, "Pavel Drum", TALKS, FIRST),
        (*talks, None, TOPIC, FIRST),
        ("said", "was never our line", "reported 2021-03-08", None, "Tomas Reyl", MINISTER, SECOND),
    ]
    assert answer(graph, "dossier", "Pavel Drum")[-1] == (
        *(
            "relation",
            "Pavel Drum spokesperson for Arvanian Foreign Ministry",
            "reported 2021-03-05",
            "Reported",
            None,
            TALKS,
            FIRST,
        ),
    )


def days(graph: Graph, name: str, about: str | None = None, **between: str) -> list[str | None]:
    """The `when` of each row of the days *between*, each once."""
    rows = ask(graph, find_question(name, ONTOLOGY), {"about": about} if about else {}, **between)
    assert isinstance(rows, Rows)
    place = rows.columns.index("when")
    return list(dict.fromkeys(None if row[place] is None else plain(row[place]) for row in rows.rows))


@pytest.mark.parametrize(
    ("between", "found"),
    [
        ({"since": "2021-03"}, ["reported 2021-03-05", "2021-03-06", "2021-03-07"]),
        ({"until": "2021-03-05"}, ["2021-02", "reported 2021-03-05"]),
        ({"since": "2021-02-10", "until": "2021-02-11"}, ["2021-02"]),
        ({"since": "2021-03-07"}, ["2021-03-07"]),
        ({"since": "2021-03-09"}, []),
    ],
)
def test_a_question_is_asked_of_a_time(between: dict[str, str], found: list[str], graph: Graph) -> None:
    assert days(graph, "timeline", **between) == found


def test_what_is_of_no_time_stays_and_terms_of_office_are_chosen_too(graph: Graph) -> None:
    assert days(graph, "dossier", "Tomas Reyl", since="2030") == [None, "2019-06-01/"]
    assert days(graph, "dossier", "Tomas Reyl", until="2018") == [None]


def test_a_question_without_days_takes_none(graph: Graph) -> None:
    with pytest.raises(QueryError) as raised:
        ask(graph, find_question("sources", ONTOLOGY), since="2021")
    assert str(raised.value) == "sources is of no time. Leave --since and --until out."


@pytest.mark.parametrize("about", [None, *THINGS])
@pytest.mark.parametrize("name", SEVEN)
def test_rdflib_gives_the_same_rows(name: str, about: str | None, graph: Graph, rdflib_dataset: rdflib.Dataset) -> None:
    question = find_question(name, ONTOLOGY)
    if (about and not question.parameters) or (not about and name == "dossier"):
        pytest.skip("the question has no such form")
    iri = PREFIXES["id"] + about if about else None
    ours = graph.select(question.sparql, **({"about": NamedNode(iri)} if iri else {}))
    bound = {"about": rdflib.URIRef(iri)} if iri else {}
    theirs = rdflib_dataset.query(question.sparql, initBindings=bound, initNs=PREFIXES)
    assert [[cell if cell is None else cell.value for cell in row] for row in ours.rows] == [
        [cell if cell is None else str(cell) for cell in row] for row in theirs
    ]


@pytest.fixture(scope="module")
def rdflib_dataset() -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(SMALL, format="trig")
    return dataset


def test_every_named_question_says_what_it_is_for() -> None:
    questions = named_questions(ONTOLOGY)
    assert set(SEVEN) <= set(questions)
    assert [name for name, question in questions.items() if not (question.title and question.about)] == []


def test_an_unknown_question_offers_the_nearest_and_all(tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    for name in ("met", "timeline"):
        (tmp_path / "queries" / f"{name}.rq").write_text("ASK {}", encoding="utf-8")
    with pytest.raises(QueryError) as raised:
        find_question("timelin", tmp_path)
    assert str(raised.value) == (
        'No question "timelin". Did you mean "timeline"? There are: met, timeline. SPARQL text, and a .rq file, do too.'
    )


def test_a_question_may_be_text_a_file_or_stdin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.rq").write_text("# title: Mine\nASK {}", encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("ASK { }"))
    asked = ["ASK { ?s ?p ?o }", str(tmp_path / "mine.rq"), "-"]
    assert [(found.title, found.sparql) for found in (find_question(text, ONTOLOGY) for text in asked)] == [
        ("", "ASK { ?s ?p ?o }"),
        ("Mine", "# title: Mine\nASK {}"),
        ("", "ASK { }"),
    ]


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"nowhere\.rq: no query can be read here"):
        find_question(str(tmp_path / "nowhere.rq"), ONTOLOGY)


@pytest.mark.parametrize("name", ["Belmora", "belmora", "BÉLMORA", " Belmora ", "id:Belmora", PREFIXES["id"] + "Belmora"])
def test_a_thing_is_found_by_any_spelling_of_its_name(name: str, graph: Graph) -> None:
    assert find_thing(graph, name) == NamedNode(PREFIXES["id"] + "Belmora")


def test_an_unknown_name_is_met_with_the_nearest(graph: Graph) -> None:
    with pytest.raises(QueryError) as raised:
        find_thing(graph, "Northern Leage")
    assert str(raised.value) == 'Nothing in this graph is called "Northern Leage". Did you mean "Northern League"?'


def test_a_name_of_two_things_is_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "two.trig").write_text(
        f"@prefix id: <{PREFIXES['id']}> . @prefix rdfs: <{PREFIXES['rdfs']}> ."
        'id:graph\\/things { id:A rdfs:label "Springfield"@en . id:B rdfs:label "Springfield"@en }',
        encoding="utf-8",
    )
    two = Graph.memory()
    two.load_trig(tmp_path / "two.trig")
    with pytest.raises(QueryError) as raised:
        find_thing(two, "Springfield")
    assert str(raised.value) == '"Springfield" names 2 things: id:A, id:B. Say which, by its id.'


def test_a_name_cannot_smuggle_a_query(graph: Graph) -> None:
    with pytest.raises(QueryError, match="Nothing in this graph is called"):
        answer(graph, "met", 'x" } } DELETE WHERE { ?s ?p ?o } #')


def test_a_needed_parameter_is_asked_for(graph: Graph) -> None:
    with pytest.raises(QueryError) as raised:
        answer(graph, "dossier")
    assert str(raised.value) == "dossier needs a name. Try: kgbuild query dossier Russia"


def test_a_parameter_that_a_question_does_not_have_is_refused(graph: Graph) -> None:
    with pytest.raises(QueryError) as raised:
        answer(graph, "sources", "Arvania")
    assert str(raised.value) == 'sources has no parameter "about". It has: none.'


def test_a_bounded_query_gives_the_same_answer(graph: Graph, store: Path) -> None:
    met = find_question("met", ONTOLOGY)
    assert bounded_answer(store, met, {"about": "Belmora"}) == ask(graph, met, {"about": "Belmora"})


def test_a_query_without_end_is_stopped_at_the_limit(store: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with pytest.raises(QueryError, match=r"^The query took longer than 1 seconds and was stopped\."):
        bounded_answer(store, endless, limits=Limits(1))


def test_an_error_of_a_bounded_query_is_that_of_a_plain_one(store: Path) -> None:
    with pytest.raises(QueryError, match="The query says SERVICE"):
        bounded_answer(store, "SELECT * { SERVICE ?x { ?s ?p ?o } }")
    with pytest.raises(KgbuildError, match="no graph here yet"):
        bounded_answer(store.parent, "ASK {}")


ROWS = Rows(
    ("what", "words", "n"),
    [
        (NamedNode(PREFIXES["id"] + "Arvania"), Literal("two\nlines", language="en"), Literal(3)),
        (None, Literal("\x1b[2Jwiped\u202e"), Literal("2021", datatype=NamedNode(PREFIXES["xsd"] + "gYear"))),
    ],
)


def test_a_table_has_short_names_and_cannot_steer_the_terminal() -> None:
    assert render(ROWS, "table", width=60) == (
        "what         words       n\n"
        "─────────────────────────────\n"
        "id:Arvania   two lines   3\n"
        "             [2Jwiped    2021\n"
    )


def test_a_table_too_wide_to_read_becomes_cards() -> None:
    long = Rows(("what", "words", "empty"), [(Literal("a b"), Literal("word " * 9), None), (None, Literal("x"), None)])
    assert render(long, "table", width=17) == (
        "what   a b\nwords  word word\n       word word\n       word word\n       word word\n       word\n\nwords  x\n"
    )


def test_markup_in_a_text_is_shown_as_it_is() -> None:
    assert render(Rows(("x",), [(Literal("[red]no[/red]"),)]), "table", width=40).splitlines()[-1] == "[red]no[/red]"


def test_no_rows_are_said_to_people() -> None:
    assert render(Rows(("x",), []), "table") == "Nothing found.\n"


def test_csv_has_whole_iris_and_plain_values() -> None:
    assert render(Rows(ROWS.columns, ROWS.rows[:1]), "csv") == (
        f'what,words,n\r\n{PREFIXES["id"]}Arvania,"two\nlines",3\r\n'
    )


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: text != ""), min_size=1))
def test_csv_gives_back_any_text_and_begins_no_formula(texts: list[str]) -> None:
    written = render(Rows(("text",), [(Literal(text),) for text in texts]), "csv")
    read = [row[0] for row in csv.reader(io.StringIO(written, newline=""))][1:]
    assert [cell.removeprefix("'") if cell not in texts else cell for cell in read] == texts
    assert [cell for cell in read if cell.startswith(("=", "@", "\t", "\r"))] == []


def test_csv_leaves_negative_numbers_alone() -> None:
    cells = ["-6.5", "-1+cmd", "+1", "=1", "@x"]
    written = render(Rows(("x",), [(Literal(cell),) for cell in cells]), "csv")
    assert written.splitlines() == ["x", "-6.5", "'-1+cmd", "+1", "'=1", "'@x"]


def test_tsv_writes_terms_as_turtle_does() -> None:
    assert render(ROWS, "tsv").splitlines() == [
        "?what\t?words\t?n",
        f'<{PREFIXES["id"]}Arvania>\t"two\\nlines"@en\t"3"^^<{PREFIXES["xsd"]}integer>',
        f'\t"\\u001B[2Jwiped\u202e"\t"2021"^^<{PREFIXES["xsd"]}gYear>',
    ]


def test_json_is_that_of_sparql() -> None:
    assert json.loads(render(ROWS, "json")) == {
        "head": {"vars": ["what", "words", "n"]},
        "results": {
            "bindings": [
                {
                    "what": {"type": "uri", "value": PREFIXES["id"] + "Arvania"},
                    "words": {"type": "literal", "value": "two\nlines", "xml:lang": "en"},
                    "n": {"type": "literal", "value": "3", "datatype": PREFIXES["xsd"] + "integer"},
                },
                {
                    "words": {"type": "literal", "value": "\x1b[2Jwiped\u202e"},
                    "n": {"type": "literal", "value": "2021", "datatype": PREFIXES["xsd"] + "gYear"},
                },
            ]
        },
    }


def test_triples_are_written_as_turtle() -> None:
    triple = Triple(
        NamedNode(PREFIXES["id"] + "A"),
        NamedNode(PREFIXES["dip"] + "metWith"),
        NamedNode(PREFIXES["id"] + "B"),
    )
    assert render([triple], "turtle").splitlines()[-1] == "id:A dip:metWith id:B ."
    assert render([triple], "csv").splitlines()[0] == "subject,predicate,object"


def test_rows_cannot_be_turtle() -> None:
    with pytest.raises(QueryError, match="Ask with CONSTRUCT"):
        render(ROWS, "turtle")


@pytest.mark.parametrize(
    ("style", "yes"), [("table", "yes\n"), ("csv", "true\n"), ("json", '{"head": {}, "boolean": true}\n')]
)
def test_a_yes_is_written_in_every_style(style: str, yes: str) -> None:
    assert render(True, style) == yes
