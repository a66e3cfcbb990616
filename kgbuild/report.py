"""What a build has made and met: `Built`, and the text of report.txt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kgbuild.errors import Problem
from kgbuild.model import Reading


@dataclass(frozen=True, slots=True)
class Built:
    """What a build has made, and what it met."""

    output: Path
    articles: int
    claims: int
    entities: int
    events: int
    quads: int
    problems: tuple[Problem, ...]
    read: int = 0
    """Articles that were new or changed; the others were kept from earlier builds."""
    absent: int = 0
    """Articles of earlier builds that the corpus given no longer has."""


def report_text(built: Built, readings: Sequence[Reading]) -> str:
    """What was read, found, dropped and why; the same for the same corpus."""
    claims = [claim for reading in readings for claim in reading.claims]
    dropped: Counter[str] = Counter()
    for reading in readings:
        dropped.update(dict(reading.dropped))
    held = Counter(f"{c.stance.polarity.lower()}, {c.stance.modality.lower()}" for c in claims if c.kind != "statement")
    unsaid = sum(1 for reading in readings if not any(c.kind != "statement" for c in reading.claims))
    lines = [
        f"Read      {built.articles} articles, {sum(len(r.sentences) for r in readings)} sentences",
        f"Found     {built.claims} claims, {built.events} events, {built.entities} entities; {built.quads} quads",
        "",
        "Claims by type",
        *_table(Counter(c.claims for c in claims)),
        "",
        "Claims by stance (statements left out)",
        *_table(held),
        "",
        "Dropped, and why",
        *_table(dropped + Counter({"articles without an event or relation": unsaid})),
        "",
        f"Problems  {len(built.problems)}",
        *(f"  {problem}" for problem in built.problems),
    ]
    return "\n".join(lines) + "\n"


def _table(counts: Counter[str]) -> list[str]:
    return [f"  {count:6}  {what}" for what, count in sorted(counts.items(), key=lambda i: (-i[1], i[0]))]
