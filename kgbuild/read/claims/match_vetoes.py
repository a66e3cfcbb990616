"""Vetoes before matches are weighed: the word stands in another sense, or for nothing that happens."""

from __future__ import annotations

from kgbuild.read.claims.candidate import Candidate
from kgbuild.read.claims.vetoes import Veto, is_listed
from kgbuild.read.frames.frame import MODIFIERS
from kgbuild.read.parse.clauses import is_infinitive
from kgbuild.read.parse.lemmas import lemma_of
from kgbuild.read.parse.tokens import Token


def _is_named(candidate: Candidate) -> bool:
    word, here = candidate.head, candidate.paragraph.located(candidate.head)
    if word.pos_ == "PROPN" and word.ent_type_ == "DATE" and not candidate.paragraph.is_office(word):
        return True  # the March of "18 March"
    if here is None or here.kind != "name":
        return False
    return here.head != word.i or candidate.ontology.is_a(here.mention.cls, "Actor")


def _is_in_a_title(candidate: Candidate) -> bool:
    word, above = candidate.head, candidate.head.head
    titled = word.pos_ == above.pos_ == "PROPN" and word.dep_ == "compound" and above.i > word.i
    cased = titled and word.text.istitle() and above.text.istitle() and word.i > word.sent.start
    return cased and not candidate.paragraph.is_office(word)


def _is_deputy(candidate: Candidate) -> bool:
    noun, ontology = candidate.head, candidate.ontology
    if candidate.type not in ontology.words("deputising", "type") or candidate.verbal:
        return False
    before = [child for child in noun.children if child.dep_ in MODIFIERS and child.i < noun.i]
    if noun.i > 1 and noun.doc[noun.i - 1].text == "-":
        before.append(noun.doc[noun.i - 2])  # "vice-chairman"
    return any(word.lower_ in ontology.words("deputising", "modifier") for word in before)


def _was_there_before(candidate: Candidate) -> bool:
    noun = candidate.head
    if candidate.verbal or noun.dep_ != "dobj":
        return False
    return any(is_listed(what, candidate, noun.head) for what in ("boosted", "performed"))


def _is_gathering(candidate: Candidate) -> bool:
    verb, ontology = candidate.head, candidate.ontology
    if candidate.kind.category != "COERCE" or verb.lower_ not in ontology.words("gathering", "participle"):
        return False
    if verb.dep_ == "xcomp" and verb.head.lemma_.lower() in ontology.words("plan", "verb"):
        return True  # "a funeral for a sister, scheduled to be held in Rome"
    doc, before = verb.doc, verb.i - 1
    while before > verb.sent.start and (doc[before].pos_ in ("AUX", "ADV") or doc[before].is_punct):
        before -= 1
    return lemma_of(doc[before]) in ontology.words("gathering", "noun")


def _is_posed(candidate: Candidate) -> bool:
    noun, ontology = candidate.head, candidate.ontology
    if candidate.type not in ontology.words("posed", "type") or noun.tag_ != "NN":
        return False
    if lemma_of(noun) not in ontology.words("posed", "noun"):
        return False
    if any(c.lower_ == "any" and c.dep_ == "det" for c in noun.children):
        return True  # "any threat to Peru"
    if noun.dep_ in ("dobj", "attr") and is_listed("posed", candidate, noun.head):
        return True  # "poses a grave threat to Peru"
    said = any(c.dep_ in ("acl", "relcl") or (c.dep_ == "prep" and c.lower_ in ("to", "against")) for c in noun.children)
    of = (t for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for t in c.children if t.dep_ == "pobj")
    done = noun.dep_ == "dobj" and lemma_of(noun.head) in ontology.words("light", "verb")
    owners = [t for f in ("mod", "poss", "of") for t in candidate.paragraph.clauses.arguments(noun).get(f, ())]
    by_state = any(candidate.paragraph.fits(t, "State") for t in owners)
    return by_state and not said and not done and all(t.pos_ == "PROPN" for t in of)


def _is_shown(candidate: Candidate) -> bool:
    return is_listed("shown", candidate, candidate.head) and any(
        c.dep_ in ("ccomp", "dobj") for c in candidate.head.children
    )


def _is_questioned(candidate: Candidate) -> bool:
    verb = candidate.head
    if verb.dep_ != "advcl" or verb.tag_ not in ("VBN", "VBD") or not is_listed("questioned", candidate, verb):
        return False
    said = lemma_of(verb.head) in candidate.ontology.words("report", "verb")
    alone = not any(c.dep_ in ("agent", "nsubj", "nsubjpass", "dobj") for c in verb.children)
    return said and alone and verb.i < verb.head.i


def _helps_to_do(candidate: Candidate) -> bool:
    verb = candidate.head
    if not is_listed("helped", candidate, verb):
        return False
    whom = [c for c in verb.children if c.dep_ == "dobj" and candidate.paragraph.fits(c, "Actor")]
    doings = (c for head in (verb, *whom) for c in head.children if c.dep_ in ("xcomp", "advcl", "acl", "relcl"))
    return any(is_infinitive(c) and c.i > whom[0].i for c in doings) if whom else False


def _finds_it_so(candidate: Candidate) -> bool:
    said = _opinions(candidate)
    promised = candidate.ontology.words("opinion", "auxiliary")
    told = (c for verb in said for c in verb.children)
    return bool(said) and not any(c.dep_ in ("aux", "auxpass") and c.lower_ in promised for c in told)


def _is_of_one_mind(candidate: Candidate) -> bool:
    verb = candidate.head
    if not is_listed("opinion", candidate, verb) or _opinions(candidate):
        return False
    more = any(c.dep_ in ("xcomp", "dobj") or (c.dep_ == "prep" and c.lower_ in ("on", "to")) for c in verb.children)
    shared = [o for c in verb.children if c.dep_ == "prep" and c.lower_ == "with" for o in c.children if c.i > verb.i]
    return not more and bool(shared) and all(o.pos_ != "PROPN" for o in shared)


def _opinions(candidate: Candidate) -> list[Token]:
    """What is said to be so, where *candidate* is of a verb that may tell an opinion."""
    if not is_listed("opinion", candidate, candidate.head):
        return []
    return [c for c in candidate.head.children if c.dep_ == "ccomp" and not is_infinitive(c)]


OF_MATCHES: tuple[Veto[Candidate], ...] = (
    Veto(
        name="within a name",
        why="A word that names an actor, or stands within a name or a date without being its head, tells of nothing.",
        stops=_is_named,
        example="Peru praised the Agreement for Cooperation between Norway and Chile.",
        counterexample="Peru praised the cooperation between Norway and Chile.",
    ),
    Veto(
        name="within a title",
        why="A capitalized noun before another in a title or name only says which one it is, and tells of nothing.",
        stops=_is_in_a_title,
        example="Angela Merkel met Peru Aid Director Luis Quispe.",
        counterexample="Norway and Peru expanded trade.",
    ),
    Veto(
        name="deputy",
        why="Whoever stands in for a holder of an office leads and chairs nothing.",
        stops=_is_deputy,
        example="Angela Merkel is deputy head of the United Nations.",
        counterexample="Angela Merkel is head of the United Nations.",
    ),
    Veto(
        name="was there before",
        why="What can only be done to demand or to a duty that is there already asks for nothing and imposes nothing.",
        stops=_was_there_before,
        example="Portugal boosted demand in Peru.",
        counterexample="Portugal repeated its demand to Peru.",
    ),
    Veto(
        name="a meeting is held",
        why='"Held" right behind a meeting, or behind "scheduled to be", says that it takes place; nobody is detained.',
        stops=_is_gathering,
        example="The board of directors meeting was held in Rome.",
        counterexample="Three envoys of Peru were held in Rome.",
    ),
    Veto(
        name="finds it so",
        why="Who agrees that something is so, without a word of what will be done, promises nothing.",
        stops=_finds_it_so,
        example="Norway agreed that prices were low.",
        counterexample="Norway agreed that it would pay.",
    ),
    Veto(
        name="of one mind",
        why="Who agrees with somebody's view, and not on or to anything, promises nothing.",
        stops=_is_of_one_mind,
        example="Norway agreed with some of the report.",
        counterexample="Norway agreed to the plan.",
    ),
    Veto(
        name="shown",
        why="Who demonstrates something, or that it is so, shows it, and marches nowhere.",
        stops=_is_shown,
        example="Norway demonstrated that it works.",
        counterexample="Students demonstrated against Norway.",
    ),
    Veto(
        name="asked by the press",
        why="Who is pressed or asked about something, by nobody named, and then speaks, answers a question.",
        stops=_is_questioned,
        example="Pressed about Peru, Angela Merkel said nothing.",
        counterexample="Pressed by Norway, Peru said nothing.",
    ),
    Veto(
        name="helps to do",
        why="Who supports somebody to do something gives help, and takes no side.",
        stops=_helps_to_do,
        example="Norway will support Peru to modernise its ports.",
        counterexample="Norway will support Peru in the dispute.",
    ),
    Veto(
        name="a threat that is posed",
        why="The threat of a state of which nothing else is said, and one that is posed or met, is none that is uttered.",
        stops=_is_posed,
        example="Norway and Peru spoke of the Chilean threat.",
        counterexample="Norway and Peru spoke of the Chilean threat to leave.",
    ),
)
"""Asked before matches are weighed: a match that one of them stops gives way to others at its words."""
