"""DOCX, the zip of XML files that word processors write: its paragraphs, title and date."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from kgbuild.errors import Problem
from kgbuild.read.text.containers import Unpacked, open_archive, open_member
from kgbuild.read.text.decoding import MAX_FILE
from kgbuild.read.text.record import Document, Record

if TYPE_CHECKING:
    from zipfile import ZipFile

    from lxml.etree import _Element

MAX_XML = 16 * 2**20
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH = f"{_WORD}p"
_CREATED = "{http://purl.org/dc/terms/}created"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_BREAKS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}


def read_docx(stream: BinaryIO, name: str) -> Iterator[Record | Problem]:
    """One article, or an export of many, with all changes accepted; the day it was made counts if the text states none."""
    content = stream.read(MAX_FILE + 1)
    if len(content) > MAX_FILE:
        yield Problem(name, f"larger than {MAX_FILE >> 20} MB.", "Take the pictures out of it.")
        return
    archive = open_archive(io.BytesIO(content), name)
    if isinstance(archive, Problem):
        yield archive
        return
    with archive:
        body = _part(archive, "word/document.xml", name)
        said = _part(archive, "docProps/core.xml", name)
    if isinstance(body, Problem):
        yield body
        return
    fields = {
        "text": _text(body),
        "title": "" if isinstance(said, Problem) else said.findtext(_TITLE, ""),
        "made": "" if isinstance(said, Problem) else said.findtext(_CREATED, ""),
    }
    yield Document(fields, name, hashlib.sha256(content).hexdigest())


def _part(archive: ZipFile, part: str, name: str) -> _Element | Problem:
    """The tree of one of the files within."""
    from lxml import etree  # slow to import

    try:
        info = archive.getinfo(part)
    except KeyError:
        return Problem(name, f"not a DOCX: it has no {part}.")
    opened = open_member(archive, info, f"{name}/{part}", Unpacked())
    if isinstance(opened, Problem):
        return opened
    with opened:
        content = opened.read(MAX_XML + 1)
    if len(content) > MAX_XML:
        return Problem(name, f"its text is larger than {MAX_XML >> 20} MB.", "Split it into one article a file.")
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        return Problem(name, f"not a DOCX: {error.msg}.")


def _text(body: _Element) -> str:
    """The paragraphs in order; one in a text box is read for itself, not as part of that which holds the box."""
    paragraphs: dict[_Element, list[str]] = {}
    for one in body.iter(_PARAGRAPH, f"{_WORD}t", *_BREAKS):
        if one.tag == _PARAGRAPH:
            paragraphs[one] = []
        elif (paragraph := next(one.iterancestors(_PARAGRAPH), None)) is not None:
            paragraphs[paragraph].append(_BREAKS.get(str(one.tag)) or one.text or "")
    return "\n\n".join(filter(None, ("".join(pieces).strip() for pieces in paragraphs.values())))
