"""Mail (`.eml`) is an article under its subject; a page that a browser saved (`.mht`) is an HTML page in a mail."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from kgbuild.errors import Problem
from kgbuild.read.text.decoding import MAX_FILE, decode
from kgbuild.read.text.formats.html_page import read_html_page
from kgbuild.read.text.markup import text_of_markup, under_title
from kgbuild.read.text.record import Record

if TYPE_CHECKING:
    from email.message import EmailMessage, MIMEPart

MAX_HEADERS = 100_000
"""Lines that may be headers or open parts: of each the mail keeps a thousand bytes."""
_BROKEN = (ArithmeticError, AttributeError, IndexError, LookupError, RecursionError, TypeError, ValueError)
"""What the parser of headers raises for some that are none: it is not written for mail that others have spoilt."""
_UNREAD = ("its headers are damaged: what its parts are cannot be told.", "Save its text alone.")
_LINE_OF_HEADER = re.compile(rb"^(?:--|[!-9;-~]{1,100}:)", re.MULTILINE)


def read_mail(stream: BinaryIO, name: str) -> Iterator[Record | Problem]:
    """The text of a mail, else its HTML, under the subject; the sender is the publisher. Attachments are told of."""
    read = _message(stream, name)
    if isinstance(read, Problem):
        yield read
        return
    message, digest = read
    problems = list[Problem]()
    try:
        parts = [part for part in message.walk() if part.is_attachment()]
        attached = [part.get_filename() or part.get_content_type() for part in parts]
        plain, page = message.get_body(("plain",)), message.get_body(("html",))
    except _BROKEN:
        yield Problem(name, *_UNREAD)
        return
    if parts:
        says = any(part.get_content_maintype() not in ("image", "audio", "video") for part in parts)
        what = f"attached, and not read: {', '.join(attached)}."
        problems.append(Problem(name, what, "Save it beside the mail.", lost=says))
    text = _text(plain, name, problems) if plain else ""
    if page and not text.strip():
        text = _text_of_page(_text(page, name, problems), name)
    subject = _header(message, "Subject")
    fields = {
        "title": subject,
        "text": under_title(subject, text.strip()),
        "date": _header(message, "Date"),
        "publisher": _sender(message),
    }
    yield Record(fields, name, digest, problems=tuple(problems))


def read_saved_page(stream: BinaryIO, name: str) -> Iterator[Record | Problem]:
    """The page that a browser saved, with its address; the day of saving is its date only if the page has none."""
    read = _message(stream, name)
    if isinstance(read, Problem):
        yield read
        return
    message, digest = read
    try:
        page = message.get_body(("html",))
    except _BROKEN:
        yield Problem(name, *_UNREAD)
        return
    if page is None:
        yield Problem(name, "no HTML page in it.")
        return
    problems = list[Problem]()
    address = _header(message, "Snapshot-Content-Location") or _header(page, "Content-Location")
    for one in read_html_page(_as_utf16(_text(page, name, problems)), name):
        if isinstance(one, Problem):
            yield one
        else:
            fields = {**one.fields, "url": one.fields.get("url") or address, "made": _header(message, "Date")}
            yield replace(one, fields=fields, sha256=digest, problems=(*problems, *one.problems))


def _message(stream: BinaryIO, name: str) -> tuple[EmailMessage, str] | Problem:
    """The mail and the digest of its bytes."""
    from email import message_from_bytes, policy

    content = stream.read(MAX_FILE + 1)
    if len(content) > MAX_FILE:
        return Problem(name, f"larger than {MAX_FILE >> 20} MB.", "Save what is attached beside it, and the text alone.")
    if sum(1 for _ in _LINE_OF_HEADER.finditer(content)) > MAX_HEADERS:
        return Problem(name, f"more than {MAX_HEADERS:,} lines of headers.", "Save its text alone.")
    try:
        message = message_from_bytes(content, policy=policy.default)
    except RecursionError:
        return Problem(name, "its parts are nested too deep.")
    if not message.keys():
        return Problem(name, "not a mail: it has no header.")
    return message, hashlib.sha256(content).hexdigest()


def _text(part: MIMEPart, name: str, problems: list[Problem]) -> str:
    """The text of a part in the encoding that it states, else in the one that its bytes show."""
    try:
        content = part.get_payload(decode=True)
    except _BROKEN:
        content = None
    if not isinstance(content, bytes):
        return ""
    try:
        stated = part.get_content_charset()
    except _BROKEN:
        stated = None
    try:
        text = content.decode(stated or "utf-8")
    except (LookupError, ValueError):
        text = decode(content, name, problems.append) or ""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text_of_page(page: str, name: str) -> str:
    """The main text of the HTML of a mail; all of it where none stands out, as in a short one."""
    read = next(read_html_page(_as_utf16(page), name))
    return text_of_markup(page) if isinstance(read, Problem) else str(read.fields["text"])


def _as_utf16(page: str) -> BinaryIO:
    # Its byte order mark goes before what the page itself says of its encoding.
    return io.BytesIO(page.encode("utf-16", errors="replace"))


def _header(message: MIMEPart, name: str) -> str:
    """A header on one line; as it is written, where it cannot be read as what it should be."""
    try:
        said = message.get(name, "")
    except _BROKEN:
        said = next(value for key, value in message.raw_items() if key.lower() == name.lower())
    return " ".join(str(said).split())


def _sender(message: EmailMessage) -> str:
    from email.utils import parseaddr

    try:
        shown, address = parseaddr(_header(message, "From"))
    except _BROKEN:
        return ""
    return shown or address
