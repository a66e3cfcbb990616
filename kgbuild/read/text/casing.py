"""Old wires capitalise whatever follows an abbreviation ("the U.S. And Japan"): such words get their small letter back.

A tagger takes "U.S. Imposes" for a name. An article is of that kind if its abbreviations are followed by no small letter,
and by function words that begin no sentence of news or by words that it writes small elsewhere. In it, what is or begins
a name keeps its capital.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from kgbuild.model import Article, Claim, Mention, Reading, Role, Span
from kgbuild.ontology import Ontology
from kgbuild.read.text.normal import Normalised

# Ten letters at most: "U.S.U.S.U.S.", which goes on and on, is not tried from each letter to its end.
_AFTER = re.compile(r"\b(?P<abbreviation>(?:[A-Z]\.){2,10},?) (?P<word>[A-Z][a-z]*)\b(?P<more> [A-Z])?")
_SMALL = re.compile(r"\b(?:[A-Z]\.){2,10},? [a-z]")
_OPENING = 4
"""Letters from which on a word is no article, pronoun or preposition that opens the next sentence."""


def recased(text: str, begins_name: Callable[[str], bool], ontology: Ontology) -> str:
    """*text*, as long as before, with small letters after abbreviations where a slip made them capitals."""
    within, bodies = ontology.words("withinSentence", "word"), ontology.words("bodyOfState", "word")
    slips = list(_AFTER.finditer(text))
    if not slips or _SMALL.search(text):
        return text
    elsewhere = set(re.findall(r"[a-z,] ([A-Z][a-z]+)", text))

    def is_name(m: re.Match[str]) -> bool:
        word = m["word"]
        large = bool(m["more"]) or word in elsewhere or word in bodies
        return large or begins_name(word) or begins_name(f"{m['abbreviation']} {word}")

    loose = [m for m in slips if m["word"] in within or not is_name(m)]
    small = {m["word"].lower() for m in loose if len(m["word"]) >= _OPENING}
    if not any(m["word"] in within for m in loose) and small.isdisjoint(re.findall(r"[a-z]+", text)):
        return text
    letters = list(text)
    for m in loose:
        letters[m.start("word")] = m["word"][0].lower()
    return "".join(letters)


def as_written(reading: Reading, article: Article, normal: Normalised) -> Reading:
    """What was read in a `recased` text, as a reading of *article*, from which come the words that are cited.

    *normal* is the text of *article* before it was recased: by it, spans are brought back to where the article has them.
    """
    if reading.article.text == article.text:
        return reading
    cased = reading.article.text

    def cited(span: Span) -> Span:
        start, end = normal.original(span.start, span.end)
        written = article.text[start:end]
        if written != normal.text[span.start : span.end]:
            return Span(start, end, written, span.text)
        same = span.text == cased[span.start : span.end]
        return Span(start, end, written if same else span.text)

    @cache
    def mention(one: Mention) -> Mention:
        return replace(one, span=cited(one.span))

    def claim(one: Claim) -> Claim:
        speaker = one.stance.speaker
        return replace(
            one,
            sentence=replace(one.sentence, span=cited(one.sentence.span)),
            trigger=cited(one.trigger),
            roles=tuple(Role(role.role, mention(role.mention), role.side) for role in one.roles),
            stance=replace(one.stance, speaker=mention(speaker)) if speaker else one.stance,
            quantities=tuple(replace(quantity, span=cited(quantity.span)) for quantity in one.quantities),
            content=cited(one.content) if one.content else None,
        )

    return replace(
        reading,
        article=article,
        sentences=tuple(replace(sentence, span=cited(sentence.span)) for sentence in reading.sentences),
        mentions=tuple(map(mention, reading.mentions)),
        claims=tuple(map(claim, reading.claims)),
    )
