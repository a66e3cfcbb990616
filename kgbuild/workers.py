"""Articles read on several processes: a process that dies costs nothing but the time to read its articles again."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from itertools import islice
from multiprocessing.connection import wait as wait_for
from pathlib import Path
from typing import TYPE_CHECKING

from kgbuild import ontology as ontologies
from kgbuild.errors import KgbuildError, Problem
from kgbuild.model import Article, Reading

if TYPE_CHECKING:
    from kgbuild.read.reader import Reader

CHUNK = 16
"""Articles given to a process at a time."""
DEATHS = 2
"""An article in whose reading, alone, as many processes die is left out, as a Problem."""

Chunk = tuple[Article, ...]


def read_on_processes(
    articles: Iterable[Article], folder: Path, model: str, jobs: int, report: Callable[[Problem], None]
) -> Iterator[Reading]:
    """The readings of *articles* by the ontology in *folder*, each once, in any order.

    When a process dies, the articles that were being read are read again one by one, which shows whether one of
    them is to blame.
    """
    chunks = _chunks(articles)
    while suspects := (yield from _read_all(chunks, folder, model, jobs)):
        _try_out()
        yield from _read_singly(suspects, folder, model, report)


def _chunks(articles: Iterable[Article]) -> Iterator[Chunk]:
    stream = iter(articles)
    while chunk := tuple(islice(stream, CHUNK)):
        yield chunk


def _pool(jobs: int) -> ProcessPoolExecutor:
    # "spawn": a forked child would inherit the locks and open files of the build, and keep them if it is killed.
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_attend)


def _try_out() -> None:
    """KgbuildError if processes die whatever they do."""
    with _pool(1) as pool:
        try:
            pool.submit(os.getpid).result()
        except BrokenProcessPool as error:
            raise KgbuildError(
                "No process can be started to read on. Leave --jobs out; in a Python script, call build() under"
                ' `if __name__ == "__main__":`.'
            ) from error


def _read_all(chunks: Iterator[Chunk], folder: Path, model: str, jobs: int) -> Generator[Reading, None, list[Article]]:
    """Read until there are no more *chunks* or a process dies; what was being read then is returned."""
    running: dict[Future[list[Reading]], Chunk] = {}
    lost: list[Article] = []
    pool = _pool(jobs)
    try:
        while not lost:
            for chunk in islice(chunks, jobs + 1 - len(running)):
                try:
                    running[pool.submit(_read, folder, model, chunk)] = chunk
                except BrokenProcessPool:
                    lost += chunk
            if not running:
                break
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                try:
                    found = future.result()
                except BrokenProcessPool:
                    lost += running.pop(future)
                else:
                    del running[future]
                    yield from found
    finally:
        pool.shutdown(cancel_futures=True)
    return lost + ([article for chunk in running.values() for article in chunk] if lost else [])


def _read_singly(articles: list[Article], folder: Path, model: str, report: Callable[[Problem], None]) -> Iterator[Reading]:
    """Read one article at a time, so that one whose process dies is known."""
    pool, deaths = _pool(1), Counter[str]()
    waiting = articles[::-1]
    try:
        while waiting:
            article = waiting[-1]
            try:
                yield from pool.submit(_read, folder, model, (article,)).result()
            except BrokenProcessPool:
                pool.shutdown()
                pool = _pool(1)
                deaths[article.iri] += 1
                if deaths[article.iri] < DEATHS:
                    continue
                report(Problem(article.source, "the process that read it died, twice.", "It is left out; try it by itself."))
            waiting.pop()
    finally:
        pool.shutdown()


# -- in the process that reads ----------------------------------------------------------------------


def _attend() -> None:
    """Leave Ctrl-C to the build, and end when the build has ended, however it has."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=lambda: (wait_for([parent.sentinel]), os._exit(1)), daemon=True).start()


def _read(folder: Path, model: str, articles: Chunk) -> list[Reading]:
    return list(_reader(folder, model).read(articles))


@cache
def _reader(folder: Path, model: str) -> Reader:
    from kgbuild.read.reader import Reader

    return Reader(ontologies.load(folder), model)
