"""Names and descriptions in a text: which spans name or describe something, of which class.

Names come from the gazetteer (longest wins) and from the model; descriptions ("two officials", "the Turkish
foreign minister") from noun phrases whose head language.ttl knows. What they refer to across sentences is
settled in `coreference`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace

from rapidfuzz.fuzz import token_sort_ratio

from kgbuild.model import Mention, Span
from kgbuild.ontology import Actor, Ontology
from kgbuild.read.clauses import Clauses, flat_modifiers, is_verbal, modifiers
from kgbuild.read.gazetteer import Company, Gazetteer, acts
from kgbuild.read.nlp import Passage
from kgbuild.read.tokens import Doc, Token
from kgbuild.read.tokens import Span as ParsedSpan

ALIKE = 93
"""Percent of likeness, whatever the order of the words, from which a name is a slip for another."""
ACRONYM = re.compile("[A-Z]{3,7}")
"""What is written as an acronym."""
BRACKETS = "acronym in brackets"
"""Why an acronym right behind a name denotes what the name does."""


@dataclass(frozen=True, slots=True)
class Located:
    """A mention with its place in the parse: passage number and token range, and how it refers."""

    mention: Mention
    passage: int
    head: int
    first: int
    last: int
    """The token after the last."""
    kind: str
    """name, demonym, description or pronoun."""
    known: bool = False
    """Whether actors.ttl knows the name."""
    office: str = ""
    plural: bool = False
    named: int = -1
    """For a description with a name ("President X"): the head of that name."""
    core: tuple[str, ...] = field(default=())
    """For a body: its own words without state and article ("Foreign", "Ministry")."""

    def denoting(self, entities: Iterable[str], reason: str) -> Located:
        """The same mention, now known to denote *entities*."""
        return replace(self, mention=replace(self.mention, entities=tuple(entities), reason=reason))

    def renamed(self, entities: tuple[str, ...], reason: str, name: str) -> Located:
        """The same mention, now known to denote *entities*, called *name*."""
        return replace(self, mention=replace(self.mention, entities=entities, reason=reason, name=name))

    def representing(self, states: tuple[str, ...]) -> Located:
        """The same mention, now known to act for *states*."""
        return replace(self, mention=replace(self.mention, represents=states))


def slug(name: str) -> str:
    """A readable id for *name*: ASCII where that keeps something, words joined by "_"."""
    folded = unicodedata.normalize("NFKD", name)
    ascii_only = "".join(c for c in folded if not unicodedata.combining(c))
    words = re.findall(r"\w+", ascii_only, flags=re.UNICODE)
    return "_".join(words)[:120]


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
        described = _descriptions(number, passage, gazetteer, names, clauses[number])
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
                for o in _owners(passage.doc[one.head], by_token, clauses, ontology)
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


# -- descriptions ---------------------------------------------------------------------------------


def _descriptions(
    number: int, passage: Passage, gazetteer: Gazetteer, names: list[Located], clauses: Clauses
) -> Iterator[Located]:
    ontology = gazetteer.ontology
    by_token = {i: one for one in names for i in range(one.first, one.last)}
    offices = {
        _head_of(passage.doc, first, last): (last + 1, name)
        for last, (first, name) in gazetteer.offices(passage.doc).items()
    }
    heads = {one.head for one in names if one.kind == "name"}
    for token in passage.doc:
        if token.tag_ in ("PRP", "PRP$"):
            yield _pronoun(number, passage, token)
            continue
        indefinite = token.pos_ == "PRON" and token.tag_ == "NN"  # "nobody"
        if (token.pos_ not in ("NOUN", "PROPN") and not indefinite) or token.i in heads:
            continue
        inside = by_token.get(token.i)
        if inside is not None and inside.kind == "name" and inside.mention.cls != "Person":
            continue
        office = offices.get(token.i)
        cls = "Person" if office else _class_of(token, ontology)
        if inside is not None and inside.kind == "demonym":
            cls = "Group" if token.tag_ in ("NNS", "NNPS") else ""
        if not cls or (cls == "Person" and _is_grade(token, offices, ontology)):
            continue
        found = _described_noun(number, passage, token, cls, office[1] if office else "", by_token, ontology, clauses)
        if office and office[0] > found.last:  # "the heads of state": the office is named to its end
            span = text_span(passage, found.first, office[0])
            found = replace(found, mention=replace(found.mention, span=span), last=office[0])
        yield found


def _head_of(doc: Doc, first: int, last: int) -> int:
    """The word of an office's name that governs it; the last of several that hang side by side: "vice-president Kim"."""
    root = doc.span(first, last + 1).root
    return last if root.dep_ == "compound" and doc[last].head is root.head else root.i


def _is_grade(token: Token, offices: Container[int], ontology: Ontology) -> bool:
    """Whether a word for a person only qualifies another: the "Deputy" of "Deputy Head" is nobody else."""
    above = token.head
    modifies = token.dep_ in ("compound", "amod", "nmod") and above.i > token.i
    deputises = token.lower_ in ontology.words("deputising", "modifier") and token.i not in offices
    return modifies and (above.i in offices or deputises or _class_of(above, ontology) == "Person")


def _class_of_pronoun(token: Token) -> str:
    """ "I", "she" are somebody, "we", "they" some people, even where nobody is named; "it" is what it is found to be."""
    if token.tag_ != "PRP" or token.lower_ in ("it", "itself") or token.morph.get("Person", []) == ["2"]:
        return "Thing"
    plural = token.morph.get("Number", []) == ["Plur"]
    return "Group" if plural else "Person"


def _class_of(token: Token, ontology: Ontology) -> str:
    """The class of what a noun describes; "dozens of civilians" are what they are made of, "dozens" alone are people."""
    lemma = token.lemma_.lower()
    if lemma in ontology.words("quantity", "noun") or (token.ent_type_ == "CARDINAL" and token.tag_ == "NNS"):
        inside = _counted(token, ontology)
        if inside is not None and (inside.ent_type_ == "NORP" or inside.tag_ == "NNPS"):
            return "Group"
        if inside is not None and (cls := _class_of(inside, ontology)):
            return cls
        if inside is None and token.ent_type_ == "CARDINAL":
            return "Group"
    if lemma in ontology.words("anybodys", "noun"):
        beside = {child.lower_ for child in token.children if child.i < token.i}
        public = beside & ontology.words("anybodys", "modifier")
        if not public and (token.tag_ == "NNS" or beside & ontology.words("anybodys", "private")):
            return "Company"  # "creditor banks", not "central banks"
    # "power" is none of the "powers", nor "force" an "air force"
    phrase = f"{token.doc[token.i - 1].lower_} {lemma}" if token.i else ""
    classes = ontology.noun_classes
    return classes.get(lemma) or classes.get(token.lower_) or classes.get(phrase, "")


def _lends(token: Token, ontology: Ontology) -> bool:
    """Whether those meant are a state's creditors, who do not act for it: "Peru's creditor banks", its "bank committee"."""
    before = [*flat_modifiers(token), *(c for c in token.children if c.i < token.i and c.dep_ in ("amod", "compound"))]
    beside = {word.lemma_.lower() for word in before if word.text.islower()}
    if beside & ontology.words("anybodys", "modifier"):
        return False
    private = token.lemma_.lower() in ontology.words("anybodys", "noun") and beside & ontology.words("anybodys", "private")
    return bool(private or beside & ontology.words("commerce", "noun"))


def _described_noun(
    number: int,
    passage: Passage,
    token: Token,
    cls: str,
    office: str,
    by_token: dict[int, Located],
    ontology: Ontology,
    clauses: Clauses,
) -> Located:
    first = min(
        [t.i for t in (*token.subtree, *flat_modifiers(token)) if t.i <= token.i and _within(t, token)], default=token.i
    )
    opposed = token.lemma_.lower() in ontology.words("opposed", "noun") or (cls != "Person" and _lends(token, ontology))
    owners = [] if opposed else _owners(token, by_token, clauses, ontology)
    states = tuple(
        dict.fromkeys(
            e for o in owners for e in ((o.mention.entities if o.mention.cls != "City" else ()) or o.mention.represents)
        )
    )
    counted = _counted(token, ontology)
    last = counted.i + 1 if counted is not None and counted.i > token.i else token.i + 1
    named = _named_inside(token, cls, by_token, ontology)
    core = tuple(
        passage.doc[i].text
        for i in (range(first, token.i + 1) if token.text[:1].isupper() else ())
        if i not in by_token and passage.doc[i].text[:1].isupper() and passage.doc[i].pos_ != "DET"
    )
    if core and cls == "GovernmentBody":
        end = _of_what(token, by_token)
        core, last = (*core, *(t.text for t in passage.doc[token.i + 1 : end])), max(last, end)
    if len(core) == 1 and core[0] == token.text and token.i and token.nbor(-1).text.endswith("."):
        core = ()  # after "U.S." many a desk writes "Bank requests"
    return Located(
        mention=Mention(text_span(passage, first, last), cls, (), "", states, named.mention.name if named else ""),
        passage=number,
        head=token.i,
        first=first,
        last=last,
        kind="description",
        office=office,
        plural=token.tag_ in ("NNS", "NNPS"),
        named=named.head if named else -1,
        core=core,
    )


def _of_what(token: Token, by_token: dict[int, Located]) -> int:
    """Where a body's name ends: "Ministry" goes on with "of Foreign Trade", not with "of Peru" nor "of the region"."""
    doc, end = token.doc, token.i + 1
    if end >= len(doc) or doc[end].lower_ != "of":
        return end
    at = end + 1
    while at < len(doc) and at not in by_token:
        if doc[at].text[:1].isupper() and doc[at].pos_ in ("NOUN", "PROPN", "ADJ"):
            at += 1
            end = at
        elif doc[at].dep_ in ("cc", "prep") and end == at:
            at += 1
        else:
            break
    return end if end > token.i + 2 else token.i + 1


def _counted(token: Token, ontology: Ontology) -> Token | None:
    """What "dozens of" and "a group of" count: their mention is "dozens of civilians"."""
    if token.lemma_.lower() not in ontology.words("quantity", "noun") and token.ent_type_ != "CARDINAL":
        return None
    return next((c for p in token.children if p.lower_ == "of" for c in p.children if c.dep_ == "pobj"), None)


def _within(token: Token, head: Token) -> bool:
    """Whether *token* belongs to the noun phrase before *head*: no clause, no apposition between."""
    while token not in (head, head.head):
        if token.dep_ in ("appos", "relcl", "acl") or (token.dep_ == "advmod" and token.head == head):
            return False
        token = token.head
    return True


def _owners(token: Token, by_token: dict[int, Located], clauses: Clauses, ontology: Ontology) -> list[Located]:
    """The states and organisations that a noun belongs to: "Russia's", "Russian", "of Russia"."""
    arguments = clauses.arguments(token)
    found: list[Located] = []
    for function in ("poss", "mod", "of", "to"):
        beside = flat_modifiers(token) if function == "mod" else []
        for filler in (*arguments.get(function, ()), *beside):
            if function == "to" and found:
                continue
            one = by_token.get(filler.i)
            if (
                one is not None
                and (one.known or one.mention.represents)
                and one.mention.cls not in ("Person", "Conflict")
                and one not in found
                and not _is_for(one, token, ontology)
            ):
                found.append(one)
    if not found and token.dep_ == "compound" and token.head.i > token.i:  # "Peru's Central Bank governor"
        owners = [by_token.get(c.i) for c in token.head.children if c.dep_ == "poss" and c.i < token.i]
        found = [one for one in owners if one is not None and one.known and one.mention.cls != "Person"]
    return found


def _is_for(one: Located, token: Token, ontology: Ontology) -> bool:
    """Whether somebody is only for or against it: "pro-Russian separatists" act for themselves."""
    doc, hyphen = token.doc, one.first - 1
    return hyphen > 0 and doc[hyphen].text == "-" and doc[hyphen - 1].lower_ in ontology.words("opposed", "prefix")


def _named_inside(token: Token, cls: str, by_token: dict[int, Located], ontology: Ontology) -> Located | None:
    """The name that a description carries: "the Izvestia newspaper", "its ally Serbia", "spokesman N. N."."""
    plural = token.tag_ in ("NNS", "NNPS")
    told = [c.i for c in token.children if c.dep_ == "relcl"]
    # "the firm, which bought the paper maker X": what stands behind the clause belongs to it
    beside = [c for c in token.children if c.dep_ == "appos" and not any(token.i < i < c.i for i in told)]
    within = [m for c in token.children if c.dep_ in ("compound", "nmod") for m in modifiers(c)]
    for other in [*beside, *within]:
        one = by_token.get(other.i)
        if one is None or one.kind != "name" or one.head != other.i:
            continue
        if other in within and (plural or one.last != token.i):
            continue  # neither "the NATO delegations" nor "a Reagan administration official" is who is named
        if other in within and one.mention.cls == "Person":
            continue  # a Putin adviser advises him
        kind = one.mention.span.text.split()[-1].lower()
        if other in within and kind in ontology.noun_classes and kind not in (token.lemma_.lower(), token.lower_):
            continue  # neither is a Black Sea peninsula a sea, nor the Rubber Organisation council the organisation
        if other in within and _is_organ(token, one, ontology):
            continue  # nor the NATO council NATO, nor the GATT declaration the GATT
        if other in within and ontology.is_a(cls, "Place") and any(c.dep_ == "amod" for c in token.children):
            continue  # nor is the southern Mediterranean region the Mediterranean
        if other in beside and (plural or _parted(token, other)):
            continue  # nor are "the two nations, Peru and Chad" Peru
        if other in beside and token.dep_ == "appos" and by_token.get(token.head.i) is not None:
            continue  # "A Smith, an adviser, the banker B Jones and": whose adviser is open
        wider = other in beside or one.mention.cls not in ("Place", "Thing")  # "a Manhattan hotel" is not Manhattan
        fits = ontology.is_a(one.mention.cls, cls) or (wider and ontology.is_a(cls, one.mention.cls))
        person = one.mention.cls == "Person" and " " in one.mention.span.text  # no body is called John Smith
        if fits or (other in beside and cls != "Person" and not one.known and not person):
            return one
    # A title before a name: "President Barack Obama" hangs the title on the name.
    if token.dep_ in ("compound", "nmod", "appos") and cls == "Person" and not plural:
        one = by_token.get(token.head.i)
        if token.dep_ == "appos" and _names_another(token, by_token):
            return None
        if one is not None and one.kind == "name" and one.mention.cls == "Person":
            return one
    return None


def _is_organ(token: Token, one: Located, ontology: Ontology) -> bool:
    """Whether a noun behind a name is a part or an act of what it names, not its kind: "board", "declaration"."""
    name = one.mention
    if not any(ontology.is_a(name.cls, cls) for cls in ("Organization", "Agreement")):
        return False
    known = ontology.actors.get(name.entities[0]) if one.known else None
    words = {w for n in (known.names if known else (name.name,)) for w in n.lower().split()}
    return token.lemma_.lower() in ontology.words("organ", "noun") and token.lemma_.lower() not in words


def _names_another(token: Token, by_token: dict[int, Located]) -> bool:
    """Whether a description ends in a name of its own: "North, the then head of the CIA William Casey"."""
    for i in range(token.i + 1, len(token.doc)):
        one, before = by_token.get(i), by_token.get(i - 1)
        if token.doc[i].is_punct:
            return False
        if one is not None and one.mention.cls == "Person" and one.kind == "name" and one.first == i:
            return before is not None and before.kind == "name" and before.mention.cls not in ("Person", "State")
    return False


def _parted(token: Token, other: Token) -> bool:
    """Whether a full stop that the model has overlooked stands between: "his counterpart Li Na. Valerio said"."""
    return any(t.text == "." for t in token.doc[token.i + 1 : other.i])


def _pronoun(number: int, passage: Passage, token: Token) -> Located:
    mention = Mention(text_span(passage, token.i, token.i + 1), _class_of_pronoun(token))
    plural = token.morph.get("Number", []) == ["Plur"]
    return Located(mention, number, token.i, token.i, token.i + 1, "pronoun", plural=plural)


def text_span(passage: Passage, first: int, last: int) -> Span:
    """Tokens *first* to *last* (exclusive) as a span of the article's text."""
    doc = passage.doc
    opening, closing = doc[first], doc[last - 1]
    start, end = opening.idx, closing.idx + len(closing)
    offset = passage.block.start
    return Span(offset + start, offset + end, doc.text[start:end])
