"""The records that flow through kgbuild, all frozen: Article, Mention, Claim, Reading. Start here.

Article -> (parse) -> Mention* -> Predication* -> Claim* -> quads of the article's graph
-> (merge) Entity*, Event*, edges -> rows | page. `pipeline.build` tells the story.
Offsets count characters of `Article.text`; ends are exclusive. Classes, relations and roles are
local names of the ontology ("Meeting", "actor"); things are local names under id: ("Sergey_Lavrov").
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

NATIONAL = "of that nationality"
"""The reason of a mention of people who belong to a state and do not act for it: "three Americans", "Turkish protesters"."""


SURE = 0.75
"""With less confidence a claim makes no direct edge, and is drawn as possible: it may have been misread."""


class Span(NamedTuple):
    """A stretch of an article's text."""

    start: int
    end: int
    text: str
    read_as: str = ""
    """Its words as they were read, where that is otherwise: without mark-up or soft hyphens, in other forms of letters."""

    @property
    def words(self) -> str:
        """As they were read: what names are made of, and what is compared; *text* is what is cited."""
        return self.read_as or self.text


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of an article and what it is: title, date, summary, dateline, body, boilerplate or other language."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One news article as the corpus reader hands it on; *text* is never changed afterwards."""

    id: str
    """The record's own id where the corpus gives one, else `article/<sha256 prefix>`."""
    text: str
    blocks: tuple[Block, ...]
    sha256: str
    source: str
    """The file it came from, relative to the corpus, and for a record of many `:` with its number."""
    title: str = ""
    issued: str | None = None
    """ISO 8601 date or date and time; None when the article does not say: never invented."""
    publisher: str | None = None
    dateline: str | None = None
    place: str | None = None
    """The dateline's city, as written."""
    url: str | None = None
    record_number: int | None = None
    """Its number among the records of its file; None where the file is the article."""

    @property
    def iri(self) -> str:
        """The article's local name under id:, also that of its named graph."""
        return f"article/{self.sha256[:16]}"


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase that names or describes something of a class, and what it refers to where known."""

    span: Span
    cls: str
    entities: tuple[str, ...] = ()
    """The things it denotes: one for a name, several for "the sides", none for "two officials"."""
    reason: str = ""
    """Why it denotes them."""
    represents: tuple[str, ...] = ()
    """The states or organisations it belongs to or, where it is not merely NATIONAL, acts for ("Philippine police")."""
    name: str = ""
    """A label for the entity if this mention is the first to name it; of a pronoun for someone unnamed, his description."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role that a mention plays in a claim: actor, recipient, participant, place, topic, ..."""

    role: str
    mention: Mention
    side: int = 0
    """Of a participant, on which side it stands: 1 for those whom the others face ("met *with*" them), 0 for all others, and
    for all where there is but one side."""


@dataclass(frozen=True, slots=True)
class When:
    """A time: EDTF level 1, with first and last day, and where it comes from."""

    edtf: str
    begin: str
    end: str | None
    """None where it goes on: "2011/.."."""
    source: str
    """Explicit (a full date stands there), Relative (worked out from the article's date), Assumed."""
    text: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A sum or a number with its unit: "$1.54 billion, a 15.9% increase" is 1540000000 USD, +15.9."""

    span: Span
    """The number with its unit, as written."""
    value: Decimal
    unit: str
    """ISO 4217 for money (USD), "percent", a UCUM code (t, m3), or what is counted, in the plural (troops)."""
    change: Decimal | None = None
    """In percent, of what it was: +15.9, -3."""


@dataclass(frozen=True, slots=True)
class Stance:
    """How a claim is held: by whom, how surely, and whether it happened."""

    polarity: str = "Affirmed"
    modality: str = "Actual"
    certainty: str = "Certain"
    speaker: Mention | None = None
    cue: str | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article, in order of *index*."""

    index: int
    span: Span


@dataclass(frozen=True, slots=True)
class Claim:
    """That a sentence says that something happens or holds: the unit of evidence."""

    claims: str
    """The event class, the relation, or Statement."""
    kind: str
    """event, relation or statement."""
    sentence: Sentence
    trigger: Span
    roles: tuple[Role, ...]
    stance: Stance
    when: When | None = None
    quantities: tuple[Quantity, ...] = ()
    """The sums and numbers that hang on the predicate, in order."""
    content: Span | None = None
    """What a Statement says, in its own words."""
    matched: str = ""
    """The example sentence of the ontology that taught it."""
    confidence: float = 1.0

    def role(self, name: str) -> tuple[Mention, ...]:
        """The mentions that play role *name*, in order."""
        return tuple(role.mention for role in self.roles if role.role == name)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one article."""

    article: Article
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    dropped: tuple[tuple[str, int], ...] = field(default=())
    """What was seen and set aside, by reason, with counts: nothing is dropped uncounted."""
