"""What is written into the graph: IRIs and texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from kgbuild.graph.triples import CONTROLS, english, thing, writable


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("It\x92s \x93here\x94\x85", "It’s “here”…"),  # Windows-1252 that was read as Latin-1
        ("a\x1b[2Jb\x07\x00c\x7fd\x9be\x81", "a\ufffd[2Jb\ufffd\ufffdc\ufffdd›e\ufffd"),
        ("a\tb\nc\rd é \u202e\u200b \U0001f600", "a\tb\nc\rd é \u202e\u200b \U0001f600"),
        ("\ud800\uffff", "\ufffd\ufffd"),
    ],
)
def test_no_control_character_is_written(text: str, written: str) -> None:
    assert writable(text) == written


@given(text=st.text())
def test_any_text_is_written_at_its_length_and_any_name_is_an_iri(text: str) -> None:
    assert (len(writable(text)), CONTROLS.search(writable(text))) == (len(text), None)
    [quad] = parse(f"{thing(text)} <a:a> {english(text)} .".encode(), format=RdfFormat.N_TRIPLES)
    assert (quad.subject, quad.object) == (thing(text), english(text))
