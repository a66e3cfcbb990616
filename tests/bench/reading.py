"""How much reading costs beside the plain pass of the stock spaCy model on the same paragraphs, as a ratio in one run.

python tests/bench/reading.py CORPUS [--articles 40] [--profile]
"""

from __future__ import annotations

import argparse
import cProfile
import importlib
import pstats
import time
from itertools import islice
from statistics import median

from kgbuild import ontology as ontologies
from kgbuild.read import DEFAULT_MODEL
from kgbuild.read.parse.nlp import BATCH, READ, plain
from kgbuild.read.reader import Reader
from kgbuild.read.text.corpus import read_corpus


def main() -> None:
    """Print the seconds of the best of five rounds, and the ratio of each round's two, the median and the least and most."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpus")
    arguments.add_argument("--articles", type=int, default=40)
    arguments.add_argument("--profile", action="store_true")
    given = arguments.parse_args()
    ontology = ontologies.load()
    reader = Reader(ontology)
    articles = list(islice(read_corpus([given.corpus], ontology, lambda problem: None), given.articles))
    texts = [plain(a.text[b.start : b.end]) for a in articles for b in a.blocks if b.kind in READ]
    stock = importlib.import_module(DEFAULT_MODEL).load()
    for nlp in (stock, reader.tools.nlp):
        for _ in nlp.pipe(texts[:50]):
            pass  # warm
    spacy, whole = [], []
    for _ in range(5):
        start = time.process_time()
        for _ in stock.pipe(texts, batch_size=BATCH):
            pass
        spacy.append(time.process_time() - start)
        start = time.process_time()
        claims = sum(len(reading.claims) for reading in reader.read(articles))
        whole.append(time.process_time() - start)
    print(f"{len(articles)} articles, {claims} claims: spaCy {min(spacy):.2f} s, reading {min(whole):.2f} s CPU")
    ratios = sorted(b / a for a, b in zip(spacy, whole, strict=True))
    print(f"reading costs {median(ratios):.2f} times the plain spaCy pass; its rounds {ratios[0]:.2f} to {ratios[-1]:.2f}")
    if given.profile:
        profile = cProfile.Profile()
        profile.runcall(lambda: list(reader.read(articles)))
        pstats.Stats(profile).sort_stats("cumulative").print_stats(35)


if __name__ == "__main__":
    main()
