"""The readings of earlier builds: one SQLite file in the folder of the graph, so that a build reads only what is new.

It has two tables. `reading` has readings, each under a key made of all that it depends on: article, ontology, model, code;
so a reading that would come out otherwise today is not found. `held` has the articles that the last graph was made of, with
the places where each stood; the graph is a pure function of these. Every record has a check sum. Every change is one
transaction: a killed build leaves the state before it or after it.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from kgbuild.errors import KgbuildError, shown
from kgbuild.kept_articles import UNDECODABLE, KeptArticle, compressed, decompressed, is_sound, packed, unpacked
from kgbuild.model import Article, Claim, Mention, Reading, Sentence
from kgbuild.ontology import Ontology
from kgbuild.version import __version__

FORMAT = 3
"""The version of the file's tables; raise it when a table changes, or a record that is under no key (KeptArticle)."""
BATCH = 16
"""So many readings are written to the disk together; as many are lost at most when a build is killed."""
LIBRARIES = ("spacy", "babel", "python-dateutil", "rapidfuzz", "lxml")
"""The libraries whose versions decide how a text is read."""


class Parts(NamedTuple):
    """A reading without its article, as it is written."""

    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    dropped: tuple[tuple[str, int], ...]


class SpoiledReading(KgbuildError):
    """The reading of one article is damaged or missing; the article itself is kept, so that it can be read again."""


class ReadingsCache:
    """The readings in the file *path*, which is made if there is none; KgbuildError if it cannot be used."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._explained():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=60)
            (form,) = self._db.execute("PRAGMA user_version").fetchone()
            if form not in (0, FORMAT):
                raise sqlite3.DatabaseError(f"written by another kgbuild, format {form}")
            self._db.execute(f"PRAGMA user_version = {FORMAT}")
            self._db.execute("CREATE TABLE IF NOT EXISTS reading (key TEXT PRIMARY KEY, parts BLOB) WITHOUT ROWID")
            self._db.execute("CREATE TABLE IF NOT EXISTS held (article TEXT PRIMARY KEY, key TEXT, place BLOB, held BLOB)")
            self._db.commit()
        self._waiting: list[tuple[str, bytes]] = []
        self._sound: dict[str, KeptArticle] = {}
        """The articles of the last build, once they have been asked for."""

    def __enter__(self) -> ReadingsCache:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            self.save()
        except KgbuildError:
            if kind is None:
                raise
        finally:
            self._db.close()

    def articles(self) -> tuple[dict[str, KeptArticle], tuple[str, ...]]:
        """The articles of the last build, by IRI, and the IRIs of those that are damaged."""
        sound, damaged = dict[str, KeptArticle](), list[str]()
        with self._explained():
            for iri, place, held in self._db.execute("SELECT article, place, held FROM held ORDER BY article"):
                if is_sound(place) and is_sound(held):
                    sound[iri] = unpacked(place, KeptArticle)
                else:
                    damaged.append(iri)
        self._sound = sound
        return sound, tuple(damaged)

    def article(self, iri: str) -> Article:
        """An article of the last build, as it stood in the first of its places."""
        with self._explained():
            row = self._db.execute("SELECT held FROM held WHERE article = ?", (iri,)).fetchone()
        try:
            return decompressed(row and row[0], Article)
        except UNDECODABLE as error:
            raise self._spoiled("an article", "is damaged") from error

    def replace_articles(
        self,
        articles: Iterable[KeptArticle],
        keys: Mapping[str, str],
        article_of: Callable[[str], Article],
        *,
        prune: bool,
    ) -> None:
        """Make *articles* the articles of the last build, in one step; *article_of* gives the article of an IRI.

        *keys* has, by IRI, the key of each reading that the graph was made of; an article that was not read, or that a later
        version replaced, has none. Readings that the graph was not made of are deleted if they are of articles of the build
        before; those of other articles, which a build has left that was stopped, stay for the next one unless *prune*.
        """
        self.save()
        now = {one.iri: one for one in articles}
        with self._explained(), self._db:
            self._db.execute("CREATE TEMP TABLE IF NOT EXISTS earlier AS SELECT article FROM held")
            before: dict[str, str | None] = dict(self._db.execute("SELECT article, key FROM held"))
            for iri, one in now.items():
                if not self._holds(one) or before.get(iri) != keys.get(iri):
                    row = iri, keys.get(iri), packed(replace(one, found_at=None)), compressed(article_of(iri))
                    self._db.execute("INSERT OR REPLACE INTO held VALUES (?, ?, ?, ?)", row)
            self._db.executemany("DELETE FROM held WHERE article = ?", [(iri,) for iri in before.keys() - now.keys()])
            theirs = "" if prune else "AND substr(key, 1, 24) IN (SELECT article FROM earlier)"
            self._db.execute(f"DELETE FROM reading WHERE key NOT IN (SELECT key FROM held WHERE key NOT NULL) {theirs}")

    def _holds(self, one: KeptArticle) -> bool:
        """Whether the last build has kept this very article, in the same places, and it is sound."""
        held = self._sound.get(one.iri)
        return held is not None and (held is one or held == replace(one, found_at=None))

    def latest_readings(self) -> Iterator[Reading]:
        """The readings that the last graph was made of, sorted by the IRI of the article."""
        with self._explained():
            rows = self._db.execute("SELECT article, key FROM held WHERE key NOT NULL ORDER BY article").fetchall()
            for iri, key in rows:
                yield self.reading(key, self.article(iri))

    def keys(self) -> frozenset[str]:
        """The keys of all readings on the disk."""
        with self._explained():
            return frozenset(key for (key,) in self._db.execute("SELECT key FROM reading"))

    def add(self, key: str, reading: Reading) -> None:
        """Keep *reading* under *key*. It is on the disk after `save`, which is called here for every BATCH readings."""
        parts = Parts(reading.sentences, reading.mentions, reading.claims, reading.dropped)
        self._waiting.append((key, compressed(parts)))
        if len(self._waiting) >= BATCH:
            self.save()

    def save(self) -> None:
        """Write to the disk what was added."""
        with self._explained(), self._db:
            self._db.executemany("INSERT OR REPLACE INTO reading VALUES (?, ?)", self._waiting)
        self._waiting.clear()

    def reading(self, key: str, article: Article) -> Reading:
        """The reading under *key*, as one of *article*, whose place may be another than when it was read.

        Raises SpoiledReading where it is damaged, or there is none.
        """
        with self._explained():
            row = self._db.execute("SELECT parts FROM reading WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise self._spoiled(f"the reading of {shown(article.source)}", "is missing")
        try:
            parts = decompressed(row[0], Parts)
        except UNDECODABLE as error:
            raise self._spoiled(f"the reading of {shown(article.source)}", "is damaged") from error
        return Reading(article, *parts)

    def damaged(self, keys: Iterable[str]) -> Iterator[str]:
        """Those of *keys* whose reading is damaged or missing; their check sums are compared, nothing is unpacked."""
        for key in keys:
            with self._explained():
                row = self._db.execute("SELECT parts FROM reading WHERE key = ?", (key,)).fetchone()
            if row is None or not is_sound(row[0]):
                yield key

    def _spoiled(self, what: str, how: str) -> SpoiledReading:
        return SpoiledReading(
            f"{self.path}: {what} {how}. Leave the file where it is and build again into this folder:"
            " what is damaged is read anew, and all else stays."
        )

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn errors of the disk and of the file's content into a KgbuildError that says what to do."""
        try:
            yield
        except (sqlite3.OperationalError, OSError) as error:
            raise KgbuildError(
                f"{self.path}: cannot be written ({error}). The last graph is as it was, and so is what was read before."
                " Make room, or choose another folder with -o, and build again."
            ) from error
        except sqlite3.DatabaseError as error:
            raise KgbuildError(
                f"{self.path}: the kept readings cannot be used ({error}). Restore this file from a backup, or save what is"
                f" sound in it: sqlite3 {self.path.name} .recover | sqlite3 mended.sqlite. Else move it away, do not"
                " delete it: articles that the corpus no longer has are in no other place. A build without it reads all"
                " others anew."
            ) from error


@dataclass(frozen=True)
class Keys:
    """The keys of readings by one ontology and model: `Keys(ontology, model)(kept_article)`."""

    ontology: Ontology
    model: str

    def __call__(self, article: KeptArticle) -> str:
        """The article's IRI, then a digest of its content and of all else that decides how it is read.

        Where the article stands decides nothing: a file that was renamed is not read again.
        """
        return f"{article.iri}/{hashlib.sha256(self.under + article.content).hexdigest()[:32]}"

    @cached_property
    def under(self) -> bytes:
        """A digest of ontology, model, libraries and the code that reads, with their versions; the same for all articles."""
        here = Path(__file__).parent
        code = [
            *sorted(file for file in (here / "read").rglob("*") if file.suffix in (".py", ".json")),
            *sorted((here / "ontology").glob("*.py")),
            here / "model.py",
        ]
        said = [__version__, self.ontology.digest, self.model, _version_of(self.model), sys.version.split()[0]]
        said += [f"{library} {metadata.version(library)}" for library in LIBRARIES]
        return hashlib.sha256(b"\0".join([*(s.encode() for s in said), *(f.read_bytes() for f in code)])).digest()


def _version_of(model: str) -> str:
    """The version of an installed model; of one in a folder, names, sizes and times of its files; empty if there is none."""
    folder = Path(model)
    if not os.path.isdir(folder):
        try:
            return metadata.version(model)
        except metadata.PackageNotFoundError:
            return ""
    files = [(f.relative_to(folder).as_posix(), f.stat()) for f in sorted(folder.rglob("*")) if f.is_file()]
    return repr([(name, stat.st_size, stat.st_mtime_ns) for name, stat in files])
