"""HTML: a page is an article among menus, and says in its head where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from kgbuild.errors import Problem
from kgbuild.read.text.charsets import declared_charset
from kgbuild.read.text.decoding import read_whole
from kgbuild.read.text.record import Record

_SMALLER = "What else stands in the page is read."


def read_html_page(stream: BinaryIO, name: str) -> Iterator[Record | Problem]:
    """The main text of a page, under its title and lead, with publisher and URL, and what it says of its date."""
    whole = read_whole(stream, name, declared_charset)
    if isinstance(whole, Problem):
        yield whole
        return
    # lxml and trafilatura are slow to import, and only HTML needs them.
    from kgbuild.read.text.formats import html_bounds
    from kgbuild.read.text.formats.html_dates import declared_dates
    from kgbuild.read.text.formats.html_lead import find_lead

    problems = list(whole.problems)
    page, attributes = html_bounds.without_endless_tags(whole.text)
    if attributes:
        problems.append(Problem(name, f"a tag of {attributes:,} attributes: they are not read.", _SMALLER, lost=False))
    page, tree, left_out = html_bounds.without_endless_nesting(page)
    if left_out:
        tags = " and ".join(f"<{tag}>" for tag in left_out)
        told = f"{tags} nested too deep to be read: these tags are left out."
        problems.append(Problem(name, told, _SMALLER, lost=False))
    elements = 0 if tree is None else sum(1 for _ in tree.iter())
    if elements > html_bounds.MAX_ELEMENTS:
        yield from problems
        yield Problem(name, f"more than {html_bounds.MAX_ELEMENTS:,} elements.", "Split it: one article a file.")
        return
    fields = {} if tree is None else _extracted(page, quick=elements > html_bounds.QUICK)
    if tree is None or not fields.get("text"):
        yield from problems
        yield Problem(name, "no article text found in this HTML.")
        return
    body, title = re.sub(r"\n+", "\n\n", fields["text"]), fields.get("title") or ""
    if lead := find_lead(tree, body, title):
        body = _with_lead(body, title, lead)
    record = {
        "text": body if title and title in body[: len(title) + 200] else f"{title}\n\n{body}".strip(),
        "title": title,
        "publisher": fields.get("sitename"),
        "url": fields.get("url"),
    }
    declared = declared_dates(tree, fields.get("url") or "")
    yield Record(record, name, whole.sha256, problems=tuple(problems), declared=declared)


def _extracted(page: str, *, quick: bool) -> dict[str, Any]:
    import trafilatura

    # Its own date is not asked for: it takes the day of a change, or of the copyright, for that of the article.
    dates = {"original_date": True, "extensive_search": False}
    found = trafilatura.bare_extraction(
        page, with_metadata=True, include_comments=False, fast=quick, date_extraction_params=dates
    )
    return found if isinstance(found, dict) else found.as_dict() if found is not None else {}


def _with_lead(body: str, title: str, lead: list[str]) -> str:
    """The lead before the text, behind the headline if the text has it."""
    first, _, rest = body.partition("\n\n")
    parts = [first, *lead, rest] if title and " ".join(first.split()) == title else [*lead, body]
    return "\n\n".join(filter(None, parts))
