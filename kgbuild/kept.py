"""The readings of earlier builds: one SQLite file beside the graph, so that a build reads only what is new.

It holds two things. A *reading* stands under a key made of all that it depends on; nothing else finds it. What is
*held* is the set of articles that the graph is made of, with the places where each stood; the graph is a pure
function of that set. Every change is one transaction: a killed build leaves the state before it or after it.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import metadata
from pathlib import Path
from types import TracebackType

import msgspec

from kgbuild import __version__
from kgbuild.errors import KgbuildError, Problem
from kgbuild.model import Article, Claim, Mention, Reading, Sentence
from kgbuild.ontology import Ontology

FORMAT = 1
"""Of the file; to be raised when a table, or a record that is not under a key, changes."""
TOGETHER = 16
"""Readings put on the disk together: as many are lost at most when a build is killed."""
LIBRARIES = ("spacy", "babel", "python-dateutil", "rapidfuzz")
"""What else decides how a text is read, each with its version."""

Parts = tuple[tuple[Sentence, ...], tuple[Mention, ...], tuple[Claim, ...], tuple[tuple[str, int], ...]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands."""

    path: str
    """The file, absolute, and for a record `#` with its id: what stands here later is a version of what stood here."""
    source: str
    problems: tuple[Problem, ...]
    """What was met here when the article was taken in."""

    @property
    def exists(self) -> bool:
        """Whether the file is still there."""
        return os.path.exists(self.path.partition("#")[0])


@dataclass(frozen=True, slots=True)
class Held:
    """An article that the graph is made of, with its places, the first of which it is said to come from."""

    article: Article
    places: tuple[Place, ...]

    def also(self, other: Held) -> Held:
        """The same article, with the places of both."""
        first = min(self, other, key=lambda held: (held.places[0].source, held.places[0].path))
        places = {place.path: place for place in (*other.places, *self.places)}
        return Held(first.article, tuple(sorted(places.values(), key=lambda p: (p.source, p.path))))

    @property
    def problems(self) -> Iterator[Problem]:
        """Those of each place, and that each other place has the same text."""
        first, *others = self.places
        for place in self.places:
            yield from place.problems
        for place in others:
            yield Problem(place.source, f"the same text as {first.source}.", "It is read once.")


class Kept:
    """The readings kept in the file *path*, made if there is none; KgbuildError if it cannot be used."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._told():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=60)
            (form,) = self._db.execute("PRAGMA user_version").fetchone()
            if form not in (0, FORMAT):
                raise sqlite3.DatabaseError(f"written by another kgbuild, format {form}")
            self._db.execute(f"PRAGMA user_version = {FORMAT}")
            self._db.execute("CREATE TABLE IF NOT EXISTS reading (key TEXT PRIMARY KEY, parts BLOB) WITHOUT ROWID")
            self._db.execute("CREATE TABLE IF NOT EXISTS held (article TEXT PRIMARY KEY, key TEXT, held BLOB)")
            self._db.commit()
        self._waiting: list[tuple[str, bytes]] = []

    def __enter__(self) -> Kept:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            self.save()
        except KgbuildError:
            if kind is None:
                raise
        finally:
            self._db.close()

    def held(self) -> dict[str, Held]:
        """The articles of the last build, by IRI."""
        with self._told():
            rows = self._db.execute("SELECT article, held FROM held ORDER BY article").fetchall()
            return {iri: msgspec.msgpack.decode(zlib.decompress(held), type=Held) for iri, held in rows}

    def hold(self, held: Iterable[Held], keys: Mapping[str, str], *, prune: bool) -> None:
        """Make *held* all that is held, in one step; *keys* has, by IRI, the key of what the graph shows.

        Other readings of articles that were held are forgotten, and when pruning all others; what a build has
        read that was stopped is kept for the next one.
        """
        rows = [(h.article.iri, keys.get(h.article.iri), zlib.compress(msgspec.msgpack.encode(h), 1)) for h in held]
        self.save()
        with self._told(), self._db:
            self._db.execute("CREATE TEMP TABLE IF NOT EXISTS earlier AS SELECT article FROM held")
            self._db.execute("DELETE FROM held")
            self._db.executemany("INSERT INTO held VALUES (?, ?, ?)", rows)
            theirs = "" if prune else "AND substr(key, 1, 24) IN (SELECT article FROM earlier)"
            self._db.execute(f"DELETE FROM reading WHERE key NOT IN (SELECT key FROM held WHERE key NOT NULL) {theirs}")

    def shown(self) -> Iterator[Reading]:
        """The readings that the last graph was made of, by IRI."""
        with self._told():
            rows = self._db.execute("SELECT key, held FROM held WHERE key NOT NULL ORDER BY article").fetchall()
            for key, held in rows:
                yield self.reading(key, msgspec.msgpack.decode(zlib.decompress(held), type=Held).article)

    def known(self) -> frozenset[str]:
        """The keys of all readings."""
        with self._told():
            return frozenset(key for (key,) in self._db.execute("SELECT key FROM reading"))

    def add(self, key: str, reading: Reading) -> None:
        """Keep *reading* under *key*; on the disk after `save`, which happens by itself every now and then."""
        parts: Parts = (reading.sentences, reading.mentions, reading.claims, reading.dropped)
        self._waiting.append((key, zlib.compress(msgspec.msgpack.encode(parts), 1)))
        if len(self._waiting) >= TOGETHER:
            self.save()

    def save(self) -> None:
        """Put on the disk what was added."""
        with self._told(), self._db:
            self._db.executemany("INSERT OR REPLACE INTO reading VALUES (?, ?)", self._waiting)
        self._waiting.clear()

    def reading(self, key: str, article: Article) -> Reading:
        """The reading kept under *key*, as one of *article*."""
        with self._told():
            row = self._db.execute("SELECT parts FROM reading WHERE key = ?", (key,)).fetchone()
            sentences, mentions, claims, dropped = msgspec.msgpack.decode(zlib.decompress(row[0]), type=Parts)
        return Reading(article, sentences, mentions, claims, dropped)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.OperationalError, OSError) as error:
            raise KgbuildError(
                f"{self.path}: cannot be written ({error}). The last graph is as it was, and so is what was read before."
                " Make room, or choose another folder with -o, and build again."
            ) from error
        except (sqlite3.DatabaseError, zlib.error, msgspec.MsgspecError) as error:
            raise KgbuildError(
                f"{self.path}: the kept readings cannot be used ({error}). Remove this file and build again:"
                " all articles are then read anew."
            ) from error


@dataclass(frozen=True)
class Keys:
    """The key of each article's reading, under one ontology and model."""

    ontology: Ontology
    model: str

    def __call__(self, article: Article) -> str:
        """The article's IRI, then a digest of its content (wherever it stands) and of all else that decides."""
        content = msgspec.msgpack.encode(replace(article, source=""))
        return f"{article.iri}/{hashlib.sha256(self.under + content).hexdigest()[:32]}"

    @cached_property
    def under(self) -> bytes:
        """A digest of ontology, model, libraries and the code that reads, with their versions."""
        here = Path(__file__).parent
        code = [
            *sorted(f for f in (here / "read").rglob("*") if f.suffix in (".py", ".json")),
            here / "model.py",
            here / "ontology.py",
        ]
        said = [__version__, self.ontology.digest, self.model, _version_of(self.model), sys.version.split()[0]]
        said += [f"{library} {metadata.version(library)}" for library in LIBRARIES]
        return hashlib.sha256(b"\0".join([*(s.encode() for s in said), *(f.read_bytes() for f in code)])).digest()


def _version_of(model: str) -> str:
    """That of an installed pipeline; of one in a folder, what its files are."""
    folder = Path(model)
    if not folder.is_dir():
        try:
            return metadata.version(model)
        except metadata.PackageNotFoundError:
            return ""
    files = [(f.relative_to(folder).as_posix(), f.stat()) for f in sorted(folder.rglob("*")) if f.is_file()]
    return repr([(name, stat.st_size, stat.st_mtime_ns) for name, stat in files])
