"""Descriptions: noun phrases whose head the ontology knows ("two officials", "the Turkish foreign minister"); pronouns."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace

from kgbuild.model import Mention
from kgbuild.ontology import Ontology
from kgbuild.read.names.gazetteer import Gazetteer
from kgbuild.read.names.located import Located
from kgbuild.read.parse.clauses import Clauses, flat_modifiers, modifiers
from kgbuild.read.parse.nlp import Passage, text_span
from kgbuild.read.parse.tokens import Doc, Token


def find_descriptions(
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
    owners = [] if opposed else owners_of(token, by_token, clauses, ontology)
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


def owners_of(token: Token, by_token: dict[int, Located], clauses: Clauses, ontology: Ontology) -> list[Located]:
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
