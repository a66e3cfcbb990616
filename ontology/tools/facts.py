"""The facts that tables are made of: where they come from, which of them may be used, and the text of a table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kgbuild.ontology import Actors, Types, read_facts

WRITTEN_BY = "# Written by ontology/tools/tables.py: change the script or actors.ttl, which wins over this table."

SOURCES = {
    "knowledge": ("K", "written by hand for this project, facts"),
    "every-politician-scrapers/*": ("E", "EveryPolitician scrapers of Wikidata, CC0 as it is"),
    "HistoryAtState/pocom": ("P", "Principal Officers and Chiefs of Mission, US Office of the Historian, CC0"),
    "HistoryAtState/people": ("H", "people, US Office of the Historian, public domain"),
    "philip-schrodt/CountryInfo-1": ("C", "CountryInfo, MIT"),
    "WilliamRADFunk/cia-world-leaders": ("W", "Chiefs of State and Cabinet Members, CIA, public domain"),
    "factbook/factbook.json": ("F", "The World Factbook, CIA, public domain"),
    "MilkMp/CIA-World-Factbooks-Archive-1990-2025": ("A", "archive of The World Factbook, CIA, public domain"),
    "instituteforgov/ifg-ministers-database-public": ("I", "Ministers Database, Institute for Government, CC BY 4.0"),
    "unitedstates/congress-legislators": ("L", "congress-legislators, CC0"),
    "datenoio/internacia-db": ("N", "internacia-db, MIT"),
    "UCDP Actor 22.1, by skytheacademic/who_keeps_the_peace": ("U", "UCDP Actor Dataset 22.1, Uppsala, CC BY 4.0"),
}
"""The name of a source in the facts -> its letter in the tables, and what it is."""


def actors_by_hand(folder: Path) -> Actors:
    """What actors.ttl alone knows."""
    files = {folder / name: (folder / name).read_text(encoding="utf-8") for name in ("diplomacy.ttl", "actors.ttl")}
    facts = read_facts(files)
    return Actors(facts, Types(facts, lambda _: ("", 0)).ancestors)


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a file of facts that may be used."""
    for text in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        record = json.loads(text)
        licence = record.get("licence", "")
        if not record.get("doubt") and "SA" not in licence and "MIT?" not in licence:
            yield record


def table_of(columns: tuple[str, ...], rows: list[tuple[str, ...]], head: str, sources: dict[str, str]) -> str:
    told = [f"#   {letter}  {what}" for letter, what in sources.items()]
    lines = [WRITTEN_BY, *head.splitlines(), "# source:", *told, "\t".join(columns)]
    return "\n".join([*lines, *("\t".join(row) for row in rows)]) + "\n"
