"""ontology/*.ttl becomes one Ontology; what cannot be used is refused with file, line and cure."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect
from collections.abc import Callable
from pathlib import Path

from kgbuild.compiled import code_of, compiled
from kgbuild.errors import OntologyError
from kgbuild.ontology.actors import Actors
from kgbuild.ontology.decisions import MERGING, Decisions, decisions_of
from kgbuild.ontology.facts import read_facts
from kgbuild.ontology.lexicon import Lexicon
from kgbuild.ontology.tables import BODIES, HOLDERS, read_tables
from kgbuild.ontology.types import Types

FILES = ("diplomacy.ttl", "actors.ttl", "language.ttl", "families.ttl", MERGING, HOLDERS, BODIES)
OPTIONAL = frozenset({MERGING, HOLDERS, BODIES})
"""Without merge decisions and tables an ontology is whole."""


class Ontology(Types, Actors, Lexicon):
    """Everything that the Turtle files say, indexed for reading; made by `load`, then never changed.

    It is the sum of its parts, each of which can be had alone: `Types` (diplomacy.ttl), `Actors` (actors.ttl, holders.tsv,
    bodies.tsv), `Lexicon`
    (language.ttl, families.ttl); the decisions of same.ttl, which merging alone asks, stand beside them. All it holds are
    strings in dicts, tuples and records, so it pickles.
    """

    def __init__(self, folder: Path, sources: dict[str, str]) -> None:
        """Reads *sources*, the texts of the files of *folder* by name. Raises OntologyError where one is not Turtle."""
        decided = {name: text for name, text in sources.items() if name == MERGING}
        of_reading = {name: text for name, text in sources.items() if name != MERGING}
        turtle = {name: text for name, text in of_reading.items() if name.endswith(".ttl")}
        facts = read_facts({folder / name: text for name, text in turtle.items()})
        Types.__init__(self, facts, _finder(turtle))
        Actors.__init__(self, facts, self.ancestors, read_tables(sources.get(HOLDERS, ""), sources.get(BODIES, "")))
        Lexicon.__init__(self, facts)
        self.folder = folder
        by_file = (decisions_of(facts), decisions_of(read_facts({folder / name: text for name, text in decided.items()})))
        self.decisions = Decisions(tuple(sorted({one for some in by_file for one in some.all})))
        """Which ids are one thing and which two, for every graph."""
        self.digest = _digest(of_reading)
        """Names this very state of the files that decide how a text is read; what is kept of reading is keyed by it."""


def load(folder: Path | None = None) -> Ontology:
    """The ontology of *folder* (by default our own).

    Raises OntologyError where a file is missing, is not Turtle, or says something unusable.
    """
    folder = folder or default_folder()
    sources = read_sources(folder)

    def make() -> Ontology:
        ontology = Ontology(folder, sources)
        _refuse_unusable(ontology, sources)
        return ontology

    made_by = (str(folder).encode(), _digest(sources).encode(), *code_of(Path(__file__).parent))
    return compiled("ontology", made_by, make, Ontology)


def default_folder() -> Path:
    """The ontology beside the package in a checkout, or the copy inside an installed wheel."""
    return folder_of(Path(__file__).resolve().parents[1])


def folder_of(package: Path) -> Path:
    """Where the Turtle files of the kgbuild in folder *package* lie: in it where a wheel has put them, else beside it."""
    shipped = package / "_ontology"
    return shipped if shipped.is_dir() else package.parent / "ontology"


def read_sources(folder: Path) -> dict[str, str]:
    """The texts of the files of *folder*, by name. Raises OntologyError where one is missing or cannot be read."""
    sources = {}
    for name in FILES:
        path = folder / name
        try:
            sources[name] = path.read_text(encoding="utf-8")
        except FileNotFoundError as error:
            if name not in OPTIONAL:
                raise OntologyError(f"{path}: no such file. An ontology folder holds {', '.join(FILES)}.") from error
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            raise OntologyError(f"{path}:{line}: not UTF-8. Save the file in that encoding.") from error
        except OSError as error:
            raise OntologyError(
                f"{path}: cannot be read ({error.strerror}). Name another folder with --ontology."
            ) from error
    return sources


def _finder(sources: dict[str, str]) -> Callable[[str], tuple[str, int]]:
    """Tells the file and the line in which a text first stands; line 1 of the first file where it cannot be found."""
    breaks = {file: [found.start() for found in re.finditer("\n", source)] for file, source in sources.items()}

    def find(text: str) -> tuple[str, int]:
        for file, source in sources.items():
            if (position := source.find(text)) >= 0:
                return file, bisect(breaks[file], position) + 1
        return FILES[0], 1

    return find


def _digest(sources: dict[str, str]) -> str:
    joined = "\0".join(f"{name}\0{text}" for name, text in sorted(sources.items()))
    return hashlib.sha256(joined.encode()).hexdigest()


def _refuse_unusable(ontology: Ontology, sources: dict[str, str]) -> None:
    for example in ontology.examples:
        if example.type not in ontology.types:
            raise OntologyError(
                f"{ontology.folder / example.file}:{example.line}: {example.type} has an example but is no event class "
                f"and no relation. Say what it is: `rdfs:subClassOf dip:CONSULT` (or another category), or `a dip:Relation`."
            )
    for described in ontology.types.values():
        if described.kind == "relation" and not described.range:
            raise OntologyError(
                f"{_defined(described.name, ontology.folder, sources)}: dip:{described.name} "
                f"has no rdfs:range. Say what it points to, e.g. rdfs:range dip:Actor."
            )
    for role in ontology.roles.values():
        if not role.of or not role.of <= {"event", "relation"} or not role.order:
            raise OntologyError(
                f"{_defined(role.name, ontology.folder, sources)}: dip:{role.name} is a role, but not said to be of what or "
                f"where in the order. Say it: `dip:roleOf dip:Event` (or dip:Relation) `; dip:roleOrder 9`."
            )


def _defined(name: str, folder: Path, sources: dict[str, str]) -> str:
    """The file, and the line, where dip:*name* is described."""
    source = sources[FILES[0]]
    found = re.search(rf"^dip:{re.escape(name)}\b", source, re.MULTILINE)
    return f"{folder / FILES[0]}:{source.count(chr(10), 0, found.start()) + 1 if found else 1}"
