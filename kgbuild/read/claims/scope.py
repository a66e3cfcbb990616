"""What the cues around a predicate do together: negations in pairs, the innermost modality, the first certainty."""

from __future__ import annotations

from dataclasses import dataclass, field

from kgbuild.ontology import Ontology
from kgbuild.read.parse.tokens import Token


@dataclass
class Scope:
    """What the cues met so far have done, from the predicate outwards."""

    ontology: Ontology
    unit: tuple[Token, ...]
    """The predicate's words."""
    negations: int = 0
    modality: str = ""
    certainty: str = ""
    cues: list[str] = field(default_factory=list)
    reversible: dict[str, str] = field(default_factory=dict)
    """The last cue, if it leaves something of its own once negated: what is not denied is possible."""
    purpose: bool = False
    """Whether the predicate is what something else is done for: "flew to Oslo to sign it"."""

    def meet(self, kind: str, word: str, text: str, *, reported: bool = False) -> bool:
        """Apply the cue *word* of *kind* (written *text*), if it is one; *reported*: in a clause that someone said.

        Negations cancel in pairs. The innermost modality holds, but a plan gives way to whatever stands around it:
        "may plan to" is possible, "asked to agree to" requested.
        """
        name = self.ontology.cues.get(kind, {}).get(word)
        if name is None:
            return False
        effect = self.ontology.cue_effects[name]
        modality = effect.get("modality", "")
        if reported:
            modality = effect.get("whenReported", modality)
        if effect.get("polarity") == "Negated":
            self._negate(by_clause=kind in ("verb", "clause"))
        if self.modality in ("", "Planned"):
            self.modality = modality or self.modality
        if "whenNegated" in effect:
            self.reversible = effect
        self.certainty = self.certainty or effect.get("certainty", "")
        self.cues.append(text)
        return True

    def _negate(self, *, by_clause: bool) -> None:
        """Count a negation, unless it only takes back the last cue: "no one doubts" negates the doubt alone.

        *by_clause*: a verb negates what stands below it. Who denies a rumour is sure; a demand rejected asks for nothing.
        """
        self.modality = self.reversible.get("whenNegated", self.modality)
        self.negations += not self.reversible or "polarity" in self.reversible
        self.reversible = {}
        if by_clause:
            self.certainty = ""
            self.modality = "Actual" if self.modality == "Requested" else self.modality
