"""Every attribution as a Statement, whether or not an event stands inside it; and the speaker of what does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kgbuild.model import Claim, Mention, Role, Sentence, Span, Stance
from kgbuild.read import stance
from kgbuild.read.attributions import Attribution
from kgbuild.read.clauses import is_verbal
from kgbuild.read.desk import Desk
from kgbuild.read.mentions import text_span
from kgbuild.read.quotes import in_quotes
from kgbuild.read.tokens import Token
from kgbuild.read.when import when_of


def statements(desk: Desk, number: int, starts: dict[int, Sentence]) -> Iterator[Claim]:
    """The attributions of one paragraph: speaker, cue, what is said and of whom, in order."""
    for one in desk.attributions[number]:
        yield _statement(desk, number, starts, one)


def speaker_of(desk: Desk, number: int, words: tuple[Token, ...]) -> tuple[Mention | None, str | None]:
    """Who says what the predicate of these *words* says, and the cue: the innermost attribution around it.

    In "we hope …" who "we" is stands further out; a thing of no class ("practice shows") says nothing.
    """
    for at, one in desk.said_at(number, words[0]):
        source = one.speaker
        if source is None or not one.told or one.cue[0] in words or source.morph.get("Person", []) == ["1"]:
            continue
        mention = desk.mention(at, source)
        if mention.cls != "Thing" or source.pos_ == "PRON":
            return mention, _cue_text(one)
    return None, None


def _cue_text(one: Attribution) -> str:
    return one.cue[0].doc.span(one.cue[0].i, one.cue[-1].i + 1).text


def _statement(desk: Desk, number: int, starts: dict[int, Sentence], one: Attribution) -> Claim:
    passage, ontology = desk.passages[number], desk.reader.ontology
    token = one.cue[0]
    parts = [(number, _trimmed(list(one.content)))] if one.content else []
    parts += [(at, list(desk.passages[at].doc[first:last])) for at, first, last in one.further]
    about = [Role("about", m) for at, content in parts for t in content if (m := desk.named[at].get(t.i)) is not None]
    opening, ending = text_span(desk.passages[parts[0][0]], parts[0][1][0].i, parts[0][1][0].i + 1), parts[-1][1][-1]
    end = text_span(desk.passages[parts[-1][0]], ending.i, ending.i + 1).end
    held = stance.decide(token, (token,), ontology) if is_verbal(token) and token.dep_ != "prep" else Stance()
    speaker = desk.mention(number, one.speaker) if one.speaker is not None else None
    return Claim(
        claims="Statement",
        kind="statement",
        sentence=starts[passage.offset + token.sent.start_char],
        trigger=text_span(passage, token.i, one.cue[-1].i + 1),
        roles=tuple(dict.fromkeys(about)),
        stance=replace(held, speaker=speaker, cue=_cue_text(one), quoted=in_quotes(parts[0][1][0])),
        when=when_of(desk, number, (token,), held),
        content=Span(opening.start, end, desk.article.text[opening.start : end]),
        matched="words of saying with what is said",
        confidence=0.9,
    )


def _trimmed(content: list[Token]) -> list[Token]:
    """Without the punctuation around it."""
    first, last = 0, len(content)
    while first < last - 1 and content[first].is_punct:
        first += 1
    while last > first + 1 and content[last - 1].is_punct:
        last -= 1
    return content[first:last]
