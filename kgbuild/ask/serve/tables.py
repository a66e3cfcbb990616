"""Answers and finds as HTML: all text of articles is escaped, on one line, and links lead to pages of ours alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from markupsafe import Markup
from pyoxigraph import NamedNode

from kgbuild.ask.render import NUMBERS, as_rows
from kgbuild.ask.serve.search import Found
from kgbuild.ask.terms import plain, short, short_term, visible
from kgbuild.graph.store import Answer, Rows, Term
from kgbuild.graph.triples import PREFIXES

LONGEST = 2000
"""Characters of a cell that are shown."""
ACTORS = ("who", "whom", "with")
"""The columns in which a name is that of an actor, so that a link to its page is worth having."""
SOURCE = ("article", "outlet", "day")
"""The columns that say where a sentence stands: they are shown below it, in an answer to a question of ours."""
BARS = ("score", "events")
"""The columns of numbers that are drawn, too."""
BAR = 60
"""How wide the longest of them is, to either side."""


def answer_table(answer: Answer, remarks: Sequence[str] = (), *, most: int, iris: bool = True) -> str:
    """The answer as a heading that counts and a table of *most* rows, without columns that are empty; yes or no in words.

    Without *iris* what leads to the quotes of an event says just that.
    """
    said = Markup("").join(Markup('<p class="remark">{}</p>\n').format(visible(remark)) for remark in remarks)
    if isinstance(answer, bool):
        return str(said + Markup('<p class="count">{}</p>\n').format("Yes." if answer else "No."))
    rows = as_rows(answer)
    if not rows.rows:
        return str(said + Markup('<p class="count">Nothing found.</p>\n'))
    shown = Rows(rows.columns, rows.rows[:most])
    number = f"{len(rows.rows):,} row" + ("" if len(rows.rows) == 1 else "s")
    if len(rows.rows) > most:
        of = f" of {number}" if len(rows.rows) > most + 1 else " rows"  # one more may stand for many
        number = f"The first {most:,}{of}; the files have all."
    return str(said + Markup('<p class="count">{}</p>\n').format(number) + _table(shown, iris=iris))


def _table(rows: Rows, *, iris: bool) -> Markup:
    filled = [place for place in range(len(rows.columns)) if any(row[place] is not None for row in rows.rows)]
    where = [] if iris or "sentence" not in rows.columns else [p for p in filled if rows.columns[p] in SOURCE]
    shown = [place for place in filled if place not in where]
    longest = {place: _longest(rows, place) for place in shown if rows.columns[place] in BARS}
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(visible(rows.columns[place])) for place in shown)

    def cells(row: Sequence[Term | None]) -> Iterator[Markup]:
        source = ", ".join(visible(plain(row[place])) for place in where if row[place] is not None)
        for place in shown:
            column = visible(rows.columns[place])
            yield _cell(column, row[place], longest.get(place, 0), source if column == "sentence" else "", iris=iris)

    body = Markup("").join(Markup("<tr>{}</tr>\n").format(Markup("").join(cells(row))) for row in rows.rows)
    return Markup(
        '<div class="table" role="region" aria-label="Answer" tabindex="0"><table>\n<thead><tr>{}</tr></thead>\n'
        "<tbody>\n{}</tbody></table></div>\n"
    ).format(head, body)


def _cell(column: str, term: Term | None, longest: float, source: str, *, iris: bool) -> Markup:
    text = visible(short_term(term))
    text = text if len(text) <= LONGEST else text[:LONGEST] + "…"
    number = _number(term)
    kind = "number" if number is not None else "short" if len(text) <= 12 else "long" if len(text) > 60 else "middle"
    inside: str = text
    if number is not None and longest:
        inside = Markup("{}{}").format(text, _bar(number, longest, middle=BAR if column == "score" else 0))
    elif link := _link(column, term):
        is_quotes = not iris and link.startswith("/ask")
        inside = Markup('<a href="{}">{}</a>').format(link, "quotes" if is_quotes else text)
        kind = "short" if is_quotes else kind
    if source and text:
        kind, inside = "long", Markup("{} <cite>{}</cite>").format(text, source)
    # On a narrow page a row is a list, in which each cell has the name of its column before it.
    return Markup('<td class="{}" data-column="{}" dir="auto">{}</td>').format(kind, column, inside)


def _number(term: Term | None) -> float | None:
    if term is None or getattr(getattr(term, "datatype", None), "value", "") not in NUMBERS:
        return None
    try:
        number = float(plain(term))
    except ValueError:
        return None
    return number if abs(number) < 1e12 else None  # not INF, NaN


def _longest(rows: Rows, place: int) -> float:
    return max((abs(number) for row in rows.rows if (number := _number(row[place])) is not None), default=0)


def _bar(number: float, longest: float, *, middle: int) -> Markup:
    """A bar to the right of the *middle* for what is above zero, to the left for what is below."""
    wide = round(BAR * abs(number) / longest, 1)
    return Markup(
        ' <svg class="bar {}" width="{}" height="10" aria-hidden="true"><rect x="{}" width="{}" height="10"/></svg>'
    ).format("below" if number < 0 else "above", middle + BAR, max(0, middle - wide if number < 0 else middle), wide)


def _link(column: str, term: Term | None) -> str:
    """The page of what the cell names, where it is something of this graph."""
    if isinstance(term, NamedNode):
        return page_of(term.value) if term.value.startswith(PREFIXES["id"]) else ""
    text = plain(term)
    # Several names in one cell are parted by commas.
    return f"/show?{urlencode({'name': text})}" if column in ACTORS and text and "," not in text else ""


def page_of(iri: str) -> str:
    """Where a thing of the graph is shown: an actor by its dossier, an event or an edge by its quotes."""
    name = short(iri)
    if "/" in name:
        return f"/ask?{urlencode({'question': 'evidence', 'name': name})}"
    return f"/show?{urlencode({'name': name})}"


def found_names(names: Sequence[tuple[str, str, str]], most: int) -> str:
    """Things as IRI, label, and the name by which they were found, as a list of links."""
    if not names:
        return "<h2>Names</h2>\n<p>Nothing is called so.</p>\n"
    items = Markup("").join(
        Markup('<li dir="auto"><a href="{}">{}</a>{}</li>\n').format(
            page_of(thing), visible(label), "" if label == name else f", as “{visible(name)}”"
        )
        for thing, label, name in names[:most]
    )
    more = "" if len(names) <= most else f"The first {most} are shown; there are more."
    return str(Markup("<h2>Names</h2>\n<ul>\n{}</ul>\n<p>{}</p>\n").format(items, more))


def found_sentences(found: Sequence[Found], most: int) -> str:
    """Sentences as a list of quotes, each between its neighbours, with its article, outlet and day, and a link to all quotes
    of the event that it tells of.
    """
    if not found:
        return "<h2>Sentences</h2>\n<p>No sentence that is read has these words.</p>\n"
    items = Markup("").join(
        Markup('<li dir="auto">{}<q>{}</q>{} <cite>{}</cite>{}</li>\n').format(
            Markup("<small>{}</small> ").format(visible(one.before)) if one.before else "",
            visible(one.text),
            Markup(" <small>{}</small>").format(visible(one.after)) if one.after else "",
            ", ".join(map(visible, one.source)),
            Markup(' <a href="{}">quotes</a>').format(page_of(one.event)) if one.event else "",
        )
        for one in found[:most]
    )
    more = "" if len(found) <= most else f"The latest {most} are shown; there are more."
    return str(Markup('<h2>Sentences</h2>\n<ul class="quotes">\n{}</ul>\n<p>{}</p>\n').format(items, more))
