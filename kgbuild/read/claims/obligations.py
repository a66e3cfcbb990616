"""What a speaker says that another has to do is asked of that other: "Norway said Mali must hold elections"."""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.model import Claim, Mention, Role
from kgbuild.read.claims import stance
from kgbuild.read.claims.confidence import share_right
from kgbuild.read.claims.paragraph import Paragraph
from kgbuild.read.claims.vetoes import POLITICAL
from kgbuild.read.claims.when import when_of
from kgbuild.read.parse.clauses import is_passive, is_verbal
from kgbuild.read.parse.tokens import Token


def obligations(paragraph: Paragraph, taken: set[Token]) -> Iterator[Claim]:
    """The claims of the type that diplomacy.ttl says obligations are (`lex:obliges`), but for what is *taken* by events."""
    ontology = paragraph.ontology
    asking = ontology.obliging
    if asking is None:
        return
    modals = ontology.words("obligation", "auxiliary")
    for modal in paragraph.doc:
        if modal.lower_ not in modals or modal.dep_ != "aux":
            continue
        verb = modal.head
        able = any(c.dep_ == "acomp" and c.lower_ in ontology.words("possibility", "adjective") for c in verb.children)
        if not is_verbal(verb) or is_passive(verb) or verb in taken or able:
            continue
        obliged = paragraph.clauses.subject(verb)
        said = next((one for at, one in paragraph.said_at(verb) if at is paragraph and one.told), None)
        if said is None or said.speaker is None or obliged is None or obliged.i > modal.i or obliged.lower_ == "one":
            continue  # "should Britain decide to act" is a condition
        if not paragraph.fits(obliged, "Actor"):
            continue
        speaker, other = paragraph.mention(said.speaker), paragraph.mention(obliged)
        own = {*speaker.entities, *speaker.represents}  # a minister who says what his state must do asks nobody
        same = speaker.span == other.span or own & set(other.entities)
        if (
            _speaks_for_nobody(paragraph, speaker)
            or same
            or not ontology.is_a(speaker.cls, "Actor")
            or obliged.morph.get("Person", []) in (["1"], ["2"])
        ):
            continue
        held = stance.decide(said.cue[0], said.cue, ontology)
        yield Claim(
            claims=asking,
            kind="event",
            sentence=paragraph.sentence(verb),
            trigger=paragraph.span(min(modal.i, verb.i), max(modal.i, verb.i) + 1),
            roles=(Role("actor", speaker), Role("recipient", other)),
            stance=held,
            when=when_of(paragraph, said.cue, held),
            matched="words of saying with what has to be done",
            confidence=share_right("obligation"),
        )


def _speaks_for_nobody(paragraph: Paragraph, speaker: Mention) -> bool:
    """Whether nothing says for whom a person speaks: "analysts", or a premier of nobody knows which state."""
    ontology = paragraph.ontology
    known = speaker.represents or any(e in ontology.actors for e in speaker.entities)
    body = speaker.entities and ontology.is_a(speaker.cls, "Organization") and speaker.cls != "Company"
    return not known and not body and not any(ontology.is_a(speaker.cls, cls) for cls in POLITICAL)
