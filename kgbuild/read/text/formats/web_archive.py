"""WARC: the pages of a crawl, each as the server sent it, among requests, pictures and what else was fetched."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from kgbuild.errors import Problem
from kgbuild.read.text.decoding import MAX_FILE
from kgbuild.read.text.formats.html_page import read_html_page
from kgbuild.read.text.record import Record

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_PAGES = ("text/html", "application/xhtml+xml")


def read_web_archive(stream: BinaryIO, name: str) -> Iterator[Record | Problem]:
    """The HTML pages that servers sent, numbered by record; the headers give address and day where a page has none.

    Responses of other kinds, and those that say there is no page, are counted in one Problem at the end.
    """
    from warcio.archiveiterator import ArchiveIterator  # only WARC needs it
    from warcio.exceptions import ArchiveLoadFailed

    left_out: Counter[str] = Counter()
    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(stream), 1):
            if record.rec_type not in ("response", "resource"):
                continue
            kind = _kind(record)
            if kind in _PAGES:
                yield from _page(record, f"{name}:{number}", number)
            else:
                left_out[kind] += 1
    except ArchiveLoadFailed as error:
        told = str(error).strip().splitlines()[0].rstrip(".")
        yield Problem(f"{name}:{number + 1}", f"not WARC: {told}.", "Nothing after it is read.")
    if left_out:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(left_out.items()))
        yield Problem(name, f"what was fetched and is no page is not read: {kinds}.")


def _kind(record: ArcWarcRecord) -> str:
    """The media type of what a server sent, or the status if that is not success."""
    if record.http_headers is None:
        return (record.content_type or "of unknown type").partition(";")[0].strip().lower()
    status = record.http_headers.get_statuscode()
    if not status.startswith("2"):
        return f"with status {status}"
    return (record.http_headers.get_header("Content-Type") or "of unknown type").partition(";")[0].strip().lower()


def _page(record: ArcWarcRecord, where: str, number: int) -> Iterator[Record | Problem]:
    content = record.content_stream().read(MAX_FILE + 1)
    if len(content) > MAX_FILE:
        yield Problem(where, f"larger than {MAX_FILE >> 20} MB.")
        return
    address, day = (record.rec_headers.get_header(field) or "" for field in ("WARC-Target-URI", "WARC-Date"))
    for one in read_html_page(_as_sent(content, record), where):
        if isinstance(one, Problem):
            yield one
        else:
            fields = {**one.fields, "url": one.fields.get("url") or address, "made": day}
            yield replace(one, fields=fields, number=number, sha256=hashlib.sha256(content).hexdigest())


def _as_sent(content: bytes, record: ArcWarcRecord) -> BinaryIO:
    """The page; where the server states its encoding, in UTF-16, whose mark goes before what the page says."""
    stated = record.http_headers.get_header("Content-Type", "") if record.http_headers else ""
    charset = stated.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    if charset:
        try:
            return io.BytesIO(content.decode(charset).encode("utf-16"))
        except (LookupError, ValueError):
            pass  # the server is wrong about it: the page is asked
    return io.BytesIO(content)
