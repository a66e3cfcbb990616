"""build(): a corpus becomes a graph. The whole story on one screen."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import closing
from itertools import chain
from pathlib import Path

from kgbuild import ontology as ontology_module
from kgbuild.ask.network import write_page
from kgbuild.errors import KgbuildError, NothingRead, Problem, Stopped
from kgbuild.extract import jobs_for, read, readings_of
from kgbuild.graph.ledger import Ledger
from kgbuild.graph.store import Graph
from kgbuild.incremental import plan_build, take_in
from kgbuild.kept_articles import FoundArticles, KeptArticle
from kgbuild.model import Article
from kgbuild.net import LOG, caught
from kgbuild.ontology import Ontology, own_decisions
from kgbuild.output import only_build, readable, staged
from kgbuild.read import DEFAULT_MODEL
from kgbuild.read.text.fields import Fields
from kgbuild.readings_cache import Keys, ReadingsCache
from kgbuild.report import Built, keep_details, log_details, report_text
from kgbuild.writing import LEDGER, Corpus, merged_facts, vocabulary, write_store

__all__ = ["Built", "Fields", "Progress", "as_of", "build", "read"]

VIEWED = 300_000
"""A graph of more quads is written as TriG, and drawn, when somebody asks for it."""
KEPT = "readings.sqlite"
"""The file of the output that keeps what has been read."""
Progress = Callable[[int, int, int], None]
"""Is told how many articles have been read, how many are to be, and how many were kept from earlier builds."""


def build(
    corpus: str | Path | Iterable[str | Path],
    output: Path | str = "output",
    *,
    ontology: Ontology | None = None,
    model: str | None = None,
    jobs: int | None = 1,
    scheduler: str | None = None,
    prune: bool = False,
    fields: Fields | None = None,
    progress: Progress = lambda read, unread, kept: None,
) -> Built:
    """Read *corpus* (files, folders, `-`) and write the graph, its page and a report into the folder *output*.

    Only what is new or changed is read; articles of earlier builds stay unless *prune*, which leaves only those
    of *corpus*. *fields* says what tables call text, title, date …, where it is not to be guessed. *jobs* processes read,
    None for as many as are soonest done; or the workers of a Dask cluster, at the address *scheduler* ("local": its own).
    The same articles, ontology, model and decisions (same.ttl of *output*, which overrules the ontology's) give
    the same bytes, in whatever order and builds they came.
    A file or an article that cannot be read or written is left out, as a problem (`Built.left_out`).
    The last good graph stays until the new one is whole. Raises CorpusError when there is nothing to read,
    NothingRead when nothing of it can be, OntologyError when the ontology cannot be used, KgbuildError when *output*
    cannot be written or another build is writing it, Stopped on Ctrl-C.
    """
    ontology, model, output = ontology or ontology_module.load(), model or DEFAULT_MODEL, Path(output)
    left_out = list[Problem]()
    named = [corpus] if isinstance(corpus, str | Path) else corpus
    with closing(FoundArticles()) as found:
        given = take_in(named, ontology, found, left_out.append, fields=fields)
        if not given:
            raise _nothing_read(left_out)

        with only_build(output), ReadingsCache(output / KEPT) as cache:
            decisions = own_decisions(output).over(ontology.decisions)

            def fetched(one: KeptArticle) -> Article:
                return cache.article(one.iri) if one.found_at is None else found.article(one.found_at)

            plan = plan_build(given, cache, fetched, Keys(ontology, model), left_out.append, prune=prune)
            to_read, known, read = len(plan.unread), len(plan.keys) - len(plan.unread), set[str]()

            def article_of(iri: str) -> Article:
                return fetched(plan.kept[iri])

            def read_all(iris: Iterable[str]) -> None:
                several = jobs or jobs_for(len(plan.unread))
                articles = map(article_of, iris)
                with closing(readings_of(articles, ontology, model, several, left_out.append, scheduler)) as readings:
                    for reading in readings:
                        with caught(reading.article.source, left_out.append):
                            cache.add(plan.keys[reading.article.iri], reading)
                            read.add(reading.article.iri)
                        progress(len(read), to_read, known)
                cache.save()

            try:
                progress(0, to_read, known)
                read_all(plan.unread)
                problems = list(plan.problems)
                broken = frozenset(cache.damaged(plan.keys_after(read).values()))
                spoiled = [iri for iri, key in plan.keys.items() if key in broken]
                if spoiled:
                    to_read, known = to_read + len(spoiled), known - len(spoiled)
                    damaged = "its kept reading was damaged.", "It is read anew."
                    problems += [Problem(plan.kept[iri].source, *damaged, lost=False) for iri in spoiled]
                    read -= {*spoiled}
                    read_all(spoiled)
                failed = {*plan.unread, *spoiled} - read
                keys = {iri: key for iri, key in plan.keys.items() if iri not in failed}
                digests = {iri: plan.kept[iri].digest + key.encode() for iri, key in keys.items()}
                made_of = Corpus(digests, article_of, lambda iri: cache.reading(plan.keys[iri], article_of(iri)))
                with staged(output) as stage, closing(Ledger(output / LEDGER)) as ledger:
                    graph, written = write_store(output, stage, ledger, made_of, ontology, decisions, left_out.append)
                    if written.quads <= VIEWED:
                        graph.dump_trig(stage / "graph.trig")
                        write_page(graph, stage / "network.html")
                    absent = len(plan.kept.keys() - given.keys())
                    met = tuple(sorted([*left_out, *problems]))
                    built = Built(
                        output,
                        len(written.articles),
                        sum(written.tally.claims.values()),
                        written.entities,
                        written.events,
                        written.quads,
                        met,
                        read=len(read & written.articles),
                        absent=absent,
                        left_out=tuple(problem for problem in met if problem.lost),
                    )
                    (stage / "report.txt").write_text(report_text(built, written.tally), encoding="utf-8")
                    if keep_details(stage, built.problems) is None:
                        (output / LOG).unlink(missing_ok=True)
                    made = {iri: plan.keys[iri] for iri in written.articles}
                    cache.replace_articles(plan.kept.values(), made, article_of, prune=prune)
                    ledger.commit()
            except KeyboardInterrupt as error:
                raise Stopped(
                    f"Stopped. {len(read)} of {to_read} new articles had been read and are kept;"
                    " the next build goes on from there."
                ) from error
    return built


# -- problems -------------------------------------------------------------------------------------


def _nothing_read(problems: list[Problem]) -> NothingRead:
    details = log_details(problems)
    said = [*map(str, sorted(problems)), *([details] if details else [])]
    return NothingRead("\n".join([*said, "Nothing could be read, so nothing was built."]))


# -- what was read, at another time ---------------------------------------------------------------


def as_of(output: Path, day: str, ontology: Ontology) -> Graph:
    """What the articles in *output* that were issued up to *day* (2014-12-19, 2014-12, 2014) say together.

    Articles without a date are left out, and so is what each article says by itself.
    """
    if not os.path.isfile(output / KEPT):
        raise KgbuildError(f"{output}: no readings are kept here. Build first: kgbuild build seeds/ -o {output}")
    graph, decisions = Graph.memory(), own_decisions(output).over(ontology.decisions)
    with readable(output / KEPT) as file, ReadingsCache(file) as kept:
        readings = [r for r in kept.latest_readings() if r.article.issued and r.article.issued[: len(day)] <= day]
    graph.load(chain(merged_facts(readings, ontology, decisions), vocabulary(ontology)))
    return graph
