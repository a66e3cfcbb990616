"""How much of a list of verbs is taught, by category."""

from __future__ import annotations

from collections import Counter

import pytest

from kgbuild import ontology as ontologies
from kgbuild.ontology import Ontology
from kgbuild.read.coverage import Coverage, Listed, coverage, listed
from kgbuild.read.frames.frame import Frame, RoleSlot, Word

LIST = ["verb\tdefault", "visit\tCONSULT\tCONSULT:3", "call off\tREJECT", "call\tREJECT", "criticise\t"]


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return ontologies.load()


def frame(*words: Word, roles: tuple[RoleSlot, ...] = (), verbal: bool = True, counter: bool = False) -> Frame:
    return Frame("Visit", verbal, words, roles, "", counter=counter)


def test_a_list_has_a_verb_a_line_with_its_category_behind_a_tab() -> None:
    assert list(listed(LIST)) == [
        Listed("visit", "CONSULT"),
        Listed("call off", "REJECT"),
        Listed("call", "REJECT"),
        Listed("criticise", "none"),
    ]


def test_a_verb_is_taught_by_a_frame_that_it_heads_with_its_particles(ontology: Ontology) -> None:
    frames = [
        frame(Word(-1, "", "criticize")),
        frame(Word(-1, "", "wade"), Word(0, "prt", "in")),
        frame(Word(-1, "", "trudge"), roles=(RoleSlot("place", 0, ("to",), required=False),)),
        frame(Word(-1, "", "gnaw"), verbal=False),
        frame(Word(-1, "", "yodel"), counter=True),
    ]
    verbs = ["criticise", "wade in", "wade out", "trudge to", "gnaw", "yodel"]
    found = coverage((Listed(verb, "X") for verb in verbs), frames, ontology)
    counts = Counter({"taught": 3, "unknown": 3})
    assert found == Coverage({"all": counts, "X": counts}, {"X": ["wade out", "gnaw", "yodel"]})
    assert found.share() == 0.5


def test_a_cue_of_speech_or_stance_is_told_apart_from_what_is_marked_as_noise(ontology: Ontology) -> None:
    found = coverage([Listed("say", "X"), Listed("plan", "X"), Listed("burgeon", "Y")], [], ontology)
    assert found.counts == {"all": Counter({"a cue": 2, "noise": 1}), "X": Counter({"a cue": 2}), "Y": Counter({"noise": 1})}
    assert found.unknown == {}
