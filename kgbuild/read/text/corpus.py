"""A folder of news becomes Articles: title, date, publisher, dateline and clean paragraphs.

Each format of FORMATS, each also gzipped, and plain text from stdin for `-`. What cannot be read is a Problem: counted,
shown, and the rest goes on. The text of a JSON Lines record is kept untouched.
"""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from kgbuild.errors import CorpusError, Problem
from kgbuild.model import Article
from kgbuild.ontology import Ontology
from kgbuild.read.text.decoding import MAX_FILE
from kgbuild.read.text.formats.csv_table import read_csv_table
from kgbuild.read.text.formats.html_page import read_html_page
from kgbuild.read.text.formats.json_lines import read_json_lines
from kgbuild.read.text.formats.plain_text import read_plain_text
from kgbuild.read.text.language import in_english
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
}
"""What reads a file of each suffix; gzip around any is taken off before."""
STDIN = "-"
"""Stands for stdin where a path is given."""


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article of the corpus, with its file and what was met when it was taken from there."""

    article: Article
    file: str
    """The file's absolute path, or STDIN."""
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
            article, other = in_english(article)
            yield FoundArticle(article, file, (*met, other) if other else tuple(met))


def _records(paths: Iterable[str | Path]) -> Iterator[tuple[Record | Problem, str]]:
    """All records of *paths*, each with its file."""
    for given in paths:
        path = Path(given)
        if str(given) == STDIN:
            stream = io.BytesIO(sys.stdin.buffer.read(MAX_FILE + 1))
            yield from ((one, STDIN) for one in read_plain_text(stream, "stdin"))
        elif path.is_file():
            yield from ((one, str(path.resolve())) for one in _of_file(path, path.name))
        elif path.exists():
            yield from _of_folder(path)
        else:
            raise CorpusError(f"{path}: no such file or folder. Name a folder of articles, e.g. kgbuild build seeds/")


def _of_folder(folder: Path) -> Iterator[tuple[Record | Problem, str]]:
    root, known = folder.resolve(), ", ".join(FORMATS)
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and not _is_hidden(file, folder)]
    if not any(map(_format, files)):
        raise CorpusError(f"{folder}: no articles here. kgbuild reads {known}, each also as .gz.")
    for file in files:
        name = file.relative_to(folder).as_posix()
        if _format(file):
            yield from ((one, str(root / name)) for one in _of_file(file, name))
        else:
            yield Problem(name, "not a kind of file that kgbuild reads.", f"It reads {known} and .gz."), str(root / name)


def _of_file(file: Path, name: str) -> Iterator[Record | Problem]:
    """The records of one file; one that is named, of whatever kind, is read as plain text if need be."""
    opened = cast(Callable[[Path, str], BinaryIO], gzip.open if _is_gzip(file) else open)
    read = _format(file) or read_plain_text
    try:
        with opened(file, "rb") as stream:
            yield from read(stream, name)
    except (OSError, EOFError, zlib.error) as error:
        yield Problem(name, f"cannot be read: {error}.")


def _format(file: Path) -> Format | None:
    suffix = Path(file.stem).suffix if _is_gzip(file) else file.suffix
    return FORMATS.get(suffix.lower())


def _is_gzip(file: Path) -> bool:
    return file.suffix.lower() == ".gz"


def _is_hidden(file: Path, below: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(below).parts)
