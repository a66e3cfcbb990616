"""`kgbuild explain` says why a sentence yields what it yields."""

from __future__ import annotations

from kgbuild.read.explain import explain
from kgbuild.read.reader import Reader

SENTENCE = "Oman denied that it would impose sanctions on Peru."


def test_it_shows_the_frame_that_fits_and_the_cues_in_whose_scope_it_stands(reader: Reader) -> None:
    lines = explain(SENTENCE, reader).splitlines()
    fit = next(i for i, line in enumerate(lines) if line.startswith("    fits    ImposeSanctions: actor it"))
    assert lines[fit : fit + 2] == [
        "    fits    ImposeSanctions: actor it, recipient Peru | The United States imposed sanctions on Iran.",
        "            cues: would, denied",
    ]


def test_it_shows_what_a_frame_that_nearly_fits_has_failed_for(reader: Reader) -> None:
    nearly = '    nearly  EaseSanctions: no "relaxed" as mod of "sanctions" | Norway relaxed sanctions'
    assert f"{nearly} against Sudan." in explain(SENTENCE, reader).splitlines()


def test_it_shows_whom_a_pronoun_means(reader: Reader) -> None:
    assert '  it: State, id:Oman ("it" for Oman)' in explain(SENTENCE, reader).splitlines()


def test_it_ends_with_the_claims(reader: Reader) -> None:
    lines = explain(SENTENCE, reader).splitlines()
    assert lines[lines.index("Claims") + 2] == (
        "  ImposeSanctions: actor it, recipient Peru; Negated, Planned, Certain, says Oman (denied)"
    )


def test_a_sentence_without_a_claim_says_so(reader: Reader) -> None:
    assert explain("It rained.", reader).endswith("Claims\n  none\n")
