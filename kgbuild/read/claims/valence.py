"""How good or bad a word is: the sentiment lexicon of VADER (Hutto & Gilbert, ICWSM 2014), with what language.ttl adds."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from kgbuild.ontology import Ontology
from kgbuild.read.parse.lemmas import lemma_of
from kgbuild.read.parse.tokens import Token

OURS = 2.0
"""How good or bad a word is that language.ttl lists."""


def valence(token: Token, ontology: Ontology) -> float:
    """From -4, very bad, to 4, very good; 0 for a word that judges nothing. What language.ttl lists goes first."""
    spellings = (lemma_of(token), token.lower_)
    for name, value in (("neutral", 0.0), ("negative", -OURS), ("positive", OURS)):
        if any(word in ontology.words("evaluation", name) for word in spellings):
            return value
    return next((vader()[word] for word in spellings if word in vader()), 0.0)


@cache
def vader() -> dict[str, float]:
    """The words of VADER's lexicon with their mean ratings, without its emoticons and the like."""
    lines = (files("vaderSentiment") / "vader_lexicon.txt").read_text(encoding="utf-8").splitlines()
    rated = (line.split("\t")[:2] for line in lines)
    return {word: float(value) for word, value in rated if word.isalpha()}
