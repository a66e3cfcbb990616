"""Which encoding bytes are in that are not UTF-8: what the page declares, else what its letters look like."""

from __future__ import annotations

import codecs
import html
import re

_HEAD = 65_536
"""Bytes at the start of a page in which a declaration is looked for."""
_SAMPLE = 20_000
"""Bytes of words with other letters from which an encoding is guessed at most."""
_XML = re.compile(rb"""\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([^"'>]{1,60})["']""", re.IGNORECASE)
_META = re.compile(rb"""<meta\b[^>]{0,1000}?\bcharset\s*=\s*["']?\s*([^"'>/]{1,60}?)\s*(?:["'>/]|;\s)""", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
# Of the codecs of Python those that are charsets of pages: not "unicode_escape", not "idna", not "rot13".
_CHARSET = re.compile(
    r"utf-8|cp\d+|iso8859-\d+|iso2022_\w+|koi8-[rut]|mac-\w+|gb18030|big5\w*|euc_\w+|shift_jis\w*|johab|kz1048|ptcp154|tis-620|hz"
)
# As browsers do (https://encoding.spec.whatwg.org/#names-and-labels): the smaller set stands for the larger.
_LARGER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_GUESSED = (
    *("cp1251", "koi8_r", "cp1250", "iso8859_2", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("gb18030", "big5", "cp932", "euc_jp", "cp949", "cp1252"),
)


def declared_charset(page: bytes) -> str | None:
    """Python's name of the charset that an HTML or XML page declares in its first 64 KB; None where it names none."""
    head = page[:_HEAD]
    found = _XML.match(head) or _META.search(_COMMENT.sub(b"", head))
    return charset(found[1].decode("latin-1")) if found else None


def charset(label: str) -> str | None:
    """Python's name of the charset that *label* means in a page: "latin1" is "cp1252"; None if it means none."""
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", html.unescape(label)).lower().strip().removeprefix("x-")
    try:
        name = codecs.lookup(plain.split()[0]).name
    except (LookupError, ValueError):
        return None
    name = _LARGER.get(name, name)
    return name if _CHARSET.fullmatch(name) else None


def is_damaged_utf8(content: bytes) -> bool:
    """Whether by far the most characters beyond ASCII are written in UTF-8, though not all."""
    text = content.decode("utf-8", errors="replace")
    return sum(letter > "\x7f" for letter in text) >= 5 * text.count("\ufffd")


def guessed_charset(content: bytes) -> str | None:
    """The encoding that the words with other letters look like; None where they may as well be Windows-1252.

    They may not be where it has no such byte, or where three such letters stand side by side more often than not: a
    word of another alphabet.
    """
    words = [word for word in re.findall(rb"[A-Za-z'\x80-\xff]+", content) if not word.isascii()]
    others = sum(len(re.sub(rb"[\x00-\x7f]", b"", word)) for word in words)
    in_runs = sum(map(len, re.findall(rb"[\xc0-\xff\xa8\xb8]{3,}|[\x80-\xff]{6,}", content)))
    if in_runs * 2 <= others and not re.search(rb"[\x81\x8d\x8f\x90\x9d]", content):
        return None
    from charset_normalizer import from_bytes  # slow to import, and hardly a text needs it

    found = from_bytes(b" ".join(words)[:_SAMPLE], cp_isolation=list(_GUESSED)).best()
    if found is None or found.encoding == "cp1252":
        return None
    try:
        content.decode(found.encoding)
    except UnicodeDecodeError:
        return None
    return found.encoding
