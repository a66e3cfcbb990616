"""A parse becomes predications: a predicate with arguments named alike, whatever the syntax.

Passive, relative, participial, controlled and coordinated clauses, and nouns of events, all come out with
the functions of the plain active clause: subj, obj, dative, oprd, prt, comp, purpose, and one per preposition
("with", "due_to"). A noun has subj where it is identified with something ("X is a member"), and poss, mod
and its prepositions. Labels are those of spaCy's English pipelines (ClearNLP).
"""

from __future__ import annotations

from collections.abc import Iterator

from kgbuild.read.parse.tokens import Doc, Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
OBJECT_GERUND = ("for", "of", "from", "as", "against", "into")
"""Prepositions after which the object does it: "blamed X for attacking", "quoted X as saying", "warned X against it"."""
SUBJECT_MATTER = ("about", "on", "over")
"""Prepositions before a deed that is merely spoken about, by whomever."""
MAKERS = ("by", "from")
"""Prepositions before the one who makes the effort in "an effort from the banks to help"."""
COPULAS = ("be", "become", "remain")
"""Verbs that say of their subject what it is."""
HEADLINE = 10
"""Words that a headline has at most, so that no caption is taken for one."""
Arguments = dict[str, tuple[Token, ...]]


class Clauses:
    """The predications of one paragraph, worked out token by token on demand."""

    def __init__(
        self,
        doc: Doc,
        object_control: frozenset[str] = frozenset(),
        documents: frozenset[str] = frozenset(),
        rights: frozenset[str] = frozenset(),
        leading: frozenset[str] = frozenset(),
        discussing: frozenset[str] = frozenset(),
        discussed: frozenset[str] = frozenset(),
    ) -> None:
        """*object_control*: verbs whose infinitive is done by the one addressed ("urge", "call_on"). *documents*: nouns
        that say something for whoever issues them ("report", "resolution"). *rights*: nouns whose infinitive is done by
        who has them alone ("right", "freedom"). *leading*: participles that a hyphen joins to who does what the noun tells
        ("lead", as in "US-led"). *discussing*: verbs whose subject need not do what they are about
        ("discuss"). *discussed*: nouns that leave open who is to do it ("importance")."""
        self.doc = doc
        self._documents, self._rights, self._leading = documents, rights, leading
        self._object_control, self._discussing = object_control, discussing
        self._discussed = discussed
        self._arguments: dict[int, Arguments] = {}
        self._subjects: dict[int, Token | None] = {}

    def arguments(self, token: Token) -> Arguments:
        """What *token* governs, by function; coordinated heads are all listed."""
        known = self._arguments.get(token.i)
        if known is None:
            found: dict[str, dict[Token, None]] = {}
            for function, filler in self._verb(token) if is_verbal(token) else self._noun(token):
                # "Chancellor A and President B": one noun in the singular is one of them
                alone = function == "subj" and token.tag_ in ("NN", "NNP") and not is_verbal(token)
                for one in [filler] if alone else coordinated(filler):
                    named_before = function == "among" and one.tag_ == "PRP"  # "envoys, among them X"
                    if not named_before:
                        found.setdefault(function, {})[one] = None
            known = self._arguments[token.i] = {name: tuple(fillers) for name, fillers in found.items()}
        return known

    # -- verbs ---------------------------------------------------------------------------------

    def _verb(self, verb: Token) -> Iterator[tuple[str, Token]]:
        """What a verb governs, with the functions of the plain active clause."""
        passive = is_passive(verb)
        surface = self.subject(verb)
        if surface is not None:
            yield ("obj" if passive else "subj"), surface
        if verb.dep_ == "relcl" and not passive:
            yield from self._relativised_object(verb)
        for child in verb.children:
            if child.dep_ in ("dobj", "attr"):
                yield ("obj" if child.dep_ == "dobj" else "attr"), relative_antecedent(child)
            elif child.dep_ == "dative":
                yield from _prepositional(child, "to") if child.pos_ == "ADP" else [("dative", child)]
            elif child.dep_ in ("oprd", "acomp"):
                yield child.dep_, child
            elif child.dep_ == "agent":
                yield from (("subj" if passive else "by", p) for p in child.children if p.dep_ == "pobj")
            elif child.dep_ in ("prep", "prt", "advmod"):
                yield from _preposition_or_particle(child)
            elif child.dep_ == "advcl" and is_infinitive(child):
                yield "purpose", child
            elif child.dep_ in ("xcomp", "ccomp"):
                yield "comp", child
                yield from _raised(child)

    def subject(self, verb: Token) -> Token | None:
        """The surface subject, found through control, relatives, participles and coordination."""
        if verb.i not in self._subjects:  # that of what stands above first: one call waits for no long row of others
            for one in (*reversed([above for above in verb.ancestors if is_verbal(above)]), verb):
                if one.i not in self._subjects:
                    self._subjects[one.i] = None  # a cycle in a broken parse ends here
                    self._subjects[one.i] = self._find_subject(one)
        return self._subjects[verb.i]

    def _find_subject(self, verb: Token) -> Token | None:
        """As `subject`, worked out anew."""
        own = next((c for c in verb.children if c.dep_ in SUBJECTS and c.dep_ != "expl"), None)
        if own is not None:
            found = relative_antecedent(own)
            return found if found is own else self._one_of(found) or found
        head = verb.head
        if verb.dep_ in ("xcomp", "ccomp", "advcl", "conj", "pcomp", "prep", "dep", "acomp") or (
            verb.dep_ == "ROOT" and verb.head != verb
        ):
            return self._inherited_subject(verb, head)
        if verb.dep_ in ("acl", "relcl"):
            return self._modified_subject(verb, head)
        return None

    def _inherited_subject(self, verb: Token, head: Token) -> Token | None:
        """The subject of a clause without its own: who is told to do it, or who does what stands above."""
        if (addressed := _object_before(verb, head)) is not None:
            return addressed
        if verb.dep_ in ("xcomp", "advcl") and is_infinitive(verb):
            phrase = next((c for c in head.children if self._calls_on(c, verb)), None)
            if phrase is not None:
                return next((c for c in phrase.children if c.dep_ == "pobj"), None)
        if verb.dep_ == "ccomp" and not is_infinitive(verb):
            return None
        if verb.dep_ == "xcomp" and verb.tag_ == "VBG" and head.lemma_.lower() in self._discussing:
            who = self.subject(head)  # "Peru and Chad discussed reaching a truce", but not "an envoy will discuss reaching"
            return who if who is not None and len(coordinated(who)) > 1 else None
        if verb.dep_ == "pcomp" and head.lower_ in SUBJECT_MATTER and head.head.pos_ in ("NOUN", "PROPN"):
            return None  # "voiced doubts about removing missiles"
        about = verb.dep_ == "pcomp" and head.head.pos_ == "NOUN"
        while head.pos_ not in ("VERB", "AUX") and head.head != head:
            possessor = next((c for c in head.children if c.dep_ == "poss" or (about and _is_owner(c))), None)
            if possessor is not None:
                return possessor  # "its pledge of helping", "the U.S. commitment to working"
            head = head.head
        if about and (head.lemma_.lower() in self._discussing or verb.head.head.lemma_.lower() in self._discussed):
            return None  # "discussed prospects for strengthening trade", "stressed the importance of lifting sanctions"
        return self.subject(head) if head != verb else None

    def _calls_on(self, preposition: Token, verb: Token) -> bool:
        """Whether a preposition before *verb* leads to who is to do it: the "on" of "called on Iran to sign"."""
        if preposition.dep_ != "prep" or preposition.i > verb.i or is_of_time(preposition):
            return False
        return f"{preposition.head.lemma_.lower()}_{preposition.lower_}" in self._object_control

    def _modified_subject(self, verb: Token, noun: Token) -> Token | None:
        """The subject of a clause on a noun: the noun, or whose it is ("Iran's decision to leave"), or who has it."""
        if verb.dep_ == "relcl":
            if noun.dep_ == "ROOT" and is_infinitive(verb):
                return noun  # a headline: "Turkey to host the summit"
            if noun.dep_ == "attr" and is_infinitive(verb) and noun.head.lemma_ in COPULAS:
                return self.subject(noun.head)  # "Obama will be the first president to visit Laos"
            if is_infinitive(verb) and (one := self._one_of(noun)) is not None:
                return one  # "was among the first leaders to visit Laos"
            # "the project which Russia abandoned" has its own subject; "the bank hit by sanctions" has none
            return noun if verb.tag_ in ("VBN", "VBG", "VBD", "VBZ", "VBP") else None
        if verb.tag_ in ("VBN", "VBD") or (verb.tag_ == "VBG" and noun.lemma_.lower() not in self._documents):
            return noun
        possessor = next((c for c in noun.children if c.dep_ == "poss"), None)
        if possessor is not None:
            return possessor
        source = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in MAKERS and c.i < verb.i), None)
        if source is not None and (maker := next((c for c in source.children if c.dep_ == "pobj"), None)) is not None:
            return maker
        if (people := next((c for c in noun.children if _is_owner(c)), None)) is not None:
            return people  # "a French idea to sell grain", "a U.S. order to close"
        if (
            noun.dep_ == "pobj"
            and noun.head.lower_ == "of"
            and any(_is_owner(c) or c.dep_ == "poss" for c in noun.head.head.children)
        ):
            return None  # "a U.S. veto of a resolution calling for peace": those who drew it up are unsaid
        governor = governing_verb(noun)
        if governor is None or is_passive(governor):  # "an agreement was signed to build": the builder is unsaid
            return noun if verb.tag_ == "VBG" else None
        if noun.lemma_.lower() in self._rights and governor.lemma_ != "have":
            return None  # "passed a law restricting the right to protest"
        if governor.lemma_.lower() in self._discussing and noun.lemma_.lower() not in self._documents:
            return None  # "discussed the decision to sign"
        return self.subject(governor)  # "issued a report accusing the army": the issuer accuses

    def _one_of(self, people: Token) -> Token | None:
        """Who is said to be one of *people*: the minister of "the minister was one of those who", "was among those who"."""
        above = people.head
        if people.dep_ != "pobj" or above.lower_ not in ("of", "among") or people.tag_ == "NN":
            return None
        counted = above.head
        if above.lower_ == "of":
            if counted.lower_ != "one" or counted.dep_ != "attr":
                return None
            counted = counted.head
        return self.subject(counted) if counted.lemma_ in COPULAS else None

    def _relativised_object(self, verb: Token) -> Iterator[tuple[str, Token]]:
        """The noun of a relative clause as its object: "the project which Russia abandoned"."""
        if any(c.dep_ in ("dobj", "nsubjpass") or _leads_relative(c) for c in verb.children):
            return
        own = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        relative = own is not None and (own.tag_ in ("WDT", "WP") or any(c.tag_ == "WP$" for c in own.children))
        if own is not None and not relative:  # not so in "the pact whose backers left"
            yield "obj", verb.head

    # -- nouns ---------------------------------------------------------------------------------

    def _noun(self, noun: Token) -> Iterator[tuple[str, Token]]:
        """What a noun or adjective governs: whom it is identified with, whose it is, its prepositions and clauses."""
        yield from (("subj", other) for other in self._identified(noun))
        for child in noun.children:
            if child.dep_ == "poss":
                yield "poss", child
            elif child.dep_ in ("amod", "compound", "nmod", "nummod"):
                yield from (("mod", one) for one in modifiers(child))
                yield from self._before_hyphen(child)
            elif child.dep_ in ("prep", "agent", "prt", "dative"):
                yield from _preposition_or_particle(child)
                if noun.tag_ == "CD" and child.lower_ == "in":  # "$2 billion in goods" are of goods
                    yield from _prepositional(child, "of")
                yield from (("by", one) for one in _on_the_part_of(child))
            elif child.dep_ in ("acl", "relcl") or (child.dep_ == "xcomp" and noun.pos_ == "ADJ"):
                yield "comp", child
        if noun.pos_ == "PROPN":
            yield from (("mod", one) for one in flat_modifiers(noun) if one.ent_type_)

    def _before_hyphen(self, modifier: Token) -> Iterator[tuple[str, Token]]:
        """The name joined to what stands before a noun: both of "Russian-Serbian trade", who leads "Russian-led talks"."""
        doc, i = modifier.doc, modifier.i
        joined = i > 1 and doc[i - 1].text == "-" and doc[i - 2].head is modifier and doc[i - 2].text[:1].isupper()
        if joined and doc[i - 2].dep_ == "npadvmod":
            if modifier.pos_ == "ADJ":
                yield "mod", doc[i - 2]
            elif modifier.lemma_.lower() in self._leading:
                yield "by", doc[i - 2]

    def _identified(self, noun: Token) -> Iterator[Token]:
        """Whom or what a noun is said to be, or is a second name of: "X is a member", "Minister X", "X, the minister"."""
        head = noun.head
        if noun.dep_ == "attr" and head.lemma_ in COPULAS:
            subject = self.subject(head)
            if subject is not None:
                yield subject
        if noun.dep_ == "nsubj" and head.lemma_ in COPULAS:
            named = (c for c in head.children if c.dep_ == "attr" and c.pos_ == "PROPN")
            yield from named if noun.pos_ == "NOUN" else ()  # "The minister of Portugal is X"
        above = head.head
        if noun.dep_ == "pobj" and head.dep_ == "prep" and above.lemma_ == "be" and (own := self.subject(above)) is not None:
            yield own  # "is under arrest", "is at odds with", "is among the signatories"
        if noun.dep_ == "acomp" and noun.pos_ == "ADJ" and is_verbal(head) and (subject := self.subject(head)) is not None:
            yield subject  # "Finland is ready to help"
        if noun.dep_ == "oprd" and is_passive(head) and (subject := self.subject(head)) is not None:
            yield subject
        if noun.dep_ in ("appos", "compound", "nmod") and head.pos_ in ("PROPN", "NOUN"):
            yield head
        yield from (c for c in noun.children if c.dep_ == "appos")


def _on_the_part_of(preposition: Token) -> Iterator[Token]:
    """Who does it, where that is so said: "provocations on the part of Chad"."""
    part = next((c for c in preposition.children if c.dep_ == "pobj" and c.lower_ == "part"), None)
    if part is not None and preposition.lower_ == "on":
        yield from (t for of in part.children if of.lower_ == "of" for t in of.children if t.dep_ == "pobj")


def _is_owner(modifier: Token) -> bool:
    """Whether a word before a noun says whose it is: "a French idea", "a U.S. order"."""
    if modifier.dep_ == "amod":
        return modifier.ent_type_ == "NORP"
    return modifier.dep_ in ("compound", "nmod") and modifier.ent_type_ == "GPE"


def _raised(clause: Token) -> Iterator[tuple[str, Token]]:
    """The subject of a clause as the object of the verb above it, where it is that as well."""
    subject = next((c for c in clause.children if c.dep_ == "nsubj"), None)
    if subject is None:
        return
    if is_infinitive(clause) or _is_subjunctive(clause, subject):
        yield "obj", subject  # "asked Sudan to close", "asked that Sudan close": Sudan is asked
    elif _is_bare_gerund(clause):
        yield "obj", subject  # "accept refugees fleeing a war", parsed as what refugees do
    elif clause.pos_ == "ADJ":
        yield from (("obj", subject), ("oprd", clause))  # "found the banker guilty", a small clause


def _object_before(verb: Token, head: Token) -> Token | None:
    """The object of *head* that is to do it, or does it: "urged Iran to sign", "blamed Iran for attacking"."""
    found: Token | None = None
    if verb.dep_ == "xcomp" and head.pos_ in ("VERB", "AUX"):
        found = next((c for c in head.children if c.dep_ in ("dobj", "dative") and c.i < verb.i), None)
        found = found if found is None or found.pos_ != "ADP" else None
    elif verb.dep_ == "pcomp" and head.pos_ == "ADP" and head.lower_ in OBJECT_GERUND:
        above = head.head
        while above.dep_ == "conj" and above.pos_ == "PROPN":  # "accused Peru, Chile and Mali of lying", hung on the last
            above = above.head
        above = above.head if above.dep_ == "dobj" and above.pos_ == "PROPN" else above
        if is_verbal(above):
            found = next((c for c in above.children if c.dep_ in ("dobj", "nsubjpass") and c.i < verb.i), None)
    return relative_antecedent(found) if found is not None else None


def is_verbal(token: Token) -> bool:
    """Whether *token* heads a clause (a gerund with an article is a noun)."""
    return token.pos_ in ("VERB", "AUX")


def is_infinitive(verb: Token) -> bool:
    """Whether "to" stands before a verb."""
    return any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children)


def is_seen(clause: Token) -> bool:
    """Whether a bare infinitive says what is seen, not what is said: "the deal would see Peru leave"."""
    bare = clause.dep_ == "ccomp" and clause.tag_ == "VB" and clause.head.lemma_ in ("see", "hear", "watch")
    return bare and not any(c.dep_ in ("aux", "auxpass", "mark") for c in clause.children)


def is_behind_prefix(token: Token, prefixes: frozenset[str]) -> bool:
    """Whether a hyphen joins one of *prefixes* to a word: "anti-Russian"."""
    doc, hyphen = token.doc, token.i - 1
    return hyphen > 0 and doc[hyphen].text == "-" and doc[hyphen - 1].lower_ in prefixes


def is_of_time(preposition: Token) -> bool:
    """Whether a preposition says when: "called on Friday" calls on nobody."""
    return any(c.dep_ == "pobj" and c.ent_type_ in ("DATE", "TIME") for c in preposition.children)


def is_passive(verb: Token) -> bool:
    """Whether the surface subject of *verb* is its object: passive, reduced passive, or conjoined to one."""
    if any(c.dep_ in ("nsubjpass", "auxpass", "csubjpass") for c in verb.children):
        return True
    if verb.tag_ == "VBN" and verb.dep_ in ("acl", "relcl", "advcl", "amod"):
        return not any(c.dep_ == "aux" for c in verb.children) and not any(c.dep_ == "dobj" for c in verb.children)
    own_subject = any(c.dep_ in SUBJECTS for c in verb.children)
    if _is_headline_passive(verb):
        return True
    if verb.tag_ in ("VBN", "VBD") and verb.dep_ == "conj" and not own_subject and verb.head.tag_ == "VBN":
        has_object = any(c.dep_ == "dobj" for c in verb.children)
        return not has_object and is_passive(verb.head)
    return False


def _is_headline_passive(verb: Token) -> bool:
    """Whether a headline's verb in the past has no object, and so was done to its subject: "Coup leader arrested"."""
    if verb.tag_ not in ("VBD", "VBN") or verb.dep_ != "ROOT" or not _is_headline(verb):
        return False
    beside = ("dobj", "ccomp", "xcomp", "attr", "acomp", "prt", "aux", "oprd", "dative")
    alone = not any(c.dep_ in beside for c in verb.children)
    return alone and any(c.dep_ == "nsubj" and c.pos_ != "PRON" for c in verb.children)


def _is_headline(token: Token) -> bool:
    """Whether a sentence is written as headlines are: short, without articles and without a stop."""
    sentence = token.sent
    return len(sentence) < HEADLINE and sentence[-1].text[-1].isalnum() and not any(t.tag_ == "DT" for t in sentence)


def _is_subjunctive(verb: Token, subject: Token) -> bool:
    """Whether a that-clause asks for something: "insisted that Sudan disarm"."""
    bare = verb.tag_ == "VB" or (verb.tag_ == "VBP" and subject.tag_ in ("NN", "NNP"))
    return bare and not any(c.dep_ in ("aux", "auxpass") for c in verb.children)


def _is_bare_gerund(verb: Token) -> bool:
    """Whether a clause is but a participle behind its subject."""
    return (
        verb.dep_ == "ccomp" and verb.tag_ == "VBG" and not any(c.dep_ in ("aux", "auxpass", "mark") for c in verb.children)
    )


def coordinated(token: Token) -> list[Token]:
    """*token* and what is joined to it: "A, B and C", nouns only with nouns."""
    found, known = [token], {token}
    for one in found:
        new = [c for c in one.children if (c.dep_ == "conj" or _listed(c)) and c not in known and _same_kind(token, c)]
        found += new
        known.update(new)
    return found


def _listed(token: Token) -> bool:
    """Whether an apposition is the second name of a list: "A, B and C" is often parsed as A, that is, B and C."""
    names = token.dep_ == "appos" and token.pos_ == token.head.pos_ == "PROPN"
    return names and any(c.dep_ == "conj" and c.pos_ == "PROPN" for c in token.children)


def _same_kind(first: Token, second: Token) -> bool:
    """Whether two words may be joined: nouns with nouns, numbers with numbers."""
    nominal = ("NOUN", "PROPN", "PRON")
    if second.pos_ == "NUM":
        return first.pos_ == "NUM"
    return (first.pos_ in nominal) == (second.pos_ in nominal) or second.pos_ in ("ADJ", "PROPN")


def modifiers(token: Token) -> list[Token]:
    """*token* and the modifiers hung on it: both of "Russian-Serbian trade", "Russian and Serbian diplomats"."""
    found, known = [token], {token}
    for one in found:
        new = [c for c in one.children if c.dep_ in ("conj", "amod", "compound", "nmod") and c not in known]
        found += new
        known.update(new)
    return sorted(found, key=lambda t: t.i)


def flat_modifiers(noun: Token) -> list[Token]:
    """What stands before a noun that modifies another, where the parser hung both on that: "UN Special Envoy Jan Egeland".

    Only of a common noun ("the IMF committee meeting") or a title; in "Jan van Hoek" nothing belongs to "van".
    """
    if noun.dep_ != "compound" or noun.text[:1].islower() != noun.head.text[:1].islower():
        return []
    found: list[Token] = []
    for before in reversed(list(noun.doc[noun.head.left_edge.i : noun.i])):
        if before.head != noun.head or before.dep_ not in ("compound", "nmod", "amod"):
            break
        found.insert(0, before)
    return found


def _leads_relative(token: Token) -> bool:
    """Whether a preposition governs the relative pronoun: in "the talks, in which Peru seeks a loan" no talks are sought."""
    return token.dep_ == "prep" and any(c.tag_ in ("WDT", "WP") for c in token.children)


def relative_antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for; any other token is itself."""
    if token.tag_ in ("WDT", "WP", "WP$"):
        for ancestor in token.ancestors:
            if ancestor.dep_ == "relcl":
                return _named(ancestor.head)
    return token


def _named(noun: Token) -> Token:
    """Of a noun that stands beside a name the name: the Commission of "the Commission, the EU's executive arm, which"."""
    beside = noun.dep_ == "appos" and noun.pos_ == "NOUN" and noun.head.pos_ == "PROPN"
    return noun.head if beside else noun


def governing_verb(noun: Token) -> Token | None:
    """The verb whose subject, object or prepositional object *noun* is."""
    token = noun
    while token.dep_ in ("conj", "pobj", "prep", "compound", "poss", "appos") and token.head != token:
        token = token.head
        if is_verbal(token):
            return token
    head = token.head
    return head if head != token and is_verbal(head) else None


def preposition_name(preposition: Token) -> str:
    """The name of a preposition: "with", or for a chain its words joined, "due_to", "ahead_of", "out_of"."""
    words = [preposition.lower_]
    inner = next((c for c in preposition.children if c.dep_ in ("pcomp", "prep", "mwe") and c.pos_ == "ADP"), None)
    objects = any(c.dep_ == "pobj" for c in preposition.children)
    if inner is not None and (not objects or not any(True for _ in inner.children)):  # "due (to) X", "due (to X)"
        words.append(inner.lower_)
    elif preposition.i and preposition.nbor(-1).lower_ == "such" and preposition.lower_ == "as":
        words.insert(0, "such")
    elif preposition.lower_ == "of" and preposition.i and preposition.nbor(-1).dep_ == "advmod":
        words.insert(0, preposition.nbor(-1).lower_)  # "ahead of": an adverb beside the preposition
    return "_".join(words)


def _preposition_or_particle(token: Token) -> Iterator[tuple[str, Token]]:
    """What stands behind a preposition, under its name; a word with nothing behind it is a particle or an adverb."""
    fillers = list(_prepositional(token, preposition_name(token)))
    if fillers:
        yield from fillers
        if token.lower_ in SUBJECT_MATTER:  # "talks on trade between Norway and Peru"
            yield from (found for _, filler in fillers for found in _between(filler))
    elif token.dep_ in ("prt", "prep"):
        yield "prt", token
    elif token.dep_ == "advmod":
        yield "adv", token
        for child in token.children:  # "ahead of Friday's talks"
            if child.dep_ == "prep":
                yield from _prepositional(child, f"{token.lower_}_{child.lower_}")


def _between(topic: Token) -> Iterator[tuple[str, Token]]:
    """Those between whom something stands, where that is hung on what it is about."""
    for one in coordinated(topic):
        for child in one.children:
            if child.dep_ == "prep" and child.lower_ == "between":
                yield from _prepositional(child, "between")


def _is_hyphened(token: Token) -> bool:
    """Whether a word is but a part of the next one, split at its hyphens: the "non" of "non-intervention"."""
    following = token.i + 2 if token.text != "-" else token.i + 1
    doc, named = token.doc, token.pos_ == "PROPN" or token.ent_type_
    return not named and following < len(doc) and doc[following - 1].text == "-" and doc[following].head == token.head


def _prepositional(preposition: Token, name: str) -> Iterator[tuple[str, Token]]:
    """What stands behind a preposition, be it a chain's last, under *name*."""
    for child in preposition.children:
        if child.dep_ == "pobj":
            if not _is_hyphened(child):
                yield name, relative_antecedent(child)
        elif child.dep_ == "pcomp" and is_verbal(child):
            yield name, child
        elif child.dep_ in ("pcomp", "prep") and child.pos_ == "ADP":
            yield from ((name, c) for c in child.children if c.dep_ in ("pobj", "pcomp"))
