"""What all articles say together, made again only where new, changed or removed articles touch it.

A merge goes from articles to ids, entities, offices, views of claims, events and edges. At each step it takes up what the
step before has changed, works that out again by the same functions as for any other graph (`entities`, `events`), and
compares it with what the ledger has of last time; only what differs goes on. A first merge is the one where all is new.
The outcome is what is now to be said of each subject in each graph, so that a store can take the difference.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import msgspec
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kgbuild.graph import events, reprints
from kgbuild.graph.claim_view import Acting, ClaimView, acting_in, home_of, viewer
from kgbuild.graph.clustering import Clusters, Place, families, merged, place_of
from kgbuild.graph.edges import relation_edges
from kgbuild.graph.entities import (
    Entities,
    Entity,
    entity_facts,
    mention_facts,
    merge_facts,
    met_in,
    refusal_facts,
    tenure_facts,
    tenure_id,
    tenures_in,
)
from kgbuild.graph.event_cluster import bond_by
from kgbuild.graph.events import Event, Outline
from kgbuild.graph.identity import Identity, Judgement, Profile, identify, links
from kgbuild.graph.ledger import Ledger
from kgbuild.graph.mentions import Resolution, Resolutions, all_mentions, day_of
from kgbuild.graph.profiles import NAMESAKE, Part, as_read, namesakes_of, parts_of, profile_of
from kgbuild.graph.summaries import claim_summaries
from kgbuild.graph.tenures import Attestation, Seat, TenureKey, holder_on, seat_alone
from kgbuild.graph.triples import EDGES, EVENTS, THINGS, Facts, claim_iri, mention_iri, thing
from kgbuild.model import Article, Mention, Reading
from kgbuild.ontology import Decision, Decisions, Ontology

ENCODE = msgspec.msgpack.Encoder(order="deterministic").encode
PART, VIEW = msgspec.msgpack.Decoder(Part), msgspec.msgpack.Decoder(tuple[ClaimView, tuple[bool, ...]])
ATTESTATION, OUTLINE = msgspec.msgpack.Decoder(Attestation), msgspec.msgpack.Decoder(Outline)
PLACE, MET = msgspec.msgpack.Decoder(Place), msgspec.msgpack.Decoder(tuple[dict[str, int], dict[str, int], dict[str, int]])
DECISIONS, ACTING = msgspec.msgpack.Decoder(tuple[Decision, ...]), msgspec.msgpack.Decoder(list[tuple[Acting, int]])


NAMED = 8192
"""So many names of entities are held."""


class Said(NamedTuple):
    """All that a graph says of a subject now; of all its subjects where that is None."""

    graph: NamedNode
    subject: NamedNode | None
    quads: list[Quad]


class Merge:
    """One merge of the articles that the ledger has with those that are new, changed or gone.

    *reading_of* and *article_of* give the reading and the article of an IRI. Call the steps in their order, or `said`.
    """

    def __init__(
        self,
        ledger: Ledger,
        ontology: Ontology,
        decisions: Decisions,
        reading_of: Callable[[str], Reading],
        article_of: Callable[[str], Article],
    ) -> None:
        self._ledger, self._ontology, self._decisions = ledger, ontology, decisions
        self._reading_of, self._article_of = reading_of, article_of
        self._known = _Known(ledger, ontology)
        self._touched = _Touched()

    def said(self, changed: Iterable[str], gone: Iterable[str]) -> Iterator[Said]:
        """What is now to be said otherwise, once the articles *changed* (or new) are taken in, and those *gone* left out."""
        changed = sorted(changed)
        for iri in sorted({*changed, *gone}):
            yield from self._leave_out(iri)
        for iri in changed:
            self._take_in(self._reading_of(iri))
        self._part_namesakes()
        self._identify()
        self._find_tenures()
        self._find_holders()
        yield from self._meet()
        self._name_entities()
        self._find_homes()
        self._view_claims()
        self._find_originals()
        self._cluster()
        yield from self._say_events()
        yield from self._say_entities()
        yield from self._say_shared()

    # -- articles -------------------------------------------------------------------------------------

    def _leave_out(self, iri: str) -> Iterator[Said]:
        """Forget an article: what only it says goes now, what it had a part in is touched."""
        found = self._ledger.take("article", "iri", iri)
        if not found:
            return
        self._touched.gone.add(iri)
        for row in self._ledger.take("part", "article", iri):
            self._touched.parted.add(row[1])
            self._touched.ids |= {row[1], row[3]}
        for mention in msgspec.msgpack.decode(found[0][4]):
            yield Said(thing(THINGS), thing(f"{iri}/mention/{mention}"), [])

    def _take_in(self, reading: Reading) -> None:
        iri, article = reading.article.iri, reading.article
        self._touched.articles.add(iri)
        self._touched.new.add(iri)
        mentions = {f"{m.span.start}-{m.span.end}-{m.cls}": None for m in all_mentions(reading)}
        sketch = reprints.sketch_of(article)
        row = iri, article.issued or "", reprints.publisher_key(article), sketch, ENCODE([*mentions])
        self._ledger.put("article", [row])
        rows = []
        for (entity, shared), part in parts_of(reading, self._ontology).items():
            rows.append((iri, entity, int(shared), entity, ENCODE(part)))
            self._touched.ids.add(entity)
            if shared:
                self._touched.parted.add(entity)
        self._ledger.put("part", rows)

    # -- who is who -----------------------------------------------------------------------------------

    def _part_namesakes(self) -> None:
        """Find anew whom a name means in which article, for the names that touched articles give."""
        for entity in sorted(self._touched.parted):
            rows = self._ledger.rows("SELECT rowid, article, meant, said FROM part WHERE id = ? AND shared = 1", entity)
            other = namesakes_of(entity, {row[1]: PART.decode(row[3]).states for row in rows})
            for number, article, meant, _ in rows:
                now = other.get(article, entity)
                if now != meant:
                    self._ledger.do("UPDATE part SET meant = ? WHERE rowid = ?", now, number)
                    self._touched.ids |= {meant, now}
                    self._touched.articles.add(article)

    def _identify(self) -> None:
        """Find anew which ids are one thing, among those that are linked to a touched one."""
        touched = self._touched.ids | self._decided()
        now: dict[str, frozenset[str]] = {}
        for entity in sorted(touched):
            profile = self._profile(entity)
            now[entity] = links(profile, self._ontology) if profile else frozenset()
        for group in self._linked(touched, now):
            self._judge(group)
        for entity, keys in now.items():
            self._ledger.do("DELETE FROM link WHERE id = ?", entity)
            self._ledger.put("link", [(key, entity) for key in sorted(keys)])

    def _decided(self) -> set[str]:
        """The ids that decisions name which are new, or no longer taken."""
        earlier = DECISIONS.decode(self._ledger.meta("decisions") or ENCODE(()))
        self._ledger.keep("decisions", ENCODE(self._decisions.all))
        return {entity for one in {*earlier} ^ {*self._decisions.all} for entity in (one.a, one.b)}

    def _profile(self, entity: str) -> Profile | None:
        rows = self._ledger.each("SELECT article, said FROM part WHERE meant = ? ORDER BY article, rowid", entity)
        return profile_of(entity, ((article, PART.decode(said)) for article, said in rows), self._ontology)

    def _linked(self, touched: set[str], now: Mapping[str, frozenset[str]]) -> Iterator[list[str]]:
        """The groups of ids that share a key with one another, or did last time, as far as they hold a touched id."""
        holders = defaultdict[str, list[str]](list)
        for entity, keys in now.items():
            for key in keys:
                holders[key].append(entity)
        decided = defaultdict[str, set[str]](set)
        for one in self._decisions.all:
            decided[one.a].add(one.b)
            decided[one.b].add(one.a)
        seen, seen_keys = set[str](), set[str]()
        for first in sorted(touched):
            if first in seen:
                continue
            group, waiting = list[str](), [first]
            seen.add(first)
            while waiting:
                entity = waiting.pop()
                group.append(entity)
                shared: set[str] = {row[0] for row in self._ledger.rows("SELECT key FROM link WHERE id = ?", entity)}
                others = set(decided.get(entity, ()))
                known_by = self._known.canonical.get(entity)
                others |= {known_by} if known_by else set()  # by a decision that is no longer taken
                others |= {row[0] for row in self._ledger.rows("SELECT id FROM canonical WHERE known_by = ?", entity)}
                for key in (shared | now.get(entity, frozenset()) | {f"id {entity}"}) - seen_keys:
                    seen_keys.add(key)
                    others.update(holders.get(key, ()))
                    others |= {row[0] for row in self._ledger.rows("SELECT id FROM link WHERE key = ?", key)}
                    if key.startswith("id "):
                        others.add(key[3:])
                waiting += others - seen
                seen |= others
            yield sorted(group)

    def _judge(self, group: list[str]) -> None:
        """Find anew which of a group are one, and touch those that are another than last time."""
        found = Identity({}, (), ())
        members = frozenset(group)
        decisions = Decisions(tuple(one for one in self._decisions.all if one.a in members))
        if len(group) > 1 or decisions.all:
            profiles = {entity: one for entity in group if (one := self._profile(entity))}
            found = identify(profiles, self._ontology, decisions)
        earlier = [row for entity in group for row in self._ledger.take("judgement", "a", entity)]
        rows = [(*astuple(one), 1) for one in found.merges] + [(*astuple(one), 0) for one in found.refusals]
        self._ledger.put("judgement", rows)
        self._touched.judged |= {(a, b) for a, b, *_ in (*earlier, *rows)}
        for entity in group:
            before, now = self._known.canonical.get(entity, entity), found.canonical.get(entity, entity)
            if before != now:
                self._touched.entities |= {before, now}
                self._ledger.do("DELETE FROM canonical WHERE id = ?", entity)
                self._known.canonical.pop(entity, None)
                if now != entity:
                    self._ledger.put("canonical", [(entity, now)])
                    self._known.canonical[entity] = now
                self._touched.articles |= self._naming(entity)

    def _naming(self, entity: str) -> set[str]:
        """The articles that name an id, as it is meant there."""
        return {row[0] for row in self._ledger.rows("SELECT article FROM part WHERE meant = ?", entity)}

    # -- offices --------------------------------------------------------------------------------------

    def _find_tenures(self) -> None:
        """Find anew the tenures that touched articles attest, and the seats that they name alone."""
        self._known.knows_holders = False
        for iri in sorted(self._touched.gone | self._touched.articles):
            for row in self._ledger.take("tenure", "article", iri):
                self._touched.tenures.add(TenureKey(*row[:3]))
            self._ledger.take("alone", "article", iri)
        for iri in sorted(self._touched.articles):
            reading = self._reading_of(iri)
            found = tenures_in(reading, self._known)
            self._ledger.put("tenure", [(*key, iri, ENCODE(one)) for key, one in found.items()])
            self._touched.tenures |= found.keys()
            day = day_of(reading)
            seats = {seat for m in all_mentions(reading) if (seat := seat_alone(m, self._ontology))} if day else set()
            self._ledger.put("alone", [(iri, *seat, day, None, None) for seat in sorted(seats)])
            self._touched.seats |= seats
        self._touched.seats |= {Seat(key.office, key.of) for key in self._touched.tenures}
        self._known.knows_holders = True

    def _find_holders(self) -> None:
        """Find anew whom a touched seat, named alone, means in each article."""
        for seat in sorted(self._touched.seats):
            named = self._ledger.rows(
                "SELECT rowid, article, day, holder, why FROM alone WHERE office = ? AND of = ?", *seat
            )
            tenures = self._tenures(seat) if named else {}
            bounds = {key: replace(one, days=_ends(one.days), over=_ends(one.over)) for key, one in tenures.items()}
            for number, article, day, holder, why in named:
                now = holder_on(day, bounds)
                one, because = (now.entities[0], now.why) if now else (None, None)
                if (one, because) != (holder, why):
                    self._ledger.do("UPDATE alone SET holder = ?, why = ? WHERE rowid = ?", one, because, number)
                    self._touched.articles.add(article)

    def _tenures(self, seat: Seat) -> dict[TenureKey, Attestation]:
        found: defaultdict[TenureKey, Attestation] = defaultdict(Attestation)
        for holder, said in self._ledger.each("SELECT holder, said FROM tenure WHERE office = ? AND of = ?", *seat):
            key, one = TenureKey(holder, *seat), ATTESTATION.decode(said)
            mine = found[key]
            mine.claims += one.claims
            mine.days |= one.days
            mine.began |= one.began
            mine.over |= one.over
        return dict(found)

    # -- entities -------------------------------------------------------------------------------------

    def _meet(self) -> Iterator[Said]:
        """Note again what touched articles mention, and say what their mentions denote."""
        for iri in sorted(self._touched.gone | self._touched.articles):
            self._touched.entities |= {row[1] for row in self._ledger.take("met", "article", iri)}
            self._touched.actors |= {row[1] for row in self._ledger.take("acting", "article", iri)}
            self._disown(f"relations {iri}")
        for iri in sorted(self._touched.articles):
            reading = self._reading_of(iri)
            met, acting = met_in(reading, self._known), acting_in(reading, self._known)
            self._ledger.put("met", [(iri, key, ENCODE((one.classes, one.names, one.labels))) for key, one in met.items()])
            self._ledger.put("acting", [(iri, key, ENCODE(sorted(some.items()))) for key, some in acting.items()])
            self._touched.entities |= met.keys()
            self._touched.actors |= acting.keys()
            made, edges, summaries = Facts(THINGS), Facts(EDGES), Facts(EVENTS)
            mention_facts(made, reading, self._known)
            yield from by_subject(made, {mention_iri(reading, mention): None for mention in all_mentions(reading)})
            relation_edges(edges, [reading], self._known)
            self._share(edges, f"relations {iri}")
            claim_summaries(summaries, [reading], self._known)
            self._share(summaries, f"relations {iri}")

    def _name_entities(self) -> None:
        """Find anew the class and name of touched entities; where these change, so does what is made of them."""
        self._touched.entities |= {part for key in self._touched.tenures for part in key}
        for entity in sorted(self._touched.entities):
            before = self._ledger.row("SELECT cls, label FROM entity WHERE id = ?", entity)
            met = self._known.by_id.get(entity)
            now = None
            if met is not None:
                known = self._ontology.known(entity)
                now = (known.cls, known.label) if known else (met.cls, met.label)
            if before == now:
                continue
            self._ledger.do("DELETE FROM entity WHERE id = ?", entity)
            self._known.forget(entity)
            if now is not None:
                self._ledger.put("entity", [(entity, *now)])
            if before is None or now is None:
                self._touched.come_or_gone.add(entity)
            if before is None or now is None or before[0] != now[0]:
                self._touched.articles_viewed |= self._meeting(entity)
            if before is None or now is None or before[1] != now[1]:
                self._touched.renamed.add(entity)

    def _meeting(self, entity: str) -> set[str]:
        """The articles that mention an entity."""
        return {row[0] for row in self._ledger.rows("SELECT article FROM met WHERE id = ?", entity)}

    def _find_homes(self) -> None:
        """Find anew whom touched persons act for where a claim does not say it."""
        for entity in sorted(self._touched.actors):
            counts = Counter[Acting]()
            for (said,) in self._ledger.each("SELECT said FROM acting WHERE id = ?", entity):
                for acting, number in ACTING.decode(said):
                    counts[acting] += number
            before, now = self._known.home(entity), home_of(counts) or entity
            if before != now:
                self._ledger.do("DELETE FROM home WHERE id = ?", entity)
                self._ledger.put("home", [(entity, now)] if now != entity else [])
                self._touched.articles_viewed |= self._meeting(entity)

    # -- events ---------------------------------------------------------------------------------------

    def _view_claims(self) -> None:
        """See the claims of touched articles anew; those that say what they said before stay as they are."""
        view = viewer(self._known, self._known.home)
        for iri in sorted(self._touched.gone | self._touched.articles | self._touched.articles_viewed):
            rows = self._ledger.rows(
                "SELECT number, place, cluster, said FROM claim JOIN view USING (number) WHERE article = ?", iri
            )
            earlier = {}
            for number, place, cluster, said in rows:
                one = PLACE.decode(place)._replace(cluster=cluster)
                earlier[one.start, one.stop, one.type] = number, one, said
            reading = None if iri in self._touched.gone - self._touched.articles else self._reading_of(iri)
            for one_view in view(reading) if reading else ():
                said = ENCODE((_alone(one_view), tuple(map(bool, self._denoted(one_view)))))
                number, place, before = earlier.pop(one_view.key[1:], (0, None, b""))
                if said == before:
                    continue
                kind = one_view.claim.claims
                if place is None:
                    number = self._ledger.do("INSERT INTO claim VALUES (NULL, ?, ?, NULL, -1)", iri, kind)
                else:
                    self._touched.claims_gone.append(place)
                now = place_of(one_view, number)
                self._ledger.do("UPDATE claim SET place = ?, cluster = -1 WHERE number = ?", ENCODE(now), number)
                self._ledger.put("view", [(number, said)])
                self._touched.claims.add(number)
                self._touched.types.add(kind)
            for number, place, _ in earlier.values():
                self._touched.claims_gone.append(place)
                self._ledger.do("DELETE FROM claim WHERE number = ?", number)
                self._ledger.do("DELETE FROM view WHERE number = ?", number)
        self._touched.types |= {one.type for one in self._touched.claims_gone}

    def _denoted(self, view: ClaimView) -> list[tuple[str, ...]]:
        return [self._known.of(view.reading, role.mention) for role in view.claim.roles]

    def _view(self, number: int) -> ClaimView:
        row = self._ledger.row("SELECT said FROM view WHERE number = ?", number)
        if row is None:
            raise KeyError(number)
        found: ClaimView = VIEW.decode(row[0])[0]
        return found

    def _find_originals(self) -> None:
        """Find anew which article is a reprint of which, and touch the claims of those whose source is another."""
        ledger = self._ledger
        for iri in self._touched.gone:
            ledger.do("DELETE FROM one_text WHERE a = ? OR b = ?", iri, iri)
        new = self._touched.new
        rows = ledger.rows("SELECT iri, sketch FROM article WHERE length(sketch) > 0 ORDER BY iri") if new else []
        iris, sketches = [row[0] for row in rows], [row[1] for row in rows]
        ledger.put("one_text", reprints.one_text(iris, sketches, new & {*iris}, self._article_of))
        pairs = ledger.rows("SELECT a, b FROM one_text ORDER BY a, b")
        issued = {iri: self._row(iri)[0] for pair in pairs for iri in pair}
        now = reprints.earliest(((a, b) for a, b in pairs), issued)
        before: dict[str, str] = dict(ledger.rows("SELECT iri, original FROM reprint"))
        ledger.do("DELETE FROM reprint")
        ledger.put("reprint", sorted(now.items()))
        self._touched.reprints = {iri: now.get(iri) for iri in {*now, *before} if now.get(iri) != before.get(iri)}
        self._originals = now
        # An original that is issued again says who its reprints have their text from.
        sources = {iri: one for iri, one in now.items() if one in new}
        for iri in {*self._touched.reprints, *sources}:
            self._touched.events |= {row[0] for row in ledger.rows("SELECT cluster FROM claim WHERE article = ?", iri)}

    def _row(self, iri: str) -> tuple[str, str]:
        """When an article was issued, and the key of its publisher."""
        row = self._ledger.row("SELECT issued, publisher FROM article WHERE iri = ?", iri)
        return (row[0], row[1]) if row else ("", iri)

    def _cluster(self) -> None:
        """Put the claims of touched types into clusters again, one family of types after the other."""
        family, bond = families(self._ontology), bond_by(self._known)
        for name in sorted({family[kind] for kind in self._touched.types}):
            kinds = sorted(kind for kind, widest in family.items() if widest == name)
            marks = ", ".join("?" for _ in kinds)
            rows = self._ledger.each(f"SELECT place, cluster FROM claim WHERE type IN ({marks})", *kinds)
            claims = [PLACE.decode(place)._replace(cluster=cluster) for place, cluster in rows]
            gone = [one for one in self._touched.claims_gone if family[one.type] == name]
            clusters = Clusters(self._ontology, bond, self._view)
            found = merged(clusters, claims, gone, self._touched.claims, self._ontology)
            before = {one.cluster for one in (*claims, *gone)} - {-1}
            self._touched.events |= before - found.keys()
            for number, cluster in found.items():
                if cluster.changed:
                    self._touched.events.add(number)
                    moved = [(number, one.number) for one in cluster.claims if one.cluster != number]
                    self._ledger.do_each("UPDATE claim SET cluster = ? WHERE number = ?", moved)

    def _say_events(self) -> Iterator[Said]:
        """What is to be said of touched events: of those with other claims, sources, or names of who takes part; of plans
        that are called off, or no longer; and of those that go by another name as the first one of that name has changed.
        """
        ledger, touched = self._ledger, self._touched
        for entity in sorted(touched.renamed):
            touched.events |= {row[0] for row in ledger.rows("SELECT event FROM needs WHERE id = ?", entity)}
        touched.events.discard(-1)
        for one in touched.claims_gone:
            yield Said(thing(EVENTS), thing(f"{one.article}/claim/{one.start}-{one.stop}-{one.type}"), [])
        bases, locals = set[str](), dict[int, str]()
        for number in sorted(touched.events):
            for _, base, local, *_ in ledger.take("event", "number", number):
                bases.add(base)
                locals[number] = local
            touched.needed |= {row[1] for row in ledger.take("needs", "event", number)}
            self._disown(f"event {number}")
            event = self._event(number)
            if event is not None:
                base, outline = events.local_name(event, self._ontology.sides), events.outline(event, self._ontology)
                bases.add(base)
                said = ENCODE(outline) if outline else None
                ledger.put("event", [(number, base, "", ENCODE(event.order), said, 0)])
                needed = dict.fromkeys(self._names(event), 0) | dict.fromkeys(event.parties, 1)
                ledger.put("needs", [(number, entity, party) for entity, party in sorted(needed.items())])
                touched.needed |= needed.keys()
        renamed = self._name_events(bases)
        again = self._call_off() | renamed.keys()
        for number in again - touched.events:
            locals[number] = renamed.get(number, "")
            self._disown(f"event {number}")
        for local in filter(None, locals.values()):
            yield Said(thing(EVENTS), thing(local), [])
        for number in sorted(again | touched.events):
            event, row = self._event(number), ledger.row("SELECT local, off FROM event WHERE number = ?", number)
            if event is None or row is None:
                continue
            event.cancelled = bool(row[1])
            made, edges = Facts(EVENTS), Facts(EDGES)
            events.event_facts(made, edges, event, row[0], self._known)
            own = {thing(row[0]), *(claim_iri(view.reading, view.claim) for view in event.views)}
            yield from by_subject(made, own)
            self._share((quad for quad in made if quad.subject not in own), f"event {number}")
            self._share(edges, f"event {number}")

    def _event(self, number: int) -> Event | None:
        """The event of a cluster; None where there is no such cluster."""
        claims = [row[0] for row in self._ledger.rows("SELECT number FROM claim WHERE cluster = ?", number)]
        views = [self._view(claim) for claim in claims]
        kinds = {claim: view.claim.claims for claim, view in zip(claims, views, strict=True)}
        return Event(kinds[number], views, self._sources(views)) if views else None

    def _sources(self, views: Iterable[ClaimView]) -> dict[str, str]:
        articles = {view.article for view in views}
        return {iri: self._row(self._originals.get(iri, iri))[1] for iri in articles}

    def _names(self, event: Event) -> Iterator[str]:
        """The entities that the facts of an event may name."""
        for view in event.views:
            yield from (entity for _, entity in view.roles)
        for standing in event.standings:
            yield from (standing.entity, standing.end, *standing.acts_for)

    def _call_off(self) -> set[int]:
        """Find anew which plans are called off; those for which that has changed."""
        rows = self._ledger.rows("SELECT number, rank, outline, off FROM event WHERE outline IS NOT NULL")
        outlines = sorted((tuple(msgspec.msgpack.decode(rank)), OUTLINE.decode(said)) for _, rank, said, _ in rows)
        off = events.called_off(outlines, self._ontology)
        now = {number: int(tuple(msgspec.msgpack.decode(rank)) in off) for number, rank, _, _ in rows}
        changed = {number for number, _, _, before in rows if now[number] != before}
        for number in changed:
            self._ledger.do("UPDATE event SET off = ? WHERE number = ?", now[number], number)
        return changed

    def _name_events(self, bases: set[str]) -> dict[int, str]:
        """Give the events of each of these names a name of their own; the names that some had before."""
        before: dict[int, str] = {}
        for base in sorted(bases):
            rows = self._ledger.rows("SELECT number, local, rank FROM event WHERE base = ?", base)
            ordered = sorted(rows, key=lambda row: tuple(msgspec.msgpack.decode(row[2])))
            for place, (number, local, rank) in enumerate(ordered):
                now = f"{base}-{events.digest(tuple(msgspec.msgpack.decode(rank)))}" if place else base
                if now != local:
                    self._ledger.do("UPDATE event SET local = ? WHERE number = ?", now, number)
                    before[number] = local
        return before

    # -- what is said of all of them ------------------------------------------------------------------

    def _say_entities(self) -> Iterator[Said]:
        """What is to be said of touched entities, tenures, merges and refusals, and of reprints."""
        ledger, touched, known = self._ledger, self._touched, self._known
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
            attestation = self._tenures(Seat(key.office, key.of)).get(key)
            if attestation is not None:
                tenure_facts(made, key, attestation, known)
            yield Said(thing(THINGS), thing(tenure_id(key)), list(made))
        yield from self._say_judgements()
        for iri, original in sorted(touched.reprints.items()):
            yield Said(thing(THINGS), thing(iri), list(reprints.facts({iri: original} if original else {})))

    def _say_judgements(self) -> Iterator[Said]:
        for entity in sorted(self._touched.come_or_gone):
            names = {entity, *(row[0] for row in self._ledger.rows("SELECT id FROM canonical WHERE known_by = ?", entity))}
            for one in names:
                rows = self._ledger.rows("SELECT a, b FROM judgement WHERE a = ?1 OR b = ?1", one)
                self._touched.judged |= {(a, b) for a, b in rows}
        for pair in sorted(self._touched.judged):
            merges, refusals = Facts(THINGS), Facts(THINGS)
            for a, b, score, why, one in self._ledger.rows("SELECT * FROM judgement WHERE a = ? AND b = ?", *pair):
                tell = merge_facts if one else refusal_facts
                tell(merges if one else refusals, Judgement(a, b, score, why), self._known)
            yield Said(thing(THINGS), thing("merge/{}-{}".format(*pair)), list(merges))
            yield Said(thing(THINGS), thing("refusal/{}-{}".format(*pair)), list(refusals))

    def _share(self, quads: Iterable[Quad], owner: str) -> None:
        """Note that *owner* makes these statements, which others may make too."""
        rows = [(q.graph_name.value, q.subject.value, f"{q.predicate} {q.object}", owner) for q in quads]  # type: ignore[union-attr]
        self._ledger.put("shared", rows)
        self._ledger.put("shared_anew", (row[:2] for row in rows))

    def _disown(self, owner: str) -> None:
        self._ledger.put("shared_anew", (row[:2] for row in self._ledger.take("shared", "owner", owner)))

    def _say_shared(self) -> Iterator[Said]:
        for graph, subject in self._ledger.each("SELECT graph, subject FROM shared_anew ORDER BY graph, subject"):
            rows = self._ledger.rows(
                "SELECT DISTINCT rest FROM shared WHERE graph = ? AND subject = ? ORDER BY rest", graph, subject
            )
            text = "".join(f"<{subject}> {rest} <{graph}> .\n" for (rest,) in rows)
            yield Said(NamedNode(graph), NamedNode(subject), list(parse(text.encode(), RdfFormat.N_QUADS)))


class _Touched:
    """What a merge has changed so far."""

    def __init__(self) -> None:
        self.gone: set[str] = set()
        """Articles that the ledger had, of which some are taken in again."""
        self.new: set[str] = set()
        """Articles that are taken in."""
        self.articles: set[str] = set()
        """Articles that are new, or of which mentions now denote others."""
        self.articles_viewed: set[str] = set()
        """Others of which claims may be seen otherwise."""
        self.parted: set[str] = set()
        """Names that several persons may bear."""
        self.ids: set[str] = set()
        self.judged: set[tuple[str, str]] = set()
        self.tenures: set[TenureKey] = set()
        self.seats: set[Seat] = set()
        self.entities: set[str] = set()
        self.actors: set[str] = set()
        self.come_or_gone: set[str] = set()
        self.renamed: set[str] = set()
        self.needed: set[str] = set()
        """Entities that events speak of, or did."""
        self.claims: set[int] = set()
        self.claims_gone: list[Place] = []
        """Where claims stood that are no longer there, or are seen otherwise."""
        self.types: set[str] = set()
        self.events: set[int] = set()
        self.reprints: dict[str, str | None] = {}


class _Known(Entities):
    """The entities of the ledger, looked up when they are asked for."""

    def __init__(self, ledger: Ledger, ontology: Ontology) -> None:
        canonical: dict[str, str] = dict(ledger.rows("SELECT id, known_by FROM canonical"))
        super().__init__(ontology, identity=Identity(canonical, (), ()), resolutions=Resolutions(_Resolved(self)))  # type: ignore[arg-type]
        self.ledger = ledger
        self.by_id = _ById(ledger)  # type: ignore[assignment]
        self.knows_holders = True
        """Whether it is known by now who held which office when."""
        self._named: dict[str, tuple[str, str]] = {}

    def label(self, entity: str) -> str:
        return self._called(entity)[1]

    def cls(self, entity: str) -> str:
        return self._called(entity)[0]

    def _called(self, entity: str) -> tuple[str, str]:
        if entity not in self._named:
            if len(self._named) > NAMED:
                self._named.clear()
            known = self.ontology.known(entity)
            row = None if known else self.ledger.row("SELECT cls, label FROM entity WHERE id = ?", entity)
            plain = "Thing", entity.rsplit("/", 1)[-1].replace("_", " ")
            self._named[entity] = (known.cls, known.label) if known else row or plain
        return self._named[entity]

    def forget(self, entity: str) -> None:
        """Look it up again when it is asked for next."""
        self._named.pop(entity, None)

    def home(self, entity: str) -> str:
        """Whom a person acts for where a claim does not say it; else himself."""
        row = self.ledger.row("SELECT party FROM home WHERE id = ?", entity)
        return row[0] if row else entity


class _ById(Mapping[str, Entity]):
    """The entities that mentions denote, or offices are said of, by id."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def __getitem__(self, entity: str) -> Entity:
        rows = self._ledger.rows("SELECT said FROM met WHERE id = ?", entity)
        if not rows and not self._in_tenure(entity):
            raise KeyError(entity)
        found = Entity(entity)
        for (said,) in rows:
            found.add(Entity(entity, *map(Counter, MET.decode(said))))
        return found

    def __contains__(self, entity: object) -> bool:
        row = self._ledger.row("SELECT 1 FROM met WHERE id = ?", entity)
        return row is not None or self._in_tenure(entity)

    def _in_tenure(self, entity: object) -> bool:
        asked = (f"SELECT 1 FROM tenure WHERE {part} = ? LIMIT 1" for part in TenureKey._fields)
        return any(self._ledger.row(sql, entity) for sql in asked)

    def __iter__(self) -> Iterator[str]:
        return (row[0] for row in self._ledger.each("SELECT id FROM entity ORDER BY id"))

    def __len__(self) -> int:
        [(number,)] = self._ledger.rows("SELECT count(*) FROM entity")
        return int(number)


class _Resolved:
    """By article, the mentions that other articles decide on; like `Resolutions.by_article`, looked up when asked for."""

    def __init__(self, known: _Known) -> None:
        self._known = known
        self._last: tuple[str, bool, Any] = ("", False, None)

    def get(self, article: str) -> _ResolvedHere:
        key = article, self._known.knows_holders
        if self._last[:2] != key:
            self._last = (*key, _ResolvedHere(self._known, article))
        found: _ResolvedHere = self._last[2]
        return found


class _ResolvedHere:
    def __init__(self, known: _Known, article: str) -> None:
        self._ontology = known.ontology
        ledger = known.ledger
        rows = ledger.rows("SELECT id, meant FROM part WHERE article = ? AND meant != id", article)
        self._namesakes: dict[str, str] = dict(rows)
        rows = ledger.rows("SELECT office, of, holder, why FROM alone WHERE article = ? AND holder NOT NULL", article)
        self._holders = {Seat(o, of): Resolution((e,), why) for o, of, e, why in rows if known.knows_holders}

    def get(self, mention: Mention) -> Resolution | None:
        if len(mention.entities) == 1:
            other = self._namesakes.get(mention.entities[0])
            return Resolution((other,), NAMESAKE) if other and as_read(mention, self._ontology).shared else None
        seat = seat_alone(mention, self._ontology) if self._holders else None
        return self._holders.get(seat) if seat else None


def by_subject(made: Facts, own: Iterable[NamedNode] | None = None) -> Iterator[Said]:
    """What is said, by subject; of the subjects *own* alone, where these are given."""
    found: dict[Any, list[Quad]] = {subject: [] for subject in own or ()}
    for quad in made:
        if own is None or quad.subject in found:
            found.setdefault(quad.subject, []).append(quad)
    for subject, quads in found.items():
        yield Said(made.graph, subject, quads)


def astuple(one: Judgement) -> tuple[str, str, float, str]:
    """A judgement as a row."""
    return one.a, one.b, one.score, one.why


def _ends(days: set[str]) -> set[str]:
    """The first and the last of some days."""
    return {min(days), max(days)} if days else days


def _alone(view: ClaimView) -> ClaimView:
    """A view without the text of its article, and without what else was read there."""
    article = replace(view.reading.article, text="", blocks=())
    return replace(view, reading=Reading(article, (), (), ()))
