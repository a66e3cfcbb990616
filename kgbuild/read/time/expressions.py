"""The expressions of time in a parsed paragraph, without those that are names or numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kgbuild.model import Span
from kgbuild.read.parse.tokens import Doc, Token
from kgbuild.read.time.dates import Calendar, Expression

MODIFIER = ("compound", "nummod", "amod", "nmod", "poss")
"""How a time hangs on the noun that it tells from others."""
TIMES = ("DATE", "TIME")
"""The model's labels of times."""


@dataclass(frozen=True, slots=True)
class Timed:
    """An expression of time in a parsed paragraph; *root* is the token by which it hangs."""

    expression: Expression
    root: Token

    def is_counted(self, quantities: Iterable[Span]) -> bool:
        """Whether it is a bare number within one of *quantities*: "1603 respondents"."""
        one = self.expression
        return one.kind == "year" and any(q.start <= one.start and one.end <= q.end for q in quantities)


def expressions(doc: Doc, calendar: Calendar) -> tuple[Timed, ...]:
    """The expressions of time in a paragraph, without those that are names or numbers."""
    found = []
    for expression in calendar.find(doc.text):
        span = doc.char_span(expression.start, expression.end)
        if span is not None and _is_time(span.root, expression, doc):
            found.append(Timed(_without_preposition(span.root, expression), span.root))
    return tuple(found)


def _without_preposition(root: Token, expression: Expression) -> Expression:
    """A time that only says which one a noun is, without the noun's preposition: "before Friday's talks" is on Friday."""
    return replace(expression, relation="") if modifies(root) else expression


def modifies(root: Token) -> bool:
    """Whether a time only says which one a noun is: "Friday's talks"."""
    return root.dep_ in MODIFIER and root.head.pos_ == "NOUN" and root.head.ent_type_ not in TIMES


def _is_time(root: Token, expression: Expression, doc: Doc) -> bool:
    """A bare month or year needs a preposition or the model's word for it; a part of a name is none ("the Sunday Times")."""
    if root.ent_type_ in TIMES:
        return True
    if expression.kind == "year" and root.dep_ == "nummod" and root.head.tag_ in ("NNS", "NNPS"):
        return False  # "in 2000 villages"
    words = doc.text[expression.start : expression.end]
    if root.ent_type_ and (expression.kind == "year" or not any(c.isdigit() for c in words)):
        longer = next((e for e in doc.ents if e.start <= root.i < e.end and len(e.text) > len(words)), None)
        if longer is not None and longer.label_ not in TIMES:
            return False
    return expression.sure
