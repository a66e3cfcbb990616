"""`kgbuild same` and `kgbuild different`: a person decides that two are one, or two, and the folder of the graph keeps it.

The decision lies beside the graph that it is about, and goes where that goes. An ontology, ours or another, is read only.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote

from filelock import FileLock, Timeout
from pyoxigraph import Literal, NamedNode

from kgbuild.ask.terms import plain, short
from kgbuild.ask.things import find_thing, short_iri
from kgbuild.errors import KgbuildError
from kgbuild.graph.store import Graph
from kgbuild.graph.triples import PREFIXES, thing
from kgbuild.ontology import MERGING, Decision, Decisions, Ontology, Standing, Verdict, local, own_decisions

LONGEST_WAIT = 10
"""Seconds for another decision on the same graph to be written."""


def decide(verdict: Verdict, things: tuple[str, str], why: str, graph: Graph, ontology: Ontology, output: Path) -> str:
    """Write into same.ttl of the folder *output* that two *things* (names or ids of its *graph*) are "same" or "different";
    what to say to the user.

    The paragraph is added at the end, in one step: nobody sees half a file. What the ontology's same.ttl says against it is
    overruled, and said. KgbuildError where a name is unknown, the decision contradicts an earlier one of this graph, or the
    folder cannot be written.
    """
    if not why.strip():
        raise KgbuildError("A decision needs a reason that another reader can check. Give one with --why.")
    a, b = sorted(_id_of(name, graph, ontology) for name in things)
    if a == b:
        parts = _parts(graph, a)
        cure = f" It was merged from {', '.join(parts)}: name two of these ids." if parts else " Name two things."
        raise KgbuildError(f'"{things[0]}" and "{things[1]}" are one thing in this graph, id:{a}.{cure}')
    path, new = output / MERGING, Decision(a, b, verdict, " ".join(why.split()))
    try:
        with FileLock(output / f".{MERGING}.lock", timeout=LONGEST_WAIT):
            own = own_decisions(output)
            if (a, b) in own.pairs(verdict):
                return f"{path} says so already."
            before = own.over(ontology.decisions)
            if (a, b) in before.pairs(verdict):
                return f"{ontology.folder / MERGING} says so already."
            against = Standing(own.all).against(new)
            if against:
                raise KgbuildError(f"{against}. Remove or change that paragraph of {path} first.")
            _append(path, new)
    except Timeout as error:
        raise KgbuildError(f"{path}: another decision is being written. Try again.") from error
    except OSError as error:
        raise KgbuildError(
            f"{path}: cannot be written ({error.strerror}). Copy the folder {output} to a place of your own,"
            " and name that with -o here and in `kgbuild build`."
        ) from error
    after = Decisions((*own.all, new)).over(ontology.decisions)
    return f"Written to {path}. The next `kgbuild build` into {output} follows it." + _overruled(before, after, ontology)


def _append(path: Path, new: Decision) -> None:
    paragraph = (
        f"\n{NamedNode(PREFIXES['id'] + f'decision/{new.verdict}/' + local(thing(new.a)) + '/' + local(thing(new.b)))}"
        f" a <{PREFIXES['dip']}Decision> ;\n"
        f"    <{PREFIXES['dip']}{new.verdict}> {thing(new.a)} , {thing(new.b)} ;\n"
        f"    <{PREFIXES['dip']}why> {Literal(new.why, language='en')} .\n"
    )
    for prefix in ("dip", "id"):
        paragraph = _shortened(paragraph, prefix)
    said = path.read_text(encoding="utf-8") if path.exists() else HEADER
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_text(said.rstrip("\n") + "\n" + paragraph, encoding="utf-8")
    os.replace(unfinished, path)


PURPOSE = "# What a person has decided for this graph; builds into this folder let it overrule the ontology's same.ttl.\n\n"
HEADER = PURPOSE + "".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in ("dip", "id"))


def _shortened(text: str, prefix: str) -> str:
    """The text with IRIs that a prefixed name can spell written so."""
    return re.sub(f"<{re.escape(PREFIXES[prefix])}([A-Za-z0-9_]+)>", rf"{prefix}:\1", text)


def _overruled(before: Decisions, after: Decisions, ontology: Ontology) -> str:
    """What the ontology says that no longer holds, as sentences to add."""
    gone = sorted({(one.a, one.b, one.verdict) for one in before.all} - {(one.a, one.b, one.verdict) for one in after.all})
    said = [f"id:{a} and id:{b} are {'one' if verdict == 'same' else 'two'}" for a, b, verdict in gone]
    return f" It overrules {ontology.folder / MERGING}, which says that {', and that '.join(said)}." if said else ""


def _id_of(name: str, graph: Graph, ontology: Ontology) -> str:
    """The id that *name* means: of the graph, of actors.ttl, or one that was merged into another."""
    iri = short_iri(name) or short_iri(f"id:{name}")
    if iri is not None and (local(iri) in ontology.actors or graph.answer_here(MERGED.replace("?part", str(iri)))):
        return unquote(local(iri))
    return unquote(local(find_thing(graph, name)))


MERGED = "ASK { { ?merge dip:mergedId ?part } UNION { ?part dip:mentionCount ?count } }"


def _parts(graph: Graph, entity: str) -> list[str]:
    """The ids that were merged into a thing, with their prefix, sorted."""
    rows = graph.rows_here(
        f"SELECT DISTINCT ?part WHERE {{ ?merge dip:mergedInto {thing(entity)} ; dip:mergedId ?part }}"
    ).rows
    return sorted(short(plain(row[0])) for row in rows)
