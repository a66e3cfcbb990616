"""Offices that a text names: "foreign minister", "deputy foreign minister", "prime ministers"."""

from __future__ import annotations

import re
from typing import NamedTuple

from spacy.vocab import Vocab

from kgbuild.ontology import Ontology
from kgbuild.read.names.phrases import Keys, matched, matcher_of
from kgbuild.read.parse.tokens import Doc

SENT = ("office/ambassador", "office/permanent_representative")
"""The offices of which a state has one for each state or organisation."""


class OfficeName(NamedTuple):
    """The name of an office in a paragraph: tokens *start* to *end*, the one after the last."""

    start: int
    end: int
    office: str


def office_forms(ontology: Ontology) -> dict[str, str]:
    """The names of offices, singular and plural, with the ids of the offices."""
    return {form: office for name, office in ontology.offices.items() for form in (name, _plural(name))}


class OfficeNames:
    """The names of the offices of actors.ttl, singular and plural, ready to be found in a Doc."""

    def __init__(self, vocab: Vocab, ontology: Ontology, keys: Keys) -> None:
        """*keys* are those of `office_forms`."""
        self._ontology = ontology
        self._ids = office_forms(ontology)
        self._matcher = matcher_of(keys, vocab, "LOWER")

    def find(self, doc: Doc) -> tuple[OfficeName, ...]:
        """The offices named in *doc*; of those that end alike, the longest ("deputy foreign minister").

        Worked out once a paragraph.
        """
        if "offices" not in doc.known:
            doc.known["offices"] = tuple(self._longest(doc))
        found: tuple[OfficeName, ...] = doc.known["offices"]
        return found

    def _longest(self, doc: Doc) -> list[OfficeName]:
        longest: dict[int, OfficeName] = {}
        for span, words in matched(self._matcher, doc):
            known = longest.get(span.end)
            if known is None or span.start < known.start:
                longest[span.end] = OfficeName(span.start, span.end, self._ids[words.lower()])
        return [self._deputising(doc, one) for one in longest.values()]

    def _deputising(self, doc: Doc, one: OfficeName) -> OfficeName:
        """A deputy does not hold the office that he is deputy in: "Deputy Finance Minister" is an office of its own."""
        words = self._ontology.words
        at = one.start - 1
        if at > 0 and doc[at].text == "-":  # "Vice-Foreign Minister"
            at -= 1
        before = doc[at].lower_ if at >= 0 else ""
        deputised = any(token.lower_ in words("deputising", "word") for token in doc[one.start : one.end])
        if before not in words("deputising", "modifier") or not deputised:
            return one
        office = next((self._ids[name] for name in words("deputising", "office")), one.office)
        return OfficeName(at, one.end, office)


def _plural(name: str) -> str:
    """The plural of an office's name, which is in its head: "heads of state", "chairmen"."""
    head, of, rest = name.partition(" of ")
    head += "es" if head.endswith(("ch", "sh", "s", "x")) else "s"
    head = re.sub(r"(m)ans$", r"\1en", head)
    return head + of + rest
