"""Events with triggers in the sentences of news, most of which have none, as M2E2 has them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from kgbuild.evaluate.figures import NONE, Figure, Miss, Part, confusion_of, counted, macro, prf, share, side_by_side, total
from kgbuild.evaluate.matching import overlap
from kgbuild.evaluate.pages import Page, Record
from kgbuild.model import Claim
from kgbuild.ontology import Ontology

# ACE event types, as M2E2 has them, and the classes of ours that say the same (a category stands for all below it).
# Left out, because kgbuild does not read them: Transaction:Transfer-Money, and Movement:Transport, of which Visit is a
# small part (M2E2 labels five of seven visits as transports, two as meetings). Of deaths kgbuild reads killings.
ACE_TYPES = {
    "Conflict:Attack": ("Strike",),
    "Conflict:Demonstrate": ("PROTEST",),
    "Contact:Meet": ("Meeting", "MultilateralMeeting", "Negotiation", "Mediation"),
    "Contact:Phone-Write": ("PhoneCall",),
    "Justice:Arrest-Jail": ("Detain",),
    "Life:Die": ("Kill",),
}
AT_RECALL = 0.35
"""A recall at which precision is told as well."""
# What ACE calls otherwise at the same words is neither right nor wrong: a deadly attack a death, a massacre an attack.
ACE_ALSO = {"Strike": "Life:Die", "Kill": "Conflict:Attack"}


def is_news(record: Record) -> bool:
    """Whether there is an event of an ACE type with its trigger."""
    return any("trigger" in event and event.get("type") in ACE_TYPES for event in record.get("events") or ())


def score_news(pages: list[Page], ontology: Ontology) -> Part:
    """ACE types in the sentences of news, most of which have none; what is found beyond them is wrong.

    Categories are scored for the same events as types. A sentence that stands there twice, as M2E2 has those that
    an image shows, each time with other labels, is one sentence with all of them.
    """
    pages = _joined(pages)
    present: dict[str, Counter[str]] = defaultdict(Counter)
    triggered: dict[str, Counter[str]] = defaultdict(Counter)
    coded: dict[str, Counter[str]] = defaultdict(Counter)
    pairs: list[tuple[str, str]] = []
    misses: list[Miss] = []
    ranked: list[tuple[float, bool]] = []
    given = [e for p in pages for e in p.record.get("events") or () if e.get("plover") and e["type"] in ACE_TYPES]
    code_types, codes = {e["type"] for e in given}, {e["plover"] for e in given}
    for page in pages:
        events = page.record.get("events") or []
        wanted = {e["type"] for e in events} & set(ACE_TYPES)
        found = _ace_claims(page, events, ontology)
        ranked += [(max(c.confidence for c in claims), name in wanted) for name, claims in found.items()]
        for name in sorted(wanted | set(found)):
            present[name] += Counter(gold=name in wanted, predicted=name in found, right=name in wanted and name in found)
            if (name in wanted) != (name in found):
                told = ", ".join(f"{n} ({c.claims}: {c.trigger.text!r})" for n in sorted(found) for c in found[n]) or NONE
                misses.append(Miss(page.id, " ".join(page.text.split()), ", ".join(sorted(wanted)) or NONE, told))
            pairs += [(name, name)] if name in wanted and name in found else []
        pairs += side_by_side(sorted(wanted - set(found)), sorted(set(found) - wanted))
        for name in ACE_TYPES:
            triggers = [(e["trigger"]["start"], e["trigger"]["end"]) for e in events if e["type"] == name]
            ours = [(c.trigger.start, c.trigger.end) for c in found.get(name, ())]
            triggered[name] += Counter(
                gold=len(triggers),
                predicted=len(ours),
                right=sum(any(overlap(o, t) for t in triggers) for o in ours),
                found=sum(any(overlap(o, t) for o in ours) for t in triggers),
            )
        ours_coded = {ontology.types[c.claims].category for name in code_types for c in found.get(name, ())} & codes
        wanted_coded = {e["plover"] for e in events if e.get("plover") and e["type"] in code_types}
        for code in ours_coded | wanted_coded:
            coded[code] += Counter(
                gold=code in wanted_coded, predicted=code in ours_coded, right=code in ours_coded & wanted_coded
            )
    by_type = counted(present, "")
    by_trigger = counted(triggered, "trigger of ")
    by_code = counted(coded, "category ")
    return Part(
        "news events",
        "event types in sentences, of which most have none (left out: Movement:Transport, Transfer-Money)",
        (
            *prf("sentence", total("", by_type)),
            at_recall(AT_RECALL, ranked, total("", by_type).gold),
            macro("sentence macro-F1", by_type),
            *prf("trigger", total("", by_trigger)),
            *prf("PLOVER category of a sentence", total("", by_code)),
        ),
        (*by_type, *by_trigger, *by_code),
        confusion_of(pairs),
        tuple(dict.fromkeys(misses)),
    )


def at_recall(least: float, ranked: list[tuple[float, bool]], gold: int) -> Figure:
    """The precision of the surest that together reach a recall of *least*; all of one confidence count or none."""
    for lowest in sorted({confidence for confidence, _ in ranked}, reverse=True):
        kept = [right for confidence, right in ranked if confidence >= lowest]
        if sum(kept) >= least * gold:
            return share(f"sentence precision at recall {least:.2f}, the surest first", sum(kept), len(kept))
    return share(f"sentence precision at recall {least:.2f}, the surest first", 0, len(ranked))


def _joined(pages: list[Page]) -> list[Page]:
    """One page a sentence, by id and text, with the labels of all records of it."""
    found: dict[tuple[str, str], Page] = {}
    for page in pages:
        known = found.get((page.id, page.text))
        if known is None:
            found[page.id, page.text] = page
        else:
            events = [*(known.record.get("events") or ()), *(page.record.get("events") or ())]
            found[page.id, page.text] = replace(known, record={**known.record, "events": events})
    return list(found.values())


def _ace_claims(page: Page, events: list[Record], ontology: Ontology) -> dict[str, list[Claim]]:
    """Our claims that an event happened or is happening, by the ACE type that says the same.

    What is planned, wished, possible or denied ACE would label too; this set does so for one in six, so that such a
    claim is not counted as found.
    """
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in page.claims:
        place = claim.trigger.start, claim.trigger.end
        happens = claim.kind == "event" and (claim.stance.polarity, claim.stance.modality) == ("Affirmed", "Actual")
        excused = any(
            e["type"] == ACE_ALSO.get(claim.claims) and overlap(place, (e["trigger"]["start"], e["trigger"]["end"]))
            for e in events
        )
        for name, classes in ACE_TYPES.items():
            if happens and not excused and any(ontology.is_a(claim.claims, cls) for cls in classes):
                found[name].append(claim)
    return found
