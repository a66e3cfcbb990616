"""One talk told twice: what two discuss in an article that tells of their call, they discuss in that call.

"Merkel and Xi spoke by phone. The two leaders discussed trade." is one phone call, and no meeting beside it. Where the
article says that the two met, all is left as it is, for nobody knows which of the two is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kgbuild.model import Article, Claim, Mention
from kgbuild.ontology import Ontology
from kgbuild.read.claims.paragraph import Paragraph
from kgbuild.read.parse.lemmas import lemma_of

Parties = frozenset[str]


def told_once(claims: Sequence[Claim], article: Article, paragraphs: Sequence[Paragraph], ontology: Ontology) -> list[Claim]:
    """*claims* of an article; what those discuss who only speak there at a distance is of that type (`dip:atDistance`)."""
    near = {kind.name: kind.at_distance for kind in ontology.types.values() if kind.at_distance}
    spoken = _starts_of_speech(paragraphs, ontology)
    talks = [c for c in claims if c.claims in near and any(c.trigger.start <= at < c.trigger.end for at in spoken)]
    met = {_parties(c) for c in claims if c.claims in near and _is_fact(c) and c not in talks}
    calls = [(c.claims, _parties(c), c) for c in claims if c.claims in near.values() and _is_fact(c)]

    def as_told(claim: Claim) -> Claim:
        parties = _parties(claim)
        if claim not in talks or not _is_fact(claim) or any(parties <= others for others in met):
            return claim
        if not parties:  # "the leaders", of an article that tells of nothing but a call
            only_call = bool(calls) and not met and _is_of_the_leaders(claim)
            return replace(claim, claims=near[claim.claims]) if only_call else claim
        by_title = _is_call_by_title(claim, article, ontology)
        same = by_title or any(
            near[claim.claims] == name and parties <= those and _may_be(claim, c) for name, those, c in calls
        )
        return replace(claim, claims=near[claim.claims]) if same else claim

    return [as_told(claim) for claim in claims]


def _starts_of_speech(paragraphs: Iterable[Paragraph], ontology: Ontology) -> frozenset[int]:
    """Where the words stand that say that people talk, and not where."""
    said = ontology.words("spoken", "verb") | ontology.words("spoken", "noun")
    return frozenset(p.passage.offset + t.idx for p in paragraphs for t in p.doc if lemma_of(t) in said)


def _is_fact(claim: Claim) -> bool:
    return claim.stance.polarity == "Affirmed" and claim.stance.modality == "Actual"


def _may_be(claim: Claim, call: Claim) -> bool:
    """Whether nothing said of the time keeps two apart."""
    return claim.when is None or call.when is None or claim.when.edtf == call.when.edtf


def _parties(claim: Claim) -> Parties:
    """Who takes part; empty where one of them is nobody known."""
    sides = [role.mention for role in claim.roles if role.role in ("participant", "actor", "recipient")]
    return frozenset(e for m in sides for e in m.entities) if all(m.entities for m in sides) else frozenset()


def _is_of_the_leaders(claim: Claim) -> bool:
    """Whether nobody takes part but one mention of which nobody knows whom it means: "the leaders", "they"."""
    sides = [role.mention for role in claim.roles if role.role == "participant"]
    return len(sides) == 1 and not sides[0].entities and not sides[0].represents


def _is_call_by_title(claim: Claim, article: Article, ontology: Ontology) -> bool:
    """Whether the title of the article tells of a call of those who take part: "Minister X's Call with Minister Y"."""
    title = article.title.lower()
    told = any(words in title for words in ontology.words("atDistance", "title"))
    sides = [role.mention for role in claim.roles if role.role == "participant"]
    return told and len(sides) > 1 and all(_is_named(mention, title) for mention in sides)


def _is_named(mention: Mention, title: str) -> bool:
    words = (mention.name or mention.span.words).lower().split()
    family_first = bool(mention.entities) and words[:1] != words[-1:] and f"minister {words[0]}" in title
    return bool(words) and (words[-1] in title or family_first)
