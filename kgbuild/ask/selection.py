"""What part of a graph is drawn: an actor with its neighbours, some relations, a stretch of time, a query's answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations, product
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kgbuild.ask.days import days_between, is_within
from kgbuild.ask.evidence import Evidence, Source, Vocabulary, local
from kgbuild.ask.links import Link
from kgbuild.ask.things import did_you_mean, folded
from kgbuild.errors import KgbuildError

if TYPE_CHECKING:
    from kgbuild.graph.store import Answer

ENDS = (("from", "source", "subject"), ("relation", "predicate", "type"), ("to", "target", "object"))
"""The names that the three columns of a query may have; our messages use the first of each."""


@dataclass(frozen=True, slots=True)
class AnswerEdge:
    """Two things that a query answers, by their ids, and the relation where it names one."""

    source: str
    relation: str | None
    target: str


@dataclass(frozen=True, slots=True)
class Selection:
    """What part of a graph to draw. Each field that is left out restricts nothing, so that `Selection()` is all of it."""

    about: str | None = None
    """An actor, by any name of it: it is drawn with its neighbours."""
    relations: tuple[str, ...] = ()
    """Event types and relations, by name or label; a class selects all below it, too: "Sanction" all kinds of sanctions."""
    since: str | None = None
    until: str | None = None
    """A day, a month or a year: claims of another time are left out. One whose time the text does not give is of the day on
    which it was reported; one of an article without a date, too, stays."""
    edges: tuple[AnswerEdge, ...] | None = None
    """The answers of a query; nothing else is drawn."""
    question: str = field(default="a query", compare=False)
    """What to call that query: the name of its file; it selects nothing."""

    @property
    def days(self) -> tuple[str | None, str | None]:
        """The first and the last day; see `days_between`."""
        return days_between(self.since, self.until)


EVERYTHING = Selection()


def of_time(links: Iterable[Link], evidence: dict[str, Evidence], selection: Selection) -> list[Link]:
    """The links whose claim may be of the time selected; what says no day, in an article without one, may be of any."""
    return [link for link in links if is_within(evidence[link.claim].days, selection.days)]


def of_relations(links: list[Link], vocabulary: Vocabulary, selection: Selection) -> list[Link]:
    """The links of the relations selected; KgbuildError for one that no link has."""
    if not selection.relations:
        return links
    present = {name for link in links for name in vocabulary.lineage(link.relation)}
    called = {folded(vocabulary.words(name)): name for name in sorted(present)} | {folded(name): name for name in present}
    wanted = set()
    for name in selection.relations:
        if folded(name) not in called:
            drawn = sorted({link.relation for link in links})
            raise KgbuildError(
                f'No claim of this graph has the relation "{name}".{did_you_mean(name, sorted(present))} '
                f"There are: {', '.join(drawn) or 'none'}."
            )
        wanted.add(called[folded(name)])
    return [link for link in links if wanted & set(vocabulary.lineage(link.relation))]


def around(links: list[Link], actor: str, label: str) -> list[Link]:
    """The links of *actor* and those between its neighbours; KgbuildError if it has none."""
    near = {end for link in links if actor in link.ends for end in link.ends}
    if not near:
        raise KgbuildError(f"No claim that is drawn relates {label} to another actor. Ask: kgbuild query dossier {label!r}")
    return [link for link in links if near.issuperset(link.ends)]


def answered(
    links: list[Link], edges: tuple[AnswerEdge, ...], vocabulary: Vocabulary
) -> tuple[list[Link], list[AnswerEdge]]:
    """The links that the answers *edges* of a query name, and the answers that no link, and so no claim, supports."""
    between: dict[tuple[str, str], list[Link]] = {}
    for link in links:
        for source, target in joined(link):
            between.setdefault((source, target), []).append(link)
    supporting: dict[Link, None] = {}
    unsupported = []
    for edge in edges:
        found = [
            link
            for link in between.get((edge.source, edge.target), ())
            if edge.relation is None or edge.relation in vocabulary.names(link.relation)
        ]
        supporting |= dict.fromkeys(found)
        if not found:
            unsupported.append(edge)
    return list(supporting), unsupported


def joined(link: Link) -> Iterator[tuple[str, str]]:
    """Each two whom a link joins, from the first to the second: both ways where it has no direction."""
    first, second = link.sides if any(link.sides) else ((link.source,), (link.target,))
    yield from product(first, second)
    if not link.directed:
        yield from product(second, first)
    if not (first and second):
        yield from permutations(first or second, 2)


def query_as_evidence(edge: AnswerEdge, question: str, number: int) -> tuple[Evidence, Source]:
    """The evidence and source of an answer of a query that no claim supports: the query itself, and it says so."""
    claim = Evidence(
        id=f"query/{number}",
        article="query",
        at=0,
        sentence=f"Answered by {question}; no sentence of an article says so.",
        index=0,
        mark=None,
        marks=(),
        speaker=None,
        cue=None,
        quoted=False,
        polarity="Affirmed",
        modality="Actual",
        certainty="Unspecified",
        unsure=False,
        stance="actual",
        status=None,
        event=None,
        when=None,
        begin=None,
        end=None,
        reported=None,
        amount=None,
    )
    return claim, Source("query", question, None, None, None, question)


def edges_of(answer: Answer) -> tuple[AnswerEdge, ...]:
    """The edges that a query answers: the triples of a CONSTRUCT, or the rows of a SELECT of ?from, ?to and,
    where wanted, ?relation.

    A row that names no two things is no edge; KgbuildError where none is.
    """
    if isinstance(answer, bool):
        raise KgbuildError(
            "ASK answers yes or no, which cannot be drawn. Ask with CONSTRUCT, or SELECT ?from ?relation ?to."
        )
    if isinstance(answer, list):
        rows: Iterable[Sequence[object]] = ((triple.subject, triple.predicate, triple.object) for triple in answer)
    else:
        places = [next((answer.columns.index(name) for name in names if name in answer.columns), None) for names in ENDS]
        if places[0] is None or places[2] is None:
            columns = ", ".join(f"?{column}" for column in answer.columns)
            raise KgbuildError(
                f"The query answers {columns}. To be drawn it needs ?from and ?to, and may have ?relation;"
                " or ask with CONSTRUCT."
            )
        rows = ([None if place is None else row[place] for place in places] for row in answer.rows)
    found = {
        AnswerEdge(local(source.value), named(relation), local(target.value)): None
        for source, relation, target in rows
        if isinstance(source, NamedNode) and isinstance(target, NamedNode) and source != target
    }
    if not found:
        raise KgbuildError("The query answers no edge between two things. Try it first: kgbuild query FILE")
    return tuple(found)


def named(relation: object) -> str | None:
    """The IRI or the words of a relation; None where there is none."""
    value = getattr(relation, "value", None)
    return local(str(value)) if value else None


def title_of(selection: Selection, about: str | None) -> str | None:
    """What is drawn, in words: "Serbia and its neighbours · Meeting · since 2014-12"; None for everything."""
    parts = []
    if about is not None:
        parts.append(f"{about} and its neighbours")
    if selection.edges is not None:
        parts.append(f"Answers of {selection.question}")
    if selection.relations:
        parts.append(", ".join(selection.relations))
    if selection.since and selection.until:
        parts.append(selection.since if selection.since == selection.until else f"{selection.since} to {selection.until}")
    elif selection.since or selection.until:
        parts.append(f"since {selection.since}" if selection.since else f"until {selection.until}")
    return " · ".join(parts) or None


def period(articles: Sequence[Source]) -> str | None:
    """How many articles there are, of whom, and from what month to what: "200 articles of The Observer and 3 others, 2015-03
    to 2025-06"; None of none.
    """
    if not articles:
        return None
    dated = sorted(article.issued[:7] for article in articles if article.issued)
    time = f", {dated[0]}" + (f" to {dated[-1]}" if dated[-1] != dated[0] else "") if dated else ""
    counted = Counter(article.publisher for article in articles if article.publisher)
    outlets = sorted(counted, key=lambda outlet: (-counted[outlet], outlet))
    if len(outlets) > NAMED + 1:
        outlets[NAMED:] = [f"{len(outlets) - NAMED} others"]
    of = " of " + " and ".join(filter(None, (", ".join(outlets[:-1]), outlets[-1]))) if outlets else ""
    return f"{len(articles):,} article{'' if len(articles) == 1 else 's'}{of}{time}"


NAMED = 2
"""So many outlets are named in a title, and one more where there is but one more."""
