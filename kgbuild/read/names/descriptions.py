"""Descriptions: noun phrases whose head the ontology knows ("two officials", "the Turkish foreign minister"); pronouns."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace

from kgbuild.model import NATIONAL, Mention
from kgbuild.ontology import Ontology
from kgbuild.read.names.located import Located
from kgbuild.read.names.office_names import SENT, OfficeName
from kgbuild.read.parse.clauses import Clauses, flat_modifiers, modifiers
from kgbuild.read.parse.nlp import Passage, text_span
from kgbuild.read.parse.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class NamedParagraph:
    """A parsed paragraph whose names are found."""

    number: int
    passage: Passage
    clauses: Clauses
    by_token: dict[int, Located]
    """The name that a token belongs to."""
    heads: frozenset[int]
    """The tokens that head a name, demonyms left out."""
    ontology: Ontology

    @classmethod
    def of(cls, number: int, passage: Passage, clauses: Clauses, names: list[Located], ontology: Ontology) -> NamedParagraph:
        """The paragraph with *names* in it."""
        by_token = {i: one for one in names for i in range(one.first, one.last)}
        heads = frozenset(one.head for one in names if one.kind == "name")
        return cls(number, passage, clauses, by_token, heads, ontology)


MODIFYING = ("amod", "compound", "nmod", "poss")
"""The parser's labels of what stands before a noun and belongs to it."""


def find_descriptions(paragraph: NamedParagraph, offices: Iterable[OfficeName]) -> Iterator[Located]:
    """The noun phrases that describe somebody or something: those whose head is an office or a noun of a known class."""
    doc = paragraph.passage.doc
    by_head = {_head_of(doc, office): office for office in offices}
    for token in doc:
        if token.tag_ in ("PRP", "PRP$") or token.i in paragraph.heads or not _is_noun(token):
            continue
        office = by_head.get(token.i)
        cls = _class_described(token, office, paragraph)
        if not cls or (cls == "Person" and _is_grade(token, by_head, paragraph.ontology)):
            continue
        found = _description(token, cls, office.office if office else "", paragraph)
        if office and office.end > found.last:  # "the heads of state": the office is named to its end
            span = text_span(paragraph.passage, found.first, office.end)
            found = replace(found, mention=replace(found.mention, span=span), last=office.end)
        yield found


def find_pronouns(paragraph: NamedParagraph) -> Iterator[Located]:
    """The personal and possessive pronouns, and who is only counted: "all of them urged", "many said"."""
    honours = paragraph.ontology.words("honour", "title")
    for token in paragraph.passage.doc:
        if token.text in honours and token.dep_ == "poss" and token.head.text in honours:
            continue  # "His Excellency"
        if token.tag_ in ("PRP", "PRP$"):
            mention = Mention(text_span(paragraph.passage, token.i, token.i + 1), _class_of_pronoun(token))
            plural = token.morph.get("Number", []) == ["Plur"]
            yield Located(mention, paragraph.number, token.i, token.i, token.i + 1, "pronoun", plural=plural)
        elif _is_some(token, paragraph.ontology):
            mention = Mention(text_span(paragraph.passage, token.i, token.i + 1), "Group")
            yield Located(mention, paragraph.number, token.i, token.i, token.i + 1, "description", plural=True)


def _is_some(token: Token, ontology: Ontology) -> bool:
    """Whether a word that only counts people does something: "many have urged Peru", not "many ships"."""
    return token.dep_ == "nsubj" and token.pos_ != "NOUN" and token.lower_ in ontology.words("some", "pronoun")


def _class_of_pronoun(token: Token) -> str:
    """ "I", "she" are somebody, "we", "they" some people, even where nobody is named; "it" is what it is found to be."""
    if token.tag_ != "PRP" or token.lower_ in ("it", "itself") or token.morph.get("Person", []) == ["2"]:
        return "Thing"
    plural = token.morph.get("Number", []) == ["Plur"]
    return "Group" if plural else "Person"


# -- what is described ----------------------------------------------------------------------------


def _is_noun(token: Token) -> bool:
    indefinite = token.pos_ == "PRON" and token.tag_ == "NN"  # "nobody"
    return token.pos_ in ("NOUN", "PROPN") or indefinite


def _head_of(doc: Doc, office: OfficeName) -> int:
    """The word of an office's name that governs it; the last of several that hang side by side: "vice-president Kim"."""
    root, last = doc.span(office.start, office.end).root, office.end - 1
    return last if root.dep_ == "compound" and doc[last].head is root.head else root.i


def _class_described(token: Token, office: OfficeName | None, paragraph: NamedParagraph) -> str:
    """The class of what a noun describes; empty for what is not known, and for a part of another's name.

    A part of a person's name may describe him ("President" in "President Obama"), a demonym in the plural is people.
    """
    inside = paragraph.by_token.get(token.i)
    if inside is not None and inside.kind == "name" and inside.mention.cls != "Person":
        return ""
    if inside is not None and inside.kind == "demonym":
        return _class_of_national(token)
    return "Person" if office else _class_of(token, paragraph.ontology)


def _class_of_national(token: Token) -> str:
    """The class of whom a demonym describes: some of a nation ("three Americans") or one ("an American").

    Empty where it describes a noun, and for "the Americans", who stand for their state.
    """
    before = [c for c in token.children if c.i < token.i]
    of_a_kind = any(c.dep_ in ("amod", "nummod", "compound") for c in before)
    if token.tag_ in ("NNS", "NNPS"):
        definite = any(c.lower_ in ("the", "these", "those") for c in before)
        return "" if definite and not of_a_kind else "Group"
    one = any(c.lower_ in ("a", "an", "another") for c in before) or (of_a_kind and any(c.dep_ == "det" for c in before))
    return "Person" if one and token.dep_ not in (*MODIFYING, "acomp", "attr") and token.tag_ in ("NN", "NNP") else ""


def _is_grade(token: Token, offices: Container[int], ontology: Ontology) -> bool:
    """Whether a word for a person only qualifies another: the "Deputy" of "Deputy Head" is nobody else."""
    above = token.head
    modifies = token.dep_ in ("compound", "amod", "nmod") and above.i > token.i
    deputises = token.lower_ in ontology.words("deputising", "modifier") and token.i not in offices
    return modifies and (above.i in offices or deputises or _class_of(above, ontology) == "Person")


def _class_of(token: Token, ontology: Ontology) -> str:
    """The class of what a noun describes; "dozens of civilians" are what they are made of, "dozens" alone are people."""
    lemma = token.lemma_.lower()
    if _is_quantity(token, ontology) or (token.ent_type_ == "CARDINAL" and token.tag_ == "NNS"):
        inside = _counted(token, ontology)
        if inside is not None and (inside.ent_type_ == "NORP" or inside.tag_ == "NNPS"):
            return "Group"
        if inside is not None and (cls := _class_of(inside, ontology)):
            return cls
        if inside is None and token.ent_type_ == "CARDINAL":
            return "Group"
    if _is_private(token, ontology):
        return "Company"
    # "power" is none of the "powers", nor "force" an "air force"
    phrase = f"{token.doc[token.i - 1].lower_} {lemma}" if token.i else ""
    classes = ontology.noun_classes
    return classes.get(lemma) or classes.get(token.lower_) or classes.get(phrase, "")


def _is_quantity(token: Token, ontology: Ontology) -> bool:
    return token.lemma_.lower() in ontology.words("quantity", "noun")


def _counted(token: Token, ontology: Ontology) -> Token | None:
    """What "dozens of" and "a group of" count: their mention is "dozens of civilians"."""
    if not _is_quantity(token, ontology) and token.ent_type_ != "CARDINAL":
        return None
    return next((c for p in token.children if p.lower_ == "of" for c in p.children if c.dep_ == "pobj"), None)


def _is_private(token: Token, ontology: Ontology) -> bool:
    """Whether what may be a state's or anybody's is private: "creditor banks" and "banks", not "central banks"."""
    if token.lemma_.lower() not in ontology.words("anybodys", "noun"):
        return False
    before = {child.lower_ for child in token.children if child.i < token.i}
    if before & ontology.words("anybodys", "modifier"):
        return False
    return token.tag_ == "NNS" or bool(before & ontology.words("anybodys", "private"))


# -- how it is described --------------------------------------------------------------------------


def _description(token: Token, cls: str, office: str, paragraph: NamedParagraph) -> Located:
    """The mention that a noun heads: its words, whom it acts for, the name within it."""
    passage = paragraph.passage
    first = min(t.i for t in (token, *_within(token), *flat_modifiers(token)) if t.i <= token.i)
    first = _behind_another(token, first, paragraph) if cls == "Person" else first
    counted = _counted(token, paragraph.ontology)
    last = counted.i + 1 if counted is not None and counted.i > token.i else token.i + 1
    core = _own_words(token, first, paragraph)
    if core and cls == "GovernmentBody":
        end = _end_of_body(token, paragraph)
        core, last = (*core, *(t.text for t in passage.doc[token.i + 1 : end])), max(last, end)
    if len(core) == 1 and core[0] == token.text and token.i and token.nbor(-1).text.endswith("."):
        core = ()  # after "U.S." many a desk writes "Bank requests"
    named = _name_of(token, cls, paragraph)
    name, states = named.mention.name if named else "", _states_of(token, cls, paragraph, office=office)
    national = bool(states) and not office and _is_national(token, cls, paragraph)
    if office and named and not states:  # "Foreign Minister X of Norway"
        states = _acting_for(owners_of(paragraph.passage.doc[named.head], paragraph, functions=("of",)))
    return Located(
        mention=Mention(text_span(passage, first, last), cls, (), NATIONAL if national else "", states, name),
        passage=paragraph.number,
        head=token.i,
        first=first,
        last=last,
        kind="description",
        office=office,
        plural=token.tag_ in ("NNS", "NNPS"),
        named=named.head if named else -1,
        core=core,
    )


def _behind_another(token: Token, first: int, paragraph: NamedParagraph) -> int:
    """Where a description begins behind somebody who is named before it: "Bessent and Commerce Secretary Lutnick"."""
    for i in range(token.i - 1, first, -1):
        one = paragraph.by_token.get(i - 1)
        if token.doc[i].lower_ in ("and", "&") and one is not None and one.mention.cls == "Person":
            return i + 1
    return first


def _within(head: Token) -> list[Token]:
    """What hangs below *head* and belongs to its noun phrase: no clause, no apposition between."""
    found = [child for child in head.children if not _is_apart(child, head)]
    for token in found:
        found += [child for child in token.children if not _is_apart(child, head)]
    return found


def _is_apart(token: Token, head: Token) -> bool:
    return token.dep_ in ("appos", "relcl", "acl") or (token.dep_ == "advmod" and token.head == head)


def _own_words(token: Token, first: int, paragraph: NamedParagraph) -> tuple[str, ...]:
    """For a noun with a capital: the words with capitals up to it, without names and articles ("Foreign Ministry")."""
    if not token.text[:1].isupper():
        return ()
    words = [t for t in paragraph.passage.doc[first : token.i + 1] if t.i not in paragraph.by_token]
    return tuple(t.text for t in words if t.text[:1].isupper() and t.pos_ != "DET")


def _end_of_body(token: Token, paragraph: NamedParagraph) -> int:
    """Where a body's name ends: "Ministry" goes on with "of Foreign Trade", not with "of Peru" nor "of the region"."""
    doc, end = token.doc, token.i + 1
    if end >= len(doc) or doc[end].lower_ != "of":
        return end
    at = end + 1
    while at < len(doc) and at not in paragraph.by_token:
        if doc[at].text[:1].isupper() and doc[at].pos_ in ("NOUN", "PROPN", "ADJ"):
            at += 1
            end = at
        elif doc[at].dep_ in ("cc", "prep") and end == at:
            at += 1
        else:
            break
    return end if end > token.i + 2 else token.i + 1


# -- whose it is ----------------------------------------------------------------------------------


def _states_of(token: Token, cls: str, paragraph: NamedParagraph, *, office: str) -> tuple[str, ...]:
    """The states and organisations that who is described acts for; for a city, its state."""
    opposed = token.lemma_.lower() in paragraph.ontology.words("opposed", "noun") or (
        office and _is_against(token, paragraph.ontology)
    )
    past = cls == "Person" and not office and _is_past(token, paragraph.ontology)
    if opposed or past or (cls != "Person" and _lends(token, paragraph.ontology)) or _acts_for_itself(token, cls, paragraph):
        return ()
    own = paragraph.by_token.get(token.i)
    if own is not None and own.kind == "demonym":
        return own.mention.entities
    owners = [one for one in owners_of(token, paragraph) if not _is_member(token, one, paragraph.ontology)]
    if _is_national(token, cls, paragraph):
        owners = [one for one in owners if paragraph.ontology.is_a(one.mention.cls, "Actor") and one.mention.cls != "Bloc"]
    found = _acting_for(_nearest_masters(owners, office))
    below = next((t for t in _object_of(token) if t.i not in paragraph.by_token), None) if office else None
    # "Minister of Foreign Affairs of Norway": whose it is hangs on the last word of the office
    return found or (_acting_for(owners_of(below, paragraph, functions=("of",))) if below is not None else ())


def _nearest_masters(owners: list[Located], office: str) -> list[Located]:
    """Those of *owners* for whom somebody acts: the group or party, not its state ("Lebanese Hezbollah chief");
    of an envoy the state that sends him, not where he is sent ("Israel's UN ambassador").
    """
    nearest = ("State",) if office in SENT else ("ArmedGroup", "PoliticalParty", "Company")
    masters = [one for one in owners if one.mention.cls in nearest]
    return masters or owners


def _is_member(token: Token, whole: Located, ontology: Ontology) -> bool:
    """Whether those meant belong to a body, region or party and do not act for it.

    "17 EU members", "a South Asian nation", "the Republican president".
    """
    if token.lemma_.lower() in ontology.words("partisan", "noun") and ontology.is_a(whole.mention.cls, "PoliticalParty"):
        return True
    return token.lemma_.lower() in ontology.words("oneOf", "noun") and any(
        ontology.is_a(whole.mention.cls, cls) for cls in ("Organization", "Bloc", "Region")
    )


def _acts_for_itself(token: Token, cls: str, paragraph: NamedParagraph) -> bool:
    """Whether who does something, or takes part in it, does so for no state: "Turkish protesters", "met Malian exiles"."""
    top = token
    while top.dep_ == "conj":
        top = top.head
    together = top.dep_ == "pobj" and (top.head.dep_ == "agent" or top.head.lower_ in ("with", "between"))
    acts = top.dep_ == "nsubj" or together
    return acts and _is_national(token, cls, paragraph)


def _is_national(token: Token, cls: str, paragraph: NamedParagraph) -> bool:
    """Whether those meant are of a state and do not act for it: people, parties, opponents, "three Americans"."""
    ontology, own = paragraph.ontology, paragraph.by_token.get(token.i)
    people = token.lemma_.lower() in ontology.words("opposed", "people")
    return cls == "PoliticalParty" or people or _is_against(token, ontology) or (own is not None and own.kind == "demonym")


def acts_for_others(token: Token, ontology: Ontology) -> bool:
    """Whether who is called so acts for those whose he is: a delegation, officials; no people, critics or members."""
    noun, words = token.lemma_.lower(), ontology.words
    apart = words("opposed", "noun") | words("opposed", "people") | words("oneOf", "noun") | words("partisan", "noun")
    apart |= words("besides", "noun")
    return noun not in apart and not _is_against(token, ontology)


def _is_against(token: Token, ontology: Ontology) -> bool:
    """Whether a word before a noun sets those meant against who rules: "the opposition leader", "exiled ministers"."""
    opposed = ontology.words("opposed", "modifier")
    return any(m.lower_ in opposed for m in (*flat_modifiers(token), *(c for c in token.children if c.i < token.i)))


def _is_past(token: Token, ontology: Ontology) -> bool:
    """Whether somebody was what he is called: "a former US special adviser"."""
    words = ontology.words("former", "modifier")
    return any(m.lower_ in words for m in (*flat_modifiers(token), *(c for c in token.children if c.i < token.i)))


def _acting_for(owners: list[Located]) -> tuple[str, ...]:
    mentions = [one.mention for one in owners]
    found = [(m.entities if m.cls != "City" else ()) or m.represents for m in mentions]
    return tuple(dict.fromkeys(owner for some in found for owner in some))


def _object_of(token: Token) -> list[Token]:
    """What an office is for: the "Affairs" of "Minister of Foreign Affairs"."""
    return [o for c in token.children if c.lower_ in ("of", "for") and c.i > token.i for o in c.children if o.dep_ == "pobj"]


def _lends(token: Token, ontology: Ontology) -> bool:
    """Whether those meant are a state's creditors, who do not act for it: "Peru's creditor banks", its "bank committee"."""
    before = [*flat_modifiers(token), *(c for c in token.children if c.i < token.i and c.dep_ in ("amod", "compound"))]
    words = {word.lemma_.lower() for word in before if word.text.islower()}
    if words & ontology.words("anybodys", "modifier"):
        return False
    private = token.lemma_.lower() in ontology.words("anybodys", "noun") and words & ontology.words("anybodys", "private")
    return bool(private or words & ontology.words("commerce", "noun"))


def owners_of(
    token: Token, paragraph: NamedParagraph, *, functions: tuple[str, ...] = ("poss", "mod", "of", "to")
) -> list[Located]:
    """The states and organisations that a noun belongs to: "Russia's", "Russian", "of Russia"."""
    arguments, by_token = paragraph.clauses.arguments(token), paragraph.by_token
    found: list[Located] = []
    for function in functions:
        if function == "to" and found:
            break
        flat = flat_modifiers(token) if function == "mod" else []
        for filler in (*arguments.get(function, ()), *flat):
            one = by_token.get(filler.i)
            if one is not None and one not in found and _may_own(one, token, paragraph.ontology):
                found.append(one)
            if function == "to" and found:
                break
    if not found and token.dep_ == "compound" and token.head.i > token.i:  # "Peru's Central Bank governor"
        owners = [by_token.get(c.i) for c in token.head.children if c.dep_ == "poss" and c.i < token.i]
        found = [one for one in owners if one is not None and one.known and one.mention.cls != "Person"]
    return found


def _may_own(one: Located, token: Token, ontology: Ontology) -> bool:
    """Whether a name beside a noun can be that of its state or organisation: known, or acting for a known one."""
    known = one.known or bool(one.mention.represents)
    return known and one.mention.cls not in ("Person", "Conflict") and not _is_for(one, token, ontology)


def _is_for(one: Located, token: Token, ontology: Ontology) -> bool:
    """Whether somebody is only for or against it: "pro-Russian separatists" act for themselves."""
    doc, hyphen = token.doc, one.first - 1
    return hyphen > 0 and doc[hyphen].text == "-" and doc[hyphen - 1].lower_ in ontology.words("opposed", "prefix")


# -- the name within a description ----------------------------------------------------------------


def _name_of(token: Token, cls: str, paragraph: NamedParagraph) -> Located | None:
    """The name that a description carries: "the Izvestia newspaper", "its ally Serbia", "spokesman N. N."."""
    for other in _appositions(token):
        one = _name_headed_by(other, paragraph)
        if one is not None and _is_called(token, cls, one, paragraph):
            return one
    for other in _modifiers_before(token):
        one = _name_headed_by(other, paragraph)
        if one is not None and _is_called_before(token, cls, one, paragraph.ontology):
            return one
    return _titled_name(token, cls, paragraph)


def _name_headed_by(token: Token, paragraph: NamedParagraph) -> Located | None:
    one = paragraph.by_token.get(token.i)
    return one if one is not None and one.kind == "name" and one.head == token.i else None


def _appositions(token: Token) -> list[Token]:
    """What is put beside a noun, but not behind a clause that describes it: in "the firm, which bought the paper maker X",
    X belongs to the clause."""
    clauses = [c.i for c in token.children if c.dep_ == "relcl"]
    return [c for c in token.children if c.dep_ == "appos" and not any(token.i < i < c.i for i in clauses)]


def _modifiers_before(token: Token) -> list[Token]:
    return [m for c in token.children if c.dep_ in ("compound", "nmod") for m in modifiers(c)]


def _is_called(token: Token, cls: str, one: Located, paragraph: NamedParagraph) -> bool:
    """Whether a name put beside a description names what it describes: "its ally Serbia", "the weekly Vremya".

    One that nobody knows does for whatever is no person, but no body is called John Smith. Nor are "the two nations, Peru
    and Chad" Peru; and in "A Smith, an adviser, the banker B Jones and" it is open whose adviser is meant.
    """
    if _is_plural(token) or _ends_sentence_between(token, one.head):
        return False
    if token.dep_ == "appos" and paragraph.by_token.get(token.head.i) is not None:
        return False
    is_a = paragraph.ontology.is_a
    if is_a(one.mention.cls, cls) or is_a(cls, one.mention.cls):
        return True
    if cls == "Group":
        return is_a(one.mention.cls, "Organization")
    person = one.mention.cls == "Person" and " " in one.mention.span.text
    if person and token.lemma_.lower() in paragraph.ontology.words("besides", "noun"):
        return True
    return cls != "Person" and not one.known and not person


def _is_called_before(token: Token, cls: str, one: Located, ontology: Ontology) -> bool:
    """Whether a name right before a noun names what it describes: "the Izvestia newspaper".

    Neither "the NATO delegations" nor "a Reagan administration official" is who is named, a Putin adviser advises him, a
    Black Sea peninsula is no sea, the NATO council is a part of NATO, the southern Mediterranean region is not the
    Mediterranean, and "a Manhattan hotel" is not Manhattan.
    """
    name = one.mention
    if _is_plural(token) or one.last != token.i or name.cls == "Person":
        return False
    if _is_of_other_kind(token, one, ontology) or _is_organ(token, one, ontology):
        return False
    if ontology.is_a(cls, "Place") and any(c.dep_ == "amod" for c in token.children):
        return False
    return ontology.is_a(name.cls, cls) or (name.cls not in ("Place", "Thing") and ontology.is_a(cls, name.cls))


def _is_of_other_kind(token: Token, one: Located, ontology: Ontology) -> bool:
    """Whether a name ends in a noun that says of what other kind it is: the Rubber Organisation council."""
    kind = one.mention.span.text.split()[-1].lower()
    return kind in ontology.noun_classes and kind not in (token.lemma_.lower(), token.lower_)


def _is_organ(token: Token, one: Located, ontology: Ontology) -> bool:
    """Whether a noun behind a name is a part or an act of what it names, not its kind: "board", "declaration"."""
    name = one.mention
    if not any(ontology.is_a(name.cls, cls) for cls in ("Organization", "Agreement")):
        return False
    known = ontology.actors.get(name.entities[0]) if one.known else None
    words = {w for n in (known.names if known else (name.name,)) for w in n.lower().split()}
    return token.lemma_.lower() in ontology.words("organ", "noun") and token.lemma_.lower() not in words


def _titled_name(token: Token, cls: str, paragraph: NamedParagraph) -> Located | None:
    """The person whose title a description is: "President Barack Obama" hangs the title on the name."""
    if token.dep_ not in ("compound", "nmod", "appos") or cls != "Person" or _is_plural(token):
        return None
    if token.dep_ == "appos" and _names_another(token, paragraph):
        return None
    one = paragraph.by_token.get(token.head.i)
    return one if one is not None and one.kind == "name" and one.mention.cls == "Person" else None


def _names_another(token: Token, paragraph: NamedParagraph) -> bool:
    """Whether a description ends in a name of its own: "North, the then head of the CIA William Casey"."""
    for i in range(token.i + 1, len(token.doc)):
        one, before = paragraph.by_token.get(i), paragraph.by_token.get(i - 1)
        if token.doc[i].is_punct:
            return False
        if one is not None and one.mention.cls == "Person" and one.kind == "name" and one.first == i:
            return before is not None and before.kind == "name" and before.mention.cls not in ("Person", "State")
    return False


def _is_plural(token: Token) -> bool:
    return token.tag_ in ("NNS", "NNPS")


def _ends_sentence_between(token: Token, end: int) -> bool:
    """Whether a full stop that the model has overlooked stands between: "his counterpart Li Na. Valerio said"."""
    return any(t.text == "." for t in token.doc[token.i + 1 : end])
