"""The text of a query before it is asked: what would call another server is refused, and a mistake is shown in its place.

Oxigraph calls out for SERVICE, and has no switch for it; nor has it a parser that could be asked alone. So the text is
cut into tokens here. Where the system allows it, the process that answers has no network either (`confined`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pyoxigraph import NamedNode

from kgbuild.errors import QueryError
from kgbuild.graph.triples import PREFIXES

CODE = re.compile(
    r"""
    (?P<comment>  \#[^\r\n]* )
  | (?P<string>   \"{3} (?: \"{0,2} (?: [^"\\] | \\. ) )* \"{3}
                | '{3} (?: '{0,2} (?: [^'\\] | \\. ) )* '{3}
                | " (?: [^"\\\r\n] | \\. )* "
                | ' (?: [^'\\\r\n] | \\. )* ' )
  | (?P<iri>      < [A-Za-z][A-Za-z0-9+.-]* :// (?: [^\x00-\x20<>"{}|^`\\]
                    | \\u[0-9A-Fa-f]{4} | \\U[0-9A-Fa-f]{8} )* >
                | < [^\x00-\x20<>"{}|^`\\'\#]* > )
  | (?P<unclear>  <[^\x00-\x20<>"{}|^`]*> )
  | (?P<variable> [?$][A-Za-z0-9_]+ )
  | (?P<local>    :[A-Za-z0-9_-]+ )
  | (?P<escaped>  \\. )
  | (?P<word>     [A-Za-z]+ )
  | (?P<sign>     . )
    """,
    re.DOTALL | re.VERBOSE,
)
"""The tokens of SPARQL, as far as telling code from text needs them.

A `#` or `'` after a backslash is part of a local name, not the start of anything. What is `unclear` may be an
IRI or a less-than sign: `?a<b:c#>` ends in a comment, `<b:c#>` is an IRI. With `://` it is an IRI, since no
expression holds two strokes; without quote and `#` no SERVICE can hide in it, since that goes on with a name
and a brace.
"""

ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

DEEPEST = 100
"""Brackets within brackets that a query may have: Oxigraph's parser calls itself for each, until the stack is full."""


def refuse_unsafe(sparql: str) -> None:
    """QueryError for a query that could call another server, in any spelling that some SPARQL parser may take for
    SERVICE (strings, comments and IRIs may say it), that declares a prefix or base by what is no IRI, or is nested
    too deeply.
    """
    for text in dict.fromkeys((sparql, unescape(sparql))):
        found = list(tokens(text))
        _refuse_depth(found)
        _refuse_bad_prefixes(found)
        if "service" in text.lower() and (_says_service(found) or _may_fall_apart(found)):
            raise QueryError(
                "The query says SERVICE, which would send data to another server."
                " Remove it: kgbuild asks the graph on this machine alone."
                " (Call a prefix of that name something else, and write an IRI beside it in full.)"
            )


Tokens = list[tuple[str, str]]


def _says_service(found: Tokens) -> bool:
    """Whether the word stands outside strings, comments, IRIs and names; or that cannot be told.

    Oxigraph wants no space around keywords ("trueSERVICEex:x{}"), so it is looked for inside words too.
    """
    return any(kind == "unclear" or (kind == "word" and "service" in word.lower()) for kind, word in found)


def _may_fall_apart(found: Tokens) -> bool:
    """Whether a name with that word in it may be none to Oxigraph, which then reads a prefix and a keyword.

    It does so where the whole is no IRI: `p:SERVICE <x> {…}` with `PREFIX p: <http://a:>`, as letters are no port; or
    `dip:SERVICEx:\\#y {…}`, as an IRI has one `#`. So all that is declared must be an IRI with letters after it too, and
    the name must end with its letters.
    """
    names = [place for place, (kind, word) in enumerate(found) if kind == "local" and "service" in word.lower()]
    if any(_goes_on(found[place + 1 : place + 3]) for place in names):
        return True
    return bool(names) and not all(_is_iri(iri) and _is_iri(iri + "s") for iri in _declared(found))


def _goes_on(after: Tokens) -> bool:
    """Whether a name has more than letters, given the two tokens after them; a full stop before a space ends it."""
    if not after:
        return False
    kind, word = after[0]
    if word == ".":
        return len(after) > 1 and not (after[1][0] in ("variable", "comment", "iri") or after[1][1] in " \t\r\n{}")
    return kind in ("local", "escaped") or word in (":", "%") or not word.isascii()


def _refuse_bad_prefixes(found: Tokens) -> None:
    for iri in _declared(found):
        # One without a scheme is taken from the base, and Oxigraph says itself if there is none.
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", iri) and not _is_iri(iri):
            raise QueryError(f"<{iri}> is no IRI. Correct it where the query declares a PREFIX or BASE by it.")


def _declared(found: Tokens) -> Iterator[str]:
    """The IRIs that follow a colon or BASE, as all of the prologue do."""
    seen = [(kind, word) for kind, word in found if kind != "comment" and not word.isspace()]
    for (_, before), (kind, word) in pairwise(seen):
        if kind in ("iri", "unclear") and (before == ":" or before.upper().endswith("BASE")):
            yield unescape(word[1:-1])


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def _refuse_depth(found: Tokens) -> None:
    depth = signs = 0
    before = ""
    for kind, word in found:
        if kind == "comment" or word.isspace():
            continue
        signs = signs + 1 if word == "!" else 0
        if word in ("(", "[", "{") or word == before == "<":
            depth += 1
        elif word in (")", "]", "}") or word == before == ">":
            depth -= 1
        before = word
        if depth + signs > DEEPEST:
            raise QueryError(
                f"The query is nested too deeply: it has more than {DEEPEST} brackets, or signs, within each other."
                " Write it flatter."
            )


def unescape(sparql: str) -> str:
    """The query with its codepoint escapes resolved everywhere, as the SPARQL specification has it; Oxigraph
    does so in strings and IRIs alone.
    """

    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code < 0x110000 else match[0]

    return ESCAPE.sub(character, sparql)


def tokens(sparql: str) -> Iterator[tuple[str, str]]:
    """Kind and text of each token of the query, in order."""
    for match in CODE.finditer(sparql):
        yield match.lastgroup or "sign", match[0]


def names_its_graphs(sparql: str) -> bool:
    """Whether the query chooses its dataset by FROM, so that the default graph is what it says and not the
    union.
    """
    words = [word.upper() for kind, word in tokens(sparql) if kind == "word"]
    return "FROM" in words


FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}


def mistake(sparql: str, error: str) -> str:
    """What is wrong with a query that does not parse, where, and what may cure it."""
    words = [word.upper() for kind, word in tokens(sparql) if kind == "word"]
    if not FORMS & set(words) and UPDATES & set(words):
        return (
            "A query can only read the graph: write SELECT, ASK, CONSTRUCT or DESCRIBE."
            " `kgbuild build` is what changes the graph."
        )
    place = re.match(r"error at (\d+):(\d+): (.*)", error, re.DOTALL)
    if place is None:
        return f"The query is not SPARQL: {error}."
    row, column, wrong = int(place[1]), int(place[2]), place[3]
    if not FORMS & set(words):
        first = re.search(r"(?m)^\s*(?!prefix\b|base\b|#)\w", sparql, re.IGNORECASE)
        begins = first.end() - 1 if first else 0
        row, column = _place(sparql, begins)
        wrong = "expected SELECT, ASK, CONSTRUCT, DESCRIBE"
    what, cure = expected(wrong), "Correct it; ontology/README.md has queries to begin with."
    if (unbalanced := _unbalanced(sparql)) is not None:
        row, column, what = unbalanced
    elif not sparql.split("\n", row - 1)[-1][column - 1 :].strip():
        what = "up to here it is no whole query. Somewhere before, a word is missing or too many."
    lines = sparql.splitlines()
    line = lines[row - 1] if row <= len(lines) else ""
    if "Prefix not found" in wrong:
        known = " ".join(f"{prefix}:" for prefix in PREFIXES)
        what, cure = "its prefix is not known.", f"These need no declaration: {known}"
    # A long line is shown from a little before the place; what is no single column of a terminal would move the caret.
    start = max(0, column - 61)
    seen = "".join(letter if letter.isprintable() else " " for letter in line[start : start + 100])
    caret = " " * (column - 1 - start) + "^"
    return f"{MISTAKE} in line {row}, column {column}: {what}\n  {seen}\n  {caret}\n{cure}"


def place_of(mistake: str) -> tuple[int, int] | None:
    """Line and column that `mistake` names; None in any other message."""
    place = re.match(rf"{MISTAKE} in line (\d+), column (\d+)", mistake)
    return (int(place[1]), int(place[2])) if place else None


def _unbalanced(sparql: str) -> tuple[int, int, str] | None:
    """Line and column of a brace or bracket that has no other, or where one is missing, and which."""
    at, opened = 0, list[str]()
    for kind, word in tokens(sparql):
        if kind == "sign" and word in PAIRS:
            opened.append(word)
        elif kind == "sign" and word in PAIRS.values():
            if not opened or PAIRS[opened[-1]] != word:
                return *_place(
                    sparql, at
                ), f"{PAIRS[opened[-1]]} is missing before this." if opened else f"there is a {word} too many."
            opened.pop()
        at += len(word)
    return (*_place(sparql, len(sparql.rstrip())), f"{PAIRS[opened[-1]]} is missing.") if opened else None


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


MISTAKE = "The query has a mistake"
PAIRS = {"{": "}", "(": ")", "[": "]"}
SIGNS = {
    "?": "a variable", "$": "a variable", "<": "an IRI", ":": "a name such as dip:Meeting", '"': "a string", "'": "a string",
    "_:": "a blank node", "[": "a blank node", "true": "a number or truth", "false": "a number or truth",
}  # fmt: skip
"""What begins with a sign that the parser wants."""
ALWAYS = {"#", "(", "^", "!", "|", "/", "*", "+", "-", "<<", "<<(", "{|", "~", '"""', "'''", "."}
"""Signs that may stand nearly anywhere, and tell little where others do."""


def expected(said: str) -> str:
    """What the parser wanted, in words: "expected a variable, an IRI or }."; it lists each sign and range of letters."""
    if "variable that is unbound" in said:
        return "SELECT has a variable that is neither grouped by nor counted."
    wanted = re.sub(r"\[[^\]]*\]", "", re.sub(r"^expected (one of )?", "", said.replace("\n", " ")))
    found = re.findall(r'"((?:[^"\\]|\\.)+)"|\b([A-Za-z][A-Za-z ]+[A-Za-z])\b', wanted)
    signs = [sign.replace('\\"', '"') if sign else word for sign, word in found]
    words = list(dict.fromkeys(SIGNS.get(sign, sign) for sign in signs if sign not in ALWAYS))
    words = words or list(dict.fromkeys(signs))
    if not words:
        return "what stands here is not expected."
    *others, last = (word if word[0].isalpha() else f'"{word}"' for word in words[:8])
    return f"expected {', '.join(others)} or {last}." if others else f"expected {last}."
