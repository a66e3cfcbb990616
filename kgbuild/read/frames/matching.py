"""Frames, and what fits them: a predication that fits a frame is a match.

Frames come from the ontology's examples (`examples`). Since `clauses` brings every syntax to one form, the
frame of one active sentence also finds the passive, the relative clause and so on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kgbuild.ontology import Ontology
from kgbuild.read.frames.binding import bind
from kgbuild.read.frames.filling import fill, needed_theme, shared_roles
from kgbuild.read.frames.frame import ANY, OFFICE, Fits, Frame, Match, Word
from kgbuild.read.frames.predication import Predication
from kgbuild.read.frames.requirements import unmet
from kgbuild.read.parse.clauses import Clauses, is_verbal
from kgbuild.read.parse.lemmas import lemma_of, lemmas_of
from kgbuild.read.parse.tokens import Token

FEW = 4
"""Frames of one lemma from which on it pays to look first whether the paragraph has their words at all."""


class Frames:
    """All frames, looked up by predicate lemma: a thousand cost no more per sentence than ten."""

    def __init__(self, frames: Iterable[Frame], ontology: Ontology) -> None:
        given = self.given = tuple(frames)
        """All of them, those of counterexamples too."""
        self.all = tuple(frame for frame in given if not frame.counter)
        self._ontology = ontology
        self._by_lemma = _grouped(self.all)
        self._refusals = _grouped(frame for frame in given if frame.counter)
        self._events = {(f.lemma, f.verbal) for f in self.all if ontology.types[f.type].kind == "event"}
        peaceful = {(f.lemma, f.verbal) for f in self.all if not ontology.types[f.type].quad.endswith("Conflict")}
        self._hostile = self._events - peaceful
        self._ranges = {(f.type, slot.role): ontology.role_range(f.type, slot.role) for f in self.all for slot in f.roles}
        self._needs = {id(frame): _needs(frame) for frame in self.all}
        self._heads: dict[tuple[str, bool], bool] = {}
        self._filed: dict[tuple[str, bool, bool], dict[str, list[int]]] = {}

    # -- what a word heads -----------------------------------------------------------------------

    def head(self, token: Token) -> bool:
        """Whether any frame has *token* for its predicate."""
        key = token.lemma_, is_verbal(token)
        known = self._heads.get(key)
        if known is None:
            known = self._heads[key] = (lemma_of(token), key[1]) in self._by_lemma
        return known

    def is_event(self, token: Token) -> bool:
        """Whether a noun or verb may tell of an event by itself: "attack", "talks", "condemn"."""
        return (lemma_of(token), is_verbal(token)) in self._events

    def types_of(self, noun: Token) -> frozenset[str]:
        """The types of event of which a noun may tell by itself: an attack is a strike, or criticism."""
        frames = self._by_lemma.get((lemma_of(noun), False), ())
        return frozenset(f.type for f in frames if len(f.words) == 1 and self._ontology.types[f.type].kind == "event")

    def is_hostile(self, token: Token) -> bool:
        """Whether all that a noun or verb may tell of by itself is hostile: "strike", "prevent", not "stop"."""
        return (lemma_of(token), is_verbal(token)) in self._hostile

    def is_said(self, token: Token) -> bool:
        """Whether a word may tell of what is done by saying it: "urge", "condemn", "grateful", not "elect"."""
        frames = self._by_lemma.get((lemma_of(token), is_verbal(token)), ())
        return any(self._ontology.types[f.type].quad.startswith("Verbal") for f in frames)

    def undergone(self, noun: Token) -> bool:
        """Whether what a noun tells is done to whom its "of" names: the killing of somebody, not somebody's withdrawal."""
        frames = self._by_lemma.get((lemma_of(noun), False), ())
        return any(s.role == "recipient" and s.parent == 0 and "of" in s.functions for f in frames for s in f.roles)

    def counterexamples(self, frame: Frame) -> int:
        """How many counterexamples there are of *frame*'s type at its predicate: words that are known to mislead."""
        return sum(other.type == frame.type for other in self._refusals.get((frame.lemma, frame.verbal), ()))

    # -- matches ---------------------------------------------------------------------------------

    def matches(self, token: Token, clauses: Clauses, fits: Fits, *, office: bool = False) -> Iterator[Match]:
        """The frames that *token* heads; *office* says that it is the last word of an office's name."""
        candidates = self._candidates(token, office=office)
        if len(candidates) > FEW:
            candidates = self._within_reach(token, candidates, office=office)
        if not candidates:
            return
        predication = self._predication(token, clauses, fits)
        refused = self._refused(predication)
        for frame in candidates:
            if not _is_refused(frame, refused):
                match = _match(frame, predication)
                if isinstance(match, Match):
                    yield match

    def attempts(
        self, token: Token, clauses: Clauses, fits: Fits, *, office: bool = False
    ) -> Iterator[tuple[Frame, Match | str]]:
        """As `matches`, but each frame whose predicate *token* is, with the match or with why it is none."""
        candidates = self._candidates(token, office=office)
        here = lemmas_of(token.doc) if len(candidates) > FEW else None
        predication = self._predication(token, clauses, fits)
        refused = self._refused(predication)
        for frame in candidates:
            if _is_refused(frame, refused):
                yield frame, f'"{refused[frame.type].example}" is none'
            elif here is not None and (lacking := self._lacking(frame, here)) is not None:
                yield frame, f'no "{lacking.lemma}" as {lacking.function} of "{token.text}"'
            else:
                yield frame, _match(frame, predication)

    def _predication(self, token: Token, clauses: Clauses, fits: Fits) -> Predication:
        return Predication(token, clauses, fits, self._ontology, self._ranges, self.is_event)

    # -- frames looked up ------------------------------------------------------------------------

    def _candidates(self, token: Token, *, office: bool) -> list[Frame]:
        candidates = self._by_lemma.get((lemma_of(token), is_verbal(token)), [])
        return [*candidates, *self._by_lemma.get((OFFICE, False), [])] if office else candidates

    def _within_reach(self, token: Token, candidates: list[Frame], *, office: bool) -> list[Frame]:
        """Those of *candidates* whose words the paragraph has, in order; they are filed by the first word they need."""
        key = lemma_of(token), is_verbal(token), office
        if key not in self._filed:
            self._filed[key] = self._file(candidates)
        filed_here, here = self._filed[key], lemmas_of(token.doc)
        places = {place for lemma in filed_here.keys() & here for place in filed_here[lemma]}
        reached = sorted(places | set(filed_here.get("", ())))
        return [candidates[place] for place in reached if self._lacking(candidates[place], here) is None]

    def _file(self, candidates: list[Frame]) -> dict[str, list[int]]:
        """The places of *candidates* by the lemmas that will do for the first word each needs; "" where it needs none."""
        filed: dict[str, list[int]] = defaultdict(list)
        for place, frame in enumerate(candidates):
            needs = self._needs[id(frame)]
            for lemma in needs[0][1] if needs else ("",):
                filed[lemma].append(place)
        return dict(filed)

    def _lacking(self, frame: Frame, here: frozenset[str]) -> Word | None:
        """The first word that *frame* needs beside its head and the paragraph has not."""
        for word, any_of in self._needs[id(frame)]:
            if any_of.isdisjoint(here):
                return word
        return None

    def _refused(self, predication: Predication) -> dict[str, Frame]:
        """The types that counterexamples refuse to the predicate as it stands, each with one of them."""
        token = predication.token
        refusals = self._refusals.get((lemma_of(token), is_verbal(token)), ())
        return {frame.type: frame for frame in refusals if isinstance(bind(frame, predication), list)}


def _grouped(frames: Iterable[Frame]) -> dict[tuple[str, bool], list[Frame]]:
    """*frames* by lemma, and whether that is a verb's."""
    found: dict[tuple[str, bool], list[Frame]] = defaultdict(list)
    for frame in frames:
        found[frame.lemma, frame.verbal].append(frame)
    return dict(found)


def _needs(frame: Frame) -> tuple[tuple[Word, frozenset[str]], ...]:
    """The words that *frame* needs beside its head, each with the lemmas that will do."""
    return tuple((word, frozenset((word.lemma, *word.alike))) for word in frame.words[1:] if word.lemma != ANY)


def _is_refused(frame: Frame, refused: dict[str, Frame]) -> bool:
    """Whether a counterexample refuses *frame*, which has no more words of its own than that."""
    return frame.type in refused and len(frame.words) <= len(refused[frame.type].words)


def _match(frame: Frame, predication: Predication) -> Match | str:
    """The match of *frame* at the predicate; or why there is none, for a person to read."""
    bound = bind(frame, predication)
    if isinstance(bound, str):
        return bound
    filled = fill(frame, bound, predication)
    if isinstance(filled, str):
        return filled
    if (why := unmet(frame, bound, filled, predication)) is not None:
        return why
    filled += needed_theme(frame, bound, filled, predication)
    lent = shared_roles(frame, bound, filled, predication)
    required = (token for token, word in zip(bound, frame.words, strict=True) if word.lemma != ANY)
    return Match(frame, tuple(required), (*filled, *lent), tuple(lent))
