"""A stream of bytes becomes a stream of text, whatever its encoding, without being read whole."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from kgbuild.errors import Problem

SAMPLE = 2**18
"""Bytes by which the encoding is told."""
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LEGACY = {"cp1252": "Windows-1252", "cp1251": "Windows-1251", "mac_roman": "Mac Roman"}
"""What is read beside Unicode. Others cannot be told from these in a text that is mostly English: charset-normalizer takes
Windows-1252 for Windows-1250 or Mac Roman as often as not.
"""
AS_WINDOWS = ("not UTF-8; read as Windows-1252.", "Convert it if words look wrong.")
"""What a Problem says of it."""
_MAC = re.compile("[a-z][ŽÕ][a-z]")
"""An é and an apostrophe of Mac Roman, read as Windows-1252: a capital within a word."""
_CYRILLIC = re.compile("[À-ÿ]{5,}")
"""Five accented letters in a row are Cyrillic ones."""
_ESCAPED = re.compile("[\udc80-\udcff]+")


@dataclass(frozen=True, slots=True)
class TextStream:
    """The text of a file, still to be read; its line ends are untouched, and only "\\n" ends a line."""

    text: io.TextIOWrapper
    problems: tuple[Problem, ...]
    """What was met in its first bytes."""

    def lines(self, limit: int) -> Iterator[str | None]:
        """The lines, with their ends; None in the place of one that is longer than *limit* characters."""
        while line := self.text.readline(limit + 1):
            if len(line) <= limit or line.endswith("\n"):
                yield line
                continue
            while line and not line.endswith("\n"):
                line = self.text.readline(limit)
            yield None

    def chunks(self, size: int = 2**16) -> Iterator[str]:
        """What is left, in pieces."""
        while piece := self.text.read(size):
            yield piece


def open_text(stream: BinaryIO, name: str) -> TextStream | Problem:
    """The text of the file *name*: UTF-8, UTF-16 or UTF-32, else one of LEGACY with a Problem; a Problem if it is no text.

    Bytes of a file in UTF-8 that are none, behind the first ones, come as lone surrogates: see `repaired`.
    """
    head = _beginning(stream)
    encoding = _encoding_of(head)
    if encoding is None:
        return Problem(name, "not text (it has NUL bytes).", "Take it out of the corpus, or convert it to text.")
    errors = "surrogateescape" if encoding in ("utf-8", "utf-8-sig") else "replace"
    text = io.TextIOWrapper(io.BufferedReader(_Rejoined(head, stream)), encoding=encoding, errors=errors, newline="\n")
    told = LEGACY.get(encoding)
    met = (Problem(name, f"not UTF-8; read as {told}.", AS_WINDOWS[1], lost=False),) if told else ()
    return TextStream(text, met)


def _beginning(stream: BinaryIO) -> bytes:
    """The first bytes of *stream*, fewer where it breaks off; it breaks again for whoever reads on."""
    head, read = b"", getattr(stream, "read1", stream.read)
    try:
        while len(head) < SAMPLE and (piece := read(SAMPLE - len(head))):
            head += piece
    except Exception:
        if not head:
            raise
    return head


def repaired(text: str) -> tuple[str, bool]:
    """*text*, in which bytes that are no UTF-8 are read as Windows-1252, and whether there were any."""
    if text.isascii() or not _ESCAPED.search(text):
        return text, False
    return _ESCAPED.sub(lambda m: m[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace"), text), True


def _encoding_of(head: bytes) -> str | None:
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding
    if head.count(0) > len(head) / 50:
        return _wide(head)
    words = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(head, final=len(head) < SAMPLE)
    strange = sum(map(len, _ESCAPED.findall(words)))
    letters = len(words.encode("ascii", "ignore"))
    # Hardly any text of Windows-1252 is UTF-8 by chance: where both stand side by side, records differ.
    return _legacy(head.decode("cp1252", "replace")) if strange > len(words) - letters - strange else "utf-8"


def _legacy(words: str) -> str:
    if _CYRILLIC.search(words):
        return "cp1251"
    return "mac_roman" if _MAC.search(words) else "cp1252"


def _wide(head: bytes) -> str | None:
    """The encoding of two or four bytes a letter, without a mark, of a text that is mostly Latin; None for none."""
    for encoding, width, letter in (("utf-32-le", 4, 0), ("utf-32-be", 4, 3), ("utf-16-le", 2, 0), ("utf-16-be", 2, 1)):
        zeros = [head[place::width].count(0) / max(1, len(head[place::width])) for place in range(width)]
        if zeros[letter] < 0.01 and all(share > 0.9 for place, share in enumerate(zeros) if place != letter):
            return encoding
    return None


class _Rejoined(io.RawIOBase):
    """A stream with the bytes before it that were read already."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # Buffer has no name before 3.12
        size = len(buffer)
        piece, self._head = self._head[:size], self._head[size:]
        piece = piece or self._rest.read(size)
        buffer[: len(piece)] = piece
        return len(piece)
