"""Scores as a table for people and as JSON for programs."""

from __future__ import annotations

import json
from dataclasses import asdict

from kgbuild.evaluate.figures import NONE, Evaluation, Part


def as_json(evaluation: Evaluation, *, errors: bool = False, limit: int = 50) -> str:
    """The scores as JSON; *errors* adds at most *limit* misses of each part."""
    parts = []
    for part in evaluation.parts:
        one = asdict(part)
        one["labels"] = [asdict(t) | {"precision": t.precision, "recall": t.recall, "f1": t.f1} for t in part.labels]
        one["missed"] = len(part.misses)
        one["misses"] = [asdict(miss) for miss in part.misses[:limit]] if errors else []
        parts.append(one)
    told = {"gold": evaluation.gold, "records": evaluation.records, "parts": parts}
    return json.dumps(told, ensure_ascii=False, indent=2)


def as_table(evaluation: Evaluation, *, errors: bool = False, limit: int = 50) -> str:
    """The scores as text; *errors* adds at most *limit* misses of each part, each beside its sentence."""
    lines = [f"{evaluation.gold}: {evaluation.records} records"]
    for part in evaluation.parts:
        lines += ["", f"{part.name}: {part.measures}"]
        lines += [f"  {f.name:44} {f.value:6.3f}   {f.of}" for f in part.figures]
        if part.labels:
            lines += ["", f"  {'label':28} {'precision':>9} {'recall':>7} {'F1':>6} {'right':>6} {'found':>6} {'gold':>6}"]
            for t in part.labels:
                scores = f"{t.precision:9.3f} {t.recall:7.3f} {t.f1:6.3f}"
                lines.append(f"  {t.label:28} {scores} {t.right:6} {t.predicted:6} {t.gold:6}")
        lines += _confusion_lines(part)
        if errors and part.misses:
            lines += ["", f"  {len(part.misses)} misses" + (f", the first {limit}:" if len(part.misses) > limit else ":")]
            for miss in part.misses[:limit]:
                lines += [f"  {miss.id}: wanted {miss.wanted}; found {miss.found}", f"    {miss.text}"]
    return "\n".join(lines) + "\n"


def _confusion_lines(part: Part) -> list[str]:
    """A square of counts: rows are wanted, columns found; numbered, since labels are long."""
    if not part.confusion:
        return []
    names = sorted({name for wanted, found, _ in part.confusion for name in (wanted, found)}, key=lambda n: (n == NONE, n))
    counts = {(wanted, found): n for wanted, found, n in part.confusion}
    lines = ["", "  wanted (row) and found (column)", " " * 32 + "".join(f"{i:5}" for i in range(1, len(names) + 1))]
    for number, wanted in enumerate(names, 1):
        cells = "".join(f"{counts.get((wanted, found), '·'):>5}" for found in names)
        lines.append(f"  {number:3} {wanted:26}{cells}")
    return lines
