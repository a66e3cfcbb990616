"""Fields under other people's names: which field of a table is the text, which the title, the date, the publisher.

The names are guessed by the lists in `ontology/fields.toml`, or given outright as `Fields`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from kgbuild.errors import OntologyError, Problem
from kgbuild.ontology import default_folder
from kgbuild.read.text.columns import holds_ids, is_id, is_prose, prose_column
from kgbuild.read.text.record import Record, Unnamed, digest_of

FILE = "fields.toml"
"""Where the names are listed; an ontology folder without it has our own."""
ROLES = ("text", "title", "date", "publisher", "source", "url", "id")
SUMMARY = "summary"
"""The list of what is read as the text where there is none."""
PAGE = "page"
"""The table of the words of web pages, which `formats.page_words` reads."""
DEEP = 4
"""Levels of objects and arrays within which articles are looked for."""
KEYS = 200
"""Fields of a record of which is kept, for the next one, which names stand among them, at most."""
NAMED = 12
"""Fields that a Problem lists at most."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The names of fields, given outright: each replaces what would be guessed. A dot leads into a nested object."""

    text: str | None = None
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None
    id: str | None = None

    def of(self, role: str) -> str | None:
        """The name given for *role*; where the publisher's is given, nothing else says where an article was found."""
        name: str | None = getattr(self, role, None)
        return name


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a field, as it is compared."""

    spelled: str
    steps: tuple[str, ...]
    """From the record inwards."""
    together: str
    """In a flat table."""


@dataclass(frozen=True, slots=True, eq=False)
class NameList:
    """Names of one role, the likeliest first. Two lists are never alike, so that looking up by one takes no time."""

    names: tuple[Name, ...]


Names = Mapping[str, NameList]
"""The names of each role."""


def known_names(folder: Path) -> Names:
    """The names that the file in *folder* lists for each role. Raises OntologyError where it cannot be used."""
    path = folder / FILE
    path = path if path.is_file() else default_folder() / FILE
    try:
        lists = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise OntologyError(f"{path}: cannot be read: {error}.") from error
    lists.pop(PAGE, None)
    for role, names in lists.items():
        if role not in (*ROLES, SUMMARY):
            raise OntologyError(f"{path}: {role} is no part of an article. It lists {', '.join((*ROLES, SUMMARY))}.")
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise OntologyError(f'{path}: {role} is no list of names. Write {role} = ["{role}"].')
    return {role: NameList(tuple(map(_name, lists.get(role, [role])))) for role in (*ROLES, SUMMARY)}


class Naming:
    """Gives the records of tables our names of fields, file by file; it holds what has been told of the file at hand."""

    def __init__(self, given: Fields, known: Names) -> None:
        """Fields that are *given* are what they are said to be; the others are guessed by the *known* names."""
        self._given, self._known = given, known
        self._hopeless = self._begun = False
        self._text: str | None = ""
        self._begin("")

    def named(self, record: Unnamed) -> Iterator[Record | Problem]:
        """The articles that *record* is or holds; a Problem if it has none, in a table without a text once for all its rows.

        What was guessed is told once a file, with the first record of which it is true.
        """
        if record.file != self._file:
            yield from self.end()
            self._begin(record.file)
        if self._hopeless:
            return
        if record.columns and not self._begun:
            self._begun = True
            self._text = _text_column(record, self._given, self._known)
            if self._text is None:
                self._hopeless = True
                what = f"no column is known to hold the text: it has {_listed(record.columns) or 'none with a name'}."
                yield Problem(self._file, what, _CURE)
                return
        for one in _unfolded(record, self._given, self._known):
            yield one if isinstance(one, Problem) else self._named(one)

    @property
    def is_hopeless(self) -> bool:
        """Whether the file at hand is a table without a text, which has been told."""
        return self._hopeless

    def end(self) -> Iterator[Problem]:
        """What is to be told when the last file has been read: the fields given that no record has."""
        for field in sorted(self._lacking - self._seen):
            what = f"no record has a value in `{field}`."
            yield Problem(self._file, what, "Check the name; a dot leads into a nested object.", lost=False)
        self._begin("")

    def _begin(self, file: str) -> None:
        self._file, self._hopeless, self._begun = file, False, False
        self._text = ""
        self._told = set[tuple[str, str]]()
        self._lacking, self._seen = set[str](), set[str]()

    def _named(self, record: Unnamed) -> Record:
        given = replace(self._given, text=self._text) if self._text else self._given
        fields, guessed = _named(record.fields, given, self._known)
        if self._text:
            guessed = {"text": self._text, **guessed}
        for role in ROLES[1:]:
            if name := self._given.of(role):
                (self._seen if fields.get(role) else self._lacking).add(name)
        new = [(role, key) for role, key in guessed.items() if (role, key) not in self._told]
        where = record.source if self._told else self._file
        self._told.update(new)
        taken = ", ".join(f"{_SHOWN.get(role, role)} from `{_harmless(key)}`" for role, key in new)
        note = [Problem(where, f"{taken}.", lost=False)] if new else []
        return Record(fields, record.source, digest_of(fields), record.number, (*note, *record.problems))


_SHOWN = {"source": "publisher"}
_CURE = "Say which it is: --text-field NAME."


def _named(fields: Mapping[str, Any], given: Fields, known: Names) -> tuple[dict[str, Any], dict[str, str]]:
    """*fields* with those of our names too, and which of them was taken from a field of another name that was guessed."""
    named, guessed = dict(fields), dict[str, str]()
    keys = _keys(fields)
    for role in ROLES:
        outright = given.of(role)
        at = _find(fields, keys, _outright(outright), role) if outright else _find(fields, keys, known[role], role)
        if at is None and role == "text" and not outright:
            at = _find(fields, keys, known[SUMMARY], role)
        if role == "source" and given.publisher:
            at = None
        if at is not None:
            path, value = at
            named[role] = value
            if not outright and _plain(path) != role:
                guessed[role] = path
        elif outright or not isinstance(named.get(role), (str, int)):
            named[role] = None
    if named["text"] is None:
        named["text"] = ""  # a field that is there and empty: whoever has none does not come here
    return named, guessed


def _has_text(fields: Mapping[str, Any], given: Fields, known: Names, *, empty: bool = False) -> bool:
    """Whether there is a text; *empty*: or the summary that stands for it, or a field for it that holds nothing."""
    keys = _keys(fields)
    names = _outright(given.text) if given.text else known["text"]
    if _find(fields, keys, names, "text") is not None:
        return True
    if not empty:
        return False
    plain = {_plain(key) for key, value in fields.items() if value == ""}
    found = not given.text and _find(fields, keys, known[SUMMARY], "text") is not None
    return found or any(name.together in plain for name in names.names)


def _text_column(record: Unnamed, given: Fields, known: Names) -> str | None:
    """The column of the text where what the table holds tells it, "" where its name does; None where nothing tells it.

    A name counts unless its column holds ids, or neither it nor a summary holds running text where a column without a
    known name does.
    """
    if given.text:
        return "" if _columns_named(record.columns, _outright(given.text)) else None
    sample = record.sample
    named = [column for column in _columns_named(record.columns, known["text"]) if not holds_ids(column, sample)]
    short = [column for column in _columns_named(record.columns, known[SUMMARY]) if not holds_ids(column, sample)]
    if not any(is_prose(column, sample) for column in (*named, *short)):
        others = {column for role in ROLES for column in _columns_named(record.columns, known[role])} | {
            column
            for role in ROLES
            if (name := given.of(role))
            for column in _columns_named(record.columns, _outright(name))
        }
        if (found := prose_column(record.columns, sample, but=others)) is not None:
            return found
    if not named and not short:
        return None
    # Of names that fit, the likeliest is taken row by row, unless the likeliest one's column holds ids.
    likeliest = _columns_named(record.columns, known["text"])
    return named[0] if named and named[0] != likeliest[0] else ""


def _columns_named(columns: Iterable[str], names: NameList) -> list[str]:
    """The columns that have one of *names*, in the order of these."""
    plain: dict[str, str] = {}
    for column in columns:
        plain.setdefault(_plain(column), column)
    return list(dict.fromkeys(plain[name.together] for name in names.names if name.together in plain))


# -- finding a field ------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


@lru_cache(maxsize=1024)
def _name(spelled: str) -> Name:
    steps = tuple(_plain(step) for step in spelled.split("."))
    return Name(spelled, steps, "".join(steps))


@lru_cache(maxsize=64)
def _outright(spelled: str) -> NameList:
    return NameList((_name(spelled),))


def _keys(fields: Mapping[str, Any]) -> dict[str, str]:
    """The keys of the fields that hold something, as they are compared; of two that are alike the first."""
    keys: dict[str, str] = {}
    for key, value in fields.items():
        if value is not None and value != "":
            keys.setdefault(_plain(key), key)
    return keys


def _find(fields: Mapping[str, Any], keys: Mapping[str, str], names: NameList, role: str) -> tuple[str, Any] | None:
    """The first of *names* that holds a value fit for *role*: how it is spelled here, and the value."""
    for name in _there(tuple(keys), names) if len(keys) <= KEYS else names.names:
        key = name.spelled if fields.get(name.spelled) not in (None, "") else keys.get(name.together)
        if key is not None and (value := _fit(fields[key], role)) is not None and not _is_id(names, name, value, role):
            return key, value
        if len(name.steps) > 1 and (inner := _inner(fields, keys, name.steps)):
            path, found = inner
            if (value := _fit(found, role)) is not None:
                return path, value
    return None


def _is_id(names: NameList, name: Name, value: Any, role: str) -> bool:
    """Whether what might be the text by its name is the id of one: {"article": "a17", "words": "…"}. A field called text, or
    said outright to be the text, is the text.
    """
    guessed = role == "text" and name.together != "text" and names is not _outright(name.spelled)
    return guessed and isinstance(value, str) and is_id(value)


@lru_cache(maxsize=1024)
def _there(keys: tuple[str, ...], names: NameList) -> tuple[Name, ...]:
    """Those of *names* that may be found among *keys*: the records of a file have the same keys, or nearly."""
    return tuple(name for name in names.names if name.together in keys or name.steps[0] in keys)


def _inner(fields: Mapping[str, Any], keys: Mapping[str, str], steps: tuple[str, ...]) -> tuple[str, Any] | None:
    path: list[str] = []
    value: Any = fields
    for number, step in enumerate(steps):
        if not isinstance(value, Mapping):
            return None
        key = keys.get(step) if number == 0 else next((key for key in value if _plain(key) == step), None)
        if key is None:
            return None
        path.append(key)
        value = value[key]
    return ".".join(path), value


def _fit(value: Any, role: str) -> Any:
    """*value* if it can be what *role* needs, a list of paragraphs as one text; else None."""
    if role == "text":
        if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
            value = "\n\n".join(value)
        return value if isinstance(value, str) and value.strip() else None
    if role == "date":
        return None if value is None or (isinstance(value, str) and not value.strip()) else value
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    return value if not isinstance(value, str) or value.strip() else None


# -- objects that hold articles -------------------------------------------------------------------


def _unfolded(record: Unnamed, given: Fields, known: Names) -> Iterator[Unnamed | Problem]:
    """The record if it is an article, else the articles within it; a Problem if there are none."""
    if record.columns or _has_text(record.fields, given, known, empty=True):
        yield record
        return
    held = list(_held(record.fields, given, known, DEEP))
    if not held:
        yield _no_text(record, record.source, record.fields, given)
        return
    for number, fields in enumerate(held, 1):
        alone = record.number is None
        where = f"{record.source}{':' if alone else '.'}{number}" if len(held) > 1 or alone else record.source
        if not isinstance(fields, Mapping) or not _has_text(fields, given, known, empty=True):
            yield _no_text(record, where, fields, given)
            continue
        met = record.problems if number == 1 else ()
        yield replace(record, fields=fields, source=where, number=number if alone else record.number, problems=met)


def _no_text(record: Unnamed, where: str, fields: Any, given: Fields) -> Problem:
    if given.text:
        return Problem(where, f'no "{given.text}".', _has(fields))
    others = _has(fields)
    return Problem(where, 'no "text".', f"{others} {_CURE}" if others else 'A record needs at least {"text": "..."}.')


def _has(fields: Any) -> str:
    """`It has a, b.`: the fields that hold a text, but for the title; nothing if there are none."""
    if not isinstance(fields, Mapping):
        return ""
    keys = [key for key, value in fields.items() if isinstance(value, str) and value.strip() and _plain(key) not in ROLES]
    return f"It has {_listed(keys)}." if keys else ""


def _listed(names: Iterable[str]) -> str:
    names = [name for name in names if name.strip()]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(f"`{_harmless(name)}`" for name in names[:NAMED]) + more


def _harmless(name: str) -> str:
    """A name out of a file, as it may be shown: no line ends, nothing that a terminal would obey."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name[:40])


def _held(value: Any, given: Fields, known: Names, depth: int) -> Iterator[Any]:
    """The objects within *value*, at most *depth* levels down, of an array (or object) that has articles: all of them."""
    if isinstance(value, Mapping):
        inner = [child for child in value.values() if isinstance(child, Mapping) and _has_text(child, given, known)]
        if len(inner) == 1:
            yield {**value, **inner[0]}  # {"id": 7, "attributes": {"text": …}} is one article
            return
        children = [child for child in value.values() if isinstance(child, (Mapping, list))]
    else:
        children = list(value)
        inner = [child for child in children if isinstance(child, Mapping) and _is_article(child, given, known)]
    if inner:
        yield from (_whole(child, given, known) for child in children)
    elif depth:
        for child in children:
            if isinstance(child, (Mapping, list)):
                yield from _held(child, given, known, depth - 1)


def _is_article(fields: Mapping[str, Any], given: Fields, known: Names) -> bool:
    return _has_text(fields, given, known, empty=True) or _whole(fields, given, known) is not fields


def _whole(fields: Any, given: Fields, known: Names) -> Any:
    """*fields*, with those of the one object in it that has the text if they have none."""
    if not isinstance(fields, Mapping) or _has_text(fields, given, known):
        return fields
    inner = [child for child in fields.values() if isinstance(child, Mapping) and _has_text(child, given, known)]
    return {**fields, **inner[0]} if len(inner) == 1 else fields
