"""The compiled frames, kept on disk: compiling them costs the parse of every example."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict
from pathlib import Path

from platformdirs import user_cache_path
from spacy.language import Language

from kgbuild import __version__
from kgbuild.ontology import Ontology
from kgbuild.read.frames.examples import compile_frames
from kgbuild.read.frames.frame import Frame, RoleSlot, Word


def cached_frames(ontology: Ontology, nlp: Language) -> tuple[Frame, ...]:
    """`compile_frames`, kept on disk under a name made of ontology, model and version; never under another."""
    model = f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"
    path = user_cache_path("kgbuild") / f"frames-{__version__}-{model}-{ontology.digest[:16]}-{_code_digest()}.json"
    if path.is_file():
        try:
            kept = tuple(_from_json(record) for record in json.loads(path.read_text(encoding="utf-8")))
            if len(kept) >= sum(not example.counter for example in ontology.examples):
                return kept
        except (ValueError, KeyError, TypeError, OSError):
            pass  # a damaged cache is as good as none: it is compiled and written again
    frames = compile_frames(ontology, nlp)
    _write_beside(path, json.dumps([asdict(frame) for frame in frames]))
    return frames


def _code_digest() -> str:
    """Of every module that shapes a frame."""
    read = Path(__file__).resolve().parents[1]
    folders = (read / "parse", read / "frames", read.parent / "ontology")
    code = [file for folder in folders for file in sorted(folder.glob("*.py"))]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in code)).hexdigest()[:8]


def _from_json(record: dict[str, object]) -> Frame:
    words = tuple(
        Word(w["parent"], w["function"], w["lemma"], tuple(w["alike"]))
        for w in record["words"]  # type: ignore[attr-defined]
    )
    roles = tuple(
        RoleSlot(r["role"], r["parent"], tuple(r["functions"]), r["required"], r["partner"])
        for r in record["roles"]  # type: ignore[attr-defined]
    )
    flags = bool(record["widened"]), bool(record["counter"])
    return Frame(str(record["type"]), bool(record["verbal"]), words, roles, str(record["example"]), *flags)


def _write_beside(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}.tmp")
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError:
        pass  # a read-only home only costs the seconds of compiling again
