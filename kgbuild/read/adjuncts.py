"""What any event may have beside its frame's roles: members, place, cause, topic, time, amount."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from kgbuild.model import Role, When
from kgbuild.read import dates
from kgbuild.read.clauses import Clauses, coordinated, governing_verb, is_verbal, preposition_name
from kgbuild.read.desk import Desk
from kgbuild.read.frames import CORE, Match
from kgbuild.read.mentions import text_span

WITH = ("with", "to", "against", "from", "on", "by", "of", "for", "at", "into")
"""Prepositions by which an actor may hang on what is promised or refused, likeliest first."""


def with_members(desk: Desk, number: int, match: Match, roles: list[Role]) -> list[Role]:
    """ "the member states, including Russia": the ones that a list names take part too."""
    names = desk.reader.ontology.words("membership", "preposition")
    found = list(roles)
    for role, filler in match.roles:
        beside = [c for c in match.words[0].children if c.dep_ == "prep" and c.i > filler.i]
        for child in [*filler.subtree, *beside]:
            if (
                child.dep_ == "prep"
                and preposition_name(child) in names
                and role in CORE
                and not _clause_between(child.head, filler)
            ):
                members = [m for c in child.children if c.dep_ == "pobj" for m in coordinated(c)]
                found += [
                    Role(role, desk.mention(number, m))
                    for m in members
                    if m.pos_ != "PRON" and desk.fits(number, m, "Actor")
                ]
    return found


def _clause_between(token: Token, above: Token) -> bool:
    while token != above and token.head != token:
        if is_verbal(token):
            return True
        token = token.head
    return False


def adjuncts(desk: Desk, number: int, match: Match, roles: list[Role]) -> list[Role]:
    """Place, cause and topic, where the frame did not fill them: by their prepositions (language.ttl)."""
    ontology, clauses = desk.reader.ontology, desk.clauses[number]
    have = {role.role for role in roles}
    taken = {role.mention.span for role in roles}
    is_talk = ontology.types[match.frame.type].category in ("CONSULT",)
    wanted = [("place", "Place"), ("cause", "Thing"), *([("topic", "Thing")] if is_talk else [])]
    found: list[Role] = []
    for role, cls in wanted:
        if role in have:
            continue
        for name in sorted(ontology.words(role, "preposition")):
            for filler in _near(match, name, clauses):
                if filler in match.words or _is_time(filler):
                    continue
                if desk.fits(number, filler, cls) and desk.mention(number, filler).span not in taken:
                    found.append(Role(role, desk.mention(number, filler)))
    if is_talk and "topic" not in have:
        found += _topics_beyond(desk, number, match)
    return found


def recipients_beyond(desk: Desk, number: int, match: Match, roles: list[Role]) -> list[Role]:
    """Whom a pledge, refusal or threat is to, where its own words do not say.

    "refused to sign a pact with Oman": who stands in the infinitive; "rejected Oman's proposal": whose the theme is.
    """
    have = {role.role for role in roles}
    if "actor" not in have or {"recipient", "participant"} & have:
        return []
    clauses = desk.clauses[number]
    doing = {e for role in roles for e in (role.mention.entities or role.mention.represents)}
    sources = [(t, ("obj", "dative", *WITH)) for t in clauses.arguments(match.words[0]).get("comp", ()) if is_verbal(t)]
    sources += [(t, ("poss", "mod", *WITH)) for role, t in match.roles if role in ("theme", "topic")]
    for verb, _ in list(sources):  # "agreed to lift the ban on Oman": one noun further
        sources += [(t, ("poss", "mod", *WITH)) for t in clauses.arguments(verb).get("obj", ()) if is_verbal(verb)]
    for token, functions in sources:
        for function in functions:
            named = [t for t in clauses.arguments(token).get(function, ()) if t.pos_ != "PRON"]
            actors = [desk.mention(number, t) for t in named if desk.fits(number, t, "Actor")]
            found = [m for m in actors if (known := set(m.entities or m.represents)) and not known & doing]
            if found:
                return [Role("recipient", mention) for mention in found]
    return []


def _near(match: Match, function: str, clauses: Clauses) -> Iterator[Token]:
    """Fillers of a preposition on the predicate, on its arguments' nouns, or on the noun's verb."""
    seen = list(match.words)
    verb = _carrier(match)
    for token in [
        *match.words,
        *([verb] if verb is not None else []),
        *(t for _, t in match.roles if t.pos_ in ("NOUN", "PROPN")),
    ]:
        if token not in seen or token in match.words:
            yield from clauses.arguments(token).get(function, ())
    if match.words[0].pos_ == "NOUN" and verb is not None:
        for other in clauses.arguments(verb).get("obj", ()):
            if other not in match.words:
                yield from clauses.arguments(other).get(function, ())


def _topics_beyond(desk: Desk, number: int, match: Match) -> Iterator[Role]:
    """ "The talks … are expected to focus on cooperation": the topic is said by a verb whose subject is the talks."""
    ontology, clauses = desk.reader.ontology, desk.clauses[number]
    for token in match.words[0].doc:
        if not is_verbal(token) or token.lemma_.lower() not in ontology.words("topicVerb", "verb"):
            continue
        arguments = clauses.arguments(token)
        if match.words[0] in arguments.get("subj", ()) or match.words[0] in arguments.get("obj", ()):
            names = ("obj", *sorted(ontology.words("topicVerb", "preposition")))
            yield from (
                Role("topic", desk.mention(number, t)) for n in names for t in arguments.get(n, ()) if t != match.words[0]
            )


def _is_time(token: Token) -> bool:
    return token.ent_type_ in ("DATE", "TIME") or token.pos_ == "NUM"


# -- time and amounts -----------------------------------------------------------------------------


def _scope(match: Match) -> list[Token]:
    """The predicate's words, and for a noun the verb that carries it."""
    verb = _carrier(match)
    return [*match.words, *([verb] if verb is not None else [])]


def _carrier(match: Match) -> Token | None:
    """The verb that says when and where a noun's event is: "talks were held on Friday in Rome"."""
    noun = match.words[0]
    if is_verbal(noun) or noun.dep_ not in ("nsubj", "nsubjpass", "dobj", "conj"):
        return None
    return governing_verb(noun)


def _attached(span_root: Token, scope: list[Token]) -> int | None:
    """How many steps lead from a word up to the predicate without crossing another clause; None if none do."""
    token, steps = span_root, 0
    while token not in scope:
        crosses = is_verbal(token) and token.dep_ not in ("aux", "auxpass")
        if token.head == token or (steps and crosses):
            return None
        token, steps = token.head, steps + 1
    return steps


def _above(token: Token, steps: int) -> Iterator[Token]:
    for _ in range(steps):
        token = token.head
        yield token


def when_of(desk: Desk, number: int, match: Match, ahead: bool) -> When | None:
    """When it happens: the nearest date that hangs on the predicate; *ahead* says that it is still to come."""
    bounds = desk.reader.ontology.words("deadline", "preposition")
    scope = _scope(match)
    candidates = []
    for span in _time_spans(match.words[0].doc):
        steps = _attached(span.root, scope)
        if steps is None or any(t.pos_ in ("ADP", "SCONJ") and t.lower_ in bounds for t in _above(span.root, steps)):
            continue
        candidates.append((steps, abs(span.start - match.words[0].i), span))
    for _, _, span in sorted(candidates, key=lambda c: c[:2]):
        found = dates.resolve(span.text, desk.article.issued, ahead, desk.reader.calendar)
        if found is not None:
            return found
    return None


def _time_spans(doc: Doc) -> list[SpacySpan]:
    """The dates that the model finds, with the number of the day where it stopped short of it ("5 May 2012")."""
    return [
        doc[e.start - 1 : e.end] if e.start and doc[e.start - 1].like_num and len(doc[e.start - 1]) <= 2 else e
        for e in doc.ents
        if e.label_ == "DATE"
    ]


def amount_of(desk: Desk, number: int, match: Match) -> str | None:
    """The sum of money that hangs on the predicate, as written."""
    scope = _scope(match)
    money = [e for e in match.words[0].doc.ents if e.label_ == "MONEY" and _attached(e.root, scope) is not None]
    return text_span(desk.passages[number], money[0].start, money[0].end).text if money else None
