"""Builds that follow each other: only what is new is read, and the graph is that of one build of it all."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import kgbuild.read.reader
from kgbuild import pipeline
from kgbuild.graph.store import Graph
from kgbuild.graph.versions import Version, superseded, words_of
from kgbuild.incremental import Plan
from kgbuild.kept_articles import ArticlePlace, KeptArticle
from kgbuild.model import Article, Reading
from kgbuild.ontology import Ontology
from kgbuild.read.reader import Reader
from kgbuild.readings_cache import Keys, ReadingsCache
from kgbuild.report import Built

TEXTS = {
    "a.txt": "March 3, 2015\n\nNorway signed a fisheries treaty with Iceland in Oslo on Monday.",
    "b.txt": "PARIS, March 4, 2015. /AFP/. France denied that it had imposed sanctions on Mali.",
    "c.txt": "Chile will host a summit.\n\nPeru criticized Bolivia. It accused Bolivia of smuggling $3 million.",
    "d.txt": "LONDON, March 9, 2015. /Reuters/. Britain signed a fisheries treaty with Norway last week.",
}


@pytest.fixture(autouse=True)
def one_reader(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The loaded model serves all builds of this file."""
    monkeypatch.setattr(kgbuild.read.reader, "Reader", lambda ontology, model: reader)
    yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus of four articles."""
    return write(tmp_path / "in", TEXTS)


def write(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def made(output: Path) -> dict[str, bytes]:
    return {name: (output / name).read_bytes() for name in ("graph.trig", "network.html", "report.txt")}


def kept(article: Article) -> KeptArticle:
    return KeptArticle.of(article, ArticlePlace(article.source, None, article.source, ()))


def counts(built: Built) -> tuple[int, int, int]:
    return built.articles, built.read, built.absent


def build(corpus: list[Path], output: Path, ontology: Ontology, *, prune: bool = False) -> tuple[int, int, int]:
    return counts(pipeline.build(corpus, output, ontology=ontology, prune=prune))


def claims_of(output: Path) -> set[str]:
    rows = Graph.open(output / "store").select("SELECT ?what WHERE { ?claim dip:claims ?what }").rows
    return {str(what.value).partition("#")[2] for (what,) in rows if what}


def test_what_was_read_is_not_read_again(folder: Path, tmp_path: Path, ontology: Ontology) -> None:
    assert build([folder], tmp_path / "out", ontology) == (4, 4, 0)
    before = made(tmp_path / "out")
    assert build([folder], tmp_path / "out", ontology) == (4, 0, 0)
    assert made(tmp_path / "out") == before


def test_built_in_slices_in_any_order_the_bytes_are_those_of_one_build(
    folder: Path, tmp_path: Path, ontology: Ontology
) -> None:
    build([folder], tmp_path / "whole", ontology)
    for names in (["d.txt"], ["b.txt", "a.txt"], ["c.txt"]):
        build([folder / name for name in names], tmp_path / "out", ontology)
    assert made(tmp_path / "out") == made(tmp_path / "whole")


def test_an_article_that_has_gone_stays_until_it_is_pruned(folder: Path, tmp_path: Path, ontology: Ontology) -> None:
    build([folder], tmp_path / "out", ontology)
    (folder / "c.txt").unlink()
    assert build([folder], tmp_path / "out", ontology) == (4, 0, 1)
    assert "Criticize" in claims_of(tmp_path / "out")
    assert build([folder], tmp_path / "out", ontology, prune=True) == (3, 0, 0)
    build([folder], tmp_path / "fresh", ontology)
    assert made(tmp_path / "out") == made(tmp_path / "fresh")


def test_a_changed_file_replaces_what_it_said(folder: Path, tmp_path: Path, ontology: Ontology) -> None:
    build([folder], tmp_path / "out", ontology)
    write(folder, {"c.txt": "Ghana thanked Togo."})
    assert build([folder], tmp_path / "out", ontology) == (4, 1, 0)
    build([folder], tmp_path / "fresh", ontology)
    assert made(tmp_path / "out") == made(tmp_path / "fresh")


def test_a_renamed_file_is_not_read_again(folder: Path, tmp_path: Path, ontology: Ontology) -> None:
    build([folder], tmp_path / "out", ontology)
    (folder / "c.txt").rename(folder / "e.txt")
    assert build([folder], tmp_path / "out", ontology) == (4, 0, 0)
    build([folder], tmp_path / "fresh", ontology)
    assert made(tmp_path / "out") == made(tmp_path / "fresh")


def test_the_same_text_under_two_names_comes_from_the_first_in_whatever_order(
    folder: Path, tmp_path: Path, ontology: Ontology
) -> None:
    write(folder, {"Z.txt": TEXTS["a.txt"]})
    build([folder], tmp_path / "whole", ontology)
    for name in ("a.txt", "Z.txt", "b.txt", "c.txt", "d.txt"):
        build([folder / name], tmp_path / "out", ontology)
    assert made(tmp_path / "out") == made(tmp_path / "whole")
    assert "a.txt: the same text as Z.txt. It is read once." in (tmp_path / "out" / "report.txt").read_text()


def test_a_record_that_moves_within_its_file_and_changes_replaces_what_it_said(tmp_path: Path, ontology: Ontology) -> None:
    file, records = tmp_path / "a.jsonl", [{"id": "1", "text": "France met Mali."}, {"id": "2", "text": "Peru met Togo."}]
    file.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    build([file], tmp_path / "out", ontology)
    changed = [{"id": "2", "text": "Ghana thanked Chad."}, records[0]]
    file.write_text("\n".join(map(json.dumps, changed)), encoding="utf-8")
    assert build([file], tmp_path / "out", ontology) == (2, 1, 0)
    build([file], tmp_path / "fresh", ontology)
    assert made(tmp_path / "out") == made(tmp_path / "fresh")


def test_a_file_with_a_number_sign_in_its_name_is_a_file(tmp_path: Path, ontology: Ontology) -> None:
    folder = write(tmp_path / "in", {"a#1.txt": TEXTS["a.txt"], "b.txt": TEXTS["a.txt"]})
    for name in ("a#1.txt", "b.txt"):
        build([folder / name], tmp_path / "out", ontology)
    assert "b.txt: the same text as a#1.txt. It is read once." in (tmp_path / "out" / "report.txt").read_text()


@pytest.mark.parametrize(("number", "is_version"), [(None, True), (12, False)])
def test_files_of_one_name_are_versions_and_records_of_one_number_are_not(number: int | None, is_version: bool) -> None:
    texts = ["France met Mali in Paris.", "France met Mali in Lyon."]
    older, newer = (
        Article(f"article/{n:016}", text, (), f"{n:016}", "wire:12", issued=f"2015-03-0{n + 1}", record_number=number)
        for n, text in enumerate(texts)
    )
    words = {article.iri: words_of(article) for article in (older, newer)}
    found = superseded(map(Version.of, (older, newer)), words.__getitem__)
    assert found == ({older.iri: Version.of(newer)} if is_version else {})


def test_an_article_that_could_not_be_read_has_no_key_after_reading() -> None:
    plan = Plan({}, {}, {"article/kept": "k", "article/1": "k1", "article/2": "k2"}, ("article/1", "article/2"))
    assert plan.keys_after({"article/2"}) == {"article/kept": "k", "article/2": "k2"}


@pytest.mark.parametrize("first", [0, 1])
def test_of_two_articles_with_one_url_the_later_one_speaks(tmp_path: Path, ontology: Ontology, first: int) -> None:
    records = [
        {"text": "France criticized Mali.", "date": "2015-03-04", "url": "https://news.example/a?id=7"},
        {"text": "France met Mali in Paris.", "date": "2015-03-05", "url": "http://www.news.example/a?id=7#top"},
    ]
    for number, record in enumerate(records):
        (tmp_path / f"{number}.jsonl").write_text(json.dumps(record), encoding="utf-8")
    build([tmp_path / f"{first}.jsonl"], tmp_path / "out", ontology)
    built = pipeline.build([tmp_path / f"{1 - first}.jsonl"], tmp_path / "out", ontology=ontology)
    assert claims_of(tmp_path / "out") == {"Meeting"}
    assert [str(p) for p in built.problems] == ["0.jsonl:1: replaced by 1.jsonl:1, a later version of it."]


def test_a_reading_comes_back_as_it_was(folder: Path, tmp_path: Path, reader: Reader, ontology: Ontology) -> None:
    readings = list(pipeline.read([folder], ontology, lambda problem: None))
    keys = Keys(ontology, "a model")
    with ReadingsCache(tmp_path / "readings.sqlite") as cache:
        for reading in readings:
            cache.add(keys(kept(reading.article)), reading)
        cache.save()
        back: list[Reading] = [cache.reading(keys(kept(reading.article)), reading.article) for reading in readings]
    assert back == readings


def test_an_article_with_slips_of_the_wire_is_found_again_and_cited_as_written(tmp_path: Path, ontology: Ontology) -> None:
    text = "March 3, 1987\n\nThe U.S. And Chad signed a fisheries treaty in Paris. The U.S. Imposed duties on Mali."
    corpus = write(tmp_path / "in", {"slips.txt": text})
    assert [build([corpus], tmp_path / "out", ontology) for _ in range(2)] == [(1, 1, 0), (1, 0, 0)]
    rows = Graph.open(tmp_path / "out" / "store").select("SELECT ?words WHERE { ?s a dip:Sentence ; oa:exact ?words }").rows
    words = {str(row[0].value) for row in rows if row[0]}
    assert {"The U.S. And Chad signed a fisheries treaty in Paris.", "The U.S. Imposed duties on Mali."} <= words
    assert {"SignAgreement", "Tariff"} <= claims_of(tmp_path / "out")


def test_another_ontology_or_model_has_other_keys(folder: Path, reader: Reader, ontology: Ontology) -> None:
    article = next(pipeline.read([folder], ontology, lambda problem: None)).article
    other = Ontology.__new__(Ontology)
    other.digest = "another"
    keys = [of(kept(article)) for of in (Keys(ontology, "m"), Keys(ontology, "n"), Keys(other, "m"))]
    assert len(set(keys)) == 3


def test_a_damaged_file_of_readings_is_told(folder: Path, tmp_path: Path, ontology: Ontology) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "readings.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(pipeline.KgbuildError) as error:
        build([folder], tmp_path / "out", ontology)
    assert str(error.value) == (
        f"{tmp_path}/out/readings.sqlite: the kept readings cannot be used (file is not a database)."
        " Restore this file from a backup, or save what is sound in it: sqlite3 readings.sqlite .recover | sqlite3"
        " mended.sqlite. Else move it away, do not delete it: articles that the corpus no longer has are in no other place."
        " A build without it reads all others anew."
    )


def damage(output: Path, change: str) -> None:
    with closing(sqlite3.connect(output / "readings.sqlite")) as database, database:
        database.execute(change)


@pytest.mark.parametrize("parts", ["x'00'", "substr(parts, 1, 20)", "NULL", "'text'", "7"])
def test_a_damaged_reading_is_told_and_read_anew(folder: Path, tmp_path: Path, ontology: Ontology, parts: str) -> None:
    build([folder], tmp_path / "out", ontology)
    (folder / "c.txt").unlink()
    before = (tmp_path / "out" / "graph.trig").read_bytes()
    damage(tmp_path / "out", f"UPDATE reading SET parts = {parts}")
    built = pipeline.build([folder], tmp_path / "out", ontology=ontology)
    told = [str(problem) for problem in built.problems if "damaged" in problem.what]
    assert told == [f"{name}: its kept reading was damaged. It is read anew." for name in sorted(TEXTS)]
    assert (counts(built), built.left_out) == ((4, 4, 1), ())
    assert (tmp_path / "out" / "graph.trig").read_bytes() == before


def test_a_missing_reading_is_read_anew_though_the_corpus_no_longer_has_the_article(
    folder: Path, tmp_path: Path, ontology: Ontology
) -> None:
    build([folder], tmp_path / "out", ontology)
    before = made(tmp_path / "out")
    (folder / "c.txt").unlink()
    damage(tmp_path / "out", "DELETE FROM reading")
    assert build([folder], tmp_path / "out", ontology) == (4, 4, 1)
    assert made(tmp_path / "out") == before


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("DELETE FROM reading", "the reading of d.txt is missing"),
        ("UPDATE reading SET parts = x'00'", "the reading of d.txt is damaged"),
        ("UPDATE held SET held = x'00'", "an article is damaged"),
    ],
)
def test_whoever_asks_for_a_damaged_reading_is_told_how_to_mend_it_and_lose_nothing(
    folder: Path, tmp_path: Path, ontology: Ontology, change: str, what: str
) -> None:
    build([folder / "d.txt"], tmp_path / "out", ontology)
    damage(tmp_path / "out", change)
    with pytest.raises(pipeline.KgbuildError) as error:
        pipeline.as_of(tmp_path / "out", "2015", ontology)
    assert str(error.value) == (
        f"{tmp_path}/out/readings.sqlite: {what}. Leave the file where it is and build again into this folder:"
        " what is damaged is read anew, and all else stays."
    )


def test_a_kept_article_that_is_damaged_is_taken_from_the_corpus_and_left_out_where_that_no_longer_has_it(
    folder: Path, tmp_path: Path, ontology: Ontology
) -> None:
    build([folder], tmp_path / "out", ontology)
    damage(tmp_path / "out", "UPDATE held SET held = x'00'")
    (folder / "c.txt").unlink()
    built = pipeline.build([folder], tmp_path / "out", ontology=ontology)
    assert counts(built) == (3, 0, 0)
    [problem] = built.left_out
    assert re.fullmatch(
        r"article/[0-9a-f]{16}: what earlier builds kept of this article is damaged."
        r" It is left out; build again from where it stood\.",
        str(problem),
    )


def test_a_file_whose_name_is_not_utf_8_stays_the_same_file(tmp_path: Path, ontology: Ontology) -> None:
    (tmp_path / "in").mkdir()
    path = os.fsencode(tmp_path / "in") + b"/caf\xe9.txt"
    for text in ("France criticized Mali.", "France met Mali in Paris."):
        try:
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        except OSError:
            pytest.skip("a file system whose names are all UTF-8")
        assert build([tmp_path / "in"], tmp_path / "out", ontology) == (1, 1, 0)
    assert claims_of(tmp_path / "out") == {"Meeting"}


def test_past_a_size_no_view_is_written_and_none_of_an_earlier_graph_stays(
    folder: Path, tmp_path: Path, ontology: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([folder / "a.txt"], tmp_path / "out", ontology)
    monkeypatch.setattr(pipeline, "VIEWED", 100)
    build([folder], tmp_path / "out", ontology)
    assert sorted(file.name for file in (tmp_path / "out").iterdir() if not file.name.startswith(".")) == [
        *("merged.sqlite", "readings.sqlite", "report.txt", "store"),
    ]
