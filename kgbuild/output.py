"""The folder that a build writes: one build at a time, and all that it makes appears at once and whole.

`store` is a link to the folder of the last good build, so that one renaming puts the next in its place; whoever
has the old one open goes on reading it.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from kgbuild.errors import KgbuildError

STORE = "store"
MARK = "made-of"
"""The file of a build that stays beside its store, and says of what that was made."""
VIEWS = ("graph.trig", "network.html")
"""What a build of a modest graph writes beside its store: the same graph as text and as a page."""


@contextmanager
def only_build(output: Path) -> Iterator[None]:
    """Be the only build into *output*; KgbuildError if another is at it. The lock ends with its process."""
    lock = FileLock(output / ".lock")
    try:
        output.mkdir(parents=True, exist_ok=True)
        lock.acquire(blocking=False)
    except Timeout as error:
        raise KgbuildError(
            f"{output}: another kgbuild is building here. Wait until it has ended, or build into another folder with -o."
        ) from error
    except OSError as error:
        raise _unwritable(output, error) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def readable(database: Path) -> Iterator[Path]:
    """An SQLite file to read from: itself, or a copy where its folder cannot be written, as reading may write there too
    (a journal that a killed build has left must be undone).
    """
    if os.access(database, os.W_OK) and os.access(database.parent, os.W_OK):
        yield database
        return
    with tempfile.TemporaryDirectory(prefix="kgbuild-") as folder:
        for file in database.parent.glob(f"{database.name}*"):
            shutil.copy(file, Path(folder) / file.name)
        copy = Path(folder) / database.name
        copy.chmod(0o600)
        yield copy


@contextmanager
def staged(output: Path) -> Iterator[Path]:
    """A new folder to write `store` and other files into; when all is well they take their places in *output*, all but MARK.

    Until then, and if anything fails, what stands in *output* stays as it is; then VIEWS that were not written go: they
    are of another store.
    """
    earlier = [folder for folder in output.iterdir() if re.fullmatch(r"\.build-\d+", folder.name)]
    current = (output / STORE).resolve().parent
    stage = output / f".build-{1 + max((int(f.name.partition('-')[2]) for f in earlier), default=0)}"
    try:
        for folder in earlier:
            if folder.resolve() != current:
                shutil.rmtree(folder)  # of a build that was killed
        stage.mkdir()
        try:
            yield stage
            _swap(stage, output)
        except BaseException:
            if (output / STORE).resolve().parent != stage.resolve():
                _remove(stage)
            raise
        for folder in earlier:
            shutil.rmtree(folder, ignore_errors=True)
    except (OSError, KgbuildError) as error:
        cause = error if isinstance(error, OSError) else error.__cause__
        if isinstance(cause, OSError):
            raise _unwritable(output, cause) from error
        raise


def _remove(folder: Path) -> None:
    """Remove *folder*; again where a store that is still open writes into it meanwhile. The next build removes the rest."""
    for _ in range(3):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return


def _swap(stage: Path, output: Path) -> None:
    link, place = stage / ".link", output / STORE
    link.symlink_to(Path(stage.name) / STORE, target_is_directory=True)
    if place.is_dir() and not place.is_symlink():
        place.rename(stage / ".last")  # a folder, as a copy of the output may have it: no link can replace that
    for view in VIEWS:
        if not (stage / view).exists():
            (output / view).unlink(missing_ok=True)
    link.replace(place)
    for file in sorted(stage.iterdir()):
        if file.is_file() and file.name != MARK:
            file.replace(output / file.name)
    with suppress(FileNotFoundError):
        shutil.rmtree(stage / ".last")


def _unwritable(output: Path, error: OSError) -> KgbuildError:
    return KgbuildError(
        f"{output}: cannot be written ({error.strerror or error}). The last graph is as it was, and what has been read"
        " is kept. Make room, or choose another folder with -o, and build again."
    )
