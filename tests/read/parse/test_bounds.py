"""Sentences longer than any that people write: cut, counted, and read in a time that grows with their length."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import accumulate
from types import FrameType

import pytest
import spacy.tokens
from articles import article_of
from spacy.vocab import Vocab

from kgbuild.model import Block, Reading
from kgbuild.read.parse.bounds import LONGEST, cut_long_sentences, cuts
from kgbuild.read.parse.clauses import Clauses, coordinated
from kgbuild.read.parse.nlp import BATCH, BATCH_WORDS, ENDING, batches, load, parse
from kgbuild.read.parse.repairs import REPAIRS, mend
from kgbuild.read.parse.repeats import OPENING, without_repetition
from kgbuild.read.parse.tokens import Doc
from kgbuild.read.reader import Reader
from kgbuild.read.text.blocks import MAX_PARAGRAPH, find_blocks

VOCAB = Vocab()


def chain(length: int, *, dep: str = "conj", pos: str = "PROPN", marks: tuple[int, ...] = ()) -> Doc:
    """Words of one sentence, each hung on the one before it; those at *marks* are commas."""
    words = ["," if i in marks else "Peru" for i in range(length)]
    return Doc(
        spacy.tokens.Doc(
            VOCAB,
            words=words,
            heads=[max(0, i - 1) for i in range(length)],
            deps=["ROOT", *[dep] * (length - 1)],
            pos=[pos] * length,
            sent_starts=[True, *[False] * (length - 1)],
        )
    )


def ends(doc: Doc) -> list[tuple[int, int]]:
    return [(sentence.start, sentence.end) for sentence in doc.sents]


# -- what is cut ----------------------------------------------------------------------------------


def test_a_sentence_of_the_longest_length_is_left_whole() -> None:
    doc = cut_long_sentences(chain(LONGEST))
    assert (ends(doc), cuts(doc), len(coordinated(doc[0]))) == ([(0, LONGEST)], 0, LONGEST)


def test_a_longer_sentence_is_cut_behind_the_last_mark_that_fits() -> None:
    doc = cut_long_sentences(chain(700, marks=(20, 180, 290, 305)))
    assert (ends(doc), cuts(doc)) == ([(0, 291), (291, 591), (591, 700)], 2)


def test_a_word_that_hung_on_another_piece_is_a_root() -> None:
    doc = cut_long_sentences(chain(2 * LONGEST))
    first, last = doc[LONGEST], doc[LONGEST - 1]
    assert (first.head, first.dep_, last.children, first.sent.start) == (first, "ROOT", [], LONGEST)
    assert list(doc[0].subtree) == doc[:LONGEST]


def test_a_cut_is_counted_as_dropped(read_text: Callable[..., Reading]) -> None:
    reading = read_text("Germany condemned Iran, " * 200)
    assert reading.dropped == (("sentence cut at 300 words", 2),)


def test_every_claim_of_a_sentence_that_was_cut_is_found(read_text: Callable[..., Reading]) -> None:
    claims = read_text("Germany condemned Iran; " * 200).claims
    assert sum(claim.claims == "Criticize" for claim in claims) == 200


STATES = [
    "Egypt", "Syria", "Brazil", "Canada", "Japan", "Norway", "Peru", "Chile", "Mali", "Cuba", "Israel", "Jordan", "Kuwait",
    "Qatar", "Libya", "Sudan", "Kenya", "Ghana", "Benin", "Togo", "Niger", "Gabon", "Angola", "Zambia", "Malawi", "Uganda",
    "Nepal", "Bhutan", "Laos", "Vietnam",
]  # fmt: skip
LISTED = f"{', '.join(STATES[:-1])} and {STATES[-1]}"


@pytest.mark.parametrize(
    ("text", "event", "role"),
    [
        (f"Germany condemned {LISTED}.", "Criticize", "recipient"),
        (f"{LISTED} condemned Germany.", "Criticize", "actor"),
        (f"{LISTED} signed a treaty.", "SignAgreement", "participant"),
    ],
)
def test_a_list_of_thirty_names_is_read_whole(read_text: Callable[..., Reading], text: str, event: str, role: str) -> None:
    reading = read_text(text)
    [claim] = [claim for claim in reading.claims if claim.claims == event]
    assert [one.mention.span.text for one in claim.roles if one.role == role] == STATES
    assert "sentence cut at 300 words" not in dict(reading.dropped)


# -- how much is done -----------------------------------------------------------------------------


@contextmanager
def counted_calls() -> Iterator[list[int]]:
    """Counts the calls of Python functions, steps of generators too, while it lasts."""
    calls = [0]

    def count(frame: FrameType, event: str, argument: object) -> None:
        calls[0] += event == "call"

    sys.setprofile(count)
    try:
        yield calls
    finally:
        sys.setprofile(None)


HOSTILE: dict[str, Callable[[int], str]] = {
    "and": lambda n: "Germany and " * n + "Iran signed a treaty.",
    "of": lambda n: "Iran met " + "the head of " * n + "Peru.",
    "possessives": lambda n: "Germany condemned Iran" + "'s minister's brother" * n + ".",
    "compound nouns": lambda n: "The " + "trade talks minister " * n + "condemned Russia.",
    "infinitives": lambda n: "Germany wants to try " + "to help to ask Iran " * n + "to leave.",
    "what is said of what is said": lambda n: "The truth is that Iran said that " * n + "Russia attacked Syria.",
    "verbs": lambda n: "Germany " + "met Iran and attacked Russia and " * n + "left.",
    "brackets": lambda n: "Germany " + "(and Iran " * n + "condemned Russia" + ")" * n + ".",
    "quotations": lambda n: 'Merkel said: "Iran said: ' * n + "we attacked Russia" + '"' * n + ".",
    "appositions": lambda n: "Germany, " + "the ally, the neighbour, " * n + "condemned Iran.",
    "names in paragraphs": lambda n: "".join(f"Angela Merkel met Iran {i} times.\n\nMerkel left.\n\n" for i in range(n)),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", HOSTILE)
def test_twice_the_text_is_read_in_twice_the_steps(reader: Reader, kind: str) -> None:
    text = HOSTILE[kind]
    each = len(text(2)) - len(text(1))
    steps = []
    for characters in (2 * MAX_PARAGRAPH, MAX_PARAGRAPH, 2 * MAX_PARAGRAPH):  # the first fills what is worked out once
        words = text(characters // each)
        article = replace(article_of(words), blocks=find_blocks(words, "", ()))
        with counted_calls() as calls:
            list(reader.read([article]))
        steps.append(calls[0])
    assert steps[2] <= 2.2 * steps[1]


def test_what_is_said_of_what_is_said_is_not_asked_again_at_each_clause(reader: Reader) -> None:
    steps = []
    for clauses in (8, 8, 24):
        text = "The truth is that " + "it may be that " * clauses + "Russia attacked Syria."
        with counted_calls() as calls:
            list(reader.read([article_of(text)]))
        steps.append(calls[0])
    assert steps[2] <= 9 * steps[1]  # two to the power of each clause would be thousands of times as much


@pytest.mark.parametrize("word", ["is ", "that is ", "closing ", "met ", "to meet ", "of ", "who "])
def test_no_row_of_words_is_too_deep(read_text: Callable[..., Reading], word: str) -> None:
    assert read_text(f"Germany {word * 400}attacked Iran.").article.id == "test"


def test_a_subtree_of_any_depth_is_walked() -> None:
    doc = chain(5_000)
    assert list(doc[0].subtree) == list(doc)


def test_the_subject_of_the_last_of_many_joined_verbs_is_found() -> None:
    doc = chain(5_000, pos="VERB")
    assert Clauses(doc).subject(doc[-1]) is None


def test_no_repair_hangs_words_in_a_circle(reader: Reader) -> None:
    doc = Doc(
        spacy.tokens.Doc(
            VOCAB,
            words=["delegates", "conference", "held"],
            lemmas=["delegate", "conference", "hold"],
            heads=[0, 2, 0],
            deps=["ROOT", "nsubj", "acl"],
            pos=["NOUN", "NOUN", "VERB"],
        )
    )
    mended = mend(doc, reader.ontology, REPAIRS)
    assert [token.head.i for token in mended] == [0, 2, 0]


# -- memory and the tokenizer ---------------------------------------------------------------------


def test_short_paragraphs_are_parsed_by_number_and_long_ones_by_their_words() -> None:
    long = "word, " * (BATCH_WORDS // 4)  # half of the words and marks
    marked = [(text, (article_of("A"), None)) for text in ["short"] * (BATCH + 1) + [long] * 3]
    assert [len(batch) for batch in batches(marked)] == [BATCH, 2, 2]


def test_a_paragraph_longer_than_a_batch_is_parsed_alone() -> None:
    marked = [(text, (article_of("A"), None)) for text in ["short", "word " * 2 * BATCH_WORDS, "short"]]
    assert [len(batch) for batch in batches(marked)] == [1, 1, 1]


def test_the_end_of_a_word_is_looked_for_near_its_end() -> None:
    search = load().tokenizer.suffix_search
    found = search("'" * 5_000)
    assert found is not None
    assert (found.pos, found.start(), found.end()) == (5_000 - ENDING, 4_999, 5_000)


def test_no_more_headlines_and_summaries_are_compared_than_an_article_has(reader: Reader) -> None:
    said = [f"Peru lost {number} ships in May." for number in range(OPENING + 2)]
    text = "\n".join(said * 2)
    starts = accumulate((len(one) + 1 for one in said * 2), initial=0)
    kinds = ["summary"] * len(said) + ["body"] * len(said)
    blocks = tuple(Block(kind, i, i + len(one)) for kind, i, one in zip(kinds, starts, said * 2, strict=False))
    [(_, passages)] = parse(reader.tools.nlp, reader.ontology, [replace(article_of(text), blocks=blocks)])
    assert [p.doc.text for p in without_repetition(passages)] == [*said[OPENING:], *said[:OPENING]]
