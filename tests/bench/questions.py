"""How long the named questions take in the store, without start-up and laying out, at several sizes of the graph.

    python tests/bench/questions.py output/store [MILLIONS]… [--keep FOLDER] [--names NAME NAME] [--only QUESTION …]

Without sizes the graph as it is; with sizes (1.5 6) it is grown first to so many million quads (`grown.py`), in FOLDER if
one is given, which is used again. A table: each question with as few names as it takes, with one and with two; for each
size the milliseconds for its first hundred rows and for all, and how many these are: the least of three times of the
processor alone, which other work on the machine lengthens little. Names are those of the two who have part in most events
together. What takes longer than a minute is a hyphen.
"""

from __future__ import annotations

import argparse
import multiprocessing
import multiprocessing.connection
import sys
import tempfile
import time
from pathlib import Path

from grown import grow
from pyoxigraph import Store

from kgbuild.ask.query import ask
from kgbuild.ask.questions import find_question, named_questions
from kgbuild.ask.terms import plain
from kgbuild.graph.store import Graph, Rows
from kgbuild.ontology import default_folder

FIRST = 100
"""Rows of a first screen."""
PATIENCE = 60
"""Seconds that one answer may take."""


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store")
    parser.add_argument("millions", nargs="*", type=float)
    parser.add_argument("--keep")
    parser.add_argument("--names", nargs=2)
    parser.add_argument("--only", nargs="+")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        stores = [Path(given.store)]
        for millions in given.millions:
            stores.append(Path(given.keep or scratch) / f"{millions:g}" / "store")
            grow(Store.read_only(given.store), stores[-1], round(millions * 1e6))
        measure(stores[1:] or stores, given.names or weightiest(Graph.open(stores[0])), given.only)


def measure(stores: list[Path], names: list[str], only: list[str] | None) -> None:
    """Print the table, of the questions *only* where these are given."""
    sizes = [len(Graph.open(store)) / 1e6 for store in stores]
    print(f"CPU milliseconds for the first {FIRST} rows, for all, and all rows, about {' and '.join(names)}")
    print(" " * 18 + "".join(f"{size:>20.2f} M quads" for size in sizes))
    for name, question in named_questions(default_folder()).items():
        if only and name not in only:
            continue
        needed = sum(not parameter.optional for parameter in question.parameters)
        for count in range(needed, min(len(question.parameters), len(names)) + 1):
            print(f"{name:12} {count:5}", end="", flush=True)
            for store in stores:
                first, whole = (timed(store, name, names[:count], limit) for limit in (FIRST, None))
                print(f"{first[0]:>10}{whole[0]:>10}{whole[1]:>8}", end="", flush=True)
            print()


def timed(store: Path, name: str, names: list[str], limit: int | None) -> tuple[str, str]:
    """The least milliseconds of three runs in a process of its own, and the rows; hyphens where it takes too long."""
    told, tells = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=_run, args=(store, name, names, limit, tells))
    process.start()
    found = told.recv() if told.poll(PATIENCE) else ("-", "-")
    process.kill()
    process.join()
    return found


def _run(store: Path, name: str, names: list[str], limit: int | None, tells: multiprocessing.connection.Connection) -> None:
    graph, question, times = Graph.open(store), find_question(name, default_folder()), []
    rows = 0
    for _ in range(3):
        before = time.process_time()
        answer = ask(graph, question, names, limits=None, limit=limit)
        times.append(1000 * (time.process_time() - before))
        rows = len(answer.rows) if isinstance(answer, Rows) else 0
    tells.send((f"{min(times):.0f}", str(rows)))


def weightiest(graph: Graph) -> list[str]:
    """The two who have part in most events together; where no two have, the one who has part in most, or none."""
    top = ask(graph, find_question("top", default_folder()), limits=None)
    assert isinstance(top, Rows)
    named = [(plain(kind), [plain(name) for name in names if name]) for kind, *names in (row[:3] for row in top.rows)]
    return next((names for wanted in ("pair", "actor") for kind, names in named if kind == wanted), [])


if __name__ == "__main__":
    main(sys.argv[1:])
