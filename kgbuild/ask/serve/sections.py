"""A dossier, or the quotes of an event, as HTML: headings, and lines with the sentences that they rest on."""

from __future__ import annotations

from markupsafe import Markup

from kgbuild.ask.show.page import Line, Page, Section
from kgbuild.ask.terms import visible


def sections_of(page: Page) -> str:
    """The inside of a page; text of articles is escaped, on one line each."""
    title = Markup('<p class="count" dir="auto">{}</p>\n').format(visible(page.title))
    return str(title + Markup("").join(_section(section) for section in page.sections if section.lines))


def _section(section: Section) -> Markup:
    heading = Markup('<h2 dir="auto">{}</h2>\n').format(visible(section.heading)) if section.heading else Markup("")
    if section.joined:
        text = " · ".join(visible(line.text) for line in section.lines)
        return heading + Markup('<p dir="auto">{}</p>\n').format(text)
    return heading + Markup('<ul class="quotes">\n{}</ul>\n').format(Markup("").join(map(_line, section.lines)))


def _line(line: Line) -> Markup:
    quote = Markup(" <q>{}</q>").format(visible(line.quote)) if line.quote else ""
    source = Markup(" <cite>{}</cite>").format(visible(line.source)) if line.source else ""
    return Markup('<li dir="auto">{}{}{}</li>\n').format(visible(line.text), quote, source)
