"""The state or organisation for which each person, ministry and army acts: what a picture of many folds them into."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set

from kgbuild.ask.evidence import EntityProperties, Filler, Vocabulary
from kgbuild.ask.links import Link

FOLDED = ("Person", "GovernmentBody")
"""The classes of actors for whom another may stand; an armed group, a party or a company acts for itself."""
STANDING_IN = ("State", "IntergovernmentalOrganization")
"""The classes of those who stand for them."""
CLEAR = 2 / 3
"""The least share of what is said of an actor that has to name one and the same of them."""
OFFICE, PART = "holdsPosition", ("headOf", "spokespersonFor", "represents", "partOf", "memberOf", "chairs")


def stand_ins(
    entities: Mapping[str, EntityProperties],
    fillers: Mapping[str, Iterable[Filler]],
    acts_for: Mapping[str, Set[str]],
    relations: Iterable[Link],
    vocabulary: Vocabulary,
) -> dict[str, str]:
    """For whom each person and body acts, where the graph names one state or organisation and hardly another; the rest are
    left out.

    Each mention of one alone that represents it counts, each event in which somebody acts for it, each office in it or in
    a body of it: a minister of a ministry is his state's.
    """
    foldable = {iri for iri, entity in entities.items() if _is_any(entity.classes, FOLDED, vocabulary)}
    standing = {iri for iri, entity in entities.items() if _is_any(entity.classes, STANDING_IN, vocabulary)}
    foldable -= standing
    named: dict[str, Counter[str]] = defaultdict(Counter)
    for filling in fillers.values():
        meant: dict[tuple[str, int], set[str | None]] = defaultdict(set)
        for each in filling:
            meant[each.role, each.start].add(each.entity)
        for each in filling:
            # "The leaders" does not say who of them acts for which state.
            alone = len(meant[each.role, each.start]) == 1 or each.start < 0
            if alone and each.entity in foldable and each.state in standing:
                named[each.entity][each.state] += 1
    for iri in foldable & acts_for.keys():
        named[iri].update(acts_for[iri] & standing)
    held = sorted({(link.source, link.target) for link in relations if link.relation in (OFFICE, *PART)})
    for holder, body in held:
        if holder in foldable and body in standing:
            named[holder][body] += 1
    found = {iri: state for iri, counts in named.items() if (state := _clear(counts))}
    for holder, body in held:
        if holder in foldable and holder not in named and body in found:
            named[holder][found[body]] += 1
            found[holder] = found[body]
    return found


def _clear(counts: Counter[str]) -> str | None:
    """Whom most name, where two in three do."""
    if not counts:
        return None
    state = min(counts, key=lambda name: (-counts[name], name))
    return state if counts[state] >= CLEAR * counts.total() else None


def _is_any(classes: Set[str], wanted: tuple[str, ...], vocabulary: Vocabulary) -> bool:
    """Whether one of *classes* is one of those *wanted*, or below it."""
    return any(above in wanted for name in classes for above in vocabulary.lineage(name))
