"""CSV: a row is an article, and the first row names the columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from kgbuild.errors import Problem
from kgbuild.read.text.decoding import MAX_FILE
from kgbuild.read.text.record import Record, digest_of


def read_csv_table(stream: BinaryIO, name: str) -> Iterator[Record | Problem]:
    """The articles of a table of any length, numbered by row; a row may take several lines."""
    csv.field_size_limit(MAX_FILE)
    rows = csv.DictReader(io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline=""))
    columns = [str(column).strip().lower() for column in rows.fieldnames or ()]
    if "text" not in columns:
        yield Problem(name, 'no "text" column.', "The first row names the columns: id,title,date,text.")
        return
    number = 1
    try:
        for number, row in enumerate(rows, 2):
            fields = {key.strip().lower(): value for key, value in row.items() if key and value}
            yield Record(fields, f"{name}:{number}", digest_of(fields), number)
    except csv.Error as error:
        yield Problem(f"{name}:{number + 1}", f"not CSV: {error}.", "Nothing after it is read.")
