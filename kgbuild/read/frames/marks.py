"""The marks of an example: "[Canada]actor [imposed sanctions] on [Iran]recipient." without and with its brackets."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

_MARK = re.compile(r"\[([^\[\]]+)\](\w*)")


@dataclass(frozen=True, slots=True)
class Marked:
    """An example without its marks: the text, the predicate's spans, the roles' spans (characters)."""

    text: str
    predicate: tuple[tuple[int, int], ...]
    roles: tuple[tuple[str, int, int], ...]
    classes: tuple[tuple[str, int, int], ...] = ()
    """Of a counterexample: where anything of a class will do, the class and the span of what stands there."""


def read_marks(example: str, roles: Collection[str], *, counter: bool = False, classes: Collection[str] = ()) -> Marked:
    """An example's text and marks, which name *roles*; a *counter*example needs none, and may name *classes*.

    Raises ValueError if amiss.
    """
    text, predicate, filled, kinds = "", [], [], []
    last = 0
    for match in _MARK.finditer(example):
        text += example[last : match.start()]
        start, last = len(text), match.end()
        text += match[1]
        if not match[2]:
            predicate.append((start, len(text)))
        elif match[2] in roles:
            filled.append((match[2], start, len(text)))
        elif counter and match[2] in classes:
            kinds.append((match[2], start, len(text)))
        else:
            raise ValueError(f'"{match[2]}" is no role. The roles are {", ".join(roles)}.')
    text += example[last:]
    if "[" in text or "]" in text:
        raise ValueError("the brackets do not pair. Write [words]role for a role and [words] for the predicate.")
    if counter:
        return Marked(text, tuple(predicate), (), tuple(kinds))
    if not predicate and not any(role == "office" for role, _, _ in filled):
        raise ValueError("no predicate is marked. Put the verb or noun that says it in plain brackets: [met].")
    if not filled:
        raise ValueError("no role is marked, e.g. [Canada]actor.")
    return Marked(text, tuple(predicate), tuple(filled))
