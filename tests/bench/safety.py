"""Whatever happens to a build, the graph is that of an undisturbed one, byte for byte.

    python tests/bench/safety.py CORPUS.jsonl [--articles 200] [--kills 20] [--jobs 1] [--seed 1]

Writes the records of CORPUS as one file each, builds them undisturbed, then: killed (SIGKILL) at random moments and
started again, in shuffled order, in ten slices, and once more with nothing new. Prints what each costs; ends with
exit code 1 if any graph differs.
"""

from __future__ import annotations

import argparse
import hashlib
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

MADE = ("graph.trig", "network.html", "report.txt")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    chance = random.Random(chosen.seed)
    with tempfile.TemporaryDirectory() as scratch:
        files = records(chosen.corpus, chosen.articles, Path(scratch) / "in")
        whole = Path(scratch) / "whole"
        took = build([files[0].parent], whole, chosen.jobs)
        print(f"undisturbed        {took}")
        wanted, good = digest(whole), True
        for name, disturbed in (
            ("nothing new", lambda out: build([files[0].parent], out, chosen.jobs)),
            ("killed", lambda out: killed(files[0].parent, out, chosen, took, chance)),
            ("shuffled", lambda out: build(chance.sample(files, len(files)), out, chosen.jobs)),
            ("in ten slices", lambda out: sliced(chance.sample(files, len(files)), out, chosen.jobs)),
        ):
            output = whole if name == "nothing new" else Path(scratch) / name.replace(" ", "-")
            cost = disturbed(output)
            same = digest(output) == wanted
            print(f"{name:18} {cost}  {'the same bytes' if same else 'OTHER BYTES'}", flush=True)
            good = good and same
            if output != whole:
                shutil.rmtree(output)
    return 0 if good else 1


def records(corpus: Path, number: int, folder: Path) -> list[Path]:
    """The first *number* records as files of one record each."""
    folder.mkdir()
    with corpus.open(encoding="utf-8") as lines:
        for count, line in enumerate(islice(lines, number)):
            (folder / f"{count:04}.jsonl").write_text(line, encoding="utf-8")
    return sorted(folder.iterdir())


def command(corpus: list[Path], output: Path, jobs: int) -> list[str]:
    return [sys.executable, "-m", "kgbuild", "build", *map(str, corpus), "-o", str(output), "--jobs", str(jobs)]


class Cost(float):
    """Processor seconds of a build with its processes."""

    def __str__(self) -> str:
        return f"{float(self):7.1f} s CPU"


def build(corpus: list[Path], output: Path, jobs: int) -> Cost:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command(corpus, output, jobs), check=True, capture_output=True)
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
