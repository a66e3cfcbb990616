"""Readers' verdicts on claims of real text: what today's reading makes of what was judged.

A verdict is on one claim as it was read then: R, all right; H, of the right type with a wrong role or link; W, of a wrong
type. The texts are not with the verdicts (they are others'), so the corpora are read that the articles stand in. What this
cannot know: whether a claim that has changed since is right, nor whether what nobody has judged is.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgbuild.errors import CorpusError, Problem
from kgbuild.evaluate.at_hand import first_record, read_at_hand
from kgbuild.evaluate.figures import NONE, Evaluation, Figure, Miss, Part, share
from kgbuild.evaluate.matching import is_kind, overlap
from kgbuild.model import Claim, Reading
from kgbuild.ontology import Ontology
from kgbuild.read.reader import Reader

Record = dict[str, Any]
WHOLE, CHANGED, GONE = "still as it was", "changed", "gone"


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict beside the claim of today that stands in its claim's place."""

    record: Record
    reading: Reading
    claim: Claim | None
    """Of the same type, at words in common; None where there is none."""

    @property
    def right(self) -> bool:
        """Whether it was judged right in type, every role and every link."""
        return bool(self.record["verdict"] == "R")

    @property
    def state(self) -> str:
        """Whole where type and all judged roles with their links are there; else changed, or gone.

        A right claim may have gained: a role that nobody has judged, or a link where a role had none. Of a claim that was
        judged wrong any such is a change: it may have mended it.
        """
        if self.claim is None:
            return GONE
        roles = [_has(self.claim, role, gained=self.right) for role in self.record["roles"]]
        return WHOLE if all(roles) and (self.right or not self.grown) else CHANGED

    @property
    def grown(self) -> bool:
        """Whether it has a role that nobody has judged."""
        return self.claim is not None and any(not _is_judged(self.record, *one) for one in links(self.claim))


def is_judged(file: Path) -> bool:
    """Whether a file's first record is a verdict."""
    return "verdict" in first_record(file)


def evaluate_judged(gold: Path, files: Sequence[Path], corpora: Sequence[Path], reader: Reader) -> Evaluation:
    """The verdicts of *files* against today's reading of their articles in *corpora* (by default those of CORPORA).

    Raises CorpusError where no corpus is at hand, or none has any of the articles.
    """
    judged, problems = judged_claims(files, corpora, reader)
    return Evaluation(gold.name, len(judged), (score_judged(judged),), tuple(problems))


def judged_claims(files: Sequence[Path], corpora: Sequence[Path], reader: Reader) -> tuple[list[Judged], list[Problem]]:
    """Each verdict on a claim beside the claim of today, in the order of the files; articles not found are a problem."""
    records = [record for file in files for record in _records(file) if record.get("kind") == "claim"]
    readings, problems = read_at_hand((r["article"] for r in records), corpora, reader, labels="verdicts")
    found = [
        Judged(r, readings[r["article"]], _claim(r, readings[r["article"]], reader.ontology))
        for r in records
        if r["article"] in readings
    ]
    return found, problems


def score_judged(judged: Sequence[Judged]) -> Part:
    """What became of the claims judged right and of those judged wrong, in all and by corpus.

    "right, still as it was" may have gained a role that nobody has judged; "wrong, changed" may be mended or worse. The
    *share right of those still made* has only claims that are as they were judged, neither less nor more.
    """
    by_corpus: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        by_corpus[str(one.record.get("corpus", "")).removeprefix("corpus-")].append(one)
    figures = [*_figures("", judged)]
    for name, those in sorted(by_corpus.items()):
        figures += _figures(f"{name}: ", those)
    measures = "claims that readers have judged, and what is read there today (edges, stance, speakers, times left out)"
    return Part("judged", measures, tuple(figures), misses=tuple(miss for one in judged for miss in _miss(one)))


def _figures(before: str, judged: Sequence[Judged]) -> list[Figure]:
    figures: list[Figure] = []
    for verdict, name in ((True, "right"), (False, "wrong")):
        states = Counter(one.state for one in judged if one.right == verdict)
        figures += [share(f"{before}{name}, {state}", states[state], states.total()) for state in (WHOLE, CHANGED, GONE)]
    same = [one for one in judged if one.state == WHOLE and not one.grown]
    return [*figures, share(f"{before}share right of those still made", sum(one.right for one in same), len(same))]


def _miss(one: Judged) -> list[Miss]:
    """What was right and is no longer whole, and what was wrong and is as it was."""
    if one.right == (one.state == WHOLE):
        return []
    record, text = one.record, one.reading.article.text
    place = int(record["start"]), int(record["end"])
    spans = (sentence.span for sentence in one.reading.sentences)
    around = next((s.text for s in spans if s.start < place[1] and place[0] < s.end), text[place[0] - 80 : place[1] + 80])
    was = f"{record['claims'].removeprefix('dip:')} {text[place[0] : place[1]]!r}" + "".join(
        f" | {role['role']} {text[role['start'] : role['end']]} ({_local(role['entity']) or NONE})"
        for role in record["roles"]
    )
    now = (
        NONE
        if one.claim is None
        else one.claim.claims
        + "".join(
            f" | {role.role} {role.mention.span.text} ({', '.join(role.mention.entities) or NONE})"
            for role in one.claim.roles
        )
    )
    verdict = "" if one.right else f"not, as judged {record['verdict']} ({record['cause']}), "
    return [Miss(f"{record['article']}:{place[0]}", " ".join(around.split()), " ".join((verdict + was).split()), now)]


# -- claims and roles -----------------------------------------------------------------------------


def _claim(record: Record, reading: Reading, ontology: Ontology) -> Claim | None:
    """Today's claim of the type, or a kind of it, at the judged words.

    Of several that with most of the judged roles, the first of equals.
    """
    place = int(record["start"]), int(record["end"])
    name = record["claims"].removeprefix("dip:")
    there = [
        claim
        for claim in reading.claims
        if is_kind(claim.claims, name, ontology) and overlap((claim.trigger.start, claim.trigger.end), place)
    ]
    exact = [c for c in there if c.trigger.start == place[0]] or there
    return max(exact, key=lambda c: sum(_has(c, role) for role in record["roles"]), default=None)


def _has(claim: Claim, wanted: Record, *, gained: bool = False) -> bool:
    """Whether a judged role is there: at words in common, with the same entity and, where judged, for the same state; with
    *gained* with any link where it was judged without one, be it whom it acts for.

    People who were linked to their state ("three Russians") and are said to be of it now are the same.
    """
    free = gained and not wanted.get("represents")

    def has_gained(one: tuple[str, int, int, str | None, str | None]) -> bool:
        same = not wanted["entity"] or _of_all(one[3]) == _of_all(_local(wanted["entity"]))
        return free and same and _is_at(wanted, *one[:3])

    return any(_is_same(wanted, *one) or has_gained(one) for one in links(claim))


def _is_judged(record: Record, *one: Any) -> bool:
    return any(_is_same(wanted, *one) for wanted in record["roles"])


def _is_at(wanted: Record, role: str, start: int, end: int) -> bool:
    return bool(role == wanted["role"]) and overlap((start, end), (int(wanted["start"]), int(wanted["end"])))


def _is_same(wanted: Record, role: str, start: int, end: int, entity: str | None, represents: str | None) -> bool:
    if not _is_at(wanted, role, start, end):
        return False
    acts_for = "represents" not in wanted or _local(wanted["represents"]) == represents
    people = entity is None and wanted["entity"] is not None and represents == _local(wanted["entity"])
    return people or (_of_all(entity) == _of_all(_local(wanted["entity"])) and acts_for)


def links(claim: Claim) -> list[tuple[str, int, int, str | None, str | None]]:
    """Each role with where it stands and what it denotes, as `extract` writes them: one for each thing."""
    found: list[tuple[str, int, int, str | None, str | None]] = []
    for role in claim.roles:
        mention = role.mention
        for number, entity in enumerate(mention.entities or (None,)):
            acts_for = mention.represents[min(number, len(mention.represents) - 1)] if mention.represents else None
            found.append((role.role, mention.span.start, mention.span.end, entity, acts_for))
    return found


def _of_all(entity: str | None) -> str | None:
    """A thing's id without the article of which alone it is a thing, as "the Joint Declaration" is of each another."""
    return re.sub(r"_in_[0-9a-f]{8}$", "", entity) if entity else None


def _local(entity: str | None) -> str | None:
    return entity.removeprefix("id:") if entity else None


def _records(file: Path) -> Iterable[Record]:
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            try:
                record = json.loads(line)
            except ValueError as error:
                raise CorpusError(f"{file.name}:{number}: not JSON: {error}. A gold file must be whole.") from error
            yield record
