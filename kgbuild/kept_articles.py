"""An article as a build plans with it: where it stands and what tells it from others, without its text.

A build holds one such record for each article, and fetches the text when the article's turn comes: from the cache of earlier
builds, or, of an article that was found just now, from a temporary file.
"""

from __future__ import annotations

import hashlib
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import msgspec

from kgbuild.errors import KgbuildError, Problem
from kgbuild.graph.versions import Version
from kgbuild.model import Article
from kgbuild.read.text.places import stands

UNDECODABLE = (zlib.error, msgspec.MsgspecError, UnicodeDecodeError, TypeError)
"""What is raised by a record that is damaged."""

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class ArticlePlace:
    """A place in the corpus where an article stands: a file, or a record of a file."""

    file: str
    """The `address` of the file, or `-`."""
    record: str | None
    """The id of a record among others of its file."""
    source: str
    """The place as reports name it, relative to the corpus: `wire.jsonl:3`."""
    problems: tuple[Problem, ...]
    """The problems met here when the article was taken in."""

    @property
    def spot(self) -> tuple[str, str]:
        """File and record: what stands here later is a version of what stood here."""
        return self.file, self.record or ""

    @property
    def exists(self) -> bool:
        """Whether the file is still there."""
        return stands(self.file)


@dataclass(frozen=True, slots=True)
class KeptArticle:
    """An article that the graph is made of, with its places; it is said to come from the first of them."""

    version: Version
    content: bytes
    """A digest of all that it says; where it stands is no part of it."""
    places: tuple[ArticlePlace, ...]
    found_at: int | None = None
    """Where its text stands in the `FoundArticles` of this build; None where the cache has it."""

    @classmethod
    def of(cls, article: Article, place: ArticlePlace, found_at: int | None = None) -> KeptArticle:
        """The record of *article*, which stands in *place*."""
        content = hashlib.sha256(msgspec.msgpack.encode(replace(article, source="", record_number=None))).digest()
        return cls(Version.of(article), content, (place,), found_at)

    @property
    def iri(self) -> str:
        """The article's IRI."""
        return self.version.iri

    @property
    def source(self) -> str:
        """The first of its places, as reports name it."""
        return self.version.source

    @property
    def digest(self) -> bytes:
        """A digest of all of it, with where it is said to come from."""
        return hashlib.sha256(msgspec.msgpack.encode((self.content, self.source, self.version.record_number))).digest()

    def with_places_of(self, other: KeptArticle) -> KeptArticle:
        """The same article with the places of both, sorted; as it stands in the first of all."""
        first = min(self, other, key=lambda one: (one.places[0].source, one.places[0].spot))
        places = {place.spot: place for place in (*other.places, *self.places)}
        return replace(first, places=tuple(sorted(places.values(), key=lambda p: (p.source, p.spot))))

    @property
    def problems(self) -> Iterator[Problem]:
        """The problems of each place, and one for each place but the first: it has the same text as that."""
        first, *others = self.places
        for place in self.places:
            yield from place.problems
        for place in others:
            yield Problem(place.source, f"the same text as {first.source}.", "It is read once.", lost=False)


class FoundArticles:
    """The articles that this build has found in its corpus, in a temporary file that nobody else sees.

    KgbuildError where that cannot be written.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="kgbuild-")  # noqa: SIM115, as `close` closes it
        self._end = 0

    def put(self, article: Article) -> int:
        """Keep *article*; where it is found again."""
        record, start = compressed(article), self._end
        try:
            self._file.seek(start)
            self._file.write(len(record).to_bytes(4, "big") + record)
        except OSError as error:
            raise KgbuildError(
                f"{tempfile.gettempdir()}: no temporary file can be written there ({error.strerror or error})."
                " Make room, or name another folder in TMPDIR."
            ) from error
        self._end += 4 + len(record)
        return start

    def article(self, start: int) -> Article:
        """The article that was kept there."""
        self._file.seek(start)
        return decompressed(self._file.read(int.from_bytes(self._file.read(4), "big")), Article)

    def close(self) -> None:
        """Forget them."""
        self._file.close()


def packed(record: object) -> bytes:
    """A record as it is written: a check sum, then its bytes."""
    body = msgspec.msgpack.encode(record)
    return zlib.crc32(body).to_bytes(4, "big") + body


def unpacked(blob: Any, kind: type[Record]) -> Record:
    """The record again; one of UNDECODABLE where it is damaged."""
    return msgspec.msgpack.decode(memoryview(blob)[4:], type=kind)


def compressed(record: object) -> bytes:
    """A large record as it is written: a check sum, then its compressed bytes."""
    body = zlib.compress(msgspec.msgpack.encode(record), 1)
    return zlib.crc32(body).to_bytes(4, "big") + body


def decompressed(blob: Any, kind: type[Record]) -> Record:
    """The large record again; one of UNDECODABLE where it is damaged."""
    return msgspec.msgpack.decode(zlib.decompress(memoryview(blob)[4:]), type=kind)


def is_sound(blob: Any) -> bool:
    """Whether a record is as it was written: its check sum is compared, nothing is decoded."""
    return isinstance(blob, bytes) and zlib.crc32(memoryview(blob)[4:]).to_bytes(4, "big") == blob[:4]
