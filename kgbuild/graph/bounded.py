"""A query of a stranger in a process of its own: it may take so much time and memory, reaches no network and no other
file, and ends when whoever asked has ended.

Oxigraph can be stopped neither from within nor by a thread: a query may run for ever, or fill the memory.
"""

from __future__ import annotations

import ctypes
import enum
import faulthandler
import functools
import math
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Protocol

from kgbuild.errors import KgbuildError, QueryError
from kgbuild.graph.confined import confine

GIGABYTE = 2**30


@dataclass(frozen=True, slots=True)
class Limits:
    """How many seconds an answer may take, laying out included, and how many bytes more than the open store; None is
    without a limit. That of memory holds on Linux.
    """

    seconds: float | None = 60
    memory: int | None = 2 * GIGABYTE


LIMITS = Limits()
"""What a query may take if nobody says otherwise."""


class TookTooLong(QueryError):
    """A query wanted more time than it may have."""


class OutOfMemory(QueryError):
    """A query wanted more memory than it may have."""


class EndedByItself(QueryError):
    """The process of a query died of something that it could not say."""


class Stage(enum.Enum):
    """What the work of a query is at; it says so itself, between the parts of its answer."""

    PREPARING = "loading what it needs"
    OPENING = "opening the store; no other file can be read from here on"
    ANSWERING = "answering; memory is limited from here on"
    LAYING_OUT = "laying out the answer"


Work = Callable[..., Iterator[object]]
"""Yields each Stage as it comes to it, and the parts of the answer."""


def bounded(
    work: Work,
    *given: object,
    limits: Limits,
    readable: tuple[Path, ...] = (),
    fork: bool = False,
    prepared: tuple[str, ...] = (),
) -> Generator[Any, None, None]:
    """What *work* yields when it is called with *given*, in a process of its own that can read the folders *readable* alone.

    With *fork* the process is a copy of this one, stores and all; else it starts afresh, and *work* and *given* must
    be picklable. A server, which starts many, has them copied from a process that has loaded the modules *prepared*.
    An exception in it is raised here. QueryError if it reaches a limit or dies; the time that the
    caller takes between two parts does not count.
    """
    deadline = None if limits.seconds is None else time.monotonic() + limits.seconds
    stage = Stage.PREPARING
    start: Callable[..., _Child] = _forked if fork else functools.partial(_spawned, prepared=prepared)
    child = start(work, given, limits, readable)
    try:
        while True:
            if not child.answers.poll(None if deadline is None else max(0.0, deadline - time.monotonic())):
                raise _too_long(stage, limits)
            try:
                message = child.answers.recv()
            except (EOFError, OSError):
                child.join()
                raise _died(child, stage, limits) from None
            if isinstance(message, Stage):
                stage = message
            elif isinstance(message, _Ended):
                if message.error is not None:
                    raise message.error
                return
            else:
                yield message
                deadline = None if limits.seconds is None else time.monotonic() + limits.seconds
    finally:
        child.kill()
        child.join()
        child.answers.close()
        if child.noise is not None:
            child.noise.close()


def can_fork() -> bool:
    """Whether a copy of this process is safe: on Linux, and while no other thread could hold a lock that is copied."""
    return sys.platform == "linux" and threading.active_count() == 1


# -- starting a process ---------------------------------------------------------------------------


class _Child(Protocol):
    @property
    def answers(self) -> Connection: ...
    @property
    def noise(self) -> Connection | None:
        """What the process wrote to stderr."""

    @property
    def exitcode(self) -> int | None: ...
    def kill(self) -> None: ...
    def join(self) -> None: ...


_STARTING = threading.Lock()
"""One process is started at a time: it must not inherit the other's end of a pipe, whose closing tells of its death."""


class _Forked:
    """A copy of this process; not of `multiprocessing`, whose own workers may not have children."""

    def __init__(self, pid: int, answers: Connection, noise: Connection) -> None:
        self._pid, self.answers, self.noise = pid, answers, noise
        self.exitcode: int | None = None

    def kill(self) -> None:
        if self.exitcode is None:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)

    def join(self) -> None:
        if self.exitcode is None:
            try:
                self.exitcode = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
            except ChildProcessError:  # This program lets the system forget its children.
                self.exitcode = 0


def _forked(work: Work, given: tuple[object, ...], limits: Limits, readable: tuple[Path, ...]) -> _Forked:
    parent = os.getpid()
    with _STARTING, warnings.catch_warnings():
        # Python warns of every fork beside threads; those of the store are idle, and `can_fork` knows of the others.
        warnings.simplefilter("ignore", DeprecationWarning)
        answers, to_answers = multiprocessing.Pipe(duplex=False)
        noise, to_noise = multiprocessing.Pipe(duplex=False)
        pid = os.fork()
        if pid == 0:
            try:
                answers.close()
                noise.close()
                _do(to_answers, to_noise, parent, work, given, limits, readable)
            finally:
                os._exit(1)
        to_answers.close()
        to_noise.close()
    return _Forked(pid, answers, noise)


class _Spawned:
    """A process that starts afresh."""

    def __init__(self, process: multiprocessing.process.BaseProcess, answers: Connection, noise: Connection | None) -> None:
        self._process, self.answers, self.noise = process, answers, noise

    def kill(self) -> None:
        self._process.kill()

    def join(self) -> None:
        self._process.join()

    @property
    def exitcode(self) -> int | None:
        return self._process.exitcode


def _spawned(
    work: Work, given: tuple[object, ...], limits: Limits, readable: tuple[Path, ...], prepared: tuple[str, ...]
) -> _Spawned:
    copied = prepared and sys.platform == "linux"
    context: Any = multiprocessing.get_context("forkserver" if copied else "spawn")
    with _STARTING:
        if copied:
            context.set_forkserver_preload(list(prepared))
        answers, to_answers = context.Pipe(duplex=False)
        noise, to_noise = (None, None) if sys.platform == "win32" else context.Pipe(duplex=False)
        # A copy's parent is the process it is copied from, which lives as long as its copies.
        told = (to_answers, to_noise, None if copied else os.getpid(), work, given, limits, readable)
        process = context.Process(target=_do, args=told, daemon=True)
        process.start()
        to_answers.close()
        if to_noise is not None:
            to_noise.close()
    return _Spawned(process, answers, noise)


# -- in that process ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Ended:
    """The last message of a process."""

    error: BaseException | None = None


def _do(
    answers: Connection,
    noise: Connection | None,
    parent: int | None,
    work: Work,
    given: tuple[object, ...],
    limits: Limits,
    readable: tuple[Path, ...],
) -> None:
    _attend(parent)
    faulthandler.disable()
    if noise is not None:
        # Out of memory, Oxigraph dies with a page of noise; the parent has better words. What does not fit is lost.
        os.dup2(noise.fileno(), 2)
        os.set_blocking(2, False)
    _limit_time(limits)
    size = None
    try:
        with suppress(OSError):
            size = os.open("/proc/self/statm", os.O_RDONLY)  # when it is needed, it can no longer be opened
        for message in work(*given):
            if message is Stage.OPENING:
                confine(readable)
                # Opening reserves addresses that are never used: a store gets room for that, a damaged one no more.
                _limit_memory(limits, size, spare=4 * GIGABYTE)
            elif message is Stage.ANSWERING:
                _limit_memory(limits, size)
            answers.send(message)
        answers.send(_Ended())
    except MemoryError:
        _free_memory()
        answers.send(_Ended(_out_of_memory(limits)))
    except BrokenPipeError:
        pass  # whoever asked has gone
    except BaseException as error:  # Whatever it is (a panic of Rust is no Exception), it is raised again in the parent.
        _free_memory()
        answers.send(_Ended(_sendable(error)))
    os._exit(0)


def _attend(parent: int | None) -> None:
    """Leave Ctrl-C to the parent, and end when it has ended, however it has."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG: a signal when the parent dies
        if parent is not None and os.getppid() != parent:
            os._exit(1)
    started_by = multiprocessing.parent_process()
    if sys.platform == "linux" and parent is None and started_by is not None:
        _end_with(started_by.sentinel)
    elif sys.platform != "linux" and started_by is not None:
        threading.Thread(target=lambda: (wait([started_by.sentinel]), os._exit(1)), daemon=True).start()


def _end_with(sentinel: int) -> None:
    """Be ended by the system (SIGIO) when the other end of the pipe *sentinel* is closed, whatever this process is at."""
    import fcntl

    fcntl.fcntl(sentinel, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(sentinel, fcntl.F_SETFL, fcntl.fcntl(sentinel, fcntl.F_GETFL) | os.O_ASYNC)
    if wait([sentinel], 0):
        os._exit(1)


def _limit_time(limits: Limits) -> None:
    """A second line, should nobody be there to stop this process: let it compute no longer than it may take."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        if limits.seconds is not None:
            most = math.ceil(limits.seconds) + 5
            resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))


def _limit_memory(limits: Limits, size: int | None, *, spare: int = 0) -> None:
    """Let this process take as many bytes more than it has now, and *spare*, where the system says what it has (Linux)."""
    if limits.memory is None or size is None:
        return
    with suppress(ImportError, OSError, ValueError):
        import resource

        # An open store has reserved hundreds of megabytes of addresses for its threads, and uses few of them.
        reserved = int(os.pread(size, 100, 0).split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = reserved + limits.memory + spare
        resource.setrlimit(resource.RLIMIT_AS, (most if hard < 0 else min(most, hard), hard))


def _free_memory() -> None:
    """Lift the limit, so that there is room to say why it ends."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _sendable(error: BaseException) -> BaseException:
    """The error, or what it says where it cannot be sent to another process."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


# -- what to say of its end -----------------------------------------------------------------------


def _too_long(stage: Stage, limits: Limits) -> TookTooLong:
    if stage is Stage.LAYING_OUT:
        return TookTooLong(
            f"The query was answered, but with laying the answer out it took longer than {limits.seconds:g} seconds and was"
            " stopped. Ask for less, e.g. with LIMIT, for csv, which is the quickest, or allow more: --timeout."
        )
    return TookTooLong(
        f"The query took longer than {limits.seconds:g} seconds and was stopped."
        " Ask for less, e.g. with LIMIT or a narrower pattern, or allow more: --timeout."
    )


def _out_of_memory(limits: Limits) -> OutOfMemory:
    """The error for a query that wanted more memory than it may have."""
    most = "there is" if limits.memory is None else f"{limits.memory / GIGABYTE:.2g} GB"
    return OutOfMemory(
        f"The query wanted more than {most} of memory and was stopped. Ask for less, e.g. with LIMIT or a narrower pattern."
    )


NESTED = "The query is nested too deeply, or too long. Write it flatter: VALUES and IN may have thousands of members."
_OVERFLOWS = (-signal.SIGSEGV, -getattr(signal, "SIGBUS", signal.SIGSEGV), 0xC00000FD)
"""How a process ends whose stack is full: on Linux, on macOS, on Windows."""
_NO_MEMORY = (b"memory allocation of", b"bad_alloc", b"MemoryError", b"std::system_error", b"length_error")


def _died(child: _Child, stage: Stage, limits: Limits) -> KgbuildError:
    """What a process died of that could not say so itself."""
    noise = b""
    if child.noise is not None and child.noise.poll(0):
        with suppress(OSError):
            noise = os.read(child.noise.fileno(), 2**16)
    if any(words in noise for words in _NO_MEMORY) and stage is not Stage.OPENING:
        return _out_of_memory(limits)
    if child.exitcode in _OVERFLOWS and stage is Stage.ANSWERING:
        return QueryError(NESTED)
    if child.exitcode == -getattr(signal, "SIGXCPU", 0):
        return _too_long(stage, limits)
    if stage is Stage.OPENING:
        return KgbuildError(
            f"The graph is damaged: the process that opened it died ({_code(child)})."
            " Build it again with the same -o: what has been read is kept."
        )
    return EndedByItself(
        f"The process of the query ended by itself ({_code(child)})."
        ' Ask for less; in a Python script, call this under `if __name__ == "__main__":`.'
    )


def _code(child: _Child) -> str:
    return f"exit code {child.exitcode}"
