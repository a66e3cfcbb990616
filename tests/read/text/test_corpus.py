"""The corpus reader: what an article is made of, and what a bad file says."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgbuild.errors import CorpusError, Problem
from kgbuild.model import Article
from kgbuild.ontology import Ontology
from kgbuild.read.text import decoding
from kgbuild.read.text.article_dates import date_of
from kgbuild.read.text.blocks import find_blocks
from kgbuild.read.text.corpus import FORMATS, STDIN, FoundArticle, find_articles, read_corpus
from kgbuild.read.text.decoding import decode
from kgbuild.read.text.formats import csv_table
from kgbuild.read.text.record import MAX_ARTICLE

STORY = """Norway and Oman sign a fishing accord

March 3, 2016, 09:15

The accord covers forty ports and lasts ten years

OSLO, March 3. /NTB/. Norway and Oman signed a fishing accord on Thursday.

The ministers met in the harbour.

Read more on the site
"""

NO_DATE = "no date found, so relative dates stay open."


@pytest.fixture
def read(ontology: Ontology):
    """Reads a corpus: its articles and its problems."""

    def read(*paths: str | Path) -> tuple[list[Article], list[Problem]]:
        problems: list[Problem] = []
        return list(read_corpus(paths, ontology, problems.append)), problems

    return read


@pytest.fixture
def story(tmp_path: Path, read) -> Article:
    """The article of STORY."""
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    return read(tmp_path)[0][0]


def pieces(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


# -- what an article is made of -------------------------------------------------------------------


def test_each_paragraph_is_known_for_what_it_is(story: Article) -> None:
    assert pieces(story) == [
        ("title", "Norway and Oman sign a fishing accord"),
        ("date", "March 3, 2016, 09:15"),
        ("summary", "The accord covers forty ports and lasts ten years"),
        ("dateline", "OSLO, March 3. /NTB/. "),
        ("body", "Norway and Oman signed a fishing accord on Thursday."),
        ("body", "The ministers met in the harbour."),
        ("boilerplate", "Read more on the site"),
    ]


def test_title_date_publisher_and_place_are_read_from_the_text(story: Article) -> None:
    assert (story.title, story.issued, story.publisher, story.dateline, story.place, story.url, story.source) == (
        "Norway and Oman sign a fishing accord",
        "2016-03-03T09:15:00",
        "NTB",
        "OSLO, March 3. /NTB/.",
        "OSLO",
        None,
        "story.txt",
    )


def test_an_article_without_an_id_is_named_by_its_content(story: Article) -> None:
    assert story.id == story.iri == f"article/{story.sha256[:16]}"


@pytest.mark.parametrize(
    ("opening", "dateline", "place", "publisher"),
    [
        ("OSLO, March 3. /NTB/. ", "OSLO, March 3. /NTB/.", "OSLO", "NTB"),
        ("OSLO (Reuters) — ", "OSLO (Reuters) —", "OSLO", "Reuters"),
        ("OSLO (Reuters) - ", "OSLO (Reuters) -", "OSLO", "Reuters"),
        ("NEW YORK, Feb 26 - ", "NEW YORK, Feb 26 -", "NEW YORK", None),
        ("BRUSSELS, 3 March /Belga News/ - ", "BRUSSELS, 3 March /Belga News/ -", "BRUSSELS", "Belga News"),
    ],
)
def test_a_dateline_gives_place_and_agency(
    tmp_path: Path, read, opening: str, dateline: str, place: str, publisher: str | None
) -> None:
    (tmp_path / "a.txt").write_text(f"Ports reopen\n\n{opening}The ports reopened.\n", encoding="utf-8")
    [article], _ = read(tmp_path)
    assert (article.dateline, article.place, article.publisher) == (dateline, place, publisher)
    assert pieces(article)[-1] == ("body", "The ports reopened.")


def test_an_acronym_that_opens_a_sentence_is_no_dateline(tmp_path: Path, read) -> None:
    (tmp_path / "a.txt").write_text("NATO praised Iceland.\n", encoding="utf-8")
    [article], _ = read(tmp_path)
    assert (article.dateline, article.place, pieces(article)) == (None, None, [("body", "NATO praised Iceland.")])


@pytest.mark.parametrize(
    ("text", "issued"),
    [
        ("March 3, 2016", "2016-03-03"),
        ("3 March 2016", "2016-03-03"),
        ("2016-03-03", "2016-03-03"),
        ("2016-03-03T09:15:00", "2016-03-03T09:15:00"),
        ("Norway, Mar 3, 2016, 9:15", "2016-03-03T09:15:00"),
        ("Sept. 3, 2016", "2016-09-03"),
        ("March 2016", None),
        ("March 3", None),
        ("2016", None),
        ("3/4/2016", None),
        ("February 30, 2016", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_date_needs_day_month_and_year_and_is_never_invented(text: str, issued: str | None) -> None:
    assert date_of(text) == issued


def test_an_article_without_a_date_has_none_and_says_so(tmp_path: Path, read) -> None:
    (tmp_path / "a.txt").write_text("Ports reopen\n\nOSLO, March 3. /NTB/. The ports reopened.\n", encoding="utf-8")
    [article], problems = read(tmp_path)
    assert (article.issued, problems) == (None, [Problem("a.txt", NO_DATE)])


def test_a_title_of_several_lines_without_end_is_body(tmp_path: Path, read) -> None:
    (tmp_path / "a.txt").write_text("The ports reopened on Thursday.\n\nShips left.\n", encoding="utf-8")
    [article], _ = read(tmp_path)
    assert pieces(article) == [("body", "The ports reopened on Thursday."), ("body", "Ships left.")]
    assert article.title == "The ports reopened on Thursday."


# -- encodings and bad files ----------------------------------------------------------------------


def test_windows_1252_is_read_with_a_problem(tmp_path: Path, read) -> None:
    (tmp_path / "a.txt").write_bytes("The café at the port – closed “for now” – reopened.".encode("cp1252"))
    [article], problems = read(tmp_path)
    assert article.text == "The café at the port – closed “for now” – reopened."
    assert problems[0] == Problem("a.txt, byte 7", "not UTF-8; read as Windows-1252.", "Convert it if words look wrong.")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_byte_order_mark_is_understood_and_left_out(tmp_path: Path, read, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes("Ports réopen on March 3, 2016.".encode(encoding))
    [article], problems = read(tmp_path)
    assert (article.text, problems) == ("Ports réopen on March 3, 2016.", [Problem("a.txt", NO_DATE)])


def test_line_ends_of_windows_are_line_ends(tmp_path: Path, read) -> None:
    (tmp_path / "a.txt").write_bytes(STORY.replace("\n", "\r\n").encode())
    [article], _ = read(tmp_path)
    assert article.text == STORY


def test_a_binary_file_is_a_problem_and_the_rest_goes_on(tmp_path: Path, read) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x89PNG\0\0\0")
    (tmp_path / "b.txt").write_text(STORY)
    articles, problems = read(tmp_path)
    assert [a.source for a in articles] == ["b.txt"]
    cure = "Take it out of the corpus, or convert it to text."
    assert problems == [Problem("a.txt", "not text (it has NUL bytes).", cure)]


@pytest.mark.parametrize("content", ["", " \n\t\n"])
def test_an_empty_file_is_a_problem(tmp_path: Path, read, content: str) -> None:
    (tmp_path / "a.txt").write_text(content)
    assert read(tmp_path) == ([], [Problem("a.txt", "empty.")])


def test_a_path_that_is_not_there_is_refused(tmp_path: Path, read) -> None:
    with pytest.raises(CorpusError) as refused:
        read(tmp_path / "sedes")
    assert str(refused.value) == (
        f"{tmp_path / 'sedes'}: no such file or folder. Name a folder of articles, e.g. kgbuild build seeds/"
    )


def test_a_folder_without_articles_is_refused(tmp_path: Path, read) -> None:
    (tmp_path / "picture.png").write_bytes(b"png")
    with pytest.raises(CorpusError) as refused:
        read(tmp_path)
    assert str(refused.value) == (
        f"{tmp_path}: no articles here. kgbuild reads {', '.join(FORMATS)}, each also as .gz or in a .zip."
    )


def test_a_file_of_another_kind_is_a_problem(tmp_path: Path, read) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.png").write_bytes(b"png")
    articles, problems = read(tmp_path)
    assert [a.source for a in articles] == ["a.txt"]
    assert problems == [
        Problem(
            "b.png",
            "not a kind of file that kgbuild reads.",
            f"It reads {', '.join(FORMATS)}, .gz and .zip.",
        )
    ]


def test_hidden_files_and_folders_are_left_out(tmp_path: Path, read) -> None:
    (tmp_path / ".git").mkdir()
    for name in (".git/a.txt", ".DS_Store", ".b.txt", "c.txt"):
        (tmp_path / name).write_text(STORY)
    articles, problems = read(tmp_path)
    assert ([a.source for a in articles], problems) == (["c.txt"], [])


def test_files_come_in_the_order_of_their_names_with_folders(tmp_path: Path, read) -> None:
    (tmp_path / "m").mkdir()
    for name in ("z.txt", "m/a.txt", "a.txt"):
        (tmp_path / name).write_text(STORY)
    assert [a.source for a in read(tmp_path)[0]] == ["a.txt", "m/a.txt", "z.txt"]


def test_an_oversize_article_is_a_problem(tmp_path: Path, read) -> None:
    (tmp_path / "a.txt").write_text("a " * MAX_ARTICLE)
    assert read(tmp_path) == (
        [],
        [Problem("a.txt", "1,000,000 characters long, more than 500,000.", "Split it into one article a file.")],
    )


def test_stdin_is_read_for_a_dash(monkeypatch: pytest.MonkeyPatch, read) -> None:
    class Stdin:
        buffer = io.BytesIO(STORY.encode())

    monkeypatch.setattr(sys, "stdin", Stdin)
    [article], problems = read("-")
    assert (article.text, article.source, problems) == (STORY, "stdin", [])


def test_what_was_met_in_an_article_comes_with_it_and_what_is_no_article_by_itself(
    tmp_path: Path, ontology: Ontology
) -> None:
    (tmp_path / "a.txt").write_bytes("The café reopened.".encode("cp1252"))
    (tmp_path / "b.txt").write_bytes(b"GIF\0")
    (tmp_path / "c.jsonl").write_text('{"text": "Two."}\n{oops\n{"text": "Three.", "date": "2016-03-03"}\n')
    found = [
        one if isinstance(one, Problem) else (one.article.source, one.article.record_number, one.file, one.problems)
        for one in find_articles([tmp_path], ontology)
    ]
    decoded = Problem("a.txt, byte 7", "not UTF-8; read as Windows-1252.", "Convert it if words look wrong.")
    assert found == [
        ("a.txt", None, str(tmp_path / "a.txt"), (decoded, Problem("a.txt", NO_DATE))),
        Problem("b.txt", "not text (it has NUL bytes).", "Take it out of the corpus, or convert it to text."),
        ("c.jsonl:1", 1, str(tmp_path / "c.jsonl"), (Problem("c.jsonl:1", NO_DATE),)),
        Problem("c.jsonl:2", "not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)."),
        ("c.jsonl:3", 3, str(tmp_path / "c.jsonl"), ()),
    ]


def test_an_article_from_stdin_has_no_file(monkeypatch: pytest.MonkeyPatch, ontology: Ontology) -> None:
    class Stdin:
        buffer = io.BytesIO(STORY.encode())

    monkeypatch.setattr(sys, "stdin", Stdin)
    [found] = find_articles(["-"], ontology)
    assert isinstance(found, FoundArticle)
    assert (found.file, found.article.record_number) == (STDIN, None)


def test_a_file_that_is_named_is_read_as_text_whatever_its_suffix(tmp_path: Path, read) -> None:
    (tmp_path / "wire.log").write_text(STORY)
    [article], problems = read(tmp_path / "wire.log")
    assert (article.text, article.source, problems) == (STORY, "wire.log", [])


def test_a_file_too_large_for_one_article_is_a_problem(tmp_path: Path, read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "MAX_FILE", 2**20)
    (tmp_path / "a.txt").write_bytes(b"a" * (2**20 + 1))
    (tmp_path / "b.txt").write_bytes(b"May 5, 2014\n\nPorts reopened.")
    articles, problems = read(tmp_path)
    assert [a.source for a in articles] == ["b.txt"]
    assert problems == [Problem("a.txt", "larger than 1 MB.", "Split it: one article a file, or JSON Lines.")]


def test_a_paragraph_too_long_to_parse_is_cut_after_a_sentence() -> None:
    sentence = "The ports reopened. "
    text = (sentence * 400).strip()
    blocks = find_blocks(text, "", ())
    assert [(b.kind, b.start, b.end) for b in blocks] == [("body", 0, 4999), ("body", 5000, 7999)]


# -- records --------------------------------------------------------------------------------------


def test_json_lines_keep_id_and_text_untouched(tmp_path: Path, read) -> None:
    text = "  Norway met Oman.\r\n\r\n“Good”,\u00a0it said.  "
    record = {
        "id": "r-7",
        "text": text,
        "title": "Ports",
        "date": "2016-03-03",
        "source": "NTB",
        "url": "https://example.org/7",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(record) + "\n")
    [article], problems = read(tmp_path)
    assert problems == []
    assert (article.id, article.text, article.title, article.issued, article.publisher, article.url, article.source) == (
        "r-7",
        text,
        "Ports",
        "2016-03-03",
        "NTB",
        "https://example.org/7",
        "a.jsonl:1",
    )


def test_a_bad_json_line_is_a_problem_with_its_number(tmp_path: Path, read) -> None:
    lines = ['{"id": "1", "text": "One.", "date": "2016-03-03"}', "{oops", "", '{"title": "no text"}', "[1]"]
    lines.append('{"id": 6, "text": "Six.", "date": "2016-03-03"}')
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    articles, problems = read(tmp_path)
    assert [(a.id, a.source) for a in articles] == [("1", "a.jsonl:1"), ("6", "a.jsonl:6")]
    no_text = 'no "text".', 'A record needs at least {"text": "..."}.'
    assert problems == [
        Problem("a.jsonl:2", "not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)."),
        Problem("a.jsonl:4", *no_text),
        Problem("a.jsonl:5", *no_text),
    ]


def test_a_json_record_of_windows_1252_bytes_among_others_is_read_with_a_problem(tmp_path: Path, read) -> None:
    lines = [json.dumps({"text": text, "date": "2016-03-03"}, ensure_ascii=False) for text in ("café", "thé frappé")]
    (tmp_path / "a.jsonl").write_bytes(lines[0].encode("cp1252") + b"\n" + lines[1].encode())
    articles, problems = read(tmp_path)
    told = Problem("a.jsonl:1", "not UTF-8; read as Windows-1252.", "Convert it if words look wrong.")
    assert ([a.text for a in articles], problems) == (["café", "thé frappé"], [told])


def test_text_that_no_encoding_can_write_is_marked_and_told(tmp_path: Path, read) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Half an emoji: \\ud83d", "date": "2016-03-03"}\n')
    articles, problems = read(tmp_path)
    assert [p.where for p in problems] == ["a.jsonl:1"]
    assert [a.text for a in articles] == ["Half an emoji: \ufffd"]


def test_a_csv_names_its_columns_in_the_first_row(tmp_path: Path, read) -> None:
    with (tmp_path / "a.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["ID", "Title", "date", "text"], ["7", "Ports", "2016-03-03", "Norway met\n\nOman."]])
    [article], problems = read(tmp_path)
    assert problems == []
    assert (article.id, article.title, article.issued, article.text, article.source) == (
        "7",
        "Ports",
        "2016-03-03",
        "Norway met\n\nOman.",
        "a.csv:2",
    )


def test_a_csv_without_a_text_column_is_a_problem(tmp_path: Path, read) -> None:
    (tmp_path / "a.csv").write_text("id,words\n7,Norway met Oman.\n8,Oman met Norway.\n")
    what = "no column is known to hold the text: it has `id`, `words`."
    assert read(tmp_path) == ([], [Problem("a.csv", what, "Say which it is: --text-field NAME.")])


def test_an_empty_cell_of_a_csv_is_a_problem_of_that_row_alone(tmp_path: Path, read) -> None:
    (tmp_path / "a.csv").write_text('id,date,text\n1,2016-03-03,\n2,2016-03-03,"Norway met Oman."\n')
    articles, problems = read(tmp_path)
    assert [a.id for a in articles] == ["2"]
    assert [p.where for p in problems] == ["a.csv:2"]


def test_a_json_record_nested_too_deep_is_a_problem_and_the_rest_goes_on(tmp_path: Path, read) -> None:
    (tmp_path / "a.jsonl").write_text("[" * 200_000 + '\n{"id": "2", "text": "Two.", "date": "2016-03-03"}\n')
    articles, problems = read(tmp_path)
    assert ([a.id for a in articles], [p.where for p in problems]) == (["2"], ["a.jsonl:1"])


def test_a_csv_cell_too_large_for_any_article_is_a_problem_and_the_rows_after_it_are_read(
    tmp_path: Path, read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_table, "MAX_ROW", 2**20)
    rows = ["1,2016-03-03,One.", f"2,2016-03-03,{'a' * 2**20}", "3,2016-03-03,Three."]
    (tmp_path / "a.csv").write_text("\n".join(["id,date,text", *rows]))
    articles, problems = read(tmp_path)
    told = Problem("a.csv:3", "longer than 1 MB, or 100,000 lines.", "It is left out.")
    assert ([a.id for a in articles], problems) == (["1", "3"], [told])


def test_gzipped_files_are_read_as_what_they_hold(tmp_path: Path, read) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(STORY.encode()))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b'{"id": "1", "text": "One.", "date": "2016-03-03"}\n'))
    articles, problems = read(tmp_path)
    assert ([(a.source, a.issued) for a in articles], problems) == (
        [("a.txt.gz", "2016-03-03T09:15:00"), ("b.jsonl.gz:1", "2016-03-03")],
        [],
    )


NO_SUCH_BLOCK = gzip.compress(b"", mtime=0)[:10] + b"\x07" * 20
CUT_OFF = gzip.compress(STORY.encode(), mtime=0)[:40]


@pytest.mark.parametrize("content", [b"no gzip at all", CUT_OFF, NO_SUCH_BLOCK], ids=["other", "cut off", "no such block"])
def test_a_damaged_gzip_file_is_a_problem(tmp_path: Path, read, content: bytes) -> None:
    (tmp_path / "a.txt.gz").write_bytes(content)
    (tmp_path / "b.txt").write_text(STORY)
    articles, problems = read(tmp_path)
    assert [a.source for a in articles] == ["b.txt"]
    assert [p.where for p in problems] == ["a.txt.gz"]
    assert problems[0].what.startswith("cannot be read: ")


PAGE = """<html><head><title>Norway and Oman sign a fishing accord</title>
<meta property="og:site_name" content="North News"><meta property="article:published_time" content="2016-03-03T09:15:00Z">
</head><body><nav><a href="/">Home</a><a href="/x">Sport</a></nav><article><h1>Norway and Oman sign a fishing accord</h1>
<p>Norway and Oman signed a fishing accord on Thursday after two years of work on quotas and ports.</p>
<p>The ministers of both countries met in the harbour of Oslo and spoke about ships, ice and the price of cod.</p>
</article><footer>All rights reserved</footer></body></html>"""


def test_an_html_page_gives_its_article_and_not_its_menu(tmp_path: Path, read) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    [article], problems = read(tmp_path)
    assert problems == []
    assert (article.title, article.issued) == ("Norway and Oman sign a fishing accord", "2016-03-03")
    assert article.publisher == "North News"
    assert [text for kind, text in pieces(article) if kind == "body"] == [
        "Norway and Oman signed a fishing accord on Thursday after two years of work on quotas and ports.",
        "The ministers of both countries met in the harbour of Oslo and spoke about ships, ice and the price of cod.",
    ]


def test_an_html_page_without_an_article_is_a_problem(tmp_path: Path, read) -> None:
    (tmp_path / "a.html").write_text("<html><body></body></html>")
    assert read(tmp_path) == ([], [Problem("a.html", "no article text found in this HTML.")])


# -- for any input --------------------------------------------------------------------------------

LINES = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(["", " ", "OSLO, March 3. /NTB/. ", "March 3, 2016", "Read more", "OSLO (Reuters) - Ports reopen."]),
        st.sampled_from(["\u2028", "—", "OSLO, March 3. /NTB/. Ports reopen.", "Ports reopen"]),
    ),
    max_size=12,
).map("\n".join)


@settings(deadline=None, max_examples=150)
@given(text=LINES, title=st.text(max_size=20))
def test_blocks_are_in_order_inside_the_text_and_leave_out_white_space_only(text: str, title: str) -> None:
    blocks = find_blocks(text, title, ("Read more",))
    assert all(0 <= b.start < b.end <= len(text) for b in blocks)
    assert all(a.end <= b.start for a, b in pairwise(blocks))
    covered = {i for b in blocks for i in range(b.start, b.end)}
    assert "".join(c for i, c in enumerate(text) if i not in covered).strip() == ""
    assert all(text[b.start : b.end].strip() for b in blocks)


@given(content=st.binary(max_size=200))
def test_any_bytes_are_text_or_a_problem(content: bytes) -> None:
    problems: list[Problem] = []
    text = decode(content, "a.txt", problems.append)
    assert (text is None) == any("NUL bytes" in problem.what for problem in problems)


@settings(deadline=None, max_examples=150)
@given(text=st.text(alphabet="0123456789/-. MarchDecT:,", max_size=25))
def test_a_date_is_iso_8601_or_none(text: str) -> None:
    found = date_of(text)
    assert found is None or len(found) in (10, 19)


def test_a_dateline_may_follow_headline_and_byline_in_one_paragraph(tmp_path: Path, read) -> None:
    text = "Ports lose money By Ann Berg and Jo Lund OSLO (Reuters) - The ports lost money."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    [article], _ = read(tmp_path)
    assert (article.place, article.publisher) == ("OSLO", "Reuters")
    assert pieces(article) == [
        ("title", "Ports lose money"),
        ("dateline", "OSLO (Reuters) - "),
        ("body", "The ports lost money."),
    ]
