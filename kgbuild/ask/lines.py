"""The lines of the picture: what many claims say of the same actors, as one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from kgbuild.ask.evidence import EventProperties, Evidence
from kgbuild.ask.links import Link

FIRMNESS = ("actual", "planned", "possible", "denied")
"""The stances of claims, the firmest first."""


@dataclass(frozen=True, slots=True)
class Line:
    """One relation between two actors, as claimed with one stance: all their meetings that are reported are one line, those
    that are planned another.
    """

    id: str
    source: str
    target: str
    directed: bool
    relation: str
    verb: str
    stance: str
    """actual, planned, possible or denied."""
    stance_words: str
    quad: str
    events: int
    """How many events; 0 for a relation that is no event, such as membership."""
    score: float | None
    """How friendly or hostile, from -10 to 10: the mean of its events that have a score."""
    claims: tuple[str, ...]
    sides: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    """Where three or more take part, who is drawn as a node of its own: all who act or are named first, and all whom they
    face."""

    @property
    def ends(self) -> tuple[str, ...]:
        """Everybody whom it joins."""
        return (*self.sides[0], *self.sides[1]) or (self.source, self.target)

    @property
    def pair(self) -> str:
        """The same for all lines between two actors, whichever way they go."""
        return " -- ".join(sorted((self.source, self.target)))

    @property
    def label(self) -> str:
        """The line in words: "✕ meets ×2 · denied"."""
        times = f" ×{self.events}" if self.events > 1 else ""
        cross = "✕ " if self.stance == "denied" else ""
        stance = "" if self.stance == "actual" else f" · {self.stance_words}"
        return f"{cross}{self.verb}{times}{stance}"


def bundle(links: Iterable[Link], evidence: dict[str, Evidence], events: dict[str, EventProperties]) -> tuple[Line, ...]:
    """A line for all links of one pair, relation, verb and stance; the lines with most claims first."""
    threads: dict[tuple[tuple[tuple[str, ...], tuple[str, ...]], bool, str, str, str], set[Link]] = defaultdict(set)
    links = list(links)
    gathered = stances_of(links, evidence)
    for link in links:
        many = any(link.sides)
        stance = gathered[link.event or ""] if many else evidence[link.claim].stance
        ends = link.sides if many else ((link.source,), (link.target,))
        threads[ends, link.directed, link.relation, link.verb, stance].add(link)
    lines = []
    for (ends, directed, relation, verb, stance), of_line in threads.items():
        source, target = (ends[0] or ends[1])[0], (ends[1] or ends[0])[-1]
        claims = sorted({link.claim for link in of_line}, key=lambda claim: reading_order(evidence[claim]))
        quads = Counter(link.quad for link in of_line)
        happened = sorted({link.event for link in of_line if link.event})
        scores = [score for event in happened if (score := events[event].score) is not None]
        lines.append(
            Line(
                id=f"{name_of(ends, directed=directed)}: {relation}, {verb}, {stance}",
                source=source,
                target=target,
                directed=directed,
                relation=relation,
                verb=verb,
                stance=stance,
                stance_words=stance_words(stance, [evidence[claim] for claim in claims]),
                quad=min(quads, key=lambda quad: (-quads[quad], quad)),
                events=len(happened),
                score=round(fmean(scores), 2) if scores else None,
                claims=tuple(claims),
                sides=ends if sum(map(len, ends)) > 2 else ((), ()),
            )
        )
    return tuple(sorted(lines, key=lambda line: (-len(line.claims), line.id)))


def stances_of(links: Iterable[Link], evidence: dict[str, Evidence]) -> dict[str, str]:
    """The stance of each event of three or more, which is one thing: the firmest of what its claims say."""
    found: dict[str, str] = {}
    for link in links:
        if any(link.sides) and link.event:
            stances = (evidence[link.claim].stance, found.get(link.event, FIRMNESS[-1]))
            found[link.event] = min(stances, key=FIRMNESS.index)
    return found


def name_of(sides: Iterable[tuple[str, ...]], *, directed: bool) -> str:
    """Who is joined, as the id of a line has it: "A -> B", "A & B -> C"."""
    return f" {'->' if directed else '--'} ".join(" & ".join(side) for side in sides if side)


def reading_order(claim: Evidence) -> tuple[str, str, int, str]:
    """Claims by time, else by the day of the report, then article, then place in the article."""
    return (claim.when or claim.reported or "", claim.article, claim.at, claim.id)


def stance_words(stance: str, claims: list[Evidence]) -> str:
    """The stance of a line in the words of its claims: "requested", "denied or cancelled"."""
    if stance == "actual":
        return "claimed as fact"
    if stance == "denied":
        words = {"denied" if claim.polarity == "Negated" else "cancelled" for claim in claims}
        return " or ".join(sorted(words, reverse=True))
    return " or ".join(sorted({_in_a_word(claim) for claim in claims}))


def _in_a_word(claim: Evidence) -> str:
    if claim.modality not in {"Actual", ""}:
        return claim.modality.lower()
    return "unsurely read" if claim.unsure else "possible"
