"""When a claim's event is: the expression of time that belongs to its own clause.

"said on Friday that it had met Iran in May": Friday is the saying's, May the meeting's. A time inside a noun is that noun's
("the 2010 agreement"); a bound or a period that is only compared with is nobody's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kgbuild.model import Span, Stance, When
from kgbuild.ontology import Ontology
from kgbuild.read import stance
from kgbuild.read.clauses import governing_verb, is_verbal
from kgbuild.read.dates import Calendar, Expression
from kgbuild.read.meanings import AHEAD, NEAR, PAST, Side, onwards
from kgbuild.read.tokens import Doc, Token

if TYPE_CHECKING:
    from kgbuild.read.desk import Desk

MODIFIER = ("compound", "nummod", "amod", "nmod", "poss")
TIMES = ("DATE", "TIME")
"""The model's labels of times."""


@dataclass(frozen=True, slots=True)
class Timed:
    """An expression of time in a parsed paragraph; *root* is the token by which it hangs."""

    expression: Expression
    root: Token

    def is_counted(self, quantities: Iterable[Span]) -> bool:
        """Whether it is a bare number within one of *quantities*: "1603 respondents"."""
        one = self.expression
        return one.kind == "year" and any(q.start <= one.start and one.end <= q.end for q in quantities)


def expressions(doc: Doc, calendar: Calendar) -> tuple[Timed, ...]:
    """The expressions of time in a paragraph, without those that are names or numbers."""
    found = []
    for expression in calendar.find(doc.text):
        span = doc.char_span(expression.start, expression.end)
        if span is not None and _is_time(span.root, expression, doc):
            found.append(Timed(_inside(span.root, expression), span.root))
    return tuple(found)


def _inside(root: Token, expression: Expression) -> Expression:
    """ "before Friday's talks": the preposition is the talks', and Friday their time."""
    return replace(expression, relation="") if _modifies(root) else expression


def _modifies(root: Token) -> bool:
    return root.dep_ in MODIFIER and root.head.pos_ == "NOUN" and root.head.ent_type_ not in TIMES


def _is_time(root: Token, expression: Expression, doc: Doc) -> bool:
    """A bare month or year needs a preposition or the model's word for it; a part of a name is none ("the Sunday Times")."""
    if root.ent_type_ in TIMES:
        return True
    if expression.kind == "year" and root.dep_ == "nummod" and root.head.tag_ in ("NNS", "NNPS"):
        return False  # "in 2000 villages"
    words = doc.text[expression.start : expression.end]
    if root.ent_type_ and (expression.kind == "year" or not any(c.isdigit() for c in words)):
        longer = next((e for e in doc.ents if e.start <= root.i < e.end and len(e.text) > len(words)), None)
        if longer is not None and longer.label_ not in TIMES:
            return False
    return expression.sure


# -- which one is the claim's ----------------------------------------------------------------------


def when_of(desk: Desk, number: int, words: tuple[Token, ...], held: Stance) -> When | None:
    """When the event of a predicate (with its *words*) is: the nearest time that hangs on it."""
    scope = carried(desk, words)
    candidates = []
    for located in desk.times[number]:
        steps = 0 if _follows(located.root, words[0]) else _steps(desk, located.root, scope)
        if steps is None and (_before_both(located.root, words[0]) or _is_to(words[0])):
            steps = _steps(desk, located.root, [words[0].head])
        if steps is not None:
            candidates.append((steps, abs(located.root.i - words[0].i), located.root.i, located))
    side = AHEAD if held.modality != "Actual" else tense(words[0], desk.reader.ontology)
    text = desk.passages[number].doc.text
    for *_, located in sorted(candidates, key=lambda c: c[:3]):
        expression = _of_event(located.expression, words[0], side)
        found = expression.when(text, desk.article.issued, side) if expression else None
        if found is not None:
            return found
    return None


def _of_event(expression: Expression, predicate: Token, side: Side) -> Expression | None:
    """The time of the event by an expression: none where that is a bound or compared with; open where it goes on."""
    opens = expression.relation == "since" and _goes_on(predicate)
    opens = opens or (expression.relation == "opening" and (side == AHEAD or expression.kind == "day"))
    if opens:
        return replace(expression, meaning=onwards(expression.meaning))
    return expression if not expression.relation else None


def carried(desk: Desk, words: tuple[Token, ...]) -> list[Token]:
    """The predicate's words, and for a noun the verb that carries it: "talks were held on Friday", "the attack began".

    What a verb does to a noun's event ("condemned the attack on Friday") has a time of its own.
    """
    noun = words[0]
    verb = governing_verb(noun) if not is_verbal(noun) and noun.dep_ in ("nsubj", "nsubjpass", "dobj", "conj") else None
    if verb is None or verb in words:
        return list(words)
    light = verb.lemma_.lower() in desk.reader.ontology.words("light", "verb")
    told = noun.dep_ == "nsubj" or (noun.dep_ == "nsubjpass" and not desk.reader.frames.is_event(verb))
    return [*words, verb] if light or told else list(words)


def attached(root: Token, scope: list[Token]) -> int | None:
    """How many steps lead from a word up to the predicate without crossing another clause; None if none do."""
    token, steps = root, 0
    while token not in scope:
        crosses = is_verbal(token) and token.dep_ not in ("aux", "auxpass")
        if token.head == token or (steps and crosses):
            return None
        token, steps = token.head, steps + 1
    return steps


def _steps(desk: Desk, root: Token, scope: list[Token]) -> int | None:
    steps = attached(root, scope)
    return None if steps is None or any(_keeps(desk, token, scope) for token in _path(root, steps)) else steps


def _path(token: Token, steps: int) -> Iterator[Token]:
    for _ in range(steps):
        yield token
        token = token.head


def _keeps(desk: Desk, token: Token, scope: list[Token]) -> bool:
    """Whether the noun above *token* has the time for itself: "the 2010 agreement", "the attack in May".

    Not where it is said to go on meanwhile: "met during a visit in May".
    """
    noun = token.head
    if noun in scope or noun.pos_ != "NOUN" or noun.ent_type_ in TIMES or token.dep_ == "conj":
        return False
    if token.dep_ != "prep":
        return True
    meanwhile = noun.dep_ == "pobj" and noun.head.lower_ in desk.reader.ontology.words("meanwhile", "preposition")
    return token.lower_ == "of" or (desk.reader.frames.is_event(noun) and not meanwhile)


def _follows(root: Token, noun: Token) -> bool:
    """ "in view of Chad's presidency in 2015": a time right behind a noun is the noun's, wherever the parser hung it."""
    return not is_verbal(noun) and root.dep_ == "pobj" and root.head.i == noun.i + 1


def _before_both(root: Token, verb: Token) -> bool:
    """ "On Monday Iran met Iraq and signed a treaty": a time before the first of two verbs is that of both."""
    first = verb.head
    joined = verb.dep_ == "conj" and is_verbal(verb) and is_verbal(first)
    return joined and root.i < first.i and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _is_to(verb: Token) -> bool:
    """ "Next week Chirac is to fly to Cairo": the time hangs on the "is", and is the flight's."""
    return verb.dep_ == "xcomp" and verb.head.lemma_ == "be" and is_verbal(verb)


# -- tense ----------------------------------------------------------------------------------------


def tense(token: Token, ontology: Ontology) -> Side:
    """Past or ahead where the verb of the clause says so, else whichever side is nearer."""
    for one in [token, *token.ancestors]:
        if not is_verbal(one):
            continue
        helpers = [c for c in one.children if c.dep_ in ("aux", "auxpass")]
        tags = {c.tag_ for c in helpers}
        appointed = one.tag_ == "VBN" and one.lemma_.lower() in ontology.words("appointment", "verb")
        if appointed or any(c.lower_ in ontology.words("plan", "auxiliary") for c in helpers):
            return AHEAD
        if one.tag_ == "VBD" or "VBD" in tags or _perfect(one) or (one.tag_ == "VBN" and not tags):
            return PAST
        if one.tag_ in ("VBZ", "VBP") or tags & {"VBZ", "VBP", "MD"}:
            return NEAR
    return NEAR


def _perfect(verb: Token) -> bool:
    return any(c.lemma_ == "have" for c in verb.children if c.dep_ == "aux")


def _goes_on(predicate: Token) -> bool:
    """Whether a verb tells what lasts until now: "has supplied", "supplies"; "signed its first pact since" does not."""
    return is_verbal(predicate) and (_perfect(predicate) or predicate.tag_ in ("VBZ", "VBP"))


# -- all of them ----------------------------------------------------------------------------------


def times(desk: Desk) -> Iterator[tuple[Span, When]]:
    """Every expression of time in the article that can be settled, with what it means in its place."""
    for number, passage in enumerate(desk.passages):
        for located in desk.times[number]:
            root = located.root
            held = root.head if _modifies(root) else next((t for t in [root, *root.ancestors] if is_verbal(t)), root)
            modality = stance.scope_of(held, (held,), desk.reader.ontology).modality
            side = tense(root, desk.reader.ontology)
            if modality not in ("", "Actual"):  # what is planned with "the May 3 agreement" does not say when that was
                side = NEAR if _modifies(root) else AHEAD
            when = located.expression.when(passage.doc.text, desk.article.issued, side)
            if when is not None:
                first, last = located.expression.start, located.expression.end
                start = passage.offset + first
                yield Span(start, start + last - first, when.text), when
