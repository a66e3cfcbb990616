"""Markdown: the file is the article, its mark-up taken off; what its front matter says are fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from kgbuild.errors import Problem
from kgbuild.read.text.decoding import read_whole
from kgbuild.read.text.record import MAX_ARTICLE, Document, Record, Unnamed

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"\A(---|\+\+\+)[ \t]*\n(?P<said>.*?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"(?P<name>[A-Za-z_][\w .-]*?)\s*[:=]\s*(?P<value>\S.*)")
_TAG = re.compile(r"<!--.*?-->|<[^<>]{0,2000}>", re.DOTALL)


def read_markdown(stream: BinaryIO, name: str) -> Iterator[Record | Problem]:
    """One article; its title is in the front matter, else its first heading. Text without mark-up stays as it is."""
    whole = read_whole(stream, name)
    if isinstance(whole, Problem):
        yield whole
        return
    front = _FRONT.match(whole.text)
    body = whole.text[front.end() :] if front else whole.text
    if len(body) > MAX_ARTICLE:
        yield Document({"text": body}, name, whole.sha256, problems=whole.problems)  # too long, which is told elsewhere
        return
    title, text = _plain(body)
    fields: dict[str, Any] = {"title": title} if title else {}
    for line in front["said"].split("\n") if front else ():
        if found := _FIELD.fullmatch(line.strip()):
            fields[found["name"]] = found["value"].strip().strip("\"'")
    if front:
        yield Unnamed({**fields, "text": text}, name, "", problems=whole.problems)
    else:
        yield Document({**fields, "text": text}, name, whole.sha256, problems=whole.problems)


def _plain(text: str) -> tuple[str, str]:
    """The first heading, and the paragraphs without mark-up."""
    from markdown_it import MarkdownIt  # only Markdown needs it

    title, paragraphs = "", list[str]()
    heading = False
    for token in MarkdownIt("commonmark").parse(text):
        if token.type == "heading_open":
            heading = token.tag == "h1"
        elif token.type in ("inline", "html_block", "fence", "code_block"):
            words = _words(token.children) if token.type == "inline" else _TAG.sub("", token.content)
            title = title or (words.strip() if heading else "")
            heading = False
            paragraphs += [words.strip()] if words.strip() else []
    return " ".join(title.split()), "\n\n".join(paragraphs) or text


def _words(tokens: list[Token] | None) -> str:
    """What is to be read of a paragraph: images and tags are left out, the words of links stay."""
    said = []
    for token in tokens or ():
        if token.type in ("text", "code_inline"):
            said.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            said.append("\n")
    return "".join(said)
