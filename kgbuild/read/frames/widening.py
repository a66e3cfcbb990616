"""Frames widened by families (families.ttl): what "imposed sanctions" teaches, "slapped an embargo" teaches too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kgbuild.ontology import Ontology
from kgbuild.read.frames.frame import ANY, PARTICLES, Frame, Word
from kgbuild.read.parse.lemmas import american


def widened(frame: Frame, ontology: Ontology) -> Iterator[Frame]:
    """*frame* with the words that may stand for those it needs; then the same for each word that may stand for its head.

    What a counterexample refuses is refused of its own head alone.
    """
    words = tuple(
        Word(w.parent, w.function, w.lemma, _alike(w, frame, ontology, verbal=w.function == "comp"))
        if number and w.lemma != ANY
        else w
        for number, w in enumerate(frame.words)
    )
    frame = replace(frame, words=words)
    yield frame
    if frame.counter or any(word.function in PARTICLES and word.parent == 0 for word in words):
        return  # "called off" is no "called"
    for lemma in _alike(words[0], frame, ontology, verbal=frame.verbal):
        verb, _, particle = lemma.partition("_")
        extra = (Word(0, "prt", particle),) if particle else ()
        yield replace(frame, words=(Word(-1, "", verb), *words[1:], *extra), widened=True)


def _alike(word: Word, frame: Frame, ontology: Ontology, *, verbal: bool) -> tuple[str, ...]:
    """The lemmas that may stand for a word of *frame*, in order; for its head only by families of the frame's type."""
    found: set[str] = set()
    head = word.parent < 0
    for family in ontology.families:
        counts = frame.type in family.types or (not family.types and not head)
        words = {american(w, verbal=verbal) for w in (family.verbs if verbal else family.nouns)}
        if counts and word.lemma in words:
            found |= words - {word.lemma}
    return tuple(sorted(found))
