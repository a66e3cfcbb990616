"""Which of its senses a known name has where it stands: "Georgia" beside Atlanta, "Labour" in an article on Britain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kgbuild.ontology import Actor
from kgbuild.read.names.capitals import is_government
from kgbuild.read.names.context import DOMESTIC, Context, is_short_acronym
from kgbuild.read.names.gazetteer import Gazetteer, NameMatch, Sense
from kgbuild.read.names.history import TIMED
from kgbuild.read.parse.tokens import Span as ParsedSpan

RANKS = ("State", "IntergovernmentalOrganization", "City")
"""Of namesakes of different classes, the first of these is meant."""

Preference = tuple[bool, bool, bool, bool, bool, int, bool, int, tuple[bool, int], str]


class KnownName(NamedTuple):
    """A known name where it stands, with the one sense that it has there."""

    span: ParsedSpan
    kind: str
    """That of its sense; "no name" for what only looks like a name."""
    actor: Actor | None
    """None for what only looks like a name: "Brazil nut"."""


@dataclass(frozen=True, slots=True)
class Setting:
    """By what the senses of the names of one paragraph are chosen."""

    gazetteer: Gazetteer
    day: str
    """The article's day (ISO), or the empty word."""
    article: Context
    paragraph: Context
    before: dict[int, Actor]
    """What a name of one sense means, by the token behind it."""


def choose_senses(matches: list[NameMatch], article: Context, day: str, gazetteer: Gazetteer) -> Iterator[KnownName]:
    """The known names of a paragraph, each with the sense that it has there; those that have none there are left out.

    What begins after the article's *day* (ISO, or the empty word) is not meant; of namesakes, whoever is in office
    then, else who was last.
    """
    before = {match.span.end: match.senses[0].actor for match in matches if len(match.senses) == 1}
    setting = Setting(gazetteer, day, article, Context(matches), before)
    for match in matches:
        span = match.span
        possible = [sense for sense in match.senses if _is_possible(sense, span, setting)]
        best = min(possible, key=lambda sense: _preference(sense, span, setting), default=None)
        if best is not None:
            if best.kind == "local name" and setting.paragraph.speaks_of(best.actor.of):
                article.note_local(span.text, best.actor)
            yield KnownName(span, best.kind, gazetteer.history.as_of(best.actor, day))
        elif not match.senses:
            yield KnownName(span, "no name", None)


# -- what a name may mean -------------------------------------------------------------------------


def _is_possible(sense: Sense, span: ParsedSpan, setting: Setting) -> bool:
    """Whether nothing around a name rules the sense out."""
    actor, local = sense.actor, sense.kind == "local name" or is_short_acronym(span.text, sense.actor)
    return (
        (_counts(sense, span, setting.article) or (local and _is_governed(span, setting)))
        and not setting.gazetteer.history.is_yet_to_come(actor, setting.day)
        and not (actor.cls in TIMED and _is_one_of_many(span))
        and not _is_anothers(actor, setting.before.get(span.start), setting.gazetteer)
        and (not local or _is_at_home(span, actor, setting) or _is_governed(span, setting))
    )


def _counts(sense: Sense, span: ParsedSpan, article: Context) -> bool:
    """Whether a name counts where it stands: "Labour" where its state is spoken of, "TX" after a town.

    The CBI is India's where the article speaks of India or of no state.
    """
    kind, actor = sense
    if kind == "local name":
        return article.speaks_of(actor.of or actor.id)
    if is_short_acronym(span.text, actor):
        return article.speaks_of(actor.of) or article.speaks_of_no_state()
    if kind == "abbreviation":
        before = span.doc[max(0, span.start - 2) : span.start]
        return len(before) == 2 and before[1].text == "," and before[0].text[:1].isupper()
    return True


def _is_one_of_many(span: ParsedSpan) -> bool:
    """Whether "a" stands before a name: "a 1956 Geneva Convention" is another than the known one."""
    return any(c.dep_ == "det" and c.i < span.start and c.lower_ in ("a", "an") for c in span.root.children)


def _is_anothers(actor: Actor, before: Actor | None, gazetteer: Gazetteer) -> bool:
    """Whether another state's name stands right before that of a body: the Bolivian Congress is not America's."""
    if before is None or before.cls != "State" or actor.cls not in DOMESTIC or actor.of in (None, before.id):
        return False
    earlier = gazetteer.history.predecessors.get(actor.of or "")
    return earlier is None or earlier.actor.id != before.id


def _is_at_home(span: ParsedSpan, actor: Actor, setting: Setting) -> bool:
    """Whether a name used at home is said of its own state: spoken of in the paragraph, or much in the article.

    Behind a title, whose name follows decides: "Treasury Secretary Baker" speaks of the American treasury, "Treasury
    Secretary Brodersohn" does not.
    """
    if actor.of is None:
        return True
    own = _is_own_holder(span, actor.of, setting)
    if own is not None:
        return own
    alone = span.text.isupper() and setting.article.speaks_of_no_state()  # "the FSB", and no state to tell it from another's
    return alone or setting.paragraph.speaks_of(actor.of) or setting.article.speaks_much_of(actor.of)


def _is_governed(span: ParsedSpan, setting: Setting) -> bool:
    """Whether who governs what a name names governs a part of a state: "Governor X of Georgia", "Georgia's governor"."""
    doc, ontology = span.doc, setting.gazetteer.ontology
    for office in setting.gazetteer.offices(doc):
        if ontology.actors[office.office].label not in ontology.words("regional", "office"):
            continue
        between = doc[office.end : span.start - 1]
        if office.end < span.start and doc[span.start - 1].lower_ == "of" and all(t.pos_ == "PROPN" for t in between):
            return True
        if span.end <= office.start and all(t.tag_ == "POS" for t in doc[span.end : office.start]):
            return True
    return False


def _is_own_holder(span: ParsedSpan, state: str, setting: Setting) -> bool | None:
    """Whether the name behind an office that holds *span* is that of its holder in *state*; None where it is open."""
    doc, ontology = span.doc, setting.gazetteer.ontology
    for office in setting.gazetteer.offices(doc):
        if not office.start <= span.start < office.end:
            continue
        holder = ontology.holder_of(office.office, state, setting.day) if setting.day else None
        known = ontology.known(holder) if holder else None
        if known and office.end < len(doc) and doc[office.end].text[:1].isupper():
            named = [t.text for t in doc[office.end : office.end + 4] if t.text[:1].isupper()]
            return any(name.split()[-1] in named for name in known.names)
    return None


# -- which of them it means -----------------------------------------------------------------------


def _preference(sense: Sense, span: ParsedSpan, setting: Setting) -> Preference:
    """The smaller, the likelier a sense: a name before a demonym, what is spoken of beside it before what is not."""
    kind, actor = sense
    local = kind == "local name"
    return (
        kind == "demonym",
        _is_governed(span, setting) and actor.cls == "State",
        # "Brussels" is the Union where it acts, else the city
        kind == "metonym" and not is_government(span, setting.gazetteer.ontology),
        local and not setting.paragraph.speaks_of(actor.of),
        local and not setting.article.meant_before(span.text, actor),
        -setting.article.relatedness(actor) if actor.ambiguous or local else 0,
        local,
        RANKS.index(actor.cls) if actor.cls in RANKS else len(RANKS),
        _out_of_office(sense.actor, setting),
        actor.id,
    )


def _out_of_office(actor: Actor, setting: Setting) -> tuple[bool, int]:
    """The smaller, the likelier a person is spoken of on the article's day: in office, else the later in one."""
    day = setting.day
    terms = setting.gazetteer.ontology.held_by(actor.id) if actor.cls == "Person" else []
    begun = [t.begin for t in terms if t.begin and (not day or t.begin <= day)]
    return not any(day and t.covers(day) for t in terms), -int(max(begun, default="0")[:4])
