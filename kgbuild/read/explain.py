"""Why a sentence yields what it yields: its mentions, predications, frames that fit or nearly fit, and stance."""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.model import Article, Block, Claim
from kgbuild.read.claims import stance
from kgbuild.read.claims.paragraph import Paragraph
from kgbuild.read.frames.frame import Frame, Match
from kgbuild.read.parse.clauses import Clauses
from kgbuild.read.parse.tokens import Token
from kgbuild.read.reader import Reader

NEARLY = 6
"""Frames that nearly fit, shown for each predicate."""


def explain(text: str, reader: Reader, issued: str | None = None) -> str:
    """A report on *text*, read as an article of its own that was *issued* then (ISO date)."""
    article = Article("explained", text, (Block("body", 0, len(text)),), "0" * 64, "explained", issued=issued)
    [study] = reader.study([article])
    lines = ["Mentions"]
    located = {one for paragraph in study.paragraphs for one in paragraph.by_token.values()}
    for one in sorted(located, key=lambda m: (m.passage, m.first, m.last)):
        mention = one.mention
        denoted = ", ".join(f"id:{e}" for e in mention.entities) or "no one"
        acting = f", for {', '.join(mention.represents)}" if mention.represents else ""
        lines.append(
            f"  {mention.span.text}: {mention.cls}, {denoted}{acting}" + (f" ({mention.reason})" if mention.reason else "")
        )
    lines.append("Predications")
    for paragraph in study.paragraphs:
        for token in paragraph.doc:
            lines += _predication(paragraph, token)
    lines.append("Claims")
    lines += [f"  {_said(claim)}" for claim in study.reading.claims] or ["  none"]
    return "\n".join(lines) + "\n"


def _predication(paragraph: Paragraph, token: Token) -> Iterator[str]:
    clauses: Clauses = paragraph.clauses
    attempts = list(paragraph.tools.frames.attempts(token, clauses, paragraph.fits, office=paragraph.is_office(token)))
    if not attempts:
        return
    arguments = clauses.arguments(token)
    shown = "; ".join(f"{name} {', '.join(t.text for t in fillers)}" for name, fillers in arguments.items())
    yield f"  {token.text} [{token.lemma_}]: {shown or 'no arguments'}"
    fitting = [(frame, found) for frame, found in attempts if isinstance(found, Match)]
    core = paragraph.ontology.core_roles
    for frame, match in sorted(fitting, key=lambda pair: pair[1].weight(core), reverse=True):
        roles = ", ".join(f"{role} {t.text}" for role, t in match.roles)
        yield f"    fits    {frame.type}: {roles or 'no roles'} | {frame.example}"
        scope = stance.scope_of(token, match.words, paragraph.ontology)
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
