"""The picture in words and tables, for readers without JavaScript."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kgbuild.ask.evidence import Evidence
    from kgbuild.ask.lines import Line
    from kgbuild.ask.picture import Actor, Picture

TABLE_ROWS = 2000
"""The table of claims ends here, and says so."""
LISTED = 20
"""So many actors and relations are named."""
STANCES = ("actual", "planned", "possible", "denied")


@dataclass(frozen=True, slots=True)
class Summary:
    """What a reader should know first."""

    counts: str
    """How much there is: "6 actors, 10 relations, 11 claims, 2 articles"."""
    days: tuple[str, str] | None
    """The first and the last day that a claim is about."""
    actors: tuple[Actor, ...]
    """The weightiest."""
    relations: tuple[tuple[str, tuple[int, ...]], ...]
    """The most frequent, each with its claims, in all and by stance."""
    rows: tuple[tuple[Line, Evidence], ...]
    """Claims with the lines they stand behind, those of the best supported lines first."""
    total: int
    """How many rows there would be."""


def summarize(picture: Picture) -> Summary:
    """The summary of *picture*; the same for the same picture."""
    claims: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for line in picture.lines:
        claims[line.verb][line.stance].update(line.claims)
    counted = {
        verb: (sum(map(len, stances.values())), *(len(stances[stance]) for stance in STANCES))
        for verb, stances in claims.items()
    }
    spans = [claim.days for claim in picture.evidence.values()]
    begins, ends = [first for first, _ in spans if first], [last for _, last in spans if last]
    behind = [(line, picture.evidence[claim]) for line in picture.lines for claim in line.claims]
    return Summary(
        counts=", ".join(
            counted_noun(len(some), noun)
            for some, noun in (
                (picture.actors, "actor"),
                (picture.lines, "relation"),
                (picture.evidence, "claim"),
                (picture.sources, "article"),
            )
        ),
        days=(min(begins), max(ends)) if begins and ends else None,
        actors=picture.actors[:LISTED],
        relations=tuple(sorted(counted.items(), key=lambda item: (-item[1][0], item[0]))[:LISTED]),
        rows=tuple(behind[:TABLE_ROWS]),
        total=sum(len(line.claims) for line in picture.lines),
    )


def counted_noun(number: int, noun: str) -> str:
    """ "1 claim", "1,300 claims"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
