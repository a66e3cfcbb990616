"""Claims in our own form, all of which are labelled: types, roles, stance, speaker and time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from kgbuild.evaluate.figures import (
    NONE,
    Figure,
    Miss,
    Part,
    Tally,
    confusion_of,
    counted,
    macro,
    prf,
    share,
    side_by_side,
    tallies_of,
    total,
)
from kgbuild.evaluate.matching import HALF, bare_words, best_pairs, dice, is_kind
from kgbuild.evaluate.pages import Page, Record
from kgbuild.model import Claim, Mention
from kgbuild.ontology import Ontology

LOST = "(no claim)"
"""Found of a claim that was not found at all."""
STANCE = ("polarity", "modality", "certainty")
Pair = tuple[str, str]
"""What was wanted, and what was found."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """The claims of a record beside those that were read in it."""

    page: Page
    pairs: tuple[tuple[Record, Claim], ...]
    """Of one type each, or one of a kind of the other; those with most roles in common first."""
    lost: tuple[Record, ...]
    over: tuple[Claim, ...]

    @property
    def confused(self) -> list[Pair]:
        """The types of what is lost beside those of what is found beyond."""
        return side_by_side([_type(claim) for claim in self.lost], [claim.claims for claim in self.over])

    @property
    def types(self) -> list[Pair]:
        """Every type that is wanted or found, once a claim."""
        return [(_type(wanted), _type(wanted)) for wanted, _ in self.pairs] + self.confused


def is_own(record: Record) -> bool:
    """Whether the claims of a record are labelled; there may be none."""
    return isinstance(record.get("claims"), list)


def score_claims(pages: list[Page], ontology: Ontology) -> Part:
    """Claims of our own gold, all of which are labelled, so that every claim beyond them is wrong.

    Claims of one type are paired one to one, those with most roles in common first. Not scored are roles of a kind that the
    file never labels, statements where it labels none, and the types that a record names as "unlabelled": they came later.
    Stance, speaker and time are scored twice: over the claims that were found, and over all, those lost being misses. A role
    is right when half of its words are (Dice), by the words there or by the name of what they denote.
    """
    pages = [page for page in pages if is_own(page.record)]
    gold = [claim for page in pages for claim in page.record["claims"]]
    kinds = {role["role"] for claim in gold for role in claim.get("roles") or ()}
    statements = any(_type(claim) == "Statement" for claim in gold)
    aligned = [_align(page, kinds, statements, ontology) for page in pages]
    faults = [[_faults(wanted, claim, kinds, ontology) for wanted, claim in one.pairs] for one in aligned]
    silent = [one for one in aligned if not one.pairs and not one.lost]

    typed = [pair for one in aligned for pair in one.types]
    types = tallies_of(typed, found_too=True)
    roles = counted(_role_counts(aligned, kinds, ontology), "role ")
    held = _held_pairs(aligned, ontology)
    headline, stances = _stance(held)
    misses = [
        Miss(one.page.id, " ".join(one.page.text.split()), *fault)
        for one, faulty in zip(aligned, faults, strict=True)
        for fault in (*chain.from_iterable(faulty), *one.confused)
    ]
    found = sum(len(one.pairs) for one in aligned)
    whole = sum(not fault for faulty in faults for fault in faulty)
    return Part(
        "claims",
        f"our own gold, all claims labelled: {len(gold)} claims, {found} of them found",
        (
            *headline,
            *prf("type", total("", types)),
            *prf("role", total("", roles)),
            share("claims right in all that is labelled", whole, len(gold)),
            share("sentences without a claim left without", sum(not one.over for one in silent), len(silent)),
            *_accuracies(held),
        ),
        (*types, *roles, *stances),
        confusion_of((wanted, got) for wanted, got in typed if wanted != got),
        tuple(misses),
    )


# -- beside each other ----------------------------------------------------------------------------


def _type(claim: Record) -> str:
    return str(claim["claims"]).removeprefix("dip:")


def _align(page: Page, kinds: set[str], statements: bool, ontology: Ontology) -> Aligned:
    wanted: list[Record] = page.record["claims"]
    unlabelled = set(page.record.get("unlabelled", ()))
    found = [c for c in page.claims if (statements or c.kind != "statement") and c.claims not in unlabelled]
    pairs = best_pairs([[_alike(w, c, kinds, ontology) for c in found] for w in wanted], 1)
    lost = tuple(w for i, w in enumerate(wanted) if i not in {i for i, _ in pairs})
    over = tuple(c for j, c in enumerate(found) if j not in {j for _, j in pairs})
    return Aligned(page, tuple((wanted[i], found[j]) for i, j in pairs), lost, over)


def _alike(gold: Record, claim: Claim, kinds: set[str], ontology: Ontology) -> int:
    """0 for another type, 1 for the type or a kind of it, and one for every role in common."""
    return 1 + len(_matched_roles(gold, claim, kinds, ontology)) if is_kind(claim.claims, _type(gold), ontology) else 0


def _matched_roles(gold: Record, claim: Claim, kinds: set[str], ontology: Ontology) -> list[tuple[int, int]]:
    """Roles of the gold and of the claim, one to one, by place in their lists."""
    grades = [
        [
            int(r["role"] == role.role and r["role"] in kinds and _says(r["text"], role.mention, ontology))
            for role in claim.roles
        ]
        for r in gold.get("roles") or ()
    ]
    return best_pairs(grades, 1)


def _says(text: str, mention: Mention, ontology: Ontology) -> bool:
    return any(dice(bare_words(text), bare_words(name)) >= HALF for name in _names(mention, ontology))


def _names(mention: Mention, ontology: Ontology) -> list[str]:
    """The words of a mention, its name, and the names of what it denotes."""
    actors = (ontology.actors.get(entity) for entity in mention.entities)
    return [
        mention.span.text,
        mention.name,
        *(a.label for a in actors if a),
        *(e.replace("_", " ") for e in mention.entities),
    ]


# -- roles ----------------------------------------------------------------------------------------


def _role_counts(aligned: list[Aligned], kinds: set[str], ontology: Ontology) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in kinds}
    for one in aligned:
        for wanted, claim in one.pairs:
            roles = wanted.get("roles") or ()
            for i, _ in _matched_roles(wanted, claim, kinds, ontology):
                counts[roles[i]["role"]]["right"] += 1
        for wanted in (*(w for w, _ in one.pairs), *one.lost):
            for role in wanted.get("roles") or ():
                counts[role["role"]]["gold"] += 1
        for claim in (*(c for _, c in one.pairs), *one.over):
            for filled in claim.roles:
                if filled.role in kinds:
                    counts[filled.role]["predicted"] += 1
    return counts


def _faults(gold: Record, claim: Claim, kinds: set[str], ontology: Ontology) -> list[Pair]:
    """What is wrong with a claim of the right type: stance, speaker and time, then all its roles together."""
    name = _type(gold)
    faults = [(f"{name} {key} {wanted}", got) for key, (wanted, got) in _held(gold, claim, ontology) if wanted != got]
    matched = _matched_roles(gold, claim, kinds, ontology)
    hit, used = {i for i, _ in matched}, {j for _, j in matched}
    lacking = [f"{role['role']} {role['text']}" for i, role in enumerate(gold.get("roles") or ()) if i not in hit]
    extra = [f"{r.role} {r.mention.span.text}" for j, r in enumerate(claim.roles) if r.role in kinds and j not in used]
    if lacking or extra:
        faults.append((f"{name} {', '.join(lacking) or 'no more'}", ", ".join(extra) or NONE))
    return faults


# -- stance, speaker, time ------------------------------------------------------------------------


def _held(gold: Record, claim: Claim | None, ontology: Ontology) -> Iterator[tuple[str, Pair]]:
    """Stance, speaker and time: (what, (wanted, found)) for whatever of them the gold claim labels."""
    for key in STANCE:
        if key in gold:
            yield key, (gold[key], getattr(claim.stance, key) if claim else LOST)
    if "speaker" in gold:
        wanted, speaker = gold["speaker"] or NONE, claim.stance.speaker if claim else None
        said = bool(gold["speaker"] and speaker and _says(wanted, speaker, ontology))
        yield "speaker", (wanted, wanted if said else speaker.span.text if speaker else NONE if claim else LOST)
    if "when" in gold:
        yield "when", (gold["when"] or NONE, claim.when.edtf if claim and claim.when else NONE if claim else LOST)


def _held_pairs(aligned: list[Aligned], ontology: Ontology) -> dict[str, list[Pair]]:
    """All (wanted, found) of stance, speaker and time; of what is nowhere labelled, none."""
    pairs: dict[str, list[Pair]] = {key: [] for key in (*STANCE, "speaker", "when")}
    for one in aligned:
        for wanted, claim in (*one.pairs, *((w, None) for w in one.lost)):
            for key, pair in _held(wanted, claim, ontology):
                pairs[key].append(pair)
    return {key: of for key, of in pairs.items() if of}


def _twice(pairs: list[Pair]) -> tuple[tuple[str, list[Pair]], ...]:
    """The pairs over which a figure is counted, with how its name ends."""
    return (", lost claims being misses", pairs), (" of the claims found", [p for p in pairs if p[1] != LOST])


def _stance(held: dict[str, list[Pair]]) -> tuple[list[Figure], list[Tally]]:
    """The headline, F1 of what is negated and macro-F1 of each part of stance, and a tally of each value."""
    figures: list[Figure] = []
    values: list[Tally] = []
    for key in STANCE:
        scored = [(ending, tallies_of(pairs)) for ending, pairs in _twice(held.get(key, []))]
        for ending, tallies in scored:
            negated = [t for t in tallies if t.label == "Negated"]
            figures += [Figure(f"Negated F1{ending}", round(t.f1, 4), f"{t.right} of {t.gold}") for t in negated]
        figures += [macro(f"{key} macro-F1{ending}", tallies) for ending, tallies in scored if key in held]
        values += [replace(t, label=f"{key} {t.label}") for t in scored[0][1]]
    return figures, values


def _accuracies(held: dict[str, list[Pair]]) -> Iterator[Figure]:
    """How often stance, speaker and time are right; most claims have no speaker and no time, so also for those that have."""
    for key, pairs in held.items():
        for ending, chosen in _twice(pairs):
            yield share(f"{key} accuracy{ending}", sum(wanted == got for wanted, got in chosen), len(chosen))
        if key not in STANCE:
            given = sum(wanted != NONE for wanted, _ in pairs)
            told = sum(got not in (NONE, LOST) for _, got in pairs)
            yield from prf(key, Tally(key, sum(wanted == got != NONE for wanted, got in pairs), told, given))
