"""What every question needs of an event, a statement or a relation, said once, where it would else be worked out from all
claims each time: in which order it comes, how much it weighs, which claim tells of it best.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import combinations, product
from typing import Protocol

from pyoxigraph import Literal, NamedNode

from kgbuild.graph.claim_view import DOING, ClaimView
from kgbuild.graph.entities import Entities
from kgbuild.graph.event_label import Naming, listed
from kgbuild.graph.mentions import day_of
from kgbuild.graph.triples import Facts, claim_iri, thing, typed
from kgbuild.model import SURE, Claim, Mention, Reading, When

NEVER = "9999-99-99"
"""Stands last in every order: nothing says a day."""
WEEK = 7
"""What may be of more days is no event of its first day: "2014", "2011/..", a month."""
MANY = 999
MOST = 3
"""How differently two can tell an event at most: see `_apart`."""


class Merged(Protocol):
    """An event, as all its claims have it."""

    @property
    def views(self) -> Sequence[ClaimView]: ...
    @property
    def when(self) -> When | None: ...
    @property
    def reported(self) -> str | None: ...
    @property
    def sources(self) -> int: ...
    @property
    def parties(self) -> Sequence[str]: ...
    @property
    def other_side(self) -> Sequence[str]: ...
    def in_order(self, role: str) -> Sequence[str]: ...


def event_summary(made: Facts, node: NamedNode, event: Merged, score: float | None, entities: Entities) -> None:
    """Of one event: its order in time and its weight, the claim that tells of it best and the one that announces it, the
    names of both sides, and who tells of it. All of it follows from the claims of this event alone.
    """
    when, first = event.when, claim_iri(event.views[0].reading, event.views[0].claim).value
    apart = digits(first, 6)
    sources, quotes = min(event.sources, MANY), min(len(event.views), MANY)
    day = when.begin if when else event.reported
    order = ordered(day, f"{MANY - sources:03}{MANY - quotes:03}{apart}")
    made.add(node, "dip:order", order)
    if when and day and (end := when.end or max(day, event.reported or day)):
        wide = date.fromisoformat(end) - date.fromisoformat(day) >= timedelta(WEEK)
        made.add(node, "dip:orderEnd", int(end.replace("-", "")) if wide else None)
    made.add(node, "dip:weight", decimal(f"{sources * 1000 + quotes}.{min(round(abs(score or 0) * 10), MANY):03}{apart}"))
    who, whom = sides_by_name(event, entities)
    best = partial(_best, names=last_words(who, whom))
    made.add(node, "dip:bestClaim", _iri(min(event.views, key=best)))
    plans = [view for view in event.views if view.affirmed and view.claim.stance.modality == "Planned"]
    if plans and (event.in_order("actor") or event.in_order("participant")):
        made.add(node, "dip:announcement", _iri(min(plans, key=best)))
    for view in event.views:
        modality = view.claim.stance.modality
        if view.affirmed and (modality == "Planned" or view.actual):
            for deed in _deeds(view):
                made.add(node, "dip:promises" if modality == "Planned" else "dip:does", thing(deed))
    core = {entity for role in entities.ontology.sides for entity in event.in_order(role)}
    for entity in sorted(core.union(event.parties)):
        made.add(node, "dip:involves", thing(entity))
    for one, other in combinations(event.parties, 2):
        dyad = thing(f"dyad/{one}--{other}")
        made.add(node, "dip:dyad", dyad)
        made.add(dyad, "dip:between", thing(one))
        made.add(dyad, "dip:between", thing(other))
    made.add(node, "dip:who", who)
    made.add(node, "dip:whom", whom)
    for view in event.views:
        made.add(node, "dip:outlet", view.reading.article.publisher)
        made.add(thing(view.article), "dip:tells", node)
    for views in _contrasts(event):
        contrast = thing(f"contrast/{digest(' '.join(_iri(view).value for view in views))}")
        outlets = (view.reading.article.publisher or "" for view in views)
        made.add(contrast, "dip:contrastOrder", "\t".join([f"{MOST - _apart(*views)}", order.value, *outlets]))
        made.add(contrast, "dip:contrastOf", node)
        for side, view in zip(("dip:contrastOne", "dip:contrastOther"), views, strict=True):
            made.add(contrast, side, _iri(view))


def _deeds(view: ClaimView) -> list[str]:
    """What the claim says that somebody does to another, or with another: "deed/ProvideAid/Norway--Chad" for each two
    parties; nothing where only one side is known.
    """
    doing, done_to, together = (view.parties.get(role, frozenset()) for role in ("actor", "recipient", "participant"))
    faced = done_to or together
    pairs = product(sorted(doing), sorted(faced)) if doing and faced else combinations(sorted(together), 2)
    return [f"deed/{view.claim.claims}/{one}--{other}" for one, other in pairs if one != other]


def _foretold(claim: Claim, claims: Iterable[Claim]) -> Iterator[Claim]:
    """Those of *claims* that say in the same sentence that somebody who does this is to do something."""
    doing = {role.mention.span for role in claim.roles if role.role in DOING}
    for other in claims:
        planned = other.stance.modality == "Planned" and other.stance.polarity == "Affirmed"
        same = any(role.mention.span in doing for role in other.roles if role.role in DOING)
        if other.kind == "event" and planned and same and other.sentence == claim.sentence:
            yield other


def sides_by_name(event: Merged, entities: Entities) -> tuple[str, str]:
    """The names of those who act or are named first, and of those whom they face, each by commas.

    Of those who meet as one group the first stands before the others; what is done to nobody is done to its theme.
    """
    names = Naming(event.views, entities, event.in_order)
    faced = {entities.label(entity) for entity in event.other_side}
    together = names.of("participant")
    doing = [*names.of("actor"), *(name for name in together if name not in faced)]
    to = [*names.of("recipient"), *(name for name in together if name in faced)]
    if not to and not names.of("actor") and len(doing) > 1:
        doing, to = doing[:1], doing[1:]
    return listed(doing), listed(to or names.of("theme"))


def _iri(view: ClaimView) -> NamedNode:
    return claim_iri(view.reading, view.claim)


def last_words(*listed: str) -> frozenset[str]:
    """The last words of names that stand in lists, by which sentences call them: "Putin", "Biden"."""
    return frozenset(name.split()[-1] for some in listed for name in some.split(", ") if name.strip())


def _best(view: ClaimView, names: frozenset[str]) -> tuple[object, ...]:
    """What affirms comes first, what tells it as done, whose sentence has most of the *names*, what was read most surely."""
    named = sum(name in view.claim.sentence.span.words for name in names)
    return not view.affirmed, not view.actual, -named, -view.claim.confidence, _iri(view).value


def _contrasts(event: Merged) -> list[tuple[ClaimView, ClaimView]]:
    """Of each two outlets that tell it differently, by name, a claim of either: those that differ most, and of these those
    that were read most surely.
    """
    surest: dict[tuple[str, tuple[str, str, bool]], ClaimView] = {}
    for view in sorted(event.views, key=_unsure):
        publisher, stance = view.reading.article.publisher, view.claim.stance
        if publisher:
            surest.setdefault((publisher, (stance.polarity, stance.modality, stance.speaker is not None)), view)
    outlets, ways = ({key[part] for key in surest} for part in (0, 1))
    if len(outlets) < 2 or len(ways) < 2:
        return []
    by_outlets: dict[tuple[str, str], list[tuple[ClaimView, ClaimView]]] = {}
    for (outlet, _), one in surest.items():
        for (another, _), other in surest.items():
            if outlet < another and _apart(one, other):
                by_outlets.setdefault((outlet, another), []).append((one, other))
    return [min(pairs, key=lambda pair: (-_apart(*pair), *map(_unsure, pair))) for _, pairs in sorted(by_outlets.items())]


def _unsure(view: ClaimView) -> tuple[float, str]:
    """What sorts claims by how surely they were read."""
    return -view.claim.confidence, _iri(view).value


def _apart(one: ClaimView, other: ClaimView) -> int:
    """How differently two outlets tell it: 3 where one denies it, 2 where it is done for one and planned for the other, 1
    where one tells it on the word of a speaker; 0 where they do not differ.
    """
    stance, another = one.claim.stance, other.claim.stance
    if stance.polarity != another.polarity:
        return 3
    return 2 if stance.modality != another.modality else int((stance.speaker is None) != (another.speaker is None))


def claim_summaries(made: Facts, readings: Iterable[Reading], entities: Entities) -> None:
    """Of each statement whose speaker is told: who says it, for whom, and of whom; of each relation: whom it binds; of both:
    in which order they come. Of what a speaker denies, in a word for it or otherwise: in which order the denials come. Of
    each pledge: the claims that say what is pledged.

    Each follows from its own article, and from what the mentions of that denote.
    """
    denying = tuple(entities.ontology.words("denying", "beginning"))
    for reading in readings:
        for claim in reading.claims:
            node, speaker, day = claim_iri(reading, claim), claim.stance.speaker, day_of(reading) or None
            order = ordered(day, f"{digits(reading.article.iri, 6)}{claim.trigger.start:07}")
            if claim.kind == "event" and speaker is not None and _is_told_as_not_so(claim):
                made.add(node, "dip:denialOrder", ordered(day, "0"))
            if claim.kind == "statement" and speaker is not None:
                made.add(node, "dip:saidOrder", order)
                if (claim.stance.cue or "").casefold().startswith(denying):
                    made.add(node, "dip:denialOrder", order)
                for entity in entities.of(reading, speaker):
                    made.add(node, "dip:saidBy", thing(entity))
                for state in speaker.represents:
                    made.add(node, "dip:saidFor", thing(entities.canonical.get(state, state)))
                for entity in _meant(reading, claim.role("about"), entities):
                    made.add(node, "dip:saidOf", thing(entity))
            elif claim.kind == "event" and entities.ontology.types[claim.claims].foretells:
                for planned in _foretold(claim, reading.claims):
                    made.add(node, "dip:foretold", claim_iri(reading, planned))
            elif claim.kind == "relation" and claim.claims != "holdsPosition":
                made.add(node, "dip:toldOrder", order)
                for entity in _meant(reading, [*claim.role("subject"), *claim.role("object")], entities):
                    made.add(node, "dip:binds", thing(entity))


def _is_told_as_not_so(claim: Claim) -> bool:
    """Whether it surely says that something has not happened; what will not or may not happen nobody denies."""
    stance = claim.stance
    return (stance.polarity, stance.modality) == ("Negated", "Actual") and claim.confidence >= SURE


def _meant(reading: Reading, mentions: Iterable[Mention], entities: Entities) -> list[str]:
    """The entities that *mentions* denote, sorted."""
    return sorted({entity for mention in mentions for entity in entities.of(reading, mention)})


def ordered(day: str | None, apart: str) -> Literal:
    """A *day* as a number, 20141219, and after the point what tells apart those of one day; what has none comes last."""
    return decimal(f"{(day or NEVER).replace('-', '')}.{apart}")


def decimal(text: str) -> Literal:
    """A decimal as XSD writes it, without zeros at the end."""
    return typed(f"{Decimal(text).normalize():f}", "decimal")


def digest(text: str) -> str:
    """What names a thing that *text* tells from all others."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def digits(text: str, number: int) -> str:
    """So many decimal digits that follow from *text*."""
    return str(int(hashlib.sha256(text.encode()).hexdigest()[:16], 16))[-number:].zfill(number)
