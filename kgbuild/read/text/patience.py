"""How long a file is read that has no articles: one of two million lines that are none is not worth two million Problems."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgbuild.errors import Problem

ENOUGH = 10_000
"""Records of a file, one after the other, that are no articles, after which it is read no further."""
_NUMBER = re.compile(r":\d+(?:\.\d+)?\Z")


class Patience:
    """Counts the records that are no articles, and holds the files that are to be read no further."""

    def __init__(self) -> None:
        self._file, self._failed = "", 0
        self._over = set[str]()

    def begin(self, file: str) -> None:
        """A file of this name begins; another of the same name may have been before it."""
        self._over.discard(file)
        if file == self._file:
            self._failed = 0

    def after(self, where: str, *, failed: bool) -> Iterator[Problem]:
        """What is to be told after the record *where* (`wire.jsonl:3`): that its file is given up, if it is ENOUGH."""
        numbered = _NUMBER.search(where)
        if not numbered:
            return
        file = where[: numbered.start()]
        if file != self._file:
            self._file, self._failed = file, 0
        self._failed = self._failed + 1 if failed else 0
        if self._failed == ENOUGH:
            self.end(file)
            yield Problem(file, f"{ENOUGH:,} of its records one after the other are no articles.", "No more of it is read.")

    def end(self, file: str) -> None:
        """Let no more of *file* be read, of which all is told."""
        self._over.add(file)

    def is_over(self, file: str) -> bool:
        """Whether no more of *file* is to be read."""
        return file in self._over
