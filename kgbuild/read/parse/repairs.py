"""Parses mended where grammar is sure: a word that the parser hung in the wrong place is hung in the right one.

The repairs follow from form and a few words of language.ttl. `REPAIRS` at the end says what each does and why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kgbuild.ontology import Ontology
from kgbuild.read.parse.abbreviated import title_behind_letters
from kgbuild.read.parse.clauses import SUBJECTS, is_infinitive
from kgbuild.read.parse.described import (
    beside_its_name,
    named_behind_body,
    who_acts_behind_comma,
    who_says_behind_comma,
    who_they_are,
)
from kgbuild.read.parse.joined_names import (
    behind_full_name,
    kind_before_name,
    owner_before_name,
    shared_ending,
    subjects_in_a_row,
    title_before_name,
    two_names,
    two_owners,
)
from kgbuild.read.parse.quotes import in_quotes
from kgbuild.read.parse.titled import hang_apart, titled_names
from kgbuild.read.parse.tokens import Doc, Token
from kgbuild.read.parse.two_holders import part_two_holders
from kgbuild.read.rule import Rule

DIVIDING = (":", ",", "-", "--", "–", "—")
"""What may stand between two clauses of which neither says the other."""
BEFORE = ("aux", "auxpass", "mark", *SUBJECTS)
"""What stands before a verb that opens a clause of its own."""
WHOLE = ("dobj", "ccomp", "xcomp", "attr", "acomp", "auxpass", "prt")
"""What a verb has that lacks no object, or takes none."""
FINITE = {"VBD": "past", "VBZ": "present", "VBP": "present of many", "MD": "modal"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair(Rule):
    """A rule that hangs a word elsewhere, or under another label."""

    mends: Callable[[Token, Ontology], bool]
    """Mends the parse at a token where that is called for, and says whether it did."""


def mend(doc: Doc, ontology: Ontology, repairs: tuple[Repair, ...]) -> Doc:
    """*doc* with its attachments mended; `repaired` tells where."""
    done: list[tuple[Token, Repair]] = []
    for token in doc:
        done += [(token, repair) for repair in repairs if repair.mends(token, ontology)]
    doc.known["repaired"] = tuple(done)
    return doc


def repaired(doc: Doc) -> tuple[tuple[Token, Repair], ...]:
    """The words at which *doc* was mended, in order, each with the repair."""
    found: tuple[tuple[Token, Repair], ...] = doc.known.get("repaired", ())
    return found


# -- what repairs do ------------------------------------------------------------------------------


def _beside_who_says(verb: Token, ontology: Ontology) -> bool:
    if verb.dep_ != "conj" or verb.pos_ != "VERB" or any(c.dep_ in SUBJECTS for c in verb.children):
        return False
    neighbour = first = verb.head
    while first.dep_ == "conj" and first.head.pos_ == "VERB":
        first = first.head
    above = first.head
    tenseless = verb.tag_ == "VBD" and verb.lower_ == verb.lemma_  # the "set" of "would cut rates and set limits"
    if first.dep_ != "ccomp" or above.pos_ != "VERB" or above.i > first.i or tenseless:
        return False
    tense, told = _tense(verb), _tense(neighbour)
    if not tense or not told or not tense == _tense(above) != told or (told, tense) == ("have", "past"):
        return False
    verb.hang(above)
    return True


def _tense(verb: Token) -> str:
    """The form of the finite word: of the auxiliary where there is one; empty for a participle or an infinitive."""
    carrier = next((c for c in verb.children if c.dep_ in ("aux", "auxpass") and c.i < verb.i), verb)
    form = FINITE.get(carrier.tag_, "")
    return "have" if carrier != verb and carrier.lemma_ == "have" and form else form


def _what_is_asked(infinitive: Token, ontology: Ontology) -> bool:
    if infinitive.dep_ != "advcl" or not _asks(infinitive.head, ontology):
        return False
    between = [c.dep_ for c in infinitive.head.children if infinitive.head.i < c.i < infinitive.i]
    if between != ["dobj"] or not is_infinitive(infinitive):
        return False
    infinitive.dep_ = "xcomp"
    return True


def _asks(verb: Token, ontology: Ontology) -> bool:
    lemma = verb.lemma_.lower()
    return lemma in ontology.words("request", "verb") or lemma in ontology.words("request", "infinitive")


def _with_its_conjunction(verb: Token, ontology: Ontology) -> bool:
    if verb.dep_ != "relcl" or not any(c.dep_ == "mark" for c in verb.children):
        return False
    verb.dep_ = "acl"
    return True


def _what_is_held(participle: Token, ontology: Ontology) -> bool:
    if participle.dep_ != "acl" or participle.lower_ not in ontology.words("gathering", "participle"):
        return False
    gatherings = ontology.words("gathering", "noun")
    noun = participle.head
    before = participle.i - 1
    while before > noun.i and participle.doc[before].is_punct:
        before -= 1
    nearer = participle.doc[before]
    if before > noun.i and nearer.lemma_.lower() in gatherings and _stands_between(nearer, noun, participle):
        participle.hang(nearer)  # "delegates at the conference, held in Rome"
        return True
    while noun.lemma_.lower() not in gatherings and noun.dep_ == "pobj" and noun.head.head.pos_ == "NOUN":
        noun = noun.head.head
    if noun.lemma_.lower() not in gatherings or noun is participle.head:
        return False
    participle.hang(noun)  # "a meeting of twenty ministers held in Rome"
    return True


def _stands_between(word: Token, above: Token, below: Token) -> bool:
    """Whether a word hangs somewhere on *above*, and not by way of *below*, on which it would then hang in a circle."""
    ancestors = list(word.ancestors)
    return above in ancestors and below not in ancestors


def _a_clause_of_its_own(clause: Token, ontology: Ontology) -> bool:
    verb = clause.head
    if clause.dep_ == "ccomp" and clause.i < verb.i:
        first, second = clause, verb
    elif clause.dep_ == "parataxis" and clause.i > verb.i:
        first, second = verb, clause
    else:
        return False
    subject = _own_subject(second)
    if subject is None or _own_subject(first) is None or in_quotes(first) or not first.i < subject.i < second.i:
        return False
    before = subject.left_edge.i - 1
    between = clause.doc[before].text if before > first.i else ""
    divided = between == ";" or (between in DIVIDING and _says_something_else(second, ontology))
    if divided:
        clause.dep_ = "dep"
    return divided


def _own_subject(verb: Token) -> Token | None:
    """The subject of a verb with a clause of its own; None of an infinitive, or behind a conjunction."""
    if is_infinitive(verb) or any(c.dep_ == "mark" for c in verb.children):
        return None
    return next((c for c in verb.children if c.dep_ in SUBJECTS), None)


def _says_something_else(verb: Token, ontology: Ontology) -> bool:
    """Whether behind *verb* stands what it says, and not only to whom: "Mali denied the attack", but "Mali told the UN"."""
    lemma = verb.lemma_.lower()
    hears = lemma in ontology.words("addressed", "verb") or lemma in ontology.words("request", "verb")
    told = ("ccomp", "xcomp") if hears else ("ccomp", "xcomp", "dobj")
    return any(c.dep_ in told and c.i > verb.i for c in verb.children)


def _in_the_list_asked(verb: Token, ontology: Ontology) -> bool:
    above = verb.head
    bare = verb.lower_ == verb.lemma_ and verb.tag_ in ("VB", "VBP") and not any(c.dep_ in BEFORE for c in verb.children)
    if verb.dep_ != "conj" or not bare or above.tag_ not in ("VBD", "VBZ", "VBN", "VBG"):
        return False
    listed = [c for c in above.children if c.dep_ in ("xcomp", "advcl") and above.i < c.i < verb.i and is_infinitive(c)]
    if not listed:
        return False
    verb.tag_ = "VB"
    verb.hang(listed[-1])
    return True


def _what_is_asked_too(infinitive: Token, ontology: Ontology) -> bool:
    above = infinitive.head
    if infinitive.dep_ != "dep" or above.i > infinitive.i or not (is_infinitive(infinitive) and is_infinitive(above)):
        return False
    infinitive.dep_ = "conj"
    return True


def _what_goes_on(participle: Token, ontology: Ontology) -> bool:
    verb = participle.head
    bare = participle.tag_ == "VBG" and not any(c.dep_ in ("aux", "auxpass", "mark") for c in participle.children)
    if participle.dep_ != "advcl" or not bare or verb.pos_ != "VERB" or any(c.dep_ in WHOLE for c in verb.children):
        return False
    noun = next((c for c in participle.children if c.dep_ == "nsubj"), None)
    if noun is None or noun.pos_ != "NOUN" or noun.i != participle.i - 1 or noun.left_edge.i != verb.i + 1:
        return False
    noun.hang(verb)
    noun.dep_ = "dobj"
    participle.hang(noun)
    participle.dep_ = "acl"
    return True


def _behind_its_title(office: Token, ontology: Ontology) -> bool:
    titled = [one for one in titled_names(office.doc, ontology) if one.office == office.i]
    return any(hang_apart(one, office.doc) for one in titled)


def _said_in_the_talk(infinitive: Token, ontology: Ontology) -> bool:
    verb = infinitive.head
    if infinitive.dep_ != "xcomp" or not is_infinitive(infinitive) or not any(c.dep_ == "dobj" for c in verb.children):
        return False
    words = ontology.words
    if verb.lemma_.lower() not in words("addressing", "verb") or infinitive.lemma_.lower() not in words(
        "addressing", "infinitive"
    ):
        return False
    infinitive.dep_ = "advcl"
    return True


def _goes_on_in_its_tense(verb: Token, ontology: Ontology) -> bool:
    """Hang a verb in the past tense not on an infinitive but on the verb in that tense above it; whether it was done."""
    if verb.dep_ != "conj" or verb.tag_ != "VBD" or any(c.dep_ in SUBJECTS for c in verb.children):
        return False
    infinitive = verb.head
    above = infinitive.head
    if not is_infinitive(infinitive) or infinitive.dep_ != "xcomp" or above.tag_ != "VBD" or verb.lower_ == verb.lemma_:
        return False
    verb.hang(above)
    return True


def _what_they_are_accused_of(preposition: Token, ontology: Ontology) -> bool:
    """Hang "of" or "for" and what somebody does not on the last of those accused but on the verb; whether it was done."""
    if preposition.dep_ != "prep" or not any(c.dep_ == "pcomp" and c.tag_ == "VBG" for c in preposition.children):
        return False
    last = preposition.head
    if last.dep_ != "conj" or preposition.lower_ not in ("of", "for"):
        return False
    first = last
    while first.dep_ in ("conj", "appos") and first.head is not first:
        first = first.head
    if first.dep_ != "dobj" or first.head.lemma_ not in ontology.words("allegation", "verb"):
        return False
    preposition.hang(first.head)
    return True


REPAIRS = (
    Repair(
        name="what goes on",
        why="A noun between a verb without an object and a participle, all side by side, is what the verb does.",
        mends=_what_goes_on,
        example="Norway and Peru will hold joint naval drills starting on Friday.",
        counterexample="Norway held drills with Peru, its ships firing shells.",
    ),
    Repair(
        name="a clause of its own",
        why="A clause before a semicolon, or another mark and a verb that says something else, is not what that says.",
        mends=_a_clause_of_its_own,
        example="Peru accused Chile of spying; Chile denied any guilt.",
        counterexample="Peru accused Chile of spying, Norway said.",
    ),
    Repair(
        name="the list goes on",
        why="A bare verb joined to a finite one behind an infinitive is one more thing to be done.",
        mends=_in_the_list_asked,
        example="Norway urged China to sign the pact, work with Peru and recognise Kosovo.",
        counterexample="Norway urged China to sign the pact and worked with Peru.",
    ),
    Repair(
        name="and not to",
        why="An infinitive hung loosely on another before it is one more thing to be done, or not to be done.",
        mends=_what_is_asked_too,
        example="Norway urged China not to attack Peru, not to arm Chad.",
        counterexample="Norway urged China not to attack Peru.",
    ),
    Repair(
        name="who says goes on",
        why="A verb with the tense of the verb of saying, and not of what is said, goes on with what the speaker does.",
        mends=_beside_who_says,
        example="Norway says the talks failed and urges Peru to resume them.",
        counterexample="Norway says Chile criticizes Mali and urges Peru to resign.",
    ),
    Repair(
        name="what is asked",
        why="The infinitive behind the object of a verb of asking is what is asked, not what it is asked for.",
        mends=_what_is_asked,
        example="Norway pushed Iran to free the envoy.",
        counterexample="Norway asked Iran to free the envoy.",
    ),
    Repair(
        name="clause with its conjunction",
        why="A clause with a conjunction behind a noun says what the noun says; it does not describe a thing.",
        mends=_with_its_conjunction,
        example="It is time for Norway to sign a truce with Peru.",
        counterexample="Norway plans to sign a truce with Peru.",
    ),
    Repair(
        name="what is held",
        why='"Held" behind a meeting and those who meet says of the meeting that it is held, not of those who meet.',
        mends=_what_is_held,
        example="Norway praised a meeting of ministers held in Rome.",
        counterexample="Norway praised a meeting of ministers in Rome.",
    ),
    Repair(
        name="name behind its title",
        why="A name behind an office and whose it is belongs to the office, not to the state or town before it.",
        mends=_behind_its_title,
        example="Norway's Ambassador to Lima Hans Berg met farmers.",
        counterexample="Norway's Ambassador to Peru met Hans Berg.",
    ),
    Repair(
        name="title behind letters",
        why="Who has a title behind a state and its letters is the one with whom it is done, for that state.",
        mends=title_behind_letters,
        example="Antony Blinken spoke with Republic of Korea (ROK) Foreign Minister Chung Eui-yong.",
        counterexample="Antony Blinken spoke with Korean Foreign Minister Chung Eui-yong.",
    ),
    Repair(
        name="said in the talk",
        why="The infinitive that says what is said in a talk is done by whoever calls, not by whom he calls.",
        mends=_said_in_the_talk,
        example="Angela Merkel called Emmanuel Macron to congratulate him.",
        counterexample="Angela Merkel called on Emmanuel Macron to leave Norway.",
    ),
    Repair(
        name="two holders",
        why="An office with an article and no name, joined to one with a name and no article, is another person's.",
        mends=part_two_holders,
        example="The Secretary and Foreign Minister Angela Merkel agreed on trade.",
        counterexample="The Secretary and the Foreign Minister of Peru agreed on trade.",
    ),
    Repair(
        name="two persons",
        why="A person's name before \"and\" that hangs on another's name is somebody of his own.",
        mends=two_names,
        example="Norway praised the meeting between President Donald Trump and Cyril Ramaphosa, president of South Africa.",
        counterexample="Norway praised the meeting between Donald Trump and Cyril Ramaphosa.",
    ),
    Repair(
        name="shared ending",
        why="Two known names joined before the last word that both have are two.",
        mends=shared_ending,
        example="Norway praised talks between North and South Korea.",
        counterexample="Norway praised talks between North Korea and South Korea.",
    ),
    Repair(
        name="behind a full name",
        why='A name joined to the last word of a known name with "of" is joined to all of that name.',
        mends=behind_full_name,
        example="Norway praised the Republic of Korea and Japan.",
        counterexample="Norway praised the Republic of Trinidad and Tobago.",
    ),
    Repair(
        name="title before its name",
        why="A title and the name right behind it that are both joined to another are one person.",
        mends=title_before_name,
        example="Norway praised talks between the envoy and Foreign Minister Abbas Araghchi.",
        counterexample="Norway praised talks between the envoy and Abbas Araghchi.",
    ),
    Repair(
        name="owner before a name",
        why="A genitive and the name right behind it that are both joined to another are one person.",
        mends=owner_before_name,
        example="Norway fears a clash between Emmanuel Macron and Ukraine's Volodymyr Zelensky.",
        counterexample="Norway fears a clash between Emmanuel Macron and Volodymyr Zelensky.",
    ),
    Repair(
        name="subjects in a row",
        why="A second subject that but a comma parts from the first, both names of a kind, is one more of a list.",
        mends=subjects_in_a_row,
        example="France's President Macron, Chancellor Merkel and Prime Minister Johnson condemned Peru.",
        counterexample="President Macron and Chancellor Merkel condemned Peru.",
    ),
    Repair(
        name="what both have",
        why="A noun behind a genitive that is joined to the name before it belongs to both.",
        mends=two_owners,
        example="The meeting highlights the United States' and India's shared commitment to peace.",
        counterexample="The meeting highlights Norway's commitment to peace.",
    ),
    Repair(
        name="people who",
        why='A clause with "who" behind a state or place is about the people before it.',
        mends=who_they_are,
        example="People from those countries who have traveled to Iran must obtain visas.",
        counterexample="Officials of Norway have traveled to Iran.",
    ),
    Repair(
        name="beside its name",
        why="An apposition behind a name and a comma is about that name, not about one before the verb.",
        mends=beside_its_name,
        example="Israel wants to destroy Hamas, the Palestinian group fighting Norway.",
        counterexample="Norway wants to destroy Hamas.",
    ),
    Repair(
        name="named behind a body",
        why="A person's name behind a body and a comma is that of who is of the body: no body has a person's name.",
        mends=named_behind_body,
        example="Peru criticised the leader of Turkey's main opposition party, Kemal Kilicdaroglu.",
        counterexample="Peru criticised the leader of the opposition, Angela Merkel.",
    ),
    Repair(
        name="goes on in its tense",
        why="A verb in the past tense that is joined to an infinitive goes on with the verb above, which has its tense.",
        mends=_goes_on_in_its_tense,
        example="Norway sought to hide the attack and pressured Peru to leave.",
        counterexample="Norway decided to hide the attack and to pressure Peru.",
    ),
    Repair(
        name="who says behind a comma",
        why="A name between a comma and a verb of saying without a subject is who says it, not one more of a list.",
        mends=who_says_behind_comma,
        example="Norway called a meeting of the Security Council, Peru's Office of the Chiefs of Staff said.",
        counterexample="Norway called a meeting of the Security Council, Peru and Chile.",
    ),
    Repair(
        name="what they are accused of",
        why="What stands behind the last of those who are accused or praised says what of, and not of the last alone.",
        mends=_what_they_are_accused_of,
        example="Norway accused Emmanuel Macron, Prime Minister Keir Starmer and Prime Minister Mark Carney "
        "of siding with Hamas.",
        counterexample="Norway accused Emmanuel Macron and the governor of Peru.",
    ),
    Repair(
        name="kind before a name",
        why="A noun that says what a name is and the name right behind it, both subjects of a verb, are one.",
        mends=kind_before_name,
        example="Lebanon's group Hezbollah condemned Peru.",
        counterexample="The group condemned Peru.",
    ),
    Repair(
        name="who acts behind a comma",
        why="What seems to belong to an opening phrase and stands behind its comma is the subject of a verb that lacks one.",
        mends=who_acts_behind_comma,
        example="At the wish of Naftali Bennett, the President of Russia briefed Norway.",
        counterexample="At the wish of Naftali Bennett, the Prime Minister of Israel, Russia briefed Norway.",
    ),
)
"""All repairs, in the order in which they are tried at each word."""
