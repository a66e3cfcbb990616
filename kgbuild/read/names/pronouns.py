"""What "he", "it" and "they" stand for, or that nothing says so.

The subjects of the clauses around a pronoun come first, from the inside out, then those of the sentence before
(Hobbs 1978; Lappin and Leass 1994), each if it agrees in number, gender and animacy. Where the nearest of them is
a thing that was no mention ("the loan will ..., but it ..."), the pronoun stands for that, and so for no actor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kgbuild.read.names.antecedents import (
    identity,
    is_object,
    is_several,
    reported,
    says_that,
    subjects_around,
    subjects_over,
)
from kgbuild.read.names.gender import gender_of
from kgbuild.read.names.located import Located
from kgbuild.read.names.memory import Memory
from kgbuild.read.parse.clauses import coordinated, is_infinitive, is_verbal
from kgbuild.read.parse.tokens import Span as ParsedSpan
from kgbuild.read.parse.tokens import Token

NEAR_PERSON = 3
"""Paragraphs that "he" looks back at most."""
NEAR_THING = 1
"""Paragraphs that "it" and "they" look back at most: to the sentence before, no further."""
PLACES = ("City", "Region", "Facility")
"""What "it" stands for only where it does something."""


def resolve_pronoun(one: Located, token: Token, memory: Memory) -> Located:
    """The pronoun as what it stands for; unchanged where nothing fits. A nameless one ("an official") lends its class."""
    gender = next(iter(token.morph.get("Gender", [])), "")
    if token.morph.get("Person", []) != ["3"] or _is_impersonal(token, memory):
        return one
    found = _antecedents(one, token, gender, memory)
    if not found or _acts_on_itself(found, token, one, memory):
        return one
    if gender in ("Masc", "Fem") and len(found[0].mention.entities) == 1:
        [person] = found[0].mention.entities
        memory.genders.setdefault(person, gender)
    return _standing_for(one, token, found)


def _antecedents(one: Located, token: Token, gender: str, memory: Memory) -> list[Located]:
    """The mentions that the pronoun stands for: those of a person, of a thing, or of several."""
    named = _in_brackets(token, one.passage, memory)
    if named is not None:
        return [named]
    if gender in ("Masc", "Fem"):
        return _person(one, token, gender, memory)
    judged = _whose_deed_is_judged(token, memory)
    if judged is not None:
        found = memory.mention(judged, one.passage)
        alone = [found] if found is not None and _is_thing(found, memory) else []
        return alone if token.morph.get("Number", []) != ["Plur"] else _group_at(judged, one.passage, memory) or []
    if token.morph.get("Number", []) == ["Plur"]:
        return _group(one, token, memory)
    return _thing(one, token, memory)


def _in_brackets(token: Token, passage: int, memory: Memory) -> Located | None:
    """Whom a bracket right behind the pronoun names: "His (Nakasone) remarks"."""
    if token.i + 3 >= len(token.doc) or token.nbor(1).text != "(":
        return None
    named = memory.names.get((passage, token.i + 2))
    return named if named is not None and token.doc[named.last].text == ")" else None


def _acts_on_itself(found: list[Located], token: Token, one: Located, memory: Memory) -> bool:
    """Whether the pronoun would be both who does something and to or with whom: "it condemns Japan", "he hopes to talk with
    Abe" (Principle B, Chomsky 1981).
    """
    meant = {e for m in found for e in m.mention.entities}
    if token.dep_ != "nsubj" or not meant:
        return False
    objects = [memory.mention(t, one.passage) for t in _objects(token.head) if t.i > token.i]
    return any(meant & set(m.mention.entities) for m in objects if m is not None)


def _objects(verb: Token) -> Iterator[Token]:
    """What a verb, or an infinitive below it with the same subject, is done to or with."""
    for child in verb.children:
        if child.dep_ in ("dobj", "dative"):
            yield child
        elif child.dep_ == "prep" and child.lower_ in ("with", "to", "against"):
            yield from (c for c in child.children if c.dep_ == "pobj")
        elif child.dep_ == "xcomp":
            yield from _objects(child)


def _standing_for(one: Located, token: Token, found: list[Located]) -> Located:
    """The pronoun as all of *found*; of no one if one of them is unknown, "Russia and its allies" being not Russia alone."""
    classes = {m.mention.cls for m in found}
    words = " and ".join(m.mention.span.text for m in found)
    mention = replace(
        one.mention,
        cls=found[0].mention.cls if len(classes) == 1 else "Group",
        entities=_joined(m.mention.entities for m in found) if all(m.mention.entities for m in found) else (),
        represents=_joined(m.mention.represents for m in found),
        reason=f'"{token.text}" for {words}',
        name=found[0].mention.name or ("" if found[0].mention.entities else words) if len(found) == 1 else "",
    )
    return replace(one, mention=mention)


def _joined(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group))


def _is_impersonal(token: Token, memory: Memory) -> bool:
    """Whether "it" only holds the subject's place: "it is clear that", "it seems", "make it hard to"."""
    if token.dep_ == "expl":
        return True
    if (
        token.lower_ == "it"
        and token.head.pos_ == "ADJ"
        and any(is_infinitive(t) for t in token.head.subtree if is_verbal(t))
    ):
        return True  # "made it easier for Peru to leave"
    if token.lower_ != "it" or token.dep_ not in ("nsubj", "nsubjpass", "dobj"):
        return False
    verb, impersonal = token.head, memory.ontology.words("impersonal", "adjective")
    clauses = [c for c in verb.children if c.i > verb.i and c.dep_ in ("ccomp", "xcomp", "advcl", "csubj", "acl", "relcl")]
    predicated = [c for c in verb.children if c.dep_ in ("acomp", "oprd", "attr", "amod") and c.i > token.i]
    if token.dep_ == "nsubjpass":  # "it was reported that"
        return any(says_that(c) for c in clauses if c.dep_ in ("ccomp", "csubj"))
    if any(c.lower_ in impersonal for c in (*predicated, *(c for c in clauses if c.pos_ == "ADJ"))):
        return True
    if verb.lemma_ in memory.ontology.words("impersonal", "verb"):
        return any(says_that(c) for c in clauses) or not predicated
    return verb.lemma_ == "be" and any(says_that(c) for c in clauses)


# -- persons --------------------------------------------------------------------------------------


def _person(one: Located, token: Token, gender: str, memory: Memory) -> list[Located]:
    """Whom "he" means: the nearest subject around it that is one person, else the only person of the sentence named
    before, else the subject of a sentence before. For an object ("asking him"), the nearest who is not the subject."""
    quoted = memory.quoted(one.passage)
    here = [m for m in memory.named_in(one.passage, token.sent, before=token.i) if _may_be(m, gender, memory)]
    if token.i not in quoted:  # who speaks is not one of whom it is spoken
        here = [m for m in here if m.head not in quoted]
    judged = _whose_deed_is_judged(token, memory)
    if judged is not None:
        person = _person_at(judged, gender, one.passage, memory)
        return [person] if person is not None else []
    around = list(subjects_around(token, memory, one.passage))
    if is_object(token):  # "wrote to Putin asking him": the nearest that is not who does it
        subjects = [memory.mention(t, one.passage) for t in subjects_over(token, memory, one.passage)]
        acting = {identity(m) for m in subjects if m is not None}
        here = [m for m in here if identity(m) not in acting]
        if here:
            return [here[-1]]
        around = [t for t in around if (m := memory.mention(t, one.passage)) is None or identity(m) not in acting]
    for subject in around:
        person = _person_at(subject, gender, one.passage, memory)
        if person is not None:
            return [person]
        if _may_be_a_surname(memory.mention(subject, one.passage)):
            return []
    if token.i in quoted:
        here = [m for m in here if m.head in quoted]
    if here:
        return [here[-1]] if token.tag_ == "PRP$" or _is_one(here) else []
    return _person_before(one, token, gender, memory)


def _whose_deed_is_judged(token: Token, memory: Memory) -> Token | None:
    """Of "his" in what somebody is thanked, praised or punished for, him: the object of "thanked X for his support",
    "imposed sanctions on X over his deeds".
    """
    preposition = next((a for a in token.ancestors if a.dep_ == "prep"), None)
    if (
        token.tag_ != "PRP$"
        or preposition is None
        or preposition.lower_ not in memory.ontology.words("judgedFor", "preposition")
    ):
        return None
    verb = preposition.head
    if verb.pos_ == "NOUN" and verb.lemma_.lower() in memory.ontology.words("judgedFor", "noun"):
        verb = verb.head  # "expressed his gratitude to X for his support"
    elif verb.dep_ == "pobj" and verb.head.dep_ in ("dative", "prep"):
        verb = verb.head.head  # the parser hangs "for" on X
    while verb.pos_ == "NOUN" and verb.dep_ == "dobj":
        verb = verb.head
    if not is_verbal(verb):
        return None
    lemma = verb.lemma_.lower()
    given = [c for c in verb.subtree if c.dep_ in ("dative", "prep") and c.lower_ == "to" and c.i < preposition.i]
    laid = [c for c in verb.subtree if c.dep_ == "prep" and c.lower_ in ("on", "upon", "against") and c.i < preposition.i]
    if lemma in memory.ontology.words("judgedFor", "verb"):
        objects = [c for c in verb.children if c.dep_ in ("dobj", "dative") and c.pos_ != "ADP"]
    elif lemma in memory.ontology.words("judgedFor", "giving"):
        objects = [o for to in given for o in to.children if o.dep_ == "pobj"]
    elif lemma in memory.ontology.words("judgedFor", "laying"):
        objects = [o for on in laid for o in on.children if o.dep_ == "pobj"]
    else:
        return None
    return objects[-1] if objects and objects[-1].i < token.i else None


def _may_be(one: Located, gender: str, memory: Memory) -> bool:
    """Whether a mention is one person who may be of *gender*, and no mere part of another's description."""
    if one.mention.cls != "Person" or len(one.mention.entities) > 1 or is_several(one, memory):
        return False
    if (one.kind == "pronoun" and not one.mention.reason) or (one.kind != "name" and memory.token(one).dep_ == "compound"):
        return False
    return gender_of(one, memory) in ("", gender)


def _person_at(subject: Token, gender: str, passage: int, memory: Memory) -> Located | None:
    """The person of *gender* who is a subject, or put beside it: "his rival, General X, said he"."""
    if len(coordinated(subject)) > 1:
        return None
    heads = [subject, *(c for c in subject.children if c.dep_ == "appos")]
    mentions = [memory.mention(t, passage) for t in heads]
    return next((m for m in mentions if m is not None and _may_be(m, gender, memory)), None)


def _person_before(one: Located, token: Token, gender: str, memory: Memory) -> list[Located]:
    """In the nearest sentence before that has any, outside of direct speech if it can be: the person who is the subject
    of the outermost clause, of several the last; else the only one."""
    speaker = _speaker(token, one.passage, memory)
    if speaker is not None and speaker.i > token.i and speaker.morph.get("Gender", []) == [gender]:
        return []  # "…," he said: whoever is named before may be he
    for number, earlier in memory.sentences_before(one.passage, token.sent, passages=NEAR_PERSON):
        people = [m for m in memory.named_in(number, earlier) if _may_be(m, gender, memory)]
        people = [m for m in people if m.head not in memory.quoted(number)] or people
        if speaker is not None:  # who speaks is not one of whom he speaks
            people = [m for m in people if (m.passage, m.head) != (one.passage, speaker.i)]
        subjects = [m for m in people if memory.token(m).dep_ in ("nsubj", "nsubjpass", "ROOT")]
        if subjects:
            return [min(subjects, key=lambda m: (_depth(memory.token(m)), -m.head))]
        if people:
            return [people[-1]] if _is_one(people) else []
        if _tells_of_somebody_unknown(number, earlier, memory):
            return []
    return []


def _speaker(token: Token, passage: int, memory: Memory) -> Token | None:
    """Who says the direct speech in which *token* stands: the subject of the verb of saying that is nearest to it."""
    quoted, said = memory.quoted(passage), memory.ontology.words("report", "verb")
    if token.i not in quoted:
        return None
    saying = [t for t in token.doc if t.i not in quoted and t.lemma_ in said and is_verbal(t)]
    nearest = min(saying, key=lambda t: abs(t.i - token.i), default=None)
    return memory.clauses[passage].subject(nearest) if nearest is not None else None


def _may_be_a_surname(one: Located | None) -> bool:
    """Whether a name of one word that nobody knows may be somebody's: "Chung", whatever the model takes it for."""
    named = one is not None and one.kind == "name" and not one.known and one.mention.cls != "Person"
    return named and one is not None and one.last - one.first == 1


def _tells_of_somebody_unknown(passage: int, sentence: ParsedSpan, memory: Memory) -> bool:
    """Whether the subject of a sentence is one name of which nothing is known: "Soleimani was killed"; it may be his."""
    subjects = [t for t in sentence if t.dep_ in ("nsubj", "nsubjpass") and t.head.dep_ == "ROOT"]
    return any(t.tag_ == "NNP" and memory.mention(t, passage) is None and len(coordinated(t)) == 1 for t in subjects)


def _is_one(mentions: list[Located]) -> bool:
    return len({identity(m) for m in mentions}) == 1


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)


# -- things ---------------------------------------------------------------------------------------


def _thing(one: Located, token: Token, memory: Memory) -> list[Located]:
    """What "it" means: whom it stresses ("Russia itself"), who announces what it does, the nearest subject around it that
    is a thing, for "its" a thing of the sentence, else the subject of the sentence before."""
    if token.lower_ == "itself" and token.i and token.dep_ in ("npadvmod", "appos", "nmod", "dep"):
        stressed = memory.mention(token.nbor(-1), one.passage)
        return [stressed] if stressed is not None and _is_thing(stressed, memory) else []
    if is_object(token):
        return _thing_of_object(one, token, memory)
    same = _named_by_it(token)
    if same is not None:
        meant = memory.mention(same, one.passage)
        return [meant] if meant is not None and meant.mention.reason else []
    announcer = _announcer(token, one.passage, memory)
    if announcer is not None:
        return [announcer]
    found = _subject_around(token, one.passage, memory)
    if found is None:
        found = _thing_of_sentence(one, token, memory)
    if found is None:
        before = memory.sentences_before(one.passage, token.sent, passages=NEAR_THING)
        found = next((_subject_of(number, sentence, memory) for number, sentence in before), [])
    return found


def _named_by_it(token: Token) -> Token | None:
    """The "it" before "its" that is no subject of a clause with a tense, no verb and no noun between that may be its own:
    "hold it accountable for its deeds"."""
    if token.tag_ != "PRP$":
        return None
    for before in reversed(token.doc[token.sent.start : token.i]):
        if before.lower_ == "it":
            return before if is_object(before) else None
        if before.pos_ in ("NOUN", "PROPN", "PRON"):
            return None
    return None


def _is_thing(one: Located, memory: Memory) -> bool:
    """Whether "it" may stand for a mention: one thing of a known class; a place only where it does something."""
    mention = one.mention
    if mention.cls in ("Person", "Thing") or len(mention.entities) > 1 or one.kind == "demonym" or is_several(one, memory):
        return False
    if one.kind == "pronoun" and not mention.reason:
        return False
    return mention.cls not in PLACES or memory.token(one).dep_ in ("nsubj", "nsubjpass")


def _thing_at(token: Token, passage: int, memory: Memory) -> Located | None:
    """The thing for which "it" may stand at a token, where it stands there alone."""
    found = memory.mention(token, passage)
    alone = len(coordinated(token)) == 1
    return found if alone and found is not None and _is_thing(found, memory) else None


def _is_unnamed(subject: Token, passage: int, memory: Memory) -> bool:
    """Whether a subject is one thing that nothing names ("the loan"): "it" may stand for that, and so for no actor."""
    if len(coordinated(subject)) > 1:
        return False
    found = memory.mention(subject, passage)
    if found is None:
        return subject.tag_ in ("NN", "NNP", "NNPS", "DT", "VBG")
    is_other = found.mention.cls == "Person" or is_several(found, memory) or found.kind == "demonym"
    return not is_other and not _is_thing(found, memory)


def _announcer(token: Token, passage: int, memory: Memory) -> Located | None:
    """Who announces what the pronoun is the subject of: "an announcement from Greece that it planned to drill"."""
    clause = next((a for a in (token, *token.ancestors) if is_verbal(a)), None)
    if token.dep_ != "nsubj" or clause != token.head or clause.dep_ not in ("acl", "ccomp") or not says_that(clause):
        return None
    noun = clause.head
    if noun.pos_ != "NOUN" or noun.i > token.i:
        return None
    givers = [c for c in noun.children if c.dep_ == "poss"]
    givers += [g for c in noun.children if c.lower_ in ("from", "by") for g in c.children if g.dep_ == "pobj"]
    found = [m for g in givers if (m := memory.mention(g, passage)) is not None and m.kind != "demonym"]
    return found[0] if len(found) == 1 and memory.ontology.is_a(found[0].mention.cls, "Actor") else None


def _subject_around(token: Token, passage: int, memory: Memory) -> list[Located] | None:
    """The nearest subject around "it" that is a thing; None where all subjects around are persons and groups.

    Empty if a thing without a name is nearer ("the loan will ..., but it"), or if the thing tells another something. For
    "its", also the owner of a thing without a name: "Brazil's refusal was noted, but its ...".
    """
    possessive, unnamed = token.tag_ == "PRP$", False
    for subject in subjects_around(token, memory, passage):
        found = _thing_at(subject, passage, memory)
        is_unnamed = found is None and _is_unnamed(subject, passage, memory)
        if is_unnamed and possessive:
            found = _owner(subject, passage, memory)
        if found is not None:
            return [] if _may_be_the_hearer(found, subject.head, token, passage, memory) else [found]
        unnamed = unnamed or is_unnamed
        if unnamed and not possessive:
            return []
    return [] if unnamed else None


def _owner(subject: Token, passage: int, memory: Memory) -> Located | None:
    """Whose a subject is: "Brazil's refusal was noted, but its ..."."""
    owner = next((c for c in subject.children if c.dep_ == "poss"), None)
    found = memory.mention(owner, passage) if owner is not None else None
    return found if found is not None and _is_thing(found, memory) else None


def _may_be_the_hearer(speaker: Located, verb: Token, token: Token, passage: int, memory: Memory) -> bool:
    """Whether "it" may as well be whom the subject tells something: "the US told India it could buy a computer"."""
    telling = any(c.dep_ in ("ccomp", "xcomp") and (c == token.head or c.is_ancestor(token)) for c in verb.children)
    hearers = [memory.mention(c, passage) for c in verb.children if c.dep_ in ("dobj", "dative") and c.i < token.i]
    actors = [m for m in hearers if m is not None and memory.ontology.is_a(m.mention.cls, "Actor") and _is_thing(m, memory)]
    return telling and any(identity(m) != identity(speaker) for m in actors)


def _thing_of_sentence(one: Located, token: Token, memory: Memory) -> list[Located] | None:
    """A thing of the sentence that is no subject: what "its" phrase is joined to ("Pakistan and its ally China"), else
    for "its" the one actor among them. None where the sentence names no thing before."""
    apart = {t.head.i for t in token.ancestors if t.dep_ == "appos"}
    here = [m for m in memory.named_in(one.passage, token.sent, before=token.i) if _is_thing(m, memory)]
    here = [m for m in here if m.head not in apart]  # "the U.K., its main partner": not itself
    joined = next((t for t in token.ancestors if any(c.dep_ == "conj" and c.is_ancestor(token) for c in t.children)), None)
    first = memory.mention(joined, one.passage) if joined is not None else None
    if first is not None and first in here:
        return [first]
    if not here:
        return None
    actors = [m for m in here if memory.ontology.is_a(m.mention.cls, "Actor")]
    return [actors[-1]] if token.tag_ == "PRP$" and _is_one(actors) else []


def _thing_of_object(one: Located, token: Token, memory: Memory) -> list[Located]:
    """For "it" as an object: the subject of the clause that tells of it, else the object before it."""
    outer = _subject_outside(one, token, memory)
    if outer is not None:
        return [outer]
    verb = next((a for a in token.ancestors if is_verbal(a)), None)
    acting = {t.i for t in subjects_over(token, memory, one.passage)}
    alike = [c for c in verb.head.children if c.dep_ == token.dep_ == "dobj"] if verb and verb.dep_ == "conj" else []
    objects = alike or [
        t
        for t in token.doc[token.sent.start : token.i]
        if t.dep_ in ("dobj", "pobj", "dative") and t.pos_ in ("NOUN", "PROPN", "PRON") and t.i not in acting
    ]
    last = memory.mention(objects[-1], one.passage) if objects else None
    return [last] if last is not None and _is_thing(last, memory) else []


def _subject_outside(one: Located, token: Token, memory: Memory) -> Located | None:
    """The thing that is the subject of the clause around the one whose object "it" is, not in direct speech."""
    verb = next((a for a in token.ancestors if is_verbal(a)), None)
    if verb is None or verb.dep_ not in ("ccomp", "advcl") or token.i in memory.quoted(one.passage):
        return None
    clauses = memory.clauses[one.passage]
    outer = clauses.subject(verb.head) if is_verbal(verb.head) else None
    if outer is None or outer.i >= token.i or clauses.subject(verb) == outer:
        return None
    found = memory.mention(outer, one.passage)
    return found if found is not None and _is_thing(found, memory) else None


def _subject_of(passage: int, sentence: ParsedSpan, memory: Memory) -> list[Located]:
    """The thing that is the subject of a sentence; where a person speaks, of what he says."""
    verb = sentence.root
    for _ in range(2):
        subject = memory.clauses[passage].subject(verb) if is_verbal(verb) else None
        if subject is None:
            return []
        found = _thing_at(subject, passage, memory)
        if found is not None:
            return [found]
        said = reported(verb)
        if said is None or _is_unnamed(subject, passage, memory):
            return []
        verb = said
    return []


# -- groups ---------------------------------------------------------------------------------------


def _group(one: Located, token: Token, memory: Memory) -> list[Located]:
    """Whom "they" means: the nearest subject around it that is several, or a body that says something of itself; if the
    sentence names no others, the subject of the sentence before that is several, or those named together there."""
    for subject in subjects_around(token, memory, one.passage):
        found = _group_at(subject, one.passage, memory)
        if found is not None:
            return found
        speaker = _speaker_at(subject, one.passage, memory)
        if speaker is not None:
            return [speaker]
    before = (t for t in token.sent if t.i < token.i and t.pos_ in ("NOUN", "PROPN"))
    if any(t.tag_ in ("NNS", "NNPS") or t.dep_ == "conj" for t in before):
        return []
    sentences = memory.sentences_before(one.passage, token.sent, passages=NEAR_THING)
    return next((_group_of(number, sentence, memory) for number, sentence in sentences), [])


def _group_at(subject: Token, passage: int, memory: Memory) -> list[Located] | None:
    """The mentions of a subject of several, for which "they" stand; empty if one of them is unnamed. None for one alone."""
    heads = coordinated(subject)
    found = [memory.mention(t, passage) for t in heads]
    if len(heads) > 1:
        named = [m for m in found if m is not None and m.mention.cls != "Thing"]
        return named if len(named) == len(heads) else []
    [only] = found
    if only is not None and (is_several(only, memory) or len(only.mention.entities) > 1):
        useful = only.kind != "pronoun" or bool(only.mention.reason)
        return [only] if useful and only.mention.cls != "Thing" else []
    return [] if subject.tag_ == "NNS" or subject.lower_ in ("they", "these", "those") else None


def _speaker_at(subject: Token, passage: int, memory: Memory) -> Located | None:
    """The body that says something: "The ministry said they would"."""
    if subject.dep_ != "nsubj" or subject.head.lemma_.lower() not in memory.ontology.words("report", "verb"):
        return None
    speaker = memory.mention(subject, passage)
    is_actor = speaker is not None and memory.ontology.is_a(speaker.mention.cls, "Actor")
    return speaker if is_actor and speaker is not None and _is_thing(speaker, memory) else None


def _group_of(passage: int, sentence: ParsedSpan, memory: Memory) -> list[Located]:
    """The subject of a sentence, or of what is said in it, that is several; else those named together there."""
    verb: Token | None = sentence.root
    while verb is not None and is_verbal(verb):
        subject = memory.clauses[passage].subject(verb)
        found = _group_at(subject, passage, memory) if subject is not None else None
        if found is not None:
            return found
        verb = reported(verb)
    return _named_together(passage, sentence, memory)


def _named_together(passage: int, sentence: ParsedSpan, memory: Memory) -> list[Located]:
    """Those who were named together in a sentence: "A met B. They ..."."""
    for joined in reversed(memory.joined):
        if joined.passage == passage and sentence.start <= joined.at < sentence.end:
            named = {m.mention.entities: m for m in memory.named_in(passage, sentence)}
            found = [named[(e,)] for e in joined.entities if (e,) in named]
            return found if len(found) == len(joined.entities) else []
    return []
