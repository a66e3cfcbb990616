"""The bytes of a file that is one article become text, whatever its encoding."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from kgbuild.errors import Problem

MAX_FILE = 64 * 2**20
"""Bytes of a single-article file that are read at most; JSON Lines and CSV are streamed and have no limit."""


@dataclass(frozen=True, slots=True)
class WholeFile:
    """The text of a file, with a digest of its bytes and what was met in decoding them."""

    text: str
    sha256: str
    problems: tuple[Problem, ...]


def read_whole(stream: BinaryIO, name: str) -> WholeFile | Problem:
    """The file *name*; a Problem if it is too large or not text."""
    content = stream.read(MAX_FILE + 1)
    if len(content) > MAX_FILE:
        return Problem(name, f"larger than {MAX_FILE >> 20} MB.", "Split it: one article a file, or JSON Lines.")
    met = list[Problem]()
    text = decode(content, name, met.append)
    return met[-1] if text is None else WholeFile(text, hashlib.sha256(content).hexdigest(), tuple(met))


def decode(content: bytes, name: str, report: Callable[[Problem], None]) -> str | None:
    """The text of a file: UTF-8, UTF-16 with a byte order mark, else Windows-1252 with a Problem; None if binary."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = content.decode("utf-16", errors="replace")
    elif b"\0" in content:
        report(Problem(name, "not text (it has NUL bytes).", "Take it out of the corpus, or convert it to text."))
        return None
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            report(
                Problem(f"{name}, byte {error.start}", "not UTF-8; read as Windows-1252.", "Convert it if words look wrong.")
            )
            text = content.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
