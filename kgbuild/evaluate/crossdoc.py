"""Whether what several articles name is one thing in the graph: coreference across documents, as NewsWCL50 labels it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kgbuild.evaluate.figures import NONE, Figure, Miss, Part, share
from kgbuild.evaluate.matching import HALF, Place, dice, overlap, place_of, word_starts
from kgbuild.evaluate.pages import Page, Record
from kgbuild.graph import entities, events
from kgbuild.model import Reading
from kgbuild.ontology import Ontology

ACTORS = ("ACTOR", "COUNTRY")
HAPPENINGS = ("EVENT", "ACTION")
DAY = "2000-01-01"
"""The records have no dates; those of one happening are taken as written on one day, as their outlets did."""
Key = object
Named = tuple[Page, Record]
"""A labelled mention and its record."""


def is_crossdoc(record: Record) -> bool:
    """Whether mentions of actors have the id of a chain that other records share."""
    return any(e.get("coref") and e.get("type") in ACTORS for e in record.get("entities") or ())


def score_crossdoc(pages: list[Page], ontology: Ontology) -> Part:
    """B³ of the labelled mentions of actors and of events, the records of one `split` merged as `build` merges a corpus.

    Mentions given are those of the gold; each is what the mention of ours is that has most of its words, or, for an event,
    the claim whose trigger stands in it. One that nothing of ours stands for is a thing of its own (Bagga and Baldwin 1998;
    Cai and Strube 2010). Bags of unnamed individuals are not scored. Beside each stand the naive rules: actors are one
    that are called the same, events that have the same type.
    """
    figures: list[Figure] = []
    misses: list[Miss] = []
    scored: dict[str, list[tuple[Key, Key, Key]]] = {"actors": [], "events": []}
    joined = Counter[str]()
    groups: defaultdict[str, list[Page]] = defaultdict(list)
    for page in pages:
        groups[str(page.record.get("split") or "")].append(page)
    for split, group in sorted(groups.items()):
        readings = {page.id: _dated(page.reading) for page in group if page.reading}
        things = entities.merge(readings.values(), ontology)
        found = events.merge(readings.values(), things)
        home = {t.key: (event.type, event.views[0].key) for event in found for t in event.views}
        for page, label in _labels(group, ACTORS):
            mine = _actor(page, label, things)
            called = " ".join(label["text"].casefold().split())
            scored["actors"].append(((split, label["coref"]), mine and (split, mine), (split, called)))
        chains: defaultdict[str, list[tuple[str, Key, Key]]] = defaultdict(list)
        for page, label in _labels(group, HAPPENINGS):
            mine, kind = _event(page, label, home)
            scored["events"].append(((split, label["coref"]), mine and (split, mine), kind and (split, kind)))
            chains[label["coref"]].append((page.id, mine, kind))
        for chain, told in sorted(chains.items()):
            articles = len({article for article, _, _ in told})
            if articles > 1:
                most, naive = (_most((article, keys[n]) for article, *keys in told) for n in (0, 1))
                joined.update(wanted=articles - 1, ours=max(most - 1, 0), naive=max(naive - 1, 0))
                if most < articles:
                    misses.append(Miss(chain, _told(told), f"{articles} articles", f"{most or NONE} in one event"))
    for name, pairs in scored.items():
        figures += b_cubed(name, [(gold, ours) for gold, ours, _ in pairs])
        figures += b_cubed(f"{name}, {'same words' if name == 'actors' else 'same type'}:", [(g, n) for g, _, n in pairs])
    figures.append(share("articles of an event joined", joined["ours"], joined["wanted"]))
    figures.append(share("articles of an event joined, same type", joined["naive"], joined["wanted"]))
    return Part(
        "crossdoc",
        "B³ of labelled mentions across articles; one that nothing stands for is a thing of its own",
        tuple(figures),
        misses=tuple(misses),
    )


def b_cubed(name: str, pairs: list[tuple[Key, Key]]) -> tuple[Figure, Figure, Figure]:
    """B³ of mentions as (gold thing, our thing), None for a thing of its own: for each mention, how much of our thing is of
    its gold thing, and how much of its gold thing is in ours; averaged over mentions.
    """
    mine = [(n,) if ours is None else ours for n, (_, ours) in enumerate(pairs)]
    gold = [wanted for wanted, _ in pairs]
    both, ours, wanted = Counter(zip(gold, mine, strict=True)), Counter(mine), Counter(gold)
    count = len(pairs) or 1
    precision = sum(both[g, m] / ours[m] for g, m in zip(gold, mine, strict=True)) / count
    recall = sum(both[g, m] / wanted[g] for g, m in zip(gold, mine, strict=True)) / count
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    found = sum(1 for _, one in pairs if one is not None)
    return (
        Figure(f"{name} B³ precision", round(precision, 4), f"{found} of {len(pairs)} mentions found"),
        Figure(f"{name} B³ recall", round(recall, 4), f"{len(wanted)} things"),
        Figure(f"{name} B³ F1", round(f1, 4), ""),
    )


def _labels(pages: list[Page], types: tuple[str, ...]) -> Iterable[Named]:
    for page in pages:
        for label in page.record.get("entities") or ():
            if label.get("coref") and label.get("type") in types:
                yield page, label


def _dated(reading: Reading) -> Reading:
    return replace(reading, article=replace(reading.article, issued=reading.article.issued or DAY))


def _actor(page: Page, label: Record, things: entities.Entities) -> Key:
    """The one thing that the mention with most of the label's words, and at least half, denotes or else acts for."""
    if page.reading is None:
        return None
    place: Place = (label["start"], label["end"])
    wanted = word_starts(page.text, [place])
    near = [(dice(word_starts(page.text, [place_of(m)]), wanted), m) for m in page.mentions if overlap(place_of(m), place)]
    for _, mention in sorted((n for n in near if n[0] >= HALF), key=lambda n: (-n[0], n[1].span.start, n[1].cls)):
        for denoted in (things.of(page.reading, mention), things.parties(page.reading, mention)):
            if len(denoted) == 1:
                return denoted[0]
    return None


def _event(page: Page, label: Record, home: Mapping[tuple[str, int, int, str], Key]) -> tuple[Key, Key]:
    """The event and the type of the claim whose trigger stands in the label; of several the first."""
    if page.reading is None:
        return None, None
    place: Place = (label["start"], label["end"])
    for claim in sorted(page.claims, key=lambda c: (c.trigger.start, c.trigger.end, c.claims)):
        if claim.kind == "event" and overlap((claim.trigger.start, claim.trigger.end), place):
            key = page.reading.article.iri, claim.trigger.start, claim.trigger.end, claim.claims
            return home[key], claim.claims
    return None, None


def _most(told: Iterable[tuple[str, Key]]) -> int:
    """How many articles the thing has that has most of them; 0 where nothing was found."""
    articles: defaultdict[Key, set[str]] = defaultdict(set)
    for article, key in told:
        if key is not None:
            articles[key].add(article)
    return max(map(len, articles.values()), default=0)


def _told(told: list[tuple[str, Key, Key]]) -> str:
    counts = Counter(str(kind or NONE) for _, _, kind in told)
    return ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items()))
