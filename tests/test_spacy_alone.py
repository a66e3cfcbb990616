"""A reader starts without spaCy's command line, which stays there for whoever asks for it."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
from kgbuild.spacy_alone import import_spacy
import_spacy()
print("spacy.cli" in sys.modules, "requests" in sys.modules)
import spacy
print(spacy.info(silent=True)["spacy_version"] == spacy.__version__)
import spacy.cli
print(spacy.cli.info is not spacy.info and callable(spacy.cli.download))
"""


def test_spacy_is_imported_without_its_command_line_and_can_load_it_later() -> None:
    ended = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines() == ["False False", "True", "True"]
