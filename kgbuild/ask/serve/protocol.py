"""The SPARQL 1.1 Protocol: how a program asks, by GET and POST, and in which format it is answered.

https://www.w3.org/TR/sparql11-protocol/; the description of the service is of
https://www.w3.org/TR/sparql11-service-description/.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

import pyoxigraph as ox
from werkzeug.exceptions import BadRequest, NotAcceptable, UnsupportedMediaType
from werkzeug.wrappers import Request, Response
from werkzeug.wsgi import FileWrapper

from kgbuild.ask.serve.desk import Desk, Written
from kgbuild.ask.serve.work import Asked, answer_query
from kgbuild.graph.store import WrongForm

RESULTS = {
    "application/sparql-results+json": "application/sparql-results+json",
    "application/sparql-results+xml": "application/sparql-results+xml",
    "text/csv": "text/csv",
    "text/tab-separated-values": "text/tab-separated-values",
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
"""By what may be asked for: in what rows, and yes and no, are answered; the first where it does not matter."""
TRIPLES = {
    "text/turtle": "text/turtle",
    "application/n-triples": "application/n-triples",
    "application/rdf+xml": "application/rdf+xml",
    "application/ld+json": "application/ld+json",
    "application/x-turtle": "text/turtle",
    "application/xml": "application/rdf+xml",
    "text/xml": "application/rdf+xml",
    "application/json": "application/ld+json",
}
"""The same of triples."""
FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"


def answer(request: Request, desk: Desk) -> Response:
    """The response to a request at /sparql; HTTPException for one that is none of the protocol's."""
    given = _given(request)
    if any(name in given for name in ("update", "using-graph-uri", "using-named-graph-uri")):
        raise BadRequest("This graph can only be read: ask by query=. `kgbuild build` is what changes it.")
    if "query" not in given:
        if request.method == "POST":
            raise BadRequest("The query is missing: send it as query=, or as a body of application/sparql-query.")
        return _description(request)
    if len(given["query"]) != 1:
        raise BadRequest("There is more than one query. Send one at a time.")
    asked = Asked(
        given["query"][0],
        _best(request, RESULTS),
        _best(request, TRIPLES),
        tuple(given.get("default-graph-uri", ())),
        tuple(given.get("named-graph-uri", ())),
    )
    if asked.results is None and asked.triples is None:
        raise NotAcceptable(_formats({**RESULTS, **TRIPLES}))
    try:
        written = desk.answer(answer_query, asked)
    except WrongForm:
        raise NotAcceptable(_formats(TRIPLES if asked.results else RESULTS)) from None
    return sent(written)


def sent(written: Written) -> Response:
    """The answer as a response; it depends on what the client accepts."""
    charset = "; charset=utf-8" if written.media.startswith("text/") else ""
    response = Response(FileWrapper(written.file, 2**16), content_type=written.media + charset, direct_passthrough=True)
    response.content_length = written.length
    response.vary.add("Accept")
    return response


def _given(request: Request) -> Mapping[str, list[str]]:
    """The parameters by name, in their order."""
    pairs = _parsed(request.query_string)
    if request.method == "POST":
        media, charset = request.mimetype, request.mimetype_params.get("charset", "utf-8")
        if media not in (FORM, DIRECT, UPDATE) or charset.lower() not in ("utf-8", "utf8"):
            raise UnsupportedMediaType(f"A query is posted as {FORM} or {DIRECT}, in UTF-8.")
        body = request.get_data()
        if media == FORM:
            pairs += _parsed(body)
        else:
            pairs += [("query" if media == DIRECT else "update", _text(body))]
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    return given


def _parsed(form: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            form.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=1000
        )
    except ValueError as error:  # a UnicodeError is one, too
        raise BadRequest(
            "The parameters are not of the form name=value&…, in UTF-8, with % before what is special."
        ) from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest("The query is not UTF-8.") from error


def _best(request: Request, formats: Mapping[str, str]) -> str | None:
    if not request.headers.get("Accept", "").strip():
        return next(iter(formats.values()))
    found = request.accept_mimetypes.best_match(formats)
    return None if found is None else formats[found]


def _formats(formats: Mapping[str, str]) -> str:
    return f"An answer to this comes as one of: {', '.join(dict.fromkeys(formats.values()))}. Name one in Accept."


def _description(request: Request) -> Response:
    """What the service can do; whoever reads web pages is led to one."""
    if request.accept_mimetypes.best_match(["text/turtle", *TRIPLES, "text/html"]) == "text/html":
        return Response(status=303, headers={"Location": "/query"})
    media = _best(request, TRIPLES)
    if media is None:
        raise NotAcceptable(_formats(TRIPLES))
    described = ox.parse(_described(request.base_url), format=ox.RdfFormat.TURTLE)
    triples = [quad.triple for quad in described]
    response = Response(ox.serialize(triples, format=ox.RdfFormat.from_media_type(media)), content_type=media)
    response.vary.add("Accept")
    return response


def _described(endpoint: str) -> str:
    formats = ", ".join(f"<http://www.w3.org/ns/formats/{name}>" for name in FORMATS)
    return f"""
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
<{endpoint}#service> a sd:Service ; sd:endpoint <{endpoint}> ; sd:supportedLanguage sd:SPARQL11Query ;
  sd:feature sd:UnionDefaultGraph ; sd:resultFormat {formats} ; sd:defaultDataset <{endpoint}#dataset> .
<{endpoint}#dataset> a sd:Dataset ; sd:defaultGraph <{endpoint}#everything> .
<{endpoint}#everything> a sd:Graph .
"""


FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD",
)  # fmt: skip
"""As https://www.w3.org/ns/formats/ calls them."""
