"""A text that comes with mark-up, unseen characters or broken words says what the plain text says, and is cited as it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib

from kgbuild import pipeline
from kgbuild.ask.export import FORMATS, export
from kgbuild.graph.store import Graph
from kgbuild.model import Reading, Span
from kgbuild.ontology import Ontology

PLAIN = "Sergey Lavrov met Tomislav Nikolic in Belgrade on Monday. Côte d'Ivoire imposed sanctions on Iran."


def said(reading: Reading) -> list[tuple[object, ...]]:
    """What is claimed: types, roles with what they denote, times."""
    return [
        (
            claim.claims,
            [(r.role, r.mention.entities, r.mention.name) for r in claim.roles],
            claim.when,
            claim.stance.polarity,
        )
        for claim in reading.claims
    ]


def spans(reading: Reading) -> list[Span]:
    found = [*(s.span for s in reading.sentences), *(m.span for m in reading.mentions)]
    for claim in reading.claims:
        found += [claim.trigger, claim.sentence.span, *(r.mention.span for r in claim.roles)]
    return found


@pytest.mark.parametrize(
    "text",
    [
        "<p>Sergey&nbsp;<b>Lavrov</b> met Tomislav Nikolic in Belgrade on Monday. C&ocirc;te d&#39;Ivoire imposed "
        "sanctions on Iran.</p>",
        "Sergey Lav\u00adrov met Tomi\u00adslav Niko\u00adlic in Bel\u00adgrade on Mon\u00adday. Côte d'Ivoire imposed "
        "sanc\u00adtions on Iran.",
        "\u200b\u202bSergey Lavrov\u202c met Tomislav Nikolic\u200b in \u2067Belgrade\u2069 on Monday. Côte d'Ivoire "
        "imposed sanctions on \u200eIran.",
        "Sergey Lavrov met\b Tomislav Nikolic in Belgrade\x0b on Monday.\x00 Co\u0302te d'Ivoire imposed sanctions on "
        "Iran.\x1b[0m",
        "Ｓｅｒｇｅｙ　Ｌａｖｒｏｖ met Tomislav Nikolic in Belgrade on Monday. CÃ´te dâ€™Ivoire imposed sanctions on Iran.",
        "Sergey Lav-\nrov met Tomislav Nikolic in Bel-\ngrade on Mon-\nday. Côte d'Ivoire im-\nposed sanc-\ntions on Iran.",
    ],
    ids=["mark-up", "soft hyphens", "unseen", "control", "wide and misread", "line ends"],
)
def test_it_says_what_the_plain_text_says_and_is_cited_as_it_is(text: str, read_text: Callable[..., Reading]) -> None:
    reading = read_text(text)
    assert said(reading) == said(read_text(PLAIN))
    assert [claim.claims for claim in reading.claims] == ["Meeting", "ImposeSanctions"]
    assert [span for span in spans(reading) if span.text != text[span.start : span.end]] == []


def test_a_name_is_cited_with_what_stands_in_it(read_text: Callable[..., Reading]) -> None:
    reading = read_text("Sergey&nbsp;Lav\u00adrov met Chad's envoy.")
    assert reading.mentions[0].span == Span(0, 19, "Sergey&nbsp;Lav\u00adrov", "Sergey Lavrov")


def test_paragraphs_are_those_that_the_mark_up_means(tmp_path: Path, ontology: Ontology) -> None:
    text = "<h1>Norway meets Chad</h1><p>OSLO (Reuters) - Norway met Chad.</p><p>Peru left.</p><script>x()</script>"
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": text, "date": "2014-12-19"}), encoding="utf-8")
    [reading] = pipeline.read([tmp_path], ontology, [].append)
    article = reading.article
    assert [(block.kind, article.text[block.start : block.end]) for block in article.blocks] == [
        ("title", "Norway meets Chad"),
        ("dateline", "OSLO (Reuters) - "),
        ("body", "Norway met Chad."),
        ("body", "Peru left."),
    ]
    assert (article.text, article.title, article.publisher) == (text, "Norway meets Chad", "Reuters")
    assert [s.span.text for s in reading.sentences] == ["Norway meets Chad", "Norway met Chad.", "Peru left."]


def test_lines_that_end_like_sentences_are_paragraphs_but_not_where_a_word_is_parted(
    tmp_path: Path, ontology: Ontology
) -> None:
    text = "Norway met Chad.\nOman left.\nThe U.S. imposed sanc-\ntions on Iran.\nPeru came."
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": text, "date": "2014-12-19"}), encoding="utf-8")
    [reading] = pipeline.read([tmp_path], ontology, [].append)
    assert [s.span.text for s in reading.sentences] == [
        "Norway met Chad.",
        "Oman left.",
        "The U.S. imposed sanc-\ntions on Iran.",
        "Peru came.",
    ]


def test_a_text_of_mark_up_alone_is_told(tmp_path: Path, ontology: Ontology) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "<p>\u200b&nbsp;</p>"}), encoding="utf-8")
    problems: list[object] = []
    assert list(pipeline.read([tmp_path], ontology, problems.append)) == []
    assert [str(problem) for problem in problems] == [
        "a.jsonl:1: no words: nothing but mark-up, or characters that are not seen."
    ]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, ontology: Ontology) -> Graph:
    """A graph of an article with characters that XML 1.0 forbids, in every field."""
    folder = tmp_path_factory.mktemp("hostile")
    text = "Norway signed\x01 a treaty with Ch\x0bad\x0c on Monday.\x00 Ivan Pet\u00adrov of B&amp;B Bank met "
    text += "Ser\ufffegey Lavrov."
    fields = ("id", "title", "source", "url", "text")
    record = {key: text for key in fields} | {"date": "2014-12-19"}
    (folder / "in.jsonl").write_text(json.dumps(record), encoding="utf-8")
    pipeline.build([folder / "in.jsonl"], folder / "out", ontology=ontology)
    return Graph.open(folder / "out" / "store")


def test_quotes_have_a_mark_for_each_character_that_xml_forbids_so_that_offsets_stay(hostile: Graph) -> None:
    rows = hostile.rows_here("SELECT ?x { ?s a dip:Sentence ; oa:exact ?x } ORDER BY ?x").rows
    assert [cell.value for row in rows for cell in row] == [
        "Ivan Pet\u00adrov of B&amp;B Bank met Ser\ufffdgey Lavrov.",
        "Norway signed\ufffd a treaty with Ch\ufffdad\ufffd on Monday.",
    ]


def test_names_have_nothing_of_it(hostile: Graph) -> None:
    rows = hostile.rows_here("SELECT DISTINCT ?x { GRAPH ?g { ?x a dip:Person ; rdfs:label ?l } } ORDER BY ?x").rows
    assert [row[0].value.rpartition("/")[2] for row in rows] == ["Ivan_Petrov", "Sergey_Lavrov"]


@pytest.mark.parametrize("format", FORMATS)
def test_no_export_has_a_character_that_xml_forbids(format: str, hostile: Graph, tmp_path: Path) -> None:
    export(hostile, format, tmp_path / "out")
    written = (tmp_path / "out").read_text(encoding="utf-8")
    assert [c for c in "\x00\x01\x0b\x0c\ufffe" if c in written or f"\\u{ord(c):04x}" in written.lower()] == []


def test_rdf_xml_made_of_the_graph_is_well_formed(hostile: Graph, tmp_path: Path) -> None:
    export(hostile, "turtle", tmp_path / "out")
    graph = rdflib.Graph().parse(tmp_path / "out", format="turtle")
    assert len(rdflib.Graph().parse(data=graph.serialize(format="xml"), format="xml")) == len(graph)
