"""Articles read on several processes: one that dies, or does not come back, costs nothing but the time to read its articles
again.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING

from kgbuild import ontology as ontologies
from kgbuild.errors import KgbuildError, Problem
from kgbuild.model import Article, Reading
from kgbuild.net import SECONDS
from kgbuild.read.each import LeftOut, read_each

if TYPE_CHECKING:
    from kgbuild.read.reader import Reader

CHUNK = 16
"""Articles given to a process at a time."""
DEATHS = 2
"""An article in whose reading, alone, as many processes die is left out, as a Problem."""
PATIENCE = 3 * SECONDS
"""So long a process may say nothing. It keeps the limit of an article itself where it can; this is for where it cannot."""

Chunk = tuple[Article, ...]
"""What a process is given at a time."""
Read = Callable[[Path, str, Chunk], Iterable[Reading | LeftOut]]


@dataclass(slots=True)
class _Worker:
    """A process that reads, and what it was given and has not answered yet."""

    process: BaseProcess
    pipe: Connection
    unanswered: deque[Article] = field(default_factory=deque)
    alone: bool = False
    """Whether it was given a single article, which is to blame if it dies."""
    ready: bool = False
    heard: float = field(default_factory=time.monotonic)


def read_on_processes(
    articles: Iterable[Article], folder: Path, model: str, jobs: int, report: Callable[[Problem], None]
) -> Iterator[Reading]:
    """The readings of *articles* by the ontology in *folder*, each once, in any order; one that cannot be read is reported.

    When a process dies, the articles that it was reading are read again one by one, which shows whether one of them is
    to blame. When the generator is closed all processes end at once.
    """
    to_read = _ToRead(articles)
    workers: list[_Worker] = []
    try:
        while True:
            _employ(workers, to_read, jobs, folder, model)
            if not workers:
                return
            for worker in _heard(workers):
                try:
                    answer = worker.pipe.recv()
                except (EOFError, OSError):
                    workers.remove(worker)
                    _end(worker)
                    if not worker.ready:
                        raise _none_starts() from None
                    to_read.take_back(worker, report)
                    continue
                worker.heard, worker.ready = time.monotonic(), True
                if isinstance(answer, Exception):
                    raise answer
                if isinstance(answer, LeftOut):
                    worker.unanswered.popleft()
                    report(answer.problem)
                elif isinstance(answer, Reading):
                    worker.unanswered.popleft()
                    yield answer
    finally:
        for worker in workers:
            worker.process.kill()
        for worker in workers:
            _end(worker)


class _ToRead:
    """The articles that no process has yet been given, or that one was reading that died: these are given one by one."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._stream = iter(articles)
        self._suspects: deque[Article] = deque()
        self._deaths = Counter[str]()

    def chunk(self) -> tuple[Chunk, bool]:
        """What to give to a process, nothing if all is given; and whether it is a suspect."""
        if self._suspects:
            return (self._suspects.popleft(),), True
        return tuple(islice(self._stream, CHUNK)), False

    def take_back(self, worker: _Worker, report: Callable[[Problem], None]) -> None:
        """Take what a dead process was reading; an article that has shown itself to be deadly is reported."""
        for article in worker.unanswered:
            self._deaths[article.iri] += worker.alone
            if self._deaths[article.iri] < DEATHS:
                self._suspects.append(article)
            else:
                report(Problem(article.source, "the process that read it died, twice.", "It is left out; try it by itself."))


def _employ(workers: list[_Worker], to_read: _ToRead, jobs: int, folder: Path, model: str) -> None:
    """Give every process something to read, of *jobs* as many as there is work for; the others end."""
    given: list[tuple[_Worker, Chunk]] = []
    idle = [worker for worker in workers if not worker.unanswered]
    while idle or len(workers) < jobs:
        chunk, alone = to_read.chunk()
        if not chunk:
            break
        if idle:
            worker = idle.pop()
        else:
            worker = _start(folder, model)
            workers.append(worker)
        worker.unanswered, worker.alone, worker.heard = deque(chunk), alone, time.monotonic()
        given.append((worker, chunk))
    for worker in idle:
        workers.remove(worker)
        _end(worker)
    for worker, chunk in given:
        with suppress(OSError):  # If it has died, its pipe says so when it is asked for an answer.
            worker.pipe.send(chunk)


def _heard(workers: list[_Worker]) -> list[_Worker]:
    """The processes that have something to say, which may be that they have died; who is silent for too long is killed."""
    left = min(worker.heard for worker in workers) + PATIENCE - time.monotonic()
    pipes = wait([worker.pipe for worker in workers], timeout=max(0.0, left))
    if not pipes:
        for worker in workers:
            if worker.heard + PATIENCE <= time.monotonic():
                worker.process.kill()
    return [worker for worker in workers if worker.pipe in pipes]


def _start(folder: Path, model: str) -> _Worker:
    # "spawn": a forked child would inherit the locks and open files of the build, and keep them if it is killed.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, _read, folder, model), daemon=True)
    with _deaf_to_interrupts():
        process.start()
    theirs.close()
    return _Worker(process, ours)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Let a process that is started inside leave Ctrl-C to the build from its first moment; ours comes afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # Started later it would undo the mask.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()
    worker.process.close()


def _none_starts() -> KgbuildError:
    return KgbuildError(
        "No process can be started to read on. Leave --jobs out; in a Python script, call build() under"
        ' `if __name__ == "__main__":`.'
    )


# -- in the process that reads ----------------------------------------------------------------------


def _serve(pipe: Connection, read: Read, folder: Path, model: str) -> None:
    """Read what comes through the *pipe* and send back, in order, an answer for each article; an error ends it."""
    _attend()
    try:
        pipe.send("ready")
        while True:
            for answer in read(folder, model, pipe.recv()):
                pipe.send(answer)
    except (EOFError, BrokenPipeError):
        return  # the build has ended
    except Exception as error:
        pipe.send(error)


def _attend() -> None:
    """Leave Ctrl-C to the build, and end when the build has ended, however it has."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()


def _read(folder: Path, model: str, articles: Chunk) -> Iterator[Reading | LeftOut]:
    return read_each(reader_of(folder, model), articles)


@cache
def reader_of(folder: Path, model: str) -> Reader:
    """The reader of this process by the ontology in *folder*; it is made once, and Python's garbage collector, which would
    look through all of it again and again, leaves it alone.
    """
    from kgbuild.read.reader import Reader

    reader = Reader(ontologies.load(folder), model)
    gc.collect()
    gc.freeze()
    return reader
