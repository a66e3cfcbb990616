"""What can go wrong: KgbuildError stops a command, a Problem is counted and shown."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field


class KgbuildError(Exception):
    """The user's command or ontology is wrong; the message says where, what, and the cure. Exit code 2."""

    exit_code = 2


class CorpusError(KgbuildError):
    """The corpus as a whole cannot be read: a missing path, a folder without articles."""


class NothingRead(CorpusError):
    """Of all that the corpus has, nothing could be read. Exit code 1."""

    exit_code = 1


class OntologyError(KgbuildError):
    """A Turtle file of the ontology says something that cannot be used."""


class QueryError(KgbuildError):
    """A query cannot be answered: bad syntax, an unknown question or name, a limit reached."""


class Stopped(KeyboardInterrupt):
    """The user has stopped a command (Ctrl-C); the message says what is kept. Exit code 130."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in the user's data: it is reported and counted, and the rest goes on."""

    where: str
    what: str
    cure: str = ""
    lost: bool = field(default=True, compare=False, kw_only=True)
    """Whether something that the corpus says is not read because of it: a file, a record, what follows a damage, an
    article in another language. Else it is a note on what is read. Pictures and sounds say nothing that could be lost."""
    details: str = field(default="", compare=False)
    """For a report to kgbuild's makers, where nobody foresaw it: the traceback. It is written into a file, never shown."""

    def __str__(self) -> str:
        said = f"{_bounded(self.where)}: {_bounded(self.what)}"
        return shown(f"{said} {self.cure}" if self.cure else said)


LONGEST = 500
"""Characters that are shown of a place, and of what is wrong there: a name in an archive may have 60,000."""


def _bounded(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]}…{text[-LONGEST // 2 :]}"


def shown(text: str) -> str:
    """*text* on one line, harmless on a terminal and writable in UTF-8: what steers a terminal, ends a line, turns the
    direction of writing or is no character is written as Python writes it: `\\x1b`, `\\n`; a byte that is not UTF-8, as a
    file name may have it, as `\\xe9`.
    """
    return text if text.isascii() and text.isprintable() else "".join(map(_shown, text))


_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def _shown(letter: str) -> str:
    if "\udc80" <= letter <= "\udcff":
        return f"\\x{ord(letter) - 0xDC00:02x}"
    if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") or _TURNING.match(letter):
        return letter.encode("unicode_escape").decode("ascii")
    return letter
