"""An article's text is parted into blocks: headline, date line, summary, dateline, body, boilerplate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kgbuild.model import Block
from kgbuild.read.text.article_dates import is_date_line
from kgbuild.read.text.datelines import inner_dateline, opening_dateline

MAX_PARAGRAPH = 5_000
"""Characters of a paragraph that are parsed together."""
WRAPPED = 3
"""Lines apart that go on in a small letter: so many show that blank lines part lines of the print, not paragraphs."""
LINE = 40
"""Characters that a full line of print has at least."""
GOES_ON = re.compile(r"(?:^|\s)(?:an?|and|as|at|by|for|from|in|into|of|on|or|that|the|to|which|who|with)$")
"""A word that no paragraph ends with."""


def find_blocks(text: str, title: str, boilerplate: tuple[str, ...]) -> tuple[Block, ...]:
    """The paragraphs of *text* and what each is.

    Paragraphs are parted by blank lines; in a text without any, by line ends where lines end like sentences.
    """
    found: list[Block] = []
    datelined = False
    pieces = list(_paragraphs(text))
    for number, (start, end) in enumerate(pieces):
        words = text[start:end]
        if number <= 2 and is_date_line(words):
            found.append(Block("date", start, end))
        elif number == 0 and (_same(words, title) or (len(pieces) > 1 and _is_headline(words))):
            found.append(Block("title", start, end))
        elif words.startswith(boilerplate) and len(words) < 300:
            found.append(Block("boilerplate", start, end))
        elif line := opening_dateline(words):
            found = found if datelined else _as_summary(found)
            datelined = True
            found += [Block("dateline", start, start + line.end), Block("body", start + line.end, end)]
        elif number <= 2 and not datelined and (inner := inner_dateline(words)):
            head, line = inner
            datelined, titled = True, any(block.kind == "title" for block in found)
            kind = "title" if not titled and not head.endswith((".", "!", "?")) else "summary"
            found = [
                *_as_summary(found),
                Block(kind, start, start + len(head)),
                Block("dateline", start + line.start, start + line.end),
                Block("body", start + line.end, end),
            ]
        else:
            found.append(Block("body", start, end))
    return tuple(block for block in found if block.end > block.start)


def _as_summary(blocks: list[Block]) -> list[Block]:
    """What stands before the first dateline, under the headline, is the summary."""
    return [Block("summary", block.start, block.end) if block.kind == "body" else block for block in blocks]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    lines = [line for line in text.split("\n") if line.strip()]
    finished = sum(line.rstrip().endswith((".", "!", "?", "”", '"', ":")) for line in lines[1:])
    by_line = not re.search(r"\n[^\S\n]*\n", text.strip()) and finished >= 0.6 * (len(lines) - 1)
    # By lines, a word that is parted at a line's end ends no paragraph.
    goes_on = r"(?<=[^\W\d_]-)\n(?=[^\W\d_])" if by_line else r"\n(?![^\S\n]*\n)"
    found = list[tuple[int, int]]()
    for match in re.finditer(rf"[^\n]+(?:{goes_on}[^\n]+)*", text):
        start = match.start()
        stripped = match[0].strip()
        if stripped:
            start += match[0].index(stripped[0])
            found.append((start, start + len(stripped)))
    for start, end in _whole(text, found):
        yield from _pieces(text, start, end)


def _whole(text: str, paragraphs: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The *paragraphs*, those put together that blank lines part in the midst of a sentence."""
    goes_on = [
        (text[end - 1].isalnum() or text[end - 1] == ",") and text[after].islower()
        for (_, end), (after, _) in pairwise(paragraphs)
    ]
    full = [end - start >= LINE for start, end in paragraphs]
    wrapped = sum(map(all, zip(goes_on, full, strict=False))) >= WRAPPED
    start = None
    for number, (first, end) in enumerate(paragraphs):
        start = first if start is None else start
        open_end = text[end - 1 : end] == "," or GOES_ON.search(text, first, end) is not None
        within = number < len(goes_on) and (
            (goes_on[number] and (wrapped or open_end))
            or (wrapped and number and full[number] and text[end - 1 : end].isalnum())
        )
        if not within:
            yield start, end
            start = None


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A paragraph, cut where a sentence seems to end if it is longer than a parser should be given at once."""
    while end - start > MAX_PARAGRAPH:
        ends = [m.end() for m in re.finditer(r"[.!?][\"”']?(?=\s)|\s", text[start : start + MAX_PARAGRAPH])]
        stops = [e for e in ends if text[start + e - 1] in ".!?\"”'"]
        cut = start + ((stops or ends or [MAX_PARAGRAPH])[-1])
        yield start, cut
        start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
    if start < end:
        yield start, end


def _same(words: str, title: str) -> bool:
    return bool(title) and " ".join(words.split()) == title


def _is_headline(words: str) -> bool:
    return len(words) < 200 and "\n" not in words and not words.rstrip().endswith((".", ":", ";", ","))
