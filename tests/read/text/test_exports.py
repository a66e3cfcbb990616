"""Exports of news archives are parted into their articles; Markdown loses its mark-up."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild.errors import OntologyError, Problem
from kgbuild.ontology import Ontology
from kgbuild.read.text.corpus import read_corpus
from kgbuild.read.text.exports import known_exports

Said = tuple[str, str, str | None, str | None, str]


@pytest.fixture
def read(tmp_path: Path, ontology: Ontology):
    """Reads a text: place, title, date, publisher and text of each article, and the problems."""

    def read(text: str, name: str = "x.txt") -> tuple[list[Said], list[str]]:
        (tmp_path / name).write_text(text, encoding="utf-8")
        problems: list[Problem] = []
        articles = list(read_corpus([tmp_path / name], ontology, problems.append))
        return [(a.source, a.title, a.issued, a.publisher, a.text) for a in articles], [str(p) for p in problems]

    return read


NEXIS = """
                               1 of 2 DOCUMENTS

                              The North Times

                         December 16, 2014 Tuesday
                           Late Edition - Final

Norway signs treaty

BYLINE: By JANE DOE

SECTION: Section A; Column 0; Foreign Desk;
Pg. 1

LENGTH: 120 words

DATELINE: OSLO

Norway signed a treaty
with Chad on Monday.

The ministers met.

LOAD-DATE: December 17, 2014

LANGUAGE: ENGLISH

Copyright 2014 The North Times

                               2 of 2 DOCUMENTS

Other Paper

March 3, 2013 Sunday

Peru expels ambassador

LENGTH: 99 words

Peru expelled the Cuban ambassador on Friday.
"""
NEXIS_UNI = """Norway signs treaty

The North Times
December 16, 2014 Tuesday

Copyright 2014 The North Times All Rights Reserved

Section: WORLD; Pg. 1
Length: 120 words
Byline: By Jane Doe

Body

Norway signed a treaty
with Chad on Monday.

The ministers met.

Classification

Language: ENGLISH

Load-Date: December 17, 2014

End of Document

Peru expels ambassador
Other Paper
March 3, 2013 Sunday

Length: 99 words

Body

Peru expelled the Cuban ambassador on Friday.

Load-Date: March 4, 2013

End of Document
"""
FACTIVA = """World News
Norway signs treaty
By Jane Doe
120 words
16 December 2014
The North Times
NTIM
English
(c) 2014 The North Times

Norway signed a treaty
with Chad on Monday.

The ministers met.

Document NTIM000020141216eacg0001x

Peru expels ambassador
99 words
3 March 2013
Other Paper
OPAP
English
Copyright 2013 Other Paper

Peru expelled the Cuban ambassador on Friday.

Document OPAP000020130303e933000aa
"""
FACTIVA_CODES = """HD  Norway signs treaty
BY  By Jane Doe
WC  120 words
PD  16 December 2014
SN  The North Times
LA  English
LP
Norway signed a treaty
with Chad on Monday.

TD
The ministers met.

NS  gdip : International Relations
AN  Document NTIM000020141216eacg0001x
Document NTIM000020141216eacg0001x

HD
Peru expels ambassador
PD  3 March 2013
SN  Other Paper
LP  Peru expelled the Cuban ambassador on Friday.

Document OPAP000020130303e933000aa
"""
PROQUEST = """____________________________________________________________

Norway signs treaty

Author: Doe, Jane

ProQuest document link

Abstract: A treaty was signed.

Full text: Norway signed a treaty
with Chad on Monday.

The ministers met.

Title: Norway signs treaty

Publication title: The North Times; Oslo

Publication date: Dec 16, 2014

Document URL: https://search.example/1

____________________________________________________________

Peru expels ambassador

Full text: Peru expelled the Cuban ambassador on Friday.

Title: Peru expels ambassador

Publication title: Other Paper

Publication date: Mar 3, 2013

____________________________________________________________
"""
BODY = "Norway signs treaty\n\nNorway signed a treaty\nwith Chad on Monday.\n\nThe ministers met."


@pytest.mark.parametrize(
    ("export", "title", "publisher"),
    [
        (NEXIS, "Norway signs treaty", "The North Times"),
        (NEXIS_UNI, "Norway signs treaty", "The North Times"),
        (FACTIVA, "Norway signs treaty", "The North Times"),
        (FACTIVA_CODES, "Norway signs treaty", "The North Times"),
        (PROQUEST, "Norway signs treaty", "The North Times; Oslo"),
    ],
    ids=["Nexis", "Nexis Uni", "Factiva", "Factiva codes", "ProQuest"],
)
def test_an_export_is_parted_into_articles_with_their_own_dates(read, export: str, title: str, publisher: str) -> None:
    peru = "Peru expels ambassador\n\nPeru expelled the Cuban ambassador on Friday."
    assert read(export) == (
        [
            ("x.txt:1", title, "2014-12-16", publisher, BODY.replace("Norway signs treaty", title)),
            ("x.txt:2", "Peru expels ambassador", "2013-03-03", "Other Paper", peru),
        ],
        [],
    )


def test_a_part_without_a_story_is_a_problem(read) -> None:
    articles, problems = read("Search: treaty\n\n" + NEXIS)
    assert [source for source, *_ in articles] == ["x.txt:2", "x.txt:3"]
    assert problems == ['x.txt:1: a part of this Nexis export without an article: "Search: treaty".']


@pytest.mark.parametrize(
    "text",
    [
        "Talks\n\nDecember 16, 2014\n\nThe page said:\n\n1 of 3\n\nNorway met Oman.",
        "Talks\n\nDecember 16, 2014\n\n____________________________\n\nNorway met Oman.\n\nTitle: none.",
    ],
)
def test_a_text_that_only_has_such_a_line_is_one_article(read, text: str) -> None:
    assert read(text) == ([("x.txt", "Talks", "2014-12-16", None, text)], [])


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("[A]\nopen = 'x'", "[A] has open, which says nothing"),
        ("[A]\nopens = '('", "missing ), unterminated subpattern at position 0"),
        ("[A]\nlabels = { by = 'writer' }", "[A] has a label that is writer, which is no part of an article"),
    ],
)
def test_a_list_of_archives_that_cannot_be_used_is_refused(tmp_path: Path, said: str, told: str) -> None:
    (tmp_path / "exports.toml").write_text(said)
    with pytest.raises(OntologyError) as refused:
        known_exports(tmp_path)
    assert str(refused.value) == f"{tmp_path / 'exports.toml'}: cannot be used: {told}."


MARKDOWN = """# Norway signs *treaty*

December 16, 2014

Norway **signed** a [treaty](http://n.example/a_b) with `Chad`.
It was a_b & c.

- one
- two

![a picture](x.png)

<div class="x">Oman was there.</div>
"""


def test_markdown_loses_its_mark_up_and_nothing_else(read) -> None:
    text = (
        "Norway signs treaty\n\nDecember 16, 2014\n\nNorway signed a treaty with Chad.\nIt was a_b & c.\n\none\n\ntwo"
        "\n\nOman was there."
    )
    assert read(MARKDOWN, "a.md") == ([("a.md", "Norway signs treaty", "2014-12-16", None, text)], [])


@pytest.mark.parametrize(
    "front",
    ['---\ntitle: "Ports: open"\ndate: 2016-03-03\nauthor:\n---\n', '+++\ntitle = "Ports: open"\ndate = 2016-03-03\n+++\n'],
)
def test_front_matter_gives_the_fields_of_an_article(read, front: str) -> None:
    assert read(f"{front}\nNorway met Oman.\n", "a.md") == (
        [("a.md", "Ports: open", "2016-03-03", None, "Norway met Oman.")],
        [],
    )


def test_markdown_nested_too_deep_to_be_parsed_is_read_as_it_is(read) -> None:
    articles, _ = read(">" * 500 + "Norway met Oman.", "a.md")
    assert [text for *_, text in articles] == [">" * 500 + "Norway met Oman."]
