"""The table of office-holders: one spelling of each, no contradiction that a better source settles, one id a person."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from facts import SOURCES, records, table_of

from kgbuild.ontology import Actors
from kgbuild.ontology.tables import HOLDER_COLUMNS, id_of, interval, key_of

RANKS = ("K", "ELPI", "CHAF", "W")
"""Where two sources contradict each other, one of an earlier group wins."""

OFFICES = {
    **{"head of government": "prime_minister", "defence minister": "defence_minister", "pope": "pope"},
    **{"central bank governor": "central_banker", "president of the organisation": "president"},
    **{"under secretary of state": "deputy_foreign_minister", "assistant secretary of state": "deputy_foreign_minister"},
    **{"deputy secretary of state": "deputy_foreign_minister", "deputy secretary-general": "deputy_head"},
    **{"senator": "lawmaker", "congressional leader": "lawmaker", "prince": "monarch", "grand duke": "monarch"},
    **{"secretary-general": "secretary_general", "director-general": "director_general"},
    **{"governor-general": "governor_general"},
}
"""The office of a line -> that of actors.ttl, where it is not the same words."""

HIGH = frozenset(
    ["president", "prime_minister", "foreign_minister", "secretary_of_state", "king", "queen", "emperor", "emir", "pope"]
)
FIRST_YEAR = {
    **dict.fromkeys(("minister", "central_banker", "trade_minister", "energy_minister"), 2000),
    **dict.fromkeys(("speaker", "chief_of_staff", "leader", "justice_minister", "economy_minister"), 1990),
}
"""A tenure that ended before is of no use: high offices count since 1945, others since 1980 or what stands here."""

ONE_LIST_ALONE = frozenset(["ambassador", "permanent_representative", "king", "president", "prime_minister"])
"""The offices for which the list of one day (W) is trusted where no other source speaks of somebody."""

PLACES = {
    **{"Kurdistan Region": "Iraqi_Kurdistan", "Artsakh": "Nagorno_Karabakh", "SCG": "Serbia_and_Montenegro"},
    **{"arab league": "Arab_League", "council of europe": "Council_of_Europe"},
    **{"oecd": "Organisation_for_Economic_Co_operation_and_Development"},
    "organisation for the prohibition of chemical weapons": "Organisation_for_the_Prohibition_of_Chemical_Weapons",
}

PATRONYMIC = re.compile(r"(?:[oey]v|[iy])(?:ich|itch|ych|ytch|na)$")
"""How a patronymic ends, which news leaves out: "Sergey Yuryevich Petrov"."""
MONTH = 31
GENERATION = 30
"""Years between two tenures of one name after which it is another person."""


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One tenure of the table, with the id of who holds it once that is known."""

    office: str
    of: str
    to: str
    begin: str
    end: str
    first_seen: str
    last_seen: str
    name: str
    aliases: tuple[str, ...]
    surname: str
    wikidata: str
    source: str
    shared: bool = False
    id: str = ""

    @property
    def seat(self) -> tuple[str, str, str]:
        return self.office, self.of, self.to

    @property
    def rank(self) -> int:
        return min(next(i for i, group in enumerate(RANKS) if letter in group) for letter in self.source)

    @property
    def sure(self) -> tuple[int, int]:
        """The first and the last day (ordinals) on which it surely holds."""
        return interval(self.begin or self.first_seen, self.end or self.last_seen, sure=True)

    @property
    def possible(self) -> tuple[int, int]:
        return interval(self.begin or self.first_seen, self.end or self.last_seen, sure=False)


def holders_table(facts: Path, actors: Actors) -> str:
    """The text of holders.tsv."""
    places = _places(actors)
    raw = [*records(facts / "officeholders-hand.jsonl"), *records(facts / "officeholders.jsonl")]
    lines = sorted({line for record in raw if (line := _line(record, places, actors)) is not None})
    seats = frozenset(a.id.removeprefix("office/") for a in actors.actors.values() if a.seat)
    lines = _joined(_without_contradictions(_with_one_spelling(lines, seats), seats))
    lines = _not_by_hand(_with_ids(lines, actors), actors, seats)
    rows = sorted((_row(line) for line in lines), key=lambda row: (row[1], row))
    sources = {letter: what for letter, what in SOURCES.values() if letter not in "NU"}
    return table_of(HOLDER_COLUMNS, rows, HOLDERS_HEAD, sources)


HOLDERS_HEAD = """# Who held which office of which state or body, from when to when; to: where an ambassador was sent.
# id: where it is not the name's words joined by "_".
# begin and end: a year, a month or a day, as far as it is known; first seen, last seen: when somebody was attested in an
# office whose begin or end is not known. shared: others are said to have held it at the same time."""


def _places(actors: Actors) -> dict[str, str]:
    """What the facts call a state or a body -> its id."""
    found = {name: a.id for a in actors.actors.values() if a.cls != "Person" for name in (*a.names, *a.exact)}
    found |= {a.iso3: a.id for a in actors.actors.values() if a.iso3}
    return found | {name: place for name, place in PLACES.items() if place in actors.actors}


def _line(record: dict[str, Any], places: dict[str, str], actors: Actors) -> Line | None:
    """The tenure that a record tells, None where it is of no use."""
    office = OFFICES.get(record["office"], record["office"].replace(" ", "_").replace("-", "_"))
    of, to = places.get(record["of"]), places.get(record.get("to") or "", "")
    if of == "United_States":
        office = {"foreign_minister": "secretary_of_state", "justice_minister": "attorney_general"}.get(office, office)
    elif office == "secretary_of_state":
        office = "minister"
    name = _cleaned(record["name"])
    if of is None or not _is_name(name) or f"office/{office}" not in actors.actors or bool(record.get("to")) != bool(to):
        return None
    end = record["end"] or record.get("last_seen") or ""
    first_year = 1945 if office in HIGH else FIRST_YEAR.get(office, 1980)
    if end[:4] < str(first_year):
        return None
    aliases = [_cleaned(alias) for alias in record["aliases"]]
    if len(name.split()) == 2:  # "Castello Branco" is but a surname
        name = min((a for a in aliases if _is_name(a) and a.endswith(f" {name}")), key=len, default=name)
    letters = "".join(sorted({SOURCES[source][0] for source in record["source"].split("; ")}))
    if letters == "W" and office not in ONE_LIST_ALONE:
        office = "minister"  # it calls ministers of state so, too
    if "Supreme" in record.get("title", ""):
        return None
    open_begin, open_end = record["begin"] is None, record["end"] is None
    return Line(
        office,
        of,
        to,
        record["begin"] or "",
        record["end"] or "",
        (record.get("first_seen") or "") if open_begin else "",
        (record.get("last_seen") or "") if open_end else "",
        name,
        tuple(sorted({a for a in aliases if _is_name(a) and a != name and (_alike(a, name) or _of_one_family(a, name))})),
        record.get("surname") or "",
        record["wikidata"] or "",
        letters,
    )


def _cleaned(name: str) -> str:
    name = name.replace("’", "'").replace("‘", "'").replace("′", "'").replace("–", "-")
    words = re.sub(r", (Jr|Sr|II|III)\.?$", "", name).split()
    if len(words) == 3 and PATRONYMIC.search(words[1]):
        del words[1]
    return " ".join(words)


def _is_name(name: str) -> bool:
    """Whether news may call a person so: two words or more of letters, the first a capital."""
    words = name.split()
    plain = re.fullmatch(r"[\w.'\- ]+", name) is not None and not re.search(r"[\d_?]", name)
    garbled = re.search(r"[a-z][A-Z]\b|\w{2}\.\w", name) is not None
    return (
        plain
        and not garbled
        and len(words) > 1
        and words[0][0].isupper()
        and words[-1][0].isalpha()
        and len(key_of(name)) > 6
    )


def _alike(one: str, other: str) -> bool:
    """Whether two names may be spellings of one: the words of one among the other's, or nearly the same letters and the same
    initials: Ed Markey is not Jeff Merkley."""
    a, b = key_of(one).split(), key_of(other).split()
    if set(a) <= set(b) or set(b) <= set(a):
        return True
    initials = [Counter(word[0] for word in words) for words in (a, b)]
    if not (initials[0] <= initials[1] or initials[1] <= initials[0]):
        return False
    near = SequenceMatcher(None, " ".join(sorted(a)), " ".join(sorted(b)), autojunk=False).ratio()
    last = SequenceMatcher(None, a[-1], b[-1], autojunk=False).ratio()
    return near >= 0.8 or (a[0][0] == b[0][0] and last >= 0.75 and near >= 0.6)


def _of_one_family(one: str, other: str) -> bool:
    """Whether two names end alike; of the names that a source gives to one person, that is enough."""
    return key_of(one).split()[-1] == key_of(other).split()[-1]


def _by_seat(lines: Iterable[Line]) -> dict[tuple[str, str, str], list[Line]]:
    seats: dict[tuple[str, str, str], list[Line]] = defaultdict(list)
    for line in lines:
        seats[line.seat].append(line)
    return seats


def _meet(one: Line, other: Line) -> bool:
    """Whether two tenures hold together for over a month, by their sure days; of a worse source, by its possible ones."""
    a = one.possible if one.rank > other.rank else one.sure
    b = other.possible if other.rank > one.rank else other.sure
    return min(a[1], b[1]) - max(a[0], b[0]) > MONTH


def _touch(one: Line, other: Line) -> bool:
    """Whether two tenures may hold together, by their possible days."""
    return max(one.possible[0], other.possible[0]) <= min(one.possible[1], other.possible[1]) + MONTH


def _with_one_spelling(lines: list[Line], seats: frozenset[str]) -> list[Line]:
    """The lines, two that spell the same holder of a seat differently by the name of the better source."""
    found = []
    for seat, some in _by_seat(lines).items():
        if seat[0] not in seats:  # of many ministers, two may be called nearly alike
            found += some
            continue
        best = sorted(some, key=lambda line: (line.rank, line))
        for at, line in enumerate(best):
            better = next(
                (b for b in best[:at] if b.name != line.name and _touch(b, line) and _alike(b.name, line.name)), None
            )
            if better is not None:
                names = {line.name, *line.aliases, *better.aliases} - {better.name}
                line = replace(line, name=better.name, aliases=tuple(sorted(names)))
                best[at] = line
            found.append(line)
    return sorted(found)


def _joined(lines: list[Line]) -> list[Line]:
    """The lines, those of one holder and seat that touch made one: the dates of the best source, the names of all."""
    found = []
    for some in _by_seat(lines).values():
        groups: list[list[Line]] = []
        for line in sorted(some, key=lambda line: (line.rank, line)):
            home = next(
                (g for g in groups if key_of(g[0].name) == key_of(line.name) and any(_touch(line, o) for o in g)), None
            )
            if home is None:
                groups.append([line])
            else:
                home.append(line)
        found += [_one_of(group) for group in groups]
    return sorted(found)


def _one_of(group: list[Line]) -> Line:
    first, *others = group
    for other in others:
        names = {*first.aliases, other.name, *other.aliases} - {first.name}
        source = "".join(sorted({*first.source, *other.source}))
        first = replace(first, aliases=tuple(sorted(names)), source=source, wikidata=first.wikidata or other.wikidata)
        if not first.end and (other.end or other.last_seen) > first.last_seen:
            first = replace(first, end=other.end, last_seen="" if other.end else other.last_seen)
        if not first.begin and other.begin:
            first = replace(first, begin=other.begin, first_seen="")
    return first


def _without_contradictions(lines: list[Line], seats: frozenset[str]) -> list[Line]:
    """The lines without those that a better source contradicts; two of equal rank that do are marked as shared."""
    found = []
    for seat, some in _by_seat(lines).items():
        if seat[0] not in seats:
            found += some
            continue
        kept: list[Line] = []
        shared: set[Line] = set()
        for line in sorted(some, key=lambda line: (line.rank, line)):
            others = [o for o in kept if key_of(o.name) != key_of(line.name) and _meet(o, line)]
            if any(o.rank < line.rank for o in others):
                continue
            shared |= {line, *others} if others else set()
            kept.append(line)
        found += [replace(line, shared=True) if line in shared else line for line in kept]
    return sorted(found)


# -- who is one person ----------------------------------------------------------------------------


def _with_ids(lines: list[Line], actors: Actors) -> list[Line]:
    """The lines, each with the id of its person; names of one person as one name, aliases that are another's left out."""
    persons = [part for group in _persons(lines, actors) for part in _generations(group)]
    persons.sort(key=lambda group: (-len(group), group[0]))
    items = _wikidata_items(persons)
    by_hand = _persons_by_hand(actors)
    wikidata = {a.wikidata: a.id for a in actors.actors.values() if a.wikidata}
    taken: set[str] = set(actors.actors)
    found: list[Line] = []
    for number, group in enumerate(persons):
        item, name = items[number], _name_of(group)
        known = wikidata.get(item) or _by_hand(group, by_hand, actors)
        if known is not None and actors.actors[known].cls != "Person":
            known = None
        one = known or next(i for i in _ids(name, group) if i not in taken)
        taken.add(one)
        aliases = {a for line in group for a in (line.name, *line.aliases)} - {name}
        surname = next((line.surname for line in group if line.surname and line.surname in name), "")
        found += [
            replace(line, id=one, name=name, aliases=tuple(sorted(aliases)), surname=surname, wikidata=item)
            for line in group
        ]
    return _without_others_names(found)


def _persons(lines: list[Line], actors: Actors) -> list[list[Line]]:
    """The lines, those of one person together: by one name in one state, or one name and Wikidata item.

    A state's citizen and an organisation's officer of one name are one person.
    """
    states = {line.of for line in lines if actors.actors[line.of].cls == "State"}
    by_name: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_name[key_of(line.name)].append(line)
    found = []
    for some in by_name.values():
        groups: dict[str, list[Line]] = defaultdict(list)
        for line in some:
            groups[line.of if line.of in states else ""].append(line)
        abroad = groups.pop("", [])
        if abroad:
            homes = [
                g
                for g in groups.values()
                if len(groups) == 1 or {x.wikidata for x in g} & {x.wikidata for x in abroad} - {""}
            ]
            if homes:
                homes[0].extend(abroad)
            else:
                groups[""] = abroad
        merged: list[list[Line]] = []
        for group in groups.values():
            item = {line.wikidata for line in group} - {""}
            home = next((g for g in merged if item & {line.wikidata for line in g}), None)
            if home is not None:
                home.extend(group)
            else:
                merged.append(group)
        found += merged
    return [sorted(group) for group in found]


def _generations(group: list[Line]) -> list[list[Line]]:
    """The lines of one name parted where too many years lie between: grandfather and grandson."""
    ordered = sorted(group, key=lambda line: (line.possible, line))
    parts = [[ordered[0]]]
    for line in ordered[1:]:
        if line.possible[0] - max(b.possible[1] for b in parts[-1]) > GENERATION * 365:
            parts.append([])
        parts[-1].append(line)
    return parts


def _wikidata_items(persons: list[list[Line]]) -> list[str]:
    """The Wikidata item of each person, empty where there is none; of two persons with one item, the later has it."""
    chosen = []
    for group in persons:
        items = [line.wikidata for line in group if line.wikidata]
        chosen.append(min(set(items), key=lambda item: (-items.count(item), item)) if items else "")
    last: dict[str, int] = {}
    for number, item in enumerate(chosen):
        if item and (item not in last or persons[number][-1].possible > persons[last[item]][-1].possible):
            last[item] = number
    return [item if item and last[item] == number else "" for number, item in enumerate(chosen)]


def _name_of(group: list[Line]) -> str:
    """What a person is called: without initials, and as the best source does; of equal ones the name of most lines."""
    names = [line.name for line in group]

    def order(line: Line) -> tuple[bool, int, int, int, str]:
        initials = any(len(word.rstrip(".")) == 1 for word in line.name.split())
        return initials, line.rank, -names.count(line.name), len(line.name), line.name

    return min(group, key=order).name


def _persons_by_hand(actors: Actors) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for actor in actors.actors.values():
        if actor.cls == "Person":
            for name in actor.names:
                found[key_of(name)].append(actor.id)
    return found


def _by_hand(group: list[Line], by_hand: dict[str, list[str]], actors: Actors) -> str | None:
    """The person of actors.ttl that a group is: one of its names, and a state of theirs where theirs are known."""
    for name in dict.fromkeys(n for line in group for n in (line.name, *line.aliases)):
        for person in by_hand.get(key_of(name), ()):
            own = {actors.actors[person].of, *(_state(t.of, actors) for t in actors.held_by(person))} - {None}
            if not own or own & {_state(line.of, actors) for line in group}:
                return person
    return None


def _state(body: str, actors: Actors) -> str:
    known = actors.actors.get(body)
    return (known.of if known and known.of else None) or body


def _ids(name: str, group: list[Line]) -> Iterator[str]:
    yield id_of(name)
    yield f"{id_of(name)}_of_{group[0].of}"
    yield from (f"{id_of(name)}_of_{group[0].of}_{line.begin[:4] or line.end[:4]}" for line in group)
    yield from (f"{id_of(name)}_of_{group[0].of}_{number}" for number in range(2, 99))


def _without_others_names(lines: list[Line]) -> list[Line]:
    """The lines without aliases that are another person's name: a wrong one is worse than none."""
    owners: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        owners[key_of(line.name)].add(line.id)
    return [
        replace(
            line,
            aliases=tuple(
                a for a in line.aliases if key_of(a) != key_of(line.name) and owners.get(key_of(a), {line.id}) == {line.id}
            ),
        )
        for line in lines
    ]


def _not_by_hand(lines: list[Line], actors: Actors, seats: frozenset[str]) -> list[Line]:
    """The lines without those of a seat that actors.ttl fills at the time, with the same person or another."""
    filled = defaultdict(list)
    for tenure in actors.tenures:
        office = tenure.office.removeprefix("office/")
        filled[office, tenure.of, tenure.to or ""].append(
            Line(
                office,
                tenure.of,
                tenure.to or "",
                tenure.begin or "",
                tenure.end or "",
                "",
                "" if tenure.end else "2100",
                "",
                (),
                "",
                "",
                "K",
                id=tenure.holder,
            )
        )

    def is_known(line: Line) -> bool:
        return any(
            _touch(line, t) if t.id == line.id else line.office in seats and _meet(line, t) for t in filled[line.seat]
        )

    return [line for line in lines if not is_known(line)]


def _row(line: Line) -> tuple[str, ...]:
    shared = "shared" if line.shared else ""
    return (
        *(
            "" if line.id == id_of(line.name) else line.id,
            line.name,
            "; ".join(line.aliases),
            line.surname,
            line.office,
            line.of,
            line.to,
            line.begin,
            line.end,
        ),
        *(line.first_seen, line.last_seen, shared, line.wikidata, line.source),
    )
