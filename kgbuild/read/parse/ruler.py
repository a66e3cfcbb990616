"""spaCy's attribute ruler, its answers remembered: the same parts of speech at a tenth of the cost.

The ruler tries each of its patterns at each word. Most look at one word, its tag and its dependency alone, so what
they say of a word they say of every such word. Where a pattern of several words fits, the ruler itself is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, LOWER, MORPH, POS, TAG  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.vocab import Vocab

RULER = "attribute_ruler"
_LOOKED_AT = {"LOWER", "TAG", "DEP", "IS_SPACE"}
_TOLD = [TAG, POS, MORPH, LEMMA, DEP]


def remember(nlp: Language) -> None:
    """Let *nlp* remember what its attribute ruler says, if its rules are of the kind that can be."""
    ruler = nlp.get_pipe(RULER) if RULER in nlp.pipe_names else None
    if isinstance(ruler, AttributeRuler) and all(set(token) <= _LOOKED_AT for token in _tokens(ruler)):
        nlp.add_pipe("kgbuild_remembered_ruler", after=RULER)
        nlp.disable_pipe(RULER)


@Language.factory("kgbuild_remembered_ruler")
def _remembered(nlp: Language, name: str) -> RememberedRuler:
    ruler: Any = nlp.get_pipe(RULER)
    return RememberedRuler(ruler, nlp.vocab)


def _tokens(ruler: AttributeRuler) -> Iterator[dict[str, Any]]:
    return (token for pattern in _patterns(ruler) for token in pattern)


def _patterns(ruler: AttributeRuler) -> list[list[dict[str, Any]]]:
    rules: list[Any] = list(ruler.patterns)
    return [pattern for rule in rules for pattern in rule["patterns"]]


class RememberedRuler:
    """Does to a Doc what *ruler* does: sets tags, parts of speech, morphology and some lemmas, in place."""

    def __init__(self, ruler: AttributeRuler, vocab: Vocab) -> None:
        self._ruler = ruler
        self._told: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._begin: set[tuple[int, ...]] = set()
        """The words with which a pattern of several may begin, of those that are remembered."""
        self._several, self._first = Matcher(vocab), Matcher(vocab)
        self._index: dict[int, int] = {}
        """A rule of several words -> the place of the word that it tells something of."""
        rules: list[Any] = list(ruler.patterns)
        for place, rule in enumerate(rules):
            several = [pattern for pattern in rule["patterns"] if len(pattern) > 1]
            if several:
                self._several.add(str(place), several)
                self._first.add(str(place), [pattern[:1] for pattern in several])
                self._index[vocab.strings[str(place)]] = rule["index"]
        tests = [token["LOWER"] for token in _tokens(ruler) if "LOWER" in token]
        self._words = _Words(tests, vocab)

    def __call__(self, doc: Doc) -> Doc:
        """*doc*, ruled."""
        if doc.to_array([POS, MORPH, LEMMA]).any():
            return self._ruler(doc)
        words, told = self._words, self._told
        keys: list[tuple[int, ...]] = [
            (words[lower], tag, dep) for lower, tag, dep in doc.to_array([LOWER, TAG, DEP]).tolist()
        ]
        if not told.keys() >= set(keys) or not self._begin.isdisjoint(keys):
            for rule, start, end in self._several(doc):
                index = self._index[rule]
                of = (start if index >= 0 else end) + index
                keys[of] = (*keys[of], rule)
        if not told.keys() >= set(keys):
            self._begin.update(keys[start] for _, start, _ in self._first(doc))
            doc = self._ruler(doc)
            told.update(zip(keys, map(tuple, doc.to_array(_TOLD).tolist()), strict=True))
            return doc
        rows: Any = np.array([told[key] for key in keys], dtype=np.uint64).reshape(-1, len(_TOLD))
        return doc.from_array(_TOLD, rows)


class _Words(dict[int, int]):
    """A word in lower case -> itself where some pattern asks for it, else 0; words of white space are themselves."""

    def __init__(self, tests: list[Any], vocab: Vocab) -> None:
        super().__init__()
        self._strings = vocab.strings
        plain = [[test] if isinstance(test, str) else test.get("IN", test.get("NOT_IN", [])) for test in tests]
        self._asked = {word for words in plain for word in words}
        self._shapes = [re.compile(test["REGEX"]) for test in tests if isinstance(test, dict) and "REGEX" in test]

    def __missing__(self, lower: int) -> int:
        word = self._strings[lower]
        asked = word.isspace() or word in self._asked or any(shape.search(word) for shape in self._shapes)
        self[lower] = lower if asked else 0
        return self[lower]
