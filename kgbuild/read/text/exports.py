"""Exports of news archives: one text of many articles is parted, each with its own title, date and publisher.

What parts them, and what stands above and below each, is listed in `ontology/exports.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from kgbuild.errors import OntologyError, Problem
from kgbuild.ontology import default_folder
from kgbuild.read.text.article_dates import date_of
from kgbuild.read.text.record import Document, Record, digest_of

FILE = "exports.toml"
"""Where the archives are listed; an ontology folder without it has our own."""
HEADING = 300
"""Characters of a paragraph that may be a title, or name a paper, at most."""
DATE_LINE = 60
"""Characters of a line that states the date of an article at most."""
PARTS = ("text", "title", "date", "publisher", "url", "")
_NEVER = r"(?!)"
_LABEL = re.compile(r"\s*([A-Za-z][A-Za-z /-]{1,30}):\s*(.*)")
_CODE = re.compile(r"\s*([A-Z]{2,3})(?:\s+(\S.*))?\s*")


@dataclass(frozen=True, slots=True)
class Export:
    """How one archive writes many articles into a text."""

    name: str
    opens: re.Pattern[str]
    closes: re.Pattern[str]
    divides: re.Pattern[str]
    body: re.Pattern[str]
    notes: re.Pattern[str]
    tail: re.Pattern[str]
    labels: Mapping[str, str]
    """Small letters -> what the line says of the article; "" for nothing that is kept."""
    codes: Mapping[str, str]
    publisher_after: bool
    """Whether the publisher's line follows that of the date."""


def known_exports(folder: Path) -> tuple[Export, ...]:
    """The archives that the file in *folder* lists. Raises OntologyError where it cannot be used."""
    path = folder / FILE
    path = path if path.is_file() else default_folder() / FILE
    try:
        listed = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(_export(name, dict(said)) for name, said in listed.items())
    except (OSError, ValueError, TypeError, AttributeError, re.error) as error:
        raise OntologyError(f"{path}: cannot be used: {error}.") from error


def parted(document: Document, exports: tuple[Export, ...]) -> Iterator[Record | Problem]:
    """The articles of *document* if it is an export of one of *exports*, numbered; else the document itself.

    A part without a text of its own is a Problem, and so is a text before the first article.
    """
    lines = document.fields["text"].split("\n")
    for export in exports:
        pieces = _pieces(lines, export)
        if pieces:
            yield from document.problems
            yield from _articles(document, pieces, export)
            return
    yield document


def _articles(document: Document, pieces: list[list[str]], export: Export) -> Iterator[Record | Problem]:
    number = 0
    for piece in pieces:
        if not any(line.strip() for line in piece):
            continue
        number += 1
        where = f"{document.source}:{number}"
        said = _said(piece, export)
        if twice := _said_twice(piece, export):
            what = f"this part of the {export.name} export says `{twice}` twice: it may hold two articles."
            yield Problem(where, what, "What parts them may be damaged; look at it.")
        if said["text"]:
            yield Record(said, where, digest_of(said), number)
        else:
            opening = "".join(one for one in " ".join(" ".join(piece).split())[:60] if one.isprintable())
            yield Problem(where, f'a part of this {export.name} export without an article: "{opening}".')


def _pieces(lines: list[str], export: Export) -> list[list[str]]:
    """The lines of each part; none if this is no such export."""
    opens = [number for number, line in enumerate(lines) if _fits(export.opens, line)]
    if opens:
        first = next(number for number, line in enumerate(lines) if line.strip())
        if opens[0] != first and len(opens) < 2:
            return []  # "1 of 3" may stand in any text
        bounds = [*opens, len(lines)]
        before = [lines[: opens[0]]] if opens[0] > first else []
        return [*before, *(lines[one + 1 : other] for one, other in pairwise(bounds))]
    if closes := [number for number, line in enumerate(lines) if _fits(export.closes, line)]:
        bounds = [-1, *closes, len(lines)]
        return [lines[one + 1 : other] for one, other in pairwise(bounds)]
    if divides := [number for number, line in enumerate(lines) if _fits(export.divides, line)]:
        bounds = [-1, *divides, len(lines)]
        pieces = [lines[one + 1 : other] for one, other in pairwise(bounds)]
        if any({"text", "date"} <= _labelled(piece, export) for piece in pieces):
            return pieces
    return []


def _labelled(piece: list[str], export: Export) -> set[str]:
    found = {said[0] for line in piece if (said := _label(line, export))}
    return found | {"text"} if any(_fits(export.body, line) for line in piece) else found


# -- one article ----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Part:
    """What has been read of one article so far."""

    said: dict[str, str] = field(default_factory=dict)
    """What labels and the line of the date say."""
    above: list[str] = field(default_factory=list)
    """The lines above that of the date."""
    below: list[str] = field(default_factory=list)
    """Those beneath it, in its paragraph."""
    body: list[list[str]] = field(default_factory=list)
    place: str = "head"
    """head, body or tail."""
    noted: bool = False
    """Whether there were labels or notes: what has none, behind them, is the story."""
    by_line: bool = False
    """Whether the date has a line of its own."""

    def say(self, part: str, words: str) -> None:
        """The first word of each part counts."""
        if part and words:
            self.said.setdefault(part, words)


def _said(piece: list[str], export: Export) -> dict[str, str]:
    """The fields of one article: its labelled lines, those beside its date, and its story under the title."""
    codes = {found[1] for line in piece if (found := _CODE.fullmatch(line))} & export.codes.keys()
    coded = "LP" in codes and ("HD" in codes or len(codes) > 3)
    part = _Part()
    for paragraph in _paragraphs(piece):
        _take(part, paragraph, export, coded=coded)
    said, above = dict(part.said), part.above
    if part.by_line and export.publisher_after:
        said.setdefault("publisher", part.below[0] if part.below else "")
    elif part.by_line and above:
        said.setdefault("publisher", above[-1])
        above = above[:-1]
    if above:  # a section may stand above the title
        said.setdefault("title", max(above, key=len) if export.publisher_after else " ".join(above))
    body = "\n\n".join("\n".join(lines) for lines in part.body).strip()
    title = said.get("title", "")
    text = f"{title}\n\n{body}" if title and body and not body.startswith(title) else body
    return {"text": text, **{name: said[name] for name in ("title", "date", "publisher", "url") if said.get(name)}}


def _said_twice(piece: list[str], export: Export) -> str | None:
    """The first label or code that comes a second time with other words."""
    seen = dict[str, str]()
    for line in piece:
        found = (_label(line, export) and _LABEL.fullmatch(line)) or (_code(line, export) and _CODE.fullmatch(line))
        if found and found[2] and seen.setdefault(found[1], found[2].strip()) != found[2].strip():
            return found[1]
    return None


def _take(part: _Part, paragraph: list[str], export: Export, *, coded: bool) -> None:
    """Goes on with *part* by one paragraph."""
    loose: list[str] = []
    label: str | None = None
    dated = False
    for line in paragraph:
        said = _code(line, export) if coded else _label(line, export)
        if _fits(export.body, line) or (said and said[0] == "text"):
            if part.place != "body" or not coded:  # what stood before was an abstract; but LP and TD are one story
                part.body.clear()
            part.place, label, loose = "body", None, [said[1]] if said and said[1] else []
        elif said:
            label, words = said
            part.say(label, words)
            part.noted = True
            part.place = "tail" if part.place == "body" else part.place
        elif part.place == "body":
            if _fits(export.tail, line):
                part.place = "tail"
            else:
                loose.append(line)
        elif label is not None:
            part.say(label, line)
        elif part.place == "tail":
            continue
        elif _fits(export.notes, line):
            part.noted = True
        elif "date" not in part.said and len(line) <= DATE_LINE and date_of(line):
            part.said["date"], part.by_line, dated = line, True, True
        elif dated:
            part.below.append(line)
        elif part.by_line or part.noted:
            loose.append(line)
        else:
            part.above.append(line)
    if not loose:
        return
    untitled = "title" not in part.said and not export.publisher_after and len(part.above) < 2
    if part.place == "head" and untitled and not part.noted and len(" ".join(loose)) <= HEADING:
        part.said["title"] = " ".join(loose)
    else:
        part.place = "body" if part.place == "head" else part.place
        part.body.append(loose)


def _paragraphs(lines: list[str]) -> Iterator[list[str]]:
    gathered: list[str] = []
    for line in [*lines, ""]:
        if words := line.strip():
            gathered.append(words)
        elif gathered:
            yield gathered
            gathered = []


def _label(line: str, export: Export) -> tuple[str, str] | None:
    """What a labelled line is about, and what it says; None for other lines."""
    found = _LABEL.fullmatch(line)
    part = export.labels.get(found[1].lower()) if found else None
    return (part, found[2].strip()) if found and part is not None else None


def _code(line: str, export: Export) -> tuple[str, str] | None:
    found = _CODE.fullmatch(line)
    part = export.codes.get(found[1]) if found else None
    return (part, (found[2] or "").strip()) if found and part is not None else None


def _fits(pattern: re.Pattern[str], line: str) -> bool:
    return pattern.fullmatch(line.strip()) is not None


def _export(name: str, said: dict[str, object]) -> Export:
    strange = said.keys() - {"opens", "closes", "divides", "publisher", "body", "notes", "tail", "labels", "codes"}
    if strange:
        raise ValueError(f"[{name}] has {', '.join(sorted(strange))}, which says nothing")
    labels, codes = (_table(name, said.get(key, {})) for key in ("labels", "codes"))
    patterns = {
        key: re.compile("|".join(value) if isinstance(value, list) else str(value), re.IGNORECASE)
        for key in ("opens", "closes", "divides", "body", "notes", "tail")
        for value in [said.get(key, _NEVER)]
    }
    return Export(name, **patterns, labels=labels, codes=codes, publisher_after=said.get("publisher") == "after the date")


def _table(name: str, said: object) -> dict[str, str]:
    table = dict(said) if isinstance(said, dict) else {}
    if strange := {str(part) for part in table.values()} - set(PARTS):
        raise ValueError(f"[{name}] has a label that is {', '.join(sorted(strange))}, which is no part of an article")
    return table
