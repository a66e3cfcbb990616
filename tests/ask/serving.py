"""A server of a small graph, in a thread, for the tests."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlencode

from waitress import wasyncore

from kgbuild.ask.serve.desk import Desk
from kgbuild.ask.serve.server import make_server


@dataclass(frozen=True)
class Reply:
    """What came back."""

    code: int
    headers: dict[str, str]
    text: str

    @property
    def media(self) -> str:
        return self.headers["Content-Type"]


@dataclass(frozen=True)
class Served:
    """A server that runs."""

    port: int
    desk: Desk

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        """The reply to one request; a header's name is written with _ for -."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            reply = connection.getresponse()
            return Reply(reply.status, dict(reply.getheaders()), reply.read().decode())
        finally:
            connection.close()

    def get(self, path: str, **given: str) -> Reply:
        """The reply to a GET with parameters."""
        return self.ask("GET", f"{path}?{urlencode(given)}" if given else path)

    def query(self, sparql: str, accept: str = "text/csv", **given: str) -> Reply:
        """The reply to a query, by GET."""
        return self.ask("GET", "/sparql?" + urlencode({"query": sparql, **given}), Accept=accept)


@contextmanager
def served(desk: Desk) -> Iterator[Served]:
    """A server for *desk* on a free port of this machine, while the block runs; it waits for what is drawn, unless the desk
    waits for nothing.
    """
    desk = replace(desk, eager=desk.eager and 60)
    server = make_server(desk, 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield Served(server.effective_port, desk)
    finally:
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map, ignore_all=True))
        thread.join(30)
        server.task_dispatcher.shutdown()


def output_of(folder: Path, trig: Path) -> Path:
    """An output folder with the store of a TriG file."""
    from kgbuild.graph.store import Graph

    written = Graph.create(folder / "store")
    written.load_trig(trig)
    written.compact()
    return folder
