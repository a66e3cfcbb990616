"""The page around the picture: nodes, edges and vis-network come through pyvis; template, scripts and styles are ours."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pyvis  # type: ignore[import-untyped]  # it has no types
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network  # type: ignore[import-untyped]  # it has no types

from kgbuild.ask.page.summary import summarize
from kgbuild.errors import KgbuildError

if TYPE_CHECKING:
    from kgbuild.ask.evidence import Evidence, Source
    from kgbuild.ask.lines import Line
    from kgbuild.ask.picture import Actor, Picture

FOLDER = Path(__file__).parent
SCRIPTS = (
    "data.js",
    "folding.js",
    "view.js",
    "filters.js",
    "geometry.js",
    "bundles.js",
    "tones.js",
    "gatherings.js",
    "flags.js",
    "labels.js",
    "layout.js",
    "bending.js",
    "header.js",
    "picture.js",
    "hover.js",
    "panel.js",
    "dossier.js",
    "images.js",
    "legend.js",
    "search.js",
    "timeline.js",
    "path.js",
    "table.js",
    "strip.js",
    "matrix.js",
    "permalink.js",
    "keyboard.js",
    "page.js",
)
"""Joined in this order into one script with one scope."""
STYLES = ("page.css", "tools.css")

SHAPES = {
    "state": "dot",
    "person": "triangle",
    "organisation": "square",
    "place": "diamond",
    "other": "hexagon",
}

PLAIN = 1_000_000
"""Data of more bytes than this is packed; unpacking takes a browser a tenth of a second a megabyte."""

OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "hover": True,
        "tooltipDelay": 150,
        "multiselect": False,
        "selectConnectedEdges": False,
        "hideEdgesOnDrag": False,
        "keyboard": False,
    },
    "physics": {
        "solver": "forceAtlas2Based",
        "forceAtlas2Based": {
            # Of far actors, groups count as one: twice as fast, and no eye sees it.
            "theta": 0.9,
            "gravitationalConstant": -130,
            "centralGravity": 0.012,
            "springLength": 130,
            "springConstant": 0.05,
            "damping": 0.5,
            "avoidOverlap": 0.9,
        },
        "stabilization": {"iterations": 100, "updateInterval": 100, "fit": True},
    },
}


class NetworkPage(Network):  # type: ignore[misc]  # pyvis is untyped
    """A pyvis network that writes itself with our own template: autoescaped, offline, under a strict CSP."""

    def __init__(self, picture: Picture, *, top: int | None, title: str) -> None:
        super().__init__(directed=True, cdn_resources="in_line", heading=title)
        self.picture = picture
        self.top = top
        self.options = OPTIONS
        heaviest = max((actor.degree for actor in picture.actors), default=1)
        for actor in picture.actors:
            self.add_node(actor.id, **node(actor, heaviest))
        for line in picture.lines:
            self.add_edge(line.source, line.target, **edge(line))

    def get_nodes(self) -> Any:
        """The ids of all nodes; a view on a dict, for pyvis looks each end of each edge up in it."""
        return self.node_map.keys()

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
        """The HTML text; the parameters are pyvis's, and change nothing."""
        picture = self.picture
        labels = {actor.id: cut(actor.label) for actor in picture.actors}
        data = {
            "title": self.heading,
            "top": self.top,
            "nodes": self.nodes,
            "alone": [{"id": actor.id, **node(actor, 1)} for actor in picture.alone],
            "edges": self.edges,
            "claims": {key: fields_of(claim, *UNSEEN) for key, claim in picture.evidence.items()},
            "said": {key: fields_of(claim, *UNSEEN) for key, claim in picture.said.items()},
            "asides": {key: [[one.claim, one.verb] for one in some] for key, some in picture.asides.items()},
            "counts": asdict(picture.counts),
            "articles": {
                key: fields_of(source) | {"url": web_link(source.url), "address": source.url and cut(source.url)}
                for key, source in picture.sources.items()
            },
            "sentences": sentences(picture),
            "flags": flags(actor.iso2 for actor in (*picture.actors, *picture.alone)),
            "options": self.options,
        }
        form, content = packed(json_for_html(data))
        style = "".join(FOLDER.joinpath(sheet).read_text(encoding="utf-8") for sheet in STYLES)
        ours = "".join(FOLDER.joinpath(script).read_text(encoding="utf-8") for script in SCRIPTS)
        scripts = [vis_network(), f'"use strict";\n(async () => {{\n{ours}}})();\n']
        environment = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        environment.filters["web_link"] = web_link
        self.html = environment.get_template("page.html.jinja").render(
            title=self.heading,
            picture=picture,
            names=lambda ids: ", ".join(labels[each] for each in ids),
            summary=summarize(picture),
            policy=content_security_policy(scripts, style),
            style=Markup(style),
            scripts=[Markup(script) for script in scripts],
            form=form,
            data=Markup(content),
        )
        return str(self.html)


UNSEEN = ("id", "at", "mark", "sentence")
"""What the page does not need of a claim: its sentence stands once for all claims, and is known by its number."""


def fields_of(record: Evidence | Source, *without: str) -> dict[str, Any]:
    """The fields of *record* by name, but for those named in *without* and those that are None or False.

    Texts are cut. `asdict` would copy each value, and takes ten times as long.
    """
    values = ((field.name, getattr(record, field.name)) for field in fields(record) if field.name not in without)
    known = {name: value for name, value in values if value is not None and value is not False}
    return {name: cut(value) if isinstance(value, str) else value for name, value in known.items()}


def sentences(picture: Picture) -> dict[str, dict[int, str]]:
    """The sentences of each article by their numbers, each once: those of claims whole, for the page itself shows a part
    of a long one first, and those beside them without their middle where they are long.
    """
    told = {
        (claim.article, claim.index): claim.sentence for some in (picture.evidence, picture.said) for claim in some.values()
    }
    found: dict[str, dict[int, str]] = {}
    for (article, index), text in sorted((told | {at: ends(text) for at, text in picture.beside.items()}).items()):
        found.setdefault(article, {})[index] = text
    return found


def ends(text: str) -> str:
    """The text, or its beginning and its end."""
    return text if len(text) <= 2 * BESIDE else f"{text[:BESIDE]} … {text[-BESIDE:]}"


BESIDE = 300
"""Letters of the sentence before or behind that the page shows, as panel.js has it."""
LONGEST = 200
"""Letters of a name or title that the page shows: a browser lays out thousands in some scripts for minutes."""


def cut(text: str) -> str:
    """The text, or so much of it as the page shows."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def node(actor: Actor, heaviest: int) -> dict[str, Any]:
    """*actor* as vis-network draws it; the colours of its group follow the theme, in picture.js."""
    return {
        "label": cut(actor.label),
        "shape": SHAPES[actor.kind],
        "group": actor.kind,
        "cls": actor.cls,
        "names": [cut(name) for name in actor.names],
        "wikidata": actor.wikidata,
        "iso2": actor.iso2,
        "degree": actor.degree,
        "claims": actor.claims,
        **({"standIn": actor.stand_in} if actor.stand_in else {}),
        "size": round(8 + 20 * (actor.degree / heaviest) ** 0.5, 1),
    }


def edge(line: Line) -> dict[str, Any]:
    """What the page knows of *line*; picture.js decides how vis-network draws it."""
    return {
        "id": line.id,
        "label": line.label,
        "verb": line.verb,
        "relation": line.relation,
        "quad": line.quad,
        "stance": line.stance,
        "stanceWords": line.stance_words,
        "oneWay": line.directed,
        "events": line.events,
        "score": line.score,
        "pair": line.pair,
        "claims": line.claims,
        **({"sides": line.sides} if any(line.sides) else {}),
    }


def vis_network() -> str:
    """vis-network's own JavaScript, as pyvis carries it, fit to stand inside a page."""
    found = sorted(Path(pyvis.__file__).parent.glob("templates/lib/vis-*/vis-network.min.js"))
    if not found:
        raise KgbuildError(f"pyvis {pyvis.__version__} carries no vis-network.min.js. Install pyvis 0.3.2.")
    script = found[-1].read_text(encoding="utf-8")
    if re.search(r"</script|<!--", script, flags=re.IGNORECASE):
        raise KgbuildError(f"{found[-1].name} of pyvis {pyvis.__version__} cannot stand inline. Install pyvis 0.3.2.")
    # The browser's tools would otherwise ask for the source map.
    return re.sub(r"\n?//# sourceMappingURL=\S*\s*\Z", "\n", script)


def json_for_html(data: object) -> str:
    """*data* as JSON in which nothing can end the element it stands in, nor a line of a script."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return re.sub("[&<>\u2028\u2029]", lambda found: f"\\u{ord(found.group()):04x}", text)


def packed(text: str) -> tuple[str, str]:
    """The media type and the text of the page's data: as it is, or gzip in base64 where it is long."""
    content = text.encode()
    if len(content) <= PLAIN:
        return "application/json", text
    return "application/gzip", base64.b64encode(gzip.compress(content, mtime=0)).decode()


def flags(codes: Iterable[str | None]) -> dict[str, str]:
    """The flags of states as SVG, by their two letters; those of which none is known are left out."""
    drawn: dict[str, str] = json.loads(FOLDER.joinpath("flags", "flags.json").read_text(encoding="utf-8"))
    return {code: drawn[code] for code in sorted({code for code in codes if code in drawn})}


def content_security_policy(scripts: list[str], style: str) -> str:
    """Only these scripts and this style, and no request of any kind; vis-network draws icons from data."""
    hashes = " ".join(f"'sha256-{digest(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'sha256-{digest(style)}'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def digest(text: str) -> str:
    """The base64 of the SHA-256 of *text*, as a Content-Security-Policy wants it."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def web_link(url: str | None) -> str | None:
    """*url* if it is one to follow, an absolute http or https address; else None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None
