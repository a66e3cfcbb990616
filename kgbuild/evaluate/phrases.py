"""Which state a phrase belongs to, as the unit tests of NGEC have it."""

from __future__ import annotations

from kgbuild.evaluate.figures import NONE, Miss, Part, share
from kgbuild.evaluate.pages import Page, Record
from kgbuild.ontology import Ontology


def is_phrase(record: Record) -> bool:
    """Whether the country of a phrase is labelled."""
    expected = (record.get("meta") or {}).get("expect")
    return isinstance(expected, dict) and bool(expected.get("country"))


def score_phrases(pages: list[Page], ontology: Ontology) -> Part:
    """The state (ISO 3166-1 alpha-3) that a phrase names, belongs to or acts for: that of the first mention that has one.

    Codes that are no state's (IGO, UNO, EUR) are not scored.
    """
    states = {actor.iso3 for actor in ontology.actors.values() if actor.iso3}
    asked = [p for p in pages if is_phrase(p.record) and p.record["meta"]["expect"]["country"] in states]
    misses: list[Miss] = []
    for page in asked:
        wanted, found = str(page.record["meta"]["expect"]["country"]), _state(page, ontology)
        if wanted != found:
            misses.append(Miss(page.id, page.text, wanted, found or NONE))
    figures = (share("state", len(asked) - len(misses), len(asked)),)
    return Part("phrases", "the state that a phrase belongs to", figures, misses=tuple(misses))


def _state(page: Page, ontology: Ontology) -> str | None:
    for mention in page.mentions:
        for entity in (*mention.entities, *mention.represents):
            actor = ontology.known(entity)
            actor = ontology.actors.get(actor.of or "", actor) if actor and not actor.iso3 else actor
            if actor and actor.iso3:
                return actor.iso3
    return None
