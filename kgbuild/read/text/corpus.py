"""A folder of news becomes Articles: title, date, publisher, dateline and clean paragraphs.

Plain text, HTML, JSON Lines, CSV, each also gzipped, and `-` for stdin. What cannot be read is a
Problem: counted, shown, and the rest goes on. The text of a JSON Lines record is kept untouched.
"""

from __future__ import annotations

import calendar
import csv
import gzip
import hashlib
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from kgbuild.errors import CorpusError, Problem
from kgbuild.model import Article, Block
from kgbuild.ontology import Ontology

MAX_FILE = 64 * 2**20
"""Bytes of a single-article file that are read at most; JSON Lines and CSV are streamed and have no limit."""
MAX_ARTICLE = 500_000
"""Characters of one article that are read at most: a book is no news article."""
MAX_PARAGRAPH = 5_000
"""Characters of a paragraph that are parsed together."""
KINDS = (".txt", ".text", ".html", ".htm", ".jsonl", ".ndjson", ".csv")

_MONTH = "|".join(f"{name}|{name[:3]}\\.?|Sept\\.?" for name in calendar.month_name[1:])
_DATE = rf"(?:(?:{_MONTH})\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\s+(?:{_MONTH})(?:\s+\d{{4}})?)"
_FULL_DATE = re.compile(
    rf"(?:(?:{_MONTH})\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+(?:{_MONTH}),?\s+\d{{4}}|\d{{4}}-\d\d-\d\d)"
    r"(?:\s*(?:,|at|T|-|\|)?\s*\d{1,2}:\d\d(?::\d\d)?)?",
    re.IGNORECASE,
)
# "MOSCOW, December 19. /TASS/." · "KYIV (Reuters) -" · "LONDON, Feb 26 -"
_DATELINE = re.compile(
    rf"(?P<city>[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]+){{0,3}})(?:,\s*[A-Z][\w. ]{{2,20}}?)??(?:,\s*(?P<date>{_DATE}))?"
    r"[.,]?\s*(?:/(?P<slashed>[\w .&-]{2,30})/[.,]?\s*(?:[-–—]+\s+)?"
    r"|\((?P<bracketed>[\w .&-]{2,30})\)\s*[-–—]*\s+|[-–—]+\s+)"
)
# Inside a paragraph it takes town, agency and dash: "... loses vote By A. Author LONDON (Reuters) - The prime minister"
_INNER_DATELINE = re.compile(
    r"(?<=\s)(?=[A-Z][A-Z.'’ -]+(?:,[\w. ]{2,24}){0,2}\s*(?:\([\w .&-]{2,30}\)\s*[-–—]|/[\w .&-]{2,30}/))"
)
_BYLINE = re.compile(r"\s*\b(?:By|BY)(?:\s+[A-Z][\w.'’-]*|\s+and\b|,){2,10}\s*$")
HEAD = 400
"""Characters of the first paragraph in which a dateline may follow headline and byline."""


def read_corpus(paths: Iterable[str | Path], ontology: Ontology, report: Callable[[Problem], None]) -> Iterator[Article]:
    """The articles of files, folders (recursively, hidden files left out) and `-`, in the order of their names.

    Raises CorpusError when a path does not exist, or a folder holds no file of a kind that is read.
    """
    boilerplate = tuple(ontology.words("boilerplate", "opening"))
    for given in paths:
        if str(given) == "-":
            yield from _one(sys.stdin.buffer.read(MAX_FILE), "stdin", boilerplate, report)
            continue
        path = Path(given)
        if not path.exists():
            raise CorpusError(f"{path}: no such file or folder. Name a folder of articles, e.g. kgbuild build seeds/")
        yield from _files(path, boilerplate, report)


def _files(path: Path, boilerplate: tuple[str, ...], report: Callable[[Problem], None]) -> Iterator[Article]:
    if path.is_file():
        yield from _file(path, path.name, boilerplate, report)
        return
    files = [f for f in sorted(path.rglob("*")) if f.is_file() and not _hidden(f, path)]
    readable = [f for f in files if _kind(f)]
    if not readable:
        raise CorpusError(f"{path}: no articles here. kgbuild reads {', '.join(KINDS)}, each also as .gz.")
    for file in files:
        name = file.relative_to(path).as_posix()
        if _kind(file):
            yield from _file(file, name, boilerplate, report)
        else:
            report(Problem(name, "not a kind of file that kgbuild reads.", f"It reads {', '.join(KINDS)} and .gz."))


def _hidden(file: Path, below: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(below).parts)


def _kind(file: Path) -> str:
    suffix = Path(file.stem).suffix if file.suffix.lower() == ".gz" else file.suffix
    return suffix.lower() if suffix.lower() in KINDS else ""


def _file(file: Path, name: str, boilerplate: tuple[str, ...], report: Callable[[Problem], None]) -> Iterator[Article]:
    kind = _kind(file) or ".txt"
    opened = gzip.open if file.suffix.lower() == ".gz" else open
    try:
        with opened(file, "rb") as stream:
            if kind in (".jsonl", ".ndjson"):
                yield from _json_lines(stream, name, boilerplate, report)
            elif kind == ".csv":
                yield from _csv(stream, name, boilerplate, report)
            else:
                content = stream.read(MAX_FILE + 1)
                if len(content) > MAX_FILE:
                    report(
                        Problem(name, f"larger than {MAX_FILE >> 20} MB.", "Split it: one article a file, or JSON Lines.")
                    )
                elif kind in (".html", ".htm"):
                    yield from _html(content, name, boilerplate, report)
                else:
                    yield from _one(content, name, boilerplate, report)
    except (OSError, EOFError) as error:
        report(Problem(name, f"cannot be read: {error}."))


def _one(content: bytes, name: str, boilerplate: tuple[str, ...], report: Callable[[Problem], None]) -> Iterator[Article]:
    text = decode(content, name, report)
    if text is not None:
        yield from _article({"text": text}, name, hashlib.sha256(content).hexdigest(), boilerplate, report)


def decode(content: bytes, name: str, report: Callable[[Problem], None]) -> str | None:
    """The text of a file: UTF-8, UTF-16 with a byte order mark, else Windows-1252 with a Problem; None if binary."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = content.decode("utf-16", errors="replace")
    elif b"\0" in content:
        report(Problem(name, "not text (it has NUL bytes).", "Take it out of the corpus, or convert it to text."))
        return None
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            report(
                Problem(f"{name}, byte {error.start}", "not UTF-8; read as Windows-1252.", "Convert it if words look wrong.")
            )
            text = content.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _html(content: bytes, name: str, boilerplate: tuple[str, ...], report: Callable[[Problem], None]) -> Iterator[Article]:
    text = decode(content, name, report)
    if text is None:
        return
    import trafilatura  # slow to import, and only HTML needs it

    found = trafilatura.bare_extraction(text, with_metadata=True, include_comments=False)
    fields: dict[str, Any] = found if isinstance(found, dict) else found.as_dict() if found is not None else {}
    if not fields.get("text"):
        report(Problem(name, "no article text found in this HTML."))
        return
    body = re.sub(r"\n+", "\n\n", fields["text"])
    title = fields.get("title") or ""
    record = {
        "text": body if title and title in body[: len(title) + 200] else f"{title}\n\n{body}".strip(),
        "title": title,
        "date": fields.get("date"),
        "publisher": fields.get("sitename"),
        "url": fields.get("url"),
    }
    yield from _article(record, name, hashlib.sha256(content).hexdigest(), boilerplate, report)


def _json_lines(
    stream: Iterable[bytes], name: str, boilerplate: tuple[str, ...], report: Callable[[Problem], None]
) -> Iterator[Article]:
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        where = f"{name}:{number}"
        try:
            record = json.loads(line)
        except ValueError as error:
            report(Problem(where, f"not JSON: {error}."))
            continue
        if not isinstance(record, dict) or not isinstance(record.get("text"), str):
            report(Problem(where, 'no "text".', 'A record needs at least {"text": "..."}.'))
            continue
        yield from _article(record, where, _digest(record), boilerplate, report)


def _csv(stream: Any, name: str, boilerplate: tuple[str, ...], report: Callable[[Problem], None]) -> Iterator[Article]:
    csv.field_size_limit(MAX_FILE)
    rows = csv.DictReader(io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline=""))
    columns = [str(column).strip().lower() for column in rows.fieldnames or ()]
    if "text" not in columns:
        report(Problem(name, 'no "text" column.', "The first row names the columns: id,title,date,text."))
        return
    for number, row in enumerate(rows, 2):
        record = {key.strip().lower(): value for key, value in row.items() if key and value}
        yield from _article(record, f"{name}:{number}", _digest(record), boilerplate, report)


def _digest(record: dict[str, Any]) -> str:
    kept = {key: record[key] for key in ("id", "title", "date", "source", "publisher", "url", "text") if record.get(key)}
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()


def _article(
    record: dict[str, Any], where: str, sha256: str, boilerplate: tuple[str, ...], report: Callable[[Problem], None]
) -> Iterator[Article]:
    # Half of a surrogate pair is no character: one mark for one, so that offsets stay.
    text = re.sub("[\ud800-\udfff]", "\ufffd", record.get("text") or "")
    if text != (record.get("text") or ""):
        report(Problem(where, "half a character (a lone surrogate).", "It is read as \ufffd."))
    if not text.strip():
        report(Problem(where, "empty."))
        return
    if len(text) > MAX_ARTICLE:
        report(
            Problem(where, f"{len(text):,} characters long, more than {MAX_ARTICLE:,}.", "Split it into one article a file.")
        )
        return
    title = _word(record, "title")
    blocks = find_blocks(text, title, boilerplate)
    by_kind = {block.kind: text[block.start : block.end] for block in reversed(blocks)}
    dateline = _DATELINE.match(by_kind.get("dateline", ""))
    given = _word(record, "date") or _word(record, "issued")
    issued = date_of(given) or date_of(by_kind.get("date", "")) or (date_of(dateline["date"] or "") if dateline else None)
    if issued is None:
        report(Problem(where, "no date found, so relative dates stay open."))
    agency = (dateline["slashed"] or dateline["bracketed"]) if dateline else None
    yield Article(
        id=_word(record, "id") or f"article/{sha256[:16]}",
        text=text,
        blocks=blocks,
        sha256=sha256,
        source=where,
        title=title or " ".join(by_kind.get("title", "").split()) or _opening(text, blocks),
        issued=issued,
        publisher=_word(record, "publisher") or agency or _word(record, "source") or None,
        dateline=by_kind.get("dateline", "").strip() or None,
        place=dateline["city"].strip() if dateline else None,
        url=_word(record, "url") or None,
    )


def _word(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    return " ".join(re.sub("[\ud800-\udfff]", "\ufffd", str(value)).split()) if isinstance(value, (str, int)) else ""


def _opening(text: str, blocks: tuple[Block, ...]) -> str:
    body = next((text[b.start : b.end] for b in blocks if b.kind == "body"), text)
    words = body.split()
    return " ".join(words[:12]) + (" …" if len(words) > 12 else "")


def date_of(text: str) -> str | None:
    """The full date (and time) that *text* states, in ISO 8601; None unless day, month and year all stand there."""
    if not re.search(r"\d{4}", text):
        return None
    import dateparser  # slow to import

    found = _FULL_DATE.search(text)
    candidate = found[0] if found else text[:60]
    parsed = dateparser.parse(candidate, languages=["en"], settings={"STRICT_PARSING": True})
    if parsed is None or (re.fullmatch(r"\s*\d{1,2}\W\d{1,2}\W\d{4}\s*", candidate)):
        return None  # 3/4/2014 is March in one country and April in another
    return parsed.strftime("%Y-%m-%dT%H:%M:%S") if re.search(r"\d:\d\d", candidate) else parsed.strftime("%Y-%m-%d")


def find_blocks(text: str, title: str, boilerplate: tuple[str, ...]) -> tuple[Block, ...]:
    """The paragraphs of *text* and what each is.

    Paragraphs are parted by blank lines; in a text without any, by line ends where lines end like sentences.
    """
    found: list[Block] = []
    pieces = list(_paragraphs(text))
    for number, (start, end) in enumerate(pieces):
        words = text[start:end]
        kinds = {block.kind for block in found}
        if number <= 2 and _is_date_line(words):
            found.append(Block("date", start, end))
        elif number == 0 and (_same(words, title) or (len(pieces) > 1 and _is_headline(words))):
            found.append(Block("title", start, end))
        elif words.startswith(boilerplate) and len(words) < 200:
            found.append(Block("boilerplate", start, end))
        elif match := _DATELINE.match(words):
            if "dateline" not in kinds:  # what stood before the dateline, under the headline, was the summary
                found = [Block("summary", b.start, b.end) if b.kind == "body" else b for b in found]
            found += [Block("dateline", start, start + match.end()), Block("body", start + match.end(), end)]
        elif number <= 2 and "dateline" not in kinds and (inner := _inner_dateline(words)):
            head, line = inner
            kind = "title" if "title" not in kinds and not head.endswith((".", "!", "?")) else "summary"
            found = [Block("summary", b.start, b.end) if b.kind == "body" else b for b in found]
            found += [
                Block(kind, start, start + len(head)),
                Block("dateline", start + line.start(), start + line.end()),
                Block("body", start + line.end(), end),
            ]
        else:
            found.append(Block("body", start, end))
    return tuple(block for block in found if block.end > block.start)


def _inner_dateline(words: str) -> tuple[str, re.Match[str]] | None:
    """What stands before a dateline within a paragraph, without its byline, and the dateline."""
    for found in _INNER_DATELINE.finditer(words[:HEAD]):
        line = _DATELINE.match(words, found.start())
        if line is not None:
            return _BYLINE.sub("", words[: found.start()]).rstrip(), line
    return None


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    lines = [line for line in text.split("\n") if line.strip()]
    finished = sum(line.rstrip().endswith((".", "!", "?", "”", '"', ":")) for line in lines[1:])
    by_line = not re.search(r"\n\s*\n", text.strip()) and finished >= 0.6 * (len(lines) - 1)
    for match in re.finditer(r"[^\n]+" if by_line else r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*", text):
        start = match.start()
        stripped = match[0].strip()
        if stripped:
            start += match[0].index(stripped[0])
            yield from _pieces(text, start, start + len(stripped))


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


def _is_date_line(words: str) -> bool:
    """ "Russia December 19, 2014, 11:40": hardly more than a full date."""
    match = _FULL_DATE.search(words)
    return match is not None and len(words) < 90 and len(match[0]) >= 0.3 * len(words) and not re.search(r"[.!?]\s*$", words)


def _same(words: str, title: str) -> bool:
    return bool(title) and " ".join(words.split()) == title


def _is_headline(words: str) -> bool:
    return len(words) < 200 and "\n" not in words and not words.rstrip().endswith((".", ":", ";", ","))
