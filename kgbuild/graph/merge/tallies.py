"""What is to be counted of actors, pairs and voices whose events or statements have changed."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad

from kgbuild.graph.merge.shared import disown, share
from kgbuild.graph.merge.state import Merging
from kgbuild.graph.tallies import Part, Voiced, parts_in, tally_facts, voice_facts, voices_in
from kgbuild.graph.triples import EVENTS, Facts


def forget_parts(merge: Merging, event: int) -> None:
    """That an event counts for anybody."""
    merge.touched.tallies |= {row[1] for row in merge.ledger.take("counted", "event", event)}


def note_parts(merge: Merging, event: int, quads: Iterable[Quad]) -> None:
    """For whom an event counts, by what is said of it."""
    found = list(parts_in(quads))
    merge.ledger.put("counted", [(event, whose, *part) for whose, part in found])
    merge.touched.tallies |= {whose for whose, _ in found}


def forget_voices(merge: Merging, article: str) -> None:
    """Who speaks in an article."""
    merge.touched.voices |= {row[1] for row in merge.ledger.take("voiced", "article", article)}


def note_voices(merge: Merging, article: str, quads: Iterable[Quad], publisher: str | None) -> None:
    """Who speaks in an article, by what is said of its statements."""
    found = voices_in(quads, publisher)
    merge.ledger.put("voiced", [(article, voice, *one) for voice, one in found.items()])
    merge.touched.voices |= found.keys()


def count(merge: Merging) -> None:
    """Count anew for whom something has changed."""
    for whose in sorted(merge.touched.tallies):
        made = Facts(EVENTS)
        parts = merge.ledger.each("SELECT event_iri, weight, points FROM counted WHERE whose = ?", whose)
        tally_facts(made, whose, (Part(*row) for row in parts))
        disown(merge, f"tally {whose}")
        share(merge, made, f"tally {whose}")
    for voice in sorted(merge.touched.voices):
        made = Facts(EVENTS)
        articles = merge.ledger.each("SELECT publisher, statements FROM voiced WHERE whose = ?", voice)
        voice_facts(made, voice, (Voiced(*row) for row in articles))
        disown(merge, f"voice {voice}")
        share(merge, made, f"voice {voice}")
