"""The pages of `kgbuild serve`: questions as forms, answers, files to take along, and nothing of an article that runs."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from lxml import html
from serving import Served

TRAP = "<script>alert(1)</script>\x1b[31m\u202e"


def words(text: str, path: str) -> list[str]:
    """The text of the elements at an XPath, in their order."""
    return [" ".join(element.text_content().split()) for element in html.fromstring(text).xpath(path)]


def test_the_first_page_has_every_named_question_as_a_form(server: Served) -> None:
    from kgbuild.ask.questions import named_questions
    from kgbuild.ontology import default_folder

    page = html.fromstring(server.get("/").text)
    assert page.xpath("//form/input[@name='question']/@value") == list(named_questions(default_folder()))


def test_the_first_page_says_of_which_articles_it_answers(server: Served) -> None:
    said = f"2 articles of Belmoran Post and Selin Wire, 2021-03, in {server.desk.output.resolve()}"
    assert words(server.get("/").text, "//p[@class='count']") == [said]


def test_every_field_of_a_page_has_a_label(server: Served) -> None:
    page = html.fromstring(server.get("/").text)
    fields = page.xpath("//input[not(@type='hidden')]/@id | //textarea/@id")
    assert sorted(fields) == sorted(page.xpath("//label/@for")) and len(fields) == len(set(fields))


def test_a_question_of_ones_own_is_there_as_soon_as_its_file_is(server: Served) -> None:
    folder = server.desk.output / "queries"
    folder.mkdir()
    (folder / "mine.rq").write_text("# title: <b>Mine</b>\nSELECT ('yes' AS ?answer) {}", encoding="utf-8")
    reply = server.get("/ask", question="mine")
    assert (words(reply.text, "//h1"), words(reply.text, "//tbody//td")) == (["<b>Mine</b>"], ["yes"])


def test_an_answer_is_a_table_and_actors_lead_to_their_pages(server: Served) -> None:
    reply = server.get("/ask", question="met", name="Arvania")
    page = html.fromstring(reply.text)
    assert (reply.code, words(reply.text, "//p[@class='count']")) == (200, ["1 row"])
    assert page.xpath("//tbody//a/@href")[:2] == ["/show?name=Lena+Ostrov", "/show?name=Tomas+Reyl"]


def test_a_form_keeps_what_was_asked(server: Served) -> None:
    reply = server.get("/ask", question="met", name="Arvania", since="2020", sort="-when", limit="3")
    kept = html.fromstring(reply.text).xpath("//form[@class='ask']//input[@id]")
    assert [(field.name, field.value) for field in kept if field.value] == [
        ("name", "Arvania"), ("since", "2020"), ("sort", "-when"), ("limit", "3"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "given", "code", "says"),
    [
        ("/ask", {"question": "met", "name": "Arvanja"}, 400, 'Nothing in this graph is called "Arvanja". Did you mean'),
        ("/ask", {"question": "mett"}, 400, 'No question "mett". Did you mean "met"? There are:'),
        ("/ask", {"question": "/etc/passwd"}, 400, 'No question "/etc/passwd". There are:'),
        ("/ask", {"question": "met", "limit": "0"}, 400, "The limit is a number from 1 on."),
        (
            "/ask",
            {"question": "met", "about": "Arvania"},
            400,
            '"about" is nothing that a question takes. It takes: name, since, until, state, sort, limit, format.',
        ),
        ("/ask", {"question": "met", "since": "soon"}, 400, '"soon" is no date. Write a day'),
        ("/ask", {"question": "met", "format": "exe"}, 400, 'No format "exe". There are: csv, tsv, json'),
        ("/query", {"query": "SELEKT"}, 400, "The query has a mistake in line 1, column 1:"),
        ("/show", {"name": ""}, 400, "Say who or what: a name."),
        ("/network", {"about": "Nobody"}, 400, 'Nothing in this graph is called "Nobody".'),
        ("/../etc/passwd", {}, 404, "There is no such page here."),
    ],
)
def test_what_cannot_be_done_is_said_on_a_page(
    server: Served, path: str, given: dict[str, str], code: int, says: str
) -> None:
    reply = server.get(path, **given)
    assert (reply.code, reply.media) == (code, "text/html; charset=utf-8")
    assert words(reply.text, "//pre[@role='alert']")[0].startswith(says)


def test_a_page_can_only_be_read(server: Served) -> None:
    assert server.ask("POST", "/", b"a=b").code == 405


def test_a_query_of_ones_own_is_answered_below_it_with_what_may_be_wrong(server: Served) -> None:
    reply = server.get("/query", query="SELECT ?x { ?x a dip:Meetingg }")
    assert words(reply.text, "//textarea") == ["SELECT ?x { ?x a dip:Meetingg }"]
    assert words(reply.text, "//p[@class='count']") == ["Nothing found."]
    assert "dip:Meeting" in words(reply.text, "//p[@class='remark']")[0]


def test_yes_and_no_are_said_in_words(server: Served) -> None:
    assert words(server.get("/query", query="ASK {}").text, "//p[@class='count']") == ["Yes."]


def test_a_long_answer_is_cut_and_says_so(server: Served) -> None:
    numbers = " ".join(map(str, range(600)))
    reply = server.get("/query", query=f"SELECT ?n {{ VALUES ?n {{ {numbers} }} }}")
    assert words(reply.text, "//p[@class='count']") == ["The first 500 of 600 rows; the files have all."]
    assert len(words(reply.text, "//tbody/tr")) == 500


def test_an_answer_can_be_taken_along(server: Served) -> None:
    reply = server.get("/ask", question="met", name="Arvania")
    files = html.fromstring(reply.text).xpath("//p[@class='files']/a/@href")
    taken = {re.sub(".*=", "", file): server.get(file) for file in files}
    assert taken["csv"].headers["Content-Disposition"] == "attachment; filename=met.csv"
    assert [row["who"] for row in csv.DictReader(taken["csv"].text.splitlines())] == ["Lena Ostrov"]
    assert [row["who"] for row in json.loads(taken["json"].text)] == ["Lena Ostrov"]
    assert {style: reply.code for style, reply in taken.items()} == dict.fromkeys(
        ("csv", "tsv", "json", "jsonl", "sparql-json", "markdown"), 200
    )


def test_a_thing_has_a_page_that_leads_on(server: Served) -> None:
    reply = server.get("/show", name="belmora")
    links = html.fromstring(reply.text).xpath("//nav[@class='more']/a/@href")
    assert (reply.code, words(reply.text, "//h1")) == (200, ["Belmora"])
    assert (links[0], links[-1]) == ("/ask?question=timeline&name=belmora", "/network?about=belmora")
    assert words(reply.text, "//h2") and words(reply.text, "//ul[@class='quotes']/li/q")


def test_partners_office_holders_and_events_of_a_page_lead_to_theirs(server: Served) -> None:
    page = html.fromstring(server.get("/show", name="Belmora").text)
    under = {part.xpath("string(h2)"): part.xpath(".//a/@href") for part in page.xpath("//section")}
    assert (under["With"], under["People"]) == (
        ["/show?name=id%3AArvania", "/ask?question=timeline&name=Belmora&name=id%3AArvania"],
        ["/show?name=Tomas+Reyl"],
    )
    assert under["Events"][0].startswith("/ask?question=evidence&name=id%3Aevent%2F")


def test_the_page_of_an_event_has_its_quotes_and_no_questions_of_an_actor(server: Served) -> None:
    reply = server.get("/show", name="id:event/Withdraw/2021-03-07/Belmora-Amber_Line")
    assert (reply.code, html.fromstring(reply.text).xpath("//nav[@class='more']")) == (200, [])


def test_the_search_finds_names_and_sentences_in_any_case(server: Served) -> None:
    reply = server.get("/search", words="BELMORA")
    assert words(reply.text, "//ul[1]/li/a")[0] == "Belmora"
    quotes = words(reply.text, "//ul[@class='quotes']/li/q")
    assert quotes and all("belmora" in quote.lower() for quote in quotes)


def test_a_sentence_is_found_by_the_verb_of_its_claim_and_stands_between_its_neighbours(server: Served) -> None:
    found = html.fromstring(server.get("/search", words="withdraws amber").text).xpath("//ul[@class='quotes']/li")
    assert [one.xpath("string(q)") for one in found] == ["Belmora withdrew from the Amber Line on March 7, Reyl announced."]
    assert found[0].xpath("small/text()") == [
        "Arvania and Belmora signed the Harbour Accord in Port Selin in February 2021.",
        'Belmora\'s foreign minister Tomas Reyl said it "was never our line".',
    ]
    assert found[0].xpath("cite/text()") == ["Belmora leaves the Amber Line, Belmoran Post, 2021-03-08"]
    assert found[0].xpath("a/@href") == [
        "/ask?question=evidence&name=id%3Aevent%2FWithdraw%2F2021-03-07%2FBelmora-Amber_Line"
    ]


@pytest.mark.parametrize("half", ["withdr belm", "BELM withdrew", "annou", "harb acc"])
def test_words_that_are_only_begun_are_found(server: Served, half: str) -> None:
    assert words(server.get("/search", words=half).text, "//ul[@class='quotes']/li/q")


def test_an_index_of_other_tables_is_made_anew(server: Served) -> None:
    from kgbuild.ask.serve.search import FILE, kept

    server.get("/search", words="belmora")
    with closing(sqlite3.connect(server.desk.output / FILE)) as index:
        [(made,)] = index.execute("SELECT state FROM made").fetchall()
    assert made == f"2 {server.desk.state()}"
    assert kept(server.desk.output, f"1 {server.desk.state()}") is None


def test_a_search_without_finds_says_so(server: Served) -> None:
    reply = server.get("/search", words="x'\"} ?s <nix>")
    assert words(reply.text, "//main/p") == ["Nothing is called so.", "No sentence that is read has these words."]


def test_the_network_page_brings_its_own_policy(server: Served) -> None:
    reply = server.get("/network", about="Belmora")
    policy = html.fromstring(reply.text).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert (reply.code, reply.headers["Content-Security-Policy"]) == (200, "frame-ancestors 'none'")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")


NOTHING = [
    "default-src 'none'", "style-src 'self'", "img-src 'self'", "form-action 'self'", "base-uri 'none'",
    "frame-ancestors 'none'",
]  # fmt: skip


def test_the_query_page_runs_files_of_its_own_server_alone(server: Served) -> None:
    pytest.importorskip("django_ace", reason="no editor is installed: pip install kgbuild[editor]")
    reply = server.get("/query")
    page = html.fromstring(reply.text)
    assert reply.headers["Content-Security-Policy"].split("; ") == [*NOTHING, "script-src 'self'"]
    assert page.xpath("//script[text()] | //style | //*[@style] | //@onclick") == []
    assert page.xpath("//script/@src") == [
        "/editor/ace.js", "/editor/mode-sparql.js", "/editor/ext-language_tools.js", "/editor/editor.js",
    ]  # fmt: skip
    assert ["dip:Meeting", "meets"] in json.loads(page.xpath("//form/@data-terms")[0])
    for address in page.xpath("//@src | //link/@href"):
        assert server.get(address).code == 200


@pytest.mark.parametrize("name", ["", "nix.js", "../widget.js", "mode-python.js", "%2e%2e/widget.js", "css/../ace.js"])
def test_nothing_else_of_the_editors_package_is_served(server: Served, name: str) -> None:
    assert server.ask("GET", f"/editor/{name}").code == 404


def test_without_the_editors_package_the_query_page_has_a_box_and_runs_nothing(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kgbuild.ask.serve.editor.is_installed", lambda: False)
    reply = server.get("/query", query="SELEKT")
    page = html.fromstring(reply.text)
    assert (page.xpath("//script | //@data-terms"), words(reply.text, "//textarea")) == ([], ["SELEKT"])
    assert reply.headers["Content-Security-Policy"].split("; ") == NOTHING


def test_every_page_runs_nothing_and_loads_nothing_from_outside(server: Served) -> None:
    for path in ("/", "/ask?question=met", "/show?name=Belmora", "/search?words=a", "/nix"):
        reply = server.ask("GET", path)
        assert reply.headers["Content-Security-Policy"].split("; ") == NOTHING
        assert (reply.headers["X-Content-Type-Options"], reply.headers["Referrer-Policy"]) == ("nosniff", "no-referrer")
        page = html.fromstring(reply.text)
        assert page.xpath("//script | //style | //*[@style]") == []
        assert [link for link in page.xpath("//@src | //@href | //@action") if not re.match("/(?!/)|#", link)] == []


def test_nothing_of_an_article_or_a_request_runs_in_a_page(server: Served) -> None:
    sparql = "SELECT (CONCAT('<script>alert', '(1)</script>\\u001B[31m') AS ?who) ('javascript:x' AS ?whom) {}"
    for reply in (
        server.get("/query", query=sparql),
        server.get("/show", name=TRAP),
        server.get("/search", words=TRAP),
        server.get("/ask", question="met", name=TRAP, since='"><script>'),
        server.get("/" + TRAP.replace(" ", "%20").encode("unicode_escape").decode()),
    ):
        page = html.fromstring(reply.text)
        assert (
            page.xpath("//script[not(starts-with(@src, '/editor/'))]"),
            [link for link in page.xpath("//@href") if "javascript:" in link[:12]],
        ) == ([], [])


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_the_command_prints_its_address_and_ends_quietly(server: Served, ending: signal.Signals) -> None:
    command = [sys.executable, "-m", "kgbuild", "serve", "-o", str(server.desk.output), "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as running:  # fmt: skip
        assert running.stdout is not None and running.stderr is not None
        port = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/\n", running.stdout.readline())
        assert port is not None
        assert Served(int(port[1]), server.desk).query("ASK {}").text == "true"
        running.send_signal(ending)
        said = running.stderr.read()
    assert (running.returncode, said) == (0, "kgbuild: Answers on this machine alone, until Ctrl-C.\nkgbuild: Stopped.\n")


@pytest.mark.parametrize("port", ["taken", "usual"])
def test_a_port_that_is_taken_is_an_error_where_it_was_asked_for_alone(
    server: Served, port: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kgbuild.ask.serve.server import make_server
    from kgbuild.errors import KgbuildError

    if port == "usual":
        monkeypatch.setattr("kgbuild.ask.serve.server.USUAL", server.port)
        other = make_server(server.desk)
        assert other.effective_port not in (0, server.port)
        other.close()
    else:
        with pytest.raises(KgbuildError, match=r"^Port \d+ of this machine cannot be used \(Address already in use\)\."):
            make_server(server.desk, server.port)


def test_what_leads_to_quotes_says_so_but_a_query_of_ones_own_shows_iris(server: Served) -> None:
    named = html.fromstring(server.get("/ask", question="met", name="Arvania").text).xpath("//td[@data-column='event']/a")[0]
    asked = html.fromstring(server.get("/query", query="SELECT ?event { ?event a dip:Meeting }").text).xpath("//td/a")[0]
    assert (named.text, named.get("href").partition("=")[0]) == ("quotes", "/ask?question")
    assert (asked.text[:9], asked.get("href").partition("=")[0]) == ("id:event/", "/ask?question")
    assert server.get(asked.get("href")).code == 200


def test_scores_are_drawn_beside_their_figures(server: Served) -> None:
    reply = server.get("/query", query="SELECT ?score { VALUES ?score { 4 -2.0 } }")
    bars = html.fromstring(reply.text).xpath("//td[@data-column='score']/svg")
    assert [(bar.get("class"), bar[0].get("x"), bar[0].get("width")) for bar in bars] == [
        ("bar above", "60", "60.0"), ("bar below", "30.0", "30.0"),
    ]  # fmt: skip


def test_a_sentence_has_its_article_outlet_and_day_below_it(server: Served) -> None:
    reply = server.get("/ask", question="met", name="Arvania")
    assert "article" not in words(reply.text, "//th")
    cites = words(reply.text, "//td[@data-column='sentence']/cite")
    told = json.loads(server.get("/ask", question="met", name="Arvania", format="json").text)
    assert cites == [", ".join(row[name] for name in ("article", "outlet", "day") if row[name]) for row in told] != [""]


def test_a_browser_that_has_the_network_page_keeps_it_until_the_next_build(server: Served) -> None:
    first = server.get("/network", about="Belmora")
    again = server.ask("GET", "/network?about=Belmora", If_None_Match=first.headers["Etag"])
    other = server.ask("GET", "/network?about=Arvania", If_None_Match=first.headers["Etag"])
    assert (first.headers["Cache-Control"], again.code, again.text, other.code) == ("no-cache, private", 304, "", 200)
    (server.desk.output / "store" / "CURRENT").touch()
    assert server.ask("GET", "/network?about=Belmora", If_None_Match=first.headers["Etag"]).code == 200
