"""Direct speech: quoted stretches, and speech that goes on in the next paragraph."""

from __future__ import annotations

from dataclasses import replace

import spacy.tokens
from articles import article_of
from spacy.vocab import Vocab

from kgbuild.model import Block
from kgbuild.read.parse.quotes import in_quotes, quotes, speech
from kgbuild.read.parse.tokens import Doc
from kgbuild.read.reader import Reader


def _doc(words: str, pos: str) -> Doc:
    return Doc(spacy.tokens.Doc(Vocab(), words=words.split(), pos=pos.split()))


def test_a_quotation_that_is_not_closed_runs_to_the_end() -> None:
    doc = _doc('He said : " We agree', "PRON VERB PUNCT PUNCT PRON VERB")
    assert quotes(doc) == [(4, 6)]


def test_a_term_in_quotation_marks_is_no_speech() -> None:
    doc = _doc('The " peace plan " failed', "DET PUNCT NOUN NOUN PUNCT VERB")
    assert (quotes(doc), speech(doc)) == ([(2, 4)], [])


def test_a_word_after_the_closing_mark_is_not_quoted() -> None:
    doc = _doc('" We agree " , he said', "PUNCT PRON VERB PUNCT PUNCT PRON VERB")
    assert [in_quotes(token) for token in doc] == [False, True, True, True, False, False, False]


def _speakers(reader: Reader, *paragraphs: str) -> list[tuple[str, str | None]]:
    """The event claims of an article of *paragraphs*, each with its speaker."""
    text = "\n\n".join(paragraphs)
    starts = [text.index(paragraph) for paragraph in paragraphs]
    blocks = tuple(Block("body", at, at + len(one)) for at, one in zip(starts, paragraphs, strict=True))
    [reading] = reader.read([replace(article_of(text), blocks=blocks)])
    events = [claim for claim in reading.claims if claim.kind == "event"]
    return [(claim.claims, claim.stance.speaker and claim.stance.speaker.span.text) for claim in events]


def test_a_paragraph_that_opens_with_a_quotation_goes_on_with_the_last_speaker(reader: Reader) -> None:
    first = '"Laos has expelled the ambassador of Burma," Wang Yi said.'
    second = '"Thailand has recalled its ambassador from Burma."'
    assert _speakers(reader, first, second) == [("ExpelDiplomats", "Wang Yi"), ("RecallAmbassador", "Wang Yi")]


def test_a_paragraph_without_a_quotation_has_no_speaker_from_before(reader: Reader) -> None:
    first = '"Laos has expelled the ambassador of Burma," Wang Yi said.'
    second = "Thailand has recalled its ambassador from Burma."
    assert _speakers(reader, first, second) == [("ExpelDiplomats", "Wang Yi"), ("RecallAmbassador", None)]


def test_a_colon_at_the_end_of_a_paragraph_introduces_the_next(reader: Reader) -> None:
    assert _speakers(reader, "Wang Yi said:", '"Laos has expelled the ambassador of Burma."') == [
        ("ExpelDiplomats", "Wang Yi")
    ]
