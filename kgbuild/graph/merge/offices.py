"""Who held which office when, and whom an office alone means."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import msgspec

from kgbuild.graph.entities import (
    tenures_in,
)
from kgbuild.graph.mentions import all_mentions, day_of
from kgbuild.graph.merge.state import ENCODE, Merging
from kgbuild.graph.tenures import Attestation, Seat, TenureKey, holder_on, seat_alone

ATTESTATION = msgspec.msgpack.Decoder(Attestation)


def find_tenures(merge: Merging) -> None:
    """Find anew the tenures that touched articles attest, and the seats that they name alone."""
    merge.known.knows_holders = False
    for iri in sorted(merge.touched.gone | merge.touched.articles):
        for row in merge.ledger.take("tenure", "article", iri):
            merge.touched.tenures.add(TenureKey(*row[:3]))
        merge.ledger.take("alone", "article", iri)
    for iri in sorted(merge.touched.articles):
        reading = merge.reading_of(iri)
        found = tenures_in(reading, merge.known)
        merge.ledger.put("tenure", [(*key, iri, ENCODE(one)) for key, one in found.items()])
        merge.touched.tenures |= found.keys()
        day = day_of(reading)
        seats = {seat for m in all_mentions(reading) if (seat := seat_alone(m, merge.ontology))} if day else set()
        merge.ledger.put("alone", [(iri, *seat, day, None, None) for seat in sorted(seats)])
        merge.touched.seats |= seats
    merge.touched.seats |= {Seat(key.office, key.of) for key in merge.touched.tenures}
    merge.known.knows_holders = True


def find_holders(merge: Merging) -> None:
    """Find anew whom a touched seat, named alone, means in each article."""
    for seat in sorted(merge.touched.seats):
        named = merge.ledger.rows("SELECT rowid, article, day, holder, why FROM alone WHERE office = ? AND of = ?", *seat)
        tenures = tenures_of(merge, seat) if named else {}
        bounds = {key: replace(one, days=_ends(one.days), over=_ends(one.over)) for key, one in tenures.items()}
        for number, article, day, holder, why in named:
            now = holder_on(day, bounds)
            one, because = (now.entities[0], now.why) if now else (None, None)
            if (one, because) != (holder, why):
                merge.ledger.do("UPDATE alone SET holder = ?, why = ? WHERE rowid = ?", one, because, number)
                merge.touched.articles.add(article)


def tenures_of(merge: Merging, seat: Seat) -> dict[TenureKey, Attestation]:
    found: defaultdict[TenureKey, Attestation] = defaultdict(Attestation)
    for holder, said in merge.ledger.each("SELECT holder, said FROM tenure WHERE office = ? AND of = ?", *seat):
        key, one = TenureKey(holder, *seat), ATTESTATION.decode(said)
        mine = found[key]
        mine.claims += one.claims
        mine.days |= one.days
        mine.began |= one.began
        mine.over |= one.over
    return dict(found)


def _ends(days: set[str]) -> set[str]:
    """The first and the last of some days."""
    return {min(days), max(days)} if days else days
