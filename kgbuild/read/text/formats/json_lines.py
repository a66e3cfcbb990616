"""JSON Lines: a line is an article, an object that has a text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from kgbuild.errors import Problem
from kgbuild.read.text.encodings import AS_WINDOWS, TextStream, open_text, repaired
from kgbuild.read.text.formats.json_document import MAX_RECORD, NO_OBJECT, documents
from kgbuild.read.text.record import Record, Unnamed

OPENING = 1_000
"""Lines that tell whether a file is of lines at all, where most of them are blank."""


def read_json_lines(stream: BinaryIO, name: str) -> Iterator[Record | Problem]:
    """The articles of a file of any length, numbered by line; their text is left untouched, blank lines are skipped.

    A file whose first line is the beginning of an array, or of an object over several lines, is read as JSON.
    """
    opened = open_text(stream, name)
    if isinstance(opened, Problem):
        yield opened
        return
    yield from opened.problems
    start = _opening(opened)
    if _is_document(start):
        yield from documents(chain((line for line in start if line), opened.chunks()), name)
        return
    blank = True
    for number, line in enumerate(chain(start, opened.lines(MAX_RECORD)), 1):
        blank = blank and line is not None and not line.strip()
        yield from _records_of(line, f"{name}:{number}", number)
    if blank:
        yield Problem(name, "empty.")


def _records_of(line: str | None, where: str, number: int) -> Iterator[Record | Problem]:
    if line is None:
        yield Problem(where, f"longer than {MAX_RECORD >> 20} MB.", "It is left out.")
        return
    if not line.strip():
        return
    line, mended = repaired(line)
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        yield Problem(where, f"not JSON: {error}.")
        return
    met = (Problem(where, *AS_WINDOWS, lost=False),) if mended else ()
    if isinstance(value, dict):
        yield Unnamed(value, where, "", number, met)
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for place, one in enumerate(value, 1):
            inner = f"{where}.{place}"
            yield Unnamed(one, inner, "", number, met) if isinstance(one, dict) else Problem(inner, *NO_OBJECT)
    else:
        yield Problem(where, *NO_OBJECT)


def _opening(opened: TextStream) -> list[str | None]:
    """The lines up to the second one that is not blank, or OPENING: they tell lines from a document."""
    found, written = list[str | None](), 0
    for line in opened.lines(MAX_RECORD):
        found.append(line)
        written += bool(line and line.strip())
        if line is None or written == 2 or len(found) == OPENING:
            break
    return found


def _is_document(lines: list[str | None]) -> bool:
    """Whether the first line is cut off, as JSON, where the line ends, and the second one is no record of its own."""
    first, second = ([line for line in lines if line is None or line.strip()] + ["", ""])[:2]
    if not first or not first.strip().startswith(("[", "{")):
        return False
    try:
        json.loads(first)
    except json.JSONDecodeError as error:
        cut_off = error.pos >= len(first.rstrip()) and not error.msg.startswith("Unterminated string")
        return cut_off and (first.strip().startswith("[") or not _is_record(second))
    except (ValueError, RecursionError):
        return False
    return False


def _is_record(line: str | None) -> bool:
    try:
        return isinstance(json.loads(line or ""), dict)
    except (ValueError, RecursionError):
        return False
