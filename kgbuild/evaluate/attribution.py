"""Who said what, as PolNeAR has it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kgbuild.evaluate.figures import NONE, Figure, Miss, Part, Tally, prf
from kgbuild.evaluate.matching import HALF, Place, best_pairs, dice, overlap, places, same_party, word_starts
from kgbuild.evaluate.pages import Page, Record
from kgbuild.model import Claim
from kgbuild.ontology import Ontology

RELATIVE = ("who", "which", "that")
"""Pronouns that the labels give as a source where a claim has the noun for which they stand."""


def is_attributed(record: Record) -> bool:
    """Whether who said what is labelled."""
    return "attributions" in record


def score_attribution(pages: list[Page], ontology: Ontology) -> Part:
    """Statements against attributions, one to one: cues overlap, then sources, then half of the words of the content.

    "Cue" and "source and cue" are the soft match (any shared word) of Pareti, who first scored attributions so; the content
    must be the same by half (Dice). A relative pronoun as a source stands for the noun before it, as a speaker does. An
    attribution without a source is found only by a statement without a speaker.
    In PolNeAR a word belongs to one attribution at most, so what is said inside a content is not labelled: statements
    there are set aside; one figure counts them as wrong all the same.
    """
    steps = ("cue", "source and cue", "source, cue and content")
    counts = {step: Counter[str]() for step in steps}
    misses: list[Miss] = []
    nested = 0
    for page in pages:
        wanted = page.record.get("attributions") or []
        every = [claim for claim in page.claims if claim.kind == "statement"]
        found = [claim for claim in every if _is_labelled(claim, wanted)]
        nested += len(every) - len(found)
        grades = [[_attributed(claim, gold, page) for claim in found] for gold in wanted]
        for number, step in enumerate(steps, 1):
            pairs = best_pairs(grades, number)
            counts[step] += Counter(right=len(pairs), predicted=len(found), gold=len(wanted))
            if step == "source and cue":
                misses += _attribution_misses(page, wanted, found, pairs)
    labels = tuple(Tally(s, counts[s]["right"], counts[s]["predicted"], counts[s]["gold"]) for s in steps)
    strict = Tally("", labels[1].right, labels[1].predicted + nested, labels[1].gold)
    figures = (
        *(figure for tally in labels for figure in prf(tally.label, tally)),
        Figure("source and cue F1, nested ones being wrong", round(strict.f1, 4), f"{nested} nested"),
    )
    return Part("attribution", "statements against every attribution of an article", figures, labels, (), tuple(misses))


def _is_labelled(claim: Claim, wanted: list[Record]) -> bool:
    """Whether the set could have labelled a statement: its cue is a gold cue, or stands in no gold content."""
    place = claim.trigger.start, claim.trigger.end

    def under(key: str) -> bool:
        return any(overlap(place, gold) for one in wanted for gold in places(one.get(key)))

    return under("cue") or not under("content")


def _attributed(claim: Claim, gold: Record, page: Page) -> int:
    """0: another cue; 1: the cue is right; 2: the source too; 3: the content too."""
    if not any(overlap((claim.trigger.start, claim.trigger.end), place) for place in places(gold.get("cue"))):
        return 0
    source, speaker = [_named(place, page) for place in places(gold.get("source"))], claim.stance.speaker
    if not (same_party(speaker, source, page) if speaker and source else speaker is None and not source):
        return 1
    content = [(claim.content.start, claim.content.end)] if claim.content else []
    same = dice(word_starts(page.text, content), word_starts(page.text, places(gold.get("content"))))
    return 3 if same >= HALF else 2


def _named(place: Place, page: Page) -> Place:
    """A labelled source; of a relative pronoun ("Chad, which denied it") with the word that stands before it."""
    start, end = place
    if page.text[start:end].casefold() not in RELATIVE:
        return place
    before = re.search(r"\w+\W*$", page.text[:start])
    return (before.start(), end) if before else place


def _attribution_misses(
    page: Page, wanted: list[Record], found: list[Claim], pairs: list[tuple[int, int]]
) -> Iterator[Miss]:
    matched, used = {i for i, _ in pairs}, {j for _, j in pairs}

    def said(gold: Record, key: str) -> str:
        return " … ".join(" ".join(page.text[s:e].split()) for s, e in places(gold.get(key))) or NONE

    def told(claim: Claim) -> str:
        return f"{claim.stance.speaker.span.text if claim.stance.speaker else NONE} | {claim.trigger.text}"

    for i, gold in enumerate(wanted):
        if i not in matched:
            start, end = (places(gold.get("cue")) or [(0, 0)])[0]
            near = [
                told(c) for c in found if any(overlap((c.trigger.start, c.trigger.end), p) for p in places(gold.get("cue")))
            ]
            yield Miss(
                page.id, page.sentence(start, end), f"{said(gold, 'source')} | {said(gold, 'cue')}", ", ".join(near) or NONE
            )
    for j, claim in enumerate(found):
        if j not in used:
            yield Miss(page.id, page.sentence(claim.trigger.start, claim.trigger.end), NONE, told(claim))
