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
from kgbuild.read.parse.clauses import Clauses, is_passive, is_seen, is_verbal, preposition_name
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
    asserted: bool
    """Whether what is said is said to be so or not so; the claims in it then have this speaker.

    "said that they met", "denied arming them"; not "criticized the talks".
    """
    further: tuple[tuple[int, int, int], ...] = ()
    """The quotations in the paragraphs that follow, by paragraph: first token, and the token after the last."""


def attributions(clauses: Clauses, ontology: Ontology) -> list[Attribution]:
    """The attributions of one paragraph, in order of their cues."""
    finder = _Finder(clauses, ontology)
    found = [*finder.by_words(), *_beside_quotes(clauses.doc, finder.spoken)]
    return sorted(_with_whole_quotes(found, clauses.doc, finder.spoken), key=lambda a: a.cue[0].i)


@dataclass
class _Finder:
    """Finds the attributions of one paragraph that words make, not colons and dashes alone."""

    clauses: Clauses
    ontology: Ontology

    @cached_property
    def spoken(self) -> list[Stretch]:
        """The quotations."""
        return speech(self.clauses.doc)

    def words(self, cue: str, kind: str) -> frozenset[str]:
        """The words that language.ttl lists."""
        return self.ontology.words(cue, kind)

    def by_words(self) -> Iterator[Attribution]:
        """The attributions by verbs, nouns and prepositions, in order."""
        says, speaks_of = self.words("report", "verb"), self.words("reportObject", "verb")
        names, sources = self.words("report", "noun"), self.words("report", "preposition")
        heads = {name.partition("_")[0] for name in sources}
        verbs = {name.partition("_")[0] for name in says | speaks_of}
        cues = verbs | names
        for token in self.clauses.doc:
            lemma = token.lemma_.lower()
            if (lemma not in cues and token.lower_ not in heads) or token.pos_ in ("DET", "PUNCT", "NUM", "PRON", "PROPN"):
                continue
            if token.lower_ in heads and token.dep_ != "pobj" and (found := self.by_preposition(token, sources)) is not None:
                yield found
            elif is_verbal(token) and lemma in verbs:
                if (found := self.by_verb(token, says, speaks_of)) is not None:
                    yield found
            elif token.pos_ == "NOUN" and lemma in names and (found := self.by_noun(token)) is not None:
                yield found

    # -- verbs -----------------------------------------------------------------------------------

    def by_verb(self, verb: Token, says: frozenset[str], speaks_of: frozenset[str]) -> Attribution | None:
        """A verb of saying with its clause, its quotation, or (*speaks_of*) its object; None where nothing is said.

        So it is where nobody says it, but for a passive ("it was said that"), and in direct speech, where "I think" is
        part of what is said; and where the speaker is a mere "that".
        """
        speaker = self.sayer(verb)
        content, asserted = self.said_by(verb, says, speaks_of)
        said_by_somebody = speaker is not None and _is_among(says, verb)
        if not content and said_by_somebody and not is_passive(verb):
            content, asserted = self.quoted_near(verb), True
        if speaker is not None and speaker.morph.get("Person", []) in (["1"], ["2"]) and in_quotes(verb):
            return None
        if speaker is not None and speaker.lower_ in ("that", "this") and speaker.morph.get("PronType") == ["Dem"]:
            return None  # "that said, …": no one speaks
        if not content and said_by_somebody and verb.sent.end == len(verb.doc) and verb.doc[-1].text == ":":
            return Attribution((verb,), speaker, (), asserted=True)  # what is said stands in the next paragraph
        if not content or (speaker is None and not (is_passive(verb) and verb.dep_ != "advcl")):
            return None
        return Attribution((verb, *_particle(verb)), speaker, _in_order(content), asserted)

    def said_by(self, verb: Token, says: frozenset[str], speaks_of: frozenset[str]) -> tuple[list[Token], bool]:
        """The words that *verb* says by grammar, none if it says nothing so, and whether those are whole claims."""
        lemma, passive = verb.lemma_.lower(), is_passive(verb)
        clause = next((c for c in verb.children if _is_said(c) and not (_is_aside(c, says) or is_seen(c))), None)
        if clause is not None:
            return list(clause.subtree), True
        if (above := self.interrupted(verb, says)) is not None:
            return _without(above, verb), True
        raised = next((c for c in verb.children if c.dep_ == "xcomp"), None)
        if passive and lemma in says and raised is not None:  # "is said to have left"
            return list(raised.subtree), False
        if self.is_evidence(verb):
            return [t for c in verb.children if c.dep_ == "dobj" for t in c.subtree], False
        agent = any(c.dep_ == "agent" for c in verb.children)
        reduced = passive and not any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
        if agent or not reduced:  # "the plan, called a draft", "compared with last year": nobody says so
            said = [t for c in verb.children if self.is_spoken_of(c, verb, speaks_of) for t in c.subtree]
            said += self.undergoing(verb) if agent and _is_among(says | speaks_of, verb) else []
            return said, bool(said) and self.holds_of(verb)
        return [], False

    def is_spoken_of(self, child: Token, verb: Token, speaks_of: frozenset[str]) -> bool:
        """Whether a word is what *verb* is about, not when, where or how: "blamed Iran for it", not "on Monday".

        A verb that *speaks_of* lists with a preposition is about what that leads to alone: "spoke of the talks".
        """
        timed = child.dep_ == "prep" and any(c.ent_type_ in ("DATE", "TIME") for c in child.children)
        if child.i < verb.i or child.dep_ not in OBJECTS or timed:
            return False
        if not _is_among(speaks_of, verb):
            return child.dep_ == "prep" and f"{verb.lemma_.lower()}_{child.lower_}" in speaks_of
        if child.dep_ == "advcl":
            return any(c.tag_ == "TO" for c in child.children)
        return child.dep_ != "prep" or child.lower_ in self.words("reportObject", "preposition")

    def is_evidence(self, verb: Token) -> bool:
        """Whether something to read or to look at shows what the object of *verb* means: "polls show a narrow lead"."""
        if verb.lemma_.lower() not in self.words("evidence", "verb"):
            return False
        shown_by = self.clauses.arguments(verb).get("subj", ())
        return any(s.lemma_.lower() in self.words("evidence", "noun") for s in shown_by)

    def undergoing(self, verb: Token) -> list[Token]:
        """What somebody is said to say in the passive: "the plan was welcomed by Chad", "a view echoed by Mali"."""
        said, own = self.clauses.arguments(verb).get("obj", ()), set(verb.subtree)
        return [t for one in said for t in one.subtree if t not in own or one in own]

    def sayer(self, verb: Token) -> Token | None:
        """The subject, or whose paper it is: "issued a statement calling for …"."""
        subjects = self.clauses.arguments(verb).get("subj", ())
        subject = next((s for s in subjects if s.pos_ in ("NOUN", "PROPN", "PRON", "DET", "ADJ") and s.dep_ != "expl"), None)
        if (subject is None or in_quotes(subject)) and (named := self.named_before(verb)) is not None:
            return named
        if subject is None or verb.dep_ != "acl" or self.ontology.noun_classes.get(subject.lemma_.lower()) != "Document":
            return subject
        owner = next((c for c in subject.children if c.dep_ == "poss"), None)
        if owner is None and subject.dep_ == "dobj" and is_verbal(subject.head):
            owner = next(iter(self.clauses.arguments(subject.head).get("subj", ())), None)
        return owner or subject

    def named_before(self, verb: Token) -> Token | None:
        """The name that stands between a quotation and its verb, where the parser made it part of the quotation."""
        ends = [last for _, last in self.spoken if verb.sent.start <= last < verb.i]
        between = [t for t in verb.doc[ends[-1] + 1 : verb.i]] if ends and not in_quotes(verb) else []
        comma = next((n for n, t in enumerate(between) if t.text == ","), len(between))
        name = between[:comma]
        whole = comma == len(between) or (len(between) > comma + 1 and between[-1].text == ",")
        nominal = all(t.pos_ in ("NOUN", "PROPN", "ADJ", "DET", "ADP", "PRON") for t in name)
        return name[-1] if name and whole and nominal and name[-1].pos_ in ("NOUN", "PROPN", "PRON") else None

    def interrupted(self, verb: Token, says: frozenset[str]) -> Token | None:
        """The clause that a verb of saying interrupts or ends: "Laos, he added, has signed", "as he pointed out"."""
        if not _is_among(says, verb) or not is_verbal(verb.head) or verb.head == verb:
            return None
        as_clause = verb.dep_ == "advcl" and any(c.lower_ == "as" and c.dep_ in ("mark", "advmod") for c in verb.children)
        bare = not any(c.dep_ in ("dobj", "xcomp") for c in verb.children)
        return verb.head if verb.dep_ == "parataxis" or (as_clause and bare) else None

    def holds_of(self, verb: Token) -> bool:
        """Whether the object of *verb* is itself claimed or denied: "denied supplying arms", "accused Iran of hacking"."""
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
        """A noun of saying with what is said: "the claim that …", "her promise to …", "allegations of …"."""
        arguments = self.clauses.arguments(noun)
        clause = next((c for c in noun.children if c.dep_ in ("acl", "ccomp") and _is_content(c)), None)
        owners = (arguments.get(name, ()) for name in ("poss", "by", "from"))
        speaker = next((t for tokens in owners for t in tokens), None)
        if clause is not None:
            speaker = speaker or self.giver(noun)
            return Attribution((noun,), speaker, _in_order(clause.subtree), any(c.dep_ == "mark" for c in clause.children))
        about = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in self.words("report", "about")), None)
        if about is not None and speaker is None and noun.head.lemma_.lower() in self.words("light", "verb"):
            speaker = self.giver(noun)
        if about is None or (speaker is None and noun.lemma_.lower() not in self.words("hearsay", "noun")):
            return None
        return Attribution((noun,), speaker, _in_order(t for t in about.subtree if t != about), asserted=False)

    def giver(self, noun: Token) -> Token | None:
        """The subject of the verb whose object *noun* is: who "made an announcement about …"."""
        if noun.dep_ != "dobj" or not is_verbal(noun.head):
            return None
        return next((s for s in self.clauses.arguments(noun.head).get("subj", ()) if s.dep_ != "expl"), None)

    def by_preposition(self, token: Token, sources: frozenset[str]) -> Attribution | None:
        """A source with the rest of its clause, which it says: "…, according to the ministry", "in his view, …"."""
        found = self.source(token, sources)
        if found is None:
            return None
        (cue, source), content = found, _without(_clause_of(token), token)
        return Attribution(cue, source, tuple(content), asserted=True) if content else None

    def source(self, token: Token, sources: frozenset[str]) -> tuple[tuple[Token, ...], Token] | None:
        """The words of a preposition that names a source ("according to"), and that source."""
        inner = next(
            (c for c in token.children if c.dep_ in ("prep", "pcomp") and f"{token.lower_}_{c.lower_}" in sources), None
        )
        noun = next((c for word in (inner, token) if word for c in word.children if c.dep_ == "pobj"), None)
        if noun is None:
            return None
        if inner is not None:
            return (token, inner), noun
        if preposition_name(token) in sources:
            return (token,), noun
        owner = _owner(noun)  # "in his view", "in the words of the minister"
        return ((token, noun), owner) if f"{token.lower_}_{noun.lower_}" in sources and owner is not None else None


def _particle(verb: Token) -> tuple[Token, ...]:
    """The particle right behind a verb: the "out" of "pointed out"."""
    return tuple(c for c in verb.children if c.dep_ == "prt" and c.i == verb.i + 1)


def _is_among(words: frozenset[str], verb: Token) -> bool:
    """Whether *words* list a verb, by itself or with its particle."""
    lemma = verb.lemma_.lower()
    return lemma in words or any(f"{lemma}_{p.lower_}" in words for p in _particle(verb))


def _owner(noun: Token) -> Token | None:
    """Whose a noun is: by a possessive, or else by an "of"."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    return owner or next((p for c in noun.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"), None)


def _clause_of(token: Token) -> Token:
    """The verb above, or the root where there is none."""
    clause = token.head
    while not is_verbal(clause) and clause.head != clause:
        clause = clause.head
    return clause


def _is_aside(clause: Token, says: frozenset[str]) -> bool:
    """Whether it is a verb of saying beside a clause, and not what that clause says: "…, he said"."""
    return clause.dep_ == "parataxis" and clause.lemma_.lower() in says


def _is_said(clause: Token) -> bool:
    """Whether a clause may be what the verb above says, also as an adverbial: "said after the talks it would leave"."""
    bare = clause.dep_ == "advcl" and clause.i > clause.head.i and any(c.dep_ == "nsubj" for c in clause.children)
    adverbial = any(c.dep_ == "mark" or c.tag_ == "WRB" for c in clause.children)
    return clause.dep_ in CLAUSES or (bare and not adverbial)


def _is_content(clause: Token) -> bool:
    """Whether a clause on a noun says what the noun means: "the claim that …", "the promise to …"."""
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
    """The attributions by punctuation alone: "Minister: We agree", and a quotation with a dash and a name after it."""
    yield from _by_colon(doc)
    for first, last in spoken:
        after = [t for t in doc[last + 1 : last + 3] if t.text in DASHES]
        if after and after[0].i + 1 < len(doc) and doc[after[0].i + 1].pos_ == "PROPN":
            name_end = after[0].i + 1
            while name_end + 1 < len(doc) and doc[name_end + 1].pos_ == "PROPN":
                name_end += 1
            yield Attribution((after[0],), doc[name_end], tuple(doc[first:last]), asserted=True)


def _by_colon(doc: Doc) -> Iterator[Attribution]:
    """A name that opens the paragraph, with all that follows its colon."""
    start = 1 if len(doc) and doc[0].is_quote else 0
    for mark in doc[start : start + NAME_LENGTH + 1]:
        if mark.text == ":" and mark.i > start and mark.i + 2 < len(doc):
            name = doc[start : mark.i]
            if all(t.pos_ in ("PROPN", "NOUN", "ADJ") for t in name) and doc[mark.i + 1].text[:1].isupper():
                yield Attribution((mark,), doc[mark.i - 1], tuple(_after_colon(mark)), asserted=True)
            break


def _after_colon(mark: Token) -> list[Token]:
    """What a name before a colon says: all that follows in a transcript, where somebody says "I", else one sentence."""
    rest = mark.doc[mark.i + 1 :]
    own = any(t.morph.get("Person", []) in (["1"], ["2"]) and not in_quotes(t) for t in rest)
    last = rest[0].sent.end
    return rest if own or in_quotes(rest[0]) else rest[: max(last, mark.sent.end) - mark.i - 1]


def _with_whole_quotes(found: list[Attribution], doc: Doc, spoken: list[Stretch]) -> Iterator[Attribution]:
    """*found*, with what is said up to the end of its quotation, and on through those behind it that no one else says."""
    cues = {t.i for a in found for t in a.cue}
    for one in found:
        inside = [q for q in spoken if _opens_or_ends_in(one, q)]
        whole = one.asserted and inside and not in_quotes(one.cue[0])
        yield replace(one, content=_whole_quotes(one, inside, doc, spoken, cues)) if whole else one


def _opens_or_ends_in(one: Attribution, quotation: Stretch) -> bool:
    """Whether what is said opens with or within a quotation, or ends within it."""
    first, last = quotation
    return bool(one.content) and (first - 1 <= one.content[0].i < last or first <= one.content[-1].i < last)


def _whole_quotes(
    one: Attribution, inside: list[Stretch], doc: Doc, spoken: list[Stretch], cues: set[int]
) -> tuple[Token, ...]:
    """What is said with all of the quotations *inside* it, and with those that follow at once and have no other cue."""
    content = {t.i for t in one.content} | {i for q in inside for i in range(*q)}
    end = max(one.cue[-1].sent.end, inside[-1][1] + 1)
    for first, last in spoken:
        silent = not any(i in cues for i in range(end, first)) and not _said_after(doc, last, cues)
        if first >= end and first - 1 <= end + 1 and silent:
            content |= set(range(first, last))
            end = last + 1
    return tuple(doc[i] for i in sorted(content))


def carried_on(found: list[list[Attribution]], docs: list[Doc]) -> list[list[Attribution]]:
    """The attributions of an article, by paragraph; one that opens with a quotation goes on with the last speaker."""
    carried = [list(one) for one in found]
    voice: tuple[int, int] | None = None
    for number, doc in enumerate(docs):
        first, last = next(iter(speech(doc)), (0, 0))
        own = any(a.asserted and doc[first] in a.content for a in found[number]) if last else True
        goes_on = first == 1 and not own and not _said_after(doc, last, {t.i for a in found[number] for t in a.cue})
        if voice is not None and goes_on:
            at, index = voice
            one = carried[at][index]
            carried[at][index] = replace(one, further=(*one.further, (number, first, last)))
        else:
            quoted = [i for i, a in enumerate(found[number]) if a.asserted and (not a.content or in_quotes(a.content[-1]))]
            voice = (number, quoted[-1]) if quoted else None
    return [[one for one in paragraph if one.content or one.further] for paragraph in carried]


def _said_after(doc: Doc, end: int, cues: set[int]) -> bool:
    """Whether a verb of saying follows a quotation in the same sentence."""
    rest = range(end, min(len(doc), end + 12))
    return any(i in cues and doc[i].sent == doc[min(end, len(doc) - 1)].sent for i in rest)
