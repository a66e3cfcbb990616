"""News as others write it: feeds, news XML, Reuters SGML, mail, saved pages, archives of crawls, documents."""

from __future__ import annotations

import gzip
import io
import sys
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from kgbuild.errors import Problem
from kgbuild.ontology import Ontology
from kgbuild.read.text.corpus import FoundArticle, find_articles
from kgbuild.read.text.formats import mail, xml_news
from kgbuild.read.text.markup import text_of_markup

NO_DATE = "no date found, so relative dates stay open."
BODY = "Norway and Oman signed a fishing accord on Thursday after two years of work on quotas and ports."
MORE = "The ministers of both countries met in the harbour of Tromsø and spoke about ships, ice and the price of cod."
PAGE = f"""<html><head><title>Accord signed</title></head><body><nav><a href="/">Home</a></nav><article>
<h1>Accord signed</h1><p>{BODY}</p><p>{MORE}</p></article></body></html>"""
PAGE_TEXT = f"Accord signed\n\n{BODY}\n\n{MORE}"


@pytest.fixture
def taken(tmp_path: Path, ontology: Ontology):
    """Reads one file: of each article what it is, and its Problems as they come."""

    def taken(name: str, content: str | bytes) -> list[dict[str, str | None] | Problem]:
        (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
        said: list[dict[str, str | None] | Problem] = []
        for found in find_articles([tmp_path / name], ontology):
            if isinstance(found, FoundArticle):
                fields = ("source", "title", "text", "issued", "publisher", "url", "place")
                said.append({f: v for f in fields if (v := getattr(found.article, f)) is not None})
                said += found.problems
            else:
                said.append(found)
        return said

    return taken


def fetched_on(where: str, day: str) -> Problem:
    return Problem(where, "no date found.", f"The day on which its file was made or fetched is taken: {day}.")


# -- feeds ----------------------------------------------------------------------------------------


def test_the_items_of_an_rss_feed_are_articles(taken) -> None:
    feed = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
    xmlns:media="http://search.yahoo.com/mrss/"><channel><title>North Wire</title>
    <item><media:title>A ship</media:title><title>Accord &amp; peace</title><link>https://n.example/1</link>
    <pubDate>Thu, 03 Mar 2016 09:15:00 GMT</pubDate><description>Norway signed &amp;hellip;</description>
    <content:encoded><![CDATA[<p>Norway <b>signed</b> it.</p><script>x()</script><p>Oman&nbsp;too.</p>]]></content:encoded>
    </item><item><title>Ports reopen</title></item></channel></rss>"""
    assert taken("a.rss", feed) == [
        {
            "source": "a.rss:1",
            "title": "Accord & peace",
            "text": "Accord & peace\n\nNorway signed it.\n\nOman too.",
            "issued": "2016-03-03T09:15:00",
            "publisher": "North Wire",
            "url": "https://n.example/1",
        },
        {"source": "a.rss:2", "title": "Ports reopen", "text": "Ports reopen", "publisher": "North Wire"},
        Problem("a.rss:2", NO_DATE),
    ]


def test_the_entries_of_an_atom_feed_are_articles_of_the_day_they_were_published(taken) -> None:
    feed = """<feed xmlns="http://www.w3.org/2005/Atom"><title>North Wire</title><entry><title>Accord signed</title>
    <link rel="edit" href="https://n.example/edit"/><link href="https://n.example/1"/>
    <updated>2016-04-03T09:15:00Z</updated><published>2016-03-03T09:15:00Z</published>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Norway signed it.</p><p>Oman too.</p></div></content>
    </entry></feed>"""
    assert taken("a.xml", feed) == [
        {
            "source": "a.xml:1",
            "title": "Accord signed",
            "text": "Accord signed\n\nNorway signed it.\n\nOman too.",
            "issued": "2016-03-03T09:15:00",
            "publisher": "North Wire",
            "url": "https://n.example/1",
        }
    ]


def test_the_items_of_an_rdf_feed_stand_beside_its_channel(taken) -> None:
    feed = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>North Wire</title></channel><item><title>Ports</title>
    <link>https://n.example/2</link><description>Ports reopened.</description><dc:date>2016-03-03</dc:date></item>
    </rdf:RDF>"""
    assert taken("a.xml", feed) == [
        {
            "source": "a.xml:1",
            "title": "Ports",
            "text": "Ports reopened.",
            "issued": "2016-03-03",
            "publisher": "North Wire",
            "url": "https://n.example/2",
        }
    ]


def test_a_feed_without_items_is_a_problem(taken) -> None:
    assert taken("a.xml", "<rss><channel><title>x</title></channel></rss>") == [Problem("a.xml", "a feed without items.")]


# -- news XML -------------------------------------------------------------------------------------


def test_a_story_in_nitf_has_its_dateline_before_its_text(taken) -> None:
    story = """<?xml version="1.0" encoding="iso-8859-1"?><!DOCTYPE nitf SYSTEM "http://127.0.0.1:9/nitf.dtd">
    <nitf><head><title>x</title><docdata><date.issue norm="20160303T091500Z"/><doc.copyright holder="NTB"/></docdata></head>
    <body><body.head><hedline><hl1>Accord signed</hl1></hedline><dateline><location>Oslo</location>,
    <story.date>March 3</story.date></dateline></body.head><body.content><media><media-caption>Ship</media-caption></media>
    <p>Norway met Jos&eacute; in Troms\xf8.</p><p>Oman too.</p></body.content></body></nitf>"""
    assert taken("a.xml", story.encode("iso-8859-1")) == [
        {
            "source": "a.xml",
            "title": "Accord signed",
            "text": "Accord signed\n\nOSLO, March 3 - Norway met José in Tromsø.\n\nOman too.",
            "issued": "2016-03-03T09:15:00",
            "publisher": "NTB",
            "place": "OSLO",
        }
    ]


def test_the_stories_of_a_newsml_g2_message_are_articles_and_its_pictures_are_told_of(taken) -> None:
    message = """<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem><itemMeta>
    <provider literal="NTB"/><versionCreated>2016-03-03T09:15:00+01:00</versionCreated></itemMeta>
    <contentMeta><headline>Accord signed</headline></contentMeta><contentSet><inlineXML>
    <html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>Norway signed it.</p></body></html>
    </inlineXML></contentSet></newsItem><newsItem><contentMeta><headline>A ship</headline></contentMeta>
    <contentSet><remoteContent href="a.jpg"/></contentSet></newsItem></itemSet></newsMessage>"""
    assert taken("a.xml", message) == [
        {
            "source": "a.xml:1",
            "title": "Accord signed",
            "text": "Accord signed\n\nNorway signed it.",
            "issued": "2016-03-03T09:15:00",
            "publisher": "NTB",
        },
        Problem("a.xml:2", "no text in it."),
    ]


@pytest.mark.parametrize(
    "story",
    [
        """<NewsML><NewsItem><NewsManagement><FirstCreated>20160303T091500Z</FirstCreated></NewsManagement><NewsComponent>
        <NewsLines><HeadLine>Accord signed</HeadLine><DateLine>OSLO, March 3 -</DateLine></NewsLines><ContentItem>
        <DataContent><p>Norway signed it.</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>""",
        """<newsitem itemid="2" date="2016-03-03T09:15:00" xml:lang="en"><title>NORWAY: Accord signed.</title>
        <headline>Accord signed</headline><dateline>OSLO, March 3</dateline><text><p>Norway signed it.</p></text>
        </newsitem>""",
    ],
    ids=["NewsML 1", "Reuters Corpus Volume 1"],
)
def test_older_kinds_of_news_xml_are_read(taken, story: str) -> None:
    assert taken("a.xml", story) == [
        {
            "source": "a.xml:1",
            "title": "Accord signed",
            "text": "Accord signed\n\nOSLO, March 3 - Norway signed it.",
            "issued": "2016-03-03T09:15:00",
            "place": "OSLO",
        }
    ]


def test_other_xml_is_a_problem_that_says_which_kinds_are_read(taken) -> None:
    kinds = "It reads RSS, Atom, NITF, NewsML and Reuters SGML."
    assert taken("a.xml", '<kml xmlns="x"/>') == [Problem("a.xml", "not a kind of XML that kgbuild reads (<kml>).", kinds)]
    assert taken("b.xml", "hello") == [Problem("b.xml", "not XML: Start tag expected, '<' not found.", kinds)]


def test_xml_that_is_cut_off_is_read_as_far_as_it_goes(taken) -> None:
    assert taken("a.xml", "<rss><channel>\n<item><title>Ports reopen</title></item><item><ti") == [
        Problem(
            "a.xml, line 2",
            "not well-formed XML: Couldn't find end of Start Tag ti line 2.",
            "It is read as far as it can be.",
        ),
        {"source": "a.xml:1", "title": "Ports reopen", "text": "Ports reopen"},
        Problem("a.xml:1", NO_DATE),
        Problem("a.xml:2", "no text in it."),
    ]


def test_no_entity_of_a_file_is_expanded_and_no_other_file_is_read(tmp_path: Path, taken) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    declared = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{tmp_path}/secret.txt"><!ENTITY y "yes">]>'
    assert taken("a.xml", f"{declared}<rss><item><title>Ports &x; &y; reopen</title></item></rss>") == [
        Problem("a.xml", "declares entities of its own.", "They are not expanded."),
        {"source": "a.xml:1", "title": "Ports &x; &y; reopen", "text": "Ports &x; &y; reopen"},
        Problem("a.xml:1", NO_DATE),
    ]


def test_a_bomb_of_entities_is_a_problem(taken) -> None:
    declared = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE rss [<!ENTITY e0 "ha">{declared}]><rss><item><title>&e9;</title></item></rss>'
    assert taken("a.xml", bomb)[1:] == [
        Problem("a.xml", "declares entities of its own.", "They are not expanded."),
        Problem("a.xml:1", "no text in it."),
    ]


def test_xml_larger_than_the_limit_is_a_problem(taken, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_news, "MAX_XML", 2**20)
    told = Problem("a.xml", "larger than 1 MB.", "Split it, or make JSON Lines of it.")
    assert taken("a.xml", b"<rss>" + b" " * 2**20) == [told]


def test_markup_in_a_story_becomes_paragraphs() -> None:
    assert text_of_markup("a <b>bold</b><br/>b<!-- <p>no</p> --><style>p{}</style> c &lt;d&gt; 1 < 2<p class='x'>e\nf") == (
        "a bold\n\nb c <d> 1 < 2\n\ne f"
    )


# -- Reuters SGML ---------------------------------------------------------------------------------

SGML = """<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS TOPICS="NO" NEWID="1">
<DATE> 3-MAR-1987 09:15:00.79</DATE>
<TEXT>&#2;
<TITLE>ACCORD &lt;X> SIGNED</TITLE>
<DATELINE>    OSLO, March 3 - </DATELINE><BODY>Norway signed it
with Oman.
    Ministers met.
 Reuter
&#3;</BODY></TEXT>
</REUTERS>
<REUTERS><DATE>4-MAR-1987 00:00:00.00</DATE><TEXT TYPE="BRIEF"><TITLE>PORTS REOPEN</TITLE></TEXT></REUTERS>
"""


@pytest.mark.parametrize("name", ["a.sgm", "a.xml"])
def test_the_records_of_reuters_sgml_are_articles(taken, name: str) -> None:
    assert taken(name, SGML) == [
        {
            "source": f"{name}:1",
            "title": "ACCORD <X> SIGNED",
            "text": "ACCORD <X> SIGNED\n\nOSLO, March 3 - Norway signed it\nwith Oman.\n\nMinisters met.",
            "issued": "1987-03-03T09:15:00",
            "place": "OSLO",
        },
        {"source": f"{name}:2", "title": "PORTS REOPEN", "text": "PORTS REOPEN", "issued": "1987-03-04T00:00:00"},
    ]


def test_sgml_without_an_end_or_of_another_kind_is_a_problem(taken) -> None:
    cut_off = "<REUTERS><DATE>4-MAR-1987 00:00:00.00</DATE><TEXT><TITLE>PORTS REOPEN</TITLE>"
    assert taken("a.sgm", cut_off) == [
        Problem("a.sgm:1", "has no </REUTERS>.", "It is read up to where the next one or the end of the file is."),
        {"source": "a.sgm:1", "title": "PORTS REOPEN", "text": "PORTS REOPEN", "issued": "1987-03-04T00:00:00"},
    ]
    assert taken("b.sgm", "<doc>x</doc>") == [Problem("b.sgm", "SGML without <REUTERS>.", "Of SGML, Reuters' is read.")]


# -- mail and saved pages -------------------------------------------------------------------------


def letter(**headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return message


FROM_WIRE = {"Subject": "Accord signed", "From": "North Wire <a@n.example>", "Date": "Thu, 03 Mar 2016 09:15:00 +0100"}


def test_a_mail_is_an_article_under_its_subject_and_tells_of_what_is_attached(taken) -> None:
    message = letter(**FROM_WIRE)
    message.set_content("Norway met José.\n\nOman too.", charset="iso-8859-1")
    message.add_alternative(PAGE, subtype="html")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    assert taken("a.eml", bytes(message)) == [
        {
            "source": "a.eml",
            "title": "Accord signed",
            "text": "Accord signed\n\nNorway met José.\n\nOman too.",
            "issued": "2016-03-03T09:15:00",
            "publisher": "North Wire",
        },
        Problem("a.eml", "attached, and not read: a.pdf.", "Save it beside the mail."),
    ]


@pytest.mark.parametrize(
    ("page", "text"),
    [(PAGE, PAGE_TEXT), ("<p>Ports.</p><p>Ships.</p>", "Accord signed\n\nPorts.\n\nShips.")],
    ids=["long", "short"],
)
def test_a_mail_without_plain_text_is_read_from_its_html(taken, page: str, text: str) -> None:
    message = letter(**FROM_WIRE)
    message.set_content(page, subtype="html", charset="iso-8859-1")
    [article] = taken("a.eml", bytes(message))
    assert article["text"] == text


def test_a_date_of_a_mail_beyond_any_calendar_is_told_of(taken) -> None:
    content = b"Subject: Accord signed\nDate: Thu, 03 Mar 99999999999999999999 09:15:00 +0100\n\nNorway met Jose.\n"
    article, told = taken("a.eml", content)
    assert (article["text"], "issued" in article) == ("Accord signed\n\nNorway met Jose.", False)
    assert "99999999999999999999" in told.what


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\n\nhello", Problem("a.eml", "not a mail: it has no header.")),
        (b"Content-Type: message/rfc822\n\n" * 3000, Problem("a.eml", "its parts are nested too deep.")),
        (b"a:b\n" * 11, Problem("a.eml", "more than 10 lines of headers.", "Save its text alone.")),
    ],
    ids=["no header", "nested", "long header"],
)
def test_a_mail_that_is_none_or_is_too_much_is_a_problem(
    taken, monkeypatch: pytest.MonkeyPatch, content: bytes, told: Problem
) -> None:
    monkeypatch.setattr(mail, "MAX_HEADERS", 10 if b"a:b" in content else mail.MAX_HEADERS)
    assert taken("a.eml", content) == [told]


def test_a_page_that_a_browser_saved_has_its_address_and_the_day_of_saving_if_no_other(taken) -> None:
    message = letter(
        Subject="x", Date="Fri, 04 Mar 2016 10:00:00 +0100", Snapshot_Content_Location="https://n.example/1?a=1"
    )
    message.set_content(PAGE, subtype="html", charset="iso-8859-1")
    message.make_related()
    assert taken("a.mht", bytes(message)) == [
        {
            "source": "a.mht",
            "title": "Accord signed",
            "text": PAGE_TEXT,
            "issued": "2016-03-04T10:00:00",
            "url": "https://n.example/1?a=1",
        },
        fetched_on("a.mht", "2016-03-04"),
    ]


def test_a_saved_page_without_html_is_a_problem(taken) -> None:
    message = letter(Subject="x")
    message.set_content("hello")
    assert taken("a.mhtml", bytes(message)) == [Problem("a.mhtml", "no HTML page in it.")]


# -- archives of crawls ---------------------------------------------------------------------------


def record(block: bytes, kind: str = "response", media: str = "application/http; msgtype=response") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://n.example/1\r\nWARC-Date: 2016-03-04T10:00:00Z\r\n"
        f"Content-Type: {media}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def response(body: bytes, *fields: str, status: str = "200 OK") -> bytes:
    return record("\r\n".join((f"HTTP/1.1 {status}", *fields, "", "")).encode() + body)


LATIN = "Content-Type: text/html; charset=iso-8859-1"
SENT = PAGE.encode("iso-8859-1")
CHUNKED = b"%x\r\n%s\r\n%x;x=y\r\n%s\r\n0\r\n\r\n" % (99, SENT[:99], len(SENT) - 99, SENT[99:])


@pytest.mark.parametrize(
    "sent",
    [
        response(SENT, LATIN),
        response(gzip.compress(SENT), LATIN, "Content-Encoding: gzip"),
        response(zlib.compress(SENT), LATIN, "Content-Encoding: deflate"),
        response(zlib.compress(SENT)[2:-4], LATIN, "Content-Encoding: deflate"),
        response(SENT, LATIN, "Content-Encoding: gzip", "Transfer-Encoding: chunked"),
        response(CHUNKED, LATIN, "Transfer-Encoding: chunked"),
        record(SENT, "resource", "text/html; charset=iso-8859-1"),
    ],
    ids=["plain", "gzip", "deflate", "raw deflate", "unpacked before", "chunked", "resource"],
)
@pytest.mark.parametrize("packed", [bytes, gzip.compress], ids=["warc", "warc.gz"])
def test_a_page_in_an_archive_is_an_article_with_the_address_and_day_of_its_record(taken, packed, sent: bytes) -> None:
    name = "a.warc" if packed is bytes else "a.warc.gz"
    content = packed(record(b"x", "warcinfo", "application/warc-fields")) + packed(sent)
    assert taken(name, content) == [
        {
            "source": f"{name}:2",
            "title": "Accord signed",
            "text": PAGE_TEXT,
            "issued": "2016-03-04T10:00:00",
            "url": "https://n.example/1",
        },
        fetched_on(f"{name}:2", "2016-03-04"),
    ]


def test_what_was_fetched_and_is_no_page_is_counted(taken) -> None:
    others = [response(b"x", "Content-Type: image/png")] * 2 + [response(b"x", LATIN, status="404 Not Found"), response(b"")]
    assert taken("a.warc", b"".join(others)) == [
        Problem("a.warc", "what was fetched and is no page is not read: 2 image/png, 1 of unknown type, 1 with status 404.")
    ]


def test_what_is_wrong_in_an_archive_is_said_with_the_number_of_its_record(taken) -> None:
    page, end = response(SENT, LATIN), "Nothing after it is read."
    headers = "what the server sent cannot be read: got more than 100 headers."
    long = response(b"", *(["a: b"] * 101))
    brotli = response(b"\x1b\x00", LATIN, "Content-Encoding: br")
    packed = "what the server sent cannot be read: it is packed in a way that is not read (br)."
    assert [one for one in taken("a.warc", long + brotli + page[:-50]) if isinstance(one, Problem)] == [
        Problem("a.warc:1", headers),
        Problem("a.warc:2", packed),
        fetched_on("a.warc:3", "2016-03-04"),
        Problem("a.warc:3", "the record is cut off."),
    ]
    assert (
        taken("b.warc", b"hello\n")
        == [
            Problem("b.warc:1", "no WARC record begins here.", end),
            Problem("b.warc", "nothing in it that a server sent."),
        ][:1]
    )
    told = 'not a WARC record: its length is "-5".'
    assert taken("c.warc", b"WARC/1.0\r\nContent-Length: -5\r\n\r\n") == [Problem("c.warc:1", told, end)]
    assert taken("d.warc", b"") == [Problem("d.warc", "nothing in it that a server sent.")]


# -- documents ------------------------------------------------------------------------------------

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT = f"""<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>Accord signed</w:t></w:r></w:p><w:p/>
<w:p><w:r><w:t xml:space="preserve">Norway </w:t></w:r><w:ins><w:r><w:t>met</w:t><w:tab/><w:t>Oman.</w:t></w:r></w:ins>
<w:del><w:r><w:delText>not</w:delText></w:r></w:del></w:p></w:body></w:document>"""
PROPERTIES = """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>The accord</dc:title>
<dcterms:created>2016-03-03T09:15:00Z</dcterms:created></cp:coreProperties>"""


def docx(**parts: str) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return whole.getvalue()


def test_a_word_document_gives_its_paragraphs_title_and_date_without_what_was_deleted(taken) -> None:
    assert taken("a.docx", docx(word__document=DOCUMENT, docProps__core=PROPERTIES)) == [
        {
            "source": "a.docx",
            "title": "The accord",
            "text": "Accord signed\n\nNorway met\tOman.",
            "issued": "2016-03-03T09:15:00",
        },
        fetched_on("a.docx", "2016-03-03"),
    ]


def test_a_date_that_the_text_states_goes_before_the_day_on_which_its_file_was_made(taken) -> None:
    dated = DOCUMENT.replace("Accord signed", "April 5, 2015")
    [article] = taken("a.docx", docx(word__document=dated, docProps__core=PROPERTIES))
    assert article["issued"] == "2015-04-05"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"hello", "cannot be read: File is not a zip file."),
        (docx(a="x"), "not a DOCX: it has no word/document.xml."),
        (docx(word__document="<w"), "not a DOCX: Couldn't find end of Start Tag w line 1, line 1, column 3."),
    ],
    ids=["no zip", "another zip", "no XML"],
)
def test_what_is_no_word_document_is_a_problem(taken, content: bytes, told: str) -> None:
    assert taken("a.docx", content) == [Problem("a.docx", told)]


def pdf(text: str, **metadata: str) -> bytes:
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(300, 300)
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    named = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(named)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    drawn = DecodedStreamObject()
    drawn.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode() if text else b"")
    page[NameObject("/Contents")] = writer._add_object(drawn)
    writer.add_metadata({f"/{key}": value for key, value in metadata.items()})
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()


def test_a_pdf_gives_its_text_title_and_date(taken) -> None:
    assert taken("a.pdf", pdf("Norway met Oman.", Title="The accord", CreationDate="D:20160303091500+01'00'")) == [
        {"source": "a.pdf", "title": "The accord", "text": "Norway met Oman.", "issued": "2016-03-03T09:15:00"},
        fetched_on("a.pdf", "2016-03-03"),
    ]


def test_a_pdf_without_the_package_says_the_command_that_adds_it(taken, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    told = Problem("a.pdf", "a PDF, for which a package is missing.", "Run: pip install 'kgbuild[documents]'")
    assert taken("a.pdf", pdf("Norway met Oman.")) == [told]


def test_a_pdf_of_pictures_one_with_a_password_and_what_is_none_are_problems(taken) -> None:
    locked = pypdf.PdfWriter(io.BytesIO(pdf("Norway met Oman.")))
    locked.encrypt("secret", algorithm="RC4-128")
    whole = io.BytesIO()
    locked.write(whole)
    assert taken("a.pdf", pdf("")) == [
        Problem("a.pdf", "no text in this PDF, only pictures.", "Recognise its text (OCR) first.")
    ]
    assert taken("b.pdf", whole.getvalue()) == [Problem("b.pdf", "is encrypted.", "Save it without its password.")]
    assert taken("c.pdf", "%PDF-1.4 hello") == [
        Problem("c.pdf", "not a PDF that can be read: Stream has ended unexpectedly.")
    ]
