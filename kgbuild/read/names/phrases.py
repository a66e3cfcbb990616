"""Known phrases in a parsed text, found whatever the white space between their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import spacy.tokens
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.vocab import Vocab

from kgbuild.read.parse.tokens import Doc, Span

Keys = tuple[tuple[int, ...], ...]
"""Phrases as a PhraseMatcher knows them: the hashes of their words. They are the same in every vocabulary."""


def keys_of(phrases: Iterable[str], nlp: Language, attribute: str) -> Keys:
    """The keys of *phrases*, parted into words as *nlp* does; *attribute* says what of a word counts: ORTH or LOWER."""
    docs = (nlp.make_doc(phrase) for phrase in phrases)
    return tuple(tuple(int(key) for key in doc.to_array(attribute)) for doc in docs)


def matcher_of(keys: Keys, vocab: Vocab, attribute: str) -> PhraseMatcher:
    """What finds the phrases with these *keys*."""
    matcher = PhraseMatcher(vocab, attr=attribute)
    matcher.add("phrase", keys)  # type: ignore[arg-type]  # spaCy takes keys too, which its stub does not say
    return matcher


def matched(matcher: PhraseMatcher, doc: Doc) -> Iterator[tuple[Span, str]]:
    """What *matcher* finds in *doc*, each with its words one space apart."""
    solid = [token for token in doc if not token.is_space]
    parse = doc.parse
    if len(solid) < len(doc):
        parse = spacy.tokens.Doc(parse.vocab, words=[t.text for t in solid])
    for _, start, end in matcher(parse):
        span = doc.span(solid[start].i, solid[end - 1].i + 1)
        yield span, " ".join(span.text.split())
