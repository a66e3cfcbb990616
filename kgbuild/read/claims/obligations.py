"""What a speaker says that another has to do, or hopes that he does, is asked of that other.

"Norway said Mali must hold elections" and "has to hold", "said it was time for Mali to hold them", "hopes Mali will hold
them", "we expect Mali to hold them": the speaker asks, those who are to do it are asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kgbuild.model import Claim, Mention, Role
from kgbuild.ontology import Ontology
from kgbuild.read.claims import stance
from kgbuild.read.claims.confidence import share_right
from kgbuild.read.claims.event_vetoes import POLITICAL
from kgbuild.read.claims.paragraph import Paragraph
from kgbuild.read.claims.when import when_of
from kgbuild.read.parse.clauses import coordinated, is_infinitive, is_passive, is_verbal
from kgbuild.read.parse.lemmas import lemma_of
from kgbuild.read.parse.quotes import in_quotes
from kgbuild.read.parse.tokens import Token

FIRST = (["1"], ["2"])
"""The persons of whom nothing is asked here: who speaks, and who listens."""


@dataclass(frozen=True, slots=True)
class Duty:
    """That somebody has to do, or is hoped to do, what *verb* says."""

    obliged: Token
    verb: Token
    first: Token
    """The word that says so: "must", "has", "time", "hopes"."""
    wisher: Token | None = None
    """Whose hope it is, where that is said."""


def obligations(paragraph: Paragraph, told: Sequence[Claim], taken: set[Token]) -> Iterator[Claim]:
    """The claims of the type that diplomacy.ttl says obligations are (`lex:obliges`), but for what is *told* so already, and
    for what is *taken* by events: an event that ought to happen says so itself.
    """
    asking = paragraph.ontology.obliging
    if asking is None:
        return
    for duty in _duties(paragraph):
        if duty.verb in taken:
            continue
        claim = _claim(paragraph, asking, duty)
        if claim is not None and not any(_is_told(claim, other) for other in told):
            yield claim


# -- who has to do what ---------------------------------------------------------------------------


def _duties(paragraph: Paragraph) -> Iterator[Duty]:
    """What is to be done in a paragraph, in the order of its verbs."""
    ontology = paragraph.ontology
    for verb in paragraph.doc:
        if not is_verbal(verb) or not _is_done(verb, ontology) or _is_open(verb):
            continue
        obliged, first, wisher = paragraph.clauses.subject(verb), _says_so(verb, ontology), None
        if first is None and (wish := _wish(verb, ontology)) is not None:
            first, wisher = wish, paragraph.clauses.subject(wish)
            if wisher is None or (lemma_of(wish) not in ontology.words("askedBy", "clause") and not _is_first(wisher)):
                continue  # "expects Mali to grow" foresees it; who says "we expect" asks
        if first is None or obliged is None or obliged.i > verb.i or obliged.lower_ == "one":
            continue  # "should Britain decide to act" is a condition
        if first.dep_ != "aux" or obliged.i < first.i:
            yield Duty(obliged, verb, first, wisher)


def _is_done(verb: Token, ontology: Ontology) -> bool:
    """Whether somebody does it: not what is done to him, nor that he must be able to."""
    able = any(c.dep_ == "acomp" and c.lower_ in ontology.words("possibility", "adjective") for c in verb.children)
    return not is_passive(verb) and not able


def _is_open(verb: Token) -> bool:
    """Whether it is only asked, or supposed: "debated whether Mali should go", "if Mali has to go"."""
    return any(c.dep_ == "mark" and c.lower_ in ("whether", "if", "unless") for c in verb.children)


def _says_so(verb: Token, ontology: Ontology) -> Token | None:
    """The word that says that *verb* is to be done: "must" beside it, or above it "has", "needs", "it is time for"."""
    for modal in verb.children:
        if modal.dep_ == "aux" and modal.lower_ in ontology.words("obligation", "auxiliary"):
            return modal
    above = verb.head
    if not is_infinitive(verb) or above is verb:
        return None
    if verb.dep_ == "xcomp" and above.tag_ in ("VBP", "VBZ") and lemma_of(above) in ontology.words("askedBy", "infinitive"):
        return None if any(t.dep_ == "advmod" for t in verb.children if t.i < verb.i) else above  # "has yet to respond"
    predicates = [above] if above.pos_ in ("ADJ", "NOUN") else [c for c in above.children if c.dep_ in ("acomp", "attr")]
    own = any(c.dep_ in ("nsubj", "mark") and c.tag_ != "TO" for c in verb.children)
    said = [one for one in predicates if one.i < verb.i and lemma_of(one) in ontology.words("askedBy", "judgement")]
    if not said or not own or (in_quotes(verb) and any(t.tag_ == "VBD" for t in (above, above.head))):
        return None  # "it was important for Mali to go" tells what has been, unless somebody is said to have said so
    return said[0]


def _wish(verb: Token, ontology: Ontology) -> Token | None:
    """The verb of hoping above *verb*: "hopes that Mali will hold", "expect Mali to hold"."""
    above = verb.head
    if verb.dep_ not in ("ccomp", "xcomp") or above is verb or not is_verbal(above) or above.i > verb.i:
        return None
    if not any(c.dep_ == "nsubj" for c in verb.children) or lemma_of(verb) in ontology.words("askedBy", "unwilled"):
        return None
    auxiliaries = ontology.words("askedBy", "auxiliary")
    if is_infinitive(verb):
        return above if lemma_of(above) in ontology.words("askedBy", "verb") else None
    to_come = any(c.dep_ == "aux" and c.lower_ in auxiliaries for c in verb.children)
    return above if to_come and lemma_of(above) in ontology.words("askedBy", "clause") else None


def _is_first(token: Token) -> bool:
    return token.morph.get("Person", []) == ["1"]


# -- who asks whom --------------------------------------------------------------------------------


def _claim(paragraph: Paragraph, asking: str, duty: Duty) -> Claim | None:
    """That the speaker asks it; None where nobody asks, or nobody else is asked. Stance and time are those of the saying."""
    speaker, cue = _asker(paragraph, duty)
    if speaker is None or not paragraph.fits(duty.obliged, "Actor") or duty.obliged.morph.get("Person", []) in FIRST:
        return None
    other = paragraph.mention(duty.obliged)
    own = {*speaker.entities, *speaker.represents}  # a minister who says what his state must do asks nobody
    if speaker.span == other.span or own & set(other.entities):
        return None
    if not paragraph.ontology.is_a(speaker.cls, "Actor") or speaks_for_nobody(paragraph, speaker):
        return None
    joined = [paragraph.mention(t) for t in coordinated(duty.obliged)[1:] if paragraph.fits(t, "Actor")]
    decided = stance.decide(cue[0], cue, paragraph.ontology)
    if decided.polarity == "Negated":
        return None  # who does not say so asks nobody
    low, high = sorted((duty.first.i, duty.verb.i))
    return Claim(
        claims=asking,
        kind="event",
        sentence=paragraph.sentence(duty.verb),
        trigger=paragraph.span(low, high + 1),
        roles=(Role("actor", speaker), *(Role("recipient", one) for one in (other, *joined))),
        stance=decided,
        when=when_of(paragraph, cue, decided),
        matched="words of saying with what has to be done",
        confidence=share_right("obligation"),
    )


def _asker(paragraph: Paragraph, duty: Duty) -> tuple[Mention | None, tuple[Token, ...]]:
    """Who asks, and the words by which he does: the wisher, or who says it in this paragraph."""
    if duty.wisher is not None and not _is_first(duty.wisher):
        return (paragraph.mention(duty.wisher) if paragraph.fits(duty.wisher, "Actor") else None), (duty.first,)
    said = next((one for at, one in paragraph.said_at(duty.verb) if at is paragraph and one.asserted), None)
    if said is None or said.speaker is None:
        return None, ()
    return paragraph.mention(said.speaker), said.cue


def _is_told(claim: Claim, other: Claim) -> bool:
    """Whether *other* asks the same of the same in the same sentence."""
    if other.claims != claim.claims or other.sentence != claim.sentence:
        return False
    asked = {role.mention.span for role in claim.roles if role.role == "recipient"}
    return bool(asked & {role.mention.span for role in other.roles if role.role == "recipient"})


def speaks_for_nobody(paragraph: Paragraph, speaker: Mention) -> bool:
    """Whether nothing says for whom a person speaks: "analysts", or a premier of nobody knows which state."""
    ontology = paragraph.ontology
    known = speaker.represents or any(e in ontology.actors for e in speaker.entities)
    body = speaker.entities and ontology.is_a(speaker.cls, "Organization") and speaker.cls != "Company"
    return not known and not body and not any(ontology.is_a(speaker.cls, cls) for cls in POLITICAL)
