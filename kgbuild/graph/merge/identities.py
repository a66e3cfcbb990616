"""Who is who: whom a name means in which article, and which ids are one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import msgspec

from kgbuild.graph.identity import Identity, Judgement, Profile, identify, links
from kgbuild.graph.merge.state import ENCODE, Merging
from kgbuild.graph.profiles import Part, namesakes_of, profile_of
from kgbuild.ontology import Decision, Decisions

PART = msgspec.msgpack.Decoder(Part)
DECISIONS = msgspec.msgpack.Decoder(tuple[Decision, ...])


def part_namesakes(merge: Merging) -> None:
    """Find anew whom a name means in which article, for the names that touched articles give."""
    for entity in sorted(merge.touched.parted):
        rows = merge.ledger.rows("SELECT rowid, article, meant, said FROM part WHERE id = ? AND shared = 1", entity)
        other = namesakes_of(entity, {row[1]: PART.decode(row[3]).states for row in rows})
        for number, article, meant, _ in rows:
            now = other.get(article, entity)
            if now != meant:
                merge.ledger.do("UPDATE part SET meant = ? WHERE rowid = ?", now, number)
                merge.touched.ids |= {meant, now}
                merge.touched.articles.add(article)


def find_identities(merge: Merging) -> None:
    """Find anew which ids are one thing, among those that are linked to a touched one."""
    touched = merge.touched.ids | decided(merge)
    now: dict[str, frozenset[str]] = {}
    for entity in sorted(touched):
        profile = profile_in(merge, entity)
        now[entity] = links(profile, merge.ontology) if profile else frozenset()
    for group in linked(merge, touched, now):
        judge(merge, group)
    for entity, keys in now.items():
        merge.ledger.do("DELETE FROM link WHERE id = ?", entity)
        merge.ledger.put("link", [(key, entity) for key in sorted(keys)])


def decided(merge: Merging) -> set[str]:
    """The ids that decisions name which are new, or no longer taken."""
    earlier = DECISIONS.decode(merge.ledger.meta("decisions") or ENCODE(()))
    merge.ledger.keep("decisions", ENCODE(merge.decisions.all))
    return {entity for one in {*earlier} ^ {*merge.decisions.all} for entity in (one.a, one.b)}


def profile_in(merge: Merging, entity: str) -> Profile | None:
    rows = merge.ledger.each("SELECT article, said FROM part WHERE meant = ? ORDER BY article, rowid", entity)
    return profile_of(entity, ((article, PART.decode(said)) for article, said in rows), merge.ontology)


def linked(merge: Merging, touched: set[str], now: Mapping[str, frozenset[str]]) -> Iterator[list[str]]:
    """The groups of ids that share a key with one another, or did last time, as far as they hold a touched id."""
    holders = defaultdict[str, list[str]](list)
    for entity, keys in now.items():
        for key in keys:
            holders[key].append(entity)
    decided = defaultdict[str, set[str]](set)
    for one in merge.decisions.all:
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
            shared: set[str] = {row[0] for row in merge.ledger.rows("SELECT key FROM link WHERE id = ?", entity)}
            others = set(decided.get(entity, ()))
            known_by = merge.known.canonical.get(entity)
            others |= {known_by} if known_by else set()  # by a decision that is no longer taken
            others |= {row[0] for row in merge.ledger.rows("SELECT id FROM canonical WHERE known_by = ?", entity)}
            for key in (shared | now.get(entity, frozenset()) | {f"id {entity}"}) - seen_keys:
                seen_keys.add(key)
                others.update(holders.get(key, ()))
                others |= {row[0] for row in merge.ledger.rows("SELECT id FROM link WHERE key = ?", key)}
                if key.startswith("id "):
                    others.add(key[3:])
            waiting += others - seen
            seen |= others
        yield sorted(group)


def judge(merge: Merging, group: list[str]) -> None:
    """Find anew which of a group are one, and touch those that are another than last time."""
    found = Identity({}, (), ())
    members = frozenset(group)
    decisions = Decisions(tuple(one for one in merge.decisions.all if one.a in members))
    if len(group) > 1 or decisions.all:
        profiles = {entity: one for entity in group if (one := profile_in(merge, entity))}
        found = identify(profiles, merge.ontology, decisions)
    earlier = [row for entity in group for row in merge.ledger.take("judgement", "a", entity)]
    rows = [(*astuple(one), 1) for one in found.merges] + [(*astuple(one), 0) for one in found.refusals]
    merge.ledger.put("judgement", rows)
    merge.touched.judged |= {(a, b) for a, b, *_ in (*earlier, *rows)}
    for entity in group:
        before, now = merge.known.canonical.get(entity, entity), found.canonical.get(entity, entity)
        if before != now:
            merge.touched.entities |= {before, now}
            merge.ledger.do("DELETE FROM canonical WHERE id = ?", entity)
            merge.known.canonical.pop(entity, None)
            if now != entity:
                merge.ledger.put("canonical", [(entity, now)])
                merge.known.canonical[entity] = now
            merge.touched.articles |= naming(merge, entity)


def naming(merge: Merging, entity: str) -> set[str]:
    """The articles that name an id, as it is meant there."""
    return {row[0] for row in merge.ledger.rows("SELECT article FROM part WHERE meant = ?", entity)}


def astuple(one: Judgement) -> tuple[str, str, float, str]:
    """A judgement as a row."""
    return one.a, one.b, one.score, one.why
