"""Fit the confidence of claims to readers' verdicts, and say how well it ranks and whether it means what it says.

python tests/bench/confidence.py [--corpus FILE ...] [--output kgbuild/read/claims/confidence.json] [--fast]

The claims of tests/judged that are still read as they were judged, with the features that the reading has of them. Two
logistic regressions (Newton's method, L2): is the type right, over all; is everybody right, over those of the right type.
The figures are of claims held back, article by article. Same input, same bytes.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from kgbuild import ontology as ontologies
from kgbuild.evaluate.judged import WHOLE, Judged, judged_claims
from kgbuild.read.claims import assemble
from kgbuild.read.claims.confidence import QUESTIONS, WEIGHTS, features
from kgbuild.read.reader import Reader

ROOT = Path(__file__).resolve().parent.parent.parent
PENALTY = {"is it of this type": 60.0, "is everybody right": 50.0}
"""L2 on a weight whose feature has a standard deviation of 1; half as much where that is half, so that what is rare may
count. About the best of those tried under cross-validation, where half or twice as much costs less than .005."""
UNTAUGHT = {"has to be done": "obligation", "good or bad": "evaluation"}
"""Claims that fit no example, by what they say they match; all others are offices that wording gives away."""
DRAWN = 10
"""Judged claims that the mean of all counts for, where few of a kind are judged."""
FOLDS, ROUNDS, BINS = 10, 3, 5
Array = Any


@dataclass(frozen=True)
class Sample:
    """The judged claims, a row each."""

    names: tuple[str, ...]
    rows: Array
    verdicts: Array
    """R, H or W."""
    articles: tuple[str, ...]
    others: Mapping[str, tuple[int, int]]
    """Of claims that fit no example, by kind: how many are right, of how many."""

    @property
    def right(self) -> Array:
        return (self.verdicts == "R").astype(float)

    def columns(self, groups: Iterable[str]) -> list[int]:
        """Where the features of *groups* stand."""
        wanted = tuple(f"{group}: " for group in groups)
        return [i for i, name in enumerate(self.names) if name.startswith(wanted)]


# -- what was judged ------------------------------------------------------------------------------


def sample(files: Sequence[Path], corpora: Sequence[Path], reader: Reader) -> tuple[Sample, list[Judged]]:
    """The features of every claim of *files* that is still as it was judged; and all that was judged."""
    with numbered() as seen:
        judged, _ = judged_claims(files, corpora, reader)
    same = [one for one in judged if one.state == WHOLE and not one.grown and one.claim is not None]
    found = [(one, seen[one.claim.confidence]) for one in same if isinstance(one.claim.confidence, int)]
    others = dict.fromkeys(("counterpart", *UNTAUGHT.values()), (0, 0))
    for one in same:
        if not isinstance(one.claim.confidence, int):
            kind = next((kind for words, kind in UNTAUGHT.items() if words in one.claim.matched), "counterpart")
            others[kind] = others[kind][0] + one.right, others[kind][1] + 1
    names = tuple(sorted({name for _, named in found for name in named}))
    rows = np.array([[named.get(name, 0.0) for name in names] for _, named in found])
    verdicts = np.array([one.record["verdict"] for one, _ in found])
    return Sample(names, rows, verdicts, tuple(one.record["article"] for one, _ in found), others), judged


@contextmanager
def numbered() -> Iterator[list[dict[str, float]]]:
    """While this lasts, a claim's confidence is the number of its features in the list that is given."""
    seen: list[dict[str, float]] = []

    def number(*evidence: Any) -> int:
        seen.append(features(*evidence))
        return len(seen) - 1

    with patch.object(assemble, "confidence", number):
        yield seen


# -- fitting --------------------------------------------------------------------------------------


def fit(rows: Array, right: Array, penalty: float) -> Array:
    """Constant and weights of the logistic regression of *right* on *rows*, by Newton's method."""
    with_constant = np.c_[np.ones(len(rows)), rows]
    penalties = np.maximum(penalty * with_constant.std(axis=0), 1e-3)  # of the constant next to nothing
    weights = np.zeros(with_constant.shape[1])
    for _ in range(50):
        guess = 1 / (1 + np.exp(-with_constant @ weights))
        slope = with_constant.T @ (guess - right) + penalties * weights
        curve = (with_constant * (guess * (1 - guess))[:, None]).T @ with_constant + np.diag(penalties)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def answers(weights: Array, rows: Array) -> Array:
    return 1 / (1 + np.exp(-weights[0] - rows @ weights[1:]))


def fits(one: Sample, chosen: Array, without: str = "") -> dict[str, tuple[list[int], Array]]:
    """For each question the columns that it looks at and its weights, fitted to the *chosen* rows."""
    found = {}
    for name, groups in QUESTIONS.items():
        columns = one.columns(group for group in groups if group != without)
        of_type = chosen & (one.verdicts != "W")
        over, yes = (chosen, one.verdicts != "W") if name == "is it of this type" else (of_type, one.verdicts == "R")
        found[name] = columns, fit(one.rows[over][:, columns], yes[over].astype(float), PENALTY[name])
    return found


def held_back(one: Sample, seed: int, without: str = "") -> Array:
    """The grade of each claim by weights fitted without its article."""
    names = sorted(set(one.articles))
    random.Random(seed).shuffle(names)
    fold = {name: place % FOLDS for place, name in enumerate(names)}
    folds = np.array([fold[name] for name in one.articles])
    grades = np.ones(len(folds))
    for number in range(FOLDS):
        for columns, weights in fits(one, folds != number, without).values():
            grades[folds == number] *= answers(weights, one.rows[folds == number][:, columns])
    return grades


# -- figures --------------------------------------------------------------------------------------


def area(grades: Array, right: Array) -> float:
    """The area under the ROC curve: how often a right claim is graded above a wrong one; equal grades count half."""
    good, bad = grades[right == 1], grades[right == 0]
    above = (good[:, None] > bad[None, :]).sum() + (good[:, None] == bad[None, :]).sum() / 2
    return float(above / (len(good) * len(bad)))


def reliability(grades: Array, right: Array, bins: int = BINS) -> list[tuple[float, float, int]]:
    """Mean grade, share right and number of claims in *bins* of equal count, the least sure first."""
    parts = np.array_split(np.argsort(grades, kind="stable"), bins)
    return [(float(grades[part].mean()), float(right[part].mean()), len(part)) for part in parts]


def mean_area(one: Sample, rounds: int = ROUNDS, without: str = "") -> float:
    """The area on claims held back, as the mean of some ways to part the articles."""
    return float(np.mean([area(held_back(one, seed, without), one.right) for seed in range(rounds)]))


def fitted_file(one: Sample) -> str:
    """What confidence.json holds: fitted to all."""
    questions = {}
    for name, (columns, weights) in fits(one, np.ones(len(one.verdicts), dtype=bool)).items():
        named = {one.names[column]: round(float(w), 4) for column, w in zip(columns, weights[1:], strict=True)}
        questions[name] = {"constant": round(float(weights[0]), 4), "weights": named}
    mean = one.right.mean()
    shares = {kind: round((right + DRAWN * mean) / (of + DRAWN), 3) for kind, (right, of) in sorted(one.others.items())}
    about = f"Fitted by tests/bench/confidence.py to {len(one.verdicts)} claims of tests/judged."
    return json.dumps({"about": about, "questions": questions, "shares": shares}, indent=1) + "\n"


def main() -> None:
    """Fit, print the figures, write the weights."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--corpus", type=Path, action="append", default=[], help="where the judged articles stand")
    arguments.add_argument("--output", type=Path, default=WEIGHTS, help="the file of the weights")
    arguments.add_argument("--fast", action="store_true", help="no figures without each group")
    given = arguments.parse_args()
    files = sorted((ROOT / "tests" / "judged").glob("*.jsonl"))
    one, judged = sample(files, given.corpus, Reader(ontologies.load()))
    counts = {verdict: int((one.verdicts == verdict).sum()) for verdict in "RHW"}
    print(f"{len(judged)} judged claims, {len(one.verdicts)} of them still as they were and of an example: {counts}")
    print(f"{one.rows.shape[1]} features; {len(set(one.articles))} articles in {FOLDS} folds, {ROUNDS} times")
    print(f"\narea under the curve, held back   {mean_area(one):.3f}")
    grades = held_back(one, 0)
    print(f"\n{'claims':>7} {'grade':>7} {'right':>7}   (held back)")
    for grade, share, number in reliability(grades, one.right):
        print(f"{number:7} {grade:7.3f} {share:7.3f}")
    if not given.fast:
        print("\narea without a group of features")
        for group in sorted({group for groups in QUESTIONS.values() for group in groups}):
            print(f"  {group:12} {mean_area(one, without=group):.3f}")
    given.output.write_text(fitted_file(one), encoding="utf-8")


if __name__ == "__main__":
    main()
