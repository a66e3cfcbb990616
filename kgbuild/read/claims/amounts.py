"""The sums and numbers of a claim: those that hang on its predicate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kgbuild.model import Quantity, Span
from kgbuild.read.claims.paragraph import Paragraph
from kgbuild.read.claims.when import attached, carried
from kgbuild.read.parse.tokens import Token

DOERS = ("actor", "participant", "subject", "holder")


def quantities_of(
    paragraph: Paragraph, words: tuple[Token, ...], roles: Iterable[tuple[str, Token]]
) -> tuple[Quantity, ...]:
    """The quantities that hang on a predicate (with its *words*); beings that act by themselves are no amount."""
    scope = carried(paragraph, words)
    fillers = list(roles)
    doing = {token for role, token in fillers if role in DOERS}
    named = {token for role, token in fillers if role == "amount"}
    offset = paragraph.passage.offset
    found = []
    for one in paragraph.quantities:
        if one.root in named or (attached(one.root, scope) is not None and one.root not in doing):
            start, end, text, *_ = one.quantity.span
            found.append(replace(one.quantity, span=Span(offset + start, offset + end, text)))
    return tuple(found)
