"""A dossier or an account laid out: text of one screen, Markdown, a page of HTML; and all of it as JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import escape

from kgbuild.ask.render import unmarked
from kgbuild.ask.show.dossier import Dossier
from kgbuild.ask.show.evidence import Account
from kgbuild.ask.show.page import ALL, MEASURES, Line, Page, Section, page_of
from kgbuild.ask.terms import visible
from kgbuild.ask.things import did_you_mean
from kgbuild.errors import QueryError

if TYPE_CHECKING:
    from rich.console import Console

MARGIN = 11
"""Columns of the headings, if none is longer."""
LARGE = 40
"""A screen is never taken to have more lines, or more columns than WIDE."""
WIDE = 120
ENDLESS = 10_000
"""More lines than anything has."""

STYLES = ("text", "json", "markdown", "html")


def render(shown: Dossier | Account, style: str = "text", *, width: int = WIDE, height: int | None = LARGE) -> str:
    """What is *shown* in a *style*: text of *width* columns that has at most *height* lines; None is all there is.

    Markdown and HTML are cut as text of a large screen is, JSON has all that the record has. No style lets an article steer
    a terminal or a page. QueryError for a style that there is not.
    """
    if style not in STYLES:
        raise QueryError(f'No style "{style}".{did_you_mean(style, list(STYLES))} There are: {", ".join(STYLES)}.')
    if style == "json":
        return json.dumps(asdict(shown), ensure_ascii=False, indent=1) + "\n"
    if style == "text":
        return _text(shown, max(40, min(width, WIDE)), height)
    page = page_of(shown, ALL if height is None else MEASURES[0])
    return _markdown(page) if style == "markdown" else _html(page)


def _text(shown: Dossier | Account, width: int, height: int | None) -> str:
    if height is None:
        return _lines_of(page_of(shown, ALL), width)
    for measure in MEASURES:
        text = _lines_of(page_of(shown, measure), width)
        if text.count("\n") <= min(height, LARGE):
            return text
    # The smallest measure on a screen that is smaller still: its first lines.
    return "".join(line + "\n" for line in text.splitlines()[: max(1, height)])


def _lines_of(page: Page, width: int) -> str:
    lines = [_fit(visible(page.title), width)]
    margin = max(MARGIN, *(len(section.heading) + 2 for section in page.sections))
    for section in page.sections:
        for number, line in enumerate(_section(section, width - margin)):
            lines.append(f"{section.heading if number == 0 else '':{margin}}{line}".rstrip())
    lines += _wrapped(visible(page.more), width, 2) if page.more else []
    return "".join(line + "\n" for line in lines)


def _section(section: Section, width: int) -> Iterator[str]:
    most = ENDLESS if section.room is None else section.room
    if section.joined:
        yield from _paragraph(section, width, most)
        return
    for line in section.lines:
        if line.text:
            yield from _wrapped(visible(line.text), width, most)
        if line.quote:
            yield from _quoted(line, width, most)


def _paragraph(section: Section, width: int, most: int) -> list[str]:
    """As many of the lines as have room, in one paragraph, and how many there are more."""
    texts = [visible(line.text) for line in section.lines]
    for shown in range(len(texts), 1, -1):
        left = len(texts) - shown + section.more
        lines = _wrapped(" · ".join([*texts[:shown], *([f"{left} more"] if left else [])]), width, ENDLESS)
        if len(lines) <= most:
            return lines
    return _wrapped(texts[0], width, most)


def _quoted(line: Line, width: int, most: int) -> Iterator[str]:
    """The sentence in *most* lines, cut so that its source stands behind it."""
    indent = "  " if line.text else ""
    width -= len(indent)
    source = _fit(f" — {visible(line.source)}", width * most // 2) if line.source else ""
    # Lines end between words: some columns of each are lost.
    quote = _fit(visible(line.quote), width * most - _wide(source) - 2 - 6 * (most - 1))
    for piece in _wrapped(f"“{quote}”{source}", width, most):
        yield indent + piece


def _wrapped(text: str, width: int, most: int) -> list[str]:
    """The text in lines of *width* columns of a terminal, *most* at most, with "…" where it goes on."""
    from rich.text import Text

    lines = [line.plain.rstrip() for line in Text(text).wrap(_console(), width)]
    return lines if len(lines) <= most else [*lines[: most - 1], _fit(f"{lines[most - 1]} {lines[most]}", width)]


@cache
def _console() -> Console:
    from rich.console import Console

    return Console(file=io.StringIO(), color_system=None)


def _fit(text: str, width: int) -> str:
    """As much of *text* as has room in *width* columns, with "…" where it is cut, between words if it can be."""
    if _wide(text) <= width:
        return text
    kept, used = "", 1
    for letter in text:
        used += _wide(letter)
        if used > width:
            break
        kept += letter
    words = kept.rpartition(" ")[0]
    return (words if len(words) > len(kept) * 0.6 else kept).rstrip(" ,;:·") + "…"


def _wide(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def _markdown(page: Page) -> str:
    parts = [f"# {unmarked(visible(page.title))}\n"]
    for section in page.sections:
        parts.append(f"\n## {unmarked(section.heading)}\n\n")
        if section.joined or (len(section.lines) == 1 and not section.lines[0].quote):
            parts.append(unmarked(_in_a_row(section)) + "\n")
            continue
        for line in section.lines:
            said = f"“{unmarked(visible(line.quote))}” — {unmarked(visible(line.source))}" if line.quote else ""
            parts.append(f"- {unmarked(visible(line.text)) or said}\n" + (f"  \n  {said}\n" if said and line.text else ""))
    return "".join(parts)


def _in_a_row(section: Section) -> str:
    more = [f"{section.more} more"] if section.more else []
    return " · ".join([*(visible(line.text) for line in section.lines), *more])


def _html(page: Page) -> str:
    parts = []
    for section in page.sections:
        if section.joined:
            body = f"<p>{escape(_in_a_row(section))}</p>"
        else:
            body = "<ul>" + "\n".join(_item(line) for line in section.lines) + "</ul>"
        parts.append(f"<section><h2>{escape(section.heading)}</h2>\n{body}</section>\n")
    title = escape(visible(page.title))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        "<style>:root{color-scheme:light dark}body{font:16px/1.45 system-ui,sans-serif;margin:1rem auto;padding:0 1rem;"
        "max-width:50rem}h2{font-size:1rem;margin:1.2rem 0 .2rem}p,ul{margin:0;padding:0}li{list-style:none;margin:.3rem 0}"
        "blockquote{margin:.1rem 0 .1rem 1rem;opacity:.85}</style></head>\n"
        f"<body><main><h1>{title}</h1>\n{''.join(parts)}</main></body></html>\n"
    )


def _item(line: Line) -> str:
    quote = f"<blockquote>“{escape(visible(line.quote))}”" if line.quote else ""
    source = f" — {escape(visible(line.source))}" if line.source else ""
    return f"<li>{escape(visible(line.text))}{quote}{source}{'</blockquote>' if line.quote else ''}</li>"
