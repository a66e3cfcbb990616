"""The records of matching: what an example teaches is a frame, and a frame found in a text is a match."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from kgbuild.read.parse.lemmas import lemma_of
from kgbuild.read.parse.tokens import Token

OFFICE = "@office"
"""Stands for the lemma of a frame whose predicate is any office ("foreign minister")."""
ANY = "*"
"""Stands for any lemma: the infinitive after a marked "to"."""
OWNERS = frozenset({"poss", "mod", "by"})
"""Functions below a noun of who does what it tells: "Iran's attack", "the Iranian attack", "the attack by Iran"."""
NOT_PREPOSITIONS = frozenset(
    {"subj", "obj", "dative", "oprd", "acomp", "attr", "comp", "purpose", "prt", "adv", "poss", "mod"}
)
"""The functions of `Clauses.arguments` that are no prepositions; every other function is one."""
AMOUNTS = ("CARDINAL", "MONEY", "QUANTITY", "PERCENT")
"""The model's labels of numbers that count or measure."""
MODIFIERS = ("compound", "nmod", "amod")
"""The parser's labels of what stands before a noun and says of which kind it is."""
PARTICLES = ("prt", "adv")
"""The labels of particles: the parser takes the "off" of "called off" for either."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that a text must have: its lemma, as *function* of word *parent* (the head has parent -1)."""

    parent: int
    function: str
    lemma: str
    alike: tuple[str, ...] = ()
    """The lemmas that may stand for it (families.ttl)."""
    cls: str = ""
    """Of a counterexample: the class of whatever may stand here, where its lemma is `ANY`."""

    def __contains__(self, lemma: object) -> bool:
        return lemma == self.lemma or lemma in self.alike


@dataclass(frozen=True, slots=True)
class RoleSlot:
    """Where a role's filler stands: any of *functions* of word *parent*; required or not."""

    role: str
    parent: int
    functions: tuple[str, ...]
    required: bool
    partner: bool = False
    """For participants: whether the example names one beside the subject, as "trade with" does and "meet" need not."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What one example teaches."""

    type: str
    verbal: bool
    words: tuple[Word, ...]
    roles: tuple[RoleSlot, ...]
    example: str
    widened: bool = False
    """Whether its head stands for the example's own by a family."""
    shared: tuple[RoleSlot, ...] = ()
    """Where other examples of its type have the roles of those who take part (`type_slots`)."""
    counter: bool = False
    """Whether it refuses its type, as a counterexample with marked words does."""

    @property
    def lemma(self) -> str:
        """The predicate's lemma, by which frames are looked up."""
        return self.words[0].lemma


@dataclass(frozen=True, slots=True)
class Match:
    """A frame found in a text: the tokens of its words, and for each role the tokens that fill it."""

    frame: Frame
    words: tuple[Token, ...]
    roles: tuple[tuple[str, Token], ...]
    lent: tuple[tuple[str, Token], ...] = ()
    """Those of *roles* that the example has not itself, but others of its type."""

    def weight(self, core_roles: Collection[str]) -> tuple[int, ...]:
        """By which matches at one predicate are ranked: whether a side is named (one of *core_roles* is filled) first, then
        more of the example's own words, then more roles, more words, joint action; roles that are lent count nothing.
        """
        roles = {role for role, token in self.roles if token not in self.words and (role, token) not in self.lent}
        core = any(role in core_roles for role in roles)
        own = {word.lemma for word in self.frame.words}
        literal = sum(lemma_of(token) in own for token in self.words) - self.frame.widened
        return (
            core,
            literal,
            not self.frame.widened,
            len(self.words),
            len(roles),
            "participant" in roles,
            -len(self.frame.roles),
        )


Filled = tuple[str, Token]
"""A role, and a token that fills it."""
Fits = Callable[[Token, str], bool]
"""Whether a token's mention is of a class."""
