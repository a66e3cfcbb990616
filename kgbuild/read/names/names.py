"""The mentions of an article: its names, from the gazetteer (longest wins) and from the model, and its descriptions.

What they refer to across sentences is settled in `coreference`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rapidfuzz.fuzz import token_sort_ratio

from kgbuild.model import Mention
from kgbuild.ontology import Actor, Ontology
from kgbuild.read.names.descriptions import find_descriptions, owners_of
from kgbuild.read.names.gazetteer import Company, Gazetteer, acts
from kgbuild.read.names.located import Located, slug
from kgbuild.read.parse.clauses import Clauses, is_verbal
from kgbuild.read.parse.nlp import Passage, text_span
from kgbuild.read.parse.tokens import Span as ParsedSpan
from kgbuild.read.parse.tokens import Token

ALIKE = 93
"""Percent of likeness, whatever the order of the words, from which a name is a slip for another."""
ACRONYM = re.compile("[A-Z]{3,7}")
"""What is written as an acronym."""
BRACKETS = "acronym in brackets"
"""Why an acronym right behind a name denotes what the name does."""


def find_mentions(
    passages: tuple[Passage, ...], gazetteer: Gazetteer, clauses: tuple[Clauses, ...], issued: str | None = None
) -> list[Located]:
    """The names and descriptions of an article *issued* then, in order; where names overlap, the longest wins."""
    day = issued[:10] if issued else ""
    in_office = gazetteer.surnames_in_office(day)
    found: list[Located] = []
    matches = [gazetteer.matches(passage.doc) for passage in passages]
    company = Company(match for some in matches for match in some)
    named = [
        [
            m
            for m in _names(number, passage, gazetteer, list(gazetteer.names(matches[number], company, day)))
            if m.known
            or m.mention.cls == "Person"
            or not (m.mention.span.text in in_office or _in_office_name(m, passage, gazetteer))
        ]
        for number, passage in enumerate(passages)
    ]
    named = _as_spelled_out(named)
    surnames = {
        surname
        for names in named
        for m in names
        if m.mention.cls == "Person" and " " in m.mention.span.text
        for surname in surnames_of(m.mention.span.text)
    }
    named = [[_without_state(m, surnames, passages[m.passage], gazetteer.ontology) for m in names] for names in named]
    # A bare surname of someone named in full is that person, whatever the model takes it for; of a place that is a
    # surname too ("Jordan"), only where the model sees a person.
    named = [
        [
            m
            for m in names
            if m.mention.cls == "Person" or m.mention.span.text not in surnames or _stays(m, passage, gazetteer)
        ]
        for names, passage in zip(named, passages, strict=True)
    ]
    for number, passage in enumerate(passages):
        names = [*named[number], *_bare_surnames(number, passage, named[number], surnames | in_office)]
        names = _with_states(passage, names, clauses[number], gazetteer.ontology)
        described = find_descriptions(number, passage, gazetteer, names, clauses[number])
        found += sorted([*names, *described], key=lambda m: (m.first, m.last))
    return found


def surnames_of(name: str) -> list[str]:
    """What somebody of this full name may be called by alone: the last word, and a long one before it, which may be the
    first of two surnames ("Carlos Andres Perez Rodriguez").
    """
    words = name.split()
    return words[-2:] if len(words) > 2 and len(words[-2]) > 4 and words[-2].isalpha() else words[-1:]


def _without_state(one: Located, surnames: set[str], passage: Passage, ontology: Ontology) -> Located:
    """A name without the state that only stands behind: "Lawson told Funaro Brazil had to pay", Funaro being known."""
    surname, *state = one.mention.span.text.split()
    if one.known or one.mention.cls != "Person" or surname not in surnames or len(state) != 1:
        return one
    if state[0] not in ontology.state_words:
        return one
    mention = replace(
        one.mention, span=text_span(passage, one.first, one.first + 1), entities=(slug(surname),), name=surname
    )
    return replace(one, mention=mention, head=one.first, last=one.first + 1)


def _stays(one: Located, passage: Passage, gazetteer: Gazetteer) -> bool:
    seen = gazetteer.ontology.entity_labels.get(passage.doc[one.head].ent_type_)
    return one.known and not (gazetteer.ontology.is_a(one.mention.cls, "Place") and seen == "Person")


# -- names ----------------------------------------------------------------------------------------


def _names(
    number: int, passage: Passage, gazetteer: Gazetteer, matches: list[tuple[ParsedSpan, str, Actor | None]]
) -> list[Located]:
    doc, ontology = passage.doc, gazetteer.ontology
    no_names = [set(range(span.start, span.end)) for span, _, actor in matches if actor is None]
    known = [
        _known(number, passage, span, kind, actor, ontology)
        for span, kind, actor in matches
        if actor is not None and not any(span.start in taken for taken in no_names)
    ]
    known = [one for one in known if not _in_demonym(one, known)]
    grown = [(one, _personal_name(one, number, passage, ontology)) for one in known]
    surnames = {i for _, whole in grown if whole for i in range(whole.first, whole.last)}
    known = [whole or one for one, whole in grown]
    covered = {i for one in known for i in range(one.first, one.last)}
    demonyms = {(one.first, one.last) for one in known if one.kind == "demonym"}
    titles = [(first, last + 1) for last, (first, _) in gazetteer.offices(doc).items()] if doc.ents else []
    offices = {first for first, _ in titles}
    titles_end = {end for first, end in titles if end - first > 1}
    guessed = [
        one
        for entity in (_unqualified(entity, known, ontology) for entity in doc.ents)
        if (one := _guessed(number, passage, _without_portfolio(entity, offices, covered), ontology))
        and not any(one.first in taken for taken in no_names)
        and not surnames & {one.first, one.last - 1}
        and not (one.mention.cls == "Person" and one.last in titles_end)  # "National Economy Minister" is nobody's name
        and not (one.mention.cls in ("Group", "Place") and covered.issuperset(range(one.first, one.last)))
        and not (one.mention.cls != "Person" and (one.first, one.last) in demonyms)  # "Ukrainian" alone names no body
    ]
    chosen: list[Located] = []
    taken: set[int] = set()
    # The longest first; a demonym gives way to any name, and what actors.ttl knows goes before a guess.
    for one in sorted([*known, *guessed], key=lambda m: (m.kind == "demonym", -(m.last - m.first), not m.known, m.first)):
        tokens = set(range(one.first, one.last))
        if not tokens & taken or (one.kind == "demonym" and not _names_whole(one, chosen)):
            chosen.append(one)
            taken |= tokens
    chosen += _overlooked_acronyms(number, passage, taken, ontology)
    chosen = [_whole(_acting_acronym(one, passage), passage, taken) for one in chosen]
    return _acronyms(chosen, passage, ontology)


def _overlooked_acronyms(number: int, passage: Passage, taken: set[int], ontology: Ontology) -> Iterator[Located]:
    """Acronyms that the model takes for nothing though they do something: "ICE returned the paintings"."""
    for token in passage.doc:
        nothing = token.i not in taken and not token.ent_type_ and token.pos_ in ("NOUN", "PROPN")
        if nothing and _is_acting_acronym(token) and token.lower_ not in ontology.noun_classes:
            span = text_span(passage, token.i, token.i + 1)
            mention = Mention(span, "Organization", (slug(token.text),), "named in the text", (), token.text)
            yield Located(mention, number, token.i, token.i, token.i + 1, "name")


def _acting_acronym(one: Located, passage: Passage) -> Located:
    """An unknown acronym that does something is an organisation, where the model takes it for a place."""
    if one.known or one.mention.cls != "Place" or one.last - one.first > 1 or not _is_acting_acronym(passage.doc[one.head]):
        return one
    return replace(one, mention=replace(one.mention, cls="Organization"))


def _is_acting_acronym(token: Token) -> bool:
    """Whether a word in capitals among others that are not is the subject of a verb: "UNDOF", no headline's word."""
    if not ACRONYM.fullmatch(token.text) or token.dep_ not in ("nsubj", "nsubjpass") or not is_verbal(token.head):
        return False
    beside = [t for t in token.doc[max(token.i - 1, 0) : token.i + 2] if t is not token and t.text.isalpha()]
    return not token.head.text.isupper() and not any(t.text.isupper() and len(t) > 1 for t in beside)


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
    span = text_span(passage, first, one.last)
    name = " ".join(span.text.split())
    mention = Mention(span, "Person", (slug(name),), "named in the text", (), name)
    return replace(one, mention=mention, head=one.last - 1, first=first, known=False)


def _in_demonym(one: Located, known: list[Located]) -> bool:
    """Whether a name is only part of a demonym, or runs into one: "the West German bank" does not speak of the West."""
    for m in known:
        part = m.first <= one.first and one.last <= m.last and m.last - m.first > one.last - one.first
        if m.kind == "demonym" and (part or (one.kind != "demonym" and one.first < m.first < one.last < m.last)):
            return True
    return False


def _unqualified(entity: ParsedSpan, known: list[Located], ontology: Ontology) -> ParsedSpan:
    """A name without the adjective before it: "New White House", and "Recent" where the sentence begins with it."""
    first, begins = entity[0], entity.start == entity[0].sent.start
    if len(entity) == 1 or first.lower_ not in ontology.words("qualifying", "adjective"):
        return entity
    rest = any((one.first, one.last) == (entity.start + 1, entity.end) for one in known)
    common = begins and first.lower_ not in ontology.words("qualifying", "name")
    return ParsedSpan(entity.doc, entity.start + 1, entity.end, entity.label_) if rest or common else entity


def _without_portfolio(entity: ParsedSpan, offices: set[int], covered: set[int]) -> ParsedSpan:
    """ "EC External Trade" right before an office ("Commissioner") is a portfolio: only whose it is, is a name."""
    last = entity.end
    owned = len(entity) > 1 and (entity.start in covered or entity[0].text.isupper())
    if not owned or entity.label_ == "PERSON" or not offices & {last - 1, last, last + 1}:
        return entity
    while last - 1 > entity.start and last - 1 not in covered:
        last -= 1
    return ParsedSpan(entity.doc, entity.start, last, entity.label_)


def _whole(one: Located, passage: Passage, taken: set[int]) -> Located:
    """A place's name that a name before it makes another: "H Texas" is no Texas. Headlines write all words so."""
    before = passage.doc[one.first - 1] if one.first else None
    if before is None or one.kind != "name" or not one.known or passage.block.kind != "body" or before.i in taken:
        return one
    grown = before.dep_ == "compound" and before.head.i == one.head and before.pos_ == "PROPN" and before.text[:1].isupper()
    if not grown or one.mention.cls not in ("State", "City", "Region") or passage.doc[one.head].text.isupper():
        return one
    span = text_span(passage, one.first - 1, one.last)
    mention = Mention(span, one.mention.cls, (slug(span.text),), "named in the text", (), " ".join(span.text.split()))
    return replace(one, mention=mention, first=one.first - 1, known=False)


def _names_whole(demonym: Located, chosen: list[Located]) -> bool:
    """Whether a demonym stands inside a name that actors.ttl knows ("Russian Federation") or a person's name."""
    return any(
        (m.first <= demonym.first < m.last and (m.known or m.mention.cls == "Person"))
        or (m.first, m.last) == (demonym.first, demonym.last)
        for m in chosen
    )


def _known(number: int, passage: Passage, span: ParsedSpan, kind: str, actor: Actor, ontology: Ontology) -> Located:
    state: tuple[str, ...] = ()
    cls, entity, reason = actor.cls, actor.id, f"{kind} in actors.ttl"
    if actor.cls == "City" and actor.capital_of and acts(span, ontology):
        cls, entity, reason = "State", actor.capital_of, "capital as its government"
    elif actor.cls != "Person" and (actor.of or actor.capital_of):  # whom persons act for depends on the date
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


def _guessed(number: int, passage: Passage, entity: ParsedSpan, ontology: Ontology) -> Located | None:
    cls = ontology.entity_labels.get(entity.label_)
    first, last = entity.start, entity.end
    doc = passage.doc
    while first < last and (doc[first].pos_ in ("DET", "PUNCT", "SPACE") or doc[first].lower_ == "the"):
        first += 1
    courtesy = ontology.words("courtesy", "title")
    while last - first > 1 and doc[first].text.rstrip(".") in courtesy:
        first += 1  # "Mrs Clinton" is named Clinton
    if cls == "Person":  # "Ban Ki-moon of South Korea": where somebody is from is no part of the name
        last = next((i for i in range(first + 2, last) if doc[i].lower_ == "of"), last)
    bracket = next((i for i in range(first + 1, last) if doc[i].text == "("), None)
    if bracket is not None and doc[last - 1].text != ")":
        last = bracket  # "World Fishing Council (WFC": the acronym is another name
    while last > first and (doc[last - 1].tag_ == "POS" or doc[last - 1].pos_ in ("PUNCT", "SPACE")):
        last -= 1
    if doc[first].text.isupper() and any(c.isalpha() for c in doc[first].text):
        while last - first > 1 and doc[last - 1].text.islower():
            last -= 1  # "U.S. super" of "U.S. super-computers"
    if cls is None or first == last:
        return None
    span = doc.span(first, last)
    words = " ".join(span.text.split())
    if not re.search(r"[^\W\d_]{2}", span.text) or span.text.islower():
        return None
    root = span.root
    if cls == "Group" and root.pos_ == "ADJ":
        return None  # "Korean firms": whose, but nobody's name
    noun_class = ontology.noun_classes.get(root.lemma_.lower())
    if noun_class and cls != "Person":
        own = [t for t in span if t.i != root.i and t.text not in ontology.state_words]
        bank = root.lemma_.lower() in ontology.words("anybodys", "noun")
        named = [t.lower_ for t in own if t.text[:1].isupper()]
        if bank and named and not ontology.words("anybodys", "modifier") & set(named):
            noun_class = "Organization"  # "American Express Bank" is no body of a state
        if noun_class == "GovernmentBody" and len(own) <= 1:
            return None  # "the Russian Foreign Ministry" is described: one body a state, however it is written
        cls = noun_class
    return Located(
        mention=Mention(text_span(passage, first, last), cls, (slug(span.text),), "named in the text", (), words),
        passage=number,
        head=root.i,
        first=first,
        last=last,
        kind="name",
    )


def _in_office_name(one: Located, passage: Passage, gazetteer: Gazetteer) -> bool:
    """Whether a guessed name is only part of an office's: "Foreign Affairs" in "Foreign Affairs Minister"."""
    return any(first <= one.first and one.last <= end + 1 for end, (first, _) in gazetteer.offices(passage.doc).items())


def _with_states(passage: Passage, names: list[Located], clauses: Clauses, ontology: Ontology) -> list[Located]:
    """ "South Korea's Ministry of Foreign Affairs": a body that the model found belongs to the state beside it."""
    by_token = {i: one for one in names for i in range(one.first, one.last)}
    found = []
    for one in names:
        mention = one.mention
        local = is_local(mention.name.split(), ontology)
        if one.kind == "name" and not one.known and ontology.is_a(mention.cls, "GovernmentBody") and not local:
            outside = [
                o
                for o in owners_of(passage.doc[one.head], by_token, clauses, ontology)
                if o is not one and o.mention.cls == "State"
            ]
            if outside:
                state = outside[0].mention.entities[:1]
                own = passage.doc[outside[0].last : one.last] if outside[0].first == one.first else ()
                words = " ".join(t.text for t in own if not t.is_space) or mention.name
                label = f"{words} of {outside[0].mention.name}"
                entity = ontology.bodies.get(label, slug(label))
                one = replace(
                    one,
                    mention=replace(
                        mention, represents=state, entities=(entity,), reason="named with its state", name=label
                    ),
                )
        found.append(one)
    return found


def is_local(words: Iterable[str], ontology: Ontology) -> bool:
    """Whether a body's words say that it is a town's or a region's, of which a state has many: "City Council"."""
    return any(word.lower() in ontology.words("local", "modifier") for word in words)


def _bare_surnames(number: int, passage: Passage, names: list[Located], surnames: set[str]) -> Iterator[Located]:
    """Surnames of persons named in full that the model has overlooked."""
    covered = {i for one in names for i in range(one.first, one.last)}
    for token in passage.doc:
        if token.pos_ not in ("PROPN", "NOUN") or token.i in covered or token.ent_type_ in ("DATE", "TIME", "MONEY"):
            continue
        if token.text in surnames:
            mention = Mention(
                text_span(passage, token.i, token.i + 1),
                "Person",
                (slug(token.text),),
                "named in the text",
                (),
                token.text,
            )
            yield Located(mention, number, token.i, token.i, token.i + 1, "name")


def _acronyms(names: list[Located], passage: Passage, ontology: Ontology) -> list[Located]:
    """An acronym in brackets right after a name is another name of the same thing.

    What actors.ttl knows the acronym for gives way to what the article spells out, unless that is a slip for it.
    """
    by_end = {one.last: one for one in names}
    slips: dict[Located, Mention] = {}
    found = []
    for one in names:
        opening = one.first - 1
        long_form = by_end.get(opening)
        before = passage.doc[opening].text if opening > 0 else ""
        apposed = before == "(" or (before == "," and long_form is not None and _initials_agree(one, long_form))
        if apposed and long_form and one.mention.span.text.isupper():
            meant = long_form.mention
            if not one.known:
                one = replace(one, mention=_called_so(one.mention, meant))
            elif one.mention.entities != meant.entities and _initials_agree(one, long_form):
                if not long_form.known and _is_slip(meant.name, ontology.actors[one.mention.entities[0]]):
                    slips[long_form] = replace(one.mention, span=meant.span, reason="spelled like a name in actors.ttl")
                else:
                    one = replace(one, mention=_called_so(one.mention, meant), known=long_form.known)
        found.append(one)
    return [replace(one, mention=slips[one], known=True) if one in slips else one for one in found]


def _called_so(mention: Mention, meant: Mention) -> Mention:
    return replace(meant, span=mention.span, reason=BRACKETS)


def _is_slip(name: str, actor: Actor) -> bool:
    """Whether a name has the words of an actor's, or nearly: "General Agreement on Trade and Tariffs"."""
    return any(token_sort_ratio(name, own) >= ALIKE for own in (actor.label, *actor.names))


def _as_spelled_out(named: list[list[Located]]) -> list[list[Located]]:
    """The names, each known acronym as what the article itself puts it in brackets behind: its CBI is Britain's."""
    spelled = {m.mention.span.text: m.mention for names in named for m in names if m.mention.reason == BRACKETS}

    def means(one: Located) -> Located:
        meant = spelled.get(one.mention.span.text) if one.known else None
        return one if meant is None else replace(one, mention=replace(meant, span=one.mention.span))

    return [[means(one) for one in names] for names in named]


def _initials_agree(acronym: Located, long_form: Located) -> bool:
    """Whether the letters are those with which the words begin, in an order that may be another language's."""
    letters = sorted(c for c in acronym.mention.span.text if c.isalpha())
    words = [w for w in re.findall(r"\w+", long_form.mention.span.text) if w[:1].isupper()]
    return len(letters) > 2 and letters == sorted(w[0] for w in words)
