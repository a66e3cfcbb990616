"""Corrected articles: which article is a later version of which, so that only the last one speaks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from kgbuild.model import Article

SHARED = 0.5
"""Of all words of two articles with one name, so many must stand in both for them to be versions of one text."""
SHARED_URL, HELD = 0.3, 0.8
"""With one URL: so many of all, or of those of the shorter one. Of 20,000 pairs of unrelated news three in a thousand have
as much in common, so what a live page has shown one after the other are articles of their own.
"""


Words = Callable[[str], frozenset[str]]
"""What gives the words of the article of an IRI: they are asked of those alone that may be versions of each other."""


class Version(NamedTuple):
    """An article without its text: what tells of which other one it may be a version."""

    iri: str
    id: str
    source: str
    length: int
    """Characters of its text."""
    issued: str | None
    publisher: str | None
    url: str | None
    record_number: int | None

    @classmethod
    def of(cls, one: Article) -> Version:
        """That of an article."""
        return cls(one.iri, one.id, one.source, len(one.text), one.issued, one.publisher, one.url, one.record_number)


def superseded(versions: Iterable[Version], words: Words) -> dict[str, Version]:
    """The IRI of each article that a later version replaces -> that version, whatever the order of *versions*.

    Versions have the same URL and much in common (a live page shows one article after the other), or the same name
    (the record's id, else the file's name), publisher and half of their words: two folders may each have a 001.txt.
    The one issued later is the later version; among equals the longer one, then the last by name.
    """
    groups: dict[tuple[str, ...], list[Version]] = defaultdict(list)
    for article in sorted(versions, key=_age, reverse=True):
        if url := _url(article):
            groups["url", url].append(article)
        if name := _name(article):
            groups["name", name, (article.publisher or "").casefold()].append(article)
    replaced: dict[str, Version] = {}
    words = lru_cache(maxsize=256)(words)
    for (kind, *_), group in groups.items():
        alike = _alike if kind == "name" else _rewritten
        for number, article in enumerate(group):
            newer = next((other for other in group[:number] if alike(words(other.iri), words(article.iri))), None)
            if newer is not None and _age(newer) > _age(replaced.get(article.iri, article)):
                replaced[article.iri] = newer
    return {old: _last(new, replaced) for old, new in sorted(replaced.items())}


def _age(article: Version) -> tuple[str, int, str, str]:
    """What versions are ordered by, the later one higher: day, length, name."""
    return article.issued or "", article.length, article.source, article.iri


def _last(article: Version, replaced: dict[str, Version]) -> Version:
    """The last version: the one that replaces the one that replaces … this article."""
    while article.iri in replaced:
        article = replaced[article.iri]
    return article


def _url(article: Version) -> str:
    """The address without scheme and fragment; that of a whole site is no article's."""
    try:
        parts = urlsplit(article.url or "")
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    return f"{parts.hostname.removeprefix('www.')}{path}?{parts.query}" if parts.hostname and (path or parts.query) else ""


def _name(article: Version) -> str:
    """The id of the record, else the name of the file; empty for a record without an id, whose number names nothing."""
    if article.id != article.iri:
        return article.id
    return article.source if article.record_number is None else ""


def _alike(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two articles have enough words in common to be versions of one text."""
    return len(mine & theirs) >= SHARED * len(mine | theirs)


def _rewritten(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether one of two articles of one URL may be a version, or the beginning, of the other."""
    shared = len(mine & theirs)
    return shared >= SHARED_URL * len(mine | theirs) or shared >= HELD * min(len(mine), len(theirs))


def words_of(article: Article) -> frozenset[str]:
    """The words of an article, for comparing."""
    return frozenset(re.findall(r"\w+", article.text.casefold()))
