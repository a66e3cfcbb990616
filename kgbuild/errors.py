"""What can go wrong: KgbuildError stops a command, a Problem is counted and shown."""

from __future__ import annotations

from dataclasses import dataclass


class KgbuildError(Exception):
    """The user's command or ontology is wrong; the message says where, what, and the cure. Exit code 2."""


class CorpusError(KgbuildError):
    """The corpus as a whole cannot be read: a missing path, a folder without articles."""


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

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f" {self.cure}" if self.cure else "")
