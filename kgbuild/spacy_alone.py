"""spaCy without its command line, which `import spacy` loads too, with a web client and a terminal: a third of its start."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

ABSENT = ("spacy.cli", "spacy.cli.info")
"""What `import spacy` takes of its command line."""


def import_spacy() -> None:
    """Import spaCy, if that is still to be done, all but `spacy.cli`; this can be imported as ever afterwards."""
    if "spacy" in sys.modules:
        return
    places = {name: ModuleType(name) for name in ABSENT}
    places["spacy.cli"].__path__ = []
    vars(places["spacy.cli.info"])["info"] = _info
    sys.modules.update(places)
    try:
        import spacy  # noqa: F401
    finally:
        for name in places:
            del sys.modules[name]


def _info(*given: Any, **named: Any) -> Any:
    """What `spacy.info` says."""
    from spacy.cli.info import info

    return info(*given, **named)
