"""What careful readers want from an article, listed before any output was seen, and how much of it is read.

An item is right if a claim of its article has one of its types, its polarity, its modality and each of its parties in a role
of the right side. It is there in part if a type and one party fit, or all parties under another type of the same PLOVER
category, in its own sentence; elsewhere if type and stance fit, two parties do and one at most is missing. One who promises,
threatens or demands a listed deed tells of it as still to come, one who refuses it as denied. A claim serves one item alone,
those of an item's own sentence first, so that one meeting does not answer for five.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgbuild.errors import CorpusError
from kgbuild.evaluate.at_hand import first_record, read_at_hand
from kgbuild.evaluate.figures import NONE, Evaluation, Figure, Miss, Part, share
from kgbuild.model import Claim, Mention, Reading, Role
from kgbuild.ontology import Ontology
from kgbuild.read.reader import Reader

Record = dict[str, Any]
RIGHT, PARTLY, MISSED = 2, 1, 0
WEIGHTS = ("core", "background", "all")

WIDER = {
    "Tariff": "ImposeSanctions",
    "AssetFreeze": "ImposeSanctions",
    "TravelBan": "ImposeSanctions",
    "UpgradeTies": "ImproveRelations",
}
"""Listed types that a wider one serves as well."""
HERALDS = frozenset(
    ["Threaten", "Pledge", "PlannedMeeting", "Demand", "RequestMeeting", "Propose", "ApplyToJoin", "InviteToJoin"]
)
"""What is said of a deed to come: the same news as the deed, planned."""
CONSULTATIONS = frozenset(["Meeting", "MultilateralMeeting", "Negotiation", "PhoneCall", "Visit"])
REFUSALS = frozenset(["Reject", "CancelMeeting", "Veto"])
SYMMETRIC = ("allyOf", "tensionWith", "hasTradeVolume")
ON_THE_SPOT = ("Visit", "Deploy", "Occupy", "Strike")
"""Types whose place may stand for whom it is done to."""
TO_COME = {"Requested": "Planned", "Obligatory": "Planned"}
"""Modalities that count as planned."""
NEAR = {"Conditional": ("Planned", "Possible"), "Planned": ("Conditional",), "Possible": ("Conditional",)}
"""Modalities that a fair judge takes for the listed one."""
SIDES = {
    "actor": frozenset({"actor", "subject", "participant", "holder"}),
    "recipient": frozenset({"recipient", "object", "participant", "theme", "of"}),
    "participant": frozenset({"participant", "actor", "recipient", "subject", "object"}),
}
"""The roles in which a listed party may be read."""


FIRST_PERSON = frozenset(["we", "We", "I", "me", "us", "Us", "our", "Our", "my", "My"])


def is_wanted(file: Path) -> bool:
    """Whether a file's first record is a list of what is wanted."""
    record = first_record(file)
    return "items" in record and "text" not in record


def evaluate_wanted(gold: Path, files: Sequence[Path], corpora: Sequence[Path], reader: Reader) -> Evaluation:
    """The lists of *files* against the reading of their articles in *corpora*. Raises what `read_at_hand` raises."""
    lists = [record for file in files for record in _records(file)]
    readings, problems = read_at_hand((str(record["id"]) for record in lists), corpora, reader, labels="lists")
    graded = [one for r in lists if r["id"] in readings for one in grades(r["items"], readings[r["id"]], reader.ontology)]
    return Evaluation(gold.name, len(lists), (score_wanted(graded),), tuple(problems))


@dataclass(frozen=True, slots=True)
class Graded:
    """A listed item, how well it was read, and the claim that serves it."""

    item: Record
    reading: Reading
    grade: int
    claim: Claim | None

    @property
    def sentence(self) -> str:
        """The item's sentence, on one line."""
        return " ".join(self.reading.article.text[slice(*_stretch(self.item))].split())


def grades(items: Sequence[Record], reading: Reading, ontology: Ontology) -> list[Graded]:
    """Each of *items* with the best claim that no better-served item has, in order."""
    claims = [claim for claim in reading.claims if claim.claims not in ("Statement", "holdsPosition")]
    options: list[tuple[tuple[int, ...], int, bool]] = []
    for number, item in enumerate(items):
        for at, claim in enumerate(claims):
            own = _is_own(item, claim)
            if grade := _grade(item, claim, own, ontology):
                full = sum(_found(item, claim, own))
                options.append(((-(grade == RIGHT), -own, -grade, -full, number, at), grade, own))
    best: dict[int, tuple[int, Claim]] = {}
    used: set[int] = set()
    for (*_, number, at), grade, own in sorted(options):
        if number not in best and (at not in used or (grade == PARTLY and own)):
            best[number] = grade, claims[at]
            used.add(at)
    return [Graded(item, reading, *best.get(number, (MISSED, None))) for number, item in enumerate(items)]


def score_wanted(graded: Sequence[Graded]) -> Part:
    """How much is right, how much at least in part, by weight; and how many leads (the first listed sentence) are whole."""
    figures: list[Figure] = []
    for weight in WEIGHTS:
        those = [one for one in graded if weight in (one.item["weight"], "all")]
        figures.append(share(f"{weight}, right", sum(one.grade == RIGHT for one in those), len(those)))
        figures.append(share(f"{weight}, right or in part", sum(one.grade > MISSED for one in those), len(those)))
    leads = list(_leads(graded))
    figures.append(
        share("lead sentences read whole", sum(all(o.grade == RIGHT for o in lead) for lead in leads), len(leads))
    )
    misses = tuple(_miss(one) for one in graded if one.grade != RIGHT)
    return Part("wanted", "what careful readers want, found right or in part", tuple(figures), misses=misses)


def _leads(graded: Sequence[Graded]) -> Iterator[list[Graded]]:
    """For each article the items of the first sentence that has any."""
    by_article: dict[str, list[Graded]] = {}
    for one in graded:
        by_article.setdefault(one.reading.article.id, []).append(one)
    for those in by_article.values():
        first = min(_stretch(one.item) for one in those)
        yield [one for one in those if _stretch(one.item) == first]


def _miss(one: Graded) -> Miss:
    item, claim = one.item, one.claim
    parties = [f"{side} {names[0]}" for side in SIDES for names in item[side]]
    types = "|".join(item["types"]) or item.get("new", NONE)
    wanted = " ".join([item["weight"], types, *parties, item["polarity"], item["modality"]])
    told = NONE
    if claim is not None:
        roles = " ".join(f"{role.role} {role.mention.span.text}" for role in claim.roles)
        told = f"in part {claim.claims} {roles} {claim.stance.polarity} {claim.stance.modality}"
    return Miss(f"{one.reading.article.id}:{_stretch(item)[0]}", one.sentence, wanted, told)


# -- one item and one claim -----------------------------------------------------------------------


def _grade(item: Record, claim: Claim, own: bool, ontology: Ontology) -> int:
    """How well *claim* serves *item*; *own*: whether it stands in the item's own sentence."""
    found, types = _found(item, claim, own), _types(item)
    if not types or _dates_clash(item, claim) or not (found or own):
        return MISSED
    modality = TO_COME.get(claim.stance.modality, claim.stance.modality)
    fits = (claim.claims, claim.stance.polarity, modality) in set(_readings(item))
    if all(found) and fits:
        return RIGHT
    if not own:
        return PARTLY if fits and sum(found) >= max(2, len(found) - 1) else MISSED
    if claim.claims in types:
        return PARTLY if any(found) or not found else MISSED
    categories = {category for name in types if (category := _category(name, ontology))}
    return PARTLY if all(found) and _category(claim.claims, ontology) in categories else MISSED


def _types(item: Record) -> set[str]:
    listed = set(item["types"])
    return listed | {WIDER[name] for name in listed if name in WIDER}


def _category(name: str, ontology: Ontology) -> str:
    return ontology.types[name].category if name in ontology.types else ""


def _readings(item: Record) -> Iterator[tuple[str, str, str]]:
    """Type, polarity and modality of the claims that tell the item."""
    types, polarities = _types(item), set(item["polarity"].split("|"))
    modalities = {TO_COME.get(m, m) for m in item["modality"].split("|")}
    modalities |= {near for m in set(modalities) for near in NEAR.get(m, ())}
    for name in types:
        for polarity in polarities:
            yield from ((name, polarity, modality) for modality in modalities)
            if types & HERALDS and name not in HERALDS:
                yield from ((name, polarity, m) for m in ("Planned", "Conditional", "Possible"))
            if name in CONSULTATIONS and modalities != {"Actual"}:
                yield from (("PlannedMeeting", polarity, m) for m in ("Actual", "Planned", *modalities))
            if name in HERALDS and modalities != {"Actual"} and types - HERALDS:
                yield name, polarity, "Actual"
        if name in REFUSALS:
            yield name, "Affirmed", "Actual"
        elif types & REFUSALS:
            undone = (name, "PlannedMeeting") if name in CONSULTATIONS else (name,)
            yield from ((one, "Negated", m) for one in undone for m in ("Actual", "Planned", "Possible", "Conditional"))


def _dates_clash(item: Record, claim: Claim) -> bool:
    """Whether the years of item and claim have none in common."""
    told = claim.when.edtf if claim.when else ""
    asked, read = (set(re.findall(r"\d{4}(?=-|/|$|[?~%])", edtf)) for edtf in (item["when"] or "", told))
    return bool(asked and read) and not asked & read


def _stretch(item: Record) -> tuple[int, int]:
    return int(item["sentence"]["start"]), int(item["sentence"]["end"])


def _is_own(item: Record, claim: Claim) -> bool:
    """Whether the claim's sentence is the item's: whether they share half of the shorter."""
    start, end = _stretch(item)
    span = claim.sentence.span
    return (min(end, span.end) - max(start, span.start)) * 2 > min(end - start, span.end - span.start)


# -- parties --------------------------------------------------------------------------------------


def _found(item: Record, claim: Claim, own: bool) -> list[bool]:
    """Of each listed party, whether it plays a role of its side in *claim*."""
    sides = dict(SIDES)
    if claim.claims in SYMMETRIC:
        sides["actor"] = sides["recipient"] = SIDES["actor"] | SIDES["recipient"]
    if claim.claims in ON_THE_SPOT:
        sides["recipient"] = sides["participant"] = SIDES["recipient"] | {"place"}
        if claim.claims == "Visit":
            sides["recipient"] = sides["participant"] = sides["recipient"] | {"actor"}
    return [
        any(_is_party(names, role, claim, own) for role in claim.roles if role.role in sides[side])
        for side in ("actor", "recipient", "participant")
        for names in item[side]
    ]


def _is_party(names: Sequence[str], role: Role, claim: Claim, own: bool) -> bool:
    """Whether a role's filler goes by one of *names*.

    In another sentence "groups" are other groups; as a theme without an entity only a common noun is the party meant.
    """
    mention = role.mention
    if not own and not (mention.entities or mention.represents):
        return False
    common = role.role == "theme" and not mention.entities
    asked = [name for name in names if name[:1].islower() or not common]
    return any(_is_named(name, face) for name in asked for face in _faces(mention, claim))


def _faces(mention: Mention, claim: Claim) -> Iterator[str]:
    """What a filler is known by: its words and what it stands for; for "we" and the like, the speaker's too."""
    speaker = claim.stance.speaker
    first_person = mention.span.text in FIRST_PERSON
    for one in (mention, speaker) if first_person and speaker is not None else (mention,):
        yield one.span.text.replace("’", "'")
        yield from (name.replace("_", " ") for name in (*one.entities, *one.represents))


def _is_named(name: str, text: str) -> bool:
    """Whether *text* has *name* from the start of a word, and as a whole word where it is short."""
    spelling = name.replace("’", "'")
    whole = r"\b" if len(spelling) <= 3 else ""
    return re.search(rf"\b{re.escape(spelling)}{whole}", text, re.IGNORECASE) is not None


def _records(file: Path) -> Iterator[Record]:
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except ValueError as error:
                raise CorpusError(f"{file.name}:{number}: not JSON: {error}. A gold file must be whole.") from error
