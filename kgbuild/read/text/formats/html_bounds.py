"""A page that would take minutes is made smaller first: no 200,000 attributes in a tag, no 100,000 tags in each other."""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree, html

MAX_ATTRIBUTES = 500
"""Attributes of one tag; of a tag with more none is read."""
MAX_ELEMENTS = 50_000
"""Elements of a page that is read at all."""
QUICK = 5_000
"""Elements of a page from which on nothing is done that takes time as their square."""
_MANY_INSIDE = 20
"""A tag that stands so often in itself is no layout of anything: it was left open."""
# The attributes of a tag as HTML has them; the possessive quantifiers keep it linear.
_ATTRIBUTE = r"""(?:[\s/=]|[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]++))?)"""
_TAGS = re.compile(
    rf"<!--.*?(?:-->|\Z)|<(?:script|style)\b.*?(?:</(?:script|style)|\Z)|<[a-z][^\s/>]*+(?P<attributes>{_ATTRIBUTE}*+)",
    re.DOTALL | re.IGNORECASE,
)
_ONE = re.compile(_ATTRIBUTE.replace("(?:[\\s/=]|", "(?:", 1))


def without_endless_tags(page: str) -> tuple[str, int]:
    """The page, of whose tags none has more than MAX_ATTRIBUTES, and how many attributes were taken off."""
    taken, pieces, end = 0, list[str](), 0
    for tag in _TAGS.finditer(page):
        start, stop = tag.span("attributes")
        if stop - start < 2 * MAX_ATTRIBUTES:
            continue
        count = sum(1 for _ in _ONE.finditer(page, start, stop))
        if count > MAX_ATTRIBUTES:
            pieces.append(page[end:start])
            taken, end = taken + count, stop
    return "".join([*pieces, page[end:]]), taken


def without_endless_nesting(page: str) -> tuple[str, html.HtmlElement | None, tuple[str, ...]]:
    """The page, its tree, and the tags left out of both because they stood in themselves too deep to be read.

    The tree is None where nothing can be parsed, or what is nested is no tag left open.
    """
    left_out = list[str]()
    for _ in range(8):
        tree, too_deep = _parsed(page)
        if tree is None or not too_deep:
            return page, tree, tuple(sorted(left_out))
        *_, deepest = tree.iter()
        around = Counter(element.tag for element in deepest.iterancestors() if isinstance(element.tag, str))
        often = sorted(tag for tag, count in around.items() if count > _MANY_INSIDE and re.fullmatch(r"[a-z][\w:-]*", tag))
        if not often:
            break
        left_out += often
        page = re.sub(rf"</?(?:{'|'.join(map(re.escape, often))})(?![\w:-])[^<>]*>?", " ", page, flags=re.IGNORECASE)
    return page, None, tuple(sorted(left_out))


def _parsed(page: str) -> tuple[html.HtmlElement | None, bool]:
    """The tree, and whether the parser left off within it."""
    parser = html.HTMLParser(
        collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True
    )
    try:
        tree = html.document_fromstring(page.encode("utf-8", "surrogatepass"), parser=parser)
    except (etree.ParserError, ValueError):
        return None, False
    return tree, any("depth" in entry.message for entry in parser.error_log.filter_from_fatals())
