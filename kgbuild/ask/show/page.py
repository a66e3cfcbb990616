"""A dossier, or the account of an event, as sections: a heading, and lines with the sentences that they rest on."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kgbuild.ask.show.dossier import Dossier, Post, Saying
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
    name: str = ""
    """The name of an actor that the text begins with."""
    thing: str = ""
    """The id of that actor, or of the event of which the text tells."""


@dataclass(frozen=True)
class Section:
    """What stands under one heading; *joined*, its lines are short and stand in one paragraph."""

    heading: str
    lines: tuple[Line, ...]
    joined: bool = False
    room: int | None = None
    """How many lines of a terminal a paragraph of it may have, or a line and its sentence each; None is any."""
    more: int = 0
    """How many are left out."""


@dataclass(frozen=True)
class Page:
    """All that is laid out."""

    title: str
    sections: tuple[Section, ...]
    more: str = ""
    """How to see what is left out."""


@dataclass(frozen=True)
class Measure:
    """How many of each kind there are, and how many lines each may have; None is all."""

    posts: int | None
    weightiest: int | None
    latest: int | None
    sayings: int | None
    room: int | None
    names: int | None = 12


ALL = Measure(None, None, None, None, None, None)

MEASURES = (
    Measure(4, 8, 4, 4, 2),
    Measure(4, 7, 3, 3, 2),
    Measure(3, 6, 3, 3, 2),
    Measure(3, 5, 3, 2, 2),
    Measure(3, 5, 3, 2, 1),
    Measure(3, 4, 2, 2, 1),
    Measure(2, 4, 2, 1, 1),
    Measure(2, 3, 2, 1, 1),
    Measure(1, 3, 2, 1, 1),
    Measure(1, 3, 1, 1, 1),
    Measure(1, 2, 1, 1, 1),
    Measure(1, 1, 1, 1, 1),
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
    room, two = measure.room, None if measure.room is None else 2
    sections = (
        Section("Is", (Line(_identity(it)),)),
        _joined(
            "Names", [Line(f"{name.text} ({name.count})" if name.count else name.text) for name in it.names], measure, room
        ),
        _posts("Offices", it.offices, it.label, measure, held=True),
        _posts("Held by" if "office" in it.kinds else "People", it.holders, it.label, measure, held=False),
        _joined("Relations", [*map(Line, _bonds(it))], measure, room),
        _joined("With", [_partner(one) for one in it.partners], measure, two),
        Section("In all", (Line(_counts(it)),) if it.events or it.said else (), room=two),
        Section("Events", tuple(_deed(deed, measure) for deed in weightiest), room=room),
        Section("Latest", tuple(_deed(deed, measure) for deed in latest), room=room),
        Section("Said last", tuple(map(_saying, it.sayings[: measure.sayings])), room=two),
        _joined("Sources", [Line(one) for one in (_mentions(it), *_outlets(it))], measure, two),
    )
    name = shlex.quote(it.label) if it.label != it.id else it.id
    more = "" if measure == ALL else f"All of it, with the ids of events: kgbuild show {name} --all"
    return Page(it.label, tuple(section for section in sections if section.lines), more)


def _joined(heading: str, lines: Sequence[Line], measure: Measure, room: int | None) -> Section:
    """A paragraph of the first *lines*."""
    shown = tuple(lines[: measure.names])
    return Section(heading, shown, joined=True, room=room, more=len(lines) - len(shown))


def account_page(it: Account, measure: Measure) -> Page:
    """The facts, then the sentences."""
    grouped: dict[str, list[str]] = {}
    for name, value in it.facts:
        grouped.setdefault(name, []).append(value)
    facts = [Section(name.capitalize(), (Line(", ".join(values)),)) for name, values in grouped.items()]
    most = None if measure == ALL else 2 * (measure.weightiest or 0)
    quotes = tuple(
        Line(
            f"{quote.day or 'no day'}  {quote.says}",
            quote.sentence,
            _source(quote.speaker, quote.outlet, None, quote.article if measure == ALL else None),
        )
        for quote in it.quotes[:most]
    )
    evidence = Section("Evidence", quotes or (Line("no sentence"),), room=None if measure == ALL else 2)
    sections = (Section("Id", (Line(it.id),)), *facts, evidence)
    left = len(it.quotes) - len(quotes)
    more = f"{left} more: kgbuild show {shlex.quote(it.id)} --all" if left > 0 else ""
    return Page(it.what, sections, more)


def _identity(it: Dossier) -> str:
    kinds = ", ".join(it.kinds) or "thing"
    return " · ".join(filter(None, [kinds + (f", for {it.state}" if it.state else ""), it.wikidata, it.id]))


def _counts(it: Dossier) -> str:
    kinds = ", ".join(f"{number} {quad}" for quad, number in it.quads)
    said = _number(it.said, "statement")
    events = _number(it.events, "event") + (f": {kinds}" if kinds else "")
    return "; ".join([events, said] if it.said else [events])


def _mentions(it: Dossier) -> str:
    if not it.mentions:
        return "no article names it"
    named = f"{_number(it.mentions, 'mention')} in {_number(it.articles, 'article')}"
    return named + (f", {it.first}" + (f" to {it.last}" if it.last != it.first else "") if it.first else "")


def _outlets(it: Dossier) -> list[str]:
    return [f"{outlet} ({number})" for outlet, number in it.sources]


def _number(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def _posts(heading: str, posts: Sequence[Post], label: str, measure: Measure, *, held: bool) -> Section:
    """A line for each; the last one says how many are left out."""
    lines = [_post(post, label, held=held) for post in posts[: measure.posts]]
    if len(posts) > len(lines):
        lines[-1] = replace(lines[-1], text=f"{lines[-1].text} · {len(posts) - len(lines)} more")
    return Section(heading, tuple(lines), room=measure.room)


def _post(post: Post, label: str, *, held: bool) -> Line:
    """The office and its time, after its holder where that is not who is shown; not of what, where that is shown."""
    office = post.office + (f" of {post.of}" if post.of and post.of != label else "")
    if post.office == label and post.of:
        office = post.of
    told = f"{office}, {_term(post)}"
    return Line(told) if held else Line(f"{post.holder}, {told}", name=post.holder)


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


def _bonds(it: Dossier) -> list[str]:
    """What it is of others, "is an ally of Turkey, France", and others are of it: but for who holds an office of it."""
    holders = {post.holder for post in it.holders}
    grouped: dict[tuple[bool, str], list[str]] = {}
    for bond in it.bonds:
        if not (bond.inverse and bond.other in holders):
            grouped.setdefault((bond.inverse, bond.relation), []).append(bond.other)
    return [
        f"{', '.join(others)} {relation} it" if inverse else f"{relation} {', '.join(others)}"
        for (inverse, relation), others in grouped.items()
    ]


def _partner(one: Partner) -> Line:
    score = f", {one.tone} {_signed(one.score)}" if one.score is not None else ""
    return Line(f"{one.label} ({one.events}{score})", name=one.label, thing=one.id)


def _signed(score: float) -> str:
    """A score of one decimal; what rounds to nothing has no sign.

    >>> [_signed(score) for score in (2.54, -3, 0.04, -0.04)]
    ['+2.5', '-3.0', '0.0', '0.0']
    """
    return f"{score:+.1f}" if round(score, 1) else "0.0"


def _deed(deed: Deed, measure: Measure) -> Line:
    sources = f" ({deed.sources} sources)" if deed.sources > 1 else ""
    place = f"  {deed.id}" if measure == ALL else ""
    return Line(
        f"{deed.when}, {deed.status.lower()}: {deed.what}{sources}{place}",
        deed.sentence,
        # Where a sentence has one line, who says it must stand back for where and when.
        _source(None if measure.room == 1 and deed.outlet else deed.speaker, deed.outlet, deed.published),
        thing=deed.id,
    )


def _saying(saying: Saying) -> Line:
    return Line("", saying.sentence, _source(None, saying.outlet, saying.day))


def _source(speaker: str | None, outlet: str | None, day: str | None, article: str | None = None) -> str:
    return ", ".join(filter(None, [f"{speaker} in {outlet}" if speaker and outlet else speaker or outlet, article, day]))
