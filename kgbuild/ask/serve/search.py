"""The search: an index of names, sentences and verbs, made once for each graph and kept beside its store (SQLite FTS5)."""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from kgbuild.ask.serve.work import pieces
from kgbuild.ask.terms import plain
from kgbuild.ask.things import NAMES_OF_THINGS, folded
from kgbuild.graph.bounded import Stage
from kgbuild.graph.store import Graph

FILE = "search.sqlite"
"""The index, in the output folder."""
LAYOUT = 2
"""Another one where the tables are others, so that an index of before is made anew."""
TABLES = """
CREATE VIRTUAL TABLE sentence USING fts5(
    text, verbs, article UNINDEXED, title UNINDEXED, outlet UNINDEXED, day UNINDEXED, event UNINDEXED,
    tokenize = "porter unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE spelled USING fts5(
    words, content = '', detail = none, prefix = '3', tokenize = "unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE naming USING fts5(
    name, thing UNINDEXED, label UNINDEXED, tokenize = "unicode61 remove_diacritics 2");
CREATE TABLE made (state TEXT);
"""


@dataclass(frozen=True)
class Found:
    """A sentence that has the words, or a verb of its claims, with the one before and the one behind it."""

    before: str
    text: str
    after: str
    source: tuple[str, ...]
    """Title, outlet and day of its article, as far as these are known."""
    event: str
    """The event that it tells of, if any."""


def make_index(store: str, state: str) -> Iterator[object]:
    """The index of the graph in *store*, whose state is *state*, as SQLite writes it."""
    yield Stage.OPENING
    graph = Graph.open(store)
    yield Stage.ANSWERING
    with closing(sqlite3.connect(":memory:")) as index:
        index.executescript(TABLES)
        index.execute("INSERT INTO made VALUES (?)", (f"{LAYOUT} {state}",))
        names = sorted(tuple(map(plain, row)) for row in graph.rows_here(NAMES_OF_THINGS).rows)
        labels = {thing: name for thing, kind, name in reversed(names) if kind == "label"}
        index.executemany(
            "INSERT INTO naming VALUES (?, ?, ?)",
            ((name, thing, labels[thing]) for thing, _, name in names if thing in labels),
        )
        verbs: dict[str, dict[str, None]] = {}
        events: dict[str, str] = {}
        for sentence, trigger, label, event in (map(plain, row) for row in graph.rows_here(TOLD).rows):
            verbs.setdefault(sentence, {}).update(dict.fromkeys((trigger, label)))
            if event and "/event/" in event:
                events[sentence] = min(event, events.get(sentence, event))
        index.executemany(
            "INSERT INTO sentence VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (text, " ".join(verbs.get(iri, ())), article, title, outlet, day, events.get(iri, ""))
                for iri, text, article, _, title, outlet, day in (map(plain, row) for row in graph.rows_here(SENTENCES).rows)
            ),
        )
        index.execute("INSERT INTO spelled (rowid, words) SELECT rowid, text || ' ' || verbs FROM sentence")
        index.commit()
        written = index.serialize()
    yield Stage.LAYING_OUT
    yield "application/vnd.sqlite3"
    yield from pieces(written)


SENTENCES = """
SELECT ?sentence ?text ?source ?index ?title ?outlet ?day
WHERE {
  ?sentence a dip:Sentence ; dip:index ?index ; oa:exact ?text ; dct:isPartOf ?source .
  OPTIONAL { ?source dct:title ?title }
  OPTIONAL { ?source dct:publisher ?outlet }
  OPTIONAL { ?source dct:issued ?issued }
  BIND(COALESCE(SUBSTR(STR(?issued), 1, 10), "") AS ?day)
}
ORDER BY ?source ?index
"""

TOLD = """
SELECT ?sentence ?trigger ?label ?event
WHERE {
  ?claim dip:inSentence ?sentence ; dip:trigger ?trigger ; dip:claims ?type .
  OPTIONAL { ?type rdfs:label ?label }
  OPTIONAL { GRAPH id:graph\\/events { ?claim dip:about ?event } }
}
"""


def keep(written: bytes, output: Path) -> sqlite3.Connection:
    """The index, for any thread to read; it is kept in the folder *output* where that may be written."""
    with suppress(OSError):
        number, name = tempfile.mkstemp(dir=output, prefix=".search-")
        with os.fdopen(number, "wb") as file:
            file.write(written)
        os.replace(name, output / FILE)
    index = sqlite3.connect(":memory:", check_same_thread=False)
    index.deserialize(written)
    return index


def kept(output: Path, state: str) -> sqlite3.Connection | None:
    """The index that is kept in *output*, if it is of that state of the graph."""
    if not (output / FILE).is_file():
        return None
    try:
        index = sqlite3.connect(f"{(output / FILE).resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        if index.execute("SELECT state FROM made").fetchall() == [(f"{LAYOUT} {state}",)]:
            return index
        index.close()
    except sqlite3.Error:
        pass
    return None


def find_names(index: sqlite3.Connection, words: str, most: int) -> list[tuple[str, str, str]]:
    """Things with a name in which each of *words* begins a word: IRI, label, and that name; whole and short names first."""
    rows = index.execute("SELECT thing, label, name FROM naming WHERE naming MATCH ?", (_match(words),)).fetchall()
    wanted = folded(words)
    named: dict[str, tuple[str, str, str]] = {}
    for row in sorted(rows, key=lambda row: (folded(row[2]) != wanted, len(row[2]), row)):
        named.setdefault(row[0], row)
    return list(named.values())[:most]


def find_sentences(index: sqlite3.Connection, words: str, most: int) -> list[Found]:
    """The sentences that have all *words*, in some form or only begun, themselves or in the verbs of their claims,
    the latest first.
    """
    rows = index.execute(
        "SELECT rowid, text, article, title, outlet, day, event FROM sentence WHERE rowid IN"
        " (SELECT rowid FROM sentence WHERE sentence MATCH ? UNION SELECT rowid FROM spelled WHERE spelled MATCH ?)"
        " ORDER BY day DESC, rowid LIMIT ?",
        (_match(words, begun=False), _match(words), most),
    ).fetchall()
    return [
        Found(_near(index, number - 1, article), text, _near(index, number + 1, article), _source(*source), event)
        for number, text, article, *source, event in rows
    ]


def _source(*parts: str) -> tuple[str, ...]:
    return tuple(part for part in parts if part)


def _near(index: sqlite3.Connection, number: int, article: str) -> str:
    rows: Sequence[tuple[str]] = index.execute(
        "SELECT text FROM sentence WHERE rowid = ? AND article = ?", (number, article)
    ).fetchall()
    return rows[0][0] if rows else ""


def _match(words: str, *, begun: bool = True) -> str:
    """*words* as FTS5 has them: all of them, each perhaps only *begun*; nothing in them is an operator."""
    found = re.findall(r"\w+", words)
    return " ".join(f'"{word}"{"*" * begun}' for word in found) or '""'
