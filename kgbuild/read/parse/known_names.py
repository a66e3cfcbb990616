"""A known person's name is a noun, whatever the tagger says: "Barack" is no preposition in "Barack Obama and X met".

Where the model takes a word of such a name for something else, the paragraph is parsed again with a name that it knows in
its stead, and the parse is given to the words that stand there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import spacy.tokens
from spacy.attrs import (  # type: ignore[import-not-found]
    DEP,
    ENT_IOB,
    ENT_TYPE,
    HEAD,
    LEMMA,
    MORPH,
    ORTH,
    POS,
    TAG,
)
from spacy.language import Language
from spacy.strings import get_string_id

from kgbuild.ontology import Ontology

_COPIED = [TAG, POS, MORPH, LEMMA, DEP, HEAD, ENT_IOB, ENT_TYPE]
GIVEN, SURNAME = "John", "Smith"
"""Whom the model takes for a person everywhere."""
WITHIN = ("PROPN", "PUNCT", "ADP", "DET", "PART", "SPACE")
"""What the words within a name may be: "Ursula von der Leyen"."""


def with_known_names(nlp: Language, doc: spacy.tokens.Doc, ontology: Ontology) -> spacy.tokens.Doc:
    """*doc*, parsed anew where the name of somebody whom actors.ttl knows was taken for something else than a name."""
    mistaken = [(first, last) for first, last in _names(doc, ontology) if _is_mistaken(doc[first:last])]
    return _parsed_as_names(nlp, doc, mistaken) if mistaken else doc


def _names(doc: spacy.tokens.Doc, ontology: Ontology) -> Iterator[tuple[int, int]]:
    """The known persons' names of several words in *doc*: the first token and the one after the last."""
    names, first_words, end = _by_first_word(ontology), _first_words(ontology), 0
    words: list[int] = doc.to_array(ORTH).tolist()
    begin = [doc[i] for i, word in enumerate(words[:-1]) if word in first_words]
    begin = [token for token in begin if any(_goes_on(name, token) for name in names[token.text])]
    text = doc.text if begin else ""
    for token in begin:
        if token.i < end:
            continue
        for name in names[token.text]:
            span = doc.char_span(token.idx, token.idx + len(name)) if text.startswith(name, token.idx) else None
            if span is not None:
                end = span.end
                yield span.start, span.end
                break


def _goes_on(name: str, first: spacy.tokens.Token) -> bool:
    """Whether the word behind the *first* one is the next of a *name*, or a part of it."""
    return name.startswith(first.nbor().text, len(first) + 1)


@lru_cache(maxsize=2)
def _by_first_word(ontology: Ontology) -> dict[str, tuple[str, ...]]:
    """The first word of a person's name -> the names that begin so, the longest first."""
    found = defaultdict[str, set[str]](set)
    for actor in ontology.actors.values():
        for name in actor.names if actor.cls == "Person" else ():
            if " " in name:
                found[name.split()[0]].add(name)
    return {first: tuple(sorted(names, key=lambda n: (-len(n), n))) for first, names in found.items()}


@lru_cache(maxsize=2)
def _first_words(ontology: Ontology) -> frozenset[int]:
    """The same words as spaCy numbers them."""
    return frozenset(get_string_id(word) for word in _by_first_word(ontology))


def _is_mistaken(name: spacy.tokens.Span) -> bool:
    return {name[0].pos_, name[-1].pos_} != {"PROPN"} or any(token.pos_ not in WITHIN for token in name)


def _parsed_as_names(nlp: Language, doc: spacy.tokens.Doc, names: list[tuple[int, int]]) -> spacy.tokens.Doc:
    """*doc* with the parse that it has when these *names* are a name that the model knows."""
    words = [token.text for token in doc]
    for first, last in names:
        words[first:last] = [GIVEN] * (last - first - 1) + [SURNAME]
    spaces = [bool(token.whitespace_) for token in doc]
    parsed = nlp(spacy.tokens.Doc(doc.vocab, words=words, spaces=spaces))
    told: Any = parsed.to_array(_COPIED)
    for first, last in names:
        for i in range(first, last):
            told[i, _COPIED.index(LEMMA)] = np.uint64(doc[i].orth)
    mended: spacy.tokens.Doc = spacy.tokens.Doc(doc.vocab, words=[t.text for t in doc], spaces=spaces)
    return mended.from_array(_COPIED, told)
