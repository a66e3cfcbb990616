"""What stands in a folder: files, and what is none to read (a pipe, a link to nothing, a closed folder), with why."""

from __future__ import annotations

import enum
import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes


class Kind(enum.Enum):
    """What stands at a path; the value is the cure where it is neither file nor folder."""

    FILE = "file"
    FOLDER = "folder"
    MISSING = "missing"
    LINK = "Point it to what was meant, or remove it."
    LINKED_FOLDER = "Name the folder it leads to beside this one, if its articles are wanted."
    SPECIAL = "Write what comes out of it into a file, or pipe it in: kgbuild build -"
    CLOSED = "Give yourself the right to read it."
    OTHER = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A path in a folder, with what stands there and, where that cannot be read, why."""

    path: Path
    kind: Kind
    why: str = ""


_SPECIAL = (
    (stat.S_ISFIFO, "a named pipe, no file."),
    (stat.S_ISSOCK, "a socket, no file."),
    (stat.S_ISCHR, "a device, no file."),
    (stat.S_ISBLK, "a device, no file."),
)


def kind_of(path: Path) -> tuple[Kind, str]:
    """What stands at *path*, links followed, and why it cannot be read if it is neither file nor folder; opens nothing."""
    try:
        mode = os.stat(path).st_mode
    except ValueError:  # a NUL in it
        return Kind.MISSING, ""
    except OSError as error:
        return _unseen(path, error)
    if stat.S_ISREG(mode):
        return Kind.FILE, ""
    if stat.S_ISDIR(mode):
        return Kind.FOLDER, ""
    return Kind.SPECIAL, next((why for is_kind, why in _SPECIAL if is_kind(mode)), "no file.")


def _unseen(path: Path, error: OSError) -> tuple[Kind, str]:
    if error.errno == errno.ELOOP:
        return Kind.LINK, "a link that leads back to itself."
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return (Kind.LINK, "a link to nothing.") if path.is_symlink() else (Kind.MISSING, "")
    if error.errno == errno.ENAMETOOLONG:
        return Kind.MISSING, f" ({error.strerror})"
    return (Kind.CLOSED if isinstance(error, PermissionError) else Kind.OTHER), f"cannot be read: {error.strerror}."


def walk(folder: Path) -> Iterator[Place]:
    """All that stands in *folder* and in its folders, sorted by path; what is hidden is left out, links to folders are not
    followed: whoever made them could lead us round, or into what nobody named.
    """
    yield from sorted(_walk(folder), key=lambda place: place.path)


def _walk(folder: Path) -> Iterator[Place]:
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as inside:
                names = [entry.name for entry in inside if not entry.name.startswith(".")]
        except OSError as error:
            kind = Kind.CLOSED if isinstance(error, PermissionError) else Kind.OTHER
            yield Place(here, kind, f"this folder cannot be read: {error.strerror}.")
            continue
        for path in (here / name for name in names):
            kind, why = kind_of(path)
            if kind is Kind.FOLDER and path.is_symlink():
                yield Place(path, Kind.LINKED_FOLDER, "a link to a folder, which is not followed.")
            elif kind is Kind.FOLDER:
                waiting.append(path)
            elif kind is Kind.MISSING:
                yield Place(path, Kind.OTHER, "cannot be read: it has gone.")
            else:
                yield Place(path, kind, why)


# -- what a file is kept under --------------------------------------------------------------------


def address(path: Path) -> str:
    """An absolute path as text that can be written anywhere: as it is, or, if its bytes are no UTF-8, as a `file:` URI."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return path.as_uri()
    return str(path)


def stands(where: str) -> bool:
    """Whether the file at the `address` *where* is still there; of one in a zip, the zip."""
    path = unquote_to_bytes(where.removeprefix("file://")) if where.startswith("file://") else os.fsencode(where)
    above = path
    while above and not os.path.exists(above):
        above = above.rpartition(b"/")[0]
    return above == path or os.path.isfile(above)
