"""Old wires capitalise whatever follows an abbreviation ("the U.S. And Japan"): such words get their small letter back.

A tagger takes "U.S. Imposes" for a name. An article is of that kind if its abbreviations are followed by no small letter,
and by function words that begin no sentence of news. In it, what is or begins a name keeps its capital.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_AFTER = re.compile(r"\b(?P<abbreviation>(?:[A-Z]\.){2,},?) (?P<word>[A-Z][a-z]*)\b(?P<more> [A-Z])?")
_SMALL = re.compile(r"\b(?:[A-Z]\.){2,},? [a-z]")
_NEVER = frozenset(("And", "Are", "Had", "Has", "Have", "Is", "Nor", "Not", "Of", "Or", "To", "Was", "Will", "Would"))


def recased(text: str, begins_name: Callable[[str], bool]) -> str:
    """*text*, as long as before, with small letters after abbreviations where a slip made them capitals."""
    slips = list(_AFTER.finditer(text))
    if not any(m["word"] in _NEVER for m in slips) or _SMALL.search(text):
        return text
    elsewhere = set(re.findall(r"[a-z,] ([A-Z][a-z]+)", text))
    letters = list(text)
    for m in slips:
        word = m["word"]
        named = m["more"] or word in elsewhere or begins_name(word) or begins_name(f"{m['abbreviation']} {word}")
        if word in _NEVER or not named:
            letters[m.start("word")] = word[0].lower()
    return "".join(letters)
