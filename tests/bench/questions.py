"""How long the named questions take in the store, without start-up and laying out.

    python tests/bench/questions.py output/store [NAME] [NAME]

A table: each question with as few names as it takes, with one and with two; rows, and the least of three times: by the
clock, and of the processor alone, which other work on the machine lengthens little. Without names, those of the two
who have part in most events together.
"""

from __future__ import annotations

import sys
import time

from kgbuild.ask.query import ask
from kgbuild.ask.questions import Question, find_question, named_questions
from kgbuild.ask.terms import plain
from kgbuild.graph.store import Graph, Rows
from kgbuild.ontology import default_folder

LIMIT = 100
"""Milliseconds of the processor that a question about a name should take at most."""


def main(store: str, *names: str) -> None:
    graph = Graph.open(store)
    names = names or weightiest(graph)
    print(f"{'question':12} {'names':5} {'rows':>6} {'clock ms':>9} {'cpu ms':>7}   about {' and '.join(names)}")
    for name, question in named_questions(default_folder()).items():
        needed = sum(not parameter.optional for parameter in question.parameters)
        for count in range(needed, min(len(question.parameters), 2) + 1):
            rows, clock, processor = least(graph, question, names[:count])
            late = "  slow" if processor > LIMIT else ""
            print(f"{name:12} {count:5} {rows:6} {clock:9.0f} {processor:7.0f}{late}", flush=True)


def least(graph: Graph, question: Question, names: tuple[str, ...]) -> tuple[int, float, float]:
    """Rows, and the least milliseconds of three runs."""
    times = []
    for _ in range(3):
        clock, processor = time.perf_counter(), time.process_time()
        answer = ask(graph, question, names, limits=None)
        times.append((1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - processor)))
    rows = len(answer.rows) if isinstance(answer, Rows) else 0
    return rows, min(clock for clock, _ in times), min(processor for _, processor in times)


def weightiest(graph: Graph) -> tuple[str, ...]:
    top = ask(graph, find_question("top", default_folder()), limits=None)
    assert isinstance(top, Rows)
    pair = next(row for row in top.rows if plain(row[0]) == "pair")
    return plain(pair[1]), plain(pair[2])


if __name__ == "__main__":
    main(*sys.argv[1:])
