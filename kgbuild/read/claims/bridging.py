"""What a claim leaves unsaid and its text says elsewhere (bridging, Clark 1975): rules that add roles or change the stance.

`BRIDGES` at the end says what each adds and why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from kgbuild.model import Claim, Mention, Role
from kgbuild.ontology import Ontology
from kgbuild.read.claims import other_side
from kgbuild.read.claims.candidate import Assembled
from kgbuild.read.claims.told_before import is_known_one, known_sides, told_before
from kgbuild.read.parse.clauses import governing_verb, is_passive
from kgbuild.read.parse.lemmas import lemma_of
from kgbuild.read.parse.tokens import Token
from kgbuild.read.rule import Rule

OPINIONS = ("ACCUSE", "SUPPORT", "REJECT")
"""Categories of what somebody says of what another has done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge(Rule):
    """A rule that completes a claim from elsewhere."""

    completes: Callable[[Assembled, Sequence[Assembled]], Claim]
    """The claim, completed where that is called for; the second argument are all events of the article up to the end of the
    paragraph, in order."""


@dataclass(frozen=True, slots=True)
class Bridged:
    """That a claim was completed."""

    rule: Bridge
    before: Claim
    after: Claim


def bridged(
    found: Iterable[Assembled], bridges: Sequence[Bridge], before: Sequence[Assembled] = ()
) -> tuple[list[Assembled], list[Bridged]]:
    """The events of one paragraph, or one relation, with what other claims say of them, also those of the paragraphs
    *before*; and what was completed."""
    settled, done = list(found), list[Bridged]()
    for bridge in bridges:
        others = [*before, *settled]
        pairs = [(one, bridge.completes(one, others)) for one in settled]
        done += [Bridged(bridge, one.claim, after) for one, after in pairs if after is not one.claim and after != one.claim]
        settled = [one if after is one.claim else replace(one, claim=after) for one, after in pairs]
    return settled, done


# -- what bridges do ------------------------------------------------------------------------------


def _planned_after_today(one: Assembled, others: Sequence[Assembled]) -> Claim:
    claim, issued = one.claim, one.paragraph.article.issued
    later = issued is not None and claim.when is not None and claim.when.begin > issued[:10]
    if later and claim.stance.modality == "Actual":
        return replace(claim, stance=replace(claim.stance, modality="Planned"))
    return claim


def _unsaid_end(one: Assembled, others: Sequence[Assembled]) -> Claim:
    claim, ontology, paragraph = one.claim, one.ontology, one.paragraph
    if any(ontology.is_a(m.cls, "Person") for m in claim.role("subject")):
        return claim  # whose presidency is of his state
    for end in ontology.types[claim.claims].unsaid:
        if claim.role(end):
            continue
        wanted, here = ontology.role_range(claim.claims, end), one.head
        before = [
            m for m in paragraph.mentions if here.sent.start <= m.head < here.i and m.mention.entities and m.kind == "name"
        ]
        fitting = [m for m in before if ontology.is_a(m.mention.cls, wanted)]
        if fitting:
            return replace(claim, roles=(*claim.roles, Role(end, fitting[-1].mention)))
    return claim


def _in_a_capital(one: Assembled, others: Sequence[Assembled]) -> Claim:
    claim, ontology = one.claim, one.ontology
    if claim.role("recipient") or claim.claims not in ontology.words("visit", "type"):
        return claim
    towns = [m for m in claim.role("theme") if m.cls == "City" and m.represents and _is_capital(m, ontology)]
    roles = [role for role in claim.roles if role.mention not in towns]
    return replace(claim, roles=(*roles, *(Role(name, m) for name in ("recipient", "place") for m in towns)))


def _is_capital(mention: Mention, ontology: Ontology) -> bool:
    return any(e in ontology.actors and ontology.actors[e].capital_of for e in mention.entities)


def _where_they_went(one: Assembled, others: Sequence[Assembled]) -> Claim:
    claim, noun, ontology = one.claim, one.head, one.ontology
    mutual = claim.role("participant") and one.kind.category == "CONSULT"
    if not mutual or one.verbal or noun.dep_ != "pobj" or noun.head.lower_ not in ontology.words("joining", "preposition"):
        return claim
    for journey in others:
        there = journey.head == noun.head.head or noun.head.head in journey.match.words
        if there and journey.type in ontology.words("visit", "type"):
            have = {role.mention.span for role in claim.roles}
            more = [Role("participant", m) for m in journey.claim.role("actor") if m.span not in have]
            return replace(claim, roles=(*claim.roles, *more))
    return claim


def _about_what_is_decided(one: Assembled, others: Sequence[Assembled]) -> Claim:
    claim = one.claim
    if claim.role("topic") or claim.role("theme") or len(one.match.words) < 2:
        return claim
    for other in others:
        if other.verbal and _is_decided(other.head) and other.head.head in one.match.words[1:]:
            return _with(claim, ("topic", other.claim.role("theme")))
    return claim


def _is_decided(verb: Token) -> bool:
    """Whether it says what a decision is, and not what is done to a thing: "the decision to go", not "the arms sent"."""
    return verb.dep_ == "acl" and verb.tag_ not in ("VBN", "VBD")


def _in_whose_eyes(one: Assembled, others: Sequence[Assembled]) -> Claim:
    claim = one.claim
    if one.kind.category != "ACCUSE" or claim.role("actor"):
        return claim
    for deed in (other.claim for other in others):
        reasons = [m.span for m in deed.role("cause")]
        if any(r.start < claim.trigger.end and claim.trigger.start < r.end for r in reasons) and deed.role("actor"):
            return _with(claim, ("actor", deed.role("actor")), ("topic", deed.role("theme") or deed.role("topic")))
    return claim


def _conceded(one: Assembled, others: Sequence[Assembled]) -> Claim:
    claim, verb = one.claim, _verb(one)
    if claim.role("recipient") or claim.role("participant") or not claim.role("actor"):
        return claim
    conceding = one.ontology.words("concession", "marker")
    if verb is None or verb.dep_ != "advcl" or not any(c.lower_ in conceding for c in verb.children):
        return claim
    doing = _entities(claim, "actor")
    for other in others:
        main = other.claim
        if _verb(other) == verb.head and doing and doing == _entities(main, "actor"):
            return _with(claim, ("recipient", main.role("recipient")), ("topic", main.role("topic") or main.role("theme")))
    return claim


def _taken_back(one: Assembled, others: Sequence[Assembled]) -> Claim:
    claim = one.claim
    if not one.verbal or claim.role("recipient") or claim.role("participant"):
        return claim
    for other in others:
        described = other.verbal and other.head.dep_ in ("acl", "relcl") and other.head.head in one.match.words[1:]
        done = described and other.head.head in one.paragraph.clauses.arguments(other.head).get("obj", ())
        if done and other.claim.role("recipient"):
            return _with(claim, ("actor", other.claim.role("actor")), ("recipient", other.claim.role("recipient")))
    return claim


def _sent_away_from(one: Assembled, others: Sequence[Assembled]) -> Claim:
    claim, paragraph, verb = one.claim, one.paragraph, one.head
    if one.type not in one.ontology.words("sentAway", "type") or not is_passive(verb) or claim.role("actor"):
        return claim
    arguments = paragraph.clauses.arguments
    left = [t for f in one.ontology.words("sentAway", "preposition") for t in arguments(verb).get(f, ())]
    senders = [paragraph.mention(t) for t in left if paragraph.fits(t, "Actor") or paragraph.fits(t, "Place")]
    if not senders:
        return claim
    owners = [t for word in one.match.words[1:] for f in ("poss", "of", "mod") for t in arguments(word).get(f, ())]
    sent = [paragraph.mention(t) for t in owners if paragraph.fits(t, "Actor")]
    kept = [r for r in claim.roles if r.mention not in senders]
    done = replace(claim, roles=(Role("actor", senders[0]), *kept))
    return done if done.role("recipient") else _with(done, ("recipient", sent))


def _as_surely_as_hosted(one: Assembled, others: Sequence[Assembled]) -> Claim:
    host = next((other.claim for other in others if one.head in other.match.words[1:]), None)
    if host is None:
        return one.claim
    held = replace(host.stance, speaker=one.claim.stance.speaker, cue=one.claim.stance.cue)
    return replace(one.claim, stance=held, when=one.claim.when or host.when)


def _carried_on(one: Assembled, others: Sequence[Assembled]) -> Claim:
    claim, have = one.claim, {role.role for role in one.claim.roles}
    nouns = [word for word in one.match.words if word.pos_ == "NOUN"]
    if "actor" in have or "participant" in have or len(nouns) != 1 or not is_known_one(nouns[0]):
        return claim
    for other in told_before(claim.sentence.index, claim.trigger.start, others):
        if other.claim.claims == claim.claims and other.claim.stance.polarity == "Affirmed":
            more = [(role.role, (role.mention,)) for role in known_sides(other.claim) if role.role not in have]
            return _with(claim, *more)
    return claim


def _whose_move(one: Assembled, others: Sequence[Assembled]) -> Claim:
    claim, frames = one.claim, one.paragraph.tools.frames
    meant = next((token for role, token in one.match.roles if role == "theme" and is_known_one(token)), None)
    if meant is None or one.kind.category not in OPINIONS or claim.role("recipient") or not claim.role("actor"):
        return claim
    of_any = lemma_of(meant) in one.ontology.words("carriedOn", "noun")
    own = {e for m in claim.role("actor") for e in (*m.entities, *m.represents)}
    for other in told_before(claim.sentence.index, claim.trigger.start, others):
        doers = other.claim.role("actor")
        fits = other.kind.category not in OPINIONS if of_any else other.type in frames.types_of(meant)
        if fits and doers:
            known = all(m.entities or m.represents for m in doers)
            another = not own & {e for m in doers for e in (*m.entities, *m.represents)}
            return _with(claim, ("recipient", doers)) if known and another else claim
    return claim


def _with(claim: Claim, *more: tuple[str, Iterable[Mention]]) -> Claim:
    have = {role.mention.span for role in claim.roles}
    added = [Role(role, m) for role, mentions in more for m in mentions if not claim.role(role) and m.span not in have]
    return replace(claim, roles=(*claim.roles, *added)) if added else claim


def _verb(one: Assembled) -> Token | None:
    return one.head if one.verbal else governing_verb(one.head)


def _entities(claim: Claim, role: str) -> set[str]:
    return {e for m in claim.role(role) for e in m.entities}


BRIDGES = (
    Bridge(
        name="carried on",
        why='An event that nobody is said to do, told by its noun with "the" alone, is that of its type told before.',
        completes=_carried_on,
        example="Norwegian forces attacked a base in Mali. The strike killed ten soldiers.",
        counterexample="Norwegian forces attacked a base in Mali. A strike killed ten soldiers.",
    ),
    Bridge(
        name="whose move",
        why='"The move" or "the attack" of which somebody thinks well or ill is that of who did something, or that, last.',
        completes=_whose_move,
        example="Norway imposed sanctions on Peru. Chile criticized the move.",
        counterexample="Norway imposed sanctions on Peru. Norway defended the move.",
    ),
    Bridge(
        name="hosted talks",
        why="The talks of others that somebody hosts take place as surely as he hosts them, and when he does.",
        completes=_as_surely_as_hosted,
        example="Norway is expected to be asked to host talks between Chile and Peru.",
        counterexample="Norway hosted talks between Chile and Peru.",
    ),
    Bridge(
        name="planned after today",
        why="What is told as a fact of a day after the article's is planned.",
        completes=_planned_after_today,
        example="Norway meets Peru on 3 January 2015.",
        counterexample="Norway met Peru on 3 December 2014.",
    ),
    Bridge(
        name="unsaid end",
        why="A relation whose noun lets its end go unsaid has it with the last name before that may be it, in its sentence.",
        completes=_unsaid_end,
        example="Norway praised the OSCE in view of Serbia's presidency.",
        counterexample="Norway praised Serbia's presidency of the OSCE.",
    ),
    Bridge(
        name="visit to a capital",
        why="Who visits a capital visits the state whose capital it is; the town is where.",
        completes=_in_a_capital,
        example="Angela Merkel visited Kyiv.",
        counterexample="Angela Merkel visited Ukraine.",
    ),
    Bridge(
        name="went there for talks",
        why="Who travels somewhere for talks takes part in them.",
        completes=_where_they_went,
        example="Angela Merkel flew to Paris for talks with Peru.",
        counterexample="Angela Merkel flew to Paris after talks between Chile and Peru.",
    ),
    Bridge(
        name="about what is decided",
        why="What is decided in an infinitive behind a decision is what a claim about the decision is about.",
        completes=_about_what_is_decided,
        example="Peru understood Norway's decision to abandon the project.",
        counterexample="Peru understood the decision of Norway.",
    ),
    Bridge(
        name="in whose eyes",
        why="A reproach in the reason for a deed is that of the one who does it, about what it is done to.",
        completes=_in_whose_eyes,
        example="Norway abandoned the project due to Peru's unconstructive approach.",
        counterexample="Norway criticized Peru's unconstructive approach.",
    ),
    Bridge(
        name="conceded",
        why='What the same actor does in a clause with "although" is done to the same, about the same.',
        completes=_conceded,
        example="Norway backed the plan of Peru, although it voiced concerns.",
        counterexample="Norway backed the plan of Peru, although Chile voiced concerns.",
    ),
    Bridge(
        name="taken back",
        why="What undoes a deed is done to whom that was done to, by the same if nobody else is named.",
        completes=_taken_back,
        example="The sanctions that Norway had imposed on Peru were lifted.",
        counterexample="The sanctions on Peru that Norway had imposed were lifted.",
    ),
    Bridge(
        name="sent away from",
        why="Where diplomats are expelled and nobody is said to do it, the state that they are sent away from does.",
        completes=_sent_away_from,
        example="A Syrian diplomat was expelled from Norway.",
        counterexample="A Syrian diplomat was expelled by Norway.",
    ),
    Bridge(
        name="at whose request",
        why='What is asked or given "at the request of" or "with the support of" one is asked of, or given to, the subject.',
        completes=other_side.at_whose_request,
        example="Chile, with the support of Norway, left the port.",
        counterexample="Chile praised the support of Norway for Peru.",
    ),
    Bridge(
        name="on a visit",
        why='Who does something "on" or "during" a visit is the visitor, unless he belongs to the place or is the host.',
        completes=other_side.on_a_visit,
        example="Angela Merkel posed for pictures on a visit to Peru.",
        counterexample="Norway praised the press during the visit by Chile to Peru.",
    ),
    Bridge(
        name="where the visitor is",
        why='Who is, goes or is welcomed somewhere "on" or "during" his visit visits that state or town.',
        completes=other_side.where_the_visitor_is,
        example="Angela Merkel is in Norway on her first official visit.",
        counterexample="Angela Merkel praised Norway on her visit to Peru.",
    ),
    Bridge(
        name="talks of the subject",
        why='What is done "with" one, in what the subject of the clause does, wants or goes through, is done by him.',
        completes=other_side.talks_of_the_subject,
        example="Norway is not interested in talks with Peru.",
        counterexample="Norway criticized the talks with Peru.",
    ),
    Bridge(
        name="talks of who speaks",
        why='What is done "with" one and told by somebody else, where no other is named, is done by his state.',
        completes=other_side.talks_of_who_speaks,
        example="Angela Merkel said that talks with Iran were useful.",
        counterexample="Angela Merkel said that French talks with Iran were useful.",
    ),
    Bridge(
        name="reproached with it",
        why="A deed for which somebody is thanked or blamed is his; blamed, as the one says who blames him.",
        completes=other_side.reproached_with,
        example="Norway blamed Chile for the attacks on Peru.",
        counterexample="Norway blamed Chile for the attacks by Mali on Peru.",
    ),
    Bridge(
        name="answerable for it",
        why="Who is responsible for a deed, is behind it, or claims it, has done it.",
        completes=other_side.answerable_for,
        example="Chile is behind the attacks on Peru.",
        counterexample="Chile is for the attacks on Peru.",
    ),
    Bridge(
        name="answered by",
        why="Who answers a hostile deed, or does something in retaliation for it, is the one to whom it was done.",
        completes=other_side.answered_by,
        example="Norway responded to the tariffs of Peru.",
        counterexample="Norway pointed to the tariffs of Peru.",
    ),
    Bridge(
        name="whose deed it is",
        why="Where sanctions are imposed or end and nobody is said to do it, he does whose sanctions they are.",
        completes=other_side.whose_deed_it_is,
        example="Norwegian sanctions on Peru were lifted.",
        counterexample="Norwegian sanctions on Peru were lifted by Chile.",
    ),
    Bridge(
        name="by whose measure",
        why="What a law or an attack does, or what befalls somebody in one, he does whose it is, or who issues it.",
        completes=other_side.by_whose_measure,
        example="A Norwegian bill imposes sanctions on Peru.",
        counterexample="A Norwegian firm imposes sanctions on Peru.",
    ),
    Bridge(
        name="in company",
        why='Who stands behind "together with" or "joined by" does or bears what those do or bear with whom he is.',
        completes=other_side.in_company,
        example="Norway, together with Chile, condemned Peru.",
        counterexample="Norway condemned Peru together.",
    ),
    Bridge(
        name="known again",
        why="An event told again by a noun with one of its sides has the other as it was told before, if always the same.",
        completes=other_side.known_again,
        example="Norway imposed sanctions on Peru. The Norwegian sanctions hurt trade.",
        counterexample="Norway imposed sanctions on Peru. New Norwegian sanctions hurt trade.",
    ),
    Bridge(
        name="led by",
        why="Who leads the group that takes part takes part himself.",
        completes=other_side.led_by,
        example="Norway received a delegation led by Shinzo Abe.",
        counterexample="Norway received a delegation from Peru.",
    ),
)
"""All bridges, in the order in which they are tried; each on all events of a paragraph before the next."""
