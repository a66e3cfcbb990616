"""Gold records, read as `build` reads an article."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgbuild.errors import CorpusError, Problem
from kgbuild.model import Claim, Mention, Reading, Span, When
from kgbuild.read.claims.when import times
from kgbuild.read.reader import Reader, Study
from kgbuild.read.text.corpus import read_corpus

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """A gold record and what was read in it."""

    id: str
    record: Record
    reading: Reading | None
    """None where the record could not be read: then all its labels are misses."""
    depth: dict[int, int]
    """How far below the root of its sentence a word stands, by the place where it starts."""
    times: tuple[tuple[Span, When], ...] = ()
    """Every expression of time that can be settled, where the record labels times."""

    @property
    def text(self) -> str:
        """The record's text, untouched."""
        return str(self.record["text"])

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All that was read."""
        return self.reading.claims if self.reading else ()

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """All mentions that were kept."""
        return self.reading.mentions if self.reading else ()

    @property
    def window(self) -> tuple[int, int]:
        """The stretch that is labelled: `meta.evaluation_span`, or all of it."""
        start, end = (self.record.get("meta") or {}).get("evaluation_span") or (0, len(self.text))
        return int(start), int(end)

    def sentence(self, start: int, end: int) -> str:
        """The sentences that the stretch stands in, on one line."""
        spans = [s.span for s in self.reading.sentences] if self.reading else []
        around = [s.text for s in spans if s.start < end and start < s.end]
        return " ".join(" ".join(around or [self.text[max(0, start - 150) : end + 150]]).split())


def gold_files(gold: Path) -> list[Path]:
    """The file itself, or the JSON Lines files that stand in the folder, in the order of their names."""
    files = sorted(gold.glob("*.jsonl")) if os.path.isdir(gold) else [gold]
    if not files:
        raise CorpusError(f"{gold}: no JSON Lines file stands in this folder. Name a file of labelled records.")
    if not os.path.isfile(files[0]):
        raise CorpusError(f"{gold}: no such file. Name a JSON Lines file of labelled records.")
    return files


def gold_records(files: list[Path]) -> tuple[dict[str, Record], list[Problem]]:
    """The records by the place that the corpus reader gives them."""
    records: dict[str, Record] = {}
    problems: list[Problem] = []
    lines = ((file, *line) for file in files for line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1))
    for file, number, line in lines:
        if not line.strip():
            continue
        where = f"{file.name}:{number}"
        try:
            record = json.loads(line)
        except ValueError as error:
            raise CorpusError(f"{where}: not JSON: {error}. A gold file must be whole.") from error
        if not isinstance(record, dict) or not isinstance(record.get("text"), str):
            raise CorpusError(f'{where}: no "text". Every gold record needs one.')
        records[where] = record
    return records, problems


def read_gold(files: list[Path], records: dict[str, Record], reader: Reader, problems: list[Problem]) -> list[Page]:
    """Every record with its reading, in the order of the files; a text that stands there twice is read twice."""
    timed = any(record.get("times") for record in records.values())
    found: dict[str, tuple[Reading, dict[int, int], tuple[tuple[Span, When], ...]]] = {}
    for study in reader.study(read_corpus(files, reader.ontology, problems.append)):
        settled = [time for paragraph in study.paragraphs for time in times(paragraph)] if timed else []
        written = tuple((Span(*study.normal.original(span.start, span.end), span.text), when) for span, when in settled)
        found[study.reading.article.source] = study.reading, _depths(study), written
    empty: tuple[None, dict[int, int], tuple[()]] = (None, {}, ())
    return [Page(str(r.get("id") or where), r, *found.get(where, empty)) for where, r in records.items()]


def _depths(study: Study) -> dict[int, int]:
    starts = study.normal.starts
    return {starts[p.passage.offset + t.idx]: sum(1 for _ in t.ancestors) for p in study.paragraphs for t in p.doc}
