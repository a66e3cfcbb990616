"""A confined process has no network, no programs, and no files but those it is given."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kgbuild.graph.bounded import Limits, Stage, bounded

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has seccomp and Landlock")


def inside(attempt: Callable[[], object], readable: tuple[Path, ...] = ()) -> object:
    """What *attempt* returns, or the name of its error, in a confined process."""

    def work() -> Iterator[object]:
        yield Stage.OPENING
        try:
            yield attempt()
        except OSError as error:
            yield type(error).__name__

    return next(bounded(work, limits=Limits(), readable=readable, fork=True))


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6, socket.AF_UNIX])
def test_a_confined_process_is_refused_a_socket(family: socket.AddressFamily) -> None:
    assert inside(lambda: socket.socket(family).fileno()) == "PermissionError"
    with socket.socket(family) as ours:
        assert ours.fileno() > 0


def test_a_socket_that_was_open_before_cannot_be_connected() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.socket() as ready:
        assert inside(lambda: ready.connect(listener.getsockname())) == "PermissionError"


def test_a_confined_process_is_refused_a_program() -> None:
    assert inside(lambda: os.execv(sys.executable, [sys.executable, "-c", ""])) == "PermissionError"


def test_a_confined_process_reads_only_what_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "file").write_text("ours", encoding="utf-8")
    (tmp_path / "other").write_text("not ours", encoding="utf-8")
    given = (tmp_path / "given",)
    assert inside((tmp_path / "given" / "file").read_text, given) == "ours"
    assert inside((tmp_path / "other").read_text, given) == "PermissionError"
    assert inside(lambda: os.listdir("/"), given) == "PermissionError"


def test_a_confined_process_writes_nothing(tmp_path: Path) -> None:
    assert inside(lambda: (tmp_path / "new").write_text("x"), (tmp_path,)) == "PermissionError"
    assert inside(lambda: (tmp_path / "new").mkdir(), (tmp_path,)) == "PermissionError"
    assert list(tmp_path.iterdir()) == []
