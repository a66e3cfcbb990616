"""The application: which address gives what, who may ask, and what is said where something cannot be done."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.exceptions import Forbidden, HTTPException, MethodNotAllowed, NotFound
from werkzeug.wrappers import Request, Response

from kgbuild.ask.serve import pages, protocol
from kgbuild.ask.serve.desk import Busy, Desk
from kgbuild.errors import KgbuildError, QueryError
from kgbuild.graph.bounded import OutOfMemory, TookTooLong

MOST = 2**20
"""Bytes that a request may have."""
HOSTS = ["127.0.0.1", "localhost"]
"""By what names this server may be called: a page elsewhere whose own name leads here (DNS rebinding) reads nothing."""
HEADERS = {
    "Content-Security-Policy": pages.POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}

Environ = dict[str, Any]
StartResponse = Callable[..., Any]


def application(desk: Desk) -> Callable[[Environ, StartResponse], Iterable[bytes]]:
    """The WSGI application that answers from the graph of *desk*; it can only read, and tells nobody elsewhere."""

    def answer(environ: Environ, start: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        response = _respond(request, desk)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response(environ, start)

    return answer


def _respond(request: Request, desk: Desk) -> Response:
    for_people = request.path != "/sparql"
    try:
        _admit(request)
        return _route(request, desk)
    except HTTPException as error:
        return _told(error.code or 500, error.description or error.name, for_people, dict(error.get_headers()))
    except Busy as error:
        return _told(503, str(error), for_people, {"Retry-After": "10"})
    except (TookTooLong, OutOfMemory) as error:
        return _told(503, str(error), for_people)
    except KgbuildError as error:
        # A query that is none is the client's mistake; what else a query meets is a graph that is damaged, or gone.
        return _told(400 if for_people or isinstance(error, QueryError) else 500, str(error), for_people)
    except Exception as error:  # the server lives on, whatever it is
        logging.getLogger("kgbuild.serve").error("%s: %a", request.path, error)
        return _told(500, f"kgbuild did not foresee this ({type(error).__name__}). {REPORT}", for_people)


REPORT = "Tell its makers what you asked; the server goes on."


def _admit(request: Request) -> None:
    """HTTPException for a request that no program of this machine, and no page of ours, would make."""
    request.trusted_hosts = HOSTS
    _ = request.host  # it is looked at here
    if request.headers.get("Sec-Fetch-Site") == "cross-site" and request.headers.get("Sec-Fetch-Mode") != "navigate":
        raise Forbidden("A page of another site may not ask this graph.")
    request.max_content_length = request.max_form_memory_size = MOST
    if request.content_length is not None:
        request.get_data(cache=True)  # 413 where it is too long


def _route(request: Request, desk: Desk) -> Response:
    if request.path == "/sparql":
        _only(request, "GET", "HEAD", "POST")
        return protocol.answer(request, desk)
    page = pages.editor_file if request.path.startswith(pages.EDITOR) else pages.PAGES.get(request.path)
    if page is None:
        raise NotFound("There is no such page here.")
    _only(request, "GET", "HEAD")
    return page(request, desk)


def _only(request: Request, *methods: str) -> None:
    if request.method not in methods:
        raise MethodNotAllowed(list(methods), f"Only {', '.join(methods)} can be used here: the graph can only be read.")


def _told(code: int, what: str, for_people: bool, headers: dict[str, str] | None = None) -> Response:
    response = (
        pages.mistake(code, what) if for_people else Response(what + "\n", code, content_type="text/plain; charset=utf-8")
    )
    for name, value in (headers or {}).items():
        if name != "Content-Type":
            response.headers[name] = value
    return response
