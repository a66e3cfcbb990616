"""A parse as plain objects, with the names that spaCy uses: Doc, Token, Span.

spaCy makes a new Token and a new string each time it is asked for one, and reading asks many times. So a parse is copied
once, and asking costs no more than an attribute of a Python object. Labels and offsets are spaCy's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import spacy.tokens
from spacy.attrs import (  # type: ignore[import-not-found]
    DEP,
    ENT_TYPE,
    HEAD,
    LEMMA,
    LOWER,
    MORPH,
    ORTH,
    POS,
    SPACY,
    TAG,
)
from spacy.lang.lex_attrs import is_punct
from spacy.strings import StringStore
from spacy.vocab import Vocab

_COPIED = [ORTH, LOWER, LEMMA, POS, TAG, DEP, ENT_TYPE, MORPH, SPACY, HEAD]


class Token:
    """A word with its place in the tree; two are equal only if they are one."""

    __slots__ = (
        "children", "dep_", "doc", "ent_type_", "head", "i", "idx", "lemma_", "lower_", "morph", "pos_", "sent", "tag_",
        "text",
    )  # fmt: skip
    doc: Doc
    i: int
    """Its place among the tokens of the paragraph."""
    idx: int
    """The character of the paragraph with which it begins."""
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    ent_type_: str
    morph: dict[str, list[str]]
    head: Token
    """What it hangs on; a root hangs on itself."""
    children: list[Token]
    """What hangs on it, in order."""
    sent: Span

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return self.text

    def __lt__(self, other: Token) -> bool:
        return self.i < other.i

    @property
    def subtree(self) -> Iterator[Token]:
        """It and all that hangs below it, in order."""
        # A stack and no recursion: each word is handed on once, however deep it hangs.
        waiting: list[tuple[Token, bool]] = [(self, False)]
        while waiting:
            token, entered = waiting.pop()
            if entered or not token.children:
                yield token
                continue
            before = next((n for n, child in enumerate(token.children) if child.i > token.i), len(token.children))
            waiting += [(child, False) for child in reversed(token.children[before:])]
            waiting.append((token, True))
            waiting += [(child, False) for child in reversed(token.children[:before])]

    @property
    def ancestors(self) -> Iterator[Token]:
        """What it hangs on, and so on up to the root."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def is_ancestor(self, other: Token) -> bool:
        """Whether *other* hangs below it."""
        return any(one is self for one in other.ancestors)

    def nbor(self, steps: int) -> Token:
        """The token so many places on. Raises IndexError outside the paragraph."""
        if self.i + steps < 0:
            raise IndexError(self.i + steps)
        return self.doc[self.i + steps]

    def hang(self, head: Token) -> None:
        """Hang it on another token of its sentence."""
        if self.head is not self:
            self.head.children.remove(self)
        self.head = head
        head.children = sorted([*head.children, self])

    @property
    def left_edge(self) -> Token:
        """The first token of its subtree."""
        return min(self.subtree)

    @property
    def right_edge(self) -> Token:
        """The last token of its subtree."""
        return max(self.subtree)

    @property
    def n_lefts(self) -> int:
        """How many tokens hang on it on its left."""
        return sum(child.i < self.i for child in self.children)

    @property
    def n_rights(self) -> int:
        """How many tokens hang on it on its right."""
        return sum(child.i > self.i for child in self.children)

    @property
    def is_sent_start(self) -> bool:
        """Whether a sentence begins with it."""
        return self.sent.start == self.i

    @property
    def is_punct(self) -> bool:
        """Whether it is punctuation."""
        return _is_punct(self.text)

    @property
    def is_space(self) -> bool:
        """Whether it is white space."""
        return self.text.isspace()

    @property
    def is_quote(self) -> bool:
        """Whether it is a quotation mark."""
        return bool(self.doc.parse[self.i].is_quote)

    @property
    def text_with_ws(self) -> str:
        """Its text with the space behind it."""
        end = self.idx + len(self.text)
        return self.text + (" " if self.doc.text[end : end + 1] == " " else "")


class Span:
    """Tokens *start* to *end* (exclusive) of a paragraph."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label_: str = "") -> None:
        self.doc, self.start, self.end, self.label_ = doc, start, end, label_

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc[self.start : self.end])

    def __getitem__(self, place: int) -> Token:
        return self.doc[self.start : self.end][place]

    def __len__(self) -> int:
        return self.end - self.start

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and self.doc is other.doc and self._ends() == other._ends()

    def __hash__(self) -> int:
        return hash(self._ends())

    def _ends(self) -> tuple[int, int, str]:
        return self.start, self.end, self.label_

    @property
    def start_char(self) -> int:
        """The character of the paragraph with which it begins."""
        return self.doc[self.start].idx

    @property
    def end_char(self) -> int:
        """The character of the paragraph before which it ends."""
        last = self.doc[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """Its words as they are written."""
        return self.doc.text[self.start_char : self.end_char] if self.end > self.start else ""

    @property
    def root(self) -> Token:
        """The token nearest to the root of its sentence, the first if there are several; no bare punctuation if possible."""
        inside = self.doc[self.start : self.end]
        top = next((token for token in inside if token.head is token), None)
        if top is not None:
            return top
        highest = [token for token in inside if not self.start <= token.head.i < self.end]
        return min(highest, key=self._depth, default=inside[0]) if len(highest) != 1 else highest[0]

    def _depth(self, token: Token) -> int:
        bare = not token.children and (token.is_punct or token.is_space)
        return len(self.doc) - 1 if bare else sum(1 for _ in token.ancestors)


class Doc(list[Token]):
    """The tokens of one parsed paragraph."""

    def __init__(self, parse: spacy.tokens.Doc) -> None:
        """A copy of *parse*; one that has no sentences is taken for one."""
        super().__init__(_tokens(self, parse))
        self.parse = parse
        self.text = _text(self)
        parsed = parse.has_annotation("SENT_START")
        self.sents = [Span(self, s.start, s.end) for s in (parse.sents if parsed else [parse[:]])]
        for sentence in self.sents:
            for token in sentence:
                token.sent = sentence
        self.ents = [Span(self, e.start, e.end, e.label_) for e in parse.ents]
        self.known: dict[str, Any] = {}
        """What has been worked out of it once, by name."""

    __hash__ = object.__hash__  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return self is other

    def span(self, start: int, end: int) -> Span:
        """Tokens *start* to *end* (exclusive)."""
        return Span(self, start, end)

    def char_span(self, start: int, end: int) -> Span | None:
        """The tokens that hold characters *start* to *end*; None for none."""
        found = self.parse.char_span(start, end, alignment_mode="expand")
        return Span(self, found.start, found.end) if found is not None else None


_is_punct: Callable[[str], bool] = lru_cache(maxsize=50_000)(is_punct)


class _Strings(dict[int, str]):
    """spaCy's strings by their numbers, each made once."""

    def __init__(self, store: StringStore) -> None:
        super().__init__()
        self._store = store
        self.morphs = _Morphs(self)

    def __missing__(self, number: int) -> str:
        self[number] = self._store[number]
        return self[number]


class _Morphs(dict[int, dict[str, list[str]]]):
    """Features by their values: {"Number": ["Plur"]}."""

    def __init__(self, strings: _Strings) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, number: int) -> dict[str, list[str]]:
        pairs = (feature.partition("=") for feature in self._strings[number].split("|") if "=" in feature)
        self[number] = {name: values.split(",") for name, _, values in pairs}
        return self[number]


@lru_cache(maxsize=4)
def _strings(vocab: Vocab) -> _Strings:
    return _Strings(vocab.strings)


def _text(tokens: list[Token]) -> str:
    """The words with the spaces between them; `spacy.tokens.Doc.text` takes ten times as long."""
    parts, end = [], 0
    for token in tokens:
        if token.idx > end:
            parts.append(" ")
        parts.append(token.text)
        end = token.idx + len(token.text)
    return "".join(parts)


def _tokens(doc: Doc, parse: spacy.tokens.Doc) -> Iterable[Token]:
    strings = _strings(parse.vocab)
    morphs = strings.morphs
    numbers: Any = parse.to_array(_COPIED).reshape(-1, len(_COPIED))
    rows: list[list[int]] = numbers.tolist()
    heads: list[int] = numbers[:, -1].astype(np.int64).tolist()  # how many places on
    tokens: list[Token] = []
    idx = 0
    for i, (orth, lower, lemma, pos, tag, dep, entity, morph, space, _) in enumerate(rows):
        token = Token()
        token.doc, token.i, token.idx, token.children = doc, i, idx, []
        token.text, token.lower_, token.lemma_ = strings[orth], strings[lower], strings[lemma]
        token.pos_, token.tag_, token.dep_ = strings[pos], strings[tag], strings[dep]
        token.ent_type_, token.morph = strings[entity], morphs[morph]
        idx += len(token.text) + space
        tokens.append(token)
    for token, steps in zip(tokens, heads, strict=True):
        token.head = tokens[token.i + steps]
        if steps:
            token.head.children.append(token)
    return tokens
