"""A text becomes parsed paragraphs: pipeline, tokens, clauses, quotation marks, repairs of the parse.

spaCy is imported here without its command line, a downloader and a trainer with their network libraries: these are half of
the time of the import, to define `spacy.info`, which nothing of ours calls. Whoever imports `spacy.cli` gets the true one.
"""

from __future__ import annotations

import sys
from types import ModuleType

_COMMAND = "spacy.cli.info"


def _info(*given: object, **named: object) -> object:
    from spacy.cli.info import info

    return info(*given, **named)  # type: ignore[arg-type]


def _import_spacy() -> None:
    if "spacy" in sys.modules or _COMMAND in sys.modules:
        return
    standing_in = ModuleType(_COMMAND)
    standing_in.info = _info  # type: ignore[attr-defined]
    sys.modules[_COMMAND] = standing_in
    try:
        import spacy  # noqa: F401
    finally:
        del sys.modules[_COMMAND]


_import_spacy()
