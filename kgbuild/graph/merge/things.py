"""What is to be said of entities, tenures, merges, refusals and reprints."""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.graph import reprints
from kgbuild.graph.entities import (
    entity_facts,
    merge_facts,
    refusal_facts,
    tenure_facts,
    tenure_id,
)
from kgbuild.graph.identity import Judgement
from kgbuild.graph.merge.offices import tenures_of
from kgbuild.graph.merge.state import Merging, Said
from kgbuild.graph.tenures import Seat, TenureKey
from kgbuild.graph.triples import THINGS, Facts, thing


def say_entities(merge: Merging) -> Iterator[Said]:
    """What is to be said of touched entities, tenures, merges and refusals, and of reprints."""
    ledger, touched, known = merge.ledger, merge.touched, merge.known
    for entity in sorted(touched.entities | touched.needed):
        made = Facts(THINGS)
        needed = ledger.row("SELECT 1 FROM needs WHERE id = ? AND party = 1", entity)
        if needed or known.by_id.get(entity) is not None:
            entity_facts(made, entity, known)
        yield Said(thing(THINGS), thing(entity), list(made))
    for entity in sorted(touched.renamed):
        rows = ledger.rows("SELECT holder, office, of FROM tenure WHERE holder = ?1 OR office = ?1 OR of = ?1", entity)
        touched.tenures |= {TenureKey(*row) for row in rows}
    for key in sorted(touched.tenures):
        made = Facts(THINGS)
        attestation = tenures_of(merge, Seat(key.office, key.of)).get(key)
        if attestation is not None:
            tenure_facts(made, key, attestation, known)
        yield Said(thing(THINGS), thing(tenure_id(key)), list(made))
    yield from say_judgements(merge)
    for iri, original in sorted(touched.reprints.items()):
        yield Said(thing(THINGS), thing(iri), list(reprints.facts({iri: original} if original else {})))


def say_judgements(merge: Merging) -> Iterator[Said]:
    for entity in sorted(merge.touched.come_or_gone):
        names = {entity, *(row[0] for row in merge.ledger.rows("SELECT id FROM canonical WHERE known_by = ?", entity))}
        for one in names:
            rows = merge.ledger.rows("SELECT a, b FROM judgement WHERE a = ?1 OR b = ?1", one)
            merge.touched.judged |= {(a, b) for a, b in rows}
    for pair in sorted(merge.touched.judged):
        merges, refusals = Facts(THINGS), Facts(THINGS)
        for a, b, score, why, one in merge.ledger.rows("SELECT * FROM judgement WHERE a = ? AND b = ?", *pair):
            tell = merge_facts if one else refusal_facts
            tell(merges if one else refusals, Judgement(a, b, score, why), merge.known)
        yield Said(thing(THINGS), thing("merge/{}-{}".format(*pair)), list(merges))
        yield Said(thing(THINGS), thing("refusal/{}-{}".format(*pair)), list(refusals))
