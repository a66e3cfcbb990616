"""Is all well? The ontology's examples find themselves, its counterexamples do not fire, a graph has its shape."""

from __future__ import annotations

from pathlib import Path

from kgbuild.errors import OntologyError
from kgbuild.graph.store import Graph
from kgbuild.model import Article, Block
from kgbuild.ontology import Ontology, read_facts


def check_examples(ontology: Ontology, model: str | None = None) -> list[str]:
    """What is wrong with the examples: file, line, cure; empty when all is well."""
    from kgbuild.read.frames.examples import compile_frames
    from kgbuild.read.frames.marks import read_marks
    from kgbuild.read.frames.matching import Frames
    from kgbuild.read.parse.nlp import load, teach
    from kgbuild.read.reader import Reader

    problems: list[str] = []
    frames = compile_frames(ontology, teach(load(model) if model else load(), ontology), problems=problems)
    reader = Reader(ontology, model, frames=Frames(frames, ontology))
    taught = {frame.example for frame in frames}
    asked = [
        (e, read_marks(e.text, ontology.roles, counter=e.counter, classes=ontology.ancestors).text)
        for e in ontology.examples
        if e.counter or _marked(e.text, ontology) in taught
    ]
    readings = reader.read(_article(number, text) for number, (_, text) in enumerate(asked))
    for (example, _), reading in zip(asked, readings, strict=True):
        found = {claim.claims for claim in reading.claims}
        where = f"{ontology.folder / example.file}:{example.line}: dip:{example.type}: {example.text!r}:"
        others = ", ".join(sorted(found - {"Statement"})) or "nothing"
        if example.counter and example.type in found:
            problems.append(
                f"{where} must not be found, and is. Make the example that fires more specific, or teach the right type."
            )
        if not example.counter and found.isdisjoint({example.type, ontology.types[example.type].of_several}):
            problems.append(f"{where} does not find itself (found: {others}). Say it more simply, or mark other words.")
    return problems


def _marked(text: str, ontology: Ontology) -> str:
    from kgbuild.read.frames.marks import read_marks

    try:
        return read_marks(text, ontology.roles).text
    except ValueError:
        return ""


def _article(number: int, text: str) -> Article:
    return Article(f"example-{number}", text, (Block("body", 0, len(text)),), f"{number:064}", "example")


def check_graph(trig: Path, ontology: Ontology) -> list[str]:
    """How the built graph departs from shapes.ttl (SHACL, by pySHACL); empty when it conforms."""
    import pyshacl
    import rdflib

    Graph.memory().load_trig(trig)  # says in which line it is damaged
    shapes = ontology.folder / "shapes.ttl"
    try:
        read_facts({shapes: shapes.read_text(encoding="utf-8")})
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"{shapes}: cannot be read ({error}). `kgbuild check` holds the graph against it.") from error
    data = rdflib.Dataset(default_union=True)
    data.parse(trig, format="trig")
    union = rdflib.Graph()
    for subject, predicate, value, _ in data.quads():
        union.add((subject, predicate, value))
    conforms, results, _ = pyshacl.validate(union, shacl_graph=str(shapes), advanced=False)
    if conforms:
        return []
    shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    found = []
    for result in results.subjects(rdflib.RDF.type, shacl.ValidationResult):
        focus, path, message = (results.value(result, shacl[p]) for p in ("focusNode", "resultPath", "resultMessage"))
        found.append(f"{trig}: {focus} {path or ''}: {message}")
    return sorted(found)
