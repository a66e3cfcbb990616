"""The net: whatever is raised in one file or one article is a Problem, and what nobody foresaw is kept for a report."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterable, Iterator

import pytest

from kgbuild import net
from kgbuild.errors import KgbuildError, Problem, shown
from kgbuild.model import Article, Reading
from kgbuild.net import caught, limited, problem_of
from kgbuild.read.each import LeftOut, read_each
from kgbuild.report import keep_details


def articles(*texts: str) -> list[Article]:
    return [Article(f"{n}", text, (), f"{n:064}", f"{n}.txt") for n, text in enumerate(texts)]


class Together:
    """Stands in for a Reader that parses three articles together, and fails as their texts say."""

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        waiting: list[Article] = []
        for article in articles:
            waiting.append(article)
            if len(waiting) == 3:
                yield from self._parsed(waiting)
                waiting = []
        yield from self._parsed(waiting)

    def _parsed(self, batch: list[Article]) -> list[Reading]:
        for article in batch:
            if article.text == "slow":
                signal.raise_signal(signal.SIGALRM)
            if article.text == "bad":
                raise ZeroDivisionError("a verb without a noun")
            if article.text == "stop":
                raise KgbuildError("no model")
        return [Reading(article, (), (), ()) for article in batch if article.text != "forgotten"]


def told(answers: Iterable[Reading | LeftOut]) -> list[str]:
    """The ids of what was read, and the problems of what was not, in order."""
    return [str(one.problem) if isinstance(one, LeftOut) else one.article.id for one in answers]


UNFORESEEN = "It is left out. Please report this, with what problems.log says of it."
BAD = f"kgbuild failed on it (ZeroDivisionError: a verb without a noun). {UNFORESEEN}"
SLOW = "took longer than 60 seconds. It is left out; split it, or take out what is no prose."


def test_an_article_that_raises_loses_none_of_those_it_is_parsed_with() -> None:
    found = told(read_each(Together(), articles("a", "b", "c", "d", "bad", "e", "f", "bad")))
    assert found == ["0", "1", "2", "3", f"4.txt: {BAD}", "5", "6", f"7.txt: {BAD}"]


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="a system without SIGALRM")
def test_an_article_that_takes_too_long_is_left_out_alone() -> None:
    assert told(read_each(Together(), articles("a", "slow", "b"))) == ["0", f"1.txt: {SLOW}", "2"]


def test_an_article_of_which_no_reading_comes_is_told() -> None:
    nothing = f"kgbuild failed on it (RuntimeError: no reading came of it). {UNFORESEEN}"
    assert told(read_each(Together(), articles("forgotten"))) == [f"0.txt: {nothing}"]


def test_a_mistake_of_the_user_stops_reading() -> None:
    with pytest.raises(KgbuildError, match="no model"):
        list(read_each(Together(), articles("a", "stop")))


def test_what_the_source_of_the_articles_raises_is_not_taken_for_an_article() -> None:
    def failing() -> Iterator[Article]:
        yield from articles("a", "b")
        raise ValueError("the corpus broke off")

    with pytest.raises(ValueError, match="the corpus broke off"):
        list(read_each(Together(), failing()))


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="a system without SIGALRM")
def test_the_limit_of_an_inner_article_leaves_that_of_the_outer_one() -> None:
    with limited():
        with limited():
            pass
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) == signal.SIG_DFL


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="a system without SIGALRM")
def test_a_program_that_uses_the_alarm_itself_keeps_it() -> None:
    before = signal.signal(signal.SIGALRM, signal.SIG_IGN)
    try:
        with limited():
            assert signal.getsignal(signal.SIGALRM) == signal.SIG_IGN
            assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    finally:
        signal.signal(signal.SIGALRM, before)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says how much memory a process has")
def test_an_article_that_takes_too_much_memory_is_left_out_and_the_limit_is_lifted() -> None:
    import resource

    before, problems = resource.getrlimit(resource.RLIMIT_AS), list[Problem]()
    with caught("a.txt", problems.append):
        bytearray(net.MEMORY + 2**30)
    assert problems == [Problem("a.txt", "needed more memory than one article may have.", "It is left out; split it.")]
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_the_message_of_what_nobody_foresaw_is_one_short_line() -> None:
    problem = problem_of("a.txt", ValueError("two\nlines " + "x" * 1000))
    assert str(problem) == f"a.txt: kgbuild failed on it (ValueError: two lines {'x' * 190}…). {UNFORESEEN}"


def test_what_nobody_foresaw_is_kept_with_its_traceback_and_what_was_foreseen_is_not(tmp_path) -> None:
    problems = [Problem("b.txt", "empty.")]
    with caught("a.txt", problems.append):
        raise ZeroDivisionError("a verb without a noun")
    assert keep_details(tmp_path, problems) == tmp_path / "problems.log"
    _, first, *trace = (tmp_path / "problems.log").read_text(encoding="utf-8").split("\n\n")
    assert first.splitlines()[:2] == [f"a.txt: {BAD}", "Traceback (most recent call last):"]
    assert (first.splitlines()[-1], trace) == ("ZeroDivisionError: a verb without a noun", [])
    assert keep_details(tmp_path / "other", [Problem("b.txt", "empty.")]) is None
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("name", "harmless"),
    [
        ("Łódź – 東京.txt", "Łódź – 東京.txt"),
        ("می‌خواهم.txt", "می‌خواهم.txt"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\nb\r\tc\x00\x7f", "a\\nb\\r\\tc\\x00\\x7f"),
        ("a\x85b\x9bc", "a\\x85b\\x9bc"),
        ("a\u2028b", "a\\u2028b"),
        ("gpj.\u202eexe", "gpj.\\u202eexe"),
        ("caf\udce9.txt", "caf\\xe9.txt"),
        ("half \ud83d", "half \\ud83d"),
        ("C:\\news", "C:\\news"),
    ],
)
def test_a_name_is_shown_so_that_it_harms_no_terminal(name: str, harmless: str) -> None:
    assert shown(name) == harmless
    assert str(Problem(name, f"bad {name}.", name)) == f"{harmless}: bad {harmless}. {harmless}"
