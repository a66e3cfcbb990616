"""A corpus becomes readings, without a graph: `kgbuild extract`, and the first half of a build."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from itertools import chain
from pathlib import Path

from kgbuild.errors import KgbuildError, Problem
from kgbuild.model import Article, Reading
from kgbuild.ontology import Ontology
from kgbuild.read import DEFAULT_MODEL
from kgbuild.read.text.corpus import find_articles
from kgbuild.read.text.fields import Fields

WORTH_A_PROCESS = 40
"""So many articles take as long as a process to start."""
MEMORY_OF_A_PROCESS = 1 << 30
"""Bytes that a process takes at most; mostly half of it."""

Report = Callable[[Problem], None]


def read(
    corpus: Iterable[str | Path],
    ontology: Ontology,
    report: Report,
    *,
    left_out: Report | None = None,
    model: str | None = None,
    fields: Fields | None = None,
) -> Iterator[Reading]:
    """The readings of a corpus, one after the other; an article that stands there twice is read once.

    A problem for which something is not read (`Problem.lost`) goes to *left_out*; to *report* without it. *fields* says
    what tables call text, title, date …, where it is not to be guessed.
    """
    lose = left_out or report
    articles = _articles(corpus, ontology, report, lose, fields)
    return readings_of(articles, ontology, model or DEFAULT_MODEL, 1, lose)


def _articles(
    corpus: Iterable[str | Path], ontology: Ontology, report: Report, left_out: Report, fields: Fields | None
) -> Iterator[Article]:
    seen: dict[str, str] = {}
    for found in find_articles(corpus, ontology, fields=fields):
        if isinstance(found, Problem):
            (left_out if found.lost else report)(found)
            continue
        for problem in found.problems:
            (left_out if problem.lost else report)(problem)
        article = found.article
        if article.iri in seen:
            report(Problem(article.source, f"the same text as {seen[article.iri]}.", "It is read once.", lost=False))
        else:
            seen[article.iri] = article.source
            yield article


def readings_of(
    articles: Iterable[Article],
    ontology: Ontology,
    model: str,
    jobs: int,
    report: Report,
    scheduler: str | None = None,
) -> Generator[Reading, None, None]:
    """The readings of *articles*, on *jobs* processes; the model is loaded only if there is one to read.

    With a *scheduler*, on its Dask cluster (`kgbuild.cluster`). An article that cannot be read is reported. Close the
    generator when you stop early: its processes end with it.
    """
    if scheduler is not None:
        try:
            from kgbuild.cluster import read_on_cluster  # it loads Dask
        except ImportError as error:
            raise KgbuildError("Reading on a cluster needs Dask: pip install 'kgbuild[cluster]'.") from error

        yield from read_on_cluster(articles, ontology.folder, model, jobs, report, scheduler)
        return
    if jobs > 1:
        from kgbuild.workers import read_on_processes  # it loads multiprocessing

        yield from read_on_processes(articles, ontology.folder, model, jobs, report)
        return
    coming = iter(articles)
    first = next(coming, None)
    if first is not None:
        from kgbuild.read.each import LeftOut, read_each
        from kgbuild.read.reader import Reader  # kept from `import kgbuild`: it loads spaCy

        for answer in read_each(Reader(ontology, model), chain((first,), coming)):
            if isinstance(answer, LeftOut):
                report(answer.problem)
            else:
                yield answer


def jobs_for(articles: int) -> int:
    """How many processes read so many *articles* soonest: one a processor, if there is memory for it and enough to read."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(processors, _free_memory() // MEMORY_OF_A_PROCESS, articles // WORTH_A_PROCESS))


def _free_memory() -> int:
    """The bytes of memory that are free; a processor's worth for each where the system does not say."""
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return MEMORY_OF_A_PROCESS * (os.cpu_count() or 1)
