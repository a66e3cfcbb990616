"""Gold records become scores: what was read against what people labelled.

Any JSON Lines file will do whose records have a `text` and labels of a kind known here (LABELS). Nothing predicted
is a miss; what the file does not label is not scored; what is predicted beyond the labels counts against precision
only where the file labels all of its kind. The record's text is read as `build` reads it.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from kgbuild.errors import CorpusError, Problem
from kgbuild.model import Claim, Mention, Reading
from kgbuild.ontology import Ontology
from kgbuild.read.corpus import read_corpus
from kgbuild.read.nlp import Passage, parse
from kgbuild.read.reading import Reader, read_article

Record = dict[str, Any]

# What each coded category is called where sets differ. YIELD of the PLV benchmark is both kinds of giving way.
BENCHMARK_CODES = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
OLDER_CODES = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}

# ACE event types, as M2E2 has them, and the classes of ours that say the same (a category stands for all below it).
# Left out, because kgbuild does not read them: Transaction:Transfer-Money, and Movement:Transport, of which Visit is a
# small part (M2E2 labels five of seven visits as transports, two as meetings). Of deaths kgbuild reads killings.
ACE_TYPES = {
    "Conflict:Attack": ("Strike",),
    "Conflict:Demonstrate": ("PROTEST",),
    "Contact:Meet": ("Meeting", "MultilateralMeeting", "Negotiation", "Mediation"),
    "Contact:Phone-Write": ("PhoneCall",),
    "Justice:Arrest-Jail": ("Detain",),
    "Life:Die": ("Kill",),
}
# What ACE calls otherwise at the same words is neither right nor wrong: a deadly attack a death, a massacre an attack.
ACE_ALSO = {"Strike": "Life:Die", "Kill": "Conflict:Attack"}

FACTUAL = {
    "polarity": {"POS": "Affirmed", "NEG": "Negated"},
    "certainty": {"CERTAIN": "Certain", "PROBABLE": "Probable", "POSSIBLE": "Possible", "UNDERSPECIFIED": "Unspecified"},
    "time": {"FUTURE": "Ahead", "NON_FUTURE": "Actual"},
}
"""The values of MEANTIME (NewsReader guidelines) and ours; any modality but Actual lies ahead."""

CORE = ("actor", "recipient", "participant")
NONE = "(nothing)"
HALF = 0.5
"""Two stretches of words are the same when their Dice coefficient is at least this."""


def evaluate(gold: Path, ontology: Ontology, model: str | None = None, *, reader: Reader | None = None) -> Evaluation:
    """Score the reading of every record of *gold* against whichever labels the file has.

    A *reader* that is at hand saves loading one. Raises CorpusError when the file cannot be read, or has no labels to score.
    """
    records, problems = _records(gold)
    scorers = [scorer for name, (has, scorer) in LABELS.items() if any(has(record) for record in records.values())]
    if not scorers:
        raise CorpusError(
            f"{gold}: no labels to score. A record needs one of: {', '.join(LABELS)}. "
            'Our own form is {"text": "…", "issued": "…", "claims": [{"claims": "dip:Meeting", "roles": […]}]}.'
        )
    pages = _read(gold, records, reader or Reader(ontology, model), problems)
    return Evaluation(gold.name, len(records), tuple(s(pages, ontology) for s in scorers), tuple(sorted(problems)))


# -- what comes out -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tally:
    """Precision, recall and F1 of one label, with the counts they come from."""

    label: str
    right: int
    predicted: int
    gold: int
    found: int | None = None
    """Labels found, where several of them may be found by one prediction or one by several; else as *right*."""

    @property
    def precision(self) -> float:
        """0 when nothing was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """0 when there was nothing to find."""
        return (self.right if self.found is None else self.found) / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One number by name, and what it was counted on ("612 of 1050")."""

    name: str
    value: float
    of: str


@dataclass(frozen=True, slots=True)
class Miss:
    """What was wanted, what was found, and where."""

    id: str
    text: str
    wanted: str
    found: str


@dataclass(frozen=True, slots=True)
class Part:
    """The scores of one kind of label."""

    name: str
    measures: str
    figures: tuple[Figure, ...]
    labels: tuple[Tally, ...] = ()
    confusion: tuple[tuple[str, str, int], ...] = ()
    """Wanted, found, how often."""
    misses: tuple[Miss, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All scores of one file."""

    gold: str
    records: int
    parts: tuple[Part, ...]
    problems: tuple[Problem, ...] = ()

    def figures(self) -> dict[str, float]:
        """Every figure, and the F1 of every label, by name: "typing: accuracy", "typing: AGREE"."""
        found = {f"{part.name}: {figure.name}": figure.value for part in self.parts for figure in part.figures}
        return found | {f"{part.name}: {tally.label}": tally.f1 for part in self.parts for tally in part.labels}


def as_json(evaluation: Evaluation, *, errors: bool = False, limit: int = 50) -> str:
    """The scores as JSON; *errors* adds at most *limit* misses of each part."""
    parts = []
    for part in evaluation.parts:
        one = asdict(part)
        one["labels"] = [asdict(t) | {"precision": t.precision, "recall": t.recall, "f1": t.f1} for t in part.labels]
        one["missed"] = len(part.misses)
        one["misses"] = [asdict(miss) for miss in part.misses[:limit]] if errors else []
        parts.append(one)
    told = {"gold": evaluation.gold, "records": evaluation.records, "parts": parts}
    return json.dumps(told, ensure_ascii=False, indent=2)


def as_table(evaluation: Evaluation, *, errors: bool = False, limit: int = 50) -> str:
    """The scores as text; *errors* adds at most *limit* misses of each part, each beside its sentence."""
    lines = [f"{evaluation.gold}: {evaluation.records} records"]
    for part in evaluation.parts:
        lines += ["", f"{part.name}: {part.measures}"]
        lines += [f"  {f.name:44} {f.value:6.3f}   {f.of}" for f in part.figures]
        if part.labels:
            lines += ["", f"  {'label':28} {'precision':>9} {'recall':>7} {'F1':>6} {'right':>6} {'found':>6} {'gold':>6}"]
            for t in part.labels:
                scores = f"{t.precision:9.3f} {t.recall:7.3f} {t.f1:6.3f}"
                lines.append(f"  {t.label:28} {scores} {t.right:6} {t.predicted:6} {t.gold:6}")
        lines += _confusion_lines(part)
        if errors and part.misses:
            lines += ["", f"  {len(part.misses)} misses" + (f", the first {limit}:" if len(part.misses) > limit else ":")]
            for miss in part.misses[:limit]:
                lines += [f"  {miss.id}: wanted {miss.wanted}; found {miss.found}", f"    {miss.text}"]
    return "\n".join(lines) + "\n"


def _confusion_lines(part: Part) -> list[str]:
    """A square of counts: rows are wanted, columns found; numbered, since labels are long."""
    if not part.confusion:
        return []
    names = sorted({name for wanted, found, _ in part.confusion for name in (wanted, found)}, key=lambda n: (n == NONE, n))
    counts = {(wanted, found): n for wanted, found, n in part.confusion}
    lines = ["", "  wanted (row) and found (column)", " " * 32 + "".join(f"{i:5}" for i in range(1, len(names) + 1))]
    for number, wanted in enumerate(names, 1):
        cells = "".join(f"{counts.get((wanted, found), '·'):>5}" for found in names)
        lines.append(f"  {number:3} {wanted:26}{cells}")
    return lines


# -- reading --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """A gold record and what was read in it."""

    id: str
    record: Record
    reading: Reading | None
    """None where the record could not be read: then all its labels are misses."""
    depth: dict[int, int]
    """How far below the root of its sentence a word stands, by the place where it starts."""

    @property
    def text(self) -> str:
        """The record's text, untouched."""
        return str(self.record["text"])

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All that was read."""
        return self.reading.claims if self.reading else ()

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """All mentions that were kept."""
        return self.reading.mentions if self.reading else ()

    @property
    def window(self) -> tuple[int, int]:
        """The stretch that is labelled: `meta.evaluation_span`, or all of it."""
        start, end = (self.record.get("meta") or {}).get("evaluation_span") or (0, len(self.text))
        return int(start), int(end)

    def sentence(self, start: int, end: int) -> str:
        """The sentences that the stretch stands in, on one line."""
        spans = [s.span for s in self.reading.sentences] if self.reading else []
        around = [s.text for s in spans if s.start < end and start < s.end]
        return " ".join(" ".join(around or [self.text[max(0, start - 150) : end + 150]]).split())


def _records(gold: Path) -> tuple[dict[str, Record], list[Problem]]:
    """The records by the place that the corpus reader gives them."""
    if not gold.is_file():
        raise CorpusError(f"{gold}: no such file. Name a JSON Lines file of labelled records.")
    records: dict[str, Record] = {}
    problems: list[Problem] = []
    for number, line in enumerate(gold.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        where = f"{gold.name}:{number}"
        try:
            record = json.loads(line)
        except ValueError as error:
            raise CorpusError(f"{where}: not JSON: {error}. A gold file must be whole.") from error
        if not isinstance(record, dict) or not isinstance(record.get("text"), str):
            raise CorpusError(f'{where}: no "text". Every gold record needs one.')
        records[where] = record
    return records, problems


def _read(gold: Path, records: dict[str, Record], reader: Reader, problems: list[Problem]) -> list[Page]:
    """Every record with its reading, in the order of the file; a text that stands there twice is read twice."""
    found: dict[str, tuple[Reading, dict[int, int]]] = {}
    for article, passages in parse(reader.nlp, read_corpus([gold], reader.ontology, problems.append)):
        found[article.source] = read_article(article, passages, reader), _depths(passages)
    empty: tuple[None, dict[int, int]] = (None, {})
    return [Page(str(r.get("id") or where), r, *found.get(where, empty)) for where, r in records.items()]


def _depths(passages: Iterable[Passage]) -> dict[int, int]:
    return {p.offset + t.idx: sum(1 for _ in t.ancestors) for p in passages for t in p.doc}


# -- the same words -------------------------------------------------------------------------------


Place = tuple[int, int]


def _places(spans: Any, text: str = "") -> list[Place]:
    """The stretches of labelled spans; a span that has only words stands wherever *text* has them."""
    found: list[Place] = []
    for span in spans or ():
        if span.get("start") is not None:
            found.append((int(span["start"]), int(span["end"])))
        elif span.get("text"):
            found += [match.span() for match in re.finditer(re.escape(span["text"]), text, re.IGNORECASE)]
    return found


def _overlap(one: Place, other: Place) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _of(mention: Mention) -> Place:
    return mention.span.start, mention.span.end


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _bare(text: str) -> list[str]:
    return [word for word in _words(text) if word not in ("the", "a", "an")]


def _dice(one: Iterable[object], other: Iterable[object]) -> float:
    a, b = Counter(one), Counter(other)
    return 2 * (a & b).total() / (a.total() + b.total()) if a and b else 0.0


def _word_starts(text: str, places: Iterable[Place]) -> set[int]:
    return {start + match.start() for start, end in places for match in re.finditer(r"\w+", text[start:end])}


def _same_party(mention: Mention, gold: Iterable[Place], page: Page) -> bool:
    """Whether *mention* is what *gold* names: they share words, say the same, or denote the same actor or its party."""
    gold = list(gold)
    if any(_overlap(_of(mention), place) for place in gold):
        return True
    said = {" ".join(_bare(mention.span.text)), " ".join(_bare(mention.name))} - {""}
    if said & {" ".join(_bare(page.text[start:end])) for start, end in gold}:
        return True
    # Only what names most of the gold span: "the president of X" is not X.
    named = [
        m for m in page.mentions for place in gold if _dice(*(_word_starts(page.text, [p]) for p in (_of(m), place))) >= HALF
    ]
    things, parties = {e for m in named for e in m.entities}, {e for m in named for e in m.represents}
    return bool(set(mention.entities) & (things | parties) or set(mention.represents) & things)


# -- counting -------------------------------------------------------------------------------------


def _share(name: str, right: int, of: int) -> Figure:
    return Figure(name, round(right / of, 4) if of else 0.0, f"{right} of {of}")


def _single(pairs: Iterable[tuple[str, str]]) -> tuple[Tally, ...]:
    """A tally for each wanted label, from (wanted, found), one label each; NONE is no label."""
    counts = Counter(pairs)
    labels = sorted({wanted for wanted, _ in counts} - {NONE})
    return tuple(
        Tally(
            label,
            counts[label, label],
            sum(n for (_, found), n in counts.items() if found == label),
            sum(n for (wanted, _), n in counts.items() if wanted == label),
        )
        for label in labels
    )


def _macro(name: str, tallies: Iterable[Tally]) -> Figure:
    """The mean F1 of the labels that the gold has."""
    scored = [t for t in tallies if t.gold]
    return Figure(name, round(sum(t.f1 for t in scored) / len(scored), 4) if scored else 0.0, f"{len(scored)} labels")


def _sum(label: str, tallies: Iterable[Tally]) -> Tally:
    every = list(tallies)
    found = sum(t.right if t.found is None else t.found for t in every)
    return Tally(label, sum(t.right for t in every), sum(t.predicted for t in every), sum(t.gold for t in every), found)


def _prf(name: str, tally: Tally) -> tuple[Figure, ...]:
    found = tally.right if tally.found is None else tally.found
    return (
        Figure(f"{name} precision".strip(), round(tally.precision, 4), f"{tally.right} of {tally.predicted}"),
        Figure(f"{name} recall".strip(), round(tally.recall, 4), f"{found} of {tally.gold}"),
        Figure(f"{name} F1".strip(), round(tally.f1, 4), ""),
    )


def _table(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str, int], ...]:
    return tuple((wanted, found, n) for (wanted, found), n in sorted(Counter(pairs).items()))


# -- one coded event a sentence (Zero-Shot-PLOVER's PLV) ------------------------------------------


def _is_coded(record: Record) -> bool:
    return bool(_coded(record))


def _coded(record: Record) -> list[Record]:
    return [event for event in record.get("events") or () if "trigger" not in event and "target" in event]


def score_coded(pages: list[Page], ontology: Ontology) -> Part:
    """One category a sentence, and its source and target.

    Of several claims the one whose trigger stands nearest the root of its sentence counts, then the surest, then the first.
    """
    typed: list[tuple[str, str]] = []
    quads: list[tuple[str, str]] = []
    misses: list[Miss] = []
    sides = Counter[str]()
    renamed = any(e["type"] == "YIELD" for p in pages for e in _coded(p.record))
    quad_of = {t.category: t.quad for t in ontology.types.values() if t.kind == "event"}

    def named(code: str) -> str:
        code = OLDER_CODES.get(code, code)
        return BENCHMARK_CODES.get(code, code) if renamed else code

    for page in pages:
        for event in _coded(page.record):
            claim = chosen_claim(page)
            wanted, found, quad = named(event["type"]), NONE, NONE
            if claim is not None:
                code = code_of(claim, ontology)
                found, quad = named(code), _quad(quad_of.get(code, ""))
            typed.append((wanted, found))
            quads.append((_quad(event.get("quad", "")), quad))
            found_sides = _sides(claim, event, page)
            sides.update(found_sides)
            sides["both and type"] += "both" in found_sides and wanted == found
            if wanted != found:
                told = f"{found} ({claim.claims}: {claim.trigger.text!r})" if claim else NONE
                misses.append(Miss(page.id, " ".join(page.text.split()), wanted, told))
    labels, quad_labels, total = _single(typed), _single(quads), len(typed)
    return Part(
        "typing",
        "one event category a sentence, over all sentences; no claim is a miss",
        (
            _share("accuracy", sum(w == f for w, f in typed), total),
            _macro("macro-F1", labels),
            _share("accuracy where something is found", sum(w == f for w, f in typed), sum(f != NONE for _, f in typed)),
            _share("quad accuracy", sum(w == f for w, f in quads), total),
            _macro("quad macro-F1", quad_labels),
            _share("source", sides["source"], sides["has source"]),
            _share("target", sides["target"], sides["has target"]),
            _share("both actors", sides["both"], sides["has both"]),
            _share("both actors, a theme being a target too", sides["both or theme"], sides["has both"]),
            _share("type and both actors", sides["both and type"], sides["has both"]),
        ),
        (*labels, *quad_labels),
        _table(typed),
        tuple(misses),
    )


def chosen_claim(page: Page) -> Claim | None:
    """The one event claim that stands for a sentence: nearest the root, then surest, then first."""
    events = [claim for claim in page.claims if claim.kind == "event"]
    return min(
        events, key=lambda c: (page.depth.get(c.trigger.start, 99), -c.confidence, c.trigger.start, c.claims), default=None
    )


def code_of(claim: Claim, ontology: Ontology) -> str:
    """The PLOVER code of a claim, folded with its polarity and modality."""
    return ontology.folded(ontology.types[claim.claims].category, claim.stance.polarity, claim.stance.modality)


def _quad(name: str) -> str:
    """ "VerbalCooperation" and "verbal cooperation" are one."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower() or NONE


def _sides(claim: Claim | None, event: Record, page: Page) -> set[str]:
    """Which of source, target and both are labelled (has ...), and a claim has right. The two must be different mentions.

    A label whose words do not stand in the text ("a recipient") names nobody and is not scored.
    """
    source, target = _places(event.get("source"), page.text), _places(event.get("target"), page.text)
    labelled = {"has source"} if source else set()
    labelled |= ({"has target"} if target else set()) | ({"has both"} if source and target else set())
    if claim is None:
        return labelled
    first = {m for role in ("actor", "participant") for m in claim.role(role) if _same_party(m, source, page)}
    second = {m for role in ("recipient", "participant") for m in claim.role(role) if _same_party(m, target, page)}
    themes = {m for m in claim.role("theme") if _same_party(m, target, page)}
    found = {name for name, side in (("source", first), ("target", second)) if side} | labelled
    if any(a != b for a in first for b in second):
        found.add("both")
    if "both" in found or any(a != b for a in first for b in themes):
        found.add("both or theme")
    return found


# -- events with triggers, and sentences without (M2E2) --------------------------------------------


def _is_news(record: Record) -> bool:
    return any("trigger" in event and event.get("type") in ACE_TYPES for event in record.get("events") or ())


def score_news(pages: list[Page], ontology: Ontology) -> Part:
    """ACE types in the sentences of news, most of which have none; what is found beyond them is wrong.

    Categories are scored for the same events as types. A sentence that stands there twice, as M2E2 has those that
    an image shows, each time with other labels, is one sentence with all of them.
    """
    pages = _joined(pages)
    present: dict[str, Counter[str]] = defaultdict(Counter)
    triggered: dict[str, Counter[str]] = defaultdict(Counter)
    coded: dict[str, Counter[str]] = defaultdict(Counter)
    pairs: list[tuple[str, str]] = []
    misses: list[Miss] = []
    given = [e for p in pages for e in p.record.get("events") or () if e.get("plover") and e["type"] in ACE_TYPES]
    code_types, codes = {e["type"] for e in given}, {e["plover"] for e in given}
    for page in pages:
        events = page.record.get("events") or []
        wanted = {e["type"] for e in events} & set(ACE_TYPES)
        found = _ace_claims(page, events, ontology)
        for name in sorted(wanted | set(found)):
            present[name] += Counter(gold=name in wanted, predicted=name in found, right=name in wanted and name in found)
            if (name in wanted) != (name in found):
                told = ", ".join(f"{n} ({c.claims}: {c.trigger.text!r})" for n in sorted(found) for c in found[n]) or NONE
                misses.append(Miss(page.id, " ".join(page.text.split()), ", ".join(sorted(wanted)) or NONE, told))
            pairs += [(name, name)] if name in wanted and name in found else []
        pairs += _unmatched(sorted(wanted - set(found)), sorted(set(found) - wanted))
        for name in ACE_TYPES:
            triggers = [(e["trigger"]["start"], e["trigger"]["end"]) for e in events if e["type"] == name]
            ours = [(c.trigger.start, c.trigger.end) for c in found.get(name, ())]
            triggered[name] += Counter(
                gold=len(triggers),
                predicted=len(ours),
                right=sum(any(_overlap(o, t) for t in triggers) for o in ours),
                found=sum(any(_overlap(o, t) for o in ours) for t in triggers),
            )
        ours_coded = {ontology.types[c.claims].category for name in code_types for c in found.get(name, ())} & codes
        wanted_coded = {e["plover"] for e in events if e.get("plover") and e["type"] in code_types}
        for code in ours_coded | wanted_coded:
            coded[code] += Counter(
                gold=code in wanted_coded, predicted=code in ours_coded, right=code in ours_coded & wanted_coded
            )
    by_type = _tallies(present, "")
    by_trigger = _tallies(triggered, "trigger of ")
    by_code = _tallies(coded, "category ")
    return Part(
        "news events",
        "event types in sentences, of which most have none (left out: Movement:Transport, Transfer-Money)",
        (
            *_prf("sentence", _sum("", by_type)),
            _macro("sentence macro-F1", by_type),
            *_prf("trigger", _sum("", by_trigger)),
            *_prf("PLOVER category of a sentence", _sum("", by_code)),
        ),
        (*by_type, *by_trigger, *by_code),
        _table(pairs),
        tuple(dict.fromkeys(misses)),
    )


def _joined(pages: list[Page]) -> list[Page]:
    """One page a sentence, by id and text, with the labels of all records of it."""
    found: dict[tuple[str, str], Page] = {}
    for page in pages:
        known = found.get((page.id, page.text))
        if known is None:
            found[page.id, page.text] = page
        else:
            events = [*(known.record.get("events") or ()), *(page.record.get("events") or ())]
            found[page.id, page.text] = replace(known, record={**known.record, "events": events})
    return list(found.values())


def _ace_claims(page: Page, events: list[Record], ontology: Ontology) -> dict[str, list[Claim]]:
    """Our claims that an event happened or is happening, by the ACE type that says the same.

    What is planned, wished, possible or denied ACE would label too; this set does so for one in six, so that such a
    claim is not counted as found.
    """
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in page.claims:
        place = claim.trigger.start, claim.trigger.end
        happens = claim.kind == "event" and (claim.stance.polarity, claim.stance.modality) == ("Affirmed", "Actual")
        excused = any(
            e["type"] == ACE_ALSO.get(claim.claims) and _overlap(place, (e["trigger"]["start"], e["trigger"]["end"]))
            for e in events
        )
        for name, classes in ACE_TYPES.items():
            if happens and not excused and any(ontology.is_a(claim.claims, cls) for cls in classes):
                found[name].append(claim)
    return found


def _tallies(counts: dict[str, Counter[str]], before: str) -> tuple[Tally, ...]:
    return tuple(
        Tally(before + name, n["right"], n["predicted"], n["gold"], n["found"] if before.startswith("trigger") else None)
        for name, n in sorted(counts.items())
    )


def _unmatched(wanted: list[str], found: list[str]) -> list[tuple[str, str]]:
    """What was missed beside what was found in its place, in order; the rest beside nothing."""
    longest = max(len(wanted), len(found))
    return list(
        zip(
            wanted + [NONE] * (longest - len(wanted)),
            found + [NONE] * (longest - len(found)),
            strict=True,
        )
    )


# -- who said what (PolNeAR) ----------------------------------------------------------------------


def _is_attributed(record: Record) -> bool:
    return "attributions" in record


def score_attribution(pages: list[Page], ontology: Ontology) -> Part:
    """Statements against attributions, one to one: cues overlap, then sources, then half of the words of the content.

    "Cue" and "source and cue" are the soft match (any shared word) of Pareti, who first scored attributions so; the content
    must be the same by half (Dice). An attribution without a source is found only by a statement without a speaker.
    In PolNeAR a word belongs to one attribution at most, so what is said inside a content is not labelled: statements
    there are set aside; one figure counts them as wrong all the same.
    """
    steps = ("cue", "source and cue", "source, cue and content")
    counts = {step: Counter[str]() for step in steps}
    misses: list[Miss] = []
    nested = 0
    for page in pages:
        wanted = page.record.get("attributions") or []
        every = [claim for claim in page.claims if claim.kind == "statement"]
        found = [claim for claim in every if _is_labelled(claim, wanted)]
        nested += len(every) - len(found)
        grades = [[_attributed(claim, gold, page) for claim in found] for gold in wanted]
        for number, step in enumerate(steps, 1):
            pairs = _pairs(grades, number)
            counts[step] += Counter(right=len(pairs), predicted=len(found), gold=len(wanted))
            if step == "source and cue":
                misses += _attribution_misses(page, wanted, found, pairs)
    labels = tuple(Tally(s, counts[s]["right"], counts[s]["predicted"], counts[s]["gold"]) for s in steps)
    strict = Tally("", labels[1].right, labels[1].predicted + nested, labels[1].gold)
    figures = (
        *(figure for tally in labels for figure in _prf(tally.label, tally)),
        Figure("source and cue F1, nested ones being wrong", round(strict.f1, 4), f"{nested} nested"),
    )
    return Part("attribution", "statements against every attribution of an article", figures, labels, (), tuple(misses))


def _is_labelled(claim: Claim, wanted: list[Record]) -> bool:
    """Whether the set could have labelled a statement: its cue is a gold cue, or stands in no gold content."""
    place = claim.trigger.start, claim.trigger.end

    def under(key: str) -> bool:
        return any(_overlap(place, gold) for one in wanted for gold in _places(one.get(key)))

    return under("cue") or not under("content")


def _attributed(claim: Claim, gold: Record, page: Page) -> int:
    """0: another cue; 1: the cue is right; 2: the source too; 3: the content too."""
    if not any(_overlap((claim.trigger.start, claim.trigger.end), place) for place in _places(gold.get("cue"))):
        return 0
    source, speaker = _places(gold.get("source")), claim.stance.speaker
    if not (_same_party(speaker, source, page) if speaker and source else speaker is None and not source):
        return 1
    content = [(claim.content.start, claim.content.end)] if claim.content else []
    same = _dice(_word_starts(page.text, content), _word_starts(page.text, _places(gold.get("content"))))
    return 3 if same >= HALF else 2


def _pairs(grades: list[list[int]], least: int) -> list[tuple[int, int]]:
    """Gold and found, one to one, the best grades first; only those of grade *least* or better."""
    ranked = sorted((-grade, i, j) for i, row in enumerate(grades) for j, grade in enumerate(row) if grade >= least)
    pairs: list[tuple[int, int]] = []
    for _, i, j in ranked:
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs


def _attribution_misses(
    page: Page, wanted: list[Record], found: list[Claim], pairs: list[tuple[int, int]]
) -> Iterator[Miss]:
    matched, used = {i for i, _ in pairs}, {j for _, j in pairs}

    def said(gold: Record, key: str) -> str:
        return " … ".join(" ".join(page.text[s:e].split()) for s, e in _places(gold.get(key))) or NONE

    def told(claim: Claim) -> str:
        return f"{claim.stance.speaker.span.text if claim.stance.speaker else NONE} | {claim.trigger.text}"

    for i, gold in enumerate(wanted):
        if i not in matched:
            start, end = (_places(gold.get("cue")) or [(0, 0)])[0]
            near = [
                told(c)
                for c in found
                if any(_overlap((c.trigger.start, c.trigger.end), p) for p in _places(gold.get("cue")))
            ]
            yield Miss(
                page.id, page.sentence(start, end), f"{said(gold, 'source')} | {said(gold, 'cue')}", ", ".join(near) or NONE
            )
    for j, claim in enumerate(found):
        if j not in used:
            yield Miss(page.id, page.sentence(claim.trigger.start, claim.trigger.end), NONE, told(claim))


# -- which thing a name names (ELEVANT) -----------------------------------------------------------


def _is_linked(record: Record) -> bool:
    return any(re.fullmatch(r"Q\d+", str(entity.get("kb") or "")) for entity in record.get("entities") or ())


def score_linking(pages: list[Page], ontology: Ontology) -> Part:
    """Wikidata ids of names, inside the evaluation span; pronouns and descriptions that refer back are counted apart.

    A name's class is that of the thing in actors.ttl with its gold id; ids that actors.ttl does not have are "not known
    to us". Optional labels, numbers and dates are not scored.
    """
    known = {a.wikidata: a for a in ontology.actors.values() if a.wikidata}
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    misses: list[Miss] = []
    right = predicted = 0
    for page in pages:
        labels = [e for e in page.record.get("entities") or () if _in(page.window, (e["start"], e["end"]))]
        scored = [e for e in labels if not e.get("optional") and str(e.get("kb")) not in ("QUANTITY", "DATETIME", "")]
        for label in scored:
            found = _linked(page, (label["start"], label["end"]), ontology)
            wanted = label.get("kb")
            group = "refers back" if label.get("is_coref") else _group(known.get(wanted), wanted, ontology)
            groups[group] += Counter(gold=1, right=found == wanted)
            if found != wanted and group not in ("not known to us", "refers back"):
                told = f"{wanted or 'NIL'} ({label['text']!r}, {group})"
                misses.append(Miss(page.id, page.sentence(label["start"], label["end"]), told, found or NONE))
        for mention in page.mentions:
            if _in(page.window, _of(mention)) and (ids := _ids(mention, ontology)):
                predicted += 1
                right += any(_overlap(_of(mention), (e["start"], e["end"])) and e.get("kb") in ids for e in labels)
    ours = [g for g in ("states", "capitals", "organisations", "leaders") if groups[g]["gold"]]
    named = [g for g in groups if g not in ("refers back", "NIL")]

    def share(name: str, chosen: list[str]) -> Figure:
        return _share(name, sum(groups[g]["right"] for g in chosen), sum(groups[g]["gold"] for g in chosen))

    order = (
        "states",
        "capitals",
        "organisations",
        "leaders",
        "other things we know",
        "not known to us",
        "NIL",
        "refers back",
    )
    return Part(
        "linking",
        "Wikidata ids of names; a name without a mention of ours is a miss",
        (
            share("states, capitals, organisations, leaders", ours),
            share("all names with an id", named),
            _share("ids given that are right", right, predicted),
            *(share(group, [group]) for group in order if groups[group]["gold"]),
        ),
        misses=tuple(misses),
    )


def _in(window: Place, place: Place) -> bool:
    return window[0] <= place[0] and place[1] <= window[1]


def _ids(mention: Mention, ontology: Ontology) -> set[str]:
    actors = (ontology.actors.get(entity) for entity in mention.entities)
    return {a.wikidata for a in actors if a and a.wikidata}


def _linked(page: Page, place: Place, ontology: Ontology) -> str | None:
    """The id of the mention that has most of its words in common with *place*, and at least half; None for no id."""
    wanted = _word_starts(page.text, [place])
    near = [(_dice(_word_starts(page.text, [_of(m)]), wanted), m) for m in page.mentions if _overlap(_of(m), place)]
    best = max((n for n in near if n[0] >= HALF), key=lambda n: (n[0], -n[1].span.start), default=None)
    ids = sorted(_ids(best[1], ontology)) if best else []
    return ids[0] if len(ids) == 1 else None


def _group(actor: Any, wanted: str | None, ontology: Ontology) -> str:
    if wanted is None:
        return "NIL"
    if actor is None:
        return "not known to us"
    if actor.cls == "City":
        return "capitals" if actor.capital_of else "other things we know"
    by_class = {"State": "states", "Person": "leaders", "Organization": "organisations"}
    return next((g for cls, g in by_class.items() if ontology.is_a(actor.cls, cls)), "other things we know")


# -- whether it happened (MEANTIME) ---------------------------------------------------------------


def _is_factual(record: Record) -> bool:
    return any(event.get("polarity") and event.get("certainty") for event in record.get("events") or ())


def score_factuality(pages: list[Page], ontology: Ontology) -> Part:
    """Polarity, certainty and time of the events that we have a claim for, inside the evaluation span.

    The set labels events of every kind, and most are none of ours: how many have a claim is a figure of its own.
    Relations are no events. Where several claims share the trigger, the event nearest the label's start counts.
    """
    labelled = aligned = 0
    pairs: dict[str, list[tuple[str, str]]] = {key: [] for key in FACTUAL}
    misses: list[Miss] = []
    for page in pages:
        claims = [c for c in page.claims if c.kind != "relation"]
        for event in page.record.get("events") or ():
            place = event["trigger"]["start"], event["trigger"]["end"]
            if not event.get("polarity") or not _in(page.window, place):
                continue
            labelled += 1
            near = [c for c in claims if _overlap((c.trigger.start, c.trigger.end), place)]
            if not near:
                continue
            aligned += 1
            held = min(near, key=lambda c: (abs(c.trigger.start - place[0]), c.claims)).stance
            ahead = "Actual" if held.modality == "Actual" else "Ahead"
            ours = {"polarity": held.polarity, "certainty": held.certainty, "time": ahead}
            for key, values in FACTUAL.items():
                if wanted := values.get(event.get(key) or ""):
                    pairs[key].append((wanted, ours[key]))
                    if wanted != ours[key]:
                        said = f"{key} {wanted} ({event['trigger']['text']!r})"
                        misses.append(Miss(page.id, page.sentence(*place), said, ours[key]))
    return Part(
        "factuality",
        "polarity, certainty and time of labelled events that have a claim",
        (
            _share("labelled events with a claim", aligned, labelled),
            *(_share(f"{key} accuracy", sum(w == f for w, f in of), len(of)) for key, of in pairs.items()),
            *(_macro(f"{key} macro-F1", _single(of)) for key, of in pairs.items()),
        ),
        tuple(Tally(f"{key} {t.label}", t.right, t.predicted, t.gold) for key, of in pairs.items() for t in _single(of)),
        misses=tuple(misses),
    )


# -- which state a phrase belongs to (NGEC's unit tests) ------------------------------------------


def _is_actor_phrase(record: Record) -> bool:
    expected = (record.get("meta") or {}).get("expect")
    return isinstance(expected, dict) and bool(expected.get("country"))


def score_phrases(pages: list[Page], ontology: Ontology) -> Part:
    """The state (ISO 3166-1 alpha-3) that a phrase names, belongs to or acts for: that of the first mention that has one.

    Codes that are no state's (IGO, UNO, EUR) are not scored.
    """
    states = {actor.iso3 for actor in ontology.actors.values() if actor.iso3}
    asked = [p for p in pages if _is_actor_phrase(p.record) and p.record["meta"]["expect"]["country"] in states]
    misses: list[Miss] = []
    for page in asked:
        wanted, found = str(page.record["meta"]["expect"]["country"]), _state(page, ontology)
        if wanted != found:
            misses.append(Miss(page.id, page.text, wanted, found or NONE))
    figures = (_share("state", len(asked) - len(misses), len(asked)),)
    return Part("phrases", "the state that a phrase belongs to", figures, misses=tuple(misses))


def _state(page: Page, ontology: Ontology) -> str | None:
    for mention in page.mentions:
        for entity in (*mention.entities, *mention.represents):
            actor = ontology.actors.get(entity)
            actor = ontology.actors.get(actor.of or "", actor) if actor and not actor.iso3 else actor
            if actor and actor.iso3:
                return actor.iso3
    return None


# -- claims in our own form -----------------------------------------------------------------------


def _is_own(record: Record) -> bool:
    return isinstance(record.get("claims"), list)


def score_claims(pages: list[Page], ontology: Ontology) -> Part:
    """Claims of our own gold, all of which are labelled, so that every claim beyond them is wrong.

    Claims of one type are paired one to one, those with most roles in common first. Roles of a kind that the file never
    labels, and statements where it labels none, are not scored. Stance, speaker and time of a claim that was not found are
    misses. A role is right when half of its words are (Dice), by the words there or by the name of what they denote.
    """
    pages = [p for p in pages if _is_own(p.record)]
    gold = [claim for page in pages for claim in page.record["claims"]]
    kinds = {role["role"] for claim in gold for role in claim.get("roles") or ()}
    statements = any(_local(claim) == "Statement" for claim in gold)
    typed: list[tuple[str, str]] = []
    held: dict[str, list[tuple[str, str]]] = {key: [] for key in ("polarity", "modality", "certainty", "speaker", "when")}
    roles: dict[str, Counter[str]] = defaultdict(Counter)
    exact = silent_right = silent = 0
    misses: list[Miss] = []
    for page in pages:
        wanted = page.record["claims"]
        found = [c for c in page.claims if statements or c.kind != "statement"]
        silent += not wanted
        silent_right += not wanted and not found
        grades = [[_alike(w, c, kinds, ontology) for c in found] for w in wanted]
        pairs = _pairs(grades, 1)
        text = " ".join(page.text.split())
        for i, j in pairs:
            typed.append((_local(wanted[i]), found[j].claims))
            whole = True
            for key, ours in _held(wanted[i], found[j], ontology):
                held[key].append(ours)
                if ours[0] != ours[1]:
                    whole = False
                    misses.append(Miss(page.id, text, f"{_local(wanted[i])} {key} {ours[0]}", ours[1]))
            matched = _matched_roles(wanted[i], found[j], kinds, ontology)
            extra, lacking = _count_roles(roles, wanted[i], found[j], matched, kinds)
            if extra or lacking:
                whole = False
                misses.append(Miss(page.id, text, f"{_local(wanted[i])} {lacking or 'no more'}", extra or NONE))
            exact += whole
        lost = [w for i, w in enumerate(wanted) if i not in {i for i, _ in pairs}]
        over = [c for j, c in enumerate(found) if j not in {j for _, j in pairs}]
        for claim in lost:
            for role in claim.get("roles") or ():
                roles[role["role"]] += Counter(gold=1)
            for key, (value, _) in _held(claim, None, ontology):
                held[key].append((value, NONE))
        for one in over:
            for role in one.roles:
                roles[role.role] += Counter(predicted=1) if role.role in kinds else Counter()
        confused = _unmatched([_local(c) for c in lost], [c.claims for c in over])
        typed += confused
        for want, got in confused:
            misses.append(Miss(page.id, text, want, got))
    labels = _types(typed)
    role_labels = _tallies({k: n for k, n in roles.items() if n["gold"] or n["predicted"]}, "role ")
    found_at_all = sum(t.right for t in labels)
    figures = [
        *_prf("type", _sum("", labels)),
        *_prf("role", _sum("", role_labels)),
        _share("claims right in all that is labelled", exact, len(gold)),
        _share("sentences without a claim left without", silent_right, silent),
    ]
    stances: list[Tally] = []
    for key, pairs_of in held.items():
        if not pairs_of:
            continue
        paired = [(w, f) for w, f in pairs_of if f != NONE or w == NONE]
        figures.append(_share(f"{key} accuracy, lost claims being misses", sum(w == f for w, f in pairs_of), len(pairs_of)))
        figures.append(_share(f"{key} accuracy of the claims found", sum(w == f for w, f in paired), len(paired)))
        if key in ("polarity", "modality", "certainty"):
            tallies = [Tally(f"{key} {t.label}", t.right, t.predicted, t.gold) for t in _single(pairs_of)]
            figures.append(_macro(f"{key} macro-F1, lost claims being misses", tallies))
            figures.append(_macro(f"{key} macro-F1 of the claims found", _single(paired)))
            stances += tallies
    return Part(
        "claims",
        f"our own gold, all claims labelled: {len(gold)} claims, {found_at_all} of them found",
        tuple(figures),
        (*labels, *role_labels, *stances),
        _table((w, f) for w, f in typed if w != f),
        tuple(misses),
    )


def _local(claim: Record) -> str:
    return str(claim["claims"]).removeprefix("dip:")


def _types(typed: list[tuple[str, str]]) -> tuple[Tally, ...]:
    """A tally for every type, wanted or found: one that is never wanted counts against precision all the same."""
    counts = Counter(typed)
    return tuple(
        Tally(
            label,
            counts[label, label],
            sum(n for (_, found), n in counts.items() if found == label),
            sum(n for (wanted, _), n in counts.items() if wanted == label),
        )
        for label in sorted({label for pair in counts for label in pair} - {NONE})
    )


def _names(mention: Mention, ontology: Ontology) -> list[str]:
    """The words of a mention, its name, and the names of what it denotes."""
    actors = (ontology.actors.get(entity) for entity in mention.entities)
    return [
        mention.span.text,
        mention.name,
        *(a.label for a in actors if a),
        *(e.replace("_", " ") for e in mention.entities),
    ]


def _says(text: str, mention: Mention, ontology: Ontology) -> bool:
    return any(_dice(_bare(text), _bare(name)) >= HALF for name in _names(mention, ontology))


def _matched_roles(gold: Record, claim: Claim, kinds: set[str], ontology: Ontology) -> list[tuple[int, int]]:
    """Roles of the gold and of the claim, one to one, by place in their lists."""
    grades = [
        [
            int(r["role"] == role.role and r["role"] in kinds and _says(r["text"], role.mention, ontology))
            for role in claim.roles
        ]
        for r in gold.get("roles") or ()
    ]
    return _pairs(grades, 1)


def _alike(gold: Record, claim: Claim, kinds: set[str], ontology: Ontology) -> int:
    """0 for another type, else 1 and one for every role in common."""
    return 1 + len(_matched_roles(gold, claim, kinds, ontology)) if _local(gold) == claim.claims else 0


def _count_roles(
    roles: dict[str, Counter[str]], gold: Record, claim: Claim, matched: list[tuple[int, int]], kinds: set[str]
) -> tuple[str, str]:
    """Counts the roles of a pair; returns what the claim has too many, and what it lacks."""
    extra, lacking = [], []
    for i, wanted in enumerate(gold.get("roles") or ()):
        hit = any(i == a for a, _ in matched)
        roles[wanted["role"]] += Counter(gold=1, right=hit)
        lacking += [] if hit else [f"{wanted['role']} {wanted['text']}"]
    for j, found in enumerate(claim.roles):
        if found.role in kinds:
            roles[found.role] += Counter(predicted=1)
            extra += [] if any(j == b for _, b in matched) else [f"{found.role} {found.mention.span.text}"]
    return ", ".join(extra), ", ".join(lacking)


def _held(gold: Record, claim: Claim | None, ontology: Ontology) -> Iterator[tuple[str, tuple[str, str]]]:
    """Stance, speaker and time: (what, (wanted, found)) for whatever of them the gold claim labels."""
    for key in ("polarity", "modality", "certainty"):
        if key in gold:
            yield key, (gold[key], getattr(claim.stance, key) if claim else NONE)
    if "speaker" in gold:
        wanted, speaker = gold["speaker"] or NONE, claim.stance.speaker if claim else None
        said = bool(gold["speaker"] and speaker and _says(wanted, speaker, ontology))
        yield "speaker", (wanted, wanted if said else speaker.span.text if speaker else NONE if claim else "(no claim)")
    if "when" in gold:
        yield "when", (gold["when"] or NONE, claim.when.edtf if claim and claim.when else NONE if claim else "(no claim)")


LABELS: dict[str, tuple[Callable[[Record], bool], Callable[[list[Page], Ontology], Part]]] = {
    "claims (our own form)": (_is_own, score_claims),
    "events with type, source and target": (_is_coded, score_coded),
    "events with an ACE type and trigger": (_is_news, score_news),
    "events with polarity and certainty": (_is_factual, score_factuality),
    "attributions": (_is_attributed, score_attribution),
    "entities with a Wikidata id in kb": (_is_linked, score_linking),
    "meta.expect.country": (_is_actor_phrase, score_phrases),
}
"""The kinds of labels that are scored, by name: which records have them, and their scorer."""
