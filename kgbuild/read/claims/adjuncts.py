"""What any event may have beside its frame's roles: members of a list, place, cause and topic (not time, nor amounts)."""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.model import Role
from kgbuild.ontology import Ontology
from kgbuild.read.claims.paragraph import Paragraph
from kgbuild.read.claims.told_type import is_means
from kgbuild.read.frames.frame import Match
from kgbuild.read.parse.clauses import Clauses, coordinated, governing_verb, is_verbal, preposition_name
from kgbuild.read.parse.lemmas import lemma_of
from kgbuild.read.parse.tokens import Doc, Token


def with_members(paragraph: Paragraph, match: Match, roles: list[Role], facing: frozenset[Token]) -> list[Role]:
    """*roles* with those whom a list names as members of who takes part: "the member states, including Russia".

    They stand on the side of whom they are members of; the fillers in *facing* are on the other side.
    """
    names = paragraph.ontology.words("membership", "preposition")
    found = list(roles)
    if not _has_list(paragraph.doc, names):
        return found
    for role, filler in match.roles:
        for child in _opening_a_list(match, filler) if role in paragraph.ontology.core_roles else ():
            if child.dep_ == "prep" and preposition_name(child) in names and not _clause_between(child.head, filler):
                members = [m for c in child.children if c.dep_ == "pobj" for m in coordinated(c)]
                side = int(role == "participant" and filler in facing)
                found += [
                    Role(role, paragraph.mention(m), side)
                    for m in members
                    if m.pos_ != "PRON" and paragraph.fits(m, "Actor")
                ]
    return found


def _has_list(doc: Doc, names: frozenset[str]) -> bool:
    """Whether a paragraph has one of these prepositions at all; worked out once."""
    if "lists" not in doc.known:
        doc.known["lists"] = any(token.dep_ == "prep" and preposition_name(token) in names for token in doc)
    found: bool = doc.known["lists"]
    return found


def _opening_a_list(match: Match, filler: Token) -> list[Token]:
    """What may open a list of the members of *filler*: below it, or behind it on the predicate and before its object."""
    children = match.words[0].children
    nearer = [c.i for c in children if c.dep_ in ("dobj", "attr") and c.i > filler.i]
    beside = [c for c in children if c.dep_ == "prep" and filler.i < c.i < min(nearer, default=c.i + 1)]
    return [*filler.subtree, *beside]


def _clause_between(token: Token, above: Token) -> bool:
    """Whether a verb stands on the way from *token* up to *above*."""
    while token != above and token.head != token:
        if is_verbal(token):
            return True
        token = token.head
    return False


def adjuncts(paragraph: Paragraph, match: Match, roles: list[Role]) -> list[Role]:
    """Place, cause and topic, where the frame did not fill them: by their prepositions (language.ttl)."""
    have = {role.role for role in roles}
    taken = {role.mention.span for role in roles}
    is_talk = paragraph.ontology.types[match.frame.type].category == "CONSULT"
    wanted = [("place", "Place"), ("cause", "Thing"), *([("topic", "Thing")] if is_talk else [])]
    found: list[Role] = []
    for role, cls in wanted:
        for filler in _behind_prepositions(paragraph, match, role) if role not in have else ():
            if paragraph.fits(filler, cls) and paragraph.mention(filler).span not in taken:
                found.append(Role(role, paragraph.mention(filler)))
    if is_talk and "topic" not in have:
        found += _topics_beyond(paragraph, match)
    return found


def _behind_prepositions(paragraph: Paragraph, match: Match, role: str) -> Iterator[Token]:
    """What stands behind the prepositions of place, cause or topic and belongs to the event, by preposition."""
    ontology, clauses = paragraph.ontology, paragraph.clauses
    above = _near(match, clauses)
    elsewhere = role == "place" and not ontology.types[match.frame.type].takes_place
    if elsewhere:
        fillers = {t for _, t in match.roles}
        above = [t for t in above if t not in fillers]  # "urged the mission in Mali": there the mission is
    topics = [t for name, t in match.roles if name == "topic"]
    if role == "place":
        above = [t for t in above if t not in topics]  # "discussed the troops in Mali": there the troops are
    if role == "cause":
        above += _astray(match)
    for name in sorted(ontology.words(role, "preposition")):
        for filler in [f for token in above for f in clauses.arguments(token).get(name, ())]:
            if filler in match.words or _is_time(filler) or (elsewhere and _follows(filler, match)):
                continue
            if role == "place" and any(t.i == filler.head.i - 1 for t in topics):
                continue
            if role == "place" and _is_sphere(filler, match, ontology):
                continue
            if role == "topic" and (is_aside(filler, ontology) or is_means(filler, ontology)):
                continue
            if role == "place" or not _is_another_over(filler, match, ontology, role):
                yield filler


def _is_sphere(filler: Token, match: Match, ontology: Ontology) -> bool:
    """Whether it tells in what sides work together, and no place: "cooperation in a number of areas"."""
    peaceful = ontology.types[match.frame.type].quad.endswith("Cooperation")
    counted = next((g for c in filler.children if c.lower_ == "of" for g in c.children if g.dep_ == "pobj"), filler)
    return peaceful and (
        lemma_of(counted) in ontology.words("sphere", "noun") or lemma_of(filler) in ontology.words("sphere", "noun")
    )


def is_aside(token: Token, ontology: Ontology) -> bool:
    """Whether *token* tells when or where something is, and no topic: "met on the sidelines of the summit"."""
    return token.dep_ == "pobj" and lemma_of(token) in ontology.words("aside", "noun")


def _is_another_over(filler: Token, match: Match, ontology: Ontology, role: str) -> bool:
    """Whether "over" tells no cause or topic (*role*): "met over dinner", and no cause "a treaty over fish"."""
    first = filler
    while first.dep_ == "conj":
        first = first.head
    if first.head.lower_ not in ontology.words("ambiguous", "preposition"):
        return False
    if lemma_of(filler) in ontology.words("ambiguous", "noun"):
        return True
    hostile = ontology.types[match.frame.type].quad.endswith("Conflict")
    return role == "cause" and (not hostile or first.head.head not in (*match.words, _carrier(match)))


def _follows(place: Token, match: Match) -> bool:
    """Whether a place stands right behind a filler, and so says where that is, wherever the parser hung it.

    "pushed for a mission in Mali", "urged the regime in Minsk to stop".
    """
    preposition = place.head
    return any(t.dep_ in ("dobj", "pobj") and t.i == preposition.i - 1 for _, t in match.roles)


def _near(match: Match, clauses: Clauses) -> list[Token]:
    """What a preposition of the event may hang on: the predicate, its fillers, a noun's verb, and the object of that."""
    verb = _carrier(match)
    near = [*match.words, *([verb] if verb is not None else [])]
    near += [t for _, t in match.roles if t.pos_ in ("NOUN", "PROPN")]
    if match.words[0].pos_ == "NOUN" and verb is not None:
        near += [other for other in clauses.arguments(verb).get("obj", ()) if other not in match.words]
    return near


def _astray(match: Match) -> list[Token]:
    """The nouns of all phrases of the clause, on any of which the parser may hang its reason: "for a long time due to X"."""
    verb = match.words[0] if is_verbal(match.words[0]) else _carrier(match)
    level = list(verb.children) if verb is not None else []
    found: list[Token] = []
    while level:
        below = [t for t in level if not is_verbal(t)]
        found += [t for t in below if t.dep_ == "pobj"]
        level = [c for t in below for c in t.children]
    return found


def _topics_beyond(paragraph: Paragraph, match: Match) -> Iterator[Role]:
    """The topics that another verb says, whose subject or object the talks are: "the talks are to focus on trade"."""
    ontology, clauses = paragraph.ontology, paragraph.clauses
    verbs = ontology.words("topicVerb", "verb")
    for token in match.words[0].doc:
        if token.lemma_.lower() not in verbs or not is_verbal(token):
            continue
        arguments = clauses.arguments(token)
        if match.words[0] in arguments.get("subj", ()) or match.words[0] in arguments.get("obj", ()):
            names = ("obj", *sorted(ontology.words("topicVerb", "preposition")))
            yield from (
                Role("topic", paragraph.mention(t))
                for n in names
                for t in arguments.get(n, ())
                if t != match.words[0] and not _is_time(t)
            )


def _is_time(token: Token) -> bool:
    return token.ent_type_ in ("DATE", "TIME") or token.pos_ == "NUM"


def _carrier(match: Match) -> Token | None:
    """The verb that says when and where a noun's event is: "talks were held on Friday in Rome"."""
    noun = match.words[0]
    if is_verbal(noun) or noun.dep_ not in ("nsubj", "nsubjpass", "dobj", "conj"):
        return None
    return governing_verb(noun)
