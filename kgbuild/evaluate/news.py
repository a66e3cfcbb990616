"""Events with triggers in the sentences of news, most of which have none, as M2E2 has them."""

from __future__ import annotations

from collections import Counter, defaultdict

from kgbuild.evaluate.figures import NONE, Miss, Part, confusion_of, counted, macro, prf, side_by_side, total
from kgbuild.evaluate.matching import overlap
from kgbuild.evaluate.pages import Page, Record
from kgbuild.model import Claim
from kgbuild.ontology import Ontology

# ACE event types, as M2E2 has them, and the classes of ours that say the same (a category stands for all below it).
# Left out, because kgbuild does not read them: Life:Die, Movement:Transport, Transaction:Transfer-Money.
ACE_TYPES = {
    "Conflict:Attack": ("ASSAULT",),
    "Conflict:Demonstrate": ("PROTEST",),
    "Contact:Meet": ("Meeting", "MultilateralMeeting", "Negotiation", "Mediation", "Visit"),
    "Contact:Phone-Write": ("PhoneCall",),
    "Justice:Arrest-Jail": ("Detain",),
}
# A journey that ACE calls a transport is no wrong meeting.
ACE_ALSO = {"Visit": "Movement:Transport"}


def is_news(record: Record) -> bool:
    """Whether there is an event of an ACE type with its trigger."""
    return any("trigger" in event and event.get("type") in ACE_TYPES for event in record.get("events") or ())


def score_news(pages: list[Page], ontology: Ontology) -> Part:
    """ACE types in the sentences of news, most of which have none; what is found beyond them is wrong."""
    present: dict[str, Counter[str]] = defaultdict(Counter)
    triggered: dict[str, Counter[str]] = defaultdict(Counter)
    coded: dict[str, Counter[str]] = defaultdict(Counter)
    pairs: list[tuple[str, str]] = []
    misses: list[Miss] = []
    codes = {e["plover"] for p in pages for e in p.record.get("events") or () if e.get("plover")}
    for page in pages:
        events = page.record.get("events") or []
        wanted = {e["type"] for e in events} & set(ACE_TYPES)
        found = _ace_claims(page, events, ontology)
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
        ours_coded = {ontology.types[c.claims].category for c in page.claims if c.kind == "event"} & codes
        wanted_coded = {e["plover"] for e in events if e.get("plover")}
        for code in ours_coded | wanted_coded:
            coded[code] += Counter(
                gold=code in wanted_coded, predicted=code in ours_coded, right=code in ours_coded & wanted_coded
            )
    by_type = counted(present, "")
    by_trigger = counted(triggered, "trigger of ")
    by_code = counted(coded, "category ")
    return Part(
        "news events",
        "event types in sentences, of which most have none (left out: Life:Die, Movement:Transport, Transfer-Money)",
        (
            *prf("sentence", total("", by_type)),
            macro("sentence macro-F1", by_type),
            *prf("trigger", total("", by_trigger)),
            *prf("PLOVER category of a sentence", total("", by_code)),
        ),
        (*by_type, *by_trigger, *by_code),
        confusion_of(pairs),
        tuple(dict.fromkeys(misses)),
    )


def _ace_claims(page: Page, events: list[Record], ontology: Ontology) -> dict[str, list[Claim]]:
    """Our event claims by the ACE type that says the same."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in page.claims:
        place = claim.trigger.start, claim.trigger.end
        excused = any(
            e["type"] == ACE_ALSO.get(claim.claims) and overlap(place, (e["trigger"]["start"], e["trigger"]["end"]))
            for e in events
        )
        for name, classes in ACE_TYPES.items():
            if claim.kind == "event" and not excused and any(ontology.is_a(claim.claims, cls) for cls in classes):
                found[name].append(claim)
    return found
