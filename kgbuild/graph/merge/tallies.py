"""What is to be counted of actors, pairs and voices whose events or statements have changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import starmap
from typing import TypeVar

from pyoxigraph import Quad

from kgbuild.graph.merge.shared import disown, share
from kgbuild.graph.merge.state import Merging
from kgbuild.graph.tallies import Part, Voiced, parts_in, tally_facts, voice_facts, voices_in
from kgbuild.graph.triples import EVENTS, Facts

P = TypeVar("P", Part, Voiced)


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
    _count(merge, "tally", merge.touched.tallies, "event_iri, weight, points FROM counted", Part, tally_facts)
    _count(merge, "voice", merge.touched.voices, "publisher, statements FROM voiced", Voiced, voice_facts)


def _count(
    merge: Merging,
    kind: str,
    touched: Iterable[str],
    rows: str,
    part: Callable[..., P],
    facts: Callable[[Facts, str, Iterable[P]], None],
) -> None:
    """Say the *facts* of each that is *touched* anew, by the *rows* of the ledger that are its parts."""
    for whose in sorted(touched):
        made = Facts(EVENTS)
        facts(made, whose, starmap(part, merge.ledger.each(f"SELECT {rows} WHERE whose = ?", whose)))
        disown(merge, f"{kind} {whose}")
        share(merge, made, f"{kind} {whose}")
