"""The entrance to reading: an article becomes a Reading, its sentences, mentions and claims.

Whoever needs more than the Reading (`explain`, `evaluate`) gets the parsed paragraphs beside it from `Reader.study`; nothing
else mends, parses or reads an article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace

from kgbuild.model import Article, Claim, Mention, Reading, Span
from kgbuild.ontology import Ontology
from kgbuild.read.claims.assemble import Outcome, claims_of, office_claim
from kgbuild.read.claims.bridging import Bridged
from kgbuild.read.claims.one_talk import told_once
from kgbuild.read.claims.paragraph import Paragraph, paragraphs_of
from kgbuild.read.claims.rules import ALL, Rules
from kgbuild.read.claims.told_before import NEAR
from kgbuild.read.claims.vetoes import Stopped
from kgbuild.read.frames.matching import Frames
from kgbuild.read.names.located import Located
from kgbuild.read.parse.bounds import CUT, cuts
from kgbuild.read.parse.nlp import Passage, parse, plain
from kgbuild.read.text.casing import as_written, recased
from kgbuild.read.text.normal import Normalised, as_read
from kgbuild.read.tools import Tools


@dataclass(frozen=True, slots=True)
class Study:
    """What was read in an article, with the paragraphs that it was read in and what the rules did there."""

    reading: Reading
    paragraphs: tuple[Paragraph, ...]
    stopped: tuple[Stopped, ...]
    """What vetoes stopped, in order of the text."""
    bridged: tuple[Bridged, ...]
    """What bridges added to claims, whether or not these were stopped."""
    normal: Normalised
    """The text that the paragraphs are of, and where it stands in the article's."""


class Reader:
    """Reads articles with the tools of one ontology and one model, by all rules or by those given; one a process."""

    def __init__(
        self, ontology: Ontology, model: str | None = None, *, frames: Frames | None = None, rules: Rules = ALL
    ) -> None:
        """Raises what `Tools.of` raises."""
        self.tools = Tools.of(ontology, model, frames=frames)
        self.rules = rules

    def without(self, rule: str) -> Reader:
        """A reader with the same tools, by all rules but the one of that name. Raises KeyError where there is none."""
        other = copy(self)
        other.rules = self.rules.without(rule)
        return other

    @property
    def ontology(self) -> Ontology:
        """By which it reads."""
        return self.tools.ontology

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """The reading of each article, in order; each depends on that article, the ontology and the model alone."""
        return (study.reading for study in self.study(articles))

    def study(self, articles: Iterable[Article]) -> Iterator[Study]:
        """The reading of each article, in order, with its parsed paragraphs.

        Their offsets are those of the text that is read (`normal.as_read`), mostly the article's own; capitals that an old
        wire set by mistake are small in them.
        """
        given: dict[Article, tuple[Article, Normalised]] = {}

        def cased() -> Iterator[Article]:
            for article in articles:
                plainer, normal = as_read(article, self.tools.lexicon)
                mended = replace(plainer, text=recased(plainer.text, self.tools.gazetteer.begins_name, self.ontology))
                given[mended] = article, normal
                yield mended

        for mended, passages in parse(self.tools.nlp, self.ontology, cased(), self.rules.repairs):
            article, normal = given.pop(mended)
            study = _study(mended, normal, passages, self.tools, self.rules)
            yield replace(study, reading=as_written(study.reading, article, normal))


def _study(article: Article, normal: Normalised, passages: tuple[Passage, ...], tools: Tools, rules: Rules) -> Study:
    """The sentences, mentions and claims of one parsed article."""
    paragraphs, mentions, held = paragraphs_of(article, passages, tools)
    outcomes: list[Outcome] = []
    for paragraph in paragraphs:
        outcomes.append(claims_of(paragraph, rules, [one for outcome in outcomes[-NEAR:] for one in outcome.told]))
    found = [claim for outcome in outcomes for claim in outcome.claims]
    found += [office_claim(paragraphs[one.holder.passage], one) for one in held]
    found = told_once(_once(found), article, paragraphs, tools.ontology)
    claims = tuple(sorted(found, key=lambda c: (c.trigger.start, c.claims, c.trigger.end)))
    passing = _named_in_passing(mentions, claims, tools.ontology)
    claims = tuple(replace(c, roles=tuple(r for r in c.roles if r.mention not in passing)) for c in claims)
    used = {m for c in claims for m in (*(r.mention for r in c.roles), c.stance.speaker) if m}
    kept = {m.mention for m in mentions if m.mention.entities} - passing | used
    datelined = set(_dateline_mentions(article, tools))
    dropped = Counter({"headline or summary repeated in the text": len(passages) - len(paragraphs)})
    dropped["name of nobody known, once and in no claim"] = len(passing)
    dropped["noun phrase of no claim and no name"] = len({m.mention for m in mentions} - passing - kept)
    dropped[CUT] = sum(cuts(paragraph.doc) for paragraph in paragraphs)
    stopped = tuple(one for outcome in outcomes for one in outcome.stopped)
    dropped.update(f"veto: {one.rule.name}" for one in stopped)
    reading = Reading(
        article,
        tuple(paragraphs[0].starts.values()) if paragraphs else (),
        tuple(sorted(kept | datelined, key=lambda m: (m.span.start, m.span.end, m.cls))),
        claims,
        tuple(sorted((why, count) for why, count in dropped.items() if count)),
    )
    return Study(reading, paragraphs, stopped, tuple(one for outcome in outcomes for one in outcome.bridged), normal)


def _named_in_passing(mentions: Iterable[Located], claims: Iterable[Claim], ontology: Ontology) -> set[Mention]:
    """The mentions of what only a name is known of, which the article names once and says nothing of.

    Of what may be an organization, as no word of its name says, somebody has to do more than speak of it.

    Of such names one in two was broken or of a wrong class when readers judged them, and no question is answered by one.
    """
    used = {c.stance.speaker for c in claims if c.stance.speaker}
    used |= {r.mention for c in claims for r in c.roles if r.role != "about" or r.mention.cls != "Organization"}
    told = {entity for mention in used for entity in (*mention.entities, *mention.represents)}
    times = Counter(entity for one in mentions for entity in one.mention.entities)
    return {
        one.mention
        for one in mentions
        if len(one.mention.entities) == 1 and not told & {*one.mention.entities} and one.mention not in used
        if times[one.mention.entities[0]] == 1 and ontology.known(one.mention.entities[0]) is None
    }


def _once(claims: list[Claim]) -> list[Claim]:
    """Each claim once: the same trigger and type, the fuller one."""
    best: dict[tuple[int, int, str], Claim] = {}
    for claim in claims:
        key = (claim.trigger.start, claim.trigger.end, claim.claims)
        if key not in best or len(claim.roles) > len(best[key].roles):
            best[key] = claim
    return list(best.values())


def _dateline_mentions(article: Article, tools: Tools) -> Iterator[Mention]:
    """The town and the agency that a dateline names: a place and a source, of which nothing is claimed."""
    for block in article.blocks:
        if block.kind == "dateline":
            doc = tools.nlp.make_doc(plain(article.text[block.start : block.end]))
            for span, actor in tools.gazetteer.dateline(doc):
                start = block.start + span.start_char
                place = Span(start, start + len(span.text), article.text[start : start + len(span.text)])
                belongs = (actor.of or actor.capital_of or "",) if actor.of or actor.capital_of else ()
                yield Mention(place, actor.cls, (actor.id,), "dateline", belongs, actor.label)
