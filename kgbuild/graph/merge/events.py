"""What is to be said of events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from kgbuild.graph import events
from kgbuild.graph.claim_view import ClaimView
from kgbuild.graph.events import Event, Key, Outline
from kgbuild.graph.merge.claims import source_of, view_of
from kgbuild.graph.merge.shared import by_subject, disown, share
from kgbuild.graph.merge.state import ENCODE, Merging, Said
from kgbuild.graph.merge.tallies import forget_parts, note_parts
from kgbuild.graph.triples import EDGES, EVENTS, Facts, thing

OUTLINE = msgspec.msgpack.Decoder(Outline)
KEY = msgspec.msgpack.Decoder(Key)


def say_events(merge: Merging) -> Iterator[Said]:
    """What is to be said of touched events: of those with other claims, sources, or names of who takes part; of plans
    that are called off, or no longer; and of those that go by another name as the first one of that name has changed.
    """
    ledger, touched = merge.ledger, merge.touched
    for entity in sorted(touched.renamed):
        touched.events |= {row[0] for row in ledger.rows("SELECT event FROM needs WHERE id = ?", entity)}
    touched.events.discard(-1)
    bases, locals = set[str](), dict[int, str]()
    for number in sorted(touched.events):
        for _, base, local, *_ in ledger.take("event", "number", number):
            bases.add(base)
            locals[number] = local
        touched.needed |= {row[1] for row in ledger.take("needs", "event", number)}
        disown(merge, f"event {number}")
        forget_parts(merge, number)
        event = event_of(merge, number)
        if event is not None:
            base, outline = events.local_name(event, merge.ontology.sides), events.outline(event, merge.ontology)
            bases.add(base)
            said = ENCODE(outline) if outline else None
            ledger.put("event", [(number, base, "", ENCODE(event.order), said, None)])
            needed = dict.fromkeys(names(merge, event), 0) | dict.fromkeys(event.parties, 1)
            ledger.put("needs", [(number, entity, party) for entity, party in sorted(needed.items())])
            touched.needed |= needed.keys()
    renamed = name_events(merge, bases)
    again = call_off(merge) | renamed.keys()
    for number in again - touched.events:
        locals[number] = renamed.get(number, "")
        disown(merge, f"event {number}")
        forget_parts(merge, number)
    for local in filter(None, locals.values()):
        yield Said(thing(EVENTS), thing(local), [])
    for number in sorted(again | touched.events):
        event, row = event_of(merge, number), ledger.row("SELECT local, off FROM event WHERE number = ?", number)
        if event is None or row is None:
            continue
        event.called_off = row[1] and key_of(row[1])
        made, edges = Facts(EVENTS), Facts(EDGES)
        events.event_facts(made, edges, event, row[0], merge.known)
        note_parts(merge, number, made)
        node = thing(row[0])
        yield from by_subject(made, [node])
        share(merge, (quad for quad in made if quad.subject != node), f"event {number}")
        share(merge, edges, f"event {number}")


def event_of(merge: Merging, number: int) -> Event | None:
    """The event of a cluster; None where there is no such cluster."""
    claims = [row[0] for row in merge.ledger.rows("SELECT number FROM claim WHERE cluster = ?", number)]
    views = [view_of(merge, claim) for claim in claims]
    kinds = {claim: view.claim.claims for claim, view in zip(claims, views, strict=True)}
    return Event(kinds[number], views, sources(merge, views)) if views else None


def sources(merge: Merging, views: Iterable[ClaimView]) -> dict[str, str]:
    articles = {view.article for view in views}
    return {iri: source_of(merge, merge.originals.get(iri, iri))[1] for iri in articles}


def names(merge: Merging, event: Event) -> Iterator[str]:
    """The entities that the facts of an event may name."""
    for view in event.views:
        yield from (entity for _, entity in view.roles)
    for standing in event.standings:
        yield from (standing.entity, standing.end, *standing.acts_for)


def call_off(merge: Merging) -> set[int]:
    """Find anew by which events plans are called off; the plans for which that has changed."""
    rows = merge.ledger.rows("SELECT number, rank, outline, off FROM event WHERE outline IS NOT NULL")
    outlines = sorted((key_of(rank), OUTLINE.decode(said)) for _, rank, said, _ in rows)
    off = {ENCODE(plan): ENCODE(calling) for plan, calling in events.called_off(outlines, merge.ontology).items()}
    now = {number: off.get(rank) for number, rank, _, _ in rows}
    changed = {number for number, _, _, before in rows if now[number] != before}
    for number in changed:
        merge.ledger.do("UPDATE event SET off = ? WHERE number = ?", now[number], number)
    return changed


def key_of(rank: bytes) -> Key:
    """What names an event, as its row has it."""
    return KEY.decode(rank)


def name_events(merge: Merging, bases: set[str]) -> dict[int, str]:
    """Give the events of each of these names a name of their own; the names that some had before."""
    before: dict[int, str] = {}
    for base in sorted(bases):
        rows = merge.ledger.rows("SELECT number, local, rank FROM event WHERE base = ?", base)
        ordered = sorted(rows, key=lambda row: key_of(row[2]))
        for place, (number, local, rank) in enumerate(ordered):
            now = f"{base}-{events.digest(key_of(rank))}" if place else base
            if now != local:
                merge.ledger.do("UPDATE event SET local = ? WHERE number = ?", now, number)
                before[number] = local
    return before
