"""JSON: an array of articles, one article, or an object that holds them; also several such values one after the other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from kgbuild.errors import Problem
from kgbuild.read.text.encodings import AS_WINDOWS, open_text, repaired
from kgbuild.read.text.record import Record, Unnamed

MAX_RECORD = 2**24
"""Characters of one record that are read at most."""
DEEP = 3
"""Levels of an object too large for one record, within which arrays of records are looked for."""
NO_OBJECT = ('no "text".', 'A record needs at least {"text": "..."}.')
_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[\s,\x1e\ufeff]*")
"""What may stand between values: a comma too many is no matter, nor are the marks of a JSON text sequence."""
_BRACKETS = re.compile(r'\\.|["\[\]{}]', re.DOTALL)


def read_json_document(stream: BinaryIO, name: str) -> Iterator[Record | Problem]:
    """The articles of a file of any length, numbered; an array is read one by one, an object that is alone is one record."""
    opened = open_text(stream, name)
    if isinstance(opened, Problem):
        yield opened
        return
    yield from opened.problems
    yield from documents(opened.chunks(), name)


def documents(chunks: Iterable[str], name: str) -> Iterator[Record | Problem]:
    """The records of JSON values that stand one after the other in *chunks*."""
    text = _Text(chunks)
    records = _records(text, name)
    first = next(records, None)
    if first is None:
        yield Problem(name, "empty.")
        return
    second = next(records, None)
    if second is None and isinstance(first, Unnamed) and not text.has_array:
        yield Unnamed(first.fields, name, "", None, first.problems)
        return
    yield first
    if second is not None:
        yield second
    yield from records


def _records(text: _Text, name: str) -> Iterator[Record | Problem]:
    strange = 0
    for number, value in enumerate(_values(text), 1):
        where = f"{name}:{number}"
        if isinstance(value, dict):
            met = (Problem(where, *AS_WINDOWS, lost=False),) if text.take_mended() else ()
            yield Unnamed(value, where, "", number, met)
        elif isinstance(value, _Unread):
            yield Problem(where, value.why, "Nothing after it is read." if value.last else "It is left out.")
        else:
            strange += 1
            if strange == 1:
                yield Problem(where, *NO_OBJECT)
    if strange > 1:
        yield Problem(name, f"{strange - 1:,} more of its values are no objects.", NO_OBJECT[1])


class _Fault(Exception):
    """Why a value cannot be read."""


@dataclass(frozen=True, slots=True)
class _Unread:
    """Stands in the place of a value that cannot be read."""

    why: str
    last: bool
    """Whether its end cannot be found, so that nothing after it is read."""


def _values(text: _Text) -> Iterator[Any]:
    """The values at the top, and those of an array there; an _Unread in the place of each that cannot be read."""
    while (letter := text.peek()) is not None:
        if letter == "[":
            yield from _elements(text)
        else:
            try:
                yield text.value()
            except _Fault as fault:
                if letter == "{" and text.large:
                    yield from _inside(text, DEEP)
                    continue
                passed = text.pass_over()
                yield _Unread(str(fault), not passed)
                if not passed:
                    return


def _elements(text: _Text) -> Iterator[Any]:
    text.has_array = True
    text.skip_letter()
    while (letter := text.peek()) is not None:
        if letter == "]":
            text.skip_letter()
            return
        try:
            yield text.value()
        except _Fault as fault:
            passed = text.pass_over()
            yield _Unread(str(fault), not passed)
            if not passed:
                return
    yield _Unread("not JSON: the array is not closed.", True)


def _inside(text: _Text, depth: int) -> Iterator[Any]:
    """The values of the arrays in an object that is too large to be read as one."""
    text.skip_letter()
    while (letter := text.peek()) not in (None, "}"):
        try:
            if letter != '"':
                raise _Fault("not JSON: a name is expected.")
            text.value()
            if text.peek() != ":":
                raise _Fault("not JSON: a colon is expected.")
            text.skip_letter()
            inner = text.peek()
            if inner == "[":
                yield from _elements(text)
            elif inner == "{" and depth:
                yield from _inside(text, depth - 1)
            else:
                text.value()
        except _Fault as fault:
            passed = text.pass_over()
            yield _Unread(str(fault), not passed)
            if not passed:
                return
    text.skip_letter()


class _Text:
    """A text that is read piece by piece, as far as the value that is being read reaches."""

    def __init__(self, chunks: Iterable[str]) -> None:
        self._chunks = iter(chunks)
        self._held, self._at = "", 0
        self._mended = False
        self.has_array = False
        self.large = False
        """Whether the last value was larger than a record may be."""

    def peek(self) -> str | None:
        """The first letter of what comes next; None at the end."""
        while True:
            found = _SPACE.match(self._held, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._held):
                return self._held[self._at]
            if not self._more():
                return None

    def skip_letter(self) -> None:
        """Goes on by one letter."""
        self._at += 1

    def take_mended(self) -> bool:
        """Whether there were bytes of another encoding since this was asked."""
        mended, self._mended = self._mended, False
        return mended

    def value(self) -> Any:
        """The value that stands here. Raises _Fault, and stays where it is, where there is none."""
        self.large = False
        while True:
            try:
                value, end = _DECODER.raw_decode(self._held, self._at)
            except json.JSONDecodeError as error:
                cut_off = error.pos >= len(self._held) - 16 or error.msg.startswith("Unterminated string")
                if not cut_off or not self._longer():
                    what = error.msg.removesuffix(" starting at")
                    raise _Fault(f"not JSON: {what[0].lower()}{what[1:]}.") from None
            except RecursionError:
                raise _Fault("not JSON: nested too deep.") from None
            except ValueError as error:
                raise _Fault(f"not JSON: {str(error).partition(';')[0]}.") from None
            else:
                if end < len(self._held) or isinstance(value, (dict, list, str)) or not self._longer():
                    self._at = end
                    return value

    def pass_over(self) -> bool:
        """Goes on behind the value that stands here by its brackets alone; False where they do not close."""
        depth, within, moved = 0, False, False
        while True:
            start = end = self._at
            for found in _BRACKETS.finditer(self._held, self._at):
                letter, end = found[0], found.end()
                if letter == '"':
                    within = not within
                elif within or letter[0] == "\\":
                    continue
                else:
                    depth += 1 if letter in "[{" else -1
                if depth <= 0 and not within:
                    self._at = end if depth == 0 else found.start()
                    return moved or self._at > start
            # A backslash at the end belongs to what comes.
            self._at = len(self._held) - (end < len(self._held) and self._held.endswith("\\"))
            moved = True
            if not self._more():
                return False

    def _longer(self) -> bool:
        """Reads on, as much again as the value is long already; False at the end. Raises _Fault if it is too long."""
        length = len(self._held) - self._at
        if length > MAX_RECORD:
            self.large = True
            raise _Fault(f"longer than {MAX_RECORD >> 20} MB.")
        return self._more(length)

    def _more(self, least: int = 1) -> bool:
        """Reads *least* characters more, or what there is; False where there are none."""
        pieces, length = list[str](), 0
        while length < least and (piece := next(self._chunks, "")):
            piece, mended = repaired(piece)
            self._mended |= mended
            pieces.append(piece)
            length += len(piece)
        self._held, self._at = self._held[self._at :] + "".join(pieces), 0
        return length > 0
