"""The gazetteer: the names, demonyms and offices of actors.ttl, ready to be found in a parsed text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

import spacy.tokens
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.util import filter_spans

from kgbuild.ontology import Actor, Ontology
from kgbuild.read.parse.tokens import Doc, Token
from kgbuild.read.parse.tokens import Span as ParsedSpan

TIMED = ("Agreement", "Conflict")
"""What is spoken of by its name only once it has begun; a state or a body may go by a later name in a text."""

DOMESTIC = ("GovernmentBody", "PoliticalParty", "ArmedGroup")
"""What states have each their own of, often by one name: congresses, treasuries, liberals."""

ROOM = 3
"""A name used at home ("Treasury") is not that of a state of which so many times less is said than of another."""

DATELINE = 8
"""Words behind a dateline's city within which the agency's bracket opens."""

Match = tuple[ParsedSpan, list[tuple[str, Actor]]]


class Company:
    """Whom an article speaks of without doubt, to tell what a name of several meanings means there."""

    def __init__(self, matches: Iterable[Match] = ()) -> None:
        self._actors: Counter[str] = Counter()
        self._owners: Counter[str] = Counter()
        self._places: Counter[str] = Counter()
        self._states: set[str] = set()
        self.meant: dict[str, Actor] = {}
        """What a name used at home meant where its state was last spoken of beside it: it means so further on."""
        for span, meanings in matches:
            if (
                len(meanings) != 1
                or _is_short_for(span.text, meanings[0][1])
                or meanings[0][1].ambiguous
                or meanings[0][0] in ("local name", "abbreviation")
            ):
                continue
            [(_, actor)] = meanings
            self._actors[actor.id] += 1
            if actor.cls == "State":
                self._states.add(actor.id)
            owner = actor.of or actor.capital_of
            if owner:
                self._owners[owner] += 1
                self._places[owner] += actor.cls in ("City", "Region") and not actor.capital_of

    def speaks_of(self, state: str | None) -> bool:
        """Whether the article names the state, its capital, or something that belongs to it."""
        return bool(state) and bool(self._actors[state or ""] or self._owners[state or ""])

    def speaks_of_none(self) -> bool:
        """Whether the article speaks of no state at all."""
        return not self._states and not self._owners

    def gives_room_to(self, state: str) -> bool:
        """Whether the article speaks of *state* at least a third as much as of the state it speaks of most."""
        most = max((self._voice(other) for other in {*self._states, *self._owners}), default=0)
        return ROOM * self._voice(state) > most

    def _voice(self, state: str) -> int:
        return self._actors[state] + self._owners[state]

    def kin(self, actor: Actor) -> int:
        """How much of what the article speaks of belongs to *actor*, or beside it to the same state."""
        beside = self._places[actor.of or ""] if actor.cls == "Region" else 0
        own = self._actors[actor.of or ""] + self._owners[actor.of or ""] if actor.cls != "Region" and actor.of else 0
        return self._owners[actor.id] + beside + own


class Gazetteer:
    """The names of actors.ttl, ready to be found in a Doc."""

    def __init__(self, nlp: Language, ontology: Ontology) -> None:
        self.ontology = ontology
        self._meanings: dict[str, list[tuple[str, Actor]]] = defaultdict(list)
        self._names = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._offices = PhraseMatcher(nlp.vocab, attr="LOWER")
        for actor in ontology.actors.values():
            if actor.cls == "Office":
                continue
            upper = [name.upper() for name in actor.names if len(name) > 3]
            with_article = [name for name in actor.exact if name.startswith("the ")]
            for kind, names in (
                ("name", (*(name.removeprefix("the ") for name in actor.names), *actor.exact, *upper)),
                ("name", (f"The {name[4:]}" for name in with_article)),
                ("demonym", (*actor.demonyms, *(d.upper() for d in actor.demonyms))),
                ("metonym", actor.metonyms),
                ("local name", actor.local_names),
                ("abbreviation", actor.postal_names),
            ):
                for name in names:
                    self._meanings[name].append((kind, actor))
        for phrase in ontology.words("noName", "phrase"):
            self._meanings[phrase] = []
        texts = sorted(self._meanings)
        self._names.add("name", [nlp.make_doc(text) for text in texts])
        # A token may hide a name ("U.S.-led"), and one written text may be tokenised in context only.
        offices = sorted({form for name in ontology.offices for form in (name, _plural(name))})
        self._offices.add("office", [nlp.make_doc(text) for text in offices])
        self._office_ids = {form: office for name, office in ontology.offices.items() for form in (name, _plural(name))}
        self._common = _common_words(nlp)
        self._in_office: dict[str, frozenset[str]] = {}
        lines = [text.split() for text in texts]
        # "U.S. Trade" begins no name unless a capital goes on, which is seen without knowing the name
        begun = (words for words in lines if "." in words[0] and (len(words) < 3 or words[2].islower()))
        self._openings = frozenset(" ".join(words[:2]) for words in begun) | frozenset(w[0] for w in lines if len(w) == 1)
        self.capitals = {
            name: actor.capital_of
            for actor in ontology.actors.values()
            if actor.cls == "City" and actor.capital_of
            for name in actor.names
        }
        """The states that speak from a dateline's city."""
        self._predecessors: dict[str, tuple[Actor, str, str]] = {}
        for actor in ontology.actors.values():
            if actor.successor and actor.begin and actor.end:
                self._predecessors[actor.successor] = actor, actor.begin, actor.end
        self._seats: dict[str, tuple[str, str, str]] = {}
        for actor in ontology.actors.values():
            if actor.cls == "State" and actor.capital and actor.begin and actor.end:
                self._seats[actor.capital] = actor.id, actor.begin, actor.end
        self._begins = {a.id: a.begin for a in ontology.actors.values() if a.cls in TIMED and a.begin}
        self.surnames: dict[str, list[Actor]] = defaultdict(list)
        for actor in ontology.actors.values():
            if actor.cls == "Person":
                for surname in {name.split()[-1] for name in actor.names if " " in name}:
                    self.surnames[surname].append(actor)
        self.bare_surnames = {
            surname: [a for a in actors if any(_ends_in(name, surname) for name in a.names)]
            for surname, actors in self.surnames.items()
        }
        """Those of them who may be called by it alone; not Jose Eduardo dos Santos by "Santos"."""

    def matches(self, doc: Doc) -> list[Match]:
        """All spans that are a known name, with what each may mean; no meaning for what only looks like a name."""
        found = ((span, self._meanings.get(words)) for span, words in _matched(self._names, doc))
        return [(span, meanings) for span, meanings in found if meanings is not None]

    def says_little(self, words: Iterable[str]) -> bool:
        """Whether a name is made of one or two words that any body may be called by: "the Fund", "U.S. Embassy"."""
        some = [word for word in words if word != "and"]
        common = self._common
        return len(some) <= 2 and all(
            w.lower() in common
            or (not w.isupper() and w.lower().removesuffix("s") in common)
            or w in self.ontology.state_words
            for w in some
        )

    def begins_name(self, words: str) -> bool:
        """Whether *words* are a known name of one word, or an abbreviation and a word with which one begins."""
        return words in self._openings

    def names(self, matches: list[Match], company: Company, day: str) -> Iterator[tuple[ParsedSpan, str, Actor | None]]:
        """Spans of known names with how they name (name, demonym, metonym, ...) and whom; no one for "Brazil nut".

        What begins after the article's *day* (ISO, or the empty word) is not meant; of namesakes, whoever is in office
        then, else who was last.
        """
        nearby = Company(matches)
        before = {span.end: meanings[0][1] for span, meanings in matches if len(meanings) == 1}
        for span, meanings in matches:
            # "Brussels" is the Union where it acts, else the city
            metonyms_last = not acts(span, self.ontology)
            allowed = [m for m in meanings if _counts(span, *m, company) and not self._is_yet_to_come(m[1], day)]
            if any(c.lower_ in ("a", "an") for c in span.root.children if c.dep_ == "det" and c.i < span.start):
                allowed = [m for m in allowed if m[1].cls not in TIMED]  # "a 1956 Geneva Convention" is another
            allowed = [m for m in allowed if not self._is_anothers(m[1], before.get(span.start))]
            allowed = [
                (kind, actor)
                for kind, actor in allowed
                if not (kind == "local name" or _is_short_for(span.text, actor))
                or self._at_home(span, actor, company, nearby, day)
            ]
            best = min(
                allowed,
                key=lambda m: (
                    m[0] == "demonym",
                    metonyms_last and m[0] == "metonym",
                    m[0] == "local name" and not nearby.speaks_of(m[1].of),
                    m[0] == "local name" and company.meant.get(span.text, m[1]) is not m[1],
                    -company.kin(m[1]) if m[1].ambiguous or m[0] == "local name" else 0,
                    m[0] == "local name",
                    _rank(m[1]),
                    self._out_of_office(m[1], day),
                    m[1].id,
                ),
                default=None,
            )
            if best is not None:
                kind, actor = best
                if kind == "local name" and nearby.speaks_of(actor.of):
                    company.meant[span.text] = actor
                yield span, kind, self._as_of(actor, day)
            elif not meanings:
                yield span, "no name", None

    def _is_anothers(self, actor: Actor, before: Actor | None) -> bool:
        """Whether another state's name stands right before that of a body: the Bolivian Congress is not America's."""
        if before is None or before.cls != "State" or actor.cls not in DOMESTIC or actor.of in (None, before.id):
            return False
        earlier = self._predecessors.get(actor.of or "")
        return earlier is None or earlier[0].id != before.id

    def _at_home(self, span: ParsedSpan, actor: Actor, company: Company, nearby: Company, day: str) -> bool:
        """Whether a name used at home is said of its own state: spoken of beside it, or much in the article.

        Not "Treasury Secretary" before a name that is not that of the state's own.
        """
        if actor.of is None:
            return True
        doc, offices = span.doc, self.offices(span.doc)
        titles = [(last + 1, office) for last, (first, office) in offices.items() if first <= span.start <= last]
        for end, office in titles:
            holder = self.ontology.holder_of(office, actor.of, day) if day else None
            named = [t.text for t in doc[end : end + 4] if t.text[:1].isupper()] if end < len(doc) else []
            if holder and named and doc[end].text == named[0]:
                return any(word in named for name in self.ontology.actors[holder].names for word in name.split()[-1:])
        alone = span.text.isupper() and company.speaks_of_none()  # "the FSB", and no state to tell it from another's
        return alone or nearby.speaks_of(actor.of) or company.gives_room_to(actor.of)

    def _as_of(self, actor: Actor, day: str) -> Actor:
        """The state whose successor *actor* is, if *day* is of its time: "Germany" between 1949 and 1990.

        A capital is that state's, too: "Moscow" in 1987; and Belgrade was Yugoslavia's.
        """
        seat = self._seats.get(actor.id)
        if seat and actor.capital_of and seat[1] <= day <= seat[2]:
            return replace(actor, capital_of=seat[0])
        before = self._predecessors.get(actor.capital_of or actor.id)
        if not before or not before[1] <= day <= before[2]:
            return actor
        return replace(actor, capital_of=before[0].id) if actor.capital_of else before[0]

    def _is_yet_to_come(self, actor: Actor, day: str) -> bool:
        return bool(day) and self._begins.get(actor.id, "") > day

    def _out_of_office(self, actor: Actor, day: str) -> tuple[bool, int]:
        """The smaller, the likelier a person is spoken of on *day*: in office, else the later in one."""
        terms = self.ontology.held_by(actor.id) if actor.cls == "Person" else []
        begun = [t.begin for t in terms if t.begin and (not day or t.begin <= day)]
        return not any(day and t.covers(day) for t in terms), -int(max(begun, default="0")[:4])

    def dateline(self, doc: spacy.tokens.Doc) -> list[tuple[spacy.tokens.Span, Actor]]:
        """The town and the agency of a dateline, which is not parsed."""
        found = []
        for span in filter_spans(self._names(doc, as_spans=True)):
            kinds = [a for k, a in self._meanings.get(span.text, ()) if a.cls in ("City", "MediaOutlet") and k == "name"]
            if kinds:
                found.append((span, min(kinds, key=lambda a: (not a.capital_of, a.id))))
        return found

    def surnames_in_office(self, day: str) -> frozenset[str]:
        """Surnames of exactly one office-holder on *day* (ISO): bare, they name that one. Without a day, of all times."""
        if day not in self._in_office:
            ontology = self.ontology
            self._in_office[day] = frozenset(
                surname
                for surname, actors in self.bare_surnames.items()
                if len(surname) > (3 if day else 5)
                and sum(bool(not day or ontology.offices_of(a.id, day)) for a in actors) == 1
            )
        return self._in_office[day]

    def offices(self, doc: Doc) -> dict[int, tuple[int, str]]:
        """Offices by their last token, each with its first; the longest name wins ("deputy foreign minister").

        Worked out once a paragraph.
        """
        if "offices" not in doc.known:
            doc.known["offices"] = self._longest_offices(doc)
        found: dict[int, tuple[int, str]] = doc.known["offices"]
        return found

    def _longest_offices(self, doc: Doc) -> dict[int, tuple[int, str]]:
        found: dict[int, tuple[int, str]] = {}
        for span, words in _matched(self._offices, doc):
            office = self._office_ids[words.lower()]
            known = found.get(span.end - 1)
            if known is None or span.start < known[0]:
                found[span.end - 1] = (span.start, office)
        return {last: self._deputising(doc, *whose, last) for last, whose in found.items()}

    def _deputising(self, doc: Doc, first: int, office: str, last: int) -> tuple[int, str]:
        """ "Deputy Finance Minister" is none that holds the office of the minister."""
        words = self.ontology.words
        at = first - 2 if first > 1 and doc[first - 1].text == "-" else first - 1  # "Vice-Foreign Minister"
        before = doc[at].lower_ if at >= 0 else ""
        if before not in words("deputising", "modifier") or doc[last].lower_ not in words("deputising", "word"):
            return first, office
        return at, next((self._office_ids[name] for name in words("deputising", "office")), office)


def _matched(matcher: PhraseMatcher, doc: Doc) -> Iterator[tuple[ParsedSpan, str]]:
    """What *matcher* finds in *doc*, whatever the white space between the words, with its words one space apart."""
    solid = [token for token in doc if not token.is_space]
    parse = doc.parse
    if len(solid) < len(doc):
        parse = spacy.tokens.Doc(parse.vocab, words=[t.text for t in solid])
    for _, start, end in matcher(parse):
        span = doc.span(solid[start].i, solid[end - 1].i + 1)
        yield span, " ".join(span.text.split())


def _ends_in(name: str, surname: str) -> bool:
    """Whether a name ends in *surname* without a particle before it."""
    words = name.split()
    return len(words) > 1 and words[-1] == surname and not words[-2].islower()


def _common_words(nlp: Language) -> frozenset[str]:
    """The nouns and adjectives that the model's lemmatizer lists, which are WordNet's."""
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None) if nlp.has_pipe("lemmatizer") else None
    if lookups is None or not lookups.has_table("lemma_index"):
        return frozenset()
    table = lookups.get_table("lemma_index")
    return frozenset(word for pos in ("noun", "adj") for word in table.get(pos, ()))


def _counts(span: ParsedSpan, kind: str, actor: Actor, company: Company) -> bool:
    """Whether a name counts where it stands: "Labour" where its state is spoken of, "TX" after a town.

    The CBI is India's where the article speaks of India or of no state.
    """
    if kind == "local name":
        return company.speaks_of(actor.of or actor.id)
    if _is_short_for(span.text, actor):
        return company.speaks_of(actor.of) or company.speaks_of_none()
    if kind == "abbreviation":
        before = span.doc[max(0, span.start - 2) : span.start]
        return len(before) == 2 and before[1].text == "," and before[0].text[:1].isupper()
    return True


def _is_short_for(name: str, actor: Actor) -> bool:
    """Whether a name is so short an acronym of a domestic body that other states' bodies may have it, too: PT, STC."""
    return len(name) <= 3 and name.isupper() and actor.cls in DOMESTIC and actor.of is not None


def _plural(name: str) -> str:
    head, of, rest = name.partition(" of ")
    head += "es" if head.endswith(("ch", "sh", "s", "x")) else "s"
    head = re.sub(r"(m)ans$", r"\1en", head)
    return head + of + rest


def _rank(actor: Actor) -> int:
    order = ("State", "IntergovernmentalOrganization", "City")
    return order.index(actor.cls) if actor.cls in order else len(order)


def acts(city: ParsedSpan, ontology: Ontology) -> bool:
    """Whether a capital stands for its government: a subject, object or owner, not after "in", "from", "to".

    Not where what it owns or what moves there is a town's ("London's stock exchange", "a flight between Rome and Oslo"),
    nor before a date, which makes it a dateline.
    """
    head, doc = city.root, city.doc
    places = ontology.words("placeOnly", "noun")
    if city.end + 1 < len(doc) and doc[city.end].text == "," and doc[city.end + 1].ent_type_ == "DATE":
        return False
    if city.end < len(doc) and _opens_dateline(city):
        return False
    while head.dep_ == "conj":
        head = head.head
        if " ".join(t.text for t in (*_compounds(head), head)) in ontology.towns:
            return False  # "New York or Tokyo"
    if head.dep_ == "nsubj" and any(c.dep_ == "attr" for c in head.head.children):
        return False  # "Ottawa is the capital of Canada"
    if head.dep_ == "dobj" and head.head.lemma_.lower() in ontology.words("placeOnly", "verb"):
        return False  # "left Brasilia"
    if head.dep_ == "poss":
        return not _is_towns(doc[city.end : head.head.i + 1], head.head, ontology)
    if head.dep_ in ("nsubj", "nsubjpass", "dobj"):
        return True
    if head.dep_ == "pobj":
        if head.head.head.lemma_.lower() in (*places, *ontology.words("placeOnly", "verb")):
            return False
        return head.head.lower_ not in ontology.words("placeOnly", "preposition")
    return False


def _compounds(token: Token) -> list[Token]:
    return [c for c in token.children if c.dep_ == "compound" and c.i < token.i]


def _opens_dateline(city: ParsedSpan) -> bool:
    """Whether a paragraph begins with the city, a comma and what has no verb, up to a bracket: "Moscow, Nov.17 (TASS)"."""
    doc = city.doc
    if any(not t.is_punct and not t.is_space for t in doc[: city.start]) or doc[city.end].text != ",":
        return False
    behind = doc[city.end : city.end + DATELINE]
    until = next((n for n, t in enumerate(behind) if t.text == "("), 0)
    return bool(until) and not any(t.pos_ in ("VERB", "AUX") for t in behind[:until])


def _is_towns(owned: list[Token], thing: Token, ontology: Ontology) -> bool:
    """Whether what a capital owns is the town's: its mayor, its stock exchange, its "ambition to become a centre"."""
    places = ontology.words("placeOnly", "noun")
    for words in ([t.lower_ for t in owned], [t.lemma_.lower() for t in owned]):
        text = f" {' '.join(words)} "
        if any(f" {place} " in text for place in places):
            return True
    roles = ontology.words("placeOnly", "role")
    behind = thing.doc[thing.i + 1] if thing.i + 1 < len(thing.doc) else thing
    said = [*thing.subtree, *(behind.subtree if behind.lower_ == "as" else ())]
    return any((t.dep_ == "attr" or t.head.lower_ == "as") and t.lemma_.lower() in roles for t in said)
