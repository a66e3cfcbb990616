"""What is new to a build and what stays: the articles of the corpus, those of earlier builds, and which must be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from kgbuild.errors import Problem
from kgbuild.graph import versions
from kgbuild.kept import Held, Kept, Keys, Place
from kgbuild.model import Article
from kgbuild.ontology import Ontology
from kgbuild.read.text.corpus import STDIN, FoundArticle, find_articles


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build has to do; articles are named by their IRI."""

    held: Mapping[str, Held]
    """Every article that the output keeps, with its places."""
    replaced: Mapping[str, Article]
    """For each article that a later version replaces: that version."""
    keys: Mapping[str, str]
    """For each article that none replaces, of which the graph is made: the key of its reading."""
    unread: tuple[Article, ...]
    """Those of them whose reading is not kept."""

    def keys_after(self, read: Set[str]) -> dict[str, str]:
        """The keys that there are readings of once *read* have been read; the process of another one may have died."""
        missing = {article.iri for article in self.unread} - read
        return {iri: key for iri, key in self.keys.items() if iri not in missing}

    @property
    def problems(self) -> list[Problem]:
        """What was met where the articles stand, and which of them another one replaces."""
        met = [problem for held in self.held.values() for problem in held.problems]
        for old, new in self.replaced.items():
            met.append(Problem(self.held[old].article.source, f"replaced by {new.source}, a later version of it."))
        return met


def plan_build(given: dict[str, Held], kept: Kept, key_of: Keys, *, prune: bool) -> Plan:
    """How the articles *given* and those of earlier builds make the next graph; *prune* leaves only those given."""
    held = given if prune else with_earlier(given, kept.held())
    replaced = versions.superseded(one.article for one in held.values())
    current = {iri: held[iri].article for iri in sorted(held) if iri not in replaced}
    keys = {iri: key_of(article) for iri, article in current.items()}
    known = kept.known()
    return Plan(held, replaced, keys, tuple(article for iri, article in current.items() if keys[iri] not in known))


def take_in(corpus: Iterable[str | Path], ontology: Ontology, report: Callable[[Problem], None]) -> dict[str, Held]:
    """The articles of *corpus* by IRI, each with all its places; problems of what is no article are reported."""
    taken: dict[str, Held] = {}
    for found in find_articles(corpus, ontology):
        if isinstance(found, Problem):
            report(found)
            continue
        held, iri = Held(found.article, (_place(found),)), found.article.iri
        taken[iri] = held.also(taken[iri]) if iri in taken else held
    return taken


def _place(found: FoundArticle) -> Place:
    # A record may move within its file, and stdin has another article each time: there it is the id that tells.
    alone = found.article.record_number is None and found.file != STDIN
    return Place(found.file, None if alone else found.article.id, found.article.source, found.problems)


def with_earlier(given: dict[str, Held], earlier: dict[str, Held]) -> dict[str, Held]:
    """*given* with the articles of *earlier* builds, but for what stood where another article stands now."""
    taken = {place.spot for held in given.values() for place in held.places}
    together = dict(given)
    for iri, held in earlier.items():
        places = tuple(p for p in held.places if p.spot not in taken and (iri not in given or p.exists))
        if places:
            left = Held(held.article, places)
            together[iri] = given[iri].also(left) if iri in given else left
    return together
