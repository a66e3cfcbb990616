"""Questions: found, asked, bounded, and laid out."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple
from world import small_world

from kgbuild.ask.query import ask
from kgbuild.ask.questions import find_question, named_questions, own_folders
from kgbuild.ask.render import LaidOut, lay_out, render
from kgbuild.ask.rows import ordered
from kgbuild.ask.table import GAP, fitted
from kgbuild.ask.table import table as drawn
from kgbuild.ask.terms import plain
from kgbuild.ask.things import find_thing
from kgbuild.ask.worker import bounded_answer
from kgbuild.errors import KgbuildError, QueryError
from kgbuild.graph.bounded import Limits
from kgbuild.graph.store import Graph, Rows
from kgbuild.graph.triples import PREFIXES

SMALL = Path(__file__).parents[1] / "small.trig"
ONTOLOGY = Path(__file__).parents[2] / "ontology"
QUESTIONS = sorted(named_questions(ONTOLOGY))
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


def answer(graph: Graph, name: str, *names: str, **chosen: Any) -> list[tuple[str | None, ...]]:
    rows = ask(graph, find_question(name, ONTOLOGY), names, **chosen)
    assert isinstance(rows, Rows)
    return [tuple(cell.value if isinstance(cell, NamedNode | Literal) else None for cell in row) for row in rows.rows]


TOLD_FIRST = (FIRST, "Selin Wire", "2021-03-05")
TOLD_SECOND = (SECOND, "Belmoran Post", "2021-03-08")
MEETING = PREFIXES["id"] + "event/Meeting/2021-03-06/Lena_Ostrov-Tomas_Reyl"
SIGNED = PREFIXES["id"] + "event/SignAgreement/2021-02/Arvania-Belmora-Harbour_Accord"
LEFT = PREFIXES["id"] + "event/Withdraw/2021-03-07/Belmora-Amber_Line"
DENIED = PREFIXES["id"] + "event/ImposeSanctions/undated/Arvania-Belmora"


def test_met_gives_a_row_for_each_meeting_with_its_best_sentence(graph: Graph) -> None:
    met = ("2021-03-06", "Lena Ostrov", "meets", "Tomas Reyl", "Port Selin", "Planned")
    assert answer(graph, "met") == [(*met, TALKS, "Pavel Drum", *TOLD_FIRST, MEETING)]


def test_met_about_a_state_finds_the_meetings_of_those_who_act_for_it(graph: Graph) -> None:
    assert answer(graph, "met", "Arvania") == answer(graph, "met")
    assert answer(graph, "met", "Northern League") == []


def test_two_names_give_what_is_of_both(graph: Graph) -> None:
    assert answer(graph, "met", "Arvania", "Tomas Reyl") == answer(graph, "met")
    assert answer(graph, "met", "Arvania", "Pavel Drum") == []
    assert [row[1] for row in answer(graph, "timeline", "Belmora", "Amber Line")] == [
        "Meeting: Lena Ostrov, Tomas Reyl",
        "Withdrawal: Belmora → Amber Line",
    ]


def test_met_keeps_a_meeting_whose_other_side_is_unknown() -> None:
    alone = Graph.memory()
    alone.load_trig(SMALL)
    events = NamedNode(PREFIXES["id"] + "graph/events")
    kept = [quad for quad in alone.sorted_quads(events) if not quad.object.value.endswith(("/Tomas_Reyl", "Tomas Reyl"))]
    alone.replace(events.value, kept)
    assert [row[1:4] for row in answer(alone, "met")] == [("Lena Ostrov", "meets", None)]


def test_the_timeline_has_what_is_not_dated_on_the_day_of_its_report(graph: Graph) -> None:
    signing = ("2021-02", "Signing: Arvania, Belmora → Harbour Accord", "Port Selin", "Reported", "1")
    denial = ("reported 2021-03-05", "Imposition of sanctions: Arvania → Belmora", None, "Denied", "1")
    talks = ("2021-03-06", "Meeting: Lena Ostrov, Tomas Reyl", "Port Selin", "Planned", "1")
    leaving = ("2021-03-07", "Withdrawal: Belmora → Amber Line", None, "Reported", "1")
    assert answer(graph, "timeline") == [
        (*signing, SIGNING, None, *TOLD_SECOND, SIGNED),
        (*denial, DENIAL, "Pavel Drum", *TOLD_FIRST, DENIED),
        (*talks, TALKS, "Pavel Drum", *TOLD_FIRST, MEETING),
        (*leaving, LEAVING, "Tomas Reyl", *TOLD_SECOND, LEFT),
    ]


def test_sources_counts_articles_reprints_and_what_they_tell(graph: Graph) -> None:
    wire = ("Selin Wire", "1", "0", "1", "2", "2021-03-05", "2021-03-05")
    post = ("Belmoran Post", "1", "0", "1", "2", "2021-03-08", "2021-03-08")
    assert answer(graph, "sources") == [post, wire]
    assert answer(graph, "sources", "Amber Line") == [
        ("Belmoran Post", "1", "0", "1", "1", "2021-03-08", "2021-03-08"),
        ("Selin Wire", "1", "0", "1", "1", "2021-03-05", "2021-03-05"),
    ]


def test_quoted_counts_who_gives_the_word_to_whom(graph: Graph) -> None:
    assert answer(graph, "quoted") == [("Tomas Reyl", "Belmoran Post", "1", "1")]


def test_offices_gives_each_tenure_with_its_sentence(graph: Graph) -> None:
    tenure = ("Tomas Reyl", "foreign minister", "Belmora", "2019-06-01", None, MINISTER, None, *TOLD_SECOND)
    assert answer(graph, "offices") == [tenure]
    assert answer(graph, "offices", "foreign minister") == [tenure]
    assert answer(graph, "offices", "Arvania") == []


def test_agreements_gives_a_row_for_each_signing(graph: Graph) -> None:
    signed = ("2021-02", "Arvania, Belmora", "Harbour Accord", "Port Selin", "Reported", SIGNING, None, *TOLD_SECOND, SIGNED)
    assert answer(graph, "agreements", "Harbour Accord") == [signed]


def test_a_dossier_is_one_screen(graph: Graph) -> None:
    talks = ("event", "Meeting: Lena Ostrov, Tomas Reyl", "2021-03-06", "Planned")
    assert answer(graph, "dossier", "Tomas Reyl") == [
        ("is a", "person", *[None] * 7),
        ("name", "Tomas Reyl", *[None] * 7),
        ("also called", "Reyl", *[None] * 7),
        ("office", "Tomas Reyl, foreign minister of Belmora", "2019-06-01/", None, MINISTER, None, *TOLD_SECOND),
        ("events", "VerbalCooperation: 1", *[None] * 7),
        ("with", "Arvania: 1", *[None] * 7),
        ("with", "Belmora: 1", *[None] * 7),
        ("with", "Lena Ostrov: 1", *[None] * 7),
        (*talks, TALKS, "Pavel Drum", *TOLD_FIRST),
        ("said", "was never our line", "reported 2021-03-08", None, MINISTER, "Tomas Reyl", *TOLD_SECOND),
    ]
    spokesman = ("relation", "Pavel Drum spokesperson for Arvanian Foreign Ministry", "reported 2021-03-05", "Reported")
    assert answer(graph, "dossier", "Pavel Drum")[-1] == (*spokesman, TALKS, None, *TOLD_FIRST)


def test_denials_are_what_somebody_tells_as_not_so(graph: Graph) -> None:
    event = ("Imposition of sanctions: Arvania → Belmora", None, DENIAL, *TOLD_FIRST[:2], DENIED)
    assert [row[1:] for row in answer(graph, "denials")] == [("Pavel Drum", *event)]
    assert answer(graph, "denials", "Pavel Drum") == answer(graph, "denials")
    assert answer(graph, "denials", "Tomas Reyl") == answer(graph, "denials", until="2021-03-04") == []


def test_denials_have_the_words_where_a_verb_says_that_they_are_denied() -> None:
    world = small_world()
    article = world.article("News")
    claim = world.claim(article, "Bo Lund denied the rumours.", "denied", "Statement", {}, speaker="Bo Lund", cue="denied")
    lund = world.actors["Bo Lund"]
    world.articles[article].append(
        f"{claim} dip:content 'the rumours' ; dip:saidOrder 20310304.5 ; dip:denialOrder 20310304.5 ."
    )
    world.things.append(f"{claim} dip:saidBy {lund} .")
    assert [row[1:3] for row in answer(world.graph(), "denials", "Bo Lund")] == [("Bo Lund", "the rumours")]


def test_a_pledge_is_pledged_whatever_came_of_it() -> None:
    world = small_world()
    world.says(
        world.article("News"),
        "Norland promised Süderia aid.",
        "promised",
        "Pledge",
        actor=("Norland",),
        recipient=("Süderia",),
    )
    assert [row[0] for row in answer(world.graph(), "promises")] == ["pledged"]


def test_promises_are_open_until_their_day_and_overdue_after(graph: Graph) -> None:
    plan = ("2021-03-06", "Lena Ostrov", "Tomas Reyl", TALKS, None, "Meeting", "Pavel Drum", *TOLD_FIRST, MEETING)
    assert answer(graph, "promises") == [("overdue", *plan)]
    assert answer(graph, "promises", until="2021-03-06") == [("open", *plan)]


def test_sanctions_that_are_denied_are_told_so(graph: Graph) -> None:
    denied = ("reported 2021-03-05", "Arvania", "Belmora", "Imposition of sanctions", "Denied", None)
    assert answer(graph, "sanctions", "Belmora") == [(*denied, DENIAL, "Pavel Drum", *TOLD_FIRST, DENIED)]


def test_the_ledger_has_what_somebody_said(graph: Graph) -> None:
    said = ("2021-03-08", "Tomas Reyl", None, "was never our line", MINISTER, SECOND, "Belmoran Post")
    assert answer(graph, "ledger") == answer(graph, "ledger", "Tomas Reyl") == [said]
    assert answer(graph, "ledger", "Pavel Drum") == []


def test_a_state_means_everyone_who_acts_for_it(graph: Graph) -> None:
    assert [row[1] for row in answer(graph, "ledger", state="Belmora")] == ["Tomas Reyl"]
    assert answer(graph, "ledger", state="Arvania") == []
    assert answer(graph, "ledger", "Arvania", state="Belmora") == []


def test_allies_are_bonds_that_texts_tell_of(graph: Graph) -> None:
    member = "Arvania is a member of the Northern League."
    bond = ("Arvania", "member of", "Northern League", "Reported", member, None, *TOLD_FIRST)
    assert answer(graph, "allies") == answer(graph, "allies", "Northern League", "Arvania") == [bond]
    assert answer(graph, "allies", "Belmora") == []


def test_the_temperature_of_a_pair_is_its_mean_score_by_month(graph: Graph) -> None:
    signing, talks = "Signing: Arvania, Belmora → Harbour Accord, 2021-02", "Meeting: Lena Ostrov, Tomas Reyl, 2021-03-06"
    assert answer(graph, "temperature", "Arvania", "Belmora") == [
        ("2021-02", "5", "1", "1", "0", signing, SIGNING, signing),
        ("2021-03", "2.5", "1", "1", "0", talks, TALKS, talks),
    ]
    assert [row[0] for row in answer(graph, "temperature", "Arvania", "Belmora", since="2021-03")] == ["2021-03"]
    assert [row[0] for row in answer(graph, "temperature", "Arvania", "Belmora", until="2021-02")] == ["2021-02"]


def test_evidence_is_all_quotes_of_an_event_or_of_two(graph: Graph) -> None:
    quotes = answer(graph, "evidence", "id:event/Meeting/2021-03-06/Lena_Ostrov-Tomas_Reyl")
    assert [row[2:6] for row in quotes] == [
        ("Affirmed", "Planned", TALKS, "Pavel Drum"),
        ("Affirmed", "Planned", TOPIC, None),
    ]
    bond = answer(graph, "evidence", "Arvania", "Northern League")
    assert [row[:5] for row in bond] == [
        ("reported 2021-03-05", "Arvania member of Northern League", "Affirmed", "Actual", bond[0][4])
    ]


def test_what_is_new_has_the_weightiest_first(graph: Graph) -> None:
    assert [row[:2] for row in answer(graph, "new", since="2021-03-06")] == [
        ("2021-03-07", "Withdrawal: Belmora → Amber Line"),
        ("2021-02", "Signing: Arvania, Belmora → Harbour Accord"),
    ]


def test_top_has_actors_then_pairs_then_events(graph: Graph) -> None:
    rows = answer(graph, "top", until="2021-02")
    assert [row[:3] for row in rows] == [
        ("actor", "Arvania", None),
        ("actor", "Belmora", None),
        ("pair", "Arvania", "Belmora"),
        ("event", "Signing: Arvania, Belmora → Harbour Accord, 2021-02", None),
    ]


def test_rows_are_sorted_by_a_column_and_cut(graph: Graph) -> None:
    up = answer(graph, "timeline", sort="when")
    assert answer(graph, "timeline", sort="-when") == up[::-1]
    assert answer(graph, "timeline", sort="status", limit=2) == [up[1], up[2]]
    with pytest.raises(QueryError) as raised:
        answer(graph, "top", sort="event")
    assert str(raised.value) == (
        'There is no column "event" to sort by. Did you mean "events"? There are:'
        " kind, what, with, events, cooperation, conflict, sources, quotes, strongest."
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
        ({"since": "2021-02", "until": "2021-02"}, ["2021-02"]),
        ({"since": "2021-02-10", "until": "2021-02-11"}, []),
        ({"until": "2021-02-11"}, []),
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
        ask(graph, find_question("quoted", ONTOLOGY), since="2021")
    assert str(raised.value) == "quoted is of no time. Leave --since and --until out."


@pytest.mark.parametrize(
    ("between", "limit"), [((None, None), None), (("2021-03-01", "2021-03-31"), 3)], ids=["all", "three of a month"]
)
@pytest.mark.parametrize("about", [None, *THINGS])
@pytest.mark.parametrize("name", QUESTIONS)
def test_rdflib_gives_the_same_rows(
    name: str,
    about: str | None,
    between: tuple[str | None, str | None],
    limit: int | None,
    graph: Graph,
    rdflib_dataset: rdflib.Dataset,
) -> None:
    question = find_question(name, ONTOLOGY)
    needed = [parameter.name for parameter in question.parameters if not parameter.optional]
    if (about and not question.parameters) or (not about and needed):
        pytest.skip("the question has no such form")
    things = dict.fromkeys(needed, "Belmora" if about == "Arvania" else "Arvania") | ({"about": about} if about else {})
    values = {variable: {NamedNode(PREFIXES["id"] + thing)} for variable, thing in things.items()}
    text = question.filled(values, between, limit)
    theirs = rdflib_dataset.query(text, initNs=PREFIXES)
    assert [[cell if cell is None else cell.value for cell in row] for row in graph.select(text).rows] == [
        [cell if cell is None else str(cell) for cell in row] for row in theirs
    ]


@pytest.fixture(scope="module")
def rdflib_dataset() -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(SMALL, format="trig")
    return dataset


def test_every_named_question_says_what_it_is_for() -> None:
    questions = named_questions(ONTOLOGY)
    assert list(questions) == [
        *("agreements", "allies", "contested", "denials", "dossier", "evidence", "ledger", "met", "new", "offices"),
        *("outlets", "promises", "quoted", "sanctions", "sources", "sums", "temperature", "threats", "timeline", "top"),
        "trade",
    ]
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


def test_a_question_of_ones_own_is_a_file_in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, graph: Graph) -> None:
    for folder, title in (("output/queries", "Of the graph"), ("mine", "Mine")):
        (tmp_path / folder).mkdir(parents=True)
        text = f"# title: {title}\n# param: about — a name\nSELECT ?about ?label {{ ?about rdfs:label ?label }}"
        (tmp_path / folder / f"{title.split()[0].lower()}.rq").write_text(text, encoding="utf-8")
    monkeypatch.setenv("KGBUILD_QUERIES", str(tmp_path / "mine"))
    own = own_folders(tmp_path / "output")
    questions = named_questions(ONTOLOGY, own)
    assert [(name, questions[name].title) for name in ("mine", "of")] == [("mine", "Mine"), ("of", "Of the graph")]
    rows = ask(graph, find_question("mine", ONTOLOGY, own), ["Belmora"])
    assert rows == Rows(("label",), [(Literal("Belmora", language="en"),)])


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


@pytest.mark.parametrize("name", ["belm", "Lena Ost", "ostr", "ost len"])
def test_a_thing_is_found_by_the_beginnings_of_its_name(name: str, graph: Graph) -> None:
    found = "Belmora" if name == "belm" else "Lena_Ostrov"
    assert find_thing(graph, name) == NamedNode(PREFIXES["id"] + found)


def test_of_those_who_share_a_name_the_one_whose_label_has_it_is_meant(tmp_path: Path) -> None:
    (tmp_path / "two.trig").write_text(
        f"@prefix id: <{PREFIXES['id']}> . @prefix rdfs: <{PREFIXES['rdfs']}> . @prefix skos: <{PREFIXES['skos']}> ."
        'id:graph\\/things { id:A rdfs:label "Ada Marlin"@en ; skos:altLabel "Marlin"@en .'
        ' id:B rdfs:label "Norland"@en ; skos:altLabel "Marlin"@en }',
        encoding="utf-8",
    )
    two = Graph.memory()
    two.load_trig(tmp_path / "two.trig")
    assert find_thing(two, "Marlin") == NamedNode(PREFIXES["id"] + "A")


def test_a_beginning_of_several_names_is_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "two.trig").write_text(
        f"@prefix id: <{PREFIXES['id']}> . @prefix rdfs: <{PREFIXES['rdfs']}> ."
        'id:graph\\/things { id:A rdfs:label "Ada Marlin"@en . id:B rdfs:label "Bea Marlow"@en }',
        encoding="utf-8",
    )
    two = Graph.memory()
    two.load_trig(tmp_path / "two.trig")
    with pytest.raises(QueryError) as raised:
        find_thing(two, "marl")
    said = 'Nothing in this graph is called "marl", but 2 names begin so: "Ada Marlin", "Bea Marlow". Say which.'
    assert str(raised.value) == said


@pytest.mark.parametrize(("name", "whole"), [("be", False), ("elmora", False), ("belm", True)])
def test_two_letters_an_ending_or_half_a_name_that_is_to_be_whole_find_nothing(name: str, whole: bool, graph: Graph) -> None:
    with pytest.raises(QueryError, match=f'Nothing in this graph is called "{name}"'):
        find_thing(graph, name, whole=whole)


def test_a_name_cannot_smuggle_a_query(graph: Graph) -> None:
    with pytest.raises(QueryError, match="Nothing in this graph is called"):
        answer(graph, "met", 'x" } } DELETE WHERE { ?s ?p ?o } #')


def test_a_needed_parameter_is_asked_for(graph: Graph) -> None:
    with pytest.raises(QueryError) as raised:
        answer(graph, "dossier")
    assert str(raised.value) == "dossier needs a name. Try: kgbuild query dossier Russia"


def test_a_parameter_that_a_question_does_not_have_is_refused(graph: Graph) -> None:
    with pytest.raises(QueryError) as raised:
        ask(graph, find_question("top", ONTOLOGY), {"about": "Arvania"})
    assert str(raised.value) == 'top has no parameter "about". It has: none.'
    with pytest.raises(QueryError) as raised:
        answer(graph, "met", "Arvania", "Belmora", "Tomas Reyl")
    assert str(raised.value) == "met takes two names. Leave 'Tomas Reyl' out."
    with pytest.raises(QueryError) as raised:
        answer(graph, "top", state="Arvania")
    assert str(raised.value) == "top takes no name. Leave --state out."


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


def test_a_table_too_wide_to_read_cuts_texts_then_folds_then_leaves_out() -> None:
    what, words = Literal("Meeting of two ministers"), Literal("word " * 50)
    wide = Rows(
        ("when", "what", "sentence", "empty", "day"), [(Literal("2021-03-06"), what, words, None, Literal("2021-03-05"))]
    )
    words_of = ["word " * 7, "word " * 7, "word " * 5 + "word…"]
    assert lay_out(wide, "table", width=80) == LaidOut(
        "when         what                sentence                             day\n"
        f"{'─' * 80}\n"
        f"2021-03-06   Meeting of two      {words_of[0]}  2021-03-05\n"
        f"             ministers           {words_of[1].rstrip()}\n"
        f"                                 {words_of[2]}\n"
    )
    narrow = lay_out(wide, "table", width=56)
    assert narrow.note == "Left out, for want of room: day. All columns, uncut: -f csv."
    assert narrow.text.startswith("when         what           sentence\n")


def test_a_cell_is_folded_between_words_if_they_are_not_very_long() -> None:
    row = (Literal("2021"), Literal("the demilitarized zone"), Literal("word " * 50))
    lines = lay_out(Rows(("when", "place", "sentence"), [row]), "table", width=48).text.splitlines()
    assert [line[7:20] for line in lines[2:4]] == ["the          ", "demilitarized"]


def test_the_sentence_is_left_out_last_though_another_text_is_longer() -> None:
    row = (
        Literal("2021-03"),
        Literal("word " * 20),
        Literal("Talks were held in the port on Friday."),
        Literal("word " * 50),
    )
    text = lay_out(Rows(("month", "what", "sentence", "behind"), [row]), "table", width=70).text
    assert text.split("\n")[0].split() == ["month", "what", "sentence"]


@pytest.mark.parametrize("sort", ["when", "-when"])
def test_what_has_no_time_is_last_whichever_way_times_are_sorted(sort: str) -> None:
    undated, dated = (None, Literal(99999999.0)), (Literal("2021-03"), Literal(20210300.0))
    rows = ordered(Rows(("when", "order"), [undated, dated]), sort, ["when"], by_day="order")
    assert rows.rows == [dated, undated]


@given(st.integers(1, 200), st.lists(st.integers(1, 300), min_size=1, max_size=12))
def test_a_table_is_never_wider_than_it_may_be(width: int, natural: list[int]) -> None:
    widths = fitted(dict(enumerate(natural)), width)
    total = sum(widths.values()) + GAP * (len(widths) - 1)
    assert total <= max(width, 1 + (GAP + 1) * (len(widths) - 1))
    assert list(widths) == sorted(widths)


def test_both_sentences_of_two_outlets_stay_where_other_columns_go() -> None:
    columns = ("what", "says", "sayingElse", "sentence", "otherSentence", "when")
    rows = Rows(columns, [tuple(Literal(f"{column} " * 12) for column in columns)])
    shown = {width: set(columns) - set(drawn(rows, width).left_out) for width in (80, 122)}
    assert shown == {80: {"what", "sentence", "otherSentence"}, 122: {*columns[:5]}}


def test_markup_in_a_text_is_shown_as_it_is() -> None:
    assert render(Rows(("x",), [(Literal("[red]no[/red]"),)]), "table", width=40).splitlines()[-1] == "[red]no[/red]"


FEW = Rows(("who", "n", "sure", "empty"), [(NamedNode(PREFIXES["id"] + "A_b"), Literal(3), Literal(0.5), None)])


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("json", '[\n {\n  "who": "https://w3id.org/kgbuild/id/A_b",\n  "n": 3,\n  "sure": 0.5,\n  "empty": null\n }\n]\n'),
        ("jsonl", '{"who": "https://w3id.org/kgbuild/id/A_b", "n": 3, "sure": 0.5, "empty": null}\n'),
        ("markdown", "| who | n | sure | empty |\n| --- | --- | --- | --- |\n| id\\:A\\_b | 3 | 0\\.5 |  |\n"),
    ],
)
def test_rows_are_flat_for_programs_and_pages(style: str, text: str) -> None:
    assert render(FEW, style) == text


def test_nothing_in_a_page_of_rows_runs() -> None:
    page = render(Rows(("x",), [(Literal("<script>alert(1)</script>"),)]), "html")
    assert "<td>&lt;script&gt;alert(1)&lt;/script&gt;</td>" in page
    assert "default-src 'none'" in page


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


def test_sparql_json_is_that_of_sparql() -> None:
    assert json.loads(render(ROWS, "sparql-json")) == {
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
    ("style", "yes"),
    [("table", "yes\n"), ("csv", "true\n"), ("json", "true\n"), ("sparql-json", '{"head": {}, "boolean": true}\n')],
)
def test_a_yes_is_written_in_every_style(style: str, yes: str) -> None:
    assert render(True, style) == yes
