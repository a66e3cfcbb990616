"""The net around one file and one article: what goes wrong inside is a Problem, and it may take so much time and memory."""

from __future__ import annotations

import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

from kgbuild.errors import KgbuildError, Problem

SECONDS = 60.0
"""So long one article may take, and a file until its next record; where the system has SIGALRM (not on Windows)."""
MEMORY = 4 * 2**30
"""So many bytes one article may take beside what the process has; where the system says how many these are (Linux)."""
LOG = "problems.log"
"""The file that has the details of what nobody foresaw."""
DETAILS = 20_000
"""Characters of the details of one Problem, at most."""


class LimitReached(BaseException):
    """An article has taken too long. No Exception: a library that catches all of those would swallow it."""


@contextmanager
def caught(where: str, report: Callable[[Problem], None]) -> Iterator[None]:
    """Keep the limits, and report what is raised as a Problem of *where*; but a KgbuildError, which stops a command."""
    try:
        with limited():
            yield
    except KgbuildError:
        raise
    except (Exception, LimitReached) as error:
        report(problem_of(where, error))


def problem_of(where: str, error: BaseException) -> Problem:
    """What is said of an article, or of a file, in which *error* was raised."""
    if isinstance(error, LimitReached):
        cure = "It is left out; split it, or take out what is no prose."
        return Problem(where, f"took longer than {SECONDS:g} seconds.", cure)
    if isinstance(error, MemoryError):
        return Problem(where, "needed more memory than one article may have.", "It is left out; split it.")
    said = " ".join(str(error).split())
    said = f"{type(error).__name__}: {said[:200]}{'…' if len(said) > 200 else ''}" if said else type(error).__name__
    details = "".join(traceback.format_exception(error))
    return Problem(
        where,
        f"kgbuild failed on it ({said}).",
        f"It is left out. Please report this, with what {LOG} says of it.",
        f"{details[: DETAILS // 2]}\n[…]\n{details[-DETAILS // 2 :]}" if len(details) > DETAILS else details,
    )


@contextmanager
def limited() -> Iterator[None]:
    """Let what is done inside take no longer than SECONDS and no more than MEMORY: LimitReached, or MemoryError, else.

    The time of one inside another does not count for the outer one. Where a limit cannot be kept (another thread than the
    main one, a program that uses SIGALRM itself, another system), there is none.
    """
    with _limited_memory(), _limited_time():
        yield


@contextmanager
def _limited_time() -> Iterator[None]:
    before = signal.getsignal(signal.SIGALRM) if hasattr(signal, "SIGALRM") else None
    mine = before in (signal.SIG_DFL, _ring) and threading.current_thread() is threading.main_thread()
    if not mine:
        yield
        return
    signal.signal(signal.SIGALRM, _ring)
    # Once more a second later, should a library have swallowed it all the same.
    outer = signal.setitimer(signal.ITIMER_REAL, SECONDS, 1)
    try:
        yield
    finally:
        try:
            signal.setitimer(signal.ITIMER_REAL, *outer)
        except LimitReached:  # It rang in this very moment: all is done, but it would ring on.
            signal.setitimer(signal.ITIMER_REAL, *outer)
        signal.signal(signal.SIGALRM, before)


def _ring(number: int, frame: FrameType | None) -> NoReturn:
    raise LimitReached


@contextmanager
def _limited_memory() -> Iterator[None]:
    before = _limit_memory()
    try:
        yield
    finally:
        if before is not None:
            import resource

            resource.setrlimit(resource.RLIMIT_AS, before)


def _limit_memory() -> tuple[int, int] | None:
    """Limit it; what the limits were, None where they are as they were."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        with open("/proc/self/statm", "rb", buffering=0) as pages:
            most = int(pages.read(100).split()[0]) * os.sysconf("SC_PAGE_SIZE") + MEMORY
        soft, hard = before = resource.getrlimit(resource.RLIMIT_AS)
        if soft < 0 or most < soft:
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))
            return before
    return None
