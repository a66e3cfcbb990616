"""The command line: parse, call, print. Data goes to stdout; progress and problems to stderr."""

from __future__ import annotations

import errno
import functools
import json
import os
import re
import shutil
import sys
import webbrowser
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from kgbuild import __version__
from kgbuild.errors import KgbuildError, Problem, shown
from kgbuild.net import LOG

if TYPE_CHECKING:
    from kgbuild.ontology import Verdict
    from kgbuild.read.text.fields import Fields

Command = Callable[..., Any]


def plainly(command: Command) -> Command:
    """Show a KgbuildError as its message, with its exit code, without a traceback; a closed pipe ends quietly, Ctrl-C
    with 130.
    """

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except KgbuildError as error:
            click.echo(f"kgbuild: {_harmless(str(error))}", err=True)
            sys.exit(error.exit_code)
        except KeyboardInterrupt as stopped:
            click.echo(f"kgbuild: {str(stopped) or 'Stopped.'}", err=True)
            sys.exit(130)
        except BrokenPipeError:
            _close_stdout()
            sys.exit(0)

    return run


class Program(click.Group):
    """The commands, and one net below them all for what cannot be printed."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command of the command line; standard output that is full, or of too small an alphabet, is an error of
        the user's, exit code 2.
        """
        if sys.stdout is None:
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # it was closed: nobody wants to read
        try:
            try:
                return super().main(*args, **kwargs)
            finally:
                sys.stdout.flush()
        except UnicodeEncodeError as error:
            letter = error.object[error.start : error.end][:1]
            _give_up(
                f"Standard output is in {sys.stdout.encoding}, which has no {letter!a}."
                " Set PYTHONUTF8=1 in the environment to write UTF-8."
            )
        except BrokenPipeError:
            _close_stdout()
            sys.exit(0)
        except OSError as error:
            if error.filename is not None or error.errno not in FULL:
                raise
            _give_up(f"Standard output cannot be written ({error.strerror}). Make room, or write to another place.")


FULL = {errno.ENOSPC, errno.EFBIG, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC)}


def _give_up(message: str) -> NoReturn:
    _close_stdout()
    click.echo(f"kgbuild: {message}", err=True)
    sys.exit(2)


def _close_stdout() -> None:
    """Let what is still to be written go nowhere, so that the end of the program does not fail on it again."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _harmless(message: str) -> str:
    """The lines of *message*, which may cite names of files, harmless on a terminal."""
    return "\n".join(map(shown, message.split("\n")))


def _list_problems(left_out: Sequence[Problem], noted: Sequence[Problem], more: Path | None, details: Path | None) -> None:
    """Show problems on stderr, first those of what is left out: all, or 20 if the others are in the file *more*."""
    problems = [*left_out, *noted]
    for problem in problems[: 20 if more else None]:
        click.echo(f"  {problem}", err=True)
    if more and len(problems) > 20:
        click.echo(f"  … and {len(problems) - 20:,} more in {shown(str(more))}", err=True)
    if left_out:
        click.echo(f"  Left out: {len(left_out):,} of these, which stand first. Exit code 3.", err=True)
    if details is not None:
        click.echo(f"  The details for a report: {shown(str(details))}", err=True)


ontology_option = click.option(
    "--ontology",
    type=click.Path(path_type=Path, file_okay=False),
    help="A folder of Turtle files to use instead of our own.",
)
model_option = click.option("--model", help="An installed spaCy pipeline; kgbuild is tuned on the default.")
output_option = click.option(
    "-o",
    "--output",
    default="output",
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of the graph.",
)


def field_options(command: Command) -> Command:
    """Options that say what tables call the parts of an article; *command* gets them together, as `fields`."""
    roles = ("text", "title", "date", "publisher", "url", "id")

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        from kgbuild.read.text.fields import Fields

        return command(*args, fields=Fields(**{role: kwargs.pop(f"{role}_field") for role in roles}), **kwargs)

    for role in reversed(roles):
        of = f"The field or column of JSON and CSV that has the {role}, e.g. {role} or article.{role}; guessed without it."
        run = click.option(f"--{role}-field", metavar="NAME", help=of)(run)
    return run


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kgbuild")
def main() -> None:
    """Turn a folder of news about diplomacy into a knowledge graph that an analyst can trust.

    \b
    kgbuild build seeds/      read a corpus into output/
    kgbuild query met         who meets whom, and when
    kgbuild draw --open       the network, in the browser

    \b
    Exit codes:
    0    all is done
    1    nothing could be read, or the check found something
    2    the command, its files or the ontology are wrong; nothing was done
    3    done, but something of the corpus was left out, which is listed
    130  stopped with Ctrl-C
    """


@main.command()
@click.argument("corpus", nargs=-1, required=True)
@output_option
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 64), help="How many processes read.")
@click.option("--prune", is_flag=True, help="Leave out articles of earlier builds that CORPUS no longer has.")
@field_options
@model_option
@ontology_option
@plainly
def build(
    corpus: tuple[str, ...],
    output: Path,
    jobs: int,
    prune: bool,
    fields: Fields,
    model: str | None,
    ontology: Path | None,
) -> None:
    """Read articles (files, folders, - for stdin) into a graph; what an earlier build has read is not read again.

    Example: kgbuild build seeds/ -o output
    """
    from kgbuild import ontology as ontologies
    from kgbuild import pipeline

    with _progress() as show:
        built = pipeline.build(
            corpus,
            output,
            ontology=ontologies.load(ontology),
            model=model,
            jobs=jobs,
            prune=prune,
            fields=fields,
            progress=show,
        )
    log = output / LOG
    noted = sorted((Counter(built.problems) - Counter(built.left_out)).elements())
    _list_problems(built.left_out, noted, output / "report.txt", log if log.is_file() else None)
    if built.absent:
        stay = "stays" if built.absent == 1 else "stay"
        absent = f"{_count(built.absent, 'article')} of earlier builds, not in this corpus, {stay} in the graph"
        click.echo(f"  {absent}. To leave out what the corpus no longer has, add --prune.", err=True)
    kept = "" if built.read == built.articles else f" ({built.read:,} now, the others by earlier builds)"
    click.echo(
        f"{_count(built.articles, 'article')} read{kept}: {_count(built.claims, 'claim')}, "
        f"{_count(built.events, 'event')}, {built.entities} entities, {_count(built.quads, 'quad')}."
    )
    folder = "" if str(output) == "output" else f" -o {shown(str(output))}"
    me = _program()
    click.echo(f"Look at it:  {me} draw --open{folder}   (or open {shown(str(output / 'network.html'))} in a browser)")
    click.echo(f"Ask it:      {me} query met{folder}   (also: timeline, sources, dossier Serbia, offices, agreements)")
    sys.exit(3 if built.left_out else 0)


def _program() -> str:
    """How to call this program again: its path where the shell would not find it by name."""
    called = Path(sys.argv[0])
    return os.path.relpath(called) if called.name == "kgbuild" and shutil.which("kgbuild") is None else "kgbuild"


def _one_line(text: str) -> str:
    """The text with all that is no plain letter, as a name of a file may have it, written as Python writes it."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


def _writable(table: str) -> str:
    """The table, ruled by hyphens where standard output has no better lines, as in a pipe on Windows."""
    try:
        "─".encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return table.replace("─", "-")
    return table


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def _progress() -> Any:
    """A line that counts articles, read and kept, on a terminal; silent when stderr is no terminal."""
    from contextlib import contextmanager

    @contextmanager
    def counting() -> Any:
        on_terminal = sys.stderr.isatty()

        def show(read: int, unread: int, kept: int) -> None:
            if on_terminal:
                known = f", {kept:,} kept from earlier builds" if kept else ""
                doing = "; building the graph …" if read == unread else ""
                click.echo(f"\r\033[K{read:,} of {_count(unread, 'article')} read{known}{doing}", nl=False, err=True)

        if on_terminal:
            click.echo("looking for articles …", nl=False, err=True)
        try:
            yield show
        finally:
            if on_terminal:
                click.echo("\r\033[K", nl=False, err=True)

    return counting()


@main.command()
@click.argument("question", required=False)
@click.argument("about", required=False)
@output_option
@click.option(
    "-f",
    "--format",
    "style",
    default="table",
    show_default=True,
    type=click.Choice(["table", "csv", "tsv", "json", "turtle"]),
)
@click.option("--since", metavar="DATE", help="Not what was before: a day, a month or a year.")
@click.option("--until", metavar="DATE", help="Not what was after. What has no date is of the day of its report.")
@click.option(
    "--timeout",
    default=60.0,
    show_default=True,
    type=click.FloatRange(0.1),
    help="Seconds that answering and laying out may take.",
)
@ontology_option
@plainly
def query(
    question: str | None,
    about: str | None,
    output: Path,
    style: str,
    since: str | None,
    until: str | None,
    timeout: float,
    ontology: Path | None,
) -> None:
    """Ask the graph: a named question (with a name), SPARQL text, a .rq file, or - for stdin.

    Without a question, the named ones are listed. An answer has 60 seconds, and 2 GB of memory on Linux, where its
    process can neither call another computer nor read other files. Example: kgbuild query dossier Serbia
    """
    from kgbuild.ask import query as asking
    from kgbuild.ask.worker import bounded_text
    from kgbuild.graph.bounded import Limits
    from kgbuild.ontology import default_folder

    folder = ontology or default_folder()
    if question is None:
        for known in asking.named_questions(folder).values():
            click.echo(f"{known.name:12} {known.title}")
        return
    found = asking.find_question(question, folder)
    given: dict[str, str] = {}
    if about is not None:
        if not found.parameters:
            raise KgbuildError(f"{question} takes no name. Leave {about!r} out.")
        given[found.parameters[0].name] = about
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    days = {"since": since, "until": until}
    for piece in bounded_text(output / "store", found, given, style=style, width=width, limits=Limits(timeout), **days):
        click.echo(_writable(piece), nl=False)


@main.command()
@output_option
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The page to write; else network.html there.")
@click.option("--about", metavar="NAME", help="An actor with its neighbours, by any name of it.")
@click.option("--query", "question", metavar="FILE", help="Only the answers: CONSTRUCT, or SELECT ?from ?relation ?to.")
@click.option("--relation", "relations", metavar="NAME", multiple=True, help="Only this event type or relation; repeatable.")
@click.option("--since", metavar="DATE", help="Without claims of before: a day, a month or a year.")
@click.option("--until", metavar="DATE", help="Without claims of after. What has no date is of the day of its report.")
@click.option(
    "--top", default=120, show_default=True, type=click.IntRange(2, 2000), help="How many actors to show at first."
)
@click.option("--open", "in_browser", is_flag=True, help="Open the page in the browser.")
@plainly
def draw(
    output: Path,
    out: Path | None,
    about: str | None,
    question: str | None,
    relations: tuple[str, ...],
    since: str | None,
    until: str | None,
    top: int,
    in_browser: bool,
) -> None:
    """Draw the graph, or a part of it, as one offline page.

    The query of --query has 60 seconds, and 2 GB of memory on Linux.
    Example: kgbuild draw --about Serbia --since 2014-12 --out serbia.html
    """
    from kgbuild.ask import query as asking
    from kgbuild.ask.network import write_page
    from kgbuild.ask.selection import Selection, edges_of
    from kgbuild.ask.worker import bounded_result
    from kgbuild.graph.store import Graph
    from kgbuild.ontology import default_folder

    edges = None
    if question is not None:
        edges = bounded_result(output / "store", asking.find_question(question, default_folder()), then=edges_of)
    selection = Selection(about, relations, since, until, edges, question=Path(question or "").name)
    graph = Graph.open(output / "store")
    graph.look_through()
    page = write_page(graph, out or output / "network.html", top=top, selection=selection)
    click.echo(_one_line(str(page)) if sys.stdout.isatty() else os.fsencode(page))
    if in_browser:
        webbrowser.open(page.resolve().as_uri())


@main.command()
@click.argument("before", default="output", type=click.Path(path_type=Path, file_okay=False))
@click.argument("after", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--from", "start", help="The state of the articles issued up to this day, e.g. 2014-12-01 or 2014-12.")
@click.option("--to", "end", help="The day to compare it with; the last day of all without it.")
@click.option(
    "-f", "--format", "style", default="table", show_default=True, type=click.Choice(["table", "csv", "tsv", "json"])
)
@ontology_option
@plainly
def diff(before: Path, after: Path | None, start: str | None, end: str | None, style: str, ontology: Path | None) -> None:
    """Show which events and edges are new, gone or of another status: between two outputs, or two days of one.

    Example: kgbuild diff last-week/ output/, or kgbuild diff output/ --from 2014-12-01 --to 2014-12-31
    """
    from kgbuild.ask.diff import compare
    from kgbuild.ask.query import render
    from kgbuild.graph.store import Graph

    if (after is None) == (start is None) or (start is None and end is not None):
        raise KgbuildError(
            "Name two outputs, or one with --from and a day: kgbuild diff output/ --from 2014-12-01 --to 2014-12-31"
        )
    if after is not None:
        old, new = Graph.open(before / "store"), Graph.open(after / "store")
        for graph in (old, new):
            graph.look_through()
    else:
        from kgbuild import ontology as ontologies
        from kgbuild.pipeline import as_of

        known = ontologies.load(ontology)
        old, new = (as_of(before, _day(day), known) for day in (start or "", end or "9999"))
    rows = compare(old, new)
    if style == "table" and not rows.rows:
        click.echo("Nothing has changed.")
    else:
        click.echo(_writable(render(rows, style)), nl=False)


def _day(day: str) -> str:
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", day):
        raise KgbuildError(f'"{day}" is no day. Write it as 2014-12-19; a month (2014-12) or a year does too.')
    return day


@main.command()
@click.argument("output", default="output", type=click.Path(path_type=Path, file_okay=False))
@click.option("--format", "form", default="trig", show_default=True, help="trig, nquads, turtle, jsonld, graphml or gexf.")
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write; stdout without it.")
@plainly
def export(output: Path, form: str, out: Path | None) -> None:
    """Write the graph of OUTPUT for other programs.

    Example: kgbuild export --format gexf -o graph.gexf
    """
    from kgbuild.ask.export import export as write
    from kgbuild.graph.store import Graph

    graph = Graph.open(output / "store")
    if form in ("graphml", "gexf"):  # the others are read statement by statement, which ends at the first that is damaged
        graph.look_through()
    write(graph, form, out)


@main.command()
@click.argument("corpus", nargs=-1, required=True)
@click.option("--mentions", is_flag=True, help="Mentions instead of claims.")
@field_options
@model_option
@ontology_option
@plainly
def extract(corpus: tuple[str, ...], mentions: bool, fields: Fields, model: str | None, ontology: Path | None) -> None:
    """Print claims (or mentions) as JSON Lines; no graph is built.

    Example: kgbuild extract seeds/ | head -3
    """
    from kgbuild import ontology as ontologies
    from kgbuild.extract import read
    from kgbuild.read.records import claim_records, mention_records
    from kgbuild.report import keep_details, log_folder

    known = ontologies.load(ontology)
    noted: list[Problem] = []
    left_out: list[Problem] = []
    for reading in read(corpus, known, noted.append, left_out=left_out.append, model=model, fields=fields):
        for record in mention_records(reading, known) if mentions else claim_records(reading, known):
            click.echo(json.dumps(record, ensure_ascii=False))
    _list_problems(left_out, noted, None, keep_details(log_folder(), left_out))
    sys.exit(3 if left_out else 0)


@main.command()
@click.argument("what")
@output_option
@click.option("--date", "issued", help="The day a sentence is read as published, e.g. 2014-12-19.")
@model_option
@ontology_option
@plainly
def explain(what: str, output: Path, issued: str | None, model: str | None, ontology: Path | None) -> None:
    """Show why a thing of the graph is one thing (its names, merges, refusals, offices), or how a sentence is read.

    What names a thing of the graph is explained as that thing, anything else is read as a sentence.
    Example: kgbuild explain "Sanctions were imposed on Syria by the Arab League."
    """
    from kgbuild import ontology as ontologies
    from kgbuild.ask.worker import bounded_explanation
    from kgbuild.errors import QueryError

    if issued is None and os.path.isfile(output / "store" / "CURRENT"):
        try:
            click.echo(bounded_explanation(output / "store", what), nl=False)
            return
        except QueryError:
            if len(what.split()) < 3 and "." not in what:
                raise  # too short for a sentence: the name is unknown, or of several
    from kgbuild.read.explain import explain as explained
    from kgbuild.read.reader import Reader

    click.echo(explained(what, Reader(ontologies.load(ontology), model), issued), nl=False)


@main.command()
@click.argument("a")
@click.argument("b")
@click.option("--why", required=True, help="The reason, for the next reader.")
@output_option
@ontology_option
@plainly
def same(a: str, b: str, why: str, output: Path, ontology: Path | None) -> None:
    """Decide that A and B, names or ids of the graph, are one thing; the graph's folder keeps it, its next build follows.

    Example: kgbuild same "Minsk II" id:Package_of_Measures --why "Two names of one agreement."
    """
    _decide("same", a, b, why, output, ontology)


@main.command()
@click.argument("a")
@click.argument("b")
@click.option("--why", required=True, help="The reason, for the next reader.")
@output_option
@ontology_option
@plainly
def different(a: str, b: str, why: str, output: Path, ontology: Path | None) -> None:
    """Decide that A and B, names or ids of the graph, are two things; the graph's folder keeps it, its next build follows.

    Example: kgbuild different id:George_H_W_Bush id:George_W_Bush --why "Father and son."
    """
    _decide("different", a, b, why, output, ontology)


def _decide(verdict: Verdict, a: str, b: str, why: str, output: Path, ontology: Path | None) -> None:
    from kgbuild import ontology as ontologies
    from kgbuild.ask.merge_decisions import decide
    from kgbuild.graph.store import Graph

    graph = Graph.open(output / "store")
    click.echo(_one_line(decide(verdict, (a, b), why, graph, ontologies.load(ontology), output)))


@main.command()
@click.argument("name", required=False)
@ontology_option
@plainly
def relations(name: str | None, ontology: Path | None) -> None:
    """Show what kgbuild can find: event types and relations, with the sentences that teach them.

    Example: kgbuild relations Visit
    """
    from kgbuild import ontology as ontologies
    from kgbuild.ask.query import did_you_mean

    known = ontologies.load(ontology)
    taught = Counter(e.type for e in known.examples if not e.counter)
    if name is None:
        for described in sorted(known.types.values(), key=lambda t: (t.kind, t.category, t.name)):
            if taught[described.name]:
                click.echo(
                    f"{described.category:10} {described.name:22} {taught[described.name]:3} examples  {described.label}"
                )
        return
    chosen = known.types.get(name)
    if chosen is None:
        raise KgbuildError(
            f'No relation "{name}".{did_you_mean(name, sorted(known.types))} `kgbuild relations` lists all {len(taught)}.'
        )
    click.echo(f"dip:{chosen.name}  ({chosen.kind}, {chosen.label})\n{chosen.definition}")
    if chosen.kind == "event":
        cameo = ", ".join(chosen.cameo) or "none"
        click.echo(
            f"PLOVER {chosen.category} {chosen.mode}, quad {chosen.quad}, score {chosen.score}, CAMEO {cameo}, "
            f"edge dip:{chosen.edge}"
        )
    for example in known.examples:
        if example.type == name:
            click.echo(f"  {'not ' if example.counter else ''}{example.text}")


@main.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.option(
    "--corpus",
    "corpora",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Where the articles stand that verdicts are on; may be given again.  [default: ../shared/data/corpus-*.jsonl]",
)
@click.option("--errors", is_flag=True, help="Every miss beside its sentence.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="How many misses of a kind at most.")
@click.option("--format", "form", default="table", show_default=True, type=click.Choice(["table", "json"]))
@model_option
@ontology_option
@plainly
def evaluate(
    gold: Path, corpora: tuple[Path, ...], errors: bool, limit: int, form: str, model: str | None, ontology: Path | None
) -> None:
    """Score what is read in GOLD, a JSON Lines file of labelled texts or a folder of such files, against its labels.

    Readers' verdicts (tests/judged) hold no texts: --corpus says where their articles stand.

    Example: kgbuild evaluate tests/gold --errors
    """
    from kgbuild import evaluate as evaluation
    from kgbuild import ontology as ontologies

    scores = evaluation.evaluate(gold, ontologies.load(ontology), model, corpora=corpora)
    show = evaluation.as_json if form == "json" else evaluation.as_table
    click.echo(show(scores, errors=errors, limit=limit).rstrip("\n"))
    unread = [problem for problem in scores.problems if not problem.what.startswith("no date")]
    for problem in unread[:20]:
        click.echo(f"  {problem}", err=True)


@main.command()
@output_option
@model_option
@ontology_option
@plainly
def check(output: Path, model: str | None, ontology: Path | None) -> None:
    """Check that ontology and examples are sound, and the graph too if there is one.

    Every example must find itself, no counterexample may fire. Example: kgbuild check
    """
    from kgbuild import check as checks
    from kgbuild import ontology as ontologies

    known = ontologies.load(ontology)
    problems = checks.check_examples(known, model)
    if os.path.isfile(output / "graph.trig"):
        problems += checks.check_graph(output / "graph.trig", known)
    for problem in problems:
        click.echo(problem)
    good = sum(1 for e in known.examples if not e.counter)
    click.echo(f"{good} examples and {len(known.examples) - good} counterexamples, {len(problems)} problems.", err=True)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
