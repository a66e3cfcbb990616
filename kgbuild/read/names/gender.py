"""The gender of persons, by what actors.ttl and the text say, never by a guess."""

from __future__ import annotations

from kgbuild.read.names.located import Located
from kgbuild.read.names.memory import Memory

GENDERS = {"female": "Fem", "male": "Masc"}


def gender_of(one: Located, memory: Memory) -> str:
    """Masc, Fem, or the empty word where nothing tells: that of the one person meant, else what the noun says."""
    if len(one.mention.entities) != 1:
        return _of_noun(one, memory)
    return gender_of_person(one.mention.entities[0], memory)


def gender_of_person(person: str, memory: Memory) -> str:
    """Masc, Fem, or the empty word: what actors.ttl says, else what the article has shown."""
    actor = memory.ontology.actors.get(person)
    return GENDERS[actor.gender] if actor and actor.gender else memory.genders.get(person, "")


def shown_gender(one: Located, memory: Memory) -> str:
    """What the words of a mention show: a title ("Mrs"), a noun ("spokeswoman"), else a first name."""
    if one.kind != "name":
        return _of_noun(one, memory)
    doc = memory.passages[one.passage].doc
    before = doc[one.first - 1].text.rstrip(".") if one.first else ""
    words = [t.text for t in doc[one.first : one.last]]
    return (
        _listed(before, "title", memory)
        or _listed(words[0].rstrip("."), "title", memory)
        or (_listed(words[0], "firstName", memory) if len(words) > 1 else "")
    )


def _of_noun(one: Located, memory: Memory) -> str:
    return _listed(memory.token(one).lemma_.lower(), "noun", memory)


def _listed(word: str, kind: str, memory: Memory) -> str:
    return next((mark for name, mark in GENDERS.items() if word in memory.ontology.words(name, kind)), "")
