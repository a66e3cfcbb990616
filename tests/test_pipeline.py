"""build(): same input, same bytes; bad input is told, and the rest built."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pyshacl
import pytest
import rdflib
from pyoxigraph import NamedNode

from kgbuild import pipeline, writing
from kgbuild.ask.questions import find_question, named_questions
from kgbuild.check import check_graph
from kgbuild.errors import CorpusError, Problem
from kgbuild.graph.merge import claims
from kgbuild.graph.store import Graph
from kgbuild.graph.triples import PREFIXES
from kgbuild.model import Article, Reading
from kgbuild.ontology import Ontology
from kgbuild.read import reader as reader_module
from kgbuild.read.text.corpus import FORMATS

ROOT = Path(__file__).resolve().parent.parent
TEXTS = {
    "a.txt": "Envoys agree\n\nMarch 3, 2015\n\nNorway signed a fisheries treaty with Iceland in Oslo on Monday.",
    "b.txt": "PARIS, March 4. /AFP/. France denied that it had imposed sanctions on Mali.",
    "c.txt": "Chile will host a summit.\n\nPeru criticized Bolivia. It accused Bolivia of smuggling.",
}
KEPT = ("graph.trig", "network.html", "report.txt")


def corpus(folder: Path, names: list[str]) -> Path:
    folder.mkdir()
    for name in names:
        (folder / name).write_text(TEXTS[name], encoding="utf-8")
    return folder


def made(output: Path) -> dict[str, bytes]:
    return {name: (output / name).read_bytes() for name in KEPT}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, ontology: Ontology) -> Path:
    folder = tmp_path_factory.mktemp("built")
    pipeline.build([corpus(folder / "in", sorted(TEXTS))], folder / "out", ontology=ontology)
    return folder


def test_built_twice_the_bytes_are_the_same(built: Path, tmp_path: Path, ontology: Ontology) -> None:
    pipeline.build([built / "in"], tmp_path, ontology=ontology)
    assert made(tmp_path) == made(built / "out")


def test_the_order_of_the_articles_does_not_matter(built: Path, tmp_path: Path, ontology: Ontology) -> None:
    files = [built / "in" / name for name in sorted(TEXTS, reverse=True)]
    pipeline.build(files, tmp_path, ontology=ontology)
    assert made(tmp_path) == made(built / "out")


def test_two_processes_give_the_bytes_of_one(built: Path, tmp_path: Path, ontology: Ontology) -> None:
    pipeline.build([built / "in"], tmp_path, ontology=ontology, jobs=2)
    assert made(tmp_path) == made(built / "out")


def test_the_graph_satisfies_its_shapes(built: Path, ontology: Ontology) -> None:
    assert check_graph(built / "out" / "graph.trig", ontology) == []


def test_a_claim_without_a_type_breaks_the_shapes(built: Path, ontology: Ontology) -> None:
    data = rdflib.Dataset(default_union=True)
    data.parse(built / "out" / "graph.trig", format="trig")
    union = rdflib.Graph()
    for s, p, o, _ in data.quads():
        if not str(p).endswith("#claims"):
            union.add((s, p, o))
    conforms, _, _ = pyshacl.validate(union, shacl_graph=str(ontology.folder / "shapes.ttl"))
    assert not conforms


def test_a_denied_event_is_no_edge(built: Path) -> None:
    graph = Graph.open(built / "out" / "store")
    assert graph.ask("ASK { ?e a dip:ImposeSanctions ; dip:status dip:Denied }")
    assert not graph.ask("ASK { ?a dip:sanctioned ?b }")


def test_an_affirmed_event_is_an_edge(built: Path) -> None:
    assert Graph.open(built / "out" / "store").ask("ASK { id:Norway dip:signedWith id:Iceland }")


def test_the_kept_output_is_what_the_seed_yields(tmp_path: Path, ontology: Ontology) -> None:
    pipeline.build([ROOT / "seeds"], tmp_path, ontology=ontology)
    stale = [
        name
        for name in ("graph.trig", "report.txt")
        if (tmp_path / name).read_bytes() != (ROOT / "output" / name).read_bytes()
    ]
    assert stale == [], "Run `kgbuild build seeds/` and commit output/."


# -- bad input ------------------------------------------------------------------------------------


def problems_of(folder: Path, output: Path, ontology: Ontology) -> tuple[int, list[str]]:
    result = pipeline.build([folder], output, ontology=ontology)
    return result.articles, [str(problem) for problem in result.problems]


@pytest.mark.parametrize(
    ("name", "content", "read", "told"),
    [
        ("empty.txt", b"", 1, ["empty.txt: empty."]),
        (
            "photo.txt",
            b"\x89PNG\0\0",
            1,
            ["photo.txt: not text (it has NUL bytes). Take it out of the corpus, or convert it to text."],
        ),
        (
            "latin.txt",
            b"May 5, 2014\n\nThe minist\xe8re met Ivan Petrov.",
            2,
            ["latin.txt, byte 23: not UTF-8; read as Windows-1252. Convert it if words look wrong."],
        ),
        ("undated.txt", b"Peru criticized Bolivia.", 2, ["undated.txt: no date found, so relative dates stay open."]),
        (
            "notes.odt",
            b"x",
            1,
            [f"notes.odt: not a kind of file that kgbuild reads. It reads {', '.join(FORMATS)}, .gz and .zip."],
        ),
    ],
)
def test_a_bad_file_is_told_and_the_rest_is_built(
    tmp_path: Path, ontology: Ontology, name: str, content: bytes, read: int, told: list[str]
) -> None:
    folder = corpus(tmp_path / "in", ["a.txt"])
    (folder / name).write_bytes(content)
    assert problems_of(folder, tmp_path / "out", ontology) == (read, told)


def test_the_same_text_twice_is_read_once(tmp_path: Path, ontology: Ontology) -> None:
    folder = corpus(tmp_path / "in", ["a.txt"])
    (folder / "copy.txt").write_text(TEXTS["a.txt"], encoding="utf-8")
    assert problems_of(folder, tmp_path / "out", ontology) == (1, ["copy.txt: the same text as a.txt. It is read once."])


def test_a_corpus_of_nothing_readable_builds_nothing(tmp_path: Path, ontology: Ontology) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(b"\0")
    with pytest.raises(CorpusError) as error:
        pipeline.build([tmp_path / "in"], tmp_path / "out", ontology=ontology)
    assert str(error.value).endswith("Nothing could be read, so nothing was built.")
    assert not (tmp_path / "out" / "store").exists()


def test_a_build_that_fails_leaves_the_last_graph(
    built: Path, tmp_path: Path, ontology: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.build([built / "in"], tmp_path, ontology=ontology)
    before = len(Graph.open(tmp_path / "store"))

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(pipeline, "write_page", fail)
    with pytest.raises(RuntimeError):
        pipeline.build([ROOT / "seeds"], tmp_path, ontology=ontology)
    assert len(Graph.open(tmp_path / "store")) == before
    assert [folder.name for folder in tmp_path.glob(".build-*")] == [(tmp_path / "store").resolve().parent.name]


def test_hostile_names_stay_inside_the_graph(tmp_path: Path, ontology: Ontology) -> None:
    text = 'Ivan "><script>x</script> met } DROP ALL { ../../etc/passwd in Oslo. France met Norway.'
    record = {"id": "../../x> <y", "text": text, "title": "<b>", "url": "javascript:alert(1)", "date": "May 5, 2014"}
    (tmp_path / "in.jsonl").write_text(json.dumps(record), encoding="utf-8")
    problems: list[Problem] = list(pipeline.build([tmp_path / "in.jsonl"], tmp_path / "out", ontology=ontology).problems)
    assert problems == []
    made = {"store", "graph.trig", "network.html", "report.txt", "merged.sqlite", "readings.sqlite", ".build-1", ".lock"}
    assert {p.name for p in (tmp_path / "out").iterdir()} == made
    assert Graph.open(tmp_path / "out" / "store").ask("ASK { id:France dip:metWith id:Norway }")


# -- one article in a net -------------------------------------------------------------------------

UNFORESEEN = "It is left out. Please report this, with what problems.log says of it."


def failing_on(word: str, work: Callable[..., object]) -> Callable[..., object]:
    """*work*, which fails where *word* stands in the article, or reading, that it is given first."""

    def fail(given: Article | Reading, *more: object) -> object:
        article = given.article if isinstance(given, Reading) else given
        if word in article.text:
            raise LookupError("a verb without a noun")
        return work(given, *more)

    return fail


@pytest.mark.parametrize(
    ("module", "function"),
    [(reader_module, "_study"), (writing.triples, "article_facts")],
    ids=["reading", "writing"],
)
def test_an_article_that_fails_is_left_out_and_its_traceback_stands_in_the_log(
    tmp_path: Path, ontology: Ontology, monkeypatch: pytest.MonkeyPatch, module: ModuleType, function: str
) -> None:
    folder = corpus(tmp_path / "in", sorted(TEXTS))
    pipeline.build([folder / "a.txt", folder / "c.txt"], tmp_path / "without", ontology=ontology)
    with monkeypatch.context() as patch:
        patch.setattr(module, function, failing_on("PARIS", getattr(module, function)))
        built = pipeline.build([folder], tmp_path / "out", ontology=ontology)
    told = Problem("b.txt", "kgbuild failed on it (LookupError: a verb without a noun).", UNFORESEEN)
    assert (built.articles, built.read, built.left_out) == (2, 2, (told,))
    assert (tmp_path / "out" / "graph.trig").read_bytes() == (tmp_path / "without" / "graph.trig").read_bytes()
    report = (tmp_path / "out" / "report.txt").read_text(encoding="utf-8")
    assert f"\nLeft out  1\n  {told}\n\nOther problems  " in report
    log = (tmp_path / "out" / "problems.log").read_text(encoding="utf-8")
    assert f"\n\n{told}\nTraceback (most recent call last):\n" in log
    assert "Traceback" not in report

    again = pipeline.build([folder], tmp_path / "out", ontology=ontology)
    assert (again.articles, again.left_out) == (3, ())
    assert not (tmp_path / "out" / "problems.log").exists()


def test_an_article_that_cannot_be_merged_is_found_and_left_out(
    tmp_path: Path, ontology: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = corpus(tmp_path / "in", sorted(TEXTS))
    pipeline.build([folder / "a.txt", folder / "c.txt"], tmp_path / "without", ontology=ontology)
    monkeypatch.setattr(writing.reprints, "shingles", failing_on("PARIS", writing.reprints.shingles))
    built = pipeline.build([folder], tmp_path / "out", ontology=ontology)
    told = Problem("b.txt", "kgbuild failed on it (LookupError: a verb without a noun).", UNFORESEEN)
    assert (built.articles, built.left_out) == (2, (told,))
    assert (tmp_path / "out" / "graph.trig").read_bytes() == (tmp_path / "without" / "graph.trig").read_bytes()


def test_what_fails_in_merging_and_lies_in_no_article_is_our_own_error(
    tmp_path: Path, ontology: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(known: object) -> object:
        raise LookupError("a bond without ends")

    monkeypatch.setattr(claims, "bond_by", failing)
    with pytest.raises(LookupError, match="a bond without ends"):
        pipeline.build([corpus(tmp_path / "in", sorted(TEXTS))], tmp_path / "out", ontology=ontology)


# -- the built graph in rdflib --------------------------------------------------------------------


@pytest.fixture(scope="module")
def in_rdflib(built: Path) -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(built / "out" / "graph.trig", format="trig")
    return dataset


@pytest.mark.parametrize("name", sorted(named_questions(ROOT / "ontology")))
def test_a_named_question_gives_the_same_rows_in_rdflib(name: str, built: Path, in_rdflib: rdflib.Dataset) -> None:
    question = find_question(name, ROOT / "ontology")
    needed = [parameter for parameter in question.parameters if not parameter.optional]
    names = zip((parameter.name for parameter in needed), ("Norway", "Iceland"), strict=False)
    text = question.filled({variable: {NamedNode(PREFIXES["id"] + thing)} for variable, thing in names})
    ours = Graph.open(built / "out" / "store").select(text)
    theirs = in_rdflib.query(text, initNs=PREFIXES)
    rows = [[cell if cell is None else cell.value for cell in row] for row in ours.rows]
    assert rows == [[cell if cell is None else str(cell) for cell in row] for row in theirs]
    # These three articles name no office and no sum, and nobody in them threatens, trades, contests or is an ally.
    assert rows != [] or name in ("allies", "contested", "offices", "outlets", "sums", "threats", "trade")
