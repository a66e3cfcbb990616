"""A bounded process ends: at its limits, with its parent, and never in silence."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kgbuild.errors import KgbuildError, QueryError
from kgbuild.graph.bounded import NESTED, Limits, OutOfMemory, Stage, bounded

linux = pytest.mark.skipif(sys.platform != "linux", reason="a copy of this process is made on Linux")
BOTH = [pytest.param(True, marks=linux, id="forked"), pytest.param(False, id="spawned")]


def numbers(most: int) -> Iterator[object]:
    yield Stage.OPENING
    yield Stage.ANSWERING
    yield from range(most)


def endless(stage: Stage) -> Iterator[object]:
    yield stage
    while True:
        pass


def greedy() -> Iterator[object]:
    yield Stage.ANSWERING
    yield len(b"x" * 2**30)


def wrong() -> Iterator[object]:
    yield Stage.ANSWERING
    raise QueryError("This is wrong.")


def dying(by: int, stage: Stage) -> Iterator[object]:
    yield stage
    os.kill(os.getpid(), by)


def its_number() -> Iterator[object]:
    yield os.getpid()
    while True:
        pass


@pytest.mark.parametrize("fork", BOTH)
def test_what_the_work_yields_arrives_in_its_order(fork: bool) -> None:
    assert list(bounded(numbers, 3, limits=Limits(), fork=fork)) == [0, 1, 2]


@pytest.mark.parametrize("fork", BOTH)
def test_an_error_is_raised_where_it_was_asked(fork: bool) -> None:
    with pytest.raises(QueryError, match=r"^This is wrong\.$"):
        list(bounded(wrong, limits=Limits(), fork=fork))


@pytest.mark.parametrize(
    ("stage", "message"),
    [
        (Stage.ANSWERING, "The query took longer than 0.5 seconds and was stopped."),
        (Stage.LAYING_OUT, "The query was answered, but with laying the answer out it took longer than 0.5 seconds"),
    ],
)
@linux
def test_the_limit_of_time_holds_in_every_stage(stage: Stage, message: str) -> None:
    with pytest.raises(QueryError) as raised:
        list(bounded(endless, stage, limits=Limits(0.5), fork=True))
    assert str(raised.value).startswith(message)


@linux
def test_the_limit_of_memory_holds() -> None:
    with pytest.raises(OutOfMemory, match=r"^The query wanted more than 0\.25 GB of memory and was stopped\."):
        list(bounded(greedy, limits=Limits(memory=2**28), fork=True))
    assert list(bounded(greedy, limits=Limits(memory=None), fork=True)) == [2**30]


@linux
def test_a_full_stack_is_a_query_that_is_nested_too_deeply() -> None:
    with pytest.raises(QueryError) as raised:
        list(bounded(dying, signal.SIGSEGV, Stage.ANSWERING, limits=Limits(), fork=True))
    assert str(raised.value) == NESTED


@linux
def test_a_death_while_opening_is_laid_on_the_store() -> None:
    with pytest.raises(KgbuildError, match=r"^The graph is damaged: .* Build it again"):
        list(bounded(dying, signal.SIGABRT, Stage.OPENING, limits=Limits(), fork=True))


PARENT = """
import sys
sys.path.insert(0, sys.argv[1])
from test_bounded import its_number
from kgbuild.graph.bounded import Limits, bounded
if __name__ == "__main__":
    prepared = ("kgbuild.graph.bounded",) if sys.argv[2] == "prepared" else ()
    for number in bounded(its_number, limits=Limits(), fork=sys.argv[2] == "forked", prepared=prepared):
        print(number, flush=True)
"""


@linux
@pytest.mark.parametrize("start", ["forked", "afresh", "prepared"])
def test_the_process_ends_when_its_parent_is_killed(start: str, tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    given = [sys.executable, script, Path(__file__).parent, start]
    with subprocess.Popen(given, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = os.pidfd_open(int(parent.stdout.readline()))
        try:
            assert select.select([child], [], [], 0) == ([], [], [])
            parent.kill()
            assert select.select([child], [], [], 30) == ([child], [], [])
        finally:
            os.close(child)


@linux
def test_the_process_ends_when_nobody_wants_more() -> None:
    answers = bounded(its_number, limits=Limits(), fork=True)
    child = os.pidfd_open(next(answers))
    try:
        answers.close()
        assert select.select([child], [], [], 0) == ([child], [], [])
    finally:
        os.close(child)
