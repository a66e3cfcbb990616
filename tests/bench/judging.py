"""Sheets for outside readers, who judge what a graph says of articles; and their verdicts, counted and kept.

python tests/bench/judging.py draw CORPUS FOLDER --articles IDS [--readers 4] [--most 8]
python tests/bench/judging.py count FOLDER [--keep ROUND]

`draw` builds a graph of the articles whose ids stand in the file IDS, a line each, and writes for each reader a sheet of
claims (at most so many events and relations an article, and two holders of an office), of the edges that are drawn as
facts, and of things; beside them what the readers are to do, the definitions of the types, and what each number stands for.
A reader writes verdicts-N.jsonl: {"n": 1, "verdict": "R", "flags": "i", "cause": "a few words"}. `count` prints shares, with
--keep it adds claims and edges to tests/judged/modern.jsonl as a round of its own.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import kgbuild
from kgbuild import ontology as ontologies
from kgbuild.evaluate.judged import links
from kgbuild.model import Claim, Reading
from kgbuild.output import only_build
from kgbuild.pipeline import KEPT
from kgbuild.read.explain import whole
from kgbuild.readings_cache import ReadingsCache

SEED = 16
BEFORE = 500
"""Characters of the article shown before a sentence."""
ID = "https://w3id.org/kgbuild/id/"
KEPT_HERE = Path(__file__).parents[1] / "judged" / "modern.jsonl"
INSTRUCTIONS = """You judge what a program has read out of news articles, by the text alone and by the definitions below.
You need no other file. Write one line of JSON for each number, in order: {"n": 1, "verdict": "R", "flags": "", "cause": ""};
the cause is a few words where the verdict is not R or there is a flag. Judge every number. Be as strict as an analyst who
would quote it, and as fair.

CLAIMS. The trigger stands in double brackets; roles have the words and what they were linked to ("no one": not linked).
  R  the type is right by its definition (be it affirmed, denied or planned), and so is every role that is filled and
     every link. A role that is missing counts for nothing here, nor does one that is linked to no one.
  H  the type is right; one or more filled roles or links are wrong (another party, another entity, a thing that is no party,
     a state for which he does not act).
  W  the type is wrong, or the sentence says nothing of the kind.
 flags (apart from the verdict, any of them together): s the stance is wrong (affirmed or negated; actual, planned,
  possible …), p the speaker is wrong or missing, t the time is wrong, i a party that the sentence names is missing.

EDGES. One thing, what it does, another; with sentences it rests on. It is drawn as a fact.
  R  the sentences say so, of these two, in this direction.
  D  debatable: in the sentence, but the edge says more than it, or between others.
  W  not so: other party, other relation, wrong direction, only planned, wished or denied.

THINGS. A name, its class, other names, and a sentence where it stands.
  R  a thing worth a node, of the right class, one thing.
  J  junk: no name of a thing, or a broken one.   C  the class is wrong.
  D  double: another number of this sheet is the same thing (say which).   M  two different things run together.
"""


def main() -> None:
    """Draw sheets, or count verdicts."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = arguments.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw")
    drawing.add_argument("corpus", type=Path)
    drawing.add_argument("folder", type=Path)
    drawing.add_argument("--articles", type=Path, required=True, help="a file of ids, a line each")
    drawing.add_argument("--readers", type=int, default=4)
    drawing.add_argument("--most", type=int, default=8, help="claims an article")
    counting = commands.add_parser("count")
    counting.add_argument("folder", type=Path)
    counting.add_argument("--keep", type=int, metavar="ROUND")
    given = arguments.parse_args()
    if given.command == "draw":
        draw(given.corpus, given.folder, given.articles.read_text().split(), given.readers, given.most)
    else:
        count(given.folder, given.keep)


# -- sheets ---------------------------------------------------------------------------------------


def draw(corpus: Path, folder: Path, ids: list[str], readers: int, most: int) -> None:
    """Build the graph and write the sheets."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [line for line in corpus.read_text(encoding="utf-8").split("\n") if line and json.loads(line)["id"] in set(ids)]
    chosen = folder / "articles.jsonl"
    chosen.write_text("\n".join(wanted) + "\n", encoding="utf-8")
    kgbuild.build(chosen, folder / "graph")
    graph = kgbuild.open(folder / "graph")
    with only_build(folder / "graph"), ReadingsCache(folder / "graph" / KEPT) as kept:
        readings = sorted(kept.latest_readings(), key=lambda reading: ids.index(str(reading.article.id)))
    ontology, chance = ontologies.load(), random.Random(SEED)
    owner = {reading.article.iri: number % readers for number, reading in enumerate(readings)}
    pages: dict[int, list[tuple[dict[str, Any], str]]] = defaultdict(list)
    for reading in readings:
        for claim in chosen_claims(reading, most, chance):
            record = {"kind": "claim", **_judgeable(claim, reading, corpus)}
            pages[owner[reading.article.iri]].append((record, claim_page(claim, reading)))
    lines = defaultdict[tuple[str, str, str], list[dict[str, Any]]](list)
    for subject, thing, edge in graph.network().edges(data=True):
        if edge["stance"] == "actual":
            lines[subject, edge["verb"], thing].append(edge)
    by_title = {reading.article.title: reading.article.iri for reading in readings}
    for (subject, verb, thing), edges in sorted(lines.items()):
        record = {"kind": "edge", "subject": subject, "edge": edges[0]["relation"], "object": thing}
        quotes = "\n".join(
            f"     “{edge['sentence']}” ({edge.get('day') or 'no day'}; {edge.get('speaker') or 'no speaker'})"
            for edge in edges[:3]
        )
        iri = next((by_title[e["article"]] for e in edges if e.get("article") in by_title), readings[0].article.iri)
        pages[owner[iri]].append((record, f"{subject.replace('_', ' ')} — {verb} — {thing.replace('_', ' ')}\n{quotes}"))
    for iri, record, text in things(graph):
        if iri in owner:
            pages[owner[iri]].append((record, text))
    used = {record["claims"].removeprefix("dip:") for sheet in pages.values() for record, _ in sheet if "claims" in record}
    definitions = "\n".join(
        f"  {name}: {ontology.types[name].definition}" for name in sorted(used) if name in ontology.types
    )
    (folder / "instructions.txt").write_text(f"{INSTRUCTIONS}\nTYPES\n{definitions}\n", encoding="utf-8")
    for reader, sheet in sorted(pages.items()):
        write_sheet(folder, reader, sheet)


def write_sheet(folder: Path, reader: int, sheet: list[tuple[dict[str, Any], str]]) -> None:
    """One reader's sheet, and what each of its numbers stands for."""
    written, kind = list[str](), ""
    for number, (record, text) in enumerate(sheet, 1):
        if record["kind"] != kind:
            kind = record["kind"]
            written.append(f"######## {kind.upper()}S")
        written.append(f"{number}. {text}")
    (folder / f"sheet-{reader}.txt").write_text("\n\n".join(written) + "\n", encoding="utf-8")
    key = "\n".join(json.dumps({"n": n, **record}, ensure_ascii=False) for n, (record, _) in enumerate(sheet, 1))
    (folder / f"key-{reader}.jsonl").write_text(key + "\n", encoding="utf-8")
    print(f"sheet-{reader}.txt: {dict(Counter(record['kind'] for record, _ in sheet))}")


def chosen_claims(reading: Reading, most: int, chance: random.Random) -> list[Claim]:
    """Up to *most* events and relations and two holders of an office, in the order of the text."""
    holders = [claim for claim in reading.claims if claim.claims == "holdsPosition"]
    others = [claim for claim in reading.claims if claim.kind != "statement" and claim.claims != "holdsPosition"]
    drawn = [*chance.sample(others, min(most, len(others))), *chance.sample(holders, min(2, len(holders)))]
    return sorted(drawn, key=lambda claim: (claim.trigger.start, claim.claims))


def claim_page(claim: Claim, reading: Reading) -> str:
    """A claim beside its sentence and what stands before it."""
    text, span = reading.article.text, claim.sentence.span
    before = " ".join(text[max(0, span.start - BEFORE) : span.start].split())
    start, end = claim.trigger[:2]
    inside = f"{text[span.start : start]}⟦{text[start:end]}⟧{text[end : span.end]}"
    head = f"({reading.article.issued or 'no date'}; “{reading.article.title}”) … {before}"
    told = "\n".join(f" {line}" for line in whole(claim) if not line.lstrip().startswith("amount"))
    return f"{head}\n   >> {' '.join(inside.split())}\n{told}"


def _judgeable(claim: Claim, reading: Reading, corpus: Path) -> dict[str, Any]:
    """A claim as tests/judged keeps it: places, and no text."""
    roles = [
        {"role": r, "start": a, "end": b, "entity": e and f"id:{e}", "represents": s and f"id:{s}"}
        for r, a, b, e, s in links(claim)
    ]
    return {
        "article": reading.article.id,
        "corpus": corpus.stem,
        "start": claim.trigger.start,
        "end": claim.trigger.end,
        "claims": f"dip:{claim.claims}",
        "roles": roles,
        "polarity": claim.stance.polarity,
        "modality": claim.stance.modality,
    }


def things(graph: kgbuild.Graph) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Each named thing once, with the article where it is first met."""
    rows = graph.query(
        """SELECT ?thing ?label ?kind ?article ?text ?others WHERE {
             { SELECT ?thing (MIN(?m) AS ?mention) { ?m dip:denotes ?thing } GROUP BY ?thing }
             { SELECT ?thing (SAMPLE(STR(?name)) AS ?label) (MIN(STR(?class)) AS ?kind) {
                 GRAPH id:graph\\/things { ?thing rdfs:label ?name ; a ?class } } GROUP BY ?thing }
             ?mention dip:inSentence ?sentence . ?sentence oa:exact ?text ; dct:isPartOf ?article .
             OPTIONAL { SELECT ?thing (GROUP_CONCAT(DISTINCT ?other; separator="; ") AS ?others) {
                 GRAPH id:graph\\/things { ?thing skos:altLabel ?other } } GROUP BY ?thing }
           } ORDER BY ?thing""",
        timeout=None,
        memory=None,
    )
    for row in rows:
        kind = str(row["kind"]).rpartition("#")[2]
        record = {"kind": "thing", "thing": str(row["thing"]).rpartition("/")[2]}
        names = f" (also: {row['others']})" if row["others"] else ""
        yield str(row["article"]).removeprefix(ID), record, f"{row['label']}: {kind}{names}\n     “{row['text']}”"


# -- verdicts -------------------------------------------------------------------------------------


def count(folder: Path, keep: int | None) -> None:
    """Print the shares; with *keep*, add claims and edges to tests/judged as that round."""
    judged = list(verdicts(folder))
    for kind in ("claim", "edge", "thing"):
        some = [one for one in judged if one["kind"] == kind]
        tally = Counter(one["verdict"] for one in some)
        print(f"{kind}s {len(some)}: {dict(sorted(tally.items()))}, right {tally['R'] / max(1, len(some)):.3f}")
        if kind == "claim":
            unflagged = sum(one["verdict"] == "R" and not one["flags"] for one in some)
            flags = Counter(flag for one in some for flag in one["flags"])
            two = sum(len({role["entity"] for role in one["roles"] if role["entity"]}) > 1 for one in some)
            print(f"  whole {unflagged / len(some):.3f}; flags {dict(flags)}; stance right {1 - flags['s'] / len(some):.3f}")
            print(f"  with two linked parties {two / len(some):.3f}")
        if kind == "edge":
            print(f"  without the debatable {tally['R'] / max(1, tally['R'] + tally['W']):.3f}")
    if keep is not None:
        kept = [{**one, "round": keep} for one in judged if one["kind"] != "thing"]
        with KEPT_HERE.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in kept)


def verdicts(folder: Path) -> Iterator[dict[str, Any]]:
    """What was judged beside its verdict."""
    for key in sorted(folder.glob("key-*.jsonl")):
        given = folder / key.name.replace("key", "verdicts")
        said = {one["n"]: one for one in _lines(given)}
        for record in _lines(key):
            number = record.pop("n")
            one = said[number]
            flags = {"flags": one.get("flags", "")} if record["kind"] == "claim" else {}
            yield {**record, "verdict": one["verdict"], "cause": one.get("cause", ""), **flags}


def _lines(file: Path) -> Iterable[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]


if __name__ == "__main__":
    main()
