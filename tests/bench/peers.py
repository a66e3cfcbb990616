"""kgbuild beside its peers: reading beside spaCy and textacy, asking beside rdflib.

    python tests/bench/peers.py CORPUS [--articles 100] [--textacy PYTHON] [--questions met agreements sources]

Each has a process of its own, start-up included, and the same articles of CORPUS: the plain spaCy pass; textacy's triples
of subject, verb and object (by PYTHON, the interpreter of an environment that has textacy; left out without); `kgbuild
extract`, and `kgbuild build`. Then the graph that was built is asked the same questions, about the two who have part in most
events together where a question needs names, by kgbuild's store on disk and by rdflib with all of it in memory. Prints two
tables in Markdown: seconds are those of the processor; megabytes the most that the process held. What takes longer than
PATIENCE is a hyphen.
"""

from __future__ import annotations

import argparse
import importlib
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from questions import weightiest

from kgbuild import ontology as ontologies
from kgbuild.ask.questions import find_question
from kgbuild.ask.things import find_thing
from kgbuild.graph.store import Graph
from kgbuild.graph.triples import PREFIXES
from kgbuild.ontology import default_folder
from kgbuild.read import DEFAULT_MODEL
from kgbuild.read.parse.nlp import BATCH, READ, plain
from kgbuild.read.text.corpus import read_corpus

PATIENCE = 300
"""Seconds that one answer may take."""
TEXTACY = """
import json, spacy, sys
from textacy.extract import subject_verb_object_triples
nlp = spacy.load(sys.argv[2])
for doc in nlp.pipe(json.load(open(sys.argv[1], encoding="utf-8")), batch_size=int(sys.argv[3])):
    list(subject_verb_object_triples(doc))
"""


class Cost(NamedTuple):
    """What a process took: seconds of the processor, and its most bytes."""

    seconds: float
    memory: int


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--textacy", metavar="PYTHON")
    parser.add_argument("--questions", nargs="+", default=["met", "agreements", "sources"])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        corpus, texts = Path(scratch) / "corpus.jsonl", Path(scratch) / "texts.json"
        write(given.corpus, given.articles, corpus, texts)
        output = Path(scratch) / "out"
        ours = [sys.executable, "-m", "kgbuild"]
        model = importlib.import_module(DEFAULT_MODEL).__file__ or ""
        commands = {
            "spaCy, the plain pass": [sys.executable, __file__, "--spacy", str(texts)],
            "textacy, triples of subject, verb and object": [
                *(given.textacy, "-c", TEXTACY, str(texts)),
                *(str(next(Path(model).parent.glob("*/config.cfg")).parent), str(BATCH)),
            ],
            "kgbuild extract": [*ours, "extract", str(corpus)],
            "kgbuild build": [*ours, "build", str(corpus), "-o", str(output), "--jobs", "1"],
        }
        print("| reading | articles a second of CPU | seconds | MB |\n|---|---|---|---|")
        for name, command in commands.items():
            if command[0] is not None:
                cost = process(command)
                rate = given.articles / cost.seconds
                print(f"| {name} | {rate:.1f} | {cost.seconds:.1f} | {cost.memory / 1e6:.0f} |", flush=True)
        asked(output, given.questions)


def write(corpus: str, count: int, file: Path, texts: Path) -> None:
    """The first articles of a corpus as a file of their own, and the paragraphs that are read of them."""
    found = islice(read_corpus([corpus], ontologies.load(), lambda problem: None), count)
    articles = list(found)
    records = [{"id": a.id, "text": a.text, "date": a.issued, "publisher": a.publisher} for a in articles]
    file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    paragraphs = [plain(a.text[b.start : b.end]) for a in articles for b in a.blocks if b.kind in READ]
    texts.write_text(json.dumps(paragraphs), encoding="utf-8")


def plain_pass(texts: str) -> None:
    """What a process of spaCy alone does."""
    nlp = importlib.import_module(DEFAULT_MODEL).load()
    for _ in nlp.pipe(json.loads(Path(texts).read_text(encoding="utf-8")), batch_size=BATCH):
        pass


def process(command: list[str]) -> Cost:
    """What a process costs, without those that it has started."""
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(started.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        raise SystemExit(f"{' '.join(command)[:200]} ended with exit code {os.waitstatus_to_exitcode(status)}")
    return Cost(used.ru_utime + used.ru_stime, 1024 * used.ru_maxrss)


def asked(output: Path, questions: list[str]) -> None:
    """Print what asking costs."""
    graph = Graph.open(output / "store")
    names = weightiest(graph)
    queries = {}
    for name in questions:
        question = find_question(name, default_folder())
        needed = [one.name for one in question.parameters if not one.optional]
        things = {variable: {find_thing(graph, who)} for variable, who in zip(needed, names, strict=False)}
        queries[name] = question.filled(things)
    print(f"\n| asking {len(graph):,} quads | kgbuild, on disk | rdflib, in memory |\n|---|---|---|")
    stores: dict[str, Callable[[], object]] = {
        "ours": partial(Graph.open, output / "store"),
        "theirs": partial(rdflib_of, output / "graph.trig"),
    }
    told = {name: answers(opened, queries) for name, opened in stores.items()}
    for row in ("open it", *queries, "MB"):
        print(f"| {row} | {told['ours'].get(row, '–')} | {told['theirs'].get(row, '–')} |")


def rdflib_of(file: Path) -> object:
    """All of a graph in rdflib's memory."""
    import rdflib

    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(file, format="trig")
    return dataset


def answers(opened: Callable[[], object], queries: dict[str, str]) -> dict[str, str]:
    """What a store says of itself in a process of its own, one after the other until one takes too long."""
    hears, tells = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=_answer, args=(opened, queries, tells))
    process.start()
    tells.close()
    told: dict[str, str] = {}
    while hears.poll(PATIENCE):
        try:
            told |= hears.recv()
        except EOFError:
            break
    process.kill()
    process.join()
    return told


def _answer(opened: Callable[[], object], queries: dict[str, str], tells: Connection) -> None:
    import resource

    def timed(work: Callable[[], object]) -> tuple[str, object]:
        before = time.process_time()
        found = work()
        return f"{time.process_time() - before:.2f} s", found

    spent, store = timed(opened)
    tells.send({"open it": spent})
    for name, text in queries.items():
        if isinstance(store, Graph):
            spent, _ = timed(partial(store.rows_here, text))
        else:
            spent, _ = timed(partial(_rows_of_rdflib, store, text))
        tells.send({name: spent, "MB": f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}"})
    tells.close()


def _rows_of_rdflib(store: Any, text: str) -> list[object]:
    return list(store.query(text, initNs=PREFIXES))


if __name__ == "__main__":
    if sys.argv[1] == "--spacy":
        plain_pass(sys.argv[2])
    else:
        multiprocessing.set_start_method("spawn")
        main()
