"""What makers of web pages call their parts: the table `page` of `ontology/fields.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kgbuild.errors import OntologyError
from kgbuild.ontology import default_folder
from kgbuild.read.text.fields import FILE, PAGE


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of each list, ready to be looked for."""

    lead: re.Pattern[str]
    """Finds a word that names a lead."""
    beside: re.Pattern[str]
    """Finds a part of a word that names what is no part of the story."""
    changed: re.Pattern[str]
    """Finds a part of a word that names the time of a change."""
    others: frozenset[str]
    """Keys of JSON-LD that say something of other pages."""


@cache
def page_words() -> PageWords:
    """The words of our own file. Raises OntologyError where a list is missing, or is none."""
    path = default_folder() / FILE
    try:
        lists = tomllib.loads(path.read_text(encoding="utf-8")).get(PAGE)
    except (OSError, ValueError) as error:
        raise OntologyError(f"{path}: cannot be read: {error}.") from error
    named = {name: lists.get(name) if isinstance(lists, dict) else None for name in ("lead", "beside", "changed", "others")}
    for name, words in named.items():
        if not words or not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise OntologyError(f'{path}: [{PAGE}] has no list of words {name}. Write {name} = ["word"].')
    return PageWords(
        re.compile(rf"\b(?:{_any(named['lead'] or ())})\b", re.IGNORECASE),
        re.compile(_any(named["beside"] or ()), re.IGNORECASE),
        re.compile(_any(named["changed"] or ())),
        frozenset(named["others"] or ()),
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))
