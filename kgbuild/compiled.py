"""What is made of the ontology, kept on disk in the form in which it is used: starting is a read, not a parse.

Each file lies in the user's cache folder under a digest of all that makes it, the code included; it is never looked for
under another. A file that is damaged, or that somebody else may write, is as good as none: it is made and written again.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields, is_dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, TypeVar

from platformdirs import user_cache_path

from kgbuild.version import __version__

KEPT = 4
"""Files of one name that stay: those of the last states of ontology, code and model."""
LIBRARIES = ("spacy", "pyoxigraph")
"""The libraries whose versions decide what is made."""

Made = TypeVar("Made")


def compiled(name: str, made_by: Iterable[bytes], make: Callable[[], Made], kind: type[Made]) -> Made:
    """What *make* makes, a *kind*, from the cache file *name* if there is one of the same *made_by*; else made and kept.

    *made_by* is all that decides what comes out, beside the versions of kgbuild, Python and libraries. Raises what *make*
    raises.
    """
    path = user_cache_path("kgbuild") / f"{name}-{_digest(made_by)}.pickle"
    found = _read(path)
    if isinstance(found, kind):
        return found
    made = make()
    _write(path, made)
    return made


def code_of(*places: Path) -> list[bytes]:
    """The source of modules and of all modules below folders, each with its name, in a fixed order."""
    files = [file for place in places for file in (sorted(place.rglob("*.py")) if place.is_dir() else [place])]
    return [part for file in files for part in (file.name.encode(), file.read_bytes())]


@contextmanager
def no_collector() -> Iterator[None]:
    """Python's garbage collector rests while much is made that will stay: it would look through all of it each time."""
    at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if at_work:
            gc.enable()


def _digest(made_by: Iterable[bytes]) -> str:
    versions = [__version__, sys.version, *(f"{library} {metadata.version(library)}" for library in LIBRARIES)]
    return hashlib.sha256(b"\0".join([*(version.encode() for version in versions), *made_by])).hexdigest()[:32]


def _read(path: Path) -> object:
    """The value in the file; None where there is none that can be trusted and read."""
    try:
        with path.open("rb") as file:
            if not _is_own(os.fstat(file.fileno())):
                return None
            with no_collector():
                return pickle.load(file)
    except Exception:  # whatever a damaged file makes of itself: it is made again
        return None


class _Pickler(pickle.Pickler):
    """Writes a plain record as the call that makes it, which is read in half the time of Python's own form."""

    def reducer_override(self, made: Any) -> Any:
        kind = type(made)
        if (
            not is_dataclass(kind)
            or hasattr(kind, "__post_init__")
            or not all(f.init and not f.kw_only for f in fields(kind))
        ):
            return NotImplemented
        return kind, tuple(getattr(made, field.name) for field in fields(kind))


def _is_own(status: os.stat_result) -> bool:
    """Whether nobody but the user can have written the file: a pickle is code."""
    own = not hasattr(os, "getuid") or status.st_uid == os.getuid()
    return own and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _write(path: Path, made: object) -> None:
    beside = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside.touch(mode=0o600)
        with beside.open("wb") as file:
            _Pickler(file, protocol=pickle.HIGHEST_PROTOCOL).dump(made)
        beside.replace(path)
        name = path.name.rpartition("-")[0]
        last = sorted(path.parent.glob(f"{name}-*.pickle"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for old in last[KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        with suppress(OSError):  # a read-only home, or a full disk, only costs the seconds of making it again
            beside.unlink()
