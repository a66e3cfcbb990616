"""The words of the rules: what language.ttl and families.ttl list, by what the words do."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz import process

from kgbuild.errors import OntologyError
from kgbuild.ontology.facts import DIP, LEX, Facts, local

CUE_KINDS = (
    *("verb", "infinitive", "gerund", "clause", "passive", "other", "noun", "adjective"),
    *(
        "auxiliary",
        "adverb",
        "subject",
        "inversion",
        "marker",
        "complementizer",
        "modifier",
        "preposition",
        "source",
        "indefinite",
    ),
)
"""Where a word must stand to be a cue of stance; language.ttl says what each means."""
EFFECTS = ("polarity", "modality", "certainty", "whenReported", "whenNegated")
"""What a set of cues may set."""
LIKELY = 60
"""How alike, of 100, a name must be to be offered for one that is not there."""


@dataclass(frozen=True, slots=True)
class Family:
    """Words that may stand for each other in the examples of *types*, or (none) as needed words of any example."""

    verbs: frozenset[str]
    nouns: frozenset[str]
    types: frozenset[str]


class Lexicon:
    """Word lists, cues of stance, families and what nouns describe, as plain values."""

    def __init__(self, facts: Facts) -> None:
        """Reads *facts*. Raises OntologyError for a word without a letter."""
        self._words = {
            (local(iri), predicate.removeprefix(LEX)): frozenset(words)
            for iri in facts.subjects(LEX)
            for predicate, words in facts.said[iri].items()
            if predicate.startswith(LEX)
        }
        """(entry, list) -> its words."""
        for entry, name in sorted(key for key, words in self._words.items() if "" in words):
            raise OntologyError(f"lex:{entry} of language.ttl has an empty lex:{name}. Remove it.")
        self._members = {
            cls.removeprefix(LEX): tuple(map(local, entries))
            for cls, entries in facts.members.items()
            if cls.startswith(LEX)
        }
        """Class of entries ("Currency") -> the entries."""
        self.families = _families(facts)
        """The word families of families.ttl, in a fixed order."""
        self.cues = _cues(facts)
        """Stance cues: word kind ("verb", "noun", ...) -> lemma -> the cue set's name in language.ttl."""
        self.cue_effects = {
            local(iri): {effect: value for effect in EFFECTS if (value := facts.value(iri, LEX + effect))}
            for iri in facts.typed(LEX + "Cue")
        }
        """Cue set -> what it sets: polarity, modality, certainty (local names)."""
        self.noun_classes = _by_word(facts, "noun")
        """Common nouns -> the class of what they describe ("ministry" -> "GovernmentBody")."""
        self.entity_labels = _by_word(facts, "entityLabel")
        """The model's entity labels -> our classes ("PERSON" -> "Person")."""

    def words(self, entry: str, name: str) -> frozenset[str]:
        """The words that language.ttl lists under lex:*entry* lex:*name*: `words("report", "verb")` has "say".

        Raises OntologyError where there is no such entry, or the entry has no such list: a rule would wait in vain.
        """
        try:
            return self._words[entry, name]
        except KeyError:
            raise OntologyError(self._lacking(entry, name)) from None

    def listed(self, cls: str, key: str, value: str) -> list[tuple[str, str]]:
        """Each word (lex:*key*) of the entries of class lex:*cls*, with their lex:*value*.

        `listed("Currency", "word", "code")` has ("yen", "JPY"); entries without a word or value are left out.
        Raises OntologyError where there is no such class.
        """
        if cls not in self._members:
            raise OntologyError(f"No entry of language.ttl is of class lex:{cls}.{_likeliest(cls, self._members)}")
        return [
            (word, min(values))
            for entry in self._members[cls]
            if (values := self._words.get((entry, value)))
            for word in sorted(self._words.get((entry, key), ()))
        ]

    def numbers(self, cls: str, key: str, value: str) -> dict[str, int]:
        """What `listed` lists, where each lex:*value* is a whole number. Raises OntologyError where one is none."""
        return {word: int(said) for word, said in self._numerals(cls, key, value, r"[+-]?\d{1,30}", "whole number")}

    def decimals(self, cls: str, key: str, value: str) -> dict[str, Decimal]:
        """What `listed` lists, where each lex:*value* is a decimal number. Raises OntologyError where one is none."""
        return {w: Decimal(said) for w, said in self._numerals(cls, key, value, r"[+-]?\d{1,30}(\.\d{1,30})?", "number")}

    def _numerals(self, cls: str, key: str, value: str, form: str, what: str) -> list[tuple[str, str]]:
        listed = self.listed(cls, key, value)
        for word, said in listed:
            if not re.fullmatch(form, said):
                raise OntologyError(
                    f'language.ttl: the lex:{cls} "{word}" has the lex:{value} "{said}", which is no {what}.'
                )
        return listed

    def _lacking(self, entry: str, name: str) -> str:
        lists = sorted(of for known, of in self._words if known == entry)
        if lists:
            told = ", ".join(f"lex:{of}" for of in lists)
            return f"lex:{entry} of language.ttl has no lex:{name}.{_likeliest(name, lists)} It has {told}."
        return f"language.ttl has no entry lex:{entry}.{_likeliest(entry, {known for known, _ in self._words})}"


def _likeliest(name: str, known: Iterable[str]) -> str:
    """` Did you mean lex:report?`, or nothing where none is alike."""
    found = process.extractOne(name, sorted(known), score_cutoff=LIKELY)
    return f" Did you mean lex:{found[0]}?" if found else ""


def _families(facts: Facts) -> tuple[Family, ...]:
    found = [
        Family(*(frozenset(facts.values(iri, LEX + name)) for name in ("verb", "noun", "of")))
        for iri in facts.typed(LEX + "Family")
    ]
    return tuple(sorted(found, key=lambda f: (sorted(f.types), sorted(f.verbs), sorted(f.nouns))))


def _cues(facts: Facts) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for iri in facts.typed(LEX + "Cue"):
        for kind in CUE_KINDS:
            found[kind] |= dict.fromkeys(facts.values(iri, LEX + kind), local(iri))
    return {kind: words for kind, words in found.items() if words}


def _by_word(facts: Facts, name: str) -> dict[str, str]:
    """What classes of diplomacy.ttl list under lex:*name*: word -> class."""
    return {word: local(iri) for iri in facts.subjects(DIP) for word in facts.values(iri, LEX + name)}
