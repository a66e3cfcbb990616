"""JSON Lines: a line is an article, an object that has at least "text"."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from kgbuild.errors import Problem
from kgbuild.read.text.record import Record, digest_of


def read_json_lines(stream: BinaryIO, name: str) -> Iterator[Record | Problem]:
    """The articles of a file of any length, numbered by line; their text is left untouched, blank lines are skipped."""
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        where = f"{name}:{number}"
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Problem(where, f"not JSON: {error}.")
            continue
        if isinstance(fields, dict) and isinstance(fields.get("text"), str):
            yield Record(fields, where, digest_of(fields), number)
        else:
            yield Problem(where, 'no "text".', 'A record needs at least {"text": "..."}.')
