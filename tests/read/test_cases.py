"""The case files: sentences and what they say (tests/cases/*.txt).

A case is one or more sentences, a line `---`, and what they say, one claim a line:

    Sanctions were imposed on Syria by the Arab League.
    ---
    ImposeSanctions | actor Arab League | recipient Syria | affirmed actual | by Speaker | 2014-12-19

Type, stance and the core roles count as a whole; an entity goes by its label, anything else by its words.
What a line leaves out is not compared: other roles (place, topic, theme, cause, instrument, office, about), the
speaker (`by no one` for none), the time (`undated` for none), each `amount`
(value, unit, change in percent; `amount none` for none), the certainty (third word of the
stance), the `content` of a Statement. A line with `no further roles` says that the claim has no roles but those named.
Statements count only where a line names one. `nothing` stands for no claim.
Options come first: `xfail: why`, `issued: 2016-05-02` (or `none`), `place: ANKARA` (the dateline's).
Cases are parted by blank lines; a line that opens with # is a comment. In headlines.txt the text is a title.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kgbuild.model import Claim, Mention, Quantity, Reading
from kgbuild.ontology import Ontology

CASES = Path(__file__).parents[1] / "cases"
CORE = ("actor", "recipient", "participant", "subject", "object", "holder", "of")
OTHER = ("place", "topic", "theme", "cause", "instrument", "office", "about")
OPTIONS = ("xfail", "issued", "place")


@dataclass(frozen=True)
class Case:
    """One case: its text, its options, and its lines as written."""

    file: str
    line: int
    text: str
    options: dict[str, str]
    says: tuple[str, ...]


def read_cases(path: Path) -> Iterator[Case]:
    """The cases of a file. Raises ValueError with file and line where one is malformed."""
    line = 1
    for piece in re.split(r"\n[ \t]*\n", path.read_text(encoding="utf-8")):
        rows = [row for row in piece.split("\n") if not row.startswith("#")]
        start, line = line + piece.count("\n") + 1 - len(rows), line + piece.count("\n") + 2
        if not "".join(rows).strip():
            continue
        if rows.count("---") != 1:
            raise ValueError(f"{path.name}:{start}: a case needs one line --- between text and claims.")
        cut = rows.index("---")
        options: dict[str, str] = {}
        says = [row.strip() for row in rows[cut + 1 :] if row.strip()]
        while says and (option := says[0].partition(": "))[0] in OPTIONS:
            options[option[0]] = option[2]
            del says[0]
        if not says:
            raise ValueError(f"{path.name}:{start}: a case needs claims, or the word nothing.")
        yield Case(path.stem, start, " ".join(rows[:cut]), options, tuple(says))


# -- a claim as a line ----------------------------------------------------------------------------


def names(mention: Mention, ontology: Ontology) -> list[str]:
    """The labels of what a mention denotes, or its words without the article."""
    known = [ontology.actors[e].label if e in ontology.actors else mention.name or e for e in mention.entities]
    return known or [re.sub(r"^(the|an?) ", "", mention.span.text, flags=re.IGNORECASE)]


def amount_of(quantity: Quantity) -> str:
    """ "1540000000 USD +15.9"."""
    change = "" if quantity.change is None else f" {quantity.change:+f}"
    return f"{quantity.value:f} {quantity.unit}{change}"


def parts_of(claim: Claim, ontology: Ontology) -> dict[str, list[str]]:
    """All that a line can say of a claim: part -> its fields."""
    parts: dict[str, list[str]] = {"type": [claim.claims]}
    for role in (*CORE, *OTHER):
        parts[role] = sorted({f"{role} {name}" for mention in claim.role(role) for name in names(mention, ontology)})
    stance = claim.stance
    parts["stance"] = [f"{stance.polarity} {stance.modality}".lower()]
    parts["certainty"] = [stance.certainty.lower()]
    parts["speaker"] = [f"by {name}" for name in names(stance.speaker, ontology)] if stance.speaker else ["by no one"]
    parts["time"] = [claim.when.edtf if claim.when else "undated"]
    parts["amount"] = [f"amount {amount_of(quantity)}" for quantity in claim.quantities] or ["amount none"]
    parts["content"] = [f"content {claim.content.text}"] if claim.content else []
    return parts


def split_line(line: str) -> dict[str, list[str]]:
    """A line of a case as parts; only what it says."""
    parts: dict[str, list[str]] = {"type": [line.split("|")[0].strip()]}
    for field in map(str.strip, line.split("|")[1:]):
        word = field.split(" ")[0]
        if word in (*CORE, *OTHER, "amount", "content"):
            parts.setdefault(word, []).append(field)
        elif word == "by":
            parts["speaker"] = [field]
        elif word in ("affirmed", "negated"):
            parts["stance"] = [" ".join(field.split()[:2])]
            parts |= {"certainty": field.split()[2:]} if len(field.split()) > 2 else {}
        elif field == "no further roles":
            parts |= {role: parts.get(role, []) for role in OTHER}
        elif word == "undated" or re.match(r"\d", word):
            parts["time"] = [field]
        else:
            raise ValueError(f"{field!r} is no part of a claim.")
    return parts


def line_of(parts: dict[str, list[str]], stated: set[str]) -> str:
    """The parts that are *stated*, and those that always count, in one order."""
    always = {"type", "stance", *CORE}
    order = ("type", *CORE, *OTHER, "amount", "stance", "certainty", "speaker", "time", "content")
    return " | ".join(one for part in order if part in always | stated for one in sorted(parts.get(part, [])))


def compare(case: Case, reading: Reading, ontology: Ontology) -> tuple[list[str], list[str]]:
    """What the case says and what was read, as lines to be compared: each claim beside the one most like it."""
    wanted = [split_line(line) for line in case.says if line != "nothing"]
    statements = any(parts["type"] == ["Statement"] for parts in wanted)
    found = [parts_of(c, ontology) for c in reading.claims if statements or c.claims != "Statement"]
    said, read = [], []
    for parts in wanted:
        stated = set(parts)
        line = line_of(parts, stated)
        said.append(line)
        alike = sorted(found, key=lambda f: (line_of(f, stated) != line, f["type"] != parts["type"], line_of(f, set())))
        if alike and alike[0]["type"] == parts["type"]:
            read.append(line_of(alike[0], stated))
            found.remove(alike[0])
    return sorted(said), sorted([*read, *(line_of(f, set()) for f in found)])


def _all_cases() -> Iterator[object]:
    for path in sorted(CASES.glob("*.txt")):
        for case in read_cases(path):
            why = case.options.get("xfail")
            marks = [pytest.mark.xfail(strict=True, reason=why)] if why else []
            yield pytest.param(case, marks=marks, id=f"{case.file}:{case.line}")


@pytest.mark.parametrize("case", list(_all_cases()))
def test_a_sentence_says_what_its_case_says(case: Case, read_text: Callable[..., Reading], ontology: Ontology) -> None:
    issued = case.options.get("issued", "2014-12-19")
    reading = read_text(
        case.text,
        issued=None if issued == "none" else issued,
        place=case.options.get("place"),
        kind="title" if case.file == "headlines" else "body",
    )
    said, read = compare(case, reading, ontology)
    assert read == said, case.text


def test_no_further_roles_refuses_a_role_that_the_line_does_not_name(
    read_text: Callable[..., Reading], ontology: Ontology
) -> None:
    reading = read_text("Norway met Mali in Oslo.")
    line = "Meeting | participant Norway | participant Mali | affirmed actual"
    lax, strict = (Case("test", 1, "", {}, (line + end,)) for end in ("", " | no further roles"))
    assert compare(lax, reading, ontology) == ([line.replace("Norway | participant Mali", "Mali | participant Norway")],) * 2
    said, read = compare(strict, reading, ontology)
    assert (said, read) == (
        ["Meeting | participant Mali | participant Norway | affirmed actual"],
        ["Meeting | participant Mali | participant Norway | place Oslo | affirmed actual"],
    )
