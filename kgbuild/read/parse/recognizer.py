"""spaCy's recognizer of names, its moves made by columns: the same names at a third of the cost.

The recognizer goes from word to word, and at each asks all of its moves whether they may be made. Outside a name its choice
depends on that word alone, so it is made for all words at once; only the words behind the first of a name are read in turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import numpy as np
from spacy.attrs import IS_SPACE, SENT_START  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span
from thinc.api import NumpyOps

NER = "ner"
_LOOKED_AT = 3
"""The words that the recognizer looks at: the next one, the first of an open name, and the last read of it."""


def by_columns(nlp: Language) -> None:
    """Let *nlp* find names by columns, if its recognizer is of the kind that can be asked so."""
    ner: Any = nlp.get_pipe(NER) if NER in nlp.pipe_names else None
    if type(ner) is EntityRecognizer and _is_plain(ner):
        nlp.add_pipe("kgbuild_recognizer", after=NER)
        nlp.disable_pipe(NER)


def _is_plain(ner: Any) -> bool:
    model = ner.model
    greedy = ner.cfg["beam_width"] == 1 and model.attrs["has_upper"] and not model.attrs["unseen_classes"]
    lower = model.get_ref("lower")
    looks = lower.get_dim("nF") == _LOOKED_AT and lower.get_dim("nP") > 1
    return bool(greedy and looks and isinstance(model.ops, NumpyOps))


@Language.factory("kgbuild_recognizer")
def _recognizer(nlp: Language, name: str) -> Recognizer:
    return Recognizer(nlp.get_pipe(NER))


class Recognizer:
    """Does to a Doc what *ner* does: sets its entities, in place."""

    def __init__(self, ner: Any) -> None:
        self._ner = ner
        self._tok2vec, self._lower, self._upper = ner.model.layers
        moves = [ner.moves.get_class_name(i) for i in range(ner.moves.n_moves)]
        self._labels = [move.partition("-")[2] for move in moves]
        self._begins, self._units = (np.array([move.startswith(kind) for move in moves]) for kind in ("B-", "U-"))
        self._never = np.array([move.startswith(("I-", "L-")) or move == "U-" for move in moves])  # outside a name
        places = {move: i for i, move in enumerate(moves)}
        # By the move that begins a name, the moves that read on in it and that read its last word.
        self._insides, self._lasts = (
            np.array([places.get(kind + label, 0) for label in self._labels]) for kind in ("I-", "L-")
        )

    def __call__(self, doc: Doc) -> Doc:
        """*doc*, with its entities."""
        self._recognize([doc])
        return doc

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """The same *docs*, with their entities."""
        waiting = iter(docs)
        while batch := list(islice(waiting, batch_size)):
            self._recognize(batch)
            yield from batch

    def _recognize(self, docs: list[Doc]) -> None:
        if any(doc.has_annotation("ENT_IOB") for doc in docs) or not any(len(doc) for doc in docs):
            self._ner.set_annotations(docs, self._ner.predict(docs))
            return
        felt = self._lower.predict(self._tok2vec.predict(docs))
        outside, felt = felt[0], felt[1:]
        given: Any = np.concatenate([doc.to_array([IS_SPACE, SENT_START]) for doc in docs])
        spaces, closed = given[:, 0] == 1, np.append(given[1:, 1] == 1, True)  # behind what is closed a sentence begins
        starts = np.cumsum([0, *(len(doc) for doc in docs)])
        closed[starts[1:] - 1] = True
        scores = self._scores(felt[:, 0] + outside[1] + outside[2])
        scores[:, self._never] = -np.inf
        scores[np.ix_(closed | spaces, self._begins)] = -np.inf
        scores[np.ix_(spaces, self._units)] = -np.inf
        chosen = scores.argmax(axis=1)
        ends = self._ends(felt, np.flatnonzero(self._begins[chosen]), chosen, closed)
        found = np.flatnonzero(self._begins[chosen] | self._units[chosen]).tolist()
        at = 0
        for doc, start in zip(docs, starts.tolist(), strict=False):
            names: list[Span] = []
            end = start
            while at < len(found) and found[at] < start + len(doc):
                word, at = found[at], at + 1
                if word >= end:
                    end = ends.get(word, word + 1)
                    names.append(Span(doc, word - start, end - start, self._labels[chosen[word]]))
            doc.set_ents(names, default="outside")

    def _scores(self, felt: Any) -> Any:
        """What each move is worth, by the sum of what the words that are looked at mean for it."""
        return self._upper.predict(self._lower.ops.maxout(felt + self._lower.get_param("b"))[0])

    def _ends(self, felt: Any, starts: Any, chosen: Any, closed: Any) -> dict[int, int]:
        """The first word of a name -> the one behind its last."""
        ends: dict[int, int] = {}
        at = starts + 1
        while len(at):
            scores = self._scores(felt[at, 0] + felt[starts, 1] + felt[at - 1, 2])
            begun, rows = chosen[starts], np.arange(len(at))
            on = (scores[rows, self._insides[begun]] >= scores[rows, self._lasts[begun]]) & ~closed[at]
            ends.update(zip(starts[~on].tolist(), (at[~on] + 1).tolist(), strict=True))
            starts, at = starts[on], at[on] + 1
        return ends
