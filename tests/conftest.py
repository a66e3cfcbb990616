"""What the tests share: the ontology and a reader, loaded once, and one-paragraph articles to read."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from kgbuild import ontology as ontology_module
from kgbuild.model import Article, Block, Reading
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


def article_of(text: str, *, issued: str | None = "2014-12-19", kind: str = "body", **fields: str) -> Article:
    """An article of one block of *kind*; *fields* are those of Article."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article("test", text, (Block(kind, 0, len(text)),), digest, "test", issued=issued, **fields)


@pytest.fixture(scope="session")
def read_text(reader: Reader) -> Callable[..., Reading]:
    """Reads a text as an article of one paragraph, issued on Friday, 19 December 2014 unless said otherwise."""

    def read(text: str, **fields: str) -> Reading:
        return next(reader.read([article_of(text, **fields)]))

    return read


EXAMPLES = re.compile(r'lex:(?:counter)?example\s+"(?:[^"\\]|\\.)*"@en(?:\s*,\s*"(?:[^"\\]|\\.)*"@en)*\s*;?')


def taught(folder: Path, turtle: str) -> Ontology:
    """Our ontology, its own examples taken out (they cost seconds to compile), with *turtle* added to diplomacy.ttl."""
    shutil.copytree(
        ontology_module.default_folder(), folder, ignore=shutil.ignore_patterns("tools", "queries", "__pycache__")
    )
    path = folder / "diplomacy.ttl"
    path.write_text(EXAMPLES.sub("", path.read_text(encoding="utf-8")) + turtle, encoding="utf-8")
    return ontology_module.load(folder)
