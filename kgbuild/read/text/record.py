"""What a file says of an article, field by field, becomes an Article: whatever the format, by the same rules."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kgbuild.errors import Problem
from kgbuild.model import Article, Block
from kgbuild.read.text.article_dates import is_date_line
from kgbuild.read.text.blocks import find_blocks
from kgbuild.read.text.columns import Sample
from kgbuild.read.text.datelines import opening_dateline
from kgbuild.read.text.issued import DateNames, Said, find_issued
from kgbuild.read.text.normal import Normalised, line, normalised

MAX_ARTICLE = 500_000
"""Characters of one article that are read at most: a book is no news article."""
MAX_PARAGRAPHS = 10_000
"""Paragraphs of one article that are read at most: each costs its time, however short, and no article has as many."""
FIELDS = ("id", "title", "date", "source", "publisher", "url", "text")
"""Of a record in a file of many: what makes it the same record elsewhere."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a file says of one article, as it stands there; only *text* must be among the *fields*."""

    fields: Mapping[str, Any]
    """Also *made*: the day on which its file was written or fetched, which is the article's if nothing else is known."""
    source: str
    """The file's name in the corpus, and for one record of many `:` with its number."""
    sha256: str
    """Of the file's bytes, or of one record's fields."""
    number: int | None = None
    """Among the records of its file; None where the file is the article."""
    problems: tuple[Problem, ...] = ()
    """What was met in reading it."""
    declared: tuple[tuple[str, str], ...] = ()
    """Dates that a page states beside its text: the name in small letters and the value, the most trusted first."""


@dataclass(frozen=True, slots=True)
class Unnamed(Record):
    """A record whose fields stand under names of the file's own: `fields.with_names` finds out which is which.

    Until then it has no digest ("").
    """

    columns: tuple[str, ...] = ()
    """The names that all records of its file have; none where each has its own."""
    sample: Sample = ()
    """The first rows of its table: what they hold tells columns that no name tells."""

    @property
    def file(self) -> str:
        """Its file's name in the corpus."""
        return self.source if self.number is None else self.source.rpartition(":")[0]


@dataclass(frozen=True, slots=True)
class Document(Record):
    """A text that is an article, or an export of many: `exports.parted` finds out."""


def digest_of(fields: Mapping[str, Any]) -> str:
    """The SHA-256 of a record in a file of many."""
    said = {key: fields[key] for key in FIELDS if fields.get(key)}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def article_of(
    record: Record,
    boilerplate: tuple[str, ...],
    report: Callable[[Problem], None],
    names: DateNames = DateNames(),  # noqa: B008, as a frozen record it is no state
) -> Article | None:
    """The article, whose title, date and publisher are looked for in the text if no field has them; None if it is none.

    Paragraphs that open with one of *boilerplate* are no part of the story.
    """
    where, given = record.source, record.fields.get("text") or ""
    text = _characters(given)
    if text != given:
        report(Problem(where, "half a character (a lone surrogate).", "It is read as \ufffd.", lost=False))
    if not text.strip():
        report(Problem(where, "empty."))
        return None
    if len(text) > MAX_ARTICLE:
        report(
            Problem(where, f"{len(text):,} characters long, more than {MAX_ARTICLE:,}.", "Split it into one article a file.")
        )
        return None
    read = normalised(text)
    if not read.text.strip():
        report(Problem(where, "no words: nothing but mark-up, or characters that are not seen."))
        return None
    if not any(map(str.isalnum, read.text)):
        report(Problem(where, "no words: not a letter in it that can be read."))
        return None
    title = line(_line(record, "title"))
    blocks = find_blocks(read.text, title, boilerplate)
    if len(blocks) > MAX_PARAGRAPHS:
        report(
            Problem(where, f"{len(blocks):,} paragraphs, more than {MAX_PARAGRAPHS:,}.", "Split it into one article a file.")
        )
        return None
    first = {block.kind: read.text[block.start : block.end] for block in reversed(blocks)}
    dateline = opening_dateline(first.get("dateline", ""))
    said = Said(
        field=_date_field(record),
        declared=record.declared,
        line=first.get("date", ""),
        dateline=dateline.date if dateline else "",
        closing=tuple(words for b in blocks if b.kind == "body" and is_date_line(words := read.text[b.start : b.end])),
        made=_line(record, "made"),
    )
    issued = find_issued(where, said, names, report)
    agency = dateline.agency if dateline else None
    return Article(
        id=_line(record, "id") or f"article/{record.sha256[:16]}",
        text=text,
        blocks=tuple(_in_original(blocks, read)),
        sha256=record.sha256,
        source=where,
        title=title or " ".join(first.get("title", "").split()) or _opening(read.text, blocks),
        issued=issued,
        publisher=line(_line(record, "publisher")) or agency or line(_line(record, "source")) or None,
        dateline=first.get("dateline", "").strip() or None,
        place=dateline.place if dateline else None,
        url=_line(record, "url") or None,
        record_number=record.number,
    )


def _in_original(blocks: tuple[Block, ...], read: Normalised) -> Iterator[Block]:
    """The blocks in the text as it was; a character that two of them have parts of belongs to the first."""
    before = 0
    for block in blocks:
        start, end = read.original(block.start, block.end)
        if before < end:
            yield Block(block.kind, max(before, start), end)
        before = max(before, end)


def _line(record: Record, field: str) -> str:
    """A field on one line; "" if it is not there, or is neither text nor number."""
    value = record.fields.get(field)
    return " ".join(_characters(str(value)).split()) if isinstance(value, (str, int)) else ""


def _date_field(record: Record) -> str:
    """The field of the date on one line, also of a number with a point or an object that wraps it, as Mongo writes it."""
    value = record.fields.get("date") or record.fields.get("issued") or ""
    while isinstance(value, dict) and len(value) == 1:
        value = next(iter(value.values())) or ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, (dict, list)):
        value = "{…}" if isinstance(value, dict) else "[…]"
    return " ".join(_characters(str(value)).split())


def _characters(text: str) -> str:
    # Half of a surrogate pair is no character: one mark for one, so that offsets stay.
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _opening(text: str, blocks: tuple[Block, ...]) -> str:
    body = next((text[b.start : b.end] for b in blocks if b.kind == "body"), text)
    words = body.split()
    return " ".join(words[:12]) + (" …" if len(words) > 12 else "")
