"""What reading works with: model, ontology and all that is made of them, loaded once a process."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language

from kgbuild.ontology import Ontology
from kgbuild.read.frames.cache import cached_frames
from kgbuild.read.frames.matching import Frames
from kgbuild.read.names.gazetteer import Gazetteer
from kgbuild.read.parse.nlp import load, teach
from kgbuild.read.quantities import Measures
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
        nlp = teach(load(model) if model else load(), ontology)
        frames = frames or Frames(cached_frames(ontology, nlp), ontology)
        return cls(nlp, ontology, Gazetteer(nlp, ontology), frames, Calendar.of(ontology), Measures(ontology))
