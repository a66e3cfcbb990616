"""How plainly a claim is told: its confidence, by which claims are ranked and sifted.

A finite verb in the main clause; time, place, amount and whom it is done to named; the article's own words: such a claim
says that something happened, where "the fear of attacks, they said" speaks of it. The weights were chosen on M2E2's
sentences of news; a confidence is a grade and no probability.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kgbuild.model import Quantity, Role, When
from kgbuild.read.parse.clauses import governing_verb, is_verbal
from kgbuild.read.parse.tokens import Token

BASE, LEAST, MOST = 0.35, 0.2, 0.95
RELATION = 0.8
"""Of a relation, which is not told but named: "Foreign Minister X"."""
FINITE, MAIN, DATED, AIMED = 0.11, 0.11, 0.1, 0.1
PLACED, COUNTED, OWN_WORDS = 0.06, 0.05, 0.05
DEEPER = -0.025
"""For each clause above its own, three at most."""


def confidence(
    predicate: Token, roles: Iterable[Role], when: When | None, quantities: Sequence[Quantity], *, reported: bool
) -> float:
    """The grade of an event's claim, from LEAST to MOST as the weights add up."""
    named = {role.role for role in roles}
    verb = predicate if is_verbal(predicate) else governing_verb(predicate)
    holds = (
        (FINITE, is_verbal(predicate) and _is_finite(predicate)),
        (MAIN, verb is not None and verb.dep_ == "ROOT"),
        (DATED, when is not None),
        (AIMED, "recipient" in named),
        (PLACED, "place" in named),
        (COUNTED, bool(quantities)),
        (OWN_WORDS, not reported),
    )
    above = sum(is_verbal(token) for token in predicate.ancestors)
    grade = BASE + sum(weight for weight, told in holds if told) + DEEPER * min(above, 3)
    return round(min(MOST, max(LEAST, grade)), 3)


def _is_finite(verb: Token) -> bool:
    present_or_past = ("VBD", "VBZ", "VBP")
    return verb.tag_ in present_or_past or any(
        c.tag_ in present_or_past for c in verb.children if c.dep_ in ("aux", "auxpass")
    )
