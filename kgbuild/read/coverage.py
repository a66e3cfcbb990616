"""How much of a list of verbs the ontology teaches: by an example, as a cue, or marked as telling no deed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kgbuild.ontology import Ontology
from kgbuild.read.frames.frame import Frame
from kgbuild.read.parse.lemmas import american

TAUGHT, CUE, NOISE, UNKNOWN = "taught", "a cue", "noise", "unknown"
CUES = ("verb", "infinitive", "gerund", "clause", "passive", "other")
"""The kinds of stance cues that are verbs."""
EVERY = "all"


class Listed(NamedTuple):
    """A verb of a list, with its particles ("call off"), and the category that the list gives it."""

    verb: str
    category: str


class Coverage(NamedTuple):
    """How many verbs of each category (and of all) are of each state, and those that are unknown, in their order."""

    counts: dict[str, Counter[str]]
    unknown: dict[str, list[str]]

    def share(self, category: str = EVERY) -> float:
        """The share of a category's verbs that are not unknown."""
        counted = self.counts[category]
        return 1 - counted[UNKNOWN] / counted.total() if counted else 0.0


def listed(lines: Iterable[str]) -> Iterator[Listed]:
    """The verbs of tab-separated *lines*: the first column the verb, the second its category; a heading "verb" is none."""
    for line in lines:
        verb, _, rest = line.rstrip("\r\n").partition("\t")
        if verb.strip() and verb != "verb":
            yield Listed(verb.strip(), rest.partition("\t")[0].strip() or "none")


def coverage(verbs: Iterable[Listed], frames: Iterable[Frame], ontology: Ontology) -> Coverage:
    """What becomes of *verbs*: taught where an example, or a family of its words, has the verb for its predicate."""
    known = _heads(frames)
    cues = ontology.words("report", "verb").union(*(ontology.cues.get(kind, {}) for kind in CUES))
    noise = {word for word, _ in ontology.listed("Noise", "verb", "reason")}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    unknown: dict[str, list[str]] = defaultdict(list)
    for verb, category in verbs:
        head, *particles = verb.lower().split()
        forms = dict.fromkeys((american(head, verbal=True), head))
        joined = {"_".join([form, *particles]) for form in forms}
        if any(form in known and known[form].issuperset(particles) for form in forms):
            state = TAUGHT
        else:
            state = CUE if joined & cues else NOISE if joined & noise else UNKNOWN
        for each in (EVERY, category):
            counts[each][state] += 1
        if state == UNKNOWN:
            unknown[category].append(verb)
    return Coverage(dict(counts), dict(unknown))


def _heads(frames: Iterable[Frame]) -> dict[str, set[str]]:
    """Each verb that heads a frame, with the words and prepositions that stand with it in some frame."""
    heads: dict[str, set[str]] = defaultdict(set)
    for frame in frames:
        if frame.verbal and not frame.counter:
            beside = {lemma for word in frame.words[1:] for lemma in (word.lemma, *word.alike)}
            functions = {word.function for word in frame.words[1:]}
            heads[frame.lemma] |= beside | functions | {f for slot in frame.roles for f in slot.functions}
    return heads
