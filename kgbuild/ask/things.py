"""Which thing of the graph a name means, and what was meant by a name that nothing has."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress

from pyoxigraph import Literal, NamedNode
from rapidfuzz import fuzz, process

from kgbuild.ask.terms import plain, short
from kgbuild.errors import QueryError
from kgbuild.graph.store import Graph, Term
from kgbuild.graph.triples import PREFIXES


def find_thing(graph: Graph, name: str, *, whole: bool = False) -> NamedNode:
    """What goes by *name* in the graph: its IRI, short (`id:Serbia`) or long, which may be that of an event; the label of a
    thing, or another name of it.

    Case and accents do not matter; a label wins over another name of something else, and of several of one name the only one
    that is known beyond this graph (owl:sameAs). Where nothing is called so, *name* may have the beginnings of words of a
    name, of three letters on ("zelen"), unless it is to be *whole*. QueryError if there is none, or several.
    """
    if any("\ud800" <= letter <= "\udfff" for letter in name):
        raise QueryError(f"{name!a} is not text in UTF-8. Write it in the encoding of the terminal.")
    wanted = short_iri(name)
    if wanted is not None and graph.answer_here(IS_SAID_OF, thing=wanted):
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
        if (only := _only(graph, found)) is not None:
            return only
        # Of "Trump", who is called Donald Trump, not what an article once called so.
        likely = [thing for thing in found if any(thing in called["label"][label] for label in _labels_with(name, called))]
        if (only := _only(graph, likely)) is not None:
            return only
        if found:
            raise QueryError(f'"{name}" names {len(found)} things: {", ".join(map(short, found))}. Say which, by its id.')
    begun = [] if whole else _begun_by(name, called)
    if (only := _only(graph, begun)) is not None:
        return only
    if begun:
        labels = sorted({plain(row[2]) for row in rows if plain(row[1]) == "label" and plain(row[0]) in begun})
        some = ", ".join(f'"{label}"' for label in labels[:OFFERED])
        more = " …" if len(labels) > OFFERED else ""
        raise QueryError(
            f'Nothing in this graph is called "{name}", but {len(begun)} names begin so: {some}{more}. Say which.'
        )
    raise QueryError(f'Nothing in this graph is called "{name}".{_nearest(name, rows)}')


OFFERED = 6
"""Things that are offered where a name may mean several."""
BEGINNING = 3
"""Letters with which a name may be begun."""


def _only(graph: Graph, things: list[str]) -> NamedNode | None:
    """The only one of *things*, or the only one of them that is known beyond this graph."""
    known = [thing for thing in things if len(things) == 1 or graph.answer_here(IS_KNOWN, thing=NamedNode(thing))]
    return NamedNode(known[0]) if len(known) == 1 else None


def _labels_with(name: str, called: dict[str, dict[str, set[str]]]) -> list[str]:
    """The labels that have all words of *name*."""
    words = set(folded(name).split())
    return [label for label in called["label"] if words <= set(label.split())]


def _begun_by(name: str, called: dict[str, dict[str, set[str]]]) -> list[str]:
    """The things with a label, or else another name, in which each word of *name* begins a word."""
    words = folded(name).split()
    if not words or min(map(len, words)) < BEGINNING:
        return []
    for kind in ("label", "altLabel"):
        begun = {
            thing
            for label, things in called[kind].items()
            if all(any(part.startswith(word) for part in re.split(r"[\s\-–'’.]+", label)) for word in words)
            for thing in things
        }
        if begun:
            return sorted(begun)
    return []


def _nearest(name: str, rows: list[tuple[Term | None, ...]]) -> str:
    """` Did you mean "…"?` for the thing one of whose names is most like *name*: by its label, however that name is
    written; empty if none is like it.
    """
    labels = {
        plain(row[0]): plain(row[2]) for row in sorted(rows, key=lambda row: plain(row[2])) if plain(row[1]) == "label"
    }
    wanted = folded(name)
    names = sorted({(plain(row[2]), plain(row[0])) for row in rows})
    likest = max(names, key=lambda one: _likeness(wanted, folded(one[0])), default=("", ""))
    if _likeness(wanted, folded(likest[0])) < 60:
        return ""
    return f' Did you mean "{labels.get(likest[1], likest[0])}"?'


def _likeness(one: str, other: str) -> float:
    """How like two names are, from 0 to 100; a word of the other counts a little less: "Vladmir" and "Vladimir Putin"."""
    word = max((fuzz.ratio(one, word, score_cutoff=80) for word in other.split()), default=0.0)
    return max(fuzz.ratio(one, other), word - 5)


def find_outlet(graph: Graph, name: str) -> Literal:
    """The publisher called *name*, in whatever case and accents; QueryError that offers the nearest if there is none."""
    outlets = sorted(
        plain(row[0]) for row in graph.rows_here("SELECT DISTINCT ?outlet { ?article dct:publisher ?outlet }").rows
    )
    for outlet in outlets:
        if folded(outlet) == folded(name):
            return Literal(outlet)
    some = f" There are: {', '.join(outlets[:12])}{' …' if len(outlets) > 12 else ''}." if outlets else ""
    raise QueryError(f'No outlet of this graph is called "{name}".{did_you_mean(name, outlets)}{some}')


def those_who_act_for(graph: Graph, state: NamedNode) -> set[NamedNode | Literal]:
    """The state or organisation *state*, and everyone who acts for it in some event, or of whose office it is."""
    rows = graph.rows_here(ACTING, state=state).rows
    return {state, *(row[1] for row in rows if isinstance(row[1], NamedNode))}


IS_KNOWN = "ASK { GRAPH id:graph\\/things { ?thing owl:sameAs ?same } }"

IS_SAID_OF = "ASK { ?thing ?property ?value }"


ACTING = """
SELECT ?state ?who
WHERE {
  { ?who dip:actsFor ?state } UNION { ?tenure a dip:Tenure ; dip:of ?state ; dip:holder ?who }
  # Another state, though an article have it act for this one, speaks for itself.
  FILTER NOT EXISTS { ?who a dip:State }
}
"""


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
