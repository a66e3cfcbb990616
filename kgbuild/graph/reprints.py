"""Reprints: one text in several papers is one source.

Candidates are found by MinHash over three-word shingles with banding (Broder 1997; Leskovec, Rajaraman and Ullman,
Mining of Massive Datasets, ch. 3), and each is verified by the shingles it really shares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache

import numpy as np
from rensa import RMinHash

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
MIXER = np.uint64(0x9E3779B97F4A7C15)
"""An odd multiplier that spreads the bits of a band."""


def sources(articles: Iterable[Article], original: Mapping[str, str] | None = None) -> dict[str, str]:
    """The IRI of each article -> the key of its independent source.

    That is its publisher, or the article itself where it names none; but a reprint has the key of its original,
    the earliest of the articles with that text. So two papers with one agency's text are one source, and each is
    a source of its own in what it writes itself. *original* is what `originals` gives for them, if it was called already.
    """
    by_iri = {article.iri: article for article in articles}
    original = originals(by_iri.values()) if original is None else original
    return {iri: publisher_key(by_iri[original.get(iri, iri)]) for iri in sorted(by_iri)}


def publisher_key(article: Article) -> str:
    """The key of the source that an article's publisher is; of an article without one, its IRI."""
    return (article.publisher or article.iri).casefold()


def originals(articles: Iterable[Article]) -> dict[str, str]:
    """The IRI of each reprint -> that of its original: the first issued, among equals the first by IRI."""
    by_iri = {article.iri: article for article in articles}
    sketches = {iri: sketch for iri in sorted(by_iri) if (sketch := sketch_of(by_iri[iri]))}
    pairs = one_text(list(sketches), list(sketches.values()), frozenset(sketches), by_iri.__getitem__)
    return earliest(pairs, {iri: article.issued or "" for iri, article in by_iri.items()})


def earliest(pairs: Iterable[tuple[str, str]], issued: Mapping[str, str]) -> dict[str, str]:
    """The IRI of each reprint -> that of its original, by the *pairs* that have one text, and the days of articles."""
    first: dict[str, str] = {}

    def find(iri: str) -> str:
        while first.setdefault(iri, iri) != iri:
            iri = first[iri]
        return iri

    for pair in pairs:
        a, b = sorted(map(find, pair), key=lambda iri: (issued[iri] or "9999", iri))
        first[b] = a
    return {iri: find(iri) for iri in sorted(first) if find(iri) != iri}


def facts(original: Mapping[str, str]) -> Facts:
    """`reprint dip:reprintOf original`."""
    made = Facts(THINGS)
    for reprint, first in original.items():
        made.add(thing(reprint), "dip:reprintOf", thing(first))
    return made


def sketch_of(article: Article) -> bytes:
    """The bands of an article's MinHash, four bytes each: texts that share none are not compared. Empty for a short text."""
    mine = shingles(article)
    if len(mine) < LEAST:
        return b""
    hashed = RMinHash(PERMUTATIONS, 1)
    hashed.update(sorted(mine))
    rows = np.array(hashed.digest(), np.uint64).reshape(BANDS, -1)
    mixed = np.zeros(BANDS, np.uint64)
    for column in rows.T:
        mixed = (mixed ^ column) * MIXER
    return (mixed >> np.uint64(32)).astype("<u4").tobytes()


def one_text(
    iris: Sequence[str], sketches: Sequence[bytes], new: Set[str], article: Callable[[str], Article]
) -> Iterator[tuple[str, str]]:
    """Each two of *iris* that have one text, of which at least one is *new*; *sketches* are those of `sketch_of`."""
    if not new:
        return
    shingles_of = lru_cache(maxsize=2048)(lambda iri: shingles(article(iri)))
    bands = np.frombuffer(b"".join(sketches), "<u4").reshape(len(iris), BANDS)
    ours = np.array([number for number, iri in enumerate(iris) if iri in new], np.int64)
    candidates = set[tuple[int, int]]()
    for band in bands.T:
        order = np.argsort(band, kind="stable")
        begin, end = (np.searchsorted(band, band[ours], side, order) for side in ("left", "right"))
        for number in np.flatnonzero(end - begin > 1):
            mine = int(ours[number])
            others = order[begin[number] : end[number]]
            candidates |= {(min(mine, other), max(mine, other)) for other in others.tolist() if other != mine}
    for pair in sorted(candidates):
        a, b = (iris[number] for number in pair)
        one, another = shingles_of(a), shingles_of(b)
        if len(one & another) >= OVERLAP * min(len(one), len(another)):
            yield a, b


def shingles(article: Article) -> frozenset[str]:
    """The three-word sequences of an article's paragraphs; headline, date and dateline differ from paper to paper."""
    body = [article.text[block.start : block.end] for block in article.blocks if block.kind in ("summary", "body")]
    words = re.findall(r"\w+", " ".join(body).casefold())
    return frozenset(" ".join(words[i : i + WORDS]) for i in range(len(words) - WORDS + 1))
