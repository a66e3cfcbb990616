"""Corrected articles: which article is a later version of which, so that only the last one speaks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from kgbuild.model import Article

SHARED = 0.5
"""Of all words of two articles with one name, so many must stand in both for them to be versions of one text."""
SHARED_URL, HELD = 0.3, 0.8
"""With one URL: so many of all, or of those of the shorter one. Of 20,000 pairs of unrelated news three in a thousand have
as much in common, so what a live page has shown one after the other are articles of their own.
"""


def superseded(articles: Iterable[Article]) -> dict[str, Article]:
    """The IRI of each article that a later version replaces -> that version, whatever the order of *articles*.

    Versions have the same URL and much in common (a live page shows one article after the other), or the same name
    (the record's id, else the file's name), publisher and half of their words: two folders may each have a 001.txt.
    The one issued later is the later version; among equals the longer one, then the last by name.
    """
    groups: dict[tuple[str, ...], list[Article]] = defaultdict(list)
    for article in sorted(articles, key=_age, reverse=True):
        if url := _url(article):
            groups["url", url].append(article)
        if name := _name(article):
            groups["name", name, (article.publisher or "").casefold()].append(article)
    replaced: dict[str, Article] = {}
    for (kind, *_), group in groups.items():
        alike: Callable[[Article, Article], bool] = _alike if kind == "name" else _rewritten
        for number, article in enumerate(group):
            newer = next((other for other in group[:number] if alike(other, article)), None)
            if newer is not None and _age(newer) > _age(replaced.get(article.iri, article)):
                replaced[article.iri] = newer
    return {old: _last(new, replaced) for old, new in sorted(replaced.items())}


def _age(article: Article) -> tuple[str, int, str, str]:
    """What versions are ordered by, the later one higher: day, length, name."""
    return article.issued or "", len(article.text), article.source, article.iri


def _last(article: Article, replaced: dict[str, Article]) -> Article:
    """The last version: the one that replaces the one that replaces … this article."""
    while article.iri in replaced:
        article = replaced[article.iri]
    return article


def _url(article: Article) -> str:
    """The address without scheme and fragment; that of a whole site is no article's."""
    try:
        parts = urlsplit(article.url or "")
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    return f"{parts.hostname.removeprefix('www.')}{path}?{parts.query}" if parts.hostname and (path or parts.query) else ""


def _name(article: Article) -> str:
    """The id of the record, else the name of the file; empty for a record without an id, whose number names nothing."""
    if article.id != article.iri:
        return article.id
    return article.source if article.record_number is None else ""


def _alike(one: Article, other: Article) -> bool:
    """Whether two articles have enough words in common to be versions of one text."""
    mine, theirs = _words(one), _words(other)
    return len(mine & theirs) >= SHARED * len(mine | theirs)


def _rewritten(one: Article, other: Article) -> bool:
    """Whether one of two articles of one URL may be a version, or the beginning, of the other."""
    mine, theirs = _words(one), _words(other)
    shared = len(mine & theirs)
    return shared >= SHARED_URL * len(mine | theirs) or shared >= HELD * min(len(mine), len(theirs))


def _words(article: Article) -> set[str]:
    return set(re.findall(r"\w+", article.text.casefold()))
