"""WARC (ISO 28500): the pages of a crawl, each as the server sent it, among requests, pictures and what else was fetched.

It is read by the standard library alone: the usual packages hold a header or a line without end in memory.
"""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO

from kgbuild.errors import Problem
from kgbuild.read.text.decoding import MAX_FILE
from kgbuild.read.text.formats.html_page import read_html_page
from kgbuild.read.text.record import Record

if TYPE_CHECKING:
    from email.message import Message

MAX_LINE = 2**16
"""Bytes of a line of a header."""
_PAGES = ("text/html", "application/xhtml+xml")
_FETCHED = ("response", "resource")
_ASKED = ("warcinfo", "request", "metadata")
"""Types of records that have no page."""
_PLAIN = re.compile("[^a-zA-Z0-9_-]")
_PIECE = 2**20


@dataclass(frozen=True, slots=True)
class _Fetched:
    """What a server sent, or what else was fetched from an address."""

    address: str
    day: str
    kind: str
    """Its media type, or the status if that is not success."""
    charset: str | None
    content: bytes


def read_web_archive(stream: BinaryIO, name: str) -> Iterator[Record | Problem]:
    """The HTML pages that servers sent, numbered by record; the headers give address and day where a page has none.

    Responses of other kinds, and those that say there is no page, are counted in one Problem at the end.
    """
    left_out: Counter[str] = Counter()
    number = 0
    for number, fetched in _fetched(stream, name):
        if isinstance(fetched, Problem):
            yield fetched
        elif fetched.kind not in _PAGES:
            left_out[fetched.kind] += 1
        elif len(fetched.content) > MAX_FILE:
            yield Problem(f"{name}:{number}", f"larger than {MAX_FILE >> 20} MB.")
        else:
            yield from _page(fetched, f"{name}:{number}", number)
    if not number:
        yield Problem(name, "nothing in it that a server sent.")
    if left_out:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(left_out.items()))
        yield Problem(name, f"what was fetched and is no page is not read: {kinds}.", lost=False)


def _page(fetched: _Fetched, where: str, number: int) -> Iterator[Record | Problem]:
    for one in read_html_page(_as_sent(fetched), where):
        if isinstance(one, Problem):
            yield one
        else:
            fields = {**one.fields, "url": one.fields.get("url") or fetched.address, "made": fetched.day}
            yield replace(one, fields=fields, number=number, sha256=hashlib.sha256(fetched.content).hexdigest())


def _as_sent(fetched: _Fetched) -> BinaryIO:
    """The page; where the server states its encoding, in UTF-16, whose mark goes before what the page says."""
    try:
        return io.BytesIO(fetched.content.decode(fetched.charset or "none").encode("utf-16"))
    except (LookupError, ValueError):
        return io.BytesIO(fetched.content)  # none is stated, or a wrong one: the page is asked


# -- records --------------------------------------------------------------------------------------


def _fetched(stream: BinaryIO, name: str) -> Iterator[tuple[int, _Fetched | Problem]]:
    """What was fetched, by the number of its record; requests and what is said of the crawl have numbers too."""
    from http.client import HTTPException

    number = 0
    while line := _next_line(stream):
        number += 1
        where = f"{name}:{number}"
        if not line.startswith(b"WARC/"):
            yield number, Problem(where, "no WARC record begins here.", "Nothing after it is read.")
            return
        try:
            header = _header(stream)
            block = _Block(stream, _length(header))
        except (HTTPException, ValueError) as error:
            yield number, Problem(where, f"not a WARC record: {error}.", "Nothing after it is read.")
            return
        kind = header.get("WARC-Type", "")
        if kind not in (*_FETCHED, *_ASKED):
            yield number, _Fetched("", "", f'records of type "{_PLAIN.sub("?", kind)[:40]}"', None, b"")
        elif kind in _FETCHED:
            try:
                yield number, _content(header, block)
            except (HTTPException, ValueError) as error:
                yield number, Problem(where, f"what the server sent cannot be read: {error}.")
        if not block.skipped():
            yield number, Problem(where, "the record is cut off.")


def _next_line(stream: BinaryIO) -> bytes:
    """The next line that is not blank; b"" at the end."""
    while line := stream.readline(MAX_LINE):
        if line.strip():
            return line
    return b""


def _header(stream: BinaryIO | _Block) -> Message:
    """The fields of a header, at most a hundred; HTTPException if they are more, or longer than MAX_LINE."""
    from http.client import parse_headers

    return parse_headers(stream)


def _length(header: Message) -> int:
    stated = header.get("Content-Length", "")
    if not stated.strip().isdecimal():
        raise ValueError(f'its length is "{stated[:20]}"')
    return int(stated[:20])


def _content(header: Message, block: _Block) -> _Fetched:
    address, day = header.get("WARC-Target-URI", "").strip("<> "), header.get("WARC-Date", "")
    if not header.get_content_type().startswith("application/http"):
        return _Fetched(address, day, header.get_content_type(), header.get_content_charset(), block.read(MAX_FILE + 1))
    status = block.readline(MAX_LINE).decode("latin-1").split(maxsplit=2)
    sent = _header(block)
    if len(status) < 2 or not status[1].startswith("2"):
        return _Fetched(address, day, f"with status {status[1] if len(status) > 1 else 'unknown'}", None, b"")
    kind = sent.get_content_type() if "Content-Type" in sent else "of unknown type"
    content = _unpacked(block.read(MAX_FILE + 1), sent) if kind in _PAGES else b""
    return _Fetched(address, day, kind, sent.get_content_charset(), content)


class _Block(io.RawIOBase):
    """The content of a record: so many bytes of a stream."""

    def __init__(self, stream: BinaryIO, length: int) -> None:
        self._stream, self._left = stream, length

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(min(size, self._left) if size >= 0 else self._left)
        self._left -= len(piece)
        return piece

    def readline(self, size: int | None = -1) -> bytes:
        line = self._stream.readline(min(size, self._left) if size is not None and size >= 0 else self._left)
        self._left -= len(line)
        return line

    def skipped(self) -> bool:
        """Goes to the end of the record; whether the stream had all of it."""
        while self._left and self.read(_PIECE):
            pass
        return not self._left


# -- how a server sends ---------------------------------------------------------------------------


def _unpacked(content: bytes, sent: Message) -> bytes:
    """A page as it was before the server packed it; many archives keep it unpacked under a header that says otherwise."""
    if "chunked" in sent.get("Transfer-Encoding", "").lower():
        content = _joined(content)
    if sent.get("Content-Encoding", "").strip().lower() in ("gzip", "x-gzip", "deflate"):
        for window in (32 + zlib.MAX_WBITS, -zlib.MAX_WBITS):  # gzip and zlib; deflate without either's header
            try:
                return zlib.decompressobj(window).decompress(content, MAX_FILE + 1)
            except zlib.error:
                continue
    elif b"<" not in content[:1000]:
        raise ValueError(f"it is packed in a way that is not read ({sent.get('Content-Encoding', 'unnamed')})")
    return content


def _joined(content: bytes) -> bytes:
    """The chunks of *content* joined; *content* itself where it does not begin with one."""
    chunks, start = list[bytes](), 0
    while (end := content.find(b"\r\n", start, start + 100)) >= 0:
        try:
            length = int(content[start:end].partition(b";")[0], 16)
        except ValueError:
            break
        if length <= 0:
            break
        chunks.append(content[end + 2 : end + 2 + length])
        start = end + 2 + length + 2
    return b"".join(chunks) if chunks else content
