"""The mentions of an article: its names, from the gazetteer (longest wins) and from the model, and its descriptions.

What they refer to across sentences is resolved in `coreference`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kgbuild.model import Mention
from kgbuild.ontology import Actor, Ontology
from kgbuild.read.names.acronyms import as_bracketed, as_organization, as_spelled_out, overlooked_acronyms
from kgbuild.read.names.capitals import is_government
from kgbuild.read.names.context import Context
from kgbuild.read.names.descriptions import NamedParagraph, find_descriptions, find_pronouns, owners_of
from kgbuild.read.names.gazetteer import Gazetteer
from kgbuild.read.names.kinds import is_byline
from kgbuild.read.names.located import Located, named_in_text, slug
from kgbuild.read.names.model_names import model_names
from kgbuild.read.names.senses import KnownName, choose_senses
from kgbuild.read.names.short_names import with_full_names
from kgbuild.read.parse.clauses import Clauses
from kgbuild.read.parse.nlp import Passage, text_span
from kgbuild.read.parse.tokens import Span as ParsedSpan
from kgbuild.read.parse.tokens import Token

OWN_MASTERS = ("Person", "Territory", "ArmedGroup", "Company", "PoliticalParty", "MediaOutlet", "Conflict")
"""What does not act for whom it belongs to: whom persons act for depends on the date; the others act for themselves, a war
for nobody."""

PARTING = re.compile(r"[\s,/\u2013-]+")
"""What stands between two who are named in one breath."""
TOLD_ALONE = ("City", "PoliticalParty", "ArmedGroup", "MediaOutlet", "Company")
"""Classes that the model has no label for."""


def find_mentions(
    passages: tuple[Passage, ...], gazetteer: Gazetteer, clauses: tuple[Clauses, ...], issued: str | None = None
) -> list[Located]:
    """The names and descriptions of an article *issued* then, in order; where names overlap, the longest wins."""
    day = issued[:10] if issued else ""
    in_office = gazetteer.surnames_in_office(day)
    named = as_spelled_out(_names_of_article(passages, gazetteer, day))
    surnames = _surnames_given_in_full(named)
    called = surnames | in_office | _first_words(named, gazetteer.ontology)
    found: list[Located] = []
    for number, passage in enumerate(passages):
        names = [_without_state(one, surnames, passage, gazetteer.ontology) for one in named[number]]
        names = [one for one in names if _is_no_surname(one, surnames, passage, gazetteer.ontology)]
        names = [one for one in names if one.known or not _are_surnames(one, surnames | in_office)]
        names = [*names, *_overlooked_surnames(number, passage, names, called, gazetteer.ontology)]
        names = _with_states(number, passage, names, clauses[number], gazetteer)
        paragraph = NamedParagraph.of(number, passage, clauses[number], names, gazetteer.ontology)
        described = find_descriptions(paragraph, gazetteer.offices(passage.doc))
        found += sorted([*names, *described, *find_pronouns(paragraph)], key=lambda m: (m.first, m.last))
    return with_full_names(_of_one_class(found), gazetteer.ontology)


def surnames_of(name: str) -> list[str]:
    """What somebody of this full name may be called by alone: the last word, and a long one before it, which may be the
    first of two surnames ("Carlos Andres Perez Rodriguez").
    """
    words = name.split()
    return words[-2:] if len(words) > 2 and len(words[-2]) > 4 and words[-2].isalpha() else words[-1:]


def is_local(words: Iterable[str], ontology: Ontology) -> bool:
    """Whether a body's words say that it is a town's or a region's, of which a state has many: "City Council"."""
    return any(word.lower() in ontology.words("local", "modifier") for word in words)


# -- the names of a paragraph ---------------------------------------------------------------------


def _names_of_article(passages: tuple[Passage, ...], gazetteer: Gazetteer, day: str) -> list[list[Located]]:
    """The names of each paragraph, the senses of the known ones chosen by the whole article."""
    matches = [gazetteer.matches(passage.doc) for passage in passages]
    article = Context(match for some in matches for match in some)
    named = []
    for number, passage in enumerate(passages):
        known = list(choose_senses(matches[number], article, day, gazetteer))
        names = _names(number, passage, gazetteer, known)
        named.append([one for one in names if not _is_of_office(one, passage, gazetteer, day)])
    return _without_bylines(named, passages, gazetteer.ontology)


def _without_bylines(named: list[list[Located]], passages: tuple[Passage, ...], ontology: Ontology) -> list[list[Located]]:
    """The names without those of who wrote the article, where nothing else in it speaks of them."""
    times = Counter(word for names in named for one in names for word in one.mention.span.text.split())

    def wrote(one: Located) -> bool:
        once = all(times[word] == 1 for word in one.mention.span.text.split())
        person = one.mention.cls == "Person" and not one.known
        return person and once and is_byline(passages[one.passage].doc[one.head], ontology)

    return [[one for one in names if not wrote(one)] for names in named]


def _names(number: int, passage: Passage, gazetteer: Gazetteer, spans: list[KnownName]) -> list[Located]:
    """The names of a paragraph, from the gazetteer's *spans* and from the model; the longest of those that overlap."""
    no_name = {i for span, _, actor in spans if actor is None for i in range(span.start, span.end)}
    known = [
        _known(number, passage, span, kind, actor, gazetteer.ontology)
        for span, kind, actor in spans
        if actor is not None and span.start not in no_name
    ]
    known += _without_shared_ending(number, passage, known, gazetteer)
    known = [one for one in known if not _in_demonym(one, known) and not _is_no_actor(one, passage, gazetteer.ontology)]
    known = [one for one in known if not (one.kind == "demonym" and _is_within(one, known))]
    known = [_personal_name(one, number, passage, gazetteer.ontology) or one for one in known]
    guessed = [one for one in model_names(number, passage, gazetteer, known) if one.first not in no_name]
    chosen = _longest([*known, *guessed])
    taken = {i for one in chosen for i in range(one.first, one.last)}
    chosen += overlooked_acronyms(number, passage, taken, gazetteer.ontology)
    chosen = [_as_firm(one, passage, gazetteer.ontology) for one in chosen]
    chosen = [_grown(as_organization(one, passage), number, passage, taken, gazetteer) for one in chosen]
    return as_bracketed(chosen, passage, gazetteer.ontology)


def _longest(names: list[Located]) -> list[Located]:
    """Of names that overlap the longest; a demonym gives way to any name, and what actors.ttl knows goes before a guess.

    A demonym within a longer name stays beside it, where that is neither known nor a person's: "British" in "British
    Fishing Council".
    """
    chosen: list[Located] = []
    taken: set[int] = set()
    for one in sorted(names, key=lambda m: (m.kind == "demonym", -_length(m), not m.known, m.first)):
        tokens = set(range(one.first, one.last))
        beside = one.kind == "demonym" and not _is_part_of_name(one, chosen)
        if not tokens & taken or beside or _is_side_of_war(one, chosen):
            chosen.append(one)
            taken |= tokens
    return chosen


def _is_side_of_war(one: Located, chosen: list[Located]) -> bool:
    """Whether a known land stands within what a war is called in plain words, which tell of a deed: "invasion of X"."""
    within = (m for m in chosen if m.first <= one.first and one.last <= m.last and m.mention.cls == "Conflict")
    land = one.known and one.mention.cls in ("State", "Territory", "Region")
    return land and any(m.mention.span.text[:1].islower() for m in within)


def _length(one: Located) -> int:
    """Its words without the article: in "the West Bank" it is no longer name that begins with "the West"."""
    return one.last - one.first - one.mention.span.text.startswith(("the ", "The "))


def _is_part_of_name(demonym: Located, chosen: list[Located]) -> bool:
    """Whether a demonym stands inside a name that actors.ttl knows ("Russian Federation") or a person's name."""
    return any(
        (m.first <= demonym.first < m.last and (m.known or m.mention.cls == "Person"))
        or (m.first, m.last) == (demonym.first, demonym.last)
        for m in chosen
    )


def _is_within(one: Located, known: list[Located]) -> bool:
    """Whether a longer known name holds this one: no Arabs are named in "Syrian Arab Republic"."""
    return any(m.first <= one.first and one.last <= m.last and m.last - m.first > one.last - one.first for m in known)


def _is_of_office(one: Located, passage: Passage, gazetteer: Gazetteer, day: str) -> bool:
    """Whether a name of nobody known is a part of an office's ("Foreign Affairs" in "Foreign Affairs Minister"), or the
    surname of who holds one on *day*."""
    if one.known or one.mention.cls == "Person":
        return False
    surnames = gazetteer.surnames_in_office(day)
    parts = [part for part in PARTING.split(one.mention.span.text) if part]
    if all(part in surnames or (len(parts) > 1 and part in gazetteer.ontology.state_words) for part in parts):
        return True  # "Trump-Russia"
    return any(office.start <= one.first and one.last <= office.end for office in gazetteer.offices(passage.doc))


# -- known names ----------------------------------------------------------------------------------


def _known(number: int, passage: Passage, span: ParsedSpan, kind: str, actor: Actor, ontology: Ontology) -> Located:
    """The mention that a name of actors.ttl is; a capital that acts is its state."""
    state: tuple[str, ...] = ()
    cls, entity, reason = actor.cls, actor.id, f"{kind} in actors.ttl"
    if actor.cls == "City" and actor.capital_of and is_government(span, ontology):
        cls, entity, reason = "State", actor.capital_of, "capital as its government"
    elif actor.cls not in OWN_MASTERS and (actor.of or actor.capital_of):
        state = (actor.of or actor.capital_of or "",)
    return Located(
        mention=Mention(text_span(passage, span.start, span.end), cls, (entity,), reason, state, actor.label),
        passage=number,
        head=span.root.i,
        first=span.start,
        last=span.end,
        kind="demonym" if kind == "demonym" else "name",
        known=True,
    )


def _without_shared_ending(number: int, passage: Passage, known: list[Located], gazetteer: Gazetteer) -> list[Located]:
    """Those before "and" whose names lack the last word of the known name behind it: "North" in "North and South Korea"."""
    doc, found = passage.doc, list[Located]()
    for one in known:
        at = one.first - 2
        if one.last - one.first != 2 or at < 0 or doc[at + 1].dep_ != "cc" or doc[at].tag_ != "NNP":
            continue
        whole = f"{doc[at].text} {doc[one.last - 1].text}"
        for actor in gazetteer.named(whole):
            if actor.cls == one.mention.cls:
                span = text_span(passage, at, at + 1)._replace(read_as=whole)
                mention = Mention(span, actor.cls, (actor.id,), "shares the end of a name", (), actor.label)
                found.append(Located(mention, number, at, at, at + 1, "name", known=True))
                break
    return found


def _is_no_actor(one: Located, passage: Passage, ontology: Ontology) -> bool:
    """Whether a name only tells of people's descent ("ethnic Armenians"), or what they are for: "pro-Moscow activists".

    Nor is a sea named in "the Gulf of Aden".
    """
    doc = passage.doc
    if one.mention.cls == "Region" and one.last + 1 < len(doc) and doc[one.last].lower_ == "of":
        return one.last - one.first < 3 and passage.doc[one.last - 1].text in ontology.words("namedNoun", "water")
    before = doc[one.first - 1].lower_ if one.first else ""
    if one.kind == "demonym":
        return before in ontology.words("opposed", "descent")
    return before == "-" and one.first > 1 and doc[one.first - 2].lower_ in ontology.words("opposed", "prefix")


def _in_demonym(one: Located, known: list[Located]) -> bool:
    """Whether a name is only part of a demonym, or runs into one: "the West German bank" does not speak of the West."""
    for m in known:
        part = m.first <= one.first and one.last <= m.last and m.last - m.first > one.last - one.first
        if m.kind == "demonym" and (part or (one.kind != "demonym" and one.first < m.first < one.last < m.last)):
            return True
    return False


def _personal_name(one: Located, number: int, passage: Passage, ontology: Ontology) -> Located | None:
    """Whose name a place's ends: "Miguel de la Madrid" is not in Spain. None for nobody's."""
    doc, first = passage.doc, one.first
    while first and doc[first - 1].text in ontology.words("particle", "name"):
        first -= 1
    before = doc[first - 1] if 0 < first < one.first else None
    if before is None or before.ent_type_ != "PERSON" or one.kind != "name" or one.mention.cls == "Person":
        return None
    while first and doc[first - 1].ent_type_ == "PERSON":
        first -= 1
    return named_in_text(passage, number, first, one.last, "Person", head=one.last - 1)


def _as_firm(one: Located, passage: Passage, ontology: Ontology) -> Located:
    """A known body's name with the words behind it that say that it is a firm: "General Motors Co"."""
    doc, last = passage.doc, one.last
    if not one.known or one.kind != "name" or not ontology.is_a(one.mention.cls, "Organization"):
        return one
    while last < len(doc) and doc[last].text.rstrip(".") in ontology.words("namedNoun", "firm"):
        last += 1
    if last == one.last:
        return one
    mention = replace(one.mention, span=text_span(passage, one.first, last))
    return replace(one, mention=mention, head=doc.span(one.first, last).root.i, last=last)


def _grown(one: Located, number: int, passage: Passage, taken: set[int], gazetteer: Gazetteer) -> Located:
    """A place's name that a name before it makes another ("H Texas" is no Texas), or a body's noun behind it ("Atlantic
    Council"). Headlines write all words so, and a sentence its first: "Outraged Paris" is Paris.
    """
    doc, ontology = passage.doc, gazetteer.ontology
    behind = doc[one.last] if one.last < len(doc) and one.last not in taken else None
    is_body = behind is not None and behind.text in ontology.words("namedNoun", "body") and behind.dep_ != "appos"
    if is_body and one.known and one.mention.cls == "Region":
        first = one.first + (doc[one.first].lower_ == "the")
        return named_in_text(passage, number, first, one.last + 1, "Organization", head=one.last)
    before = doc[one.first - 1] if one.first else None
    if before is None or one.kind != "name" or not one.known or passage.block.kind != "body" or before.i in taken:
        return one
    joined = before.dep_ == "compound" and before.head.i == one.head and before.pos_ == "PROPN" and before.text[:1].isupper()
    mood = before.is_sent_start and (before.lower_.endswith(("ed", "ing")) or gazetteer.is_adjective(before.text))
    mood = mood or before.lower_ in ontology.words("qualifying", "adjective")
    if mood and before.lower_ not in ontology.words("qualifying", "name"):
        return one
    if not joined or one.mention.cls not in ("State", "City", "Region", "Territory") or passage.doc[one.head].text.isupper():
        return one
    return named_in_text(passage, number, one.first - 1, one.last, one.mention.cls, head=one.head)


def _of_one_class(mentions: list[Located]) -> list[Located]:
    """The mentions, each unknown name of the class that most of the article's give it; of several as many, the first.

    A class that only a noun beside a name tells ("the Chega party") goes before any that the model sees.
    """
    classes: dict[str, Counter[str]] = defaultdict(Counter)
    for one in mentions:
        if one.kind == "name" and not one.known:
            classes[one.mention.name][one.mention.cls] += 1

    def usual(one: Located) -> Located:
        cls = one.mention.cls
        if one.kind == "name" and not one.known and len(classes[one.mention.name]) > 1:
            given = classes[one.mention.name].most_common()
            cls = next((told for told, _ in given if told in TOLD_ALONE), given[0][0])
        return one if cls == one.mention.cls else replace(one, mention=replace(one.mention, cls=cls))

    return [usual(one) for one in mentions]


# -- surnames -------------------------------------------------------------------------------------


def _surnames_given_in_full(named: list[list[Located]]) -> set[str]:
    """The surnames of the persons whom the article names in full."""
    persons = (one.mention.span.text for names in named for one in names if one.mention.cls == "Person")
    return {surname for name in persons if " " in name for surname in surnames_of(name)}


def _first_words(named: list[list[Located]], ontology: Ontology) -> set[str]:
    """The first words of full names, where they are no given names: the "Yang" of "Yang Jiechi"."""
    persons = (one.mention.span.text for names in named for one in names if one.mention.cls == "Person")
    given = ontology.words("male", "firstName") | ontology.words("female", "firstName")
    return {name.split()[0] for name in persons if " " in name and name[:1].isupper()} - given


def _without_state(one: Located, surnames: set[str], passage: Passage, ontology: Ontology) -> Located:
    """A name without the state that only stands behind: "Lawson told Funaro Brazil had to pay", Funaro being known."""
    surname, *state = one.mention.span.text.split()
    if one.known or len(state) != 1:
        return one
    if state[0] in surnames and surname in ontology.state_words | {"U.S.", "U.K."} and surname.endswith("."):
        return named_in_text(
            passage, one.passage, one.last - 1, one.last, "Person", head=one.last - 1
        )  # a full stop is lost
    if one.mention.cls != "Person" or surname not in surnames:
        return one
    if state[0] not in ontology.state_words:
        return one
    mention = replace(
        one.mention, span=text_span(passage, one.first, one.first + 1), entities=(slug(surname),), name=surname
    )
    return replace(one, mention=mention, head=one.first, last=one.first + 1)


def _is_no_surname(one: Located, surnames: set[str], passage: Passage, ontology: Ontology) -> bool:
    """Whether a name is no surname of someone named in full: he would be meant, whatever the model takes it for.

    A known name that is a surname too stays what it is; that of a place ("Jordan") unless the model sees a person there.
    """
    if one.mention.cls == "Person" or one.mention.span.text not in surnames:
        return True
    seen = ontology.entity_labels.get(passage.doc[one.head].ent_type_)
    return one.known and not (ontology.is_a(one.mention.cls, "Place") and seen == "Person")


def _are_surnames(one: Located, surnames: set[str]) -> bool:
    """Whether a name is several surnames of persons named in full: "Petrov-Quispe" of their talks."""
    parts = one.mention.span.text.split("-")
    return len(parts) > 1 and all(part in surnames for part in parts)


def _is_of_other(token: Token, passage: Passage, names: list[Located], ontology: Ontology) -> bool:
    """Whether another first name stands before a surname: "Einav Petrova" is not the one who was named in full."""
    before = passage.doc[token.i - 1] if token.i else None
    if before is None or before.head is not token or before.dep_ != "compound" or any(m.last == token.i for m in names):
        return False
    titles = ontology.words("honour", "title") | ontology.words("courtesy", "title")
    title = before.lower_ in ontology.noun_classes or before.lower_ in ontology.offices or before.text.rstrip(".") in titles
    return before.pos_ == "PROPN" and before.text.istitle() and not title


def _overlooked_surnames(
    number: int, passage: Passage, names: list[Located], surnames: set[str], ontology: Ontology
) -> Iterator[Located]:
    """Surnames of persons named in full that the model has overlooked."""
    covered = {i for one in names for i in range(one.first, one.last)}
    for token in passage.doc:
        if token.pos_ not in ("PROPN", "NOUN") or token.i in covered or token.ent_type_ in ("DATE", "TIME", "MONEY"):
            continue
        if token.text in surnames and not _is_of_other(token, passage, names, ontology):
            yield named_in_text(passage, number, token.i, token.i + 1, "Person", head=token.i)


# -- bodies ---------------------------------------------------------------------------------------


def _with_states(
    number: int, passage: Passage, names: list[Located], clauses: Clauses, gazetteer: Gazetteer
) -> list[Located]:
    """ "South Korea's Ministry of Foreign Affairs": a body that the model found belongs to the state beside it, or to that
    which ends its name ("Ministry of Rubber of the Republic of Peru"); a known one of another state too: "South Korea's
    Joint Chiefs of Staff".
    """
    ontology = gazetteer.ontology
    paragraph = NamedParagraph.of(number, passage, clauses, names, ontology)
    found = []
    for one in names:
        local = is_local(one.mention.name.split(), ontology)
        if one.kind == "name" and ontology.is_a(one.mention.cls, "GovernmentBody") and not local:
            head, theirs = passage.doc[one.head], one.mention.represents
            owners = owners_of(head, paragraph, functions=("poss",)) if one.known else owners_of(head, paragraph)
            state = next((o for o in owners if o is not one and o.mention.cls == "State"), None)
            if one.known and state is not None and (not theirs or state.mention.entities[:1] == theirs):
                state = None
            one = _of_state(one, state, passage, ontology) if state is not None else one
            one = _of_own_state(one, gazetteer)
        found.append(one)
    return found


def _of_own_state(one: Located, gazetteer: Gazetteer) -> Located:
    """A body that the model found as that of the state with which its name ends."""
    parts = one.mention.name.split(" of ")
    ends = ((" of ".join(parts[:at]), " of ".join(parts[at:]).removeprefix("the ")) for at in range(1, len(parts)))
    states = [(words, actor) for words, end in ends for actor in gazetteer.named(end) if actor.cls == "State"]
    if one.known or not states:
        return one
    words, state = states[0]
    label = f"{words} of {state.label}"
    entity = gazetteer.ontology.body_called(words, state.id) or slug(label)
    mention = replace(one.mention, represents=(state.id,), entities=(entity,), reason="named with its state", name=label)
    return replace(one, mention=mention, known=entity in gazetteer.ontology.actors)


def _of_state(one: Located, state: Located, passage: Passage, ontology: Ontology) -> Located:
    """A body as that of *state*, called so where actors.ttl does not know it: "Ministry of Rubber of Peru"."""
    mention = one.mention
    own = passage.doc[state.last : one.last] if state.first == one.first else ()
    words = " ".join(t.text for t in own if not t.is_space) or mention.name
    label = f"{words} of {state.mention.name}"
    entity = ontology.body_called(words, state.mention.entities[0]) or slug(label)
    mention = replace(
        mention, represents=state.mention.entities[:1], entities=(entity,), reason="named with its state", name=label
    )
    return replace(one, mention=mention, known=one.known and entity in ontology.actors)
