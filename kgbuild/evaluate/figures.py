"""What comes out of an evaluation: tallies, figures, misses, and how they are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from kgbuild.errors import Problem

NONE = "(nothing)"
"""Stands where nothing was wanted, or nothing found."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Precision, recall and F1 of one label, with the counts they come from."""

    label: str
    right: int
    predicted: int
    gold: int
    found: int | None = None
    """Labels found, where several of them may be found by one prediction or one by several; else as *right*."""

    @property
    def precision(self) -> float:
        """0 when nothing was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """0 when there was nothing to find."""
        return (self.right if self.found is None else self.found) / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One number by name, and what it was counted on ("612 of 1050")."""

    name: str
    value: float
    of: str


@dataclass(frozen=True, slots=True)
class Miss:
    """What was wanted, what was found, and where."""

    id: str
    text: str
    wanted: str
    found: str


@dataclass(frozen=True, slots=True)
class Part:
    """The scores of one kind of label."""

    name: str
    measures: str
    figures: tuple[Figure, ...]
    labels: tuple[Tally, ...] = ()
    confusion: tuple[tuple[str, str, int], ...] = ()
    """Wanted, found, how often."""
    misses: tuple[Miss, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All scores of one file."""

    gold: str
    records: int
    parts: tuple[Part, ...]
    problems: tuple[Problem, ...] = ()

    def figures(self) -> dict[str, float]:
        """Every figure, and the F1 of every label, by name: "typing: accuracy", "typing: AGREE"."""
        found = {f"{part.name}: {figure.name}": figure.value for part in self.parts for figure in part.figures}
        return found | {f"{part.name}: {tally.label}": tally.f1 for part in self.parts for tally in part.labels}


def share(name: str, right: int, of: int) -> Figure:
    """*right* of *of* as a figure; 0 of nothing is 0."""
    return Figure(name, round(right / of, 4) if of else 0.0, f"{right} of {of}")


def tallies_of(pairs: Iterable[tuple[str, str]], *, found_too: bool = False) -> tuple[Tally, ...]:
    """A tally for each label that is wanted, from (wanted, found), one label each; NONE is no label.

    With *found_too* also for what is only found: it counts against precision all the same.
    """
    counts = Counter(pairs)
    seen = {wanted for wanted, _ in counts} | ({found for _, found in counts} if found_too else set())
    labels = sorted(seen - {NONE})
    return tuple(
        Tally(
            label,
            counts[label, label],
            sum(n for (_, found), n in counts.items() if found == label),
            sum(n for (wanted, _), n in counts.items() if wanted == label),
        )
        for label in labels
    )


def macro(name: str, tallies: Iterable[Tally]) -> Figure:
    """The mean F1 of the labels that the gold has."""
    scored = [t for t in tallies if t.gold]
    return Figure(name, round(sum(t.f1 for t in scored) / len(scored), 4) if scored else 0.0, f"{len(scored)} labels")


def total(label: str, tallies: Iterable[Tally]) -> Tally:
    """The tally of all labels together."""
    every = list(tallies)
    found = sum(t.right if t.found is None else t.found for t in every)
    return Tally(label, sum(t.right for t in every), sum(t.predicted for t in every), sum(t.gold for t in every), found)


def prf(name: str, tally: Tally) -> tuple[Figure, ...]:
    """Precision, recall and F1 of *tally* as three figures."""
    found = tally.right if tally.found is None else tally.found
    return (
        Figure(f"{name} precision".strip(), round(tally.precision, 4), f"{tally.right} of {tally.predicted}"),
        Figure(f"{name} recall".strip(), round(tally.recall, 4), f"{found} of {tally.gold}"),
        Figure(f"{name} F1".strip(), round(tally.f1, 4), ""),
    )


def confusion_of(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str, int], ...]:
    """How often each (wanted, found) is there, sorted."""
    return tuple((wanted, found, n) for (wanted, found), n in sorted(Counter(pairs).items()))


def counted(counts: dict[str, Counter[str]], before: str = "") -> tuple[Tally, ...]:
    """A tally for each name, *before* put in front, from how many are right, predicted, gold and, if counted, found."""
    return tuple(
        Tally(before + name, n["right"], n["predicted"], n["gold"], n.get("found")) for name, n in sorted(counts.items())
    )


def side_by_side(wanted: list[str], found: list[str]) -> list[tuple[str, str]]:
    """What was missed beside what was found in its place, in order; the rest beside nothing."""
    return list(zip_longest(wanted, found, fillvalue=NONE))
