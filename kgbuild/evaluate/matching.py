"""Whether two stretches of words are the same, and which of many belong together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from kgbuild.evaluate.pages import Page
from kgbuild.model import Mention
from kgbuild.ontology import Ontology

HALF = 0.5
"""Two stretches of words are the same when their Dice coefficient is at least this."""
Place = tuple[int, int]


def places(spans: Any, text: str = "") -> list[Place]:
    """The stretches of labelled spans; a span that has only words stands wherever *text* has them."""
    found: list[Place] = []
    for span in spans or ():
        if span.get("start") is not None:
            found.append((int(span["start"]), int(span["end"])))
        elif span.get("text"):
            found += [match.span() for match in re.finditer(re.escape(span["text"]), text, re.IGNORECASE)]
    return found


def is_kind(name: str, wanted: str, ontology: Ontology) -> bool:
    """Whether the type *name* is *wanted* or a kind of it, as a tariff is a sanction; a category has no kinds."""
    return name == wanted or (ontology.is_a(name, wanted) and wanted not in ontology.categories)


def overlap(one: Place, other: Place) -> bool:
    """Whether they share a character."""
    return one[0] < other[1] and other[0] < one[1]


def place_of(mention: Mention) -> Place:
    """Where *mention* stands."""
    return mention.span.start, mention.span.end


def bare_words(text: str) -> list[str]:
    """The words of *text* in small letters, without articles."""
    return [word for word in re.findall(r"\w+", text.casefold()) if word not in ("the", "a", "an")]


def dice(one: Iterable[object], other: Iterable[object]) -> float:
    """The coefficient of Dice: twice what both have over what each has; 0 where one is empty."""
    a, b = Counter(one), Counter(other)
    return 2 * (a & b).total() / (a.total() + b.total()) if a and b else 0.0


def word_starts(text: str, places: Iterable[Place]) -> set[int]:
    """Where the words start that stand in *places*."""
    return {start + match.start() for start, end in places for match in re.finditer(r"\w+", text[start:end])}


def same_party(mention: Mention, gold: Iterable[Place], page: Page) -> bool:
    """Whether *mention* is what *gold* names: they share words, say the same, or denote the same actor or its party."""
    gold = list(gold)
    if any(overlap(place_of(mention), place) for place in gold):
        return True
    said = {" ".join(bare_words(mention.span.text)), " ".join(bare_words(mention.name))} - {""}
    if said & {" ".join(bare_words(page.text[start:end])) for start, end in gold}:
        return True
    # Only what names most of the gold span: "the president of X" is not X.
    named = [
        m
        for m in page.mentions
        for place in gold
        if dice(*(word_starts(page.text, [p]) for p in (place_of(m), place))) >= HALF
    ]
    things, parties = {e for m in named for e in m.entities}, {e for m in named for e in m.represents}
    return bool(set(mention.entities) & (things | parties) or set(mention.represents) & things)


def inside(window: Place, place: Place) -> bool:
    """Whether *place* lies wholly in *window*."""
    return window[0] <= place[0] and place[1] <= window[1]


def best_pairs(grades: list[list[int]], least: int) -> list[tuple[int, int]]:
    """Gold and found, one to one, the best grades first; only those of grade *least* or better."""
    ranked = sorted((-grade, i, j) for i, row in enumerate(grades) for j, grade in enumerate(row) if grade >= least)
    pairs: list[tuple[int, int]] = []
    for _, i, j in ranked:
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs
