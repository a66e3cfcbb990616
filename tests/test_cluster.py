"""Reading on a Dask cluster: a worker that dies loses and doubles nothing."""

from __future__ import annotations

import os
import signal
import sys
from functools import partial
from pathlib import Path

import cloudpickle
import pytest

from kgbuild import cluster
from kgbuild.cluster import read_on_cluster
from kgbuild.errors import KgbuildError, Problem
from kgbuild.model import Article, Reading
from kgbuild.ontology import default_folder
from kgbuild.workers import Chunk

cloudpickle.register_pickle_by_value(sys.modules[__name__])  # the workers do not have this file


def articles(texts: list[str]) -> list[Article]:
    return [Article(f"{n}", text, (), f"{n:064}", f"{n}.txt") for n, text in enumerate(texts)]


def dying(flags: Path, part: Chunk, ontology: str, model: str) -> list[Reading]:
    """Stands in for the reading of a part, where some texts kill the worker: always, or the first time."""
    for article in part:
        flag = flags / article.id
        if article.text == "deadly" or (article.text == "deadly once" and not flag.exists()):
            flag.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return [Reading(article, (), (), ()) for article in part]


@pytest.mark.slow
def test_a_worker_that_dies_costs_its_deadly_article_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_read", partial(dying, tmp_path))
    monkeypatch.setattr(cluster, "SECONDS_TO_ANSWER", 5)
    monkeypatch.setattr(cluster, "DEATHS", 1)
    texts = {7: "deadly once", 25: "deadly"}
    given = articles([texts.get(number, "harmless") for number in range(40)])
    told: list[Problem] = []
    found = [reading.article for reading in read_on_cluster(given, default_folder(), "", 2, told.append, cluster.LOCAL)]
    assert sorted(found, key=lambda a: int(a.id)) == [a for a in given if a.text != "deadly"]
    gone = "the processes that read it died, again and again."
    assert told == [Problem("25.txt", gone, "It is left out; try it by itself.")]


def test_an_address_where_nobody_answers_is_told_with_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "SECONDS_TO_CONNECT", 0.2)
    with pytest.raises(
        KgbuildError, match=r"tcp://127\.0\.0\.1:9: no Dask scheduler answers there .* Start one: dask scheduler"
    ):
        list(read_on_cluster([], default_folder(), "", 1, print, "tcp://127.0.0.1:9"))


def test_an_ontology_is_written_once_under_its_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "user_cache_path", lambda name: tmp_path)
    one, again, other = (cluster._keep({"a.ttl": content}) for content in (b"x", b"x", b"y"))
    assert (one, (one / "a.ttl").read_bytes(), (other / "a.ttl").read_bytes()) == (again, b"x", b"y")
    assert len(list((tmp_path / "ontologies").iterdir())) == 2
