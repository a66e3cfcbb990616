"""Examples become frames: marks, what one active example finds, what is refused, and the cache."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from articles import article_of, taught

from kgbuild.errors import OntologyError
from kgbuild.ontology import load
from kgbuild.read.frames.examples import compile_frames
from kgbuild.read.frames.frame import Frame, Match, RoleSlot, Word
from kgbuild.read.frames.marks import Marked, read_marks
from kgbuild.read.frames.matching import Frames
from kgbuild.read.parse.clauses import Clauses
from kgbuild.read.parse.tokens import Doc
from kgbuild.read.reader import Reader

ROLES = (
    *("actor", "recipient", "participant", "place", "topic", "theme", "cause", "instrument"),
    *("subject", "object", "holder", "office", "of", "amount"),
)
CONGRATULATE = """
dip:Congratulate a owl:Class ; rdfs:subClassOf dip:SUPPORT ;
    rdfs:label "congratulates"@en ;
    lex:example "[Norway]actor [congratulated] [Malta]recipient."@en .
"""


# -- marks ----------------------------------------------------------------------------------------


def test_marks_are_taken_out_and_located() -> None:
    assert read_marks("The [talks] of [Peru]participant with [Chile]participant [failed].", ROLES) == Marked(
        "The talks of Peru with Chile failed.", ((4, 9), (29, 35)), (("participant", 13, 17), ("participant", 23, 28))
    )


def test_an_office_is_a_predicate_by_itself() -> None:
    assert read_marks("[Ivan Petrov]holder, [foreign minister]office of [Bulgaria]of, left.", ROLES) == Marked(
        "Ivan Petrov, foreign minister of Bulgaria, left.",
        (),
        (("holder", 0, 11), ("office", 13, 29), ("of", 33, 41)),
    )


def test_a_class_stands_for_whatever_is_of_it_in_a_counterexample() -> None:
    assert read_marks("Norway [welcomed] [the premier]Person.", ROLES, counter=True, classes=("Person",)) == Marked(
        "Norway welcomed the premier.", ((7, 15),), (), (("Person", 16, 27),)
    )


def test_a_class_is_no_role_of_an_example() -> None:
    with pytest.raises(ValueError, match='"Person" is no role'):
        read_marks("[Norway]actor [welcomed] [the premier]Person.", ROLES, classes=("Person",))


@pytest.mark.parametrize(
    ("example", "why"),
    [
        (
            "[Norway]actor congratulated [Malta]recipient.",
            "no predicate is marked. Put the verb or noun that says it in plain brackets: [met].",
        ),
        ("Norway [congratulated] Malta.", "no role is marked, e.g. [Canada]actor."),
        (
            "[Norway]actor [congratulated [Malta]recipient.",
            "the brackets do not pair. Write [words]role for a role and [words] for the predicate.",
        ),
        (
            "[Norway]actor congratulated] [Malta]recipient.",
            "the brackets do not pair. Write [words]role for a role and [words] for the predicate.",
        ),
        ("[Norway]actor [congratulated] [Malta]guest.", f'"guest" is no role. The roles are {", ".join(ROLES)}.'),
    ],
)
def test_bad_marks_say_what_is_wrong_and_what_to_write(example: str, why: str) -> None:
    with pytest.raises(ValueError) as refused:
        read_marks(example, ROLES)
    assert str(refused.value) == why


def test_a_counterexample_refuses_whatever_is_of_a_class_in_the_place_that_it_marks(tmp_path: Path, reader: Reader) -> None:
    refusing = CONGRATULATE.replace(
        "@en .", '@en ;\n    lex:counterexample "Norway [congratulated] [the premier]Person."@en .'
    )
    ontology = taught(tmp_path / "ontology", refusing)
    new = Reader(ontology, frames=Frames(compile_frames(ontology, reader.tools.nlp), ontology))
    texts = (
        "Sweden congratulated Fiji.",
        "Sweden congratulated Angela Merkel.",
        "Angela Merkel was congratulated by Sweden.",
    )
    found = [[c.claims for c in reading.claims] for reading in new.read(article_of(text) for text in texts)]
    assert [[c for c in one if c != "Statement"] for one in found] == [["Congratulate"], [], []]


def test_a_counterexample_with_marked_words_refuses_them_in_other_sentences(tmp_path: Path, reader: Reader) -> None:
    refusing = CONGRATULATE.replace(
        "@en .", '@en ;\n    lex:counterexample "Norway [congratulated] the [winner] of Malta."@en .'
    )
    ontology = taught(tmp_path / "ontology", refusing)
    new = Reader(ontology, frames=Frames(compile_frames(ontology, reader.tools.nlp), ontology))
    texts = ("Sweden congratulated Fiji.", "Sweden congratulated the winner of Fiji.")
    found = [[c.claims for c in reading.claims] for reading in new.read(article_of(text) for text in texts)]
    assert [[c for c in one if c != "Statement"] for one in found] == [["Congratulate"], []]


# -- one active example ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def congratulate(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Callable[[str], list[object]]:
    """Reads a sentence with an ontology that was taught to congratulate by one sentence."""
    ontology = taught(tmp_path_factory.mktemp("taught") / "ontology", CONGRATULATE)
    new = Reader(ontology, frames=Frames(compile_frames(ontology, reader.tools.nlp), ontology))

    def read(text: str) -> list[object]:
        [reading] = new.read([article_of(text)])
        return [
            (c.claims, [(r.role, *r.mention.entities) for r in c.roles], c.stance.polarity, c.stance.modality)
            for c in reading.claims
            if c.claims != "Statement"
        ]

    return read


@pytest.mark.parametrize(
    ("text", "polarity", "modality"),
    [
        pytest.param("Sweden congratulated Fiji.", "Affirmed", "Actual", id="active"),
        pytest.param("Fiji was congratulated by Sweden.", "Affirmed", "Actual", id="passive"),
        pytest.param("Sweden, which congratulated Fiji, has many lakes.", "Affirmed", "Actual", id="relative clause"),
        pytest.param("Fiji, which Sweden congratulated, has many islands.", "Affirmed", "Actual", id="object relative"),
        pytest.param("Fiji, congratulated by Sweden, has many islands.", "Affirmed", "Actual", id="reduced relative"),
        pytest.param("Sweden plans to congratulate Fiji.", "Affirmed", "Planned", id="controlled infinitive"),
        pytest.param("Sweden sent flowers, congratulating Fiji.", "Affirmed", "Actual", id="participle"),
        pytest.param(
            *("Congratulating Fiji, Sweden sent flowers.", "Affirmed", "Actual"),
            marks=pytest.mark.xfail(reason="the small model takes a participle that opens a sentence for a name"),
            id="participle in front",
        ),
        pytest.param("Sweden smiled and congratulated Fiji.", "Affirmed", "Actual", id="conjunct"),
        pytest.param("Sweden did not congratulate Fiji.", "Negated", "Actual", id="negation"),
        pytest.param(
            *("Will Sweden congratulate Fiji?", "Affirmed", "Planned"),
            marks=pytest.mark.xfail(reason="the model's longer guess, a person Will Sweden, goes before the known name"),
            id="question",
        ),
    ],
)
def test_one_active_example_finds_every_form(
    congratulate: Callable[[str], list[object]], text: str, polarity: str, modality: str
) -> None:
    assert congratulate(text) == [("Congratulate", [("actor", "Sweden"), ("recipient", "Fiji")], polarity, modality)]


def test_a_role_that_goes_unsaid_is_left_out(congratulate: Callable[[str], list[object]]) -> None:
    assert congratulate("Fiji was congratulated.") == [("Congratulate", [("recipient", "Fiji")], "Affirmed", "Actual")]


@pytest.mark.parametrize(
    "text", ["Sweden visited Fiji.", "The winner congratulated herself.", "Sweden congratulated the lake."]
)
def test_what_the_example_does_not_say_is_not_found(congratulate: Callable[[str], list[object]], text: str) -> None:
    assert congratulate(text) == []


def test_an_example_compiles_to_its_words_and_roles(tmp_path: Path, reader: Reader) -> None:
    [frame] = compile_frames(taught(tmp_path / "ontology", CONGRATULATE), reader.tools.nlp)
    assert frame == Frame(
        type="Congratulate",
        verbal=True,
        words=(Word(-1, "", "congratulate"),),
        roles=(RoleSlot("actor", 0, ("subj",), False), RoleSlot("recipient", 0, ("obj",), True)),
        example="Norway congratulated Malta.",
    )


# -- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("example", "why"),
    [
        (
            "[Norway]actor congratulated [Malta]recipient.",
            "no predicate is marked. Put the verb or noun that says it in plain brackets: [met].",
        ),
        (
            "[Norway]actor [congratulated [Malta]recipient.",
            "the brackets do not pair. Write [words]role for a role and [words] for the predicate.",
        ),
        ("[Norway]actor [congratulated] [Malta]guest.", f'"guest" is no role. The roles are {", ".join(ROLES)}.'),
        (
            "[Norway]actor [congratulated] Malta, and the people of [Samoa]recipient slept.",
            '"Samoa" does not hang on "congratulated" in the parse. Say it more simply.',
        ),
    ],
    ids=["no predicate", "brackets", "role", "loose role"],
)
def test_a_bad_example_is_refused_with_file_line_and_cure(tmp_path: Path, reader: Reader, example: str, why: str) -> None:
    turtle = CONGRATULATE.replace("[Norway]actor [congratulated] [Malta]recipient.", example)
    ontology = taught(tmp_path / "ontology", turtle)
    with pytest.raises(OntologyError) as refused:
        compile_frames(ontology, reader.tools.nlp)
    file = tmp_path / "ontology" / "diplomacy.ttl"
    line = next(n for n, words in enumerate(file.read_text().split("\n"), 1) if example in words)
    assert str(refused.value) == f"{file}:{line}: dip:Congratulate: {example!r}: {why}"


def test_all_bad_examples_are_told_at_once_where_asked(tmp_path: Path, reader: Reader) -> None:
    bad = 'lex:example "Norway congratulated Malta."@en, "[Norway]actor [congratulated] [Malta]guest."@en, '
    ontology = taught(tmp_path / "ontology", CONGRATULATE.replace("lex:example ", bad))
    problems: list[str] = []
    frames = compile_frames(ontology, reader.tools.nlp, problems=problems)
    assert [frame.example for frame in frames] == ["Norway congratulated Malta."]
    assert [re.sub(r".*': ", "", problem) for problem in problems] == [
        "no predicate is marked. Put the verb or noun that says it in plain brackets: [met].",
        f'"guest" is no role. The roles are {", ".join(ROLES)}.',
    ]


def test_an_example_on_a_class_that_is_no_event_is_refused(tmp_path: Path) -> None:
    turtle = CONGRATULATE.replace("dip:SUPPORT", "dip:Place").replace("dip:Congratulate", "dip:Cheer")
    with pytest.raises(OntologyError) as refused:
        taught(tmp_path / "ontology", turtle)
    file = tmp_path / "ontology" / "diplomacy.ttl"
    line = next(n for n, words in enumerate(file.read_text().split("\n"), 1) if "[congratulated]" in words)
    assert str(refused.value) == (
        f"{file}:{line}: Cheer has an example but is no event class and no relation. "
        "Say what it is: `rdfs:subClassOf dip:CONSULT` (or another category), or `a dip:Relation`."
    )


def test_what_is_not_turtle_is_refused_with_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(OntologyError) as refused:
        taught(tmp_path / "ontology", "\ndip:Congratulate a owl:Class\n    rdfs:label oops ;\n")
    file = tmp_path / "ontology" / "diplomacy.ttl"
    last = file.read_text().rstrip().count("\n") + 1
    assert str(refused.value).startswith(f"{file}:{last}: not valid Turtle: ")


def test_a_missing_file_of_the_ontology_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OntologyError) as refused:
        load(tmp_path)
    assert str(refused.value) == (
        f"{tmp_path / 'diplomacy.ttl'}: no such file. "
        "An ontology folder holds diplomacy.ttl, actors.ttl, language.ttl, families.ttl, same.ttl, holders.tsv, bodies.tsv."
    )


def test_what_matches_is_what_was_attempted_without_failing(reader: Reader) -> None:
    text = "The foreign minister of Norway held talks with Chad and rejected a call to lift the sanctions against Mali."
    doc = Doc(reader.tools.nlp(text))
    clauses = Clauses(doc)
    for token in doc:
        attempts = reader.tools.frames.attempts(token, clauses, lambda token, wanted: token.pos_ in ("PROPN", "NOUN"))
        matches = reader.tools.frames.matches(token, clauses, lambda token, wanted: token.pos_ in ("PROPN", "NOUN"))
        assert list(matches) == [match for _, match in attempts if isinstance(match, Match)]
