"""The lead of a page: what stands between the headline and the first paragraph and is no part of what was found as text."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from kgbuild.read.text.formats.page_words import page_words

MIN_LEAD = 40
"""Characters of a sentence that may be a lead: shorter ones are labels and buttons."""
MAX_LEAD = 3
"""Paragraphs that a lead has at most."""
_MANY = 20
"""So many paragraphs before the first one of the text are no lead: the text was not found rightly."""
_BLOCKS = {
    "p",
    "h2",
    "h3",
    "h4",
    "div",
    "section",
    "article",
    "header",
    "ul",
    "ol",
    "table",
    "main",
    "figure",
    "form",
    "aside",
}
_NO_TEXT = {"nav", "aside", "footer", "form", "figure", "figcaption", "ul", "ol", "table", "button", "dialog", "noscript"}


def find_lead(tree: HtmlElement, text: str, title: str) -> list[str]:
    """The paragraphs of the lead that the *text* found in the page lacks; none where its first paragraph is not found.

    It stands behind the headline or next to the article, or its class says what it is; a paragraph of whole sentences
    with hardly a link, and neither a caption nor a box.
    """
    there = _words(text)
    first = next((line for line in map(_words, text.split("\n")) if len(line) >= MIN_LEAD and line != _words(title)), None)
    found, begun = list[str](), False
    for element in tree.iter("h1", *_BLOCKS):
        if element.tag == "h1":
            begun = True
            continue
        if any(child.tag in _BLOCKS for child in element):
            continue
        words = _words("".join(element.itertext()))
        if first and words.startswith(first[:200]):
            return found[-MAX_LEAD:]
        named = page_words().lead.search(_class(element) + " " + _class(element.getparent()))
        if not (named or (element.tag in ("p", "h2") and (begun or _is_next_to_article(element)))):
            continue
        if len(found) == _MANY:
            return []
        if (
            len(words) >= MIN_LEAD
            and words not in there
            and words not in found
            and _is_sentence(words)
            and _is_text(element)
        ):
            found.append(words)
    return []


def _is_next_to_article(element: HtmlElement) -> bool:
    after = element.getnext()
    return after is not None and after.tag == "article"


def _is_sentence(words: str) -> bool:
    return bool(re.search(r"[.!?…][”\"')]*$", words)) and not words.isupper()


def _is_text(element: HtmlElement) -> bool:
    links = sum(len(_words("".join(link.itertext()))) for link in element.iter("a"))
    around = [element, *element.iterancestors()]
    return links * 3 < len(_words("".join(element.itertext()))) and not any(
        one.tag in _NO_TEXT
        or (one.tag not in ("body", "html") and page_words().beside.search(_class(one)))
        or "hidden" in one.attrib
        or one.get("aria-hidden") == "true"
        or "display:none" in (one.get("style") or "").replace(" ", "")
        for one in around
    )


def _class(element: HtmlElement | None) -> str:
    return "" if element is None else " ".join(element.get(key) or "" for key in ("class", "id", "itemprop"))


def _words(text: str) -> str:
    return " ".join(text.split())
