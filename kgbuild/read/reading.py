"""One parsed article becomes a Reading: its sentences, mentions and claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.language import Language

from kgbuild.model import Article, Claim, Mention, Reading, Role, Sentence, Span, Stance
from kgbuild.ontology import Ontology
from kgbuild.read import dates, stance
from kgbuild.read.adjuncts import adjuncts, with_members
from kgbuild.read.bridging import ahead_of, bridged, unsaid_end
from kgbuild.read.casing import as_written, recased
from kgbuild.read.clauses import governing_verb, is_infinitive, is_verbal
from kgbuild.read.desk import Desk, dateline_mentions, desk_of
from kgbuild.read.examples import cached_frames
from kgbuild.read.frames import Frames, Match
from kgbuild.read.gazetteer import Gazetteer
from kgbuild.read.memory import Held
from kgbuild.read.mentions import text_span
from kgbuild.read.nlp import Passage, load, parse, sentences
from kgbuild.read.obligations import obligations
from kgbuild.read.parties import is_nothing, is_other_sense, stands_in
from kgbuild.read.plainness import RELATION, confidence
from kgbuild.read.quantities import Measures, quantities_of
from kgbuild.read.quotes import in_quotes
from kgbuild.read.statements import speaker_of, statements
from kgbuild.read.targets import recipients_beyond
from kgbuild.read.tokens import Token
from kgbuild.read.when import when_of

FOUND = ("Actual", "Possible")
"""How what somebody finds to be so is told: "agreed that it was", "that it could be"; not what he commits himself to."""


class Reader:
    """Model, ontology, gazetteer and frames, ready to read articles; one a process."""

    def __init__(self, ontology: Ontology, model: str | None = None, *, frames: Frames | None = None) -> None:
        self.ontology = ontology
        self.nlp: Language = load(model) if model else load()
        self.gazetteer = Gazetteer(self.nlp, ontology)
        self.frames = frames or Frames(cached_frames(ontology, self.nlp), ontology)
        self.calendar = dates.Calendar.of(ontology)
        self.measures = Measures(ontology)

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """The reading of each article, in order; each depends on that article, the ontology and the model alone."""
        given: dict[Article, Article] = {}

        def cased() -> Iterator[Article]:
            for article in articles:
                mended = replace(article, text=recased(article.text, self.gazetteer.begins_name))
                given[mended] = article
                yield mended

        for article, passages in parse(self.nlp, cased()):
            yield as_written(read_article(article, passages, self), given.pop(article))


def read_article(article: Article, passages: tuple[Passage, ...], reader: Reader) -> Reading:
    """The sentences, mentions and claims of one parsed article."""
    desk, held = desk_of(article, passages, reader)
    kept, mentions = desk.passages, desk.mentions
    told = tuple(_sentences(kept))
    starts = {sentence.span.start: sentence for sentence in told}
    found: list[Claim] = []
    for number in range(len(kept)):
        found += _claims(desk, number, starts)
    found += [_held_claim(desk, one, starts) for one in held]
    claims = tuple(sorted(_once(found), key=lambda c: (c.trigger.start, c.claims, c.trigger.end)))
    used = {m for c in claims for m in (*(r.mention for r in c.roles), c.stance.speaker) if m}
    kept_mentions = {m.mention for m in mentions if m.mention.entities} | used
    datelined = set(dateline_mentions(article, reader))
    dropped = Counter({"headline or summary repeated in the text": len(passages) - len(kept)})
    dropped["noun phrase of no claim and no name"] = len({m.mention for m in mentions} - kept_mentions)
    return Reading(
        article,
        told,
        tuple(sorted(kept_mentions | datelined, key=lambda m: (m.span.start, m.span.end, m.cls))),
        claims,
        tuple(sorted((why, count) for why, count in dropped.items() if count)),
    )


def _sentences(passages: tuple[Passage, ...]) -> Iterator[Sentence]:
    index = 0
    for passage in passages:
        for sentence in sentences(passage.doc):
            yield Sentence(index, text_span(passage, sentence.start, sentence.end))
            index += 1


def _sentence_of(passage: Passage, token: Token, starts: dict[int, Sentence]) -> Sentence:
    return starts[passage.offset + token.sent.start_char]


# -- claims ---------------------------------------------------------------------------------------


def _claims(desk: Desk, number: int, starts: dict[int, Sentence]) -> Iterator[Claim]:
    doc, clauses, ontology = desk.passages[number].doc, desk.clauses[number], desk.reader.ontology
    events: list[Match] = []

    def fits(token: Token, wanted: str) -> bool:
        return desk.fits(number, token, wanted)

    for token in doc:
        if token.pos_ not in ("VERB", "AUX", "NOUN", "PROPN", "ADJ"):
            continue
        office = desk.is_office(number, token)
        if not (office or desk.reader.frames.head(token)):
            continue
        here = desk.located(number, token)
        if here is not None and here.kind == "name" and (here.head != token.i or ontology.is_a(here.mention.cls, "Actor")):
            continue  # the Congress is no congress
        if not office and (_names_part(token) or (token.pos_ == "PROPN" and token.ent_type_ == "DATE")):
            continue  # nor is the March of "18 March" one
        matches = list(desk.reader.frames.matches(token, clauses, fits, office=office))
        if not _says_what_people(desk, number, token):
            events += [m for m in matches if ontology.types[m.frame.type].kind == "event"]
        best_relations: dict[str, Match] = {}
        for match in matches:
            name = match.frame.type
            if (
                ontology.types[name].kind == "relation"
                and not stands_in(match, ontology)
                and (name not in best_relations or match.weight > best_relations[name].weight)
            ):
                best_relations[name] = match
        for match in best_relations.values():
            claim = _claim(desk, number, match, starts)
            if not any(ontology.is_a(m.cls, "Person") for m in claim.role("subject")):  # whose presidency is of his state
                claim = unsaid_end(desk, number, match, claim)
            if _complete(claim):
                yield claim
    events = [match for match in events if not is_other_sense(match, ontology)]
    quoted = {one.cue[0] for one in desk.attributions[number] if one.content and one.content[0].is_quote}
    best = [match for match in _best(events, ontology) if not _is_assent(match, quoted, ontology)]
    told = bridged([(m, _claim(desk, number, m, starts)) for m in best], ontology)
    for match, claim in zip(best, told, strict=True):
        if claim.roles and not is_nothing(desk, number, match, claim):
            yield claim
    yield from obligations(desk, number, starts, {word for match in best for word in match.words})
    yield from statements(desk, number, starts)


def _says_what_people(desk: Desk, number: int, token: Token) -> bool:
    """Whether a noun only says what people those are whom it stands before: the riot of "riot police"."""
    if token.pos_ != "NOUN" or token.dep_ != "compound" or token.head.i < token.i:
        return False
    one = desk.located(number, token.head)
    return one is not None and one.kind == "description" and desk.reader.ontology.is_a(one.mention.cls, "Actor")


def _names_part(token: Token) -> bool:
    """Whether a word stands within a title or a name: the investment of "Investment Fund Minister Hector Hurtado"."""
    above = token.head
    titled = token.pos_ == above.pos_ == "PROPN" and token.dep_ == "compound" and above.i > token.i
    return titled and token.text.istitle() and above.text.istitle() and token.i > token.sent.start


def _best(matches: list[Match], ontology: Ontology) -> list[Match]:
    """One event a predicate: the match with most words and roles; its words head no other event."""
    chosen: list[Match] = []
    taken: set[Token] = set()
    ranked = sorted(matches, key=lambda m: (*(-w for w in m.weight), m.words[0].i, m.frame.type, m.frame.example))
    for match in ranked:
        if not taken & set(match.words):
            chosen.append(_completed(match, ranked))
            taken |= set(match.words)
    heads = {match.words[0] for match in chosen}
    kept = [match for match in _each_once(chosen, ontology) if not _is_readiness(match, heads)]
    return sorted(kept, key=lambda match: match.words[0].i)


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


def _is_assent(match: Match, quoted: set[Token], ontology: Ontology) -> bool:
    """Whether somebody merely finds so, which is no pledge: "he agreed, 'It is late.'", "they agreed that it was late"."""
    verb = match.words[0]
    if ontology.types[match.frame.type].category != "AGREE" or not {role for role, _ in match.roles} <= {"actor"}:
        return False
    said = (c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i and is_verbal(c))
    clause = next((c for c in said if not is_infinitive(c)), None)
    return verb in quoted or (clause is not None and stance.decide(clause, (clause,), ontology).modality in FOUND)


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


def _complete(claim: Claim) -> bool:
    """Whether a relation has both its ends, different ones, and at least one of them known."""
    ends = {"holdsPosition": ("holder", "office"), "hasTradeVolume": ("subject",)}.get(claim.claims, ("subject", "object"))
    filled = [claim.role(end) for end in ends]
    entities = [tuple(e for m in mentions for e in (m.entities or m.represents)) for mentions in filled]
    nameless = (m for mentions in filled for m in mentions if m.cls == "Thing" and not m.entities)
    if any(m.span.text.split()[-1].islower() for m in nameless):
        return False  # "part of a broad package"
    return all(filled) and (claim.claims == "holdsPosition" or (any(entities) and len(set(entities)) == len(entities)))


def _claim(desk: Desk, number: int, match: Match, starts: dict[int, Sentence]) -> Claim:
    passage, ontology = desk.passages[number], desk.reader.ontology
    token = match.words[0]
    kind = ontology.types[match.frame.type].kind
    filled = [
        (role, filler, _office(desk, number, filler) if role == "office" else desk.mention(number, filler))
        for role, filler in match.roles
        if role != "amount"
    ]
    roles = [Role(_role(role, filler, mention, match, ontology), mention) for role, filler, mention in filled]
    here = passage.offset + token.idx
    roles = [role for role in roles if not role.mention.span.start <= here < role.mention.span.end]
    if match.frame.lemma == "@office":
        roles.append(Role("office", _office(desk, number, token)))
    roles = _outer(_without_title_words(roles, ontology))
    if match.frame.verbal and kind == "relation":  # whoever appoints somebody is not where he serves
        roles = [r for r in roles if r.role != "of" or r.mention.cls != "Person"]
    if kind == "event":
        roles = _not_to_itself(roles)
        roles = with_members(desk, number, match, roles)
        roles += recipients_beyond(desk, number, match, roles)
        roles += adjuncts(desk, number, match, roles)
    speaker, cue = (None, None) if _introduces(match, ontology) else speaker_of(desk, number, match.words)
    held = replace(stance.decide(token, match.words, ontology), speaker=speaker, cue=cue)
    when = when_of(desk, number, match.words, held)
    quantities = quantities_of(desk, number, match.words, match.roles)
    grade = confidence(token, roles, when, quantities, reported=speaker is not None) if kind == "event" else RELATION
    claim = Claim(
        claims=match.frame.type,
        kind=kind,
        sentence=_sentence_of(passage, token, starts),
        trigger=_trigger(passage, match),
        roles=tuple(dict.fromkeys(roles)),
        stance=held,
        when=when,
        quantities=quantities,
        matched=match.frame.example,
        confidence=grade,
    )
    return ahead_of(claim, desk.article.issued)


def _introduces(match: Match, ontology: Ontology) -> bool:
    """Whether a title beside a name introduces its bearer, which the article does, even in what others are said to say."""
    title = match.words[0]
    beside = not is_verbal(title) and title.dep_ not in ("attr", "oprd", "ccomp", "ROOT")
    return beside and bool(ontology.values_of(match.frame.type, "introduces")) and not in_quotes(title)


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
    """The roles without a recipient that is the actor: in "Canada gave Haiti Canadian dollars" the dollars are Canadian."""
    doing = {e for role in roles if role.role == "actor" for e in role.mention.entities}
    return [r for r in roles if r.role != "recipient" or not r.mention.entities or not set(r.mention.entities) <= doing]


def _role(role: str, filler: Token, mention: Mention, match: Match, ontology: Ontology) -> str:
    """The role that a filler plays: a place in a theme's stead is where it happens, as in "withdrew from the town"."""
    places = {*ontology.words("place", "preposition"), "from"}
    placed = role == "theme" and filler.dep_ == "pobj" and filler.head.lower_ in places
    if placed and ontology.is_a(mention.cls, "Place") and ontology.happens_somewhere(match.frame.type):
        return "place"
    return role


def _office(desk: Desk, number: int, token: Token) -> Mention:
    """The office that a noun names, as a mention of the office, not of its holder."""
    one = desk.located(number, token)
    office = desk.reader.ontology.actors.get(one.office) if one else None
    passage = desk.passages[number]
    span = text_span(passage, one.first if one else token.i, max(token.i + 1, one.last if one else 0))
    return Mention(span, "Office", (office.id,) if office else (), "name of an office", (), office.label if office else "")


def _trigger(passage: Passage, match: Match) -> Span:
    tokens = sorted(match.words, key=lambda t: t.i)
    close = [t for t in tokens if t.i - match.words[0].i in range(-3, 4)]
    return text_span(passage, close[0].i, close[-1].i + 1)


# -- other claims ---------------------------------------------------------------------------------


def _held_claim(desk: Desk, held: Held, starts: dict[int, Sentence]) -> Claim:
    """An office that the wording gives away: "his Serbian counterpart"."""
    passage = desk.passages[held.holder.passage]
    token = passage.doc[held.holder.head]
    span = text_span(passage, held.holder.first, held.holder.last)
    ontology = desk.reader.ontology
    office = ontology.actors.get(held.office)
    state = ontology.actors.get(held.of)
    return Claim(
        claims="holdsPosition",
        kind="relation",
        sentence=_sentence_of(passage, token, starts),
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
        confidence=RELATION,
    )


def _once(claims: list[Claim]) -> list[Claim]:
    """Each claim once: the same trigger and type, the fuller one."""
    best: dict[tuple[int, int, str], Claim] = {}
    for claim in claims:
        key = (claim.trigger.start, claim.trigger.end, claim.claims)
        if key not in best or len(claim.roles) > len(best[key].roles):
            best[key] = claim
    return list(best.values())
