"""A mention with its place in the parse; the id of what is only known by a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kgbuild.model import Mention
from kgbuild.ontology.tables import slug
from kgbuild.read.parse.nlp import Passage, text_span

__all__ = ["Located", "named_in_text", "slug"]


@dataclass(frozen=True, slots=True)
class Located:
    """A mention with its place in the parse: passage number and token range, and how it refers."""

    mention: Mention
    passage: int
    head: int
    first: int
    last: int
    """The token after the last."""
    kind: str
    """name, demonym, description or pronoun."""
    known: bool = False
    """Whether actors.ttl knows the name."""
    office: str = ""
    plural: bool = False
    named: int = -1
    """For a description with a name ("President X"): the head of that name."""
    core: tuple[str, ...] = field(default=())
    """For a body: its own words without state and article ("Foreign", "Ministry")."""

    def denoting(self, entities: Iterable[str], reason: str) -> Located:
        """The same mention, now known to denote *entities*."""
        return replace(self, mention=replace(self.mention, entities=tuple(entities), reason=reason))

    def renamed(self, entities: tuple[str, ...], reason: str, name: str) -> Located:
        """The same mention, now known to denote *entities*, called *name*."""
        return replace(self, mention=replace(self.mention, entities=entities, reason=reason, name=name))

    def representing(self, states: tuple[str, ...]) -> Located:
        """The same mention, now known to act for *states*."""
        return replace(self, mention=replace(self.mention, represents=states))


def named_in_text(passage: Passage, number: int, first: int, last: int, cls: str, *, head: int) -> Located:
    """A name that actors.ttl does not know, tokens *first* to *last*: it names itself, a thing of class *cls*."""
    span = text_span(passage, first, last)
    name = " ".join(span.text.split())
    return Located(Mention(span, cls, (slug(name),), "named in the text", (), name), number, head, first, last, "name")
