"""The table of bodies: organisations of states, armed groups and parties, by names that are nobody else's."""

from __future__ import annotations

import importlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from facts import SOURCES, records, table_of

from kgbuild.ontology import Actors
from kgbuild.ontology.tables import BODY_COLUMNS, Body, id_of
from kgbuild.read import DEFAULT_MODEL

BODIES_HEAD = """# Organisations of states, armed groups and parties that actors.ttl does not have.
# of: the one state of a group or party.
# aliases and acronyms: other names, each as it is written. A group's or a party's name counts where its state is named."""

INTERSTATE = frozenset(
    [
        "intorg",
        "political",
        "military",
        "energy",
        "bank",
        "unagency",
        "parliamentary",
        "economic",
        "forum",
        "fund",
        "customs",
        "food",
        "environment",
        "police",
        "court",
        "humanitarian",
        "trade",
        "telecom",
        "armscontrol",
    ]
)
"""The kinds of organisations that act in the news."""
LASTING = 10
"""Years over which a party is listed before it counts as a major one."""


def bodies_table(facts: Path, actors: Actors) -> str:
    """The text of bodies.tsv."""
    rows = [*_organisations(facts), *_groups(facts, actors), *_parties(facts, actors)]
    taken = {
        name.lower()
        for a in actors.actors.values()
        for name in (*a.names, *a.exact, *a.demonyms, *a.metonyms, *a.local_names)
    }
    items = {a.wikidata for a in actors.actors.values() if a.wikidata}
    owners: dict[str, set[tuple[str, str]]] = defaultdict(set)
    rows = [row for row in rows if row.wikidata not in items and id_of(row.name) not in actors.actors]
    for row in rows:
        for name in _names(row):
            owners[name.lower()].add((row.name, row.of))
    found: dict[str, tuple[str, ...]] = {}
    for row in sorted(rows, key=lambda row: (row.name, row)):
        free = {n for n in _names(row) if n.lower() not in taken and _tells(owners[n.lower()]) and not _is_common(n)}
        one = id_of(row.name) if id_of(row.name) not in found else f"{id_of(row.name)}_of_{row.of}"
        if row.name in free and one not in found:
            aliases, acronyms = ("; ".join(n for n in some.split("; ") if n in free) for some in (row.aliases, row.acronyms))
            found[one] = ("" if one == id_of(row.name) else one, row.cls, row.name, aliases, acronyms, *row[5:])
    sources = {letter: what for letter, what in SOURCES.values() if letter in "NUA"}
    return table_of(BODY_COLUMNS, sorted(found.values(), key=lambda row: (row[2], row)), BODIES_HEAD, sources)


def _names(row: Body) -> list[str]:
    return [n for n in (row.name, *row.aliases.split("; "), *row.acronyms.split("; ")) if n]


def _tells(owners: set[tuple[str, str]]) -> bool:
    """Whether a name tells one body from all others, if need be by the state that the text speaks of."""
    states = [of for _, of in owners]
    return len(owners) == 1 or (len(set(states)) == len(states) and all(states))


def _is_common(name: str) -> bool:
    """Whether a name is a word that means something else where it stands in capitals or at the head of a sentence."""
    return " " not in name and not name.isupper() and (len(name) < 6 or name.lower() in english_words())


@cache
def english_words() -> frozenset[str]:
    """The nouns, verbs and adjectives that the model's lemmatizer lists, which are WordNet's."""
    lookups = importlib.import_module(DEFAULT_MODEL).load().get_pipe("lemmatizer").lookups
    table = lookups.get_table("lemma_index")
    return frozenset(word for pos in ("noun", "adj", "verb") for word in table.get(pos, ()))


def _written(names: Iterable[str], but: str = "") -> str:
    """Names as news may write them, in order: without notes in brackets, letters of other scripts and lists of names."""
    parts = (part.strip() for name in names for part in re.split(r"[,;]| - ", name.replace("’", "'").replace("´", "'")))
    kept = {p.removeprefix("The ") for p in parts if re.fullmatch(r"[A-ZÀ-Ž][\w.'&\- ]{2,59}", p)}
    return "; ".join(sorted(k for k in kept if k != but and not re.search(r"\d{4}|faction|wing$", k)))


def _acronyms(record: dict[str, Any], shortest: int) -> str:
    """The acronyms of at least so many letters that are no English word."""
    found = {a for a in record["acronyms"] if re.fullmatch(r"[A-Z][A-Z-]+", a) and shortest <= len(a) <= 8}
    return "; ".join(sorted(a for a in found if a.lower() not in english_words()))


def _body(record: dict[str, Any], cls: str, of: str, shortest: int) -> Body | None:
    name = record["name"].replace("’", "'").replace("´", "'").removeprefix("The ").strip()
    name = re.sub(r" \([^)]*\)$", "", name)
    if _written([name]) != name or (" " not in name and name.isupper()):
        return None
    source = SOURCES[record["source"]][0]
    acronyms = _acronyms(record, shortest)
    aliases = _written((a for a in record["aliases"] if a not in record["acronyms"]), name)
    return Body("", cls, name, aliases, acronyms, of, record.get("wikidata") or "", source)


def _organisations(facts: Path) -> Iterator[Body]:
    for record in records(facts / "organisations.jsonl"):
        if record["kind"] in INTERSTATE and record["wikidata"] and len(record["members"]) > 2:
            body = _body(record, "IntergovernmentalOrganization", "", 4)
            if body and " " in body.name:
                yield body


def _groups(facts: Path, actors: Actors) -> Iterator[Body]:
    states = {a.iso3: a.id for a in actors.actors.values() if a.iso3}
    for record in records(facts / "armedgroups.jsonl"):
        of = [states[s] for s in record["states"] if s in states]
        body = _body(record, "ArmedGroup", of[0] if len(of) == 1 else "", 4)
        if body and of and not (len(of) > 1 and " " not in body.name):
            yield body


def _parties(facts: Path, actors: Actors) -> Iterator[Body]:
    states = {a.iso3: a.id for a in actors.actors.values() if a.iso3}
    for record in records(facts / "parties.jsonl"):
        if record["last"] - record["first"] >= LASTING and record["of"] in states:
            body = _body(record, "PoliticalParty", states[record["of"]], 4)
            if body:
                yield body
