"""A corpus becomes readings, without a graph: `kgbuild extract`, and the first half of a build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from kgbuild.errors import Problem
from kgbuild.model import Article, Reading
from kgbuild.ontology import Ontology
from kgbuild.read import DEFAULT_MODEL
from kgbuild.read.text.corpus import read_corpus
from kgbuild.read.text.fields import Fields


def read(
    corpus: Iterable[str | Path],
    ontology: Ontology,
    report: Callable[[Problem], None],
    *,
    model: str | None = None,
    fields: Fields | None = None,
) -> Iterator[Reading]:
    """The readings of a corpus, one after the other; an article that stands there twice is read once.

    *fields* says what tables call text, title, date …, where it is not to be guessed.
    """
    articles = _once(read_corpus(corpus, ontology, report, fields=fields), report)
    return readings_of(articles, ontology, model or DEFAULT_MODEL, 1, report)


def _once(articles: Iterable[Article], report: Callable[[Problem], None]) -> Iterator[Article]:
    seen: dict[str, str] = {}
    for article in articles:
        if article.iri in seen:
            report(Problem(article.source, f"the same text as {seen[article.iri]}.", "It is read once."))
        else:
            seen[article.iri] = article.source
            yield article


def readings_of(
    articles: Iterable[Article], ontology: Ontology, model: str, jobs: int, report: Callable[[Problem], None]
) -> Iterator[Reading]:
    """The readings of *articles*, on *jobs* processes; the model is loaded only if there is one to read."""
    if jobs > 1:
        from kgbuild.workers import read_on_processes  # it loads multiprocessing

        yield from read_on_processes(articles, ontology.folder, model, jobs, report)
        return
    coming = iter(articles)
    first = next(coming, None)
    if first is not None:
        from kgbuild.read.reader import Reader  # kept from `import kgbuild`: it loads spaCy

        yield from Reader(ontology, model).read(chain((first,), coming))
