"""An event told before goes on where its noun stands with "the" alone: "the talks", "this visit" (event coreference)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kgbuild.model import Claim, Role
from kgbuild.read.claims import stance
from kgbuild.read.claims.candidate import Assembled
from kgbuild.read.claims.paragraph import Paragraph
from kgbuild.read.claims.statements import speaker_of
from kgbuild.read.claims.when import when_of
from kgbuild.read.names.definite import DESCRIBING
from kgbuild.read.parse.clauses import is_of_time
from kgbuild.read.parse.tokens import Token

NEAR = 3
"""Sentences, and so paragraphs, that "the talks" and "the move" look back at most."""
POINTING = ("the", "this", "that", "these", "those")
SIDES = ("actor", "recipient", "participant")
"""Roles of those who do something, or to whom it is done."""


def gone_on(paragraph: Paragraph, told: Sequence[Assembled], taken: set[Token]) -> Iterator[Claim]:
    """A claim for each noun in *paragraph* that means an event *told* before it in which two known sides take part,
    and is not *taken* by another.

    Who takes part is as told before; what is said, by whom and when it happens is as it stands here.
    """
    for noun in paragraph.doc:
        if noun.pos_ != "NOUN" or noun in taken or not paragraph.tools.frames.is_event(noun) or not is_known_one(noun):
            continue
        start = paragraph.span(noun.i, noun.i + 1).start
        before = told_before(paragraph.sentence(noun).index, start, told)
        meant = next((one for one in before if one.type in paragraph.tools.frames.types_of(noun)), None)
        if meant is not None and len(known_sides(meant.claim)) > 1 and _is_told_as_so(meant.claim):
            yield _claim(paragraph, noun, meant.claim)


def _is_told_as_so(claim: Claim) -> bool:
    """Whether it is told as what happens: what somebody is only blamed for is not."""
    return claim.stance.polarity == "Affirmed" and claim.stance.certainty == "Certain"


def told_before(sentence: int, start: int, told: Iterable[Assembled]) -> Iterator[Assembled]:
    """Of the events *told*, in order, those before *start* in that sentence and the few before it, the last first."""
    for other in reversed(list(told)):
        if other.claim.trigger.end <= start and sentence - other.claim.sentence.index <= NEAR:
            yield other


def is_known_one(noun: Token) -> bool:
    """Whether a noun is made known by "the" or "this" alone, and so by what was told before: "the talks", "this move"."""
    pointed = any(c.dep_ == "det" and c.lower_ in POINTING for c in noun.children)
    return pointed and noun.dep_ != "compound" and not any(c.dep_ in DESCRIBING and not is_of_time(c) for c in noun.children)


def known_sides(claim: Claim) -> list[Role]:
    """The roles of those who do it, or to whom it is done, as far as they are known."""
    return [r for r in claim.roles if r.role in SIDES and (r.mention.entities or r.mention.represents)]


def _claim(paragraph: Paragraph, noun: Token, meant: Claim) -> Claim:
    speaker, cue = speaker_of(paragraph, (noun,))
    held = replace(stance.decide(noun, (noun,), paragraph.ontology), speaker=speaker, cue=cue)
    if held.modality == "Actual":  # "will visit Peru. The visit …" is still to come
        held = replace(held, modality=meant.stance.modality)
    return replace(
        meant,
        sentence=paragraph.sentence(noun),
        trigger=paragraph.span(noun.i, noun.i + 1),
        roles=tuple(known_sides(meant)),
        stance=held,
        when=when_of(paragraph, (noun,), held),
        quantities=(),
    )
