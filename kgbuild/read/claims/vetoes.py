"""What stops an event or relation although an example fits: rules, each a value with its reason and two sentences.

`match_vetoes` are asked before matches are weighed against each other, `event_vetoes` and `relation_vetoes` once the claim
is made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kgbuild.read.claims.candidate import Candidate
from kgbuild.read.parse.lemmas import lemma_of
from kgbuild.read.parse.tokens import Token
from kgbuild.read.rule import Rule

C = TypeVar("C", bound=Candidate, contravariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Veto(Rule, Generic[C]):
    """A rule that stops a candidate for a claim."""

    stops: Callable[[C], bool]


@dataclass(frozen=True, slots=True)
class Stopped:
    """A candidate that became no claim."""

    candidate: Candidate
    vetoes: tuple[Rule, ...]
    """All that stop it, the first of which is counted."""

    @property
    def rule(self) -> Rule:
        """The first that stops it."""
        return self.vetoes[0]


def against(candidate: C, vetoes: Sequence[Veto[C]]) -> tuple[Rule, ...]:
    """Those of *vetoes* that stop *candidate*, in order."""
    return tuple(veto for veto in vetoes if veto.stops(candidate))


def is_listed(what: str, candidate: Candidate, verb: Token) -> bool:
    """Whether language.ttl lists the type of *candidate* and *verb* under lex:*what*."""
    ontology = candidate.ontology
    return candidate.type in ontology.words(what, "type") and lemma_of(verb) in ontology.words(what, "verb")
