"""What all articles say together, made again only where new, changed or removed articles touch it.

A merge goes from articles to ids, entities, offices, views of claims, events and edges. At each step it takes up what the
step before has changed, works that out again by the same functions as for any other graph (`entities`, `events`), and
compares it with what the ledger has of last time; only what differs goes on. A first merge is the one where all is new.
The outcome is what is now to be said of each subject in each graph, so that a store can take the difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kgbuild.graph.merge.articles import leave_out, take_in
from kgbuild.graph.merge.claims import cluster, find_originals, view_claims
from kgbuild.graph.merge.entities import find_homes, meet, name_entities
from kgbuild.graph.merge.events import say_events
from kgbuild.graph.merge.identities import find_identities, part_namesakes
from kgbuild.graph.merge.offices import find_holders, find_tenures
from kgbuild.graph.merge.shared import say_shared
from kgbuild.graph.merge.state import Merging, Said
from kgbuild.graph.merge.tallies import count
from kgbuild.graph.merge.things import say_entities


class Merge(Merging):
    """One merge of the articles that the ledger has with those that are new, changed or gone."""

    def said(self, changed: Iterable[str], gone: Iterable[str]) -> Iterator[Said]:
        """What is now to be said otherwise, once the articles *changed* (or new) are taken in, and those *gone* left out."""
        changed = sorted(changed)
        for iri in sorted({*changed, *gone}):
            yield from leave_out(self, iri)
        for iri in changed:
            take_in(self, self.reading_of(iri))
        part_namesakes(self)
        find_identities(self)
        find_tenures(self)
        find_holders(self)
        yield from meet(self)
        name_entities(self)
        find_homes(self)
        view_claims(self)
        find_originals(self)
        cluster(self)
        yield from say_events(self)
        yield from say_entities(self)
        count(self)
        yield from say_shared(self)
