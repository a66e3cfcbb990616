"""Who has to take part for a claim to be one: what anybody does is diplomacy only where somebody of politics does it."""

from __future__ import annotations

from kgbuild.model import Claim, Mention
from kgbuild.ontology import Ontology
from kgbuild.read.claims.paragraph import Paragraph
from kgbuild.read.frames.frame import AMOUNTS, MODIFIERS, Match
from kgbuild.read.parse.clauses import is_infinitive, is_passive, is_verbal
from kgbuild.read.parse.lemmas import lemma_of
from kgbuild.read.parse.tokens import Token

POLITICAL = ("State", "GovernmentBody", "IntergovernmentalOrganization", "PoliticalParty", "ArmedGroup", "Bloc")
"""Classes whose members count though nobody knows which of them is meant: "the government", "the rebels"."""
TOGETHER = ("with", "between", "among")
"""What names whoever else takes part."""


def is_other_sense(match: Match, ontology: Ontology) -> bool:
    """Whether the words around a predicate make something else of it, before it is weighed against others."""
    return (
        _is_kept(match, ontology)
        or _invites_elsewhere(match, ontology)
        or _is_gathering(match, ontology)
        or _is_opinion(match, ontology)
        or _is_of_a_kind(match, ontology)
    )


def _is_of_a_kind(match: Match, ontology: Ontology) -> bool:
    """Whether a measure only says what another thing is about, not who takes it: "the Peruvian sanctions bill"."""
    noun = match.words[0]
    if ontology.types[match.frame.type].category != "SANCTION" or is_verbal(noun) or noun.dep_ not in MODIFIERS:
        return False
    return any(child.dep_ in MODIFIERS for child in noun.head.children if child.i < noun.i)


def stands_in(match: Match, ontology: Ontology) -> bool:
    """Whether an office that would lead a body is its deputy's: "deputy chief of the delegation", "vice-chairman"."""
    noun = match.words[0]
    if match.frame.type not in ontology.words("deputising", "type") or is_verbal(noun):
        return False
    before = [child for child in noun.children if child.dep_ in MODIFIERS and child.i < noun.i]
    if noun.i > 1 and noun.doc[noun.i - 1].text == "-":
        before.append(noun.doc[noun.i - 2])
    return any(word.lower_ in ontology.words("deputising", "modifier") for word in before)


def is_nothing(paragraph: Paragraph, match: Match, claim: Claim) -> bool:
    """Whether an event is none because of who takes part: companies alone, a state's own people, a body by itself."""
    ontology = paragraph.ontology
    return (
        _is_private(paragraph, match, claim)
        or _is_domestic(paragraph, match, claim)
        or _is_departure(match, claim, ontology)
        or _is_own(paragraph, match, claim)
        or _is_pursuit(match, claim, ontology)
        or _is_unaimed(match, claim, ontology)
        or _is_wish(match, claim, ontology)
        or _is_errand(match, claim, ontology)
        or _is_one_sided(match, claim, ontology)
        or _is_commerce(match, claim, ontology)
        or _is_internal(claim, ontology)
        or _is_nobody(match, claim, ontology)
    )


def _invites_elsewhere(match: Match, ontology: Ontology) -> bool:
    """Whether somebody is invited to do something else than to meet: "an invitation to take the dispute to court"."""
    if match.frame.type not in ontology.words("inviting", "type"):
        return False
    asked = (c for c in match.words[0].children if c.dep_ in ("acl", "xcomp", "relcl") and is_infinitive(c))
    return any(lemma_of(verb) not in ontology.words("inviting", "verb") and verb not in match.words for verb in asked)


def _is_gathering(match: Match, ontology: Ontology) -> bool:
    """Whether it is a meeting that is held, and nobody: "the board of directors meeting is held in Rome"."""
    verb, doc = match.words[0], match.words[0].doc
    category = ontology.types[match.frame.type].category
    if category != "COERCE" or verb.lower_ not in ontology.words("gathering", "participle"):
        return False
    if verb.dep_ == "xcomp" and verb.head.lemma_.lower() in ontology.words("plan", "verb"):
        return True  # "a funeral for a sister, scheduled to be held in Rome"
    before = verb.i - 1
    while before > verb.sent.start and (doc[before].pos_ in ("AUX", "ADV") or doc[before].is_punct):
        before -= 1
    return lemma_of(doc[before]) in ontology.words("gathering", "noun")


def _is_opinion(match: Match, ontology: Ontology) -> bool:
    """Whether somebody is only of one mind: "agreed with some of it", "agreed that the rules are good"."""
    verb = match.words[0]
    if not _is_listed("opinion", match, verb, ontology):
        return False
    said = [c for c in verb.children if c.dep_ == "ccomp" and not is_infinitive(c)]
    promised = ontology.words("opinion", "auxiliary")
    if said:
        return not any(c.dep_ in ("aux", "auxpass") and c.lower_ in promised for verb in said for c in verb.children)
    more = any(c.dep_ in ("xcomp", "dobj") or (c.dep_ == "prep" and c.lower_ in ("on", "to")) for c in verb.children)
    shared = [o for c in verb.children if c.dep_ == "prep" and c.lower_ == "with" for o in c.children if c.i > verb.i]
    return not more and bool(shared) and all(o.pos_ != "PROPN" for o in shared)


def _is_listed(what: str, match: Match, verb: Token, ontology: Ontology) -> bool:
    """Whether language.ttl lists the type of *match* and *verb* under lex:*what*."""
    return match.frame.type in ontology.words(what, "type") and lemma_of(verb) in ontology.words(what, "verb")


def _is_kept(match: Match, ontology: Ontology) -> bool:
    """Whether a noun is of what was there before: "met its commitments" makes none, "boosted demand" asks for nothing."""
    noun = match.words[0]
    if is_verbal(noun) or noun.dep_ != "dobj":
        return False
    return any(_is_listed(what, match, noun.head, ontology) for what in ("kept", "boosted", "performed"))


def _is_private(paragraph: Paragraph, match: Match, claim: Claim) -> bool:
    """Whether an event has nobody known on any side, and is told of companies alone or of everyday doings.

    "the firm sold its plant", "bankers are willing to wait", "let us ask ourselves".
    """
    ontology = paragraph.ontology
    sides = [role.mention for role in claim.roles if role.role in ontology.core_roles]
    kind = ontology.types[claim.claims]
    hostile = kind.quad == "MaterialConflict" and kind.category != "SANCTION"  # a firm that cuts its sales punishes nobody
    if hostile or not sides or any(mention.entities or mention.represents for mention in sides):
        return False
    if all(mention.cls == "Company" for mention in sides):
        return True
    tokens = [token for role, token in match.roles if role in ontology.core_roles]
    political = any(_is_political(mention, ontology) for mention in sides)
    return _is_everyday(match.words[0], ontology) and not political and not any(_is_office(paragraph, t) for t in tokens)


def _is_commerce(match: Match, claim: Claim, ontology: Ontology) -> bool:
    """Whether a bank lends to earn, or nobody is said to: "commercial banks lent Peru money", "loans to Peru"."""
    if claim.claims not in ontology.words("commerce", "type"):
        return False
    givers, merchants = claim.role("actor"), ontology.words("commerce", "noun")
    among = any(lemma_of(token) in merchants for token in match.words[0].sent)
    lent = among and lemma_of(match.words[0]) in ontology.words("commerce", "good")
    if lent and not any(mention.entities or mention.represents for mention in givers):
        return True
    owners = [token for role, token in match.roles if role == "actor" and token.dep_ in ("poss", *MODIFIERS)]
    states = bool(owners) and all(ontology.is_a(m.cls, "State") or ontology.is_a(m.cls, "Bloc") for m in givers)
    goods = ontology.words("commerce", "good")
    if states and any(lemma_of(word) in goods for word in match.words) and not claim.role("recipient"):
        return True  # "Mexico's loan" may be one that it took
    public = ontology.words("commerce", "modifier")

    def trades(mention: Mention) -> bool:
        words = mention.span.text.lower().split()
        merchant = words[-1].endswith("s") and words[-1].removesuffix("s") in merchants  # "the bank" may be the World Bank
        return mention.cls == "Company" or (merchant and not mention.entities and not public & set(words))

    return bool(givers) and all(map(trades, givers))


def _is_one_sided(match: Match, claim: Claim, ontology: Ontology) -> bool:
    """Whether what takes two is told of one, or of none of politics: "India boosts its exports", "a firm bought a mill"."""
    if claim.claims not in ontology.words("twoSided", "type"):
        return False
    sides = {role.mention for role in claim.roles if role.role in {*ontology.core_roles, "place"}}
    known = {m for m in sides if m.represents or _is_political(m, ontology) or any(e in ontology.actors for e in m.entities)}
    head = match.words[0]
    told = lemma_of(head) in ontology.words("twoSided", "verb" if is_verbal(head) else "noun")
    if not known or not told or len(sides) > 1:
        return bool(sides) and not known
    several = any(len(mention.represents) > 1 or len(mention.entities) > 1 for mention in sides)
    tokens = [t for role, t in match.roles if role in ontology.core_roles]
    plural = any(
        t.morph.get("Number", []) == ["Plur"] and not t.ent_type_ for t in tokens
    )  # "countries", not "the Philippines"
    plural = plural and any(_is_political(m, ontology) for m in sides)
    return not several and not plural and not any(t.dep_ == "pobj" and t.head.lower_ in TOGETHER for t in tokens)


def _is_nobody(match: Match, claim: Claim, ontology: Ontology) -> bool:
    """Whether those who meet, agree or help are but pronouns of whom nobody says for whom they stand: "we will talk"."""
    if ontology.types[claim.claims].category not in ontology.words("nobody", "category"):
        return False
    sides = [role.mention for role in claim.roles if role.role in ontology.core_roles]
    tokens = [token for role, token in match.roles if role in ontology.core_roles]
    speaker = claim.stance.speaker
    told = speaker is not None and (speaker.entities or speaker.represents)
    promised = claim.claims in ontology.words("nobody", "promise")
    if told and promised and any(token.lower_ == "we" for token in tokens):
        return False  # "We will sign the pact," the minister said
    unknown = not any(mention.entities or mention.represents for mention in sides)
    return unknown and len(sides) == len(tokens) > 0 and all(token.pos_ == "PRON" for token in tokens)


def _is_political(mention: Mention, ontology: Ontology) -> bool:
    return any(ontology.is_a(mention.cls, cls) for cls in POLITICAL)


def _is_internal(claim: Claim, ontology: Ontology) -> bool:
    """Whether a body of one state meets, which consults with nobody: "a cabinet meeting", "a session of parliament"."""
    if claim.claims not in ontology.words("internal", "type"):
        return False
    sides = {role.mention for role in claim.roles if role.role in ontology.core_roles}
    own = all(ontology.is_a(m.cls, "GovernmentBody") and len(m.represents) < 2 and len(m.entities) < 2 for m in sides)
    return len(sides) == 1 and own


def _is_domestic(paragraph: Paragraph, match: Match, claim: Claim) -> bool:
    """Whether what is done abroad, where it is diplomacy, is done at home: "France subsidizes its farmers"."""
    roles = paragraph.ontology.types[claim.claims].abroad
    doing = {e for mention in claim.role("actor") for e in (*mention.entities, *mention.represents)}
    borne = [token for role, token in match.roles if role in roles]
    return bool(doing and borne) and all(set(_home(paragraph, token)) & doing for token in borne)


def _is_own(paragraph: Paragraph, match: Match, claim: Claim) -> bool:
    """Whether somebody stands by what is his own, and so by nobody: "defended his decision"."""
    ontology = paragraph.ontology
    if ontology.types[claim.claims].category != "SUPPORT" or claim.role("recipient"):
        return False
    doing = {e for mention in claim.role("actor") for e in (*mention.entities, *mention.represents)}
    themes = [token for role, token in match.roles if role == "theme"]
    return bool(doing and themes) and all(set(_owners(paragraph, token)) & doing for token in themes)


def _is_pursuit(match: Match, claim: Claim, ontology: Ontology) -> bool:
    """Whether somebody goes after what nobody need give him: "sought a compromise", not "sought help"."""
    if not _is_listed("sought", match, match.words[0], ontology):
        return False
    given = ontology.words("sought", "noun")
    themes = [token for role, token in match.roles if role == "theme"]
    told = any(lemma_of(token) in given or token.ent_type_ in AMOUNTS for token in (*themes, *match.words[1:]))
    return not claim.role("recipient") and not told


def _is_unaimed(match: Match, claim: Claim, ontology: Ontology) -> bool:
    """Whether a measure is taken against nobody: "suspended its exports after the earthquake"."""
    if claim.claims not in ontology.words("unaimed", "type") or claim.role("recipient"):
        return False
    goods = ontology.words("unaimed", "noun")
    objects = [token for role, token in match.roles if role == "theme"]
    return is_verbal(match.words[0]) and any(lemma_of(token) in goods for token in (*match.words[1:], *objects))


def _is_wish(match: Match, claim: Claim, ontology: Ontology) -> bool:
    """Whether people of whom nobody knows for whom they stand, or nobody at all, want or expect it: "most voters want"."""
    unknown = all(not (m.entities or m.represents or _is_political(m, ontology)) for m in claim.role("actor"))
    return unknown and _is_listed("wish", match, match.words[0], ontology)


def _is_errand(match: Match, claim: Claim, ontology: Ontology) -> bool:
    """Whether one person lends another a hand, for nobody: "the secretary assisted him in shredding papers"."""
    helping = claim.role("actor")
    listed = _is_listed("errand", match, match.words[0], ontology)
    return listed and bool(helping) and all(ontology.is_a(m.cls, "Person") and not m.represents for m in helping)


def _is_departure(match: Match, claim: Claim, ontology: Ontology) -> bool:
    """Whether somebody has but gone away from a place: "the minister left Oslo"."""
    if lemma_of(match.words[0]) not in ontology.types[claim.claims].departure:
        return False
    if is_passive(match.words[0]):
        return True  # "they were left with no choice"
    going, left = claim.role("actor"), [r.mention for r in claim.roles if r.role in ("recipient", "theme", "place")]
    persons = bool(going) and all(ontology.is_a(mention.cls, "Person") for mention in going)
    places = [any(ontology.is_a(mention.cls, cls) for cls in ("Place", "State")) for mention in left]
    return persons and (any(places) or not places)


def _home(paragraph: Paragraph, token: Token) -> tuple[str, ...]:
    """The state or body that somebody unnamed belongs to: "its farmers", "French farmers"; none for whoever is a party."""
    mention = paragraph.mention(token)
    if mention.entities:
        return ()
    return (*mention.represents, *_owners(paragraph, token))


def _owners(paragraph: Paragraph, token: Token) -> tuple[str, ...]:
    """Whom the pronoun before it stands for: "its farmers", "part of its reform"."""
    counts = lemma_of(token) in paragraph.ontology.words("quantity", "noun")
    if counts and (counted := paragraph.clauses.arguments(token).get("of")):
        token = counted[0]
    owners = [paragraph.mention(child) for child in token.children if child.dep_ == "poss" and child.pos_ == "PRON"]
    return tuple(e for owner in owners for e in (*owner.entities, *owner.represents))


def _is_everyday(predicate: Token, ontology: Ontology) -> bool:
    kind = "verb" if is_verbal(predicate) else "adjective" if predicate.pos_ == "ADJ" else "noun"
    return lemma_of(predicate) in ontology.words("everyday", kind)


def _is_office(paragraph: Paragraph, token: Token) -> bool:
    one = paragraph.located(token)
    return one is not None and bool(one.office)
