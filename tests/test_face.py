"""The Python face: what the README and the docstrings promise is run, and so is a notebook."""

from __future__ import annotations

import doctest
import inspect
import json
import re
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import networkx
import pytest
import rdflib
from click.testing import CliRunner

import kgbuild
from kgbuild import face
from kgbuild.ask.drawing import Drawing
from kgbuild.ask.network import draw
from kgbuild.cli import main
from kgbuild.graph.store import Graph as Store

ROOT = Path(__file__).resolve().parent.parent
SMALL = ROOT / "tests" / "small.trig"


@pytest.fixture
def graph(tmp_path: Path) -> face.Graph:
    """The small graph, as a build would leave it in a folder."""
    store = Store.create(tmp_path / "output" / "store")
    store.load_trig(SMALL)
    store.compact()
    del store
    return kgbuild.open(tmp_path / "output")


@pytest.fixture
def among_seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def python_of_readme() -> str:
    [code] = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    return str(code)


@pytest.mark.slow
def test_the_examples_of_the_readme_and_of_the_docstrings_are_true(
    among_seeds: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names: dict[str, Any] = {}
    exec(python_of_readme(), names)
    assert (type(names["network"]), type(names["dataset"])) == (networkx.MultiDiGraph, rdflib.Dataset)
    assert (names["built"].articles, len(names["frame"]), (among_seeds / "serbia.html").is_file()) == (
        1,
        len(names["rows"]),
        True,
    )
    capsys.readouterr()
    found = [each for of in (kgbuild, face) for each in doctest.DocTestFinder().find(of) if each.examples]
    runner = doctest.DocTestRunner(verbose=False)
    for examples in found:
        examples.globs = {"kgbuild": kgbuild}
        runner.run(examples)
    assert runner.summarize(verbose=False).failed == 0, capsys.readouterr().out
    public = [name for name, _ in inspect.getmembers(face.Graph, callable) if not name.startswith("_")]
    assert {f"kgbuild.face.Graph.{name}" for name in public} <= {each.name for each in found}


@pytest.mark.slow
def test_the_notebook_runs_from_its_first_cell_to_its_last(among_seeds: Path) -> None:
    client, nbformat = pytest.importorskip("nbclient"), pytest.importorskip("nbformat")
    kernels = pytest.importorskip("jupyter_client.kernelspec")
    pytest.importorskip("ipykernel")
    try:
        kernels.get_kernel_spec("python3")
    except kernels.NoSuchKernel:
        pytest.skip("Jupyter has no kernel python3 here")
    notebook = nbformat.read(ROOT / "tests" / "notebook.ipynb", as_version=4)
    assert [cell.outputs for cell in notebook.cells if cell.cell_type == "code" and cell.outputs] == []
    client.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(among_seeds)}}).execute()
    shown = {cell.id: cell.outputs[-1] for cell in notebook.cells if cell.cell_type == "code"}
    assert shown["cell-1"].data["text/plain"] == "Graph of output: 4,713 quads"
    assert shown["cell-4"].data["text/html"].startswith("<table>\n<thead><tr><th>")
    assert "draft declaration of Helsinki plus 40" in shown["cell-4"].data["text/html"]
    assert "<table" in shown["cell-5"].data["text/html"]
    assert shown["cell-8"].text.startswith("Serbia\n")
    assert shown["cell-10"].data["text/html"].startswith('<iframe srcdoc="&lt;!doctype html&gt;')
    assert (among_seeds / "graph.gexf").is_file()


def test_importing_kgbuild_waits_for_nothing() -> None:
    script = "import sys, kgbuild; print(sorted({m.partition('.')[0] for m in sys.modules} & {heavy})); print(dir(kgbuild))"
    heavy = "{'spacy', 'rdflib', 'networkx', 'pandas', 'pyoxigraph', 'numpy', 'rich', 'click'}"
    done = subprocess.run(
        [sys.executable, "-c", script.replace("{heavy}", heavy)], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [
        "[]",
        "['Graph', 'KgbuildError', 'QueryError', '__version__', 'build', 'open']",
    ]


def test_opening_and_asking_load_no_spacy(graph: face.Graph) -> None:
    script = f"import sys, kgbuild; kgbuild.open({str(graph.folder)!r}).ask('met'); print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_corpus_may_be_one_path(tmp_path: Path) -> None:
    with pytest.raises(kgbuild.KgbuildError) as raised:
        kgbuild.build(str(tmp_path / "seeds"), tmp_path / "output")
    assert str(raised.value).startswith(f"{tmp_path / 'seeds'}: ")


def test_what_kgbuild_has_not_is_said() -> None:
    with pytest.raises(AttributeError, match=r"^module 'kgbuild' has no attribute 'opne'$"):
        _ = kgbuild.opne


@pytest.mark.parametrize("place", ["output", "output/store"])
def test_a_graph_is_opened_by_its_folder_or_its_store(place: str, graph: face.Graph, tmp_path: Path) -> None:
    opened = kgbuild.open(str(tmp_path / place))
    assert (repr(opened), len(opened)) == (f"Graph of {tmp_path / 'output'}: {len(graph):,} quads", len(graph))


def test_where_there_is_no_graph_the_cure_is_said(tmp_path: Path) -> None:
    with pytest.raises(kgbuild.KgbuildError) as raised:
        kgbuild.open(tmp_path / "nothing")
    assert str(raised.value) == (
        f"{tmp_path / 'nothing'}: no graph here yet. Build one first: kgbuild build seeds/ -o {tmp_path / 'nothing'}"
    )


def test_a_question_takes_names_a_time_an_order_and_a_limit(graph: face.Graph) -> None:
    assert [row.when for row in graph.ask("met", "Lena Ostrov", "Tomas Reyl")] == ["2021-03-06"]
    assert list(graph.ask("met", "Lena Ostrov", since="2021-04")) == []
    days = ["2021-03-07", "2021-03-06", "reported 2021-03-05", "2021-02"]
    assert [row["when"] for row in graph.ask("timeline", sort="-when")] == days
    assert [row["when"] for row in graph.ask("timeline", sort="-when", limit=2)] == days[:2]


@pytest.mark.parametrize("question", ["top", "met", "timeline", "new"])
def test_rows_have_one_order_in_the_terminal_and_in_python(question: str, graph: face.Graph) -> None:
    done = CliRunner().invoke(main, ["query", question, "-o", str(graph.folder), "-f", "json"])
    assert json.loads(done.stdout) == [
        {name: str(cell) if isinstance(cell, date) else cell for name, cell in row.items()} for row in graph.ask(question)
    ]


def test_a_question_of_ones_own_lies_beside_the_graph(graph: face.Graph) -> None:
    (graph.folder / "queries").mkdir()
    own = "SELECT ?name { ?s a dip:State ; rdfs:label ?label BIND(STR(?label) AS ?name) } ORDER BY ?name"
    (graph.folder / "queries" / "states.rq").write_text(f"# title: Which states there are\n{own}", encoding="utf-8")
    assert graph.questions["states"] == "Which states there are"
    assert [row.name for row in graph.ask("states")] == ["Arvania", "Belmora"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("meet",), 'No question "meet". Did you mean "met"? There are: '),
        (("met", "Atlantis"), 'Nothing in this graph is called "Atlantis".'),
        (("met", "Belmora", "Arvania", "Drum"), "met takes two names. Leave 'Drum' out."),
        (("-",), '"-" is no question. Give the name of one, a .rq file or SPARQL.'),
    ],
)
def test_what_cannot_be_asked_is_said(asked: tuple[str, ...], said: str, graph: face.Graph) -> None:
    with pytest.raises(kgbuild.QueryError) as raised:
        graph.ask(*asked)
    assert str(raised.value).startswith(said)


def test_a_query_has_limits_and_can_only_read(graph: face.Graph) -> None:
    with pytest.raises(kgbuild.QueryError, match=r"took longer than 0\.2 seconds"):
        graph.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", timeout=0.2)
    with pytest.raises(kgbuild.QueryError):
        graph.query("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
    with pytest.raises(kgbuild.QueryError):
        graph.query("DELETE WHERE { ?s ?p ?o }")


def test_a_dossier_is_text_that_shows_itself(graph: face.Graph) -> None:
    shown = graph.show("belmora")
    assert repr(shown) == str(shown)
    assert shown.splitlines()[0] == "Belmora"
    assert "Bélmora" in shown


def test_a_drawing_is_the_page_and_is_shown_in_a_frame_that_reaches_nothing(graph: face.Graph, tmp_path: Path) -> None:
    drawing = graph.draw(about="Belmora", height=300)
    assert drawing.save(tmp_path / "page.html").read_text(encoding="utf-8") == drawing.html
    assert drawing.html.startswith("<!doctype html>")
    assert graph.draw().html == draw(graph.store)
    assert Drawing('<b title="x">&', height=300)._repr_html_() == (
        '<iframe srcdoc="&lt;b title=&#34;x&#34;&gt;&amp;" sandbox="allow-scripts allow-downloads allow-popups"'
        ' title="Who does what to whom" width="100%" height="300"'
        ' style="border: 1px solid #8888; border-radius: 4px"></iframe>'
    )


def test_the_network_is_of_what_is_selected(graph: face.Graph) -> None:
    assert [edge[:2] for edge in graph.network(relations="Meeting").edges] == [("Lena_Ostrov", "Tomas_Reyl")]
    assert set(graph.network(about="Northern League", relations=["memberOf"]).nodes) == {"Arvania", "Northern_League"}


def test_each_export_of_the_readme_is_one_that_works(
    graph: face.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    commands = re.findall(r"\| `kgbuild (export --format [^`\[]*)`", (ROOT / "README.md").read_text(encoding="utf-8"))
    for command in commands:
        ran = CliRunner().invoke(main, shlex.split(command))
        assert (ran.exit_code, ran.stdout) == (0, "")
    assert sorted(str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*.*") if "store" not in file.parts) == [
        "events.jsonl",
        "graph.gexf",
        "graph.graphml",
        "graph.trig",
        "neo4j/nodes.csv",
        "neo4j/relationships.csv",
        "tables/claims.csv",
        "tables/claims.parquet",
        "tables/events.csv",
        "tables/events.parquet",
    ]
