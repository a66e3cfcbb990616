"""How likely a claim is right: its confidence, learnt from readers' verdicts (`tests/judged`).

A claim is right when its type is right and then everybody in it is. Each of these two questions has a logistic
regression of its own over features of type, predicate, example and roles; the confidence is the product of their
answers. `tests/bench/confidence.py` fits the weights and writes them to confidence.json beside this module: of the claims
graded .8, about eight in ten are right. Stance, speaker and time are no part of it, since the verdicts are on types, roles
and links alone: a claim may be surely read of what is only planned.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp, log, log1p
from pathlib import Path

from kgbuild.model import Mention, Role
from kgbuild.ontology import Ontology
from kgbuild.read.claims.paragraph import Paragraph
from kgbuild.read.frames.frame import Match
from kgbuild.read.frames.matching import Frames
from kgbuild.read.names.located import Located
from kgbuild.read.parse.clauses import governing_verb, is_passive, is_verbal
from kgbuild.read.parse.lemmas import lemma_of
from kgbuild.read.parse.tokens import Token

WEIGHTS = Path(__file__).with_name("confidence.json")
"""What the bench has fitted."""
QUESTIONS = {
    "is it of this type": ("type", "word", "match", "roles", "distance", "parties"),
    "is everybody right": ("roles", "distance", "parties", "predicate"),
}
"""What has to be true of a right claim, and the groups of features that it is answered by."""
STATEMENT = 0.9
"""Of an attribution: nobody has judged any, so this stands by hand."""
PARTIES = {name: name for name in ("actor", "recipient", "participant")} | dict.fromkeys(
    ("subject", "object", "holder"), "end"
)
"""Roles of those who take part; the two ends of a relation are looked at alike."""
OTHERS = ("theme", "topic", "cause", "place", "of")
LOOSE = ("Group", "Organization", "Actor", "Thing", "ArmedGroup", "PoliticalParty", "Company")
"""Classes of parties that seldom act for a state."""
CAPPED = 5
"""Steps between predicate and filler that count at most."""


@dataclass(frozen=True, slots=True)
class Filler:
    """Who or what fills a role, and where that stands."""

    role: str
    mention: Mention
    head: Token | None
    """None where it is no mention of this paragraph, as an office or who was named before."""
    kind: str
    """name, demonym, description or pronoun; empty without a head."""
    by_example: bool
    """Whether the example says where it stands; else a rule for what lies beyond the example has found it."""


@dataclass(frozen=True, slots=True)
class Question:
    """A fitted logistic regression: its answer is the logistic function of *constant* and weighted features."""

    constant: float
    weights: Mapping[str, float]

    def answer(self, found: Mapping[str, float]) -> float:
        """The probability of yes; features without a weight, as types that nobody has judged, count nothing."""
        weighed = sum(self.weights.get(name, 0.0) * value for name, value in found.items() if value)
        return 1 / (1 + exp(-self.constant - weighed))


@dataclass(frozen=True, slots=True)
class Fitted:
    """All that confidence.json holds."""

    questions: tuple[Question, ...]
    shares: Mapping[str, float]
    """Of claims that fit no example ("obligation", "counterpart"): the share judged right, drawn towards that of all."""


def confidence(paragraph: Paragraph, match: Match, roles: Sequence[Role]) -> float:
    """The probability that the claim which *match* makes with *roles* is right, to three digits."""
    found, grade = features(paragraph, match, roles), 1.0
    for question in fitted().questions:
        grade *= question.answer(found)
    return round(grade, 3)


def share_right(kind: str) -> float:
    """The confidence of a claim of a *kind* that fits no example: "obligation", "evaluation" or "counterpart"."""
    return fitted().shares[kind]


@cache
def fitted() -> Fitted:
    """The weights that ship."""
    read = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    questions = (read["questions"][name] for name in QUESTIONS)
    return Fitted(tuple(Question(one["constant"], one["weights"]) for one in questions), read["shares"])


def features(paragraph: Paragraph, match: Match, roles: Sequence[Role]) -> dict[str, float]:
    """What is known of a claim when it is made, by name ("roles: recipients"); all names each time but those of its type."""
    fillers = _fillers(paragraph, match, roles)
    groups = {
        "type": _type(paragraph.ontology, match),
        "word": _word(paragraph.tools.frames, match),
        "match": _match(paragraph, match),
        "predicate": _predicate(match.words[0]),
        "roles": _roles(match, fillers),
        "distance": _distance(match.words[0], fillers),
        "parties": _parties(paragraph.ontology, fillers),
    }
    return {f"{group}: {name}": float(value) for group, named in groups.items() for name, value in named.items()}


# -- groups of features ---------------------------------------------------------------------------


def _type(ontology: Ontology, match: Match) -> dict[str, float]:
    kind = ontology.types[match.frame.type]
    return {f"type {kind.name}": 1, f"category {kind.category or kind.kind}": 1, f"quad {kind.quad or kind.kind}": 1}


def _word(frames: Frames, match: Match) -> dict[str, float]:
    """How firmly the ontology's examples tie the predicate to this type: "leave" teaches much else than Withdraw."""
    frame = match.frame
    of_word, of_type = _taught(frames)
    types = of_word[frame.lemma, frame.verbal]
    same, every = types[frame.type], types.total()
    return {
        "share of its frames that teach this type": same / every,
        "frames that teach this type": log1p(min(same, 20)) / 2,
        "a single frame": every == 1,
        "share of the type's frames": log(1 + 100 * same / of_type[frame.type]) / 3,
        "counterexamples": log1p(frames.counterexamples(frame)) / 2,
    }


@lru_cache(maxsize=2)
def _taught(frames: Frames) -> tuple[dict[tuple[str, bool], Counter[str]], Counter[str]]:
    """How many frames each predicate has of each type, and each type in all."""
    of_word: dict[tuple[str, bool], Counter[str]] = {}
    for frame in frames.all:
        of_word.setdefault((frame.lemma, frame.verbal), Counter())[frame.type] += 1
    return of_word, Counter(frame.type for frame in frames.all)


def _match(paragraph: Paragraph, match: Match) -> dict[str, float]:
    """How much of the example stands there, and how many other examples fit as well."""
    token, own = match.words[0], {word.lemma for word in match.frame.words}
    fitting = paragraph.matches(token)
    literal = sum(lemma_of(word) in own for word in match.words) - match.frame.widened
    return {
        "widened": match.frame.widened,
        "several words": len(match.words) > 1,
        "several of its own words": literal > 1,
        "other words than its own": literal < len(match.words),
        "alone": len(fitting) <= 1,
        "matches": log1p(min(len(fitting), 8)) / 2,
        "of several types": len({one.frame.type for one in fitting}) > 1,
    }


def _predicate(token: Token) -> dict[str, float]:
    verb = token if is_verbal(token) else governing_verb(token)
    links = {token.dep_, verb.dep_ if verb is not None else ""}
    return {
        "verbal": is_verbal(token),
        "finite": is_verbal(token) and _is_finite(token),
        "passive": is_verbal(token) and is_passive(token),
        "in the main clause": verb is not None and verb.dep_ == "ROOT",
        "coordinated": "conj" in links,
        "after a preposition": "pcomp" in links,
        "in a complement": verb is not None and verb.dep_ in ("ccomp", "xcomp"),
        "before a noun": token.dep_ in ("compound", "nmod", "appos"),
        "capital": token.text[:1].isupper() and token.i > token.sent.start,
        "verbs above": min(sum(is_verbal(above) for above in token.ancestors), 4) / 2,
    }


def _roles(match: Match, fillers: Sequence[Filler]) -> dict[str, float]:
    """Which roles are filled and how often, and which of those that the example has are not."""
    slots, filled = {slot.role for slot in match.frame.roles}, {role for role, _ in match.roles}
    counts = {f"{name}s": sum(_kind(one) == name for one in fillers) for name in (*_KINDS, *OTHERS)}
    beyond = {
        f"{name} beyond the example": sum(one.role == name and not one.by_example for one in fillers)
        for name in ("recipient", "place", "topic")
    }
    empty = {f"no {name} though the example has one": name in slots - filled for name in ("actor", "recipient", "theme")}
    twice = Counter(one.mention.span for one in fillers).most_common(1)
    beyond["one mention in two roles"] = bool(twice) and twice[0][1] > 1
    return {**counts, **beyond, **empty, "a thing for a recipient": "recipient" in filled - slots}


def _distance(predicate: Token, fillers: Sequence[Filler]) -> dict[str, float]:
    """How far from the predicate those stand who take part."""
    found: dict[str, float] = {}
    for kind in (*_KINDS, *OTHERS):
        heads = [one.head for one in fillers if _kind(one) == kind and one.head is not None]
        found[f"steps to the {kind}"] = sum(_steps(predicate, head) - 1 for head in heads)
        found[f"words to the {kind}"] = sum(log1p(abs(head.i - predicate.i)) for head in heads) / 2
        found[f"{kind} before a noun"] = sum(head.dep_ in ("compound", "amod", "nmod") for head in heads)
        found[f"{kind} next to it"] = sum(head.head is predicate for head in heads)
        found[f"{kind} after a preposition"] = sum(head.dep_ == "pobj" for head in heads)
        found[f"{kind} behind a verb"] = sum(_is_parted(predicate, head) for head in heads)
    return found


def _parties(ontology: Ontology, fillers: Sequence[Filler]) -> dict[str, float]:
    """What those are who take part, and how they were linked; what stands in the other roles."""
    parties = [one for one in fillers if one.role in PARTIES]
    mentions = [one.mention for one in parties]
    heads = [one.head for one in parties if one.head is not None]
    known = {one: any(entity in ontology.actors for entity in one.entities) for one in mentions}
    states = [{*m.represents, *(m.entities if m.cls == "State" else ())} for m in mentions]
    together = set().union(*states)
    found: dict[str, float] = {
        "linked": sum(bool(m.entities) for m in mentions),
        "linked to somebody known": sum(known[m] for m in mentions),
        "linked by a description": sum(one.kind == "description" and bool(one.mention.entities) for one in parties),
        "linked to several": sum(len(m.entities) > 1 for m in mentions),
        "acts for another": sum(bool(m.represents) for m in mentions),
        "acts for another, without a name": sum(bool(m.represents) and not m.entities for m in mentions),
        "acts for another, named here only": sum(bool(m.represents and m.entities) and not known[m] for m in mentions),
        "acts for another, of a loose class": sum(bool(m.represents) and m.cls in LOOSE for m in mentions),
        "of a loose class": sum(m.cls in LOOSE for m in mentions),
        "no actor": sum(not ontology.is_a(m.cls, "Actor") for m in mentions),
        "unknown person": sum(m.cls == "Person" and not known[m] for m in mentions),
        "long": sum(len(m.span.text.split()) > 3 for m in mentions),
        "common noun in the singular": sum(head.tag_ == "NN" for head in heads),
        "named as a place": sum(head.ent_type_ == "GPE" for head in heads),
        "named as a people": sum(head.ent_type_ == "NORP" for head in heads),
        "of two states": len(together) == 2,
        "of more states": len(together) > 2,
        "twice of one state": len(together) == 1 and sum(map(bool, states)) > 1,
    }
    for kind in _KINDS:
        those = [one for one in parties if _kind(one) == kind]
        found[f"{kind} linked to nobody"] = sum(not one.mention.entities and not one.mention.represents for one in those)
        found[f"{kind} a pronoun"] = sum(one.kind == "pronoun" for one in those)
        found[f"{kind} a state"] = sum(one.mention.cls == "State" for one in those)
        found[f"{kind} a person"] = sum(one.mention.cls == "Person" for one in those)
    for name in OTHERS:
        others = [one.mention for one in fillers if one.role == name]
        found[f"{name} a mere thing"] = sum(m.cls == "Thing" for m in others)
        found[f"{name} known"] = sum(any(e in ontology.actors for e in m.entities) for m in others)
    return found


# -- fillers --------------------------------------------------------------------------------------

_KINDS = tuple(dict.fromkeys(PARTIES.values()))


def _kind(filler: Filler) -> str:
    return PARTIES.get(filler.role, filler.role)


def _fillers(paragraph: Paragraph, match: Match, roles: Iterable[Role]) -> list[Filler]:
    """Each role that a mention plays, once, with the word that heads the mention."""
    located: dict[Mention, Located] = {one.mention: one for one in (*paragraph.by_token.values(), *paragraph.mentions)}
    by_example = [paragraph.passage.offset + token.idx for _, token in match.roles]
    found = []
    for role, mention in dict.fromkeys((role.role, role.mention) for role in roles):
        one = located.get(mention)
        given = any(mention.span.start <= place < mention.span.end for place in by_example)
        found.append(Filler(role, mention, paragraph.doc[one.head] if one else None, one.kind if one else "", given))
    return found


def _steps(one: Token, other: Token) -> int:
    """The arcs between two words in the parse, at most CAPPED, which stands for words of two sentences too."""
    above = {token.i: steps for steps, token in enumerate((one, *one.ancestors))}
    met = (steps + above[token.i] for steps, token in enumerate((other, *other.ancestors)) if token.i in above)
    return min(next(met, CAPPED), CAPPED)


def _is_parted(one: Token, other: Token) -> bool:
    """Whether a verb stands between two words."""
    first, last = sorted((one.i, other.i))
    return any(token.pos_ in ("VERB", "AUX") and is_verbal(token) for token in one.doc[first + 1 : last])


def _is_finite(verb: Token) -> bool:
    """Whether it has a tense of its own or of its auxiliary."""
    tenses = ("VBD", "VBZ", "VBP")
    return verb.tag_ in tenses or any(c.tag_ in tenses for c in verb.children if c.dep_ in ("aux", "auxpass"))
