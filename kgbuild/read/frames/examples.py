"""The ontology's examples become frames: an example is the pattern.

"[Canada]actor [imposed sanctions] on [Iran]recipient." is parsed like any sentence; its marked words become
a predicate with required words, and roles by function. A counterexample with marked words ("[Domestic] [demand] fell.")
becomes a frame that refuses: where its words are found, its type is not; a class behind a mark,
"[welcomed] [the premier]Person", stands for whatever is of it.
"""

from __future__ import annotations

from spacy.language import Language

from kgbuild.errors import OntologyError
from kgbuild.ontology import Example, Ontology
from kgbuild.read.frames.frame import ANY, NOT_PREPOSITIONS, OFFICE, PARTICLES, Frame, Word
from kgbuild.read.frames.marks import Marked, read_marks
from kgbuild.read.frames.slots import Place, role_slots
from kgbuild.read.frames.type_slots import with_slots_of_type
from kgbuild.read.frames.widening import widened
from kgbuild.read.parse.clauses import Clauses, governing_verb, is_verbal, preposition_name
from kgbuild.read.parse.lemmas import lemma_of
from kgbuild.read.parse.nlp import clauses_of, plain
from kgbuild.read.parse.tokens import Doc, Token

FUNCTION_WORDS = ("DET", "AUX", "PRON", "CCONJ", "PART")
"""Parts of speech whose words no frame needs, though they are marked: the "the" of "[severed the ties]"."""


def compile_frames(ontology: Ontology, nlp: Language, *, problems: list[str] | None = None) -> tuple[Frame, ...]:
    """A frame for each example, in a fixed order.

    Raises OntologyError with file, line and cure at the first bad example, or collects the messages in *problems*.
    """
    marked: list[tuple[Example, Marked]] = []
    for example in ontology.examples:
        try:
            one = read_marks(example.text, ontology.roles, counter=example.counter, classes=ontology.ancestors)
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
    return with_slots_of_type(_each_once(frames), ontology.sides)


def _each_once(frames: list[Frame]) -> tuple[Frame, ...]:
    """*frames* without those that say what one before them says, but for each example the first that it taught."""
    kept: dict[object, Frame] = {}
    taught: set[str] = set()
    for frame in frames:
        words = tuple((w.parent, w.function, frozenset({w.lemma, *w.alike}), w.cls) for w in frame.words)
        key: object = (frame.type, frame.verbal, words, frame.roles, frame.widened, frame.counter)
        if frame.example not in taught or key not in kept:
            kept[key if key not in kept else (key, frame.example)] = frame
        taught.add(frame.example)
    return tuple(kept.values())


def _refuse(ontology: Ontology, example: Example, why: str, problems: list[str] | None) -> None:
    """Say that *example* is bad, with file and line: as an OntologyError, or in *problems* where they are collected."""
    message = f"{ontology.folder / example.file}:{example.line}: dip:{example.type}: {example.text!r}: {why}"
    if problems is None:
        raise OntologyError(message)
    problems.append(message)


def compile_example(example: Example, marked: Marked, clauses: Clauses, ontology: Ontology) -> Frame:
    """The frame that *example* teaches. Raises ValueError when its marks do not hang together in the parse."""
    head, rest = _head(clauses.doc, marked)
    words, tokens = _words(head, rest, clauses)
    prepositions = {preposition_name(t) for t in rest if t.pos_ == "ADP" and t not in tokens}
    places: list[Place] = []
    for role, start, end in marked.roles:
        if marked.predicate or role != "office":
            parent, function = _locate(_root(clauses.doc, start, end), tokens, clauses)
            places.append(Place(role, parent, function, marked=function in prepositions))
    for cls, start, end in marked.classes:
        parent, function = _locate(_root(clauses.doc, start, end), tokens, clauses)
        words.append(Word(parent, function, ANY, cls=cls))
    if not marked.predicate:
        words = [Word(-1, "", OFFICE), *words[1:]]
    verbal = is_verbal(head)
    bare = verbal and sum(w.function not in PARTICLES and w.lemma != ANY for w in words) == 1
    relation = ontology.types[example.type].kind == "relation"
    slots = role_slots(places, [is_verbal(t) for t in tokens], relation=relation, bare_verb=bare)
    return Frame(example.type, verbal, tuple(words), tuple(slots), marked.text, counter=example.counter)


# -- the words a frame needs ----------------------------------------------------------------------


def _head(doc: Doc, marked: Marked) -> tuple[Token, list[Token]]:
    """The predicate, and the other words marked with it: the highest word of content, no adjective if possible."""
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


def _words(head: Token, rest: list[Token], clauses: Clauses) -> tuple[list[Word], list[Token]]:
    """The words that the frame needs, each below one before it, and their tokens. Function words of *rest* are left out.

    Raises ValueError where a word of content hangs on none of the others.
    """
    words, tokens = [Word(-1, "", lemma_of(head))], [head]
    if any(t.tag_ == "TO" for t in rest):  # a marked "to" asks for an infinitive, whichever
        infinitive = next(t for t in rest if t.tag_ == "TO").head
        words.append(Word(0, "purpose" if infinitive.dep_ == "advcl" else "comp", ANY))
        tokens.append(infinitive)
    waiting = [t for t in rest if t.tag_ != "TO" and t.pos_ not in FUNCTION_WORDS and t.dep_ != "case"]
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
    """On which of *tokens* a word hangs, and in which function; as a subject only where it has no other."""
    for parent, governor in enumerate(tokens):
        for function, fillers in clauses.arguments(governor).items():
            if token in fillers and function != "subj":
                return parent, function
    for parent, governor in enumerate(tokens):
        if token in clauses.arguments(governor).get("subj", ()):
            return parent, "subj"
    return None


# -- where its roles stand ------------------------------------------------------------------------


def _root(doc: Doc, start: int, end: int) -> Token:
    """The word on which the rest of a role's words hang; of several joined ones the first."""
    span = doc.char_span(start, end)
    if span is None:
        raise ValueError("an empty mark.")
    root = span.root
    while root.dep_ == "conj" and span.start <= root.head.i < span.end:
        root = root.head
    return root


def _locate(filler: Token, tokens: list[Token], clauses: Clauses) -> tuple[int, str]:
    """On which of *tokens* a role's filler hangs, be it by way of an object or a noun's verb, and in which function.

    Raises ValueError where it hangs on none.
    """
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
