"""The server itself, on this machine alone."""

from __future__ import annotations

import logging
import multiprocessing
import signal
from typing import Any

import waitress

from kgbuild.ask.serve.app import application
from kgbuild.ask.serve.desk import Desk
from kgbuild.errors import KgbuildError

HERE = "127.0.0.1"
USUAL = 8000
"""The port that is tried where none is asked for."""


def make_server(desk: Desk, port: int | None = None) -> Any:
    """A server of waitress for the graph of *desk*, that listens; `run` it. Without a *port* it takes the usual one, or
    any that is free; port 0 is any. KgbuildError where the port is taken.
    """
    logging.getLogger("waitress").setLevel(logging.ERROR)  # it warns where requests wait
    try:
        return _listening(desk, USUAL if port is None else port)
    except OSError as error:
        if port is None:
            return _listening(desk, 0)
        raise KgbuildError(
            f"Port {port} of this machine cannot be used ({error.strerror or error}). Choose another: --port 0 is any."
        ) from error


def run(server: Any) -> None:
    """Answer until Ctrl-C, or until the process is told to end (SIGTERM); queries that are at work then are stopped."""

    def stop(*_: object) -> None:
        for child in multiprocessing.active_children():
            child.kill()
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    server.run()  # it takes KeyboardInterrupt for its end


def _listening(desk: Desk, port: int) -> Any:
    return waitress.create_server(
        application(desk),
        host=HERE,
        port=port,
        threads=64,  # most of them wait for a process
        connection_limit=1000,
        backlog=1024,
        asyncore_use_poll=True,  # select() knows no more than 1,024 files
        channel_timeout=60,
        max_request_header_size=2**17,
        max_request_body_size=2**26,  # up to there it is read and refused in words; see MOST
        ident=None,
    )
