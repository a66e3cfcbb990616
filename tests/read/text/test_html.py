"""HTML as it is: its encoding, its date, its lead, and what is left out of a page that would take minutes."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild.errors import Problem
from kgbuild.model import Article
from kgbuild.ontology import Ontology
from kgbuild.read.text.charsets import charset, declared_charset
from kgbuild.read.text.corpus import read_corpus
from kgbuild.read.text.decoding import decode
from kgbuild.read.text.formats import html_bounds
from kgbuild.read.text.formats.html_bounds import without_endless_nesting, without_endless_tags

NO_DATE = "no date found, so relative dates stay open."
STORY = """<p>Norway and Oman signed a fishing accord on Thursday after two years of work on quotas and ports.</p>
<p>The ministers of both countries met in the harbour of Oslo and spoke about ships, ice and the price of cod.</p>
<p>Nobody expects the accord to fail, since both countries have an interest in its many quotas and rules.</p>"""
FIRST = "Norway and Oman signed a fishing accord on Thursday after two years of work on quotas and ports."
LEAD = "Norway opened its ports to ships from Oman after years of talks."


def page(*, head: str = "", before: str = "", story: str = STORY, after: str = "") -> str:
    """A page whose article is *story*."""
    title = "Norway and Oman sign"
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<h1>{title}</h1>{before}<article>{story}</article>{after}</body></html>"
    )


@pytest.fixture
def read(tmp_path: Path, ontology: Ontology):
    """Reads one page: its article and the problems."""

    def read(content: str | bytes) -> tuple[Article, list[Problem]]:
        (tmp_path / "a.html").write_bytes(content.encode() if isinstance(content, str) else content)
        problems: list[Problem] = []
        [article] = read_corpus([tmp_path / "a.html"], ontology, problems.append)
        return article, problems

    return read


def bodies(article: Article) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks if b.kind == "body"]


# -- dates ----------------------------------------------------------------------------------------

CHANGED = '<meta property="article:modified_time" content="2019-03-01T10:00:00Z">'


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2014-12-16T10:00:00Z">',
        '<meta name="DC.date.issued" content="2014-12-16">',
        '<meta name="parsely-pub-date" content="2014-12-16T10:00:00Z">',
        '<meta itemprop="datePublished" content="16/12/2014">',
        '<meta name="date" content="2019-04-04"><meta name="pubdate" content="20141216">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2014-12-16T10:00:00Z",'
        ' "dateModified": "2019-03-01"}</script>',
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"datePublished": "2014-12-16"}]}</script>',
        '<script type="application/ld+json">{"itemListElement": [{"datePublished": "2001-01-01"}],'
        ' "mainEntity": {"datePublished": "2014-12-16"}}</script>',
        '<script type="application/ld+json">{"datePublished": "2014-12-16",}</script>',
    ],
)
def test_a_page_is_of_the_day_of_its_publication_and_not_of_a_change(read, head: str) -> None:
    article, problems = read(page(head=CHANGED + head, after="<footer>Copyright 2020</footer>"))
    assert (article.issued, problems) == ("2014-12-16", [])


@pytest.mark.parametrize(
    "before",
    [
        '<time pubdate datetime="2014-12-16">Tuesday</time>',
        '<time class="entry-date published" datetime="2014-12-16">Tuesday</time>',
        '<time class="updated" datetime="2019-03-01">x</time><time datetime="2014-12-16T10:00:00Z">Tuesday</time>',
        '<span itemprop="datePublished" content="2014-12-16">Tuesday</span>',
        '<abbr class="published" title="2014-12-16">Tuesday</abbr>',
        '<div class="byline"><span>December 16, 2014, 5:03 pm</span></div>',
    ],
)
def test_a_page_shows_its_day_beside_the_headline(read, before: str) -> None:
    article, problems = read(page(before=before, after="<footer>Copyright 2020</footer>"))
    assert (article.issued, problems) == ("2014-12-16", [])


@pytest.mark.parametrize("foot", ["Copyright 2020 Example", "© 2020 Example", "Copyright March 3, 2020"])
def test_the_copyright_is_no_date(read, foot: str) -> None:
    article, problems = read(page(after=f"<footer>{foot}</footer>"))
    assert (article.issued, problems) == (None, [Problem("a.html", NO_DATE)])


def test_a_day_in_the_story_or_in_another_story_is_no_date_of_the_page(read) -> None:
    other = '<aside><a href="/2">Oman votes</a> <time datetime="2018-05-05">May 5, 2018</time></aside>'
    article, problems = read(page(story=STORY.replace("Nobody", "Since March 3, 1999 nobody"), after=other))
    assert (article.issued, problems) == (None, [Problem("a.html", NO_DATE)])


def test_the_day_of_a_visit_above_the_headline_is_no_date(read) -> None:
    article, problems = read(page().replace("<nav>", '<div><time datetime="2024-01-01">Today</time></div><nav>'))
    assert (article.issued, problems) == (None, [Problem("a.html", NO_DATE)])


def test_the_dateline_goes_before_what_a_page_shows_and_after_what_it_declares(read) -> None:
    story = STORY.replace("<p>Norway and", "<p>OSLO, March 3, 2016. Norway and", 1)
    shown = '<time datetime="2019-03-01">x</time>'
    assert read(page(before=shown, story=story))[0].issued == "2016-03-03"
    declared = '<meta property="article:published_time" content="2016-03-04">'
    assert read(page(head=declared, story=story))[0].issued == "2016-03-04"


@pytest.mark.parametrize("address", ["/2014/12/16/ports", "/world/2014/dec/16/ports", "/news/20141216/ports"])
def test_an_address_may_hold_the_day(read, address: str) -> None:
    article, problems = read(page(head=f'<link rel="canonical" href="https://example.org{address}">'))
    assert (article.issued, problems) == ("2014-12-16", [])


def test_a_declared_day_that_may_be_two_is_open_and_told(read) -> None:
    article, problems = read(page(head='<meta name="pubdate" content="3/4/2014">'))
    what = 'the date "3/4/2014" may be 2014-03-04 or 2014-04-03, so relative dates stay open.'
    assert (article.issued, problems) == (None, [Problem("a.html", what, "Write it as year-month-day.")])


def test_a_page_that_tells_only_of_a_change_is_open_and_says_so(read) -> None:
    article, problems = read(page(head=CHANGED))
    what = "no date of publication found, only of a change (2019-03-01), so relative dates stay open."
    assert (article.issued, problems) == (None, [Problem("a.html", what)])


# -- encodings ------------------------------------------------------------------------------------

SERBIAN = STORY.replace("The ministers", "Ivica Dačić and the ministers")
RUSSIAN = STORY.replace("The ministers", "Сергей Лавров and the ministers")
GERMAN = STORY.replace("The ministers", "Jörg Müller and the ministers")


@pytest.mark.parametrize(
    ("head", "story", "encoding", "name"),
    [
        ('<meta charset="iso-8859-2">', SERBIAN, "iso-8859-2", "Ivica Dačić"),
        ("<meta charset=windows-1250 />", SERBIAN, "cp1250", "Ivica Dačić"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', RUSSIAN, "cp1251", "Сергей Лавров"),
        ("<!-- <meta charset=koi8-u> --><meta charset='koi8-r'>", RUSSIAN, "koi8-r", "Сергей Лавров"),
        ('<meta charset="iso-8859&#8211;1">', GERMAN, "latin-1", "Jörg Müller"),
        ('<meta charset="iso-8859-1">', GERMAN, "utf-8", "Jörg Müller"),
        ('<meta charset="iso-8859-1">', RUSSIAN, "utf-16", "Сергей Лавров"),
        ("", RUSSIAN, "utf-32", "Сергей Лавров"),
        ("", GERMAN, "utf-16-le", "Jörg Müller"),
        ('<meta charset="gb2312">', STORY.replace("The", "习近平, the"), "gb18030", "习近平"),
        ('<meta charset="iso-2022-jp">', STORY.replace("The", "安倍晋三, the"), "iso-2022-jp", "安倍晋三"),
    ],
)
def test_the_charset_that_a_page_declares_is_obeyed(read, head: str, story: str, encoding: str, name: str) -> None:
    article, problems = read(page(head=head, story=story).encode(encoding))
    assert (name in article.text, problems) == (True, [Problem("a.html", NO_DATE)])


def test_an_xml_declaration_names_the_charset() -> None:
    assert declared_charset(b'<?xml version="1.0" encoding="ISO-8859-2"?><html>') == "iso8859-2"


@pytest.mark.parametrize(
    ("label", "python"),
    [("latin1", "cp1252"), ("UTF8", "utf-8"), ("x-sjis", "cp932"), ("unicode_escape", None), ("rot13", None), ("", None)],
)
def test_a_label_is_a_charset_of_pages_or_none(label: str, python: str | None) -> None:
    assert charset(label) == python


CURE = "Convert it if words look wrong."


@pytest.mark.parametrize(
    ("content", "text", "problem"),
    [
        (
            "Сергей Лавров met Tomislav in Москва, and spoke of Украина.".encode("cp1251"),
            "Сергей Лавров met Tomislav in Москва, and spoke of Украина.",
            Problem("a.txt, byte 0", "not UTF-8; read as cp1251, which its letters look like.", CURE),
        ),
        (
            "Αλέξης Τσίπρας met Tomislav in Αθήνα.".encode("cp1253"),
            "Αλέξης Τσίπρας met Tomislav in Αθήνα.",
            Problem("a.txt, byte 0", "not UTF-8; read as cp1253, which its letters look like.", CURE),
        ),
        (
            "Jörg Müller – “now” – met Zoë.".encode("cp1252"),
            "Jörg Müller – “now” – met Zoë.",
            Problem("a.txt, byte 1", "not UTF-8; read as Windows-1252.", CURE),
        ),
        (
            "Jörg Müller and Zoë Ünal met François".encode() + b"\xe9.",
            "Jörg Müller and Zoë Ünal met François\ufffd.",
            Problem("a.txt, byte 42", "damaged UTF-8: what cannot be read is \ufffd.", "Convert it to UTF-8."),
        ),
        (
            "Norway met Oman.".encode("utf-16") + b"x",
            "Norway met Oman.\ufffd",
            Problem("a.txt", "damaged UTF-16: what cannot be read is \ufffd.", "Convert it to UTF-8."),
        ),
    ],
    ids=["Cyrillic", "Greek", "Western", "damaged UTF-8", "damaged UTF-16"],
)
def test_an_encoding_that_is_not_declared_is_guessed_and_told(content: bytes, text: str, problem: Problem) -> None:
    problems: list[Problem] = []
    assert (decode(content, "a.txt", problems.append), problems) == (text, [problem])


def test_a_declared_charset_that_cannot_be_is_told() -> None:
    problems: list[Problem] = []
    assert decode(b"Z\xf6e and Fran\xe7ois \xff", "a.html", problems.append, "euc_jp") == "Zöe and François ÿ"
    what = "neither UTF-8 nor euc_jp, which it declares; read as Windows-1252."
    assert problems == [Problem("a.html, byte 1", what, CURE)]


# -- the lead -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lead",
    [f'<p class="lead">{LEAD}</p>', f"<h2>{LEAD}</h2>", f'<div class="standfirst">{LEAD}</div>', f"<p>{LEAD}</p>"],
)
def test_a_lead_outside_the_article_is_read_once(read, lead: str) -> None:
    assert bodies(read(page(before=lead))[0])[:2] == [LEAD, FIRST]


def test_a_lead_before_an_article_that_has_the_headline_is_read(read) -> None:
    whole = page(before=f"<p>{LEAD}</p>")
    whole = whole.replace("<h1>Norway and Oman sign</h1>", "").replace("<article>", "<article><h1>Norway and Oman sign</h1>")
    article, _ = read(whole)
    assert bodies(article)[:2] == [LEAD, FIRST]


@pytest.mark.parametrize(
    "beside",
    [
        f"<figure><img src='x'><figcaption>{LEAD}</figcaption></figure>",
        f'<div class="photo-caption"><p>{LEAD}</p></div>',
        f'<div class="newsletter"><p>{LEAD}</p></div>',
        f"<aside><p>{LEAD}</p></aside>",
        f"<ul><li><p>{LEAD}</p></li></ul>",
        f'<p><a href="/2">{LEAD}</a></p>',
        f'<p style="display: none">{LEAD}</p>',
        "<p>NORWAY OPENED ITS PORTS TO ALL THE SHIPS FROM OMAN.</p>",
        "<p>Share this story with your friends and colleagues</p>",
    ],
)
def test_captions_boxes_and_links_before_the_story_are_no_lead(read, beside: str) -> None:
    assert bodies(read(page(before=beside))[0])[0] == FIRST


# -- bounds ---------------------------------------------------------------------------------------


def test_a_tag_of_endless_attributes_is_left_bare_and_told(read) -> None:
    attributes = " ".join(f"a{i}='<'" for i in range(200_000))
    article, problems = read(page(before=f"<div {attributes}>x</div>"))
    what, cure = "a tag of 200,000 attributes: they are not read.", "What else stands in the page is read."
    assert bodies(article)[0] == FIRST
    assert problems == [Problem("a.html", what, cure), Problem("a.html", NO_DATE)]


@pytest.mark.parametrize(("tag", "depth"), [("div", 100_000), ("b", 100_000), ("font", 300)])
def test_tags_nested_without_end_are_left_out_and_told(read, tag: str, depth: int) -> None:
    article, problems = read(page(before=f"<{tag}>" * depth))
    what = f"<{tag}> nested too deep to be read: these tags are left out."
    assert bodies(article)[0] == FIRST
    assert problems == [Problem("a.html", what, "What else stands in the page is read."), Problem("a.html", NO_DATE)]


def test_a_page_of_more_elements_than_any_article_has_is_a_problem(tmp_path: Path, ontology: Ontology, monkeypatch) -> None:
    monkeypatch.setattr(html_bounds, "MAX_ELEMENTS", 1_000)
    (tmp_path / "a.html").write_text(page(before="<p>x</p>" * 1_000))
    problems: list[Problem] = []
    assert list(read_corpus([tmp_path], ontology, problems.append)) == []
    assert problems == [Problem("a.html", "more than 1,000 elements.", "Split it: one article a file.")]


@pytest.mark.parametrize(
    "text",
    [
        page(),
        page(head="<script>if (a<b && " + "c " * 2_000 + "d>e) {}</script>"),
        page(head="<!-- <a " + "b " * 2_000 + "-->"),
        page(before=f'<img src="data:image/png;base64,{"A" * 100_000}" alt="a > b">'),
        "<script>" * 20_000 + "<p " * 20_000,
    ],
    ids=["plain", "script", "comment", "picture", "scripts"],
)
def test_a_page_without_endless_tags_is_left_as_it_is(text: str) -> None:
    assert without_endless_tags(text) == (text, 0)


def test_a_page_that_nests_no_deeper_than_pages_do_is_left_as_it_is() -> None:
    text = page(before="<div>" * 200 + "</div>" * 200)
    found, tree, left_out = without_endless_nesting(text)
    assert (found, tree is not None, left_out) == (text, True, ())
