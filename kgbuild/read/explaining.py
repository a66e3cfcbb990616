"""Why a sentence yields what it yields: its mentions, predications, frames that fit or nearly fit, and stance."""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.model import Article, Block, Claim
from kgbuild.read import stance
from kgbuild.read.clauses import Clauses
from kgbuild.read.desk import Desk, desk_of
from kgbuild.read.frames import Frame, Match
from kgbuild.read.nlp import parse
from kgbuild.read.reading import Reader, read_article
from kgbuild.read.tokens import Token

NEARLY = 6
"""Frames that nearly fit, shown for each predicate."""


def explain(text: str, reader: Reader, issued: str | None = None) -> str:
    """A report on *text*, read as an article of its own that was *issued* then (ISO date)."""
    article = Article("explained", text, (Block("body", 0, len(text)),), "0" * 64, "explained", issued=issued)
    [(_, passages)] = parse(reader.nlp, [article])
    desk, _ = desk_of(article, passages, reader)
    reading = read_article(article, passages, reader)
    lines = ["Mentions"]
    for one in sorted(set(desk.by_token.values()), key=lambda m: (m.passage, m.first, m.last)):
        mention = one.mention
        denoted = ", ".join(f"id:{e}" for e in mention.entities) or "no one"
        acting = f", for {', '.join(mention.represents)}" if mention.represents else ""
        lines.append(
            f"  {mention.span.text}: {mention.cls}, {denoted}{acting}" + (f" ({mention.reason})" if mention.reason else "")
        )
    lines.append("Predications")
    for number, passage in enumerate(passages):
        for token in passage.doc:
            lines += _predication(desk, number, token)
    lines.append("Claims")
    lines += [f"  {_said(claim)}" for claim in reading.claims] or ["  none"]
    return "\n".join(lines) + "\n"


def _predication(desk: Desk, number: int, token: Token) -> Iterator[str]:
    clauses: Clauses = desk.clauses[number]
    attempts = list(
        desk.reader.frames.attempts(
            token, clauses, lambda t, wanted: desk.fits(number, t, wanted), office=desk.is_office(number, token)
        )
    )
    if not attempts:
        return
    arguments = clauses.arguments(token)
    shown = "; ".join(f"{name} {', '.join(t.text for t in fillers)}" for name, fillers in arguments.items())
    yield f"  {token.text} [{token.lemma_}]: {shown or 'no arguments'}"
    fitting = [(frame, found) for frame, found in attempts if isinstance(found, Match)]
    for frame, match in sorted(fitting, key=lambda pair: pair[1].weight, reverse=True):
        roles = ", ".join(f"{role} {t.text}" for role, t in match.roles)
        yield f"    fits    {frame.type}: {roles or 'no roles'} | {frame.example}"
        scope = stance.scope_of(token, match.words, desk.reader.ontology)
        if scope.cues:
            yield f"            cues: {', '.join(scope.cues)}"
    for frame, why in _nearest([(f, w) for f, w in attempts if isinstance(w, str)]):
        yield f"    nearly  {frame.type}: {why} | {frame.example}"


def _nearest(missed: list[tuple[Frame, str]]) -> list[tuple[Frame, str]]:
    """One of each type and reason, those with fewest required words first."""
    seen: dict[tuple[str, str], tuple[Frame, str]] = {}
    for frame, why in sorted(missed, key=lambda pair: (len(pair[0].words), pair[0].type, pair[0].example)):
        seen.setdefault((frame.type, why), (frame, why))
    return list(seen.values())[:NEARLY]


def _said(claim: Claim) -> str:
    roles = ", ".join(f"{r.role} {r.mention.span.text}" for r in claim.roles)
    held = claim.stance
    speaker = f", says {held.speaker.span.text} ({held.cue})" if held.speaker else ""
    amounts = "".join(f", {q.value:f} {q.unit}" for q in claim.quantities)
    when = f", {claim.when.edtf} ({claim.when.source})" if claim.when else ""
    return (
        f"{claim.claims}: {roles or 'no roles'}; {held.polarity}, {held.modality}, {held.certainty}{speaker}{when}{amounts}"
    )
