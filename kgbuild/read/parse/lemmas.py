"""Lemmas in one spelling: "criticise" and "criticize" are one verb."""

from __future__ import annotations

from functools import lru_cache

from kgbuild.read.parse.clauses import is_verbal
from kgbuild.read.parse.tokens import Doc, Token


def lemmas_of(doc: Doc) -> frozenset[str]:
    """The lemmas of a paragraph, worked out once."""
    if "lemmas" not in doc.known:
        doc.known["lemmas"] = frozenset(lemma_of(token) for token in doc)
    found: frozenset[str] = doc.known["lemmas"]
    return found


def lemma_of(token: Token) -> str:
    """The lemma in lower case and American spelling: "criticise" and "criticize" are one verb."""
    return american(token.lemma_.lower(), verbal=is_verbal(token))


@lru_cache(maxsize=50_000)
def american(lemma: str, *, verbal: bool) -> str:
    """The American spelling of a lemma."""
    if lemma.startswith("co-o"):
        return "coo" + lemma.removeprefix("co-o")
    if verbal and lemma.endswith(("ise", "yse")) and len(lemma) > 6:
        return lemma[:-2] + "ze"
    return lemma.replace("our", "or") if lemma.endswith(("our", "oured")) and len(lemma) > 5 else lemma
