"""Articles read on a Dask cluster: workers that die, or join, change nothing in what comes out.

The cluster is one of our own on this machine (LOCAL), or the one of a scheduler that runs already. Its workers need kgbuild,
the same version, and the model; the ontology is sent to them. Dask gives what a dead worker was reading to another.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import dask
from distributed import Client, Future, LocalCluster, WorkerPlugin, as_completed
from distributed.scheduler import KilledWorker
from platformdirs import user_cache_path

from kgbuild import ontology as ontologies
from kgbuild.errors import KgbuildError, Problem
from kgbuild.model import Article, Reading
from kgbuild.read.each import LeftOut, read_each
from kgbuild.version import __version__
from kgbuild.workers import CHUNK, DEATHS, Chunk, reader_of

LOCAL = "local"
"""In the place of an address: a cluster of our own, on this machine, which ends with the build."""
AHEAD = 3
"""Parts that wait at the cluster for each worker: enough that none waits for us, few enough that memory stays flat."""
SECONDS_TO_CONNECT = 20
SECONDS_TO_ANSWER = 60
"""So long a worker may take to hand over what it has read."""

Files = Mapping[str, bytes]
"""The files of an ontology by their names."""


def read_on_cluster(
    articles: Iterable[Article], folder: Path, model: str, jobs: int, report: Callable[[Problem], None], scheduler: str
) -> Iterator[Reading]:
    """The readings of *articles* by the ontology in *folder*, each once, in any order; one that cannot be read is reported.

    *scheduler* is its address (tcp://host:8786), or LOCAL for *jobs* workers here. When the workers of a part go on dying,
    its articles are read one by one, with nothing beside; one that still kills its workers is reported. When the generator
    is closed, what it had asked for is given up. KgbuildError where nobody answers at the address, or the workers are
    others than we need.
    """
    with _client(scheduler, jobs) as client:
        files = {name: (folder / name).read_bytes() for name in ontologies.FILES}
        there = _name(files)
        try:  # once for each worker, also for those that come later
            client.register_plugin(_OntologyPlugin(files), name=there)
        except Exception as error:
            told = f"{scheduler}: its workers cannot take in our ontology ({type(error).__name__}: {error})."
            raise KgbuildError(f"{told} On each of them the same kgbuild must be installed: {__version__}.") from error
        stream, suspects = iter(articles), deque[Article]()
        asked = dict[Any, tuple[Chunk, bool]]()
        reading = as_completed(loop=client.loop)

        def ask(part: Chunk, *, alone: bool = False) -> None:
            future: Future[Any] = client.submit(_read, part, there, model, pure=False)
            asked[future.key] = part, alone
            reading.add(future)

        def ask_more() -> None:
            while len(asked) < AHEAD * max(1, len(client.nthreads())) and (part := tuple(islice(stream, CHUNK))):
                ask(part)

        try:
            ask_more()
            while asked or suspects:
                if not asked:
                    ask((suspects.popleft(),), alone=True)
                future = next(reading)
                part, alone = asked.pop(future.key)
                try:
                    answers = future.result(timeout=SECONDS_TO_ANSWER)
                except KilledWorker:
                    if alone:
                        gone = "the processes that read it died, again and again."
                        report(Problem(part[0].source, gone, "It is left out; try it by itself."))
                    else:
                        suspects += part
                except TimeoutError:  # the worker that had read it has died before we had it
                    ask(part, alone=alone)
                else:
                    for answer in answers:
                        if isinstance(answer, LeftOut):
                            report(answer.problem)
                        else:
                            yield answer
                future.release()
                if not suspects:
                    ask_more()
        finally:
            client.cancel(list(reading.futures))


@contextmanager
def _client(scheduler: str, jobs: int) -> Iterator[Client]:
    """A client of the cluster at *scheduler*; LOCAL is bound to the loopback address and has no page of its own."""
    if scheduler != LOCAL:
        try:
            client = Client(scheduler, timeout=SECONDS_TO_CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            told = f"{scheduler}: no Dask scheduler answers there ({error})."
            raise KgbuildError(f"{told} Start one: dask scheduler; and on each machine: dask worker {scheduler}") from error
        with client:
            yield client
        return
    quiet = {"logging": {"distributed": "critical"}}
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": DEATHS - 1, **quiet}),
        tempfile.TemporaryDirectory(prefix="kgbuild-") as scratch,
        LocalCluster(
            n_workers=jobs,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            local_directory=scratch,
            silence_logs=logging.CRITICAL,
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield client


# -- on the worker --------------------------------------------------------------------------------


class _OntologyPlugin(WorkerPlugin):
    """Gives each worker an ontology, before it reads."""

    def __init__(self, files: Files) -> None:
        self.files = files

    def setup(self, worker: object) -> None:
        _keep(self.files)


def _read(part: Chunk, ontology: str, model: str) -> list[Reading | LeftOut]:
    return list(read_each(reader_of(_place(ontology), model), part))


def _name(files: Files) -> str:
    """The name of an ontology: the same for the same content."""
    said = b"\0".join(part for name in sorted(files) for part in (name.encode(), files[name]))
    return f"kgbuild-{hashlib.sha256(said).hexdigest()[:32]}"


def _place(ontology: str) -> Path:
    return user_cache_path("kgbuild") / "ontologies" / ontology


def _keep(files: Files) -> Path:
    """The folder of this machine with these *files*, written beside and renamed."""
    place = _place(_name(files))
    if not place.is_dir():
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = Path(tempfile.mkdtemp(dir=place.parent))
        for name, content in files.items():
            (beside / name).write_bytes(content)
        try:
            os.replace(beside, place)
        except OSError:
            if not place.is_dir():  # another worker of this machine was first
                raise
            shutil.rmtree(beside)
    return place
