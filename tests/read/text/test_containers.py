"""Files within files: what is found in gzip and zip, and what no archive can make the reader do."""

from __future__ import annotations

import gzip
import io
import random
import tracemalloc
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from kgbuild.errors import Problem
from kgbuild.ontology import Ontology
from kgbuild.pipeline import build
from kgbuild.read.text import containers
from kgbuild.read.text.corpus import FORMATS, FoundArticle, find_articles

STORY = "May 5, 2014\n\nNorway met Oman."
RECORD = '{"id": "1", "text": "Oman met Chad.", "date": "2014-05-06"}\n'
MANY_TIMES = "cannot be read: it unpacks to more than 16 MB and 200 times its size; nothing after that is read."


def zipped(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of *members*."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return whole.getvalue()


@pytest.fixture
def taken(tmp_path: Path, ontology: Ontology):
    """Writes files and reads their folder: the place of each article, or its Problem, in order."""

    def taken(files: Mapping[str, bytes]) -> list[str | Problem]:
        for name, content in files.items():
            (tmp_path / name).write_bytes(content)
        return [one.article.source if isinstance(one, FoundArticle) else one for one in find_articles([tmp_path], ontology)]

    return taken


# -- what is found --------------------------------------------------------------------------------


def test_the_files_of_a_zip_are_read_as_if_it_were_a_folder(taken) -> None:
    files = {"b.txt": STORY, "2014/a.jsonl": RECORD, "2014/": "", "__MACOSX/._b.txt": "x", ".hidden/c.txt": "x"}
    assert taken({"wire.zip": zipped(files)}) == ["wire.zip/2014/a.jsonl:1", "wire.zip/b.txt"]


def test_containers_within_one_another_are_opened_one_after_the_other(taken) -> None:
    inner = zipped({"a.jsonl.gz": gzip.compress(RECORD.encode())})
    assert taken({"wire.zip.gz": gzip.compress(zipped({"b.txt": STORY})), "x.zip": zipped({"in.zip": inner})}) == [
        "wire.zip.gz/b.txt",
        "x.zip/in.zip/a.jsonl.gz:1",
    ]


def test_a_file_in_a_zip_that_is_of_no_kind_is_a_problem_of_its_own(taken) -> None:
    told = Problem(
        "wire.zip/b.png", "not a kind of file that kgbuild reads.", f"It reads {', '.join(FORMATS)}, .gz and .zip."
    )
    assert taken({"wire.zip": zipped({"a.txt": STORY, "b.png": "png", "c.txt": STORY + " Chad too."})}) == [
        "wire.zip/a.txt",
        told,
        "wire.zip/c.txt",
    ]


def test_a_file_without_a_name_in_a_zip_is_a_problem_and_stops_no_other(taken) -> None:
    packed = zipped({"a.txt": STORY, "x.txt": STORY}).replace(b"x.txt", b"\0.txt")
    told = Problem("wire.zip", "a file without a name in it.", "Pack it again under a name.")
    assert taken({"wire.zip": packed}) == [told, "wire.zip/a.txt"]


def test_a_name_that_leads_out_of_the_zip_is_a_label_and_no_path(tmp_path: Path, taken) -> None:
    assert taken({"wire.zip": zipped({"../../a.txt": STORY, "/etc/b.txt": STORY + " Chad too."})}) == [
        "wire.zip/../../a.txt",
        "wire.zip//etc/b.txt",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["wire.zip"]


def test_each_file_of_a_zip_has_its_own_place_in_the_corpus(tmp_path: Path, ontology: Ontology) -> None:
    (tmp_path / "wire.zip").write_bytes(zipped({"a.txt": STORY, "b.jsonl": RECORD}))
    found = [one.file for one in find_articles([tmp_path / "wire.zip"], ontology) if isinstance(one, FoundArticle)]
    assert found == [f"{tmp_path}/wire.zip/a.txt", f"{tmp_path}/wire.zip"]


@pytest.mark.slow
def test_a_build_again_keeps_all_articles_of_a_zip(tmp_path: Path) -> None:
    (tmp_path / "wire.zip").write_bytes(zipped({"a.txt": STORY, "b.txt": "May 6, 2014\n\nChad met Peru."}))
    first = build([tmp_path / "wire.zip"], tmp_path / "out")
    (tmp_path / "wire.zip").write_bytes(zipped({"a.txt": STORY, "c.txt": "May 7, 2014\n\nIran met Iraq."}))
    again = build([tmp_path / "wire.zip"], tmp_path / "out")
    assert (first.articles, again.articles) == (2, 3)


# -- what is wrong --------------------------------------------------------------------------------


def test_a_damaged_file_in_a_zip_stops_no_other(taken) -> None:
    whole = bytearray(zipped({"a.txt": STORY, "b.txt": STORY + " Chad too."}, zipfile.ZIP_STORED))
    whole[whole.find(b"Norway")] = ord("X")
    told = Problem("wire.zip/a.txt", "cannot be read: Bad CRC-32 for file 'a.txt'.", "It is damaged: fetch it again.")
    assert taken({"wire.zip": bytes(whole)}) == [told, "wire.zip/b.txt"]


def test_what_is_no_zip_and_what_is_an_empty_one_is_said(taken) -> None:
    assert taken({"a.zip": b"hello", "b.zip": zipped({}), "c.zip": zipped({"a.txt": STORY})[:60]}) == [
        Problem("a.zip", "cannot be read: File is not a zip file."),
        Problem("b.zip", "no files in it."),
        Problem("c.zip", "cannot be read: File is not a zip file."),
    ]


def test_an_encrypted_file_in_a_zip_is_a_problem(taken) -> None:
    whole = bytearray(zipped({"a.txt": STORY}))
    whole[6] |= 1  # the flags of the file, and those in the table of contents
    whole[whole.find(b"PK\x01\x02") + 8] |= 1
    assert taken({"wire.zip": bytes(whole)}) == [Problem("wire.zip/a.txt", "is encrypted.", "Unpack it with its password.")]


def test_a_method_that_cannot_be_unpacked_in_pieces_is_not_read(taken) -> None:
    assert taken({"wire.zip": zipped({"a.txt": STORY}, zipfile.ZIP_LZMA)}) == [
        Problem("wire.zip/a.txt", "packed by a method that is not read.", "Unpack it, or pack it with deflate, as usual.")
    ]


# -- limits ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.txt", "a.xml", "a.eml", "a.sgm", "a.pdf", "a.docx"])
def test_what_unpacks_to_many_times_its_size_is_stopped(taken, name: str) -> None:
    bomb = b"a" * 2**25
    assert taken({f"{name}.gz": gzip.compress(bomb), "z.zip": zipped({name: bomb})}) == [
        Problem(f"{name}.gz", MANY_TIMES),
        Problem(f"z.zip/{name}", MANY_TIMES),
    ]


def test_a_gzip_file_that_unpacks_without_end_takes_no_memory(tmp_path: Path, taken) -> None:
    with gzip.open(tmp_path / "a.jsonl.gz", "wb", compresslevel=1) as file:
        for _ in range(256):
            file.write(b"a" * 2**20)
    tracemalloc.start()
    found = taken({})
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (found, peak < 64 * 2**20) == ([Problem("a.jsonl.gz", MANY_TIMES)], True)


def test_a_member_larger_than_the_limit_is_named_and_the_rest_is_read(taken, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MAX_MEMBER", 2**20)
    large = random.Random(1).randbytes(2**20 + 1)
    told = "cannot be read: it unpacks to more than 1 MB; nothing after that is read."
    assert taken({"z.zip": zipped({"a.txt": large, "b.txt": STORY})}) == [Problem("z.zip/a.txt", told), "z.zip/b.txt"]


def test_what_all_members_unpack_to_is_limited_across_archives_within_archives(
    taken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(containers, "MAX_UNPACKED", 2**20)
    most = random.Random(1).randbytes(2**18).hex()
    told = "cannot be read: it unpacks to more than 1 MB together with what stands before it; nothing after that is read."
    inner = zipped({"b.txt": STORY, "c.txt": most, "d.txt": STORY})
    assert taken({"z.zip": zipped({"a.txt": "May 5, 2014\n\n" + most[:400_000], "in.zip": inner, "y.txt": STORY})}) == [
        "z.zip/a.txt",
        "z.zip/in.zip/b.txt",
        Problem("z.zip/in.zip/c.txt", told),
    ]


def test_archives_are_nested_three_deep_at_most(taken) -> None:
    whole = zipped({"a.txt": STORY})
    for _ in range(3):
        whole = zipped({"in.zip": whole})
    told = Problem("z.zip/in.zip/in.zip/in.zip", "stands within more than 3 archives.", "Unpack the outer ones.")
    assert taken({"z.zip": whole}) == [told]


def test_a_zip_with_too_many_files_is_not_read(taken, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MAX_MEMBERS", 2)
    assert taken({"z.zip": zipped(dict.fromkeys(("a.txt", "b.txt", "c.txt"), STORY))}) == [
        Problem("z.zip", "holds 3 files, more than 2.", "Split it.")
    ]


def test_a_table_of_contents_is_not_read_at_any_size(taken, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MAX_DIRECTORY", 2**20)
    assert taken({"z.zip": zipped(dict.fromkeys((f"{n}{'a' * 60_000}.txt" for n in range(20)), ""))}) == [
        Problem("z.zip", "cannot be read: its table of contents is larger than 1 MB.")
    ]


def test_a_large_zip_within_another_archive_is_not_read_into_memory(taken, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MAX_FILE", 2**20)
    large = zipped({"a.txt": random.Random(1).randbytes(2**20)})
    told = Problem("z.zip/in.zip", "a zip of more than 1 MB within another archive.", "Unpack the outer one.")
    assert taken({"z.zip": zipped({"in.zip": large, "x.txt": STORY})}) == [told, "z.zip/x.txt"]
