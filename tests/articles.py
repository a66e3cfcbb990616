"""Articles and ontologies that tests make: one paragraph to read, and our ontology with one more thing taught."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

from kgbuild import ontology as ontology_module
from kgbuild.model import Article, Block
from kgbuild.ontology import Ontology


def article_of(text: str, *, issued: str | None = "2014-12-19", kind: str = "body", **fields: str) -> Article:
    """An article of one block of *kind*; *fields* are those of Article."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article("test", text, (Block(kind, 0, len(text)),), digest, "test", issued=issued, **fields)


EXAMPLES = re.compile(r'lex:(?:counter)?example\s+"(?:[^"\\]|\\.)*"@en(?:\s*,\s*"(?:[^"\\]|\\.)*"@en)*\s*;?')


def taught(folder: Path, turtle: str) -> Ontology:
    """Our ontology, its own examples taken out (they cost seconds to compile), with *turtle* added to diplomacy.ttl."""
    shutil.copytree(
        ontology_module.default_folder(), folder, ignore=shutil.ignore_patterns("tools", "queries", "__pycache__")
    )
    path = folder / "diplomacy.ttl"
    path.write_text(EXAMPLES.sub("", path.read_text(encoding="utf-8")) + turtle, encoding="utf-8")
    return ontology_module.load(folder)
