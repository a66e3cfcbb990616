"""A folder of news becomes Articles: title, date, publisher, dateline and clean paragraphs.

Each format of FORMATS, also within the CONTAINERS, and plain text from stdin for `-`. What cannot be read is a Problem:
counted, shown, and the rest goes on. The text of a JSON Lines record is kept untouched.
"""

from __future__ import annotations

import io
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kgbuild.errors import CorpusError, Problem
from kgbuild.model import Article
from kgbuild.ontology import Ontology
from kgbuild.read.text.containers import CONTAINERS, MAX_NESTING, Unpacked
from kgbuild.read.text.decoding import MAX_FILE
from kgbuild.read.text.formats.csv_table import read_csv_table
from kgbuild.read.text.formats.docx import read_docx
from kgbuild.read.text.formats.html_page import read_html_page
from kgbuild.read.text.formats.json_lines import read_json_lines
from kgbuild.read.text.formats.mail import read_mail, read_saved_page
from kgbuild.read.text.formats.pdf import read_pdf
from kgbuild.read.text.formats.plain_text import read_plain_text
from kgbuild.read.text.formats.reuters_sgml import read_reuters_sgml
from kgbuild.read.text.formats.web_archive import read_web_archive
from kgbuild.read.text.formats.xml_news import read_xml_news
from kgbuild.read.text.record import Record, article_of

Format = Callable[[BinaryIO, str], Iterator[Record | Problem]]
"""Reads a file, given as a stream and its name in the corpus."""
FORMATS: dict[str, Format] = {
    ".txt": read_plain_text,
    ".text": read_plain_text,
    ".html": read_html_page,
    ".htm": read_html_page,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".csv": read_csv_table,
    ".xml": read_xml_news,
    ".rss": read_xml_news,
    ".atom": read_xml_news,
    ".sgm": read_reuters_sgml,
    ".eml": read_mail,
    ".mht": read_saved_page,
    ".mhtml": read_saved_page,
    ".warc": read_web_archive,
    ".pdf": read_pdf,
    ".docx": read_docx,
}
"""What reads a file of each suffix; what is around it (`.gz`, `.zip`) is taken off before, by containers.py."""
STDIN = "-"
"""Stands for stdin where a path is given."""


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article of the corpus, with its file and what was met when it was taken from there."""

    article: Article
    file: str
    """The file's absolute path, with that of the member below it for a file in a zip, or STDIN."""
    problems: tuple[Problem, ...]


def read_corpus(paths: Iterable[str | Path], ontology: Ontology, report: Callable[[Problem], None]) -> Iterator[Article]:
    """The articles of `find_articles`; whatever was wrong is reported, that of an article before it comes."""
    for found in find_articles(paths, ontology):
        if isinstance(found, Problem):
            report(found)
            continue
        for problem in found.problems:
            report(problem)
        yield found.article


def find_articles(paths: Iterable[str | Path], ontology: Ontology) -> Iterator[FoundArticle | Problem]:
    """The articles of files, folders (recursively, hidden files left out) and `-`, in the order of their names.

    A Problem stands in the place of what is no article. Raises CorpusError when a path does not exist, or a folder
    holds no file of a kind that is read.
    """
    boilerplate = tuple(ontology.words("boilerplate", "opening"))
    for one, file in _records(paths):
        if isinstance(one, Problem):
            yield one
            continue
        met = list(one.problems)
        article = article_of(one, boilerplate, met.append)
        if article is None:
            yield from met
        else:
            yield FoundArticle(article, file, tuple(met))


def _records(paths: Iterable[str | Path]) -> Iterator[tuple[Record | Problem, str]]:
    """All records of *paths*, each with its file."""
    for given in paths:
        path = Path(given)
        if str(given) == STDIN:
            stream = io.BytesIO(sys.stdin.buffer.read(MAX_FILE + 1))
            yield from ((one, STDIN) for one in read_plain_text(stream, "stdin"))
        elif path.is_file():
            yield from ((one, _spot(path.resolve(), path.name, one)) for one in _of_file(path, path.name))
        elif path.exists():
            yield from _of_folder(path)
        else:
            raise CorpusError(f"{path}: no such file or folder. Name a folder of articles, e.g. kgbuild build seeds/")


def _of_folder(folder: Path) -> Iterator[tuple[Record | Problem, str]]:
    root = folder.resolve()
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and not _is_hidden(file, folder)]
    if not any(_is_read(file.name) for file in files):
        raise CorpusError(f"{folder}: no articles here. kgbuild reads {', '.join(FORMATS)}, each also as .gz or in a .zip.")
    for file in files:
        name = file.relative_to(folder).as_posix()
        if _is_read(file.name):
            yield from ((one, _spot(root / name, name, one)) for one in _of_file(file, name))
        else:
            yield Problem(name, *_OTHER), str(root / name)


def _of_file(file: Path, name: str) -> Iterator[Record | Problem]:
    """The records of one file; one that is named, of whatever kind, is read as plain text if need be."""
    try:
        with open(file, "rb") as stream:
            yield from _of_stream(stream, name, file.name, Unpacked(), named=True)
    except (OSError, EOFError, zlib.error) as error:
        yield Problem(name, f"cannot be read: {error}.")


def _of_stream(
    stream: BinaryIO, label: str, name: str, unpacked: Unpacked, *, named: bool, within: int = 0
) -> Iterator[Record | Problem]:
    """The records of what the corpus calls *label*, by the end of its own *name*; *within* so many containers.

    Containers are opened one after the other: "a.zip" -> "b.jsonl.gz" -> "b.jsonl". Of those that hold many, one that
    cannot be read stops no other.
    """
    suffix = Path(name).suffix.lower()
    if suffix not in CONTAINERS:
        read = FORMATS.get(suffix) or (read_plain_text if named else None)
        yield from read(stream, label) if read else [Problem(label, *_OTHER)]
        return
    if within == MAX_NESTING:
        yield Problem(label, f"stands within more than {MAX_NESTING} archives.", "Unpack the outer ones.")
        return
    nothing = True
    for member in CONTAINERS[suffix](stream, label, name, unpacked):
        nothing = False
        if isinstance(member, Problem):
            yield member
            continue
        # The name of the one file in a .gz is that of the file, of which the user may have named any.
        same = named and member.label == label
        try:
            yield from _of_stream(member.stream, member.label, member.name, unpacked, named=same, within=within + 1)
        except (OSError, EOFError, zlib.error) as error:
            yield Problem(member.label, f"cannot be read: {error}.")
    if nothing:
        yield Problem(label, "no files in it.")


_OTHER = "not a kind of file that kgbuild reads.", f"It reads {', '.join(FORMATS)}, .gz and .zip."


def _is_read(name: str) -> bool:
    file = Path(name)
    suffix = file.suffix.lower()
    return _is_read(file.stem) if suffix == ".gz" else suffix in FORMATS or suffix in CONTAINERS


def _spot(file: Path, name: str, one: Record | Problem) -> str:
    """Where an article stands that has a file to itself: the file *name*, or one in a zip as if that were a folder."""
    return f"{file}{one.source.removeprefix(name)}" if isinstance(one, Record) and one.number is None else str(file)


def _is_hidden(file: Path, below: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(below).parts)
