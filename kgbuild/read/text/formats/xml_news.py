"""XML of news: RSS and Atom feeds, NITF, NewsML 1 and G2, Reuters' newsitem, and Reuters SGML in a file called `.xml`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from kgbuild.errors import Problem
from kgbuild.read.text.datelines import opening_dateline
from kgbuild.read.text.decoding import MAX_FILE, read_whole
from kgbuild.read.text.formats.reuters_sgml import read_reuters_sgml
from kgbuild.read.text.markup import text_of_markup, under_title
from kgbuild.read.text.record import Record, digest_of

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_XML = 16 * 2**20
"""Bytes of an XML file that are read at most: as a tree it takes thirty times the room."""
KINDS = "It reads RSS, Atom, NITF, NewsML and Reuters SGML."
_FEEDS = frozenset(("rss", "RDF", "feed"))
_CHANNELS = ("channel", "feed")
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_DATES = ("pubDate", "published", "{http://purl.org/dc/elements/1.1/}date", "issued", "updated", "modified")


@dataclass(frozen=True, slots=True)
class _Kind:
    """Where a kind of story has its fields: names of elements, or of their attributes ("element/attribute"), best first."""

    title: tuple[str, ...]
    date: tuple[str, ...]
    dateline: tuple[str, ...]
    publisher: tuple[str, ...]
    body: tuple[str, ...]


_STORIES = {
    "nitf": _Kind(
        ("hl1", "title"),
        ("date.issue/norm", "date.release/norm", "story.date/norm", "pubdata/date.publication"),
        ("dateline",),
        ("distributor", "doc.copyright/holder", "pubdata/name"),
        ("body.content",),
    ),
    "newsItem": _Kind(  # NewsML-G2; its body is often NITF or XHTML
        ("headline", "hl1", "title"),
        ("contentCreated", "firstCreated", "versionCreated"),
        ("dateline",),
        ("provider", "provider/literal"),
        ("body.content", "body", "inlineData", "inlineXML"),
    ),
    "NewsItem": _Kind(  # NewsML 1
        ("HeadLine", "hl1", "title"),
        ("FirstCreated", "ThisRevisionCreated"),
        ("DateLine", "dateline"),
        ("Provider", "Party/FormalName"),
        ("body.content", "body", "DataContent"),
    ),
    "newsitem": _Kind(("headline", "title"), ("newsitem/date",), ("dateline",), (), ("text",)),  # Reuters Corpus Volume 1
}


def read_xml_news(stream: BinaryIO, name: str) -> Iterator[Record | Problem]:
    """The items of a feed or the stories of a file, numbered if it may hold many; no entity is expanded, nothing fetched."""
    content = stream.read(MAX_XML + 1)
    if b"<REUTERS" in content[:4096]:
        yield from read_reuters_sgml(BytesIO(content + stream.read(MAX_FILE + 1)), name)
        return
    if len(content) > MAX_XML:
        yield Problem(name, f"larger than {MAX_XML >> 20} MB.", "Split it, or make JSON Lines of it.")
        return
    problems = list[Problem]()
    if not _says_its_encoding(content):
        whole = read_whole(BytesIO(content), name)
        if isinstance(whole, Problem):
            yield whole
            return
        problems, content = list(whole.problems), whole.text.encode()
    root = _tree(content, name, problems)
    yield from problems
    if root is None:
        return
    try:
        yield from _articles(root, name)
    except UnicodeDecodeError:
        yield Problem(name, "half a character (a lone surrogate).", "Nothing after it is read.")


def _articles(root: _Element, name: str) -> Iterator[Record | Problem]:
    found = 0
    for found, fields in enumerate(_items(root) if _local(root) in _FEEDS else _stories(root), 1):
        if _local(root) == "nitf":
            yield Record(fields, name, digest_of(fields))
        elif fields["text"]:
            yield Record(fields, f"{name}:{found}", digest_of(fields), found)
        else:
            yield Problem(f"{name}:{found}", "no text in it.", lost=_local(root) in _FEEDS)  # of a message: a picture
    if not found and _local(root) in _FEEDS:
        yield Problem(name, "a feed without items.")
    elif not found:
        yield Problem(name, f"not a kind of XML that kgbuild reads (<{_local(root)}>).", KINDS)


def _says_its_encoding(content: bytes) -> bool:
    """Whether the parser must decode it: UTF-8 that is none is read by our own rules, and said to be."""
    stated = re.match(rb"""(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.-]+)""", content)
    return content[:2] in (b"\xff\xfe", b"\xfe\xff") or (stated is not None and stated[1].lower() not in (b"utf-8", b"utf8"))


def _tree(content: bytes, name: str, problems: list[Problem]) -> _Element | None:
    """The tree, as far as the file is well-formed; what is not, is among the *problems*."""
    from lxml import etree  # slow to import, and only XML needs it

    # No entity is expanded, no file or address opened, and the parser's own limits on depth and size stay.
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(_NUMBERED.sub(_character, content), parser)
    except etree.XMLSyntaxError as error:
        problems.append(Problem(name, f"not XML: {error.msg}."))
        return None
    # Names of characters that HTML has are known without a declaration.
    faults = [one for one in parser.error_log if one.level_name != "WARNING" and "UNDECLARED_ENTITY" not in one.type_name]
    if root is None:
        problems.append(Problem(name, f"not XML: {faults[0].message if faults else 'no element'}.", KINDS))
        return None
    if faults:
        told = f"not well-formed XML: {faults[0].message.strip().rstrip('. ')}."
        problems.append(Problem(f"{name}, line {faults[0].line}", told, "It is read as far as it can be."))
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        problems.append(Problem(name, "declares entities of its own.", "They are not expanded.", lost=False))
    return root


_NUMBERED = re.compile(rb"&#(?:[xX](?P<hex>[0-9a-fA-F]{1,8})|(?P<decimal>[0-9]{1,8}));")


def _character(found: re.Match[bytes]) -> bytes:
    """A character by its number; \ufffd for half of one, which libxml2 would keep as bytes that nobody can read."""
    number = int(found["hex"], 16) if found["hex"] else int(found["decimal"])
    return b"&#xFFFD;" if 0xD800 <= number <= 0xDFFF else found[0]


# -- feeds ----------------------------------------------------------------------------------------


def _items(root: _Element) -> Iterator[dict[str, Any]]:
    """The items of RSS (0.9 to 2.0) and the entries of Atom, under the title of their feed."""
    publisher = next((line for one in _outermost(root, _CHANNELS) if (line := _line(_child(one, "title")))), "")
    for element in _outermost(root, ("item", "entry")):
        title = _line(_child(element, "title"))
        texts = [_paragraphs(_child(element, name)) for name in (_CONTENT, "content", "description", "summary")]
        date = next((line for name in _DATES if (line := _line(_child(element, name)))), "")
        yield {
            "title": title,
            "text": under_title(title, max(texts, key=len)),
            "date": _as_date(date),
            "publisher": publisher,
            "url": _address(element),
        }


def _child(element: _Element, name: str) -> _Element | None:
    """The child of that *name*, in the namespace of *element* itself if no other is given."""
    if name.startswith("{"):
        return element.find(name)
    own = element.tag[: element.tag.find("}") + 1]
    return element.find(own + name)


def _address(element: _Element) -> str:
    """Where the story stands: the link of RSS, that of Atom which is no other version, picture or comment."""
    own = element.tag[: element.tag.find("}") + 1]
    for link in element.findall(f"{own}link"):
        if link.get("rel", "alternate") == "alternate" and (stated := link.get("href") or _line(link)):
            return str(stated).strip()
    return ""


# -- stories --------------------------------------------------------------------------------------


def _stories(root: _Element) -> Iterator[dict[str, Any]]:
    """The stories of whatever stands around them; one within another (NITF in NewsML) is read as part of that."""
    for element in _outermost(root, _STORIES):
        yield _story(element, _STORIES[_local(element)])


def _story(element: _Element, kind: _Kind) -> dict[str, Any]:
    title = _first(element, kind.title)
    body = next((text for name in kind.body for text in [_all_paragraphs(element, name)] if text), "")
    return {
        "title": title,
        "text": under_title(title, _after_dateline(_first(element, kind.dateline), body)) if body else "",
        "date": _as_date(_first(element, kind.date)),
        "publisher": _first(element, kind.publisher),
    }


def _first(element: _Element, places: tuple[str, ...]) -> str:
    """What stands in the first of *places* that has something, on one line."""
    for place in places:
        name, _, attribute = place.partition("/")
        for found in element.iter():
            if _local(found) == name and (said := " ".join(found.get(attribute, "").split()) if attribute else _line(found)):
                return said
    return ""


def _all_paragraphs(element: _Element, name: str) -> str:
    """The paragraphs of all elements of that *name*, none of which stands in another."""
    found = _outermost(element, (name,))
    return "\n\n".join(filter(None, map(_paragraphs, found)))


def _after_dateline(dateline: str, body: str) -> str:
    """The *body* after its *dateline*, spelled as one opens a story on paper, if it does not open with one already."""
    if not dateline or opening_dateline(body):
        return body
    line = re.sub(r"^[^,(/]+", lambda town: town[0].upper(), dateline.rstrip(" -–—")) + " - "
    return f"{line}{body}" if opening_dateline(line) else f"{dateline}\n\n{body}"


# -- elements -------------------------------------------------------------------------------------


def _outermost(root: _Element, names: Collection[str]) -> Iterator[_Element]:
    """The elements of these *names* in order, without those within one of them: nothing is read twice, however nested."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if _local(element) in names:
            yield element
        else:
            waiting.extend(reversed(element))


def _local(element: _Element) -> str:
    """The name without its namespace; "" for what is no element (an entity)."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _line(element: _Element | None) -> str:
    """The text of an element on one line."""
    return "" if element is None else " ".join(unescape(text_of_markup("".join(element.itertext()))).split())


def _paragraphs(element: _Element | None) -> str:
    """The text of an element whose mark-up is its own, or is HTML within its text."""
    if element is None:
        return ""
    if len(element) and any(map(_local, element)):
        from lxml import etree

        return text_of_markup(etree.tostring(element, encoding="unicode", with_tail=False))
    text = "".join(element.itertext())
    return text.strip() if element.get("type") in ("text", "text/plain") else text_of_markup(text)


def _as_date(stated: str) -> str:
    """A date in either form of ISO 8601 (20141216T170300Z) in the longer one; any other as it is."""
    try:
        moment = datetime.fromisoformat(stated).isoformat()
    except ValueError:
        return stated
    return moment if ":" in stated or "T" in stated else moment[:10]
