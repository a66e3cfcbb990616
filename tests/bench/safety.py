"""Whatever happens to a build, the graph is that of an undisturbed one, byte for byte.

    python tests/bench/safety.py CORPUS.jsonl [--articles 200] [--kills 20] [--jobs 1] [--seed 1] [--only STEP …]

Writes the records of CORPUS as one file each, builds them undisturbed, then: killed (SIGKILL) at random moments and
started again, in shuffled order, in ten slices, and once more with nothing new; with every fifth article removed, and back;
with every seventh changed, and back; with decisions of what is one and what is two (same.ttl), and without them again. What
differs meanwhile is compared with a graph that is made of the same readings anew. Prints what each costs; ends with exit
code 1 if any graph differs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from kgbuild.graph.store import Graph

STEPS = ("nothing new", "killed", "shuffled", "in ten slices", "removed", "changed", "decided")
MADE = ("graph.trig", "network.html", "report.txt")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=STEPS, default=STEPS)
    chosen = parser.parse_args()
    chance = random.Random(chosen.seed)
    with tempfile.TemporaryDirectory() as scratch:
        files = records(chosen.corpus, chosen.articles, Path(scratch) / "in")
        corpus, whole, good = files[0].parent, Path(scratch) / "whole", True
        took = build([corpus], whole, chosen.jobs)
        print(f"undisturbed          {took}", flush=True)
        wanted = digest(whole)

        def compare(name: str, cost: Cost, output: Path, with_: dict[str, str]) -> None:
            nonlocal good
            other = [file for file, found in digest(output).items() if found != with_[file]]
            good = good and not other
            print(f"{name:20} {cost}  {'OTHER BYTES: ' + ', '.join(other) if other else 'the same bytes'}", flush=True)

        if "nothing new" in chosen.only:
            compare("nothing new", build([corpus], whole, chosen.jobs), whole, wanted)
        for name, disturbed in (
            ("killed", lambda out: killed(corpus, out, chosen, took, chance)),
            ("shuffled", lambda out: build(chance.sample(files, len(files)), out, chosen.jobs)),
            ("in ten slices", lambda out: sliced(chance.sample(files, len(files)), out, chosen.jobs)),
        ):
            if name not in chosen.only:
                continue
            output = Path(scratch) / name.replace(" ", "-")
            compare(name, disturbed(output), output, wanted)
            shutil.rmtree(output)
        pairs = weightiest(whole)
        for name, change, back in (
            ("removed", lambda: [file.rename(moved(file)) for file in files[::5]], lambda: put_back(files[::5])),
            ("changed", lambda: [shorten(file) for file in files[::7]], lambda: put_back(files[::7])),
            ("decided", lambda: decide(pairs, whole), (whole / "same.ttl").unlink),
        ):
            if name not in chosen.only:
                continue
            change()
            cost = build([corpus], whole, chosen.jobs, "--prune")
            anew = made_anew(corpus, whole, Path(scratch) / "anew", chosen.jobs)
            compare(name, cost, whole, digest(anew))
            shutil.rmtree(anew)
            back()
            compare(f"{name}, and back", build([corpus], whole, chosen.jobs, "--prune"), whole, wanted)
    return 0 if good else 1


def moved(file: Path) -> Path:
    """Where a file lies while it is not in the corpus, or not as it was."""
    place = file.parent.parent / "aside" / file.name
    place.parent.mkdir(exist_ok=True)
    return place


def put_back(files: list[Path]) -> None:
    for file in files:
        moved(file).rename(file)


def shorten(file: Path) -> None:
    """Leave out what the second half of an article says."""
    record = json.loads(file.read_text(encoding="utf-8"))
    file.rename(moved(file))
    file.write_text(json.dumps(record | {"text": record["text"][: len(record["text"]) // 2]}), encoding="utf-8")


def weightiest(output: Path) -> list[str]:
    """The four persons that are mentioned most."""
    rows = Graph.open(output / "store").rows_here(
        "SELECT ?who (COUNT(?m) AS ?n) { ?m dip:denotes ?who . ?who a dip:Person }"
        " GROUP BY ?who ORDER BY DESC(?n) ?who LIMIT 4"
    )
    return [f"<{who.value}>" for who, _ in rows.rows if who is not None]


def decide(people: list[str], output: Path) -> None:
    """Decide that two are one, and that two others are two."""
    for verdict, pair in (("same", people[:2]), ("different", people[2:])):
        told = [sys.executable, "-m", "kgbuild", verdict, *pair, "--why", "To see what it does.", "-o", str(output)]
        subprocess.run(told, check=True, capture_output=True)


def made_anew(corpus: Path, output: Path, folder: Path, jobs: int) -> Path:
    """A graph of the same readings and decisions that nothing went before."""
    folder.mkdir()
    for name in ("readings.sqlite", "same.ttl"):
        if (output / name).exists():
            shutil.copy(output / name, folder / name)
    build([corpus], folder, jobs, "--prune")
    return folder


def records(corpus: Path, number: int, folder: Path) -> list[Path]:
    """The first *number* records as files of one record each."""
    folder.mkdir()
    with corpus.open(encoding="utf-8") as lines:
        for count, line in enumerate(islice(lines, number)):
            (folder / f"{count:04}.jsonl").write_text(line, encoding="utf-8")
    return sorted(folder.iterdir())


def command(corpus: list[Path], output: Path, jobs: int, *more: str) -> list[str]:
    return [sys.executable, "-m", "kgbuild", "build", *map(str, corpus), "-o", str(output), "--jobs", str(jobs), *more]


class Cost(float):
    """Processor seconds of a build with its processes."""

    def __str__(self) -> str:
        return f"{float(self):7.1f} s CPU"


def build(corpus: list[Path], output: Path, jobs: int, *more: str) -> Cost:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command(corpus, output, jobs, *more), check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def killed(corpus: Path, output: Path, chosen: argparse.Namespace, whole: float, chance: random.Random) -> Cost:
    """Killed until it has been *kills* times or is through, at moments that lie anywhere from start to end."""
    before, kills, lasts = time.monotonic(), 0, whole
    while kills < chosen.kills:
        started = time.monotonic()
        moment = chance.uniform(0, min(lasts, whole))
        process = subprocess.Popen(
            command([corpus], output, chosen.jobs), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(moment)
            lasts = time.monotonic() - started
            if process.returncode:
                raise SystemExit(f"a build ended with exit code {process.returncode}")
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            kills += 1
    build([corpus], output, chosen.jobs)
    return Cost(time.monotonic() - before)


def sliced(files: list[Path], output: Path, jobs: int) -> Cost:
    return Cost(sum(build(files[start::10], output, jobs) for start in range(10)))


def digest(output: Path) -> dict[str, str]:
    return {name: hashlib.sha256((output / name).read_bytes()).hexdigest() for name in MADE}


if __name__ == "__main__":
    sys.exit(main())
