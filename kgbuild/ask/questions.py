"""Questions: named ones with what their first lines say of them, SPARQL text, files."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from kgbuild.ask.things import did_you_mean
from kgbuild.errors import QueryError


@dataclass(frozen=True)
class Parameter:
    """A variable of a question that a name of the graph can be given for."""

    name: str
    about: str
    optional: bool


@dataclass(frozen=True)
class Question:
    """A query with what its first comment lines say of it; `name` is empty for a query of the user's own."""

    name: str
    title: str
    about: str
    parameters: tuple[Parameter, ...]
    sparql: str
    days: tuple[str, ...] = ()
    """The columns of the first and last day of what a row tells, by which rows are chosen; none where rows are of no day."""


def find_question(asked: str, ontology_folder: Path) -> Question:
    """The question meant by *asked*: a name in `queries/` of *ontology_folder*, a path, `-` for stdin, or
    SPARQL text.

    An unknown name is a QueryError that offers the nearest one, and all.
    """
    if asked == "-":
        return read_question("", read_stdin())
    if re.search(r"[\s{}]", asked) and not asked.endswith(".rq"):
        return read_question("", asked)
    known = named_questions(ontology_folder)
    if asked in known:
        return known[asked]
    if asked.endswith(".rq") or "/" in asked:
        return read_question("", read_query(Path(asked)))
    choices = ", ".join(known) or "none"
    raise QueryError(
        f'No question "{asked}".{did_you_mean(asked, list(known))} There are: {choices}.'
        " SPARQL text, and a .rq file, do too."
    )


def named_questions(ontology_folder: Path) -> dict[str, Question]:
    """The questions of the ontology by name, sorted."""
    files = sorted((ontology_folder / "queries").glob("*.rq"))
    return {file.stem: read_question(file.stem, read_query(file)) for file in files}


def read_query(path: Path) -> str:
    """The text of a query file."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: no query can be read here ({error}). Name a .rq file of UTF-8 text.") from error


def read_stdin() -> str:
    """The text of standard input."""
    try:
        if sys.stdin is None:
            raise OSError("it is closed")
        return sys.stdin.read()
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"Standard input: no query can be read here ({error}). Give UTF-8 text.") from error


def read_question(name: str, sparql: str) -> Question:
    """A question from the text of a query, with the `# title:`, `# about:`, `# param:` and `# days:` of its first
    comment lines.
    """
    said: dict[str, str] = {}
    parameters = []
    for line in sparql.splitlines():
        match = re.fullmatch(r"#\s*(title|about|param|days):\s*(.*?)\s*", line)
        if match is None:
            break
        if match[1] == "param":
            variable, _, about = match[2].partition(" — ")
            parameters.append(Parameter(variable, about, optional="optional" in about))
        else:
            said[match[1]] = match[2]
    days = tuple(said.get("days", "").partition(" — ")[0].split())
    return Question(name, said.get("title", ""), said.get("about", ""), tuple(parameters), sparql, days)
