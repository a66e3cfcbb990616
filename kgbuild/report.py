"""What a build has made and met: `Built`, and the text of report.txt."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
import platformdirs

from kgbuild.errors import Problem, shown
from kgbuild.model import Reading
from kgbuild.net import LOG
from kgbuild.version import __version__


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
    left_out: tuple[Problem, ...] = ()
    """Those of the problems for which something of the corpus is not in the graph (`Problem.lost`)."""


class Tally(msgspec.Struct, array_like=True):
    """What the report counts of one article, or of all."""

    sentences: int = 0
    claims: dict[str, int] = {}
    """By type."""
    stances: dict[str, int] = {}
    """Of events and relations."""
    dropped: dict[str, int] = {}

    @classmethod
    def of(cls, reading: Reading) -> Tally:
        """That of one article."""
        told = [c for c in reading.claims if c.kind != "statement"]
        return cls(
            len(reading.sentences),
            Counter(c.claims for c in reading.claims),
            Counter(f"{c.stance.polarity.lower()}, {c.stance.modality.lower()}" for c in told),
            dict(reading.dropped) | ({} if told else {"articles without an event or relation": 1}),
        )

    @classmethod
    def total(cls, tallies: Iterable[Tally]) -> Tally:
        """That of all of them."""
        sentences, counts = 0, (Counter[str](), Counter[str](), Counter[str]())
        for one in tallies:
            sentences += one.sentences
            for count, mine in zip(counts, (one.claims, one.stances, one.dropped), strict=True):
                count.update(mine)
        return cls(sentences, *counts)


def report_text(built: Built, tally: Tally) -> str:
    """What was read, found, dropped and why; the same for the same corpus."""
    noted = sorted((Counter(built.problems) - Counter(built.left_out)).elements())
    left_out = [f"Left out  {len(built.left_out)}", *(f"  {problem}" for problem in built.left_out), ""]
    lines = [
        f"Read      {built.articles} articles, {tally.sentences} sentences",
        f"Found     {built.claims} claims, {built.events} events, {built.entities} entities; {built.quads} quads",
        "",
        "Claims by type",
        *_table(tally.claims),
        "",
        "Claims by stance (statements left out)",
        *_table(tally.stances),
        "",
        "Dropped, and why",
        *_table({why: number for why, number in tally.dropped.items() if number}),
        "",
        *(left_out if built.left_out else ()),
        f"{'Other problems' if built.left_out else 'Problems'}  {len(noted)}",
        *(f"  {problem}" for problem in noted),
    ]
    return "\n".join(lines) + "\n"


def keep_details(folder: Path, problems: Iterable[Problem]) -> Path | None:
    """Write what nobody foresaw, for a report to kgbuild's makers, into problems.log of *folder*, and say where that is;
    None where there is no such problem.
    """
    log, unforeseen = folder / LOG, [problem for problem in problems if problem.details]
    if not unforeseen:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    about = f"kgbuild {__version__}, Python {sys.version.split()[0]}, {sys.platform}"
    log.write_text(
        "\n\n".join([about, *(f"{problem}\n{problem.details.rstrip()}" for problem in unforeseen)]) + "\n",
        encoding="utf-8",
        errors="backslashreplace",
    )
    return log


def log_details(problems: Iterable[Problem]) -> str | None:
    """Keep the details where there is no output folder, in that of the system for logs: a line that says where, or why they
    could not be kept; None where there are none.
    """
    folder = platformdirs.user_log_path("kgbuild")
    try:
        log = keep_details(folder, problems)
    except OSError as error:
        return f"The details for a report cannot be kept: {shown(str(folder / LOG))}: {error.strerror or error}."
    return None if log is None else f"The details for a report: {shown(str(log))}"


def _table(counts: Mapping[str, int]) -> list[str]:
    return [f"  {count:6}  {what}" for what, count in sorted(counts.items(), key=lambda i: (-i[1], i[0]))]
