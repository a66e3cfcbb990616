"""Where a page says when it was published: in its head, its JSON-LD, what it marks as a time, last in what it shows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from lxml.html import HtmlElement

from kgbuild.read.text.article_dates import is_date_line
from kgbuild.read.text.formats.page_words import page_words

MAX_DECLARED = 500
"""Names and values of a page that are looked at."""
_ASIDE = {"footer", "aside", "nav", "form", "figure", "ul", "ol", "select"}
"""Elements of a page in which no date is its own: those of other pages stand there, and the copyright."""
# The address as /2014/12/16/ or /2014/dec/16/.
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/-]|$)|/((?:19|20)\d{6})(?=[/-]|$)")


def declared_dates(tree: HtmlElement, address: str) -> tuple[tuple[str, str], ...]:
    """Names, in small letters, with their values as written: of meta elements, then JSON-LD, then elements of the text.

    Whether a name is one of a date is not asked. "time" names the page's first time, "line" its first line that is a
    date, "url" a date in its *address*.
    """
    found = chain(_in_head(tree), _in_json(tree), _in_elements(tree), _in_times(tree), _in_lines(tree), _in_address(address))
    return tuple(dict.fromkeys(islice(((name.lower(), value) for name, value in found), MAX_DECLARED)))


def _in_head(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    for element in tree.iter("meta"):
        for key in ("property", "name", "itemprop", "http-equiv"):
            if (name := element.get(key)) and (value := element.get("content") or element.get("datetime")):
                yield from _value(name, value)


def _in_json(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        try:
            content = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            # Many pages leave a comma too many.
            for name, value in re.findall(r'"(date\w{1,30})"\s*:\s*"([^"\n]{1,100})"', script.text):
                yield from _value(name, value)
            continue
        yield from _of_page(content, 0)


def _of_page(content: Any, depth: int) -> Iterator[tuple[str, str]]:
    """Names and values of an object and of those in it that are not of another page."""
    if depth > 6:
        return
    if isinstance(content, list):
        for one in content:
            yield from _of_page(one, depth + 1)
    elif isinstance(content, dict):
        for name, value in content.items():
            if isinstance(value, (str, int)):
                yield from _value(name, str(value))
        for name, value in content.items():
            if isinstance(value, (dict, list)) and name not in page_words().others:
                yield from _of_page(value, depth + 1)


def _in_elements(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    for element in tree.iter("time", "abbr", "span", "div", "p", "small"):
        is_time = element.tag == "time"
        name = element.get("itemprop") or element.get("property")
        if not (is_time or name or element.tag == "abbr") or _is_beside(element):
            continue
        value = element.get("datetime") or element.get("content") or element.get("title") or _short(element)
        names = [name or "", *(element.get("class") or "").split()] if is_time or element.tag == "abbr" else [name or ""]
        if is_time and "pubdate" in element.attrib:
            names.insert(0, "pubdate")
        for one in filter(None, names):
            yield from _value(one, value)


def _in_times(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """The first time behind the headline or in the article; one before them may be that of the visit."""
    begun = tree.find(".//h1") is None and tree.find(".//article") is None
    for element in tree.iter("h1", "article", "time"):
        begun = begun or element.tag != "time"
        changed = page_words().changed.search(f"{element.get('class') or ''} {element.get('itemprop') or ''}")
        if begun and element.tag == "time" and not changed and not _is_beside(element):
            yield from _value("time", element.get("datetime") or _short(element))
            return


def _in_lines(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """The first line behind the headline that is a date; what stands before it may be the day on which it was saved."""
    begun = False
    for element in tree.iter("h1", "p", "span", "div", "small", "em", "i", "b", "strong", "h2", "h3"):
        begun = begun or element.tag == "h1"
        if begun and len(element) <= 3 and is_date_line(words := _short(element)) and not _is_beside(element):
            yield "line", words
            return


def _in_address(address: str) -> Iterator[tuple[str, str]]:
    if found := _IN_ADDRESS.search(address.lower()):
        year, month, day, whole = found.groups()
        yield "url", whole or (f"{year}-{month}-{day}" if month.isdigit() else f"{day}-{month}-{year}")


def _value(name: str, value: str) -> Iterator[tuple[str, str]]:
    words = " ".join(value[:200].split())
    if words and len(name) <= 60:
        yield name, words


def _is_beside(element: HtmlElement) -> bool:
    return any(around.tag in _ASIDE for around in (element, *element.iterancestors()))


def _short(element: HtmlElement) -> str:
    """The words of an element that has few."""
    return " ".join("".join(islice(element.itertext(), 10))[:200].split())
