"""Of what class a name is that the model sees, or that it is none: by its words, and by the nouns beside it.

The model's own label is right where nothing else is said; it takes towns for organisations and headlines for persons.
"""

from __future__ import annotations

import re

from kgbuild.ontology import Ontology
from kgbuild.read.names.gazetteer import Gazetteer
from kgbuild.read.parse.tokens import Doc, Token
from kgbuild.read.parse.tokens import Span as ParsedSpan

DOUBTFUL = ("Organization", "Group", "Facility", "Place", "Person", "Region", "Agreement")
"""What the model often says of things of other classes."""
TOLD = ("City", "Region", "Facility", "PoliticalParty", "ArmedGroup", "MediaOutlet", "Company", "Person", "Organization")
"""The classes that a noun beside a name tells of it: "the town of X", "X, a newspaper"."""
TOLD_BY_THE = ("City", "Region", "Company", "MediaOutlet")
"""Those that it tells with "the" as well: "X, the company linked to Y"."""
JOINED = re.compile(r"[a-z]{2}[A-Z]")
"""Two words that a page has lost the space between; also "McCain"."""

SEVERAL = ("GovernmentBody", "Person")
"""The classes whose nouns in the plural are nobody's name."""
STUCK = re.compile(r"^(?:[A-Z]\.)+[a-z]{3}")
"""An abbreviation that the next word sticks to: "U.S.presidential"."""


def class_of_name(span: ParsedSpan, label: str, gazetteer: Gazetteer, places: frozenset[int] = frozenset()) -> str:
    """The class of what is named; *label* is that of the model, *places* are the tokens of known places. Empty for none."""
    ontology = gazetteer.ontology
    if not _is_written_as_name(span, ontology) or _is_credit(span, ontology) or _is_headline(span, gazetteer):
        return ""
    noun_class = None if _is_vessel(span, ontology) else _class_of_noun(span, label, ontology)
    if noun_class is None:
        return ""
    if label == "Organization" and len(span) > 1 and _begins_as_outlet(span, gazetteer):
        return "MediaOutlet"
    if noun_class:
        return noun_class
    if label == "Person" and _is_no_person(span, ontology):
        return "Organization" if span[0].text in ontology.words("namedNoun", "body") else ""
    if label == "Person" and len(span) > 1 and is_given_name(span[0], ontology):
        return "Person"
    if label in ("Organization", "Facility") and _is_called_as_person(span, gazetteer):
        return "Person"
    if label == "Person" and _employs_somebody(span, ontology):
        return "Organization"
    if label in DOUBTFUL and (told := _told_beside(span, label, places, ontology)):
        return told
    return label if _may_be(span, label, gazetteer) else ""


def _is_vessel(span: ParsedSpan, ontology: Ontology) -> bool:
    """Whether a noun beside a name says that it is a ship's or a weapon's: "the Vesna, a destroyer", "the tanker Vesna"."""
    root, vessels = span.root, ontology.words("namedNoun", "vessel")
    beside = [c for c in root.children if c.dep_ == "appos" or (c.dep_ == "compound" and c.i < span.start)]
    beside += [root.head] if root.dep_ == "appos" else []
    return any(noun.lemma_.lower() in vessels and noun.text.islower() for noun in beside)


def _begins_as_outlet(span: ParsedSpan, gazetteer: Gazetteer) -> bool:
    """Whether a longer name begins with an outlet's: "BBC One", "China Daily EU Bureau"."""
    begun = (" ".join(t.text for t in list(span)[:end]) for end in range(1, len(span)))
    return any(actor.cls == "MediaOutlet" for words in begun for actor in gazetteer.named(words))


def _is_no_person(span: ParsedSpan, ontology: Ontology) -> bool:
    """Whether a name is that of a thing or of several: "the Acropolis", "Bank Sputnik", "Coast Guardsmen"."""
    root = span.root
    definite = any(c.lower_ == "the" and c.i == span.start - 1 for c in root.children)
    several = len(span) > 1 and span[-1].tag_ == "NNPS" and not is_given_name(span[0], ontology)
    body = len(span) > 1 and span[0].text in ontology.words("namedNoun", "body")
    return definite or several or body


# -- what is no name ------------------------------------------------------------------------------


def _is_written_as_name(span: ParsedSpan, ontology: Ontology) -> bool:
    """Whether a word of two letters is among the words, a capital or a figure begins it, and no space is missing in it."""
    text = span.text
    first = span[0].text
    begins = first[:1].isupper() or first[:1].isdigit() or first.lower() in ontology.words("particle", "name")
    begins = begins or first[1:2].isupper()  # "eBay"
    joined = any(JOINED.search(t.text) and not t.text.startswith(_PREFIXES) for t in span) and len(span) > 1
    joined = joined or any(STUCK.search(t.text) for t in span)
    ship = span.start > 0 and span.doc[span.start - 1].text in ontology.words("notOfName", "beginning")
    named = (
        not ship
        and first not in ontology.words("notOfName", "beginning")
        and text.rstrip(".") not in ontology.words("notOfName", "alone")
    )
    titles = ontology.words("courtesy", "title") | ontology.words("honour", "title")
    named = named and span[-1].text.rstrip(".") not in titles  # "Rear Adm."
    named = named and not (
        len(span) == 1 and (text.rstrip(".") in ontology.words("namedNoun", "firm") or _is_gerund(span[0]))
    )
    return bool(re.search(r"[^\W\d_]{2}", text)) and begins and not text.islower() and not joined and named


def _is_gerund(token: Token) -> bool:
    """Whether a sentence begins with a verb in -ing, which the model takes for a name: "Restricting imports"."""
    return (
        token.is_sent_start is True
        and token.text.endswith("ing")
        and token.dep_ not in ("nsubj", "nsubjpass", "compound", "poss")
    )


_PREFIXES = ("Mc", "Mac", "Fitz", "De", "Di", "La", "Le", "Du", "Van", "O'")


def _is_credit(span: ParsedSpan, ontology: Ontology) -> bool:
    """Whether a name tells who took a picture: in "(AP Photo/Jo Bloggs)" or "[Jo Bloggs/Reuters]"."""
    doc = span.doc
    if any("/" in t.text for t in span):
        return True
    opening = next(
        (i for i in range(span.start - 1, max(span.start - 12, -1), -1) if doc[i].text in ("(", "[", ")", "]")), None
    )
    if opening is None or doc[opening].text in (")", "]"):
        return False
    closing = next((i for i in range(span.end, min(span.end + 12, len(doc))) if doc[i].text in (")", "]")), len(doc))
    inside = doc[opening:closing]
    return any("/" in t.text or t.text.rstrip(":") in ontology.words("notOfName", "credit") for t in inside)


def _is_headline(span: ParsedSpan, gazetteer: Gazetteer) -> bool:
    """Whether words in capitals stand in a line of capitals: "DELIVER BREXIT". Of a known person's name see `surnames`."""
    if not span.text.isupper():
        return False
    letters = [t.text for t in span.doc if t.text.isalpha() and len(t.text) > 1]
    loud = [t for t in letters if t.isupper()]
    several = sum(t.text.isalpha() and len(t.text) > 4 for t in span) > 1
    return (len(loud) * 2 > len(letters) and (len(loud) > 2 or len(loud) == len(letters))) or (
        several and span.doc is not None
    )


def _class_of_noun(span: ParsedSpan, label: str, ontology: Ontology) -> str | None:
    """The class of a name's noun, empty where it has none that tells; None where the noun makes it no name."""
    root = span.root
    last = span[-1]
    if last.text in ontology.words("namedNoun", "document"):
        return "Document" if len(span) > 1 else None  # "its Constitution" is described
    if label in ("Organization", "Person") and len(span) > 1 and last.text in ontology.words("namedNoun", "site"):
        return "Facility"
    if span[0].text in ontology.words("namedNoun", "fighting") and len(span) > 2:
        return "Conflict"
    body = any(t.text in ontology.words("namedNoun", "body") or t.lower_ in ontology.noun_classes for t in span)
    if label == "Organization" and last.text in ontology.words("namedNoun", "field") and not body:
        return None  # "Far Eastern Studies"
    if last.text in ontology.words("namedNoun", "treaty") and len(span) > 1:
        return "Agreement"
    if len(span) > 1 and (span[-2].text, last.text) == ("Task", "Force"):
        return "Organization"
    if label == "Organization" and last.text == "Agency" and last.nbor(-1).text == "News":
        return "MediaOutlet"
    if label in ("Organization", "Person", "Place", "Facility") and (named := _class_of_business(span, ontology)):
        return named
    if last.text in ontology.words("namedNoun", "occasion") or root.text in ontology.words("namedNoun", "occasion"):
        return None
    if label == "Person":
        return _class_of_person_noun(span, ontology)
    noun_class = ontology.noun_classes.get(root.lemma_.lower(), "")
    if root.tag_ == "NNPS" and len(span) > 1 and ontology.noun_classes.get(singular(root.lower_)) in SEVERAL:
        return None  # "Ministries of Economy", "Special Envoys": several, which are described
    if not noun_class:
        return ""
    own = [t for t in span if t.i != root.i and t.text not in ontology.state_words]
    if len(span) == 1 and noun_class not in ("GovernmentBody", "Organization"):
        return None  # "the Navy", "the Opposition" are described
    if noun_class == "State" or noun_class == "Person":
        return None  # whatever is no known state, or is somebody's title
    if _is_private_bank(root.lemma_.lower(), {t.lower_ for t in own if t.text[:1].isupper()}, ontology):
        return "Organization"  # "American Express Bank" is no body of a state
    if noun_class == "GovernmentBody" and len(own) <= 1:
        return None  # "the Russian Foreign Ministry" is described: one body a state, however it is written
    return noun_class


def _class_of_business(span: ParsedSpan, ontology: Ontology) -> str:
    """Company, ArmedGroup or MediaOutlet where a word of a name says so ("Marsh Bell Ltd.", "Loreto Brigade", "Andes Radio",
    "Voice of Peru"), else empty.

    An unknown name with "The" in the middle of a sentence is that of a paper or a site: "told The Marsh".
    """
    words, doc = ontology.words, span.doc
    portfolio = words("portfolio", "word")
    if is_given_name(span[0], ontology) or all(t.text in portfolio for t in span if t.text[:1].isupper()):
        return ""
    last = next((t.text.rstrip(".") for t in reversed(list(span)) if not t.is_punct), "")
    if len(span) > 1 and (last in words("namedNoun", "firm") or last in words("namedNoun", "business")):
        return "Company"
    if len(span) > 1 and last in words("namedNoun", "unit") and not _is_body_of(span, ontology):
        treaty = ontology.noun_classes.get(_noun_behind(span).lower()) == "Agreement"
        return "Agreement" if treaty else "ArmedGroup"
    if len(span) > 1 and (
        last in words("namedNoun", "outlet") or f"{span[0].text} {span[1].text}" in words("namedNoun", "outletOpening")
    ):
        return "MediaOutlet"
    before = doc[span.start - 1] if span.start else None
    titled = before is not None and before.text == "The" and not before.is_sent_start and doc[before.i - 1].text.islower()
    known = last.lower() in ontology.noun_classes or last in words("namedNoun", "body")
    return "MediaOutlet" if titled and not known else ""


def _is_body_of(span: ParsedSpan, ontology: Ontology) -> bool:
    """Whether a name opens with a body and what that is for: "Ministry of Armed Forces"."""
    return len(span) > 2 and ontology.noun_classes.get(span[0].lower_) == "GovernmentBody" and span[1].lower_ == "of"


def _noun_behind(span: ParsedSpan) -> str:
    """The word right behind a name, or behind its acronym in brackets: the Treaty of "Nuclear Forces (INF) Treaty"."""
    doc, at = span.doc, span.end
    if at + 2 < len(doc) and doc[at].text == "(" and doc[at + 2].text == ")":
        at += 3
    return doc[at].text if at < len(doc) else ""


def singular(word: str) -> str:
    """A noun without the ending of its plural; proper nouns have no lemma that does so."""
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def _class_of_person_noun(span: ParsedSpan, ontology: Ontology) -> str | None:
    """For what the model takes for a person: the class of its last noun, unless a first name stands before it."""
    noun_class = ontology.noun_classes.get(span[-1].lower_, "")
    if len(span) < 2 or (
        any(t.text.isupper() and len(t.text) > 2 and t.text.isalpha() for t in span) and not span.text.isupper()
    ):
        return None if _is_title_alone(span, ontology) or len(span) > 1 else ""  # "James R. Hoffaon FOX Nation"
    if span[-1].text in ontology.words("namedNoun", "body") and not noun_class:
        return "Organization"
    if not noun_class or noun_class == "State" or is_given_name(span[0], ontology):
        return ""
    if noun_class == "Person":
        return None  # "Chega Leader"
    return noun_class if noun_class in ("Facility", "Organization", "GovernmentBody", "PoliticalParty", "Company") else ""


def _is_title_alone(span: ParsedSpan, ontology: Ontology) -> bool:
    """Whether one word is an office or a title, and nobody's name: "Chairperson", "Maj"."""
    word = span.text.rstrip(".")
    titles = ontology.words("courtesy", "title") | ontology.words("honour", "title")
    return len(span) == 1 and (word in titles or word.lower() in ontology.offices)


def is_given_name(token: Token, ontology: Ontology) -> bool:
    """Whether a word is among the first names that language.ttl lists."""
    return any(token.text in ontology.words(gender, "firstName") for gender in ("male", "female"))


def _is_private_bank(noun: str, named: set[str], ontology: Ontology) -> bool:
    """Whether a bank is called by other words than those of a state's bank ("Central Bank")."""
    return noun in ontology.words("anybodys", "noun") and bool(named) and not ontology.words("anybodys", "modifier") & named


# -- what the words beside it tell ----------------------------------------------------------------


def _told_beside(span: ParsedSpan, label: str, places: frozenset[int], ontology: Ontology) -> str:
    """The class of a noun that says what is named: "the town of X", "X, a newspaper", "the X camp", "spokesman X"."""
    root, doc = span.root, span.doc
    nouns = [c for c in root.children if c.dep_ == "appos" and _is_indefinite(c, ontology)]
    if root.dep_ == "appos" and root.head.i < span.start:
        nouns.append(root.head)
    before = doc[span.start - 1] if span.start else None
    if root.dep_ == "pobj" and root.head.lower_ == "of" and root.head.head.i == root.head.i - 1:
        above = root.head.head  # "the town of X"; "the head of X" is another
        nouns += [above] if ontology.noun_classes.get(above.lemma_.lower()) != "Person" else []
    elif before is not None and before.dep_ == "compound" and before.head is root:
        nouns.append(before)
    place = (
        root.dep_ == "compound"
        and root.head.i in (span.end, span.end + 1)
        and doc.span(span.end, root.head.i + 1).text.islower()
    )
    classes = [ontology.noun_classes.get(n.lemma_.lower(), "") for n in nouns if n.text.islower() and n.tag_ == "NN"]
    if any(n.text in ontology.words("namedNoun", "band") for n in nouns):
        return "Organization"  # "the missionary group X"
    classes += ["Region"] * _is_one_of_regions(root, ontology)
    if place:
        behind = ontology.noun_classes.get(root.head.lemma_.lower(), "")
        behind = "Facility" if root.head.text.title() in ontology.words("namedNoun", "site") else behind
        classes.append("Place" if behind == "Facility" else behind if behind in ("City", "Region", "PoliticalParty") else "")
    told = next((c for c in classes if c in TOLD or c == "Place"), "")
    if told == "Person" and (len(span) < 2 and label != "Place"):
        return ""  # "Huawei, a leader"
    if not told and label in ("Person", "Organization", "Group") and _is_where(span, places, ontology):
        return "Place"
    return told


def _is_one_of_regions(root: Token, ontology: Ontology) -> bool:
    """Whether a name is among those of parts of a state: "the border states of Sonora and Tamaulipas"."""
    while root.dep_ == "conj":
        root = root.head
    if root.dep_ != "pobj" or root.head.lower_ != "of":
        return False
    noun = root.head.head
    return (
        noun.tag_ == "NNS" and noun.text.islower() and ontology.noun_classes.get(noun.lemma_.lower()) in ("State", "Region")
    )


def is_byline(name: Token, ontology: Ontology) -> bool:
    """Whether a sentence tells who wrote an article: "Jo Berg contributed to this report", "Jo Berg is a reporter for"."""
    verb = name.head
    if name.dep_ != "nsubj" or verb.i < name.i:
        return False
    objects = [c for c in verb.children if c.dep_ in ("dobj", "attr")]
    below = [o for c in verb.children if c.dep_ == "prep" for o in c.children]
    if verb.lemma_ == "be":
        return verb.tag_ == "VBZ" and any(
            o.lower_ in ontology.words("byline", "noun") and any(c.lower_ in ("for", "at", "with") for c in o.children)
            for o in objects
        )
    if verb.lemma_ == "have":
        return any(o.lower_ == "more" for o in objects)
    if verb.lemma_ not in ontology.words("byline", "verb"):
        return False
    if any(o.lower_ in ontology.words("byline", "object") for o in below):
        return True
    plain = all(c.dep_ in ("nsubj", "punct", "prep", "advmod") for c in verb.children)
    return plain and not objects and verb.lemma_ == "report" and verb.tag_ == "VBZ"


def _is_indefinite(noun: Token, ontology: Ontology) -> bool:
    """Whether a noun put beside a name says what it is: "X, a newspaper", "X, the company"; of a person also "author of"."""
    cls = ontology.noun_classes.get(noun.lower_)
    articles = ("a", "an", "the") if cls in TOLD_BY_THE else ("a", "an")
    return cls == "Person" or any(d.lower_ in articles for d in noun.children)


def _is_where(span: ParsedSpan, places: frozenset[int], ontology: Ontology) -> bool:
    """Whether one word, no acronym, stands where only a place does: "in Jermuk", "Kyiv, Hostomel and Odesa"."""
    root = span.root
    joined = [root]
    while root.dep_ == "conj" and root.head.ent_type_:
        root = root.head
        joined.append(root)
    if len(span) == 1 and not span.text.isupper() and any(t.i in places for t in joined):
        return True
    alone = all(t.text == "-" or t.i == span.root.i or len(span) == 3 for t in span) and not span.text.isupper()
    preposition = root.head.lower_ if root.dep_ == "pobj" else ""
    return alone and len(span) in (1, 3) and preposition in ontology.words("whereabouts", "preposition")


def _employs_somebody(span: ParsedSpan, ontology: Ontology) -> bool:
    """Whether a noun for a person says that somebody works there: "an economist at Marsh Bell"."""
    at = span.root.head
    return (
        span.root.dep_ == "pobj"
        and at.lower_ in ("at", "with")
        and ontology.noun_classes.get(at.head.lemma_.lower()) == "Person"
        and at.head.i < at.i
    )


def _begins_name(token: Token, gazetteer: Gazetteer) -> bool:
    """Whether a word is a first name, or no word of the dictionary and the full names of office-holders begin so."""
    ontology = gazetteer.ontology
    seen = token.text in ontology.tables.first_words and token.text not in ontology.state_words
    return is_given_name(token, ontology) or (seen and not gazetteer.is_common(token.text))


def _is_called_as_person(span: ParsedSpan, gazetteer: Gazetteer) -> bool:
    """Whether two or three words begin with a first name, and none is the noun of a body or a place: "Alison Meuse".

    Also where a person's office stands right before, with a comma between: "the acting director, Luz Quispe".
    """
    ontology = gazetteer.ontology
    words = [t.text for t in span]
    if not 2 <= len(words) <= 3 or not all(w[:1].isupper() and not w.isupper() for w in words):
        return False
    nouns = (
        ontology.words("namedNoun", "body")
        | ontology.words("namedNoun", "occasion")
        | ontology.words("namedNoun", "document")
    )
    places = ontology.words("namedNoun", "place")
    plain = not any(w in nouns or w.lower() in places or w.lower() in ontology.noun_classes for w in words[1:])
    return plain and (_begins_name(span[0], gazetteer) or _is_beside_person(span) or _is_put_to_office(span, ontology))


def _is_put_to_office(span: ParsedSpan, ontology: Ontology) -> bool:
    """Whether a name is put to an office or a noun for a person with "the" or somebody's: "their director, Luz Quispe"."""
    noun = span.root.head if span.root.dep_ == "appos" else None
    if noun is None or noun.i > span.start or noun.lower_ in ontology.words("deputising", "modifier"):
        return False
    known = noun.lower_ in ontology.offices or ontology.noun_classes.get(noun.lower_) == "Person"
    owned = any(c.dep_ == "poss" or c.lower_ == "the" for c in noun.children)
    return known and owned and noun.tag_ in ("NN", "NNP")


def _is_beside_person(span: ParsedSpan) -> bool:
    """Whether a name is joined to a person's behind a noun for persons: "the golfers Jo Bloggs and Ernest Roe"."""
    joined = span.root.head if span.root.dep_ == "conj" else None
    return (
        joined is not None
        and joined.ent_type_ == "PERSON"
        and any(c.dep_ == "compound" and c.tag_ == "NNS" and c.i < joined.i for c in joined.children)
    )


# -- whether the model's label may be right -------------------------------------------------------


def _may_be(span: ParsedSpan, label: str, gazetteer: Gazetteer) -> bool:
    """Whether what is named may be of the class that the model says."""
    ontology, words = gazetteer.ontology, [t for t in span if t.text.isalpha()]
    single = len(span) == 1
    if label == "Person":
        figures = any(c.isdigit() for c in span.text)
        before_noun = (single or not _begins_name(span[0], gazetteer)) and _is_before_nouns(span)
        stray = single and _is_stray(span, gazetteer)
        return not (figures or before_noun or stray or _is_common(span, gazetteer) or (single and span.root.pos_ == "ADJ"))
    if label == "Issue":
        return False  # what the model takes for an event is one by its noun alone
    if label == "Group":
        return span.root.tag_ in ("NNS", "NNPS")
    if label == "Facility":
        return any(t.lower_ in ontology.words("namedNoun", "place") for t in span)
    if label == "Agreement":
        return any(ontology.noun_classes.get(t.lower_) in ("Agreement", "Document") for t in span) and not single
    if label == "Region":
        return not gazetteer.is_generic(t.text for t in words)
    if label == "Place":
        common = single and span.text in ontology.words("portfolio", "word")
        short = (
            span.text.endswith(".") or (span.text.isupper() and len(span.text) < 3) or any(c.isdigit() for c in span.text)
        )
        return not (short or common)
    if label == "Organization":
        return _may_be_organization(span, gazetteer)
    return True


def _is_stray(span: ParsedSpan, gazetteer: Gazetteer) -> bool:
    """Whether nothing but the model says that one word is a person: no office-holder bears it, no title stands before
    it, and it neither does nor has anything. "Scud-class missiles", "the provinces of Vesna and Loreto".
    """
    ontology, word = gazetteer.ontology, span.text
    borne = word in gazetteer.surnames or ontology.tables.surnamed(word) or is_given_name(span[0], ontology)
    acts = span.root.dep_ in ("nsubj", "nsubjpass", "poss", "appos", "dobj")
    return not (borne or acts or _has_title(span.doc, span.start, ontology))


def _is_before_nouns(span: ParsedSpan) -> bool:
    """Whether a name tells the kind of a noun: "Javelin missiles", "his Bedminster golf club"."""
    head = span.root.head
    between = span.doc[span.end : head.i + 1]
    return span.root.dep_ == "compound" and 0 < len(between) < 6 and all(t.text.islower() or t.text == "-" for t in between)


def _may_be_organization(span: ParsedSpan, gazetteer: Gazetteer) -> bool:
    portfolio = gazetteer.ontology.words("portfolio", "word")
    if all(
        t.text in portfolio or t.text in gazetteer.ontology.state_words or t.lower_ in ("and", "of", "for", ",", "the", "&")
        for t in span
    ):
        return False
    if span.root.pos_ in ("ADJ", "ADP", "ADV") or span.root.tag_ in ("JJ", "VBG", "VBD", "VBN"):
        return False
    verbal = span[0].tag_ == "VBG" or any(
        t.tag_ in ("VBZ", "VBP", "MD", "WDT", "WP") or t.lower_ in ("that", "which") for t in span
    )
    if verbal or (span[-1].text in gazetteer.ontology.state_words - {span.text} and span[-1].tag_ == "JJ"):
        return False
    return not (len(span) == 1 and span.root.tag_ == "NN" and gazetteer.is_common(span.text) and not span.text.isupper())


def _is_common(span: ParsedSpan, gazetteer: Gazetteer) -> bool:
    """Whether all words are common ones, and no first name begins them: "Humanitarian Aid", "Slideshow"."""
    if is_given_name(span[0], gazetteer.ontology) or _has_title(span.doc, span.start, gazetteer.ontology):
        return False
    if len(span) > 1 and not gazetteer.is_adjective(span[0].text):
        return False  # the dictionary has many a surname: "Jerome Powell"
    if len(span) == 1 and span.root.tag_ == "NNP":
        return False
    return all(gazetteer.is_common(t.text) for t in span if t.text.isalpha())


def _has_title(doc: Doc, at: int, ontology: Ontology) -> bool:
    """Whether a title stands before: "Mr Town", "President Bush"."""
    before = doc[at - 1] if at else None
    if before is not None and before.text == "." and at > 1:
        before = doc[at - 2]
    if before is None:
        return False
    titles = ontology.words("courtesy", "title") | ontology.words("honour", "title")
    titled = ontology.noun_classes.get(before.lower_) == "Person" or before.lower_ in ontology.offices
    return titled or before.text.rstrip(".") in titles
