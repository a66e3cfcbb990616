"""Articles that come and go: what each contributes to who is who."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from kgbuild.graph import reprints
from kgbuild.graph.mentions import all_mentions
from kgbuild.graph.merge.state import ENCODE, Merging, Said
from kgbuild.graph.profiles import parts_of
from kgbuild.graph.triples import THINGS, thing
from kgbuild.model import Reading


def leave_out(merge: Merging, iri: str) -> Iterator[Said]:
    """Forget an article: what only it says goes now, what it had a part in is touched."""
    found = merge.ledger.take("article", "iri", iri)
    if not found:
        return
    merge.touched.gone.add(iri)
    for row in merge.ledger.take("part", "article", iri):
        merge.touched.parted.add(row[1])
        merge.touched.ids |= {row[1], row[3]}
    for mention in msgspec.msgpack.decode(found[0][4]):
        yield Said(thing(THINGS), thing(f"{iri}/mention/{mention}"), [])


def take_in(merge: Merging, reading: Reading) -> None:
    iri, article = reading.article.iri, reading.article
    merge.touched.articles.add(iri)
    merge.touched.new.add(iri)
    mentions = {f"{m.span.start}-{m.span.end}-{m.cls}": None for m in all_mentions(reading)}
    sketch = reprints.sketch_of(article)
    row = iri, article.issued or "", reprints.publisher_key(article), sketch, ENCODE([*mentions])
    merge.ledger.put("article", [row])
    rows = []
    for (entity, shared), part in parts_of(reading, merge.ontology).items():
        rows.append((iri, entity, int(shared), entity, ENCODE(part)))
        merge.touched.ids.add(entity)
        if shared:
            merge.touched.parted.add(entity)
    merge.ledger.put("part", rows)
