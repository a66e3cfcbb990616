"""What reading works with: model, ontology and all that is made of them, loaded once a process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec
from spacy.language import Language

from kgbuild.compiled import code_of, compiled, no_collector
from kgbuild.ontology import Ontology
from kgbuild.read import DEFAULT_MODEL
from kgbuild.read.frames.examples import compile_frames
from kgbuild.read.frames.frame import Frame
from kgbuild.read.frames.matching import Frames
from kgbuild.read.names.gazetteer import Gazetteer, NameKeys, compile_names
from kgbuild.read.parse.nlp import load, teach
from kgbuild.read.quantities import Measures
from kgbuild.read.text.normal import Lexicon
from kgbuild.read.time.dates import Calendar


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools of reading; none of them knows an article."""

    nlp: Language
    ontology: Ontology
    gazetteer: Gazetteer
    """Whom names name."""
    frames: Frames
    """What the ontology's examples teach."""
    calendar: Calendar
    """The expressions of time."""
    measures: Measures
    """The sums and numbers with units."""

    @classmethod
    def of(cls, ontology: Ontology, model: str | None = None, *, frames: Frames | None = None) -> Tools:
        """The tools for *ontology* and the spaCy pipeline *model* (ours by default); *frames* where they are at hand.

        Raises KgbuildError when the pipeline is not installed, OntologyError when an example teaches nothing.
        """
        with no_collector():
            nlp = teach(load(model) if model else load(), ontology)
            made = compiled_tools(ontology, nlp) if frames is None else Compiled(frames.given, compile_names(nlp, ontology))
            frames, gazetteer = frames or Frames(made.frames, ontology), Gazetteer(nlp, ontology, made.names)
            return cls(nlp, ontology, gazetteer, frames, Calendar.of(ontology), Measures(ontology))

    def lexicon(self) -> Lexicon:
        """By which a word that is parted at a line's end is known: the model's words."""
        slips = (word.lower() for word in self.ontology.words("withinSentence", "word"))
        return Lexicon(words_of(self.nlp.path), frozenset(slips) | {w.title() for w in self.nlp.Defaults.stop_words})


@cache
def words_of(model: Path | None) -> frozenset[str]:
    """The words that the model in a folder was made with; what it has met since decides nothing."""
    file = model / "vocab" / "strings.json" if model else None
    return frozenset(msgspec.json.decode(file.read_bytes(), type=list[str])) if file and file.is_file() else frozenset()


class Compiled(NamedTuple):
    """What takes the longest to make of an ontology with a model."""

    frames: tuple[Frame, ...]
    names: NameKeys


def compiled_tools(ontology: Ontology, nlp: Language) -> Compiled:
    """The frames and names of *ontology* by the model *nlp*, from the cache if it has them.

    The examples are parsed by our model, for which they were written, whichever reads the articles: a frame is a pattern of
    words and functions. Both are made by every module of reading (some of them shape no frame; better one compilation too
    many than a stale one), by the ontology's files and by the model's. Raises OntologyError when an example teaches nothing.
    """
    made_by = [*code_of(Path(__file__).parent), ontology.digest.encode(), *_files_of(nlp)]
    return compiled(
        "reading",
        made_by,
        lambda: Compiled(compile_frames(ontology, _ours(nlp, ontology)), compile_names(nlp, ontology)),
        Compiled,
    )


def _ours(nlp: Language, ontology: Ontology) -> Language:
    """*nlp* if it is our model, else ours."""
    return nlp if f"{nlp.meta.get('lang')}_{nlp.meta['name']}" == DEFAULT_MODEL else teach(load(), ontology)


def _files_of(nlp: Language) -> list[bytes]:
    """What tells one model from another: what it says of itself, and its files with their sizes and times."""
    files = sorted(file for file in Path(nlp.path).rglob("*") if file.is_file()) if nlp.path else []
    stats = [(file.as_posix(), file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    return [msgspec.json.encode(nlp.meta), repr(stats).encode()]
