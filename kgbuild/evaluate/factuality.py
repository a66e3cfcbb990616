"""Whether an event happened, as MEANTIME has it."""

from __future__ import annotations

from kgbuild.evaluate.figures import Miss, Part, Tally, macro, share, tallies_of
from kgbuild.evaluate.matching import inside, overlap
from kgbuild.evaluate.pages import Page, Record
from kgbuild.model import Span
from kgbuild.ontology import Ontology

FACTUAL = {
    "polarity": {"POS": "Affirmed", "NEG": "Negated"},
    "certainty": {"CERTAIN": "Certain", "PROBABLE": "Probable", "POSSIBLE": "Possible", "UNDERSPECIFIED": "Unspecified"},
    "time": {"FUTURE": "Ahead", "NON_FUTURE": "Actual"},
}
"""The values of MEANTIME (NewsReader guidelines) and ours; any modality but Actual lies ahead."""


def is_factual(record: Record) -> bool:
    """Whether an event has a polarity and a certainty."""
    return any(event.get("polarity") and event.get("certainty") for event in record.get("events") or ())


def score_factuality(pages: list[Page], ontology: Ontology) -> Part:
    """Polarity, certainty and time of the events that we have a claim for, inside the evaluation span.

    The set labels events of every kind, and most are none of ours: how many have a claim is a figure of its own.
    Relations are no events. Where several claims share the trigger, the event nearest the label's start counts.
    """
    labelled = aligned = 0
    pairs: dict[str, list[tuple[str, str]]] = {key: [] for key in FACTUAL}
    misses: list[Miss] = []
    for page in pages:
        claims = [c for c in page.claims if c.kind != "relation"]
        for event in page.record.get("events") or ():
            place = event["trigger"]["start"], event["trigger"]["end"]
            if not event.get("polarity") or not inside(page.window, place):
                continue
            labelled += 1
            near = [c for c in claims if _tells(c.trigger, place)]
            if not near:
                continue
            aligned += 1
            held = min(near, key=lambda c: (abs(c.trigger.start - place[0]), c.claims)).stance
            ahead = "Actual" if held.modality == "Actual" else "Ahead"
            ours = {"polarity": held.polarity, "certainty": held.certainty, "time": ahead}
            for key, values in FACTUAL.items():
                if wanted := values.get(event.get(key) or ""):
                    pairs[key].append((wanted, ours[key]))
                    if wanted != ours[key]:
                        said = f"{key} {wanted} ({event['trigger']['text']!r})"
                        misses.append(Miss(page.id, page.sentence(*place), said, ours[key]))
    return Part(
        "factuality",
        "polarity, certainty and time of labelled events that have a claim",
        (
            share("labelled events with a claim", aligned, labelled),
            *(share(f"{key} accuracy", sum(w == f for w, f in of), len(of)) for key, of in pairs.items()),
            *(macro(f"{key} macro-F1", tallies_of(of)) for key, of in pairs.items()),
        ),
        tuple(Tally(f"{key} {t.label}", t.right, t.predicted, t.gold) for key, of in pairs.items() for t in tallies_of(of)),
        misses=tuple(misses),
    )


def _tells(trigger: Span, place: tuple[int, int]) -> bool:
    """Whether a labelled word is one of a trigger's own: not the "reorganization" of "presented a reorganization plan"."""
    within = trigger.start < place[0] and place[1] < trigger.end
    return not within and overlap((trigger.start, trigger.end), place)
