"""One parsed paragraph with its clauses, resolved mentions and attributions: what claims are made of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kgbuild.model import Article, Mention, Sentence, Span
from kgbuild.ontology import Ontology
from kgbuild.read.claims.attributions import Attribution, attributions, carried_on
from kgbuild.read.claims.issuers import issuers_in_title, issuers_told
from kgbuild.read.frames.frame import Match
from kgbuild.read.names.coreference import resolve
from kgbuild.read.names.descriptions import acts_for_others
from kgbuild.read.names.located import Located
from kgbuild.read.names.memory import HeldOffice
from kgbuild.read.names.names import find_mentions
from kgbuild.read.names.publisher import publishing_state
from kgbuild.read.parse.clauses import Clauses, is_verbal
from kgbuild.read.parse.nlp import Passage, sentences, text_span
from kgbuild.read.parse.quotes import in_quotes
from kgbuild.read.parse.repeats import without_repetition
from kgbuild.read.parse.tokens import Doc, Token
from kgbuild.read.quantities import Counted
from kgbuild.read.time.expressions import Timed, expressions
from kgbuild.read.tools import Tools

DONE = ("Project", "Agreement", "Conflict")
"""What an actor makes or has does nothing itself: "an IMF program"."""

THEIRS = ("GovernmentBody", "ArmedGroup")
"""Classes of what is a speaker's side's where he calls it "our": "our troops", not "our partners"."""

GoingOn = tuple[int, Attribution, int, int]
"""An attribution of the paragraph of that number that goes on in a later one, from one token up to another there."""
LABELS = re.compile(r"^(?:[A-Z][\w.'’-]*,? ){0,4}[A-Z][\w.'’-]*: ", re.MULTILINE)
"""Who speaks in a transcript: "QUESTION: Will you go?"."""


@dataclass(eq=False)
class Paragraph:
    """One paragraph while its claims are made."""

    number: int
    """Its place among the paragraphs of its article that are read."""
    article: Article
    passage: Passage
    tools: Tools
    mentions: list[Located]
    """Those of this paragraph, in order."""
    attributions: list[Attribution]
    starts: dict[int, Sentence]
    """The sentences of the whole article, by the character with which each starts."""
    together: list[Paragraph]
    """All paragraphs of the article, in order; this one is `together[number]`."""
    going_on: Sequence[GoingOn] = ()
    """The attributions of paragraphs before that go on in this one, those of the last paragraph first."""
    by_token: dict[int, Located] = field(default_factory=dict)
    """The mention whose head, or else whose words, a token is."""
    selves: Mention | None = None
    """Who "we" are in the article's own words, as it has said up to here: "We, the leaders of Chad and Mali"."""

    _matches: dict[int, tuple[Match, ...]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        for one in sorted(self.mentions, key=lambda m: m.last - m.first):
            for i in range(one.first, one.last) if one.kind == "name" else ():
                self.by_token.setdefault(i, one)
        for one in sorted(self.mentions, key=lambda m: m.kind != "demonym"):  # "three Americans" are not America
            self.by_token[one.head] = one
        self._introduce_selves()
        for token in self.doc:
            if (
                token.morph.get("Person", []) == ["1"]
                and in_quotes(token)
                and (speaker := self._quoted_voice(token)) is not None
            ):
                self._speak_for(speaker, token)

    def _introduce_selves(self) -> None:
        """Let "we" outside quotations stand for those whom an apposition to it names, here or in a paragraph before, or who
        issue the text; and "I", where a state's body publishes it, for somebody who acts for that.
        """
        publisher = self._publisher()
        self.selves = self.together[-1].selves if self.together else publisher or self._issuers()
        for token in self.doc:
            one = self.by_token.get(token.i)
            if token.morph.get("Person", []) != ["1"] or in_quotes(token):
                continue
            plural = token.morph.get("Number", []) == ["Plur"]
            if plural and self.selves is not None and token.dep_ == "poss":
                self._speak_for(self.selves, token)
            if one is None or one.kind != "pronoun":
                continue
            beside = next(
                (self.by_token[c.i].mention for c in token.children if c.dep_ == "appos" and c.i in self.by_token), None
            )
            if (
                plural
                and beside is not None
                and (beside.represents or any(e in self.ontology.actors for e in beside.entities))
            ):
                self.selves = beside
            who = self.selves if plural else publisher
            if who is not None and not (one.mention.entities or one.mention.represents):
                cls = who.cls if plural else "Person"
                meant = replace(one.mention, cls=cls, entities=who.entities, represents=who.represents)
                reason = f'"{token.text}" for {who.span.text}'
                self.by_token[token.i] = replace(one, mention=replace(meant, reason=reason))

    def _issuers(self) -> Mention | None:
        """Those who issue the text together, where its first words or its title say who does."""
        told = issuers_told(self.doc, self.by_token, self.ontology)
        return told or issuers_in_title(self.article.title, self.tools.gazetteer, self.ontology)

    def _publisher(self) -> Mention | None:
        """The state whose body publishes the article, where it speaks for that alone: in a joint statement or a transcript
        others do.
        """
        article = self.article
        state = publishing_state(article.publisher, self.tools.gazetteer)
        joint = {word.lower() for word in article.title.split()} & self.ontology.words("jointly", "modifier")
        if state is None or joint or len(LABELS.findall(article.text)) > 1:
            return None
        return Mention(Span(0, 0, article.publisher or ""), "Group", reason="whose body writes", represents=(state,))

    def _quoted_voice(self, token: Token) -> Mention | None:
        """Who says the direct speech that *token* is part of, not whom that quotes."""
        return next((speaker for speaker, one in self.voices(token) if not in_quotes(one.cue[0])), None)

    def _speak_for(self, speaker: Mention, pronoun: Token) -> None:
        """Let "I" stand for *speaker*, "we" for his side, and "our troops" and "our country" for those of his side."""
        one, alone = self.by_token.get(pronoun.i), pronoun.morph.get("Number", []) == ["Sing"]
        person = self.ontology.is_a(speaker.cls, "Person")
        side = speaker.represents if person else speaker.represents or speaker.entities
        himself = not alone and person and not side and len(speaker.entities) == 1 and self._is_said_by(pronoun)
        if himself and one is not None and one.kind == "pronoun":
            alone = True  # "We urge Mali …", says somebody whose side is not known: he does
        if one is not None and one.kind == "pronoun" and not one.mention.entities and (side or alone):
            reason = f'"{pronoun.text}" for {speaker.span.text}'
            cls = speaker.cls if alone or not person else "Group"
            entities = speaker.entities if alone or not person else ()
            mention = replace(one.mention, cls=cls, entities=entities, represents=speaker.represents, reason=reason)
            self.by_token[pronoun.i] = replace(one, mention=mention)
        owned = self.by_token.get(pronoun.head.i) if pronoun.dep_ == "poss" and not alone else None
        if owned is not None and not owned.mention.entities and not owned.mention.represents and side:
            home = pronoun.head.lemma_.lower() in self.ontology.words("homeland", "noun") and not owned.plural
            if home or any(self.ontology.is_a(owned.mention.cls, cls) for cls in THEIRS):
                self.by_token[pronoun.head.i] = owned.representing(side)
                above = pronoun.head.head
                whose = self.by_token.get(above.head.i) if home and above.lower_ == "of" else None
                if whose is not None and whose.kind == "description" and acts_for_others(above.head, self.ontology):
                    bare = not (whose.mention.entities or whose.mention.represents)
                    self.by_token[above.head.i] = whose.representing(side) if bare else whose

    def _is_said_by(self, pronoun: Token) -> bool:
        """Whether a pronoun is the subject of what is done by saying it: "we urge", "we reject"."""
        verb = pronoun.head
        return pronoun.dep_ == "nsubj" and verb.tag_ == "VBP" and self.tools.frames.is_said(verb)

    @property
    def ontology(self) -> Ontology:
        """That of the tools."""
        return self.tools.ontology

    @property
    def doc(self) -> Doc:
        """The parse."""
        return self.passage.doc

    @property
    def clauses(self) -> Clauses:
        """What governs what."""
        return self.passage.clauses

    @cached_property
    def times(self) -> tuple[Timed, ...]:
        """The expressions of time; a number that counts something is no year."""
        spans = [counted.quantity.span for counted in self.quantities]
        return tuple(t for t in expressions(self.doc, self.tools.calendar) if not t.is_counted(spans))

    @cached_property
    def quantities(self) -> tuple[Counted, ...]:
        """The sums and numbers with units."""
        return self.tools.measures.find(self.doc)

    @cached_property
    def _said(self) -> list[tuple[Attribution, frozenset[int]]]:
        """The attributions, with the places of the words said."""
        return [(one, frozenset(t.i for t in one.content)) for one in self.attributions]

    @cached_property
    def named(self) -> dict[int, Mention]:
        """The actors named here, by the places of their heads; nobody who only speaks of himself."""
        return {
            i: one.mention
            for i, one in self.by_token.items()
            if one.head == i and one.mention.entities and self.ontology.is_a(one.mention.cls, "Actor")
            if self.doc[i].morph.get("Person", []) != ["1"]
        }

    def span(self, first: int, last: int) -> Span:
        """The article's text from token *first* up to the one before *last*, without white space around it."""
        return text_span(self.passage, first, last)

    def sentence(self, token: Token) -> Sentence:
        """The sentence that *token* stands in."""
        return self.starts[self.passage.offset + token.sent.start_char]

    def said_at(self, token: Token) -> Iterator[tuple[Paragraph, Attribution]]:
        """The attributions that hold *token* in what is said, each with the paragraph of its cue, the innermost first."""
        here = [one for one, places in self._said if token.i in places]
        yield from ((self, one) for one in sorted(here, key=lambda one: len(one.content)))
        for number, one, first, last in self.going_on:
            if first <= token.i < last:
                yield self.together[number], one

    def voices(self, token: Token) -> Iterator[tuple[Mention, Attribution]]:
        """Those who say what *token* is part of, with how, the innermost first.

        In "we hope …" who "we" is stands further out; a thing of no class ("practice shows") says nothing.
        """
        for at, one in self.said_at(token):
            source = one.speaker
            if source is not None and one.asserted and source.morph.get("Person", []) != ["1"]:
                mention = at.mention(source)
                if mention.cls != "Thing" or source.pos_ == "PRON":
                    yield mention, one

    def matches(self, token: Token) -> tuple[Match, ...]:
        """The frames that *token* heads; they are looked for once."""
        if token.i not in self._matches:
            found = self.tools.frames.matches(token, self.clauses, self.fits, office=self.is_office(token))
            self._matches[token.i] = tuple(found)
        return self._matches[token.i]

    def is_office(self, token: Token) -> bool:
        """Whether *token* is the last word of an office's name."""
        one = self.located(token)
        return bool(one and one.office and one.head == token.i)

    def located(self, token: Token) -> Located | None:
        """The mention whose head, or else whose words, *token* is."""
        return self.by_token.get(token.i)

    def mention(self, token: Token) -> Mention:
        """The mention at *token*; a noun phrase of no known class becomes a Thing."""
        one = self.located(token)
        if one is not None:
            return one.mention
        first = min(
            (c.i for c in token.children if c.i < token.i and c.dep_ in ("amod", "compound", "nummod", "nmod", "quantmod")),
            default=token.i,
        )
        mention = Mention(self.span(first, token.i + 1), "Actor" if _may_be_a_name(token) else "Thing")
        self.by_token[token.i] = Located(mention, self.number, token.i, first, token.i + 1, "description")
        return mention

    def _says_whose_kind(self, token: Token, one: Located) -> bool:
        """Whether a common noun before another only says of which kind that is: "company complaints", "a state visit"."""
        before = token.dep_ == "compound" and token.tag_ == "NN" and token.head.i > token.i
        unknown = not one.mention.entities and not one.mention.represents and not one.office
        return before and unknown and one.mention.cls in ("Company", "State")

    def _says_which(self, token: Token, one: Located | None) -> bool:
        """Whether a name of nobody known only says which one it is, mostly by the place: "the Voronezh visit"."""
        if token.dep_ != "compound" or token.head.tag_ != "NN" or token.head.i < token.i:
            return False
        known = self.ontology.actors
        bare = one is None or (one.mention.cls == "Person" and one.last - one.first == 1)
        return (
            bare and self.tools.frames.is_event(token.head) and not (one and any(e in known for e in one.mention.entities))
        )

    def fits(self, token: Token, wanted: str) -> bool:
        """Whether the mention at *token* may fill a role of class *wanted*."""
        if is_verbal(token) or token.pos_ in ("ADV", "ADP") or token.ent_type_ in ("DATE", "TIME"):
            return False
        one = self.located(token)
        if wanted == "Actor" and (_is_ordinal(token) or (one is not None and self._says_whose_kind(token, one))):
            return False
        if wanted == "Actor" and self._says_which(token, one):
            return False
        if wanted == "Quantity":
            return any(counted.root == token for counted in self.quantities)
        if one is None:
            if wanted == "Actor" and _may_be_a_name(token):
                return token.lower_ not in self.ontology.noun_classes
            return wanted in ("", "Thing") and token.pos_ in ("NOUN", "PROPN", "NUM", "PRON")
        mention, ontology = one.mention, self.ontology
        if wanted == "Office":
            return bool(one.office)
        if ontology.is_a(mention.cls, wanted):
            return True
        if wanted != "Actor" or not mention.represents or any(ontology.is_a(mention.cls, c) for c in DONE):
            return False
        if not ontology.is_a(mention.cls, "Place"):
            return True
        governor = self.located(token.head.head) if token.dep_ == "pobj" else None
        return governor is not None and governor.mention.cls == "Person"  # "the ambassador to Damascus"


_ROMAN = re.compile("[IVX]{2,}")


def _is_ordinal(token: Token) -> bool:
    """Whether a Roman numeral counts a session, and so takes no part in it: no John Paul II."""
    return token.n_lefts == 0 and _ROMAN.fullmatch(token.text) is not None


def _may_be_a_name(token: Token) -> bool:
    """Whether a word that the model took for no entity is written as a name: somebody, where only somebody fits."""
    first = token.is_sent_start and token.n_lefts == 0
    return (
        token.pos_ == "PROPN" and token.text[:1].isupper() and not token.text.isupper() and not token.ent_type_ and not first
    )


def paragraphs_of(
    article: Article, passages: tuple[Passage, ...], tools: Tools
) -> tuple[tuple[Paragraph, ...], list[Located], list[HeldOffice]]:
    """The paragraphs of a parsed article, ready for claims; its mentions, and the offices that their wording gives away.

    Paragraphs that only repeat others are left out.
    """
    kept = without_repetition(passages)
    clauses = tuple(passage.clauses for passage in kept)
    found = find_mentions(kept, tools.gazetteer, clauses, article.issued)
    mentions, held = resolve(article, kept, found, tools.gazetteer, clauses)
    attributed = carried_on([attributions(one, tools.ontology) for one in clauses], [one.doc for one in clauses])
    starts = {sentence.span.start: sentence for sentence in _sentences(kept)}
    own: dict[int, list[Located]] = defaultdict(list)
    for one in mentions:
        own[one.passage].append(one)
    going_on = _going_on(attributed)
    together: list[Paragraph] = []
    for number, (passage, said) in enumerate(zip(kept, attributed, strict=True)):
        together.append(
            Paragraph(number, article, passage, tools, own[number], said, starts, together, going_on.get(number, ()))
        )
    return tuple(together), mentions, held


def _going_on(attributed: list[list[Attribution]]) -> dict[int, list[GoingOn]]:
    """By paragraph, the attributions of those before it that go on in it, those of the last paragraph first."""
    found: dict[int, list[GoingOn]] = defaultdict(list)
    for number in reversed(range(len(attributed))):
        for one in attributed[number]:
            for at, first, last in one.further:
                found[at].append((number, one, first, last))
    return found


def _sentences(passages: tuple[Passage, ...]) -> Iterator[Sentence]:
    index = 0
    for passage in passages:
        for sentence in sentences(passage.doc):
            yield Sentence(index, text_span(passage, sentence.start, sentence.end))
            index += 1
