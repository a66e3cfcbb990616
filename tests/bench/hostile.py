"""What hostile texts cost: the CPU seconds of reading each at sizes n, 2n and 4n, and the exponent with which they grow.

python tests/bench/hostile.py [--only NAME …] [--size 100] [--profile]

The numbers in words count repetitions. spaCy's own parsing stands beside the whole. An exponent near 1 is linear; small
times say nothing of growth. --profile prints where the largest size spends its time.
"""

from __future__ import annotations

import argparse
import cProfile
import math
import pstats
import random
import resource
import time
from collections.abc import Callable, Iterator

from kgbuild import ontology
from kgbuild.model import Article
from kgbuild.read.parse.nlp import plain
from kgbuild.read.reader import Reader
from kgbuild.read.text.blocks import find_blocks

STATES = (
    "Germany", "Iran", "Russia", "France", "Turkey", "Egypt", "Syria", "Brazil", "Canada", "Japan", "Norway", "Peru",
    "Chile", "Mali", "Cuba", "Israel",
)  # fmt: skip


def _names(n: int) -> list[str]:
    return [STATES[i % len(STATES)] for i in range(n)]


def _people(n: int) -> list[str]:
    chosen = random.Random(7)
    part = ["ba", "ko", "mi", "ra", "ten", "lo", "va", "si", "du", "gan", "or", "pel"]

    def word() -> str:
        return "".join(chosen.choice(part) for _ in range(3)).capitalize()

    return [f"{word()} {word()}" for _ in range(n)]


def _pairs(n: int) -> Iterator[tuple[str, str]]:
    """People, each with a state."""
    return zip(_people(n), _names(n), strict=True)


TEXTS: dict[str, Callable[[int], str]] = {
    "and of one name": lambda n: "Germany and " * n + "Iran signed a treaty.",
    "and of names": lambda n: ", ".join(_names(n)) + " and Iran signed a treaty with Russia.",
    "and of objects": lambda n: "Germany condemned " + ", ".join(_names(n)) + " and Iran.",
    "and of verbs": lambda n: "Germany " + "condemned Iran, criticized Russia, praised France and " * n + "left.",
    "and of verbs with 'and'": lambda n: "Germany " + "met Iran and attacked Russia and " * n + "left.",
    "and of clauses": lambda n: "Germany condemned Iran and Russia attacked Syria and " * n + "France left.",
    "clauses with ;": lambda n: "Germany condemned Iran; Russia attacked Syria; " * n + "France left.",
    "of": lambda n: "The minister met " + "the head of " * n + "Iran.",
    "of names": lambda n: "Germany condemned the " + "ally of the enemy of Iran of the " * n + "president.",
    "possessives": lambda n: "Germany condemned Iran" + "'s minister's brother" * n + ".",
    "relatives": lambda n: "Germany condemned Iran, " + "which attacked Syria, which supports Russia, " * n + "on Monday.",
    "nested relatives": lambda n: "the man who " * n + "Iran met " + "attacked Syria " * n + ".",
    "that-clauses": lambda n: "Germany said that Iran denied that " * n + "Russia attacked Syria.",
    "infinitives": lambda n: "Germany wants to try to agree " + "to help to ask Iran " * n + "to leave.",
    "the truth is that": lambda n: "The truth is that " + "it may be that " * n + "Russia attacked Syria.",
    "gerunds": lambda n: "Germany plans to respond " + "by closing the border by attacking Iran " * n + ".",
    "names and verbs": lambda n: " and ".join(_names(n)) + " condemned Iran" + ", criticized Russia" * n + ".",
    "verbs and names": lambda n: "Germany condemned and attacked " * n + " and ".join(_names(n)) + ".",
    "appositions": lambda n: "Germany, " + "the ally, the neighbour, " * n + "condemned Iran.",
    "appositions of names": lambda n: ", ".join(f"{p}, the minister of {s}" for p, s in _pairs(n)) + ", met.",
    "brackets": lambda n: "Germany " + "(and Iran " * n + "condemned Russia" + ")" * n + ".",
    "quotes in quotes": lambda n: 'Merkel said: "Iran said: ' * n + "we attacked Russia" + '"' * n + ".",
    "quotes": lambda n: '"We condemn Iran," said Merkel. ' * n,
    "quote marks": lambda n: '"' * n + " Germany condemned Iran " + "'" * n,
    "pronouns": lambda n: "Merkel met Putin. " + "She said he told her that he met him. " * n,
    "people": lambda n: "".join(f"{p} met {q}. " for p, q in zip(_people(n), _people(n)[::-1], strict=True)),
    "offices": lambda n: "".join(f"The foreign minister of {s} met the president of Iran. " for s in _names(n)),
    "dates": lambda n: "Germany condemned Iran on " + "Monday, 5 May 2014, and on last Tuesday, " * n + "in Rome.",
    "numbers": lambda n: "Germany gave Iran " + "5 million dollars, 3.2 percent, 100,000 tons, " * n + "in Rome.",
    "digits": lambda n: "Germany gave Iran " + "1" * 10 * n + " dollars.",
    "number commas": lambda n: "Germany gave Iran " + "1,000," * n + " dollars.",
    "one word": lambda n: "Germany condemned " + "x" * 100 * n + " in Iran.",
    "one capital word": lambda n: "Germany condemned " + "X" * 100 * n + " in Iran.",
    "addresses": lambda n: "http://" + "a.b/" * n + " and " + "a@b." * n,
    "brackets alone": lambda n: "(" * n + "Iran" + ")" * n + "'" * n + "$" * n,
    "slashes": lambda n: "Germany/" * n + "Iran",
    "long number": lambda n: "1" * 49 * n,
    "dashes": lambda n: ("A" + "-" * 40 * n + "\n\n") * 20,
    "five letters, dashes": lambda n: ("LONDON" + "-" * 380 + "\n\n") * n,
    "long summary": lambda n: (
        "".join(f"Germany condemned Iran {i} times.\n\n" for i in range(n)) + "LONDON, May 5 - It left."
    ),
    "datelines": lambda n: "LONDON, May 5 (Reuters) - Iran left.\n\n" * n,
    "formers": lambda n: "".join(f"Former President {p} left. " for p in _people(n)) + "The former president left. " * n,
    "ministers": lambda n: "".join(f"Foreign Minister {p} left. " for p in _people(n)) + "The foreign ministers met. " * n,
    "bodies": lambda n: "The Foreign Ministry met the central bank. The bank said the ministry left. " * n,
    "acronyms": lambda n: "".join(f"The {p} Fund ({p[:1]}{p.split()[1][:1]}F) met the fund. " for p in _people(n)),
    "treaties": lambda n: "".join(f"The {p.split()[0]} treaty was signed. The treaty failed. " for p in _people(n)),
    "hyphens": lambda n: "Germany condemned the " + "anti-" * n + "Iran plan.",
    "full stops": lambda n: "Germany condemned Iran" + "." * n,
    "abbreviations": lambda n: "the U.S. And Japan met. " + "U.S." * n + " And Iran left.",
    "capitals": lambda n: "GERMANY CONDEMNED " * n + "IRAN",
    "dateline": lambda n: "LONDON, " + "A" * n + ", " + "May 5 " * n + "Iran left.",
    "byline": lambda n: "Talks fail\n\nIt said By " + "Ann And " * n + "LONDON it left.",
    "commas": lambda n: "Germany" + ", " * n + "condemned Iran.",
    "modifiers": lambda n: "The " + "German Iranian " * n + "minister condemned Russia.",
    "compound nouns": lambda n: "The " + "trade talks minister " * n + "condemned Russia.",
    "prepositions": lambda n: "Germany met Iran " + "in Rome on Monday with Russia " * n + ".",
    "one-word paragraphs": lambda n: "Germany\n\n" * n,
    "different paragraphs": lambda n: "".join(f"Germany condemned Iran {i} times.\n\n" for i in range(n)),
    "spaces": lambda n: "Germany" + " " * 50 * n + "condemned Iran.",
    "blank lines": lambda n: "Germany condemned Iran" + "\n" * 50 * n + "again",
    "lines with spaces": lambda n: "Germany condemned Iran" + "\n \t" * 50 * n + "again",
    "speakers": lambda n: "".join(f'"{s} must leave," said {p}.\n\n' for p, s in _pairs(n)),
    "names over paragraphs": lambda n: "".join(f"{p} met {s}.\n\n" for p, s in _pairs(n)),
    "surnames over paragraphs": lambda n: "".join(f"{p} met Iran.\n\n{p.split()[1]} left.\n\n" for p in _people(n)),
    "said, over paragraphs": lambda n: 'Merkel said: "We condemn Iran.\n\n' + '"We met Russia.\n\n' * n,
    "it, over paragraphs": lambda n: "Germany met Iran.\n\n" + "It condemned the country.\n\n" * n,
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--only", nargs="+", choices=TEXTS, default=list(TEXTS), metavar="NAME")
    arguments.add_argument("--size", type=int, default=100, help="n; 2n and 4n are read too")
    arguments.add_argument("--profile", action="store_true", help="show where the largest size spends its time")
    given = arguments.parse_args()
    reader = Reader(ontology.load())
    cpu_of(reader, "Germany condemned Iran.")
    print(f"{'':26} {'n':>6} {'2n':>6} {'4n':>6}  spaCy  growth")
    for name in given.only:
        texts = [TEXTS[name](given.size * times) for times in (1, 2, 4)]
        seconds = [cpu_of(reader, text) for text in texts]
        parsing = parse_of(reader, texts[-1])
        own = [max(1e-3, one) for one in seconds]
        growth = math.log2(own[2] / own[1])
        print(f"{name:26}", *(f"{one:6.2f}" for one in seconds), f"{parsing:6.2f}  {growth:5.2f}", flush=True)
        if given.profile:
            with cProfile.Profile() as profile:
                cpu_of(reader, texts[-1])
            pstats.Stats(profile).sort_stats("cumulative").print_stats("kgbuild", 45)
            pstats.Stats(profile).sort_stats("tottime").print_stats(25)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def article(text: str) -> Article:
    """*text* as an article, whatever its length."""
    return Article("hostile", text, find_blocks(text, "", ()), "", "hostile", "")


def cpu_of(reader: Reader, text: str) -> float:
    """The CPU seconds of parting *text* into paragraphs and reading it."""
    before = time.process_time()
    list(reader.read([article(text)]))
    return time.process_time() - before


def parse_of(reader: Reader, text: str) -> float:
    """The CPU seconds that spaCy takes of these."""
    words = [plain(text[block.start : block.end]) for block in find_blocks(text, "", ())]
    before = time.process_time()
    list(reader.tools.nlp.pipe(words, batch_size=32))
    return time.process_time() - before


if __name__ == "__main__":
    main()
