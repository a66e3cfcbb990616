"""What is new to a build and what stays: the articles of the corpus, those of earlier builds, and which must be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from pathlib import Path

from kgbuild.errors import Problem
from kgbuild.graph.versions import Version, superseded, words_of
from kgbuild.kept_articles import ArticlePlace, FoundArticles, KeptArticle
from kgbuild.model import Article
from kgbuild.ontology import Ontology
from kgbuild.read.text.corpus import STDIN, FoundArticle, find_articles
from kgbuild.read.text.fields import Fields
from kgbuild.readings_cache import Keys, ReadingsCache


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build has to do; articles are named by their IRI."""

    kept: Mapping[str, KeptArticle]
    """Every article that the output keeps, with its places."""
    replaced: Mapping[str, Version]
    """For each article that a later version replaces: that version."""
    keys: Mapping[str, str]
    """For each article that none replaces, of which the graph is made: the key of its reading."""
    unread: tuple[str, ...]
    """Those of them whose reading is not kept."""

    def keys_after(self, read: Set[str]) -> dict[str, str]:
        """The keys that there are readings of once *read* have been read; the process of another one may have died."""
        missing = {*self.unread} - read
        return {iri: key for iri, key in self.keys.items() if iri not in missing}

    @property
    def problems(self) -> list[Problem]:
        """What was met where the articles stand, and which of them another one replaces."""
        met = [problem for kept in self.kept.values() for problem in kept.problems]
        for old, new in self.replaced.items():
            told = f"replaced by {new.source}, a later version of it."
            met.append(Problem(self.kept[old].source, told, lost=False))
        return met


def plan_build(
    given: dict[str, KeptArticle],
    cache: ReadingsCache,
    article_of: Callable[[KeptArticle], Article],
    key_of: Keys,
    left_out: Callable[[Problem], None],
    *,
    prune: bool,
) -> Plan:
    """How the articles *given* and those of earlier builds make the next graph; *prune* leaves only those given.

    What the cache has of an earlier article may be damaged: unless the article is among those given it is left out.
    """
    earlier, damaged = cache.articles()
    for iri in damaged:
        if not prune and iri not in given:
            what = "what earlier builds kept of this article is damaged."
            left_out(Problem(iri, what, "It is left out; build again from where it stood."))
    kept = given if prune else with_earlier(given, earlier)
    replaced = superseded((one.version for one in kept.values()), lambda iri: words_of(article_of(kept[iri])))
    keys = {iri: key_of(kept[iri]) for iri in sorted(kept) if iri not in replaced}
    known = cache.keys()
    return Plan(kept, replaced, keys, tuple(iri for iri, key in keys.items() if key not in known))


def take_in(
    corpus: Iterable[str | Path],
    ontology: Ontology,
    found: FoundArticles,
    report: Callable[[Problem], None],
    *,
    fields: Fields | None = None,
) -> dict[str, KeptArticle]:
    """The articles of *corpus* by IRI, each with all its places; problems of what is no article are reported.

    The articles themselves are put into *found*.
    """
    taken: dict[str, KeptArticle] = {}
    for one in find_articles(corpus, ontology, fields=fields):
        if isinstance(one, Problem):
            report(one)
            continue
        kept = KeptArticle.of(one.article, _place(one), found.put(one.article))
        taken[kept.iri] = kept.with_places_of(taken[kept.iri]) if kept.iri in taken else kept
    return taken


def _place(found: FoundArticle) -> ArticlePlace:
    # A record may move within its file, and stdin has another article each time: there it is the id that tells.
    alone = found.article.record_number is None and found.file != STDIN
    return ArticlePlace(found.file, None if alone else found.article.id, found.article.source, found.problems)


def with_earlier(given: dict[str, KeptArticle], earlier: dict[str, KeptArticle]) -> dict[str, KeptArticle]:
    """*given* with the articles of *earlier* builds, but for what stood where another article stands now."""
    taken = {place.spot for kept in given.values() for place in kept.places}
    together = dict(given)
    for iri, kept in earlier.items():
        places = tuple(p for p in kept.places if p.spot not in taken and (iri not in given or p.exists))
        if places:
            left = kept if places == kept.places else replace(kept, places=places)
            together[iri] = given[iri].with_places_of(left) if iri in given else left
    return together
