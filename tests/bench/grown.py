"""A graph grown from one that was built: copies of it with other articles, events and persons, other actors and days.

    python tests/bench/grown.py output/store FOLDER MILLIONS

In every second copy the states and organisations that are known beyond the graph change places; persons and the rest are new
in three copies of four; each copy is of other days. Nothing is merged: there are as many events as all copies have. What is
counted of actors, pairs and voices is counted of all copies together.
"""

from __future__ import annotations

import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from kgbuild.graph.tallies import say_all
from kgbuild.graph.triples import EVENTS, PREFIXES, Facts, term, thing

ID = PREFIXES["id"]
IRI = re.compile(rf"<{re.escape(ID)}([^>]*)>")
DAY = re.compile(r"\b(1[89]\d\d|20\d\d)-(\d\d)-(\d\d)\b")
BETWEEN = re.compile(r"(dyad|deed/[^/]+)/(.+)--(.+)")
"""A pair, and what one does to another."""
ARTICLE = re.compile(r"article/([0-9a-f]{16})(.*)")
WORDS = (PREFIXES["oa"] + "exact", PREFIXES["dip"] + "content", PREFIXES["dip"] + "sha256")
"""What is said in the words of an article stays as it is."""
NAMES = (PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "altLabel")
ORDERS = tuple(PREFIXES["dip"] + name for name in ("order", "saidOrder", "toldOrder", "denialOrder", "contrastOrder"))
WEIGHTS = (PREFIXES["dip"] + "weight",)
TALLIES = frozenset(
    f"<{PREFIXES['dip']}{name}>"
    for name in (
        *("prominence", "dyadProminence", "cooperationCount", "conflictCount", "bestKnown"),
        *("statementCount", "voiceOf", "voiceOutlet", "voiceArticles", "voiceStatements"),
    )
)
ORDER = re.compile(r'(?<=["t\t])(\d{4})(\d\d)(\d\d)((?:\.\d+)?)(?=["\\\t])')
"""A day as a number, and what tells apart those of one day; no two events have the same."""
STEP = 97
"""Days from the days of one copy to those of the next."""
PIECE = 50_000
COUNTED = {term(f"dip:{name}") for name in ("involves", "dyad", "weight", "score", "saidBy")}
"""What tallies are made of."""


def main(store: str, folder: str, millions: str) -> None:
    grow(Store.read_only(store), Path(folder), int(float(millions) * 1e6))


def grow(base: Store, folder: Path, quads: int) -> Store:
    """A store in *folder* of so many *quads* at least, made of copies of *base*; one that is there is taken as it is."""
    if (folder / "CURRENT").is_file():
        return Store.read_only(str(folder))
    folder.mkdir(parents=True)
    grown, size = Store(str(folder)), len(base)
    ontology = f"<{ID}graph/ontology>"
    lines = [str(quad) + " .\n" for quad in base]
    grown.bulk_load("".join(line for line in lines if line.endswith(f"{ontology} .\n")), RdfFormat.N_QUADS)
    lines = [line for line in lines if not line.endswith(f"{ontology} .\n") and line.split(" ", 2)[1] not in TALLIES]
    known = sorted({m[1] for line in lines if f"<{PREFIXES['owl']}sameAs>" in line and (m := IRI.match(line))})
    for number in range(max(1, round(quads / size))):
        copied = list(_copy(lines, known, number))
        for start in range(0, len(copied), PIECE):
            grown.bulk_load("".join(copied[start : start + PIECE]), RdfFormat.N_QUADS)
    made = Facts(EVENTS)
    said = [quad for quad in grown.quads_for_pattern(None, None, None, thing(EVENTS)) if quad.predicate in COUNTED]
    outlets = {quad.subject.value: quad.object.value for quad in grown.quads_for_pattern(None, term("dct:publisher"), None)}
    say_all(made, said, defaultdict(lambda: None, outlets))
    grown.extend(made)
    grown.flush()
    grown.optimize()
    return grown


def _copy(lines: list[str], known: list[str], number: int) -> Iterator[str]:
    if number == 0:
        yield from lines
        return
    renamed, moved = _renamed(known, number), _moved(number)
    for line in lines:
        subject, predicate, _ = line.split(" ", 2)
        copy = IRI.sub(renamed, line)
        if predicate[1:-1] in NAMES and copy.partition(" ")[0] != subject and "/event/" not in subject:
            copy = copy.replace('"@en', f' {number}"@en') if f"{number}>" in copy.partition(" ")[0] else line
        if predicate[1:-1] in WORDS:
            yield copy
            continue
        copy = DAY.sub(moved, copy)
        if predicate[1:-1] in ORDERS:
            copy = ORDER.sub(lambda found: _order(found, moved, number), copy)
        elif predicate[1:-1] in WEIGHTS:
            copy = copy.replace('"^^', f'{number:03}"^^')
        yield copy


def _order(found: re.Match[str], moved: Callable[[re.Match[str]], str], number: int) -> str:
    """A number of an order, moved as days are."""
    year, month, day, rest = found.groups()
    return f"{DAY.sub(moved, f'{year}-{month}-{day}').replace('-', '')}{rest and f'{rest}{number:03}'}"


def _renamed(known: list[str], number: int) -> Callable[[re.Match[str]], str]:
    """What a copy calls the things of the base."""
    chance = random.Random(number)
    others = known if number % 2 == 0 else chance.sample(known, len(known))
    places = dict(zip(known, others, strict=True))

    @cache
    def called(local: str) -> str:
        if found := ARTICLE.fullmatch(local):
            return f"article/{number:04x}{found[1][4:]}{found[2]}"
        if found := BETWEEN.fullmatch(local):
            parties = [called(found[2]), called(found[3])]
            return f"{found[1]}/{'--'.join(sorted(parties) if found[1] == 'dyad' else parties)}"
        if local in places or local.startswith(("graph/", "office/")):
            return places.get(local, local)
        return local if number % 4 == 0 and "/" not in local else f"{local}_{number}"

    return lambda found: f"<{ID}{called(found[1])}>"


def _moved(number: int) -> Callable[[re.Match[str]], str]:
    @cache
    def moved(year: int, month: int, day: int) -> str:
        try:
            return str(date(year, month, day) + timedelta(days=STEP * number))
        except ValueError:
            return f"{year}-{month:02}-{day:02}"

    return lambda found: moved(int(found[1]), int(found[2]), int(found[3]))


if __name__ == "__main__":
    main(*sys.argv[1:])
