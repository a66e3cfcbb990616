"""A query of the user as it is meant: IRIs written as they are printed, and classes with all their subclasses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import NamedNode, Store

from kgbuild.errors import QueryError
from kgbuild.graph.guard import mistake, refuse_unsafe, tokens
from kgbuild.graph.store import Graph
from kgbuild.graph.triples import PREFIXES

PASTED = re.compile(r"(?<![\w:?$\\])id:[^\s{}<>;\"?$^|\\&=]*")
"""An `id:` as it is printed, whose strokes SPARQL wants escaped: `id:event/Meeting/2014-12-19/Russia-Serbia`."""
TYPED = re.compile(r"(?<![\w?$:@/|^*+)])(a|rdf:type)(\s+)(dip:\w+)(?![\w\\-])")
"""That something is of a class: `a dip:SANCTION`."""
MEANT = re.compile(f"{TYPED.pattern}|(?P<pasted>{PASTED.pattern})")
EVERY_EVENT = "dip:Event"
"""The one class that events have beside their own, so that its subclasses need not be asked for."""


Pieces = list[tuple[str, str]]
"""A query in pieces: each as it is written, and as it is meant."""


def as_meant(graph: Graph, sparql: str) -> Pieces:
    """The query with IRIs of things in full where they are as printed, and with classes that have subclasses asked for
    together with these: `a dip:SANCTION` finds whoever `dip:ImposeSanctions`.
    """
    declares = re.compile(r"\bprefix\s+(id|dip|rdfs?):", re.IGNORECASE)
    parts = list(parted(sparql))
    if any(declares.search(text) for is_code, text in parts if is_code):
        return [(sparql, sparql)]  # these prefixes are the user's own
    wider = with_subclasses(graph, (found[3] for is_code, text in parts if is_code for found in TYPED.finditer(text)))
    return [piece for is_code, text in _where(parts) for piece in (_meant(text, wider) if is_code else [(text, text)])]


def refuse_mistakes(pieces: Pieces) -> None:
    """QueryError where the query as it is meant does not parse; it shows the place in what was written."""
    written, meant = ("".join(each) for each in zip(*pieces, strict=True))
    refuse_unsafe(meant)
    try:
        Store().query(meant, prefixes=PREFIXES)
    except SyntaxError as error:
        raise QueryError(mistake(written, _moved(str(error), pieces))) from None


def _moved(error: str, pieces: Pieces) -> str:
    """What the parser says, "error at 1:17: …", with the place in what was written."""
    written, meant = ("".join(each) for each in zip(*pieces, strict=True))
    place = re.match(r"error at (\d+):(\d+)(.*)", error, re.DOTALL)
    if place is None:
        return error
    offset = sum(map(len, meant.splitlines(keepends=True)[: int(place[1]) - 1])) + int(place[2]) - 1
    at = 0
    for old, new in pieces:
        if offset <= len(new):
            at += min(offset, len(old))
            break
        offset, at = offset - len(new), at + len(old)
    line = written.count("\n", 0, at) + 1
    return f"error at {line}:{at - written.rfind(chr(10), 0, at)}{place[3]}"


def parted(sparql: str) -> Iterator[tuple[bool, str]]:
    """The text in parts: whether each is code, or else a string, a comment or an IRI."""
    code = ""
    for kind, text in tokens(sparql):
        if kind in ("string", "comment", "iri", "unclear"):
            yield True, code
            yield False, text
            code = ""
        else:
            code += text
    yield True, code


def _where(parts: list[tuple[bool, str]]) -> Iterator[tuple[bool, str]]:
    """The parts, the template of a CONSTRUCT being no code: nothing can be asked there."""
    templated = any(re.search(r"\bconstruct\b", text, re.IGNORECASE) for is_code, text in parts if is_code)
    for is_code, text in parts:
        if templated and is_code:
            begin = re.search(r"\bwhere\b", text, re.IGNORECASE)
            if begin is None:
                yield False, text
                continue
            short = re.search(r"\bconstruct\s+where\b", text, re.IGNORECASE)
            yield False, text[: begin.start()]
            text, templated = text[begin.start() :], False
            if short:
                yield False, text
                templated = True
                continue
        yield is_code, text


def with_subclasses(graph: Graph, classes: Iterator[str]) -> frozenset[str]:
    """Those of the *classes*, short names, that have subclasses in the graph."""
    asked = sorted(set(classes) - {EVERY_EVENT})
    narrower = "ASK { ?narrower rdfs:subClassOf ?class }"
    return frozenset(
        name for name in asked if graph.answer_here(narrower, **{"class": NamedNode(PREFIXES["dip"] + name[4:])})
    )


def _meant(code: str, wider: frozenset[str]) -> Iterator[tuple[str, str]]:
    done = 0
    for found in MEANT.finditer(code):
        yield code[done : found.start()], code[done : found.start()]
        yield found[0], _in_full(found[0]) if found["pasted"] else _typed(found, wider)
        done = found.end()
    yield code[done:], code[done:]


def _typed(found: re.Match[str], wider: frozenset[str]) -> str:
    return f"a/rdfs:subClassOf*{found[2]}{found[3]}" if found[3] in wider else found[0]


def _in_full(printed: str) -> str:
    """`id:graph/edges` as an IRI in full; what SPARQL can read as it is, and signs after the name, stay."""
    name = printed.rstrip(".,")
    while name.endswith(")") and name.count(")") > name.count("("):
        name = name[:-1].rstrip(".,")
    after = printed[len(name) :]
    return f"<{PREFIXES['id']}{name[3:]}>{after}" if re.search(r"[/,()'!*+@~]", name) else printed
