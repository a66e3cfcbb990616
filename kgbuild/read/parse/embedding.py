"""What the model's first layer says of a word, remembered: the same vectors, without the layer's cost for words seen before.

The layer looks at a word's form alone, at its norm, prefix, suffix and shape; what stands beside it comes in with the layers
behind. It is a third of the cost of these networks, of which the recognizer of names has one of its own.
"""

from __future__ import annotations

from itertools import count
from typing import Any

import numpy as np
from spacy.language import Language
from thinc.api import Model, NumpyOps
from thinc.types import Ragged

KEPT = 20_000
"""Words that are remembered at most: eight megabytes of vectors."""
_LAYERS = ("extract_features", "list2ragged", "with_array", "with_array", "ragged2list")


def remember_words(nlp: Language) -> None:
    """Let the networks of *nlp* remember what their first layers say of a word, if these look at the word alone."""
    for name in {"tok2vec", "ner"} & set(nlp.pipe_names):
        pipe: Any = nlp.get_pipe(name)
        for node in list(pipe.model.walk()):
            for at, layer in enumerate(node.layers):
                if _is_of_words(layer):
                    node.layers[at] = _remembered(layer)


def _is_of_words(layer: Model[Any, Any]) -> bool:
    names = tuple(inner.name.partition("(")[0] for inner in layer.layers)
    return names == _LAYERS and isinstance(layer.ops, NumpyOps)


def _remembered(layer: Model[Any, Any]) -> Model[Any, Any]:
    # "places": a word's form -> the row of "vectors" that holds what the layer says of it.
    return Model("kgbuild_remembered_words", _forward, layers=[layer], attrs={"places": {}, "vectors": None})


def _forward(model: Model[Any, Any], docs: Any, is_train: bool) -> Any:
    layer, ops = model.layers[0], model.ops
    if is_train:
        return layer(docs, is_train)
    extract, joined, embed, mix, parted = layer.layers
    forms = joined.predict(extract.predict(docs))
    words = list(map(tuple, forms.dataXd.tolist()))
    places: dict[tuple[int, ...], int] = model.attrs["places"]
    new = set(words) - places.keys()
    if len(places) + len(new) > KEPT:
        places.clear()
        new = set(words)
    if len(new) > KEPT:
        return layer(docs, is_train)
    if new:
        told = mix.predict(embed.predict(Ragged(ops.asarray2i([*new], dtype="uint64"), ops.asarray1i([len(new)])))).dataXd
        if model.attrs["vectors"] is None:
            model.attrs["vectors"] = np.empty((KEPT, told.shape[1]), dtype=told.dtype)
        model.attrs["vectors"][len(places) : len(places) + len(new)] = told
        places.update(zip(new, count(len(places)), strict=False))
    found = model.attrs["vectors"][[places[word] for word in words]]
    return parted(Ragged(found, forms.lengths), is_train)
