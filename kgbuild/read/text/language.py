"""Whether an article is English, and what else it is: by the small words of languages, and by the letters.

The lists of small words (stopwords-iso, 58 languages) are those that search engines leave out. A word that many languages
have counts little. An article is English where a stretch of it is: mixed ones are read.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from kgbuild.errors import Problem
from kgbuild.model import Article, Block
from kgbuild.read.text.normal import normalised

STRETCH = 400
"""Characters that are looked at together."""
STRETCHES = 20
"""Stretches of an article that are looked at, evenly spaced; one of English is enough."""
ENGLISH = 0.12
"""Weight a word from which on a stretch is English; news has 0.2 to 0.4, other languages hardly 0.05."""
SURE = 2.0
"""Weight of the small words of another language from which on a text is in it."""
ALPHABET = 0.97
"""Share of a text's letters that the small words of its language have at least."""
_WORDS = re.compile(r"[^\W\d_]+")


def in_english(article: Article) -> tuple[Article, Problem | None]:
    """*article*; where it is in another language, without a block that is read, and the Problem that says so."""
    other = other_language(article.text)
    if other is None:
        return article, None
    what = f"not English ({other}); kgbuild reads English."
    blocks = tuple(Block("other language", block.start, block.end) for block in article.blocks)
    return replace(article, blocks=blocks), Problem(article.source, what, "Nothing is read in it; translate it first.")


def other_language(text: str) -> str | None:
    """The English name of the language, or else of the letters, of a text that is not English; None where it may be.

    A text that has too few words to tell, such as a list of names, may be English.
    """
    lists, seen = _lists(), list[str]()
    for stretch in _stretches(text):
        words = [word for word in _WORDS.findall(stretch) if word == word.lower()]  # names tell nothing
        if words and _weight(words, lists["en"]) >= ENGLISH * len(words):
            return None
        seen += words
    letters = Counter("".join(seen))
    scripts = Counter[str]()
    for letter, count in letters.items():
        scripts[_script(letter)] += count
    scores = {code: _weight(seen, words) for code, words in lists.items()}
    english = scores.pop("en")
    likely = [code for code, score in scores.items() if score >= SURE and score > 2 * english]
    script = max(scripts, key=lambda s: (scripts[s], s), default=_LATIN)
    if not likely and (script == _LATIN or scripts.total() < STRETCH // 20):
        return None
    fitting = [code for code in likely if sum(letters[c] for c in lists[code].letters) >= ALPHABET * letters.total()]
    if fitting:
        return _name(max(fitting, key=lambda code: (scores[code], code)))
    if script != _LATIN and all(letter == letter.upper() for letter in letters):
        # A script without capitals; many of these write no spaces, so that words are looked for in the whole.
        inside = {code: _within(seen, words) for code, words in lists.items()}
        if max(inside.values()) >= SURE:
            return _name(max(inside, key=lambda code: (inside[code], code)))
    return f"in {script} letters"


def _stretches(text: str) -> Iterator[str]:
    """Stretches of the text as it is read, from one end to the other."""
    step = max(STRETCH, len(text) // STRETCHES)
    for start in range(0, len(text), step):
        yield normalised(text[start : start + STRETCH]).text


@dataclass(frozen=True, slots=True)
class SmallWords:
    """The small words of a language, with their weights, and all letters of these."""

    weights: dict[str, float]
    letters: frozenset[str]


@cache
def _lists() -> dict[str, SmallWords]:
    import stopwordsiso  # reads its file when it is imported

    words = {code: stopwordsiso.stopwords(code) for code in sorted(stopwordsiso.langs())}
    shared = Counter(word for of in words.values() for word in of)
    return {
        code: SmallWords({word: 1 / shared[word] for word in sorted(of)}, frozenset("".join(of)))
        for code, of in words.items()
    }


def _weight(words: list[str], of: SmallWords) -> float:
    return sum(of.weights.get(word, 0.0) for word in words)


def _within(words: list[str], of: SmallWords) -> float:
    """The weight of the small words that stand anywhere in a text, each once."""
    text = " ".join(words)
    return sum(weight for word, weight in of.weights.items() if word in text)


@cache
def _script(letter: str) -> str:
    """The script of a letter, as Unicode names it: Latin, Cyrillic, CJK."""
    name = unicodedata.name(letter, "unknown").split()[0]
    return name if name == "CJK" else name.capitalize()


_LATIN = "Latin"


def _name(code: str) -> str:
    from babel import Locale  # slow to import

    return str(Locale("en").languages.get(code, code))
