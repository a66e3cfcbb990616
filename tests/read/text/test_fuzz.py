"""Spoiled files and odd texts, a few of the many that tests/bench/fuzz.py makes: each is read or told of."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from random import Random

import fuzzing
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgbuild.errors import LONGEST, Problem
from kgbuild.ontology import Ontology
from kgbuild.read.text.corpus import FORMATS, FoundArticle
from kgbuild.read.text.record import Record, article_of

FILES = fuzzing.whole_files()


@pytest.fixture
def taken(tmp_path: Path, ontology: Ontology):
    """What comes of one file: the text of each article, and each Problem but that of the date."""

    def taken(name: str, content: bytes) -> list[str | Problem]:
        found: list[str | Problem] = []
        for one in fuzzing.taken(name, content, tmp_path / "in", ontology, alone=True):
            found += [one.article.text, *one.problems] if isinstance(one, FoundArticle) else [one]
        return [one for one in found if isinstance(one, str) or not one.what.startswith("no date found")]

    return taken


def test_there_are_whole_files_of_every_format() -> None:
    assert sorted(FILES) == sorted(FORMATS)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_whole_file_gives_all_that_stands_in_it(tmp_path: Path, ontology: Ontology, suffix: str) -> None:
    for content in FILES[suffix]:
        found = fuzzing.taken(f"a{suffix}", content, tmp_path, ontology)
        texts = " ".join(one.article.text for one in found if isinstance(one, FoundArticle))
        assert [one for one in fuzzing.stood(content) if one not in texts] == []
        assert any(one in texts for one in fuzzing.SENTENCES)


@settings(max_examples=250)
@given(seed=st.integers(0, 2**40))
def test_a_spoiled_file_is_read_or_told_of_and_spoils_no_other(
    tmp_path_factory: pytest.TempPathFactory, ontology: Ontology, seed: int
) -> None:
    chance = Random(seed)
    _, name, content = fuzzing.spoiled_file(chance, FILES)
    fuzzing.taken(name, content, tmp_path_factory.getbasetemp() / "spoiled", ontology, alone=chance.random() < 0.3)


TEXT = st.lists(
    st.one_of(st.text(max_size=20), st.sampled_from([one for one in fuzzing.HOSTILE if isinstance(one, str)])), max_size=6
)


@settings(max_examples=80)
@given(text=TEXT.map("".join))
def test_any_text_is_an_article_that_fits_or_a_problem(text: str) -> None:
    problems: list[Problem] = []
    article = article_of(Record({"text": text}, "a.txt", "0" * 64), (), problems.append)
    assert article is not None or problems
    for problem in problems:
        fuzzing.keeps_problem(problem)
    if article is not None:
        fuzzing.keeps_article(article)
        fuzzing.keeps_offsets(article.text)


# -- what it has found ----------------------------------------------------------------------------

READ = "Norway met Oman."


DAMAGED = "cannot be read: the archive is damaged where it says at which place this stands."


def test_a_zip_whose_places_are_wrong_is_a_problem(taken) -> None:
    whole = fuzzing.zipped({"a.txt": READ.encode()})
    cut = whole[20:]
    assert taken("a.zip", cut) == [Problem("a.zip/a.txt", DAMAGED)]
    document = io.BytesIO()
    with zipfile.ZipFile(document, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert taken("a.docx", document.getvalue()[20:]) == [Problem("a.docx/word/document.xml", DAMAGED)]


@pytest.mark.parametrize("sender", ["a: b@c.d, e:;, f;", "x:" * 900 + "y@z", "(" * 5000])
def test_a_mail_whose_sender_cannot_be_parsed_is_read(taken, sender: str) -> None:
    mail = f"From: {sender}\nSubject: Talks\n\n{READ}\n"
    assert taken("a.eml", mail.encode()) == [f"Talks\n\n{READ}"]


def test_a_table_that_has_nothing_but_names_is_told_of(taken) -> None:
    told = Problem("a.csv", "a row of names, and nothing beneath it.", "The first row names the columns.")
    assert taken("a.csv", b"title,text\r\n") == [told]


@pytest.mark.parametrize("content", [b"", b"\n", b" \n\n \r\n"])
def test_json_lines_without_a_line_are_told_of(taken, content: bytes) -> None:
    assert taken("a.jsonl", content) == [Problem("a.jsonl", "empty.")]


def test_records_of_an_archive_that_are_of_another_type_are_counted(taken) -> None:
    archive = (
        FILES[".warc"][0].replace(b"WARC-Type: response", b"WARC-Type: conversion").replace(b"conversion", b"response", 1)
    )
    text, told = taken("a.warc", archive)
    assert fuzzing.SENTENCES[0] in text
    what = 'what was fetched and is no page is not read: 2 records of type "conversion".'
    assert told == Problem("a.warc", what)


@pytest.mark.parametrize(
    ("spoiled", "told"),
    [
        (("</REUTERS>\n<REUTERS", "</REUTERS>\n<REUT"), "text after its </REUTERS>, which is not read."),
        (("</REUTERS>\n<REUTERS", "\n<REUT"), "has more than one <BODY>: the first is read."),
    ],
)
def test_a_story_of_reuters_without_its_beginning_is_told_of(taken, spoiled: tuple[str, str], told: str) -> None:
    content = FILES[".sgm"][0].decode().replace(*spoiled, 1).encode()
    assert [one for one in taken("a.sgm", content) if isinstance(one, Problem)] == [
        Problem("a.sgm:1", told, "Begin each story with <REUTERS>.")
    ]


def test_text_before_the_first_story_of_reuters_is_told_of(taken) -> None:
    problem, *texts = taken("a.sgm", b"Norway met Oman.\n" + FILES[".sgm"][0])
    assert (problem, len(texts)) == (Problem("a.sgm", "text before its first <REUTERS>, which is not read."), 3)


def test_a_part_of_an_export_that_may_hold_two_articles_is_told_of(taken) -> None:
    [content] = [one for one in FILES[".txt"] if one.startswith(b"HD  ")]
    found = taken("a.txt", content.replace(b"Document ABCD000020141211", b"Docum", 1))
    told = "this part of the Factiva export says `HD` twice: it may hold two articles."
    cure = "What parts them may be damaged; look at it."
    assert [one for one in found if isinstance(one, Problem)] == [Problem("a.txt:1", told, cure)]


def test_two_blocks_never_have_the_same_character(taken) -> None:
    text = "Norway met Oman. " + "\ufdfa" * 600  # one letter that is read as eighteen, in a paragraph that is cut
    article = article_of(Record({"text": text}, "a.txt", "0" * 64), (), lambda problem: None)
    assert article is not None
    assert [(one.start, one.end) for one in article.blocks] == [(0, 16), (17, 295), (295, 573), (573, 617)]


def test_a_part_of_a_coded_export_without_a_title_loses_no_story(taken) -> None:
    [content] = [one for one in FILES[".txt"] if one.startswith(b"HD  ")]
    found = [one for one in taken("a.txt", content.replace(b"HD  Peru", b"  Peru", 1)) if isinstance(one, str)]
    assert [sentence in text for sentence, text in zip(fuzzing.SENTENCES, found, strict=True)] == [True, True, True]


@pytest.mark.parametrize("text", ["\ufffd\ufffd\ufffd", "... --- !!!", "\U0001f600"])
def test_a_text_without_a_letter_is_a_problem(taken, text: str) -> None:
    assert taken("a.txt", text.encode()) == [Problem("a.txt", "no words: not a letter in it that can be read.")]


def test_letters_of_an_unknown_font_in_a_pdf_are_counted(taken) -> None:
    content = fuzzing.pdf(READ).replace(b"/F1 12 Tf", b"/F2 12 Tf")
    told = "16 of 16 characters cannot be read: they are in a font that does not say what they are."
    assert taken("a.pdf", content) == [
        Problem("a.pdf", told, "Save its text alone."),
        Problem("a.pdf", "no words: not a letter in it that can be read."),
    ]


def test_what_is_shown_of_a_problem_is_no_longer_than_a_few_lines() -> None:
    shown = str(Problem("a" * 60_000, "b" * 60_000 + ".", "Cure."))
    half = LONGEST // 2
    assert shown == f"{'a' * half}…{'a' * half}: {'b' * half}…{'b' * (half - 1)}. Cure."


@pytest.mark.parametrize("half", ["&#xd800;", "&#XDFFF;", "&#55296;"])
@pytest.mark.parametrize("place", ["<title>Peru", "<description><![CDATA[<p>Peru", "<item>"])
def test_half_a_character_by_its_number_costs_no_story_of_a_feed(taken, half: str, place: str) -> None:
    feed = FILES[".rss"][0].decode().replace("<![CDATA[", "").replace("]]>", "")
    place = place.replace("<![CDATA[", "")
    texts = [one for one in taken("a.rss", feed.replace(place, f"{place}{half}").encode()) if isinstance(one, str)]
    assert len(texts) == 3


def test_half_a_character_in_xml_of_two_bytes_a_letter_is_told_of(taken) -> None:
    feed = FILES[".rss"][0].decode().replace("<title>Peru", "<title>&#xd800;Peru")
    found = taken("a.rss", feed.encode("utf-16"))
    assert found[-1] == Problem("a.rss", "half a character (a lone surrogate).", "Nothing after it is read.")


def test_a_pdf_whose_objects_are_none_is_a_problem(taken) -> None:
    content = FILES[".pdf"][0].replace(b"/Kids [ 4 0 R ]", b"/Kids 7 0 0 0 R").replace(b"/Pages 2 0 R", b"/Pages [ 1 ]")
    told = [one.what.partition(":")[0] for one in taken("a.pdf", content) if isinstance(one, Problem)]
    assert told == ["not a PDF that can be read"]
