"""One coded event a sentence, with its source and target, as the Zero-Shot-PLOVER benchmark has them."""

from __future__ import annotations

from collections import Counter

from kgbuild.evaluate.figures import NONE, Miss, Part, confusion_of, macro, share, tallies_of
from kgbuild.evaluate.matching import places, same_party
from kgbuild.evaluate.pages import Page, Record
from kgbuild.evaluate.schemes import YIELD, code_of, named_older, older_code_of, quad_of, todays
from kgbuild.model import Claim
from kgbuild.ontology import Ontology


def is_coded(record: Record) -> bool:
    """Whether there is a coded event: one with a target and without a trigger."""
    return bool(_coded(record))


def _coded(record: Record) -> list[Record]:
    return [event for event in record.get("events") or () if "trigger" not in event and "target" in event]


def score_coded(pages: list[Page], ontology: Ontology) -> Part:
    """One category a sentence, and its source and target.

    Records with the label YIELD are coded in the older scheme, and so are our claims then (`schemes`); what they come to by
    the codes that the graph has is told beside it.
    Of several claims the one whose trigger stands nearest the root of its sentence counts, then the surest, then the first.
    """
    typed: list[tuple[str, str]] = []
    quads: list[tuple[str, str]] = []
    now: list[tuple[str, str]] = []
    now_quads: list[tuple[str, str]] = []
    misses: list[Miss] = []
    sides = Counter[str]()
    older = any(event["type"] == YIELD for page in pages for event in _coded(page.record))
    coding = older_code_of if older else code_of

    for page in pages:
        for event in _coded(page.record):
            claim = chosen_claim(page, ontology)
            wanted, found = todays(event["type"]), coding(claim, ontology) if claim else NONE
            today, quad = code_of(claim, ontology) if claim else NONE, event.get("quad") or NONE
            typed.append((wanted, found))
            quads.append((quad, quad_of(found, ontology) or NONE))
            now.append((wanted, named_older(today) if older else today))
            now_quads.append((quad, quad_of(today, ontology) or NONE))
            found_sides = _sides(claim, event, page)
            sides.update(found_sides)
            sides["both and type"] += "both" in found_sides and wanted == found
            if wanted != found:
                told = f"{found} ({claim.claims}: {claim.trigger.text!r})" if claim else NONE
                misses.append(Miss(page.id, " ".join(page.text.split()), wanted, told))
    labels, quad_labels, total = tallies_of(typed), tallies_of(quads), len(typed)
    graph = (
        share("accuracy by the graph's codes", sum(w == f for w, f in now), total),
        macro("macro-F1 by the graph's codes", tallies_of(now)),
        share("quad accuracy by the graph's codes", sum(w == f for w, f in now_quads), total),
    )
    return Part(
        "typing",
        "one event category a sentence, over all sentences; no claim is a miss",
        (
            share("accuracy", sum(w == f for w, f in typed), total),
            macro("macro-F1", labels),
            share("accuracy where something is found", sum(w == f for w, f in typed), sum(f != NONE for _, f in typed)),
            share("quad accuracy", sum(w == f for w, f in quads), total),
            macro("quad macro-F1", quad_labels),
            share("source", sides["source"], sides["has source"]),
            share("target", sides["target"], sides["has target"]),
            share("both actors", sides["both"], sides["has both"]),
            share("both actors, a theme being a target too", sides["both or theme"], sides["has both"]),
            share("type and both actors", sides["both and type"], sides["has both"]),
            *(graph if older else ()),
        ),
        (*labels, *quad_labels),
        confusion_of(typed),
        tuple(misses),
    )


def chosen_claim(page: Page, ontology: Ontology) -> Claim | None:
    """The one event claim that stands for a sentence: nearest the root, then surest, then first.

    What has no code (an election, an appointment) is no answer to which code a sentence has.
    """
    events = [claim for claim in page.claims if claim.kind == "event" and ontology.types[claim.claims].category]
    return min(
        events, key=lambda c: (page.depth.get(c.trigger.start, 99), -c.confidence, c.trigger.start, c.claims), default=None
    )


def _sides(claim: Claim | None, event: Record, page: Page) -> set[str]:
    """Which of source, target and both are labelled (has ...), and a claim has right. The two must be different mentions, or
    one that speaks of several parties ("British and Irish negotiators").

    A label whose words do not stand in the text ("a recipient") names nobody and is not scored.
    """
    source, target = places(event.get("source"), page.text), places(event.get("target"), page.text)
    labelled = {"has source"} if source else set()
    labelled |= ({"has target"} if target else set()) | ({"has both"} if source and target else set())
    if claim is None:
        return labelled
    first = {m for role in ("actor", "participant") for m in claim.role(role) if same_party(m, source, page)}
    second = {m for role in ("recipient", "participant") for m in claim.role(role) if same_party(m, target, page)}
    themes = {m for m in claim.role("theme") if same_party(m, target, page)}
    found = {name for name, side in (("source", first), ("target", second)) if side} | labelled
    if any(a != b or len(a.represents) > 1 for a in first for b in second):
        found.add("both")
    if "both" in found or any(a != b for a in first for b in themes):
        found.add("both or theme")
    return found
