"""A corpus becomes readings, without a graph: `kgbuild extract`, and the first half of a build."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from itertools import chain
from pathlib import Path

from kgbuild.errors import Problem
from kgbuild.model import Article, Reading
from kgbuild.ontology import Ontology
from kgbuild.read import DEFAULT_MODEL
from kgbuild.read.text.corpus import find_articles
from kgbuild.read.text.fields import Fields

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
    articles: Iterable[Article], ontology: Ontology, model: str, jobs: int, report: Report
) -> Generator[Reading, None, None]:
    """The readings of *articles*, on *jobs* processes; the model is loaded only if there is one to read.

    An article that cannot be read is reported. Close the generator when you stop early: its processes end with it.
    """
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
