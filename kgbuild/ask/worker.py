"""A question of the user, answered and laid out in a process that is bounded in time and memory, and offline."""

from __future__ import annotations

import sysconfig
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from kgbuild.ask.explain import explain
from kgbuild.ask.query import Names, ask
from kgbuild.ask.questions import Question
from kgbuild.ask.render import lay_out
from kgbuild.ask.show import Shown, show
from kgbuild.ask.warnings import warnings
from kgbuild.errors import KgbuildError
from kgbuild.graph.bounded import LIMITS, Limits, Stage, bounded, can_fork
from kgbuild.graph.store import Answer, Graph, Rows, unless_damaged

UNTIMED = Limits(seconds=None)
"""Where only memory is bounded."""

PIECE = 2**18
"""Characters of a laid out answer that are handed over at a time."""

CODE = tuple(sorted({Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib", "platlib")}))
"""Where Python's modules are: laying out loads some of them when it meets letters that need them."""

SHOWN = 1000
"""Rows of a table, where no limit is asked for."""

T = TypeVar("T")


@dataclass(frozen=True)
class Chosen:
    """What an answer is cut to; see `ask`."""

    since: str | None = None
    until: str | None = None
    limit: int | None = None
    sort: str | None = None
    state: str | None = None


@dataclass(frozen=True)
class Remark:
    """What is to be said beside an answer: a warning or a note, and whether nothing was found."""

    text: str
    nothing: bool = False


def bounded_answer(
    store: Path | str,
    question: Question | str,
    given: Names | None = None,
    *,
    limits: Limits = LIMITS,
) -> Answer:
    """The answer to *question* from the store in a folder (see `ask`); QueryError says which of the *limits* it met."""
    return bounded_result(store, question, given, then=same, limits=limits)


def bounded_result(
    store: Path | str,
    question: Question | str,
    given: Names | None = None,
    *,
    then: Callable[[Answer], T],
    limits: Limits = LIMITS,
) -> T:
    """What *then*, a function that a module has by name, makes of the answer; see `bounded_answer`."""
    made: T
    [made] = messages(_answer, store, question, given or (), then, limits=limits)
    return made


def same(answer: Answer) -> Answer:
    """The answer as it is."""
    return answer


def bounded_text(
    store: Path | str,
    question: Question | str,
    given: Names | None = None,
    *,
    style: str = "table",
    width: int | None = None,
    chosen: Chosen | None = None,
    tell: Callable[[Remark], None] | None = None,
    limits: Limits = LIMITS,
) -> Iterator[str]:
    """The answer as `render` lays it out, piece by piece; the *limits* hold for answering and laying out together.

    Nothing comes before all is laid out, so an answer that meets a limit is not begun. What is to be said beside it, *tell*
    gets before the first piece.
    """
    for part in messages(_lay_out, store, question, given or (), style, width, chosen or Chosen(), limits=limits):
        if isinstance(part, Remark):
            if tell is not None:
                tell(part)
        else:
            yield part


def bounded_explanation(store: Path | str, name: str) -> str:
    """Why the thing that *name* means is one thing; see `kgbuild.ask.explain`."""
    text: str
    [text] = messages(_explain, store, name, limits=Limits(seconds=None))
    return text


def bounded_show(store: Path | str, name: str, *, style: str = "text", width: int = 120, height: int | None = 40) -> Shown:
    """What *name* means on one screen; see `kgbuild.ask.show`."""
    shown: Shown
    [shown] = messages(_show, store, name, style, width, height, limits=LIMITS)
    return shown


def messages(
    work: Callable[..., Iterator[object]],
    store: Path | str,
    *given: object,
    limits: Limits,
    readable: tuple[Path, ...] = (),
    prepared: tuple[str, ...] = (),
) -> Iterator[Any]:
    """What *work* yields, called with the place of the store and *given* in a process that reads the store, Python's own
    modules and the folders *readable*; with *prepared* it starts as `bounded` says of a server.
    """
    while True:
        place = Path(store).resolve()
        try:
            answers = bounded(
                work,
                str(store),
                *given,
                limits=limits,
                readable=(place, *CODE, *readable),
                fork=not prepared and can_fork(),
                prepared=prepared,
            )
            yield from unless_damaged(Path(store), answers)
            return
        except KgbuildError:
            # A build has put the next store there in the meantime, which that process could not read.
            if place == Path(store).resolve():
                raise


def _answer(store: str, question: Question | str, given: Names, then: Callable[[Answer], object]) -> Iterator[object]:
    yield Stage.OPENING
    graph = Graph.open(store)
    yield Stage.ANSWERING
    answer = ask(graph, question, given, limits=None)
    yield Stage.LAYING_OUT
    yield then(answer)


def _explain(store: str, name: str) -> Iterator[object]:
    yield Stage.OPENING
    graph = Graph.open(store)
    yield Stage.ANSWERING
    yield explain(graph, name)


def _show(store: str, name: str, style: str, width: int, height: int | None) -> Iterator[object]:
    yield Stage.OPENING
    graph = Graph.open(store)
    yield Stage.ANSWERING
    yield show(graph, name, style, width=width, height=height)


def _lay_out(
    store: str,
    question: Question | str,
    given: Names,
    style: str,
    width: int | None,
    chosen: Chosen,
) -> Iterator[Stage | Remark | str]:
    yield Stage.OPENING
    graph = Graph.open(store)
    yield Stage.ANSWERING
    own = question if isinstance(question, str) else question.sparql if not question.name else ""
    for warning in warnings(graph, own) if own else ():
        yield Remark(warning)
    cut = style == "table" and chosen.limit is None
    if cut and isinstance(question, Question) and question.takes_limit:
        chosen = replace(chosen, limit=SHOWN + 1)  # one more says that there are more
    answer = ask(graph, question, given, **asdict(chosen), limits=None)
    yield Stage.LAYING_OUT
    if cut and isinstance(answer, Rows) and len(answer.rows) > SHOWN:
        answer = Rows(answer.columns, answer.rows[:SHOWN])
        yield Remark(f"The first {SHOWN:,} rows are shown. For more: --limit N; for all: -f csv.")
    yield Remark("", nothing=isinstance(answer, Rows | list) and not (answer.rows if isinstance(answer, Rows) else answer))
    laid_out = lay_out(answer, style, width=width)
    if laid_out.note:
        yield Remark(laid_out.note)
    for start in range(0, len(laid_out.text), PIECE):
        yield laid_out.text[start : start + PIECE]
