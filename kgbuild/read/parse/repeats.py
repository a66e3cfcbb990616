"""Headlines, summaries and paragraphs that an article says twice."""

from __future__ import annotations

from rapidfuzz import fuzz

from kgbuild.read.parse.nlp import Passage, sentences

REPEATED = 92
"""A headline or summary whose words stand in one sentence of the body by this much (percent) says nothing new."""

OPENING = 20
"""Headlines and summaries that are compared with the body; no article has as many."""


def without_repetition(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """The passages, each once, without a headline or summary that a sentence of the body says in the same words."""
    told = [sentence.text for p in passages if p.block.kind == "body" for sentence in sentences(p.doc)]

    def repeated(text: str) -> bool:
        long = [s for s in told if len(s) >= 0.9 * len(text)]
        return any(fuzz.partial_ratio(text, s, score_cutoff=REPEATED) >= REPEATED for s in long)

    found: dict[str, Passage] = {}
    compared = [passage for passage in passages if passage.block.kind != "body"][:OPENING]
    for passage in passages:
        if passage not in compared or not repeated(passage.doc.text.rstrip(" .")):
            found.setdefault(" ".join(passage.doc.text.split()), passage)
    return tuple(found.values())
