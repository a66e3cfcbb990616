"""Answers in Python: rows that iterate, count, are dicts, become a DataFrame, and show themselves harmlessly."""

from __future__ import annotations

import pickle
import sys
from datetime import date, datetime
from pathlib import Path

import pandas
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from kgbuild.ask.answer import Row, Table, value_of
from kgbuild.errors import KgbuildError
from kgbuild.graph.store import Graph, Rows
from kgbuild.graph.triples import PREFIXES

RUSSIA = NamedNode(PREFIXES["id"] + "Russia")


def xsd(text: str, kind: str) -> Literal:
    return Literal(text, datatype=NamedNode(PREFIXES["xsd"] + kind))


@pytest.fixture
def table() -> Table:
    return Table(
        Rows(
            ("who", "day", "claims"),
            [(RUSSIA, xsd("2014-12-19", "date"), Literal(3)), (Literal("<b>Nobody</b>"), None, Literal(1))],
        )
    )


def test_rows_iterate_have_a_length_and_are_dicts(table: Table) -> None:
    assert (len(table), table.columns, bool(table)) == (2, ("who", "day", "claims"), True)
    assert [dict(row) for row in table] == [
        {"who": RUSSIA.value, "day": date(2014, 12, 19), "claims": 3},
        {"who": "<b>Nobody</b>", "day": None, "claims": 1},
    ]
    assert (table[0]["day"], table[-1].who, table[0].get("place", "none")) == (date(2014, 12, 19), "<b>Nobody</b>", "none")
    assert [row.claims for row in reversed(table)] == [1, 3]


def test_a_slice_is_a_table(table: Table) -> None:
    assert isinstance(table[:1], Table)
    assert list(table[:1]) == [{"who": RUSSIA.value, "day": date(2014, 12, 19), "claims": 3}]


def test_a_column_that_is_not_there_is_said(table: Table) -> None:
    with pytest.raises(KeyError):
        table[0]["place"]
    with pytest.raises(AttributeError) as raised:
        _ = table[0].place
    assert str(raised.value) == 'This row has no column "place". It has: who, day, claims.'


def test_a_row_can_be_sent_to_another_process(table: Table) -> None:
    assert pickle.loads(pickle.dumps(table[0])) == table[0]


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (None, None),
        (RUSSIA, "https://w3id.org/kgbuild/id/Russia"),
        (BlankNode("b"), "_:b"),
        (Literal("met", language="en"), "met"),
        (xsd("7", "integer"), 7),
        (xsd("-6.0", "decimal"), -6.0),
        (xsd("true", "boolean"), True),
        (xsd("2014-12-19", "date"), date(2014, 12, 19)),
        (xsd("2014-12-19T08:30:00", "dateTime"), datetime(2014, 12, 19, 8, 30)),
        (xsd("2014-12-99", "date"), "2014-12-99"),
        (xsd("9" * 5000, "integer"), "9" * 5000),
        (xsd("2014", "gYear"), "2014"),
    ],
)
def test_a_cell_is_a_plain_value(term: NamedNode | BlankNode | Literal | None, value: object) -> None:
    assert (value_of(term), type(value_of(term))) == (value, type(value))


def test_a_data_frame_has_days_as_times(table: Table) -> None:
    frame = table.to_pandas()
    assert list(frame.columns) == ["who", "day", "claims"]
    assert (frame["day"].dt.year[0], pandas.isna(frame["day"][1]), frame["claims"].sum()) == (2014, True, 4)
    assert list(Table(Rows(("who", "day"), [])).to_pandas().columns) == ["who", "day"]


def test_without_pandas_the_cure_is_said(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(KgbuildError) as raised:
        table.to_pandas()
    assert str(raised.value) == (
        "A DataFrame is made by pandas, which is not installed. Install it: pip install 'kgbuild[pandas]'"
    )


def test_printed_it_is_a_table(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    lines = repr(table).splitlines()
    assert [line.split() for line in (lines[0], *lines[2:])] == [
        ["who", "day", "claims"],
        ["id:Russia", "2014-12-19", "3"],
        ["<b>Nobody</b>", "1"],
    ]


def test_a_notebook_shows_a_table_in_which_nothing_is_run() -> None:
    evil = '<script>alert(1)</script>" onload="x\u202e\x1b'
    table = Table(Rows(("who", "empty", "<i>"), [(RUSSIA, None, Literal(evil))]))
    style = 'dir="auto" style="text-align: start; vertical-align: top"'
    assert table._repr_html_() == (
        "<table>\n<thead><tr><th>who</th><th>&lt;i&gt;</th></tr></thead>\n<tbody>\n"
        f"<tr><td {style}>id:Russia</td>"
        f"<td {style}>&lt;script&gt;alert(1)&lt;/script&gt;&#34; onload=&#34;x</td></tr>\n</tbody>\n</table>"
    )


def test_of_a_long_table_the_first_hundred_rows_are_shown() -> None:
    table = Table(Rows(("n",), [(Literal(number),) for number in range(1234)]))
    assert table._repr_html_().count("<tr>") == 101
    assert table._repr_html_().endswith("</table>\n<p>… and 1,134 more of 1,234 rows</p>")
    assert repr(table).splitlines()[-1] == "… and 1,134 more of 1,234 rows"


@pytest.mark.parametrize(("asked", "truth", "html"), [("?s ?p ?o", True, "<p>yes</p>"), ("?s <a:b> ?o", False, "<p>no</p>")])
def test_yes_and_no_are_true_and_false(asked: str, truth: bool, html: str) -> None:
    graph = Graph.memory()
    graph.load_trig(Path(__file__).parents[1] / "small.trig")
    table = Table(graph.query(f"ASK {{ {asked} }}"))
    assert (bool(table), repr(table), table._repr_html_()) == (truth, "yes" if truth else "no", html)


def test_triples_are_rows_of_three() -> None:
    graph = Graph.memory()
    graph.load_trig(Path(__file__).parents[1] / "small.trig")
    [row] = Table(graph.query("CONSTRUCT { ?s dip:iso3 ?o } WHERE { ?s dip:iso3 ?o FILTER(?o = 'ARV') }"))
    assert row == Row({"subject": PREFIXES["id"] + "Arvania", "predicate": PREFIXES["dip"] + "iso3", "object": "ARV"})


def test_nothing_found_is_said_and_false() -> None:
    table = Table(Rows(("who",), []))
    assert (bool(table), repr(table), table._repr_html_()) == (False, "Nothing found.", "<p>Nothing found.</p>")
