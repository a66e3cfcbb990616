"""Who said what: every attribution as a Statement, whether or not an event stands inside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kgbuild.model import Claim, Role, Sentence
from kgbuild.ontology import Ontology
from kgbuild.read import stance
from kgbuild.read.clauses import is_verbal
from kgbuild.read.desk import Desk
from kgbuild.read.mentions import Located, text_span
from kgbuild.read.when import when_of

CLAUSES = ("ccomp", "parataxis")
OBJECTS = ("dobj", "xcomp", "prep", "dative", "oprd", "acomp", "advcl")


def statements(desk: Desk, number: int, starts: dict[int, Sentence]) -> Iterator[Claim]:
    """The attributions of one paragraph: speaker, cue and what is said, in order.

    What is said is the clause of a verb of saying, the object of a verb like "criticize", or the sentence
    that "according to" or ", he said," hangs in.
    """
    ontology = desk.reader.ontology
    says, speaks_of = ontology.words("report", "verb"), ontology.words("reportObject", "verb")
    sources = ontology.words("report", "preposition")
    for token in desk.passages[number].doc:
        if is_verbal(token) and token.lemma_.lower() in says | speaks_of:
            speaker = _speaker(desk, number, token)
            content = _content(token, speaks_of) if speaker is not None else []
            if speaker is not None and content:
                yield _statement(desk, number, starts, token, speaker, content)
        elif token.dep_ in ("prep", "advmod") or token.tag_ == "VBG":
            yield from _according(desk, number, starts, token, sources)


def _speaker(desk: Desk, number: int, verb: Token) -> Token | None:
    subjects = desk.clauses[number].arguments(verb).get("subj", ())
    nominal = (s for s in subjects if s.pos_ in ("NOUN", "PROPN", "PRON") and s.dep_ != "expl")
    return next(nominal, None)


def _content(verb: Token, speaks_of: frozenset[str]) -> list[Token]:
    """The tokens of what is said, in order."""
    clauses = [c for c in verb.children if c.dep_ in CLAUSES]
    if clauses:
        return sorted(clauses[0].subtree, key=lambda t: t.i)
    if verb.dep_ == "parataxis" and is_verbal(verb.head):  # "Laos, he added, has signed"
        own = set(verb.subtree)
        return sorted((t for t in verb.head.subtree if t not in own), key=lambda t: t.i)
    if verb.lemma_.lower() in speaks_of:
        after = [t for c in verb.children if c.dep_ in OBJECTS and c.i > verb.i for t in c.subtree]
        return sorted(after, key=lambda t: t.i)
    return []


def _according(
    desk: Desk, number: int, starts: dict[int, Sentence], token: Token, sources: frozenset[str]
) -> Iterator[Claim]:
    """ "…, according to the ministry": the rest of its clause is what the ministry says."""
    first = token.lower_
    inner = next((c for c in token.children if c.dep_ in ("prep", "pcomp") and f"{first}_{c.lower_}" in sources), None)
    if inner is None:
        return
    fillers = [*inner.children, *token.children]
    source = next((c for c in fillers if c.dep_ == "pobj" and c != inner), None)
    if source is None or token.head == token:
        return
    clause = token.head
    while not is_verbal(clause) and clause.head != clause:
        clause = clause.head
    own = set(token.subtree)
    content = sorted((t for t in clause.subtree if t not in own), key=lambda t: t.i)
    if content:
        yield _statement(desk, number, starts, token, source, content, cue=f"{token.text} {inner.text}")


def _statement(
    desk: Desk,
    number: int,
    starts: dict[int, Sentence],
    token: Token,
    speaker: Token,
    content: list[Token],
    *,
    cue: str | None = None,
) -> Claim:
    passage, ontology = desk.passages[number], desk.reader.ontology
    content = _trimmed(content)
    held = stance.decide(token, (token,), desk.clauses[number], ontology, lambda t: desk.mention(number, t))
    about = [
        Role("about", m.mention) for t in content if (m := desk.located(number, t)) and m.head == t.i and _named(m, ontology)
    ]
    said = replace(held, speaker=desk.mention(number, speaker), cue=cue or token.text, quoted=stance.in_quotes(content[0]))
    return Claim(
        claims="Statement",
        kind="statement",
        sentence=starts[passage.offset + token.sent.start_char],
        trigger=text_span(passage, token.i, token.i + (len(cue.split()) if cue else 1)),
        roles=tuple(dict.fromkeys(about)),
        stance=said,
        when=when_of(desk, number, (token,), said),
        content=text_span(passage, content[0].i, content[-1].i + 1),
        matched="a verb of saying with what is said",
        confidence=0.9,
    )


def _named(one: Located, ontology: Ontology) -> bool:
    return bool(one.mention.entities) and ontology.is_a(one.mention.cls, "Actor")


def _trimmed(content: list[Token]) -> list[Token]:
    """Without the punctuation around it."""
    first, last = 0, len(content)
    while first < last - 1 and content[first].is_punct:
        first += 1
    while last > first + 1 and content[last - 1].is_punct:
        last -= 1
    return content[first:last]
