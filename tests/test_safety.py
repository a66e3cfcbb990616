"""Killed, interrupted, out of space, or not alone: the last good graph stays, and the next build goes on."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner

import kgbuild.read.reader
from kgbuild import pipeline
from kgbuild.cli import main
from kgbuild.errors import KgbuildError
from kgbuild.graph.store import Graph
from kgbuild.model import Article, Reading
from kgbuild.ontology import Ontology
from kgbuild.output import only_build
from kgbuild.read.reader import Reader
from kgbuild.readings_cache import ReadingsCache

TEXTS = {
    "a.txt": "March 3, 2015\n\nNorway signed a fisheries treaty with Iceland in Oslo on Monday.",
    "b.txt": "March 4, 2015\n\nFrance criticized Mali.",
    "c.txt": "March 5, 2015\n\nPeru criticized Bolivia. It accused Bolivia of smuggling.",
}


@pytest.fixture(autouse=True)
def one_reader(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The loaded model serves all builds of this file."""
    monkeypatch.setattr(kgbuild.read.reader, "Reader", lambda ontology, model: reader)
    yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus of three articles."""
    (tmp_path / "in").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    return tmp_path / "in"


def made(output: Path) -> dict[str, bytes]:
    return {name: (output / name).read_bytes() for name in ("graph.trig", "network.html", "report.txt")}


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="a system without fork")
def test_killed_anywhere_it_ends_with_the_bytes_of_an_undisturbed_build(
    folder: Path, tmp_path: Path, ontology: Ontology
) -> None:
    pipeline.build([folder], tmp_path / "whole", ontology=ontology)
    pipeline.build([folder / "a.txt"], tmp_path / "out", ontology=ontology)
    script = Path(__file__).with_name("killing.py")
    done = subprocess.run([sys.executable, script, folder, tmp_path / "out"], capture_output=True, text=True, check=True)
    ends = [line.split("\t")[-1] for line in done.stdout.splitlines()]
    assert ends == ["killed"] * 11, done.stdout + done.stderr
    Graph.open(tmp_path / "out" / "store")
    built = pipeline.build([folder], tmp_path / "out", ontology=ontology)
    assert built.read == 0
    assert made(tmp_path / "out") == made(tmp_path / "whole")
    assert len(list((tmp_path / "out").glob(".build-*"))) == 1


def test_a_second_build_at_once_is_told(folder: Path, tmp_path: Path, ontology: Ontology) -> None:
    with only_build(tmp_path / "out"), pytest.raises(KgbuildError) as error:
        pipeline.build([folder], tmp_path / "out", ontology=ontology)
    assert str(error.value) == (
        f"{tmp_path}/out: another kgbuild is building here. Wait until it has ended, or build into another folder with -o."
    )


def test_a_full_disk_is_told_and_harms_nothing(folder: Path, tmp_path: Path, ontology: Ontology) -> None:
    pipeline.build([folder / "a.txt"], tmp_path / "out", ontology=ontology)
    before, limit = made(tmp_path / "out"), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, limit[1]))
    try:
        with pytest.raises(KgbuildError) as error:
            pipeline.build([folder], tmp_path / "out", ontology=ontology)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert str(error.value).startswith(f"{tmp_path}/out: cannot be written (")
    assert str(error.value).endswith(
        "The last graph is as it was, and what has been read is kept."
        " Make room, or choose another folder with -o, and build again."
    )
    assert made(tmp_path / "out") == before
    assert Graph.open(tmp_path / "out" / "store").ask("ASK { id:Norway dip:signedWith id:Iceland }")
    assert pipeline.build([folder], tmp_path / "out", ontology=ontology).read == 0


def test_whoever_has_the_graph_open_goes_on_reading_it(folder: Path, tmp_path: Path, ontology: Ontology) -> None:
    pipeline.build([folder / "a.txt"], tmp_path / "out", ontology=ontology)
    reader = Graph.open(tmp_path / "out" / "store")
    before = list(reader.quads())
    pipeline.build([folder], tmp_path / "out", ontology=ontology)
    assert list(reader.quads()) == before
    assert len(Graph.open(tmp_path / "out" / "store")) > len(before)


def test_a_store_that_is_a_folder_gives_way(folder: Path, tmp_path: Path, ontology: Ontology) -> None:
    pipeline.build([folder / "a.txt"], tmp_path / "out", ontology=ontology)
    store = tmp_path / "out" / "store"
    place = store.resolve()
    store.unlink()
    place.rename(store)
    pipeline.build([folder], tmp_path / "out", ontology=ontology)
    assert Graph.open(store).ask("ASK { id:France dip:criticized id:Mali }")


def test_an_interrupted_build_says_what_is_kept_and_the_next_one_goes_on(
    folder: Path, tmp_path: Path, ontology: Ontology, monkeypatch: pytest.MonkeyPatch, reader: Reader
) -> None:
    class Interrupted:
        def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
            yield from reader.read(islice(articles, 2))
            raise KeyboardInterrupt

    monkeypatch.setattr(kgbuild.read.reader, "Reader", lambda ontology, model: Interrupted())
    stopped = CliRunner().invoke(main, ["build", str(folder), "-o", str(tmp_path / "out")])
    assert (stopped.exit_code, stopped.stderr) == (
        130,
        "kgbuild: Stopped. 2 of 3 new articles had been read and are kept; the next build goes on from there.\n",
    )
    monkeypatch.setattr(kgbuild.read.reader, "Reader", lambda ontology, model: reader)
    assert pipeline.build([folder], tmp_path / "out", ontology=ontology).read == 1


SLOWLY = """
import sys
from kgbuild.errors import Stopped
from kgbuild.pipeline import build

if __name__ == "__main__":
    try:
        build([sys.argv[1]], sys.argv[2], jobs=int(sys.argv[3]), progress=lambda read, *_: print(read, flush=True))
    except Stopped as stopped:
        print(stopped, flush=True)
        sys.exit(130)
"""
"""A build that counts on standard output what it has read."""


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="a system without process groups")
def test_ctrl_c_in_a_terminal_ends_all_processes_quietly_and_keeps_what_was_counted(
    tmp_path: Path, ontology: Ontology, jobs: int
) -> None:
    lines = [json.dumps({"text": f"France criticized Mali {number} times. " * 40}) for number in range(300)]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "slowly.py").write_text(SLOWLY, encoding="utf-8")
    command = [sys.executable, tmp_path / "slowly.py", tmp_path / "in.jsonl", tmp_path / "out", str(jobs)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as started:
        assert started.stdout is not None
        assert "5\n" in iter(started.stdout.readline, "")
        os.killpg(started.pid, signal.SIGINT)
        rest, noise = started.communicate()
    *counted, said = ["5", *rest.splitlines()]
    with ReadingsCache(tmp_path / "out" / "readings.sqlite") as cache:
        kept = len(cache.keys())
    assert kept - int(counted[-1]) in (0, 1)  # it may stop between keeping an article and counting it
    assert kept < 300
    assert (started.returncode, noise, said) == (
        130,
        "",
        f"Stopped. {kept} of 300 new articles had been read and are kept; the next build goes on from there.",
    )
