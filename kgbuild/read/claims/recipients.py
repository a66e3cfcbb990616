"""Whom an event is aimed at, where its own frame does not say.

"refused to lift the ban on Cypriot ships", "rejected an appeal filed by lawyers", "opened an inquiry into the bank":
the recipient stands deeper in the phrase that says what is refused, rejected or opened. The phrase is searched from
above, level by level; somebody known comes before somebody unnamed, what is nearer before what is farther, and what
stands in a likelier place before the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kgbuild.model import Mention, Role, Span
from kgbuild.ontology import EventType, Ontology
from kgbuild.read.claims.paragraph import Paragraph
from kgbuild.read.frames.frame import Match
from kgbuild.read.parse.clauses import coordinated, governing_verb, is_behind_prefix, is_infinitive, is_verbal
from kgbuild.read.parse.lemmas import lemma_of
from kgbuild.read.parse.tokens import Token

DEPTH = 5
"""How many steps below the predicate a recipient may stand."""
GOALS = ("dative", "to", "against", "on", "upon", "with", "toward", "towards", "from")
"""Functions where a place stands for those who live there: "an ultimatum to Washington"."""
SOURCES = (
    *(goal for goal in GOALS if goal != "from"),
    "obj",
    "comp",
    "of",
    "from",
    "for",
    "by",
    "into",
    "at",
    "poss",
    "mod",
    "acl",
    "purpose",
)
"""Functions that lead to a recipient, likeliest first."""
CLAUSES = ("acl", "purpose")
"""Those of them that lead into a clause."""
OWN = (*(function for function in SOURCES if function not in (*GOALS, "for")), "in")
"""Functions below one who acts that lead to what is his: the Finance of "a plea by Finance Minister Kim to Oslo"."""
ASKED = ("from", "of", "by", "poss", "mod")
"""Functions below what is asked for that lead to who is asked: "sought the help of Togo", not "a debate on Togo"."""
MADE_BY = ("from", "of", "by", "poss", "mod")
"""Functions below what is rejected or blamed that lead to whose it is: "an appeal by Peru", not "sanctions on Peru"."""
DISPUTED = ("ACCUSE", "REJECT")
"""Categories of what is said against a deed, and so against whoever does it."""
BEARERS = ("in", "across", "throughout")
"""Where those live who bear what is done there, for types that say so (`dip:borneBy`)."""
PARTS = ("of", "poss", "mod")
"""What leads on from there: "in parts of Kashmir", but not "in the event of an attack by Iran"."""
SUBJECTS_OF_TALK = ("for", "of", "on", "in", "about")
"""Functions that lead to what friendly words are about: who stands there unnamed is no party to them."""
SPOKEN_OF = ("REQUEST", "ACCUSE", "SUPPORT", "REJECT")
"""Categories of what is said about deeds that somebody bears: the victims of what is condemned are not its target."""
FOR_SOMEBODY = ("AGREE", "SUPPORT", "CONCEDE", "REQUEST", "REJECT", "THREATEN")
"""Categories of words that go to people, and to no building or ship."""
MEASURED = {"ACCUSE": ("for",), "AGREE": ("at",)}
"""By category: functions that lead to what somebody is blamed for, or where it is agreed, and to no recipient."""
PARTED = ("AGREE", "AID", "RETREAT", "SANCTION")
"""Categories of what is given, given up or imposed: a body named before it is what it is of, and no receiver: "Cabinet
seats", "UN sanctions"."""


@dataclass(frozen=True, slots=True)
class Search:
    """A search for the recipient of one event: who does it, and which functions lead to whom it is done."""

    paragraph: Paragraph
    match: Match
    doers: tuple[Mention, ...]
    doing: frozenset[str]
    """The entities that act, and those for which they act."""
    aimed: tuple[str, ...]
    """The prepositions that alone lead to the recipient, for types that say so (`lex:aimedBy`)."""
    functions: tuple[str, ...]
    """All functions that lead on, likeliest first."""

    @property
    def ontology(self) -> Ontology:
        """That of the paragraph."""
        return self.paragraph.ontology

    @property
    def kind(self) -> EventType:
        """The type of the event."""
        return self.ontology.types[self.match.frame.type]


@dataclass(frozen=True, slots=True)
class Step:
    """A word on the way down, with the function that leads to it."""

    token: Token
    function: str
    rank: int
    within: bool = False
    """Whether it stands in the phrase that says where: "in parts of Kashmir"."""


def recipients_beyond(paragraph: Paragraph, match: Match, roles: list[Role]) -> list[Role]:
    """The recipient, if one is clear, of an event whose *roles* name those who do it and nobody to whom it is done."""
    ontology, event_type = paragraph.ontology, match.frame.type
    sides = {role.role for role in roles} & {"actor", "recipient", "participant"}
    if len(sides) != 1 or "recipient" in sides or not ontology.types[event_type].takes_recipient:
        return []
    doers = tuple(role.mention for role in roles if role.role in sides)
    doing = frozenset(e for mention in doers for e in (*mention.entities, *mention.represents))
    aimed = ontology.types[event_type].aimed_by
    search = Search(paragraph, match, doers, doing, aimed, _functions(event_type, aimed, ontology))
    found = _nearest(search, {role.mention.span for role in roles if role.role == "theme"})
    if found is not None:
        return [Role("recipient", mention) for mention in _with_joined(found, search)]
    borne = ontology.types[event_type].borne_by_place
    places = [role.mention for role in roles if borne and role.role == "place"]
    return [Role("recipient", mention) for mention in places if _is_peopled(mention, ontology)]


def _is_peopled(place: Mention, ontology: Ontology) -> bool:
    """Whether somebody may live there who bears what is done there: no sea, and no building or zone of nobody."""
    sea = place.span.words.split()[-1] in ontology.words("namedNoun", "water")
    return not sea and (not ontology.is_a(place.cls, "Facility") or bool(place.represents))


def _functions(event_type: str, aimed: tuple[str, ...], ontology: Ontology) -> tuple[str, ...]:
    """The functions that lead to the recipient of an event of this type, likeliest first."""
    if through := ontology.types[event_type].through:
        return (*aimed, *through)
    bearers = BEARERS if ontology.types[event_type].borne_by_place else ()
    functions = (*SOURCES, *(function for function in (*aimed, *bearers) if function not in SOURCES))
    return tuple(functions)


def _with_joined(found: Step, search: Search) -> Iterator[Mention]:
    """Who stands at *found*, and those known who are joined to him: "the plan of Norway and Chile"."""
    paragraph = search.paragraph
    yield paragraph.mention(found.token)
    for token in coordinated(found.token)[1:]:
        mention = paragraph.mention(token) if paragraph.fits(token, "Actor") else None
        known = {*mention.entities, *mention.represents} if mention is not None else set()
        if mention is not None and known and not known & search.doing:
            yield mention


def _nearest(search: Search, themes: set[Span]) -> Step | None:
    """Where the first on the way down stands who is known and does not act; else the first other.

    The other is somebody unnamed, or a fellow countryman of the one who acts: "Iraq's police closed Basra". Where one is
    found, somebody known is looked for on the same level still, and on the second where the other stands on the first.
    """
    unnamed: Step | None = None
    for depth, level in enumerate(_levels(search)):
        for step in level:
            mention = _target(search, step)
            if mention is None:
                continue
            known = {*mention.entities, *mention.represents}
            if known and not known & search.doing:
                return step
            if unnamed is None and (mention.span not in themes or known) and _is_another(mention, search, step):
                unnamed = step
        if unnamed is not None and depth:
            break
    return unnamed


# -- who may be the recipient ---------------------------------------------------------------------


def _target(search: Search, step: Step) -> Mention | None:
    """Who stands at *step*, if the event may be aimed at him: nobody who acts, nor what is theirs."""
    aimed = not search.aimed or step.function in (*search.aimed, *BEARERS) or _is_behind(step.token, search.ontology)
    mention = _bearer(search.paragraph, step) if aimed and not _is_only_spoken_of(search, step) else None
    acting = {doer.span for doer in search.doers}
    if (
        mention is None
        or _is_with_doer(search, step.token)
        or step.token in search.match.words
        or mention.span in acting
        or _owned(search, step)
    ):
        return None
    return mention


def _is_behind(token: Token, ontology: Ontology) -> bool:
    """Whether it is who lives behind a border: "troops along the border with Mali", "at the Malian frontier"."""
    line = token.head.head if token.dep_ == "pobj" else token.head
    belongs = token.dep_ in ("pobj", "amod", "compound", "nmod", "poss")
    return belongs and line.lemma_.lower() in ontology.words("faced", "noun")


def _is_only_spoken_of(search: Search, step: Step) -> bool:
    """Whether who stands there is part of what is agreed, given or given up, or is no party at all.

    "agreed to give up Cabinet seats", "agreed to buy 132 warplanes", "resisted all calls at a building".
    """
    one, ontology, category = search.paragraph.located(step.token), search.ontology, search.kind.category
    if one is None or (one.mention.cls == "Actor" and not one.mention.entities):
        return step.function == "mod"  # "the PINs proposal"
    cls, known = one.mention.cls, bool(one.mention.entities or one.mention.represents)
    of_a_state = ontology.is_a(cls, "State") or (one.mention.represents and not ontology.is_a(cls, "Organization"))
    if step.function == "mod" and category in PARTED and not of_a_state:
        return True
    if step.function == "obj" and category == "AGREE" and not known and not ontology.is_a(cls, "State"):
        return True
    built = any(ontology.is_a(cls, made) for made in ("Facility", "Materiel", "Place")) and not ontology.is_a(cls, "State")
    return built and category in FOR_SOMEBODY and not known


def _bearer(paragraph: Paragraph, step: Step) -> Mention | None:
    """Who stands there, if it is somebody to whom something can be done."""
    if step.function == "mod" and (_is_joined(step.token) or _is_currency(step.token.head, paragraph.ontology)):
        return None
    alone = step.token.n_lefts + step.token.n_rights == 0
    bare = step.function == "obj" and step.token.tag_ == "NN" and alone  # "share intelligence" is a substance
    if step.token.pos_ == "PRON" or is_verbal(step.token) or bare:
        return None
    wanted = ("Actor", "Place") if step.within or step.function in GOALS else ("Actor",)
    if not any(paragraph.fits(step.token, cls) for cls in wanted):
        return None
    mention = paragraph.mention(step.token)
    if mention.cls == "Region" and not _is_peopled(mention, paragraph.ontology):
        return None
    kind_of_thing = step.function == "mod" and step.token.pos_ == "NOUN" and not (mention.entities or mention.represents)
    return None if kind_of_thing else mention  # "left the government buildings" leaves no government


def _is_joined(token: Token) -> bool:
    """Whether a hyphen joins it to a word that is no name: "a Mexico-type accord", "a Malta-flagged ship"."""
    doc, following = token.doc, token.i + 2
    return following < len(doc) and doc[following - 1].text == "-" and doc[following].tag_ in ("NN", "VBN", "VBD", "VBG")


def _is_currency(noun: Token, ontology: Ontology) -> bool:
    """Whether a noun is money, which is nobody's to back: "less reliance on the US dollar"."""
    return noun.lemma_.lower() in ontology.words("currency", "noun")


def _is_with_doer(search: Search, token: Token) -> bool:
    """Whether it is named in one breath with one who acts: "the support of Poland and Lithuania"."""
    doers = [t for role, t in search.match.roles if role in ("actor", "participant") and t is not token]
    return any(token in coordinated(doer) for doer in doers)


def _owned(search: Search, step: Step) -> bool:
    """Whether it belongs to those who act, or is made by the act, and so bears nothing: "its peacekeeping force"."""
    paragraph = search.paragraph
    made = step.function == "obj" and step.token.head.lemma_.lower() in search.ontology.words("creation", "verb")
    owners = paragraph.clauses.arguments(step.token).get("poss", ())
    return made or any({*m.entities, *m.represents} & search.doing for m in (paragraph.mention(t) for t in owners))


def _is_another(mention: Mention, search: Search, step: Step) -> bool:
    """Whether it is neither one of those who act, nor their state, nor somebody unnamed whom friendly words are about."""
    if not mention.entities and not mention.represents:
        return search.kind.quad != "VerbalCooperation" or step.function not in SUBJECTS_OF_TALK
    acting = {e for doer in search.doers for e in doer.entities}
    if step.function == "mod" and set(mention.represents) & acting:
        return False  # "the U.S. repudiated the State Department opinion"
    if mention.entities:
        return not set(mention.entities) & (acting | {state for doer in search.doers for state in doer.represents})
    return step.function in SOURCES and step.function not in CLAUSES and not set(mention.represents) & acting


# -- the way down ---------------------------------------------------------------------------------


def _levels(search: Search) -> Iterator[list[Step]]:
    """The words below the predicate, by depth; within a depth the likeliest functions first."""
    level = [Step(token, "", 0) for token in search.match.words]
    seen = {*search.match.words, *_company(search)}
    for _ in range(DEPTH):
        below = [step for above in level for step in _steps_down(search, above, seen)]
        level = sorted(below, key=lambda s: (s.rank, s.token.i))
        yield level


def _steps_down(search: Search, above: Step, seen: set[Token]) -> Iterator[Step]:
    """The words right below *above* that may lead to a recipient; they are put into *seen*, and none is met twice."""
    own = above.token not in search.match.words and _owned(search, above)
    for function, filler in _below(search, above.token):
        if _leads_astray(search, above.token, function, filler):
            continue
        if own and function == "comp":
            continue  # "his decision to sell arms to Iran" is not about Iran
        if function in (PARTS if above.within else search.functions) and filler not in seen:
            seen.add(filler)
            within = above.within or function in BEARERS
            deeper = len(search.functions) * (above.function in CLAUSES)  # a phrase before a clause
            yield Step(filler, function, search.functions.index(function) + deeper, within)


def _company(search: Search) -> Iterator[Token]:
    """Who goes along and what for, where it is said where to: "visited Oslo with the minister to meet the banks"."""
    match = search.match
    if match.frame.type in search.ontology.words("visit", "type") and {"theme", "place"} & {r for r, _ in match.roles}:
        for arguments in map(search.paragraph.clauses.arguments, match.words):
            yield from (t for function in ("with", "purpose") for t in arguments.get(function, ()))


def _leads_astray(search: Search, above: Token, function: str, below: Token) -> bool:
    """Whether a step down leads to what is a doer's own, or to who bears what is only spoken of."""
    denied = search.kind.category == "REJECT" and lemma_of(above) in search.ontology.words("denial", "clause")
    if denied and function in ("comp", "obj") and is_verbal(below):
        return True  # "denied arming the rebels" is not aimed at the rebels
    if function == "mod" and is_behind_prefix(below, search.ontology.words("opposed", "against")):
        return True  # "backed anti-Russian sanctions"
    promise = search.kind.category == "AGREE" and search.paragraph.tools.frames.is_event(above)
    if function == "poss" and promise and not is_verbal(above):
        return True  # "reiterated the kingdom's commitment": whose promise it is makes it
    if search.kind.quad == "VerbalCooperation" and function not in MADE_BY:
        hostile = search.paragraph.tools.frames.is_hostile(above) and above not in search.match.words
        if (hostile or function == "against") and not _is_undone(search, above):
            return True  # "pledged to punish Chad" promises Chad nothing
    if search.kind.category in MEASURED and function in MEASURED[search.kind.category]:
        return True  # "blamed the pact for sending Peru's jobs abroad", "agreed at the recent G7"
    if function in ("poss", "of") and above.lemma_.lower() in search.ontology.words("opposed", "noun"):
        return True  # "armed Peru's enemies"
    if (
        function not in MADE_BY
        and search.kind.category in SPOKEN_OF
        and lemma_of(above) in search.ontology.words("toured", "noun")
    ):
        return True  # "welcomed Obama's visit to Chile"
    acts = any(above is token for role, token in search.match.roles if role in ("actor", "participant"))
    return function in OWN if acts else _bears_another(search, above, function, below)


def _is_undone(search: Search, word: Token) -> bool:
    """Whether a verb below the predicate undoes what is hostile: "pledged to lift the sanctions"."""
    frames, verb = search.paragraph.tools.frames, None if is_verbal(word) else governing_verb(word)
    below = verb is not None and verb not in search.match.words and frames.is_event(word)
    return below and verb is not None and frames.is_event(verb) and not frames.is_hostile(verb)


def _bears_another(search: Search, above: Token, function: str, below: Token) -> bool:
    """Whether who stands there bears what is spoken of, and is not who is spoken to or of.

    "condemned the killing of two nuns" is aimed at who killed them, "called for a debate on the budget" at who holds it,
    "opposed plans to free Peru" and "opposed sanctions imposed on Peru by Chad" not at Peru.
    """
    category = search.kind.category
    if above in search.match.words or category not in SPOKEN_OF:
        return False
    if category == "SUPPORT" and function in ("with", "against"):
        return True  # "defended the deal with Chad"
    if is_verbal(above):
        return category in DISPUTED and _is_participle(above) and function not in (*MADE_BY, "dative")
    if category == "REQUEST" and function not in ASKED:
        sought = search.match.words[0].lemma_.lower() in search.ontology.words("sought", "verb")
        return function != "with" or not sought  # "sought peace with Chad"
    if category in DISPUTED and function not in MADE_BY and not _is_participle(below):
        verb = governing_verb(above)  # "refused to lift the ban on Chad" refuses Chad something
        own = verb is not None and verb not in search.match.words and is_infinitive(verb)
        theirs = any(c.lower_ == "by" for c in below.children)  # "rejected offers for talks by Chad"
        return not own and not theirs and (function != "with" or category == "ACCUSE")
    return function == "of" and search.paragraph.tools.frames.undergone(above)


def _is_participle(token: Token) -> bool:
    """Whether it says of a noun what is done or who does it: "an appeal filed by Peru"."""
    return token.dep_ == "acl" and token.tag_ in ("VBN", "VBD") and not _has_own_subject(token)


def _below(search: Search, token: Token) -> Iterator[tuple[str, Token]]:
    """What stands below *token*, with its functions, as far as the event may be aimed at it."""
    verbal, heads = is_verbal(token), token in search.match.words
    finite = verbal and not heads and _has_own_subject(token) and not _is_doers_own(search, token)
    for function, fillers in search.paragraph.clauses.arguments(token).items():
        if function == "subj":
            if verbal and not heads and _is_controlled(token, search):
                yield from (("dative", t) for t in fillers if t.i > search.match.words[0].i)
        elif function == "purpose":  # "sent doctors to help Haiti"
            yield from ((function, t) for t in fillers)
        elif not finite and not (verbal and function in ("poss", "mod")):
            phrases = (t for t in fillers if t.dep_ not in ("relcl", "advcl") and not _is_that_clause(t, search.kind))
            yield from ((function, t) for t in phrases if not _is_asked(t, search.ontology))
    if heads:
        yield from _addressees_above(token, search)
        yield from _shared(token, search)


def _is_doers_own(search: Search, clause: Token) -> bool:
    """Whether a clause right below the predicate says what the doer himself will do: "threatened that it would strike"."""
    subject = search.paragraph.clauses.subject(clause)
    if subject is None or clause.dep_ != "ccomp" or clause.head not in search.match.words:
        return False
    mention = search.paragraph.mention(subject)
    return bool({*mention.entities, *mention.represents} & search.doing)


def _is_controlled(verb: Token, search: Search) -> bool:
    """Whether the subject of a clause below is to do it: "refused to allow two airlines to land", "demanded that they go".

    Not in "agreed that Togo must pay", which promises Togo nothing.
    """
    agreed = _has_own_subject(verb) and search.kind.category == "AGREE"
    told = verb.dep_ == "ccomp" and verb.head not in search.match.words and _tells_what_is_so(verb)
    return verb.dep_ in ("ccomp", "xcomp", "acl") and not agreed and not told


def _tells_what_is_so(verb: Token) -> bool:
    """Whether a clause tells a fact and asks for nothing: "reports suggesting that Chad fell", not "that Chad fall"."""
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    return not any(c.tag_ in ("MD", "TO") for c in auxiliaries) and (bool(auxiliaries) or verb.tag_ in ("VBD", "VBZ"))


def _addressees_above(verb: Token, search: Search) -> Iterator[tuple[str, Token]]:
    """To whom it goes what a participle of the event says: "sent a letter to Oman threatening to leave"."""
    above = governing_verb(verb) if verb.tag_ == "VBG" and verb.dep_ in ("advcl", "acl") else None
    if above is not None:
        for function in ("dative", "to"):
            yield from ((function, t) for t in search.paragraph.clauses.arguments(above).get(function, ()))


def _shared(noun: Token, search: Search) -> Iterator[tuple[str, Token]]:
    """What a noun joined to the predicate's has behind it, and both are of: "voiced rejection and condemnation of it"."""
    joined = next((c for c in noun.children if c.dep_ == "conj" and c.i > noun.i), None)
    if joined is None or is_verbal(noun) or any(c.dep_ == "prep" for c in noun.children):
        return
    if any(c.dep_ in ("det", "poss") for c in joined.children) or search.kind.category not in DISPUTED:
        return
    for function in ("of", "to"):
        yield from ((function, t) for t in search.paragraph.clauses.arguments(joined).get(function, ()))


def _has_own_subject(verb: Token) -> bool:
    """Whether a clause has a subject of its own, and no "to" before its verb: "that Togo must pay"."""
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children) and not is_infinitive(verb)


def _is_that_clause(token: Token, kind: EventType) -> bool:
    """Whether a clause says what a noun is about, which is not whom the answer is to: "claims that it had hacked Peru".

    Who is to do what is asked for is asked: "the demand that Peru withdraw".
    """
    asked = kind.category == "REQUEST" and not _tells_what_is_so(token)
    return token.dep_ == "acl" and is_verbal(token) and _has_own_subject(token) and not asked


def _is_asked(token: Token, ontology: Ontology) -> bool:
    """Whether it is what is demanded, which is not whom the answer is to: "rejected a demand to withdraw from Iraq"."""
    asked = token.dep_ == "acl" and is_infinitive(token)
    return asked and token.head.lemma_.lower() in ontology.words("request", "noun")
