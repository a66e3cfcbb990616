"""Names compared: whether two spellings can be one name, how surely, and why or why not.

Spellings are brought to ASCII letters and then folded where ways of writing foreign names differ (Dačić and
Dacic, Lukashenko and Lukashenka). What differs after that is compared by Jaro-Winkler similarity.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from anyascii import anyascii
from nicknames import NickNamer
from rapidfuzz.distance import JaroWinkler

FOLDS = (
    # Letters that romanisations of Cyrillic, Arabic and Greek names (ISO 9, BGN/PCGN, press usage) exchange; the
    # longest first, since each rewrites what the next one sees.
    *(("gue", "ge"), ("gui", "gi"), ("ow", "u")),  # Sergueï and Sergei, Rowhani and Rouhani
    *(("tsch", "c"), ("tch", "c"), ("shch", "s"), ("sch", "s"), ("sh", "s"), ("ch", "c"), ("kh", "h"), ("zh", "z")),
    *(
        ("ts", "c"),
        ("tz", "c"),
        ("ph", "f"),
        ("th", "t"),
        ("gh", "g"),
        ("dj", "j"),
        ("ck", "k"),
        ("q", "k"),
        ("w", "v"),
        ("x", "ks"),
    ),
    *(("yu", "u"), ("iu", "u"), ("ya", "a"), ("ia", "a"), ("yo", "e"), ("ye", "e"), ("ie", "e"), ("ou", "u"), ("oo", "u")),
    *(
        ("ee", "i"),
        ("ij", "i"),
        ("iy", "i"),
        ("yi", "i"),
        ("y", "i"),
        ("j", "i"),
        ("ei", "e"),
        ("ae", "a"),
        ("oe", "o"),
        ("ue", "u"),
    ),
)
SPELLINGS = (
    ("isation", "ization"),
    ("centre", "center"),
    ("defence", "defense"),
    ("labour", "labor"),
    ("programme", "program"),
)
ALIKE = 0.93
"""Jaro-Winkler similarity from which two folded surnames may be one: "Poroshenko" and "Poroschenko" yes, "Petrov" and
"Petrovic" no."""

NEARLY = 0.9
"""The same for two who have all else of their names, and an office, in common: "Nazer" and "Nazir"."""
NEARLY_ALIKE = "nearly the same spelling"
SHORT = "a short form of the given name"
"""Why "Joe" and "Joseph" may be one."""
ENDINGS = ("jr", "sr")
"""Behind a name, and no part of it."""
ARTICLES = ("al", "el")
"""Before a part of an Arabic name, which is written with them or without."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How surely two names are spellings of one, from 0 (they contradict each other) to 1, and why."""

    score: float
    why: str


@lru_cache(maxsize=100_000)
def plain(name: str) -> tuple[str, ...]:
    """The words of a name in lower-case ASCII, without "the", marks and possessive: what two writings share."""
    ascii_only = re.sub(r"['’`]s\b|['’`.]", "", anyascii(name)).lower()
    words = re.findall(r"[a-z0-9]+", ascii_only)
    words = words[:-1] if len(words) > 2 and words[-1] in ENDINGS else words
    return tuple(words[1:] if len(words) > 1 and words[0] == "the" else words)


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """A word of `plain` as all its romanisations fold it: "lukashenko" and "lukashenka" are "lukasenka"."""
    for written, one in FOLDS:
        word = word.replace(written, one)
    word = re.sub(r"(.)\1+", r"\1", word)
    return re.sub(r"nko$", "nka", word)


def block(name: str) -> str:
    """What spellings of one person's name share before they are compared: the consonants of the surname, folded."""
    words = plain(name)
    surname = folded(words[-1]) if words else ""
    return surname[:1] + re.sub(r"[aeiou]", "", surname[1:])


def letters(name: str) -> frozenset[str]:
    """The first letters of what somebody of this name may be called: "William" also by the one of "Bill"."""
    words = plain(name)
    return frozenset(word[0] for word in {*words[:1], *(_long_forms(words[0]) if words else ())} if word)


def with_one_form(name: str, forms: Mapping[str, str]) -> str:
    """A name, its given names in the one of their *forms* that stands for all: Muhammad, Mohamed -> Mohammed."""
    words = name.split()
    return " ".join([*(forms.get(anyascii(word), word) for word in words[:-1]), *words[-1:]])


def organisation_key(name: str) -> str:
    """What writings of one organisation's name share: its words, British or American, without accents and "the"."""
    key = " ".join(word for word in plain(name) if word != "the")
    for british, american in SPELLINGS:
        key = key.replace(british, american)
    return key


@lru_cache(maxsize=200_000)
def compare_persons(a: str, b: str) -> Comparison:
    """How surely two full names are one person's: surnames, given and middle names must each be alike, or one the initial of
    the other. "Ivan A. Dacic" and "Ivan Dachich" can be one, "Igor Dacic" neither of them.
    """
    ones, others = _compared(a), _compared(b)
    if ones == others:
        return Comparison(1.0, "the same name")
    if len(ones) < 2 or len(others) < 2:
        return Comparison(0.0, "a surname alone says too little")
    surname = _word(ones[-1], others[-1])
    if surname < NEARLY or _by_ending(ones[-1], others[-1]):
        return Comparison(0.0, "surnames disagree")
    first = _given(ones[0], others[0])
    joined = _word("".join(ones[:-1]), "".join(others[:-1])) if len(ones) != len(others) else 0.0
    if joined >= ALIKE and surname >= ALIKE and not _by_ending("".join(ones[:-1]), "".join(others[:-1])):
        return Comparison(round(surname * joined, 2), "another spelling")  # "Abdel Fattah" and "Abdelfattah"
    if first == 0:
        return Comparison(0.0, "given names disagree")
    middle = _middle(ones[1:-1], others[1:-1])
    if middle == 0:
        return Comparison(0.0, "middle names disagree")
    score = round(surname * first * middle, 2)
    if surname < ALIKE:
        return Comparison(score, NEARLY_ALIKE) if first == 1 and middle == 1 else Comparison(0.0, "surnames disagree")
    if 1 in (len(ones[0]), len(others[0])):
        return Comparison(score, "an initial for the given name")
    if first == SHORTENED:
        return Comparison(score, SHORT)
    if surname == 1 and first == 1 and middle < 1:
        return Comparison(score, "a middle name more")
    return Comparison(score, "another spelling")


def _compared(name: str) -> tuple[str, ...]:
    """The words of a name that are compared: without the article in Arabic names, where two others are left."""
    words = plain(name)
    bare = tuple(word for word in words if word not in ARTICLES)
    return bare if len(bare) > 1 else words


def _word(a: str, b: str) -> float:
    """How alike two words of names are: 1 for the same, .98 where they only differ as romanisations do, 0 for short ones."""
    one, other = folded(a), folded(b)
    if a == b:
        return 1.0
    if one == other and min(len(a), len(b)) > 3:  # "Lee" and "Li" are two
        return 0.98
    if min(len(one), len(other)) < 5:
        return 0.0
    # "Jamie" and "Jaime" are nearer as written than as folded
    return max(JaroWinkler.similarity(one, other), JaroWinkler.similarity(a, b))


def _by_ending(a: str, b: str) -> bool:
    """Whether two names differ by an ending that makes another name: "Petrova", "Petrovic" and "Petrov", "Alexandra" and
    "Alexander".
    """
    short, long = sorted((a, b), key=len)
    if folded(a) == folded(b):
        return False
    return (short != long and long.startswith(short)) or folded(a).endswith("a") != folded(b).endswith("a")


def _given(a: str, b: str) -> float:
    """How alike two given names are; .9 where one is the initial of the other, 0 where they are two names."""
    if 1 in (len(a), len(b)):
        return 0.9 if a[0] == b[0] else 0.0
    if a != b and (a in _long_forms(b) or b in _long_forms(a)):
        return SHORTENED
    similarity = _word(a, b)
    return similarity if similarity >= 0.9 and not _by_ending(a, b) else 0.0


SHORTENED = 0.94
"""How alike a given name and a short form of it are."""


@cache
def _nicknames() -> NickNamer:
    return NickNamer()


@lru_cache(maxsize=20_000)
def _long_forms(name: str) -> frozenset[str]:
    """The given names that *name* is a short form of: "joe" of "joseph"."""
    return frozenset(_nicknames().canonicals_of(name)) if len(name) > 1 else frozenset()


def _middle(ones: tuple[str, ...], others: tuple[str, ...]) -> float:
    """How alike the middle names are; a little less than 1 where one name has more of them, 0 where two disagree."""
    if not ones or not others:
        return 1.0 if ones == others else 0.97
    agree = all(a[0] == b[0] and (1 in (len(a), len(b)) or _word(a, b) >= 0.9) for a, b in zip(ones, others, strict=False))
    return 0.99 if agree and len(ones) == len(others) else 0.95 if agree else 0.0
