"""Claims and events as tables, and as records of the field: read again by DuckDB, pandas and csv with the same counts."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import date
from pathlib import Path

import duckdb
import pandas
import pytest

from kgbuild.ask.export import FOLDERS, export
from kgbuild.ask.exports.rows import CLAIMS, EVENTS, claim_rows, event_rows
from kgbuild.errors import KgbuildError
from kgbuild.graph.store import Graph
from tests.ask.world import World

SMALL = Path(__file__).parents[1] / "small.trig"


@pytest.fixture
def graph() -> Graph:
    small = Graph.memory()
    small.load_trig(SMALL)
    return small


def said(row: dict[str, object]) -> dict[str, object]:
    """The cells that say something."""
    return {name: cell for name, cell in row.items() if cell not in (None, ())}


def test_a_claim_is_a_row(graph: Graph) -> None:
    rows = {row["claim"]: row for row in claim_rows(graph)}
    assert said(rows["id:article/00000000000000b2/claim/20-SignAgreement"]) == {
        "claim": "id:article/00000000000000b2/claim/20-SignAgreement",
        "type": "SignAgreement",
        "event": "id:event/SignAgreement/2021-02/Arvania-Belmora-Harbour_Accord",
        "participant": ("Arvania", "Belmora"),
        "participant_id": ("id:Arvania", "id:Belmora"),
        "theme": ("Harbour Accord",),
        "theme_id": ("id:Harbour_Accord",),
        "place": ("Port Selin",),
        "place_id": ("id:Port_Selin",),
        "polarity": "Affirmed",
        "modality": "Actual",
        "certainty": "Certain",
        "status": "Reported",
        "quoted": False,
        "time": "2021-02",
        "first_day": date(2021, 2, 1),
        "last_day": date(2021, 2, 28),
        "date_source": "Explicit",
        "trigger": "signed",
        "sentence": "Arvania and Belmora signed the Harbour Accord in Port Selin in February 2021.",
        "confidence": 0.9,
        "article": "id:article/00000000000000b2",
        "title": "Belmora leaves the Amber Line",
        "publisher": "Belmoran Post",
        "issued": date(2021, 3, 8),
        "file": "b2.txt",
    }


def test_a_statement_is_a_row_with_speaker_and_content(graph: Graph) -> None:
    [row] = [row for row in claim_rows(graph) if row["type"] == "Statement"]
    assert (row["speaker"], row["speaker_id"], row["content"], row["quoted"]) == (
        ("Tomas Reyl",),
        ("id:Tomas_Reyl",),
        "was never our line",
        True,
    )


def test_an_event_is_a_row_with_the_sentence_of_its_surest_claim(graph: Graph) -> None:
    rows = {row["type"]: row for row in event_rows(graph)}
    assert said(rows["Meeting"]) == {
        "event": "id:event/Meeting/2021-03-06/Lena_Ostrov-Tomas_Reyl",
        "type": "Meeting",
        "label": "Meeting: Lena Ostrov, Tomas Reyl, 2021-03-06",
        "status": "Planned",
        "plover": "CONSULT",
        "cameo": ("040",),
        "quad": "VerbalCooperation",
        "score": 2.5,
        "participant": ("Lena Ostrov", "Tomas Reyl"),
        "participant_id": ("id:Lena_Ostrov", "id:Tomas_Reyl"),
        "place": ("Port Selin",),
        "place_id": ("id:Port_Selin",),
        "topic": ("Amber Line",),
        "topic_id": ("id:Amber_Line",),
        "party": ("Arvania", "Belmora"),
        "party_id": ("id:Arvania", "id:Belmora"),
        "time": "2021-03-06",
        "first_day": date(2021, 3, 6),
        "last_day": date(2021, 3, 6),
        "date_source": "Explicit",
        "reported": date(2021, 3, 5),
        "claims": 2,
        "articles": 1,
        "sources": 1,
        "sentence": "Lena Ostrov will meet Tomas Reyl in Port Selin on March 6, Foreign Ministry spokesman Pavel Drum said.",
        "article": "id:article/00000000000000a1",
        "title": "Arvania and Belmora to hold talks",
        "publisher": "Selin Wire",
        "url": "https://wire.example/a1",
    }


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_duckdb_reads_a_row_for_each_claim_and_each_event(format: str, graph: Graph, tmp_path: Path) -> None:
    export(graph, format, tmp_path)
    count = "SELECT (SELECT count(*) FROM '{0}/claims.{1}'), (SELECT count(*) FROM '{0}/events.{1}')"
    assert duckdb.sql(count.format(tmp_path, format)).fetchall() == [(9, 4)]
    asked = graph.select("SELECT (COUNT(*) AS ?n) { ?claim a dip:Claim }").rows, graph.select(EVENTS_IN_ALL).rows
    assert [row[0][0].value for row in asked] == ["9", "4"]  # type: ignore[union-attr]  # numbers are literals


EVENTS_IN_ALL = "SELECT (COUNT(*) AS ?n) { ?event a dip:Event }"


def test_parquet_has_types_and_lists(graph: Graph, tmp_path: Path) -> None:
    export(graph, "parquet", tmp_path)
    who = "SELECT type, first_day, score FROM '{}/events.parquet' WHERE list_contains(party_id, 'id:Arvania') ORDER BY 1"
    assert duckdb.sql(who.format(tmp_path)).fetchall() == [
        ("ImposeSanctions", None, -6.0),
        ("Meeting", date(2021, 3, 6), 2.5),
        ("SignAgreement", date(2021, 2, 1), 5.0),
    ]
    frame = pandas.read_parquet(tmp_path / "claims.parquet")
    assert (list(frame.columns), len(frame)) == (list(CLAIMS), 9)
    assert list(pandas.read_parquet(tmp_path / "events.parquet").columns) == list(EVENTS)


def test_the_same_graph_gives_the_same_files(graph: Graph, tmp_path: Path) -> None:
    other = Graph.memory()
    for name in reversed(graph.graph_names()):
        other.replace(name.value, reversed(graph.sorted_quads(name)))
    for format in FOLDERS:
        export(graph, format, tmp_path / "one" / format)
        export(other, format, tmp_path / "two" / format)
    written = [
        {str(file.relative_to(tmp_path / each)): file.read_bytes() for file in (tmp_path / each).rglob("*.*")}
        for each in ("one", "two")
    ]
    assert sorted(written[0]) == [
        "csv/claims.csv",
        "csv/events.csv",
        "neo4j/nodes.csv",
        "neo4j/relationships.csv",
        "parquet/claims.parquet",
        "parquet/events.parquet",
    ]
    assert written[0] == written[1]


def test_no_cell_of_csv_breaks_its_line_or_is_run(tmp_path: Path) -> None:
    world = World()
    world.actor("=1+1;2")
    world.says(world.article("\t@A1"), "-cmd\x1b[2J and\nmore", "cmd", "Criticize", actor=("=1+1;2",))
    export(world.graph(), "csv", tmp_path)
    [row] = csv.DictReader(io.StringIO((tmp_path / "claims.csv").read_text(encoding="utf-8-sig")))
    assert (row["actor"], row["sentence"], row["title"]) == ("'=1+1,2", "'-cmd[2J and more", " @A1")
    assert len((tmp_path / "claims.csv").read_bytes().splitlines()) == 2


def test_without_pyarrow_the_cure_is_said(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(KgbuildError) as raised:
        export(graph, "parquet", tmp_path / "out")
    assert str(raised.value) == (
        "Parquet is written by pyarrow, which is not installed. Install it: pip install 'kgbuild[parquet]',"
        " or choose --format csv."
    )
    assert not (tmp_path / "out").exists()


def test_an_event_is_a_record_with_the_codes_of_the_field(graph: Graph, tmp_path: Path) -> None:
    export(graph, "jsonl", tmp_path / "events.jsonl")
    records = [json.loads(line) for line in (tmp_path / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(record["event_date"], record["event_type"], record["leaf"]) for record in records] == [
        ("2021-03-05", "SANCTION", "ImposeSanctions"),
        ("2021-03-06", "CONSULT", "Meeting"),
        ("2021-02-01", "SUPPORT", "SignAgreement"),
        ("2021-03-07", "RETREAT", "Withdraw"),
    ]
    assert records[0] == {
        "event_id": "id:event/ImposeSanctions/undated/Arvania-Belmora",
        "event_date": "2021-03-05",
        "date_source": "Assumed",
        "event_type": "SANCTION",
        "event_mode": None,
        "intensity": -6.0,
        "quad_code": "MATERIAL CONFLICT",
        "cameo": ["163"],
        "leaf": "ImposeSanctions",
        "status": "Denied",
        "actor": [{"name": "Arvania", "country": ["ARV"], "class": "State", "id": "id:Arvania"}],
        "recipient": [{"name": "Belmora", "country": ["BEM"], "class": "State", "id": "id:Belmora"}],
        "placename": [],
        "country": [],
        "source": "Selin Wire",
        "publication_date": "2021-03-05",
        "headline": "Arvania and Belmora to hold talks",
        "sentence": '"Arvania has not imposed sanctions on Belmora," Drum said.',
        "url": "https://wire.example/a1",
        "independent_sources": 1,
    }


def test_who_acts_for_a_state_has_its_code_and_who_is_met_is_the_recipient(tmp_path: Path) -> None:
    graph = Graph.memory()
    (tmp_path / "g.trig").write_text(
        SMALL.read_text(encoding="utf-8")
        + """
id:graph\\/events {
    id:Lena_Ostrov dip:actsFor id:Arvania , id:Northern_League . id:Tomas_Reyl dip:actsFor id:Belmora .
    id:event\\/Meeting\\/2021-03-06\\/Lena_Ostrov-Tomas_Reyl dip:otherSide id:Tomas_Reyl .
}
id:graph\\/edges { id:Port_Selin dip:capitalOf id:Arvania . }
id:graph\\/ontology { dip:Meeting dip:plover "CONSULT" ; dip:mode "visit" . }
""",
        encoding="utf-8",
    )
    graph.load_trig(tmp_path / "g.trig")
    export(graph, "jsonl", tmp_path / "events.jsonl")
    records = [json.loads(line) for line in (tmp_path / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    [meeting] = [record for record in records if record["leaf"] == "Meeting"]
    assert (meeting["actor"], meeting["recipient"], meeting["country"], meeting["event_mode"]) == (
        [{"name": "Lena Ostrov", "country": ["ARV"], "class": "Person", "id": "id:Lena_Ostrov"}],
        [{"name": "Tomas Reyl", "country": ["BEM"], "class": "Person", "id": "id:Tomas_Reyl"}],
        ["ARV"],
        "visit",
    )
