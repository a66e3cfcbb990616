"""Readings as plain records: the JSON Lines that `extract` writes and `evaluate` reads (design §7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kgbuild.model import Mention, Quantity, Reading, Span
from kgbuild.ontology import Ontology


def claim_records(reading: Reading, ontology: Ontology) -> Iterator[dict[str, Any]]:
    """One record a claim; a role whose mention denotes several things comes once for each.

    A participant has its "side" where some face others: 0 for the subject, 1 for those whom it met "with".
    """
    for claim in reading.claims:
        kind = ontology.types.get(claim.claims)
        code = ontology.folded(kind.category, claim.stance.polarity, claim.stance.modality) if kind else ""
        sides = any(role.side for role in claim.roles)
        roles = [
            {"role": role.role, **({"side": role.side} if sides and role.role == "participant" else {}), **one}
            for role in claim.roles
            for one in _mentions(role.mention)
        ]
        yield {
            "article": reading.article.id,
            "sentence": _span(claim.sentence.span),
            "claims": f"dip:{claim.claims}",
            "plover": code or None,
            "roles": roles,
            "polarity": claim.stance.polarity,
            "modality": claim.stance.modality,
            "certainty": claim.stance.certainty,
            "speaker": next(_mentions(claim.stance.speaker), None) if claim.stance.speaker else None,
            "cue": claim.stance.cue,
            "quoted": claim.stance.quoted,
            "trigger": _span(claim.trigger),
            "content": _span(claim.content) if claim.content else None,
            "when": {"edtf": claim.when.edtf, "source": claim.when.source, "text": claim.when.text} if claim.when else None,
            "quantities": [_quantity(quantity) for quantity in claim.quantities],
            "matched": claim.matched,
            "confidence": claim.confidence,
        }


def mention_records(reading: Reading, ontology: Ontology) -> Iterator[dict[str, Any]]:
    """One record a mention (and thing it denotes)."""
    for mention in reading.mentions:
        for one in _mentions(mention):
            known = ontology.actors.get((one["entity"] or "").removeprefix("id:"))
            state = ontology.actors.get((one["represents"] or "").removeprefix("id:"))
            home = ontology.actors.get(known.of or "") if known else None
            iso3 = next((a.iso3 for a in (known, state, home) if a and a.iso3), None)
            yield {"article": reading.article.id, **one, "wikidata": known.wikidata if known else None, "iso3": iso3}


def _mentions(mention: Mention) -> Iterator[dict[str, Any]]:
    nobody = (None,) * max(1, len(mention.represents))
    for number, entity in enumerate(mention.entities or nobody):
        represents = mention.represents[min(number, len(mention.represents) - 1)] if mention.represents else None
        yield {
            **_span(mention.span),
            "class": f"dip:{mention.cls}",
            "entity": f"id:{entity}" if entity else None,
            "represents": f"id:{represents}" if represents else None,
            "name": mention.name or None,
        }


def _quantity(quantity: Quantity) -> dict[str, Any]:
    """Numbers as strings, so that no digit is lost on the way."""
    change = None if quantity.change is None else f"{quantity.change:+f}"
    return {**_span(quantity.span), "value": f"{quantity.value:f}", "unit": quantity.unit, "change": change}


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}
