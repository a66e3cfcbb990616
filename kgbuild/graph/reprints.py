"""Reprints: one text in several papers is one source.

Candidates are found by MinHash over three-word shingles with banding (Broder 1997; Leskovec, Rajaraman and Ullman,
Mining of Massive Datasets, ch. 3), and each is verified by the shingles it really shares.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rensa import RMinHash, RMinHashLSH

from kgbuild.graph.triples import THINGS, Facts, thing
from kgbuild.model import Article

WORDS = 3
LEAST = 40
"""A text with fewer shingles is not compared: short notices are alike by chance."""
OVERLAP = 0.7
"""Two texts are one if so many of the shingles of the shorter one stand in the other. In real wire copy, reprints that were
edited or cut share .88 and more, two reports of one matter .68 and less.
"""
PERMUTATIONS, BANDS = 192, 64
"""Three permutations a band: a copy cut to half shares a band with its original, other texts hardly ever do."""


def sources(articles: Iterable[Article], original: Mapping[str, str] | None = None) -> dict[str, str]:
    """The IRI of each article -> the key of its independent source.

    That is its publisher, or the article itself where it names none; but a reprint has the key of its original,
    the earliest of the articles with that text. So two papers with one agency's text are one source, and each is
    a source of its own in what it writes itself. *original* is what `originals` gives for them, if it was called already.
    """
    by_iri = {article.iri: article for article in articles}
    original = originals(by_iri.values()) if original is None else original
    return {iri: _publisher(by_iri[original.get(iri, iri)]) for iri in sorted(by_iri)}


def originals(articles: Iterable[Article]) -> dict[str, str]:
    """The IRI of each reprint -> that of its original: the first issued, among equals the first by IRI."""
    ordered = sorted(articles, key=lambda a: (a.issued or "9999", a.iri))
    first = {article.iri: article.iri for article in ordered}

    def find(iri: str) -> str:
        while first[iri] != iri:
            iri = first[iri]
        return iri

    place = {article.iri: number for number, article in enumerate(ordered)}
    for one, other in _pairs(ordered):
        a, b = sorted((find(one), find(other)), key=place.__getitem__)
        first[b] = a
    return {iri: find(iri) for iri in sorted(first) if find(iri) != iri}


def facts(original: Mapping[str, str]) -> Facts:
    """`reprint dip:reprintOf original`."""
    made = Facts(THINGS)
    for reprint, first in original.items():
        made.add(thing(reprint), "dip:reprintOf", thing(first))
    return made


def _publisher(article: Article) -> str:
    """The key of the source that an article's publisher is; of an article without one, its IRI."""
    return (article.publisher or article.iri).casefold()


def _pairs(articles: list[Article]) -> Iterable[tuple[str, str]]:
    """The IRIs of each two articles that have one text, the earlier one first."""

    @lru_cache(maxsize=2048)
    def shingles_of(number: int) -> frozenset[str]:
        return shingles(articles[number])

    index = RMinHashLSH(0.5, PERMUTATIONS, BANDS)
    for number, article in enumerate(articles):
        mine = shingles_of(number)
        if len(mine) < LEAST:
            continue
        sketch = RMinHash(PERMUTATIONS, 1)
        sketch.update(sorted(mine))
        for other in sorted(index.query(sketch)):
            theirs = shingles_of(other)
            if len(mine & theirs) >= OVERLAP * min(len(mine), len(theirs)):
                yield articles[other].iri, article.iri
        index.insert(number, sketch)


def shingles(article: Article) -> frozenset[str]:
    """The three-word sequences of an article's paragraphs; headline, date and dateline differ from paper to paper."""
    body = [article.text[block.start : block.end] for block in article.blocks if block.kind in ("summary", "body")]
    words = re.findall(r"\w+", " ".join(body).casefold())
    return frozenset(" ".join(words[i : i + WORDS]) for i in range(len(words) - WORDS + 1))
