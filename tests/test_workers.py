"""Reading on processes: one that dies loses and doubles nothing."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from kgbuild import workers
from kgbuild.errors import Problem
from kgbuild.model import Article, Reading


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
