"""Sentences longer than any that people write are cut, so that no sentence costs more than its words are worth.

Much of reading compares the words of one sentence with each other: in a list without an end, or in phrases within phrases
within phrases, that grows with the square of its length. Parted into pieces, the whole grows with the length.
"""

from __future__ import annotations

from kgbuild.read.parse.tokens import Doc, Span

LONGEST = 300
"""Words and marks of a sentence that are read together; the longest of 40,000 real ones has 157, a list of 23 names 67."""
CUT = f"sentence cut at {LONGEST} words"
"""What a Reading says of it, with the number of cuts."""


def cut_long_sentences(doc: Doc) -> Doc:
    """*doc*, its sentences of more than `LONGEST` words in pieces; what hangs on a word of another piece is a root.

    A piece ends behind a mark where there is one in its second half, so that few names and phrases are parted.
    """
    if any(len(sentence) > LONGEST for sentence in doc.sents):
        pieces = [piece for sentence in doc.sents for piece in _pieces(sentence)]
        doc.known["cuts"] = len(pieces) - len(doc.sents)
        doc.sents = pieces
        _part(doc)
    return doc


def cuts(doc: Doc) -> int:
    """In how many places sentences of *doc* were cut."""
    number: int = doc.known.get("cuts", 0)
    return number


def _pieces(sentence: Span) -> list[Span]:
    """A sentence, cut where it is too long."""
    doc, start, found = sentence.doc, sentence.start, []
    while sentence.end - start > LONGEST:
        last = start + LONGEST
        end = next((i for i in range(last, start + LONGEST // 2, -1) if doc[i - 1].text in (",", ";", ":")), last)
        found.append(Span(doc, start, end))
        start = end
    return [*found, Span(doc, start, sentence.end)]


def _part(doc: Doc) -> None:
    """Let the words know their pieces, and make roots of those that hang on a word of another."""
    for piece in doc.sents:
        for token in piece:
            token.sent = piece
    parted = [token for token in doc if token.head.sent is not token.sent]
    for head in {token.head for token in parted}:
        head.children = [child for child in head.children if child.sent is head.sent]
    for token in parted:
        token.head, token.dep_ = token, "ROOT"
