"""The claims of one paragraph: its best matches with roles, stance, time, amounts and speaker; offices; what is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kgbuild.model import Claim, Mention, Role, Span, Stance
from kgbuild.ontology import Ontology
from kgbuild.read.claims import stance
from kgbuild.read.claims.adjuncts import adjuncts, is_aside, with_members
from kgbuild.read.claims.amounts import quantities_of
from kgbuild.read.claims.bridging import Bridged, bridged
from kgbuild.read.claims.candidate import Assembled, Candidate
from kgbuild.read.claims.choose import best
from kgbuild.read.claims.confidence import confidence, share_right
from kgbuild.read.claims.evaluations import evaluations
from kgbuild.read.claims.obligations import obligations
from kgbuild.read.claims.paragraph import Paragraph
from kgbuild.read.claims.recipients import recipients_beyond
from kgbuild.read.claims.rules import ALL, Rules
from kgbuild.read.claims.sides import across
from kgbuild.read.claims.statements import speaker_of, statements
from kgbuild.read.claims.told_before import gone_on
from kgbuild.read.claims.told_type import is_means, told_type
from kgbuild.read.claims.vetoes import Stopped, against
from kgbuild.read.claims.when import when_of
from kgbuild.read.frames.frame import Match
from kgbuild.read.names.memory import HeldOffice
from kgbuild.read.names.office_names import SENT
from kgbuild.read.parse.clauses import is_verbal
from kgbuild.read.parse.quotes import in_quotes
from kgbuild.read.parse.tokens import Token


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the predicates of one paragraph come to."""

    claims: tuple[Claim, ...]
    stopped: tuple[Stopped, ...]
    """What an example fits and rules stop: one event a predicate, and one relation of each type."""
    bridged: tuple[Bridged, ...]
    """What rules added to claims from elsewhere."""
    told: tuple[Assembled, ...]
    """The events, also those that rules stop."""


def claims_of(paragraph: Paragraph, rules: Rules = ALL, before: Sequence[Assembled] = ()) -> Outcome:
    """The claims of one paragraph, made by *rules*; what these stopped and added. *before* are the events told before it."""
    ontology, frames = paragraph.ontology, paragraph.tools.frames
    core = ontology.core_roles
    events: list[Match] = []
    claims: list[Claim] = []
    stopped: list[Stopped] = []
    completed: list[Bridged] = []
    for token in paragraph.doc:
        if token.pos_ not in ("VERB", "AUX", "NOUN", "PROPN", "ADJ"):
            continue
        if not (paragraph.is_office(token) or frames.head(token)):
            continue
        best_relations: dict[str, Match] = {}
        for match in paragraph.matches(token):
            name, candidate = match.frame.type, Candidate(paragraph, match)
            if vetoes := against(candidate, rules.of_matches):
                stopped.append(Stopped(candidate, vetoes))
            elif ontology.types[name].kind == "event":
                events.append(match)
            elif name not in best_relations or match.weight(core) > best_relations[name].weight(core):
                best_relations[name] = match
        for match in best_relations.values():
            [one], added = bridged([Assembled(paragraph, match, _claim(paragraph, match))], rules.bridges)
            completed += added
            if vetoes := against(one, rules.of_relations):
                stopped.append(Stopped(one, vetoes))
            else:
                claims.append(one.claim)
    chosen = best(events, ontology)
    told, added = bridged([Assembled(paragraph, m, _claim(paragraph, m)) for m in chosen], rules.bridges, before)
    completed += added
    for one in told:
        if vetoes := against(one, rules.of_events):
            stopped.append(Stopped(one, vetoes))
        else:
            claims.append(one.claim)
    taken = {word for match in chosen for word in match.words}
    claims += gone_on(paragraph, [*before, *told], taken)
    claims += tuple(obligations(paragraph, claims, taken))
    claims += evaluations(paragraph, claims, taken)
    claims += statements(paragraph)
    return Outcome(tuple(claims), tuple(_one_a_predicate(stopped)), tuple(completed), tuple(told))


def _one_a_predicate(stopped: list[Stopped]) -> list[Stopped]:
    """Of several events that were stopped at one predicate, and of several relations of one type there, the weightiest."""
    weightiest: dict[tuple[Token, str], Stopped] = {}
    for one in stopped:
        match, kind, core = one.candidate.match, one.candidate.kind, one.candidate.ontology.core_roles
        key = match.words[0], "event" if kind.kind == "event" else match.frame.type
        if key not in weightiest or match.weight(core) > weightiest[key].candidate.match.weight(core):
            weightiest[key] = one
    return list(weightiest.values())


def _claim(paragraph: Paragraph, match: Match) -> Claim:
    ontology = paragraph.ontology
    token = match.words[0]
    kind = ontology.types[match.frame.type].kind
    filled = [
        (role, filler, _office(paragraph, filler) if role == "office" else paragraph.mention(filler))
        for role, filler in match.roles
        if role != "amount" and not (role == "topic" and (is_aside(filler, ontology) or is_means(filler, ontology)))
        if not (role == "of" and _is_beside(filler, paragraph))
    ]
    facing = across(paragraph, match)
    roles = [
        Role(_role(role, filler, mention, match, ontology), mention, int(role == "participant" and filler in facing))
        for role, filler, mention in filled
    ]
    here = paragraph.passage.offset + token.idx
    roles = [role for role in roles if not role.mention.span.start <= here < role.mention.span.end]
    if match.frame.lemma == "@office":
        roles.append(Role("office", _office(paragraph, token)))
    roles = _outer(_without_title_words(_not_his_own(roles), ontology))
    if (one := paragraph.located(token)) is not None and one.office in SENT:
        roles = _sent_by_state(roles, {mention for _, filler, mention in filled if filler.dep_ == "poss"}, ontology)
    if one is not None and one.office:
        roles = [role for role in roles if not _is_in_title(role, paragraph.span(one.first, one.last))]
    if match.frame.lemma == "@office" and not any(role.role == "of" for role in roles):
        roles += _whose(paragraph, token)
    roles = _of_no_party(roles, ontology)
    if match.frame.verbal and kind == "relation":  # whoever appoints somebody is not where he serves
        roles = [r for r in roles if r.role != "of" or r.mention.cls != "Person"]
    if kind == "event":
        roles = _not_to_itself(roles)
        roles = with_members(paragraph, match, roles, facing)
        roles += recipients_beyond(paragraph, match, roles)
        roles += adjuncts(paragraph, match, roles)
        sides = {role.mention for role in roles if role.role in ontology.core_roles and role.mention.entities}
        roles = [role for role in roles if role.role != "theme" or role.mention not in sides]
    speaker, cue = (None, None) if _introduces(match, ontology) else speaker_of(paragraph, match.words)
    held = replace(stance.decide(token, match.words, ontology), speaker=speaker, cue=cue)
    when = when_of(paragraph, match.words, held)
    quantities = quantities_of(paragraph, match.words, match.roles)
    name = told_type(match, [role.mention for role in roles if role.role == "participant"], ontology)
    plural = any(t.tag_ in ("NNS", "NNPS") for role, t in match.roles if role == "participant")
    if ontology.types[name].of_several and not plural:  # one alone agrees with nobody
        roles = [replace(role, role="actor", side=0) if role.role == "participant" else role for role in roles]
    return Claim(
        claims=name,
        kind=kind,
        sentence=paragraph.sentence(token),
        trigger=_trigger(paragraph, match),
        roles=tuple(dict.fromkeys(roles)),
        stance=held,
        when=when,
        quantities=quantities,
        matched=match.frame.example,
        confidence=confidence(paragraph, match, roles),
    )


def _introduces(match: Match, ontology: Ontology) -> bool:
    """Whether a title beside a name introduces its bearer, which the article does, even in what others are said to say."""
    title = match.words[0]
    beside = not is_verbal(title) and title.dep_ not in ("attr", "oprd", "ccomp", "ROOT")
    return beside and ontology.types[match.frame.type].introduces and not in_quotes(title)


def _without_title_words(roles: list[Role], ontology: Ontology) -> list[Role]:
    """The roles without what only says which office it is: the "Defence" of "Defence Secretary", "Minister of Energy"."""
    offices = [r.mention.span for r in roles if r.role == "office"]

    def is_known(role: Role) -> bool:
        return bool(role.mention.represents) or any(e in ontology.actors for e in role.mention.entities)

    owners = [r.mention.span for r in roles if r.role == "of" and is_known(r)]

    def is_word(role: Role) -> bool:
        span = role.mention.span
        if not offices or role.role != "of" or is_known(role):
            return False
        within = any(o.start <= span.start and span.end <= o.end for o in offices)
        if not role.mention.entities:
            return within or role.mention.cls == "Thing"
        return (within or " for " in span.text) and any(owner.end <= span.start for owner in owners)

    return [role for role in roles if not is_word(role)]


def _is_in_title(role: Role, title: Span) -> bool:
    """Whether whose an office is would be an unknown word of its title: the "Special" of "Special Envoy"."""
    mention = role.mention
    unknown = role.role in ("of", "object") and mention.cls in ("Actor", "Thing") and not mention.entities
    return unknown and not mention.represents and title.start <= mention.span.start and mention.span.end <= title.end


def _outer(roles: list[Role]) -> list[Role]:
    """The roles without what is part of a longer mention in the same role: the Senate of "Senate committee chairman".

    Nor does whoever owns who takes part: in "the IMF's interim committee meeting" the committee meets.
    """

    def inside(role: Role) -> bool:
        span = role.mention.span
        longer = (r.mention.span for r in roles if r.role == role.role and r.mention.span != span)
        return any(other.start <= span.start and span.end <= other.end for other in longer)

    def owns(role: Role) -> bool:
        end, sharing = role.mention.span.end, [r.mention for r in roles if r.role == role.role == "participant"]
        owned = (m for m in sharing if 0 < m.span.start - end <= len("'s "))
        return any(set(role.mention.entities) & set(m.represents) for m in owned)

    return [role for role in roles if not inside(role) and not owns(role)]


def _not_to_itself(roles: list[Role]) -> list[Role]:
    """The roles without a recipient that is the actor: in "Canada gave Haiti Canadian dollars" the dollars are Canadian.

    Nor is it the actor's state that only tells whose a theme is: "we are freezing U.S. assistance".
    """
    acting = [role.mention for role in roles if role.role == "actor"]
    doing = {e for mention in acting for e in mention.entities}
    states = {e for mention in acting for e in mention.represents}
    themes = [role.mention.span for role in roles if role.role == "theme"]

    def is_own(mention: Mention) -> bool:
        named, span = set(mention.entities), mention.span
        within = any(theme.start <= span.start and span.end <= theme.end for theme in themes)
        return bool(named) and (named <= doing or (within and named <= states))

    return [role for role in roles if role.role != "recipient" or not is_own(role.mention)]


def _role(role: str, filler: Token, mention: Mention, match: Match, ontology: Ontology) -> str:
    """The role that a filler plays: a place in a theme's stead is where it happens, as in "withdrew from the town"."""
    places = {*ontology.words("place", "preposition"), "from"}
    placed = role == "theme" and filler.dep_ == "pobj" and filler.head.lower_ in places
    if placed and ontology.is_a(mention.cls, "Place") and ontology.types[match.frame.type].takes_place:
        return "place"
    return role


def _is_beside(filler: Token, paragraph: Paragraph) -> bool:
    """Whether a person's name beside an office is only named with it: "between Trump and Prime Minister Abe".

    Whose it is stands in the genitive or behind a preposition: "Trump's adviser", "an aide to Trump".
    """
    person = paragraph.ontology.is_a(paragraph.mention(filler).cls, "Person")
    return person and filler.dep_ not in ("poss", "pobj")


def _sent_by_state(roles: list[Role], owners: set[Mention], ontology: Ontology) -> list[Role]:
    """The roles of an ambassador without where a state has him: "Peru's U.N. ambassador" and "Peru's U.S. ambassador" are
    Peru's.
    """
    whose = [r for r in roles if r.role in ("of", "object")]
    states = [r for r in whose if ontology.is_a(r.mention.cls, "State")]
    senders = [r for r in states if r.mention in owners] or states
    return [r for r in roles if r not in whose or not senders or r in senders]


def _of_no_party(roles: list[Role], ontology: Ontology) -> list[Role]:
    """The roles of a member of an assembly without his party, of which that is no office: "Labour lawmaker Luz Quispe"."""
    seats = ontology.words("seat", "office")
    seated = any(r.role == "office" and any(e.removeprefix("office/") in seats for e in r.mention.entities) for r in roles)
    return [r for r in roles if not (seated and r.role == "of" and ontology.is_a(r.mention.cls, "PoliticalParty"))]


def _not_his_own(roles: list[Role]) -> list[Role]:
    """The roles without the holder as whose office it is: "Prime Minister of Slovenia Janez Jansa" is Slovenia's."""
    holding = {role.mention.entities for role in roles if role.role == "holder" and role.mention.entities}
    return [role for role in roles if role.role != "of" or role.mention.entities not in holding]


def _office(paragraph: Paragraph, token: Token) -> Mention:
    """The office that a noun names, as a mention of the office, not of its holder."""
    one = paragraph.located(token)
    office = paragraph.ontology.actors.get(one.office) if one else None
    span = paragraph.span(one.first if one else token.i, max(token.i + 1, one.last if one else 0))
    return Mention(span, "Office", (office.id,) if office else (), "name of an office", (), office.label if office else "")


def _whose(paragraph: Paragraph, office: Token) -> list[Role]:
    """Whose office it is, where the sentence names him for whom its holder acts: "Minister of Foreign Affairs of Norway"."""
    one = paragraph.located(office)
    if one is None or len(one.mention.represents) != 1 or _serves_body(office, paragraph):
        return []
    named = [
        m
        for m in paragraph.mentions
        if m.kind in ("name", "demonym")
        and m.mention.entities == one.mention.represents
        and paragraph.doc[m.head].sent is office.sent
    ]
    nearest = min(named, key=lambda m: (abs(m.head - office.i), m.head), default=None)
    return [Role("of", nearest.mention)] if nearest is not None else []


def _serves_body(office: Token, paragraph: Paragraph) -> bool:
    """Whether an office is said to be of or for a body: "a spokeswoman for the foreign ministry"."""
    objects = [o for c in office.children if c.lower_ in ("of", "for", "at") for o in c.children if o.dep_ == "pobj"]
    return any(paragraph.fits(o, "Organization") for o in objects)


def _trigger(paragraph: Paragraph, match: Match) -> Span:
    tokens = sorted(match.words, key=lambda t: t.i)
    close = [t for t in tokens if t.i - match.words[0].i in range(-3, 4)]
    return paragraph.span(close[0].i, close[-1].i + 1)


# -- other claims ---------------------------------------------------------------------------------


def office_claim(paragraph: Paragraph, held: HeldOffice) -> Claim:
    """An office that the wording gives away: "his Serbian counterpart"."""
    token = paragraph.doc[held.holder.head]
    span = paragraph.span(held.holder.first, held.holder.last)
    ontology = paragraph.ontology
    office = ontology.actors.get(held.office)
    state = ontology.actors.get(held.of)
    return Claim(
        claims="holdsPosition",
        kind="relation",
        sentence=paragraph.sentence(token),
        trigger=span,
        roles=(
            Role("holder", held.holder.mention),
            Role("office", Mention(span, "Office", (held.office,), held.why, (), office.label if office else "")),
            Role(
                "of",
                Mention(span, state.cls if state else "State", (held.of,), held.why, (), state.label if state else ""),
            ),
        ),
        stance=Stance(),
        matched=held.why,
        confidence=share_right("counterpart"),
    )
