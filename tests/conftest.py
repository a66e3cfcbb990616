"""What the tests share: the ontology and a reader, loaded once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from articles import article_of
from hypothesis import settings

from kgbuild import ontology as ontology_module
from kgbuild.model import Reading
from kgbuild.ontology import Ontology
from kgbuild.read.reader import Reader

# A busy machine is no failure, and the same examples are tried each time: nothing fails that has not changed.
settings.register_profile("shared", deadline=None, derandomize=True)
settings.load_profile("shared")


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The ontology that ships."""
    return ontology_module.load()


@pytest.fixture(scope="session")
def reader(ontology: Ontology) -> Reader:
    """A reader with the default model."""
    return Reader(ontology)


@pytest.fixture(scope="session")
def read_text(reader: Reader) -> Callable[..., Reading]:
    """Reads a text as an article of one paragraph, issued on Friday, 19 December 2014 unless said otherwise."""

    def read(text: str, **fields: str) -> Reading:
        return next(reader.read([article_of(text, **fields)]))

    return read
