"""What articles mention: the class and name of each entity, and whom each acts for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from kgbuild.graph.claim_view import Acting, acting_in, home_of
from kgbuild.graph.edges import relation_edges
from kgbuild.graph.entities import (
    mention_facts,
    met_in,
)
from kgbuild.graph.mentions import all_mentions
from kgbuild.graph.merge.shared import by_subject, disown, share
from kgbuild.graph.merge.state import ENCODE, Merging, Said
from kgbuild.graph.merge.tallies import forget_voices, note_voices
from kgbuild.graph.summaries import claim_summaries
from kgbuild.graph.triples import EDGES, EVENTS, THINGS, Facts, mention_iri

ACTING = msgspec.msgpack.Decoder(list[tuple[Acting, int]])


def meet(merge: Merging) -> Iterator[Said]:
    """Note again what touched articles mention, and say what their mentions denote."""
    for iri in sorted(merge.touched.gone | merge.touched.articles):
        merge.touched.entities |= {row[1] for row in merge.ledger.take("met", "article", iri)}
        merge.touched.actors |= {row[1] for row in merge.ledger.take("acting", "article", iri)}
        disown(merge, f"relations {iri}")
        forget_voices(merge, iri)
    for iri in sorted(merge.touched.articles):
        reading = merge.reading_of(iri)
        met, acting = met_in(reading, merge.known), acting_in(reading, merge.known)
        merge.ledger.put("met", [(iri, key, ENCODE((one.classes, one.names, one.labels))) for key, one in met.items()])
        merge.ledger.put("acting", [(iri, key, ENCODE(sorted(some.items()))) for key, some in acting.items()])
        merge.touched.entities |= met.keys()
        merge.touched.actors |= acting.keys()
        made, edges, summaries = Facts(THINGS), Facts(EDGES), Facts(EVENTS)
        mention_facts(made, reading, merge.known)
        yield from by_subject(made, {mention_iri(reading, mention): None for mention in all_mentions(reading)})
        relation_edges(edges, [reading], merge.known)
        share(merge, edges, f"relations {iri}")
        claim_summaries(summaries, [reading], merge.known)
        note_voices(merge, iri, summaries, reading.article.publisher)
        share(merge, summaries, f"relations {iri}")


def name_entities(merge: Merging) -> None:
    """Find anew the class and name of touched entities; where these change, so does what is made of them."""
    merge.touched.entities |= {part for key in merge.touched.tenures for part in key}
    for entity in sorted(merge.touched.entities):
        before = merge.ledger.row("SELECT cls, label FROM entity WHERE id = ?", entity)
        met = merge.known.by_id.get(entity)
        now = None
        if met is not None:
            known = merge.ontology.known(entity)
            now = (known.cls, known.label) if known else (met.cls, met.label)
        if before == now:
            continue
        merge.ledger.do("DELETE FROM entity WHERE id = ?", entity)
        merge.known.forget(entity)
        if now is not None:
            merge.ledger.put("entity", [(entity, *now)])
        if before is None or now is None:
            merge.touched.come_or_gone.add(entity)
        if before is None or now is None or before[0] != now[0]:
            merge.touched.articles_viewed |= meeting(merge, entity)
        if before is None or now is None or before[1] != now[1]:
            merge.touched.renamed.add(entity)


def meeting(merge: Merging, entity: str) -> set[str]:
    """The articles that mention an entity."""
    return {row[0] for row in merge.ledger.rows("SELECT article FROM met WHERE id = ?", entity)}


def find_homes(merge: Merging) -> None:
    """Find anew whom touched persons act for where a claim does not say it."""
    for entity in sorted(merge.touched.actors):
        counts = Counter[Acting]()
        for (said,) in merge.ledger.each("SELECT said FROM acting WHERE id = ?", entity):
            for acting, number in ACTING.decode(said):
                counts[acting] += number
        before, now = merge.known.home(entity), home_of(counts) or entity
        if before != now:
            merge.ledger.do("DELETE FROM home WHERE id = ?", entity)
            merge.ledger.put("home", [(entity, now)] if now != entity else [])
            merge.touched.articles_viewed |= meeting(merge, entity)
