"""What an article has named so far: what descriptions and pronouns look back at."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from kgbuild.model import Article
from kgbuild.ontology import Ontology
from kgbuild.read.names.located import Located
from kgbuild.read.parse.clauses import Clauses
from kgbuild.read.parse.nlp import Passage
from kgbuild.read.parse.quotes import quotes
from kgbuild.read.parse.tokens import Span as ParsedSpan
from kgbuild.read.parse.tokens import Token

BEGINNING = 2
"""Paragraphs that say what an article is about: those named together there alone are meant by "the leaders" to its end."""
REMEMBERED = 300
"""Mentions that are looked back at: an article is read in time that grows with its length."""


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """That a person is found to hold an office of a state or body, by this mention."""

    holder: Located
    office: str
    of: str
    why: str


@dataclass(frozen=True, slots=True)
class Joined:
    """Actors that were named together, and the token that completed them."""

    entities: tuple[str, ...]
    cls: str
    passage: int
    at: int


@dataclass
class Memory:
    """One article while its mentions are resolved, from first to last."""

    article: Article
    ontology: Ontology
    passages: tuple[Passage, ...]
    clauses: tuple[Clauses, ...]
    actors_named: tuple[Located, ...] = ()
    """The names of states, towns and bodies of the whole article."""
    publishing: str | None = None
    """The state whose body publishes the article."""
    names: dict[tuple[int, int], Located] = field(default_factory=dict)
    """The names of the whole article by passage and head, also those still to come: a pronoun may stand before its name."""
    seen: deque[Located] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    at: dict[tuple[int, int], Located] = field(default_factory=dict)
    """The resolved mentions, by passage and token: their heads, and all tokens of names."""
    joined: deque[Joined] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    offices: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Person -> (office, state), those who hold it now."""
    former: dict[str, set[str]] = field(default_factory=dict)
    """Office -> the persons who held it once: "former President X"."""
    held_offices: list[HeldOffice] = field(default_factory=list)
    """The offices that the article's wording gives away."""
    genders: dict[str, str] = field(default_factory=dict)
    """Person -> Masc or Fem; the empty word where the article disagrees with itself."""
    spoken_of: frozenset[str] = frozenset()
    """The states and bodies that the article names."""
    _quoted: dict[int, frozenset[int]] = field(default_factory=dict)
    _sentences: dict[int, tuple[ParsedSpan, ...]] = field(default_factory=dict)

    @cached_property
    def day(self) -> str:
        """The article's day, or the empty word."""
        return self.article.issued[:10] if self.article.issued else ""

    @cached_property
    def given_names(self) -> frozenset[str]:
        """The first names that language.ttl lists."""
        return self.ontology.words("male", "firstName") | self.ontology.words("female", "firstName")

    def local_id(self, entity: str) -> str:
        """The id of something that bears a name of *entity* in this article, and may be another elsewhere."""
        return f"{entity}_in_{self.article.sha256[:8]}"

    def token(self, one: Located) -> Token:
        """The head of a mention."""
        return self.passages[one.passage].doc[one.head]

    def add(self, one: Located) -> None:
        """Remember a resolved mention."""
        self.seen.append(one)
        for i in range(one.first, one.last) if one.kind == "name" else ():
            self.at.setdefault((one.passage, i), one)
        self.at[one.passage, one.head] = one

    def join(self, entities: tuple[str, ...], cls: str, at: int, passage: int) -> None:
        """Note that *entities*, all of class *cls* where that is one, were named together."""
        self.joined.append(Joined(entities, cls, passage, at))

    def lately_joined(self, passage: int, cls: str = "", *, near: int = 2) -> Joined | None:
        """The actors last named together, of class *cls* if given, at most so many paragraphs before."""
        for joined in reversed(self.joined):
            if passage - joined.passage > near:
                return None
            if cls == "State" and joined.cls == "Person":
                continue
            if cls in ("", joined.cls):
                return joined
        return None

    def only_persons_joined(self) -> Joined | None:
        """The persons named together at the beginning, where no others were since."""
        found = {frozenset(joined.entities): joined for joined in reversed(self.joined) if joined.cls == "Person"}
        only = next(iter(found.values())) if len(found) == 1 else None
        return only if only is not None and only.passage < BEGINNING else None

    def mention(self, token: Token, passage: int) -> Located | None:
        """The mention at a token, resolved if it was seen, else the name whose head it is."""
        return self.at.get((passage, token.i)) or self.names.get((passage, token.i))

    def note_gender(self, person: str, gender: str) -> None:
        """Note the gender of a person; two that differ make it unknown."""
        if gender:
            self.genders[person] = gender if self.genders.get(person, gender) == gender else ""

    def quoted(self, passage: int) -> frozenset[int]:
        """The tokens of a passage that stand in direct speech."""
        if passage not in self._quoted:
            stretches = quotes(self.passages[passage].doc)
            self._quoted[passage] = frozenset(i for first, last in stretches for i in range(first, last))
        return self._quoted[passage]

    def sentences_before(self, passage: int, sentence: ParsedSpan, *, passages: int) -> Iterator[tuple[int, ParsedSpan]]:
        """The sentences before *sentence* with their passage, the nearest first, at most so many passages back."""
        for number in range(passage, max(-1, passage - passages - 1), -1):
            if number not in self._sentences:
                self._sentences[number] = tuple(self.passages[number].doc.sents)
            for earlier in reversed(self._sentences[number]):
                if number < passage or earlier.end <= sentence.start:
                    yield number, earlier

    def named_in(self, passage: int, sentence: ParsedSpan, before: int | None = None) -> list[Located]:
        """The resolved mentions of a sentence, in order, those that begin before token *before*."""
        end = sentence.end if before is None else before
        return [m for m in self.seen if m.passage == passage and sentence.start <= m.head < sentence.end and m.first < end]
