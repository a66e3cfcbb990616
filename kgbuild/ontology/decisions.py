"""What a person has decided of sameness: which ids are one thing and which are two; the paragraphs of a same.ttl."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

from kgbuild.errors import KgbuildError
from kgbuild.ontology.facts import DIP, ID, OWL, Facts, local, read_facts

MERGING = "same.ttl"
"""The file of decisions, of an ontology and of an output."""

WIKIDATA = re.compile(r"Q\d+")
"""The local name of an item of Wikidata, which owl:sameAs may name too."""

Verdict = Literal["same", "different"]
VERDICTS: tuple[Verdict, Verdict] = ("same", "different")


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """That the things *a* and *b*, by their ids and in the order of the alphabet, are the same or different."""

    a: str
    b: str
    verdict: Verdict
    why: str = ""
    file: str = MERGING
    """Which file says so, in words."""

    @property
    def reason(self) -> str:
        """The decision and its reason in words."""
        number = "one" if self.verdict == "same" else "two"
        return f"declared to be {number} in {self.file}" + (f": {self.why}" if self.why else "")


@dataclass(frozen=True)
class Decisions:
    """Decisions, sorted; at most one of a pair and verdict."""

    all: tuple[Decision, ...] = ()

    def of(self, verdict: Verdict) -> tuple[Decision, ...]:
        """Those with this verdict."""
        return tuple(one for one in self.all if one.verdict == verdict)

    def pairs(self, verdict: Verdict) -> list[tuple[str, str]]:
        """The pairs of ids that are the *same*, or *different*, sorted."""
        return [(one.a, one.b) for one in self.of(verdict)]

    def over(self, others: Decisions) -> Decisions:
        """These and those of *others* that do not contradict them, nor each other by way of them.

        Where two of *others* contradict each other only because of these, the one that keeps things apart stays.
        """
        if not self.all:
            return others
        known = Standing(self.all)
        kept = {(one.a, one.b, one.verdict): one for one in self.all}
        for one in (*others.of("different"), *others.of("same")):
            if (one.a, one.b, one.verdict) not in kept and not known.against(one):
                known.add(one)
                kept[one.a, one.b, one.verdict] = one
        return Decisions(tuple(sorted(kept.values())))


class Standing:
    """Decisions as they are taken in: which ids they make one, and which they keep apart."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._group: dict[str, set[str]] = {}
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        for one in decisions:
            self.add(one)

    def group(self, entity: str) -> set[str]:
        """The ids that are one with *entity*, itself among them."""
        return self._group.setdefault(entity, {entity})

    def add(self, one: Decision) -> None:
        """Take in a decision."""
        if one.verdict == "different":
            self._apart[one.a].add(one.b)
            self._apart[one.b].add(one.a)
            return
        small, large = sorted((self.group(one.a), self.group(one.b)), key=len)
        large |= small
        self._group.update(dict.fromkeys(small, large))

    def against(self, one: Decision) -> str:
        """What the decisions taken in say against *one*, in words; empty if nothing, also by way of others: a = b and b = c
        make a = c.
        """
        ones, others = self.group(one.a), self.group(one.b)
        if one.verdict == "different":
            return f"id:{one.a} and id:{one.b} are declared to be one: {' = '.join(sorted(ones))}" if ones is others else ""
        crossing = sorted((min(e, f), max(e, f)) for e in ones for f in self._apart.get(e, set()) & others)
        if not crossing:
            return ""
        a, b = crossing[0]
        return f"id:{a} and id:{b} are declared to be two, and this would make them one"


def decisions_of(facts: Facts, file: str = MERGING) -> Decisions:
    """The decisions that *facts* tell: each dip:Decision, owl:differentFrom, and owl:sameAs but for Wikidata's items."""
    why: dict[tuple[str, str, Verdict], list[str]] = {}

    def declare(verdict: Verdict, one: str, other: str, reasons: Iterable[str] = ()) -> None:
        # An IRI has most letters percent-encoded, an id of reading has none.
        a, b = sorted(map(unquote, (one, other)))
        why.setdefault((a, b, verdict), []).extend(reasons)

    for verdict, predicate in zip(VERDICTS, (OWL + "sameAs", OWL + "differentFrom"), strict=True):
        for iri in facts.typed(DIP + "Decision"):
            for one, other in combinations(facts.values(iri, DIP + verdict), 2):
                declare(verdict, one, other, facts.values(iri, DIP + "why"))
        for iri in facts.subjects(ID):
            for other in facts.values(iri, predicate):
                if not WIKIDATA.fullmatch(other):
                    declare(verdict, local(iri), other)
    return Decisions(tuple(sorted(Decision(*pair, "; ".join(reasons), file) for pair, reasons in why.items())))


def read_decisions(path: Path, file: str) -> Decisions:
    """The decisions in the file *path*, called *file* in words; none where there is no such file.

    KgbuildError where it cannot be read, is not Turtle (OntologyError), or contradicts itself.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Decisions()
    except (OSError, UnicodeDecodeError) as error:
        said = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise KgbuildError(f"{path}: these decisions cannot be read ({said}). Mend the file, or move it away.") from error
    facts = read_facts({path: text})
    found = decisions_of(facts, file)
    for fault in _faults(facts, found):
        raise KgbuildError(f"{path}: {fault}. Mend that paragraph, or remove it.")
    return found


def own_decisions(output: Path) -> Decisions:
    """The decisions that the folder of a graph keeps for it alone; see `read_decisions`."""
    return read_decisions(output / MERGING, "the graph's own same.ttl")


def _faults(facts: Facts, found: Decisions) -> Iterator[str]:
    for iri in facts.typed(DIP + "Decision"):
        if all(len(facts.values(iri, DIP + verdict)) < 2 for verdict in VERDICTS):
            yield f"the decision <{iri}> names no two things by dip:same or dip:different"
    together = Standing(found.of("same"))
    for one in found.of("different"):
        if said := together.against(one):
            yield f"{said}, and to be two"
