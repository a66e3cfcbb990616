"""What starting costs: the CPU time of `kgbuild extract` of one article beside that of spaCy loading and parsing it.

python tests/bench/startup.py [--article seeds/…] [--rounds 5]

Whole processes, in turn, in one run; a first round, not counted, fills the caches. Prints the median of each, in seconds.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PARSE = """
import importlib, pathlib, sys
from kgbuild.read import DEFAULT_MODEL
nlp = importlib.import_module(DEFAULT_MODEL).load()
list(nlp.pipe(p for p in pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").split("\\n\\n") if p.strip()))
"""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--article", type=Path, default=min((ROOT / "seeds").iterdir()), help="a text file")
    arguments.add_argument("--rounds", type=int, default=5)
    given = arguments.parse_args()
    commands = {
        "spaCy, loading and parsing": [sys.executable, "-c", PARSE, str(given.article)],
        "kgbuild extract": [sys.executable, "-m", "kgbuild", "extract", str(given.article)],
    }
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for round_ in range(given.rounds + 1):
        for name, command in commands.items():
            used = cpu_of(command)
            if round_:
                seconds[name].append(used)
    for name, some in seconds.items():
        print(f"{name:30} {statistics.median(some):5.2f}  ({min(some):.2f} to {max(some):.2f})")
    above = [ours - spacy for spacy, ours in zip(*seconds.values(), strict=True)]
    print(f"{'above spaCy':30} {statistics.median(above):5.2f}  ({min(above):.2f} to {max(above):.2f})")


def cpu_of(command: list[str]) -> float:
    """The CPU seconds, user and system, that a process and its children use."""
    before = os.times()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


if __name__ == "__main__":
    main()
