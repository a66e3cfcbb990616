"""Every attribution as a Statement, whether or not an event stands inside it; and the speaker of what does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kgbuild.model import Claim, Mention, Role, Sentence, Stance
from kgbuild.ontology import Ontology
from kgbuild.read import stance
from kgbuild.read.attributions import Attribution
from kgbuild.read.clauses import is_verbal
from kgbuild.read.desk import Desk
from kgbuild.read.mentions import Located, text_span
from kgbuild.read.quotes import in_quotes


def statements(desk: Desk, number: int, starts: dict[int, Sentence]) -> Iterator[Claim]:
    """The attributions of one paragraph: speaker, cue, what is said and of whom, in order."""
    for one in desk.attributions[number]:
        yield _statement(desk, number, starts, one)


def speaker_of(desk: Desk, number: int, token: Token) -> tuple[Mention | None, str | None]:
    """Who says what the predicate *token* says, and the cue: the innermost attribution around it.

    In "we hope …" who "we" is stands further out; a thing of no class ("practice shows") says nothing.
    """
    around = [a for a in desk.attributions[number] if a.told and a.speaker is not None and token in a.content]
    for one in sorted(around, key=lambda a: len(a.content)):
        source = one.speaker
        if source is None or token in one.cue or source.morph.get("Person", []) == ["1"]:
            continue
        mention = desk.mention(number, source)
        if mention.cls != "Thing" or source.pos_ == "PRON":
            return mention, " ".join(t.text for t in one.cue)
    return None, None


def _statement(desk: Desk, number: int, starts: dict[int, Sentence], one: Attribution) -> Claim:
    passage, ontology = desk.passages[number], desk.reader.ontology
    token, content = one.cue[0], _trimmed(list(one.content))
    about = [
        Role("about", m.mention) for t in content if (m := desk.located(number, t)) and m.head == t.i and _named(m, ontology)
    ]
    held = stance.decide(token, (token,), ontology) if is_verbal(token) else Stance()
    speaker = desk.mention(number, one.speaker) if one.speaker is not None else None
    cue = " ".join(t.text for t in one.cue)
    return Claim(
        claims="Statement",
        kind="statement",
        sentence=starts[passage.offset + token.sent.start_char],
        trigger=text_span(passage, token.i, one.cue[-1].i + 1),
        roles=tuple(dict.fromkeys(about)),
        stance=replace(held, speaker=speaker, cue=cue, quoted=in_quotes(content[0])),
        content=text_span(passage, content[0].i, content[-1].i + 1),
        matched="words of saying with what is said",
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
