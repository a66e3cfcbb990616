"""What is not English is named, and English is never taken for something else."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path

import pytest

from kgbuild.errors import Problem
from kgbuild.ontology import Ontology
from kgbuild.read.text.corpus import read_corpus
from kgbuild.read.text.language import other_language

GERMAN = "Der Minister traf gestern in Berlin seinen Kollegen. Beide wollen die Gespräche über den Frieden bald fortsetzen."
ENGLISH = "The minister met his colleague in Berlin. Both want to go on with the talks about peace."


@pytest.mark.parametrize(
    ("code", "name"),
    [
        *(("ar", "Arabic"), ("de", "German"), ("el", "Greek"), ("es", "Spanish"), ("fa", "Persian"), ("he", "Hebrew")),
        *(("it", "Italian"), ("ja", "Japanese"), ("ko", "Korean"), ("nl", "Dutch"), ("pl", "Polish"), ("ru", "Russian")),
        *(("pt", "Portuguese"), ("sv", "Swedish"), ("uk", "Ukrainian"), ("zh", "Chinese"), ("en", None)),
        *(("sr", "in Cyrillic letters"), ("am", "in Ethiopic letters"), ("ta", "in Tamil letters")),
    ],
)
def test_a_language_is_known_by_its_small_words_or_its_letters(code: str, name: str | None) -> None:
    sentences = import_module(f"spacy.lang.{code}.examples").sentences
    assert other_language(" ".join(sentences)) == name


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        "Putin visits Beijing",
        "",
        "1. Oslo 2. Lima 3. Doha",
        "OSLO, LIMA, KUALA LUMPUR, ABU DHABI, DAR ES SALAAM, LA PAZ",
        "Bersih calls for Prime Minister Najib Abdul Razak to resign, Kuala Lumpur, Malaysia, Nov. 19, 2016",
        f"{GERMAN}\n\n{ENGLISH}",
        f"{GERMAN * 40}\n\n{ENGLISH * 20}",
        "Владимир Путин (Vladimir Putin) met 习近平 (Xi Jinping) in Beijing, and they signed a treaty with the others.",
    ],
)
def test_what_is_or_may_be_english_is_read(text: str) -> None:
    assert other_language(text) is None


def test_an_article_in_another_language_is_told_and_nothing_is_read_in_it(tmp_path: Path, ontology: Ontology) -> None:
    records = [{"id": "de", "date": "2014-12-19", "text": GERMAN}, {"id": "en", "date": "2014-12-19", "text": ENGLISH}]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    problems: list[Problem] = []
    articles = list(read_corpus([tmp_path], ontology, problems.append))
    assert [(article.id, [block.kind for block in article.blocks]) for article in articles] == [
        ("de", ["other language"]),
        ("en", ["body"]),
    ]
    assert list(map(str, problems)) == [
        "a.jsonl:1: not English (German); kgbuild reads English. Nothing is read in it; translate it first."
    ]


def test_what_kgbuild_teaches_with_is_english(ontology: Ontology) -> None:
    sentences = [re.sub(r"\w+=|[\[\]{}|]", "", example.text) for example in ontology.examples]
    assert {other_language(" ".join(sentences[i : i + 8])) for i in range(0, len(sentences), 8)} == {None}
