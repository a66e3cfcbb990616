"""A dossier, or an account of an event, as sections of a page: a title, and under each heading lines with what supports them."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kgbuild.ask.show.dossier import Bond, Dossier, Post
from kgbuild.ask.show.events import Deed
from kgbuild.ask.show.evidence import Account
from kgbuild.ask.show.partners import Partner


@dataclass(frozen=True)
class Line:
    """What is said, and the sentence it rests on."""

    text: str
    quote: str = ""
    source: str = ""
    """Who says that sentence, and where."""


@dataclass(frozen=True)
class Section:
    """What stands under one heading; *joined*, its lines are short and stand in one paragraph."""

    heading: str
    lines: tuple[Line, ...]
    joined: bool = False


@dataclass(frozen=True)
class Page:
    """All that is laid out."""

    title: str
    sections: tuple[Section, ...]
    more: str = ""
    """How to see what is left out."""


@dataclass(frozen=True)
class Measure:
    """How many lines of each kind there are; None is all."""

    few: int | None
    """Names, offices and relations."""
    partners: int | None
    weightiest: int | None
    latest: int | None
    sayings: int | None


ALL = Measure(None, None, None, None, None)

MEASURES = (
    Measure(8, 12, 8, 4, 4),
    Measure(8, 12, 6, 3, 3),
    Measure(6, 10, 5, 3, 2),
    Measure(6, 10, 4, 2, 2),
    Measure(5, 8, 4, 2, 1),
    Measure(4, 6, 3, 2, 1),
    Measure(3, 6, 3, 1, 1),
    Measure(3, 5, 2, 1, 1),
    Measure(2, 4, 1, 1, 1),
    Measure(1, 2, 1, 1, 0),
)
"""From a large screen to a small one; the first that fits is taken."""


def page_of(shown: Dossier | Account, measure: Measure) -> Page:
    """The page of what is *shown*, cut to *measure*."""
    return dossier_page(shown, measure) if isinstance(shown, Dossier) else account_page(shown, measure)


def dossier_page(it: Dossier, measure: Measure) -> Page:
    """A summary first, then with whom, then what happened and what it said."""
    top = {deed.id for deed in it.weightiest[: measure.weightiest]}
    latest = [deed for deed in it.latest if deed.id not in top][: measure.latest]
    weightiest = sorted(it.weightiest[: measure.weightiest], key=lambda deed: deed.day)
    sections = [
        Section("Is", (Line(_identity(it)),)),
        Section("Names", _cut([f"{name.text} {name.count or ''}".strip() for name in it.names], measure.few), joined=True),
        Section("Offices", _posts(it.offices, measure.few, held=True)),
        Section("Held by" if "office" in it.kinds else "Its people", _posts(it.holders, measure.few, held=False)),
        Section("Relations", _cut(_bonds(it.bonds, measure.few), measure.few), joined=True),
        Section("In the graph", (Line(_counts(it)),)),
        Section("With", _cut([_partner(one) for one in it.partners], measure.partners), joined=True),
        Section("Events", tuple(map(_deed, weightiest))),
        Section("Latest", tuple(map(_deed, latest))),
        Section(
            "Said last",
            tuple(
                Line("", saying.sentence, _source(None, saying.outlet, saying.day)) for saying in it.sayings[: measure.sayings]
            ),
        ),
        Section("Sources", _cut([f"{outlet} {number}" for outlet, number in it.sources], measure.few), joined=True),
    ]
    name = shlex.quote(it.label) if it.label != it.id else it.id
    more = f"All of it: kgbuild show {name} --all · evidence: kgbuild show EVENT, as printed by --all" if measure != ALL else ""
    return Page(it.label, tuple(section for section in sections if section.lines), more)


def account_page(it: Account, measure: Measure) -> Page:
    """The facts, then the sentences."""
    grouped: dict[str, list[str]] = {}
    for name, value in it.facts:
        grouped.setdefault(name, []).append(value)
    facts = [Section(name.capitalize(), (Line(", ".join(values)),)) for name, values in grouped.items()]
    most = None if measure == ALL else 2 * (measure.weightiest or 0)
    quotes = tuple(
        Line(f"{quote.day or 'no day'}  {quote.says}", quote.sentence, _source(quote.speaker, quote.outlet, None, quote.article))
        for quote in it.quotes[:most]
    )
    sections = (Section("Id", (Line(it.id),)), *facts, Section("Evidence", quotes or (Line("no sentence"),)))
    left = len(it.quotes) - len(quotes)
    more = f"{left} more: kgbuild show {shlex.quote(it.id)} --all" if left > 0 else ""
    return Page(it.what, sections, more)


def _identity(it: Dossier) -> str:
    kinds = ", ".join(it.kinds) or "thing"
    return " · ".join(filter(None, [kinds + (f" of {it.state}" if it.state else ""), it.wikidata, it.id]))


def _counts(it: Dossier) -> str:
    if not it.mentions and not it.events:
        return "no article names it"
    named = f"{_number(it.mentions, 'mention')} in {_number(it.articles, 'article')}"
    if it.first and it.last:
        named += f", {it.first}" + (f" to {it.last}" if it.last != it.first else "")
    kinds = ", ".join(f"{number} {quad}" for quad, number in it.quads)
    said = f"; {_number(it.said, 'sentence')} said" if it.said else ""
    return f"{named}; {_number(it.events, 'event')}" + (f" ({kinds})" if kinds else "") + said


def _number(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def _posts(posts: Sequence[Post], most: int | None, *, held: bool) -> tuple[Line, ...]:
    # A post is a line of its own, so that half as many are shown as there are names.
    shown = posts if most is None else posts[: (most + 1) // 2]
    lines = [Line(_post(post, held=held)) for post in shown]
    left = len(posts) - len(lines)
    if left and lines:
        lines[-1] = Line(f"{lines[-1].text}; {left} more")
    return tuple(lines)


def _post(post: Post, *, held: bool) -> str:
    office = post.office + (f" of {post.of}" if post.of else "")
    return f"{office if held else f'{post.holder}, {office}'}, {_term(post)}"


def _term(post: Post) -> str:
    """From when to when, as far as known; else between which articles."""
    if post.begin and post.end:
        return f"{post.begin} to {post.end}"
    if post.begin:
        return f"since {post.begin}"
    if post.end:
        return f"until {post.end}"
    if post.first and post.last:
        return f"in articles of {post.first}" + (f" to {post.last}" if post.last != post.first else "")
    return "at no known time"


def _bonds(bonds: Sequence[Bond], most: int | None) -> list[str]:
    """"is an ally of Turkey, France", "is represented …" for what others are of it."""
    grouped: dict[tuple[bool, str], list[str]] = {}
    for bond in bonds:
        grouped.setdefault((bond.inverse, bond.relation), []).append(bond.other)
    written = []
    for (inverse, relation), others in grouped.items():
        some = ", ".join(others[:most]) + (f" and {len(others) - most} more" if most is not None and len(others) > most else "")
        written.append(f"{some} {'each ' if len(others) > 1 else ''}{relation} it" if inverse else f"{relation} {some}")
    return written


def _partner(one: Partner) -> str:
    score = f", {one.tone} {one.score:+.1f}" if one.score is not None else ""
    return f"{one.label} ({one.events}{score})"


def _deed(deed: Deed) -> Line:
    sources = f", {deed.sources} sources" if deed.sources > 1 else ""
    return Line(
        f"{deed.when}  {deed.what} [{deed.status.lower()}{sources}]",
        deed.sentence,
        _source(deed.speaker, deed.outlet, deed.published),
    )


def _source(speaker: str | None, outlet: str | None, day: str | None, article: str | None = None) -> str:
    return ", ".join(filter(None, [f"{speaker} in {outlet}" if speaker and outlet else speaker or outlet, article, day]))


def _cut(texts: Sequence[str] | Iterable[str], most: int | None) -> tuple[Line, ...]:
    """Lines of the first *most* texts, and how many there are more."""
    every = list(texts)
    shown = [Line(text) for text in every[:most]]
    return (*shown, Line(f"{len(every) - len(shown)} more")) if shown and len(every) > len(shown) else tuple(shown)
