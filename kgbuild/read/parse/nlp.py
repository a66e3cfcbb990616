"""The spaCy pipeline: load it, and parse articles paragraph by paragraph."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import spacy.tokens
from spacy.language import Language
from spacy.util import compile_infix_regex, is_package, load_model

from kgbuild.errors import KgbuildError
from kgbuild.model import Article, Block, Span
from kgbuild.ontology import Ontology
from kgbuild.read import DEFAULT_MODEL
from kgbuild.read.parse.bounds import cut_long_sentences
from kgbuild.read.parse.clauses import Clauses
from kgbuild.read.parse.embedding import remember_words
from kgbuild.read.parse.known_names import with_known_names
from kgbuild.read.parse.recognizer import by_columns
from kgbuild.read.parse.repairs import REPAIRS, Repair, mend
from kgbuild.read.parse.ruler import remember
from kgbuild.read.parse.tokens import Doc
from kgbuild.read.parse.tokens import Span as ParsedSpan

BATCH = 32
"""Paragraphs parsed together; larger batches cost memory and gain nothing."""
BATCH_WORDS = 16_000
"""Words and marks parsed together at most: the model takes ten kilobytes of memory for each."""
_WORD = re.compile(r"\w+|[^\w\s]")
READ = ("title", "summary", "body")
Marked = tuple[str, tuple[Article, Block | None]]
"""A paragraph's words, with where they stand."""

# One character for one character, so that offsets stay true; the model was trained on straight quotes.
_STRAIGHT = str.maketrans("’‘“”«»\n\t\u00a0\u2011", '\'\'""""  \u0020-')


@dataclass(frozen=True, slots=True)
class Passage:
    """A parsed paragraph; `offset` + a token's index in *doc* is its place in the article's text."""

    block: Block
    clauses: Clauses

    @property
    def doc(self) -> Doc:
        """The parse."""
        return self.clauses.doc

    @property
    def offset(self) -> int:
        """Where the paragraph starts in the article's text."""
        return self.block.start


ENDING = 100
"""Characters in which the mark, or the unit, stands that a word ends in."""
PAIRED = r"(?<=[A-Z]\.)-(?=[A-Za-z])"
"""The hyphen of "U.S.-Japan", which parts words as that of "Moscow-Beijing" does."""


def load(name: str = DEFAULT_MODEL) -> Language:
    """The installed spaCy pipeline *name*: spaCy's own package of it, another that carries its folder, or a folder.

    Raises KgbuildError when it is not installed or lacks a parser.
    """
    try:
        nlp = _loaded(name)
    except (OSError, ImportError) as error:
        raise KgbuildError(
            f'No spaCy pipeline "{name}" is installed. Install it with pip, or leave --model out to use {DEFAULT_MODEL}.'
        ) from error
    missing = {"parser", "tagger", "lemmatizer", "ner"} - set(nlp.pipe_names)
    if missing:
        raise KgbuildError(
            f'The spaCy pipeline "{name}" has no {", ".join(sorted(missing))}. Choose a full English pipeline.'
        )
    infixes, tokenizer = [*(nlp.Defaults.infixes or ()), PAIRED], nlp.tokenizer
    cases = tokenizer.rules  # type: ignore[union-attr]
    tokenizer.rules = {}  # type: ignore[union-attr]  # else all are set again with each change
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer  # type: ignore[union-attr]
    tokenizer.suffix_search = _near_the_end(tokenizer.suffix_search)  # type: ignore[union-attr]
    tokenizer.rules = cases  # type: ignore[union-attr]
    remember(nlp)
    remember_words(nlp)
    by_columns(nlp)
    return nlp


def _loaded(name: str) -> Language:
    if not is_package(name):
        return load_model(name)
    package = importlib.import_module(name)
    if hasattr(package, "load"):
        made: Language = package.load()
        return made
    folders = sorted(file.parent for part in package.__path__ for file in Path(part).glob("*/config.cfg"))
    if len(folders) != 1:
        raise OSError(f"{name} carries {len(folders)} pipelines")
    return load_model(folders[0])


def _near_the_end(search: Callable[..., re.Match[str] | None]) -> Callable[[str], re.Match[str] | None]:
    """A search for what a word ends in that looks at its last `ENDING` characters alone.

    spaCy takes mark after mark off the end, and looks for each from the first character on: 5,000 quotation marks took 7 s.
    """
    return lambda word: search(word, max(0, len(word) - ENDING))


def teach(nlp: Language, ontology: Ontology) -> Language:
    """*nlp*, which from now on knows the forms and spellings that language.ttl says spaCy's English gets wrong.

    "staged" is a form of "stage" (`lex:VerbForm`), and "co-operate" is one word (`lex:hyphened`).
    """
    rules = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if rules is not None and rules.has_table("lemma_exc") and "verb" in rules.get_table("lemma_exc"):
        forms = {form: [lemma] for form, lemma in ontology.listed("VerbForm", "form", "lemma")}
        rules.get_table("lemma_exc")["verb"].update(forms)
    for word in sorted(ontology.words("hyphened", "word")):
        for form in (word, word.capitalize()):
            nlp.tokenizer.add_special_case(form, [{"ORTH": form, "NORM": word.replace("-", "")}])  # type: ignore[union-attr]
    return nlp


def sentences(doc: Doc) -> list[ParsedSpan]:
    """The sentences of *doc* in order; blank ones are left out."""
    if "sentences" not in doc.known:
        doc.known["sentences"] = [sentence for sentence in doc.sents if sentence.text.strip()]
    found: list[ParsedSpan] = doc.known["sentences"]
    return found


def plain(text: str) -> str:
    """*text* with straight quotes and plain spaces, character for character."""
    return text.translate(_STRAIGHT)


def parse(
    nlp: Language, ontology: Ontology, articles: Iterable[Article], repairs: tuple[Repair, ...] = REPAIRS
) -> Iterator[tuple[Article, tuple[Passage, ...]]]:
    """Each article with its parsed title, summary and body paragraphs; articles without any come with none."""

    def paragraphs() -> Iterator[Marked]:
        for article in articles:
            blocks = [block for block in article.blocks if block.kind in READ]
            for block in blocks:
                words = plain(article.text[block.start : block.end])
                # The model was trained on sentences with an end: a headline is parsed with a full stop.
                bare = block.kind == "title" and words[-1:].isalnum()
                yield words + "." * bare, (article, block)
            if not blocks:
                yield "", (article, None)

    parsed = (pair for batch in batches(paragraphs()) for pair in nlp.pipe(batch, as_tuples=True, batch_size=BATCH))
    for article, group in groupby(parsed, key=lambda pair: pair[1][0]):
        yield (
            article,
            tuple(
                Passage(block, clauses_of(_without_stop(with_known_names(nlp, doc, ontology), block), ontology, repairs))
                for doc, (_, block) in group
                if block is not None
            ),
        )


def batches(paragraphs: Iterable[Marked]) -> Iterator[list[Marked]]:
    """*paragraphs* in order, at most `BATCH` together, and fewer where they are long: memory grows with their words."""
    batch: list[Marked] = []
    size = 0
    for paragraph in paragraphs:
        words = sum(1 for _ in _WORD.finditer(paragraph[0]))
        if batch and size + words > BATCH_WORDS:
            yield batch
            batch, size = [], 0
        batch.append(paragraph)
        size += words
        if len(batch) == BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def clauses_of(doc: spacy.tokens.Doc, ontology: Ontology, repairs: tuple[Repair, ...] = REPAIRS) -> Clauses:
    """The clauses of a parse, which is mended first where grammar is sure (`repairs`)."""
    words = ontology.words
    return Clauses(
        mend(cut_long_sentences(Doc(doc)), ontology, repairs),
        object_control=words("request", "verb"),
        documents=words("utterance", "noun"),
        rights=words("right", "noun"),
        leading=words("leading", "verb"),
        discussing=words("discussing", "verb"),
        discussed=words("discussing", "noun"),
    )


def _without_stop(doc: spacy.tokens.Doc, block: Block) -> spacy.tokens.Doc:
    """The headline's parse without the full stop that was lent to it; without the model's vectors, which nobody reads."""
    doc.tensor = np.zeros((0,), dtype="float32")  # three quarters of a Doc
    last = doc[len(doc) - 1] if len(doc) else None
    lent = last is not None and last.idx + len(last) > block.end - block.start
    return doc[:-1].as_doc() if lent else doc


def text_span(passage: Passage, first: int, last: int) -> Span:
    """Tokens *first* to *last* (exclusive) as a span of the article's text."""
    doc = passage.doc
    opening, closing = doc[first], doc[last - 1]
    start, end = opening.idx, closing.idx + len(closing)
    offset = passage.block.start
    return Span(offset + start, offset + end, doc.text[start:end])
