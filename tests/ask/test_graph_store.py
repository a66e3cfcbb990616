"""A graph is sent to another store, named graph by named graph, and there says the same quads."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sysconfig
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kgbuild.ask.exports.graph_store import Sent, send
from kgbuild.cli import main
from kgbuild.errors import KgbuildError
from kgbuild.graph.store import Graph

SMALL = Path(__file__).parents[1] / "small.trig"


@pytest.fixture(autouse=True)
def without_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def graph() -> Graph:
    small = Graph.memory()
    small.load_trig(SMALL)
    return small


@pytest.fixture
def server() -> Iterator[str]:
    """The address of the server of the `oxigraph` package, with an empty store in memory."""
    program = shutil.which("oxigraph", path=sysconfig.get_path("scripts"))
    if program is None:
        pytest.skip("the package oxigraph is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    process = subprocess.Popen([program, "serve", "--bind", place], stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        assert "Listening for requests" in process.stderr.readline()
        yield f"http://{place}"
    finally:
        process.kill()
        process.communicate()


def quads_at(server: str) -> set[ox.Quad]:
    request = urllib.request.Request(f"{server}/store", headers={"Accept": "application/n-quads"})
    with urllib.request.urlopen(request) as answer:
        return set(ox.parse(answer.read(), format=ox.RdfFormat.N_QUADS))


def test_the_server_of_oxigraph_then_has_the_same_quads_however_often_it_is_sent(graph: Graph, server: str) -> None:
    assert send(graph, f"{server}/store") == Sent(6, len(graph))
    assert quads_at(server) == set(graph.quads())
    assert send(graph, f"{server}/store") == Sent(6, len(graph))
    assert quads_at(server) == set(graph.quads())


def test_a_graph_takes_the_place_of_the_one_of_its_name_and_leaves_others(graph: Graph, server: str) -> None:
    send(graph, f"{server}/store")
    other = Graph.memory()
    edges, mine = ox.NamedNode("https://w3id.org/kgbuild/id/graph/edges"), ox.NamedNode("https://example.org/mine?a=1&b=2")
    new = [ox.Quad(edges, edges, ox.Literal('new "\n\\ ü', language="en"), name) for name in (edges, mine)]
    for quad in new:
        other.replace(str(quad.graph_name.value), [quad])  # type: ignore[union-attr]  # it has a name
    send(other, f"{server}/store")
    assert quads_at(server) == {*new, *(quad for quad in graph.quads() if quad.graph_name != edges)}


def test_export_to_an_address_says_what_was_sent(graph: Graph, server: str, tmp_path: Path) -> None:
    stored = Graph.create(tmp_path / "output" / "store")
    stored.load_trig(SMALL)
    stored.compact()
    del stored
    ran = CliRunner().invoke(main, ["export", str(tmp_path / "output"), "--to", f"{server}/store"])
    assert (ran.exit_code, ran.stdout, ran.stderr) == (0, "", f"6 graphs sent, {len(graph):,} quads.\n")
    assert quads_at(server) == set(graph.quads())


class Refusing(BaseHTTPRequestHandler):
    """Takes the first graph, and answers the others with *code*."""

    code: ClassVar[int] = 403
    taken: ClassVar[list[tuple[str, str | None, str | None]]] = []

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.taken.append((self.path, self.headers["Authorization"], self.headers["Content-Type"]))
        self.send_response(204 if len(self.taken) == 1 else self.code, "Go\x1b[31m away")
        self.send_header("Location", "file:///etc/passwd")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@contextmanager
def refusing(answer: int) -> Iterator[tuple[int, list[tuple[str, str | None, str | None]]]]:
    class Handler(Refusing):
        code = answer
        taken: ClassVar[list[tuple[str, str | None, str | None]]] = []

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port, Handler.taken
        server.shutdown()


def error_of(graph: Graph, url: str, **options: float) -> str:
    with pytest.raises(KgbuildError) as raised:
        send(graph, url, **options)
    return str(raised.value)


def test_name_and_password_go_into_a_header_and_into_no_message(graph: Graph) -> None:
    with refusing(403) as (port, taken):
        said = error_of(graph, f"http://anna:s%20t@127.0.0.1:{port}/store?db=x")
    assert said == (
        f"http://127.0.0.1:{port}/store?db=x: the server answered 403 Go\\x1b[31m away."
        " Put a name and a password that may write into the URL: https://NAME:PASSWORD@HOST/…"
        " 1 of 6 graphs had been sent, and are there."
    )
    assert taken[0] == (
        "/store?db=x&graph=https%3A%2F%2Fw3id.org%2Fkgbuild%2Fid%2Farticle%2F00000000000000a1",
        "Basic YW5uYTpzIHQ=",
        "application/n-triples",
    )


@pytest.mark.parametrize(
    ("code", "cure"),
    [
        (302, "It sends us elsewhere: name that address."),
        (
            405,
            "Is this its Graph Store, and may it be written?"
            " Write it as http://localhost:7878/store: the address of a SPARQL 1.1 Graph Store.",
        ),
        (413, "Let the server take larger requests."),
        (503, "Is it running there? Sending again is safe."),
    ],
)
def test_what_a_server_answers_is_told_with_a_cure_and_followed_nowhere(code: int, cure: str, graph: Graph) -> None:
    with refusing(code) as (port, taken):
        said = error_of(graph, f"http://127.0.0.1:{port}/store")
    assert said == (
        f"http://127.0.0.1:{port}/store: the server answered {code} Go\\x1b[31m away. {cure}"
        " 1 of 6 graphs had been sent, and are there."
    )
    assert len(taken) == 2


def test_a_server_that_is_silent_is_waited_for_no_longer_than_the_timeout(graph: Graph) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/store"
        assert error_of(graph, url, timeout=0.1) == (
            f"{url}: the server was silent for 0.1 seconds. Is it running there? Sending again is safe."
        )


def test_a_server_that_is_not_there_is_said(graph: Graph) -> None:
    with socket.socket() as bound:  # bound, and not listening: nobody else is there
        bound.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{bound.getsockname()[1]}/store"
        assert error_of(graph, url).startswith(f"{url}: the server cannot be reached (")


HINT = "Write it as http://localhost:7878/store: the address of a SPARQL 1.1 Graph Store."


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("file:///etc/passwd", "file:///etc/passwd: the graph can be sent to http and https only."),
        ("ftp://anna:secret@host/x", "…@host/x: the graph can be sent to http and https only."),
        ("localhost:7878", "localhost:7878: the graph can be sent to http and https only."),
        ("http:///store", "http:///store: the graph can be sent to http and https only."),
        ("http://ho st/\x1b", "http://ho st/\\x1b: the graph can be sent to http and https only."),
        ("http://anna:secret@[::1", "…@[::1: no URL (Invalid IPv6 URL)."),
    ],
)
def test_an_address_that_is_none_of_http_is_refused_and_no_password_told(url: str, said: str, graph: Graph) -> None:
    assert error_of(graph, url) == f"{said} {HINT}"


def test_a_graph_is_either_sent_or_written() -> None:
    ran = CliRunner().invoke(main, ["export", "--to", "http://127.0.0.1/store", "--format", "trig"])
    assert (ran.exit_code, ran.stderr) == (
        2,
        "kgbuild: The graph is either sent or written: leave --to out, or else --format and -o.\n",
    )
