"""Claims seen anew, the sources of their articles, and the clusters that they make."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

import msgspec

from kgbuild.graph import clustering, reprints
from kgbuild.graph.claim_view import ClaimView, viewer
from kgbuild.graph.clustering import Cluster, Clusters, Place, Spot, families, merged, place_of, spots
from kgbuild.graph.event_cluster import bond_by
from kgbuild.graph.merge.state import ENCODE, Merging
from kgbuild.model import Reading

VIEW, PLACE = msgspec.msgpack.Decoder(tuple[ClaimView, tuple[bool, ...]]), msgspec.msgpack.Decoder(Place)

MUCH = 8
"""If more than one in so many claims of a family is new, all are put into clusters again."""


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
                number = merge.ledger.do("INSERT INTO claim VALUES (NULL, ?, ?, NULL, -1)", iri, kind)
            else:
                merge.touched.claims_gone.append(place)
            now = place_of(one_view, number)
            merge.ledger.do("UPDATE claim SET place = ?, cluster = -1 WHERE number = ?", ENCODE(now), number)
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
    family = families(merge.ontology)
    enter_spots(merge, family)
    for name in sorted({family[kind] for kind in merge.touched.types}):
        gone = [one for one in merge.touched.claims_gone if family[one.type] == name]
        claims, found = clustered(merge, sorted(kind for kind, widest in family.items() if widest == name), name, gone)
        before = {one.cluster for one in (*claims, *gone)} - {-1}
        merge.touched.events |= before - found.keys()
        for number, cluster in found.items():
            if cluster.changed:
                merge.touched.events.add(number)
                moved = [(number, one.number) for one in cluster.claims if one.cluster != number]
                merge.ledger.do_each("UPDATE claim SET cluster = ? WHERE number = ?", moved)


def enter_spots(merge: Merging, family: Mapping[str, str]) -> None:
    """Note where touched claims are found, and no longer where they were."""
    gone = ((spot_key(family[one.type], spot), one.number) for one in merge.touched.claims_gone for spot in spots(one))
    merge.ledger.do_each("DELETE FROM spot WHERE key = ? AND number = ?", gone)
    for number in sorted(merge.touched.claims):
        for one in places(merge, "number = ?", number):
            merge.ledger.put("spot", [(spot_key(family[one.type], spot), number) for spot in spots(one)])


def spot_key(family: str, spot: Spot) -> str:
    place, party = spot
    return f"{family} {place} {party}"


def places(merge: Merging, where: str, *given: object) -> list[Place]:
    rows = merge.ledger.each(f"SELECT place, cluster FROM claim WHERE {where}", *given)
    return [PLACE.decode(place)._replace(cluster=cluster) for place, cluster in rows]


def clustered(
    merge: Merging, kinds: list[str], family: str, gone: list[Place]
) -> tuple[Collection[Place], dict[int, Cluster]]:
    """The claims of a *family*, which are of these *kinds*, that touched ones can reach, and the clusters that they make.

    What a claim can reach shows as it is compared; so claims are put into clusters again until nothing is in reach that
    was not there. With a claim come all those of its cluster. Where much is new, all claims are taken at once.
    """
    these = f"type IN ({', '.join('?' for _ in kinds)})"
    [(number,)] = merge.ledger.rows(f"SELECT count(*) FROM claim WHERE {these}", *kinds)
    [(new,)] = merge.ledger.rows(f"SELECT count(*) FROM claim WHERE cluster = -1 AND {these}", *kinds)
    whole = MUCH * new > number
    claims = {one.number: one for one in places(merge, f"{these}{'' if whole else ' AND cluster = -1'}", *kinds)}
    seen, known, bond = set[Spot](), set[int]({-1}), bond_by(merge.known)
    view = lru_cache(maxsize=clustering.HELD)(lambda number: view_of(merge, number))

    def take(some: Iterable[Place]) -> None:
        """Take claims in, each with the others of its cluster."""
        for one in some:
            claims[one.number] = one
            if one.cluster not in known:
                known.add(one.cluster)
                claims.update((other.number, other) for other in places(merge, "cluster = ?", one.cluster))

    if not whole:
        for one in gone:
            take(places(merge, "cluster = ?", one.cluster))
    while True:
        clusters = Clusters(merge.ontology, bond, view)
        whole = len(claims) == number
        found = merged(clusters, claims.values(), gone, merge.touched.claims, merge.ontology, whole=whole)
        unseen = set[Spot]() if whole else {*clusters.reach} - seen
        if not unseen:
            return claims.values(), found
        seen |= unseen
        for article in {place for place, _ in unseen if isinstance(place, str) and place != clustering.ALWAYS}:
            take(one for one in places(merge, "article = ?", article) if one.type in kinds)
        for spot in unseen:
            take(places(merge, "number IN (SELECT number FROM spot WHERE key = ?)", spot_key(family, spot)))


def _alone(view: ClaimView) -> ClaimView:
    """A view without the text of its article, and without what else was read there."""
    article = replace(view.reading.article, text="", blocks=())
    return replace(view, reading=Reading(article, (), (), ()))
