"""What people really have, fault by fault: what is said of it, and what is read all the same.

FAULTS is meant to be read from top to bottom. Each row is a fault, the files that show it, the exit code of
`kgbuild extract FOLDER`, all that it says, and all claims that it finds; beside them always stands a sound article,
good.txt, whose claim must be there. REFUSED has queries and arguments. What needs another process, a browser or a lot of
time is tested where COVERED says.
"""

from __future__ import annotations

import email.message
import gzip
import io
import json
import os
import re
import socket
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

import kgbuild.ontology
import kgbuild.read.reader
from kgbuild.cli import main
from kgbuild.graph.store import Graph
from kgbuild.ontology import Ontology
from kgbuild.read.reader import Reader
from kgbuild.read.text.corpus import FORMATS

GOOD = "December 16, 2014\n\nPeru expelled a Cuban diplomat on Monday."
KEPT = "ExpelDiplomats Peru Cuba 2014-12-15"
"""What is read in good.txt."""
STORY = "Norway and Chad signed a treaty on Monday."
SIGNED = "SignAgreement Norway Chad 2014-12-15"
"""What is read in STORY, if the article's day is known."""
UNDATED = "SignAgreement Norway Chad"
DAY = "2014-12-16"


@dataclass(frozen=True)
class Fault:
    """A fault of input, and what becomes of it."""

    name: str
    files: dict[str, bytes]
    code: int
    told: tuple[str, ...] = ()
    """What stderr says, line by line, without the line that counts what is left out."""
    claims: tuple[str, ...] = ()
    """What is read, beside KEPT."""
    make: Callable[[Path], object] | None = None
    """What else must be in the folder."""


def record(text: str, **fields: object) -> bytes:
    """A line of JSON."""
    return json.dumps({"text": text, "date": DAY, **fields}).encode() + b"\n"


def table(*rows: tuple[str, ...], delimiter: str = ",") -> str:
    return "".join(delimiter.join(row) + "\n" for row in rows)


def page(head: str = "", body: str = "", foot: str = "") -> bytes:
    """A page with an article on it."""
    more = "<p>The ministers of both states met the press after the ceremony and took no questions at all.</p>"
    whole = (
        f"<html><head><title>Treaty</title>{head}</head><body>{body}<article><h1>Treaty</h1><p>{STORY}</p>{more}</article>"
    )
    return f"{whole}{foot}</body></html>".encode()


def damaged(content: bytes) -> bytes:
    """Two bytes in the middle, flipped."""
    middle = len(content) // 2
    return content[:middle] + bytes(255 - byte for byte in content[middle : middle + 2]) + content[middle + 2 :]


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def mail() -> bytes:
    sent = email.message.EmailMessage()
    sent["Subject"], sent["From"], sent["Date"] = "Treaty", "Wire <wire@example.org>", "Tue, 16 Dec 2014 17:03:00 +0000"
    sent.set_content(STORY)
    sent.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="map.png")
    return sent.as_bytes()


def saved_page() -> bytes:
    sent = email.message.EmailMessage()
    sent["Snapshot-Content-Location"], sent["Subject"] = "https://example.org/treaty", "Treaty"
    sent.set_content(page(f'<meta property="article:published_time" content="{DAY}">').decode(), subtype="html")
    sent.make_related()
    return sent.as_bytes()


def fetched(kind: str, content: bytes) -> bytes:
    """A record of a web archive."""
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + content
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\n"
        f"WARC-Date: {DAY}T12:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def word_document() -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in ("December 16, 2014", STORY))
    return zipped({"word/document.xml": f'<w:document xmlns:w="{space}"><w:body>{lines}</w:body></w:document>'.encode()})


def odd_things(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (folder / "nowhere.txt").symlink_to(folder / "missing.txt")
    (folder / "round.txt").symlink_to(folder / "round.txt")
    here = os.getcwd()
    os.chdir(folder)  # the path of a socket may have 107 bytes
    try:
        with socket.socket(socket.AF_UNIX) as heard:
            heard.bind("socket.txt")
    finally:
        os.chdir(here)


def strange_name(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text(f"{DAY}\n\n{STORY}", encoding="utf-8")


RSS = f"""<rss version="2.0"><channel><title>Wire</title><item><title>Treaty</title><description>{STORY}</description>
<pubDate>Tue, 16 Dec 2014 17:03:00 GMT</pubDate></item></channel></rss>""".encode()
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><title>Treaty</title>
<published>2014-12-16T17:03:00Z</published><content type="text">{STORY}</content></entry></feed>""".encode()
NITF = f"""<nitf><head><docdata><date.issue norm="20141216T170300Z"/></docdata></head><body><body.head><hedline>
<hl1>Treaty</hl1></hedline></body.head><body.content><p>{STORY}</p></body.content></body></nitf>""".encode()
NEWSML = f"""<NewsML><NewsItem><NewsManagement><FirstCreated>20141216T170300Z</FirstCreated></NewsManagement><NewsComponent>
<NewsLines><HeadLine>Treaty</HeadLine></NewsLines><ContentItem><DataContent><p>{STORY}</p></DataContent></ContentItem>
</NewsComponent></NewsItem></NewsML>""".encode()
REUTERS = f"""<!DOCTYPE lewis SYSTEM "lewis.dtd">\n<REUTERS NEWID="1"><DATE>16-DEC-2014 17:03:00.00</DATE><TEXT>
<TITLE>TREATY</TITLE><BODY>{STORY} Reuter</BODY></TEXT></REUTERS>\n""".encode()
NEXIS = f"""1 of 2 DOCUMENTS

The Wire

December 16, 2014 Tuesday

Treaty

LENGTH: 8 words

{STORY}

LOAD-DATE: December 17, 2014

2 of 2 DOCUMENTS

The Wire

March 5, 2013 Tuesday

Visit

LENGTH: 6 words

Iran met Iraq on Monday.

LOAD-DATE: March 6, 2013
"""
ENDED = "It is damaged: fetch it again."
OPEN = "a.html: no date found, so relative dates stay open."
NO_KIND = f"not a kind of file that kgbuild reads. It reads {', '.join(FORMATS)}, .gz and .zip."
ENDLESS = "cannot be read: it unpacks to more than 16 MB and 200 times its size; nothing after that is read."
GIVEN_UP = "100 of its records one after the other are no articles. No more of it is read."

FAULTS: list[Fault] = []


def fault(name: str, files: dict[str, bytes], code: int, *told: str, claims: tuple[str, ...] = (), **more: object) -> None:
    FAULTS.append(Fault(name, files, code, told, claims, **more))  # type: ignore[arg-type]


# -- one bad file ends nothing ----------------------------------------------------------------------

fault("a name that is not UTF-8", {}, 0, claims=(SIGNED,), make=strange_name)
fault(
    "a damaged .gz",
    {"bad.txt.gz": damaged(gzip.compress(GOOD.encode() * 50, mtime=0))},
    3,
    f"bad.txt.gz: cannot be read: Error -3 while decompressing data: invalid distance too far back. {ENDED}",
)
fault(
    "a .gz that is cut off",
    {"bad.txt.gz": gzip.compress(GOOD.encode(), mtime=0)[:-20]},
    3,
    f"bad.txt.gz: cannot be read: Compressed file ended before the end-of-stream marker was reached. {ENDED}",
)
fault(
    "a date before the year 1000",
    {"a.jsonl": record(STORY, date="0001-01-01")},
    0,
    'a.jsonl:1: the date "0001-01-01" is before the year 1000, so relative dates stay open. Write it as year-month-day.',
    claims=(UNDATED,),
)
fault(
    "a JSON line of 100,000 [",
    {"a.jsonl": record(STORY) + b"[" * 100_000 + b"\n" + record("Iran met Iraq.")},
    3,
    "a.jsonl:2: not JSON: maximum recursion depth exceeded while decoding a JSON array from a unicode string.",
    claims=(
        SIGNED,
        "Meeting Iran Iraq",
    ),
)
fault(
    "a CSV field over 64 MB",
    {"a.csv": b"text,date\n" + b"x" * (65 << 20) + f",{DAY}\n{STORY},{DAY}\n".encode()},
    3,
    "a.csv:2: longer than 16 MB, or 100,000 lines. It is left out.",
    claims=(SIGNED,),
)

# -- nothing is lost or spoiled in silence ------------------------------------------------------------

fault(
    "CSV in Windows-1252",
    {"a.csv": table(("text", "date"), ("Côte d’Ivoire and Chad signed a treaty.", DAY)).encode("cp1252")},
    0,
    "a.csv: not UTF-8; read as Windows-1252. Convert it if words look wrong.",
    claims=("SignAgreement Ivory_Coast Chad",),
)
fault(
    "the charset of a page",
    {"a.html": page('<meta charset="windows-1251">').replace(STORY.encode(), "Сергей Лавров met Iraq.".encode("cp1251"))},
    0,
    OPEN,
    claims=(
        "Meeting",
        "Meeting Sergey_Lavrov Iraq",
    ),
)
fault("UTF-32", {"a.txt": f"{DAY}\n\n{STORY}".encode("utf-32")}, 0, claims=(SIGNED,))
fault(
    "an unclosed quote in CSV",
    {
        "a.csv": table(
            ("n", "date", "text"), ("1", DAY, f'"{STORY}'), ("2", DAY, "Iran met Iraq."), ("3", DAY, "Mali met Niger.")
        ).encode()
    },
    0,
    "a.csv:2: a quotation mark is never closed. It is read to the end of its line; close it.",
    claims=(
        SIGNED,
        "Meeting Iran Iraq",
        "Meeting Mali Niger",
    ),
)
fault(
    "a pipe, a socket, links to nowhere and to themselves",
    {},
    3,
    "nowhere.txt: a link to nothing. Point it to what was meant, or remove it.",
    "pipe.txt: a named pipe, no file. Write what comes out of it into a file, or pipe it in: kgbuild build -",
    "round.txt: a link that leads back to itself. Point it to what was meant, or remove it.",
    "socket.txt: a socket, no file. Write what comes out of it into a file, or pipe it in: kgbuild build -",
    make=odd_things,
)
fault("a file of no kind that is read", {"a.xyz": b"x"}, 3, f"a.xyz: {NO_KIND}")
fault("a picture beside the articles", {"map.PNG": b"\x89PNG"}, 0, f"map.PNG: {NO_KIND}")
fault(
    "letters with separate accents",
    {"a.jsonl": record("Co\u0302te d'Ivoire and Tu\u0308rkiye signed a treaty.")},
    0,
    claims=("SignAgreement Ivory_Coast Turkey",),
)
fault(
    "soft hyphens",
    {"a.jsonl": record("Nor\u00adway and Ch\u00adad signed a trea\u00adty on Mon\u00adday.")},
    0,
    claims=(SIGNED,),
)
fault(
    "zero-width spaces", {"a.jsonl": record("Nor\u200bway and Chad\u200b signed a treaty on Monday.")}, 0, claims=(SIGNED,)
)
fault(
    "marks of the direction of writing",
    {"a.jsonl": record("\u202aNorway\u202c and \u2067Chad\u2069 signed a treaty on Monday.")},
    0,
    claims=(SIGNED,),
)
fault(
    "words that the ends of lines part",
    {"a.txt": f"{DAY}\n\nNorway and Chad signed a fish-\neries agree-\nment on Monday.".encode()},
    0,
    claims=(SIGNED,),
)
fault(
    "mark-up and entities in JSON",
    {"a.jsonl": record("<p>Sergey&nbsp;Lavrov met Iraq &amp; Iran on <b>Monday</b>.</p>")},
    0,
    claims=("Meeting Sergey_Lavrov Iraq Iran 2014-12-15",),
)
fault(
    "another language",
    {
        "a.jsonl": record(
            "Der Minister hat am Montag in der Stadt mit dem Präsidenten über die Lage gesprochen und ist dann geflogen."
        )
    },
    3,
    "a.jsonl:1: not English (German); kgbuild reads English. Nothing is read in it; translate it first.",
)

# -- everything is bounded ------------------------------------------------------------------------------

fault(
    "a .jsonl.gz that grows without end",
    {"a.jsonl.gz": gzip.compress(b'{"text": "' + b"x" * (32 << 20), mtime=0)},
    3,
    f"a.jsonl.gz: {ENDLESS}",
)
fault(
    "a .csv.gz that grows without end",
    {"a.csv.gz": gzip.compress(b"text\n" + b"x" * (32 << 20), mtime=0)},
    3,
    f"a.csv.gz: {ENDLESS}",
)
fault("Germany and Germany and …", {"a.jsonl": record("Germany and " * 600 + "France met.")}, 0)
fault(
    "the head of the head of …",
    {"a.jsonl": record("The head of " + "the head of " * 600 + "France met Iran.")},
    0,
    claims=("Meeting Iran",),
)
fault(
    "a tag of 200,000 attributes",
    {"a.html": page(body="<div " + " ".join(f"a{n}=1" for n in range(200_000)) + ">")},
    0,
    "a.html: a tag of 200,000 attributes: they are not read. What else stands in the page is read.",
    OPEN,
    claims=(
        "Meeting",
        UNDATED,
    ),
)
fault(
    "a page of 12,000 short paragraphs",
    {"a.html": page().replace(b"</article>", b"<p>Hi.</p>" * 12_000 + b"</article>")},
    3,
    "a.html: 12,003 paragraphs, more than 10,000. Split it into one article a file.",
)
fault(
    "a CSV of endless lines of one quotation mark",
    {"a.csv": b"n,text\n" + b'"\n' * 1000},
    3,
    *(f"a.csv:{n}: empty." for n in range(2, 102)),
    f"a.csv: {GIVEN_UP}",
)
fault(
    "a JSON Lines file of endless lines that are no JSON",
    {"a.jsonl": b"}\n" * 1000},
    3,
    *(f"a.jsonl:{n}: not JSON: Expecting value: line 1 column 1 (char 0)." for n in range(1, 101)),
    f"a.jsonl: {GIVEN_UP}",
)
fault(
    "an article of more than 500,000 characters",
    {"a.txt": STORY.encode() * 12_000},
    3,
    "a.txt: 504,000 characters long, more than 500,000. Split it into one article a file.",
)

fault("20,000 blank lines in JSON Lines", {"a.jsonl": b"\n" * 20_000 + record(STORY)}, 0, claims=(SIGNED,))

# -- what is said is right and harmless -------------------------------------------------------------

fault("a name with the escapes of a terminal and a line end", {"\x1b[2J\n.txt": b""}, 3, "\\x1b[2J\\n.txt: empty.")

# -- formats that people have ------------------------------------------------------------------------

for name, files in {
    "a JSON array": {"a.json": b"[" + record(STORY) + b"]"},
    "a JSON object": {"a.json": record(STORY)},
    "a table with tabs": {"a.tsv": table(("text", "date"), (STORY, DAY), delimiter="\t").encode()},
    "CSV with semicolons": {"a.csv": table(("text", "date"), (STORY, DAY), delimiter=";").encode()},
    "CSV with tabs": {"a.csv": table(("text", "date"), (STORY, DAY), delimiter="\t").encode()},
    "CSV in UTF-16": {"a.csv": table(("text", "date"), (STORY, DAY)).encode("utf-16")},
    "RSS": {"a.xml": RSS},
    "Atom": {"a.xml": ATOM},
    "NITF": {"a.xml": NITF},
    "NewsML": {"a.xml": NEWSML},
    "Reuters SGML": {"a.xml": REUTERS},
    "Markdown": {
        "a.md": f"---\ndate: {DAY}\n---\n# Treaty\n\n**Norway** and [Chad](http://a) signed a treaty on Monday.\n".encode()
    },
    "a zip": {"a.zip": zipped({"2014/a.txt": f"{DAY}\n\n{STORY}".encode()})},
    "a Word document": {"a.docx": word_document()},
}.items():
    fault(name, files, 0, claims=(SIGNED,))
fault("a page that a browser saved", {"a.mht": saved_page()}, 0, claims=("Meeting", SIGNED))
fault(
    "a web archive with a picture",
    {"a.warc": fetched("text/html", page()) + fetched("image/png", b"\x89PNG")},
    0,
    "a.warc:1: no date found. The day on which its file was made or fetched is taken: 2014-12-16.",
    "a.warc: what was fetched and is no page is not read: 1 image/png.",
    claims=(
        "Meeting",
        SIGNED,
    ),
)
fault(
    "a mail with a picture",
    {"a.eml": mail()},
    0,
    "a.eml: attached, and not read: map.png. Save it beside the mail.",
    claims=(SIGNED,),
)
fault("an export of many articles", {"a.txt": NEXIS.encode()}, 0, claims=(SIGNED, "Meeting Iran Iraq 2013-03-04"))
for text_name, date_name in (("maintext", "date_publish"), ("content", "publishedAt"), ("body", "published")):
    files = {"a.jsonl": json.dumps({text_name: STORY, date_name: DAY}).encode()}
    told = f"a.jsonl: text from `{text_name}`, date from `{date_name}`."
    fault(f"columns {text_name} and {date_name}", files, 0, told, claims=(SIGNED,))
for written in ("16.12.2014", "16/12/2014", "20141216", "20141216T170300Z", "16-Dec-14", "Tue Dec 16 17:03:00 +0000 2014"):
    fault(f"the date {written}", {"a.jsonl": record(STORY, date=written)}, 0, claims=(SIGNED,))
fault(
    "a date that may be two",
    {"a.jsonl": record(STORY, date="3/4/2014")},
    0,
    'a.jsonl:1: the date "3/4/2014" may be 2014-03-04 or 2014-04-03, so relative dates stay open.'
    " Write it as year-month-day.",
    claims=(UNDATED,),
)
PUBLISHED = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2014-12-16"}</script>'
CHANGED = '<meta property="article:modified_time" content="2019-03-01">'
fault("JSON-LD and the day of a change", {"a.html": page(CHANGED + PUBLISHED)}, 0, claims=("Meeting", SIGNED))
fault(
    "a copyright at the foot",
    {"a.html": page(foot="<footer><p>Copyright 2020 The Wire</p></footer>")},
    0,
    OPEN,
    claims=(
        "Meeting",
        UNDATED,
    ),
)
LEAD = "<h1>Visit</h1><p class='standfirst'>Iran met Iraq in Oslo after a long dispute on the use of water.</p>"
fault(
    "a lead outside the article", {"a.html": page(PUBLISHED, LEAD)}, 0, claims=("Meeting", "Meeting Iran Iraq Oslo", SIGNED)
)


@pytest.fixture(autouse=True)
def loaded_once(reader: Reader, ontology: Ontology, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The loaded ontology and model serve all commands."""
    monkeypatch.setattr(kgbuild.read.reader, "Reader", lambda ontology, model: reader)
    monkeypatch.setattr(kgbuild.ontology, "load", lambda folder=None: ontology)
    monkeypatch.setattr("kgbuild.read.text.patience.ENOUGH", 100)
    yield


def in_short(line: str) -> str:
    claim = json.loads(line)
    named = [role["entity"] for role in claim["roles"] if role.get("entity")]
    when = (claim.get("when") or {}).get("edtf")
    return " ".join([claim["claims"], *named, when or ""]).replace("dip:", "").replace("id:", "").strip()


@pytest.mark.skipif(sys.platform == "win32", reason="files that Windows does not have")
@pytest.mark.parametrize("row", FAULTS, ids=lambda row: row.name)
def test_a_fault_is_told_and_costs_nothing_else(row: Fault, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    for name, content in row.files.items():
        (folder / name).write_bytes(content)
    if row.make:
        row.make(folder)
    done = CliRunner().invoke(main, ["extract", str(folder)])
    said = [line.strip() for line in done.stderr.splitlines()]
    counted = [line for line in said if line.startswith("Left out: ")]
    found = [short for line in done.stdout.splitlines() if not (short := in_short(line)).startswith("Statement")]
    assert (done.exit_code, tuple(line for line in said if line not in counted)) == (row.code, row.told)
    assert (len(counted), sorted(found)) == (row.code == 3, sorted((KEPT, *row.claims)))


# -- queries and arguments --------------------------------------------------------------------------

REFUSED = {
    "a keyword behind an IRI that is none": (
        ("query", "PREFIX p: <http://a:> ASK { ?s ?q p:SERVICE <ADDRESS> { <a:a> <a:b> <a:c> } }", "-o", "OUT"),
        "The query says SERVICE, which would send data to another server. Remove it: kgbuild asks the graph on this machine"
        " alone. (Call a prefix of that name something else, and write an IRI beside it in full.)",
    ),
    "a query in 20,000 brackets": (
        ("query", "ASK " + "{" * 20_000 + "}" * 20_000, "-o", "OUT"),
        "The query is nested too deeply: it has more than 100 brackets, or signs, within each other. Write it flatter.",
    ),
    "a query without end": (
        ("query", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", "-o", "OUT", "--timeout", "1"),
        "The query took longer than 1 seconds and was stopped."
        " Ask for less, e.g. with LIMIT or a narrower pattern, or allow more: --timeout.",
    ),
    "a corpus of 5,000 characters": (
        ("build", "x" * 5000, "-o", "OUT"),
        f"{'x' * 100}…{'x' * 100}: no such file or folder (File name too long)."
        " Name a folder of articles, e.g. kgbuild build seeds/",
    ),
    "a graph of 5,000 characters": (
        ("query", "met", "-o", "x" * 5000),
        f"{'x' * 5000}: no graph here yet. Build one first: kgbuild build seeds/ -o {'x' * 5000}",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_query_or_argument_is_refused_in_a_sentence_and_nobody_is_called(name: str, tmp_path: Path) -> None:
    graph = Graph.create(tmp_path / "out" / "store")
    graph.load_trig(Path(__file__).with_name("small.trig"))
    graph.compact()
    given, told = REFUSED[name]
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
        arguments = [part.replace("ADDRESS", address).replace("OUT", str(tmp_path / "out")) for part in given]
        done = CliRunner().invoke(main, arguments)
        with pytest.raises(BlockingIOError):
            listener.accept()
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", f"kgbuild: {told}\n")


# -- what is tested elsewhere -----------------------------------------------------------------------

COVERED = {
    "an article on which kgbuild fails, whatever it raises": "test_net.py: an_article_that_raises_loses_none",
    "a folder that cannot be read": "read/text/test_places.py: a_folder_that_cannot_be_read_is_named",
    "a process that opens a socket": "graph/test_confined.py: a_confined_process_is_refused_a_socket",
    "two hundred hostile spellings of SERVICE": "graph/test_guard.py: no_hostile_query_that_the_guard_lets_pass_calls_out",
    "a query whose parent is killed": "graph/test_bounded.py: the_process_ends_when_its_parent_is_killed",
    "the laying out of a large answer": "ask/test_worker.py: laying_out_is_stopped_in_time",
    "a query in Python": "ask/test_worker.py: a_query_in_python_is_stopped_at_the_limit",
    "Ctrl-C on two processes": "test_safety.py: ctrl_c_in_a_terminal_ends_all_processes",
    "a click on a line of many long claims": "ask/test_page.py: a_line_of_many_claims_shows_some",
    "a damaged store": "test_cli.py: a_damaged_store_is_told_by_every_command",
    "a damaged store in Python": "ask/test_worker.py: a_damaged_store_raises_from_python",
    "a damaged cache": "test_incremental.py: a_kept_article_that_is_damaged",
    "standard output on a full disk": "test_cli.py: standard_output_on_a_full_disk_is_a_message",
    "standard output in cp1252": "test_cli.py: standard_output_of_too_small_an_alphabet",
    "diff in a folder that cannot be written": "test_cli.py: two_days_are_compared_in_a_folder_that_cannot_be_written",
    "PDF": "read/text/test_formats.py: a_pdf_gives_its_text_title_and_date",
}


@pytest.mark.parametrize("name", COVERED)
def test_what_is_tested_elsewhere_is(name: str) -> None:
    file, _, test = COVERED[name].partition(": ")
    assert re.search(rf"^def test_{test}", (Path(__file__).parent / file).read_text(encoding="utf-8"), re.MULTILINE)
