"""What a build costs as the archive grows: made whole, with one article more, and with fifty more.

    python tests/bench/scale.py OUTPUT [--articles 1000 5000 20000] [--more 1 50] [--keep FOLDER]

OUTPUT is what `kgbuild build` wrote of any corpus: its readings are kept again as by many articles (see merging.py), under
other days, states, names and texts, and so a graph of 20,000 articles is merged without parsing them. The articles that
are added are read. Each build is a process of its own, as a user starts it; prints its seconds, what of these was the
processor's, its most memory, and the bytes of the store for each quad.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from merging import told_again

from kgbuild import ontology as ontologies
from kgbuild.graph.store import Graph
from kgbuild.kept_articles import ArticlePlace, FoundArticles, KeptArticle
from kgbuild.model import Reading
from kgbuild.ontology import Ontology
from kgbuild.read import DEFAULT_MODEL
from kgbuild.readings_cache import Keys, ReadingsCache

AS_INSTALLED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""With its modules compiled, as they are once they have been imported."""


class Cost(NamedTuple):
    """What one build took."""

    seconds: float
    cpu: float
    memory: int
    """Most bytes that the process held."""


def main() -> None:
    """Print a line for each build."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path)
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 5000, 20000])
    parser.add_argument("--more", type=int, nargs="+", default=[1, 50])
    parser.add_argument("--keep", type=Path, help="a folder for the graphs, which stay; else they go with the bench")
    given = parser.parse_args()
    ontology = ontologies.load()
    with ReadingsCache(given.output / "readings.sqlite") as cache:
        sample = list(cache.latest_readings())
    with tempfile.TemporaryDirectory() as scratch:
        for turn in range(2):  # the first warms the disk
            alone = build(written(sample, Path(scratch) / "one", 1, "start"), Path(scratch) / f"start-{turn}")
        print(f"{'articles':>9}{'build':>8}{'seconds':>9}{'CPU':>8}{'MB':>7}{'quads':>11}{'bytes a quad':>14}")
        print(f"{'1':>9}{'alone':>8}{alone.seconds:>9.1f}{alone.cpu:>8.1f}{alone.memory / 1e6:>7.0f}", flush=True)
        for count in given.articles:
            output = (given.keep or Path(scratch)) / f"{count}"
            fill(output, islice(archive(sample, ontology), count - 1), ontology)
            told(count, "whole", build(written(sample, Path(scratch) / "one", 1, f"{count}"), output), output)
            for more in given.more:
                corpus = written(sample, Path(scratch) / f"more-{count}-{more}", more, f"{count}-{more}")
                told(count, f"+{more}", build(corpus, output), output)


def archive(sample: list[Reading], ontology: Ontology) -> Iterator[Reading]:
    """The readings of any number of articles, each with a text, an address and an id of its own."""
    for number, reading in enumerate(told_again(sample, ontology)):
        words = reading.article.text.split(" ")
        random.Random(number).shuffle(words)
        name = f"archive.jsonl:{number}"
        yield replace(reading, article=replace(reading.article, text=" ".join(words), id=name, source=name, url=None))


def fill(output: Path, readings: Iterator[Reading], ontology: Ontology) -> None:
    """Make *readings* those that a build into *output* finds kept."""
    if (output / "readings.sqlite").exists():
        return
    keys, kept, found = Keys(ontology, DEFAULT_MODEL), dict[str, KeptArticle](), FoundArticles()
    with ReadingsCache(output / "readings.sqlite") as cache, closing(found):
        for reading in readings:
            place = ArticlePlace("archive.jsonl", reading.article.id, reading.article.source, ())
            one = KeptArticle.of(reading.article, place, found.put(reading.article))
            kept[one.iri] = one
            cache.add(keys(one), reading)
        made = {iri: keys(one) for iri, one in kept.items()}
        cache.replace_articles(kept.values(), made, lambda iri: found.article(kept[iri].found_at or 0), prune=False)


def written(sample: list[Reading], folder: Path, count: int, name: str) -> Path:
    """A file of *count* articles of the sample, made new by a word in front."""
    folder.mkdir(exist_ok=True)
    file = folder / f"{name}.jsonl"
    articles = [sample[number % len(sample)].article for number in range(7, 7 + count)]
    records = [{"id": f"{name}-{n}", "text": f"New {name}.\n\n{a.text}", "date": a.issued} for n, a in enumerate(articles)]
    file.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return file


def build(corpus: Path, output: Path) -> Cost:
    """What one build in a process of its own costs."""
    started = time.monotonic()
    command = [sys.executable, "-m", "kgbuild", "build", str(corpus), "-o", str(output)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=AS_INSTALLED)
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"a build ended with exit code {os.waitstatus_to_exitcode(status)}")
    return Cost(time.monotonic() - started, used.ru_utime + used.ru_stime, 1024 * used.ru_maxrss)


def told(count: int, name: str, cost: Cost, output: Path) -> None:
    quads = len(Graph.open(output / "store"))
    size = sum(file.stat().st_size for file in (output / "store").resolve().iterdir())
    memory = f"{cost.memory / 1e6:>7.0f}"
    print(f"{count:>9}{name:>8}{cost.seconds:>9.1f}{cost.cpu:>8.1f}{memory}{quads:>11,}{size / quads:>14.0f}", flush=True)


if __name__ == "__main__":
    main()
