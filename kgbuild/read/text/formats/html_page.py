"""HTML: a page is an article among menus, and says in its head where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from kgbuild.errors import Problem
from kgbuild.read.text.decoding import read_whole
from kgbuild.read.text.record import Record


def read_html_page(stream: BinaryIO, name: str) -> Iterator[Record | Problem]:
    """The main text of a page, under its title, with date, publisher and URL."""
    whole = read_whole(stream, name)
    if isinstance(whole, Problem):
        yield whole
        return
    import trafilatura  # slow to import, and only HTML needs it

    found = trafilatura.bare_extraction(whole.text, with_metadata=True, include_comments=False)
    fields: dict[str, Any] = found if isinstance(found, dict) else found.as_dict() if found is not None else {}
    if not fields.get("text"):
        yield from whole.problems
        yield Problem(name, "no article text found in this HTML.")
        return
    body = re.sub(r"\n+", "\n\n", fields["text"])
    title = fields.get("title") or ""
    page = {
        "text": body if title and title in body[: len(title) + 200] else f"{title}\n\n{body}".strip(),
        "title": title,
        "date": fields.get("date"),
        "publisher": fields.get("sitename"),
        "url": fields.get("url"),
    }
    yield Record(page, name, whole.sha256, problems=whole.problems)
