"""The plain copy of a parse beside spaCy's own."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import spacy.tokens
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.vocab import Vocab

from kgbuild.read.parse.nlp import load
from kgbuild.read.parse.tokens import Doc, Token

ROOT = Path(__file__).resolve().parents[3]
TOKEN = (
    "i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "text_with_ws", "n_lefts", "n_rights",
    "is_punct", "is_space", "is_quote",
)  # fmt: skip
HARD = 'He met \t \n the E.U.\'s envoys, "doves" --  aged 5, 6 ... in Paris!  Did they agree? No.'


@cache
def nlp() -> Language:
    return load()


def texts() -> list[str]:
    return [
        HARD,
        "",
        *(block for path in sorted((ROOT / "seeds").glob("*.txt")) for block in path.read_text("utf-8").split("\n\n")),
    ]


def places(tokens: object) -> list[int]:
    return [token.i for token in tokens]  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", texts())
def test_a_copied_token_says_what_spacys_says(text: str) -> None:
    parse = nlp()(text)
    for token, theirs in zip(Doc(parse), parse, strict=True):
        assert [getattr(token, name) for name in TOKEN] == [getattr(theirs, name) for name in TOKEN]
        assert (token.head.i, places(token.children), places(token.subtree), places(token.ancestors)) == (
            theirs.head.i, places(theirs.children), places(theirs.subtree), places(theirs.ancestors)
        )  # fmt: skip
        assert (token.left_edge.i, token.right_edge.i) == (theirs.left_edge.i, theirs.right_edge.i)
        assert (token.sent.start, token.sent.end, token.is_sent_start) == (
            theirs.sent.start, theirs.sent.end, bool(theirs.is_sent_start)
        )  # fmt: skip
        assert {name: ",".join(values) for name, values in token.morph.items()} == theirs.morph.to_dict()


@pytest.mark.parametrize("text", texts())
def test_any_copied_span_has_spacys_words_and_root(text: str) -> None:
    parse = nlp()(text)
    doc = Doc(parse)
    for start in range(len(doc)):
        for end in range(start + 1, min(start + 8, len(doc)) + 1):
            span, theirs = doc.span(start, end), parse[start:end]
            assert (span.text, span.root.i, span.start_char, span.end_char) == (
                theirs.text, theirs.root.i, theirs.start_char, theirs.end_char
            )  # fmt: skip


@pytest.mark.parametrize("text", texts())
def test_the_copy_has_spacys_sentences_and_names(text: str) -> None:
    parse = nlp()(text)
    doc = Doc(parse)
    assert [s.text for s in doc.sents] == [s.text for s in parse.sents]
    assert [(e.start, e.end, e.label_) for e in doc.ents] == [(e.start, e.end, e.label_) for e in parse.ents]


def tree(heads: list[int]) -> list[Token]:
    words = [f"w{i}" for i in range(len(heads))]
    sentences = [i == 0 for i in range(len(heads))]
    return Doc(spacy.tokens.Doc(Vocab(), words=words, heads=heads, deps=["dep"] * len(heads), sent_starts=sentences))


@given(st.lists(st.integers(0, 7), min_size=8, max_size=8), st.data())
def test_hanging_a_token_elsewhere_keeps_each_under_one_head_in_order(chosen: list[int], data: st.DataObject) -> None:
    heads = [0, *(min(head, i) if head != i + 1 else i for i, head in enumerate(chosen[1:]))]
    doc = tree(heads)
    token, head = data.draw(st.sampled_from(doc[1:])), data.draw(st.sampled_from(doc))
    if head not in token.subtree:
        token.hang(head)
        assert token.head is head
    assert sorted(places(c for t in doc for c in t.children)) == [t.i for t in doc if t.head is not t]
    assert all(one.i < other.i for t in doc for one, other in pairwise(t.children))
    assert all(child.head is t for t in doc for child in t.children)
