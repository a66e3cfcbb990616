"""Claims seen anew, the sources of their articles, and the clusters that they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import msgspec

from kgbuild.graph import reprints
from kgbuild.graph.claim_view import ClaimView, viewer
from kgbuild.graph.clustering import Clusters, Near, Place, families, merged, place_of, reach_of
from kgbuild.graph.event_cluster import MONTH, bond_by
from kgbuild.graph.merge.state import ENCODE, Merging
from kgbuild.model import Reading

VIEW, PLACE = msgspec.msgpack.Decoder(tuple[ClaimView, tuple[bool, ...]]), msgspec.msgpack.Decoder(Place)
MANY = 2
"""Where one in so many claims is near a new one, all are looked at."""


def view_claims(merge: Merging) -> None:
    """See the claims of touched articles anew; those that say what they said before stay as they are."""
    view = viewer(merge.known, merge.known.home)
    for iri in sorted(merge.touched.gone | merge.touched.articles | merge.touched.articles_viewed):
        rows = merge.ledger.rows(
            "SELECT number, place, cluster, said FROM claim JOIN view USING (number) WHERE article = ?", iri
        )
        earlier = {}
        for number, place, cluster, said in rows:
            one = PLACE.decode(place)._replace(cluster=cluster)
            earlier[one.start, one.stop, one.type] = number, one, said
        reading = None if iri in merge.touched.gone - merge.touched.articles else merge.reading_of(iri)
        for one_view in view(reading) if reading else ():
            said = ENCODE((_alone(one_view), tuple(map(bool, denoted(merge, one_view)))))
            number, place, before = earlier.pop(one_view.key[1:], (0, None, b""))
            if said == before:
                continue
            kind = one_view.claim.claims
            if place is None:
                number = merge.ledger.do("INSERT INTO claim (article, type) VALUES (?, ?)", iri, kind)
            else:
                merge.touched.claims_gone.append(place)
            now = place_of(one_view, number)
            row = ENCODE(now), *reach_of(now), number
            merge.ledger.do(
                "UPDATE claim SET place = ?, cluster = -1, first = ?, last = ?, vague = ? WHERE number = ?", *row
            )
            merge.ledger.put("view", [(number, said)])
            merge.touched.claims.add(number)
            merge.touched.types.add(kind)
        for number, place, _ in earlier.values():
            merge.touched.claims_gone.append(place)
            merge.ledger.do("DELETE FROM claim WHERE number = ?", number)
            merge.ledger.do("DELETE FROM view WHERE number = ?", number)
    merge.touched.types |= {one.type for one in merge.touched.claims_gone}


def denoted(merge: Merging, view: ClaimView) -> list[tuple[str, ...]]:
    return [merge.known.of(view.reading, role.mention) for role in view.claim.roles]


def view_of(merge: Merging, number: int) -> ClaimView:
    row = merge.ledger.row("SELECT said FROM view WHERE number = ?", number)
    if row is None:
        raise KeyError(number)
    found: ClaimView = VIEW.decode(row[0])[0]
    return found


def find_originals(merge: Merging) -> None:
    """Find anew which article is a reprint of which, and touch the claims of those whose source is another."""
    ledger = merge.ledger
    for iri in merge.touched.gone:
        ledger.do("DELETE FROM one_text WHERE a = ? OR b = ?", iri, iri)
    new = merge.touched.new
    rows = ledger.rows("SELECT iri, sketch FROM article WHERE length(sketch) > 0 ORDER BY iri") if new else []
    iris, sketches = [row[0] for row in rows], [row[1] for row in rows]
    ledger.put("one_text", reprints.one_text(iris, sketches, new & {*iris}, merge.article_of))
    pairs = ledger.rows("SELECT a, b FROM one_text ORDER BY a, b")
    issued = {iri: source_of(merge, iri)[0] for pair in pairs for iri in pair}
    now = reprints.earliest(((a, b) for a, b in pairs), issued)
    before: dict[str, str] = dict(ledger.rows("SELECT iri, original FROM reprint"))
    ledger.do("DELETE FROM reprint")
    ledger.put("reprint", sorted(now.items()))
    merge.touched.reprints = {iri: now.get(iri) for iri in {*now, *before} if now.get(iri) != before.get(iri)}
    merge.originals = now
    # An original that is issued again says who its reprints have their text from.
    sources = {iri: one for iri, one in now.items() if one in new}
    for iri in {*merge.touched.reprints, *sources}:
        merge.touched.events |= {row[0] for row in ledger.rows("SELECT cluster FROM claim WHERE article = ?", iri)}


def source_of(merge: Merging, iri: str) -> tuple[str, str]:
    """When an article was issued, and the key of its publisher."""
    row = merge.ledger.row("SELECT issued, publisher FROM article WHERE iri = ?", iri)
    return (row[0], row[1]) if row else ("", iri)


def cluster(merge: Merging) -> None:
    """Put the claims of touched types into clusters again, one family of types after the other."""
    family, bond = families(merge.ontology), bond_by(merge.known)
    for name in sorted({family[kind] for kind in merge.touched.types}):
        kinds = sorted(kind for kind, widest in family.items() if widest == name)
        gone = [one for one in merge.touched.claims_gone if family[one.type] == name]
        for claims, near in to_look_at(merge, kinds, gone):
            anew = near is None and all(one.cluster < 0 for one in claims)
            clusters = Clusters(merge.ontology, bond, lambda number: view_of(merge, number), anew=anew)
            found = merged(clusters, claims, gone, merge.touched.claims, merge.ontology)
            if near is None or not near.widen(clusters.asked, clusters.told):
                break
        before = {one.cluster for one in (*claims, *gone)} - {-1}
        merge.touched.events |= before - found.keys()
        for number, cluster in found.items():
            if cluster.changed:
                merge.touched.events.add(number)
                moved = [(number, one.number) for one in cluster.claims if one.cluster != number]
                merge.ledger.do_each("UPDATE claim SET cluster = ? WHERE number = ?", moved)


def to_look_at(merge: Merging, kinds: list[str], gone: list[Place]) -> Iterator[tuple[list[Place], Near | None]]:
    """The claims of some types that may be put into another cluster than last time, and those that have a say in it: those
    that are near, and again as often as these become more; all claims, and None, where near are many.
    """
    of_kind = f"type IN ({', '.join('?' for _ in kinds)})"
    [(number, new)] = merge.ledger.rows(f"SELECT count(*), total(cluster = -1) FROM claim WHERE {of_kind}", *kinds)
    near, some = Near(), dict[int, Place]()
    if MANY * new < number:
        coming = _places(merge, f"{of_kind} AND cluster = -1", *kinds)
        near.widen(coming, (*coming, *gone))
        vague = _places(merge, f"{of_kind} AND vague = 1", *kinds)
    while MANY * max(new, len(some)) < number:
        some = {one.number: one for one in (*coming, *(one for one in vague if one in near))}
        for first, last in near.days:
            within = f"{of_kind} AND vague = 0 AND first BETWEEN ? AND ? AND last >= ?"
            found = _places(merge, within, *kinds, first - MONTH, last, first)
            some |= {one.number: one for one in found if one in near}
        for iri in near.articles:
            some |= {one.number: one for one in _places(merge, f"{of_kind} AND article = ?", *kinds, iri)}
        for cluster in {one.cluster for one in (*some.values(), *gone)} - {-1}:
            some |= {one.number: one for one in _places(merge, "cluster = ?", cluster)}
        yield [*some.values()], near
    yield _places(merge, of_kind, *kinds), None


def _places(merge: Merging, where: str, *given: object) -> list[Place]:
    rows = merge.ledger.each(f"SELECT place, cluster FROM claim WHERE {where}", *given)
    return [PLACE.decode(place)._replace(cluster=cluster) for place, cluster in rows]


def _alone(view: ClaimView) -> ClaimView:
    """A view without the text of its article, and without what else was read there."""
    article = replace(view.reading.article, text="", blocks=())
    return replace(view, reading=Reading(article, (), (), ()))
