"""Who issue a text together: "a communiqué issued by Chad and Mali", "Joint Statement between Chad and Mali".

In the rest of it "we" are they.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kgbuild.model import Mention, Span
from kgbuild.ontology import Ontology
from kgbuild.read.names.gazetteer import Gazetteer
from kgbuild.read.names.located import Located
from kgbuild.read.parse.clauses import is_passive, is_verbal
from kgbuild.read.parse.tokens import Doc, Token

ISSUING = ("State", "IntergovernmentalOrganization", "Bloc", "GovernmentBody")
"""Who issues a text with others."""
JOINING = ("the", "and", "&", ",", "of")
"""What may stand between the names of those who do."""
LONGEST = 6
"""Words that a name in a title has at most."""


def issuers_told(doc: Doc, by_token: Mapping[int, Located], ontology: Ontology) -> Mention | None:
    """Those who, in the first words of a text, are said to issue it; None for fewer than two."""
    documents, issuing = ontology.words("measure", "noun"), ontology.words("measure", "verb")
    for verb in doc:
        if verb.lemma_.lower() not in issuing or not is_verbal(verb) or not is_passive(verb):
            continue
        by = next((c for c in verb.children if c.dep_ == "agent"), None)
        if by is not None and any(t.lemma_.lower() in documents for t in doc[verb.sent.start : verb.i]):
            return _together(_named_behind(by, by_token))
    return None


def _named_behind(by: Token, by_token: Mapping[int, Located]) -> Iterator[str]:
    """The states and bodies named behind "by", with whatever of their people stands between, up to another clause."""
    for token in by.doc[by.i + 1 : by.sent.end]:
        if token.pos_ in ("VERB", "AUX") or (token.pos_ == "ADP" and token.lower_ not in JOINING):
            return
        one = by_token.get(token.i)
        if one is not None and one.kind == "name" and one.head == token.i and one.mention.cls in ISSUING:
            last = one.mention.entities
            following = by.doc[one.last] if one.last < len(by.doc) else None
            if len(last) == 1 and (following is None or following.pos_ not in ("NOUN", "ADJ")):  # not "the G7 ministers of"
                yield last[0]


def issuers_in_title(title: str, gazetteer: Gazetteer, ontology: Ontology) -> Mention | None:
    """Those whom the title of a joint text names behind "between", "by" or "of"; None for fewer than two."""
    words = title.replace(",", " , ").split()
    if not {word.lower() for word in words} & ontology.words("jointly", "modifier"):
        return None
    starts = [at + 1 for at, word in enumerate(words) if word.lower() in ontology.words("jointly", "preposition")]
    return _together(_named_from(words, starts[0], gazetteer)) if starts else None


def _named_from(words: list[str], at: int, gazetteer: Gazetteer) -> Iterator[str]:
    """The states and bodies that *words* name one behind the other from place *at* on."""
    while at < len(words):
        if words[at].lower() in JOINING:
            at += 1
            continue
        for end in range(min(len(words), at + LONGEST), at, -1):
            named = [actor.id for actor in gazetteer.named(" ".join(words[at:end])) if actor.cls in ISSUING]
            if len(named) == 1:
                yield named[0]
                at = end
                break
        else:
            return


def _together(named: Iterator[str]) -> Mention | None:
    found = tuple(dict.fromkeys(named))
    return Mention(Span(0, 0, "we"), "Group", reason="who issue the text", represents=found) if len(found) > 1 else None
