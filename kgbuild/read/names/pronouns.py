"""What "he", "it" and "they" stand for, or that nothing says so.

The subjects of the clauses around a pronoun come first, from the inside out, then those of the sentence before
(Hobbs 1978; Lappin and Leass 1994), each if it agrees in number, gender and animacy. Where the nearest of them is
a thing that was no mention ("the loan will ..., but it ..."), the pronoun stands for that, and so for no actor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kgbuild.read.names.gender import gender_of
from kgbuild.read.names.located import Located
from kgbuild.read.names.memory import Memory
from kgbuild.read.parse.clauses import Clauses, coordinated, is_verbal
from kgbuild.read.parse.tokens import Span as ParsedSpan
from kgbuild.read.parse.tokens import Token

NEAR_PERSON = 3
"""Paragraphs that "he" looks back at most."""
NEAR_THING = 1
"""Paragraphs that "it" and "they" look back at most: to the sentence before, no further."""
PLACES = ("City", "Region", "Facility")


def settle_pronoun(one: Located, token: Token, memory: Memory) -> Located:
    """The pronoun as what it stands for; unchanged where nothing fits. A nameless one ("an official") lends its class."""
    gender = next(iter(token.morph.get("Gender", [])), "")
    if token.morph.get("Person", []) != ["3"] or _says_nothing(token, memory):
        return one
    named = _in_brackets(token, one.passage, memory)
    if named is not None:
        found = [named]
    elif gender in ("Masc", "Fem"):
        found = _person(one, token, gender, memory)
    elif token.morph.get("Number", []) == ["Plur"]:
        found = _several(one, token, memory)
    else:
        found = _thing(one, token, memory)
    if not found or _acts_on_itself(found, token, one, memory):
        return one
    if gender in ("Masc", "Fem") and len(found[0].mention.entities) == 1:
        [person] = found[0].mention.entities
        memory.genders.setdefault(person, gender)
    return _standing_for(one, token, found)


def _in_brackets(token: Token, passage: int, memory: Memory) -> Located | None:
    """Whom a bracket right behind the pronoun names: "His (Nakasone) remarks"."""
    if token.i + 3 >= len(token.doc) or token.nbor(1).text != "(":
        return None
    named = memory.coming.get((passage, token.i + 2))
    return named if named is not None and token.doc[named.last].text == ")" else None


def _acts_on_itself(found: list[Located], token: Token, one: Located, memory: Memory) -> bool:
    """Whether the pronoun would be both who does something and to whom: "it condemns Japan" (Principle B, Chomsky 1981)."""
    meant = {e for m in found for e in m.mention.entities}
    if token.dep_ != "nsubj" or not meant:
        return False
    beside = [_mention(c, one.passage, memory) for c in token.head.children if c.dep_ in ("dobj", "dative")]
    return any(meant & set(m.mention.entities) for m in beside if m is not None)


def _standing_for(one: Located, token: Token, found: list[Located]) -> Located:
    classes = {m.mention.cls for m in found}
    words = " and ".join(m.mention.span.text for m in found)
    mention = replace(
        one.mention,
        cls=found[0].mention.cls if len(classes) == 1 else "Group",
        # "Russia and its allies": not Russia alone
        entities=_joined(m.mention.entities for m in found) if all(m.mention.entities for m in found) else (),
        represents=_joined(m.mention.represents for m in found),
        reason=f'"{token.text}" for {words}',
        name=found[0].mention.name or ("" if found[0].mention.entities else words) if len(found) == 1 else "",
    )
    return replace(one, mention=mention)


def _joined(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group))


def _says_nothing(token: Token, memory: Memory) -> bool:
    """Whether "it" only holds the subject's place: "it is clear that", "it seems", "make it hard to"."""
    if token.dep_ == "expl":
        return True
    if token.lower_ != "it" or token.dep_ not in ("nsubj", "nsubjpass", "dobj"):
        return False
    verb, impersonal = token.head, memory.ontology.words("impersonal", "adjective")
    clauses = [c for c in verb.children if c.i > verb.i and c.dep_ in ("ccomp", "xcomp", "advcl", "csubj", "acl", "relcl")]
    said_of = [c for c in verb.children if c.dep_ in ("acomp", "oprd", "attr", "amod") and c.i > token.i]
    if token.dep_ == "nsubjpass":  # "it was reported that"
        return any(_has_that(c) for c in clauses if c.dep_ in ("ccomp", "csubj"))
    if any(c.lower_ in impersonal for c in (*said_of, *(c for c in clauses if c.pos_ == "ADJ"))):
        return True
    if verb.lemma_ in memory.ontology.words("impersonal", "verb"):
        return any(_has_that(c) for c in clauses) or not said_of
    return verb.lemma_ == "be" and any(_has_that(c) for c in clauses)


def _has_that(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


# -- around the pronoun ---------------------------------------------------------------------------


def _subjects_around(token: Token, memory: Memory, passage: int) -> Iterator[Token]:
    """The subjects of the clauses that hold *token*, from the inside out.

    Left out are a subject that holds the pronoun itself, the subject of a verb whose object it is ("X asked him"),
    the speaker where it stands in his direct speech, and a subject that is still to come, unless *token* belongs
    to a phrase put before it ("In its statement, the ministry ...").
    """
    clauses, quoted = memory.clauses[passage], memory.quoted(passage)
    inside = token
    barred: set[int] = set()
    yielded: set[int] = set()
    own = True
    for ancestor in token.ancestors:
        if is_verbal(ancestor):
            subject = clauses.subject(ancestor)
            if subject is not None and subject.i not in yielded | barred and not _holds(subject, token):
                speech = token.i in quoted and ancestor.i not in quoted
                if own and _is_object(token):
                    barred.add(subject.i)
                elif not speech and (subject.i < token.i or _put_before(inside, ancestor)):
                    yielded.add(subject.i)
                    yield subject
            if not _is_object(token):  # "if Russia attacks, it ..."
                yield from (s for s in _put_before_subjects(ancestor, clauses) if s.i < token.i and not _holds(s, token))
            own = False
        inside = ancestor


def _put_before_subjects(verb: Token, clauses: Clauses) -> Iterator[Token]:
    main = clauses.subject(verb)
    for clause in verb.children:
        doing = clauses.subject(clause) if clause.dep_ == "advcl" and clause.i < verb.i else None
        if doing is not None and doing != main:
            yield doing


def _is_object(token: Token) -> bool:
    """Whether *token* is what a verb is done to: such a one is not who does it."""
    if token.tag_ == "PRP$" or token.lower_.endswith(("self", "selves")):
        return False
    return token.dep_ in ("dobj", "dative") or (token.dep_ == "pobj" and is_verbal(token.head.head))


def _holds(subject: Token, token: Token) -> bool:
    return subject == token or subject.is_ancestor(token)


def _put_before(phrase: Token, verb: Token) -> bool:
    return phrase.dep_ in ("prep", "advcl") and phrase.i < verb.i


def _mention(token: Token, passage: int, memory: Memory) -> Located | None:
    return memory.at.get((passage, token.i)) or memory.coming.get((passage, token.i))


def _is_plural(one: Located, memory: Memory) -> bool:
    if one.kind == "pronoun":
        return one.plural
    as_one = one.kind == "name" and one.mention.cls not in ("Group", "ArmedGroup", "PoliticalParty", "Person")
    return not as_one and (one.plural or memory.token(one).tag_ in ("NNS", "NNPS"))


# -- persons --------------------------------------------------------------------------------------


def _person(one: Located, token: Token, gender: str, memory: Memory) -> list[Located]:
    def fits(m: Located | None) -> bool:
        if m is None or m.mention.cls != "Person" or len(m.mention.entities) > 1 or _is_plural(m, memory):
            return False
        if (m.kind == "pronoun" and not m.mention.reason) or (m.kind != "name" and memory.token(m).dep_ == "compound"):
            return False
        return gender_of(m, memory) in ("", gender)

    around = list(_subjects_around(token, memory, one.passage))
    sentence = token.sent
    here = [m for m in memory.named_in(one.passage, sentence, before=token.i) if fits(m)]
    if token.i not in memory.quoted(one.passage):  # who speaks is not one of whom it is spoken
        here = [m for m in here if m.head not in memory.quoted(one.passage)]
    if _is_object(token):  # "wrote to Putin asking him": the nearest that is not who does it
        acting = {_key(m) for t in _acting_on(token, memory, one.passage) if (m := _mention(t, one.passage, memory))}
        here = [m for m in here if _key(m) not in acting]
        if here:
            return [here[-1]]
        around = [t for t in around if (m := _mention(t, one.passage, memory)) is None or _key(m) not in acting]
    for subject in around:
        apposed = [c for c in subject.children if c.dep_ == "appos"]  # "his rival, General X, said he"
        named = [m for t in (subject, *apposed) if fits(m := _mention(t, one.passage, memory)) and m is not None]
        if named and len(coordinated(subject)) == 1:
            return named[:1]
    if token.i in memory.quoted(one.passage):
        here = [m for m in here if m.head in memory.quoted(one.passage)]
    if here:
        return [here[-1]] if len({_key(m) for m in here}) == 1 or token.tag_ == "PRP$" else []
    for number, earlier in memory.sentences_before(one.passage, sentence, passages=NEAR_PERSON):
        people = [m for m in memory.named_in(number, earlier) if fits(m)]
        people = [m for m in people if m.head not in memory.quoted(number)] or people
        subjects = [m for m in people if memory.token(m).dep_ in ("nsubj", "nsubjpass", "ROOT")]
        if subjects:
            return [min(subjects, key=lambda m: (_depth(memory.token(m)), -m.head))]
        if people:
            return [people[-1]] if len({_key(m) for m in people}) == 1 else []
    return []


def _acting_on(token: Token, memory: Memory, passage: int) -> Iterator[Token]:
    """Who does what *token* is the object of; where that verb has no subject of its own, also who does what is above."""
    for verb in [a for a in token.ancestors if is_verbal(a)][:2]:
        subject = memory.clauses[passage].subject(verb)
        if subject is not None:
            yield subject
        if any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
            return


def _key(one: Located) -> object:
    return one.mention.entities or (one.passage, one.head)


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)


# -- things ---------------------------------------------------------------------------------------


def _thing(one: Located, token: Token, memory: Memory) -> list[Located]:
    if token.lower_ == "itself" and token.i and token.dep_ in ("npadvmod", "appos", "nmod", "dep"):
        beside = _mention(token.nbor(-1), one.passage, memory)  # "Russia itself"
        return [beside] if beside is not None and _is_thing(beside, memory) else []
    if _is_object(token):
        return _object_before(one, token, memory)
    teller = _teller(token, one.passage, memory)
    if teller is not None:
        return [teller]
    possessive, unnamed = token.tag_ == "PRP$", False
    for subject in _subjects_around(token, memory, one.passage):
        verdict, found = _judged(subject, one.passage, memory)
        if found is None and possessive and verdict == "unnamed":
            found = _owner(subject, one.passage, memory)
        if found is not None:
            return [] if _may_be_the_hearer(found, subject.head, token, one.passage, memory) else [found]
        unnamed = unnamed or verdict == "unnamed"
        if unnamed and not possessive:
            return []
    if unnamed:
        return []
    apart = {t.head.i for t in token.ancestors if t.dep_ == "appos"}
    here = [m for m in memory.named_in(one.passage, token.sent, before=token.i) if _is_thing(m, memory)]
    here = [m for m in here if m.head not in apart]  # "the U.K., its main partner": not itself
    joined = next((t for t in token.ancestors if any(c.dep_ == "conj" and c.is_ancestor(token) for c in t.children)), None)
    if joined is not None and (beside := _mention(joined, one.passage, memory)) in here and beside is not None:
        return [beside]  # "Pakistan and its ally China"
    if here:  # some thing of this sentence, but no subject: an owner if it is the only one
        here = [m for m in here if memory.ontology.is_a(m.mention.cls, "Actor")]
        return [here[-1]] if possessive and len({_key(m) for m in here}) == 1 else []
    for number, earlier in memory.sentences_before(one.passage, token.sent, passages=NEAR_THING):
        return _subject_of(number, earlier, memory)
    return []


def _teller(token: Token, passage: int, memory: Memory) -> Located | None:
    """Who announces what the pronoun is the subject of: "an announcement from Greece that it planned to drill"."""
    clause = next((a for a in (token, *token.ancestors) if is_verbal(a)), None)
    if token.dep_ != "nsubj" or clause != token.head or clause.dep_ not in ("acl", "ccomp") or not _has_that(clause):
        return None
    noun = clause.head
    if noun.pos_ != "NOUN" or noun.i > token.i:
        return None
    givers = [c for c in noun.children if c.dep_ == "poss"]
    givers += [g for c in noun.children if c.lower_ in ("from", "by") for g in c.children if g.dep_ == "pobj"]
    found = [m for g in givers if (m := _mention(g, passage, memory)) is not None and m.kind != "demonym"]
    return found[0] if len(found) == 1 and memory.ontology.is_a(found[0].mention.cls, "Actor") else None


def _may_be_the_hearer(said: Located, verb: Token, token: Token, passage: int, memory: Memory) -> bool:
    """Whether "it" may as well be whom the subject tells something: "the US told India it could buy a computer"."""
    telling = any(c.dep_ in ("ccomp", "xcomp") and (c == token.head or c.is_ancestor(token)) for c in verb.children)
    told = [_mention(c, passage, memory) for c in verb.children if c.dep_ in ("dobj", "dative") and c.i < token.i]
    others = [m for m in told if m is not None and memory.ontology.is_a(m.mention.cls, "Actor") and _is_thing(m, memory)]
    return telling and any(_key(m) != _key(said) for m in others)


def _owner(subject: Token, passage: int, memory: Memory) -> Located | None:
    """Whose a subject is: "Brazil's refusal was noted, but its ..."."""
    owner = next((c for c in subject.children if c.dep_ == "poss"), None)
    found = _mention(owner, passage, memory) if owner is not None else None
    return found if found is not None and _is_thing(found, memory) else None


def _object_before(one: Located, token: Token, memory: Memory) -> list[Located]:
    """For "it" as an object: the subject of the clause that tells of it, else the object before it."""
    verb = next((a for a in token.ancestors if is_verbal(a)), None)
    acting = {t.i for t in _acting_on(token, memory, one.passage)}
    if verb is not None and verb.dep_ in ("ccomp", "advcl") and token.i not in memory.quoted(one.passage):
        outer = memory.clauses[one.passage].subject(verb.head) if is_verbal(verb.head) else None
        if outer is not None and outer.i < token.i and memory.clauses[one.passage].subject(verb) != outer:
            found = _mention(outer, one.passage, memory)
            if found is not None and _is_thing(found, memory):
                return [found]
    alike = [c for c in verb.head.children if c.dep_ == token.dep_ == "dobj"] if verb and verb.dep_ == "conj" else []
    objects = alike or [
        t
        for t in token.doc[token.sent.start : token.i]
        if t.dep_ in ("dobj", "pobj", "dative") and t.pos_ in ("NOUN", "PROPN", "PRON") and t.i not in acting
    ]
    last = _mention(objects[-1], one.passage, memory) if objects else None
    return [last] if last is not None and _is_thing(last, memory) else []


def _subject_of(passage: int, sentence: ParsedSpan, memory: Memory) -> list[Located]:
    """The thing that is the subject of a sentence; where a person speaks, of what he says."""
    verb = sentence.root
    for _ in range(2):
        subject = memory.clauses[passage].subject(verb) if is_verbal(verb) else None
        if subject is None:
            return []
        verdict, found = _judged(subject, passage, memory)
        if found is not None:
            return [found]
        said = next((c for c in verb.children if c.dep_ == "ccomp"), None)
        if verdict == "unnamed" or said is None:
            return []
        verb = said
    return []


def _judged(subject: Token, passage: int, memory: Memory) -> tuple[str, Located | None]:
    """A subject as what "it" may stand for: found; unnamed, some other thing; or other, persons and several."""
    found = _mention(subject, passage, memory)
    if len(coordinated(subject)) > 1 or (subject.tag_ in ("NNS", "PRP") and found is None):
        return "other", None
    if found is None:
        return ("unnamed" if subject.tag_ in ("NN", "NNP", "NNPS", "DT", "VBG") else "other"), None
    if _is_thing(found, memory):
        return "found", found
    is_other = found.mention.cls == "Person" or _is_plural(found, memory) or found.kind == "demonym"
    return ("other" if is_other else "unnamed"), None


def _is_thing(one: Located, memory: Memory) -> bool:
    mention = one.mention
    if mention.cls in ("Person", "Thing") or len(mention.entities) > 1 or one.kind == "demonym" or _is_plural(one, memory):
        return False
    if one.kind == "pronoun" and not mention.reason:
        return False
    return mention.cls not in PLACES or memory.token(one).dep_ in ("nsubj", "nsubjpass")


# -- several --------------------------------------------------------------------------------------


def _several(one: Located, token: Token, memory: Memory) -> list[Located]:
    for subject in _subjects_around(token, memory, one.passage):
        verdict, found = _group(subject, one.passage, memory)
        if verdict != "single":
            return found
        speaker = _mention(subject, one.passage, memory)
        says = subject.head.lemma_.lower() in memory.ontology.words("report", "verb") and subject.dep_ == "nsubj"
        if (
            says
            and speaker is not None
            and _is_thing(speaker, memory)
            and memory.ontology.is_a(speaker.mention.cls, "Actor")
        ):
            return [speaker]  # "The ministry said they would"
    sentence = token.sent
    if any(t.tag_ in ("NNS", "NNPS") or t.dep_ == "conj" for t in sentence if t.i < token.i and t.pos_ in ("NOUN", "PROPN")):
        return []
    for number, earlier in memory.sentences_before(one.passage, sentence, passages=NEAR_THING):
        verb = earlier.root
        while is_verbal(verb):
            doing = memory.clauses[number].subject(verb)
            if doing is not None:
                verdict, found = _group(doing, number, memory)
                if verdict != "single":
                    return found
            said = next((c for c in verb.children if c.dep_ == "ccomp"), None)
            if said is None:
                break
            verb = said
        return _met(number, earlier, memory)
    return []


def _group(subject: Token, passage: int, memory: Memory) -> tuple[str, list[Located]]:
    """A subject as what "they" may stand for: group with its mentions, unnamed for other things, single."""
    heads = coordinated(subject)
    found = [_mention(t, passage, memory) for t in heads]
    if len(heads) > 1:
        named = [m for m in found if m is not None and m.mention.cls != "Thing"]
        return ("group", named) if len(named) == len(heads) else ("unnamed", [])
    [only] = found
    if only is not None and (_is_plural(only, memory) or len(only.mention.entities) > 1):
        useful = only.kind != "pronoun" or bool(only.mention.reason)
        return ("group", [only]) if useful and only.mention.cls != "Thing" else ("unnamed", [])
    return ("unnamed" if subject.tag_ == "NNS" or subject.lower_ in ("they", "these", "those") else "single"), []


def _met(passage: int, sentence: ParsedSpan, memory: Memory) -> list[Located]:
    """Those who were named together in a sentence: "A met B. They ..."."""
    for joined in reversed(memory.joined):
        if joined.passage == passage and sentence.start <= joined.at < sentence.end:
            named = {m.mention.entities: m for m in memory.named_in(passage, sentence)}
            found = [named[(e,)] for e in joined.entities if (e,) in named]
            return found if len(found) == len(joined.entities) else []
    return []
