"""What coreference, stance, nominal events and PLOVER folding are each worth: figures with all on, and without each.

python tests/bench/ablation.py [--data ../shared/data] [--every 1]

The product has no switch for any of them; here the function that does it is put out of action while a reader reads.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any
from unittest.mock import patch

from kgbuild import ontology as ontologies
from kgbuild.evaluate import evaluate
from kgbuild.model import Stance
from kgbuild.ontology import Ontology
from kgbuild.read.claims import stance
from kgbuild.read.frames.matching import Frames
from kgbuild.read.names import coreference, surnames
from kgbuild.read.names.located import Located
from kgbuild.read.reader import Reader

ROOT = Path(__file__).resolve().parent.parent.parent
FIGURES = {
    "events-coded.jsonl": ("typing: accuracy", "typing: macro-F1", "typing: quad accuracy", "typing: both actors"),
    "events-news.jsonl": ("news events: sentence precision", "news events: sentence recall", "news events: sentence F1"),
    "gold": (
        "claims: type precision",
        "claims: type recall",
        "claims: role F1",
        "claims: claims right in all that is labelled",
        "claims: Negated F1, lost claims being misses",
        "claims: polarity macro-F1, lost claims being misses",
        "claims: modality macro-F1, lost claims being misses",
        "claims: speaker F1",
    ),
}
ALL = "all on"
Switch = Callable[[Reader], AbstractContextManager[Any]]


@contextmanager
def without_coreference(reader: Reader) -> Iterator[None]:
    """Names denote what they name; pronouns, descriptions and bare surnames denote no one."""
    resolve = coreference.resolve_mention

    def names_only(one: Located, *rest: Any) -> Located:
        return resolve(one, *rest) if one.kind in ("name", "demonym") else one

    named = patch.object(surnames, "_full_names", lambda *_: {}), patch.object(surnames, "_titled", lambda *_: {})
    with patch.object(coreference, "resolve_mention", names_only), named[0], named[1]:
        yield


def without_stance(reader: Reader) -> AbstractContextManager[Any]:
    """Every claim is affirmed, actual, certain, and nobody's; so nothing is folded either."""
    return patch.object(stance, "decide", lambda *_: Stance())


def without_nominal_events(reader: Reader) -> AbstractContextManager[Any]:
    """No event is read from a noun alone; a verb with its noun ("held talks") stays."""
    types = reader.ontology.types
    kept = [frame for frame in reader.tools.frames.all if frame.verbal or types[frame.type].kind == "relation"]
    return patch.object(reader, "frames", Frames(kept, reader.ontology))


def without_folding(reader: Reader) -> AbstractContextManager[Any]:
    """A claim has the category of its class, whatever its polarity and modality."""
    return patch.object(Ontology, "folded", lambda self, category, polarity, modality: category)


SWITCHES: dict[str, Switch] = {
    ALL: lambda reader: nullcontext(),
    "coreference": without_coreference,
    "stance": without_stance,
    "nominal events": without_nominal_events,
    "folding": without_folding,
}


def main() -> None:
    """Print a table in points: the figure with all on, then what is lost without each."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the labelled sets")
    arguments.add_argument("--every", type=int, default=1, help="only every so manieth record of the labelled sets")
    given = arguments.parse_args()
    ontology = ontologies.load()
    reader = Reader(ontology)
    switched = [name for name in SWITCHES if name != ALL]
    print(f"in points{'':45}{ALL:>8}   without" + "".join(f"{name:>16}" for name in switched))
    with tempfile.TemporaryDirectory() as folder:
        for name, wanted in FIGURES.items():
            gold = ROOT / "tests" / "gold" if name == "gold" else sample(given.data / name, given.every, Path(folder))
            if not gold.exists():
                print(f"{name}: not in {given.data}, left out")
                continue
            measured = {switch: figures(gold, reader, off) for switch, off in SWITCHES.items()}
            print(f"\n{name}")
            for figure in wanted:
                whole = measured[ALL][figure]
                changes = "".join(f"{100 * (measured[name][figure] - whole):+16.1f}" for name in switched)
                print(f"  {figure:52}{100 * whole:8.1f}          {changes}")


def figures(gold: Path, reader: Reader, off: Switch) -> dict[str, float]:
    """All figures of *gold* while something is switched off."""
    with off(reader):
        return evaluate(gold, reader.ontology, reader=reader).figures()


def sample(file: Path, every: int, folder: Path) -> Path:
    """The file, or one beside it with every so manieth record."""
    if every == 1 or not file.is_file():
        return file
    chosen = folder / file.name
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)[::every]
    chosen.write_text("".join(lines), encoding="utf-8")
    return chosen


if __name__ == "__main__":
    main()
