"""Drawing a part of a graph: an actor, some relations, a stretch of time, the answers of a query."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from world import small_world

from kgbuild.ask.days import spanned
from kgbuild.ask.network import draw
from kgbuild.ask.picture import Picture, read_picture
from kgbuild.ask.selection import AnswerEdge, Selection, edges_of
from kgbuild.cli import main
from kgbuild.errors import KgbuildError
from kgbuild.graph.store import Graph


def drawn(selection: Selection) -> list[tuple[str, str, str]]:
    """Lines in words: from, label, to."""
    return lines_of(read_picture(small_world().graph(), selection))


def lines_of(picture: Picture) -> list[tuple[str, str, str]]:
    labels = {actor.id: actor.label for actor in picture.actors}
    return sorted((labels[line.source], line.label, labels[line.target]) for line in picture.lines)


def test_an_actor_is_drawn_with_its_neighbours_and_what_joins_them() -> None:
    assert drawn(Selection(about="UoS")) == [("Norland", "is a member of", "Union of the Straits")]
    assert drawn(Selection(about="Bo Lund")) == [("Åsa Ek", "meets", "Bo Lund"), ("Åsa Ek", "meets · planned", "Bo Lund")]


@pytest.mark.parametrize("name", ["memberOf", "memberof", "is a member of"])
def test_a_relation_is_chosen_by_name_or_label(name: str) -> None:
    assert drawn(Selection(relations=(name,))) == [("Norland", "is a member of", "Union of the Straits")]


def test_a_class_of_events_stands_for_all_below_it() -> None:
    assert drawn(Selection(relations=("Sanction", "ProvideAid"))) == [
        ("Norland", "imposes sanctions on", "Süderia"),
        ("Norland", "✕ aids · denied", "Süderia"),
    ]


def test_claims_of_another_time_are_left_out() -> None:
    later = drawn(Selection(relations=("Meeting", "memberOf"), since="2031-04"))
    assert later == [("Åsa Ek", "meets · planned", "Bo Lund")]
    assert drawn(Selection(relations=("Meeting",), until="2031-03-04")) == [("Åsa Ek", "meets", "Bo Lund")]


def test_what_the_text_does_not_date_is_of_the_day_of_its_report() -> None:
    member = Selection(relations=("memberOf",), since="2031-03-04", until="2031-03-04")
    assert drawn(member) == [("Norland", "is a member of", "Union of the Straits")]
    with pytest.raises(KgbuildError, match="No claim of this graph is left to draw"):
        drawn(Selection(relations=("memberOf",), since="2031-03-05"))


def test_what_neither_the_text_nor_the_article_dates_may_be_of_any_time() -> None:
    graph = small_world().graph()
    bare = Graph.memory()
    for name in graph.graph_names():
        quads = [q for q in graph.sorted_quads(name) if not q.predicate.value.endswith("/issued")]
        bare.replace(name.value, quads)
    assert lines_of(read_picture(bare, Selection(relations=("memberOf",), since="2050"))) == [
        ("Norland", "is a member of", "Union of the Straits")
    ]


def test_the_title_says_what_is_drawn() -> None:
    assert [
        read_picture(small_world().graph(), selection).title
        for selection in (
            Selection(),
            Selection(about="uos"),
            Selection(relations=("Meeting", "memberOf"), since="2031", until="2031-04"),
            Selection(since="2031-03", until="2031-03"),
        )
    ] == [
        "2 articles of Straits Wire and The Observer, 2031-03",
        "Union of the Straits and its neighbours · 2 articles of Straits Wire and The Observer, 2031-03",
        "Meeting, memberOf · 2031 to 2031-04 · 2 articles of Straits Wire and The Observer, 2031-03",
        "2031-03 · 2 articles of Straits Wire and The Observer, 2031-03",
    ]
    assert "<title>Norland and its neighbours · 2 articles of Straits Wire and The Observer, 2031-03</title>" in draw(
        small_world().graph(), selection=Selection(about="Norland")
    )


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        (Selection(about="Norlund"), 'Nothing in this graph is called "Norlund". Did you mean "Norland"?'),
        (
            Selection(about="Bo Lund", relations=("memberOf",)),
            "No claim that is drawn relates Bo Lund to another actor. Ask: kgbuild query dossier 'Bo Lund'",
        ),
        (
            Selection(relations=("Meetng",)),
            'No claim of this graph has the relation "Meetng". Did you mean "Meeting"? There are: Criticize, '
            "ImposeSanctions, Meeting, ProvideAid, SignAgreement, holdsPosition, memberOf.",
        ),
        (Selection(since="May"), '"May" is no date. Write a day, a month or a year: 2014-12-19, 2014-12 or 2014.'),
        (Selection(since="2032", until="2031"), "--since 2032 is after --until 2031. Turn them round."),
        (
            Selection(relations=("Meeting",), until="2030"),
            "No claim of this graph is left to draw. Choose less: leave an option out.",
        ),
    ],
)
def test_a_selection_that_fits_nothing_is_an_error_with_its_cure(selection: Selection, message: str) -> None:
    with pytest.raises(KgbuildError) as error:
        drawn(selection)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2023", ("2023-01-01", "2023-12-31")),
        ("2014-12-19", ("2014-12-19", "2014-12-19")),
    ],
)
def test_a_date_is_a_day_a_month_or_a_year(text: str, days: tuple[str, str]) -> None:
    assert spanned(text) == days


# ---- the answers of a query ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT { id:thing0 dip:memberOf id:thing4 } WHERE {}",
        "SELECT (id:thing0 AS ?from) (dip:memberOf AS ?relation) (id:thing4 AS ?to) {}",
        'SELECT (id:thing0 AS ?source) ("is a member of" AS ?predicate) (id:thing4 AS ?target) {}',
        "SELECT (id:thing0 AS ?from) (id:thing4 AS ?to) {}",
    ],
)
def test_a_query_draws_its_answers_with_the_claims_behind_them(query: str) -> None:
    edges = edges_of(small_world().graph().query(query))
    assert drawn(Selection(edges=edges)) == [("Norland", "is a member of", "Union of the Straits")]


def test_an_answer_that_no_claim_stands_behind_is_drawn_and_says_so() -> None:
    selection = Selection(edges=(AnswerEdge("thing1", "neighbourOf", "thing4"),), question="near.rq")
    picture = read_picture(small_world().graph(), selection)
    assert (lines_of(picture), picture.title, [claim.sentence for claim in picture.evidence.values()]) == (
        [("Süderia", "neighbour of", "Union of the Straits")],
        "Answers of near.rq · 2 articles of Straits Wire and The Observer, 2031-03",
        ["Answered by near.rq; no sentence of an article says so."],
    )


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("ASK {}", "ASK answers yes or no"),
        ("SELECT ?who { ?who a dip:State }", r"The query answers \?who. To be drawn it needs \?from and \?to"),
        ("SELECT ?from ?to { ?from rdfs:label ?to }", "The query answers no edge between two things."),
    ],
)
def test_what_cannot_be_drawn_is_an_error_with_its_cure(query: str, message: str) -> None:
    with pytest.raises(KgbuildError, match=message):
        edges_of(small_world().graph().query(query))


def test_several_drawings_come_from_one_graph(tmp_path: Path) -> None:
    trig = tmp_path / "world.trig"
    trig.write_text(small_world().trig(), encoding="utf-8")
    graph = Graph.create(tmp_path / "output" / "store")
    graph.load_trig(trig)
    graph.compact()
    del graph
    members = tmp_path / "members.rq"
    members.write_text(
        "CONSTRUCT { ?a dip:memberOf ?b } WHERE { ?c dip:subject/dip:denotes ?a ; dip:object/dip:denotes ?b }"
    )
    folder = ["-o", str(tmp_path / "output")]
    pages = {
        "norland.html": ["--about", "Norland", "--relation", "memberOf"],
        "members.html": ["--query", str(members)],
    }
    runs = [CliRunner().invoke(main, ["draw", *folder, "--out", str(tmp_path / name), *of]) for name, of in pages.items()]
    assert [(run.exit_code, run.output) for run in runs] == [(0, f"{tmp_path / name}\n") for name in pages]
    titles = [
        f"{what} · 2 articles of Straits Wire and The Observer, 2031-03"
        for what in ("Norland and its neighbours · memberOf", "Answers of members.rq")
    ]
    assert [
        f"<title>{title}</title>" in (tmp_path / name).read_text() for name, title in zip(pages, titles, strict=True)
    ] == [
        True,
        True,
    ]
