"""What a query of the user says that can find nothing: terms that are in no vocabulary, labels without their language, years
of what is no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode
from rapidfuzz import fuzz

from kgbuild.ask.spelled import parted
from kgbuild.ask.terms import plain, short
from kgbuild.ask.things import folded
from kgbuild.errors import QueryError
from kgbuild.graph.store import Graph
from kgbuild.graph.triples import PREFIXES

MOST = 20
"""So many terms and strings of a query are looked up."""


def warnings(graph: Graph, sparql: str) -> list[str]:
    """A line for each thing in the query that can find nothing in this graph, with what may be meant; none for a query that
    cannot be read at all.
    """
    parts = list(parted(sparql))
    code = "".join(text if is_code else " " for is_code, text in parts)
    if re.search(r"\bprefix\s+dip:", code, re.IGNORECASE):
        return []
    try:
        return [*_unknown_terms(graph, code), *_bare_labels(graph, parts), *_years(graph, code)]
    except QueryError:
        return []


def _unknown_terms(graph: Graph, code: str) -> Iterator[str]:
    terms = list(dict.fromkeys(re.findall(r"(?<![\w:?$\\])dip:([A-Za-z]\w*)", code)))[:MOST]
    unknown = [name for name in terms if not _is_used(graph, PREFIXES["dip"] + name)]
    if not unknown:
        return
    rows = graph.rows_here("SELECT DISTINCT ?term { ?term rdfs:label|a ?any FILTER(STRSTARTS(STR(?term), STR(dip:))) }").rows
    known = sorted({short(plain(row[0])).removeprefix("dip:") for row in rows})
    for name in unknown:
        # Of terms that differ in case alone, "status" and "Status", the one that is written so.
        meant = max(known, key=lambda term: (fuzz.ratio(folded(name), folded(term)), fuzz.ratio(name, term)), default="")
        alike = fuzz.ratio(folded(name), folded(meant)) >= 60
        cure = f" Did you mean dip:{meant}?" if alike else " `kgbuild relations` lists the events and relations."
        yield f"dip:{name} is not in the vocabulary.{cure}"


def _is_used(graph: Graph, iri: str) -> bool:
    return any(
        graph.answer_here(pattern, term=NamedNode(iri))
        for pattern in ("ASK { ?term ?p ?o }", "ASK { ?s ?term ?o }", "ASK { ?s ?p ?term }")
    )


LABEL = r"(?:rdfs:label|skos:(?:alt|pref)Label)"


def _bare_labels(graph: Graph, parts: list[tuple[bool, str]]) -> Iterator[str]:
    """Labels have a language; a string without one, where a label is looked for, is none."""
    code = "".join(text if is_code else " " for is_code, text in parts)
    variables = set(re.findall(rf"{LABEL}\s+([?$]\w+)", code))
    has = "ASK { ?thing rdfs:label|skos:altLabel ?value }"
    for place, (is_code, text) in list(enumerate(parts))[: MOST * 4]:
        bare = not is_code and re.fullmatch(r"""(["'])([^"'\\]+)\1""", text)
        before, after = (parts[near][1] if 0 <= near < len(parts) else "" for near in (place - 1, place + 1))
        compared = re.search(r"([?$]\w+)\s*=\s*$", before)
        looked_for = re.search(rf"{LABEL}\s*$", before) or (compared and compared[1] in variables)
        if not bare or not looked_for or re.match(r"\s*(@|\^\^)", after):
            continue
        label = bare[2]
        if graph.answer_here(has, value=Literal(label, language="en")):
            yield f'No label is "{label}", but one is "{label}"@en: labels have a language. Write "{label}"@en.'


def _years(graph: Graph, code: str) -> Iterator[str]:
    times = set(re.findall(r"dip:when\s+([?$]\w+)", code))
    for function, variable in re.findall(r"\b(YEAR|MONTH|DAY)\s*\(\s*([?$]\w+)\s*\)", code, re.IGNORECASE):
        if variable in times:
            yield (
                f'{function}({variable}) has no value: dip:when is a time of EDTF, such as "2014-12" or "2011/..".'
                " Use dip:begin and dip:end, which are days, or SUBSTR(STR(" + variable + "), 1, 4)."
            )
