"""Reading on processes: one that dies loses and doubles nothing."""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from kgbuild import workers
from kgbuild.errors import KgbuildError, Problem
from kgbuild.model import Article, Reading
from kgbuild.read.each import LeftOut


def articles(texts: list[str]) -> list[Article]:
    return [Article(f"{n}", text, (), f"{n:064}", f"{n}.txt") for n, text in enumerate(texts)]


def dying(folder: Path, model: str, chunk: tuple[Article, ...]) -> list[Reading]:
    """Stands in for the reading of a chunk, where some texts kill the process: always, or the first time."""
    for article in chunk:
        flag = folder / article.id
        if article.text == "deadly" or (article.text == "deadly once" and not flag.exists()):
            flag.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return [Reading(article, (), (), ()) for article in chunk]


@pytest.mark.parametrize(
    ("deadly", "problems"),
    [
        ("deadly once", []),
        ("deadly", [Problem("25.txt", "the process that read it died, twice.", "It is left out; try it by itself.")]),
    ],
)
def test_a_process_that_dies_costs_its_deadly_article_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deadly: str, problems: list[Problem]
) -> None:
    monkeypatch.setattr(workers, "_read", dying)
    given = articles([deadly if number == 25 else "harmless" for number in range(40)])
    told: list[Problem] = []
    found = [reading.article for reading in workers.read_on_processes(given, tmp_path, "", 2, told.append)]
    left_out = {problem.where for problem in problems}
    assert sorted(found, key=lambda a: int(a.id)) == [a for a in given if a.source not in left_out]
    assert told == problems


def picky(folder: Path, model: str, chunk: tuple[Article, ...]) -> Iterator[Reading | LeftOut]:
    """Stands in for the reading of a chunk, as the texts say; "endless" never comes back."""
    for article in chunk:
        if article.text == "bad":
            yield LeftOut(article, Problem(article.source, "bad."))
        elif article.text == "no model":
            raise KgbuildError("No such model.")
        elif article.text == "endless":
            threading.Event().wait()
        else:
            yield Reading(article, (), (), ())


def test_an_article_that_cannot_be_read_is_reported_and_its_neighbours_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_read", picky)
    told: list[Problem] = []
    found = list(workers.read_on_processes(articles(["a", "bad", "b"]), tmp_path, "", 2, told.append))
    assert ([reading.article.id for reading in found], told) == (["0", "2"], [Problem("1.txt", "bad.")])


def test_a_mistake_of_the_user_is_raised_in_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_read", picky)
    with pytest.raises(KgbuildError, match=r"^No such model\.$"):
        list(workers.read_on_processes(articles(["no model"]), tmp_path, "", 2, lambda problem: None))
    assert multiprocessing.active_children() == []


def test_whoever_stops_early_waits_for_no_article_and_has_each_that_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_read", picky)
    given = articles(["a", "b", "endless", "c"])
    with closing(workers.read_on_processes(given, tmp_path, "", 2, lambda problem: None)) as readings:
        found = [reading.article.id for reading in islice(readings, 2)]
    assert (found, multiprocessing.active_children()) == (["0", "1"], [])


class Silent:
    """Stands in for a process that says nothing."""

    killed = False

    def kill(self) -> None:
        self.killed = True


def test_a_process_that_says_nothing_for_too_long_is_killed_and_no_other() -> None:
    (ours, _here), (other, _there) = multiprocessing.Pipe(), multiprocessing.Pipe()
    silent = workers._Worker(Silent(), ours, heard=-math.inf)  # type: ignore[arg-type]
    busy = workers._Worker(Silent(), other, heard=math.inf)  # type: ignore[arg-type]
    assert workers._heard([silent, busy]) == []
    assert [worker.process.killed for worker in (silent, busy)] == [True, False]  # type: ignore[attr-defined]
