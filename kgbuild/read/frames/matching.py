"""Frames, and what fits them: a predication that fits a frame is a match.

Frames come from the ontology's examples (`examples`). Since `clauses` brings every syntax to one form, the
frame of one active sentence also finds the passive, the relative clause and so on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kgbuild.ontology import DIP, Ontology
from kgbuild.read.frames.frame import (
    AMOUNTS,
    ANY,
    CORE,
    MODIFIERS,
    NOT_PREPOSITIONS,
    OFFICE,
    OWNERS,
    PARTICLES,
    Fits,
    Frame,
    Match,
    RoleSlot,
    Word,
)
from kgbuild.read.parse.clauses import Clauses, coordinated, governing_verb, is_infinitive, is_passive, is_verbal
from kgbuild.read.parse.lemmas import lemma_of, lemmas_of
from kgbuild.read.parse.tokens import Token

THINGS = ("Place", "Agreement", "Project", "Conflict", "Issue", "Document")
"""Classes of things that may be criticized, backed, rejected in place of an actor."""


class Frames:
    """All frames, looked up by predicate lemma: a thousand cost no more per sentence than ten."""

    def __init__(self, frames: Iterable[Frame], ontology: Ontology) -> None:
        self.ontology = ontology
        given = tuple(frames)
        self.all = frames = tuple(frame for frame in given if not frame.counter)
        self._refusals: dict[tuple[str, bool], list[Frame]] = defaultdict(list)
        for frame in given:
            if frame.counter:
                self._refusals[frame.lemma, frame.verbal].append(frame)
        self._light = ontology.words("light", "verb")
        self._quantities = ontology.words("quantity", "noun")
        self._undergone = ontology.words("undergone", "verb")
        self._joins = ontology.words("nounCue", "preposition")
        self._known_by_place = {name for name in ontology.types if ontology.value(DIP + name, f"{DIP}byPlace") == "true"}
        self._currencies = ontology.words("currency", "noun")
        self._utterances = ontology.words("utterance", "noun")
        self._spoken = {name for name, kind in ontology.types.items() if kind.quad.startswith("Verbal")}
        self._other_verb = ontology.words("otherVerb", "particle")
        self._silent_on = ontology.words("silence", "noun")
        self._silence = ontology.words("silence", "verb")
        self._attended = ontology.words("attendance", "preposition")
        self._joins_by_being, self._joined_by = ontology.words("joining", "verb"), ontology.words("joining", "preposition")
        self._plans = ontology.words("plan", "verb") | ontology.words("plan", "adjective")
        self._events = {(f.lemma, f.verbal) for f in frames if ontology.types[f.type].kind == "event"}
        self._by_lemma: dict[tuple[str, bool], list[Frame]] = defaultdict(list)
        for frame in self.all:
            self._by_lemma[frame.lemma, frame.verbal].append(frame)
        self._needs = {id(frame): _needs(frame) for frame in self.all}
        self._ranges = {(f.type, slot.role): ontology.role_range(f.type, slot.role) for f in self.all for slot in f.roles}
        self._heads: dict[tuple[str, bool], bool] = {}
        self._filed: dict[tuple[str, bool, bool], dict[str, list[int]]] = {}

    def head(self, token: Token) -> bool:
        """Whether any frame has *token* for its predicate."""
        key = token.lemma_, is_verbal(token)
        known = self._heads.get(key)
        if known is None:
            known = self._heads[key] = (lemma_of(token), key[1]) in self._by_lemma
        return known

    def is_event(self, token: Token) -> bool:
        """Whether a noun or verb may tell of an event by itself: "attack", "talks", "condemn"."""
        return (lemma_of(token), is_verbal(token)) in self._events

    def undergone(self, noun: Token) -> bool:
        """Whether what a noun tells is done to whom its "of" names: the killing of somebody, not somebody's withdrawal."""
        frames = self._by_lemma.get((lemma_of(noun), False), ())
        return any(s.role == "recipient" and s.parent == 0 and "of" in s.functions for f in frames for s in f.roles)

    def counterexamples(self, frame: Frame) -> int:
        """How many counterexamples there are of *frame*'s type at its predicate: words that are known to mislead."""
        return sum(other.type == frame.type for other in self._refusals.get((frame.lemma, frame.verbal), ()))

    def matches(self, token: Token, clauses: Clauses, fits: Fits, *, office: bool = False) -> Iterator[Match]:
        """The frames that *token* heads; *office* says that it is the last word of an office's name."""
        candidates = self._candidates(token, office=office)
        if len(candidates) > FEW:
            candidates = self._within_reach(token, candidates, office=office)
        refused = self._refused(token, clauses) if candidates else {}
        for frame in candidates:
            if frame.type not in refused or len(frame.words) > len(refused[frame.type].words):
                match = self._match(frame, token, clauses, fits)
                if isinstance(match, Match):
                    yield match

    def attempts(
        self, token: Token, clauses: Clauses, fits: Fits, *, office: bool = False
    ) -> Iterator[tuple[Frame, Match | str]]:
        """Each frame whose predicate *token* is, with the match or with what it failed for: `matches`, told at length."""
        candidates = self._candidates(token, office=office)
        here = lemmas_of(token.doc) if len(candidates) > FEW else None
        refused = self._refused(token, clauses)
        for frame in candidates:
            if frame.type in refused and len(frame.words) <= len(refused[frame.type].words):
                yield frame, f'"{refused[frame.type].example}" is none'
            elif here is not None and (lacking := self._lacking(frame, here)) is not None:
                yield frame, f'no "{lacking.lemma}" as {lacking.function} of "{token.text}"'
            else:
                yield frame, self._match(frame, token, clauses, fits)

    def _candidates(self, token: Token, *, office: bool) -> list[Frame]:
        candidates = self._by_lemma.get((lemma_of(token), is_verbal(token)), [])
        return [*candidates, *self._by_lemma.get((OFFICE, False), [])] if office else candidates

    def _within_reach(self, token: Token, candidates: list[Frame], *, office: bool) -> list[Frame]:
        """Those of *candidates* whose words the paragraph has, in order; they are filed by the first word they need."""
        key = lemma_of(token), is_verbal(token), office
        if key not in self._filed:
            filed: dict[str, list[int]] = defaultdict(list)
            for place, frame in enumerate(candidates):
                needs = self._needs[id(frame)]
                for lemma in needs[0][1] if needs else ("",):
                    filed[lemma].append(place)
            self._filed[key] = dict(filed)
        filed_here, here = self._filed[key], lemmas_of(token.doc)
        places = {place for lemma in filed_here.keys() & here for place in filed_here[lemma]}
        reached = sorted(places | set(filed_here.get("", ())))
        return [candidates[place] for place in reached if self._lacking(candidates[place], here) is None]

    def _lacking(self, frame: Frame, here: frozenset[str]) -> Word | None:
        """The first word that *frame* needs beside its head and the paragraph has not."""
        for word, any_of in self._needs[id(frame)]:
            if any_of.isdisjoint(here):
                return word
        return None

    def _refused(self, token: Token, clauses: Clauses) -> dict[str, Frame]:
        """The types that counterexamples refuse to *token* as it stands, each with one of them."""
        refusals = self._refusals.get((lemma_of(token), is_verbal(token)), ())
        return {frame.type: frame for frame in refusals if isinstance(self._bound(frame, token, clauses), list)}

    def _bound(self, frame: Frame, token: Token, clauses: Clauses) -> list[Token] | str:
        """The tokens of the words that *frame* needs, or what is missing."""
        bound = [token]
        if (
            frame.verbal
            and self._is_phrasal(token)
            and not any(w.parent == 0 and w.function in PARTICLES for w in frame.words)
        ):
            return f'another verb than "{token.lemma_}"'
        for word in frame.words[1:]:
            found = next((t for t in self._where(bound, word, clauses) if self._is(word, t, frame)), None)
            if found is None:
                return f'no "{word.lemma}" as {word.function} of "{bound[word.parent].text}"'
            bound.append(found)
        return bound

    def _is_phrasal(self, verb: Token) -> bool:
        """Whether a particle makes another verb of it: "worked out a deal" is not "worked"."""
        particles = (c for c in verb.children if c.dep_ == "prt" and c.lower_ in self._other_verb)
        return any(not any(o.dep_ == "pobj" for o in particle.children) for particle in particles)

    def _match(self, frame: Frame, token: Token, clauses: Clauses, fits: Fits) -> Match | str:
        bound = self._bound(frame, token, clauses)
        if isinstance(bound, str):
            return bound
        filled: list[tuple[str, Token]] = []
        for slot in frame.roles:
            wanted = self._ranges[frame.type, slot.role]
            present = [t for t in self._fillers(slot, frame, bound, clauses) if t not in bound]
            if not present and slot.role == "of":  # "serves as president of Brazil": it hangs on the office or its holder
                present = [o for _, t in filled for o in clauses.arguments(t).get("of", ())]
            fitting = _outermost([t for t in present if fits(t, wanted)])
            wrong_kind = present and not fitting and slot.role in CORE and {"subj", "obj"} & set(slot.functions)
            fresh = [t for t in fitting if t not in [x for _, x in filled]]
            unfit = present and not fitting
            things = [t for t in present if self._is_theme(frame, slot, t, clauses, fits)] if unfit else []
            if things:  # "criticized the decision", where the example criticizes somebody
                filled += [(self._role_of_thing(frame.type), t) for t in things]
                continue
            mute = wrong_kind and slot.role == "actor" and frame.type in self._spoken and self._is_mute(present[0], fits)
            if wrong_kind and (slot.required or len(bound) == 1 or mute):
                return f'"{present[0].text}" as {slot.role} is no {wanted or "Thing"}'
            if slot.parent and not present and self._says_that(slot, bound[slot.parent]):
                return f'"{bound[slot.parent].text}" is of what is so'
            if slot.required and not fresh:
                return f"no {slot.role} ({' or '.join(slot.functions)})"
            shared = any(s is not slot and s.parent == slot.parent and s.functions == slot.functions for s in frame.roles)
            for t in fresh[:1] if shared else fresh:  # "between A and B": one each
                filled.append((self._role_of(slot, frame, t, fits), t))
        if self._keeps_silent(frame, token, clauses):
            return "it only keeps silent"
        if (other := self._other_sense(frame, filled, bound, clauses)) is not None:
            return f'"{other.text}" as what is done'
        if not self._suffices(frame, filled, bound, clauses):
            return "too few of those who take part are named"
        filled += self._needed_theme(frame, bound, filled, fits)
        required = (token for token, word in zip(bound, frame.words, strict=True) if word.lemma != ANY)
        return Match(frame, tuple(required), tuple(filled))

    def _needed_theme(
        self, frame: Frame, bound: list[Token], filled: list[tuple[str, Token]], fits: Fits
    ) -> list[tuple[str, Token]]:
        """The object that a frame needs is the theme as well, for types that say so (`lex:needed`): "reached a deal"."""
        if "theme" not in self.ontology.values_of(frame.type, "needed") or any(role == "theme" for role, _ in filled):
            return []
        carries = lemma_of(bound[0]) in self._light and self.ontology.types[frame.type].category != "AID"
        if carries or not frame.verbal:
            return []
        needed = zip(bound[1:], frame.words[1:], strict=True)
        return [("theme", t) for t, word in needed if word.parent == 0 and word.function == "obj" and fits(t, "Thing")][:1]

    def _is(self, word: Word, token: Token, frame: Frame) -> bool:
        """Whether *token* is the needed word; "declined to comment" rejects nothing, "told him that it was" asks nothing.

        A currency stands for money in the plural: "halted the dollar" halts no funds.
        """
        if word.lemma != ANY:
            lemma = lemma_of(token)
            return lemma in word and (lemma == word.lemma or token.tag_ != "NN" or lemma not in self._currencies)
        silent = self.ontology.types[frame.type].category == "REJECT" and lemma_of(token) in self._silence
        return is_infinitive(token) and not silent and not _is_question(token) and not _is_purpose(token)

    def _keeps_silent(self, frame: Frame, token: Token, clauses: Clauses) -> bool:
        """ "refused to speculate" rejects nothing; "refused to respond to a demand" does."""
        if not frame.verbal or self.ontology.types[frame.type].category != "REJECT":
            return False
        for done in clauses.arguments(token).get("comp", ()):
            told = any(lemma_of(what) in self._silent_on for what in clauses.arguments(done).get("obj", ()))
            if told or (lemma_of(done) in self._silence and "to" not in clauses.arguments(done)):
                return True
        return False

    def _other_sense(
        self, frame: Frame, filled: list[tuple[str, Token]], bound: list[Token], clauses: Clauses
    ) -> Token | None:
        """An object that plays no part, of a mutual verb or of one whose example has none.

        "Members met their obligations" is no meeting, who "heads a delegation to Iran" need not go there, and nobody
        protests who "demonstrates a consensus".
        """
        mutual = any(slot.role == "participant" for slot in frame.roles)
        without = not any("obj" in slot.functions for slot in frame.roles)
        relation = self.ontology.types[frame.type].kind != "event"  # "replaced Petrov as president"
        if not frame.verbal or len(bound) > 1 or relation or not (mutual or without):
            return None
        objects = clauses.arguments(bound[0]).get("obj", ())
        played = any(t in objects for t in (*bound, *(t for _, t in filled)))
        said = (t for t in objects if t.ent_type_ not in ("DATE", "TIME", "MONEY") and not _is_reflexive(t))
        return None if played else next(said, None)

    def _is_theme(self, frame: Frame, slot: RoleSlot, token: Token, clauses: Clauses, fits: Fits) -> bool:
        """Whether a thing may stand where the example has a recipient; never what the type's themes are not."""
        if slot.role != "recipient" or any(s.role == "theme" for s in frame.roles):
            return False
        targets, themes = self.ontology.target_classes(frame.type), self.ontology.role_range(frame.type, "theme")
        declared = bool(targets) or themes not in ("", "Thing")
        if not declared and "obj" not in slot.functions:
            return False
        classes = targets or ((themes,) if declared else THINGS)
        return any(fits(token, cls) for cls in classes) or (not declared and self._is_somebodys(token, clauses, fits))

    def _is_somebodys(self, token: Token, clauses: Clauses, fits: Fits) -> bool:
        """Whether a thing is an actor's own doing: "the plan of the EU", "Turkey's move", "the decision by Chad"."""
        if token.pos_ != "NOUN" or not fits(token, "Thing"):
            return False
        arguments = clauses.arguments(token)
        return any(fits(t, "Actor") for function in ("poss", "by", "of") for t in arguments.get(function, ()))

    def _role_of_thing(self, type_name: str) -> str:
        """A thing in a recipient's place is a theme, but what a type declares as its targets it is done to."""
        return "recipient" if self.ontology.target_classes(type_name) else "theme"

    def _role_of(self, slot: RoleSlot, frame: Frame, token: Token, fits: Fits) -> str:
        """An actor in the object's place of a verb that takes things as well is its recipient: "condemned Belarus"."""
        takes_both = slot.role == "theme" and "obj" in slot.functions and not any(s.role == "recipient" for s in frame.roles)
        return (
            "recipient" if takes_both and any(s.role == "actor" for s in frame.roles) and fits(token, "Actor") else slot.role
        )

    def _suffices(self, frame: Frame, filled: list[tuple[str, Token]], bound: list[Token], clauses: Clauses) -> bool:
        core = [t for role, t in filled if role in CORE]
        if not core and not frame.verbal and frame.type in self._known_by_place:
            return any(role == "place" for role, _ in filled)
        if not core and len(bound) == 1:
            return False
        if not core:
            return len(bound) > 1 and frame.verbal and is_passive(bound[0]) and not clauses.arguments(bound[0]).get("subj")
        if sum(word.lemma != ANY for word in frame.words) > 1:
            return True
        together = [t for role, t in filled if role == "participant"]
        beside = any(slot.partner and slot.required and slot.role == "participant" for slot in frame.roles)
        if beside and frame.verbal and all(t in clauses.arguments(bound[0]).get("subj", ()) for t in together):
            return False  # "A and B spoke" is not "A spoke with B"
        partner = any(slot.partner for slot in frame.roles)
        several = together and together[0].morph.get("Number", []) == ["Plur"] and not partner
        alone = len(together) == 1 and len(core) == 1 and not several
        if alone and not any(role == "recipient" for role, _ in filled):
            theme = any(role == "theme" for role, _ in filled)
            subject_only = together[0] in clauses.arguments(bound[0]).get("subj", ())
            return theme or not subject_only
        return True

    def _says_that(self, slot: RoleSlot, verb: Token) -> bool:
        """ "refused to see that it was late" is of a fact, where the example is of somebody: "refused to see him"."""
        return "obj" in slot.functions and any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.children)

    def _is_mute(self, token: Token, fits: Fits) -> bool:
        """Whether a thing says nothing: "this could encourage them to renew"; a statement, a report or a call does."""
        return token.text.islower() and lemma_of(token) not in self._utterances and not fits(token, "Place")

    def _where(self, bound: list[Token], word: Word, clauses: Clauses) -> Iterator[Token]:
        arguments = clauses.arguments(bound[word.parent])
        for function in PARTICLES if word.function in PARTICLES else (word.function,):
            for token in arguments.get(function, ()):
                yield token
                yield from self._counted(token, clauses)
        if word.function not in NOT_PREPOSITIONS:
            yield from self._elsewhere(bound, word.function, clauses)

    def _counted(self, token: Token, clauses: Clauses) -> tuple[Token, ...]:
        """What "most of" and "four fifths of" count: the gas of "buys most of its gas"."""
        counts = token.tag_ in ("JJS", "CD", "DT", "JJR", "JJ", "PDT") or lemma_of(token) in self._quantities
        return clauses.arguments(token).get("of", ()) if counts or token.ent_type_ in AMOUNTS else ()

    def _fillers(self, slot: RoleSlot, frame: Frame, bound: list[Token], clauses: Clauses) -> list[Token]:
        arguments = clauses.arguments(bound[slot.parent])
        found = [t for function in slot.functions for t in arguments.get(function, ())]
        head = bound[0]
        if slot.role == "actor" and not frame.verbal and arguments.get("poss"):  # "its Brazilian loans" are given by it
            found = [t for t in found if t not in arguments.get("mod", ())]
        if not found and not frame.verbal and slot.parent == 0 and slot.role in ("actor", "recipient") and not slot.required:
            found = self._undergoing(head, slot.role, clauses)
        if not found or slot.role == "participant":
            for function in slot.functions:
                if function not in NOT_PREPOSITIONS:
                    found += [t for t in self._elsewhere(bound, function, clauses) if t not in found]
        if not frame.verbal and slot.parent == 0 and OWNERS & set(slot.functions):
            owned = any(t.pos_ in ("PROPN", "PRON") or t.ent_type_ or t.dep_ == "poss" for t in found)
            found += [
                t
                for t in self._light_subject(head, frame, clauses)
                if t not in found and (not owned or slot.role == "participant")  # "ordered financial sanctions"
            ]
        return list(dict.fromkeys(found))

    def _elsewhere(self, bound: list[Token], function: str, clauses: Clauses) -> Iterator[Token]:
        """A prepositional phrase may hang on the verb, on its object, or on the noun's light verb."""
        for token in bound:
            yield from clauses.arguments(token).get(function, ())
        head = bound[0]
        if is_verbal(head):
            for name in ("obj", "attr"):
                for other in clauses.arguments(head).get(name, ()):
                    if other.pos_ == "NOUN" and other not in bound:
                        yield from clauses.arguments(other).get(function, ())
            return
        doer = function == "by"  # "the arrest of the editor by Chad", "the signing of an accord with Norway"
        for behind in ("of", "for") if doer else ("of",):
            for done in clauses.arguments(head).get(behind, ()):
                if done not in bound and (doer or (done.pos_ == "NOUN" and not self.is_event(done))):
                    yield from clauses.arguments(done).get(function, ())
        if (verb := self._light_verb(head)) is not None:
            yield from clauses.arguments(verb).get(function, ())
        above = head.head.head if head.dep_ == "pobj" else head
        if above != head and not is_verbal(above) and function != "of":
            # "ministers of member states, including X": X hangs on the ministers; but "a minister of X at the talks"
            yield from clauses.arguments(above).get(function, ())

    def _undergoing(self, noun: Token, role: str, clauses: Clauses) -> list[Token]:
        """To whom or by whom it is done in "faces charges", "drew criticism from X"."""
        verb = governing_verb(noun)
        if verb is None or verb.lemma_.lower() not in self._undergone or noun not in clauses.arguments(verb).get("obj", ()):
            return []
        if role == "recipient":
            return list(clauses.arguments(verb).get("subj", ()))
        return [t for one in (noun, verb) for function in ("from", "by") for t in clauses.arguments(one).get(function, ())]

    def _light_verb(self, noun: Token) -> Token | None:
        verb = governing_verb(noun)
        return verb if verb is not None and self._is_light(verb) else None

    def _is_light(self, verb: Token) -> bool:
        """ "hold talks", "step up attacks": whether the verb only says that what its noun means is done."""
        particle = next((f"_{c.lower_}" for c in verb.children if c.dep_ == "prt"), "")
        return verb.lemma_.lower() + particle in self._light

    def _light_subject(self, noun: Token, frame: Frame, clauses: Clauses) -> Iterator[Token]:
        """Who does it: the subject of "hold talks", "is set for talks", "spoke after a meeting with X"."""
        verb = governing_verb(noun)
        if verb is None:
            return
        if noun.dep_ == "pobj" and noun.head.head == verb and self._is_attended(noun.head, verb):
            talks = self.ontology.types[frame.type].category == "CONSULT"
            if talks and not {"between", "of", "poss", "mod"} & clauses.arguments(noun).keys():
                yield from clauses.arguments(verb).get("subj", ())
            return
        carried = self._is_light(verb) and noun in clauses.arguments(verb).get("obj", ())
        if carried:
            yield from clauses.arguments(verb).get("subj", ())
        elif noun.dep_ == "pobj" and noun.head.lower_ in self._joins and noun.head.head.lemma_.lower() in self._plans:
            subject = clauses.subject(verb)
            if subject is not None:
                yield from coordinated(subject)

    def _is_attended(self, preposition: Token, verb: Token) -> bool:
        """ "spoke after a meeting with X", "is in Peru for talks with X"."""
        there = verb.lemma_ in self._joins_by_being and preposition.lower_ in self._joined_by
        return preposition.lower_ in self._attended or there


def _outermost(tokens: list[Token]) -> list[Token]:
    """*tokens* without names that only say whose a noun behind them is: the committee of "the IMF committee meeting"."""
    nouns = {t.i for t in tokens if t.pos_ == "NOUN" and t.dep_ in MODIFIERS}
    return [t for t in tokens if not (t.dep_ in MODIFIERS and nouns and _leads_to(t, nouns))] if len(tokens) > 1 else tokens


def _leads_to(token: Token, nouns: set[int]) -> bool:
    """Whether nothing but modifiers stands between a modifier and one of *nouns* behind it."""
    following = token.i + 1
    while following not in nouns:
        if following >= len(token.doc) or token.doc[following].dep_ not in MODIFIERS:
            return False
        following += 1
    return True


FEW = 4
"""Frames of one lemma from which on it pays to look first whether the paragraph has their words at all."""


def _is_reflexive(token: Token) -> bool:
    """ "chained themselves to the gate", "accused each other"."""
    return token.lower_.endswith(("self", "selves")) or (token.lower_ == "other" and token.n_lefts > 0)


def _is_purpose(infinitive: Token) -> bool:
    """Whether the verb has what is told beside who is told, and the infinitive says what for: "told them lies to win"."""
    beside = [c for c in infinitive.head.children if c.dep_ in ("dobj", "dative") and c.i < infinitive.i and c.pos_ != "ADP"]
    return len(beside) > 1


def _is_question(clause: Token) -> bool:
    """ "asked how long it would last", "asked if he would resign"."""
    return any(
        c.tag_ in ("WRB", "WP", "WDT") or (c.dep_ == "mark" and c.lower_ in ("if", "whether"))
        for c in clause.subtree
        if c.i < clause.i
    )


def _needs(frame: Frame) -> tuple[tuple[Word, frozenset[str]], ...]:
    """The words that *frame* needs beside its head, each with the lemmas that will do."""
    return tuple((word, frozenset((word.lemma, *word.alike))) for word in frame.words[1:] if word.lemma != ANY)
