"""The articles that labels without texts are on, found in corpora by id and read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kgbuild.errors import CorpusError, Problem
from kgbuild.model import Reading
from kgbuild.read.reader import Reader
from kgbuild.read.text.corpus import read_corpus

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "data"
"""Where the corpora stand beside a checkout, as corpus-*.jsonl."""


def read_at_hand(
    wanted: Iterable[str], corpora: Sequence[Path], reader: Reader, *, labels: str
) -> tuple[dict[str, Reading], list[Problem]]:
    """The readings of the articles of those ids in *corpora* (by default those of CORPORA), and a problem for each lost.

    *labels* says what is on them ("verdicts"). Raises CorpusError where no corpus is at hand, or none has
    any of the articles.
    """
    ids = set(wanted)
    given = list(corpora) or sorted(CORPORA.glob("corpus-*.jsonl"))
    if not given:
        raise CorpusError(
            f"The texts of {len(ids)} judged articles are not here: {labels} hold ids and offsets alone. Name the corpora"
            f' with --corpus, once each (records with "id" and "text"); by default {CORPORA}/corpus-*.jsonl.'
        )
    unread: list[Problem] = []
    articles = (one for one in read_corpus(given, reader.ontology, unread.append) if one.id in ids)
    readings = {reading.article.id: reading for reading in reader.read(articles)}
    if not readings:
        raise CorpusError(f"None of the {len(ids)} judged articles is in {', '.join(p.name for p in given)}.")
    lost = sorted(ids - set(readings))
    what = "the text of this judged article is in none of the corpora."
    return readings, [Problem(article, what, f"Its {labels} are left out.") for article in lost]


def first_record(file: Path) -> dict[str, Any]:
    """The first record of a JSON Lines file; empty where its first line is none."""
    with file.open(encoding="utf-8") as lines:
        first = next((line for line in lines if line.strip()), "")
    try:
        record = json.loads(first)
    except ValueError:
        return {}
    return record if isinstance(record, dict) else {}
