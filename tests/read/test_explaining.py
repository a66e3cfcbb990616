"""`kgbuild explain` says why a sentence yields what it yields."""

from __future__ import annotations

import re

from kgbuild.read.explain import explain
from kgbuild.read.reader import Reader

SENTENCE = "Oman denied that it would impose sanctions on Peru."


def without_grades(report: str) -> str:
    """The report with N for each confidence, which is measured elsewhere."""
    return re.sub(r"confidence \d\.\d\d", "confidence N", report)


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


def test_it_states_claims_whole(reader: Reader) -> None:
    text = "Angela Merkel said that Norway lent Peru 3 million dollars on 3 March 2014."
    report = without_grades(explain(text, reader, issued="2014-12-19"))
    assert report[report.index('  ProvideAid "lent') :].splitlines() == [
        '  ProvideAid "lent", confidence N',
        "    actor Norway: id:Norway",
        "    theme million dollars: no one",
        "    recipient Peru: id:Peru",
        "    Affirmed, Actual, Certain",
        '    said by Angela Merkel: id:Angela_Merkel, for id:Germany ("said")',
        '    time 2014-03-03 (Explicit, "3 March 2014")',
        "    amount 3000000 USD",
    ]


def test_it_names_the_veto_that_stops_a_claim(reader: Reader) -> None:
    report = without_grades(explain("Peru defended its decision.", reader))
    assert report[report.index("Stopped") :].splitlines() == [
        "Stopped",
        '  Endorse "defended", confidence N',
        "    actor Peru: id:Peru",
        "    theme decision: no one",
        "    Affirmed, Actual, Certain",
        "    stopped by stands by his own: Who defends himself, or what is his own, against nobody, supports nobody.",
    ]


def test_it_names_the_veto_that_stops_a_match_before_a_claim_is_made(reader: Reader) -> None:
    report = explain("Norway agreed with some of the report.", reader)
    assert report[report.index("Stopped") :].splitlines() == [
        "Stopped",
        '  Pledge "agreed"',
        "    actor Norway",
        "    stopped by of one mind: Who agrees with somebody's view, and not on or to anything, promises nothing.",
    ]


def test_it_names_the_bridge_that_completes_a_claim(reader: Reader) -> None:
    report = explain("Angela Merkel visited Kyiv.", reader)
    assert report[report.index("Completed") :].splitlines() == [
        "Completed",
        '  Visit "visited" by visit to a capital: '
        "Who visits a capital visits the state whose capital it is; the town is where.",
        "    recipient Kyiv: id:Kyiv, for id:Ukraine",
        "    place Kyiv: id:Kyiv, for id:Ukraine",
    ]


def test_it_names_the_repair_of_the_parse(reader: Reader) -> None:
    report = explain("Norway says the talks failed and urges Peru to resume them.", reader)
    assert (
        "Repairs of the parse\n  at urges by who says goes on: "
        "A verb with the tense of the verb of saying, and not of what is said, goes on with what the speaker does.\n"
    ) in report


def test_a_sentence_without_a_claim_says_so(reader: Reader) -> None:
    assert explain("It rained.", reader).endswith("Claims\n  none\n")
