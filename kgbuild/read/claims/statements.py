"""Every attribution as a Statement, whether or not an event stands inside it; and the speaker of what does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kgbuild.model import Claim, Mention, Role, Span, Stance
from kgbuild.read.claims import stance
from kgbuild.read.claims.attributions import Attribution
from kgbuild.read.claims.confidence import STATEMENT
from kgbuild.read.claims.paragraph import Paragraph
from kgbuild.read.claims.when import when_of
from kgbuild.read.parse.clauses import is_infinitive, is_verbal
from kgbuild.read.parse.lemmas import lemma_of
from kgbuild.read.parse.quotes import in_quotes
from kgbuild.read.parse.tokens import Token


def statements(paragraph: Paragraph) -> Iterator[Claim]:
    """The attributions of one paragraph: speaker, cue, what is said and of whom, in order."""
    speakers = {one.cue[0]: one.speaker for one in paragraph.attributions}
    for one in paragraph.attributions:
        token = one.cue[0]
        doubled = token.dep_ == "dobj" and speakers.get(token.head, token) == one.speaker  # "expressed concern about"
        if not doubled and not _is_no_saying(paragraph, one):
            yield _statement(paragraph, one)


def _is_no_saying(paragraph: Paragraph, one: Attribution) -> bool:
    """Whether a word tells what somebody wants or does, and no saying: "Chad wants a seat", "reports of a raid"."""
    token = one.cue[0]
    if token.is_punct and one.speaker is not None and lemma_of(one.speaker) in paragraph.ontology.words("rubric", "noun"):
        return True
    listed = paragraph.ontology.words("noSaying", "verb" if is_verbal(token) else "noun")
    clause = any(c.dep_ in ("ccomp", "acl") and not is_infinitive(c) for c in token.children)
    clause = clause or any(in_quotes(word) for word in one.content[:1])
    return token.lemma_.lower() in listed and not clause


def speaker_of(paragraph: Paragraph, words: tuple[Token, ...]) -> tuple[Mention | None, str | None]:
    """Who says what the predicate of these *words* says, and the cue: the innermost attribution around it."""
    for speaker, one in paragraph.voices(words[0]):
        if one.cue[0] not in words:
            return speaker, _cue_text(one)
    return None, None


def _cue_text(one: Attribution) -> str:
    """The words that attribute, as they are written."""
    return one.cue[0].doc.span(one.cue[0].i, one.cue[-1].i + 1).text


def _statement(paragraph: Paragraph, one: Attribution) -> Claim:
    """An attribution as a claim, about the actors that are named in what is said."""
    token = one.cue[0]
    parts = _parts(paragraph, one)
    about = [Role("about", m) for at, content in parts for t in content if (m := at.named.get(t.i)) is not None]
    verbal = is_verbal(token) and token.dep_ != "prep"
    decided = stance.decide(token, (token,), paragraph.ontology) if verbal else Stance()
    speaker = paragraph.mention(one.speaker) if one.speaker is not None else None
    return Claim(
        claims="Statement",
        kind="statement",
        sentence=paragraph.sentence(token),
        trigger=paragraph.span(token.i, one.cue[-1].i + 1),
        roles=tuple(dict.fromkeys(about)),
        stance=replace(decided, speaker=speaker, cue=_cue_text(one), quoted=in_quotes(parts[0][1][0])),
        when=when_of(paragraph, (token,), decided),
        content=_span(parts),
        matched="words of saying with what is said",
        confidence=STATEMENT,
    )


def _parts(paragraph: Paragraph, one: Attribution) -> list[tuple[Paragraph, list[Token]]]:
    """What is said, by paragraph, in order."""
    parts = [(paragraph, _trimmed(list(one.content)))] if one.content else []
    return parts + [(at := paragraph.together[number], list(at.doc[first:last])) for number, first, last in one.further]


def _span(parts: list[tuple[Paragraph, list[Token]]]) -> Span:
    """The article's text from the first word said to the last."""
    (opens, [opening, *_]), (closes, [*_, ending]) = parts[0], parts[-1]
    start, end = opens.span(opening.i, opening.i + 1).start, closes.span(ending.i, ending.i + 1).end
    return Span(start, end, opens.article.text[start:end])


def _trimmed(content: list[Token]) -> list[Token]:
    """*content* without the punctuation around it."""
    first, last = 0, len(content)
    while first < last - 1 and content[first].is_punct:
        first += 1
    while last > first + 1 and content[last - 1].is_punct:
        last -= 1
    return content[first:last]
