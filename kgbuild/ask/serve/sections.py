"""A dossier, or the quotes of an event, as HTML: headings, and lines with the sentences that they rest on."""

from __future__ import annotations

from urllib.parse import urlencode

from markupsafe import Markup

from kgbuild.ask.serve.tables import page_of
from kgbuild.ask.show.page import Line, Page, Section
from kgbuild.ask.terms import visible

MORE = (
    *("timeline", "met", "ledger", "denials", "promises", "agreements", "sanctions", "threats", "allies", "offices"),
    "evidence",
)
"""The questions that tell more of an actor."""


def sections_of(page: Page, *, asked: str = "") -> str:
    """The inside of a page; text of articles is escaped, on one line each. With links to the questions about the actor that
    was *asked* for, by any name.
    """
    title = Markup('<h1 dir="auto">{}</h1>\n').format(visible(page.title))
    more = [(name, f"/ask?{urlencode({'question': name, 'name': asked})}") for name in MORE]
    more.append(("network", f"/network?{urlencode({'about': asked})}"))
    links = Markup(" ").join(Markup('<a href="{}">{}</a>').format(address, name) for name, address in more)
    nav = Markup('<nav class="more" aria-label="More of it">{}</nav>\n').format(links) if asked else Markup("")
    return str(title + nav + Markup("").join(_section(section, asked) for section in page.sections if section.lines))


def _section(section: Section, asked: str) -> Markup:
    if section.joined:
        lines = [_told(line, asked) for line in section.lines] + [Markup(f"{section.more} more")] * (section.more > 0)
        body = Markup('<p dir="auto">{}</p>').format(Markup(" · ").join(lines))
    else:
        body = Markup('<ul class="quotes">\n{}</ul>').format(Markup("").join(map(_line, section.lines)))
    return Markup('<section class="part"><h2 dir="auto">{}</h2>\n{}</section>\n').format(visible(section.heading), body)


def _line(line: Line) -> Markup:
    quote = Markup(" <q>{}</q>").format(visible(line.quote)) if line.quote else ""
    source = Markup(" <cite>{}</cite>").format(visible(line.source)) if line.source else ""
    quotes = Markup(' <a href="{}">quotes</a>').format(page_of(line.thing)) if line.thing and not line.name else ""
    return Markup('<li dir="auto">{}{}{}{}</li>\n').format(_told(line), quote, source, quotes)


def _told(line: Line, asked: str = "") -> Markup:
    """The text, in which the name that it begins with leads to the page of who is called so, and what follows to all that
    happened between that and the actor *asked* for.
    """
    if not line.name:
        return Markup("{}").format(visible(line.text))
    page = page_of(line.thing) if line.thing else f"/show?{urlencode({'name': line.name})}"
    rest = visible(line.text.removeprefix(line.name))
    both = urlencode([("question", "timeline"), ("name", asked), ("name", line.thing)])
    told = Markup(' <a href="/ask?{}">{}</a>').format(both, rest.strip()) if asked and line.thing else rest
    return Markup('<a href="{}">{}</a>{}').format(page, visible(line.name), told)
