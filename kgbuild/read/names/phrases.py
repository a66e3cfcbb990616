"""Known phrases in a parsed text, found whatever the white space between their words."""

from __future__ import annotations

from collections.abc import Iterator

import spacy.tokens
from spacy.matcher import PhraseMatcher

from kgbuild.read.parse.tokens import Doc, Span


def matched(matcher: PhraseMatcher, doc: Doc) -> Iterator[tuple[Span, str]]:
    """What *matcher* finds in *doc*, each with its words one space apart."""
    solid = [token for token in doc if not token.is_space]
    parse = doc.parse
    if len(solid) < len(doc):
        parse = spacy.tokens.Doc(parse.vocab, words=[t.text for t in solid])
    for _, start, end in matcher(parse):
        span = doc.span(solid[start].i, solid[end - 1].i + 1)
        yield span, " ".join(span.text.split())
