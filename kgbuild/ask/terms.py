"""Terms of RDF as people read them: short IRIs, one line, nothing that steers a terminal."""

from __future__ import annotations

import re

from pyoxigraph import NamedNode, Triple

from kgbuild.graph.store import Term
from kgbuild.graph.triples import PREFIXES


def plain(cell: Term | None) -> str:
    """The value of a term as text; empty for an unbound cell."""
    if cell is None:
        return ""
    return str(cell) if isinstance(cell, Triple) else cell.value


def short_term(cell: Term | None) -> str:
    """A term as people read it: `id:Serbia`, or the words."""
    return short(cell.value) if isinstance(cell, NamedNode) else plain(cell)


def short(iri: str) -> str:
    """An IRI with its prefix, `id:Serbia`; as it is where no prefix of ours fits."""
    for prefix, start in PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri


def long(name: str) -> str:
    """The IRI of a name with one of our prefixes, `dip:Event`; empty where it has none."""
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else ""


UNSEEN = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), 0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
"""Control characters, and those that turn the direction of writing: text of an article must not steer a
terminal, nor disguise itself.
"""


def visible(text: str) -> str:
    """The text on one line, without characters that steer a terminal."""
    return re.sub(r"\s+", " ", text).translate(UNSEEN)
