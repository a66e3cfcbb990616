"""What Turtle files say, as plain strings: subject, predicate and their values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, parse

from kgbuild.errors import OntologyError

DIP = "https://w3id.org/kgbuild/diplomacy#"
FOAF = "http://xmlns.com/foaf/0.1/"
ID = "https://w3id.org/kgbuild/id/"
LEX = "https://w3id.org/kgbuild/lexicon#"
OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
WD = "http://www.wikidata.org/entity/"


def local(term: object) -> str:
    """The local name of an IRI of ours ("dip:Meeting" -> "Meeting", "id:Russia" -> "Russia"); any other IRI as it is."""
    value = _text(term)
    for base in (DIP, ID, LEX, WD):
        if value.startswith(base):
            return value[len(base) :]
    return value


@dataclass(frozen=True, slots=True)
class Facts:
    """The statements of some files. Subjects, predicates and classes are asked for by full IRI; values are sorted
    strings, the IRIs among them by their local names."""

    said: Mapping[str, Mapping[str, tuple[str, ...]]]
    members: Mapping[str, tuple[str, ...]]
    """Class -> its instances, sorted."""

    def values(self, subject: str, predicate: str) -> tuple[str, ...]:
        """The objects of a subject and predicate; empty where nothing is said."""
        return self.said.get(subject, {}).get(predicate, ())

    def value(self, subject: str, predicate: str) -> str | None:
        """The first of `values`, or None."""
        found = self.values(subject, predicate)
        return found[0] if found else None

    def flag(self, subject: str, predicate: str) -> bool:
        """Whether `true` is said of *subject*; what is not said is not so."""
        return self.value(subject, predicate) == "true"

    def number(self, subject: str, predicate: str) -> float | None:
        """The number that is said, or None; OntologyError where what is said is no number."""
        return as_number(self.value(subject, predicate), subject, predicate)

    def typed(self, cls: str) -> tuple[str, ...]:
        """The subjects that are said to be of class *cls*, sorted."""
        return self.members.get(cls, ())

    def subjects(self, base: str) -> list[str]:
        """The subjects whose IRIs begin with *base*, sorted."""
        return sorted(subject for subject in self.said if subject.startswith(base))


def as_number(said: str | None, subject: str, predicate: str) -> float | None:
    """The number that *said* spells, None for nothing; OntologyError, naming subject and predicate, where it is none."""
    if not said:
        return None
    if not re.fullmatch(r"[+-]?\d{1,9}(\.\d{1,9})?", said):
        raise OntologyError(
            f'dip:{local(subject)} has the dip:{local(predicate)} "{said}", which is no number. Write e.g. 4.0.'
        )
    return float(said)


def read_facts(sources: Mapping[Path, str]) -> Facts:
    """What the Turtle texts of some files say. Raises OntologyError, with file and line, where one is not Turtle."""
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    members: dict[str, set[str]] = defaultdict(set)
    for path, text in sources.items():
        try:
            quads = list(parse(text.encode(), format=RdfFormat.TURTLE))
        except SyntaxError as error:
            raise OntologyError(f"{path}:{error.lineno or 1}: not valid Turtle: {error.msg}") from error
        for quad in quads:
            subject, predicate, value = _text(quad.subject), quad.predicate.value, _text(quad.object)
            said[subject][predicate].add(local(value) if isinstance(quad.object, NamedNode) else value)
            if predicate == RDF + "type":
                members[value].add(subject)
    return Facts(
        {subject: {p: tuple(sorted(values)) for p, values in of.items()} for subject, of in said.items()},
        {cls: tuple(sorted(subjects)) for cls, subjects in members.items()},
    )


def _text(term: object) -> str:
    """An IRI, a blank node's name, or the text of a literal; Turtle has nothing else."""
    return str(getattr(term, "value", term))
