"""The desk where requests wait for a process: so many work at once, others wait a while, then are told to come again."""

from __future__ import annotations

import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from kgbuild.ask.serve.drawings import Drawings
from kgbuild.ask.serve.search import keep, kept, make_index
from kgbuild.ask.serve.work import Work
from kgbuild.ask.worker import messages
from kgbuild.errors import KgbuildError
from kgbuild.graph.bounded import LIMITS, Limits

PREPARED = ("kgbuild.ask.serve.work", "kgbuild.ask.serve.page_work", "kgbuild.ask.serve.search")
"""The modules that a process finds loaded."""
OURS = Path(__file__).resolve().parents[2]
"""Where our own modules and pages are, which a process may read."""
IN_MEMORY = 2**23
"""Bytes of an answer that are kept in memory; a longer one waits in a file without a name."""


class Busy(KgbuildError):
    """All processes are at work, and were for as long as a request waits."""


@dataclass(frozen=True)
class Written:
    """An answer, whole, with its media type."""

    media: str
    length: int
    file: IO[bytes]


@dataclass(frozen=True)
class Desk:
    """The store in the folder *output*, asked within *limits* by so many processes at once; see `answer`.

    What strangers write and what we ask ourselves have their own processes, so that none waits for the other's.
    """

    output: Path
    limits: Limits = LIMITS
    ontology: Path | None = None
    """A folder of Turtle files, and of questions, to use instead of our own."""
    patience: float = 30
    """Seconds that a request waits for its turn."""
    strangers: threading.Semaphore = field(default_factory=lambda: threading.BoundedSemaphore(3))
    ours: threading.Semaphore = field(default_factory=lambda: threading.BoundedSemaphore(2))
    eager: float = 1.5
    """Seconds after which a page that is still being drawn says so."""
    drawings: Drawings = field(default_factory=Drawings)
    reading: threading.Lock = field(default_factory=threading.Lock)
    indexes: dict[str, sqlite3.Connection] = field(default_factory=dict)
    """The index of the search, by the state of the graph that it is of."""

    def answer(self, work: Work, *given: object, ours: bool = False) -> Written:
        """What *work* answers, whole; see `kgbuild.ask.serve.work`.

        QueryError for what cannot be answered, TookTooLong and OutOfMemory where a limit is reached, Busy where no process
        became free.
        """
        with self._turn(self.ours if ours else self.strangers):
            parts = messages(work, self.output / "store", *given, limits=self.limits, readable=(OURS,), prepared=PREPARED)
            file: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # the response closes it
            with closing(parts):  # type: ignore[type-var]  # it is a generator
                media = str(next(parts))
                for part in parts:
                    file.write(part)
        length = file.tell()
        file.seek(0)
        return Written(media, length, file)

    @contextmanager
    def index(self) -> Iterator[sqlite3.Connection]:
        """The index of the search, for one reader at a time: kept beside the store, or made where it is of another graph."""
        with self.reading:
            state = self.state()
            if state not in self.indexes:
                index = kept(self.output, state)
                if index is None:
                    with self.answer(make_index, state, ours=True).file as file:
                        index = keep(file.read(), self.output)
                for old in self.indexes.values():
                    old.close()
                self.indexes.clear()
                self.indexes[state] = index
            yield self.indexes[state]

    def prepare(self) -> None:
        """Make the index of the search while nobody asks for it; what goes wrong is told to whoever searches."""

        def work() -> None:
            with suppress(KgbuildError), self.index():
                pass

        threading.Thread(target=work, daemon=True).start()

    def state(self) -> str:
        """Another one after each build."""
        place = (self.output / "store").resolve()
        with suppress(OSError):
            return f"{place} {(place / 'CURRENT').stat().st_mtime_ns}"
        return str(place)

    @contextmanager
    def _turn(self, processes: threading.Semaphore) -> Iterator[None]:
        if not processes.acquire(timeout=self.patience):
            raise Busy(f"The server has been busy with other queries for {self.patience:g} seconds. Ask again in a while.")
        try:
            yield
        finally:
            processes.release()
