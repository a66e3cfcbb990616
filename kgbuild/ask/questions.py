"""Questions: named ones with what their first lines say of them, SPARQL text, files."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kgbuild.ask.things import did_you_mean
from kgbuild.errors import QueryError
from kgbuild.graph.store import Term


@dataclass(frozen=True)
class Parameter:
    """A variable of a question that a name can be given for: of a thing of the graph, or of an outlet."""

    name: str
    about: str
    optional: bool

    @property
    def of_outlet(self) -> bool:
        """Whether it is a publisher that is named, which is no thing of the graph."""
        return "outlet" in self.about.partition(",")[0]


@dataclass(frozen=True)
class Question:
    """A query with what its first comment lines say of it; `name` is empty for a query of the user's own."""

    name: str
    title: str
    about: str
    parameters: tuple[Parameter, ...]
    sparql: str
    days: tuple[str, ...] = ()
    """The columns of the first and last day of what a row tells, by which rows are chosen; none where the query chooses by
    days itself (`#if days: `), or rows are of no day."""
    each: str = ""
    """The column of whose values each has one row: the first of its rows. Empty where all rows count."""
    joined: tuple[str, ...] = ()
    """The columns in which that row has what all rows of that value have there."""

    def described(self) -> str:
        """What its first lines say of it, each on a line: title, what the rows are, which names it takes, its columns."""
        names = [f"NAME: {parameter.about}" for parameter in self.parameters]
        columns = re.search(r"\bselect\s+((?:\?\w+\s+)+)", self.sparql, re.IGNORECASE)
        shown = re.findall(r"\w+", columns[1]) if columns else []
        hidden = {*(parameter.name for parameter in self.parameters), *self.days, "order", "found"}
        told = [f"Columns: {', '.join(name for name in shown if name not in hidden)}"] if shown else []
        return "\n".join(filter(None, [self.title, self.about, *names, *told]))

    @property
    def takes_days(self) -> bool:
        """Whether it can be asked of a time."""
        return bool(self.days) or "#if days: " in self.sparql

    @property
    def takes_limit(self) -> bool:
        """Whether the query itself can look no further than it must for the first rows."""
        return "#if limit: " in self.sparql

    def has_place_for(self, parameter: Parameter) -> bool:
        """Whether the text says where values of *parameter* go: `VALUES ?about { UNDEF }`."""
        return _place(parameter.name) in self.sparql

    def filled(
        self,
        values: Mapping[str, Iterable[Term]],
        wanted: tuple[str | None, str | None] = (None, None),
        limit: int | None = None,
    ) -> str:
        """The text as it is asked with the *values* of its variables, for the days *wanted*, for *limit* things at most.

        Lines that begin with `#if days: `, `#if limit: ` or `#if about: ` (a parameter) are part of it where that is given,
        those with `#unless about: ` where it is not; one may stand behind another.
        """
        given = {*values, *(["days"] if wanted != (None, None) else []), *(["limit"] if limit is not None else [])}
        since, until = wanted[0] or FIRST, wanted[1] or LAST
        put = {
            "since": since.replace("-", ""), "until": until.replace("-", ""),
            "sinceDate": f'"{since}"^^xsd:date', "untilDate": f'"{until}"^^xsd:date', "limit": str(limit),
        }  # fmt: skip

        def line(found: re.Match[str]) -> str:
            space, word, condition, rest = found.groups()
            if (condition in given) != (word == "if"):
                return found[0]
            if condition in ("days", "limit"):
                rest = re.sub(r"\?(\w+)", lambda variable: put.get(variable[1], variable[0]), rest)
            return CONDITION.sub(line, f"{space}{rest}")

        text = CONDITION.sub(line, self.sparql).replace(AT_LAST, AT_LAST.replace(LAST, until))
        for name, terms in values.items():
            text = text.replace(_place(name), f"VALUES ?{name} {{ {' '.join(sorted(map(str, terms)))} }}")
        return text


def _place(name: str) -> str:
    return f"VALUES ?{name} {{ UNDEF }}"


CONDITION = re.compile(r"^([ \t]*)#(if|unless) (\w+): (.*)$", re.MULTILINE)
FIRST, LAST = "0001-01-01", "9999-12-31"
AT_LAST = f'VALUES ?until {{ "{LAST}" }}'
"""How a query says that it looks back from a day."""


def find_question(asked: str, ontology_folder: Path, own: Sequence[Path] = ()) -> Question:
    """The question meant by *asked*: a name in `queries/` of *ontology_folder* or in a folder of one's *own*, a path, `-`
    for stdin, or SPARQL text.

    An unknown name is a QueryError that offers the nearest one, and all.
    """
    if asked == "-":
        return read_question("", read_stdin())
    if re.search(r"[\s{}]", asked) and not asked.endswith(".rq"):
        return read_question("", asked)
    known = named_questions(ontology_folder, own)
    if asked in known:
        return known[asked]
    if asked.endswith(".rq") or "/" in asked:
        return read_question("", read_query(Path(asked)))
    choices = ", ".join(known) or "none"
    raise QueryError(
        f'No question "{asked}".{did_you_mean(asked, list(known))} There are: {choices}.'
        " SPARQL text, and a .rq file, do too."
    )


def named_questions(ontology_folder: Path, own: Sequence[Path] = ()) -> dict[str, Question]:
    """The questions of the ontology, and of folders of one's *own*, by name, sorted; the later of two of one name."""
    folders = [folder for folder in (ontology_folder / "queries", *own) if os.path.isdir(folder)]
    files = {file.stem: file for folder in folders for file in sorted(folder.glob("*.rq"))}
    return {name: read_question(name, read_query(file)) for name, file in sorted(files.items())}


def own_folders(output: Path) -> tuple[Path, ...]:
    """Where a user's own questions are: `queries/` in the output folder, and what KGBUILD_QUERIES names, as PATH does."""
    named = os.environ.get("KGBUILD_QUERIES", "").split(os.pathsep)
    return (output / "queries", *(Path(folder).expanduser() for folder in named if folder))


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
    """A question from the text of a query, with the `# title:`, `# about:`, `# param:`, `# days:` and `# each:` of
    its first comment lines.
    """
    said: dict[str, str] = {}
    parameters = []
    for line in sparql.splitlines():
        match = re.fullmatch(r"#\s*(title|about|param|days|each):\s*(.*?)\s*", line)
        if match is None:
            break
        if match[1] == "param":
            variable, _, about = match[2].partition(" — ")
            parameters.append(Parameter(variable, about, "optional" in about))
        else:
            said[match[1]] = match[2]
    days = tuple(said.get("days", "").partition(" — ")[0].split())
    days = () if days == ("since", "until") else days
    each, *joined = said.get("each", "").partition(" — ")[0].replace(",", " ").split() or [""]
    title, about = said.get("title", ""), said.get("about", "")
    return Question(name, title, about, tuple(parameters), sparql, days, each, tuple(joined))
