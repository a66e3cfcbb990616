"""A folder as an archive hands it over: three hundred files of twenty formats, with twenty kinds of faults."""

from __future__ import annotations

import gzip
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import fuzzing
import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from kgbuild.errors import shown
from kgbuild.graph.triples import PREFIXES
from kgbuild.read.text.corpus import FORMATS

SOURCE = NamedNode(PREFIXES["dct"] + "source")
MEMORY = 1024
"""MB that a build of the folder takes at most; the model alone takes about 200."""
File = tuple[bytes, bytes]
"""Name and content."""


def _as(encoding: str) -> Callable[[bytes], bytes]:
    return lambda content: content.decode("utf-8", "replace").encode(encoding, "replace")


def _in_zip(content: bytes) -> bytes:
    return fuzzing.zipped({"inside.xyz": b"x", "inside.txt": content})


def _flipped(content: bytes) -> bytes:
    chance = random.Random(len(content))
    return bytes(chance.randrange(256) if chance.random() < 0.02 else byte for byte in content)


FAULTS: dict[str, Callable[[str, bytes], File]] = {
    name: (lambda suffix, content, spoil=spoil, more=more: (f"{suffix}{more}".encode(), spoil(content)))
    for name, (spoil, more) in {
        "whole": (lambda content: content, ""),
        "cut": (lambda content: content[: len(content) // 2], ""),
        "empty": (lambda content: b"", ""),
        "of chance": (lambda content: random.Random(len(content)).randbytes(2000), ""),
        "flipped": (_flipped, ""),
        "utf-16": (_as("utf-16"), ""),
        "utf-32": (_as("utf-32"), ""),
        "cp1252": (_as("cp1252"), ""),
        "with NULs": (lambda content: content[:200] + b"\0" * 9 + content[200:], ""),
        "no utf-8": (lambda content: content.replace(b"ice", b"\xed\xa0\x80\xff"), ""),
        "misnamed": (lambda content: content, ".xyz"),
        "misnamed as a table": (lambda content: content, ".csv"),
        "packed": (lambda content: gzip.compress(content, mtime=0), ".gz"),
        "packed, damaged": (lambda content: gzip.compress(content, mtime=0)[:-40] + b"\0" * 32, ".gz"),
        "in a zip": (_in_zip, ".zip"),
        "in a damaged zip": (lambda content: _in_zip(content)[50:], ".zip"),
        "deep": (lambda content: content[:300] + b"[" * 4000 + b"<div>" * 500 + content[300:], ""),
        "one long word": (lambda content: content.replace(b"Wire", b"x" * 20_000), ""),
        "impossible days": (lambda content: content.replace(b"2014-12-16", b"2014-99-99").replace(b"2015", b"0000"), ""),
        "steering": (lambda content: content.replace(b"ships", b"\x1b[2J\x07\x9b\x7f\xe2\x80\xae"), ""),
    }.items()
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three hundred files; of each format fifteen, of each fault fifteen. Every fifth name is hostile."""
    place = tmp_path_factory.mktemp("spoiled")
    whole = fuzzing.whole_files()
    for number in range(300):
        suffix, fault = sorted(FORMATS)[number % 20], list(FAULTS)[(number // 20 + number) % 20]
        of_words = [one for one in whole[suffix] if b"harbour" in one or suffix in (".docx", ".pdf")]
        content = _its_own(suffix, of_words[number // 20 % len(of_words)], number)
        ends, content = FAULTS[fault](suffix, content)
        name = f"{number:03} {fault}".encode() + (b"\x1b[31m\n\xe9" if number % 5 == 0 else b"") + ends
        Path(os.fsdecode(bytes(place) + b"/" + name)).write_bytes(content)
    return place


def _its_own(suffix: str, content: bytes, number: int) -> bytes:
    """The file with a word that no other has, so that no two are the same article."""
    word = f"port{number:03}".encode()
    if suffix == ".pdf":
        return content + f"%{number}\n".encode()
    if suffix == ".docx":
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = {name: archive.read(name).replace(b"harbour", word) for name in archive.namelist()}
        return fuzzing.zipped(parts)
    return content.replace(b"harbour", word)


MEASURED = """
import atexit, re, sys
from pathlib import Path
from kgbuild.cli import main
atexit.register(lambda: print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]))
main(sys.argv[1:])
"""
"""kgbuild that ends by printing the most memory it had, in kilobytes: its own, where getrusage() counts from what the
process of the tests had when it started this one.
"""


def built(folder: Path, output: Path) -> tuple[int, str, dict[str, bytes], int]:
    """The exit code, what was said, what was made, and the peak of memory in MB."""
    command = [sys.executable, "-c", MEASURED, "build", str(folder), "-o", str(output)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    made = {name: (output / name).read_bytes() for name in ("graph.trig", "report.txt")}
    return done.returncode, done.stderr, made, int(done.stdout.split()[-1]) // 1024


@pytest.mark.slow
def test_three_hundred_files_of_twenty_formats_and_faults_are_built_or_told_of(folder: Path, tmp_path: Path) -> None:
    assert (len(list(folder.iterdir())), len(FORMATS), len(FAULTS)) == (300, 20, 20)
    code, said, made, memory = built(folder, tmp_path / "one")
    assert built(folder, tmp_path / "other")[:3] == (
        code,
        said.replace(str(tmp_path / "one"), str(tmp_path / "other")),
        made,
    )
    assert code == 3
    assert "Traceback" not in said
    assert not (tmp_path / "one" / "problems.log").exists()

    sources = {quad.object.value for quad in parse(made["graph.trig"], format=RdfFormat.TRIG) if quad.predicate == SOURCE}
    told = [line.strip() for line in made["report.txt"].decode().splitlines()]
    names = sorted(shown(path.name) for path in folder.iterdir())
    read = {name for name in names if any(source.startswith(name) for source in sources)}
    assert [name for name in names if name not in read and not any(line.startswith(name) for line in told)] == []

    print(f"{len(read)} of 300 files have articles in the graph, {len(sources)} articles; peak memory {memory} MB")
    assert memory < MEMORY
