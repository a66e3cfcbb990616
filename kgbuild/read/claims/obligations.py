"""What a speaker says that another has to do is asked of that other: "Norway said Mali must hold elections"."""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.model import Claim, Mention, Role
from kgbuild.ontology import Ontology
from kgbuild.read.claims import stance
from kgbuild.read.claims.attributions import Attribution
from kgbuild.read.claims.confidence import share_right
from kgbuild.read.claims.event_vetoes import POLITICAL
from kgbuild.read.claims.paragraph import Paragraph
from kgbuild.read.claims.when import when_of
from kgbuild.read.parse.clauses import coordinated, is_passive, is_verbal
from kgbuild.read.parse.tokens import Token


def obligations(paragraph: Paragraph, taken: set[Token]) -> Iterator[Claim]:
    """The claims of the type that diplomacy.ttl says obligations are (`lex:obliges`), but for what is *taken* by events."""
    asking = paragraph.ontology.obliging
    if asking is None:
        return
    modals = paragraph.ontology.words("obligation", "auxiliary")
    for modal in paragraph.doc:
        if modal.lower_ in modals and modal.dep_ == "aux" and modal.head not in taken:
            asked = _asked(paragraph, modal)
            if asked is not None:
                yield _claim(paragraph, asking, modal, *asked)


def _asked(paragraph: Paragraph, modal: Token) -> tuple[Attribution, Mention, list[Mention]] | None:
    """What is said with *modal*, who says it and who are obliged; None where nobody is or nobody asks."""
    verb = modal.head
    if not _is_duty(verb, paragraph.ontology):
        return None
    obliged = paragraph.clauses.subject(verb)
    said = next((one for at, one in paragraph.said_at(verb) if at is paragraph and one.asserted), None)
    if said is None or said.speaker is None or obliged is None or obliged.i > modal.i or obliged.lower_ == "one":
        return None  # "should Britain decide to act" is a condition
    if not paragraph.fits(obliged, "Actor"):
        return None
    speaker, other = paragraph.mention(said.speaker), paragraph.mention(obliged)
    own = {*speaker.entities, *speaker.represents}  # a minister who says what his state must do asks nobody
    if speaker.span == other.span or own & set(other.entities) or obliged.morph.get("Person", []) in (["1"], ["2"]):
        return None
    speaks = paragraph.ontology.is_a(speaker.cls, "Actor") and not speaks_for_nobody(paragraph, speaker)
    joined = [paragraph.mention(t) for t in coordinated(obliged)[1:] if paragraph.fits(t, "Actor")]
    return (said, speaker, [other, *joined]) if speaks else None


def _is_duty(verb: Token, ontology: Ontology) -> bool:
    """Whether somebody has to do it: not what is done to him, nor that he must be able to."""
    able = any(c.dep_ == "acomp" and c.lower_ in ontology.words("possibility", "adjective") for c in verb.children)
    return is_verbal(verb) and not is_passive(verb) and not able


def _claim(
    paragraph: Paragraph, asking: str, modal: Token, said: Attribution, speaker: Mention, obliged: list[Mention]
) -> Claim:
    """That *speaker* asks of those *obliged* what has to be done; its stance and time are those of the saying."""
    verb = modal.head
    decided = stance.decide(said.cue[0], said.cue, paragraph.ontology)
    return Claim(
        claims=asking,
        kind="event",
        sentence=paragraph.sentence(verb),
        trigger=paragraph.span(min(modal.i, verb.i), max(modal.i, verb.i) + 1),
        roles=(Role("actor", speaker), *(Role("recipient", one) for one in obliged)),
        stance=decided,
        when=when_of(paragraph, said.cue, decided),
        matched="words of saying with what has to be done",
        confidence=share_right("obligation"),
    )


def speaks_for_nobody(paragraph: Paragraph, speaker: Mention) -> bool:
    """Whether nothing says for whom a person speaks: "analysts", or a premier of nobody knows which state."""
    ontology = paragraph.ontology
    known = speaker.represents or any(e in ontology.actors for e in speaker.entities)
    body = speaker.entities and ontology.is_a(speaker.cls, "Organization") and speaker.cls != "Company"
    return not known and not body and not any(ontology.is_a(speaker.cls, cls) for cls in POLITICAL)
