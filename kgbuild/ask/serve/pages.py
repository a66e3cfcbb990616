"""The pages: named questions as forms, a box for SPARQL, a thing's dossier, a search, the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Request, Response

from kgbuild.ask.questions import Question, named_questions, own_folders, read_question
from kgbuild.ask.selection import Selection
from kgbuild.ask.serve import editor, page_work
from kgbuild.ask.serve.desk import Busy, Desk, Written
from kgbuild.ask.serve.page_work import MEDIA, answer_question, draw_network
from kgbuild.ask.serve.protocol import sent
from kgbuild.ask.serve.search import find_names, find_sentences
from kgbuild.ask.serve.tables import found_names, found_sentences
from kgbuild.ask.things import did_you_mean
from kgbuild.ask.worker import Chosen
from kgbuild.errors import KgbuildError, QueryError
from kgbuild.graph.bounded import OutOfMemory, TookTooLong
from kgbuild.graph.guard import place_of
from kgbuild.ontology import default_folder
from kgbuild.version import __version__

POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
"""What a page may do: it runs nothing, and loads nothing from elsewhere."""
FOLDER = Path(__file__).with_name("templates")
TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
EXAMPLE = """SELECT ?what ?when ?sentence
WHERE {
  ?event a dip:Meeting ; rdfs:label ?what ; dip:when ?when .
  ?claim dip:about ?event ; dip:inSentence/oa:exact ?sentence .
}
ORDER BY ?when
LIMIT 20"""


def home(request: Request, desk: Desk) -> Response:
    """All named questions, each as a form."""
    extent, wrong, _ = _insides(lambda: desk.answer(page_work.extent, ours=True))
    questions = list(_questions(desk).values())
    return _page("home", title="Ask", questions=questions, extent=extent, wrong=wrong, folder=desk.output.resolve())


def asked(request: Request, desk: Desk) -> Response:
    """A named question: its form, and its answer where all that it needs is given. `format=csv` gives the file."""
    question = _named(desk, _one(request, "question") or "")
    names = [name for name in request.args.getlist("name") if name.strip()]
    needed = sum(not parameter.optional for parameter in question.parameters)
    chosen, wrong = _chosen(request)
    if _one(request, "format") and not wrong:
        return _file(request, desk, question, names, chosen)
    answer, code = Markup(""), 200
    if not wrong and (len(names) + (chosen.state is not None) >= needed):
        answer, wrong, code = _answer(desk, question, names, chosen, ours=True)
    filled = {"names": names, **{name: _one(request, name) or "" for name in CHOICES}}
    return _page(
        "ask", code=code if not wrong else max(code, 400), title=question.title, question=question, filled=filled,
        answer=answer, wrong=wrong, files=_files(request),
    )  # fmt: skip


def query(request: Request, desk: Desk) -> Response:
    """A box for SPARQL, and its answer."""
    text = _one(request, "query") or ""
    if text and _one(request, "format"):
        return _file(request, desk, read_question("", text), [], Chosen())
    answer, wrong, code = Markup(""), "", 200
    if text.strip():
        answer, wrong, code = _answer(desk, read_question("", text), [], Chosen())
    terms = ""
    if editor.is_installed():
        terms, missed, _ = _insides(lambda: desk.answer(page_work.vocabulary, ours=True))
        terms = "[]" if missed else terms
    response = _page(
        "query", code=code, title="SPARQL", query=text or EXAMPLE, answer=answer, wrong=wrong, files=_files(request),
        terms=str(terms), at=place_of(wrong),
    )  # fmt: skip
    if terms:
        # This page alone runs scripts: the editor's, and ours that starts it; they come from here, as the signs do.
        response.headers["Content-Security-Policy"] = f"{POLICY}; script-src 'self'"
    return response


def show(request: Request, desk: Desk) -> Response:
    """What there is of one thing, with links to all of it."""
    name = _one(request, "name") or ""
    answer, wrong, code = Markup(""), "Say who or what: a name.", 400
    if name.strip():
        answer, wrong, code = _insides(lambda: desk.answer(page_work.show, name.strip(), ours=True))
    return _page("show", code=code, title=name or "Show", name=name, answer=answer, wrong=wrong)


def found(request: Request, desk: Desk) -> Response:
    """Names that have some words, and sentences that have them or a verb of theirs."""
    words = _one(request, "words") or ""
    answer, wrong, code = Markup(""), "", 200
    if words.strip():
        try:
            with desk.index() as index:
                names, sentences = find_names(index, words, FOUND + 1), find_sentences(index, words, FOUND + 1)
            answer = Markup(found_names(names, FOUND) + found_sentences(sentences, FOUND))
        except (TookTooLong, OutOfMemory, Busy) as error:
            wrong, code = str(error), 503
    return _page("search", code=code, title="Search", words=words, answer=answer, wrong=wrong)


FOUND = 50
"""Names, and sentences, that a search shows."""


def network(request: Request, desk: Desk) -> Response:
    """The network page, of all or of what `about`, `relation`, `since` and `until` choose; a browser that has it keeps it
    while the graph is the same. What takes long to draw is told to be on its way, and comes when the browser asks again.
    """
    about, since, until = (_one(request, name) for name in ("about", "since", "until"))
    selection = Selection(about, tuple(filter(None, request.args.getlist("relation"))), since, until)
    tag = sha256(f"{__version__} {desk.state()} {selection}".encode()).hexdigest()
    if tag in request.if_none_match:
        response = Response(status=304)
    else:

        def draw() -> bytes:
            with desk.answer(draw_network, selection, ours=True).file as file:
                return file.read()

        page = desk.drawings.page(tag, draw, within=desk.eager)
        if page is None:
            unfinished = _page("drawing", code=202, title="Network")
            unfinished.headers["Refresh"] = "1"
            return unfinished
        response = Response(page, content_type="text/html; charset=utf-8")
    response.set_etag(tag)
    response.cache_control.no_cache = response.cache_control.private = True
    # Its scripts and styles are in it, and are let in by its own policy, in its head.
    response.headers["Content-Security-Policy"] = "frame-ancestors 'none'"
    return response


def style(request: Request, desk: Desk) -> Response:
    """How all pages look."""
    return Response((FOLDER / "style.css").read_bytes(), content_type="text/css; charset=utf-8")


def editor_file(request: Request, desk: Desk) -> Response:
    """A file of the editor of the query page: its own, or ours that starts it and gives it the look of the page."""
    name = request.path.removeprefix(EDITOR)
    if name in OWN:
        content, media = (FOLDER / name).read_bytes(), editor.MEDIA[Path(name).suffix]
    elif (found := editor.file_of(name)) is not None:
        content, media = found
    else:
        raise NotFound("There is no such page here.")
    return Response(content, content_type=media)


EDITOR = "/editor/"
"""Where the files of the editor are."""
OWN = ("editor.js", "editor.css")


def icon(request: Request, desk: Desk) -> Response:
    """Browsers ask for one."""
    return Response((FOLDER / "icon.svg").read_bytes(), content_type="image/svg+xml")


PAGES: Mapping[str, Callable[[Request, Desk], Response]] = {
    "/": home, "/ask": asked, "/query": query, "/show": show, "/search": found, "/network": network,
    "/style.css": style, "/icon.svg": icon,
}  # fmt: skip


def mistake(code: int, what: str) -> Response:
    """A page that says what cannot be done, and why."""
    return _page("mistake", code=code, title="This cannot be done", wrong=what)


CHOICES = ("since", "until", "state", "sort", "limit")


def _chosen(request: Request) -> tuple[Chosen, str]:
    """What an answer is to be cut to, and what is wrong with it."""
    since, until, state, sort, limit = (_one(request, name) for name in CHOICES)
    if strange := sorted(set(request.args) - {"question", "name", "format", *CHOICES}):
        takes = ", ".join(("name", *CHOICES, "format"))
        return Chosen(
            since, until, None, sort, state
        ), f'"{strange[0]}" is nothing that a question takes. It takes: {takes}.'
    if limit is not None and not (limit.isascii() and limit.isdigit() and int(limit[:9]) > 0):
        return Chosen(since, until, None, sort, state), "The limit is a number from 1 on."
    return Chosen(since, until, int(limit[:9]) if limit else None, sort, state), ""


def _one(request: Request, name: str) -> str | None:
    """The parameter, None where it is empty: a form sends what is not filled in, too."""
    return (request.args.get(name) or "").strip() or None


def _folders(desk: Desk) -> tuple[Path, tuple[Path, ...]]:
    return desk.ontology or default_folder(), own_folders(desk.output)


def _questions(desk: Desk) -> dict[str, Question]:
    return named_questions(*_folders(desk))


def _named(desk: Desk, name: str) -> Question:
    """The question of that name, and nothing else: no path, no text."""
    known = _questions(desk)
    if name not in known:
        raise QueryError(f'No question "{name}".{did_you_mean(name, list(known))} There are: {", ".join(known)}.')
    return known[name]


def _answer(
    desk: Desk, question: Question, names: list[str], chosen: Chosen, *, ours: bool = False
) -> tuple[Markup, str, int]:
    return _insides(lambda: desk.answer(answer_question, question, names, chosen, "page", ours=ours))


def _insides(answer: Callable[[], Written]) -> tuple[Markup, str, int]:
    """The inside of a page, what is wrong, and the status."""
    try:
        with answer().file as file:
            return Markup(file.read().decode()), "", 200
    except (TookTooLong, OutOfMemory, Busy) as error:
        return Markup(""), str(error), 503
    except KgbuildError as error:
        return Markup(""), str(error), 400


def _file(request: Request, desk: Desk, question: Question, names: list[str], chosen: Chosen) -> Response:
    style = _one(request, "format") or ""
    if style not in MEDIA:
        raise QueryError(f'No format "{style}". There are: {", ".join(MEDIA)}.')
    response = sent(desk.answer(answer_question, question, names, chosen, style, ours=bool(question.name)))
    ending = {"sparql-json": "srj", "turtle": "ttl", "markdown": "md"}.get(style, style)
    response.headers.set("Content-Disposition", "attachment", filename=f"{question.name or 'query'}.{ending}")
    return response


def _files(request: Request) -> list[tuple[str, str]]:
    """The styles in which the answer can be taken along, with their addresses."""
    given = [(name, value) for name, value in request.args.items(multi=True) if value.strip()]
    return [(style, f"{request.path}?{urlencode([*given, ('format', style)])}") for style in MEDIA if style != "turtle"]


def _page(template: str, *, code: int = 200, **values: Any) -> Response:
    text = TEMPLATES.get_template(f"{template}.html.jinja").render(values)
    return Response(text, code, content_type="text/html; charset=utf-8")
