"""One coded event a sentence, with its source and target, as the Zero-Shot-PLOVER benchmark has them."""

from __future__ import annotations

import re
from collections import Counter

from kgbuild.evaluate.figures import NONE, Miss, Part, confusion_of, macro, share, tallies_of
from kgbuild.evaluate.matching import places, same_party
from kgbuild.evaluate.pages import Page, Record
from kgbuild.model import Claim
from kgbuild.ontology import Ontology

# What each coded category is called where sets differ. YIELD of the PLV benchmark is both kinds of giving way.
BENCHMARK_CODES = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
OLDER_CODES = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}


def is_coded(record: Record) -> bool:
    """Whether there is a coded event: one with a target and without a trigger."""
    return bool(_coded(record))


def _coded(record: Record) -> list[Record]:
    return [event for event in record.get("events") or () if "trigger" not in event and "target" in event]


def score_coded(pages: list[Page], ontology: Ontology) -> Part:
    """One category a sentence, and its source and target.

    Of several claims the one whose trigger stands nearest the root of its sentence counts, then the surest, then the first.
    """
    typed: list[tuple[str, str]] = []
    quads: list[tuple[str, str]] = []
    misses: list[Miss] = []
    sides = Counter[str]()
    renamed = any(e["type"] == "YIELD" for p in pages for e in _coded(p.record))
    quad_of = {t.category: t.quad for t in ontology.types.values() if t.kind == "event"}

    def named(code: str) -> str:
        code = OLDER_CODES.get(code, code)
        return BENCHMARK_CODES.get(code, code) if renamed else code

    for page in pages:
        for event in _coded(page.record):
            claim = chosen_claim(page)
            wanted, found, quad = named(event["type"]), NONE, NONE
            if claim is not None:
                code = code_of(claim, ontology)
                found, quad = named(code), _quad(quad_of.get(code, ""))
            typed.append((wanted, found))
            quads.append((_quad(event.get("quad", "")), quad))
            found_sides = _sides(claim, event, page)
            sides.update(found_sides)
            sides["both and type"] += "both" in found_sides and wanted == found
            if wanted != found:
                told = f"{found} ({claim.claims}: {claim.trigger.text!r})" if claim else NONE
                misses.append(Miss(page.id, " ".join(page.text.split()), wanted, told))
    labels, quad_labels, total = tallies_of(typed), tallies_of(quads), len(typed)
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
        ),
        (*labels, *quad_labels),
        confusion_of(typed),
        tuple(misses),
    )


def chosen_claim(page: Page) -> Claim | None:
    """The one event claim that stands for a sentence: nearest the root, then surest, then first."""
    events = [claim for claim in page.claims if claim.kind == "event"]
    return min(
        events, key=lambda c: (page.depth.get(c.trigger.start, 99), -c.confidence, c.trigger.start, c.claims), default=None
    )


def code_of(claim: Claim, ontology: Ontology) -> str:
    """The PLOVER code of a claim, folded with its polarity and modality."""
    return ontology.folded(ontology.types[claim.claims].category, claim.stance.polarity, claim.stance.modality)


def _quad(name: str) -> str:
    """ "VerbalCooperation" and "verbal cooperation" are one."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower() or NONE


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
