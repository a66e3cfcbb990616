"""Which of the matches at a predicate tells the event: one event a predicate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kgbuild.ontology import Ontology
from kgbuild.read.frames.frame import Match
from kgbuild.read.parse.clauses import governing_verb, is_infinitive, is_verbal
from kgbuild.read.parse.tokens import Token


def best(matches: list[Match], ontology: Ontology) -> list[Match]:
    """One event a predicate: the match with most words and roles; its words head no other event, but the talks of others
    that somebody hosts.
    """
    chosen: list[Match] = []
    taken: set[Token] = set()
    core = ontology.core_roles
    carried = {(m.frame.type, word) for m in matches if _says_who_does_it(m) for word in m.words[1:]}
    matches = [m for m in matches if is_verbal(m.words[0]) or (m.frame.type, m.words[0]) not in carried]
    ranked = sorted(matches, key=lambda m: (*(-w for w in m.weight(core)), m.words[0].i, m.frame.type, m.frame.example))
    for match in ranked:
        words = _own_words(match)
        if not taken & words and not any(_are_one(match, one) for one in chosen):
            chosen.append(_completed(match, ranked))
            taken |= words
    heads = {match.words[0] for match in chosen}
    kept = [match for match in _each_once(chosen, ontology) if not _is_readiness(match, heads)]
    hosted = [talks for match in kept if (talks := _talks_of_others(match, ranked, ontology)) is not None]
    return sorted([*kept, *hosted], key=lambda match: match.words[0].i)


def _says_who_does_it(match: Match) -> bool:
    """Whether a verb tells by its subject who does it, be it not whose its noun is: "they imposed UN sanctions"."""
    return is_verbal(match.words[0]) and any(role == "actor" for role, _ in match.roles)


def _talks_of_others(match: Match, ranked: list[Match], ontology: Ontology) -> Match | None:
    """The talks among the words of a mediation, without the mediator: "Oman hosted talks between Iran and Egypt"."""
    kind, doers = ontology.types[match.frame.type], {token for role, token in match.roles if role == "actor"}
    if kind.symmetric or not doers or not any(role == "participant" for role, _ in match.roles):
        return None
    for other in ranked:
        described = ontology.types[other.frame.type]
        between = tuple((role, token) for role, token in other.roles if token not in doers)
        several = sum(role == "participant" for role, _ in between) > 1
        if other.words[0] in match.words[1:] and described.symmetric and described.category == kind.category and several:
            return replace(other, roles=between)
    return None


def _own_words(match: Match) -> set[Token]:
    """The words of *match* but for the noun that its verb describes: "the sanctions that Chad imposed" may be lifted too."""
    verb = match.words[0]
    described = verb.head if is_verbal(verb) and verb.dep_ in ("acl", "relcl") else None
    return {word for word in match.words if word is not described}


def _are_one(one: Match, other: Match) -> bool:
    """Whether the predicate of one is a word of the other, or both tell of one thing: "talks", "the talks held in Rome"."""
    shared = set(one.words) & set(other.words)
    return bool(shared & {one.words[0], other.words[0]}) or (bool(shared) and one.frame.type == other.frame.type)


def _each_once(matches: list[Match], ontology: Ontology) -> list[Match]:
    """*matches*, but "met to discuss trade" is one meeting, about trade."""
    wholes = {match.words[0]: whole for match in matches if (whole := _whole_of(match, matches, ontology)) is not None}
    parts = [match for match in matches if match.words[0] in wholes]
    return [
        _joined(match, (part for part in parts if wholes[part.words[0]] is match))
        for match in matches
        if match.words[0] not in wholes
    ]


def _whole_of(match: Match, matches: list[Match], ontology: Ontology) -> Match | None:
    """The consultation of the same type that is held to do what *match* says, in the infinitive."""
    verb, kind = match.words[0], ontology.types[match.frame.type]
    if kind.category != "CONSULT" or not is_verbal(verb) or not is_infinitive(verb):
        return None
    above = verb.head if verb.dep_ in ("advcl", "acl", "xcomp", "relcl") else verb
    same = (m for m in matches if m.frame.type == match.frame.type and m.words[0] != verb)
    return next((m for m in same if above in m.words or governing_verb(m.words[0]) == above != verb), None)


def _is_readiness(match: Match, heads: set[Token]) -> bool:
    """ "ready to lift sanctions": an adjective's event is the one that it prepares, where that is an event itself."""
    return match.words[0].pos_ == "ADJ" and any(c.dep_ == "xcomp" and c in heads for c in match.words[0].children)


def _completed(match: Match, ranked: list[Match]) -> Match:
    """*match* with the roles that other frames of its type find at the same predicate, the best first."""
    same = (m for m in ranked if m.words[0] == match.words[0] and m.frame.type == match.frame.type)
    return _joined(match, same)


def _joined(match: Match, others: Iterable[Match]) -> Match:
    """*match* with the roles that it lacks and *others* have, the first first."""
    roles = list(match.roles)
    for other in others:
        have, taken = {role for role, _ in roles}, {token for _, token in roles}
        open_to = {role for role, _ in other.roles if role not in have or role == "participant"}  # any number may take part
        roles += [(role, token) for role, token in other.roles if role in open_to and token not in taken]
    return replace(match, roles=tuple(roles))
