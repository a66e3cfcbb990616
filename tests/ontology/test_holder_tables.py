"""The tables beside actors.ttl: what holds of them, how they are asked, and how the tool makes them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from kgbuild.ontology import Ontology, Tenure
from kgbuild.ontology.tables import BODIES, BODY_COLUMNS, HOLDER_COLUMNS, HOLDERS, Row, interval, key_of, read_tables

ROOT = Path(__file__).resolve().parents[2]
MONTH = 31
HEAD = "\t".join(HOLDER_COLUMNS)


def lines_of(name: str) -> list[str]:
    return [line for line in (ROOT / "ontology" / name).read_text("utf-8").splitlines() if not line.startswith("#")]


def holders() -> list[Row]:
    return [Row(*line.split("\t")) for line in lines_of(HOLDERS)[1:]]


def sure(row: Row) -> tuple[int, int]:
    return interval(row.begin or row.first_seen, row.end or row.last_seen, sure=True)


# -- what ships -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "columns", "by"), [(HOLDERS, HOLDER_COLUMNS, 1), (BODIES, BODY_COLUMNS, 2)])
def test_a_table_has_its_columns_and_is_in_the_order_of_names(name: str, columns: tuple[str, ...], by: int) -> None:
    head, *rows = (line.split("\t") for line in lines_of(name))
    assert tuple(head) == columns
    assert [row[by] for row in rows] == sorted(row[by] for row in rows)
    assert {len(row) for row in rows} == {len(columns)}


@pytest.mark.parametrize("name", [HOLDERS, BODIES])
def test_the_head_of_a_table_names_source_and_licence_of_every_line(name: str) -> None:
    told = dict(re.findall(r"^#   (\w)  (.+)$", (ROOT / "ontology" / name).read_text("utf-8"), re.MULTILINE))
    used = {letter for line in lines_of(name)[1:] for letter in line.split("\t")[-1]}
    assert used <= set(told)
    assert [what for what in told.values() if not re.search(r"CC0|MIT|CC BY 4\.0|public domain|facts", what)] == []


def test_a_seat_has_one_holder_at_a_time_unless_the_table_says_that_it_is_shared(ontology: Ontology) -> None:
    seats: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in holders():
        if ontology.actors[f"office/{row.office}"].seat and not row.shared:
            seats[row.office, row.of, row.to].append(row)
    twice = [
        (seat, one.name, other.name)
        for seat, rows in seats.items()
        for one, other in combinations(rows, 2)
        if one.name != other.name and min(sure(one)[1], sure(other)[1]) - max(sure(one)[0], sure(other)[0]) > MONTH
    ]
    assert twice == []


def test_a_table_holds_nobody_in_a_seat_that_the_file_of_actors_fills(ontology: Ontology) -> None:
    filled: dict[tuple[str, str, str | None], list[Tenure]] = defaultdict(list)
    for tenure in ontology.tenures:
        filled[tenure.office, tenure.of, tenure.to].append(tenure)
    found = []
    for row in holders():
        for tenure in filled[f"office/{row.office}", row.of, row.to or None]:
            begin, end = interval(tenure.begin or "", tenure.end or "", sure=True)
            if ontology.actors[tenure.office].seat and min(end, sure(row)[1]) - max(begin, sure(row)[0]) > MONTH:
                found.append((row.name, tenure.holder))
    assert found == []


def test_every_office_and_place_of_the_table_is_known(ontology: Ontology) -> None:
    rows = holders()
    named = {f"office/{row.office}" for row in rows} | {row.of for row in rows} | {row.to for row in rows if row.to}
    assert sorted(named - ontology.actors.keys()) == []


def test_no_name_of_a_body_is_one_that_the_file_of_actors_has(ontology: Ontology) -> None:
    taken = {name.lower() for a in ontology.actors.values() for name in (*a.names, *a.exact, *a.demonyms)}
    assert [name for name in ontology.tables.by_body_name if name.lower() in taken or len(name) < 3] == []


# -- how it is asked ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "possible", "certain"),
    [
        ("2019-04-30", False, False),
        ("2019-05-20", True, False),
        ("2019-06-01", True, True),
        ("2020-12-31", True, True),
        ("2021-07-01", True, False),
        ("2022-01-01", False, False),
    ],
)
def test_a_tenure_is_as_sure_as_its_dates(day: str, possible: bool, certain: bool) -> None:
    tenure = Tenure("A", "office/president", "Peru", "2019-05", "2021")
    assert (tenure.covers(day), tenure.surely_covers(day)) == (possible, certain)


def test_an_open_tenure_counts_as_long_as_it_was_attested() -> None:
    tenure = Tenure("A", "office/president", "Peru", "2019-05", None, last_seen="2021-08-02")
    assert (tenure.covers("2021-08-02"), tenure.covers("2021-08-03")) == (True, False)


def row(name: str, office: str, begin: str, end: str, *, of: str = "Peru", to: str = "", shared: str = "") -> str:
    return "\t".join(("", name, "", "", office, of, to, begin, end, "", "", shared, "", "K"))


@pytest.fixture
def peru(ontology: Ontology) -> Ontology:
    """An ontology whose table knows two foreign ministers and two ambassadors of Peru, of a year without others."""
    lines = (
        row("Ana Uno", "foreign_minister", "1950-01", "1950-05"),
        row("Eva Dos", "foreign_minister", "1950-05", "1950-12-24"),
        row("Ida Tres", "foreign_minister", "1950-12-24", "1951"),
        row("Leo Chile", "ambassador", "1950", "1951", to="Chile"),
        row("Luz Peru", "ambassador", "1950", "1951", to="Brazil"),
        row("Max Menor", "minister", "1950", "1951"),
    )
    other = object.__new__(Ontology)
    other.__dict__.update(ontology.__dict__, tables=read_tables("\n".join((HEAD, *lines)), ""))
    return other


@pytest.mark.parametrize(
    ("day", "holder"),
    [
        ("1950-04-30", "Ana_Uno"),
        ("1950-05-15", None),  # in that month one followed the other
        ("1950-06-01", "Eva_Dos"),
        ("1950-12-24", None),
        ("1950-12-25", "Ida_Tres"),
        ("1951-06-01", "Ida_Tres"),
        ("1952-01-01", None),
    ],
)
def test_office_state_and_day_say_who_it_is(peru: Ontology, day: str, holder: str | None) -> None:
    assert peru.holder_of("office/foreign_minister", "Peru", day) == holder


def test_an_ambassador_is_known_by_where_he_is_sent(peru: Ontology) -> None:
    sent = [peru.holder_of("office/ambassador", "Peru", "1950-06-01", to) for to in ("Chile", "Brazil", "Cuba", None)]
    assert sent == ["Leo_Chile", "Luz_Peru", None, None]


def test_an_office_that_many_hold_means_nobody(peru: Ontology) -> None:
    assert peru.holder_of("office/minister", "Peru", "1950-06-01") is None


def test_two_who_share_a_seat_are_nobody_by_it(peru: Ontology) -> None:
    shared = row("Ana Uno", "president", "1950", "1950-12-24", shared="shared")
    peru.tables = read_tables(f"{HEAD}\n{shared}", "")
    assert peru.holder_of("office/president", "Peru", "1950-06-01") is None


def test_the_file_of_actors_wins(ontology: Ontology) -> None:
    assert ontology.holder_of("office/foreign_minister", "France", "2019-03-10") == "Jean_Yves_Le_Drian"
    assert ontology.known("Jean_Yves_Le_Drian") is ontology.actors["Jean_Yves_Le_Drian"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sergei Nechaev", "Sergey Nechaev"),
        ("Volodymyr Zelenskiy", "Volodymyr Zelenskyy"),
        ("Aleksandr Shokhin", "Alexander Shokhin"),
        ("José Núñez", "Jose Nunez"),
        ("Mohammed Hussein", "Mohamed Hussein"),
        ("Yousef al-Otaiba", "Yousef El Otaiba"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(("one", "other"), [("Wang Li", "Wang Lu"), ("Kim Yong", "Kim Yang"), ("Ali Hasan", "Ali Husain")])
def test_names_of_two_have_two_keys(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


# -- how it is made -------------------------------------------------------------------------------


def fact(name: str, office: str, begin: str | None, end: str | None, source: str = "knowledge", **more: object) -> str:
    told = {"aliases": [], "of": "PER", "wikidata": None, "licence": "facts"}
    return json.dumps({"name": name, "office": office, "begin": begin, "end": end, "source": source, **told, **more})


def made(folder: Path, *facts: str) -> list[tuple[str, ...]]:
    """Id, name, aliases, office, begin, end, last seen and shared of the lines that the tool makes of *facts*."""
    (folder / "officeholders.jsonl").write_text("\n".join(facts), "utf-8")
    command = [sys.executable, str(ROOT / "ontology/tools/tables.py"), str(folder), "--out", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    rows = [Row(*line.split("\t")) for line in (folder / HOLDERS).read_text("utf-8").splitlines() if line[0] != "#"][1:]
    return [(r.id, r.name, r.aliases, r.office, r.begin, r.end, r.last_seen, r.shared) for r in rows]


@pytest.mark.slow
def test_the_tool_makes_the_table_of_the_facts_that_may_be_used(tmp_path: Path) -> None:
    scrapers = "every-politician-scrapers/*"
    rows = made(
        tmp_path,
        fact("Sergio Petrovich Uno", "foreign minister", "1950-01", "1950-05", aliases=["Uno Sergio"]),
        fact("Sergio Unno", "foreign minister", "1950-01-20", "1950-05-11", scrapers),
        fact("Eva Menor", "foreign minister", "1950-02-01", "1950-04-30", scrapers),
        fact("Ana Dos", "president", "1950-01", "1951-12"),
        fact("Ida Tres", "president", "1950-01", "1951-12"),
        fact("Max Cuatro", "president", "1960-02", None, last_seen="1961-03"),
        fact("Leo Cinco", "president", "1962", "1963", licence="CC BY-SA 4.0"),
        fact("Luz Seis", "president", "1962", "1963", licence="MIT?"),
        fact("Pia Siete", "president", "1962", "1963", doubt="dates"),
        fact("Ocho", "president", "1962", "1963"),
        fact("Alain Autre", "foreign minister", "2018", "2020", scrapers, of="FRA"),  # actors.ttl has another
    )
    assert rows == [
        ("", "Ana Dos", "", "president", "1950-01", "1951-12", "", "shared"),
        ("", "Ida Tres", "", "president", "1950-01", "1951-12", "", "shared"),
        ("", "Max Cuatro", "", "president", "1960-02", "", "1961-03", ""),
        ("", "Sergio Uno", "Uno Sergio", "foreign_minister", "1950-01", "1950-05", "", ""),
    ]
