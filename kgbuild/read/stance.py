"""How a claim is held: polarity, modality, certainty, and who says so, from cues in language.ttl.

Decided once for all relations, by climbing from the predicate to the root of its sentence: what governs it
as a complement ("plans to", "denied that", "has not ruled out") has it in scope; a relative clause or an
apposition is presupposed, so beyond it only the speaker is looked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from spacy.tokens import Token

from kgbuild.model import Mention, Stance
from kgbuild.ontology import Ontology
from kgbuild.read.clauses import Clauses, is_verbal, preposition_name

COMPLEMENT = (
    "xcomp",
    "ccomp",
    "acl",
    "pcomp",
    "dobj",
    "nsubjpass",
    "oprd",
    "pobj",
    "attr",
    "nsubj",
    "acomp",
    "prep",
    "compound",
)
UNHEDGED = {"Actual": "Certain", "Planned": "Certain", "Possible": "Possible"}
"""How sure a claim is that no word hedges, by its modality (as in FactBank: a plain assertion is certain)."""
PRESUPPOSED = ("relcl", "appos", "parataxis")


@dataclass
class Scope:
    """What the cues met so far have done; the innermost modality wins, negations cancel in pairs."""

    ontology: Ontology
    negations: int = 0
    modality: str = ""
    certainty: str = ""
    cues: list[str] = field(default_factory=list)

    def meet(self, kind: str, word: str, text: str, *, reported: bool = False) -> bool:
        """Apply the cue *word* of *kind*, if it is one; *reported*: in a clause that someone said."""
        name = self.ontology.cues.get(kind, {}).get(word)
        if name is None:
            return False
        effect = self.ontology.cue_effects[name]
        self.negations += effect.get("polarity") == "Negated"
        modality = effect.get("modality", "")
        if reported:
            modality = effect.get("whenReported", modality)
        if not self.modality or (modality == "Possible" and self.modality == "Planned"):
            self.modality = modality or self.modality  # "may plan to": a plan that is only possible
        self.certainty = self.certainty or effect.get("certainty", "")
        self.cues.append(text)
        return True


def decide(
    token: Token,
    unit: tuple[Token, ...],
    clauses: Clauses,
    ontology: Ontology,
    mention_of: Callable[[Token], Mention | None],
) -> Stance:
    """The stance of the claim whose predicate is *token* (with the other words of its *unit*)."""
    scope = scope_of(token, unit, ontology)
    modality = scope.modality or "Actual"
    speaker, cue = find_speaker(token, clauses, ontology, mention_of)
    return Stance(
        polarity="Negated" if scope.negations % 2 else "Affirmed",
        modality=modality,
        certainty=scope.certainty or UNHEDGED.get(modality, "Unspecified"),
        speaker=speaker,
        cue=cue,
        quoted=in_quotes(token),
    )


def scope_of(token: Token, unit: tuple[Token, ...], ontology: Ontology) -> Scope:
    """The cues that have the predicate *token* in their scope, and what they do together."""
    scope = Scope(ontology)
    for one in unit:
        _beside(one, unit, scope)
    _climb(token, unit, scope, ontology)
    return scope


def _beside(token: Token, unit: tuple[Token, ...], scope: Scope) -> None:
    """The cues on the predicate itself: auxiliaries, "not", "planned", "no"."""
    said = token.dep_ == "ccomp" and token.head.tag_ in ("VBD", "VBN")  # "said it would": will, in the past
    for child in token.children:
        lower = child.lower_
        if child.dep_ in ("aux", "auxpass"):
            scope.meet("auxiliary", lower, child.text, reported=said)
        elif child.dep_ in ("nsubj", "nsubjpass") and child not in unit:
            for word in child.children:  # "neither A nor B", "no country"
                if word.dep_ in ("preconj", "det", "cc"):
                    scope.meet("subject", word.lower_, word.text)
        elif child.dep_ == "neg" or child.dep_ in ("advmod", "preconj", "cc"):
            scope.meet("adverb", lower, child.text)
        elif child.dep_ in ("amod", "det", "compound"):
            scope.meet("modifier", lower, child.text)
        elif child.dep_ == "mark":
            scope.meet("marker", lower, child.text)
    if token.dep_ in ("compound", "nmod"):  # "former President X": the adjective may hang on the name
        for child in token.head.children:
            if child.dep_ == "amod" and child.i < token.i:
                scope.meet("modifier", child.lower_, child.text)
    if is_verbal(token):
        own_clause = any(c.dep_ in ("aux", "nsubj", "nsubjpass") for c in token.children)
        if token.dep_ == "conj" and not own_clause and is_verbal(token.head):
            contrasts = scope.ontology.words("contrast", "conjunction")
            before = scope.negations
            _beside(token.head, unit, scope)
            if any(c.dep_ == "cc" and c.lower_ in contrasts for c in token.head.children):
                scope.negations = before  # "did not surrender but threatened"


def _climb(token: Token, unit: tuple[Token, ...], scope: Scope, ontology: Ontology) -> None:
    light = ontology.words("light", "verb")
    purpose, start = False, token
    while token.head != token:
        head, dep = token.head, token.dep_
        infinitive = any(c.dep_ == "aux" and c.tag_ == "TO" for c in token.children)
        if infinitive and dep == "xcomp" and head.lemma_ == "be" and not any(c.dep_ == "acomp" for c in head.children):
            scope.modality = scope.modality or "Planned"  # "is to recognise"
        purpose = purpose or (infinitive and dep in ("advcl", "acl"))
        if infinitive and dep in ("acl", "relcl") and head.dep_ == "ROOT":
            scope.modality = scope.modality or "Planned"  # a headline: "Turkey to host the summit"
        that_clause = any(c.dep_ == "mark" for c in token.children)
        if (
            dep in PRESUPPOSED
            or (dep == "acl" and not infinitive and not that_clause)
            or (dep == "advcl" and not infinitive)
        ):
            break
        if dep == "conj":
            token = head
            continue
        if dep not in COMPLEMENT and dep != "advcl":
            break
        for child in head.children if dep in ("ccomp", "advcl") else ():  # "it is possible that"
            if child.dep_ == "acomp":
                scope.meet("adjective", child.lemma_.lower(), child.text)
        met = head in unit
        if not met:
            met = _governor(head, token, scope, ontology)
        if head.pos_ == "ADP":
            token = head
            continue
        nominal = not is_verbal(token)
        if nominal and dep in ("pobj", "nsubj", "nsubjpass", "dobj") and not met and head.lemma_.lower() not in light:
            break
        if nominal and dep in ("poss", "compound"):
            break
        joined = token.lower_ in ontology.words("nounCue", "preposition")  # "reports of a meeting" may still be denied
        adjunct = dep == "prep" and not met and not joined and head.lemma_.lower() not in light
        if adjunct and not is_verbal(start):  # "suspended for a period due to a rift": the rift is not suspended
            break
        if head not in unit and (met or not nominal or head.lemma_.lower() in light):
            is_report = dep == "ccomp" and head.lemma_.lower() in ontology.words("report", "verb")
            if not is_report or met:
                _beside(head, unit, scope)
            elif any(c.dep_ == "neg" for c in head.children):
                scope.modality = scope.modality or "Possible"
        token = head
    if purpose and not scope.modality:
        scope.modality = "Planned"


def _governor(head: Token, below: Token, scope: Scope, ontology: Ontology) -> bool:
    """Apply *head* as a cue that governs *below*; True if it is one."""
    dep = below.dep_
    if head.pos_ == "ADP":
        return scope.meet("preposition", preposition_name(head), head.text) or (
            head.i > 0 and scope.meet("preposition", f"{head.nbor(-1).lower_}_{head.lower_}", head.text)
        )
    lemma = head.lemma_.lower()
    particle = next((c.lower_ for c in head.children if c.dep_ == "prt"), None)
    if is_verbal(head):
        if (
            dep == "ccomp"
            and lemma in ontology.words("report", "verb")
            and ontology.cues.get("verb", {}).get(lemma) not in ("denial",)
        ):
            # "said it will": only what governs by itself, not every verb of saying, changes the claim
            return False
        if dep == "nsubj":
            return False
        joined = [f"{lemma}_{c.lower_}" for c in head.children if c.dep_ == "prep"]
        words = [f"{lemma}_{particle}"] if particle else [*joined, lemma]
        if below.pos_ == "ADP":  # "agreed on talks", but not "suspended due to tensions"
            governs = below.lower_ in ontology.words("nounCue", "preposition")
            words = [f"{lemma}_{below.lower_}", *([lemma] if governs else [])]
        return any(scope.meet("verb", word, head.text) for word in words)
    if head.pos_ == "ADJ":
        return scope.meet("adjective", lemma, head.text)
    # "plans for talks", "the cancellation of talks"; but "the agreement at the meeting" plans no meeting
    bound = dep in ("acl", "ccomp") or (dep == "prep" and below.lower_ in ontology.words("nounCue", "preposition"))
    return bound and scope.meet("noun", lemma, head.text)


def find_speaker(
    token: Token, clauses: Clauses, ontology: Ontology, mention_of: Callable[[Token], Mention | None]
) -> tuple[Mention | None, str | None]:
    """Who says it, and the word that tells: the nearest verb of saying above, or "according to"."""
    reports = ontology.words("report", "verb")
    sources = ontology.words("report", "preposition")
    below = token
    for ancestor in [token, *token.ancestors]:
        if is_verbal(ancestor):
            for name in sources:
                for filler in clauses.arguments(ancestor).get(name, ()):
                    if (mention := mention_of(filler)) is not None:
                        return mention, name.replace("_", " ")
        beside = [c for c in ancestor.children if c.dep_ == "parataxis"]  # "Laos, he added, has signed"
        above = [ancestor] if ancestor != token and _reports(ancestor, below, ontology) else []
        for verb in [*above, *beside]:
            subject = next(iter(clauses.arguments(verb).get("subj", ())), None)
            says = verb.lemma_.lower() in reports | ontology.words("allegation", "verb")
            if not is_verbal(verb) or not says or subject is None:
                continue
            # In "we hope …" who "we" is stands above; a thing of no class ("practice shows") says nothing.
            mention = mention_of(subject) if subject.morph.get("Person", []) != ["1"] else None
            if mention is not None and (mention.cls != "Thing" or subject.pos_ == "PRON"):
                return mention, verb.text
        below = ancestor
    return None, None


def _reports(verb: Token, below: Token, ontology: Ontology) -> bool:
    """Whether *below* is what *verb* says: its clause, or for a denial also its object and infinitive."""
    if below.dep_ in ("ccomp", "parataxis"):
        return True
    if below.dep_ == "prep" and verb.lemma_.lower() in ontology.words("allegation", "verb"):
        return any(c.dep_ == "pcomp" for c in below.children)
    denies = ontology.cues.get("verb", {}).get(verb.lemma_.lower()) == "denial"
    return denies and below.dep_ in ("xcomp", "dobj")


def in_quotes(token: Token) -> bool:
    """Whether *token* stands in direct speech: an odd number of quotation marks before it in the paragraph."""
    return sum(t.text.count('"') for t in token.doc[: token.i]) % 2 == 1
