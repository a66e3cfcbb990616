"""On a terminal, what is longer than the screen goes through the user's pager."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from serving import output_of

pty = pytest.importorskip("pty")
fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")

SMALL = Path(__file__).parents[1] / "small.trig"
PAGER = '#!/bin/sh\nprintf "paged: "\ncat\n'


def on_a_terminal(lines: int, folder: Path, *arguments: str) -> str:
    """What a command prints on a terminal of so many *lines*, where the pager says that it was called."""
    pager = folder / "pager"
    pager.write_text(PAGER, encoding="utf-8")
    pager.chmod(0o755)
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, lines.to_bytes(2, sys.byteorder) + (100).to_bytes(2, sys.byteorder) + bytes(4))
    environment = {**os.environ, "PAGER": str(pager), "TERM": "xterm"}
    for name in ("COLUMNS", "LINES"):
        environment.pop(name, None)
    with subprocess.Popen([sys.executable, "-m", "kgbuild", *arguments], stdin=theirs, stdout=theirs, env=environment):
        os.close(theirs)
        said = b""
        while piece := _read(ours):
            said += piece
    os.close(ours)
    return said.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # so Linux says that nobody writes there any more
        return b""


@pytest.mark.parametrize(("lines", "begins"), [(6, "paged: when"), (60, "when")])
def test_a_table_longer_than_the_screen_is_paged_and_a_shorter_one_is_not(lines: int, begins: str, tmp_path: Path) -> None:
    output = output_of(tmp_path, SMALL)
    said = on_a_terminal(lines, tmp_path, "query", "timeline", "-o", str(output))
    assert said.startswith(begins) and "Amber Line" in said
