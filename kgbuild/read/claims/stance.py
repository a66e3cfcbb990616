"""How a claim is held: polarity, modality, certainty, from cues in language.ttl.

Decided once for all relations, by climbing from the predicate to the root of its sentence: what governs it
as a complement ("plans to", "denied that", "has not ruled out") has it in scope; a gerund beside the main verb
happens when that does, but is not negated with it; a relative clause, a finite adverbial clause and an
apposition are presupposed, so beyond them nothing is looked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kgbuild.model import Stance
from kgbuild.ontology import Ontology
from kgbuild.read.parse.clauses import SUBJECTS, is_infinitive, is_of_time, is_passive, is_verbal, preposition_name
from kgbuild.read.parse.quotes import in_quotes
from kgbuild.read.parse.tokens import Token

PRESUPPOSED = ("relcl", "appos", "parataxis")
NOMINAL = ("dobj", "nsubj", "nsubjpass", "pobj", "attr", "prep", "compound", "appos", "dative")
COMPLEMENT = ("xcomp", "ccomp", "acl", "pcomp", "oprd", "acomp", "advcl", *NOMINAL)
FINITE = ("VBD", "VBZ")
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
        _beside(one, scope)
    _climb(token, scope)
    return scope


@dataclass
class Scope:
    """What the cues met so far have done, from the predicate outwards."""

    ontology: Ontology
    unit: tuple[Token, ...]
    negations: int = 0
    modality: str = ""
    certainty: str = ""
    cues: list[str] = field(default_factory=list)
    reversible: dict[str, str] = field(default_factory=dict)
    """The last cue, if it leaves something of its own once negated: what is not denied is possible."""

    def meet(self, kind: str, word: str, text: str, *, reported: bool = False) -> bool:
        """Apply the cue *word* of *kind*, if it is one; *reported*: in a clause that someone said.

        Negations cancel in pairs. The innermost modality holds, but a plan gives way to whatever stands around it:
        "may plan to" is possible, "asked to agree to" requested.
        """
        name = self.ontology.cues.get(kind, {}).get(word)
        if name is None:
            return False
        effect = self.ontology.cue_effects[name]
        modality = effect.get("modality", "")
        if reported:
            modality = effect.get("whenReported", modality)
        if effect.get("polarity") == "Negated":
            self.modality = self.reversible.get("whenNegated", self.modality)
            self.negations += not self.reversible or "polarity" in self.reversible  # "no one doubts" negates doubt alone
            self.reversible = {}
            if kind in ("verb", "clause"):  # who denies a rumour is sure; a demand rejected asks for nothing
                self.certainty = ""
                self.modality = "Actual" if self.modality == "Requested" else self.modality
        if self.modality in ("", "Planned"):
            self.modality = modality or self.modality
        if "whenNegated" in effect:
            self.reversible = effect
        self.certainty = self.certainty or effect.get("certainty", "")
        self.cues.append(text)
        return True

    def share(self, verb: Token) -> None:
        """Be as planned, possible or probable as *verb* is, but not negated with it."""
        above = scope_of(verb, (verb,), self.ontology)
        self.modality = above.modality if self.modality in ("", "Planned") and above.modality else self.modality
        self.certainty = self.certainty or above.certainty
        self.cues += above.cues


# -- cues beside a word ---------------------------------------------------------------------------


def _beside(token: Token, scope: Scope) -> None:
    """The cues on the predicate itself: auxiliaries, "not", "planned", "no"."""
    negated = False
    for kind, word, child in _cues_beside(token, scope):
        if scope.ontology.cues.get(kind, {}).get(word) == "negation":
            if negated:  # "neither … nor", "no one … never": one negation
                continue
            negated = True
        scope.meet(kind, word, child.text, reported=_is_reported(token))
    if token.dep_ == "conj" and _continues(token):
        contrasts = scope.ontology.words("contrast", "conjunction")
        before = scope.negations, scope.reversible
        _beside(token.head, scope)
        if negated or any(c.dep_ == "cc" and c.lower_ in contrasts for c in token.head.children):
            scope.negations, scope.reversible = before  # "did not surrender but threatened"


def _cues_beside(token: Token, scope: Scope) -> Iterator[tuple[str, str, Token]]:
    inverted, additions = _opens_with_auxiliary(token), scope.ontology.words("addition", "adverb")
    if inverted is not None:
        yield "inversion", inverted.lower_, inverted
        if token.sent[-1].text == "?":
            yield "marker", "?", token.sent[-1]
    if token.dep_ == "ROOT" and is_infinitive(token):  # a headline: "Talks to be held in May"
        yield "infinitive", "be", token
    for child in token.children:
        lower, dep = child.lower_, child.dep_
        if dep in ("aux", "auxpass"):
            yield "auxiliary", lower, child
        elif (dep in ("nsubj", "nsubjpass") and child not in scope.unit) or (dep == "dobj" and not _holds(child, scope)):
            yield "subject", lower, child  # "none of them", "nobody", "attacked no village"
            yield from (("subject", w.lower_, w) for w in child.children if w.dep_ in ("preconj", "det", "cc", "neg"))
        elif dep in ("neg", "preconj") and child.i < token.i and f"{lower}_{child.nbor(1).lower_}" in additions:
            continue
        elif dep in ("neg", "preconj", "cc") or (dep == "advmod" and _qualifies(child, token)):
            yield "adverb", lower, child
            yield from (("adverb", f"{w.lower_}_{lower}", child) for w in child.children)  # "no longer"
        elif dep in ("amod", "det", "compound"):
            yield "modifier", lower, child
        if dep in ("mark", "advmod"):
            yield ("complementizer" if _is_object(token, scope.ontology) else "marker"), lower, child
        if not is_verbal(token):
            for clause in _clauses_on(child):
                yield from _said_of_noun(clause, scope)
        if dep == "prep" and is_verbal(token):
            yield from (("marker", f"{lower}_{c.lower_}", child) for c in child.children if c.dep_ == "pobj")  # "in case"
        if dep == "prep" and preposition_name(child) in scope.ontology.words("report", "preposition"):
            yield from _source_cues(child)
    if inverted is not None and token.dep_ == "conj":  # "did not ask, nor did it thank"
        yield from (("adverb", c.lower_, c) for c in token.head.children if c.dep_ == "cc" and token.head.i < c.i < token.i)
    if token.dep_ in ("compound", "nmod"):  # "former President X": the adjective may hang on the name
        yield from (("modifier", c.lower_, c) for c in token.head.children if c.dep_ == "amod" and c.i < token.i)


def _holds(child: Token, scope: Scope) -> bool:
    """Whether the predicate stands in this part of the sentence, whose own cues it has met on its way up."""
    return child in scope.unit or child.is_ancestor(scope.unit[0])


def _qualifies(adverb: Token, token: Token) -> bool:
    """Whether an adverb stands before the word that it qualifies, or behind "is": "no longer met", "is no longer"."""
    return (adverb.i < token.i and token.pos_ != "NUM") or (token.lemma_ == "be" and is_verbal(token))


def _clauses_on(child: Token) -> Iterator[Token]:
    """A clause on a noun, also where the parser hung it on the name before it: "talks with Iran scheduled for May"."""
    if child.dep_ in ("acl", "relcl"):
        yield child
    elif child.dep_ in ("prep", "pobj", "conj") and (child.pos_ == "ADP" or child.pos_ == "PROPN"):
        for inner in child.children:
            if inner.dep_ in ("pobj", "conj", "acl", "relcl"):
                yield from _clauses_on(inner)


def _said_of_noun(clause: Token, scope: Scope) -> Iterator[tuple[str, str, Token]]:
    """ "Talks scheduled for May", "a visit that was cancelled", "talks to be held"; not "sanctions meant to hurt"."""
    raised = any(c.dep_ == "xcomp" for c in clause.children)
    lemma, done_to_it = clause.lemma_.lower(), is_passive(clause) or (clause.dep_ == "acl" and clause.tag_ == "VBD")
    if is_infinitive(clause):
        intransitive = done_to_it or not any(c.dep_ == "dobj" for c in clause.children)
        if intransitive and lemma in scope.ontology.words("existence", "verb"):
            yield "infinitive", "be", clause
    elif done_to_it and (not raised or _raised_to(clause, scope) is not None):
        yield "verb", lemma, clause


def _source_cues(preposition: Token) -> Iterator[tuple[str, str, Token]]:
    """ "According to rumours", "according to unconfirmed reports": how good the source is."""
    for inner in (preposition, *preposition.children):
        for source in inner.children:
            if source.dep_ == "pobj":
                yield "source", source.lemma_.lower(), source
                yield from (("modifier", c.lower_, c) for c in source.children if c.dep_ == "amod")


def _is_object(clause: Token, ontology: Ontology) -> bool:
    """Whether "if" is "whether" here: "asked if they met", "it is unclear if they met"."""
    if clause.dep_ == "advcl":
        adjectives = ontology.cues["adjective"]
        return any(c.dep_ == "acomp" and c.lower_ in adjectives and c.i < clause.i for c in clause.head.children)
    return clause.dep_ == "ccomp"


def _is_reported(token: Token) -> bool:
    """Whether a "would" here is a "will" told in the past: "said it would", but not in direct speech."""
    while token.dep_ == "conj":
        token = token.head
    told = token.dep_ == "acl" and any(c.dep_ == "mark" for c in token.children)  # "the promise that it would"
    backshifted = token.dep_ == "ccomp" and token.head.tag_ in ("VBD", "VBN", "VBG")
    return (told or backshifted) and in_quotes(token) == in_quotes(token.head)


def _opens_with_auxiliary(verb: Token) -> Token | None:
    """The auxiliary that opens the clause of *verb*, before its subject: "Had Iran agreed, …", "Did they meet?"."""
    auxiliary = next((c for c in verb.children if c.dep_ == "aux"), None)
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if auxiliary is None or subject is None or auxiliary.i > subject.i:
        return None
    first = verb.left_edge
    while first.is_punct and first.i < auxiliary.i:
        first = first.nbor(1)
    return auxiliary if first == auxiliary else None


def _continues(token: Token) -> bool:
    """Whether a conjunct stands under the words beside the first: "will meet Iran and (will) visit Iraq"."""
    if is_verbal(token) != is_verbal(token.head) or not _same_form(token):
        return False
    own = ("aux", *SUBJECTS) if is_verbal(token) else ("det", "poss", "amod")
    return not any(c.dep_ in own for c in token.children)


def _same_form(conjunct: Token) -> bool:
    """Not so in "refused to talk and attacked": a finite verb is never joined to an infinitive."""
    return not (conjunct.tag_ in FINITE and conjunct.head.tag_ == "VB")


# -- cues above a word ----------------------------------------------------------------------------


def _climb(token: Token, scope: Scope) -> None:
    start, purpose = token, False
    while token.head != token:
        head, dep = token.head, token.dep_
        if dep == "conj":
            token = head if _same_form(token) else head.head
            continue
        if _is_simultaneous(token, scope.ontology) or _is_occasion(token, scope.ontology):
            if head.pos_ == "ADP":
                _governs(head, token, scope)  # "without signing"
            scope.share(head if is_verbal(head) else head.head)
            break
        infinitive = is_infinitive(token)
        if infinitive and dep in ("acl", "relcl") and head.dep_ == "ROOT":
            scope.meet("infinitive", "be", token.text)  # a headline: "Turkey to host the summit"
        if dep in ("nsubj", "nsubjpass") and (raised := _raised_to(head, scope)) is not None:
            token = raised
            _beside(token, scope)
            continue
        if _is_presupposed(token) or dep not in COMPLEMENT:
            break
        met = head in scope.unit or _governs(head, token, scope)
        purpose = purpose or (infinitive and dep in ("advcl", "acl") and not met)
        if head.pos_ == "ADP":
            token = head
            continue
        if not met and not is_verbal(token) and not _carries(head, token, start, scope):
            break
        if _is_told(token, head, met, scope):
            break
        if head not in scope.unit:
            _clause_above(head, token, met, scope)
        token = head
    if purpose:
        scope.meet("infinitive", "be", token.text)


def _raised_to(verb: Token, scope: Scope) -> Token | None:
    """The infinitive of which the subject of *verb* is the event: "support had to be found"."""
    words = scope.ontology.words
    for child in verb.children:
        if child.dep_ == "xcomp" and is_infinitive(child) and child not in scope.unit:
            lemma = child.lemma_.lower()
            complement = any(c.dep_ in ("dobj", "acomp", "attr") for c in child.children)
            comes_about = lemma in words("existence", "verb") and not complement
            return child if comes_about or lemma in words("light", "verb") | words("topicVerb", "verb") else None
    return None


def _is_simultaneous(token: Token, ontology: Ontology) -> bool:
    """A gerund that goes with the main verb: "will respond by closing …", "closing the border would …"."""
    if token.tag_ != "VBG" or not is_verbal(token) or any(c.dep_ in ("aux", "auxpass") for c in token.children):
        return False
    if token.dep_ == "acl":  # "will sign a pact lifting the ban", but "the pact lifting the ban"
        definite = any(c.dep_ in ("det", "poss") and c.morph.get("Definite", []) != ["Ind"] for c in token.head.children)
        return token.head.dep_ == "dobj" and not definite
    if token.dep_ == "pcomp":
        return token.head.lower_ in ontology.words("simultaneous", "preposition") and is_verbal(token.head.head)
    return token.dep_ in ("advcl", "csubj", "csubjpass") and is_verbal(token.head)


def _is_occasion(token: Token, ontology: Ontology) -> bool:
    """A noun that says when or where the main verb happens: "will sign it at the summit"."""
    if token.dep_ != "pobj" or not is_verbal(token.head.head):
        return False
    return token.head.lower_ in ontology.words("occasion", "preposition")


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
    if below.pos_ in ("ADP", "ADV", "ADJ"):
        # "a series of talks" may still be denied; "suspended due to a rift" suspends no rift
        joined = below.lower_ in ontology.words("nounCue", "preposition") and lemma in ontology.words("quantity", "noun")
        # "was never under an embargo"
        suffers = is_verbal(start) or below.lower_ in ontology.words("suffering", "preposition")
        return joined or below.dep_ == "acomp" or (suffers and lemma in ontology.words("existence", "verb"))
    if below.dep_ in ("nsubj", "nsubjpass") and lemma in ontology.words("topicVerb", "verb"):
        return True
    if lemma in ontology.words("existence", "verb"):
        return below.dep_ != "pobj"
    return lemma in ontology.words("light", "verb") or below.dep_ in ("attr", "oprd", "acomp")


def _is_told(clause: Token, verb: Token, met: bool, scope: Scope) -> bool:
    """Whether *clause* is what *verb* tells; "may say that" leaves it as it is, "did not say that" leaves it open."""
    lemma = verb.lemma_.lower()
    if met or clause.dep_ != "ccomp" or lemma not in scope.ontology.words("report", "verb"):
        return False
    negated = any(c.dep_ == "neg" for c in verb.children)
    if negated and lemma not in scope.ontology.words("factive", "verb") and not _asks_how(clause):
        scope.meet("adverb", "perhaps", verb.text)
    return True


def _clause_above(head: Token, below: Token, met: bool, scope: Scope) -> None:
    """The cues beside *head*, above what it governs or carries."""
    copula = head.pos_ == "AUX" and below.dep_ in ("nsubj", "csubj", "ccomp", "xcomp", "advcl")
    if not copula:
        _beside(head, scope)
        return
    if any(scope.meet("adjective", phrase, word.text) for phrase, word in _predicates(head)):
        _beside(head, scope)  # "a visit is not possible"
    else:
        scope.share(head)  # "the visit will not be long"


def _asks_how(clause: Token) -> bool:
    """ "did not say why they left": that they left is taken for granted."""
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


def _governs(head: Token, below: Token, scope: Scope) -> bool:
    """Apply *head* as a cue that governs *below*; True if it is one."""
    ontology, lemma = scope.ontology, head.lemma_.lower()
    joins = ontology.words("nounCue", "preposition")
    if head.pos_ == "ADP":
        return scope.meet("preposition", preposition_name(head), head.text) or (
            head.i > 0 and scope.meet("preposition", f"{head.nbor(-1).lower_}_{head.lower_}", head.text)
        )
    if is_verbal(head):
        answered = below is scope.unit[0] and below.lemma_.lower() in ontology.words("answered", "noun")
        if answered and lemma in ontology.words("answered", "verb"):
            return False
        if lemma in ontology.words("announced", "verb") and below.lemma_.lower() in ontology.words("announced", "noun"):
            return False
        return any(scope.meet(kind, word, head.text) for kind, word in _governing(head, below, ontology))
    if head.pos_ in ("ADJ", "ADV"):
        words = [f"{lemma}_{below.lower_}", lemma] if below.dep_ == "prep" else [lemma]
        return any(scope.meet("adjective", word, head.text) for word in words)
    # "plans for talks", "the cancellation of talks"; but "the agreement at the meeting" plans no meeting
    bound = below.dep_ in ("acl", "ccomp", "relcl") or (below.dep_ == "prep" and below.lower_ in joins)
    return bound and any(scope.meet("noun", word, head.text) for word in (f"{lemma}_{below.lower_}", lemma))


def _governing(verb: Token, below: Token, ontology: Ontology) -> Iterator[tuple[str, str]]:
    """The kinds and forms in which *verb* may be listed as a cue for what stands below it."""
    lemma, dep = verb.lemma_.lower(), below.dep_
    if dep in ("nsubj", "csubj", "csubjpass") or _is_addressed(verb, below, ontology):
        return
    objects = [c.lemma_.lower() for c in verb.children if c.dep_ == "dobj"] if dep == "advcl" else []
    if objects and not any(noun in ontology.cues["noun"] for noun in objects):
        return  # "boycotted the talks to protest" is a purpose, "resisted calls to withdraw" is none
    if dep == "nsubjpass" and any(c.dep_ == "xcomp" and any(a.lower_ == "have" for a in c.children) for c in verb.children):
        return  # "the visit is considered to have been a success"
    if is_verbal(below) and dep in ("xcomp", "ccomp") and is_passive(verb):
        yield "passive", lemma
    own_subject = any(c.dep_ in SUBJECTS for c in below.children)
    if dep == "ccomp" and own_subject and not is_infinitive(below):
        yield "clause", lemma
        if _is_subjunctive(below):
            yield "verb", lemma  # "demanded that Chile sign"
        return
    if is_infinitive(below):
        if own_subject or any(c.dep_ == "dobj" and c.i < below.i for c in verb.children):
            yield "other", lemma
        if not any(c.dep_ in ("acomp", "attr") for c in verb.children):
            yield from (("infinitive", f"{lemma}_{c.lower_}") for c in verb.children if c.dep_ == "advmod")
            yield "infinitive", lemma
    if below.tag_ == "VBG" and is_verbal(below):
        yield "gerund", lemma
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), None)
    if below.pos_ not in ("ADP", "ADV"):
        joined = [f"{lemma}_{c.lower_}" for c in verb.children if c.dep_ == "prep" and not is_of_time(c)]
        yield from (("verb", word) for word in ([f"{lemma}_{particle}"] if particle else [*joined, lemma]))
        return
    yield "verb", f"{lemma}_{below.lower_}"  # "agreed on talks", but not "suspended due to tensions"
    gerund = any(c.dep_ == "pcomp" and is_verbal(c) for c in below.children)
    if gerund:
        yield "gerund", f"{lemma}_{below.lower_}"
    if below.lower_ in ontology.words("gerundCue" if gerund else "nounCue", "preposition"):
        yield "verb", lemma


def _is_addressed(verb: Token, below: Token, ontology: Ontology) -> bool:
    """Whether *below* is who hears it: "told the meeting that …", "urged the conference to agree"."""
    if below.dep_ not in ("dobj", "dative", "nsubjpass") or is_verbal(below):
        return False
    lemma = verb.lemma_.lower()
    hears = lemma in ontology.words("request", "verb") and any(c.dep_ in ("ccomp", "xcomp") for c in verb.children)
    return hears or lemma in ontology.words("addressed", "verb")


def _is_subjunctive(clause: Token) -> bool:
    """Whether a clause has the bare verb: "that Chile sign"."""
    return clause.tag_ == "VB" and not any(c.dep_ == "aux" for c in clause.children)
