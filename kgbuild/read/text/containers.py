"""What holds other files: gzip and zip, opened into named streams, within limits that no archive can talk its way around.

A member of a container may be one itself: `_of_stream` of corpus.py opens one after the other by the ends of the names,
so that "wire.zip/2014/reports.jsonl.gz" is zip, then gzip, then JSON Lines.
"""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

from kgbuild.errors import Problem, shown
from kgbuild.read.text.decoding import MAX_FILE

MAX_MEMBER = 4 * 2**30
"""Bytes that one member unpacks to at most; records are streamed, so this bounds time, not memory."""
MAX_UNPACKED = 16 * 2**30
"""Bytes that all members of one file, also those of archives within it, unpack to at most."""
MAX_RATIO = 200
"""How many times its packed size a member unpacks to at most: text packs to a fifth, hardly ever to a fiftieth."""
SMALL = 16 * 2**20
"""Bytes to which anything may unpack, whatever the ratio."""
MAX_NESTING = 3
"""Containers within one another at most: a gzipped file in a zip in a zip."""
MAX_MEMBERS = 100_000
MAX_DIRECTORY = 32 * 2**20
"""Bytes of a zip's table of contents, which is read whole."""
_DAMAGED = (zipfile.BadZipFile, NotImplementedError, EOFError, LookupError, OSError, ValueError, struct.error)
"""What zipfile raises for an archive whose places or names are no such."""
_UNPACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others cannot be unpacked in bounded pieces


@dataclass(slots=True)
class Unpacked:
    """How many bytes have come out of one file of the corpus so far."""

    total: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """A file within a container."""

    label: str
    """Its name in the corpus: that of the container, and its own below it. Never a path to open or to write."""
    name: str
    """Its own name, whose end says of what kind it is."""
    stream: BinaryIO


Container = Callable[[BinaryIO, str, str, Unpacked], Iterator[Member | Problem]]
"""Opens a container, given as a stream, its name in the corpus and its own name; a member's stream is read before the
next is asked for. Reading more than the limits allow raises OSError, which says the limit."""


def open_gzip(stream: BinaryIO, label: str, name: str, unpacked: Unpacked) -> Iterator[Member | Problem]:
    """The one file within, which keeps the name in the corpus and loses the `.gz` of its own."""
    packed = _Counted(stream)
    inside = gzip.GzipFile(fileobj=cast(BinaryIO, packed), mode="rb")
    yield Member(label, name[: -len(".gz")], _metered(inside, lambda: packed.taken, unpacked))


def open_zip(stream: BinaryIO, label: str, name: str, unpacked: Unpacked) -> Iterator[Member | Problem]:
    """The members by name, hidden ones left out as in a folder; a Problem in the place of one that cannot be opened."""
    archive = open_archive(stream, label)
    if isinstance(archive, Problem):
        yield archive
        return
    with archive:
        for info in sorted(archive.infolist(), key=lambda one: one.filename):
            if not info.filename:
                yield Problem(label, "a file without a name in it.", "Pack it again under a name.")
                continue
            if info.is_dir() or _is_hidden(info.filename):
                continue
            if unpacked.total > MAX_UNPACKED:
                return  # the member that passed the limit has said so
            where = f"{label}/{shown(info.filename)}"
            opened = open_member(archive, info, where, unpacked)
            if isinstance(opened, Problem):
                yield opened
                continue
            with opened:
                yield Member(where, info.filename, opened)


def open_archive(stream: BinaryIO, label: str) -> zipfile.ZipFile | Problem:
    """The zip *label* with its table of contents; one inside another container is read into memory, up to MAX_FILE."""
    if not stream.seekable():
        content = stream.read(MAX_FILE + 1)
        if len(content) > MAX_FILE:
            told = f"a zip of more than {MAX_FILE >> 20} MB within another archive."
            return Problem(label, told, "Unpack the outer one.")
        stream = io.BytesIO(content)
    guarded = _Guarded(stream)
    try:
        archive = zipfile.ZipFile(cast(BinaryIO, guarded))
    except _DAMAGED as error:
        return Problem(label, f"cannot be read: {str(error).rstrip('.')}.")
    guarded.limit = None
    if len(archive.infolist()) > MAX_MEMBERS:
        return Problem(label, f"holds {len(archive.infolist()):,} files, more than {MAX_MEMBERS:,}.", "Split it.")
    return archive


def open_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, where: str, unpacked: Unpacked) -> BinaryIO | Problem:
    """The stream of a member, which stops at the limits; a Problem if it is encrypted, or packed in a rare way."""
    if info.flag_bits & 1:
        return Problem(where, "is encrypted.", "Unpack it with its password.")
    if info.compress_type not in _UNPACKED:
        return Problem(where, "packed by a method that is not read.", "Unpack it, or pack it with deflate, as usual.")
    try:
        opened = archive.open(info)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        return Problem(where, f"cannot be read: {str(error).rstrip('.')}.")
    except _DAMAGED:
        return Problem(where, "cannot be read: the archive is damaged where it says at which place this stands.")
    return _metered(opened, lambda: info.compress_size, unpacked)


CONTAINERS: dict[str, Container] = {".gz": open_gzip, ".zip": open_zip}
"""What opens a container of each suffix."""


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") for part in PurePosixPath(name).parts if part not in (".", ".."))


def _metered(source: gzip.GzipFile | IO[bytes], packed: Callable[[], int], unpacked: Unpacked) -> BinaryIO:
    return io.BufferedReader(_Metered(cast(io.BufferedReader, source), packed, unpacked), 2**17)


class _Metered(io.RawIOBase):
    """What is unpacked from *source*, until a limit is reached."""

    def __init__(self, source: io.BufferedReader, packed: Callable[[], int], unpacked: Unpacked) -> None:
        self._source, self._packed, self._unpacked, self._total = source, packed, unpacked, 0

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._source.close()
        super().close()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # narrower than any buffer, as io calls it
        try:
            piece = self._source.read1(len(buffer))  # what there is: what stands before a damaged place is handed on
        except zipfile.BadZipFile as error:
            raise zlib.error(str(error)) from error  # as a damaged gzip file says it
        self._total += len(piece)
        self._unpacked.total += len(piece)
        if passed := self._passed():
            raise OSError(f"it unpacks to more than {passed}; nothing after that is read")
        buffer[: len(piece)] = piece
        return len(piece)

    def _passed(self) -> str:
        """The limit that is passed, or ""."""
        if self._total > MAX_MEMBER:
            return f"{MAX_MEMBER >> 20:,} MB"
        if self._total > max(SMALL, MAX_RATIO * self._packed()):
            return f"{SMALL >> 20} MB and {MAX_RATIO} times its size"
        if self._unpacked.total > MAX_UNPACKED:
            return f"{MAX_UNPACKED >> 20:,} MB together with what stands before it"
        return ""


class _Counted:
    """A stream that knows how much was read of it."""

    def __init__(self, source: BinaryIO) -> None:
        self._source, self.taken = source, 0

    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(size)
        self.taken += len(piece)
        return piece


class _Guarded:
    """A stream of which no more than *limit* bytes are read at once: zipfile reads a table of contents of any size."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.limit: int | None = MAX_DIRECTORY

    def read(self, size: int = -1) -> bytes:
        if self.limit is not None and size > self.limit:
            raise OSError(f"its table of contents is larger than {self.limit >> 20} MB")
        return self._source.read(size)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._source.seek(offset, whence)

    def tell(self) -> int:
        return self._source.tell()

    def seekable(self) -> bool:
        return True
