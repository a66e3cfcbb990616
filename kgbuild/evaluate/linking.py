"""Which thing a name names, as ELEVANT has it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any

from kgbuild.evaluate.figures import NONE, Figure, Miss, Part, share
from kgbuild.evaluate.matching import HALF, Place, dice, inside, overlap, place_of, word_starts
from kgbuild.evaluate.pages import Page, Record
from kgbuild.model import Mention
from kgbuild.ontology import Ontology


def is_linked(record: Record) -> bool:
    """Whether a name has a Wikidata id."""
    return any(re.fullmatch(r"Q\d+", str(entity.get("kb") or "")) for entity in record.get("entities") or ())


def score_linking(pages: list[Page], ontology: Ontology) -> Part:
    """Wikidata ids of names, inside the evaluation span; pronouns and descriptions that refer back are counted apart.

    A name's class is that of the thing in actors.ttl with its gold id; ids that actors.ttl does not have are "not known
    to us". Optional labels, numbers and dates are not scored.
    """
    known = {a.wikidata: a for a in ontology.actors.values() if a.wikidata}
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    misses: list[Miss] = []
    right = predicted = 0
    for page in pages:
        labels = [e for e in page.record.get("entities") or () if inside(page.window, (e["start"], e["end"]))]
        scored = [e for e in labels if not e.get("optional") and str(e.get("kb")) not in ("QUANTITY", "DATETIME", "")]
        for label in scored:
            found = _linked(page, (label["start"], label["end"]), ontology)
            wanted = label.get("kb")
            group = "refers back" if label.get("is_coref") else _group(known.get(wanted), wanted, ontology)
            groups[group] += Counter(gold=1, right=found == wanted)
            if found != wanted and group not in ("not known to us", "refers back"):
                told = f"{wanted or 'NIL'} ({label['text']!r}, {group})"
                misses.append(Miss(page.id, page.sentence(label["start"], label["end"]), told, found or NONE))
        for mention in page.mentions:
            if inside(page.window, place_of(mention)) and (ids := _ids(mention, ontology)):
                predicted += 1
                right += any(overlap(place_of(mention), (e["start"], e["end"])) and e.get("kb") in ids for e in labels)
    ours = [g for g in ("states", "capitals", "organisations", "leaders") if groups[g]["gold"]]
    named = [g for g in groups if g not in ("refers back", "NIL")]

    def found_of(name: str, chosen: list[str]) -> Figure:
        return share(name, sum(groups[g]["right"] for g in chosen), sum(groups[g]["gold"] for g in chosen))

    order = (
        "states",
        "capitals",
        "organisations",
        "leaders",
        "other things we know",
        "not known to us",
        "NIL",
        "refers back",
    )
    return Part(
        "linking",
        "Wikidata ids of names; a name without a mention of ours is a miss",
        (
            found_of("states, capitals, organisations, leaders", ours),
            found_of("all names with an id", named),
            share("ids given that are right", right, predicted),
            *(found_of(group, [group]) for group in order if groups[group]["gold"]),
        ),
        misses=tuple(misses),
    )


def _ids(mention: Mention, ontology: Ontology) -> set[str]:
    actors = (ontology.known(entity) for entity in mention.entities)
    return {a.wikidata for a in actors if a and a.wikidata}


def _linked(page: Page, place: Place, ontology: Ontology) -> str | None:
    """The id of the mention that has most of its words in common with *place*, and at least half; None for no id."""
    wanted = word_starts(page.text, [place])
    near = [(dice(word_starts(page.text, [place_of(m)]), wanted), m) for m in page.mentions if overlap(place_of(m), place)]
    best = max((n for n in near if n[0] >= HALF), key=lambda n: (n[0], -n[1].span.start), default=None)
    ids = sorted(_ids(best[1], ontology)) if best else []
    return ids[0] if len(ids) == 1 else None


def _group(actor: Any, wanted: str | None, ontology: Ontology) -> str:
    if wanted is None:
        return "NIL"
    if actor is None:
        return "not known to us"
    if actor.cls == "City":
        return "capitals" if actor.capital_of else "other things we know"
    by_class = {"State": "states", "Person": "leaders", "Organization": "organisations"}
    return next((g for cls, g in by_class.items() if ontology.is_a(actor.cls, cls)), "other things we know")
