"""Names that the model sees and actors.ttl does not know: "Luis Quispe", "the Rubber Growers Union"."""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.ontology import Ontology
from kgbuild.read.names.gazetteer import Gazetteer
from kgbuild.read.names.kinds import class_of_name, is_given_name, singular
from kgbuild.read.names.located import Located, named_in_text
from kgbuild.read.names.office_names import OfficeName
from kgbuild.read.names.trimming import trimmed
from kgbuild.read.parse.nlp import Passage
from kgbuild.read.parse.titled import Titled, end_of_owner, end_of_portfolio, titled_names
from kgbuild.read.parse.tokens import Doc, Token
from kgbuild.read.parse.tokens import Span as ParsedSpan

JOINING = ("and", "&")
"""What joins two names."""
BODIES = ("GovernmentBody", "Organization", "Company")
PLACES = ("City", "Region", "State", "Place")


def model_names(number: int, passage: Passage, gazetteer: Gazetteer, known: list[Located]) -> Iterator[Located]:
    """The names that the model sees in a paragraph, cut to what is a name in them; none that the *known* ones rule out.

    Those behind a title and whose it is are persons, whatever the model takes them for.
    """
    titled = titled_names(passage.doc, gazetteer.ontology)
    covered = {i for one in known for i in range(one.first, one.last)}
    places = frozenset(i for one in known if one.mention.cls in PLACES for i in range(one.first, one.last))
    for first, last in (one.name for one in titled):
        if covered.isdisjoint(range(first, last)):
            yield named_in_text(passage, number, first, last, "Person", head=last - 1)
    offices = gazetteer.offices(passage.doc)
    for entity in (part for whole in _wholes(passage.doc, gazetteer) for part in _parted(whole, gazetteer.ontology)):
        if any(_overlaps(entity, one) for one in titled):
            continue
        entity = _without_adjective(entity, known, gazetteer.ontology)
        entity = _without_portfolio(entity, offices, covered)
        one = _named(number, passage, entity, offices, covered, places, gazetteer)
        if (
            one is not None
            and not _is_title(one, offices)
            and not _is_ruled_out(one, known, covered, passage.doc, gazetteer.ontology)
        ):
            yield one


def _wholes(doc: Doc, gazetteer: Gazetteer) -> Iterator[ParsedSpan]:
    """What the model takes for names, each whole: two halves of one name ("Vesna | Triangle"), a body with all that it is
    for ("State Service for Geodesy, Cartography and Cadastre").
    """
    entities, at = list(doc.ents), 0
    while at < len(entities):
        one = entities[at]
        at += 1
        while at < len(entities) and _are_halves(one, entities[at], gazetteer):
            one = ParsedSpan(doc, one.start, entities[at].end, one.label_)
            at += 1
        if len(one) != 3 or one[1].text != ",":  # "North, Song" are no name
            yield _with_purpose(_with_other_word(_of_person(one, gazetteer), gazetteer), gazetteer.ontology)


def _of_person(one: ParsedSpan, gazetteer: Gazetteer) -> ParsedSpan:
    """A person's name without what stands before it: "Mr Pompeo", whatever the model takes that for, "Slippery Ann Lee"."""
    if len(one) < 2:
        return one
    ontology = gazetteer.ontology
    courtesy = one[0].text.rstrip(".") in ontology.words("courtesy", "title") and one[1].text != "."
    nickname = gazetteer.is_adjective(one[0].text) and not is_given_name(one[0], ontology)
    if courtesy or (nickname and len(one) > 2 and is_given_name(one[1], ontology)):
        return ParsedSpan(one.doc, one.start + 1, one.end, "PERSON")
    return one


def _are_halves(one: ParsedSpan, other: ParsedSpan, gazetteer: Gazetteer) -> bool:
    """Whether two organisations stand side by side and one of them is a mere word of the dictionary."""
    if (one.label_, other.label_) != ("ORG", "ORG") or one.end != other.start or one[-1].pos_ != "PROPN":
        return False
    words = [half[0] for half in (one, other) if len(half) == 1 and not half.text.isupper()]
    return any(gazetteer.is_common(word.text) and not gazetteer.named(word.text) for word in words)


def _with_other_word(one: ParsedSpan, gazetteer: Gazetteer) -> ParsedSpan:
    """An organisation by a mere word of the dictionary with the other word of its name: "Vesna Triangle", "Joined Trio"."""
    doc, word = one.doc, one[0]
    if one.label_ != "ORG" or len(one) > 1 or word.text.isupper() or not gazetteer.is_common(word.text):
        return one
    before = doc[one.start - 1] if one.start else None
    if before is not None and _is_other_word(before, gazetteer) and before.head is word and before.dep_ == "compound":
        return ParsedSpan(doc, one.start - 1, one.end, "ORG")
    behind = doc[one.end] if one.end < len(doc) else None
    beside = word.dep_ in ("compound", "amod", "nmod") and word.head.i >= one.end
    if behind is not None and beside and _is_other_word(behind, gazetteer) and not behind.ent_type_:
        return ParsedSpan(doc, one.start, one.end + 1, "ORG")
    return one


def _is_other_word(token: Token, gazetteer: Gazetteer) -> bool:
    """Whether a word may be a part of a name: with a capital, no office and no title, and no first word of a sentence."""
    ontology = gazetteer.ontology
    office = token.lower_ in ontology.offices or ontology.noun_classes.get(token.lower_) == "Person"
    state = token.text in ontology.state_words
    return token.pos_ == "PROPN" and token.text.istitle() and not office and not state and not token.is_sent_start


def _with_purpose(entity: ParsedSpan, ontology: Ontology) -> ParsedSpan:
    """A body with what it is for behind it: "the State Agency of Peru for Food, Forestry and Water"."""
    doc, end = entity.doc, entity.end
    body = any(t.text in ontology.words("namedNoun", "body") for t in entity)
    if entity.label_ != "ORG" or not body:
        return entity
    if end < len(doc) and doc[end].lower_ == "of":
        end = end_of_owner(doc, end + 1, ontology) or end
    if end >= len(doc) or doc[end].lower_ not in ("for", "of", "on"):
        return entity
    last = end_of_portfolio(doc, end + 1, ontology)
    return ParsedSpan(doc, entity.start, last, "ORG") if last > end + 1 else entity


def _parted(entity: ParsedSpan, ontology: Ontology) -> Iterator[ParsedSpan]:
    """Each name of what the model takes for one: "Hun and Thaksin", "the Presidential Council Mohammed al-Menfi"."""
    cut, inner = None, list(entity)[1:-1]
    titles = ontology.words("courtesy", "title") | ontology.words("honour", "title")
    title = next((t.i for t in inner if t.text.rstrip(".") in titles and entity[0].text.rstrip(".") not in titles), None)
    if title is not None and entity.label_ in ("ORG", "PERSON"):  # "Health Dr. Luis Quispe"
        name = title + 1 + (entity.doc[title + 1].text == ".")
        yield from _parted(ParsedSpan(entity.doc, entity.start, title, "ORG"), ontology)
        if name < entity.end:
            yield from _parted(ParsedSpan(entity.doc, name, entity.end, "PERSON"), ontology)
        return
    if entity.label_ == "PERSON":
        cut = next((t.i for t in inner if t.lower_ in JOINING), None)
    if cut is not None:
        yield from _parted(ParsedSpan(entity.doc, entity.start, cut, "PERSON"), ontology)
        yield from _parted(ParsedSpan(entity.doc, cut + 1, entity.end, "PERSON"), ontology)
        return
    if entity.label_ == "ORG":
        bodies = ontology.words("namedNoun", "body")
        cut = next(
            (
                t.i
                for t in inner
                if is_given_name(t, ontology) and t.nbor(-1).text in (*bodies, ",") and t.nbor(1).pos_ == "PROPN"
            ),
            None,
        )
    if cut is not None:
        yield ParsedSpan(entity.doc, entity.start, cut - (entity.doc[cut - 1].text == ","), "ORG")
        yield ParsedSpan(entity.doc, cut, entity.end, "PERSON")
    else:
        yield entity


def _overlaps(entity: ParsedSpan, one: Titled) -> bool:
    """Whether the model has taken a name behind a title, or words before it, for a name."""
    return one.owner[0] < entity.end and entity.start < one.name[1]


def _is_title(one: Located, offices: tuple[OfficeName, ...]) -> bool:
    """Whether a person's name ends as an office's of several words does: "National Economy Minister" is nobody's name."""
    return one.mention.cls == "Person" and any(o.end == one.last and o.end - o.start > 1 for o in offices)


def _is_ruled_out(one: Located, known: list[Located], covered: set[int], doc: Doc, ontology: Ontology) -> bool:
    """Whether known names rule out a name that the model sees: a group or place all within them, a demonym taken for a body
    ("Ukrainian"), one that begins or ends within "Miguel de la Madrid"."""
    if _is_of_known(one, known, doc, ontology):
        return True
    if one.mention.cls in ("Group", "Place") and covered.issuperset(range(one.first, one.last)):
        return True
    if one.mention.cls != "Person" and any(
        m.kind == "demonym" and (m.first, m.last) == (one.first, one.last) for m in known
    ):
        return True
    if _is_pair(one, doc, ontology):
        return True
    persons = [m for m in known if not m.known]  # grown from a known place's name
    return any(m.first <= end < m.last for m in persons for end in (one.first, one.last - 1))


def _is_pair(one: Located, doc: Doc, ontology: Ontology) -> bool:
    """Whether a hyphen joins two who talk: "Roe-Petrov" before "summit" is no body's name."""
    words = doc[one.first : one.last]
    heads = {t.head.lemma_.lower() for t in words if t.head.i >= one.last}
    return len(words) == 3 and words[1].text == "-" and bool(heads & ontology.words("appointed", "noun"))


def _is_of_known(one: Located, known: list[Located], doc: Doc, ontology: Ontology) -> bool:
    """Whether nothing is in it but known names with what joins them ("Mexico & Canada", "Obama-Russia"), a known firm's name
    with what says that it is a firm ("General Motors Co"), or a known place behind a gerund ("Promoting Ukraine").
    """
    inside = [m for m in known if m.kind == "name" and one.first <= m.first and m.last <= one.last]
    taken = {i for m in inside for i in range(m.first, m.last)}
    rest = [doc[i] for i in range(one.first, one.last) if i not in taken]
    if not inside or not rest:
        return False
    if len({m.first for m in inside}) > 1 and all(t.lower_ in (*JOINING, "-", ",") for t in rest):
        return True
    firm = len(inside) == 1 and inside[0].first == one.first and ontology.is_a(inside[0].mention.cls, "Organization")
    allied = ontology.noun_classes.get(singular(rest[-1].lower_))
    if firm and len(rest) == 1 and rest[0].i == one.last - 1 and allied in ("Bloc", "State"):
        return True  # "NATO Alliance"
    if firm and all(t.text.rstrip(".") in ontology.words("namedNoun", "firm") or t.is_punct for t in rest):
        return True
    return one.mention.cls == "Person" and len(rest) == 1 and rest[0].i == one.first and rest[0].text.endswith("ing")


# -- what of it is a name -------------------------------------------------------------------------


def _without_adjective(entity: ParsedSpan, known: list[Located], ontology: Ontology) -> ParsedSpan:
    """A name without the adjective before it: "New White House", and "Recent" where the sentence begins with it."""
    first, begins = entity[0], entity.start == entity[0].sent.start
    if len(entity) == 1 or first.lower_ not in ontology.words("qualifying", "adjective"):
        return entity
    rest = any((one.first, one.last) == (entity.start + 1, entity.end) for one in known)
    common = begins and first.lower_ not in ontology.words("qualifying", "name")
    return ParsedSpan(entity.doc, entity.start + 1, entity.end, entity.label_) if rest or common else entity


def _without_portfolio(entity: ParsedSpan, offices: tuple[OfficeName, ...], covered: set[int]) -> ParsedSpan:
    """ "EC External Trade" right before an office ("Commissioner") is a portfolio: only whose it is, is a name."""
    last = entity.end
    owned = len(entity) > 1 and (entity.start in covered or entity[0].text.isupper())
    if not owned or entity.label_ == "PERSON" or not any(o.start in (last - 1, last, last + 1) for o in offices):
        return entity
    while last - 1 > entity.start and last - 1 not in covered:
        last -= 1
    return ParsedSpan(entity.doc, entity.start, last, entity.label_)


def _has_title(entity: ParsedSpan, offices: tuple[OfficeName, ...], gazetteer: Gazetteer) -> bool:
    """Whether what the model takes for no person begins with an office and goes on with a name alone."""
    office = next((o for o in offices if o.start <= entity.start < o.end < entity.end), None)
    if office is None:
        return False  # of "Secretary of State Luz Quispe" the model may see the last three words
    ontology = gazetteer.ontology
    rest = entity.doc[office.end : entity.end]
    words = {*ontology.noun_classes, *(w.lower() for w in ontology.words("namedNoun", "body"))}
    return all(t.pos_ == "PROPN" and t.lower_ not in words and t.text not in ontology.state_words for t in rest)


def _named(
    number: int,
    passage: Passage,
    entity: ParsedSpan,
    offices: tuple[OfficeName, ...],
    covered: set[int],
    places: frozenset[int],
    gazetteer: Gazetteer,
) -> Located | None:
    """What an entity of the model names; None where its words are no name, or describe a body of a state."""
    label = gazetteer.ontology.entity_labels.get(entity.label_)
    if label is None:
        return None
    owned = (o for o in offices if entity.start < o.start and o.end < entity.end)
    title = next((o.start for o in owned if covered.issuperset(range(entity.start, o.start))), entity.start)
    entity = ParsedSpan(entity.doc, title, entity.end, entity.label_)  # "Indian Foreign Minister X"
    if label == "Person" and len(entity) > 2 and entity.start in covered and entity[0].text.isupper():
        entity = ParsedSpan(entity.doc, entity.start + 1, entity.end, entity.label_)  # "EU Michel Barnier"
    if label != "Person" and _has_title(entity, offices, gazetteer):
        label = "Person"  # "Sultan Qaboos"
    joined = next((t.i for t in entity if t.lower_ in JOINING and t.i > entity.start), None)
    classes = gazetteer.ontology.noun_classes
    body = joined is not None and any(classes.get(t.lower_) in BODIES for t in entity.doc[entity.start : joined])
    if label != "Person" and joined is not None and body and covered.issuperset(range(joined + 1, entity.end)):
        entity = ParsedSpan(entity.doc, entity.start, joined, entity.label_)  # "Ministry of Rubber and Nike"
    owner = next((t.i for t in entity if t.tag_ == "POS" and t.i + 1 < entity.end), None)
    if owner is not None and covered.issuperset(range(entity.start, owner)):
        entity = ParsedSpan(entity.doc, owner + 1, entity.end, entity.label_)  # "CBS News' Palmer"
    first, last = trimmed(entity, label, offices, gazetteer)
    if first == last:
        return None
    span = ParsedSpan(passage.doc, first, last, entity.label_)
    cls = class_of_name(span, label, gazetteer, places)
    return named_in_text(passage, number, first, last, cls, head=span.root.i) if cls else None
