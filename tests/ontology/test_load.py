"""Loading: which folder, what is refused, and what a loaded ontology is made of."""

from __future__ import annotations

import pickle
import shutil
import tomllib
from pathlib import Path

import pytest

from kgbuild.errors import OntologyError
from kgbuild.ontology import FILES, Ontology, default_folder, folder_of, load

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of our ontology, to be spoiled."""
    for name in FILES:
        shutil.copy(default_folder() / name, tmp_path / name)
    return tmp_path


def test_a_checkout_has_its_ontology_beside_the_package() -> None:
    assert default_folder() == ROOT / "ontology"


def test_an_installed_wheel_has_its_ontology_within_the_package(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "kgbuild"
    (package / "ontology").mkdir(parents=True)  # the Python package of that name
    shipped = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    (package.parent / shipped["force-include"]["ontology"]).mkdir()
    assert folder_of(package) == package / "_ontology"


def test_a_missing_file_is_named_with_those_that_are_wanted(folder: Path) -> None:
    (folder / "language.ttl").unlink()
    with pytest.raises(OntologyError) as refused:
        load(folder)
    assert str(refused.value) == f"{folder / 'language.ttl'}: no such file. An ontology folder holds {', '.join(FILES)}."


def test_an_ontology_without_merge_decisions_is_whole(folder: Path) -> None:
    (folder / "same.ttl").unlink()
    assert load(folder).decisions.all == ()


def test_what_is_not_turtle_is_refused_with_file_and_line(folder: Path) -> None:
    (folder / "families.ttl").write_text("@prefix lex: <https://w3id.org/kgbuild/lexicon#> .\nlex:one lex:verb\n", "utf-8")
    with pytest.raises(OntologyError) as refused:
        load(folder)
    assert str(refused.value).startswith(f"{folder / 'families.ttl'}:3: not valid Turtle: ")


@pytest.mark.parametrize(
    ("turtle", "why"),
    [
        (
            "dip:guest a owl:ObjectProperty , dip:Role .",
            "dip:guest is a role, but not said to be of what or where in the order."
            " Say it: `dip:roleOf dip:Event` (or dip:Relation) `; dip:roleOrder 9`.",
        ),
        (
            "dip:fanOf a dip:Relation .",
            "dip:fanOf has no rdfs:range. Say what it points to, e.g. rdfs:range dip:Actor.",
        ),
    ],
    ids=["role", "relation"],
)
def test_what_says_too_little_is_refused_where_it_stands(folder: Path, turtle: str, why: str) -> None:
    path = folder / "diplomacy.ttl"
    text = path.read_text("utf-8")
    path.write_text(f"{text}\n{turtle}\n", "utf-8")
    with pytest.raises(OntologyError) as refused:
        load(folder)
    assert str(refused.value) == f"{path}:{text.count(chr(10)) + 2}: {why}"


def test_an_ontology_is_plain_data_and_comes_back_from_its_pickle(ontology: Ontology) -> None:
    pickled = pickle.dumps(ontology)
    assert b"oxigraph" not in pickled
    assert vars(pickle.loads(pickled)) == vars(ontology)


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("actors.ttl", b"# one\n# caf\xe9\n", ":2: not UTF-8. Save the file in that encoding."),
        ("same.ttl", b"\xff", ":1: not UTF-8. Save the file in that encoding."),
    ],
)
def test_a_file_of_another_encoding_is_refused_with_its_line(folder: Path, file: str, content: bytes, message: str) -> None:
    (folder / file).write_bytes(content)
    with pytest.raises(OntologyError) as refused:
        load(folder)
    assert str(refused.value) == f"{folder / file}{message}"


def test_a_file_that_cannot_be_opened_is_told(folder: Path) -> None:
    (folder / "families.ttl").unlink()
    (folder / "families.ttl").mkdir()
    with pytest.raises(OntologyError) as refused:
        load(folder)
    assert str(refused.value) == (
        f"{folder / 'families.ttl'}: cannot be read (Is a directory). Name another folder with --ontology."
    )


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("dip:score 4.0", 'dip:CONSULT has the dip:score "abc", which is no number. Write e.g. 4.0.'),
        ("dip:roleOrder 9", 'dip:actor has the dip:roleOrder "abc", which is no number. Write e.g. 4.0.'),
    ],
)
def test_what_should_be_a_number_and_is_none_is_refused(folder: Path, said: str, message: str) -> None:
    import re

    path = folder / "diplomacy.ttl"
    key = said.split()[0]
    path.write_text(re.sub(rf"{key} -?[0-9.]*[0-9]", f'{key} "abc"', path.read_text("utf-8")), encoding="utf-8")
    with pytest.raises(OntologyError) as refused:
        load(folder)
    assert re.sub(r"^dip:\w+", message.split()[0], str(refused.value)) == message


def test_a_word_whose_number_is_none_is_refused() -> None:
    sources = {path.name: path.read_text("utf-8") for path in load().folder.glob("*.ttl") if path.name in FILES}
    sources["language.ttl"] += '\nlex:odd a lex:Season ; lex:word "odd" ; lex:edtf "spring" .\n'
    with pytest.raises(OntologyError) as refused:
        Ontology(load().folder, sources).numbers("Season", "word", "edtf")
    assert str(refused.value) == 'language.ttl: the lex:Season "odd" has the lex:edtf "spring", which is no whole number.'


def test_an_empty_word_is_refused() -> None:
    sources = {path.name: path.read_text("utf-8") for path in load().folder.glob("*.ttl") if path.name in FILES}
    sources["language.ttl"] += '\nlex:odd a lex:Season ; lex:word "" ; lex:edtf "21" .\n'
    with pytest.raises(OntologyError) as refused:
        Ontology(load().folder, sources)
    assert str(refused.value) == "lex:odd of language.ttl has an empty lex:word. Remove it."
