"""The words beside and above a predicate that are cues, as language.ttl lists them: by kind, and in which form.

Beside it stand auxiliaries, "not", "no", "planned" and the like; above it verbs, nouns, adjectives and prepositions that
govern it: "plans to", "the denial of", "possible that", "without".
"""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.ontology import Ontology
from kgbuild.read.claims.scope import Scope
from kgbuild.read.parse.clauses import (
    SUBJECTS,
    coordinated,
    is_infinitive,
    is_of_time,
    is_passive,
    is_verbal,
    preposition_name,
)
from kgbuild.read.parse.quotes import in_quotes
from kgbuild.read.parse.tokens import Token

Cue = tuple[str, str, Token]
"""A kind of cue, the form in which it may be listed, and the word to show for it."""
PAST_OR_THIRD_PERSON = ("VBD", "VBZ")
"""Forms of a verb that are never joined to an infinitive."""

# -- beside a predicate ---------------------------------------------------------------------------


def meet_beside(token: Token, scope: Scope) -> None:
    """Apply the cues beside *token*, and beside what it is joined to where those are said of it as well."""
    negated = False
    for kind, word, shown in _beside(token, scope):
        if scope.ontology.cues.get(kind, {}).get(word) == "negation":
            if negated:  # "neither … nor", "no one … never": one negation
                continue
            negated = True
        scope.meet(kind, word, shown.text, reported=_is_reported(token))
    if token.dep_ == "conj" and _continues(token):
        contrasts = scope.ontology.words("contrast", "conjunction")
        before = scope.negations, scope.reversible
        meet_beside(token.head, scope)
        if negated or any(c.dep_ == "cc" and c.lower_ in contrasts for c in token.head.children):
            scope.negations, scope.reversible = before  # "did not surrender but threatened"


def _beside(token: Token, scope: Scope) -> Iterator[Cue]:
    """What may be a cue beside *token*, in the order in which it counts."""
    inverted = _opens_with_auxiliary(token)
    if inverted is not None:
        yield "inversion", inverted.lower_, inverted
    if token.dep_ == "ROOT" and is_infinitive(token):  # a headline: "Talks to be held in May"
        yield "infinitive", "be", token
    for child in token.children:
        yield from _word_cues(child, token, scope)
        yield from _phrase_cues(child, token, scope)
    if inverted is not None and token.dep_ == "conj":  # "did not ask, nor did it thank"
        yield from (("adverb", c.lower_, c) for c in token.head.children if c.dep_ == "cc" and token.head.i < c.i < token.i)
    if token.dep_ in ("compound", "nmod"):  # "former President X": the adjective may hang on the name
        yield from (("modifier", c.lower_, c) for c in token.head.children if c.dep_ == "amod" and c.i < token.i)


def _word_cues(child: Token, token: Token, scope: Scope) -> Iterator[Cue]:
    """*child* itself as a cue beside *token*: auxiliary, subject or object, adverb, modifier."""
    lower, dep = child.lower_, child.dep_
    if dep in ("aux", "auxpass"):
        yield "auxiliary", lower, child
    elif (dep in ("nsubj", "nsubjpass") and child not in scope.unit) or (dep == "dobj" and not _has_predicate(child, scope)):
        yield "subject", lower, child  # "none of them", "nobody", "attacked no village"
        yield from (("subject", w.lower_, w) for w in child.children if w.dep_ in ("preconj", "det", "cc", "neg"))
    elif _is_addition(child, token, scope.ontology):
        return
    elif dep in ("neg", "preconj", "cc") or (dep == "advmod" and _qualifies(child, token)):
        yield "adverb", lower, child
        yield from (("adverb", f"{w.lower_}_{lower}", child) for w in child.children)  # "no longer"
    elif dep in ("amod", "det", "compound") and not _is_one_before(child, token, scope.ontology):
        yield "modifier", lower, child


def _phrase_cues(child: Token, token: Token, scope: Scope) -> Iterator[Cue]:
    """What *child* opens beside *token*: a clause, a phrase, a source."""
    lower, dep = child.lower_, child.dep_
    if dep in ("mark", "advmod"):
        yield ("complementizer" if _is_indirect_question(token, scope.ontology) else "marker"), lower, child
    if not is_verbal(token):
        for clause in _clauses_on(child):
            if clause not in scope.unit:
                yield from (cue for cue in _said_of_noun(clause, scope) if not _is_overtaken(cue, token, scope.ontology))
    if dep == "prep":  # "in case", "an agreement in principle"
        form = "marker" if is_verbal(token) else "modifier"
        yield from ((form, f"{lower}_{c.lower_}", child) for c in child.children if c.dep_ == "pobj")
    if dep == "prep" and preposition_name(child) in scope.ontology.words("report", "preposition"):
        yield from _source_cues(child)


def _is_one_before(modifier: Token, noun: Token, ontology: Ontology) -> bool:
    """Whether "previous" or "late" says when it was that something happened: a "previous president" is none now."""
    former = modifier.lower_ in ontology.words("former", "modifier")
    return former and noun.lemma_.lower() in ontology.words("repeated", "noun") | ontology.words("appointed", "noun")


def _has_predicate(child: Token, scope: Scope) -> bool:
    """Whether the predicate stands in this part of the sentence, whose own cues it has met on its way up."""
    return child in scope.unit or child.is_ancestor(scope.unit[0])


def _is_addition(child: Token, token: Token, ontology: Ontology) -> bool:
    """Whether a "not" negates nothing but begins a pair: "not only", "not just"."""
    if child.dep_ == "neg" and child.i > token.i + 1 and child.nbor(-1).text == ",":
        return True  # "praised it, not just for its size"
    if child.dep_ not in ("neg", "preconj") or child.i >= token.i:
        return False
    return f"{child.lower_}_{child.nbor(1).lower_}" in ontology.words("addition", "adverb")


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


def _is_overtaken(cue: Cue, noun: Token, ontology: Ontology) -> bool:
    """Whether what a noun is the subject of says that it comes about after all: "talks delayed twice are set for May"."""
    kind, word, _ = cue
    polarity = ontology.cue_effects.get(ontology.cues.get(kind, {}).get(word, ""), {}).get("polarity")
    lemma = noun.head.lemma_.lower()
    comes = lemma in ontology.words("existence", "verb") or ontology.cues["verb"].get(lemma) == "plan"
    return polarity == "Negated" and noun.dep_ in SUBJECTS and comes


def _said_of_noun(clause: Token, scope: Scope) -> Iterator[Cue]:
    """A clause that says what becomes of a noun's event: "talks scheduled for May", "a visit that was cancelled".

    So does "talks to be held", but not "sanctions meant to hurt".
    """
    raised = any(c.dep_ == "xcomp" for c in clause.children)
    lemma, done_to_it = clause.lemma_.lower(), is_passive(clause) or (clause.dep_ == "acl" and clause.tag_ == "VBD")
    if is_infinitive(clause):
        intransitive = done_to_it or not any(c.dep_ == "dobj" for c in clause.children)
        if intransitive and lemma in scope.ontology.words("existence", "verb"):
            yield "infinitive", "be", clause
    elif done_to_it and (not raised or raised_to(clause, scope) is not None):
        yield "verb", lemma, clause


def _source_cues(preposition: Token) -> Iterator[Cue]:
    """How good a source is: "according to rumours", "according to unconfirmed reports"."""
    for inner in (preposition, *preposition.children):
        for source in inner.children:
            if source.dep_ == "pobj":
                yield "source", source.lemma_.lower(), source
                yield from (("modifier", c.lower_, c) for c in source.children if c.dep_ == "amod")


def _is_indirect_question(clause: Token, ontology: Ontology) -> bool:
    """Whether "if" is "whether" here: "asked if they met", "it is unclear if they met"."""
    if clause.dep_ == "advcl":
        adjectives = ontology.cues["adjective"]
        return any(c.dep_ == "acomp" and c.lower_ in adjectives and c.i < clause.i for c in clause.head.children)
    return clause.dep_ == "ccomp"


def _is_reported(token: Token) -> bool:
    """Whether a "would" here is a "will" told in the past: "said it would", but not in direct speech."""
    while token.dep_ == "conj":
        token = token.head
    on_noun = token.dep_ == "acl" and any(c.dep_ == "mark" for c in token.children)  # "the promise that it would"
    backshifted = token.dep_ == "ccomp" and token.head.tag_ in ("VBD", "VBN", "VBG")
    return (on_noun or backshifted) and in_quotes(token) == in_quotes(token.head)


def _opens_with_auxiliary(verb: Token) -> Token | None:
    """The auxiliary that opens the clause of *verb*, before its subject: "Had Iran agreed, …", "Did they meet?"."""
    auxiliary = next((c for c in verb.children if c.dep_ in ("aux", "auxpass")), None)
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if auxiliary is None or subject is None or auxiliary.i > subject.i:
        return None
    first = verb.left_edge
    while first.is_punct and first.i < auxiliary.i:
        first = first.nbor(1)
    return auxiliary if first == auxiliary else None


def question_mark(root: Token) -> Token | None:
    """The mark of a sentence that asks whether it is so: its auxiliary stands before all but adverbs and conjunctions."""
    doc, end = root.doc, root.sent.end - 1
    while end > root.sent.start and (doc[end].is_quote or doc[end].is_space):
        end -= 1
    last = doc[end]
    if last.text != "?":
        return None
    first = next((t for t in root.sent if not t.is_punct and t.pos_ not in ("ADV", "CCONJ", "INTJ", "SPACE")), root)
    return last if first.pos_ == "AUX" or first.tag_ == "MD" else None


def _continues(token: Token) -> bool:
    """Whether a conjunct stands under the words beside the first: "will meet Iran and (will) visit Iraq"."""
    if is_verbal(token) != is_verbal(token.head) or not is_of_same_form(token):
        return False
    own = ("aux", *SUBJECTS) if is_verbal(token) else ("det", "poss", "amod")
    return not any(c.dep_ in own for c in token.children)


def is_of_same_form(conjunct: Token) -> bool:
    """Whether a word may be joined to its head; not so in "refused to talk and attacked", whatever the parser says."""
    inflected = conjunct.tag_ in PAST_OR_THIRD_PERSON and conjunct.lower_ != conjunct.lemma_.lower()  # "put" may be either
    return not (inflected and conjunct.head.tag_ == "VB")


def raised_to(verb: Token, scope: Scope) -> Token | None:
    """The infinitive of which the subject of *verb* is the event: "support had to be found"."""
    words = scope.ontology.words
    for child in verb.children:
        if child.dep_ == "xcomp" and is_infinitive(child) and child not in scope.unit:
            lemma = child.lemma_.lower()
            complement = any(c.dep_ in ("dobj", "acomp", "attr") for c in child.children)
            comes_about = lemma in words("existence", "verb") and not complement
            return child if comes_about or lemma in words("light", "verb") | words("topicVerb", "verb") else None
    return None


# -- above a predicate ----------------------------------------------------------------------------


def meet_above(head: Token, below: Token, scope: Scope) -> bool:
    """Apply *head* as a cue that governs *below*; True if it is one."""
    if _meet_governor(head, below, scope):
        return True
    form = _over_something_indefinite(head, below, scope.unit[0], scope.ontology)
    return scope.meet("indefinite", form, head.text)


def is_only_spoken_of(noun: Token, ontology: Ontology) -> bool:
    """Whether an event that nothing makes a known one is only backed, opposed or discussed: "opposes sanctions"."""
    below, forms = noun, ontology.cues.get("indefinite", {})
    for head in [above for above, _ in zip(noun.ancestors, range(4), strict=False)]:
        if head.pos_ != "ADP" and _over_something_indefinite(head, below, noun, ontology) in forms:
            return True
        below = head
    return False


def _over_something_indefinite(head: Token, below: Token, noun: Token, ontology: Ontology) -> str:
    """The form in which *head* may leave open the event of *noun*: "supports a strike", "opposition to new sanctions".

    So may what is said of its beginning: "support for the opening of talks". Empty where it says nothing of the kind.
    """
    if is_verbal(noun) or not is_indefinite(noun):
        return ""
    first = noun
    if noun.head.lower_ == "of" and noun.head.head.lemma_.lower() in ontology.words("onset", "noun"):
        first = noun.head.head
    if below is first and below.dep_ in ("dobj", "nsubjpass") and is_verbal(head) and first is noun:
        return head.lemma_.lower()
    phrase = below.dep_ == "prep" and first.head is below and below is not noun.head.head
    return f"{head.lemma_.lower()}_{below.lower_}" if phrase else ""


def is_indefinite(noun: Token) -> bool:
    """Whether nothing before a noun or behind it says which one is meant: "new sanctions", not "the" or "U.S. sanctions"."""
    a_new_one = any(c.dep_ == "det" and c.morph.get("Definite", []) == ["Ind"] for c in noun.children)  # "a Russian attack"
    for child in noun.children:
        article = child.dep_ == "det" and child.morph.get("Definite", []) != ["Ind"]
        named = not a_new_one and child.dep_ in ("compound", "amod", "nmod") and (child.ent_type_ or child.pos_ == "PROPN")
        if article or named or child.dep_ in ("poss", "relcl", "acl") or (child.dep_ == "prep" and child.lower_ == "by"):
            return False
    return True


def _meet_governor(head: Token, below: Token, scope: Scope) -> bool:
    """Apply *head* as a cue of a kind that governs any word, *below* among them; True if it is one."""
    ontology, lemma = scope.ontology, head.lemma_.lower()
    if head.pos_ == "ADP" and is_infinitive(below):
        return scope.meet("adjective", lemma, head.text)  # "is about to sign"
    if head.pos_ == "ADP":
        return scope.meet("preposition", preposition_name(head), head.text) or (
            head.i > 0 and scope.meet("preposition", f"{head.nbor(-1).lower_}_{head.lower_}", head.text)
        )
    if is_verbal(head):
        governing = () if _has_happened(head, below, scope) else _governing(head, below, ontology)
        return any(scope.meet(kind, word, head.text) for kind, word in governing)
    if head.pos_ in ("ADJ", "ADV"):
        words = [f"{lemma}_{below.lower_}", lemma] if below.dep_ == "prep" else [lemma]
        if below.dep_ == "ccomp" and _has_own_subject(below) and not is_infinitive(below):
            words = [f"{lemma}_that", lemma]
        if head.dep_ == "advmod" and scope.meet("verb", f"{head.head.lemma_.lower()}_{words[0]}", head.head.text):
            return True  # "held back from attacking"
        return any(scope.meet("adjective", word, head.text) for word in words)
    # "plans for talks", "the cancellation of talks"; but "the agreement at the meeting" plans no meeting
    gerund = below.dep_ == "prep" and any(c.dep_ == "pcomp" and is_verbal(c) for c in below.children)
    joined = below.dep_ == "prep" and below.lower_ in ontology.words("gerundCue" if gerund else "nounCue", "preposition")
    bound = below.dep_ in ("acl", "ccomp", "relcl") or joined
    forms = [f"{lemma}_{below.lower_}_doing"] if gerund else []  # "the importance of lifting sanctions"
    return bound and any(scope.meet("noun", word, head.text) for word in (*forms, f"{lemma}_{below.lower_}", lemma))


def _has_happened(verb: Token, noun: Token, scope: Scope) -> bool:
    """Whether what a noun tells has happened when *verb* is said of it: "rejected a demand", "announced the arrest"."""

    def listed(what: str) -> bool:
        words = scope.ontology.words
        return verb.lemma_.lower() in words(what, "verb") and noun.lemma_.lower() in words(what, "noun")

    if is_verbal(noun):
        return False
    braved = noun.lemma_.lower() in scope.ontology.words("braved", "noun")
    return ((braved or noun is scope.unit[0]) and listed("answered")) or listed("announced")


def _governing(verb: Token, below: Token, ontology: Ontology) -> Iterator[tuple[str, str]]:
    """The kinds and forms in which *verb* may be listed as a cue for what stands below it."""
    if _leaves_alone(verb, below, ontology):
        return
    if is_verbal(below) and below.dep_ in ("xcomp", "ccomp") and is_passive(verb):
        yield "passive", verb.lemma_.lower()
    if below.dep_ == "ccomp" and _has_own_subject(below) and not is_infinitive(below):
        yield "clause", verb.lemma_.lower()
        if _has_bare_verb(below):
            yield "verb", verb.lemma_.lower()  # "demanded that Chile sign"
        return
    if is_infinitive(below):
        yield from _with_infinitive(verb, below)
    if below.tag_ == "VBG" and is_verbal(below):
        yield "gerund", verb.lemma_.lower()
    yield from _with_preposition(verb, below, ontology) if below.pos_ in ("ADP", "ADV") else _with_object(verb)


def _leaves_alone(verb: Token, below: Token, ontology: Ontology) -> bool:
    """Whether what *verb* says does not reach *below*: a subject, somebody who is told, a purpose, or what is over."""
    dep = below.dep_
    if dep in ("nsubj", "csubj", "csubjpass") or _is_addressed(verb, below, ontology):
        return True
    objects = [c.lemma_.lower() for c in verb.children if c.dep_ == "dobj"] if dep == "advcl" else []
    if objects and not any(noun in ontology.cues["noun"] for noun in objects):
        return True  # "boycotted the talks to protest" is a purpose, "resisted calls to withdraw" is none
    if dep != "nsubjpass":
        return False
    if verb.lemma_.lower() in ontology.words("purposeful", "verb") and any(_is_goal(c) for c in verb.children):
        return True  # "the blockade is aimed at stopping ships": there is one
    # "the visit is considered to have been a success"
    return any(c.dep_ == "xcomp" and any(a.lower_ == "have" for a in c.children) for c in verb.children)


def _is_goal(child: Token) -> bool:
    """Whether a word beside a verb says what for: "meant to stop ships", "aimed at stopping ships"."""
    return (child.dep_ == "xcomp" and is_infinitive(child)) or (child.dep_ == "prep" and child.lower_ == "at")


def _with_infinitive(verb: Token, below: Token) -> Iterator[tuple[str, str]]:
    """The forms of *verb* with an infinitive: of another's doing ("asked Chile to sign"), with an adverb, bare."""
    lemma = verb.lemma_.lower()
    if _has_own_subject(below) or any(c.dep_ == "dobj" and c.i < below.i for c in verb.children):
        yield "other", lemma
    if not any(c.dep_ in ("acomp", "attr") for c in verb.children):
        yield from (("infinitive", f"{lemma}_{c.lower_}") for c in verb.children if c.dep_ == "advmod")
        yield "infinitive", lemma


def _with_object(verb: Token) -> Iterator[tuple[str, str]]:
    """The forms of *verb* with what it governs directly: with its particle ("called off"), or its prepositions, or bare."""
    lemma = verb.lemma_.lower()
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), None)
    if particle:
        yield "verb", f"{lemma}_{particle}"
        return
    yield from (("verb", f"{lemma}_{c.lower_}") for c in verb.children if c.dep_ == "prep" and not is_of_time(c))
    yield "verb", lemma


def _with_preposition(verb: Token, preposition: Token, ontology: Ontology) -> Iterator[tuple[str, str]]:
    """The forms of *verb* with a phrase: "agreed on talks", "refrained from attacking", but not "suspended due to rifts"."""
    lemma = verb.lemma_.lower()
    for adverb in (c for c in verb.children if c.dep_ in ("advmod", "prt") and c.i == preposition.i - 1):
        yield "verb", f"{lemma}_{adverb.lower_}_{preposition.lower_}"  # "looks forward to the talks"
    yield "verb", f"{lemma}_{preposition.lower_}"
    gerund = any(c.dep_ == "pcomp" and is_verbal(c) for c in preposition.children)
    if gerund:
        yield "gerund", f"{lemma}_{preposition.lower_}"
    if preposition.lower_ in ontology.words("gerundCue" if gerund else "nounCue", "preposition"):
        yield "verb", lemma


def _has_own_subject(clause: Token) -> bool:
    """Whether a clause has a subject of its own."""
    return any(c.dep_ in SUBJECTS for c in clause.children)


def _has_bare_verb(clause: Token) -> bool:
    """Whether the verb of a clause has no ending and no auxiliary: "that Chile sign"."""
    one = any(c.dep_ in SUBJECTS and c.tag_ in ("NN", "NNP") and len(coordinated(c)) == 1 for c in clause.children)
    auxiliaries = [c for c in clause.children if c.dep_ in ("aux", "auxpass")]
    if clause.tag_ == "VBN" and [(c.lower_, c.dep_) for c in auxiliaries] == [("be", "auxpass")]:
        return True  # "that sanctions be lifted"
    bare = clause.tag_ == "VB" or (clause.tag_ == "VBP" and one)
    return bare and not any(c.dep_ in ("aux", "auxpass") for c in clause.children)


def _is_addressed(verb: Token, below: Token, ontology: Ontology) -> bool:
    """Whether *below* is who is told or asked: "told the meeting that …", "urged the conference to agree"."""
    if below.dep_ not in ("dobj", "dative", "nsubjpass") or is_verbal(below):
        return False
    lemma = verb.lemma_.lower()
    hears = lemma in ontology.words("request", "verb") and any(c.dep_ in ("ccomp", "xcomp") for c in verb.children)
    return hears or lemma in ontology.words("addressed", "verb")
