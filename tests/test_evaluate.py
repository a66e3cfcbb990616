"""Scoring: what was read against labels; and the floors under what is measured on real labels."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kgbuild.cli import main
from kgbuild.errors import CorpusError
from kgbuild.evaluate import Evaluation, Tally, as_json, as_table, evaluate
from kgbuild.evaluate.matching import is_kind
from kgbuild.ontology import Ontology
from kgbuild.read.reader import Reader

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "data"
FLOORS = tomllib.loads((ROOT / "tests" / "bench" / "floors.toml").read_text(encoding="utf-8"))

Score = Callable[..., Evaluation]


@pytest.fixture
def score(tmp_path: Path, ontology: Ontology, reader: Reader) -> Score:
    """Scores records as a file of them would be."""

    def scored(*records: dict[str, Any]) -> Evaluation:
        gold = tmp_path / "gold.jsonl"
        gold.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        return evaluate(gold, ontology, reader=reader)

    return scored


def span(text: str, words: str) -> dict[str, Any]:
    """A labelled stretch of *text*."""
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def coded(text: str, category: str, quad: str, source: str, target: str) -> dict[str, Any]:
    """A record with one coded event."""
    event = {"type": category, "quad": quad, "source": [span(text, source)], "target": [span(text, target)]}
    return {"id": text[:9], "text": text, "events": [event]}


# -- coded sentences ------------------------------------------------------------------------------


def test_the_category_and_both_actors_of_a_sentence(score: Score) -> None:
    figures = score(coded("France criticized Mali on Monday.", "ACCUSE", "verbal conflict", "France", "Mali")).figures()
    assert (figures["typing: accuracy"], figures["typing: quad accuracy"], figures["typing: both actors"]) == (1, 1, 1)


def test_a_sentence_in_which_nothing_is_found_is_a_miss(score: Score) -> None:
    scores = score(
        coded("France criticized Mali on Monday.", "ACCUSE", "verbal conflict", "France", "Mali"),
        coded("The weather in Iceland pleased Norway.", "ACCUSE", "verbal conflict", "Iceland", "Norway"),
    )
    assert scores.figures()["typing: accuracy"] == 0.5
    assert scores.parts[0].confusion == (("ACCUSE", "(nothing)", 1), ("ACCUSE", "ACCUSE", 1))
    assert [(miss.wanted, miss.found) for miss in scores.parts[0].misses] == [("ACCUSE", "(nothing)")]


def test_actors_count_in_a_sentence_typed_wrongly_and_swapped_ones_do_not(score: Score) -> None:
    right = coded("France criticized Mali on Monday.", "AID", "material cooperation", "France", "Mali")
    swapped = coded("Norway criticized Iceland.", "ACCUSE", "verbal conflict", "Iceland", "Norway")
    figures = score(right, swapped).figures()
    assert (figures["typing: accuracy"], figures["typing: both actors"]) == (0.5, 0.5)


def test_an_actor_that_the_label_does_not_name_is_not_scored(score: Score) -> None:
    record = coded("France criticized Mali on Monday.", "ACCUSE", "verbal conflict", "France", "Mali")
    record["events"][0]["target"] = [{"text": "a recipient"}]
    figures = {figure.name: figure.of for figure in score(record).parts[0].figures}
    assert (figures["source"], figures["target"], figures["both actors"]) == ("1 of 1", "0 of 0", "0 of 0")


def test_yield_is_concede_and_retreat_where_a_set_has_it(score: Score) -> None:
    figures = score(
        coded("Ghana released the prisoners of Togo.", "YIELD", "material cooperation", "Ghana", "Togo"),
    ).figures()
    assert figures["typing: YIELD"] == 1


@pytest.mark.parametrize(
    ("text", "source", "target", "older", "quad", "todays"),
    [
        ("Ghana will release the prisoners of Togo.", "Ghana", "Togo", "AGREE", "verbal cooperation", "CONCEDE"),
        ("Ghana apologized to Togo.", "Ghana", "Togo", "YIELD", "material cooperation", "CONCEDE"),
        ("Ghana blockaded the port of Togo.", "Ghana", "Togo", "ASSAULT", "material conflict", "COERCE"),
        (
            "A court in Ghana convicted the editor.",
            "A court in Ghana",
            "the editor",
            "ACCUSE",
            "verbal conflict",
            "SANCTION",
        ),
        ("Ghana will not attack Togo.", "Ghana", "Togo", "AGREE", "verbal cooperation", "AGREE"),
    ],
)
def test_a_set_with_yield_is_scored_by_the_older_scheme_and_others_by_todays(
    score: Score, text: str, source: str, target: str, older: str, quad: str, todays: str
) -> None:
    yielding = coded("Ghana released the prisoners of Togo.", "YIELD", "material cooperation", "Ghana", "Togo")
    with_yield = score(yielding, coded(text, older, quad, source, target)).figures()
    assert (with_yield["typing: accuracy"], with_yield["typing: quad accuracy"]) == (1, 1)
    assert score(coded(text, todays, quad, source, target)).figures()["typing: accuracy"] == 1


# -- events with triggers -------------------------------------------------------------------------


def test_what_is_found_in_a_sentence_without_events_is_wrong(score: Score) -> None:
    text = "Angela Merkel met Francois Hollande in Paris."
    event = {"type": "Contact:Meet", "plover": "CONSULT", "trigger": span(text, "met"), "args": []}
    scores = score({"text": text, "events": [event]}, {"text": "Donald Trump met Theresa May in London."})
    meet = next(t for t in scores.parts[0].labels if t.label == "Contact:Meet")
    assert (meet.right, meet.predicted, meet.gold) == (1, 2, 1)
    assert scores.figures()["news events: trigger precision"] == 0.5


def test_types_that_are_not_read_are_not_scored(score: Score) -> None:
    text = "Angela Merkel met Francois Hollande, and a soldier fled."
    meet = {"type": "Contact:Meet", "trigger": span(text, "met")}
    fled = {"type": "Movement:Transport", "trigger": span(text, "fled")}
    assert score({"text": text, "events": [meet, fled]}).figures()["news events: sentence F1"] == 1


def test_a_sentence_that_stands_there_twice_has_the_labels_of_both(score: Score) -> None:
    text = "Angela Merkel met Francois Hollande, and Turkey arrested two Greeks."
    meet = {"type": "Contact:Meet", "trigger": span(text, "met")}
    arrest = {"type": "Justice:Arrest-Jail", "trigger": span(text, "arrested")}
    scores = score({"id": "a", "text": text, "events": [meet]}, {"id": "a", "text": text, "events": [arrest]})
    counts = {t.label: (t.right, t.predicted, t.gold) for t in scores.parts[0].labels[:2]}
    assert counts == {"Contact:Meet": (1, 1, 1), "Justice:Arrest-Jail": (1, 1, 1)}


def test_what_ace_calls_otherwise_at_the_same_words_is_neither_right_nor_wrong(score: Score) -> None:
    text = "Gunmen shot two soldiers in Angola."
    shot = {"type": "Conflict:Attack", "trigger": span(text, "shot")}
    died = {"type": "Life:Die", "trigger": span(text, "shot")}
    assert score({"text": text, "events": [shot]}).figures()["news events: sentence F1"] == 1
    assert score({"text": text, "events": [died]}).parts[0].labels[0].predicted == 0


def test_what_did_not_happen_is_not_found(score: Score) -> None:
    text = "Angela Merkel will meet Francois Hollande in Paris."
    meet = {"type": "Contact:Meet", "trigger": span(text, "meet")}
    counts = [(t.right, t.predicted, t.gold) for t in score({"text": text, "events": [meet]}).parts[0].labels[:1]]
    assert counts == [(0, 0, 1)]


# -- attributions ---------------------------------------------------------------------------------


def test_source_cue_and_content(score: Score) -> None:
    text = "Sergey Lavrov said that the talks were useful. The weather was fine, according to sailors."
    said = {
        "source": [span(text, "Sergey Lavrov")],
        "cue": [span(text, "said")],
        "content": [span(text, "that the talks were useful")],
    }
    lost = {"source": [span(text, "sailors")], "cue": [span(text, "weather")], "content": [span(text, "fine")]}
    scores = score({"text": text, "attributions": [said, lost]})
    content = scores.parts[0].labels[2]
    assert (content.label, content.right, content.gold) == ("source, cue and content", 1, 2)


def test_a_wrong_source_is_no_match(score: Score) -> None:
    text = "Sergey Lavrov said that the talks with Serbia were useful."
    said = {"source": [span(text, "Serbia")], "cue": [span(text, "said")], "content": [span(text, "useful")]}
    figures = score({"text": text, "attributions": [said]}).figures()
    assert (figures["attribution: cue F1"], figures["attribution: source and cue F1"]) == (1, 0)


# -- times ----------------------------------------------------------------------------------------


def test_the_days_that_an_expression_means_and_one_not_read_is_a_miss(score: Score) -> None:
    text = "May 4, 2009\nChile said on Friday that it met Peru in early June of last year and again some time that week."
    labels = [
        {"type": "DATE", "value": "2009-05-04", "function": "CREATION_TIME", **span(text, "May 4, 2009")},
        {"type": "DATE", "value": "2009-05-01", **span(text, "Friday")},
        {"type": "DATE", "value": "2008-06", **span(text, "early June of last year")},
        {"type": "DATE", "value": "2009-W18", **span(text, "that week")},
        {"type": "DATE", "value": "PAST_REF", **span(text, "again")},
        {"type": "DURATION", "value": "P1D", **span(text, "some time")},
    ]
    figures = {f.name: f.of for f in score({"text": text, "date": "2009-05-04", "times": labels}).parts[0].figures}
    assert figures == {
        "value": "2 of 4",
        "value, the day of writing left out": "1 of 3",
        "value, or a narrower part of it": "3 of 4",
        "value of those read": "2 of 3",
    }


def test_a_time_outside_the_evaluation_span_is_not_scored(score: Score) -> None:
    text = "Chile met Peru in 2003. It met Cuba in 2004."
    labels = [{"type": "DATE", "value": year, **span(text, year)} for year in ("2003", "2004")]
    record = {"text": text, "times": labels, "meta": {"evaluation_span": [0, 24]}}
    assert score(record).parts[0].figures[0].of == "1 of 1"


# -- links ----------------------------------------------------------------------------------------


def test_links_count_by_class_inside_the_evaluation_span(score: Score) -> None:
    text = "Norway met Iceland. Norway left."
    labels = [
        {**span(text, "Norway"), "kb": "Q20", "is_coref": False},
        {**span(text, "Iceland"), "kb": "Q30", "is_coref": False},
        {"start": 20, "end": 26, "text": "Norway", "kb": "Q1", "is_coref": False},
    ]
    scores = score({"text": text, "entities": labels, "meta": {"evaluation_span": [0, 19]}})
    figures = {figure.name: figure.of for figure in scores.parts[0].figures}
    assert (figures["states"], figures["ids given that are right"]) == ("1 of 2", "1 of 2")


# -- factuality -----------------------------------------------------------------------------------


def test_polarity_and_time_of_events_that_have_a_claim(score: Score) -> None:
    text = "Ghana will not impose sanctions on Togo. The sun shines."
    events = [
        {"polarity": "NEG", "certainty": "CERTAIN", "time": "FUTURE", "trigger": span(text, "sanctions")},
        {"polarity": "POS", "certainty": "CERTAIN", "time": "NON_FUTURE", "trigger": span(text, "shines")},
    ]
    part = score({"text": text, "events": events}).parts[0]
    figures = {figure.name: figure.of for figure in part.figures}
    assert (figures["labelled events with a claim"], figures["polarity accuracy"]) == ("1 of 2", "1 of 1")


# -- our own gold ---------------------------------------------------------------------------------

MERKEL = {
    "text": "Angela Merkel met Francois Hollande in Paris.",
    "issued": "2014-12-19",
    "claims": [
        {
            "claims": "dip:Meeting",
            "roles": [{"role": "participant", "text": "Angela Merkel"}, {"role": "participant", "text": "Hollande"}],
            "polarity": "Affirmed",
            "modality": "Actual",
            "speaker": None,
            "when": None,
        }
    ],
}


def test_a_claim_that_is_right_in_all_that_is_labelled(score: Score) -> None:
    figures = score(MERKEL).figures()
    assert figures["claims: claims right in all that is labelled"] == 1
    assert (figures["claims: type F1"], figures["claims: role F1"]) == (1, 1)


def test_a_lost_claim_is_a_miss_in_type_roles_and_stance(score: Score) -> None:
    lost = {**MERKEL, "text": "Angela Merkel painted Francois Hollande in Paris."}
    figures = score(lost).figures()
    assert [figures[f"claims: {name}"] for name in ("type recall", "role recall")] == [0, 0]
    assert figures["claims: polarity accuracy, lost claims being misses"] == 0


def test_a_claim_where_none_is_labelled_is_wrong(score: Score) -> None:
    scores = score({**MERKEL, "claims": []})
    assert scores.figures()["claims: sentences without a claim left without"] == 0
    assert scores.parts[0].confusion == (("(nothing)", "Meeting", 1),)


def test_a_wrong_stance_is_told_beside_its_sentence(score: Score) -> None:
    claim = {**MERKEL["claims"][0], "polarity": "Negated"}  # type: ignore[dict-item]
    scores = score({**MERKEL, "claims": [claim]})
    assert [(m.wanted, m.found) for m in scores.parts[0].misses] == [("Meeting polarity Negated", "Affirmed")]


def test_a_lost_claim_has_no_right_speaker_and_no_right_time(score: Score) -> None:
    lost = {**MERKEL, "text": "Angela Merkel painted Francois Hollande in Paris."}
    figures = score(lost).figures()
    assert [figures[f"claims: {key} accuracy, lost claims being misses"] for key in ("speaker", "when")] == [0, 0]


def test_a_speaker_that_is_not_found_is_a_miss_of_the_claims_found(score: Score) -> None:
    claim = {**MERKEL["claims"][0], "speaker": "Paris"}  # type: ignore[dict-item]
    scores = score({**MERKEL, "claims": [claim]})
    speaker = {figure.name: figure.of for figure in scores.parts[0].figures if figure.name.startswith("speaker")}
    assert (speaker["speaker accuracy of the claims found"], speaker["speaker recall"]) == ("0 of 1", "0 of 1")


def test_stance_is_scored_for_the_claims_found_and_with_lost_ones_as_misses(score: Score) -> None:
    denied = {**MERKEL["claims"][0], "polarity": "Negated"}  # type: ignore[dict-item]
    found = {**MERKEL, "text": "Angela Merkel never met Francois Hollande in Paris.", "claims": [denied]}
    lost = {**MERKEL, "text": "Angela Merkel never painted Francois Hollande in Paris.", "claims": [denied]}
    figures = score(found, lost).figures()
    assert figures["claims: Negated F1 of the claims found"] == 1
    assert figures["claims: Negated F1, lost claims being misses"] == round(2 / 3, 4)


# -- the file, the table, the command -------------------------------------------------------------


def test_f1_is_nothing_where_nothing_is_right() -> None:
    assert [Tally("", 0, 0, 0).f1, Tally("", 0, 3, 3).f1, Tally("", 1, 2, 2).f1] == [0, 0, 0.5]


def test_a_file_without_labels_is_refused(score: Score) -> None:
    with pytest.raises(CorpusError, match="no labels to score"):
        score({"text": "Norway met Iceland."})


def test_a_folder_is_scored_as_one(tmp_path: Path, ontology: Ontology, reader: Reader) -> None:
    for name, text in (("a.jsonl", MERKEL["text"]), ("b.jsonl", "Angela Merkel met Francois Hollande in Rome.")):
        (tmp_path / name).write_text(json.dumps({**MERKEL, "text": text}) + "\n", encoding="utf-8")
    scores = evaluate(tmp_path, ontology, reader=reader)
    assert (scores.records, scores.figures()["claims: type F1"]) == (2, 1)


def test_a_folder_without_records_is_refused(tmp_path: Path, ontology: Ontology) -> None:
    with pytest.raises(CorpusError, match="no JSON Lines file stands in this folder"):
        evaluate(tmp_path, ontology)


def test_a_torn_file_is_refused(tmp_path: Path, ontology: Ontology) -> None:
    (tmp_path / "torn.jsonl").write_text('{"text": "Norway met Iceland.", "claims": []}\n{"text": "Nor', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"torn\.jsonl:2: not JSON"):
        evaluate(tmp_path / "torn.jsonl", ontology)


def test_table_and_json_say_the_same_each_time(score: Score) -> None:
    one, other = score({**MERKEL, "claims": []}), score({**MERKEL, "claims": []})
    assert as_table(one, errors=True) == as_table(other, errors=True)
    assert as_json(one, errors=True) == as_json(other, errors=True)
    assert MERKEL["text"] in as_table(one, errors=True)
    assert MERKEL["text"] not in as_table(one)


def test_the_command_scores_a_file(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(MERKEL) + "\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["evaluate", str(gold), "--format", "json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["parts"][0]["name"] == "claims"


def test_the_command_says_what_is_missing() -> None:
    result = CliRunner().invoke(main, ["evaluate", "nowhere.jsonl"])
    assert (result.exit_code, result.stderr) == (
        2,
        "kgbuild: nowhere.jsonl: no such file. Name a JSON Lines file of labelled records.\n",
    )


@pytest.mark.parametrize(
    ("found", "wanted", "counts"),
    [
        ("Tariff", "ImposeSanctions", True),
        ("ImposeSanctions", "ImposeSanctions", True),
        ("ImposeSanctions", "Tariff", False),
        ("Detain", "COERCE", False),
    ],
)
def test_a_kind_of_the_wanted_type_counts_but_not_a_type_of_a_wanted_category(
    found: str, wanted: str, counts: bool, ontology: Ontology
) -> None:
    assert is_kind(found, wanted, ontology) == counts


# -- floors ---------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(FLOORS))
def test_what_is_measured_stays_above_its_floor(name: str, tmp_path: Path, ontology: Ontology, reader: Reader) -> None:
    gold = ROOT / name if "/" in name else REAL / name
    if not gold.exists():
        pytest.skip(f"no {gold}")
    floors = dict(FLOORS[name])
    if every := int(floors.pop("every", 0)):
        chosen = gold.read_text(encoding="utf-8").splitlines(keepends=True)[::every]
        gold = tmp_path / gold.name
        gold.write_text("".join(chosen), encoding="utf-8")
    figures = evaluate(gold, ontology, reader=reader).figures()
    fallen = {key: (figures.get(key), floor) for key, floor in floors.items() if figures.get(key, 0) < floor}
    assert fallen == {}
