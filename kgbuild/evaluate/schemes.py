"""What older coding schemes call an event, where they differ from the PLOVER of today that the ontology follows.

The Zero-Shot-PLOVER benchmark (Hu and others, 2024) labels by the roots of CAMEO (Schrodt 2012) and the first PLOVER manual:
giving way is one category, YIELD, a deed of cooperation; a blockade is fighting, a conviction a verdict on somebody; and all
cooperation that is still to come, a withdrawal or a release too, is AGREE.
"""

from __future__ import annotations

from kgbuild.model import Claim
from kgbuild.ontology import Ontology

OLDER_CODES = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
"""What records of any age call a category, and PLOVER calls it today."""
YIELD = "YIELD"


def todays(code: str) -> str:
    """A label by the name that it has today; YIELD, which is two categories today, stays."""
    return OLDER_CODES.get(code, code)


def code_of(claim: Claim, ontology: Ontology) -> str:
    """The PLOVER code of a claim, folded with its polarity and modality."""
    return ontology.folded(ontology.types[claim.claims].category, claim.stance.polarity, claim.stance.modality)


def older_code_of(claim: Claim, ontology: Ontology) -> str:
    """The code of a claim under the older scheme: the category of the CAMEO root of its class, folded as in the ontology."""
    kind, code = ontology.types[claim.claims], code_of(claim, ontology)
    rooted = {category for cameo in kind.cameo for category, root in ontology.cameo_roots if cameo.startswith(root)}
    if code == kind.category and rooted and code not in rooted:
        code = min(rooted)
    older = named_older(code)
    to_come = claim.stance.modality == "Planned" and claim.stance.polarity == "Affirmed"
    return "AGREE" if older == YIELD and to_come else older


def named_older(code: str) -> str:
    """A code of today as the older scheme calls it: giving way in words and in deeds is one."""
    return YIELD if code in ("CONCEDE", "RETREAT") else code


def quad_of(code: str, ontology: Ontology) -> str:
    """The quad of a code of either scheme, in words ("verbal cooperation"), or nothing where there is no such code."""
    quads = {t.category: t.quad for t in ontology.types.values() if t.kind == "event"} | {YIELD: "MaterialCooperation"}
    return "".join(f" {c.lower()}" if c.isupper() else c for c in quads.get(code, "")).strip()
