"""The ledger of a merge: what each article contributes and what came of it, as rows of an SQLite file.

With it the next merge takes up only what new, changed or removed articles touch. It says nothing that the articles do not
say: without it, or with one of another store, all is merged anew, to the same bytes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TABLES = {
    "meta": ("name TEXT PRIMARY KEY, value BLOB",),
    # Of which articles, and of what of each, the store was made, and what the report counts of it.
    "made_of": ("iri TEXT PRIMARY KEY, digest BLOB, tally BLOB",),
    # When an article was issued, the key of its source, the bands of its text, and where its mentions are.
    "article": ("iri TEXT PRIMARY KEY, issued TEXT, publisher TEXT, sketch BLOB, mentions BLOB",),
    "one_text": ("a TEXT, b TEXT, PRIMARY KEY (a, b)",),
    "reprint": ("iri TEXT PRIMARY KEY, original TEXT",),
    # What it says of an id as read, and the id that means once namesakes are parted.
    "part": ("article TEXT, id TEXT, shared INT, meant TEXT, said BLOB", "article", "meant", "id"),
    # Ids that share a key are judged together (`identity.links`).
    "link": ("key TEXT, id TEXT, PRIMARY KEY (key, id)", "id"),
    "canonical": ("id TEXT PRIMARY KEY, known_by TEXT", "known_by"),
    "judgement": ("a TEXT, b TEXT, score REAL, why TEXT, merged INT", "a", "b"),
    "tenure": ("holder TEXT, office TEXT, of TEXT, article TEXT, said BLOB", "holder", "office, of", "of", "article"),
    # The seats that an article names alone, with who held each on its day.
    "alone": ("article TEXT, office TEXT, of TEXT, day TEXT, holder TEXT, why TEXT", "article", "office, of"),
    "met": ("article TEXT, id TEXT, said BLOB", "article", "id"),
    "entity": ("id TEXT PRIMARY KEY, cls TEXT, label TEXT",),
    "acting": ("article TEXT, id TEXT, said BLOB", "article", "id"),
    "home": ("id TEXT PRIMARY KEY, party TEXT",),
    # A claim of an event: where it stands in the order of merging, in whose cluster it is, and all else.
    "claim": ("number INTEGER PRIMARY KEY, article TEXT, type TEXT, place BLOB, cluster INT", "article", "type", "cluster"),
    # Where claims are found by others: by a party, with the days or with all times (`clustering.spots`).
    "spot": ("key TEXT, number INT, PRIMARY KEY (key, number)",),
    "view": ("number INTEGER PRIMARY KEY, said BLOB",),
    # An event goes by the number of the claim that began its cluster.
    "event": ("number INTEGER PRIMARY KEY, base TEXT, local TEXT, rank BLOB, outline BLOB, off BLOB", "base"),
    "needs": ("event INT, id TEXT, party INT", "event", "id"),
    # What each event and each article adds to the tallies of actors, pairs and voices (`graph.tallies`).
    "counted": ("event INT, whose TEXT, event_iri TEXT, weight TEXT, points REAL", "event", "whose"),
    "voiced": ("article TEXT, whose TEXT, publisher TEXT, statements INT", "article", "whose"),
    # Statements that several may make: who makes them.
    "shared": ("graph TEXT, subject TEXT, rest TEXT, owner TEXT", "owner", "graph, subject"),
}
"""Each table: its columns, then what it is looked up by."""
PASSING = {
    # Of whom such statements are made otherwise in this merge.
    "shared_anew": ("graph TEXT, subject TEXT, PRIMARY KEY (graph, subject)",),
}
"""Tables of one merge alone, of what is too much to be held."""

Row = tuple[Any, ...]


class Ledger:
    """The ledger in the file *path*, or one in memory; nothing stays on the disk before `commit`.

    A file that is damaged, or of another form, gives way to an empty one. OSError where it cannot be written.
    """

    def __init__(self, path: Path | None = None) -> None:
        try:
            with _explained():
                self._open(path)
        except sqlite3.DatabaseError:
            if path is None:
                raise
            self._db.close()
            path.unlink()
            with _explained():
                self._open(path)

    def _open(self, path: Path | None) -> None:
        self._db = sqlite3.connect(path or ":memory:", isolation_level=None)
        self._db.execute("PRAGMA cache_size = -65536")
        self._db.execute("BEGIN IMMEDIATE")
        for name, (columns,) in PASSING.items():
            self._db.execute(f"CREATE TEMP TABLE {name} ({columns}) WITHOUT ROWID")
        for name, (columns, *indices) in TABLES.items():
            self._db.execute(f"CREATE TABLE IF NOT EXISTS {name} ({columns})")
            for number, index in enumerate(indices):
                self._db.execute(f"CREATE INDEX IF NOT EXISTS {name}_{number} ON {name} ({index})")

    def close(self) -> None:
        """Forget what was not committed."""
        self._db.close()

    def commit(self) -> None:
        """Keep all that was changed."""
        with _explained():
            self._db.execute("COMMIT")
            self._db.execute("BEGIN IMMEDIATE")

    def clear(self) -> None:
        """Forget everything."""
        for name in (*TABLES, *PASSING):
            self.do(f"DELETE FROM {name}")

    def rows(self, sql: str, *given: object) -> list[Row]:
        """The rows of a SELECT."""
        return self._db.execute(sql, given).fetchall()

    def each(self, sql: str, *given: object) -> Iterator[Row]:
        """The same, one at a time."""
        return self._db.execute(sql, given)

    def row(self, sql: str, *given: object) -> Row | None:
        """The first row of a SELECT, None if there is none."""
        found: Row | None = self._db.execute(sql, given).fetchone()
        return found

    def do(self, sql: str, *given: object) -> int:
        """Change rows; the number of the row that was inserted."""
        with _explained():
            return self._db.execute(sql, given).lastrowid or 0

    def do_each(self, sql: str, given: Iterable[Row]) -> None:
        """Change rows, once for each of *given*."""
        with _explained():
            self._db.executemany(sql, given)

    def put(self, table: str, rows: Iterable[Row]) -> None:
        """Insert *rows*, each in the place of the one with the same primary key."""
        columns = (TABLES | PASSING)[table][0].split(" PRIMARY KEY (")[0].split(", ")
        marks = ", ".join("?" for column in columns if column)
        self.do_each(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)

    def take(self, table: str, column: str, value: object) -> list[Row]:
        """The rows with this value, which are deleted."""
        found = self.rows(f"SELECT * FROM {table} WHERE {column} = ?", value)
        if found:
            self.do(f"DELETE FROM {table} WHERE {column} = ?", value)
        return found

    def meta(self, name: str) -> Any:
        """A value that was kept by name; None if there is none."""
        found = self.row("SELECT value FROM meta WHERE name = ?", name)
        return found[0] if found else None

    def keep(self, name: str, value: object) -> None:
        """Keep a value by name."""
        self.put("meta", [(name, value)])


@contextmanager
def _explained() -> Iterator[None]:
    """What SQLite says of a disk, as other files say it."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OSError(str(error)) from error
