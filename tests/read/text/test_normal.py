"""The text that is read: what mark-up, unseen characters, other forms of letters and broken words are read as."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgbuild.read.text.normal import Lexicon, Normalised, normalised

WORDS = {"sanctions", "operation", "cooperation", "well", "known", "foreign", "minister", "for", "self", "defence"}
LEXICON = Lexicon(frozenset(WORDS), frozenset({"and", "The"}))


def lexicon() -> Lexicon:
    return LEXICON


@pytest.mark.parametrize(
    ("written", "read"),
    [
        # entities
        ("Bosnia &amp; Herzegovina", "Bosnia & Herzegovina"),
        ("Chad&#8217;s envoy&#x2019;s", "Chad’s envoy’s"),
        ("C&ocirc;te&nbsp;d&#39;Ivoire", "Côte\u00a0d'Ivoire"),
        ("twice: &amp;amp; and &amp;amp;lt;", "twice: & and <"),
        ("AT&T; R&D; S&P &nosuch;", "AT&T; R&D; S&P &nosuch;"),
        # tags
        ("<p>Chad.</p><P>Oman.</P>", "\n\nChad.\n\n\n\nOman.\n\n"),
        ('<b>Lav</b>rov, <a href="x">envoy</a>', "Lavrov, envoy"),
        ("one<br>two<BR/>three", "one\ntwo\nthree"),
        ("&lt;i&gt;Chad&lt;/i&gt;", "Chad"),
        ("<o:p></o:p>Chad", "Chad"),
        ("Chad <!-- <b>note</b> --> met <style>p {}</style>Oman", "Chad   met  Oman"),
        ("the shares of <BP>, <S>, <Time Inc> and <Standard and Poor's>",) * 2,
        ("a < b > c, <!-- never closed", "a < b > c, <!-- never closed"),
        # what is not seen
        ("Lav\u00adrov\u200b met\u2060 \u202bOman\u202c\ufeff", "Lavrov met Oman"),
        ("signed\b a\x00 treaty\ufffe", "signed a treaty"),
        ("with Chad\f on\v Monday", "with Chad  on  Monday"),
        ("\x1b[31mChad\x1b[0m", "Chad"),
        ("Chad.\r\nOman.\rPeru.", "Chad.\nOman.\nPeru."),
        ("the minis\u00ad\nter", "the minister"),
        # other forms
        ("Co\u0302te, Tu\u0308rkiye, Vie\u0323\u0302t", "Côte, Türkiye, Việt"),
        ("O\ufb03ce, \ufb01sh", "Office, fish"),
        ("Ｎｏｒｗａｙ　１２，", "Norway 12,"),
        ("Chad\u2009met\u202fOman\u2028Peru", "Chad met Oman\nPeru"),
        ("10 m², 1ª, ½, …, ™",) * 2,
        ("“curly”, ‘quotes’\u00a0and\ttabs\n",) * 2,
        # bytes that somebody has read in another encoding
        ("Norwayâ€™s CÃ´te", "Norway’s Côte"),
        ("Norway\x92s", "Norway’s"),
        ("VOß’ CAFÉ’s “CAFÉ»",) * 2,
    ],
)
def test_a_text_is_read_as_what_its_signs_mean(written: str, read: str) -> None:
    assert normalised(written).text == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("sanc-\ntions", "sanctions"),
        ("SANC-\n  TIONS", "SANCTIONS"),
        ("co-\noperation", "cooperation"),
        ("co-\noperation, or co-operation", "co-operation, or co-operation"),
        ("Zelen-\nskyy of Zelenskyy", "Zelenskyy of Zelenskyy"),
        ("Yanu-\nkovych", "Yanukovych"),
        ("for-\neign minis-\nter", "foreign minister"),
        ("well-\nknown", "well-known"),
        ("self-\ndefence", "self-defence"),
        ("Moscow-\nBeijing", "Moscow-Beijing"),
        ("U.S.-\nled", "U.S.-led"),
        ("15-\nyear", "15-year"),
        ("well-\nand self-known",) * 2,
        ("OSLO-\nThe minister",) * 2,
        ("a list -\nsanctions",) * 2,
        ("sanc-\n\ntions",) * 2,
    ],
)
def test_a_word_that_a_line_s_end_parts_is_one_where_text_or_lexicon_know_it(written: str, read: str) -> None:
    assert normalised(written, lexicon).text == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("met Tues. and left", "met Tuesday and left"),
        ("met on Thurs.", "met on Thursday."),
        ("met on Wed. Chad left.", "met on Wednesday. Chad left."),
        ("met Tues., Dec. 16, in Oslo", "met Tuesday, Dec. 16, in Oslo"),
        ("on Sat. April 5", "on Saturday April 5"),
        ("met on Thurs in Oslo", "met on Thursday in Oslo"),
        ("The Sun. Chad left.",) * 2,
        ("Sun Yat-sen and Mon State",) * 2,
        ("the Wed-Fri shift",) * 2,
    ],
)
def test_a_weekday_that_is_cut_short_is_read_in_full(written: str, read: str) -> None:
    assert normalised(written, lexicon).text == read


def test_without_a_lexicon_no_word_is_joined_and_no_weekday_written_out() -> None:
    assert normalised("sanc-\ntions on Tues.").text == "sanc-\ntions on Tues."


def test_a_stretch_is_cited_with_all_that_is_in_it_and_nothing_around_it() -> None:
    written = "<p>Sergey&nbsp;<b>Lav\u00adro\u0301v\u200b</b> met.</p>"
    found = normalised(written)
    start = found.text.index("Lavróv")
    first, last = found.original(start, start + len("Lavróv"))
    assert written[first:last] == "Lav\u00adro\u0301v"
    assert found.within(first, last) == (start, start + len("Lavróv"))


def test_a_text_without_any_of_these_is_the_same_and_costs_no_map() -> None:
    text = "Norway’s envoy “met” Chad.\n\nThey signed."
    assert normalised(text, lexicon) == Normalised(text, range(len(text) + 1), range(1, len(text) + 1))


SIGNS = st.sampled_from(
    [
        *"&;<>/-#eS",
        *(
            "amp;",
            "lt;",
            "gt;",
            "shy;",
            "nbsp;",
            "#769;",
            "<b>",
            "</b>",
            "<p>",
            "<S>",
            "<!--",
            "-->",
            "<script>",
            "</script>",
        ),
        *("-\n", "\n", "\r\n", " ", "\u00ad", "\u200b", "\x00", "\x1b[0m", "\u0301", "\u0323", "\ufb03", "Ｎ", "＜"),
        *("sanc", "tions", "and", "The", "é", "â", "€", "™", "Ã", "´", "\u1112", "\u1161", "\u11ab", "\u2028", "x²"),
    ]
)
TEXTS = st.lists(SIGNS | st.characters(exclude_categories=["Cs"]), max_size=40).map("".join)


@given(TEXTS)
def test_a_second_time_changes_nothing(text: str) -> None:
    once = normalised(text, lexicon).text
    assert normalised(once, lexicon).text == once


@given(TEXTS)
def test_every_character_has_a_stretch_of_the_original_and_their_order_is_kept(text: str) -> None:
    found = normalised(text, lexicon)
    assert (len(found.starts), len(found.ends), found.starts[-1]) == (len(found.text) + 1, len(found.text), len(text))
    assert all(a <= b for offsets in (found.starts, found.ends) for a, b in pairwise(offsets))
    assert all(0 <= a < b <= len(text) for a, b in zip(found.starts, found.ends, strict=False))


@given(TEXTS)
def test_what_is_read_is_composed_and_has_nothing_that_is_not_seen(text: str) -> None:
    read = normalised(text).text
    assert all(c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf") for c in read)
    assert unicodedata.is_normalized("NFC", read)


@given(st.lists(st.sampled_from(["Sergey ", "Lavrov ", "met ", "Chad", ". ", "“", "”", "é", "\n"])).map("".join), st.data())
def test_soft_hyphens_anywhere_change_no_word(text: str, data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, len(text)), max_size=5))
    written = text
    for place in sorted(places, reverse=True):
        written = f"{written[:place]}\u200b{written[place:]}"
    found = normalised(written)
    assert found.text == text
    assert "".join(written[a:b] for a, b in zip(found.starts, found.ends, strict=False)) == text
