"""One parsed article becomes a Reading: its sentences, mentions and claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from kgbuild.model import Article, Claim, Mention, Reading, Role, Sentence, Span, Stance, When
from kgbuild.ontology import Ontology
from kgbuild.read import coreference, dates, stance
from kgbuild.read.clauses import Clauses, coordinated, governing_verb, is_verbal, preposition_name
from kgbuild.read.examples import cached_frames
from kgbuild.read.frames import CORE, Frames, Match
from kgbuild.read.mentions import Gazetteer, Located, find_mentions, text_span
from kgbuild.read.nlp import Passage, load, parse

REPEATED = 92
"""A headline or summary whose words stand in one sentence of the body by this much (percent) says nothing new."""


class Reader:
    """Model, ontology, gazetteer and frames, ready to read articles; one a process."""

    def __init__(self, ontology: Ontology, model: str | None = None, *, frames: Frames | None = None) -> None:
        self.ontology = ontology
        self.nlp: Language = load(model) if model else load()
        self.gazetteer = Gazetteer(self.nlp, ontology)
        self.frames = frames or Frames(cached_frames(ontology, self.nlp), ontology)
        self.calendar = dates.Calendar.of(ontology)

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """The reading of each article, in order; each depends on that article, the ontology and the model alone."""
        for article, passages in parse(self.nlp, articles):
            yield read_article(article, passages, self)


@dataclass
class Desk:
    """What is at hand while one article is read."""

    article: Article
    passages: tuple[Passage, ...]
    reader: Reader
    clauses: tuple[Clauses, ...]
    mentions: list[Located]
    by_token: dict[tuple[int, int], Located] = field(default_factory=dict)

    def is_office(self, number: int, token: Token) -> bool:
        """Whether *token* is the last word of an office's name."""
        one = self.located(number, token)
        return bool(one and one.office and one.head == token.i)

    def located(self, number: int, token: Token) -> Located | None:
        """The mention whose head, or else whose words, *token* is."""
        return self.by_token.get((number, token.i))

    def mention(self, number: int, token: Token) -> Mention:
        """The mention at *token*; a noun phrase of no known class becomes a Thing."""
        one = self.located(number, token)
        if one is not None:
            return one.mention
        passage = self.passages[number]
        first = min(
            (c.i for c in token.children if c.i < token.i and c.dep_ in ("amod", "compound", "nummod", "nmod", "quantmod")),
            default=token.i,
        )
        mention = Mention(text_span(passage, first, token.i + 1), "Thing")
        self.by_token[number, token.i] = Located(mention, number, token.i, first, token.i + 1, "description")
        return mention

    def fits(self, number: int, token: Token, wanted: str) -> bool:
        """Whether the mention at *token* may fill a role of class *wanted*."""
        if is_verbal(token) or token.pos_ in ("ADV", "ADP"):
            return False
        one = self.located(number, token)
        if one is None:
            return wanted in ("", "Thing") and token.pos_ in ("NOUN", "PROPN", "NUM", "PRON")
        mention, ontology = one.mention, self.reader.ontology
        if wanted == "Office":
            return bool(one.office)
        if ontology.is_a(mention.cls, wanted):
            return True
        if wanted != "Actor" or not mention.represents:
            return False
        if not ontology.is_a(mention.cls, "Place"):
            return True
        governor = self.located(number, token.head.head) if token.dep_ == "pobj" else None
        return governor is not None and governor.mention.cls == "Person"  # "the ambassador to Damascus"


def read_article(article: Article, passages: tuple[Passage, ...], reader: Reader) -> Reading:
    """The sentences, mentions and claims of one parsed article."""
    desk, held = desk_of(article, passages, reader)
    kept, mentions = desk.passages, desk.mentions
    sentences = tuple(_sentences(kept))
    starts = {sentence.span.start: sentence for sentence in sentences}
    found: list[Claim] = []
    for number in range(len(kept)):
        found += _claims(desk, number, starts)
    found += [_held_claim(desk, one, starts) for one in held]
    claims = tuple(sorted(_once(found), key=lambda c: (c.trigger.start, c.claims, c.trigger.end)))
    used = {m for c in claims for m in (*(r.mention for r in c.roles), c.stance.speaker) if m}
    kept_mentions = {m.mention for m in mentions if m.mention.entities} | used
    dropped = Counter({"headline or summary repeated in the text": len(passages) - len(kept)})
    dropped["noun phrase of no claim and no name"] = len({m.mention for m in mentions} - kept_mentions)
    return Reading(
        article,
        sentences,
        tuple(sorted(kept_mentions, key=lambda m: (m.span.start, m.span.end, m.cls))),
        claims,
        tuple(sorted((why, count) for why, count in dropped.items() if count)),
    )


def desk_of(article: Article, passages: tuple[Passage, ...], reader: Reader) -> tuple[Desk, list[coreference.Held]]:
    """The parsed article with its mentions resolved, ready for claims; and the offices that mentions give away."""
    kept = without_repetition(passages)
    asked = reader.ontology.words("request", "verb")
    clauses = tuple(Clauses(passage.doc, asked) for passage in kept)
    mentions, held = coreference.resolve(
        article, kept, find_mentions(kept, reader.gazetteer, clauses, article.issued), reader.gazetteer
    )
    desk = Desk(article, kept, reader, clauses, mentions)
    for one in sorted(mentions, key=lambda m: m.last - m.first):
        for i in range(one.first, one.last) if one.kind == "name" else ():
            desk.by_token.setdefault((one.passage, i), one)
    for one in mentions:
        desk.by_token[one.passage, one.head] = one
    return desk, held


def without_repetition(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """The passages, each once, without a headline or summary that a sentence of the body says in the same words."""
    sentences = [s.text for p in passages if p.block.kind == "body" for s in p.doc.sents]

    def repeated(text: str) -> bool:
        long = [s for s in sentences if len(s) >= 0.9 * len(text)]
        return any(fuzz.partial_ratio(text, s, score_cutoff=REPEATED) >= REPEATED for s in long)

    found: dict[str, Passage] = {}
    for passage in passages:
        if passage.block.kind == "body" or not repeated(passage.doc.text.rstrip(" .")):
            found.setdefault(" ".join(passage.doc.text.split()), passage)
    return tuple(found.values())


def _sentences(passages: tuple[Passage, ...]) -> Iterator[Sentence]:
    index = 0
    for passage in passages:
        for sentence in passage.doc.sents:
            if sentence.text.strip():
                yield Sentence(index, text_span(passage, sentence.start, sentence.end))
                index += 1


def _sentence_of(passage: Passage, token: Token, starts: dict[int, Sentence]) -> Sentence:
    return starts[passage.offset + token.sent.start_char]


# -- claims ---------------------------------------------------------------------------------------


def _claims(desk: Desk, number: int, starts: dict[int, Sentence]) -> Iterator[Claim]:
    doc, clauses, ontology = desk.passages[number].doc, desk.clauses[number], desk.reader.ontology
    events: list[Match] = []
    for token in doc:
        if token.pos_ not in ("VERB", "AUX", "NOUN", "PROPN", "ADJ"):
            continue
        here = desk.located(number, token)
        if here is not None and here.kind == "name" and here.head != token.i:
            continue
        found = desk.reader.frames.matches(
            token,
            clauses,
            lambda t, wanted: desk.fits(number, t, wanted),
            office=desk.is_office(number, token),
        )
        matches = list(found)
        events += [m for m in matches if ontology.types[m.frame.type].kind == "event"]
        best_relations: dict[str, Match] = {}
        for match in matches:
            name = match.frame.type
            if ontology.types[name].kind == "relation" and (
                name not in best_relations or match.weight > best_relations[name].weight
            ):
                best_relations[name] = match
        for match in best_relations.values():
            claim = _claim(desk, number, match, starts)
            if claim is not None and _complete(claim):
                yield claim
    yield from (c for m in _best(events) if (c := _claim(desk, number, m, starts)) is not None)
    yield from _statements(desk, number, starts)


def _best(matches: list[Match]) -> list[Match]:
    """One event a predicate: the match with most words and roles; its words head no other event."""
    chosen: list[Match] = []
    taken: set[Token] = set()
    for match in sorted(matches, key=lambda m: (*(-w for w in m.weight), m.words[0].i, m.frame.type, m.frame.example)):
        if not taken & set(match.words):
            chosen.append(match)
            taken |= set(match.words)
    return sorted(chosen, key=lambda m: m.words[0].i)


def _complete(claim: Claim) -> bool:
    """Whether a relation has both its ends, different ones, and at least one of them known."""
    ends = {"holdsPosition": ("holder", "office"), "hasTradeVolume": ("subject",)}.get(claim.claims, ("subject", "object"))
    filled = [claim.role(end) for end in ends]
    entities = [tuple(e for m in mentions for e in (m.entities or m.represents)) for mentions in filled]
    return all(filled) and (claim.claims == "holdsPosition" or (any(entities) and len(set(entities)) == len(entities)))


def _claim(desk: Desk, number: int, match: Match, starts: dict[int, Sentence]) -> Claim | None:
    passage, clauses, ontology = desk.passages[number], desk.clauses[number], desk.reader.ontology
    token = match.words[0]
    kind = ontology.types[match.frame.type].kind
    roles = [
        Role(role, _office(desk, number, filler) if role == "office" else desk.mention(number, filler))
        for role, filler in match.roles
    ]
    here = passage.offset + token.idx
    roles = [role for role in roles if not role.mention.span.start <= here < role.mention.span.end]
    if match.frame.lemma == "@office":
        roles.append(Role("office", _office(desk, number, token)))
    if kind == "event":
        roles = _with_members(desk, number, match, roles)
        roles += _adjuncts(desk, number, match, roles)
    held = stance.decide(
        token,
        match.words,
        clauses,
        ontology,
        lambda t: desk.mention(number, t) if t.pos_ in ("NOUN", "PROPN", "PRON") else None,
    )
    ahead = held.modality != "Actual"
    return Claim(
        claims=match.frame.type,
        kind=kind,
        sentence=_sentence_of(passage, token, starts),
        trigger=_trigger(passage, match),
        roles=tuple(dict.fromkeys(roles)),
        stance=held,
        when=_when(desk, number, match, ahead),
        amount=_amount(number, desk, match),
        matched=match.frame.example,
        confidence=_confidence(match),
    )


def _office(desk: Desk, number: int, token: Token) -> Mention:
    """The office that a noun names, as a mention of the office, not of its holder."""
    one = desk.located(number, token)
    office = desk.reader.ontology.actors.get(one.office) if one else None
    passage = desk.passages[number]
    span = text_span(passage, one.first if one else token.i, token.i + 1)
    return Mention(span, "Office", (office.id,) if office else (), "name of an office", (), office.label if office else "")


def _trigger(passage: Passage, match: Match) -> Span:
    tokens = sorted(match.words, key=lambda t: t.i)
    close = [t for t in tokens if t.i - match.words[0].i in range(-3, 4)]
    return text_span(passage, close[0].i, close[-1].i + 1)


def _confidence(match: Match) -> float:
    """A plain grade, not a probability: more required words and a filled core make a match surer."""
    core = any(role in CORE for role, _ in match.roles)
    return round(min(0.95, 0.5 + 0.15 * len(match.words) + 0.1 * len({r for r, _ in match.roles}) - (0 if core else 0.3)), 2)


def _with_members(desk: Desk, number: int, match: Match, roles: list[Role]) -> list[Role]:
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
                found += [Role(role, desk.mention(number, m)) for m in members if desk.fits(number, m, "Actor")]
    return found


def _clause_between(token: Token, above: Token) -> bool:
    while token != above and token.head != token:
        if is_verbal(token):
            return True
        token = token.head
    return False


def _adjuncts(desk: Desk, number: int, match: Match, roles: list[Role]) -> list[Role]:
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


def _when(desk: Desk, number: int, match: Match, ahead: bool) -> When | None:
    bounds = desk.reader.ontology.words("deadline", "preposition")
    scope = _scope(match)
    candidates = []
    for span in _time_spans(match.words[0].doc):
        steps = _attached(span.root, scope)
        before = span.root.head
        if steps is None or (before.pos_ in ("ADP", "SCONJ") and before.lower_ in bounds):
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


def _amount(number: int, desk: Desk, match: Match) -> str | None:
    scope = _scope(match)
    money = [e for e in match.words[0].doc.ents if e.label_ == "MONEY" and _attached(e.root, scope) is not None]
    return text_span(desk.passages[number], money[0].start, money[0].end).text if money else None


# -- other claims ---------------------------------------------------------------------------------


def _statements(desk: Desk, number: int, starts: dict[int, Sentence]) -> Iterator[Claim]:
    """Who said what: every verb of saying with a speaker and a clause that he said."""
    passage, clauses, ontology = desk.passages[number], desk.clauses[number], desk.reader.ontology
    reports = ontology.words("report", "verb")
    for token in passage.doc:
        if not is_verbal(token) or token.lemma_.lower() not in reports:
            continue
        content = [c for c in token.children if c.dep_ in ("ccomp", "parataxis")]
        speakers = clauses.arguments(token).get("subj", ())
        speaker = next(
            (desk.mention(number, s) for s in speakers if desk.fits(number, s, "Actor") or s.pos_ == "PRON"), None
        )
        if not content or speaker is None:
            continue
        inside = sorted(content[0].subtree, key=lambda t: t.i)
        span = text_span(passage, inside[0].i, inside[-1].i + 1)
        about = [
            m
            for t in inside
            if (m := desk.located(number, t))
            and m.head == t.i
            and m.mention.entities
            and ontology.is_a(m.mention.cls, "Actor")
        ]
        held = stance.decide(token, (token,), clauses, ontology, lambda t: desk.mention(number, t))
        yield Claim(
            claims="Statement",
            kind="statement",
            sentence=_sentence_of(passage, token, starts),
            trigger=text_span(passage, token.i, token.i + 1),
            roles=tuple(dict.fromkeys(Role("about", m.mention) for m in about)),
            stance=replace(held, speaker=speaker, cue=token.text, quoted=stance.in_quotes(content[0])),
            content=span,
            matched="a verb of saying with its clause",
            confidence=0.9,
        )


def _held_claim(desk: Desk, held: coreference.Held, starts: dict[int, Sentence]) -> Claim:
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
        confidence=0.8,
    )


def _once(claims: list[Claim]) -> list[Claim]:
    """Each claim once: the same trigger and type, the fuller one."""
    best: dict[tuple[int, int, str], Claim] = {}
    for claim in claims:
        key = (claim.trigger.start, claim.trigger.end, claim.claims)
        if key not in best or len(claim.roles) > len(best[key].roles):
            best[key] = claim
    return list(best.values())
