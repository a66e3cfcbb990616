"""When a claim's event is: the expression of time that belongs to its own clause.

"said on Friday that it had met Iran in May": Friday is the saying's, May the meeting's. A time inside a noun is that noun's
("the 2010 agreement"); a bound or a period that is only compared with is nobody's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kgbuild.model import Span, Stance, When
from kgbuild.ontology import Ontology
from kgbuild.read.claims import stance
from kgbuild.read.claims.paragraph import Paragraph
from kgbuild.read.parse.clauses import governing_verb, is_verbal
from kgbuild.read.parse.tokens import Token
from kgbuild.read.time.dates import Expression
from kgbuild.read.time.expressions import TIMES, Timed, modifies
from kgbuild.read.time.meanings import AHEAD, NEAR, PAST, Side, onwards

MAIN = 100
"""Steps more than any of a time of one's own: that of the verb at whose time it happens comes last."""

# -- which one is the claim's ----------------------------------------------------------------------


def when_of(paragraph: Paragraph, words: tuple[Token, ...], decided: Stance) -> When | None:
    """When the event of a predicate (with its *words*) is: the nearest time that hangs on it.

    The stance *decided* for it says on which side of the article's date a time like "in May" lies.
    """
    scope = carried(paragraph, words)
    candidates = []
    for located in paragraph.times:
        if _opens_clause(located.root, words[0]):
            candidates.append((0, 0, located.root.i, replace(located, expression=replace(located.expression, relation=""))))
            continue
        steps = 0 if _follows(paragraph, located, words[0]) else _steps(paragraph, located.root, scope)
        if steps is None and (_before_both(located.root, words[0]) or _is_to(words[0])):
            steps = _steps(paragraph, located.root, [words[0].head])
        if steps is None and (main := _at_one_time(paragraph, words[0], decided)) is not None:
            steps = _steps(paragraph, located.root, [main])
            steps = None if steps is None else steps + MAIN
        if steps is not None:
            candidates.append((steps, abs(located.root.i - words[0].i), located.root.i, located))
    side = _side_of_plan(scope, paragraph.ontology) if decided.modality != "Actual" else tense(words[0], paragraph.ontology)
    text = paragraph.doc.text
    for *_, located in sorted(candidates, key=lambda c: c[:3]):
        # What is planned over "the May 3 agreement" does not say when that was.
        lies = NEAR if side == AHEAD and located.root.head in words and modifies(located.root) else side
        expression = _of_event(located.expression, words[0], lies)
        found = expression.when(text, paragraph.article.issued, lies) if expression else None
        if found is not None:
            return found
    return None


def _of_event(expression: Expression, predicate: Token, side: Side) -> Expression | None:
    """*expression* as a time of the event, open-ended where the event lasts: "has supplied arms since May".

    None where it is but a bound or compared with: "the first since May".
    """
    opens = expression.relation == "since" and _goes_on(predicate)
    opens = opens or (expression.relation == "opening" and (side == AHEAD or expression.kind == "day"))
    if opens:
        return replace(expression, meaning=onwards(expression.meaning))
    return expression if not expression.relation else None


def carried(paragraph: Paragraph, words: tuple[Token, ...]) -> list[Token]:
    """The predicate's words, and for a noun the verb that carries it: "talks were held on Friday", "the attack began", "the
    visit is set for May", "was to take place in May", "talks held on Friday".

    What a verb does to a noun's event ("condemned the attack on Friday") has a time of its own.
    """
    noun, appointment = words[0], paragraph.ontology.words("appointment", "verb")
    if is_verbal(noun):
        return list(words)
    light = paragraph.ontology.words("light", "verb")
    said_of = [c for c in noun.subtree if _is_said_of(c, noun) and c.lemma_.lower() in appointment | light]
    verb = _carrying(paragraph, noun, light, appointment)
    if verb is None or verb in words:
        return [*words, *said_of]
    fixes = verb.lemma_ == "be" or verb.lemma_.lower() in appointment
    comes_about = light | paragraph.ontology.words("existence", "verb")
    to_come = [c for c in verb.children if c.dep_ == "xcomp" and is_verbal(c) and c.lemma_.lower() in comes_about]
    return [*words, *said_of, verb, *(to_come if fixes else ())]


def _is_said_of(clause: Token, noun: Token) -> bool:
    """Whether a participle says something of a noun, though the parser may have hung it on a name between both."""
    if clause.dep_ != "acl" or clause.tag_ != "VBN" or clause.i < noun.i:
        return False
    between = clause.head
    while between != noun and between.pos_ in ("ADP", "PROPN"):
        between = between.head
    return between == noun


def _carrying(paragraph: Paragraph, noun: Token, light: frozenset[str], appointment: frozenset[str]) -> Token | None:
    """The verb that carries a noun's event, or fixes its day; None where there is none."""
    verb = governing_verb(noun) if noun.dep_ in ("nsubj", "nsubjpass", "dobj", "conj") else None
    if verb is None:
        return None
    lemma = verb.lemma_.lower()
    borne = noun.dep_ == "nsubjpass" and (lemma in appointment or not paragraph.tools.frames.is_event(verb))
    return verb if lemma in light or noun.dep_ == "nsubj" or borne else None


def attached(root: Token, scope: list[Token]) -> int | None:
    """How many steps lead from a word up to the predicate without crossing another clause; None if none do."""
    token, steps = root, 0
    while token not in scope:
        crosses = is_verbal(token) and token.dep_ not in ("aux", "auxpass")
        if token.head == token or (steps and crosses):
            return None
        token, steps = token.head, steps + 1
    return steps


def _steps(paragraph: Paragraph, root: Token, scope: list[Token]) -> int | None:
    """As `attached`; None as well where a noun on the way has the time for itself."""
    steps = attached(root, scope)
    return None if steps is None or any(_has_own(paragraph, token, scope) for token in _path(root, steps)) else steps


def _path(token: Token, steps: int) -> Iterator[Token]:
    """*token* and those above it, as many as there are *steps*."""
    for _ in range(steps):
        yield token
        token = token.head


def _has_own(paragraph: Paragraph, token: Token, scope: list[Token]) -> bool:
    """Whether the noun above *token* has the time for itself: "the 2010 agreement", "the attack in May".

    Not where it is said to go on meanwhile: "met during a visit in May".
    """
    noun = token.head
    if noun in scope or noun.pos_ != "NOUN" or noun.ent_type_ in TIMES or token.dep_ == "conj":
        return False
    if token.dep_ != "prep":
        return True
    meanwhile = noun.dep_ == "pobj" and noun.head.lower_ in paragraph.ontology.words("meanwhile", "preposition")
    return token.lower_ == "of" or (paragraph.tools.frames.is_event(noun) and not meanwhile)


def _follows(paragraph: Paragraph, located: Timed, noun: Token) -> bool:
    """Whether a time stands right behind a noun, and so is its own wherever the parser hung it: "the presidency in 2015",
    where it goes on meanwhile, "during his trip last week".
    """
    root = located.root
    if is_verbal(noun):
        return False
    if root.dep_ == "pobj":
        return root.head.i == noun.i + 1
    meanwhile = noun.dep_ == "pobj" and noun.head.lower_ in paragraph.ontology.words("meanwhile", "preposition")
    return meanwhile and located.expression.start == noun.idx + len(noun) + 1


def _opens_clause(root: Token, verb: Token) -> bool:
    """Whether a clause tells what happened at a time before it: "since 2022, when Russia invaded Ukraine"."""
    if not is_verbal(verb) or not any(c.lower_ == "when" and c.i < verb.i for c in verb.children):
        return False
    first = verb.left_edge
    before = [token for token in verb.doc[max(root.i, 0) : first.i] if token.i > root.i and not token.is_punct]
    return root.i < first.i and first.lower_ == "when" and all(root in token.ancestors for token in before)


def _at_one_time(paragraph: Paragraph, word: Token, decided: Stance) -> Token | None:
    """The verb at whose time happens what *word* tells: "met on Friday during a visit", "marched on Friday to protest",
    "attacked on Friday, killing two", "spoke on Friday as leaders met"; None where it may be another time.
    """
    if decided.modality != "Actual" or decided.polarity != "Affirmed":
        return None
    if not is_verbal(word):
        occasion = word.dep_ == "pobj" and word.head.lower_ in paragraph.ontology.words("occasion", "preposition")
        above = word.head.head
        return above if occasion and is_verbal(above) and above.tag_ == "VBD" else None
    main = word.head
    if word.dep_ != "advcl" or not is_verbal(main) or main.tag_ != "VBD":
        return None
    opening = {c.lower_ for c in word.children if c.i < word.i and c.dep_ in ("mark", "advmod")}
    meanwhile = word.tag_ == "VBD" and opening & paragraph.ontology.words("meanwhile", "marker")
    return main if meanwhile or (word.tag_ in ("VB", "VBG") and main.i < word.i and not opening) else None


def _side_of_plan(scope: list[Token], ontology: Ontology) -> Side:
    """Where lies what is planned: ahead; behind where it "was to have" happened, on the nearer side where it "was to"."""
    appointment = ontology.words("appointment", "verb")
    for verb in scope:
        helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
        if any(c.tag_ == "TO" for c in helpers) and any(c.lemma_ == "have" for c in helpers):
            return PAST
        fixing = verb.head if verb.dep_ == "xcomp" else verb
        was = [fixing, fixing.head, *(c for c in fixing.children if c.dep_ in ("aux", "auxpass"))]
        fixes = fixing.lemma_ == "be" or fixing.lemma_.lower() in appointment
        if fixes and any(one.lemma_ in ("be", "have") and one.tag_ == "VBD" for one in was):
            return NEAR
    return AHEAD


def _before_both(root: Token, verb: Token) -> bool:
    """Whether a time stands before the first of two joined verbs, and so is that of both: "On Monday they met and left"."""
    first = verb.head
    joined = verb.dep_ == "conj" and is_verbal(verb) and is_verbal(first)
    return joined and root.i < first.i and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _is_to(verb: Token) -> bool:
    """Whether a verb stands behind "is to", on which its time hangs: "Next week Chirac is to fly to Cairo"."""
    return verb.dep_ == "xcomp" and verb.head.lemma_ == "be" and is_verbal(verb)


# -- tense ----------------------------------------------------------------------------------------


def tense(token: Token, ontology: Ontology) -> Side:
    """Where the event lies by the verb of its clause: past or ahead; on whichever side is nearer where that does not say."""
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
    """Whether a verb has "have" for an auxiliary: "has supplied"."""
    return any(c.lemma_ == "have" for c in verb.children if c.dep_ == "aux")


def _goes_on(predicate: Token) -> bool:
    """Whether a verb tells of what lasts until now: "has supplied", "supplies"; "signed its first pact since" does not."""
    return is_verbal(predicate) and (_perfect(predicate) or predicate.tag_ in ("VBZ", "VBP"))


# -- all of them ----------------------------------------------------------------------------------


def times(paragraph: Paragraph) -> Iterator[tuple[Span, When]]:
    """Every expression of time in the paragraph of which a date can be made, with what it means in its place."""
    for located in paragraph.times:
        root = located.root
        predicate = root.head if modifies(root) else next((t for t in [root, *root.ancestors] if is_verbal(t)), root)
        modality = stance.scope_of(predicate, (predicate,), paragraph.ontology).modality
        side = tense(root, paragraph.ontology)
        if modality not in ("", "Actual"):  # what is planned with "the May 3 agreement" does not say when that was
            side = NEAR if modifies(root) else AHEAD
        when = located.expression.when(paragraph.doc.text, paragraph.article.issued, side)
        if when is not None:
            first, last = located.expression.start, located.expression.end
            start = paragraph.passage.offset + first
            yield Span(start, start + last - first, when.text), when
