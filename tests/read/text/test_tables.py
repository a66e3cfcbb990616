"""Tables and records as people have them: any delimiter, encoding and name of a field; what is damaged costs a row."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kgbuild.cli import main
from kgbuild.errors import OntologyError, Problem
from kgbuild.graph.versions import Version, superseded, words_of
from kgbuild.model import Article
from kgbuild.ontology import Ontology, default_folder
from kgbuild.read.text.corpus import read_corpus
from kgbuild.read.text.fields import Fields, known_names
from kgbuild.read.text.formats import csv_table, json_document, json_lines

Told = tuple[list[tuple[str, str]], list[str]]
NO_DATE = "no date found"


@pytest.fixture
def read(tmp_path: Path, ontology: Ontology):
    """Reads a file of some content: where each article stands and its text, and the problems but for missing dates."""

    def read(name: str, content: bytes | str, fields: Fields | None = None) -> Told:
        (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
        problems: list[Problem] = []
        articles = list(read_corpus([tmp_path / name], ontology, problems.append, fields=fields))
        return [(a.source, a.text) for a in articles], [str(p) for p in problems if not p.what.startswith(NO_DATE)]

    return read


@pytest.fixture
def article(tmp_path: Path, ontology: Ontology):
    """Reads a file of one JSON record."""

    def article(record: object, fields: Fields | None = None) -> tuple[Article, list[str]]:
        (tmp_path / "wire.json").write_text(json.dumps(record))
        problems: list[Problem] = []
        [found] = read_corpus([tmp_path / "wire.json"], ontology, problems.append, fields=fields)
        return found, [str(p) for p in problems if not p.what.startswith(NO_DATE)]

    return article


# -- tables ---------------------------------------------------------------------------------------

CAFES = [("t:2", "The café, in Łódź; reopened."), ("t:3", "“Good” | said Oman.")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_table_is_read_in_any_delimiter_and_unicode(read, delimiter: str, encoding: str) -> None:
    rows = [["id", "date", "text"], *(["7", "2016-03-03", f'"{text}"'] for _, text in CAFES)]
    content = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
    assert read("t", b"")[1] and read("t.csv", content) == ([(w.replace("t", "t.csv"), x) for w, x in CAFES], [])


@pytest.mark.parametrize(
    ("encoding", "name", "text"),
    [
        ("cp1252", "Windows-1252", "Côte d’Ivoire and Türkiye – “friends”."),
        ("mac_roman", "Mac Roman", "Côte d’Ivoire’s minister went to Orléans."),
        ("cp1251", "Windows-1251", "Norway met Россия."),
    ],
)
def test_a_table_that_is_no_unicode_is_read_with_a_problem(read, encoding: str, name: str, text: str) -> None:
    told = f"t.csv: not UTF-8; read as {name}. Convert it if words look wrong."
    assert read("t.csv", f"id,text\n1,{text}\n".encode(encoding)) == ([("t.csv:2", text)], [told])


def test_a_row_of_another_encoding_than_the_rest_is_read_with_a_problem(read) -> None:
    content = "id,text\n1,thé frappé à Zürich\n".encode() + "2,café\n".encode("cp1252")
    told = "t.csv:3: not UTF-8; read as Windows-1252. Convert it if words look wrong."
    assert read("t.csv", content) == ([("t.csv:2", "thé frappé à Zürich"), ("t.csv:3", "café")], [told])


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        ("sep=;\nid;text\n1;one, two\n", ["one, two"]),
        ("id\ttext\n1\tone, two; three\n", ["one, two; three"]),
        ("text\nNorway, Oman met.\nPeru; Iran met.\n", ["Norway, Oman met.", "Peru; Iran met."]),
        ("id,text\r1,one\r2,two\r", ["one", "two"]),
        ('id,text\n1,"She said \\"no\\", and left."\n', ['She said "no", and left.']),
        ('id,text\n1,"one\n\ntwo, three\n"\n\n2,four\n', ["one\n\ntwo, three\n", "four"]),
    ],
    ids=["sep", "tab", "one column", "old Mac", "escaped", "paragraphs"],
)
def test_a_table_is_read_however_it_is_written(read, content: str, texts: list[str]) -> None:
    articles, problems = read("t.tsv", content)
    assert ([text for _, text in articles], problems) == (texts, [])


PROSE = (
    "The foreign ministers of Norway and Oman met in Muscat on Sunday and signed an accord on fishing.",
    "Peru has recalled its ambassador from Chad after the two failed to agree on a date for talks.",
)


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("article,words", "t.csv: text from `words`."),
        ("document,content", "t.csv: text from `content`."),
        ("nr,words", "t.csv: text from `words`."),
        ("story,words", "t.csv: text from `words`."),
    ],
)
def test_the_text_of_a_table_is_the_column_of_prose_and_not_of_ids(read, header: str, told: str) -> None:
    content = header + "".join(f'\na-{number},"{text}"' for number, text in enumerate(PROSE, 1)) + "\n"
    assert read("t.csv", content) == ([("t.csv:2", PROSE[0]), ("t.csv:3", PROSE[1])], [told])


def test_a_column_of_short_words_named_as_the_text_gives_way_to_one_of_prose(read) -> None:
    content = "content,words\n" + "".join(f'politics,"{text}"\n' for text in PROSE)
    assert read("t.csv", content) == ([("t.csv:2", PROSE[0]), ("t.csv:3", PROSE[1])], ["t.csv: text from `words`."])


def test_a_headline_or_a_summary_is_not_taken_for_the_text_beside_one(read) -> None:
    content = f'title,summary,text\n"{PROSE[0]}","{PROSE[1]}",They met.\n'
    assert read("t.csv", content) == ([("t.csv:2", "They met.")], [])


def test_a_table_of_ids_without_prose_is_refused_with_its_columns_and_the_cure(read) -> None:
    told = "t.csv: no column is known to hold the text: it has `article`, `topic`. Say which it is: --text-field NAME."
    assert read("t.csv", "article,topic\na1,trade\na2,war\n") == ([], [told])


def test_a_column_that_is_said_to_be_the_text_is_the_text_whatever_it_holds(read) -> None:
    content = f'article,words\na1,"{PROSE[0]}"\n'
    assert read("t.csv", content, Fields(text="article")) == ([("t.csv:2", "a1")], [])


def test_the_id_of_a_record_is_not_taken_for_its_text(read) -> None:
    record = json.dumps({"article": "a-17", "description": PROSE[0]})
    assert read("t.jsonl", record) == ([("t.jsonl:1", PROSE[0])], ["t.jsonl: text from `description`."])


def test_a_record_with_nothing_but_an_id_for_a_text_is_told_with_its_fields(read) -> None:
    told = 't.jsonl:1: no "text". It has `article`, `words`. Say which it is: --text-field NAME.'
    assert read("t.jsonl", json.dumps({"article": "a-17", "words": PROSE[0]})) == ([], [told])


NEVER = "a quotation mark is never closed. It is read to the end of its line; close it."


@pytest.mark.parametrize(
    "after",
    ["3,2016-03-03,three\n", '3,2016-03-03,"three"\n', '3,2016-03-03,three"\n', '3,2016-03-03,"thr, ""ee"""\n'],
    ids=["no other", "an other", "closed later", "doubled"],
)
def test_an_unclosed_quote_costs_no_other_row(read, after: str) -> None:
    articles, problems = read("t.csv", f'id,date,text\n1,2016-03-03,one\n2,2016-03-03,"two\n{after}4,2016-03-03,four\n')
    assert ([where for where, _ in articles], problems) == ([f"t.csv:{n}" for n in (2, 3, 4, 5)], [f"t.csv:3: {NEVER}"])
    assert [articles[0][1], articles[1][1], articles[3][1]] == ["one", "two", "four"]


def test_an_unclosed_quote_in_the_last_row_is_told(read) -> None:
    assert read("t.csv", 'id,text\n1,"one') == ([("t.csv:2", "one")], [f"t.csv:2: {NEVER}"])


def test_what_an_unclosed_quote_takes_with_it_is_told_where_rows_cannot_be_known(read) -> None:
    told = "t.csv:2: a quotation mark is never closed. All that follows is read as its text; close it."
    assert read("t.csv", 'text\n"one\ntwo\nthree') == ([("t.csv:2", "one\ntwo\nthree")], [told])


def test_quotes_within_a_cell_that_are_not_doubled_are_told(read) -> None:
    articles, problems = read("t.csv", 'id,text\n1,"She said "no" to all"\n2,two\n')
    assert [where for where, _ in articles] == ["t.csv:2", "t.csv:3"]
    assert problems == ["t.csv:2: quotation marks that do not match. Write a quotation mark within a cell twice."]


def test_a_quoted_text_that_looks_like_rows_only_a_little_stays_whole(read) -> None:
    text = "In 2014, Norway, Oman met.\n3 others, 4, 5"
    assert read("t.csv", f'id,date,text\n1,2016-03-03,"{text}"\n') == ([("t.csv:2", text)], [])


def test_cells_beyond_the_last_column_are_kept_and_told(read) -> None:
    told = "t.csv:2: 4 cells in a table of 2 columns. What is too much is read as part of the last one."
    assert read("t.csv", "id,text\n1,Norway, Oman, and Chad met.\n") == (
        [("t.csv:2", "Norway, Oman, and Chad met.")],
        [told],
    )


@pytest.mark.parametrize("long", ["a" * 3000, '"' + "a\n" * 1500 + '"'], ids=["one line", "many lines"])
def test_rows_after_one_that_is_too_long_are_read(read, monkeypatch: pytest.MonkeyPatch, long: str) -> None:
    monkeypatch.setattr(csv_table, "MAX_ROW", 1000)
    told = "t.csv:2: longer than 0 MB, or 100,000 lines. It is left out."
    assert read("t.csv", f"id,text\n1,{long}\n2,two\n") == ([("t.csv:3", "two")], [told])


def test_a_row_that_is_too_long_and_never_ends_is_told(read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_table, "MAX_LINES", 10)
    told = "t.csv:2: longer than 16 MB, or 10 lines. A quotation mark in it is never closed: nothing after it is read."
    assert read("t.csv", 'text\n"one\n' + "two\n" * 30) == ([], [told])


def test_a_table_without_rows_or_of_bytes_is_a_problem(read) -> None:
    binary = "t.csv: not text (it has NUL bytes). Take it out of the corpus, or convert it to text."
    assert [read("t.csv", b""), read("t.csv", b"GIF89a" + bytes(20))] == [([], ["t.csv: empty."]), ([], [binary])]


# -- JSON -----------------------------------------------------------------------------------------

ONE, TWO = {"text": "One.", "date": "2016-03-03"}, {"text": "Two.", "date": "2016-03-03"}
BOTH = [("w.json:1", "One."), ("w.json:2", "Two.")]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps([ONE, TWO]),
        json.dumps([ONE, TWO], indent=1),
        f"{json.dumps(ONE)}\n{json.dumps(TWO)}\n",
        json.dumps({"status": "ok", "authors": [{"name": "A"}], "articles": [ONE, TWO]}),
        json.dumps({"response": {"docs": [ONE, TWO]}}),
        json.dumps({"a1": ONE, "a2": TWO}),
        json.dumps({"hits": {"total": 2, "hits": [{"_source": ONE}, {"_source": TWO}]}}),
    ],
    ids=["array", "indented", "lines", "held", "held deeper", "by key", "search engine"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_is_read_in_the_forms_that_people_have(read, content: str, encoding: str) -> None:
    assert read("w.json", content.encode(encoding)) == (BOTH, [])


def test_one_object_is_one_article_named_by_its_file(article) -> None:
    found, problems = article(ONE)
    assert ((found.source, found.record_number, found.text), problems) == (("wire.json", None, "One."), [])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_json_lines_with_a_byte_order_mark_are_read(read, encoding: str) -> None:
    content = f"{json.dumps(ONE)}\n{json.dumps(TWO)}\n".encode(encoding)
    assert read("w.jsonl", content) == ([("w.jsonl:1", "One."), ("w.jsonl:2", "Two.")], [])


def test_json_lines_that_are_a_document_are_read_as_one(read) -> None:
    assert read("w.jsonl", json.dumps([ONE, TWO], indent=1))[0] == [("w.jsonl:1", "One."), ("w.jsonl:2", "Two.")]
    assert read("w.jsonl", json.dumps(ONE, indent=1))[0] == [("w.jsonl", "One.")]
    assert read("w.jsonl", json.dumps([ONE, TWO]))[0] == [("w.jsonl:1.1", "One."), ("w.jsonl:1.2", "Two.")]


def test_a_first_line_that_is_cut_off_costs_that_line_alone(read) -> None:
    articles, problems = read("w.jsonl", f'{{"text": "a",\n{json.dumps(ONE)}\n{json.dumps(TWO)}\n')
    assert (articles, len(problems)) == ([("w.jsonl:2", "One."), ("w.jsonl:3", "Two.")], 1)


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ('{"text": oops, "x": ["]"]}', "not JSON: expecting value."),
        ('{"text": "he said "no" to it"}', "not JSON: expecting ',' delimiter."),
        ('{"text": "a\\q"}', "not JSON: invalid \\escape."),
        ("[" * 100_000 + "]" * 100_000, "not JSON: nested too deep."),
    ],
    ids=["word", "quotes", "escape", "deep"],
)
def test_an_element_of_an_array_that_is_no_json_costs_that_element_alone(read, bad: str, why: str) -> None:
    articles, problems = read("w.json", f"[{json.dumps(ONE)}, {bad}, {json.dumps(TWO)}]")
    assert articles == [("w.json:1", "One."), ("w.json:3", "Two.")]
    assert problems == [f"w.json:2: {why} It is left out."]


def test_an_array_that_is_cut_off_gives_what_it_has(read) -> None:
    told = "w.json:2: not JSON: unterminated string. Nothing after it is read."
    assert read("w.json", f'[{json.dumps(ONE)}, {{"text": "tw') == ([("w.json:1", "One.")], [told])
    told = "w.json:2: not JSON: the array is not closed. Nothing after it is read."
    assert read("w.json", f"[{json.dumps(ONE)},") == ([("w.json:1", "One.")], [told])


def test_a_record_that_is_too_long_costs_that_record_alone(read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_document, "MAX_RECORD", 2**17)
    monkeypatch.setattr(json_lines, "MAX_RECORD", 2**17)
    long = json.dumps({"text": 'a\\"]' * 2**17})
    articles, problems = read("w.json", f"[{json.dumps(ONE)}, {long}, {json.dumps(TWO)}]")
    assert (articles, problems) == ([BOTH[0], ("w.json:3", "Two.")], ["w.json:2: longer than 0 MB. It is left out."])
    articles, problems = read("w.jsonl", f"{json.dumps(ONE)}\n{long}\n{json.dumps(TWO)}")
    assert [where for where, _ in articles] == ["w.jsonl:1", "w.jsonl:3"]
    assert problems == ["w.jsonl:2: longer than 0 MB. It is left out."]


def test_an_object_too_large_to_be_read_at_once_gives_the_records_of_its_arrays(
    read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_document, "MAX_RECORD", 2**17)
    held = {"status": "ok", "page": {"number": 1, "articles": [ONE] * 6000}}
    articles, problems = read("w.json", json.dumps(held))
    assert ([where for where, _ in articles], problems) == ([f"w.json:{n}" for n in range(1, 6001)], [])


def test_values_that_are_no_objects_are_counted(read) -> None:
    no_text = 'no "text". A record needs at least {"text": "..."}.'
    told = 'w.json: 2 more of its values are no objects. A record needs at least {"text": "..."}.'
    assert read("w.json", f'[1, "two", null, {json.dumps(ONE)}]') == (
        [("w.json:4", "One.")],
        [f"w.json:1: {no_text}", told],
    )


def test_an_article_without_a_text_among_others_is_a_problem(read) -> None:
    articles, problems = read("w.json", json.dumps({"articles": [ONE, {"title": "T", "words": "Two."}]}))
    assert (articles, problems) == (
        [("w.json:1", "One.")],
        ['w.json:2: no "text". It has `words`. Say which it is: --text-field NAME.'],
    )


# -- names of fields ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (
            {"maintext": "T", "title": "H", "date_publish": "2016-03-03 09:15:00", "source_domain": "P", "url": "U"},
            "text from `maintext`, date from `date_publish`, publisher from `source_domain`.",
        ),
        (
            {"content": "T", "headline": "H", "publishedAt": "2016-03-03 09:15:00", "source": {"name": "P"}, "link": "U"},
            "text from `content`, title from `headline`, date from `publishedAt`, publisher from `source.name`,"
            " url from `link`.",
        ),
        (
            {"Full Text": ["T"], "Title": "H", "Pub Date": "2016-03-03 09:15:00", "Newspaper": "P", "URL": "U"},
            "text from `Full Text`, date from `Pub Date`, publisher from `Newspaper`.",
        ),
        (
            {
                "webTitle": "H",
                "webUrl": "U",
                "fields": {"bodyText": "T", "publication": "P"},
                "created_at": "2016-03-03 09:15:00",
            },
            "text from `bodyText`, title from `webTitle`, date from `created_at`, publisher from `publication`,"
            " url from `webUrl`.",
        ),
    ],
    ids=["crawler", "news API", "spreadsheet", "nested"],
)
def test_the_names_of_fields_are_guessed_and_told(article, record: dict[str, object], told: str) -> None:
    found, problems = article(record)
    assert (found.text, found.title, found.issued, found.publisher, found.url) == ("T", "H", "2016-03-03T09:15:00", "P", "U")
    assert problems == [f"wire.json: {told}"]


def test_what_was_guessed_is_told_once_a_file_and_again_where_it_differs(read) -> None:
    records = [{"body": "One."}, {"body": "Two."}, {"summary": "Three."}]
    _, problems = read("w.jsonl", "\n".join(map(json.dumps, records)))
    assert problems == ["w.jsonl: text from `body`.", "w.jsonl:3: text from `summary`."]


def test_a_name_that_a_terminal_would_obey_is_told_harmlessly(article) -> None:
    assert article({"bo\ndy\x1b": "T"})[1] == ["wire.json: text from `bo\ufffddy\ufffd`."]


def test_a_list_of_paragraphs_is_a_text(article) -> None:
    assert article({"text": ["One.", "Two."]})[0].text == "One.\n\nTwo."


def test_fields_that_are_given_replace_what_would_be_guessed(article) -> None:
    record = {"text": "no", "words": "T", "date": "2001-01-01", "when": {"day": "2016-03-03"}, "source": "no", "paper": "P"}
    found, problems = article(record, Fields(text="words", date="when.day", publisher="paper"))
    assert ((found.text, found.issued, found.publisher), problems) == (("T", "2016-03-03", "P"), [])


def test_a_field_given_that_no_record_has_is_told_once_a_file(read) -> None:
    told = "w.jsonl: no record has a value in `day`. Check the name; a dot leads into a nested object."
    articles, problems = read("w.jsonl", f"{json.dumps(ONE)}\n{json.dumps(TWO)}", Fields(date="day"))
    assert ([text for _, text in articles], problems) == (["One.", "Two."], [told])


def test_a_text_field_given_that_a_record_lacks_is_a_problem_of_that_record(read) -> None:
    articles, problems = read("w.jsonl", '{"words": "One."}\n{"word": "Two."}', Fields(text="words"))
    assert (articles, problems) == ([("w.jsonl:1", "One.")], ['w.jsonl:2: no "words". It has `word`.'])


def test_fields_are_given_on_the_command_line(tmp_path: Path) -> None:
    record = {"words": "Norway signed a treaty with Chad on Monday.", "day": "2014-12-16", "paper": "Wire"}
    (tmp_path / "w.jsonl").write_text(json.dumps(record))
    given = ["--text-field", "words", "--date-field", "day", "--publisher-field", "paper"]
    done = CliRunner().invoke(main, ["extract", str(tmp_path / "w.jsonl"), *given])
    first = json.loads(done.stdout.splitlines()[0])
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Norway signed a treaty with Chad" in json.dumps(first)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("text = 7", 'text is no list of names. Write text = ["text"].'),
        ("writer = []", "writer is no part of an article. It lists text, title, date, publisher, source, url, id, summary."),
    ],
)
def test_a_list_of_names_that_cannot_be_used_is_refused(tmp_path: Path, said: str, told: str) -> None:
    (tmp_path / "fields.toml").write_text(said)
    with pytest.raises(OntologyError) as refused:
        known_names(tmp_path)
    assert str(refused.value) == f"{tmp_path / 'fields.toml'}: {told}"


def test_an_ontology_without_a_list_of_names_has_ours(tmp_path: Path) -> None:
    listed = {role: [name.spelled for name in names.names] for role, names in known_names(tmp_path).items()}
    assert listed == {role: [n.spelled for n in names.names] for role, names in known_names(default_folder()).items()}


# -- one address ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("later", "is_version"),
    [
        ("Norway signed a fishing treaty with Chad on Tuesday.", True),
        ("Norway signed a treaty with Chad on Monday. " + " ".join(f"word{n}" for n in range(200)), True),
        ("Peru expelled the Cuban ambassador on Monday.", False),
    ],
    ids=["changed", "grown", "another"],
)
def test_articles_of_one_address_are_versions_only_if_they_are_alike(later: str, is_version: bool) -> None:
    first, second = (
        Article(
            f"article/{n * 16}",
            text,
            (),
            n * 64,
            f"w.jsonl:{n}",
            issued=f"2014-12-1{n}",
            url="https://n.example/live",
            record_number=1,
        )
        for n, text in (("1", "Norway signed a treaty with Chad on Monday."), ("2", later))
    )
    words = {article.iri: words_of(article) for article in (first, second)}
    found = superseded(map(Version.of, (first, second)), words.__getitem__)
    assert found == ({first.iri: Version.of(second)} if is_version else {})
