"""Whom a bare name of a person names: "Baker", "Hernandez", "Castro", by the full names and titles of the article."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from kgbuild.ontology import Actor
from kgbuild.read.names.gazetteer import Gazetteer
from kgbuild.read.names.gender import gender_of_person, shown_gender
from kgbuild.read.names.located import Located
from kgbuild.read.names.memory import Memory
from kgbuild.read.names.names import surnames_of
from kgbuild.read.names.tabled import in_office_by_table
from kgbuild.read.parse.clauses import coordinated
from kgbuild.spelling import SHORT, block, compare_persons, plain, with_one_form

SPELLED = 0.88
"""How alike two full names are that only differ as spellings of one do."""
GIVEN_LAST = re.compile(r"\w-[a-z]+$")
"""How a given name of two syllables is written that stands behind the surname: "Yo-jong"."""
Place = tuple[int, int]
"""A passage and a token of it."""


def identify_persons(mentions: list[Located], memory: Memory, gazetteer: Gazetteer) -> list[Located]:
    """The mentions, each bare surname (or other part of a name) with whom it names.

    That is the person whose full name in the article begins or ends so; of two such persons the one named last,
    with regard to a title; else the one office-holder of that surname.
    """
    mentions = [_as_known(one, memory, gazetteer) for one in mentions]
    persons = _Persons(mentions, memory, gazetteer)
    found = []
    for one in mentions:
        if one.kind == "name" and one.mention.cls == "Person":
            one = persons.identified(one)
            if one.mention.entities:
                persons.add(one)
        found.append(one)
    return found


class _Persons:
    """The persons that an article names, while its mentions are gone through from first to last."""

    def __init__(self, mentions: list[Located], memory: Memory, gazetteer: Gazetteer) -> None:
        self._memory, self._gazetteer = memory, gazetteer
        self._titles = {(one.passage, one.named): one.office for one in mentions if one.office and one.named >= 0}
        """The office before a name."""
        self._titled = _titled(mentions, self._titles, memory, gazetteer)
        self._full = _full_names(mentions)
        self._in_full = {person for named in self._full.values() for person in named}
        for surname, actor in self._titled.values():
            self._full[surname][actor.id] = actor.label
        self._names = {(one.passage, one.head): one for one in mentions if one.kind == "name"}
        self._before: dict[Place, Located] = {}
        """The mentions of persons gone through, by each of their tokens."""
        self._last: dict[str, tuple[str, str]] = {}
        """A name or a part of one -> the person last named so, with a label."""
        self._bare: dict[str, Place] = {}
        """A name of one word -> the sentence in which it stood last."""

    def identified(self, one: Located) -> Located:
        """The mention of a person with whom it names."""
        words, found = one.mention.span.text, one
        if words in self._full and not one.known and not self._is_another(words):
            found = self._as_part_of_name(one)
        elif " " in words:
            self._memory.note_gender(one.mention.entities[0], shown_gender(one, self._memory))
        if " " not in words and found.mention == one.mention and not one.known:
            office = self._titles.get((one.passage, one.head), "")
            found = _as_bare_surname(one, office, self._memory, self._gazetteer)
        return found

    def _is_another(self, words: str) -> bool:
        """Whether a word with which longer names only begin is no first name, and one office-holder of today bears it."""
        if words not in self._gazetteer.surnames_in_office(self._memory.day) or words in self._memory.given_names:
            return False
        full = self._full[words]
        return all(
            label.split()[0] == words and self._memory.ontology.known(person) is None for person, label in full.items()
        )

    def add(self, one: Located) -> None:
        """Note whom the name of a mention, and each part of it, names from here on."""
        words = one.mention.span.text
        sentence = one.passage, self._memory.token(one).sent.start
        for part in (*_parts(words), words):
            if part == words or self._bare.get(part) != sentence:  # "Reagan and Nancy Reagan": he is still called so
                self._last[part] = one.mention.entities[0], one.mention.name
        if " " not in words:
            self._bare[words] = sentence
        self._before.update({(one.passage, i): one for i in range(one.first, one.last)})

    def _as_part_of_name(self, one: Located) -> Located:
        """The mention with the person whose full name its words are a part of, or whom its title tells from namesakes."""
        memory, words, place = self._memory, one.mention.span.text, (one.passage, one.head)
        shown = shown_gender(one, memory)
        if place in self._titled:
            _, actor = self._titled[place]
            chosen: tuple[str, str] | None = (actor.id, actor.label)
        else:
            others = self._others(one)
            agreeing = {
                person: label
                for person, label in self._full[words].items()
                if (not shown or gender_of_person(person, memory) in ("", shown)) and person not in others
            }
            chosen = next(iter(agreeing.items())) if len(agreeing) == 1 else self._last.get(words)
            chosen = chosen if chosen is None or chosen[0] not in others else None
        if chosen is None:
            return one
        person, label = self._head_of(chosen[0], words) or chosen
        memory.note_gender(person, shown)
        why = "part of a name given in full" if person in self._in_full else "surname of one office-holder"
        return one.renamed((person,), why, label)

    def _head_of(self, person: str, surname: str) -> tuple[str, str] | None:
        """Of one who is known without an office, as Melania Trump, the office-holder whom the surname alone names."""
        ontology, day = self._memory.ontology, self._memory.day
        if person not in ontology.actors or ontology.held_by(person):
            return None
        heads = [
            a
            for a in self._gazetteer.bare_surnames.get(surname, ())
            if any(not day or (t.begin or "") <= day for t in ontology.held_by(a.id))
        ]
        return (heads[0].id, heads[0].label) if len(heads) == 1 else None

    def _others(self, one: Located) -> set[str]:
        """Who is another than whom a bare name means: "A Castro, the eldest son of Castro", "Reagan and Nancy Reagan"."""
        token, found = self._memory.token(one), list[Located | None]()
        for above in token.ancestors:
            if above.dep_ == "appos":
                named = [above.head, *(c for c in above.head.children if c.dep_ == "compound")]
                found += [self._before.get((one.passage, t.i)) for t in named]
        found += [self._names.get((one.passage, t.i)) for t in coordinated(token) if t.i != token.i]
        return {e for other in found if other and other.mention.cls == "Person" for e in other.mention.entities}


def _titled(
    mentions: list[Located], titles: dict[Place, str], memory: Memory, gazetteer: Gazetteer
) -> dict[Place, tuple[str, Actor]]:
    """Bare surnames behind an office whose one holder of that surname is known, by place: "Treasury Secretary Baker"."""
    found = {}
    for one in mentions:
        office = titles.get((one.passage, one.head), "")
        if not office or not memory.day or one.known or one.kind != "name":
            continue
        surname = one.mention.span.text
        holders = [
            a
            for a in gazetteer.surnames.get(surname, ())
            if any(t.office == office for t in memory.ontology.offices_of(a.id, memory.day))
        ] or in_office_by_table(surname, memory, office=office)
        if len(holders) == 1:
            found[one.passage, one.head] = surname, holders[0]
    return found


def _full_names(mentions: list[Located]) -> dict[str, dict[str, str]]:
    """What a name begins or ends with -> the persons so named, with their labels."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for one in mentions:
        if one.kind == "name" and one.mention.cls == "Person":
            for part in _parts(one.mention.span.text):
                found[part][one.mention.entities[0]] = one.mention.name
    return found


def _parts(name: str) -> list[str]:
    """By what somebody of this name may be called: the words with which it begins or ends, and a second surname."""
    words = name.split()
    parts = [" ".join(part) for at in range(1, len(words)) for part in (words[:at], words[at:])]
    parts += [words[-1].partition("-")[2]] if words[-1].lower().startswith(("al-", "el-")) else []
    return list(dict.fromkeys([*parts, *(surnames_of(name) if len(words) > 2 else ())]))


def _as_known(one: Located, memory: Memory, gazetteer: Gazetteer) -> Located:
    """A full name that spells the name of one known person otherwise, as that one: "Joseph R. Biden", "Sergueï Lavrov".

    With another given name than any of his ("Chuck" for "Charles") only while he holds an office.
    """
    if one.kind != "name" or one.known or not 1 < len(plain(one.mention.name)) < 6:
        return one
    if one.mention.cls not in ("Person", "Organization", "Place"):
        return one
    name = with_one_form(one.mention.name, gazetteer.given_forms)
    found: dict[str, Actor] = {}
    for known, actor in gazetteer.spellings.get(block(name), ()):
        compared = compare_persons(name, with_one_form(known, gazetteer.given_forms))
        in_office = bool(memory.day and memory.ontology.offices_of(actor.id, memory.day))
        if len(plain(name)) != len(plain(known)) and any(GIVEN_LAST.search(written) for written in actor.names):
            continue  # "Kim Jong" is no short "Kim Yo-jong": the surname stands first
        if compared.score >= SPELLED and "initial" not in compared.why and (in_office or compared.why != SHORT):
            found[actor.id] = actor
    if len(found) != 1:
        return one
    [actor] = found.values()
    found_so = one.renamed((actor.id,), "another spelling of a name in actors.ttl", actor.label)
    return replace(found_so, mention=replace(found_so.mention, cls="Person"))


def _is_meant(person: Actor, memory: Memory) -> bool:
    """Whether the article speaks of the state or body of somebody's."""
    held = memory.ontology.offices_of(person.id, memory.day) if memory.day else memory.ontology.held_by(person.id)
    own = {*(t.of for t in held), person.of}
    return any(own & {*m.mention.entities, *m.mention.represents} for m in memory.actors_named)


def _as_bare_surname(one: Located, office: str, memory: Memory, gazetteer: Gazetteer) -> Located:
    """A bare surname of no one named in full: the one office-holder of that name, else someone of this article.

    With an *office* before it ("former President X"), also the one who has held that office before.
    """
    surname, mention = one.mention.span.text, one.mention
    ontology, day = memory.ontology, memory.day
    known = gazetteer.bare_surnames.get(surname, [])
    holders = [a for a in known if (ontology.offices_of(a.id, day) if day else ontology.held_by(a.id))]
    holders = holders or ([] if day else known)
    if len(holders) > 1 and not office:  # of several the one whose state is spoken of, else the one who leads a state
        meant = [a for a in holders if _is_meant(a, memory)]
        leading = [a for a in meant or holders if any(gazetteer.leads(t) for t in ontology.offices_of(a.id, day))]
        holders = meant if len(meant) == 1 else leading if day else holders
    if not holders and office:
        namesakes = gazetteer.surnames.get(surname, ())
        holders = [
            a for a in namesakes if any(t.office == office and (t.begin or "") <= day for t in ontology.held_by(a.id))
        ]
    holders = holders or in_office_by_table(surname, memory, office=office)
    if len(holders) == 1:
        [actor] = holders
        return one.renamed((actor.id,), "surname of one office-holder", actor.label)
    # Two articles' "Smith" are not one person by their name alone.
    given = any(surname in ontology.words(gender, "firstName") for gender in ("male", "female"))
    if given and not office and memory.token(one).dep_ not in ("nsubj", "nsubjpass", "dobj", "poss"):
        return one.denoting((), "")  # a given name alone
    entity = memory.local_id(mention.entities[0])
    return one.renamed((entity,), "a bare surname, one person in this article", mention.name)
