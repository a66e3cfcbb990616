"""What all commands share: errors without tracebacks, a closed or full standard output, exit codes."""

from __future__ import annotations

import errno
import functools
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn

import click

from kgbuild.errors import KgbuildError, shown

if TYPE_CHECKING:
    pass


Command = Callable[..., Any]


def plainly(command: Command) -> Command:
    """Show a KgbuildError as its message, with its exit code, without a traceback; a closed pipe ends quietly, Ctrl-C
    with 130.
    """

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except KgbuildError as error:
            click.echo(f"kgbuild: {harmless(str(error))}", err=True)
            sys.exit(error.exit_code)
        except KeyboardInterrupt as stopped:
            click.echo(f"kgbuild: {str(stopped) or 'Stopped.'}", err=True)
            sys.exit(130)
        except BrokenPipeError:
            close_stdout()
            sys.exit(0)

    return run


class Program(click.Group):
    """The commands, and one net below them all for what cannot be printed."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command of the command line; standard output that is full, or of too small an alphabet, is an error of
        the user's, exit code 2.
        """
        if sys.stdout is None:
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # it was closed: nobody wants to read
        try:
            try:
                return super().main(*args, **kwargs)
            finally:
                sys.stdout.flush()
        except UnicodeEncodeError as error:
            letter = error.object[error.start : error.end][:1]
            give_up(
                f"Standard output is in {sys.stdout.encoding}, which has no {letter!a}."
                " Set PYTHONUTF8=1 in the environment to write UTF-8."
            )
        except BrokenPipeError:
            close_stdout()
            sys.exit(0)
        except OSError as error:
            if error.filename is not None or error.errno not in FULL:
                raise
            give_up(f"Standard output cannot be written ({error.strerror}). Make room, or write to another place.")


FULL = {errno.ENOSPC, errno.EFBIG, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC)}


def give_up(message: str) -> NoReturn:
    close_stdout()
    click.echo(f"kgbuild: {message}", err=True)
    sys.exit(2)


def close_stdout() -> None:
    """Let what is still to be written go nowhere, so that the end of the program does not fail on it again."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def harmless(message: str) -> str:
    """The lines of *message*, which may cite names of files, harmless on a terminal."""
    return "\n".join(map(shown, message.split("\n")))
