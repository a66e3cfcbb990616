"""A folder of news about diplomacy becomes a knowledge graph that an analyst can trust.

>>> import kgbuild
>>> built = kgbuild.build("seeds/")
>>> graph = kgbuild.open("output")
>>> rows = graph.ask("met", "Russia")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgbuild.errors import KgbuildError as KgbuildError
from kgbuild.errors import QueryError as QueryError
from kgbuild.version import __version__ as __version__

if TYPE_CHECKING:
    from kgbuild.face import Graph as Graph
    from kgbuild.face import build as build
    from kgbuild.face import open as open

FACE = ("Graph", "build", "open")
"""What is loaded when it is first asked for, so that `import kgbuild` waits for nothing."""


def __getattr__(name: str) -> object:
    if name not in FACE:
        raise AttributeError(f"module 'kgbuild' has no attribute {name!r}")
    from kgbuild import face

    return getattr(face, name)


def __dir__() -> list[str]:
    return sorted([*FACE, "KgbuildError", "QueryError", "__version__"])
