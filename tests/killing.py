"""Builds CORPUS into OUTPUT in a child process for each point of POINTS, which SIGKILLs itself when it gets there.

A script of its own: the children are forked before any store is open, and share one loaded model.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from pathlib import Path

import kgbuild.read.reader
from kgbuild import ontology as ontologies
from kgbuild import pipeline
from kgbuild.read.reader import Reader

POINTS = [
    ("kgbuild.readings_cache", "ReadingsCache.save", 1),
    ("kgbuild.pipeline", "write_store", 1),
    ("kgbuild.pipeline", "write_page", 1),
    ("kgbuild.graph.merging", "Merge.said", 1),
    ("kgbuild.graph.store", "Graph.flush", 1),
    ("kgbuild.readings_cache", "ReadingsCache.replace_articles", 1),
    ("kgbuild.graph.ledger", "Ledger.commit", 1),
    ("kgbuild.output", "_swap", 1),
    ("pathlib", "Path.replace", 3),
    ("pathlib", "Path.replace", 4),
    ("shutil", "rmtree", 1),
]
"""Module, function, and at which call of it: just before reading is kept, merged, written, and put in place."""


def die_at(module: str, function: str, call: int) -> None:
    owner: object = importlib.import_module(module)
    *path, name = function.split(".")
    for part in path:
        owner = getattr(owner, part)
    original, calls = getattr(owner, name), [0]

    def counted(*given: object, **named: object) -> object:
        calls[0] += 1
        if calls[0] == call:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*given, **named)

    setattr(owner, name, counted)


def main(corpus: Path, output: Path) -> None:
    ontology = ontologies.load()
    reader = Reader(ontology)
    kgbuild.read.reader.Reader = lambda *_: reader  # type: ignore[assignment,misc]
    for point in POINTS:
        child = os.fork()
        if child == 0:
            die_at(*point)
            pipeline.build([corpus], output, ontology=ontology)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(*point, "killed" if os.WIFSIGNALED(status) else "ended", sep="\t", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
