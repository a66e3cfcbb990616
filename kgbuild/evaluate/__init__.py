"""Gold records become scores: what was read against what people labelled.

Any JSON Lines file will do whose records have a `text` and labels of a kind known here (LABELS), and a folder of such files.
Nothing predicted is a miss; what the file does not label is not scored; what is predicted beyond the labels counts against
precision only where the file labels all of its kind. The record's text is read as `build` reads it. Readers' verdicts on
claims are the exception: they have no text, only the id of the article that they are on (`judged`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from kgbuild.errors import CorpusError
from kgbuild.evaluate.attribution import is_attributed, score_attribution
from kgbuild.evaluate.claims import is_own, score_claims
from kgbuild.evaluate.coded import chosen_claim, is_coded, score_coded
from kgbuild.evaluate.crossdoc import is_crossdoc, score_crossdoc
from kgbuild.evaluate.factuality import is_factual, score_factuality
from kgbuild.evaluate.figures import Evaluation, Figure, Miss, Part, Tally
from kgbuild.evaluate.judged import evaluate_judged, is_judged, score_judged
from kgbuild.evaluate.linking import is_linked, score_linking
from kgbuild.evaluate.news import is_news, score_news
from kgbuild.evaluate.pages import Page, Record, gold_files, gold_records, read_gold
from kgbuild.evaluate.phrases import is_phrase, score_phrases
from kgbuild.evaluate.printing import as_json, as_table
from kgbuild.evaluate.schemes import code_of
from kgbuild.evaluate.times import is_dated, score_times
from kgbuild.evaluate.wanted import evaluate_wanted, is_wanted, score_wanted
from kgbuild.ontology import Ontology
from kgbuild.read.reader import Reader

__all__ = [
    "LABELS",
    "Evaluation",
    "Figure",
    "Miss",
    "Page",
    "Part",
    "Tally",
    "as_json",
    "as_table",
    "chosen_claim",
    "code_of",
    "evaluate",
    "score_attribution",
    "score_claims",
    "score_coded",
    "score_crossdoc",
    "score_factuality",
    "score_judged",
    "score_linking",
    "score_news",
    "score_phrases",
    "score_times",
    "score_wanted",
]


def evaluate(
    gold: Path,
    ontology: Ontology,
    model: str | None = None,
    *,
    reader: Reader | None = None,
    corpora: Sequence[Path] = (),
) -> Evaluation:
    """Score the reading of every record of *gold*, a file or a folder of them, against whichever labels they have.

    Verdicts and lists have no texts of their own: *corpora* are where their articles stand. A *reader* at hand saves
    loading one. Raises CorpusError when a file cannot be read, or none has labels to score.
    """
    files = gold_files(gold)
    if all(is_judged(file) for file in files):
        return evaluate_judged(gold, files, corpora, reader or Reader(ontology, model))
    if all(is_wanted(file) for file in files):
        return evaluate_wanted(gold, files, corpora, reader or Reader(ontology, model))
    records, problems = gold_records(files)
    scorers = [scorer for name, (has, scorer) in LABELS.items() if any(has(record) for record in records.values())]
    if not scorers:
        raise CorpusError(
            f"{gold}: no labels to score. A record needs one of: {', '.join(LABELS)}. "
            'Our own form is {"text": "…", "issued": "…", "claims": [{"claims": "dip:Meeting", "roles": […]}]}.'
        )
    pages = read_gold(files, records, reader or Reader(ontology, model), problems)
    return Evaluation(gold.name, len(records), tuple(s(pages, ontology) for s in scorers), tuple(sorted(problems)))


LABELS: dict[str, tuple[Callable[[Record], bool], Callable[[list[Page], Ontology], Part]]] = {
    "claims (our own form)": (is_own, score_claims),
    "events with type, source and target": (is_coded, score_coded),
    "events with an ACE type and trigger": (is_news, score_news),
    "events with polarity and certainty": (is_factual, score_factuality),
    "times with a value": (is_dated, score_times),
    "attributions": (is_attributed, score_attribution),
    "entities with a Wikidata id in kb": (is_linked, score_linking),
    "meta.expect.country": (is_phrase, score_phrases),
    "actors with the id of a chain across records": (is_crossdoc, score_crossdoc),
}
"""The kinds of labels that are scored, by name: which records have them, and their scorer."""
