"""What each rule does on real text: how often it fires, how often no other rule would have, and how often it is right.

python tests/bench/rules.py CORPUS... [--every 1] [--judged tests/judged] [--sample N SHEET]

A veto fires where it stops what would be a claim, a repair where it mends a parse, a bridge where it completes a claim. It
does so alone where claims are others without it. `--sample` writes a sheet of up to N such places a rule for judges, who
do not see the rule: SHEET to read, and beside it SHEET with .jsonl, which says for each number which rule it is, and
what it did. Verdicts come back as tests/judged/rules.jsonl, one record a place: rule, kind, article, source, start, end,
claims, verdict (right: the rule did well there; wrong; doubtful), cause.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from kgbuild import ontology as ontologies
from kgbuild.model import Article, Claim
from kgbuild.ontology import Ontology
from kgbuild.read.claims.assemble import claims_of
from kgbuild.read.claims.bridging import Bridge
from kgbuild.read.claims.candidate import Assembled
from kgbuild.read.claims.paragraph import Paragraph, paragraphs_of
from kgbuild.read.claims.rules import ALL
from kgbuild.read.explain import whole
from kgbuild.read.parse.nlp import Passage, clauses_of, parse
from kgbuild.read.parse.repairs import Repair, repaired
from kgbuild.read.reader import Reader
from kgbuild.read.rule import Rule
from kgbuild.read.text.casing import recased
from kgbuild.read.text.corpus import read_corpus

BEFORE = 400
"""Characters of the article shown before a sentence."""
SEED = 14


@dataclass(frozen=True)
class Place:
    """Where a rule changed what is claimed: the claims of a sentence with it and without it."""

    rule: Rule
    article: Article
    start: int
    end: int
    type: str
    sentence: tuple[int, int]
    having: tuple[Claim, ...]
    lacking: tuple[Claim, ...]
    """Of a veto: the claim that it stops."""


@dataclass
class Tally:
    """What was counted on a corpus."""

    sentences: int = 0
    fired: Counter[str] = field(default_factory=Counter)
    alone: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))


def main() -> None:
    """Print a line a rule, and write the sheet if asked for."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpus", nargs="+")
    arguments.add_argument("--every", type=int, default=1, help="only every so manieth article")
    arguments.add_argument("--judged", type=Path, help="folder with rules.jsonl")
    arguments.add_argument("--sample", nargs=2, metavar=("N", "SHEET"), help="up to N places a rule for judges")
    given = arguments.parse_args()
    ontology = ontologies.load()
    articles = list(read_corpus(given.corpus, ontology, lambda problem: None))[:: given.every]
    tally = measure(articles, Reader(ontology))
    judged = verdicts(given.judged / "rules.jsonl", tally) if given.judged else {}
    print(f"{len(articles)} articles, {tally.sentences} sentences; per 1,000 sentences")
    print(f"{'':8}{'rule':28}{'fires':>8}{'alone':>8}{'times':>8}{'times alone':>13}   judged right")
    for rule in ALL:
        fired, alone, right = tally.fired[rule.name], len(tally.alone[rule.name]), judged.get(rule.name, Counter())
        decided = right["right"] + right["wrong"]
        worth = f"{right['right']} of {decided}" if decided else ""
        print(
            f"{kind_of(rule):8}{rule.name:28}{per_thousand(fired, tally):8.2f}{per_thousand(alone, tally):8.2f}"
            f"{fired:8}{alone:13}   {worth}"
        )
    if given.sample:
        write_sheet(tally, int(given.sample[0]), Path(given.sample[1]), ontology)


def per_thousand(count: int, tally: Tally) -> float:
    """*count* for each thousand sentences."""
    return 1000 * count / tally.sentences if tally.sentences else 0.0


def kind_of(rule: Rule) -> str:
    """The word for the kind of rule in records of verdicts."""
    return "repair" if isinstance(rule, Repair) else "bridge" if isinstance(rule, Bridge) else "veto"


def verdicts(file: Path, tally: Tally) -> dict[str, Counter[str]]:
    """How often judges found each rule right, wrong, doubtful where it still fires alone; empty without a *file*."""
    places = {(name, place.article.id, place.start) for name, alone in tally.alone.items() for place in alone}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else ():
        record = json.loads(line)
        if (record["rule"], record["article"], record["start"]) in places:
            found[record["rule"]][record["verdict"]] += 1
    return found


# -- measuring ------------------------------------------------------------------------------------


def measure(articles: list[Article], reader: Reader) -> Tally:
    """Read *articles* by all rules, and again without a rule what it had a hand in; each is parsed once."""
    tally, tools = Tally(), reader.tools
    cased = (replace(a, text=recased(a.text, tools.gazetteer.begins_name, tools.ontology)) for a in articles)
    for article, passages in parse(tools.nlp, tools.ontology, cased):
        trial = Trial(article, passages, reader)
        tally.sentences += sum(len(p.doc.sents) for p in trial.paragraphs)
        for place in trial.places(tally.fired):
            tally.alone[place.rule.name].append(place)
    return tally


class Trial:
    """One parsed article, read with and without rules."""

    def __init__(self, article: Article, passages: tuple[Passage, ...], reader: Reader) -> None:
        self.article, self.passages, self.reader = article, passages, reader
        self.paragraphs = paragraphs_of(article, passages, reader.tools)[0]
        self.known = [dict(paragraph.by_token) for paragraph in self.paragraphs]
        self.outcomes = [claims_of(paragraph) for paragraph in self.paragraphs]

    def places(self, fired: Counter[str]) -> Iterator[Place]:
        """Where a rule alone changes claims; counts in *fired* how often each fires."""
        for paragraph, outcome in zip(self.paragraphs, self.outcomes, strict=True):
            for one in outcome.stopped:
                fired.update(veto.name for veto in one.vetoes)
            before_weighing: list[Rule] = []
            for one in outcome.stopped:
                if len(one.vetoes) == 1 and isinstance(one.candidate, Assembled):
                    yield self._stopped(one.rule, one.candidate.claim)
                elif len(one.vetoes) == 1:
                    before_weighing.append(one.rule)
            for rule in dict.fromkeys(before_weighing):
                yield from (self._stopped(rule, one.lacking[0]) for one in self._changed(rule, paragraph) if one.lacking)
            for rule in dict.fromkeys(one.rule for one in outcome.bridged):
                fired[rule.name] += sum(one.rule == rule for one in outcome.bridged)
                yield from self._changed(rule, paragraph)
        mended = [repair for passage in self.passages for _, repair in repaired(passage.doc)]
        fired.update(repair.name for repair in mended)
        for repair in dict.fromkeys(mended):
            yield from self._unmended(repair)

    def _stopped(self, rule: Rule, claim: Claim) -> Place:
        start, end = claim.sentence.span[:2]
        return Place(rule, self.article, claim.trigger.start, claim.trigger.end, claim.claims, (start, end), (), (claim,))

    def _changed(self, rule: Rule, paragraph: Paragraph) -> Iterator[Place]:
        """The sentences of a paragraph whose claims are others without a veto or bridge."""
        paragraph.by_token.clear()
        paragraph.by_token.update(self.known[paragraph.number])
        without = claims_of(paragraph, ALL.without(rule.name)).claims
        yield from self._differences(rule, self.outcomes[paragraph.number].claims, without)

    def _unmended(self, repair: Repair) -> Iterator[Place]:
        """The sentences of the article whose claims are others without a repair."""
        kept = tuple(one for one in ALL.repairs if one != repair)
        ontology = self.reader.ontology
        passages = tuple(
            Passage(p.block, clauses_of(p.doc.parse, ontology, kept)) if repair in (one for _, one in repaired(p.doc)) else p
            for p in self.passages
        )
        without = [claims_of(p).claims for p in paragraphs_of(self.article, passages, self.reader.tools)[0]]
        having = [outcome.claims for outcome in self.outcomes]
        yield from self._differences(repair, sum(having, ()), sum(without, ()))

    def _differences(self, rule: Rule, having: tuple[Claim, ...], lacking: tuple[Claim, ...]) -> Iterator[Place]:
        events = [c for c in having if c.kind != "statement"], [c for c in lacking if c.kind != "statement"]
        gone, come = ([c for c in events[0] if c not in events[1]], [c for c in events[1] if c not in events[0]])
        for start, end in sorted({c.sentence.span[:2] for c in (*gone, *come)}):
            here = [tuple(c for c in claims if c.sentence.span[:2] == (start, end)) for claims in (gone, come)]
            first = (*here[0], *here[1])[0]
            yield Place(rule, self.article, first.trigger.start, first.trigger.end, first.claims, (start, end), *here)


# -- the sheet for judges -------------------------------------------------------------------------


def write_sheet(tally: Tally, most: int, sheet: Path, ontology: Ontology) -> None:
    """Write *sheet* and its index: up to *most* places a rule, in an order that does not give the rule away."""
    chance = random.Random(SEED)
    chosen: list[Place] = []
    for rule in ALL:
        places = tally.alone[rule.name]
        chosen += chance.sample(places, min(most, len(places)))
    chance.shuffle(chosen)
    pages, index = [], []
    for number, place in enumerate(chosen, 1):
        with_first = chance.random() < 0.5
        pages.append(page(number, place, ontology, with_first=with_first))
        record = {
            "number": number,
            "rule": place.rule.name,
            "kind": kind_of(place.rule),
            "article": place.article.id,
            "source": place.article.source,
            "start": place.start,
            "end": place.end,
            "claims": place.type,
        }
        index.append(record if kind_of(place.rule) == "veto" else {**record, "with": "A" if with_first else "B"})
    sheet.write_text("\n\n".join(pages) + "\n", encoding="utf-8")
    lines = (json.dumps(record, ensure_ascii=False) for record in index)
    sheet.with_suffix(".jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def page(number: int, place: Place, ontology: Ontology, *, with_first: bool) -> str:
    """One place to judge: what goes before, the sentence, and a claim, or the claims of two readings, A and B."""
    text, (start, end) = place.article.text, place.sentence
    before = " ".join(text[max(0, start - BEFORE) : start].split())
    marked = f"{text[start : place.start]}⟦{text[place.start : place.end]}⟧{text[place.end : end]}"
    lines = [f"{number}. ({place.article.issued or 'no date'}) … {before}", f"   >> {' '.join(marked.split())}"]
    if kind_of(place.rule) == "veto":
        lines += [f" {line}" for claim in place.lacking for line in whole(claim)]
    else:
        readings = (place.having, place.lacking) if with_first else (place.lacking, place.having)
        for letter, claims in zip("AB", readings, strict=True):
            lines.append(f"   {letter}" if claims else f"   {letter} no claim")
            lines += [f"   {line}" for claim in claims for line in whole(claim)]
    for kind in sorted({claim.claims for claim in (*place.having, *place.lacking)}):
        lines.append(f"   [{kind}: {ontology.types[kind].definition}]")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
