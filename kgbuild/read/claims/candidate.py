"""What rules look at: a match that may become a claim, and later the claim that was made of it."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild.model import Claim
from kgbuild.ontology import EventType, Ontology
from kgbuild.read.claims.paragraph import Paragraph
from kgbuild.read.frames.frame import Match
from kgbuild.read.parse.clauses import is_verbal
from kgbuild.read.parse.tokens import Token


@dataclass(frozen=True, slots=True)
class Candidate:
    """A match in its paragraph, before it is weighed against others."""

    paragraph: Paragraph
    match: Match

    @property
    def ontology(self) -> Ontology:
        """That of the paragraph."""
        return self.paragraph.ontology

    @property
    def head(self) -> Token:
        """The predicate."""
        return self.match.words[0]

    @property
    def type(self) -> str:
        """The event class or relation that the match tells."""
        return self.match.frame.type

    @property
    def kind(self) -> EventType:
        """The same, as the ontology knows it."""
        return self.ontology.types[self.match.frame.type]

    @property
    def verbal(self) -> bool:
        """Whether the predicate is a verb."""
        return is_verbal(self.match.words[0])


@dataclass(frozen=True, slots=True)
class Assembled(Candidate):
    """A match with the claim that was made of it."""

    claim: Claim
