"""The graph in another store: SPARQL 1.1 Graph Store HTTP Protocol, https://www.w3.org/TR/sparql11-http-rdf-update/."""

from __future__ import annotations

import base64
import http.client
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from pyoxigraph import DefaultGraph

from kgbuild.errors import KgbuildError, shown
from kgbuild.graph.store import Graph, GraphName

SECONDS = 60.0
"""So long the server may be silent."""

Progress = Callable[[int, int], None]
"""Is told how many named graphs have been sent, and how many there are."""


class Sent(NamedTuple):
    """What a server has taken."""

    graphs: int
    quads: int


def send(graph: Graph, url: str, *, timeout: float = SECONDS, progress: Progress = lambda sent, graphs: None) -> Sent:
    """PUT each named graph to the Graph Store at *url*, in the order of their names.

    There it takes the place of the graph of that name; other graphs stay as they are. Sending again changes nothing.

    A user name and a password may stand in the URL (`https://anna:secret@host/store`). KgbuildError where it is not of http
    or https, where the server cannot be reached, is silent for *timeout* seconds, or refuses: graphs sent before are there.
    """
    address = _address(url)
    names = graph.graph_names()
    quads = 0
    for number, name in enumerate(names):
        statements = graph.sorted_quads(name)
        lines = "".join(f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in statements)
        _put(
            address,
            name,
            lines.encode(),
            timeout,
            sent=f" {number:,} of {len(names):,} graphs had been sent, and are there." if number else "",
        )
        quads += len(statements)
        progress(number + 1, len(names))
    return Sent(len(names), quads)


class _Address(NamedTuple):
    """Where to send, and how it is called in messages: without a password."""

    url: str
    name: str
    headers: dict[str, str]


def _address(url: str) -> _Address:
    try:
        parts = urlsplit(url)
        _ = parts.port  # which must be a number
    except ValueError as error:
        raise KgbuildError(f"{shown(_without_password(url))}: no URL ({error}). {EXAMPLE}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or not re.fullmatch("[!-~]+", url):
        raise KgbuildError(f"{shown(_without_password(url))}: the graph can be sent to http and https only. {EXAMPLE}")
    host = parts.netloc.rpartition("@")[2]
    headers = {"Content-Type": "application/n-triples", "User-Agent": "kgbuild"}
    if parts.username is not None:
        secret = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Authorization"] = "Basic " + base64.b64encode(secret.encode()).decode()
    bare = urlunsplit((parts.scheme, host, parts.path, parts.query, ""))
    return _Address(bare, bare, headers)


EXAMPLE = "Write it as http://localhost:7878/store: the address of a SPARQL 1.1 Graph Store."


def _without_password(url: str) -> str:
    before, at, after = url.rpartition("@")
    return f"…@{after}" if at else before + after


def _put(address: _Address, name: GraphName, triples: bytes, timeout: float, *, sent: str) -> None:
    of = "default" if isinstance(name, DefaultGraph) else "graph=" + quote(name.value, safe="")
    url = address.url + ("&" if urlsplit(address.url).query else "?") + of
    request = urllib.request.Request(url, data=triples, headers=address.headers, method="PUT")
    # No other scheme can come of it: a PUT is not redirected, and there is no opener for files.
    opener = urllib.request.OpenerDirector()
    for handler in HANDLERS:
        opener.add_handler(handler())
    try:
        with opener.open(request, timeout=timeout):
            return
    except urllib.error.HTTPError as error:
        error.close()
        said = f"the server answered {error.code} {shown(error.reason or '')}".rstrip()
        raise KgbuildError(f"{address.name}: {said}. {_cure(error.code)}{sent}") from error
    except TimeoutError as error:
        raise KgbuildError(f"{address.name}: the server was silent for {timeout:g} seconds. {LATER}{sent}") from error
    except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
        why = shown(str(getattr(error, "reason", None) or error) or type(error).__name__)
        raise KgbuildError(f"{address.name}: the server cannot be reached ({why}). {LATER}{sent}") from error


HANDLERS = (
    urllib.request.ProxyHandler,
    urllib.request.HTTPHandler,
    urllib.request.HTTPSHandler,
    urllib.request.HTTPErrorProcessor,
    urllib.request.HTTPDefaultErrorHandler,
)
LATER = "Is it running there? Sending again is safe."


def _cure(code: int) -> str:
    if code in (401, 403):
        return "Put a name and a password that may write into the URL: https://NAME:PASSWORD@HOST/…"
    if code in (404, 405, 501):
        return f"Is this its Graph Store, and may it be written? {EXAMPLE}"
    if code == 413:
        return "Let the server take larger requests."
    if 300 <= code < 400:
        return "It sends us elsewhere: name that address."
    return LATER
