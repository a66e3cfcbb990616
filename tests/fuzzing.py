"""Files of every format, whole and spoiled, and what is promised of each: tests/bench/fuzz.py and the tests share them.

All is made of chance that is given: the same seed makes the same bytes.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pypdf
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from kgbuild.errors import Problem, shown
from kgbuild.model import Article
from kgbuild.ontology import Ontology
from kgbuild.read.text.corpus import FORMATS, FoundArticle, find_articles
from kgbuild.read.text.normal import normalised

STORIES = (
    (
        "Oskeld and Varrick sign a treaty",
        "2014-12-16",
        "North Wire",
        "Norway signed a treaty with Iceland in Oskeld on Tuesday.",
    ),
    (
        "Peru recalls its envoy",
        "2015-03-04",
        "Tambur Times",
        "Peru recalled its ambassador from Bolivia after the Tambur talks.",
    ),
    (
        "France criticises Mali",
        "2016-07-09",
        "Café Post",
        "France criticized Mali over the Quellen border, a minister said.",
    ),
)
"""Title, day, publisher, and the sentence by which an article is known again."""
MORE = "The ministers of both countries met in the harbour and spoke about ships, ice and the price of cod."
SENTENCES = tuple(story[-1] for story in STORIES)


# -- whole files ----------------------------------------------------------------------------------


def whole_files() -> dict[str, list[bytes]]:
    """Files as people have them, by their suffix: each key of FORMATS has some."""
    made: dict[str, list[bytes]] = {
        ".txt": [
            *map(_plain, range(3)),
            _nexis(),
            _factiva(),
            _plain(2).decode().encode("cp1252"),
            _plain(2).decode().encode("utf-16"),
        ],
        ".html": [_page(0), _page(2, "windows-1252"), _page(1, declared=True)],
        ".jsonl": [_lines(("title", "date", "publisher", "text")), _lines(("headline", "publishedAt", "outlet", "body"))],
        ".json": [
            _array(indent=None),
            _array(indent=1),
            json.dumps({"data": {"items": _objects()}}).encode(),
            json.dumps(_objects()[0]).encode(),
        ],
        ".csv": [_table(","), _table(";"), _table(",").decode().encode("utf-16"), _table(",").decode().encode("cp1252")],
        ".tsv": [_table("\t")],
        ".md": [
            f"---\ntitle: {t}\ndate: {d}\n---\n\n# {t}\n\n**{s}** [More](http://a.example).\n\n* {MORE}\n".encode()
            for t, d, _, s in STORIES
        ],
        ".xml": [_rss(), _atom(), _nitf(), _newsml(), _sgml()],
        ".sgm": [_sgml()],
        ".eml": [_mail("text/plain", _plain(0)), _mail("text/html; charset=utf-8", _page(1)), _mail_of_parts()],
        ".mht": [_saved_page()],
        ".warc": [_crawl()],
        ".docx": [docx(STORIES[0][0], SENTENCES[0], MORE), docx(STORIES[1][0], SENTENCES[1], MORE)],
        ".pdf": [pdf(SENTENCES[0]), pdf(SENTENCES[1], Title=STORIES[1][0], CreationDate="D:20150304091500+01'00'")],
    }
    alike = {".text": ".txt", ".htm": ".html", ".ndjson": ".jsonl", ".mhtml": ".mht", ".rss": ".xml", ".atom": ".xml"}
    return made | {suffix: made[other] for suffix, other in alike.items()}


def _plain(number: int) -> bytes:
    title, day, publisher, sentence = STORIES[number]
    return f"{title}\n\n{day}\n\nOSLO, ({publisher}) - {sentence}\n\n{MORE}\n\nÉva Nagy contributed – “thanks”.\n".encode()


def _page(number: int, charset: str = "utf-8", *, declared: bool = False) -> bytes:
    title, day, publisher, sentence = STORIES[number]
    data = json.dumps({"@type": "NewsArticle", "headline": title, "datePublished": day, "publisher": {"name": publisher}})
    head = f'<script type="application/ld+json">{data}</script>' if declared else f'<meta name="date" content="{day}">'
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}</title>{head}</head><body><nav>'
        f'<a href="/">Home</a></nav><article><h1>{title}</h1>'
        f"<p>{sentence}</p><p>{MORE}</p><p>Éva Nagy &amp; others.</p></article></body></html>"
    ).encode("cp1252" if charset == "windows-1252" else "utf-8")


def _objects(names: tuple[str, ...] = ("title", "date", "publisher", "text")) -> list[dict[str, str]]:
    return [dict(zip(names, (t, d, p, f"{s}\n\n{MORE}"), strict=True)) for t, d, p, s in STORIES]


def _lines(names: tuple[str, ...]) -> bytes:
    return "".join(json.dumps(one) + "\n" for one in _objects(names)).encode()


def _array(indent: int | None) -> bytes:
    return json.dumps(_objects(), indent=indent, ensure_ascii=False).encode()


def _table(delimiter: str) -> bytes:
    rows = [delimiter.join(("title", "date", "publisher", "text"))]
    rows += [delimiter.join((t, d, p, f'"{s} ""{MORE}"""')) for t, d, p, s in STORIES]
    return ("\r\n".join(rows) + "\r\n").encode()


def _rss() -> bytes:
    items = "".join(
        f"<item><title>{t}</title><link>http://n.example/{d}</link><pubDate>{d}</pubDate>"
        f"<description><![CDATA[<p>{s}</p><p>{MORE}</p>]]></description></item>"
        for t, d, _, s in STORIES
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>North Wire</title>{items}</channel></rss>'.encode()


def _atom() -> bytes:
    entries = "".join(
        f'<entry><title>{t}</title><link href="http://n.example/{d}"/><published>{d}T09:00:00Z</published>'
        f'<content type="html">&lt;p&gt;{s}&lt;/p&gt;&lt;p&gt;{MORE}&lt;/p&gt;</content></entry>'
        for t, d, _, s in STORIES
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>North Wire</title>{entries}</feed>'.encode()


def _nitf() -> bytes:
    title, _, _, sentence = STORIES[0]
    return (
        f'<?xml version="1.0" encoding="iso-8859-1"?>'
        f'<nitf><head><docdata><date.issue norm="20141216T170300Z"/></docdata></head>'
        f"<body><body.head><hedline><hl1>{title}</hl1></hedline><dateline>OSLO, Dec 16</dateline></body.head>"
        f"<body.content><p>{sentence}</p><p>{MORE} Éva.</p></body.content></body></nitf>"
    ).encode("latin-1")


def _newsml() -> bytes:
    title, day, publisher, sentence = STORIES[1]
    return (
        f"<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><itemSet><newsItem><itemMeta><firstCreated>{day}</firstCreated>"
        f"<provider literal='{publisher}'/></itemMeta><contentMeta><headline>{title}</headline></contentMeta><contentSet>"
        f"<inlineXML><html xmlns='http://www.w3.org/1999/xhtml'><body><p>{sentence}</p><p>{MORE}</p></body></html></inlineXML>"
        "</contentSet></newsItem></itemSet></newsMessage>"
    ).encode()


def _sgml() -> bytes:
    stories = "".join(
        f'<REUTERS NEWID="{n}">\n<DATE>26-FEB-1987 15:0{n}:00.00</DATE>\n<TEXT>&#2;\n<TITLE>{t}</TITLE>\n'
        f"<DATELINE>    OSLO, Feb 26 - </DATELINE><BODY>{s}\n    {MORE}\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>\n"
        for n, (t, _, _, s) in enumerate(STORIES, 1)
    )
    return f'<!DOCTYPE lewis SYSTEM "lewis.dtd">\n{stories}'.encode()


def _nexis() -> bytes:
    parts = (
        f"{n} of 3 DOCUMENTS\n\n{p}\n\nDecember 1{n}, 2014 Tuesday\n\n{t}\n\nLENGTH: 90 words\n\n{s}\n\n{MORE}\n\n"
        "Copyright 2014 All Rights Reserved\n\n\n"
        for n, (t, _, p, s) in enumerate(STORIES, 1)
    )
    return "".join(parts).encode()


def _factiva() -> bytes:
    parts = (
        f"HD  {t}\nWC  90 words\nPD  1{n} December 2014\nSN  {p}\nLP\n{s}\n\nTD\n{MORE}\n\nAN\n"
        f"Document ABCD00002014121{n}eacg00001\n\n"
        for n, (t, _, p, s) in enumerate(STORIES, 1)
    )
    return "".join(parts).encode()


def _mail(kind: str, body: bytes) -> bytes:
    head = (
        "From: Desk <desk@n.example>\r\nDate: Tue, 16 Dec 2014 17:03:00 +0100\r\n"
        f"Subject: =?utf-8?q?Caf=C3=A9?=\r\nMIME-Version: 1.0\r\nContent-Type: {kind}\r\n"
    )
    return head.encode() + b"Content-Transfer-Encoding: 8bit\r\n\r\n" + body


def _mail_of_parts() -> bytes:
    part = "--b1\r\nContent-Type: %s; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return (
        _mail('multipart/alternative; boundary="b1"', (part % "text/plain").encode() + _plain(1))
        + b"\r\n" + (part % "text/html").encode() + _page(1) + b"\r\n--b1--\r\n"
    )  # fmt: skip


def _saved_page() -> bytes:
    page = _page(0)
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://n.example/1\r\nSubject: Accord\r\n"
        "Date: Tue, 16 Dec 2014 17:03:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b2"\r\n\r\n'
    )
    part = "--b2\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: binary\r\nContent-Location: http://n.example/1\r\n\r\n"
    return (head + part).encode() + page + b"\r\n--b2--\r\n"


def _crawl() -> bytes:
    records = b""
    for number in range(3):
        page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + _page(number)
        records += (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://n.example/{number}\r\n"
            f"WARC-Date: 2014-12-16T17:03:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(page)}\r\n\r\n"
        ).encode() + page + b"\r\n\r\n"  # fmt: skip
    return records


def docx(title: str, *paragraphs: str) -> bytes:
    """A Word document."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in (title, *paragraphs))
    core = (
        "<cp:coreProperties xmlns:cp='http://schemas.openxmlformats.org/package/2006/metadata/core-properties'"
        " xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:dcterms='http://purl.org/dc/terms/'>"
        f"<dc:title>{title}</dc:title><dcterms:created>2016-03-03T09:15:00Z</dcterms:created></cp:coreProperties>"
    )
    return zipped(
        {
            "word/document.xml": f"<w:document xmlns:w='{word}'><w:body>{body}</w:body></w:document>".encode(),
            "docProps/core.xml": core.encode(),
        }
    )


def pdf(text: str, **metadata: str) -> bytes:
    """A PDF of one page."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(900, 300)
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    named = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(named)})}
    )
    drawn = DecodedStreamObject()
    drawn.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(drawn)
    writer.add_metadata({f"/{key}": value for key, value in metadata.items()})
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip of *members*, the same bytes at all times."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return whole.getvalue()


# -- spoiling them --------------------------------------------------------------------------------

HOSTILE = (
    *(b"\0", b"\0\0\0\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"),
    *(b"\x1b[2J\x1b]0;x\x07", b"\x9b2J"),
    *("\u202e", "\u200b", "\u00ad", "\ufeff", "\ufffe", "e\u0301" * 40, "\u0301" * 300, "\u2028", "\x85", "ﷺ" * 50),
    *("İ", "ß", "\U0001f1f3\U0001f1f4", "中文", "ａ"),
    *("<!--", "-->", "<![CDATA[", "]]>", "</", "<", ">", "<script>", "</script>", "<p " + "a=b " * 200 + ">"),
    *("<div>" * 300, "&amp;" * 99),
    *("&#0;", "&#x110000;", "&#xd800;", "&nbsp;", "&x;", "<!ENTITY a SYSTEM 'file:///etc/passwd'>"),
    *("<?xml version='1.0' encoding='x'?>",),
    *('"', '"""', "'", "\\", "\\u0000", "\\ud800", "[" * 3000, "{" * 3000, '{"a":' * 1500, "]", "}", ",", ";"),
    *("\t", "|", "null", "NaN", "1e999", "9" * 5000),
    *("\n", "\r", "\r\n" * 300, "\n\n", " " * 5000, "x" * 9000, "1,000," * 500, "(" * 900, "=cmd|' /C calc'!A0"),
    *("--b1", "--b1--", "%PDF-1.4", "endstream", "/Length 999999999"),
    *("0000-00-00", "9999-99-99", "0001-01-01", "2014-02-30T25:61:61Z", "-1", "16/12/14", "١٢٣", "²"),
    *("Dec 99 2014", "99999999999", "+99:99"),
    *("Content-Length: -1\r\n", "Content-Length: 99999999999\r\n", "Content-Transfer-Encoding: base64\r\n"),
    *("charset=utf-7", "charset=rot13", "charset=idna", "Transfer-Encoding: chunked\r\n", "WARC/1.0\r\n"),
    *("1 of 3 DOCUMENTS\n", "End of Document\n", "_" * 30 + "\n", "PK\x03\x04", "PK\x05\x06"),
    *("https://w3id.org/kgbuild/id/", "../../x", "\udcff"),
)
_HOSTILE = tuple(one if isinstance(one, bytes) else one.encode("utf-8", "surrogatepass") for one in HOSTILE)
ENCODINGS = (
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-32-le",
    "utf-8-sig",
    "cp1252",
    "cp1251",
    "koi8-r",
    "utf-7",
    "shift_jis",
    "gb18030",
    "mac-roman",
    "cp037",
)
LARGEST = 60_000
"""Bytes of a spoiled file, at most, before it is packed."""


def spoiled(content: bytes, chance: Random, others: list[bytes]) -> bytes:
    """*content* after one to four faults; sometimes what is no such file at all."""
    if chance.random() < 0.03:
        return chance.randbytes(chance.choice((0, 1, 2, 7, 100, 3000)))
    for _ in range(chance.choice((1, 1, 1, 2, 2, 4))):
        content = chance.choice(FAULTS)(content, chance, others)[:LARGEST]
    return content


Fault = Callable[[bytes, Random, list[bytes]], bytes]


def _flipped(content: bytes, chance: Random, others: list[bytes]) -> bytes:
    spoilt = bytearray(content)
    for _ in range(chance.choice((1, 2, 5, 30))):
        if spoilt:
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def _place(content: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randint(0, len(content))
    return start, min(len(content), start + chance.choice((1, 3, 20, 200, 2000)))


def _cut(content: bytes, chance: Random, others: list[bytes]) -> bytes:
    return (
        content[: chance.randint(0, len(content))] if chance.random() < 0.7 else content[chance.randint(0, len(content)) :]
    )


def _without(content: bytes, chance: Random, others: list[bytes]) -> bytes:
    start, end = _place(content, chance)
    return content[:start] + content[end:]


def _repeated(content: bytes, chance: Random, others: list[bytes]) -> bytes:
    start, end = _place(content, chance)
    return content[:start] + content[start:end] * chance.choice((2, 3, 10, 300)) + content[end:]


def _inserted(content: bytes, chance: Random, others: list[bytes]) -> bytes:
    start, _ = _place(content, chance)
    return content[:start] + chance.choice(_HOSTILE) * chance.choice((1, 1, 1, 3)) + content[start:]


def _spliced(content: bytes, chance: Random, others: list[bytes]) -> bytes:
    other = chance.choice(others)
    return content[: chance.randint(0, len(content))] + other[chance.randint(0, len(other)) :]


def _moved(content: bytes, chance: Random, others: list[bytes]) -> bytes:
    start, end = _place(content, chance)
    rest, to = content[:start] + content[end:], chance.randint(0, len(content))
    return rest[:to] + content[start:end] + rest[to:]


def _reencoded(content: bytes, chance: Random, others: list[bytes]) -> bytes:
    return content.decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "replace")


def _other_lines(content: bytes, chance: Random, others: list[bytes]) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(
        b"\n", chance.choice((b"\r", b"\r\n", b"\n\n", b"", b"\0", "\u2028".encode()))
    )


def _mixed_case(content: bytes, chance: Random, others: list[bytes]) -> bytes:
    return content.swapcase() if chance.random() < 0.5 else content.upper()


FAULTS: tuple[Fault, ...] = (
    *(_flipped, _flipped, _cut, _without, _repeated, _inserted, _inserted, _inserted, _spliced, _moved, _reencoded),
    *(_other_lines, _mixed_case),
)
LETTERS = (
    "abcXYZ019 ._-~%#?&=+;,'\"()[]{}<>|\\*$@!^`é\u0301ßЖ中\U0001f600\u202e\u200b\x1b\n\r\t\x07\x7f\x9b\u2028\udcff\udc80:"
)


def hostile_name(chance: Random, suffix: str) -> str:
    """A name that a file may have, with *suffix*; not hidden, and no path."""
    letters = "".join(chance.choice(LETTERS) for _ in range(chance.choice((1, 2, 5, 12, 40))))
    return f"f{letters.replace('/', '_')}{suffix}"


def spoiled_file(chance: Random, files: dict[str, list[bytes]]) -> tuple[str, str, bytes]:
    """The kind of a file (its suffix), its name and its content: spoiled, packed, misnamed."""
    others = [content for contents in files.values() for content in contents]
    suffix = chance.choice(sorted(files))
    content = chance.choice(files[suffix])
    if suffix == ".docx" and chance.random() < 0.7:
        content = zipped({"word/document.xml": spoiled(_document_xml(content), chance, others)})
    elif chance.random() < 0.97:
        content = spoiled(content, chance, others)
    kind, ends = (
        suffix,
        suffix if chance.random() < 0.9 else chance.choice((*sorted(FORMATS), "", ".xyz", ".TXT", ".gz", ".zip")),
    )
    for _ in range(chance.choice((0, 0, 0, 0, 0, 1, 1, 2, 4))):
        if chance.random() < 0.5:
            content, ends = gzip.compress(content, mtime=0), f"{ends}.gz"
        else:
            members = {hostile_name(chance, ends).encode("utf-8", "replace").decode(): content}
            if chance.random() < 0.3:
                members["b.txt"] = _plain(1)
            content, ends = zipped(members), ".zip"
        kind = "packed"
        if chance.random() < 0.25:
            content = spoiled(content, chance, others)
    name = f"f{ends}" if chance.random() < 0.7 else hostile_name(chance, ends)
    return kind, name, content


def _document_xml(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml")


# -- what is promised -----------------------------------------------------------------------------


class Broken(AssertionError):
    """A promise is broken; the message says which."""


def kept(promise: object, what: str) -> None:
    """Raise Broken, which says *what*, unless the promise holds; as `assert`, but also with `python -O`."""
    if not promise:
        raise Broken(what)


NEIGHBOUR = b"Norway met Oman.\n"
"""The good file beside each spoiled one."""


def taken(
    name: str, content: bytes, folder: Path, ontology: Ontology, *, alone: bool = False
) -> list[FoundArticle | Problem]:
    """What comes of a file of that *name* in *folder*: read by its own path if *alone*, else with the folder, and then the
    good file beside it is read too. Raises Broken where a promise of reading files is broken.
    """
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    try:
        if alone:
            found = list(find_articles([path], ontology))
        else:
            (folder / "zz.txt").write_bytes(NEIGHBOUR)
            found = list(find_articles([folder], ontology))
            beside = [one for one in found if _place_of(one).startswith("zz.txt")]
            kept(any(isinstance(one, FoundArticle) for one in beside), "the good file beside it is not read")
            found = [one for one in found if one not in beside]
    finally:
        path.unlink()
    for one in found:
        kept(_place_of(one).startswith(shown(name)), f"told of {_place_of(one)!r}, which is no place in {shown(name)!r}")
        for problem in [one] if isinstance(one, Problem) else one.problems:
            keeps_problem(problem)
        if isinstance(one, FoundArticle):
            keeps_article(one.article)
    kept(found, "unaccounted: neither an article nor a Problem")
    return found


def _place_of(one: FoundArticle | Problem) -> str:
    return one.where if isinstance(one, Problem) else one.article.source


def keeps_problem(problem: Problem) -> None:
    """A Problem is of a kind that was foreseen, and one line that may be shown."""
    if problem.details:
        raise Broken(f"kgbuild failed on it: {problem.details.strip()[-1500:]}")
    said = str(problem)
    kept(said.isprintable() or not UNPRINTED.search(said), f"control characters in {said!r}")
    kept(len(said) < 5000, f"a Problem of {len(said)} characters: {said[:200]}")
    said.encode()


UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]")
DAY = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d)?")


def keeps_article(article: Article) -> None:
    """Its blocks lie in order within its text, its date is one, its fields are lines, and all of it can be written."""
    before = 0
    for block in article.blocks:
        kept(before <= block.start < block.end <= len(article.text), f"{block} does not fit")
        before = block.end
    kept(article.text.strip(), "an article without a text")
    kept(article.issued is None or DAY.fullmatch(article.issued), f"no date: {article.issued}")
    for value in (article.title, article.publisher, article.url, article.id, article.text, article.source):
        (value or "").encode()  # no half characters
    for value in (article.title, article.publisher or ""):
        kept("\n" not in value, f"not on one line: {value!r}")


def keeps_offsets(text: str) -> None:
    """The map of the text as it is read leads into the text as it was, in order, and normalising twice changes nothing."""
    found = normalised(text)
    starts, ends = list(found.starts), list(found.ends)
    kept(len(starts) == len(found.text) + 1 and len(ends) >= len(found.text), "the map is not as long as the text")
    kept(starts == sorted(starts) and (not starts or (starts[0] >= 0 and starts[-1] == len(text))), "starts fall, or leave")
    kept(all(s < e <= len(text) for s, e in zip(starts, ends, strict=False) if e), "an end before its start")
    kept(normalised(found.text).text == found.text, "normalising again changes it")


def stood(content: bytes) -> Iterator[str]:
    """The sentences of STORIES that still stand in *content* as they were, and which so must be read or be told of."""
    for sentence in SENTENCES:
        if sentence.encode() in content:
            yield sentence
