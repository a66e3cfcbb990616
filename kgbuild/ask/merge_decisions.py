"""`kgbuild same` and `kgbuild different`: a person decides that two are one, or two, and it is written into same.ttl."""

from __future__ import annotations

import os
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kgbuild.ask.query import find_thing, plain, short, short_iri
from kgbuild.errors import KgbuildError
from kgbuild.graph.store import Graph
from kgbuild.graph.triples import PREFIXES, thing
from kgbuild.ontology import Ontology, local


def decide(decision: str, a: str, b: str, why: str, graph: Graph, ontology: Ontology) -> str:
    """Write into same.ttl that *a* and *b* (names or ids of *graph*) are "same" or "different"; what to say to the user.

    The paragraph is added at the end, in one step: nobody sees half a file. KgbuildError where a name is unknown, the
    decision contradicts an earlier one, or the folder cannot be written.
    """
    if not why.strip():
        raise KgbuildError("A decision needs a reason that another reader can check. Give one with --why.")
    one, other = sorted((_id_of(a, graph, ontology), _id_of(b, graph, ontology)))
    if one == other:
        parts = _parts(graph, one)
        cure = f" It was merged from {', '.join(parts)}: name two of these ids." if parts else " Name two things."
        raise KgbuildError(f'"{a}" and "{b}" are one thing in this graph, id:{one}.{cure}')
    path = ontology.folder / "same.ttl"
    if any({one, other} == set(pair) for pair in ontology.declared(decision)):
        return f"{path} says so already."
    _refuse_contradiction(decision, one, other, ontology, path)
    paragraph = (
        f"\n{NamedNode(PREFIXES['id'] + f'decision/{decision}/' + local(thing(one)) + '/' + local(thing(other)))}"
        f" a <{PREFIXES['dip']}Decision> ;\n"
        f"    <{PREFIXES['dip']}{decision}> {thing(one)} , {thing(other)} ;\n"
        f"    <{PREFIXES['dip']}why> {Literal(' '.join(why.split()), language='en')} .\n"
    )
    for prefix in ("dip", "id"):
        paragraph = _shortened(paragraph, prefix)
    try:
        before = path.read_text(encoding="utf-8") if path.is_file() else HEADER
        unfinished = path.with_name(f".{path.name}.part")
        unfinished.write_text(before.rstrip("\n") + "\n" + paragraph, encoding="utf-8")
        os.replace(unfinished, path)
    except OSError as error:
        raise KgbuildError(
            f"{path}: cannot be written ({error.strerror}). Copy the folder {ontology.folder} to a place of your own,"
            f" and name it with --ontology here and in `kgbuild build`."
        ) from error
    return f"Written to {path}. The next `kgbuild build` follows it."


HEADER = "".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in ("dip", "id"))


def _shortened(text: str, prefix: str) -> str:
    """The text with IRIs that a prefixed name can spell written so."""
    import re

    return re.sub(f"<{re.escape(PREFIXES[prefix])}([A-Za-z0-9_]+)>", rf"{prefix}:\1", text)


def _id_of(name: str, graph: Graph, ontology: Ontology) -> str:
    """The id that *name* means: of the graph, of actors.ttl, or one that was merged into another."""
    iri = short_iri(name) or short_iri(f"id:{name}")
    if iri is not None and (local(iri) in ontology.actors or graph.answer_here(MERGED.replace("?part", str(iri)))):
        return local(iri)
    return local(find_thing(graph, name))


MERGED = "ASK { { ?merge dip:mergedId ?part } UNION { ?part dip:mentionCount ?count } }"


def _parts(graph: Graph, entity: str) -> list[str]:
    """The ids that were merged into a thing, with their prefix, sorted."""
    rows = graph.rows_here(
        f"SELECT DISTINCT ?part WHERE {{ ?merge dip:mergedInto {thing(entity)} ; dip:mergedId ?part }} ORDER BY ?part"
    ).rows
    return [short(plain(row[0])) for row in rows]


def _refuse_contradiction(decision: str, a: str, b: str, ontology: Ontology, path: Path) -> None:
    """KgbuildError where the decision contradicts earlier ones, also by way of others: a = b and b = c make a = c."""
    groups: dict[str, set[str]] = {}
    for one, other in ontology.declared("same"):
        group = groups.get(one, {one}) | groups.get(other, {other})
        for member in group:
            groups[member] = group
    ones, others = groups.get(a, {a}), groups.get(b, {b})
    cure = f"Remove or change that paragraph of {path} first."
    if decision == "different" and b in ones:
        raise KgbuildError(f"id:{a} and id:{b} are declared to be one: {' = '.join(sorted(ones))}. {cure}")
    for one, other in ontology.declared("different"):
        if decision == "same" and ((one in ones and other in others) or (one in others and other in ones)):
            raise KgbuildError(f"id:{one} and id:{other} are declared to be two, and this would make them one. {cure}")
