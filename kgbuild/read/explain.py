"""Why a sentence yields what it yields: its mentions, predications, frames that fit or nearly fit, claims, and rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kgbuild.model import Article, Block, Claim, Mention, Role
from kgbuild.read.claims import stance
from kgbuild.read.claims.bridging import Bridged
from kgbuild.read.claims.candidate import Assembled
from kgbuild.read.claims.paragraph import Paragraph
from kgbuild.read.claims.vetoes import Stopped
from kgbuild.read.frames.frame import Frame, Match
from kgbuild.read.parse.clauses import Clauses
from kgbuild.read.parse.repairs import repaired
from kgbuild.read.parse.tokens import Token
from kgbuild.read.reader import Reader
from kgbuild.read.rule import Rule

NEARLY = 6
"""Frames that nearly fit, shown for each predicate."""


def explain(text: str, reader: Reader, issued: str | None = None) -> str:
    """A report on *text*, read as an article of its own that was *issued* then (ISO date)."""
    article = Article("explained", text, (Block("body", 0, len(text)),), "0" * 64, "explained", issued=issued)
    [study] = reader.study([article])
    lines = ["Mentions"]
    located = {one for paragraph in study.paragraphs for one in paragraph.by_token.values()}
    for one in sorted(located, key=lambda m: (m.passage, m.first, m.last)):
        reason = f" ({one.mention.reason})" if one.mention.reason else ""
        lines.append(f"  {one.mention.span.text}: {one.mention.cls}, {_denoted(one.mention)}{reason}")
    mended = [pair for paragraph in study.paragraphs for pair in repaired(paragraph.doc)]
    lines += _section("Repairs of the parse", (f"  at {token.text} {_by(rule)}" for token, rule in mended))
    lines.append("Predications")
    for paragraph in study.paragraphs:
        for token in paragraph.doc:
            lines += _predication(paragraph, token)
    lines.append("Claims")
    lines += [line for claim in study.reading.claims for line in whole(claim)] or ["  none"]
    lines += _section("Completed", (line for one in study.bridged for line in _completed(one)))
    lines += _section("Stopped", (line for one in study.stopped for line in _stopped(one)))
    return "\n".join(lines) + "\n"


def whole(claim: Claim) -> Iterator[str]:
    """A claim in lines: type and words, every role with what it denotes, stance, speaker, time, amounts, confidence."""
    yield f'  {claim.claims} "{claim.trigger.text}", confidence {claim.confidence:.2f}'
    for role in claim.roles:
        yield _role(role)
    if claim.content is not None:
        yield f'    content "{claim.content.text}"'
    held = claim.stance
    yield f"    {held.polarity}, {held.modality}, {held.certainty}"
    if held.speaker is not None:
        yield f'    said by {held.speaker.span.text}: {_denoted(held.speaker)} ("{held.cue}")'
    if claim.when is not None:
        yield f'    time {claim.when.edtf} ({claim.when.source}, "{claim.when.text}")'
    for amount in claim.quantities:
        change = "" if amount.change is None else f", changed by {amount.change:+f} percent"
        yield f"    amount {amount.value:f} {amount.unit}{change}"


def _role(role: Role) -> str:
    return f"    {role.role} {role.mention.span.text}: {_denoted(role.mention)}"


def _denoted(mention: Mention) -> str:
    """What a mention denotes and for whom that acts: "id:Angela_Merkel, for id:Germany"."""
    denoted = ", ".join(f"id:{e}" for e in mention.entities) or "no one"
    return denoted + (f", for {', '.join(f'id:{e}' for e in mention.represents)}" if mention.represents else "")


def _section(title: str, lines: Iterable[str]) -> list[str]:
    """*lines* under *title*; nothing where there are none."""
    found = list(lines)
    return [title, *found] if found else []


def _by(rule: Rule) -> str:
    return f"by {rule.name}: {rule.why}"


def _completed(one: Bridged) -> Iterator[str]:
    yield f'  {one.after.claims} "{one.after.trigger.text}" {_by(one.rule)}'
    yield from (_role(role) for role in one.after.roles if role not in one.before.roles)


def _stopped(one: Stopped) -> Iterator[str]:
    """What would have been claimed, as far as it was made, and the vetoes."""
    candidate = one.candidate
    if isinstance(candidate, Assembled):
        yield from whole(candidate.claim)
    else:
        yield f'  {candidate.type} "{candidate.head.text}"'
        yield from (f"    {role} {token.text}" for role, token in candidate.match.roles)
    yield from (f"    stopped by {rule.name}: {rule.why}" for rule in one.vetoes)


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
