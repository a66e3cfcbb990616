"""PDF, which needs the extra `documents`: text, title and date of a document whose pages hold characters."""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Iterator
from typing import BinaryIO

from kgbuild.errors import Problem
from kgbuild.read.text.decoding import MAX_FILE
from kgbuild.read.text.record import MAX_ARTICLE, Document, Record

_BROKEN = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What pypdf raises, beside its own errors, for objects that are not what they should be."""
MAX_PAGES = 1_000
"""Pages that are read at most: a longer document is longer than any article."""


def read_pdf(stream: BinaryIO, name: str) -> Iterator[Record | Problem]:
    """One article, or an export of many; the day on which the document was made is its date only if the text states none."""
    try:
        import pypdf  # an extra: not everybody has PDF
        from pypdf.errors import PyPdfError
    except ImportError:
        yield Problem(name, "a PDF, for which a package is missing.", "Run: pip install 'kgbuild[documents]'")
        return
    logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what it mends on its way is no matter of ours
    content = stream.read(MAX_FILE + 1)
    if len(content) > MAX_FILE:
        yield Problem(name, f"larger than {MAX_FILE >> 20} MB.", "Save its text alone.")
        return
    try:
        document = pypdf.PdfReader(io.BytesIO(content))
        if document.is_encrypted and not document.decrypt(""):
            yield Problem(name, "is encrypted.", "Save it without its password.")
            return
        pages, length = list[str](), 0
        for page in document.pages[:MAX_PAGES]:
            pages.append(page.extract_text().strip())
            length += len(pages[-1])
            if length > MAX_ARTICLE:
                break
        title, made = (document.metadata.title, document.metadata.creation_date) if document.metadata else (None, None)
    except (PyPdfError, *_BROKEN) as error:
        yield Problem(name, f"not a PDF that can be read: {str(error).rstrip('.')}.")
        return
    text = "\n\n".join(filter(None, pages))
    if not text:
        yield Problem(name, "no text in this PDF, only pictures.", "Recognise its text (OCR) first.")
        return
    fields = {"text": text, "title": title, "made": made.isoformat() if made else None}
    yield Document(fields, name, hashlib.sha256(content).hexdigest(), problems=_unread(text, name))


def _unread(text: str, name: str) -> tuple[Problem, ...]:
    unread = text.count("\ufffd")
    what = f"{unread:,} of {len(text):,} characters cannot be read: they are in a font that does not say what they are."
    return (Problem(name, what, "Save its text alone."),) if unread else ()
