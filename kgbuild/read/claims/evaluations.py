"""Evaluation is a predicate: who says that somebody's deed is criminal criticizes him, whatever the verb of saying.

What is said to be so ("is a serious problem", "it is a mistake that"), what somebody is called ("called Mali a sponsor of
terrorism") or does ("plays a constructive role") is looked up in a lexicon of good and bad words (`valence`); some verbs
blame by themselves ("is abusing its power"). The speaker is the actor, whose deed it is the recipient, the deed the theme.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kgbuild.model import Claim, Mention, Role, Stance
from kgbuild.ontology import Ontology
from kgbuild.read.claims import stance
from kgbuild.read.claims.confidence import share_right
from kgbuild.read.claims.obligations import speaks_for_nobody
from kgbuild.read.claims.paragraph import Paragraph
from kgbuild.read.claims.valence import OURS, vader, valence
from kgbuild.read.claims.when import when_of
from kgbuild.read.parse.clauses import coordinated, is_passive, is_verbal
from kgbuild.read.parse.lemmas import lemma_of
from kgbuild.read.parse.tokens import Token

LEAST = 1.5
"""How good or bad the words must be, taken together."""
WORDS_OF_OPINION = ("ACCUSE", "SUPPORT", "REJECT", "THREATEN")
"""Categories of claims beside which an evaluation by the same actor in the same sentence says nothing new."""
OWNERS = ("poss", "by", "of", "mod", "from")
"""Functions below a deed that lead to whose it is."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """That *subject* is said to be good or bad (*value*) by *words*, under the verb *verb*."""

    subject: Token
    verb: Token
    words: tuple[Token, ...]
    value: float
    speaker: Mention | None = None
    """Who says so, where that is no attribution around it: the subject of "called it a mistake"."""


def evaluations(paragraph: Paragraph, told: Sequence[Claim], taken: set[Token]) -> Iterator[Claim]:
    """The claims of the types that diplomacy.ttl says evaluations are (`lex:values`), but for what is *told* or *taken*."""
    found: list[Claim] = []
    for verb in paragraph.doc:
        if is_verbal(verb):
            for one in _evaluated(paragraph, verb, taken):
                claim = _claim(paragraph, one)
                if claim is not None and not any(
                    _says_as_much(claim, other, paragraph.ontology) for other in (*told, *found)
                ):
                    found.append(claim)
                    yield claim


# -- what is evaluated ----------------------------------------------------------------------------


def _evaluated(paragraph: Paragraph, verb: Token, taken: set[Token]) -> Iterator[Evaluation]:
    """What the clause of *verb* says to be good or bad."""
    ontology, arguments, lemma = paragraph.ontology, paragraph.clauses.arguments(verb), lemma_of(verb)
    if lemma in ontology.words("evaluation", "copula"):
        predicates = [t for function in ("attr", "acomp", "oprd") for t in arguments.get(function, ())]
        predicates += [t for function in ("in", "of") for t in arguments.get(function, ()) if verb.i < t.i <= verb.i + 4]
        predicates += [t for t in arguments.get("comp", ()) if lemma_of(t) in ontology.words("evaluation", "infinitive")]
        subject = _what_is_judged(paragraph, verb, predicates)
        if subject is not None:
            yield from _valued(subject, verb, predicates, ontology)
            misdeeds = [t for t in arguments.get("behind", ()) if _bearing(t, ontology) <= -LEAST]
            yield from (Evaluation(subject, verb, (t,), -LEAST) for t in misdeeds if not _is_negated(verb))
    elif lemma in ontology.words("evaluation", "verb"):
        speaker = paragraph.clauses.subject(verb)
        predicates = [t for function in ("oprd", "as") for t in arguments.get(function, ())]
        predicates += [t for c in verb.children if c.lower_ == "as" for t in c.children if t.pos_ == "ADJ"]
        objects = arguments.get("obj", ())[:1]
        if speaker is not None and objects and verb not in taken:
            for one in _valued(objects[0], verb, [t for t in predicates if t is not objects[0]], ontology):
                yield replace(one, speaker=paragraph.mention(speaker))
    elif "obj" in arguments and lemma in ontology.words("evaluation", "condoned") and _is_inexcusable(verb):
        yield Evaluation(arguments["obj"][0], verb, (verb,), -LEAST)
    elif "subj" in arguments and not _is_negated(verb):
        [subject, *_] = arguments["subj"]
        if lemma in ontology.words("evaluation", "misdeed") and verb not in taken:
            yield Evaluation(subject, verb, (verb,), -LEAST)
        elif lemma in ontology.words("evaluation", "deed"):
            yield from _valued(subject, verb, arguments.get("obj", ()), ontology)
        else:  # "the sanctions are puzzling, unjustified and regrettable": taken for what they do
            yield from _valued(subject, verb, [c for c in verb.children if c.dep_ == "conj" and c.pos_ == "ADJ"], ontology)


def _is_inexcusable(verb: Token) -> bool:
    """Whether nobody can do it to what is said of: "cannot be tolerated", "can no longer be justified"."""
    longer = any(c.lower_ == "longer" and any(w.lower_ == "no" for w in c.children) for c in verb.children)
    return is_passive(verb) and _has_modal(verb) and (longer or _is_negated(verb))


def _what_is_judged(paragraph: Paragraph, copula: Token, predicates: Sequence[Token]) -> Token | None:
    """The subject; of "it is a mistake that Chad left" and "for Chad to leave" who does what stands behind."""
    subject = paragraph.clauses.subject(copula)
    if subject is not None and subject.lower_ != "it":
        return subject
    if any(c.lower_ == "for" for one in predicates for c in one.children if not _is_done_by(c, one)):
        return None  # "is great for Peru that Chad left" judges Chad's leaving by its worth for Peru
    for above in (copula, *predicates):
        for clause in (c for c in above.children if c.dep_ in ("ccomp", "xcomp", "advcl", "acl") and c.i > copula.i):
            doer = paragraph.clauses.subject(clause)
            told = stance.decide(clause, (clause,), paragraph.ontology)
            if doer is not None and doer.i > copula.i and told.polarity == "Affirmed" and not _has_modal(clause):
                return doer
    return None


def _is_done_by(preposition: Token, predicate: Token) -> bool:
    """Whether a "for" names who does what stands behind: "a mistake for Chad to leave"."""
    return any(c.dep_ in ("xcomp", "advcl", "relcl", "acl") and c.i > preposition.i for c in predicate.children)


def _has_modal(clause: Token) -> bool:
    return any(c.tag_ == "MD" for c in clause.children)


def _valued(subject: Token, verb: Token, predicates: Sequence[Token], ontology: Ontology) -> Iterator[Evaluation]:
    """What *predicates* say of *subject*, if it is good or bad enough."""
    every = [t for one in predicates for t in coordinated(one)]
    value = sum(_value(t, ontology) for t in dict.fromkeys(every))
    if _is_negated(verb) or any(c.dep_ == "det" and c.lower_ == "no" for t in every for c in t.children):
        value = -value if value > 0 else 0.0  # "is no solution" blames, "is no threat" praises nobody
    if abs(value) >= LEAST:
        yield Evaluation(subject, verb, tuple(dict.fromkeys(every)), value)


def _value(predicate: Token, ontology: Ontology) -> float:
    """How good or bad a predicate is: its head, what stands before it, and of a head that judges nothing what it is of."""
    if lemma_of(predicate) in ontology.words("evaluation", "neutral"):
        return 0.0
    value = 0.0 if lemma_of(predicate) in ontology.words("evaluation", "bearer") else valence(predicate, ontology)
    value += sum(valence(c, ontology) for c in predicate.children if c.dep_ in ("amod", "compound") and c.i < predicate.i)
    if not value:
        behind = (p for c in predicate.children if c.dep_ == "prep" and c.lower_ in ("of", "for", "in") for p in c.children)
        value += sum(_bearing(p, ontology) for p in behind if p.dep_ in ("pobj", "pcomp"))
    return value


def _bearing(what: Token, ontology: Ontology) -> float:
    """How good or bad it is to bear, or to be for, *what*: a misdeed is bad, and so is an attack, which judges nobody."""
    bad = lemma_of(what) in ontology.words("evaluation", "misdeed") or vader().get(lemma_of(what), 0.0) < 0
    return -OURS if bad else valence(what, ontology)


def _is_negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)


# -- by whom, of whom -----------------------------------------------------------------------------


def _claim(paragraph: Paragraph, one: Evaluation) -> Claim | None:
    """The claim that *one* comes to; None where it is nobody's word, or about nobody's deed, or only supposed."""
    ontology = paragraph.ontology
    kind = ontology.valuing.get("negative" if one.value < 0 else "positive")
    speaker, cue = (one.speaker, (one.verb,)) if one.speaker is not None else _voice(paragraph, one.verb)
    if (
        kind is None
        or speaker is None
        or not (speaker.entities or speaker.represents)
        or speaks_for_nobody(paragraph, speaker)
    ):
        return None
    if not ontology.is_a(speaker.cls, "Actor") or ontology.is_a(speaker.cls, "MediaOutlet"):
        return None
    held = stance.decide(one.verb, (one.verb,), ontology)
    likely = held.modality == "Actual" or _is_inexcusable(one.verb)
    if one.speaker is None and (not likely or _is_supposed(one.verb)):
        return None
    roles = _roles(paragraph, one, speaker)
    if not roles:
        return None
    decided = stance.decide(cue[0], cue, ontology) if one.speaker is not None else Stance(quoted=held.quoted)
    words = sorted(one.words, key=lambda t: t.i)
    return Claim(
        claims=kind,
        kind="event",
        sentence=paragraph.sentence(one.verb),
        trigger=paragraph.span(words[0].i, words[-1].i + 1),
        roles=(Role("actor", speaker), *roles),
        stance=decided,
        when=when_of(paragraph, cue, decided),
        matched="words of saying with what is good or bad",
        confidence=share_right("evaluation"),
    )


def _voice(paragraph: Paragraph, verb: Token) -> tuple[Mention | None, tuple[Token, ...]]:
    """Who says it, and the words that tell so where they stand in this paragraph."""
    for speaker, one in paragraph.voices(verb):
        here = one.cue if one.cue[0].doc is verb.doc else (verb,)
        return speaker, here
    return None, ()


def _is_supposed(verb: Token) -> bool:
    """Whether a clause is a condition or only says which one is meant, and so judges nothing by itself."""
    path = [one for one in (verb, *verb.ancestors) if is_verbal(one)]
    conditions = ("if", "unless", "whether")
    return any(
        one.dep_ in ("relcl", "csubj", "acl") or any(c.dep_ == "mark" and c.lower_ in conditions for c in one.children)
        for one in path
    )


def _roles(paragraph: Paragraph, one: Evaluation, speaker: Mention) -> list[Role]:
    """Of whom or of what it is said: somebody but the speaker and his side, his deed, or a deed of nobody named."""
    subject = one.subject
    own = {*speaker.entities, *speaker.represents}
    if subject.morph.get("Person", []) in (["1"], ["2"]):
        return []
    if paragraph.fits(subject, "Actor"):
        mention = paragraph.mention(subject)
        other = bool(mention.entities or mention.represents) and not own & {*mention.entities, *mention.represents}
        return [Role("recipient", mention)] if other and mention.span != speaker.span else []
    if subject.pos_ not in ("NOUN", "PROPN"):
        return []
    owners = [t for function in OWNERS for t in paragraph.clauses.arguments(subject).get(function, ())]
    whose = [paragraph.mention(t) for t in owners if paragraph.fits(t, "Actor")]
    known = [m for m in whose if m.entities or m.represents]
    theme = Role("theme", paragraph.mention(subject))
    if known:
        return [] if own & {*known[0].entities, *known[0].represents} else [theme, Role("recipient", known[0])]
    mine = any(t.morph.get("Person", []) == ["1"] for t in owners)
    meant = subject.n_lefts or subject.n_rights or subject.tag_ == "NNS"  # "the talks", not "trade" at large
    return [theme] if meant and paragraph.tools.frames.is_event(subject) and not mine else []


def _says_as_much(claim: Claim, other: Claim, ontology: Ontology) -> bool:
    """Whether *other* is an opinion of the same actor in the same sentence."""
    if other.kind != "event" or other.sentence != claim.sentence or other.claims not in ontology.types:
        return False
    if ontology.types[other.claims].category not in WORDS_OF_OPINION:
        return False
    [speaker] = claim.role("actor")
    return any(m.span == speaker.span or set(m.entities) & set(speaker.entities) for m in other.role("actor"))
