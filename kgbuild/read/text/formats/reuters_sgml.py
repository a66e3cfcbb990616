"""Reuters SGML, as in Reuters-21578: one <REUTERS> element after the other, which is no XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import BinaryIO

from kgbuild.errors import Problem
from kgbuild.read.text.decoding import read_whole
from kgbuild.read.text.markup import under_title
from kgbuild.read.text.record import Record, digest_of

_CURE = "Begin each story with <REUTERS>."
_DECLARED = re.compile(r"<[!?][^<>]*>|\ufeff")
"""What stands above the stories of any such file."""


def read_reuters_sgml(stream: BinaryIO, name: str) -> Iterator[Record | Problem]:
    """The stories of a file, numbered, with title, date, dateline and body; one that has a headline only is that."""
    whole = read_whole(stream, name)
    if isinstance(whole, Problem):
        yield whole
        return
    yield from whole.problems
    number, start = 0, whole.text.find("<REUTERS")
    if start >= 0 and _DECLARED.sub("", whole.text[:start]).strip():
        yield Problem(name, "text before its first <REUTERS>, which is not read.")
    while start >= 0:
        number += 1
        end = whole.text.find("<REUTERS", start + 1)
        record, closed, rest = whole.text[start : end if end >= 0 else None].partition("</REUTERS>")
        if not closed:
            cure = "It is read up to where the next one or the end of the file is."
            yield Problem(f"{name}:{number}", "has no </REUTERS>.", cure)
        yield _story(record, f"{name}:{number}", number)
        if record.count("<BODY") > 1:
            yield Problem(f"{name}:{number}", "has more than one <BODY>: the first is read.", _CURE)
        if rest.strip():
            yield Problem(f"{name}:{number}", "text after its </REUTERS>, which is not read.", _CURE)
        start = end
    if not number:
        yield Problem(name, "SGML without <REUTERS>.", "Of SGML, Reuters' is read.")


def _story(record: str, where: str, number: int) -> Record:
    title = " ".join(_within(record, "TITLE").split())
    # A record that no machine has parted has all in <TEXT>.
    body = _within(record, "BODY") or ("" if title else _within(record, "TEXT"))
    body = re.sub(r"\bReuters?\Z", "", body.rstrip(), flags=re.IGNORECASE).rstrip()
    body = re.sub(r"\n {2,}(?=\S)", "\n\n", body).strip()
    fields = {
        "title": title,
        "text": under_title(title, f"{' '.join(_within(record, 'DATELINE').split())} {body}".strip()),
        "date": _within(record, "DATE").strip().replace("-", " ").title(),
    }
    return Record(fields, where, digest_of(fields), number)


def _within(record: str, element: str) -> str:
    """What stands in an *element*, whose end the next tag marks if its own is missing."""
    _, opened, rest = record.partition(f"<{element}")
    content = rest.partition(">")[2]
    ended = content.find(f"</{element}>")
    return unescape(content[: ended if ended >= 0 else None]).replace("\x03", "") if opened else ""
