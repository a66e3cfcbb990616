"""Who said what, as grammar has it: the words that attribute, whom they attribute to, and what.

A verb of saying has its clause, its quotation, or the sentence that it interrupts; a verb like "criticize" its object;
a noun like "claim" its clause; "according to" the rest of its sentence; a colon or a dash the quotation beside it.
Which words do so stands in language.ttl under report, reportObject and allegation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from kgbuild.ontology import Ontology
from kgbuild.read.parse.clauses import Clauses, is_passive, is_verbal, preposition_name
from kgbuild.read.parse.quotes import Stretch, in_quotes, speech
from kgbuild.read.parse.tokens import Doc, Token

CLAUSES = ("ccomp", "parataxis")
OBJECTS = ("dobj", "xcomp", "prep", "dative", "oprd", "acomp", "advcl", "attr")
NAME_LENGTH = 6
"""A name before a colon or after a dash has no more words than this."""
DASHES = ("-", "--", "–", "—", "―")


@dataclass(frozen=True, slots=True)
class Attribution:
    """That *speaker* (None if unsaid) says *content*, and the words that tell so."""

    cue: tuple[Token, ...]
    speaker: Token | None
    content: tuple[Token, ...]
    told: bool
    """Whether what is said are whole claims, which then have this speaker: "said that …", "denied …-ing"."""
    further: tuple[tuple[int, int, int], ...] = ()
    """The quotations in the paragraphs that follow, by paragraph: first token, and the token after the last."""


def attributions(clauses: Clauses, ontology: Ontology) -> list[Attribution]:
    """The attributions of one paragraph, in order of their cues."""
    finder = _Finder(clauses, ontology)
    found = [*finder.by_words(), *_beside_quotes(clauses.doc, finder.spoken)]
    return sorted(_with_whole_quotes(found, clauses.doc, finder.spoken), key=lambda a: a.cue[0].i)


@dataclass
class _Finder:
    clauses: Clauses
    ontology: Ontology

    @cached_property
    def spoken(self) -> list[Stretch]:
        return speech(self.clauses.doc)

    def words(self, cue: str, kind: str) -> frozenset[str]:
        return self.ontology.words(cue, kind)

    def by_words(self) -> Iterator[Attribution]:
        says, speaks_of = self.words("report", "verb"), self.words("reportObject", "verb")
        names, sources = self.words("report", "noun"), self.words("report", "preposition")
        heads = {name.partition("_")[0] for name in sources}
        cues = says | speaks_of | names
        for token in self.clauses.doc:
            lemma = token.lemma_.lower()
            if (lemma not in cues and token.lower_ not in heads) or token.pos_ in ("DET", "PUNCT", "NUM", "PRON", "PROPN"):
                continue
            if token.lower_ in heads and token.dep_ != "pobj" and (found := self.by_preposition(token, sources)) is not None:
                yield found
            elif is_verbal(token) and (lemma in says or lemma in speaks_of):
                if (found := self.by_verb(token, says, speaks_of)) is not None:
                    yield found
            elif token.pos_ == "NOUN" and lemma in names and (found := self.by_noun(token)) is not None:
                yield found

    # -- verbs -----------------------------------------------------------------------------------

    def by_verb(self, verb: Token, says: frozenset[str], speaks_of: frozenset[str]) -> Attribution | None:
        lemma, passive = verb.lemma_.lower(), is_passive(verb)
        speaker = self.sayer(verb)
        clause = next((c for c in verb.children if c.dep_ in CLAUSES and not _is_aside(c, says)), None)
        content: list[Token] = []
        told = clause is not None
        if clause is not None:
            content = list(clause.subtree)
        elif (above := self.interrupted(verb, says)) is not None:
            content, told = _without(above, verb), True
        elif (
            passive and lemma in says and (raised := next((c for c in verb.children if c.dep_ == "xcomp"), None)) is not None
        ):
            content = list(raised.subtree)
        elif lemma in speaks_of and not (passive and verb.dep_ == "advcl"):
            content = [t for c in verb.children if self.is_spoken_of(c, verb) for t in c.subtree]
            told = self.holds_of(verb)
        if not content and lemma in says and not passive and speaker is not None:
            content, told = self.quoted_near(verb), True
        own = speaker is not None and speaker.morph.get("Person", []) in (["1"], ["2"]) and in_quotes(verb)
        if own:  # "I think" in direct speech is part of what is said
            return None
        if (
            not content
            and speaker is not None
            and lemma in says
            and verb.sent.end == len(verb.doc)
            and verb.doc[-1].text == ":"
        ):
            return Attribution((verb,), speaker, (), told=True)  # what is said stands in the next paragraph
        if not content or (speaker is None and not (passive and verb.dep_ != "advcl")):
            return None
        particle = tuple(c for c in verb.children if c.dep_ == "prt" and c.i == verb.i + 1)
        return Attribution((verb, *particle), speaker, _in_order(content), told)

    def is_spoken_of(self, child: Token, verb: Token) -> bool:
        """Whether a word is what *verb* is about, not when, where or how: "blamed Iran for it", not "on Monday"."""
        if child.i < verb.i or child.dep_ not in OBJECTS:
            return False
        if child.dep_ == "advcl":
            return any(c.tag_ == "TO" for c in child.children)
        timed = child.dep_ == "prep" and any(c.ent_type_ in ("DATE", "TIME") for c in child.children)
        return child.dep_ != "prep" or (child.lower_ in self.words("reportObject", "preposition") and not timed)

    def sayer(self, verb: Token) -> Token | None:
        """The subject, or whose paper it is: "issued a statement calling for …"."""
        subjects = self.clauses.arguments(verb).get("subj", ())
        subject = next((s for s in subjects if s.pos_ in ("NOUN", "PROPN", "PRON", "DET", "ADJ") and s.dep_ != "expl"), None)
        if subject is None or verb.dep_ != "acl" or self.ontology.noun_classes.get(subject.lemma_.lower()) != "Document":
            return subject
        owner = next((c for c in subject.children if c.dep_ == "poss"), None)
        if owner is None and subject.dep_ == "dobj" and is_verbal(subject.head):
            owner = next(iter(self.clauses.arguments(subject.head).get("subj", ())), None)
        return owner or subject

    def interrupted(self, verb: Token, says: frozenset[str]) -> Token | None:
        """The clause that a verb of saying interrupts or ends: "Laos, he added, has signed", "as he pointed out"."""
        if verb.lemma_.lower() not in says or not is_verbal(verb.head) or verb.head == verb:
            return None
        as_clause = verb.dep_ == "advcl" and any(c.lower_ == "as" and c.dep_ in ("mark", "advmod") for c in verb.children)
        bare = not any(c.dep_ in ("dobj", "xcomp") for c in verb.children)
        return verb.head if verb.dep_ == "parataxis" or (as_clause and bare) else None

    def holds_of(self, verb: Token) -> bool:
        """Whether the object is itself claimed or denied: "denied supplying arms", "accused Iran of hacking"."""
        lemma = verb.lemma_.lower()
        denies = self.ontology.cues.get("verb", {}).get(lemma) == "denial" and lemma in self.words("report", "verb")
        gerund = any(c.dep_ == "prep" and any(p.dep_ == "pcomp" for p in c.children) for c in verb.children)
        return denies or (gerund and lemma in self.words("allegation", "verb"))

    def quoted_near(self, verb: Token) -> list[Token]:
        """Direct speech that the parser left beside the verb: in its sentence, after its colon, or just before it."""
        doc, sentence = verb.doc, verb.sent
        if (not self.spoken and sentence[-1].text != ":") or in_quotes(verb):
            return []
        for first, last in self.spoken:
            follows = sentence.end >= first - 1 and verb.i < first and doc[first - 1].i <= sentence.end
            precedes = last <= sentence.end and sentence.start - 2 <= last <= verb.i
            if (follows or precedes) and not _is_part_of_a_clause(doc, first, last):
                return list(doc[first:last])
        if sentence[-1].text == ":" and sentence.end < len(doc):
            return list(doc[sentence.end].sent)
        return []

    # -- nouns and prepositions ------------------------------------------------------------------

    def by_noun(self, noun: Token) -> Attribution | None:
        """ "The claim that …", "her promise to …", "allegations of …": a noun of saying with what is said."""
        arguments = self.clauses.arguments(noun)
        clause = next((c for c in noun.children if c.dep_ in ("acl", "ccomp") and _is_content(c)), None)
        owners = (arguments.get(name, ()) for name in ("poss", "by", "from"))
        speaker = next((t for tokens in owners for t in tokens), None)
        if clause is not None:
            if speaker is None and noun.dep_ == "dobj" and is_verbal(noun.head):
                speaker = next((s for s in self.clauses.arguments(noun.head).get("subj", ()) if s.dep_ != "expl"), None)
            return Attribution((noun,), speaker, _in_order(clause.subtree), any(c.dep_ == "mark" for c in clause.children))
        about = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in self.words("report", "about")), None)
        if about is None or (speaker is None and noun.lemma_.lower() not in self.words("hearsay", "noun")):
            return None
        return Attribution((noun,), speaker, _in_order(t for t in about.subtree if t != about), told=False)

    def by_preposition(self, token: Token, sources: frozenset[str]) -> Attribution | None:
        """ "…, according to the ministry", "in his view": the rest of the clause is what is said."""
        name = preposition_name(token)
        inner = next(
            (c for c in token.children if c.dep_ in ("prep", "pcomp") and f"{token.lower_}_{c.lower_}" in sources), None
        )
        fillers = [c for word in (inner, token) if word is not None for c in word.children if c.dep_ == "pobj"]
        if not fillers:
            return None
        cue: tuple[Token, ...] = (token,) if inner is None else (token, inner)
        source: Token | None = fillers[0]
        if inner is None and name not in sources:  # "in his view", "in the words of the minister"
            noun = fillers[0]
            owner = next((c for c in noun.children if c.dep_ == "poss"), None)
            owner = owner or next(
                (p for c in noun.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"), None
            )
            if f"{token.lower_}_{noun.lower_}" not in sources or owner is None:
                return None
            cue, source = (token, noun), owner
        content = _without(_clause_of(token), token)
        return Attribution(cue, source, tuple(content), told=True) if content else None


def _clause_of(token: Token) -> Token:
    clause = token.head
    while not is_verbal(clause) and clause.head != clause:
        clause = clause.head
    return clause


def _is_aside(clause: Token, says: frozenset[str]) -> bool:
    """ "…, he said": a verb of saying beside the clause, not what that clause says."""
    return clause.dep_ == "parataxis" and clause.lemma_.lower() in says


def _is_content(clause: Token) -> bool:
    return any((c.dep_ == "mark" and c.lower_ == "that") or c.tag_ == "TO" for c in clause.children)


def _without(above: Token, below: Token) -> list[Token]:
    """The words under *above* that are not under *below*, in order; a clause above that reports is not said."""
    own = set(below.subtree)
    return sorted((t for t in above.subtree if t not in own), key=lambda t: t.i)


def _in_order(tokens: Iterable[Token]) -> tuple[Token, ...]:
    return tuple(sorted(tokens, key=lambda t: t.i))


# -- quotations -----------------------------------------------------------------------------------


def _is_part_of_a_clause(doc: Doc, first: int, last: int) -> bool:
    """Whether quoted words need a subject that stands before them: 'although it "expressed some concerns"'."""
    return any(c.dep_ in ("nsubj", "nsubjpass") and c.i < first for t in doc[first:last] for c in t.children)


def _beside_quotes(doc: Doc, spoken: list[Stretch]) -> Iterator[Attribution]:
    """ "Minister: We agree", and a quotation with a dash and a name after it."""
    start = 1 if len(doc) and doc[0].is_quote else 0
    for mark in doc[start : start + NAME_LENGTH + 1]:
        if mark.text == ":" and mark.i > start and mark.i + 2 < len(doc):
            name = doc[start : mark.i]
            if all(t.pos_ in ("PROPN", "NOUN", "ADJ") for t in name) and doc[mark.i + 1].text[:1].isupper():
                yield Attribution((mark,), doc[mark.i - 1], tuple(doc[mark.i + 1 :]), told=True)
            break
    for first, last in spoken:
        after = [t for t in doc[last + 1 : last + 3] if t.text in DASHES]
        if after and after[0].i + 1 < len(doc) and doc[after[0].i + 1].pos_ == "PROPN":
            name_end = after[0].i + 1
            while name_end + 1 < len(doc) and doc[name_end + 1].pos_ == "PROPN":
                name_end += 1
            yield Attribution((after[0],), doc[name_end], tuple(doc[first:last]), told=True)


def _with_whole_quotes(found: list[Attribution], doc: Doc, spoken: list[Stretch]) -> Iterator[Attribution]:
    """What is said runs to the end of its quotation, and on to the next one that no one else says."""
    if not spoken:
        yield from found
        return
    cues = {t.i for a in found for t in a.cue}
    for one in found:
        if not one.content:
            yield one
            continue
        inside = [q for q in spoken if q[0] - 1 <= one.content[0].i < q[1] or q[0] <= one.content[-1].i < q[1]]
        if not inside or not one.told or in_quotes(one.cue[0]):
            yield one
            continue
        content = {t.i for t in one.content} | {i for q in inside for i in range(*q)}
        end = max(one.cue[-1].sent.end, inside[-1][1] + 1)
        for first, last in spoken:
            silent = not any(i in cues for i in range(end, first)) and not _said_after(doc, last, cues)
            if first >= end and first - 1 <= end + 1 and silent:
                content |= set(range(first, last))
                end = last + 1
        yield replace(one, content=tuple(doc[i] for i in sorted(content)))


def carried_on(found: list[list[Attribution]], docs: list[Doc]) -> list[list[Attribution]]:
    """The attributions of an article's paragraphs; one that opens with a quotation goes on with the last speaker."""
    carried = [list(one) for one in found]
    voice: tuple[int, int] | None = None
    for number, doc in enumerate(docs):
        first, last = next(iter(speech(doc)), (0, 0))
        own = any(a.told and doc[first] in a.content for a in found[number]) if last else True
        goes_on = first == 1 and not own and not _said_after(doc, last, {t.i for a in found[number] for t in a.cue})
        if voice is not None and goes_on:
            at, index = voice
            one = carried[at][index]
            carried[at][index] = replace(one, further=(*one.further, (number, first, last)))
        else:
            quoted = [i for i, a in enumerate(found[number]) if a.told and (not a.content or in_quotes(a.content[-1]))]
            voice = (number, quoted[-1]) if quoted else None
    return [[one for one in paragraph if one.content or one.further] for paragraph in carried]


def _said_after(doc: Doc, end: int, cues: set[int]) -> bool:
    """Whether a verb of saying follows a quotation in the same sentence."""
    rest = range(end, min(len(doc), end + 12))
    return any(i in cues and doc[i].sent == doc[min(end, len(doc) - 1)].sent for i in rest)
