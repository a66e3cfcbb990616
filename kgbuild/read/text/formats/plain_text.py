"""Plain text: the file is the article, or an export of many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kgbuild.errors import Problem
from kgbuild.read.text.decoding import read_whole
from kgbuild.read.text.record import Document, Record


def read_plain_text(stream: BinaryIO, name: str) -> Iterator[Record | Problem]:
    """One article; its title, date and publisher are looked for in the text."""
    whole = read_whole(stream, name)
    yield (
        whole if isinstance(whole, Problem) else Document({"text": whole.text}, name, whole.sha256, problems=whole.problems)
    )
