"""The editor of the query page: Ace, as the package django-ace carries it (`pip install 'kgbuild[editor]'`).

Only files of that package are served, and only those that the page names; without it the page has its box for text.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

MEDIA = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}
SCRIPTS = ("ace.js", "mode-sparql.js", "ext-language_tools.js")
"""What the page runs, in this order, before our own script."""
STYLE = "css/ace.css"
PICTURES = re.compile(r"url\(\"\./(main-\d+\.(?:png|svg))\"\)")
"""What the style shows: signs in the margin."""


@cache
def _folder() -> Path | None:
    package = find_spec("django_ace")  # it is not imported, nor is what it requires
    places = package.submodule_search_locations if package else None
    folder = Path(next(iter(places))) / "static" / "django_ace" / "ace" if places else None
    return folder if folder and all((folder / name).is_file() for name in (*SCRIPTS, STYLE)) else None


def is_installed() -> bool:
    """Whether there is an editor to be had."""
    return _folder() is not None


@cache
def _names() -> frozenset[str]:
    folder = _folder()
    if folder is None:
        return frozenset()
    pictures = PICTURES.findall((folder / STYLE).read_text(encoding="utf-8"))
    return frozenset((*SCRIPTS, STYLE, *(f"css/{name}" for name in pictures)))


def file_of(name: str) -> tuple[bytes, str] | None:
    """The bytes of a file of the editor, and their media type; None for what is none of its files."""
    folder = _folder()
    if folder is None or name not in _names():
        return None
    return (folder / name).read_bytes(), MEDIA[Path(name).suffix]
