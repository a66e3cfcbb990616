"""The bytes of a file that is one article become text, whatever its encoding."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from kgbuild.errors import Problem
from kgbuild.read.text.charsets import guessed_charset, is_damaged_utf8

MAX_FILE = 64 * 2**20
"""Bytes of a single-article file that are read at most; JSON Lines and CSV are streamed and have no limit."""

CURE = "Convert it if words look wrong."
"""Of a file whose encoding is a guess."""


@dataclass(frozen=True, slots=True)
class WholeFile:
    """The text of a file, with a digest of its bytes and what was met in decoding them."""

    text: str
    sha256: str
    problems: tuple[Problem, ...]


def read_whole(
    stream: BinaryIO, name: str, declared: Callable[[bytes], str | None] = lambda content: None
) -> WholeFile | Problem:
    """The file *name*; a Problem if it is too large or not text. *declared* finds the encoding that the content names."""
    content = stream.read(MAX_FILE + 1)
    if len(content) > MAX_FILE:
        return Problem(name, f"larger than {MAX_FILE >> 20} MB.", "Split it: one article a file, or JSON Lines.")
    met = list[Problem]()
    text = decode(content, name, met.append, declared(content))
    return met[-1] if text is None else WholeFile(text, hashlib.sha256(content).hexdigest(), tuple(met))


def decode(content: bytes, name: str, report: Callable[[Problem], None], declared: str | None = None) -> str | None:
    """The text of a file, with line ends as \\n; None, with a Problem, if it is binary.

    In the encoding that its byte order mark says, else UTF-8 if it is that, else the one *declared*; else, with a
    Problem, Windows-1252, or what its letters look like if they are of another alphabet.
    """
    if encoding := _of_wide_characters(content):
        strict = _strictly(content, encoding)
        text = content.decode(encoding, errors="replace") if strict is None else strict
        if strict is None:
            report(
                Problem(
                    name, f"damaged {encoding.upper()}: what cannot be read is \ufffd.", "Convert it to UTF-8.", lost=False
                )
            )
    elif b"\0" in content:
        report(Problem(name, "not text (it has NUL bytes).", "Take it out of the corpus, or convert it to text."))
        return None
    else:
        text = _of_bytes(content, name, report, declared)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _of_wide_characters(content: bytes) -> str | None:
    """UTF-16 or UTF-32, where a byte order mark or, without one, a NUL in every other place says so."""
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)) and len(content) % 4 == 0:
        return "utf-32"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = content[:1000]
    for encoding, letters, nuls in (("utf-16-le", start[::2], start[1::2]), ("utf-16-be", start[1::2], start[::2])):
        plain = sum(9 <= letter < 127 for letter in letters)
        if len(start) > 8 and nuls.count(0) > 0.7 * len(nuls) and letters.count(0) == 0 and plain > 0.7 * len(letters):
            return encoding
    return None


def _of_bytes(content: bytes, name: str, report: Callable[[Problem], None], declared: str | None) -> str:
    try:
        text = content.decode("utf-8-sig")
        # Valid UTF-8 is never a text in Windows-1251 by accident; a short one in the wide charsets of Asia may be.
        if declared is None or declared.startswith(("utf", "cp125", "iso8859", "koi8", "mac")):
            return text
    except UnicodeDecodeError as error:
        bad = f"{name}, byte {error.start}"
    else:
        return _strictly(content, declared) or text
    if declared and (told := _strictly(content, declared)) is not None:
        return told
    if is_damaged_utf8(content):
        report(Problem(bad, "damaged UTF-8: what cannot be read is \ufffd.", "Convert it to UTF-8.", lost=False))
        return content.decode("utf-8-sig", errors="replace")
    guessed = guessed_charset(content)
    if declared and declared != "utf-8":
        told = f"neither UTF-8 nor {declared}, which it declares; read as {guessed or 'Windows-1252'}."
        report(Problem(bad, told, CURE, lost=False))
    elif guessed:
        report(Problem(bad, f"not UTF-8; read as {guessed}, which its letters look like.", CURE, lost=False))
    else:
        report(Problem(bad, "not UTF-8; read as Windows-1252.", CURE, lost=False))
    return content.decode(guessed or "cp1252", errors="replace")


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None
