"""Who held which office, and which bodies there are, by the tables beside actors.ttl; asked by name, by office, by id.

The tables are made by ontology/tools/tables.py; what actors.ttl says wins over them. They are kept as the lines that
they are, and a line is taken apart when it is asked for: there are many, and an article asks for few.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

HOLDERS, BODIES = "holders.tsv", "bodies.tsv"
HOLDER_COLUMNS = (
    *("id", "name", "aliases", "surname", "office", "of", "to", "begin", "end", "first seen", "last seen", "shared"),
    *("wikidata", "source"),
)
BODY_COLUMNS = ("id", "class", "name", "aliases", "acronyms", "of", "wikidata", "source")


class Row(NamedTuple):
    """One line of holders.tsv."""

    id: str
    name: str
    aliases: str
    surname: str
    office: str
    of: str
    to: str
    begin: str
    end: str
    first_seen: str
    last_seen: str
    shared: str
    wikidata: str
    source: str


class Body(NamedTuple):
    """One line of bodies.tsv."""

    id: str
    cls: str
    name: str
    aliases: str
    acronyms: str
    of: str
    wikidata: str
    source: str


@dataclass(frozen=True, slots=True)
class Tables:
    """The lines of both tables, with the keys by which they are found."""

    holders: dict[str, str]
    """Person -> the lines of holders.tsv on him, parted by line ends."""
    by_name: dict[str, str]
    """The key of a full name -> the persons who bear it, parted by blanks."""
    by_short_name: dict[str, str]
    """The key of the first word of a longer name and another -> the persons: "Sergey Nechayev" of Sergey Yuryevich."""
    by_surname: dict[str, str]
    """The key of a surname -> the persons who may be called so."""
    by_seat: dict[str, str]
    """An office and whose it is, with a blank between -> the persons who have held it."""
    bodies: dict[str, str]
    """Body -> its line of bodies.tsv."""
    by_body_name: dict[str, str]
    """A name or an acronym of a body, as written -> the bodies that bear it."""
    first_words: frozenset[str]
    """The words with which the full names of two persons or more begin: "Mahdi", "Wang"."""

    def rows(self, person: str) -> list[Row]:
        """What the table says of a person; nothing of who is not in it."""
        lines = self.holders.get(person)
        return [Row(person, *line.split("\t")[1:]) for line in lines.split("\n")] if lines else []

    def named(self, name: str) -> list[str]:
        """The persons of this full name, however it is spelled; initials in the middle do not count."""
        key = key_of(name)
        found = self.by_name.get(key)
        if found is None:
            words = key.split()
            found = self.by_name.get(" ".join(w for w in words if len(w) > 1)) if len(words) > 2 else None
        return found.split() if found else []

    def named_in_short(self, name: str) -> list[str]:
        """The persons of whose longer full name these two words are the first and another."""
        return self.by_short_name.get(key_of(name), "").split()

    def surnamed(self, surname: str) -> list[str]:
        """The persons whom their surname alone may name."""
        return self.by_surname.get(key_of(surname), "").split()

    def in_seat(self, office: str, of: str) -> list[str]:
        """The persons who are said to have held an office of a state or body."""
        return self.by_seat.get(f"{office} {of}", "").split()

    def body(self, entity: str) -> Body | None:
        """The body of this id, None for what is not in the table."""
        line = self.bodies.get(entity)
        return Body(entity, *line.split("\t")[1:]) if line else None

    def bodies_named(self, name: str) -> list[str]:
        """The bodies of this name or acronym."""
        return self.by_body_name.get(name, "").split()


def read_tables(holders: str, bodies: str) -> Tables:
    """The tables of the texts of holders.tsv and bodies.tsv, both of which may be empty."""
    lines: dict[str, list[str]] = defaultdict(list)
    names, short, surnames, seats, begun = (defaultdict[str, set[str]](set) for _ in range(5))
    for line in _lines(holders):
        row = Row(*line.split("\t"))
        person = row.id or id_of(row.name)
        lines[person].append(line)
        seats[f"office/{row.office} {row.of}"].add(person)
        for name in (row.name, *(row.aliases.split("; ") if row.aliases else ())):
            names[key_of(name)].add(person)
            for part in _short_forms(key_of(name)):
                short[part].add(person)
        surnames[key_of(row.surname or row.name.split()[-1])].add(person)
        if " " in row.name:
            begun[row.name.split()[0]].add(person)
    named = defaultdict[str, set[str]](set)
    body_lines = {}
    for line in _lines(bodies):
        body = Body(*line.split("\t"))
        body_lines[body.id or id_of(body.name)] = line
        for name in (body.name, *body.aliases.split("; "), *body.acronyms.split("; ")):
            named[name].add(body.id or id_of(body.name))
    return Tables(
        {person: "\n".join(some) for person, some in lines.items()},
        by_name=_packed(names),
        by_short_name=_packed(short),
        by_surname=_packed(surnames),
        by_seat=_packed(seats),
        bodies=body_lines,
        by_body_name=_packed(named),
        first_words=frozenset(word for word, some in begun.items() if len(some) > 1 and len(word) > 2 and word.isalpha()),
    )


def _short_forms(key: str) -> Iterator[str]:
    """The first word of a name of three or more with its last, and with its second."""
    words = [word for word in key.split() if len(word) > 2]
    if len(words) > 2:
        yield f"{words[0]} {words[-1]}"
        yield f"{words[0]} {words[1]}"


def _lines(table: str) -> Iterator[str]:
    """The lines of a table without its remarks and the names of its columns."""
    told = (line for line in table.split("\n") if line and not line.startswith("#"))
    next(told, None)
    return told


def _packed(found: dict[str, set[str]]) -> dict[str, str]:
    return {key: " ".join(sorted(some)) for key, some in found.items() if key}


# -- names ----------------------------------------------------------------------------------------

UNFOLDED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "þ": "th", "œ": "oe", "ə": "e"}
    | {"Ø": "O", "Ł": "L", "Đ": "D", "Æ": "Ae", "Þ": "Th", "Ə": "E"}
)
"""Letters that Unicode does not take apart into a letter of ASCII and a mark."""


LONG = 6
"""Letters of a word whose vowels are told apart by no more than their kind: Mohammed, Muhammad."""


def key_of(name: str) -> str:
    """What spellings of one name share: no case, marks, hyphens or doubled letters, one ending for -y, -i, -iy, -ii, one for
    -ei, -ey, one for -dr, -der; in long words one letter for a and e, and one for o and u.
    """
    folded = unicodedata.normalize("NFKD", name.lower().translate(UNFOLDED))
    plain = "".join(c for c in folded if not unicodedata.combining(c)).replace("'", "").replace("’", "")
    return " ".join(_folded(word) for word in re.findall(r"[^\W_]+", plain))


PARTICLES = {"el": "al", "ul": "al", "ibn": "bin"}
"""Particles of Arabic names that are one, however they are heard."""


@cache
def _folded(word: str) -> str:
    word = PARTICLES.get(word, word)
    word = re.sub(r"e[ij]$", "ey", word) if word[-2:] in ("ei", "ej") else re.sub(r"(?:iy|ii|yy|ij|i)$", "y", word)
    word = re.sub(r"([dt])r$", r"\1er", re.sub(r"(.)\1", r"\1", word.replace("ks", "x")))
    return word.translate(ALIKE) if len(word) >= LONG else word


ALIKE = str.maketrans("eu", "ao")


def id_of(name: str) -> str:
    """The id of who has this name in a table, in ASCII letters where that keeps all of them."""
    return slug(name.translate(UNFOLDED))


def slug(name: str) -> str:
    """The id of a thing that is known by its name alone: ASCII where that keeps something, words joined by "_"."""
    folded = unicodedata.normalize("NFKD", name)
    words = re.findall(r"\w+", "".join(c for c in folded if not unicodedata.combining(c)))
    return "_".join(words)[:120]


# -- time -----------------------------------------------------------------------------------------


def interval(begin: str, end: str, *, sure: bool) -> tuple[int, int]:
    """The first and the last day, as ordinals, between two dates of a year, a month or a day; an empty one is open.

    *sure*: the days on which it holds whatever day of the year or month is meant; else those on which it may.
    """
    first, last = days_of(begin) or (0, 0), days_of(end) or (9_999_999, 9_999_999)
    return (first[1], last[0]) if sure else (first[0], last[1])


def days_of(when: str) -> tuple[int, int] | None:
    """The first and the last day of a year, a month or a day; None for the empty word."""
    if not when:
        return None
    year, month, day = (int(part) for part in (*when.split("-"), "0", "0")[:3])
    if not 1 <= year <= 9998:
        return None
    first = date(year, month or 1, day or 1)
    last = first if day else date(year, month or 12, calendar.monthrange(year, month or 12)[1])
    return first.toordinal(), last.toordinal()
