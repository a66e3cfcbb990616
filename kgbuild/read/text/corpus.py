"""A folder of news becomes Articles: title, date, publisher, dateline and clean paragraphs.

Each format of FORMATS, also within the CONTAINERS, and plain text from stdin for `-`. What cannot be read is a Problem:
counted, shown, and the rest goes on. The text of a JSON Lines record is kept untouched.
"""

from __future__ import annotations

import gzip
import io
import mimetypes
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import BinaryIO

from kgbuild.errors import CorpusError, Problem, shown
from kgbuild.model import Article
from kgbuild.net import LimitReached, caught, limited, problem_of
from kgbuild.ontology import Ontology
from kgbuild.read.text.containers import CONTAINERS, MAX_NESTING, Unpacked
from kgbuild.read.text.decoding import MAX_FILE
from kgbuild.read.text.exports import Export, known_exports, parted
from kgbuild.read.text.fields import Fields, Naming, known_names
from kgbuild.read.text.formats.csv_table import read_csv_table
from kgbuild.read.text.formats.docx import read_docx
from kgbuild.read.text.formats.html_page import read_html_page
from kgbuild.read.text.formats.json_document import read_json_document
from kgbuild.read.text.formats.json_lines import read_json_lines
from kgbuild.read.text.formats.mail import read_mail, read_saved_page
from kgbuild.read.text.formats.markdown import read_markdown
from kgbuild.read.text.formats.pdf import read_pdf
from kgbuild.read.text.formats.plain_text import read_plain_text
from kgbuild.read.text.formats.reuters_sgml import read_reuters_sgml
from kgbuild.read.text.formats.web_archive import read_web_archive
from kgbuild.read.text.formats.xml_news import read_xml_news
from kgbuild.read.text.issued import DateNames
from kgbuild.read.text.language import in_english
from kgbuild.read.text.patience import Patience
from kgbuild.read.text.places import Kind, address, kind_of, walk
from kgbuild.read.text.record import Document, Record, Unnamed, article_of

Format = Callable[[BinaryIO, str], Iterator[Record | Problem]]
"""Reads a file, given as a stream and its name in the corpus."""
FORMATS: dict[str, Format] = {
    ".txt": read_plain_text,
    ".text": read_plain_text,
    ".html": read_html_page,
    ".htm": read_html_page,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".json": read_json_document,
    ".csv": read_csv_table,
    ".tsv": read_csv_table,
    ".md": read_markdown,
    ".xml": read_xml_news,
    ".rss": read_xml_news,
    ".atom": read_xml_news,
    ".sgm": read_reuters_sgml,
    ".eml": read_mail,
    ".mht": read_saved_page,
    ".mhtml": read_saved_page,
    ".warc": read_web_archive,
    ".docx": read_docx,
    ".pdf": read_pdf,
}
"""What reads a file of each suffix; what is around it (`.gz`, `.zip`) is taken off before, by CONTAINERS."""
STDIN = "-"
"""Stands for stdin where a path is given."""


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article of the corpus, with its file and what was met when it was taken from there."""

    article: Article
    file: str
    """The `address` of the file, for one in a zip with its name there below it; or STDIN."""
    problems: tuple[Problem, ...]


def read_corpus(
    paths: Iterable[str | Path], ontology: Ontology, report: Callable[[Problem], None], *, fields: Fields | None = None
) -> Iterator[Article]:
    """The articles of `find_articles`; whatever was wrong is reported, that of an article before it comes."""
    for found in find_articles(paths, ontology, fields=fields):
        if isinstance(found, Problem):
            report(found)
            continue
        for problem in found.problems:
            report(problem)
        yield found.article


def find_articles(
    paths: Iterable[str | Path], ontology: Ontology, *, fields: Fields | None = None
) -> Iterator[FoundArticle | Problem]:
    """The articles of files, folders (recursively, hidden files left out) and `-`, in the order of their names.

    In tables, *fields* says which field is what, where it is not to be guessed. A Problem stands in the place of what is
    no article. Raises CorpusError when a path does not exist, or a folder holds no file of a kind that is read.
    """
    boilerplate = tuple(ontology.words("boilerplate", "opening"))
    names = DateNames(*(ontology.words("pageDate", kind) for kind in ("published", "dated", "changed")))
    naming, exports = Naming(fields or Fields(), known_names(ontology.folder)), known_exports(ontology.folder)
    patience = Patience()
    records = (
        (one, file) for found, file in _records(paths, patience) for one in _articles_of(found, naming, exports, patience)
    )
    for one, file in records:
        if isinstance(one, Problem):
            yield one
            yield from patience.after(one.where, failed=one.lost)
            continue
        met, article = list(one.problems), None
        with caught(one.source, met.append):
            article = article_of(one, boilerplate, met.append, names)
        if article is None:
            yield from met
        else:
            article, other = in_english(article)
            yield FoundArticle(article, file, (*met, other) if other else tuple(met))
        yield from patience.after(one.source, failed=article is None)
    yield from naming.end()


def _articles_of(
    found: Record | Problem, naming: Naming, exports: tuple[Export, ...], patience: Patience
) -> Iterator[Record | Problem]:
    """The articles that one record of a file is, or holds."""
    if isinstance(found, Unnamed):
        yield from _in_net(naming.named(found), found.source, patience)
        if naming.is_hopeless:
            patience.end(found.file)
    elif isinstance(found, Document):
        yield from _in_net(parted(found, exports), found.source, patience)
    else:
        yield found


def _records(paths: Iterable[str | Path], patience: Patience) -> Iterator[tuple[Record | Problem, str]]:
    """All records of *paths*, each with its file; of a file with which *patience* is at its end no more."""
    for given in paths:
        path = Path(given)
        if str(given) == STDIN:
            yield from ((one, STDIN) for one in _in_net(_of_stdin(), "stdin", patience))
            continue
        kind, why = kind_of(path)
        if kind is Kind.MISSING:
            raise CorpusError(
                f"{_short(path)}: no such file or folder{why}. Name a folder of articles, e.g. kgbuild build seeds/"
            )
        if kind is Kind.FOLDER:
            yield from _of_folder(path, patience)
        elif kind is Kind.FILE:
            name, file = shown(path.name), address(path.resolve())
            yield from ((one, _spot(file, name, one)) for one in _of_file(path, name, patience))
        else:
            yield Problem(_short(path), why, kind.value), ""


def _short(path: Path) -> str:
    words = shown(str(path))
    return words if len(words) <= 200 else f"{words[:100]}…{words[-100:]}"


def _of_folder(folder: Path, patience: Patience) -> Iterator[tuple[Record | Problem, str]]:
    root = folder.resolve()
    inside = list(walk(folder))
    if not any(one.kind is not Kind.FILE or _is_read(one.path.name) for one in inside):
        known = ", ".join(FORMATS)
        raise CorpusError(f"{_short(folder)}: no articles here. kgbuild reads {known}, each also as .gz or in a .zip.")
    for one in inside:
        below = one.path.relative_to(folder).as_posix()
        name, file = shown(below) if below != "." else _short(folder), address(root / below)
        if one.kind is not Kind.FILE:
            yield Problem(name, one.why, one.kind.value), file
        elif _is_read(one.path.name):
            yield from ((record, _spot(file, name, record)) for record in _of_file(one.path, name, patience))
        else:
            yield _of_no_kind(name, one.path.name), file


def _of_file(file: Path, name: str, patience: Patience) -> Iterator[Record | Problem]:
    """The records of one file; one that is named, of whatever kind, is read as plain text if need be."""
    return _in_net(_opened(file, name, patience), name, patience)


def _opened(file: Path, name: str, patience: Patience) -> Iterator[Record | Problem]:
    with open(file, "rb") as stream:
        yield from _of_stream(stream, name, file.name, Unpacked(), patience, named=True)


def _of_stream(
    stream: BinaryIO, label: str, name: str, unpacked: Unpacked, patience: Patience, *, named: bool, within: int = 0
) -> Iterator[Record | Problem]:
    """The records of what the corpus calls *label*, by the end of its own *name*; *within* so many containers.

    Containers are opened one after the other: "a.zip" -> "b.jsonl.gz" -> "b.jsonl". Of those that hold many, one that
    cannot be read stops no other.
    """
    suffix = Path(name).suffix.lower()
    if suffix not in CONTAINERS:
        read = FORMATS.get(suffix) or (read_plain_text if named else None)
        yield from read(stream, label) if read else [_of_no_kind(label, name)]
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
        # The one file in a .gz is that file itself, of which the user may have named any.
        same = named and member.label == label
        inside = _of_stream(member.stream, member.label, member.name, unpacked, patience, named=same, within=within + 1)
        yield from _in_net(inside, member.label, patience)
    if nothing:
        yield Problem(label, "no files in it.")


def _of_stdin() -> Iterator[Record | Problem]:
    if sys.stdin is None:
        yield Problem("stdin", "closed: there is nothing to read.", "Pipe a text in, or name a file.")
        return
    yield from read_plain_text(io.BytesIO(sys.stdin.buffer.read(MAX_FILE + 1)), "stdin")


def _in_net(records: Iterator[Record | Problem], name: str, patience: Patience) -> Iterator[Record | Problem]:
    """The *records* of the file *name*, and when getting one fails, a Problem in the place of all that would follow."""
    patience.begin(name)
    after = ""
    while not patience.is_over(name):
        try:
            with limited():
                one = next(records, None)
        except (OSError, EOFError, zlib.error) as error:
            yield Problem(name, f"cannot be read{after}: {_reason(error)}.", _cure(error))
            return
        except (Exception, LimitReached) as error:
            failed = problem_of(name, error)
            yield replace(failed, what=f"{failed.what} Nothing{after} is read." if after else failed.what)
            return
        if one is None:
            return
        after = f" after {one.source if isinstance(one, Record) else one.where}"
        yield one


def _reason(error: Exception) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)


def _cure(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return "Give yourself the right to read it."
    return "It is damaged: fetch it again." if isinstance(error, (EOFError, zlib.error, gzip.BadGzipFile)) else ""


_OTHER = "not a kind of file that kgbuild reads.", f"It reads {', '.join(FORMATS)}, .gz and .zip."
_MEDIA = mimetypes.MimeTypes()  # what Python itself knows of the ends of names, not what this machine does


def _of_no_kind(label: str, name: str) -> Problem:
    """What is said of a file of no kind that is read; in a picture, a sound or a film no words are lost."""
    media, _ = _MEDIA.guess_type(PurePath(name.lower()).name)
    return Problem(label, *_OTHER, lost=not (media or "").startswith(("image/", "audio/", "video/")))


def _is_read(name: str) -> bool:
    file = Path(name)
    suffix = file.suffix.lower()
    return _is_read(file.stem) if suffix == ".gz" else suffix in FORMATS or suffix in CONTAINERS


def _spot(file: str, name: str, one: Record | Problem) -> str:
    """Where a record stands: the *file* called *name*, or one in it, as if a zip were a folder, that is the article."""
    return f"{file}{one.source.removeprefix(name)}" if isinstance(one, Record) and one.number is None else file
