"""Direct speech: the stretches of a paragraph between quotation marks."""

from __future__ import annotations

from bisect import bisect_left

from kgbuild.read.parse.tokens import Doc, Token

MARKS = ('"', "''", "``")
SPOKEN = 3
"""Fewer words than this between quotation marks are a term or a scare quote, not speech."""
Stretch = tuple[int, int]
"""First token after the opening mark, and the closing mark (or the end of the paragraph)."""


def quotes(doc: Doc) -> list[Stretch]:
    """The quoted stretches of *doc*, in order; one that is not closed runs to the end of the paragraph."""
    marks = list(_marks(doc))
    if len(marks) % 2:
        marks.append(len(doc))
    return [(first + 1, last) for first, last in zip(marks[::2], marks[1::2], strict=True)]


def _marks(doc: Doc) -> tuple[int, ...]:
    """The quotation marks of *doc*, worked out once."""
    if "quotation marks" not in doc.known:
        text = doc.text
        any_at_all = any(mark in text for mark in MARKS)
        doc.known["quotation marks"] = tuple(t.i for t in doc if t.text in MARKS) if any_at_all else ()
    found: tuple[int, ...] = doc.known["quotation marks"]
    return found


def speech(doc: Doc) -> list[Stretch]:
    """The quoted stretches that are said rather than named: several words, or a sentence of their own."""
    return [
        (first, last)
        for first, last in quotes(doc)
        if last - first >= SPOKEN and any(token.pos_ in ("VERB", "AUX") for token in doc[first:last])
    ]


def in_quotes(token: Token) -> bool:
    """Whether *token* stands in direct speech: an odd number of quotation marks before it in the paragraph."""
    return bisect_left(_marks(token.doc), token.i) % 2 == 1
