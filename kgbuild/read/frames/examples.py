"""The ontology's examples become frames: an example is the pattern.

"[Canada]actor [imposed sanctions] on [Iran]recipient." is parsed like any sentence; its marked words become
a predicate with required words, and roles by function. A counterexample with marked words ("[Domestic] [demand] fell.")
becomes a frame that refuses: where its words are found, its type is not.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from platformdirs import user_cache_path
from spacy.language import Language

from kgbuild import __version__
from kgbuild.errors import OntologyError
from kgbuild.ontology import Example, Ontology
from kgbuild.read.frames.frame import ANY, NOT_PREPOSITIONS, OFFICE, OWNERS, PARTICLES, TOGETHER, Frame, RoleSlot, Word
from kgbuild.read.parse.clauses import Clauses, governing_verb, is_verbal, preposition_name
from kgbuild.read.parse.lemmas import american, lemma_of
from kgbuild.read.parse.nlp import clauses_of, plain
from kgbuild.read.parse.tokens import Doc, Token

_MARK = re.compile(r"\[([^\[\]]+)\](\w*)")


@dataclass(frozen=True, slots=True)
class Marked:
    """An example without its marks: the text, the predicate's spans, the roles' spans (characters)."""

    text: str
    predicate: tuple[tuple[int, int], ...]
    roles: tuple[tuple[str, int, int], ...]


def read_marks(example: str, roles: Collection[str], *, counter: bool = False) -> Marked:
    """An example's text and marks, which name *roles*; a *counter*example needs none. Raises ValueError if amiss."""
    text, predicate, filled = "", [], []
    last = 0
    for match in _MARK.finditer(example):
        text += example[last : match.start()]
        start, last = len(text), match.end()
        text += match[1]
        if not match[2]:
            predicate.append((start, len(text)))
        elif match[2] in roles:
            filled.append((match[2], start, len(text)))
        else:
            raise ValueError(f'"{match[2]}" is no role. The roles are {", ".join(roles)}.')
    text += example[last:]
    if "[" in text or "]" in text:
        raise ValueError("the brackets do not pair. Write [words]role for a role and [words] for the predicate.")
    if counter:
        return Marked(text, tuple(predicate), ())
    if not predicate and not any(role == "office" for role, _, _ in filled):
        raise ValueError("no predicate is marked. Put the verb or noun that says it in plain brackets: [met].")
    if not filled:
        raise ValueError("no role is marked, e.g. [Canada]actor.")
    return Marked(text, tuple(predicate), tuple(filled))


def compile_example(example: Example, marked: Marked, clauses: Clauses, ontology: Ontology) -> Frame:
    """The frame that *example* teaches. Raises ValueError when its marks do not hang together in the parse."""
    doc = clauses.doc
    relation = ontology.types[example.type].kind == "relation"
    head, rest = _head(doc, marked)
    words, tokens = _words(head, rest, doc, marked, clauses)
    marked_prepositions = {preposition_name(t) for t in rest if t.pos_ == "ADP" and t not in tokens}
    slots: list[RoleSlot] = []
    located: list[tuple[int, str]] = []
    for role, start, end in marked.roles:
        if not marked.predicate and role == "office":
            continue
        filler = _root(doc, start, end)
        parent, function = _locate(filler, tokens, clauses)
        slots.append(
            RoleSlot(role, parent, _functions(function, role, parent, tokens, relation), function in marked_prepositions)
        )
        located.append((parent, function))
    slots = _told_apart(slots, located)
    if not marked.predicate:
        words = [Word(-1, "", OFFICE), *words[1:]]
    verbal = is_verbal(head)
    slots = _pooled(slots, verbal=verbal)
    bare = len([w for w in words if w.function not in ("prt", "adv") and w.lemma != ANY]) == 1
    slots = [_required(slot, slots, verbal and bare) for slot in slots]
    return Frame(example.type, verbal, tuple(words), tuple(slots), marked.text, counter=example.counter)


def widened(frame: Frame, ontology: Ontology) -> Iterator[Frame]:
    """*frame*, with the words that may stand for those it needs, and one more frame for each that may stand for its head.

    What a counterexample refuses is refused of its own head alone.
    """
    words = tuple(
        Word(w.parent, w.function, w.lemma, _alike(w, frame, ontology, verbal=w.function == "comp"))
        if number and w.lemma != ANY
        else w
        for number, w in enumerate(frame.words)
    )
    frame = replace(frame, words=words)
    yield frame
    if frame.counter or any(word.function in PARTICLES and word.parent == 0 for word in words):
        return  # "called off" is no "called"
    for lemma in _alike(words[0], frame, ontology, verbal=frame.verbal):
        verb, _, particle = lemma.partition("_")
        extra = (Word(0, "prt", particle),) if particle else ()
        yield replace(frame, words=(Word(-1, "", verb), *words[1:], *extra), widened=True)


def _alike(word: Word, frame: Frame, ontology: Ontology, *, verbal: bool) -> tuple[str, ...]:
    found: set[str] = set()
    head = word.parent < 0
    for family in ontology.families:
        counts = frame.type in family.types or (not family.types and not head)
        words = {american(w, verbal=verbal) for w in (family.verbs if verbal else family.nouns)}
        if counts and word.lemma in words:
            found |= words - {word.lemma}
    return tuple(sorted(found))


def _head(doc: Doc, marked: Marked) -> tuple[Token, list[Token]]:
    spans = marked.predicate or tuple((s, e) for role, s, e in marked.roles if role == "office")
    inside = [t for start, end in spans for t in _tokens(doc, start, end)]
    content = [t for t in inside if t.pos_ in ("VERB", "NOUN", "PROPN", "ADJ") or (t.pos_ == "AUX" and len(inside) == 1)]
    if not content:
        raise ValueError("the predicate has no verb and no noun.")
    depth = {t: sum(1 for _ in t.ancestors) for t in content}
    head = min(content, key=lambda t: (t.pos_ == "ADJ", depth[t], t.i))
    return head, [t for t in inside if t != head]


def _tokens(doc: Doc, start: int, end: int) -> list[Token]:
    span = doc.char_span(start, end)
    return [t for t in span if not t.is_punct and not t.is_space] if span is not None else []


def _root(doc: Doc, start: int, end: int) -> Token:
    span = doc.char_span(start, end)
    if span is None:
        raise ValueError("an empty mark.")
    root = span.root
    while root.dep_ == "conj" and span.start <= root.head.i < span.end:
        root = root.head
    return root


def _words(head: Token, rest: list[Token], doc: Doc, marked: Marked, clauses: Clauses) -> tuple[list[Word], list[Token]]:
    words, tokens = [Word(-1, "", lemma_of(head))], [head]
    if any(t.tag_ == "TO" for t in rest):  # a marked "to" asks for an infinitive, whichever
        infinitive = next(t for t in rest if t.tag_ == "TO").head
        words.append(Word(0, "purpose" if infinitive.dep_ == "advcl" else "comp", ANY))
        tokens.append(infinitive)
    waiting = [
        t for t in rest if t.tag_ != "TO" and t.pos_ not in ("DET", "AUX", "PRON", "CCONJ", "PART") and t.dep_ != "case"
    ]
    placed = True
    while waiting and placed:
        placed = False
        for token in list(waiting):
            spot = _spot(token, tokens, clauses)
            if spot is not None:
                words.append(Word(*spot, lemma_of(token)))
                tokens.append(token)
                waiting.remove(token)
                placed = True
    for token in waiting:
        if token.pos_ not in ("ADP", "ADV", "SCONJ"):
            raise ValueError(
                f'"{token.text}" does not hang on "{head.text}" in the parse. Mark fewer words, or say it more simply.'
            )
    return words, tokens


def _spot(token: Token, tokens: list[Token], clauses: Clauses) -> tuple[int, str] | None:
    for parent, governor in enumerate(tokens):
        for function, fillers in clauses.arguments(governor).items():
            if token in fillers and function != "subj":
                return parent, function
    for parent, governor in enumerate(tokens):
        if token in clauses.arguments(governor).get("subj", ()):
            return parent, "subj"
    return None


def _locate(filler: Token, tokens: list[Token], clauses: Clauses) -> tuple[int, str]:
    spot = _spot(filler, tokens, clauses)
    if spot is not None:
        return spot
    for parent, governor in enumerate(tokens):  # it may hang on the object instead, or on a noun's verb
        nearby = [t for fillers in clauses.arguments(governor).values() for t in fillers]
        verb = governing_verb(governor) if not is_verbal(governor) else None
        for other in [*nearby, *([verb] if verb is not None else [])]:
            for function, fillers in clauses.arguments(other).items():
                if filler in fillers and function not in NOT_PREPOSITIONS:
                    return parent, function
                if filler in fillers and other == verb and function == "subj":
                    return parent, "poss"
    raise ValueError(f'"{filler.text}" does not hang on "{tokens[0].text}" in the parse. Say it more simply.')


def _functions(function: str, role: str, parent: int, tokens: list[Token], relation: bool) -> tuple[str, ...]:
    if is_verbal(tokens[parent]):
        return (function,)
    if function in ("poss", "mod", "of") and (relation or parent > 0):
        return ("mod", "of", "poss")
    if function in OWNERS and (parent == 0 or function != "by"):
        return tuple(sorted(OWNERS))
    return (function,)


def _told_apart(slots: list[RoleSlot], located: list[tuple[int, str]]) -> list[RoleSlot]:
    """Where a possessive and an of-phrase fill two roles of one noun, neither may stand for the other."""
    found = []
    for slot, (parent, function) in zip(slots, located, strict=True):
        rivals = [
            f
            for s, (p, f) in zip(slots, located, strict=True)
            if p == parent and s is not slot and f in slot.functions and f != function
        ]
        kept = slot.functions
        if rivals:
            kept = ("mod", "poss") if function in ("poss", "mod") else (function,)
        found.append(RoleSlot(slot.role, slot.parent, kept, slot.required))
    return found


def _pooled(slots: list[RoleSlot], *, verbal: bool) -> list[RoleSlot]:
    """Participants are unordered: whoever stands in any of their places takes part."""
    together = [slot for slot in slots if slot.role == "participant"]
    if not together:
        return slots
    functions = {f for slot in together for f in slot.functions} | ({"with", "between", "among"} if verbal else TOGETHER)
    parent = together[0].parent
    others = [slot for slot in slots if slot.role != "participant"]
    taken = {f for slot in others for f in slot.functions if slot.parent == parent}
    ordered = tuple(sorted(functions - taken, key=lambda f: (f != "subj", f)))
    partner = any(f != "subj" for slot in together for f in slot.functions)
    return [RoleSlot("participant", parent, ordered, any(s.required for s in together), partner), *others]


def _required(slot: RoleSlot, slots: list[RoleSlot], bare_verb: bool) -> RoleSlot:
    """A bare verb needs its object, or the one role it has beside the subject; all else may go unsaid."""
    beside = [s for s in slots if "subj" not in s.functions]
    only_one = len(beside) == 1 and slot in beside and slot.role not in ("place", "topic", "cause")
    required = bare_verb and "subj" not in slot.functions and ("obj" in slot.functions or only_one)
    if bare_verb and slot.role == "participant" and "subj" in slot.functions:
        required = True
    return RoleSlot(slot.role, slot.parent, slot.functions, required or slot.required, slot.partner)


def compile_frames(ontology: Ontology, nlp: Language, *, problems: list[str] | None = None) -> tuple[Frame, ...]:
    """A frame for each example, in a fixed order.

    Raises OntologyError with file, line and cure at the first bad example, or collects the messages in *problems*.
    """
    marked: list[tuple[Example, Marked]] = []
    for example in ontology.examples:
        try:
            one = read_marks(example.text, ontology.roles, counter=example.counter)
        except ValueError as error:
            _refuse(ontology, example, str(error), problems)
            continue
        if one.predicate or not example.counter:
            marked.append((example, one))
    frames: list[Frame] = []
    docs = nlp.pipe((plain(m.text) for _, m in marked), batch_size=64)
    for (example, m), doc in zip(marked, docs, strict=True):
        try:
            frames += widened(compile_example(example, m, clauses_of(doc, ontology), ontology), ontology)
        except ValueError as error:
            _refuse(ontology, example, str(error), problems)
    return _each_once(frames)


def _each_once(frames: list[Frame]) -> tuple[Frame, ...]:
    """The frames without those that say what another says, but one at least for each example."""
    kept: dict[object, Frame] = {}
    taught: set[str] = set()
    for frame in frames:
        words = tuple((w.parent, w.function, frozenset({w.lemma, *w.alike})) for w in frame.words)
        key: object = (frame.type, frame.verbal, words, frame.roles, frame.widened, frame.counter)
        if frame.example not in taught or key not in kept:
            kept[key if key not in kept else (key, frame.example)] = frame
        taught.add(frame.example)
    return tuple(kept.values())


def _refuse(ontology: Ontology, example: Example, why: str, problems: list[str] | None) -> None:
    message = f"{ontology.folder / example.file}:{example.line}: dip:{example.type}: {example.text!r}: {why}"
    if problems is None:
        raise OntologyError(message)
    problems.append(message)


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
