"""What stands in a corpus beside good files: each thing that cannot be read is named, and nothing hangs."""

from __future__ import annotations

import gzip
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from kgbuild.errors import CorpusError, Problem
from kgbuild.ontology import Ontology
from kgbuild.read.text import corpus
from kgbuild.read.text.corpus import FoundArticle, find_articles
from kgbuild.read.text.issued import Said
from kgbuild.read.text.places import address, stands
from kgbuild.read.text.record import Record

GOOD = "March 3, 2016\n\nNorway met Oman."
UNFORESEEN = "It is left out. Please report this, with what problems.log says of it."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus with one good article."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text(GOOD, encoding="utf-8")
    return tmp_path / "in"


def found(path: Path | str, ontology: Ontology) -> list[str]:
    """The sources of the articles of a corpus, and its problems, in order."""
    return [str(one) if isinstance(one, Problem) else one.article.source for one in find_articles([path], ontology)]


NOT_FOLLOWED = (
    "a link to a folder, which is not followed. Name the folder it leads to beside this one, if its articles are wanted."
)
POINT = "Point it to what was meant, or remove it."
PIPE = "Write what comes out of it into a file, or pipe it in: kgbuild build -"


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("nowhere.txt", f"link.txt: a link to nothing. {POINT}"),
        ("link.txt", f"link.txt: a link that leads back to itself. {POINT}"),
        ("good.txt/x", f"link.txt: a link to nothing. {POINT}"),
        ("..", f"link.txt: {NOT_FOLLOWED}"),
        (".", f"link.txt: {NOT_FOLLOWED}"),
    ],
)
def test_a_link_that_leads_to_no_file_is_named(folder: Path, ontology: Ontology, target: str, told: str) -> None:
    (folder / "link.txt").symlink_to(target)
    assert found(folder, ontology) == ["good.txt", told]


def test_a_link_to_a_file_is_read(folder: Path, ontology: Ontology) -> None:
    (folder.parent / "other.txt").write_text(GOOD, encoding="utf-8")
    (folder / "link.txt").symlink_to("../other.txt")
    assert found(folder, ontology) == ["good.txt", "link.txt"]


def test_a_named_pipe_is_named_and_not_waited_for(folder: Path, ontology: Ontology) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert found(folder, ontology) == ["good.txt", f"pipe.txt: a named pipe, no file. {PIPE}"]
    assert found(folder / "pipe.txt", ontology) == [f"{folder}/pipe.txt: a named pipe, no file. {PIPE}"]


def test_a_device_is_named(ontology: Ontology) -> None:
    assert found("/dev/zero", ontology) == [f"/dev/zero: a device, no file. {PIPE}"]


def test_a_socket_is_named(folder: Path, ontology: Ontology, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)  # the address of a socket has at most about a hundred characters
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("socket.txt")
        assert found(folder, ontology) == ["good.txt", f"socket.txt: a socket, no file. {PIPE}"]


@pytest.mark.parametrize(
    ("closed", "told"),
    [
        ("in/sub", ["good.txt", "sub: this folder cannot be read: Permission denied. Give yourself the right to read it."]),
        ("in", ["FOLDER: this folder cannot be read: Permission denied. Give yourself the right to read it."]),
    ],
)
def test_a_folder_that_cannot_be_read_is_named(
    folder: Path, ontology: Ontology, monkeypatch: pytest.MonkeyPatch, closed: str, told: list[str]
) -> None:
    (folder / "sub").mkdir()
    scandir = os.scandir

    def refused(path: Path) -> object:
        if Path(path) == folder.parent / closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr("kgbuild.read.text.places.os.scandir", refused)
    assert found(folder, ontology) == [line.replace("FOLDER", str(folder)) for line in told]


def test_a_file_that_cannot_be_opened_is_named(folder: Path, ontology: Ontology, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "closed.txt").write_text(GOOD, encoding="utf-8")

    def refused(file: Path, mode: str) -> BinaryIO:
        if file.name == "closed.txt":
            raise PermissionError(13, "Permission denied", str(file))
        return file.open("rb")

    monkeypatch.setattr(corpus, "open", refused, raising=False)
    told = "closed.txt: cannot be read: Permission denied. Give yourself the right to read it."
    assert found(folder, ontology) == [told, "good.txt"]


@pytest.mark.parametrize("name", [b"caf\xe9.txt", b"\xff\xfe.txt", b"a\xed\xa0\x80.txt"])
def test_a_file_whose_name_is_not_utf_8_is_read_and_kept_under_a_name_that_can_be_written(
    folder: Path, ontology: Ontology, name: bytes
) -> None:
    path = os.fsencode(folder) + b"/" + name
    try:
        with open(path, "wb") as file:
            file.write(GOOD.encode())
    except OSError:
        pytest.skip("a file system whose names are all UTF-8")
    _, one = sorted(find_articles([folder], ontology), key=lambda found: getattr(found, "file", "").startswith("file:"))
    assert isinstance(one, FoundArticle)
    assert one.article.source == "".join(chr(byte) if byte < 128 else f"\\x{byte:02x}" for byte in name)
    assert one.file.encode().startswith(b"file:///")
    assert stands(one.file)
    os.unlink(path)
    assert not stands(one.file)


def test_a_closed_standard_input_is_named(ontology: Ontology, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert found("-", ontology) == ["stdin: closed: there is nothing to read. Pipe a text in, or name a file."]


def test_an_ordinary_address_is_the_path(tmp_path: Path) -> None:
    assert address(tmp_path / "café 100%.txt") == f"{tmp_path}/café 100%.txt"


def test_a_name_that_steers_the_terminal_is_shown_harmless(folder: Path, ontology: Ontology) -> None:
    (folder / "\x1b[31mred\nname.txt").write_text(GOOD, encoding="utf-8")
    (folder / "\x1b]0;title\x07.gif").write_text(GOOD, encoding="utf-8")
    shown = [line.partition(": ")[0] for line in found(folder, ontology)]
    assert shown == ["\\x1b[31mred\\nname.txt", "\\x1b]0;title\\x07.gif", "good.txt"]


@pytest.mark.parametrize("name", ["x" * 5000, "x/" * 2500, "no\x1b[31m\nsuch"])
def test_a_path_that_no_system_has_is_refused_in_one_short_harmless_line(ontology: Ontology, name: str) -> None:
    with pytest.raises(CorpusError) as refused:
        found(name, ontology)
    message = str(refused.value)
    assert message.endswith("Name a folder of articles, e.g. kgbuild build seeds/")
    assert message.isprintable()
    assert len(message) < 350


# -- the net around a format ----------------------------------------------------------------------


def failing(stream: BinaryIO, name: str) -> Iterator[Record | Problem]:
    """Stands in for a format that gives one article, then fails in a way that nobody foresaw."""
    yield Record({"text": GOOD}, f"{name}:1", "1" * 64, 1)
    raise AttributeError("no such thing")


def test_a_format_that_raises_costs_what_follows_in_its_file_alone(
    folder: Path, ontology: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(corpus.FORMATS, ".odd", failing)
    (folder / "a.odd").write_bytes(b"")
    assert found(folder, ontology) == [
        "a.odd:1",
        "a.odd: kgbuild failed on it (AttributeError: no such thing). Nothing after a.odd:1 is read."
        " It is left out. Please report this, with what problems.log says of it.",
        "good.txt",
    ]


def test_a_record_that_becomes_no_article_costs_itself_alone(
    folder: Path, ontology: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dated(where: str, said: Said, *_: object) -> str | None:
        if said.field == "tomorrow":
            raise OverflowError("no such day")
        return None

    monkeypatch.setattr("kgbuild.read.text.record.find_issued", dated)
    (folder / "a.jsonl").write_text('{"text": "A.", "date": "tomorrow"}\n{"text": "B."}\n', encoding="utf-8")
    told = f"a.jsonl:1: kgbuild failed on it (OverflowError: no such day). {UNFORESEEN}"
    assert [line for line in found(folder, ontology) if line.startswith("a.")] == [told, "a.jsonl:2"]


def test_a_compressed_file_that_breaks_off_says_after_which_article(folder: Path, ontology: Ontology) -> None:
    lines = "".join(f'{{"text": "{number} {os.urandom(3000).hex()}"}}\n' for number in range(40))
    (folder / "a.jsonl.gz").write_bytes(gzip.compress(lines.encode())[:-5000])
    *read, told, good = found(folder, ontology)
    assert read == [f"a.jsonl.gz:{number}" for number in range(1, len(read) + 1)]
    assert told == (
        f"a.jsonl.gz: cannot be read after {read[-1]}: Compressed file ended before the end-of-stream marker was reached."
        " It is damaged: fetch it again."
    )
    assert good == "good.txt"


def test_a_record_whose_parts_cannot_be_named_costs_itself_alone(
    folder: Path, ontology: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(names: object) -> str:
        raise ArithmeticError("no such name")

    monkeypatch.setattr("kgbuild.read.text.fields._listed", fail)
    (folder / "a.jsonl").write_text('{"words": "A."}\n{"text": "B."}\n', encoding="utf-8")
    told = f"a.jsonl:1: kgbuild failed on it (ArithmeticError: no such name). {UNFORESEEN}"
    assert [line for line in found(folder, ontology) if line.startswith("a.")] == [told, "a.jsonl:2"]


def test_a_file_that_is_given_up_gives_up_no_other_of_its_name(
    folder: Path, ontology: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kgbuild.read.text.patience.ENOUGH", 3)
    lines = {"one": "}\n}\n}\n{}\n", "two": '}\n}\n{"text": "A."}\n}\n}\n'}
    for name, content in lines.items():
        (folder / name).mkdir()
        (folder / name / "a.jsonl").write_text(content, encoding="utf-8")
    given = corpus.find_articles([folder / "one" / "a.jsonl", folder / "two" / "a.jsonl"], ontology)
    bad = "not JSON: Expecting value: line 1 column 1 (char 0)."
    assert [str(one) if isinstance(one, Problem) else one.article.source for one in given] == [
        *(f"a.jsonl:{number}: {bad}" for number in (1, 2, 3)),
        "a.jsonl: 3 of its records one after the other are no articles. No more of it is read.",
        *(f"a.jsonl:{number}: {bad}" for number in (1, 2)),
        "a.jsonl:3",
        *(f"a.jsonl:{number}: {bad}" for number in (4, 5)),
    ]


def test_a_table_without_a_text_is_told_once_and_read_no_further(folder: Path, ontology: Ontology) -> None:
    (folder / "a.csv").write_text("n,m\n" + "1,2\n" * 50 + "1,2,3\n", encoding="utf-8")
    told = "a.csv: no column is known to hold the text: it has `n`, `m`. Say which it is: --text-field NAME."
    assert [line for line in found(folder, ontology) if line.startswith("a.")] == [told]
