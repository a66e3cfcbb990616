"""Spoiled files, hostile queries, odd dates, names and texts: none ends in an exception, each is read or told of.

    python tests/bench/fuzz.py [--count 100000] [--seed 1] [--from 0] [--only NUMBER …] [--whole 200]

Two inputs in three are files of every format and container, spoiled; the others are queries (each asked as `kgbuild query`
asks), dates, texts, names, and cells of exports. The same seed gives the same inputs, each by its number: --only NUMBER
makes one again. One article in --whole goes through all of reading, the graph and its exports. Prints what became of each
kind, the slowest ten and the peak of memory; ends with exit code 1 if a promise is broken, an input takes longer than
SECONDS of the processor (at its pace when the run began), or anything is printed. Ctrl-C prints what there is by then.
"""

from __future__ import annotations

import argparse
import csv
import gc
import io
import os
import re
import resource
import socket
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).parents[1]))
import fuzzing
from fuzzing import Broken, kept

from kgbuild import ontology as ontologies
from kgbuild import spelling
from kgbuild.ask.render import STYLES, render
from kgbuild.ask.worker import bounded_text
from kgbuild.errors import KgbuildError, Problem, shown
from kgbuild.graph.bounded import Limits
from kgbuild.graph.guard import refuse_unsafe
from kgbuild.graph.store import Graph, Rows
from kgbuild.graph.triples import article_facts, english, thing, typed
from kgbuild.model import Article
from kgbuild.ontology import Ontology
from kgbuild.read.text import article_dates, date_forms, datelines, decoding, encodings, language, markup
from kgbuild.read.text.blocks import find_blocks
from kgbuild.read.text.corpus import FoundArticle
from kgbuild.read.text.issued import DateNames, Said, find_issued
from kgbuild.read.text.record import Record, article_of

SECONDS = 5.0
"""Of the processor one input may take so much."""
MEMORY = 512
"""MB by which one input may raise the peak."""
PAGES = (".html", ".htm", ".mht", ".mhtml", ".eml", ".warc", "packed")
"""Of a page the main text is read and not all of it: a sentence may be missing. What is packed may be one."""
KINDS = (*["file"] * 66, *["query"] * 8, *["date"] * 8, *["text"] * 8, *["name"] * 5, *["cell"] * 5)


@dataclass
class Fuzz:
    """What is at hand for every input, and what became of those before."""

    ontology: Ontology
    folder: Path
    store: Path
    server: socket.socket
    whole: int
    files: dict[str, list[bytes]] = field(default_factory=fuzzing.whole_files)
    articles: list[tuple[int, Article]] = field(default_factory=list)
    """Those that are to be read whole at the end."""
    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    silent: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    """Each is printed as it comes, too."""
    at_best: float = field(default_factory=lambda: min(_fixed_work() for _ in range(9)))
    """Seconds of the processor for the same work when the run began."""
    slowest: list[tuple[float, int, str]] = field(default_factory=list)

    def date_names(self) -> DateNames:
        """The names by which pages state dates."""
        return DateNames(*(tuple(self.ontology.words("pageDate", kind)) for kind in ("published", "dated", "changed")))

    def too_long(self, took: float) -> bool:
        """Whether an input took more than SECONDS, by the pace at which the processor works just now beside others."""
        return took > SECONDS and took > SECONDS * _fixed_work() / self.at_best

    def breaks(self, what: str) -> None:
        """A promise is broken."""
        self.broken.append(what)
        print(f"BROKEN {what}\n", flush=True)


def _fixed_work() -> float:
    """Seconds of the processor that always the same work takes."""
    began = time.process_time()
    Counter(str(number)[-2:] for number in range(200_000))
    return time.process_time() - began


Outcome = tuple[str, str]
"""The kind of an input, as the table has it, and what became of it: "read" or "problem"."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", type=int, default=0, dest="first", help="the number of the first input")
    parser.add_argument("--only", type=int, nargs="+", help="the inputs of these numbers alone")
    parser.add_argument("--whole", type=int, default=200, help="one article in so many is read whole")
    given = parser.parse_args()
    numbers = given.only or range(given.first, given.first + given.count)
    started = time.monotonic()
    with (
        tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as scratch,
        socket.create_server(("127.0.0.1", 0)) as server,
        tempfile.TemporaryFile() as printed,
    ):
        server.setblocking(False)
        fuzz = Fuzz(ontologies.load(), Path(scratch) / "in", _store(Path(scratch) / "store"), server, given.whole)
        screen = os.dup(2)
        os.dup2(printed.fileno(), 2)
        try:
            for number in numbers:
                _one(fuzz, number, given.seed, printed.fileno())
                if number % 5000 == 4999:
                    print(f"{number + 1:,} after {time.monotonic() - started:.0f} s, {len(fuzz.broken)} broken", flush=True)
            _read_whole(fuzz, printed.fileno())
        except KeyboardInterrupt:
            print("Stopped.")
        finally:
            os.dup2(screen, 2)
    _print(fuzz, time.monotonic() - started)
    return 1 if fuzz.broken else 0


def _store(place: Path) -> Path:
    small, graph = Graph.memory(), Graph.create(place)
    small.load_trig(Path(__file__).parents[1] / "small.trig")
    for name in small.graph_names():
        graph.replace(name.value, small.sorted_quads(name))
    return place


def _one(fuzz: Fuzz, number: int, seed: int, printed: int) -> None:
    chance = Random(f"{seed} {number}")
    make = MAKERS[chance.choice(KINDS)]
    said, peak, began = os.fstat(printed).st_size, _peak(), time.process_time()
    kind, became = "?", "crash"
    try:
        kind, became = make(fuzz, chance, number)
    except Told as told:
        kind, became = told.kind, told.became
        fuzz.breaks(f"{number} {kind}: {told}")
    took = time.process_time() - began
    fuzz.told[kind, "count"] += 1
    fuzz.told[kind, became] += 1
    if fuzz.too_long(took) or _peak() - peak > MEMORY:
        fuzz.breaks(f"{number} {kind}: took {took:.1f} s and {_peak() - peak} MB")
    if os.fstat(printed).st_size != said:
        fuzz.breaks(f"{number} {kind}: printed {os.pread(printed, 400, said)!r}")
    fuzz.slowest = sorted([*fuzz.slowest, (took, number, kind)], reverse=True)[:10]


class Told(Exception):
    """An input of *kind* has broken a promise."""

    def __init__(self, kind: str, error: BaseException) -> None:
        super().__init__(str(error) if isinstance(error, Broken) else "".join(traceback.format_exception(error))[-2500:])
        self.kind = kind
        self.became = "unaccounted" if str(error).startswith("unaccounted") else "crash"


def _peak() -> int:
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024


# -- kinds of inputs ------------------------------------------------------------------------------


def a_file(fuzz: Fuzz, chance: Random, number: int) -> Outcome:
    """A spoiled file, beside a good one or alone."""
    kind, name, content = fuzzing.spoiled_file(chance, fuzz.files)
    try:
        found = fuzzing.taken(name, content, fuzz.folder, fuzz.ontology, alone=chance.random() < 0.3)
        articles = [one.article for one in found if isinstance(one, FoundArticle)]
        for article in articles:
            if len(article.text) < 100_000 and chance.random() < 0.1:
                fuzzing.keeps_offsets(article.text)
            if chance.randrange(fuzz.whole) == 0:
                fuzz.articles.append((number, article))
        problems = [p for one in found for p in ([one] if isinstance(one, Problem) else one.problems)]
        read = " ".join(" ".join(article.text.split()) for article in articles)
        lost = [one for one in fuzzing.stood(content) if one not in read]
        told = [one for one in problems if not one.what.startswith("no date found") and " from `" not in one.what]
        if lost and not told and kind not in PAGES:
            fuzz.silent.append(f"{number} {kind} {shown(name)}: {lost[0]}")
            fuzz.told[kind, "silent"] += 1
    except Exception as error:
        raise Told(kind, error) from error
    return kind, "read" if articles else "problem"


QUERIES = (
    "SELECT ?a ?b { ?a dip:meets ?b }",
    "SELECT * { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?o), 'Reyl')) } ORDER BY ?s LIMIT 5",
    "SELECT ?who (COUNT(*) AS ?n) { ?e a dip:Event ; dip:actor|dip:recipient ?who } GROUP BY ?who HAVING (?n > 1)",
    "ASK { id:Arvania dip:memberOf* ?x }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o . OPTIONAL { ?o rdfs:label ?l } MINUS { ?s a dip:Tenure } }",
    "DESCRIBE id:Tomas_Reyl",
    "PREFIX x: <http://example.org/> BASE <http://example.org/> SELECT ?x"
    ' { VALUES ?x { <a> x:b \'c\'@en 1.5 true """d""" } }',
    "SELECT ?s FROM <http://a.example/> { ?s ?p [ rdfs:label ?l ]"
    " . BIND(IF(BOUND(?l), REPLACE(?l, '(a+)+', '$1'), '-') AS ?m) }",
)
CALLS = (
    "SERVICE",
    "service",
    "SERVICE SILENT",
    "\\u0053ERVICE",
    "LOAD",
    "p:SERVICE",
    "INSERT DATA",
    "DROP ALL",
    "CLEAR",
    "WITH",
)
PIECES = (
    *("{", "}", "(", ")", "[", "]", "<", ">", "<<", ">>", "^", "^^", "/", "|", "*", "+", "?", "!", "&&", "||", "="),
    *(".", ";", ",", "#", "'", '"', '"""', "'''"),
    *("\\", "\\u0041", "\\U0010FFFF", "\\ud800", "\\#", "%41", "@en", "?x", "$y", "_:b", "a", "id:", "dip:actor"),
    *(":x", "<http://a:b>", "<http://[>", "<a b>"),
    *("SELECT", "DISTINCT", "WHERE", "OPTIONAL", "UNION", "MINUS", "FILTER", "EXISTS", "NOT", "BIND", "AS"),
    *("VALUES", "GROUP BY", "LIMIT 9999999999999999999999"),
    *("1e400", "99999999999999999999999", "-0", "REGEX(?x, '(((')", "STRDT('x', xsd:date)"),
    *("'2014-99-99'^^xsd:date", "SHA512(?x)", "RAND()", "NOW()", "UUID()"),
    *("\0", "\n", "\r", "\t", "\u202e", "\ufeff", "é", "中", "\U0001f600", "\ud800", "(" * 150, "{" * 150),
    *("!" * 150, "{}" * 300, "x" * 5000, "1," * 2000),
)


def a_query(fuzz: Fuzz, chance: Random, number: int) -> Outcome:
    """A spoiled query, asked in the bounded process that `kgbuild query` uses; one that calls out is heard."""
    sparql = chance.choice(QUERIES)
    for _ in range(chance.choice((0, 1, 1, 2, 3, 6))):
        at, to = sorted(chance.randint(0, len(sparql)) for _ in range(2))
        piece = chance.choice((*PIECES, *CALLS))
        if chance.random() < 0.25:
            piece = f" {chance.choice(CALLS)} <http://127.0.0.1:{fuzz.server.getsockname()[1]}/x> {{ ?s ?p ?o }} "
        sparql = chance.choice(
            (
                sparql[:at] + piece + sparql[at:],
                sparql[:at] + piece + sparql[min(to, at + 12) :],
                sparql[:at] + sparql[min(to, at + 30) :],
                sparql[:to] + sparql[at:to] * chance.choice((1, 1, 3, 200)) + sparql[to:],
                sparql[:at] + chance.choice(QUERIES)[at:],
            )
        )[:50_000]
    try:
        became = _asked(fuzz, sparql, chance)
        heard = _heard(fuzz.server)
        kept(not heard, f"called out: {sparql[:300]!r}")
    except Exception as error:
        raise Told("query", error) from error
    return "query", became


def _asked(fuzz: Fuzz, sparql: str, chance: Random) -> str:
    try:
        refuse_unsafe(sparql)
        if chance.random() < 0.3:
            return "read"
        text = "".join(bounded_text(fuzz.store, sparql, style=chance.choice(STYLES), limits=Limits(seconds=3)))
    except KgbuildError as error:
        said = str(error)
        kept(said and "Traceback" not in said and "kgbuild failed" not in said, f"said {said!r}")
        kept("exit code" not in said, f"died: {said!r} of {sparql[:300]!r}")
        return "problem"
    text.encode("utf-8", "surrogatepass")
    return "read"


def _heard(server: socket.socket) -> int:
    heard = 0
    while True:
        try:
            server.accept()[0].close()
        except BlockingIOError:
            return heard
        heard += 1


DATES = (
    "2014-12-16",
    "16/12/2014",
    "16.12.2014",
    "20141216T170300Z",
    "16-Dec-14",
    "Tue, 16 Dec 2014 17:03:00 +0000",
    "1418749380",
    "December 16, 2014",
    "Tue Dec 16 17:03:00 +0000 2014",
    "2014-W51-2",
    "16 December 2014 at 5 p.m.",
    "Dec. 16, 2014 5:03 PM EST",
    "1418749380123",
    "2014",
    "2014-12",
    "16 déc. 2014",
    "OSLO, Dec 16 (Reuters) - ",
    "Updated 16.12.2014 | 17:03 Uhr",
)
MARKS = "0123456789-/.:,T ZWAPMapm+décbDJanuary'()|\u0661\u0662²½１２\u2010\u202e\x00\n"


def _written(chance: Random, seeds: tuple[str, ...], letters: str) -> str:
    words = chance.choice(seeds)
    for _ in range(chance.choice((0, 1, 2, 5))):
        at = chance.randint(0, len(words))
        letter = chance.choice(letters) * chance.choice((1, 1, 1, 2, 30, 2000))
        words = chance.choice(
            (words[:at] + letter + words[at:], words[:at] + words[at + 1 :], words[:at] + letter + words[at + 1 :])
        )
    return words if chance.random() < 0.95 else "".join(chance.choice(letters) for _ in range(chance.choice((0, 1, 8, 300))))


def a_date(fuzz: Fuzz, chance: Random, number: int) -> Outcome:
    """What may be the date of an article: a day, or a Problem that shows the value."""
    value, problems = _written(chance, DATES, MARKS), list[Problem]()
    try:
        for day in (*date_forms.days_of_form(value), *article_dates.days_of(value)):
            kept(fuzzing.DAY.fullmatch(day), f"{day!r} of {value!r}")
        datelines.opening_dateline(value)
        article_dates.is_date_line(value)
        said = chance.choice(
            (Said(field=value), Said(declared=(("datepublished", value),)), Said(line=value), Said(made=value))
        )
        issued = find_issued("a.txt", said, fuzz.date_names(), problems.append)
        kept(issued is None or fuzzing.DAY.fullmatch(issued), f"{issued!r} of {value!r}")
        kept(issued or problems, f"unaccounted: {value!r}")
        for problem in problems:
            fuzzing.keeps_problem(problem)
    except Exception as error:
        raise Told("date", error) from error
    return "date", "read" if issued else "problem"


def _text(chance: Random, files: dict[str, list[bytes]]) -> str:
    """A spoiled text, as a record may have it."""
    others = [content for contents in files.values() for content in contents]
    content = fuzzing.spoiled(chance.choice(files[chance.choice((".txt", ".html", ".md", ".sgm"))]), chance, others)
    return content.decode(
        *chance.choice((("utf-8", "replace"), ("utf-8", "surrogateescape"), ("latin-1",), ("utf-16", "replace")))
    )


def a_text(fuzz: Fuzz, chance: Random, number: int) -> Outcome:
    """A text of an article: its encoding, mark-up, language, offsets, blocks."""
    text, problems = _text(chance, fuzz.files), list[Problem]()
    try:
        decoding.decode(text.encode("utf-8", "surrogatepass"), "a.txt", problems.append)
        opened = encodings.open_text(
            io.BytesIO(text.encode("utf-16" if chance.random() < 0.1 else "utf-8", "surrogatepass")), "a"
        )
        if not isinstance(opened, Problem):
            encodings.repaired("".join(piece or "" for piece in opened.lines(2**20)))
        whole = text.encode("utf-8", "replace").decode()
        fuzzing.keeps_offsets(whole)
        markup.text_of_markup(text)
        language.other_language(text)
        find_blocks(text, text[:20], ("Read more",))
        problems.clear()
        article = article_of(Record({"text": text}, "a.txt", "0" * 64), ("Read more",), problems.append, fuzz.date_names())
        kept(article or problems, "unaccounted: no article, no Problem")
        for problem in problems:
            fuzzing.keeps_problem(problem)
        if article:
            fuzzing.keeps_article(article)
            if chance.randrange(fuzz.whole // 4 or 1) == 0:
                fuzz.articles.append((number, article))
    except Exception as error:
        raise Told("text", error) from error
    return "text", "read" if article else "problem"


NAMES = (
    *("Tomas Reyl", "Lena Ostrov-Drum", "Sergei Lavrov", "the Foreign Ministry", "U.S."),
    "Ban Ki-moon",
    "Côte d'Ivoire",
    "Mr. X",
    "Al-Qaeda in Iraq",
    "習近平",
)


def a_name(fuzz: Fuzz, chance: Random, number: int) -> Outcome:
    """A name of a thing: what it is compared by, and the IRI that is made of it."""
    name, other = (_written(chance, NAMES, fuzzing.LETTERS + "abcde -.") for _ in range(2))
    try:
        shown(name).encode()
        spelling.plain(name)
        spelling.block(name)
        spelling.organisation_key(name)
        spelling.compare_persons(name, other)
        local = name.encode("utf-8", "replace").decode()
        iri = thing(local)
        [quad] = ox.parse(f"<{iri.value}> <a:a> {english(local)} .".encode(), format=ox.RdfFormat.N_TRIPLES)
        kept(quad.subject == iri, f"{iri} is read as {quad.subject}")
        kept(not fuzzing.UNPRINTED.search(iri.value), f"control characters in {iri}")
    except Exception as error:
        raise Told("name", error) from error
    return "name", "read"


STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
"""Control characters, but for tab and line ends."""


def a_cell(fuzz: Fuzz, chance: Random, number: int) -> Outcome:
    """A text in an answer and in an export: laid out, and read again."""
    text = _text(chance, fuzz.files).encode("utf-8", "replace").decode()[:3000] if chance.random() < 0.5 else ""
    text = (
        text
        or _written(chance, ("=1+1", "+2", "-3", "@x", "a,b", 'a"b', "a\tb", "a\r\nb", "x"), fuzzing.LETTERS)
        .encode("utf-8", "replace")
        .decode()
    )
    try:
        literal = chance.choice((english(text), typed(text, "string"), typed(text, "date")))
        rows = Rows(("a", "b"), [(thing("a"), literal), (None, literal)])
        for style in (one for one in STYLES if one != "turtle"):
            laid_out = render(rows, style)
            laid_out.encode()
            kept(not STEERING.search(laid_out), f"control characters in {style} of {text[:200]!r}")
        read = list(csv.reader(io.StringIO(render(rows, "csv"), newline="")))
        kept(len(read) == 3 and read[1][1].removeprefix("'") == literal.value.removeprefix("'"), f"csv of {text[:200]!r}")
        kept(not read[1][1].startswith(("=", "@", "\t", "\r")), f"a formula: {text[:200]!r}")
        kept(render(rows, "tsv").count("\n") == 3, f"tsv of {text[:200]!r}")
        quad = ox.Quad(thing("a"), thing("b"), literal, thing("c"))
        for form in (ox.RdfFormat.N_QUADS, ox.RdfFormat.TRIG):
            written = ox.serialize([quad], format=form)
            kept(list(ox.parse(written, format=form)) == [quad], f"{form} of {text[:200]!r}")
            kept(not STEERING.search(written.decode()), f"control characters in {form} of {text[:200]!r}")
    except Exception as error:
        raise Told("cell", error) from error
    return "cell", "read"


Maker = Callable[[Fuzz, Random, int], Outcome]
MAKERS: dict[str, Maker] = {"file": a_file, "query": a_query, "date": a_date, "text": a_text, "name": a_name, "cell": a_cell}


# -- all of reading -------------------------------------------------------------------------------


def _read_whole(fuzz: Fuzz, printed: int) -> None:
    """The articles that were put by, through all of reading, the graph of each, and its exports."""
    from kgbuild.ask.export import FOLDERS, FORMATS
    from kgbuild.read.each import LeftOut, read_each
    from kgbuild.read.reader import Reader
    from kgbuild.writing import merged_facts

    reader = Reader(fuzz.ontology)
    list(reader.read([]))
    for number, article in fuzz.articles:
        said, began = os.fstat(printed).st_size, time.process_time()
        became = "read"
        try:
            for reading in read_each(reader, [article]):
                if isinstance(reading, LeftOut):
                    fuzzing.keeps_problem(reading.problem)
                    became = "problem"
                    continue
                for sentence in reading.sentences:
                    span = sentence.span
                    kept(0 <= span.start <= span.end <= len(article.text), f"{span} is not in the text")
                graph = Graph.memory()
                graph.replace(thing(article.iri).value, list(article_facts(reading)))
                graph.load(merged_facts([reading], fuzz.ontology, fuzz.ontology.decisions))
                files = {name: write(graph) for name, write in FORMATS.items()}
                for name, pieces in {**files, **FOLDERS["csv"](graph), **FOLDERS["neo4j"](graph)}.items():
                    written = b"".join(pieces).decode()
                    kept(not STEERING.search(written), f"control characters in {name}: {STEERING.search(written)}")
        except Exception as error:
            told = Told("whole article", error)
            fuzz.breaks(f"{number} whole article: {told}")
            became = told.became
        took = time.process_time() - began
        fuzz.told["whole article", "count"] += 1
        fuzz.told["whole article", became] += 1
        if os.fstat(printed).st_size != said:
            fuzz.breaks(f"{number} whole article: printed {os.pread(printed, 400, said)!r}")
        if fuzz.too_long(took):
            fuzz.breaks(f"{number} whole article: took {took:.1f} s")
        fuzz.slowest = sorted([*fuzz.slowest, (took, number, "whole article")], reverse=True)[:10]
    gc.collect()


def _print(fuzz: Fuzz, seconds: float) -> None:
    columns = ("count", "read", "problem", "crash", "unaccounted", "silent")
    print(f"{'':14}" + "".join(f"{column:>13}" for column in columns))
    kinds = sorted({kind for kind, _ in fuzz.told})
    for kind in kinds:
        print(f"{kind:14}" + "".join(f"{fuzz.told[kind, column]:13,}" for column in columns))
    print(f"{'all':14}" + "".join(f"{sum(fuzz.told[kind, column] for kind in kinds):13,}" for column in columns))
    count = sum(fuzz.told[kind, "count"] for kind in kinds)
    print(f"\n{count:,} inputs in {seconds:.0f} s, peak memory {_peak()} MB. The slowest:")
    for took, number, kind in fuzz.slowest:
        print(f"  {took:6.2f} s  {number} {kind}")
    if fuzz.silent:
        print(f"\n{len(fuzz.silent)} files in which a sentence stands that is neither read nor told of:")
        print("\n".join(f"  {one}" for one in fuzz.silent[:40]))
    print(f"\n{len(fuzz.broken)} broken promises")


if __name__ == "__main__":
    sys.exit(main())
