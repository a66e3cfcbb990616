"""Where a name begins and ends of what the model takes for one: without titles, weekdays, brackets, small words."""

from __future__ import annotations

import re

from kgbuild.ontology import Ontology
from kgbuild.read.names.gazetteer import Gazetteer
from kgbuild.read.names.office_names import OfficeName
from kgbuild.read.parse.tokens import Doc, Token
from kgbuild.read.parse.tokens import Span as ParsedSpan

NUMERAL = re.compile("[IVX]{2,}")
"""That of a second minister, "Foreign Minister II", before a name."""
SHORT = 6
"""Letters of a name in -ing that may begin a person's, at most: "Ning", "Daming"."""
SMALL = ("ADP", "SCONJ", "CCONJ", "DET", "PUNCT", "SPACE", "SYM")
"""Words of these kinds begin no name, and end none."""


def trimmed(entity: ParsedSpan, cls: str, offices: tuple[OfficeName, ...], gazetteer: Gazetteer) -> tuple[int, int]:
    """The first token of a name and the one after the last; twice the same where nothing of it is a name."""
    doc, ontology = entity.doc, gazetteer.ontology
    first, last = _within_small_words(doc, entity.start, _before_break(doc, entity.start, entity.end))
    last = _before_endings(doc, first, last, ontology)
    if cls in ("Person", "Organization"):
        last = _before_small_nouns(doc, first, last)
    if cls == "Person":
        first, last = _of_person(doc, first, last, offices, gazetteer)
    bracket = next((i for i in range(first + 1, last) if doc[i].text == "("), None)
    if bracket is not None and doc[last - 1].text != ")":
        last = bracket  # "World Fishing Council (WFC": the acronym is another name
    first, last = _within_small_words(doc, first, last)
    return first, _end_of_capitals(doc, first, last)


def _before_break(doc: Doc, first: int, last: int) -> int:
    """Where a name ends before a dash between spaces, which parts two: "Republic of Peru - Luis Quispe".

    Before a small letter it is the hyphen of one name, spaced by whoever cut the text into words: "Kim Jong - un".
    """
    marks = ("-", "--", "\u2013", "\u2014", "|")
    dashes = (i for i in range(first + 1, last - 1) if doc[i].text in marks and not doc[i + 1].text[:1].islower())
    return next(
        (i for i in dashes if doc[i - 1].idx + len(doc[i - 1]) < doc[i].idx and doc[i].text_with_ws[-1] == " "), last
    )


def _within_small_words(doc: Doc, first: int, last: int) -> tuple[int, int]:
    while first < last and (doc[first].pos_ in SMALL or doc[first].lower_ == "the" or not doc[first].text[0].isalnum()):
        first += 1
    while last > first and (doc[last - 1].tag_ == "POS" or (doc[last - 1].pos_ in SMALL and doc[last - 1].text != ")")):
        last -= 1
    return first, last


def _of_person(doc: Doc, first: int, last: int, offices: tuple[OfficeName, ...], gazetteer: Gazetteer) -> tuple[int, int]:
    """A person's name without what stands before it ("Crown Prince", "Lady") and behind it ("Jr.", "Tues", "of Peru")."""
    ontology = gazetteer.ontology
    titles = ontology.words("courtesy", "title") | ontology.words("honour", "title")
    before = first - 1
    while first != before and last - first > 1:
        before = first
        office = next((o for o in offices if o.start <= first < o.end < last), None)
        if office is not None:
            first = office.end
        elif _is_before_name(doc[first], titles, ontology):
            first += 1
    last = next((i for i in range(first + 2, last) if doc[i].lower_ == "of"), last)
    while _goes_on(doc, last) and doc[last].text.rstrip(".") not in ontology.words("notOfName", "ending"):
        last += 1
    while _begins_before(doc, first, last, titles, gazetteer):
        first -= 1
    return _behind_portfolio(doc, first, last, ontology), last


def _is_before_name(word: Token, titles: frozenset[str], ontology: Ontology) -> bool:
    """Whether a word that the model takes for the first of a person's name is none: a title, its full stop, a numeral."""
    named = word.text.rstrip(".") in titles or word.text == "." or NUMERAL.fullmatch(word.text) is not None
    return named or _opens_sentence(word, ontology)


def _opens_sentence(word: Token, ontology: Ontology) -> bool:
    """Whether a verb in -ing begins the sentence, and not the name that the model takes it for: "Addressing Luis Quispe"."""
    given = any(word.text in ontology.words(gender, "firstName") for gender in ("male", "female"))
    return word.is_sent_start and word.text.endswith("ing") and len(word) > SHORT and not given


def _behind_portfolio(doc: Doc, first: int, last: int, ontology: Ontology) -> int:
    """Where a name begins behind the end of a title or a firm's: "Transformation Ivan Petrov", "Inc. Mark Smith"."""
    ends = ontology.words("portfolio", "word") | ontology.words("namedNoun", "firm")
    if first >= last:
        return first
    at = first
    while last - at > 2 and (doc[at].text.rstrip(".") in ends or (at > first and doc[at].text == ".")):
        at += 1
    given = ontology.words("male", "firstName") | ontology.words("female", "firstName")
    inner = (i for i in range(last - 2, first, -1) if doc[i].text in given and doc[i - 1].text in ends)
    return at if doc[at].text in given or last - at == 2 else next(inner, first)


def _begins_before(doc: Doc, first: int, last: int, titles: frozenset[str], gazetteer: Gazetteer) -> bool:
    """Whether the model has left out the first word of a person's name: "Singh Sandhu" of "Ranjit Singh Sandhu"."""
    if not 0 < first < last:
        return False
    token, words = doc[first - 1], gazetteer.ontology
    listed = any(token.text in words.words(g, "firstName") for g in ("male", "female"))
    given = listed and (len(doc[first].text.rstrip(".")) == 1 or not token.ent_type_)
    free = given or not token.ent_type_  # the "Antony" of "Antony J. Blinken"
    named = token.pos_ == "PROPN" and token.text.istitle() and free and token.dep_ == "compound"
    title = token.text.rstrip(".") in titles or token.lower_ in words.noun_classes or token.lower_ in words.offices
    endings = last < len(doc) and doc[last].text.rstrip(".") in words.words("notOfName", "ending")  # "Jr." heads them all
    return named and not title and first <= token.head.i < last + endings and (given or not gazetteer.is_common(token.text))


def _before_endings(doc: Doc, first: int, last: int, ontology: Ontology) -> int:
    """Where a name ends before a weekday cut short, "Jr." and the like."""
    endings = ontology.words("notOfName", "ending")
    while last - first > 1 and (
        doc[last - 1].text.rstrip(".") in endings or (doc[last - 1].is_punct and doc[last - 1].text != ")")
    ):
        last -= 1
    return last


def _before_small_nouns(doc: Doc, first: int, last: int) -> int:
    """Where a name ends before small words that tell of a noun behind it: "Javelin" in "Javelin anti-tank missiles"."""
    end = last
    while end - first > 1 and not doc[end - 1].text[:1].isupper():
        end -= 1
    apart = end < last and doc[end - 1].text_with_ws.endswith(" ")
    return end if apart and doc[last - 1].head.i >= last else last


def _goes_on(doc: Doc, last: int) -> bool:
    """Whether the model has left out the last word of a person's name: "Pham Binh" of "Pham Binh Minh"."""
    if last >= len(doc) or not last:
        return False
    token, before = doc[last], doc[last - 1]
    named = token.pos_ == "PROPN" and token.text[:1].isupper() and not token.text.isupper() and not token.ent_type_
    return named and before.dep_ == "compound" and before.head is token


def _end_of_capitals(doc: Doc, first: int, last: int) -> int:
    """Where a name ends that begins with a word in capitals, without the small words behind: "U.S. super"."""
    if first < last and doc[first].text.isupper() and any(c.isalpha() for c in doc[first].text):
        while last - first > 1 and doc[last - 1].text.islower():
            last -= 1  # of "U.S. super-computers"
    return last
