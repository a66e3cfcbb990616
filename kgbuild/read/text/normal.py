"""The text that is read, where the article's own has signs that are no part of its words: mark-up, soft hyphens, and such.

"Lav&shy;rov &amp; Co." is read as "Lavrov & Co."; for every character it is kept where in the article it comes from, so that
what is cited is the article's. Most articles have nothing of the kind and are read as they stand.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from html import unescape
from html.entities import html5

from kgbuild.model import Article, Block

PASSES = 20
"""Times that a text is gone over at most: what one pass leaves ("&l<b>t;p>") may mean something to the next."""
MARKS = 30
"""Marks on one letter that are composed with it at most, as the Stream-Safe Text Format of UAX #15 has it."""

Edit = tuple[int, int, str]
"""A stretch that is not empty, and what it is read as."""
Stage = Callable[[str], Iterator[Edit]]
"""The edits that one kind of signs asks for, in order."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """By which the halves of a word at a line's end are known."""

    words: frozenset[str]
    """Small letters or as names are written."""
    after_open_hyphen: frozenset[str]
    """What may follow a hyphen that stays open: "pre- and post-war"; in large or small letters as they count."""


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text as it is read, and where each of its characters stands in the text as it was."""

    text: str
    starts: Sequence[int]
    """Of each character of *text*, where it begins in the other; then the length of that. Never falls."""
    ends: Sequence[int]
    """Of each character, where it ends there. What was dropped between two characters belongs to neither."""

    def original(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of *text* as offsets of the text as it was; an empty stretch stays empty."""
        return self.starts[start], self.ends[end - 1] if end > start else self.starts[start]

    def within(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the text as it was as offsets of *text*: all characters that begin in it."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def edited(self, edits: list[Edit]) -> Normalised:
        """The same with each stretch of *edits*, which come in order, replaced; all of it then stands for its stretch."""
        if not edits:
            return self
        pieces, starts, ends, at = list[str](), array("L"), array("L"), 0
        for first, last, words in [*edits, (len(self.text), len(self.text), "")]:
            pieces += self.text[at:first], words
            starts.extend(self.starts[at:first])
            ends.extend(self.ends[at:first])
            starts.extend([self.starts[first]] * len(words))
            ends.extend([self.ends[last - 1]] * len(words))
            at = last
        starts.append(self.starts[len(self.text)])
        return Normalised("".join(pieces), starts, ends)


def normalised(text: str, lexicon: Callable[[], Lexicon] | None = None) -> Normalised:
    """*text* as it is read; with a *lexicon*, words that a line's end parts are joined, and weekdays that are cut short
    ("Tues.") are written out. A second time changes nothing.

    Entities and tags of HTML are read as what they mean: block tags as paragraphs' ends, others as nothing; soft hyphens,
    marks of direction and other signs that are not seen are dropped; letters come composed (NFC), and ligatures and
    full-width letters in their usual form (NFKC).
    """
    found = Normalised(text, range(len(text) + 1), range(1, len(text) + 1))
    stages = list(STAGES)
    if lexicon is not None:
        stages += [_short_days, partial(_broken_words, lexicon=lexicon)]
    for _ in range(PASSES):
        before = found.text
        for stage in stages:
            found = found.edited(list(stage(found.text)))
        if found.text == before:
            break
    return found


def line(text: str) -> str:
    """*text*, a title or a name, as it is read, on one line."""
    return " ".join(normalised(text).text.split())


def as_read(article: Article, lexicon: Callable[[], Lexicon]) -> tuple[Article, Normalised]:
    """*article* with the text and the blocks that are read of it; the same article where nothing changes."""
    found = normalised(article.text, lexicon)
    if found.text == article.text:
        return article, found
    return replace(article, text=found.text, blocks=tuple(_moved(article.blocks, found))), found


def _moved(blocks: tuple[Block, ...], found: Normalised) -> Iterator[Block]:
    """The blocks of the text as it was in the text that is read, without white space around them."""
    for block in blocks:
        start, end = found.within(block.start, block.end)
        words = found.text[start:end]
        start, end = end - len(words.lstrip()), start + len(words.rstrip())
        if start < end:
            yield Block(block.kind, start, end)


# -- one pass ---------------------------------------------------------------------------------------

_SEEN_AS = {chr(b): bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(0x80, 0xC0)}
_BYTE_OF = {seen: ord(byte) for byte, seen in _SEEN_AS.items()}
_LEADS = "ÂÃÄÅâ"
# UTF-8 that somebody has read as Windows-1252 ("â€™"), where it gives a letter of Latin or a sign of printing.
_MISREAD = re.compile(f"[{_LEADS}][{re.escape(''.join(_BYTE_OF))}]{{1,2}}")
_RIGHT = re.compile("[\u00a0-\u017f\u2010-\u203a\u20ac]")


def _misread(text: str) -> Iterator[Edit]:
    for m in _MISREAD.finditer(text) if not text.isascii() else ():
        lead, others = m[0][0], m[0][1:]
        width = 3 if lead == "â" else 2
        right = bytes([ord(lead), *(_BYTE_OF[c] for c in others)][:width]).decode("utf-8", "ignore")
        if _RIGHT.fullmatch(right):
            yield m.start(), m.start() + width, right


_UNSEEN = re.compile(
    r"(?P<steering>\x1b\[[0-9;?]*[A-Za-z])"
    r"|(?P<line>\r\n?)"
    r"|(?P<soft>(?<=[^\W\d_])\u00ad+[ \t]*\r?\n[ \t]*(?=[^\W\d_]))"
)


def _unseen(text: str) -> Iterator[Edit]:
    """Codes that steer a terminal; line ends of other systems; soft hyphens that a line's end has made seen."""
    for m in _UNSEEN.finditer(text):
        yield m.start(), m.end(), "\n" if m.lastgroup == "line" else ""


_ENTITY = re.compile(r"&(?P<again>(?:amp;)*)(?:(?P<body>#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)?")


def _entities(text: str) -> Iterator[Edit]:
    """Entities, also such as were escaped twice: "&amp;amp;nbsp;"."""
    for m in _ENTITY.finditer(text) if "&" in text else ():
        body = m["body"] or ""
        if body.startswith("#") or body + ";" in html5:
            yield m.start(), m.end(), unescape(f"&{body};")
        elif m["again"]:
            yield m.start(), m.end("again"), "&"


_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*(?::[A-Za-z]+)?)(?P<attributes>\s[^<>]*)?(?P<void>/?)>")
_HIDING = re.compile(r"<(?:!--|(?P<name>script|style)\b[^<>]*>)", re.IGNORECASE)


def _tags(text: str) -> Iterator[Edit]:
    """Tags of HTML; comments, scripts and styles with all that stands in them.

    Agencies write "<BP>" for the shares of a company: a tag is small, has attributes, stands alone, or is closed somewhere.
    """
    if "<" not in text or not (_TAG.search(text) or "<!--" in text):
        return
    hidden = list(_hidden(text))
    closed = {m["name"].lower() for m in _TAG.finditer(text) if m["close"]}
    tags = [m for m in _TAG.finditer(text) if _is_tag(m, closed)]
    found = [*hidden, *((m.start(), m.end(), _meaning(m["name"].lower())) for m in tags)]
    at = 0
    for start, end, words in sorted(found, key=lambda edit: (edit[0], -edit[1])):
        if start >= at:
            yield start, end, words
            at = end


def _hidden(text: str) -> Iterator[Edit]:
    at, open_ended = 0, set[str]()
    while opens := _HIDING.search(text, at):
        kind = (opens["name"] or "").lower()
        closes = re.compile(rf"</{kind}\s*>" if kind else "-->", re.IGNORECASE)
        shut = closes.search(text, opens.end()) if kind not in open_ended else None
        if shut is None:
            open_ended.add(kind)
        else:
            yield opens.start(), shut.end(), " "
        at = shut.end() if shut else opens.end()


def _is_tag(m: re.Match[str], closed: set[str]) -> bool:
    from lxml.html import defs  # what is a tag; slow to import

    name, attributes = m["name"].lower(), (m["attributes"] or "").strip(" \t\n/")
    if (name not in defs.tags and ":" not in name) or (attributes and "=" not in attributes):
        return False
    sure = m["close"] or attributes or m["void"] or name in defs.empty_tags or name in closed
    return bool(sure) or m["name"].islower()


@cache
def _meaning(tag: str) -> str:
    from lxml.html import defs

    if tag in ("br", "hr"):
        return "\n"
    if tag in defs.phrase_tags | defs.font_style_tags | defs.special_inline_tags or ":" in tag:
        return ""
    return "\n\n" if tag in defs.block_tags else " "


def _signs(text: str) -> Iterator[Edit]:
    """Single characters that are not seen, or are another form of one that is read."""
    odd = "".join(c for c in set(text) if not " " <= c <= "~" and read_as(c) != c)
    for m in re.finditer(f"[{re.escape(odd)}]", text) if odd else ():
        yield m.start(), m.end(), read_as(m[0])


@cache
def read_as(c: str) -> str:
    """What one character is read as: itself, its usual form, a space, or nothing."""
    if c in "\n\t\u00a0":
        return c
    if c in _SEEN_AS and unicodedata.category(c) == "Cc":
        return _SEEN_AS[c] if _SEEN_AS[c] != c else ""  # of Windows-1252, read as Latin-1
    if c.isspace():
        return {"\u2028": "\n", "\u2029": "\n\n"}.get(c, " ")
    kind = unicodedata.category(c)
    if kind in ("Cc", "Cf") or "\ufdd0" <= c <= "\ufdef" or c in "\ufffe\uffff":
        return ""
    if c == "\u2010":
        return "-"
    form = unicodedata.decomposition(c).partition(" ")[0]
    usual = form == "<wide>" or ((kind[0] == "L" or kind == "Nd") and form[:1] == "<" and form not in ("<super>", "<sub>"))
    return unicodedata.normalize("NFKC", c) if usual else unicodedata.normalize("NFC", c)


def _composed(text: str) -> Iterator[Edit]:
    """Letters with the marks that stand behind them, as one character where there is one (NFC)."""
    if text.isascii():
        return
    for m in re.finditer(r"[^\x00-\x7f]+", text):
        start = max(m.start() - 1, 0)
        run = text[start : m.end()]
        places = [i for i, c in enumerate(run) if i == 0 or not _goes_on(c)]
        for first, last in zip(places, [*places[1:], len(run)], strict=True):
            if 1 < last - first <= MARKS and (whole := unicodedata.normalize("NFC", run[first:last])) != run[first:last]:
                yield start + first, start + last, whole


@cache
def _goes_on(c: str) -> bool:
    """Whether a character belongs to the one before it: a mark, or a part of a syllable of Hangul."""
    return unicodedata.category(c)[0] == "M" or "\u1160" <= c <= "\u11ff"


STAGES: list[Stage] = [_misread, _unseen, _entities, _tags, _signs, _composed]

_DAYS = {name[:3]: name for name in calendar.day_name} | {
    "Tues": "Tuesday",
    "Weds": "Wednesday",
    "Thur": "Thursday",
    "Thurs": "Thursday",
}
_MONTH = "|".join(name[:3] for name in calendar.month_name if name)
# Three letters alone may be a word ("the Sun."); what they end may be a sentence.
_THREE = "|".join(name[:3] for name in calendar.day_name)
_SHORT_DAY = re.compile(
    rf"(?<![\w.'-])(?<!\b[Tt]he )(?:(?P<long>Tues|Weds|Thurs?)\b|(?P<short>{_THREE})(?=\.))"
    rf"(?P<dot>\.(?!\s*$|\s*\n|\s+(?!(?:{_MONTH}))[\"'“‘]?[A-Z]))?"
)


def _short_days(text: str) -> Iterator[Edit]:
    """Weekdays that are cut short, written out: "Tues." is read as "Tuesday"; a full stop that ends a sentence stays."""
    for m in _SHORT_DAY.finditer(text):
        yield m.start(), m.end(), _DAYS[m["long"] or m["short"]]


_BREAK = re.compile(r"(?<=[\w.])-[ \t]*\n[ \t]*(?=\w)")
HALF = 40
"""Letters of half a word that are looked at."""


def _broken_words(text: str, lexicon: Callable[[], Lexicon]) -> Iterator[Edit]:
    """Hyphens at a line's end: gone where the halves are one word, else the line goes on behind the hyphen.

    They are one where the whole stands elsewhere in the text or in the lexicon, and where a half is no word: a name, mostly.
    """
    breaks = list(_BREAK.finditer(text))
    if not breaks:
        return
    known = lexicon()
    whole = set(_whole_words(_BREAK.split(text)))

    def is_word(word: str) -> bool:
        return not {word, word.lower()}.isdisjoint(known.words) or word in whole

    for m in breaks:
        left = re.search(r"[^\W\d_]*$", text[max(m.start() - HALF, 0) : m.start()])
        right = re.match(r"[^\W\d_]*", text[m.end() : m.end() + HALF])
        before, after = left[0] if left else "", right[0] if right else ""
        if after in known.after_open_hyphen:
            continue
        one = before and after and (after.islower() or (before + after).isupper()) and f"{before}-{after}" not in whole
        joined = one and (is_word(before + after) or not (is_word(before) and is_word(after)))
        yield m.start(), m.end(), "" if joined else "-"


def _whole_words(pieces: list[str]) -> Iterator[str]:
    """The words between breaks, without the halves next to these."""
    for number, piece in enumerate(pieces):
        words = re.findall(r"[\w-]+", piece)
        yield from words[number > 0 : len(words) - (number < len(pieces) - 1)]
