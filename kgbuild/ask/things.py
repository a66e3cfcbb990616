"""Which thing of the graph a name means, and what was meant by a name that nothing has."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress

from pyoxigraph import Literal, NamedNode
from rapidfuzz import fuzz, process

from kgbuild.ask.terms import plain, short
from kgbuild.errors import QueryError
from kgbuild.graph.store import Graph
from kgbuild.graph.triples import PREFIXES


def find_thing(graph: Graph, name: str) -> NamedNode:
    """The thing in the graph that goes by *name*: its IRI, short (`id:Serbia`) or long, its label, or another
    name of it.

    Case and accents do not matter; a label wins over another name of something else. QueryError if there is
    none, or several.
    """
    if any("\ud800" <= letter <= "\udfff" for letter in name):
        raise QueryError(f"{name!a} is not text in UTF-8. Write it in the encoding of the terminal.")
    wanted = short_iri(name)
    if wanted is not None and graph.answer_here(
        "ASK { GRAPH id:graph\\/things { ?thing rdfs:label ?label } }", thing=wanted
    ):
        return wanted
    # Most names are typed as they are written, which the store's index finds; other spellings need all names.
    exact = graph.rows_here(THINGS_BY_LABEL, label=Literal(name, language="en")).rows
    if len(exact) == 1 and isinstance(exact[0][0], NamedNode):
        return exact[0][0]
    called: dict[str, dict[str, set[str]]] = {"label": {}, "altLabel": {}}
    rows = graph.rows_here(NAMES_OF_THINGS).rows
    for row in rows:
        thing, kind, label = map(plain, row)
        called[kind].setdefault(folded(label), set()).add(thing)
    for kind in ("label", "altLabel"):
        found = sorted(called[kind].get(folded(name), ()))
        if len(found) == 1:
            return NamedNode(found[0])
        if found:
            raise QueryError(f'"{name}" names {len(found)} things: {", ".join(map(short, found))}. Say which, by its id.')
    labels = sorted({plain(label) for _, _, label in rows})
    raise QueryError(f'Nothing in this graph is called "{name}".{did_you_mean(name, labels)}')


IS_A_THING = "ASK { GRAPH id:graph\\/things { ?thing rdfs:label ?label } }"


THINGS_BY_LABEL = """
SELECT ?thing ?label
WHERE { GRAPH id:graph\\/things { ?thing rdfs:label ?label FILTER NOT EXISTS { ?thing a dip:Tenure } } }
"""


NAMES_OF_THINGS = """
SELECT ?thing ?kind ?name
WHERE {
  GRAPH id:graph\\/things {
    VALUES (?predicate ?kind) { (rdfs:label "label") (skos:altLabel "altLabel") }
    ?thing ?predicate ?name .
    FILTER NOT EXISTS { ?thing a dip:Tenure }
  }
}
"""


def short_iri(name: str) -> NamedNode | None:
    """The IRI that *name* spells: `<https://…>`, `https://…`, or with a known prefix; None if none."""
    prefix, colon, local = name.partition(":")
    if colon and prefix in PREFIXES:
        iri = PREFIXES[prefix] + local
    elif re.match(r"<?https?://", name):
        iri = name.removeprefix("<").removesuffix(">")
    else:
        return None
    with suppress(ValueError):
        return NamedNode(iri)
    return None


def folded(name: str) -> str:
    """A name without case, accents and doubled spaces: what it is compared by."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return " ".join(plain.casefold().split())


def did_you_mean(word: str, choices: list[str]) -> str:
    """` Did you mean "…"?` for the choice most like *word*; empty if none is like it."""
    found = process.extractOne(word, choices, scorer=fuzz.ratio, processor=folded, score_cutoff=60)
    return f' Did you mean "{found[0]}"?' if found else ""
