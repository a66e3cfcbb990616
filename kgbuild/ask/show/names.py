"""Which of the words that articles use for a thing are names of it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kgbuild.ask.terms import plain
from kgbuild.ask.things import folded
from kgbuild.graph.store import Graph


@dataclass(frozen=True)
class Name:
    """A name of a thing, and how often articles write it so; 0 for one that only the ontology knows."""

    text: str
    count: int


def called(graph: Graph, thing: NamedNode, label: str, mentions: list[tuple[str, str]]) -> tuple[Name, ...]:
    """The names of *thing* beside its *label*, the most used first, by the words of its *mentions*, and the reasons that
    they mean it.

    No pronoun ("he" for somebody), no description ("the Russian leader"), no office, and no label of another thing. Names
    that differ in case or accents alone are one.
    """
    offices = {folded(plain(row[0])) for row in graph.rows_here(OFFICES).rows}
    others = {plain(row[0]) for row in graph.rows_here(LABELS_OF_OTHERS.replace("?thing", str(thing))).rows}
    pronouns = {folded(text) for text, reason in mentions if reason.startswith('"')}
    written = Counter(text for text, _ in mentions)
    counts = Counter(folded(text) for text, reason in mentions if not reason.startswith('"'))
    counts[folded(label)] = 0
    found: dict[str, str] = {}
    for name in sorted(plain(row[0]) for row in graph.rows_here(NAMES.replace("?thing", str(thing))).rows):
        key = folded(name)
        if name in others or key in pronouns or not is_name(name) or _is_office(key, offices):
            continue
        if name != label:
            # Of several spellings the one that is not all capitals: it comes last.
            found[key] = name
    if found.get(folded(label), "").isupper():
        del found[folded(label)]
    return tuple(
        sorted(
            (Name(name, counts[key] or written[name]) for key, name in found.items()), key=lambda one: (-one.count, one.text)
        )
    )


def is_name(text: str) -> bool:
    """Whether *text* is written as a name: its first and last words begin with a capital letter or a number, or with a
    letter of a script that has no case.

    >>> [is_name(text) for text in ("Organization of the Sea", "his counterpart", "Vladimir] Putin", "U.S.", "外交部")]
    [True, False, False, True, True]
    """
    words = text.split()
    if not words or re.search(r"[\[\]{}<>|\\^_=*]", text):
        return False
    return not (words[0][0].islower() or words[-1][0].islower())


def _is_office(name: str, offices: set[str]) -> bool:
    """Whether *name* is an office, or ends with one: "russian president"."""
    words = name.split()
    return any(" ".join(words[start:]) in offices for start in range(len(words)))


NAMES = "SELECT DISTINCT (STR(?other) AS ?name) { GRAPH id:graph\\/things { ?thing skos:altLabel ?other } }"

OFFICES = "SELECT DISTINCT ?label { GRAPH id:graph\\/things { ?office a dip:Office ; rdfs:label ?label } }"

LABELS_OF_OTHERS = """
SELECT DISTINCT (STR(?name) AS ?label)
WHERE { GRAPH id:graph\\/things { ?thing skos:altLabel ?name . ?other rdfs:label ?name FILTER(?other != ?thing) } }
"""
