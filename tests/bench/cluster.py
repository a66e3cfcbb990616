"""A cluster of two workers of which one is killed: the bytes of one process, and how often each article was read.

    python tests/bench/cluster.py CORPUS.jsonl [--articles 60]

Builds the first records of CORPUS in this process, then on a local Dask cluster of two workers, one of which is killed
(SIGKILL) when a third has been read. Prints how many articles were read, how many of them more than once, and whether the
bytes are the same; ends with exit code 1 if they are not.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from collections import Counter
from functools import partial
from itertools import islice
from pathlib import Path

import cloudpickle
from safety import digest

from kgbuild import cluster
from kgbuild.model import Reading
from kgbuild.pipeline import build
from kgbuild.read.each import LeftOut
from kgbuild.workers import Chunk

cloudpickle.register_pickle_by_value(sys.modules[__name__])  # the workers do not have this file

FEW = 4
"""Articles of a part, of which several are then under way when the worker dies."""


def counted(log: Path, part: Chunk, ontology: str, model: str) -> list[Reading | LeftOut]:
    """Reads a part as any worker does, and notes what has been read, by which process."""
    from kgbuild.cluster import _read

    found = _read(part, ontology, model)
    with log.open("a", encoding="utf-8") as lines:
        lines.write("".join(f"{os.getpid()} {article.id}\n" for article in part))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=60)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        corpus, log, killed = Path(scratch) / "in.jsonl", Path(scratch) / "read", list[int]()
        with given.corpus.open(encoding="utf-8") as lines:
            corpus.write_text("".join(islice(lines, given.articles)), encoding="utf-8")
        build([corpus], Path(scratch) / "alone")
        cluster.CHUNK = FEW
        cluster._read = partial(counted, log)  # type: ignore[assignment]

        def kill(read: int, unread: int, kept: int) -> None:
            if not killed and 3 * read > unread:
                killed.append(int(log.read_text(encoding="utf-8").splitlines()[-1].split()[0]))
                os.kill(killed[0], signal.SIGKILL)

        together = Path(scratch) / "together"
        built = build([corpus], together, jobs=2, scheduler=cluster.LOCAL, progress=kill)
        times = Counter(line.split(" ", 1)[1] for line in log.read_text(encoding="utf-8").splitlines())
        same = digest(together) == digest(Path(scratch) / "alone")
        twice = sum(count > 1 for count in times.values())
        print(f"{built.read} of {given.articles} articles read, {twice} of them more than once; {len(killed)} worker killed")
        print("the same bytes" if same else "OTHER BYTES")
    return 0 if same and killed else 1


if __name__ == "__main__":
    sys.exit(main())
