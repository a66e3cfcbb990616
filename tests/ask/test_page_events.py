"""The strip of the weightiest events and the matrix of the weightiest actors."""

from __future__ import annotations

import pytest
from test_page import Reader, reader, screenshot, small  # noqa: F401  # fixtures

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(screenshot.find_browser() is None, reason="no chromium with chromedriver on this machine"),
]


def test_the_strip_tells_the_weightiest_events_with_day_and_sentence_in_the_order_of_days(small: Reader) -> None:  # noqa: F811
    small.type("e")
    told = [card.split("\n") for card in small.texts("#strip .told")]
    assert [card[:2] for card in told] == [
        ["2031-03-04 · 2 articles", "Åsa Ek meets Bo Lund"],
        ["reported 2031-03-04 · The Observer", "Norland signs Süderia"],
        ["reported 2031-03-05 · Straits Wire", "Norland imposes sanctions on Süderia"],
        ["reported 2031-03-05 · Straits Wire", "Süderia criticises Norland (possible)"],
        ["reported 2031-03-05 · Straits Wire", "✕ Norland aids Süderia (denied)"],
        ["2031-05 · The Observer", "Åsa Ek meets Bo Lund (planned)"],
    ]
    assert told[2][2] == "Norland imposed sanctions on Süderia."


def test_an_event_of_the_strip_opens_its_evidence(small: Reader) -> None:  # noqa: F811
    small.type("e")
    small.press("#strip .told.quad-MaterialConflict")
    assert small.texts("#panel blockquote") == ["Norland imposed sanctions on Süderia."]


def test_the_matrix_says_in_signs_and_numbers_what_passes_between_each_two(small: Reader) -> None:  # noqa: F811
    small.type("m")
    row = small.js(
        "[...document.querySelectorAll('#matrix tbody tr')].filter((row) => row.textContent.startsWith('Norland'))"
        ".flatMap((row) => [...row.querySelectorAll('td button')].map((cell) => cell.getAttribute('aria-label')"
        " + ' | ' + cell.textContent))"
    )
    assert row == [
        "Norland and Süderia: 4 claims, criticises 1, imposes sanctions on 1, signs 1 | ±4",
        "Norland and Åsa Ek: 1 claim, foreign minister of 1 | 1",
        "Norland and Straits Accord: 1 claim, signs 1 | +1",
        "Norland and Union of the Straits: 1 claim, is a member of 1 | 1",
    ]


def test_a_cell_of_the_matrix_opens_the_evidence_and_escape_leads_back(small: Reader) -> None:  # noqa: F811
    small.type("m")
    small.press("#matrix td button")
    opened = small.texts("#panel h2 bdi")
    small.type("\ue00c")
    small.type("\ue00c")
    assert (len(opened), small.shows("#matrix"), small.shows("#picture")) == (2, False, True)
