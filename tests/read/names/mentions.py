"""Readings to look at: what their mentions denote."""

from __future__ import annotations

import hashlib

from kgbuild.model import Article, Block, Reading


def named(reading: Reading, words: str) -> list[tuple[str, ...]]:
    """What the mentions that are written *words* denote."""
    return [m.entities for m in reading.mentions if m.span.text == words]


def article_of_many(*paragraphs: str) -> Article:
    """An article of several paragraphs."""
    text = "\n\n".join(paragraphs)
    starts = [text.index(paragraph) for paragraph in paragraphs]
    blocks = tuple(Block("body", at, at + len(p)) for at, p in zip(starts, paragraphs, strict=True))
    return Article("test", text, blocks, hashlib.sha256(text.encode()).hexdigest(), "test", issued="2014-12-19")
