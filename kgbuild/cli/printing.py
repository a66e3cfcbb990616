"""What commands say on a terminal: counts, progress, problems, names of files."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kgbuild.errors import Problem, shown

if TYPE_CHECKING:
    pass


def list_problems(left_out: Sequence[Problem], noted: Sequence[Problem], more: Path | None, details: str | None) -> None:
    """Show problems on stderr, first those of what is left out: all, or 20 if the others are in the file *more*."""
    problems = [*left_out, *noted]
    for problem in problems[: 20 if more else None]:
        click.echo(f"  {problem}", err=True)
    if more and len(problems) > 20:
        click.echo(f"  … and {len(problems) - 20:,} more in {shown(str(more))}", err=True)
    if left_out:
        click.echo(f"  Left out: {len(left_out):,} of these, which stand first. Exit code 3.", err=True)
    if details is not None:
        click.echo(f"  {details}", err=True)


def program_name() -> str:
    """How to call this program again: its path where the shell would not find it by name."""
    called = Path(sys.argv[0])
    return os.path.relpath(called) if called.name == "kgbuild" and shutil.which("kgbuild") is None else "kgbuild"


def one_line(text: str) -> str:
    """The text with all that is no plain letter, as a name of a file may have it, written as Python writes it."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


def writable(table: str) -> str:
    """The table, ruled by hyphens where standard output has no better lines, as in a pipe on Windows."""
    try:
        "─".encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return table.replace("─", "-")
    return table


def show(pieces: Iterable[str], *, paged: bool) -> None:
    """Print *pieces*; *paged*, through the user's pager where standard output is a terminal that has not so many lines."""
    if not (paged and sys.stdout.isatty()):
        for piece in pieces:
            click.echo(piece, nl=False)
        return
    text = "".join(pieces)
    if text.count("\n") < shutil.get_terminal_size().lines:
        click.echo(text, nl=False)
        return
    # less: quit where all is on one screen, leave the text on it, do not fold what is ruled.
    os.environ.setdefault("LESS", "-FRX")
    click.echo_via_pager(text)


def counted(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def progress() -> Any:
    """A line that counts articles, read and kept, on a terminal; silent when stderr is no terminal."""
    from contextlib import contextmanager

    @contextmanager
    def counting() -> Any:
        on_terminal = sys.stderr.isatty()

        def show(read: int, unread: int, kept: int) -> None:
            if on_terminal:
                known = f", {kept:,} kept from earlier builds" if kept else ""
                doing = "; building the graph …" if read == unread else ""
                click.echo(f"\r\033[K{read:,} of {counted(unread, 'article')} read{known}{doing}", nl=False, err=True)

        if on_terminal:
            click.echo("looking for articles …", nl=False, err=True)
        try:
            yield show
        finally:
            if on_terminal:
                click.echo("\r\033[K", nl=False, err=True)

    return counting()
