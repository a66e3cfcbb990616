"""The stance of a claim: polarity, modality and certainty, from cues in language.ttl.

Decided once for all relations, by climbing from the predicate to the root of its sentence: what governs it
as a complement ("plans to", "denied that", "has not ruled out") has it in scope; a gerund beside the main verb
happens when that does, but is not negated with it; a relative clause, a finite adverbial clause and an
apposition are presupposed, so beyond them nothing is looked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.model import Stance
from kgbuild.ontology import Ontology
from kgbuild.read.claims.cues import is_indefinite, is_of_same_form, meet_above, meet_beside, question_mark, raised_to
from kgbuild.read.claims.scope import Scope
from kgbuild.read.parse.clauses import (
    SUBJECTS,
    governing_verb,
    is_infinitive,
    is_passive,
    is_seen,
    is_verbal,
    preposition_name,
)
from kgbuild.read.parse.quotes import in_quotes
from kgbuild.read.parse.tokens import Token

PRESUPPOSED = ("relcl", "appos", "parataxis")
"""What takes for granted what it tells: nothing outside says whether it is so."""
NOMINAL = ("dobj", "nsubj", "nsubjpass", "pobj", "attr", "prep", "compound", "appos", "dative")
COMPLEMENT = ("xcomp", "ccomp", "acl", "pcomp", "oprd", "acomp", "advcl", *NOMINAL)
"""What its head may have in scope."""
UNHEDGED = {"Actual": "Certain", "Planned": "Certain", "Possible": "Possible"}
"""How sure a claim is that no word hedges, by its modality (as in FactBank: a plain assertion is certain)."""


def decide(token: Token, unit: tuple[Token, ...], ontology: Ontology) -> Stance:
    """The stance of the claim whose predicate is *token* (with the other words of its *unit*), but for who says it."""
    scope = scope_of(token, unit, ontology)
    modality = scope.modality or "Actual"
    return Stance(
        polarity="Negated" if scope.negations % 2 else "Affirmed",
        modality=modality,
        certainty=scope.certainty or UNHEDGED.get(modality, "Unspecified"),
        quoted=in_quotes(token),
    )


def scope_of(token: Token, unit: tuple[Token, ...], ontology: Ontology) -> Scope:
    """The cues that have the predicate *token* in their scope, and what they do together."""
    scope = Scope(ontology, unit)
    for one in unit:
        meet_beside(one, scope)
    if _is_under_way(token, ontology):
        scope.meet("infinitive", "be", token.text)
    _climb(token, scope)
    return scope


def _is_under_way(token: Token, ontology: Ontology) -> bool:
    """Whether what is done only when it is finished goes on still, or is to come: "are hammering out a deal"."""
    goes_on = token.tag_ == "VBG" and any(c.dep_ == "aux" and c.lemma_.lower() == "be" for c in token.children)
    particle = next((f"_{c.lower_}" for c in token.children if c.dep_ == "prt"), "")
    return goes_on and f"{token.lemma_.lower()}{particle}" in ontology.words("accomplishment", "verb")


# -- the way up -----------------------------------------------------------------------------------


def _climb(token: Token, scope: Scope) -> None:
    """Apply the cues above the predicate *token*, as far up as any has it in scope."""
    here = token
    while here.head != here and (above := _step(here, token, scope)) is not None:
        here = above
    path = (token, *token.ancestors)
    asked = None if any(one.dep_ in ("relcl", "advcl", "parataxis") for one in path) else question_mark(path[-1])
    if asked is not None:
        scope.meet("marker", "?", asked.text)
    if scope.purpose:
        scope.meet("infinitive", "be", here.text)


def _step(token: Token, start: Token, scope: Scope) -> Token | None:
    """The word from which the climb from *start* goes on, with the cues met there; None where nothing further reaches it."""
    head, dep = token.head, token.dep_
    if dep == "conj":
        return head if is_of_same_form(token) else head.head
    if (main := _time_of(token, scope.ontology)) is not None:
        scope.meet("verb", main.lemma_.lower(), main.text)  # "expect talks when they meet"
        _share(scope, main)
        return None
    if _is_performed(token, scope.ontology):
        return None
    if _is_future_subject(token, scope.ontology):
        _share(scope, head)
        return None
    if _is_simultaneous(token, scope.ontology) or _is_occasion(token, scope.ontology):
        if head.pos_ == "ADP":
            meet_above(head, token, scope)  # "without signing"
        _share(scope, head if is_verbal(head) else head.head)
        return None
    opens = any(c.dep_ in SUBJECTS or c.dep_ == "dep" for c in token.children)  # "Peru to join the pact, Norway says"
    if is_infinitive(token) and (
        (
            dep in ("acl", "relcl")
            and (head.dep_ == "ROOT" or is_passive(token))
            and not _is_ranked(head, token, scope.ontology)
        )
        or (dep == "ccomp" and opens and token.i < head.i)
    ):
        scope.meet("infinitive", "be", token.text)  # a headline: "Turkey to host the summit"; "talks, to be held in Oslo"
    if dep in ("nsubj", "nsubjpass") and (raised := raised_to(head, scope)) is not None:
        meet_beside(raised, scope)
        return raised
    return None if _is_presupposed(token) or dep not in COMPLEMENT else _out_of_complement(token, start, scope)


def _out_of_complement(token: Token, start: Token, scope: Scope) -> Token | None:
    """The head of the complement *token*, with its cues met; None where it says nothing of *start*."""
    head = token.head
    ranked = is_infinitive(token) and _is_ranked(head, token, scope.ontology)
    met = head in scope.unit or (not ranked and meet_above(head, token, scope))
    if is_infinitive(token) and token.dep_ in ("advcl", "acl") and not met and not _is_said_there(token, scope.ontology):
        scope.purpose = not ranked
    if is_infinitive(token) and is_verbal(head) and any(c.tag_ == "WRB" for c in token.children):
        scope.meet("complementizer", "whether", head.text)  # "discussed how to end the war"
    if head.pos_ == "ADP":
        return head
    if not met and not is_verbal(token) and not _carries(head, token, start, scope):
        return None
    if not met and (_is_reported_by(token, head, scope) or (head.pos_ == "ADJ" and token.dep_ == "ccomp")):
        return None  # "is not happy that they left": so they did
    if head not in scope.unit:
        _clause_above(head, token, scope)
    return head


def _is_ranked(noun: Token, infinitive: Token, ontology: Ontology) -> bool:
    """Whether an infinitive, no comma before it, only says in what a noun comes first: "the first to sign" signed."""
    ranks, opening = ontology.words("ranked", "word"), infinitive.left_edge.i
    if infinitive.doc[max(opening - 1, 0)].text == "," or noun.lemma_.lower() in ontology.words("appointed", "noun"):
        return False  # "the first meeting to discuss it"
    before = infinitive.doc[max(opening - 1, 0)].lower_  # "among the first to sign", where it hangs on "was"
    words = (noun.lower_, before, *(c.lower_ for c in noun.children if c.dep_ in ("amod", "nummod")))
    return any(word in ranks for word in words)


def _is_said_there(infinitive: Token, ontology: Ontology) -> bool:
    """Whether an infinitive tells what is said in the talk for which it is: "called him to congratulate him" did so."""
    words, talk = ontology.words, infinitive.head
    return talk.lemma_.lower() in words("addressing", "verb") and infinitive.lemma_.lower() in words(
        "addressing", "infinitive"
    )


def _share(scope: Scope, verb: Token) -> None:
    """Make *scope* as planned, possible or probable as *verb* is, but not negated with it."""
    above = _scope_alone(verb, scope.ontology)
    scope.modality = above.modality if scope.modality in ("", "Planned") and above.modality else scope.modality
    scope.certainty = scope.certainty or above.certainty
    scope.cues += [cue for cue in above.cues if cue not in scope.cues]


def _scope_alone(verb: Token, ontology: Ontology) -> Scope:
    """`scope_of` a verb alone, worked out once: a clause in a clause in a clause asks for it at each, and for those above.

    Those above come first, so that no call waits for many others.
    """
    known: dict[int, Scope] = verb.doc.known.setdefault("scopes", {})
    if verb.i not in known:
        for one in (*reversed([above for above in verb.ancestors if is_verbal(above)]), verb):
            if one.i not in known:
                known[one.i] = scope_of(one, (one,), ontology)
    return known[verb.i]


def _is_simultaneous(token: Token, ontology: Ontology) -> bool:
    """Whether a gerund goes with the main verb: "will respond by closing …", "closing the border would …"."""
    if token.tag_ != "VBG" or not is_verbal(token) or any(c.dep_ in ("aux", "auxpass") for c in token.children):
        return False
    if token.dep_ == "acl":  # "will sign a pact lifting the ban", but "the pact lifting the ban"
        definite = any(c.dep_ in ("det", "poss") and c.morph.get("Definite", []) != ["Ind"] for c in token.head.children)
        return token.head.dep_ == "dobj" and not definite
    if token.dep_ == "pcomp":
        return token.head.lower_ in ontology.words("simultaneous", "preposition") and is_verbal(token.head.head)
    return token.dep_ in ("advcl", "csubj", "csubjpass") and is_verbal(token.head)


def _is_occasion(token: Token, ontology: Ontology) -> bool:
    """Whether a noun says when or where the main verb happens: "will sign it at the summit"."""
    if token.dep_ != "pobj" or not is_verbal(token.head.head):
        return False
    by_it = token.head.lower_ in ontology.words("meansOf", "preposition") and is_indefinite(
        token
    )  # "will respond with sanctions"
    preposition = token.head.lower_
    beside = preposition in ontology.words("appointed", "preposition") and _is_appointed(token, ontology)
    return by_it or beside or preposition in ontology.words("occasion", "preposition")


def _is_appointed(noun: Token, ontology: Ontology) -> bool:
    """Whether a noun is a talk or a journey for which a day is set, and nothing says that the day is over."""
    return noun.lemma_.lower() in ontology.words("appointed", "noun") and not any(
        t.lower_ in ontology.words("appointed", "past")
        for t in noun.doc[noun.left_edge.i : max(noun.right_edge.i + 1, noun.head.i)]
    )


def _is_future_subject(token: Token, ontology: Ontology) -> bool:
    """Whether what the subject tells is to come, as what is said of it is: "the summit will help", "a truce would help"."""
    verb = token.head
    if token.dep_ != "nsubj" or is_verbal(token) or not is_verbal(verb) or verb.lemma_ == "be":
        return False
    told = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    if told & ontology.words("appointed", "auxiliary") and _is_appointed(token, ontology):
        return True
    supposed = any(c.dep_ == "amod" and c.tag_ == "JJR" for c in token.children) or any(
        c.dep_ == "det" and c.morph.get("Definite", []) == ["Ind"] for c in token.children
    )
    return bool(told & ontology.words("supposed", "auxiliary")) and supposed and is_indefinite(token)


def _is_performed(infinitive: Token, ontology: Ontology) -> bool:
    """Whether saying so does it: "I would like to thank you" thanks."""
    head = infinitive.head
    first = any(c.dep_ == "nsubj" and "1" in c.morph.get("Person", []) for c in head.children)
    listed = infinitive.lemma_.lower() in ontology.words("performative", "infinitive")
    return first and listed and infinitive.dep_ == "xcomp" and head.lemma_.lower() in ontology.words("performative", "verb")


def _time_of(token: Token, ontology: Ontology) -> Token | None:
    """The verb at whose time a clause in the present happens, which is to come as that is: "will speak when they meet"."""
    auxiliaries = [c for c in token.children if c.dep_ in ("aux", "auxpass")]
    present = token.tag_ in ("VBZ", "VBP") or (token.tag_ == "VB" and not auxiliaries and not is_infinitive(token))
    opening = (c.lower_ for c in token.children if c.dep_ in ("mark", "advmod") and c.i < token.i)
    timed = token.dep_ in ("advcl", "relcl") and any(word in ontology.words("timeClause", "marker") for word in opening)
    if not present or not timed or any(c.tag_ in ("VBD", "MD") for c in auxiliaries):
        return None
    return token.head if is_verbal(token.head) else governing_verb(token.head)


def _is_presupposed(token: Token) -> bool:
    """Whether nothing outside reaches *token*: relative and finite adverbial clauses, "the pact signed in May"."""
    if token.dep_ in PRESUPPOSED or (token.dep_ == "pcomp" and _asks_how(token)):  # "a plan for what they called peace"
        return True
    if is_infinitive(token):
        return False
    return token.dep_ == "advcl" or (token.dep_ == "acl" and not any(c.dep_ == "mark" for c in token.children))


def _carries(head: Token, below: Token, start: Token, scope: Scope) -> bool:
    """Whether what is said of *head* is said of the noun below it: "hold talks", "talks never took place"."""
    ontology, lemma = scope.ontology, head.lemma_.lower()
    if below.dep_ in ("compound", "poss"):
        return False
    if below.dep_ == "dobj" and lemma in ontology.words("amounting", "verb") | ontology.words("undergone", "verb"):
        return True  # "failed to win concessions"
    if below.pos_ in ("ADP", "ADV", "ADJ"):
        # "a series of talks" may still be denied; "suspended due to a rift" suspends no rift
        carriers = ontology.words("quantity", "noun") | (
            ontology.words("onset", "noun") if below.lower_ == "of" else frozenset()
        )
        joined = below.lower_ in ontology.words("nounCue", "preposition") and lemma in carriers
        joined = joined or f"{lemma}_{below.lower_}" in ontology.words("entering", "verb")  # "should engage in talks"
        # "was never under an embargo"
        suffers = is_verbal(start) or below.lower_ in ontology.words("suffering", "preposition")
        return joined or below.dep_ == "acomp" or (suffers and lemma in ontology.words("existence", "verb"))
    if below.dep_ in ("nsubj", "nsubjpass") and lemma in ontology.words("topicVerb", "verb"):
        return True
    if lemma in ontology.words("existence", "verb"):
        return below.dep_ != "pobj"
    return lemma in ontology.words("light", "verb") or below.dep_ in ("attr", "oprd", "acomp")


def _is_reported_by(clause: Token, verb: Token, scope: Scope) -> bool:
    """Whether *verb* only reports *clause*: "may say that" leaves it as it is, "did not say that" leaves it open."""
    lemma = verb.lemma_.lower()
    if clause.dep_ != "ccomp" or lemma not in scope.ontology.words("report", "verb") or is_seen(clause):
        return False
    negated = any(c.dep_ == "neg" for c in verb.children)
    if negated and lemma not in scope.ontology.words("factive", "verb") and not _asks_how(clause):
        scope.meet("adverb", "perhaps", verb.text)
    return True


def _clause_above(head: Token, below: Token, scope: Scope) -> None:
    """The cues beside *head*, above what it governs or carries."""
    if head.lemma_ == "be" and below.dep_ == "attr":  # "the goal is the release of hostages"
        for subject in (c for c in head.children if c.dep_ == "nsubj"):
            scope.meet("noun", subject.lemma_.lower(), subject.text)
    copula = head.pos_ == "AUX" and below.dep_ in ("nsubj", "csubj", "ccomp", "xcomp", "advcl")
    if not copula:
        meet_beside(head, scope)
        return
    that = ("_that", "") if below.dep_ == "ccomp" else ("",)
    if any(scope.meet("adjective", phrase + end, word.text) for phrase, word in _predicates(head) for end in that):
        meet_beside(head, scope)  # "a visit is not possible"
    else:
        _share(scope, head)  # "the visit will not be long"


def _asks_how(clause: Token) -> bool:
    """Whether a clause asks, and so takes for granted, what it tells: "did not say why they left"."""
    return any(c.tag_ in ("WRB", "WP", "WDT") for c in clause.children)


def _predicates(copula: Token) -> Iterator[tuple[str, Token]]:
    """What is said of the subject: "possible", "under_consideration", "out_of_question"."""
    for child in copula.children:
        if child.dep_ in ("acomp", "attr", "oprd"):
            if not any(c.dep_ == "xcomp" and is_infinitive(c) for c in child.children):  # "the ban is unlikely to hurt"
                yield child.lemma_.lower(), child
        elif child.dep_ == "prep":
            for noun in (n for inner in (child, *child.children) for n in inner.children if n.dep_ == "pobj"):
                yield f"{preposition_name(child)}_{noun.lower_}", noun
