"""What merging costs beside reading, and that it grows with the number of claims and no faster.

python tests/bench/merging.py [--data CORPUS] [--articles 500 5000 50000] [--profile]

A sample is read, and its readings are told again as by many articles: other states, other names and other days each time, as
many as a corpus of that size would have. Without --data the sample is made of seeds/ and the sentences of tests/gold.
"""

from __future__ import annotations

import argparse
import cProfile
import hashlib
import json
import pstats
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice, pairwise
from pathlib import Path

from kgbuild import ontology as ontologies
from kgbuild.graph import entities, events
from kgbuild.model import Article, Block, Claim, Mention, Reading, Stance, When
from kgbuild.ontology import Ontology
from kgbuild.read.reader import Reader
from kgbuild.read.text.corpus import read_corpus

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE = 100
START = date(2010, 1, 1)
A_DAY = 50
"""Articles written on one day."""


def main() -> None:
    """Print a line for each number of articles: claims, seconds of CPU, and what that is of the time to read them."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", help="a corpus to sample; whole articles merge as a real corpus does")
    arguments.add_argument("--articles", type=int, nargs="+", default=[500, 5000, 50000])
    arguments.add_argument("--profile", action="store_true")
    given = arguments.parse_args()
    ontology = ontologies.load()
    reader = Reader(ontology)
    articles = (
        list(islice(read_corpus([given.data], ontology, lambda problem: None), SAMPLE)) if given.data else own(ontology)
    )
    list(reader.read(articles[:5]))  # warm
    start = time.process_time()
    sample = list(reader.read(articles))
    reading = (time.process_time() - start) / len(sample)
    print(f"reading: {len(sample)} articles, {sum(len(r.claims) for r in sample)} claims, {1e3 * reading:.1f} ms an article")
    print(
        f"{'articles':>9}{'claims':>9}{'events':>9}{'entities s':>12}{'events s':>10}{'facts s':>9}"
        f"{'µs a claim':>12}{'of reading':>12}"
    )
    for count in given.articles:
        readings = list(islice(told_again(sample, ontology), count))
        if given.profile:
            profile = cProfile.Profile()
            profile.runcall(merge, readings, ontology)
            pstats.Stats(profile).sort_stats("tottime").print_stats(30)
        seconds, found = merge(readings, ontology)
        claims, whole = sum(len(r.claims) for r in readings), sum(seconds)
        times = f"{seconds[0]:>12.2f}{seconds[1]:>10.2f}{seconds[2]:>9.2f}"
        cost = f"{1e6 * whole / claims:>12.1f}{whole / (count * reading):>12.1%}"
        print(f"{count:>9}{claims:>9}{found:>9}{times}{cost}")


def merge(readings: list[Reading], ontology: Ontology) -> tuple[list[float], int]:
    """Seconds of CPU for entities, events and the facts of both, and the number of events."""
    marks = [time.process_time()]
    things = entities.merge(readings, ontology)
    marks.append(time.process_time())
    happenings = events.merge(readings, things)
    marks.append(time.process_time())
    events.facts(happenings, things)
    entities.facts(things, readings, frozenset(e for happening in happenings for e in happening.parties))
    marks.append(time.process_time())
    return [after - before for before, after in pairwise(marks)], len(happenings)


def own(ontology: Ontology) -> list[Article]:
    """The seed, and articles of twelve sentences each from our own gold."""
    found = list(read_corpus([str(ROOT / "seeds")], ontology, lambda problem: None))
    records = [
        json.loads(line)
        for file in sorted((ROOT / "tests" / "gold").glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    random.Random(1).shuffle(records)
    for number in range(0, len(records), 12):
        texts = [record["text"] for record in records[number : number + 12]]
        text, blocks = "\n\n".join(texts), []
        for one in texts:
            start = blocks[-1].end + 2 if blocks else 0
            blocks.append(Block("body", start, start + len(one)))
        digest = hashlib.sha256(text.encode()).hexdigest()
        found.append(Article(f"own-{number}", text, tuple(blocks), digest, "gold", issued="2014-12-19"))
    return found[:SAMPLE]


def told_again(sample: list[Reading], ontology: Ontology) -> Iterator[Reading]:
    """The sample over and over, each time of other states and days."""
    states = sorted(a.id for a in ontology.actors.values() if a.cls == "State")
    random.Random(1).shuffle(states)
    number = 0
    while True:
        for reading in sample:
            turn = number // len(sample)
            yield elsewhere(reading, number, turn, states, ontology)
            number += 1


def elsewhere(reading: Reading, number: int, turn: int, states: list[str], ontology: Ontology) -> Reading:
    """The reading as of another day, each state replaced by the one that stands *turn* places on; what else the ontology
    knows stays, and all others go by other names.
    """
    day = START + timedelta(days=number // A_DAY)
    issued = (reading.article.issued or "2014-12-19")[:10]
    shift = day - date.fromisoformat(issued)
    place = {state: i for i, state in enumerate(states)}
    other = {state: states[(place[state] + turn) % len(states)] for state in states}
    article = replace(
        reading.article,
        sha256=hashlib.sha256(f"{number}".encode()).hexdigest(),
        issued=day.isoformat(),
        publisher=f"paper {number % 40}",
    )
    unlike_names = [f"{a}{b}" for a in "bdfgklmnprstvz" for b in ("ac", "ez", "ik", "ov", "un", "ard", "elm", "ost", "yr")]
    mentions: dict[int, Mention] = {}

    def mention(one: Mention) -> Mention:
        if id(one) not in mentions:
            unlike = unlike_names[turn % len(unlike_names)]
            mentions[id(one)] = replace(
                one,
                entities=tuple(other.get(e, e if ontology.known(e) else f"{e}{unlike}") for e in one.entities),
                represents=tuple(other.get(e, e) for e in one.represents),
                name=one.name if not one.name or any(map(ontology.known, one.entities)) else f"{one.name}{unlike}",
            )
        return mentions[id(one)]

    def moved(when: When) -> When:
        begin, end = (later(d, shift) for d in (when.begin, when.end))
        return replace(
            when, begin=begin or when.begin, end=end, edtf=begin if begin == end and begin else f"{begin}/{end or '..'}"
        )

    def claim(one: Claim) -> Claim:
        speaker = one.stance.speaker
        stance: Stance = replace(one.stance, speaker=mention(speaker)) if speaker else one.stance
        return replace(
            one,
            roles=tuple(replace(r, mention=mention(r.mention)) for r in one.roles),
            stance=stance,
            when=moved(one.when) if one.when else None,
        )

    return replace(
        reading,
        article=article,
        mentions=tuple(map(mention, reading.mentions)),
        claims=tuple(map(claim, reading.claims)),
    )


def later(day: str | None, shift: timedelta) -> str | None:
    """*day* moved; None stays, and what would leave the calendar."""
    try:
        return (date.fromisoformat(day) + shift).isoformat() if day else None
    except OverflowError:
        return day


if __name__ == "__main__":
    main()
