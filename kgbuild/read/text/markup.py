"""Mark-up of a story (HTML, NITF, XHTML) becomes paragraphs; a whole page with its menus is for formats/html_page.py."""

from __future__ import annotations

import html
import re

# No pattern here looks further than one tag, so that its time grows as the text does.
_PIECE = re.compile(r"<!--|-->|<[/!?]?[A-Za-z!?\[][^<>]*>|\]\]>")
_NAME = re.compile(r"<(/?)(?:[\w.-]+:)?([\w.-]*)")
_BLOCKS = frozenset(
    ("p", "div", "br", "li", "ul", "ol", "table", "tr", "blockquote", "pre", "dl", "dd", "dt", "block", "hr")
)
_BLOCKS |= {"block", "h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2", "section", "article", "header", "footer"}
_LEFT_OUT = frozenset(("script", "style", "template", "media"))


def text_of_markup(markup: str) -> str:
    """The text of *markup*, with a blank line between paragraphs; scripts, styles, comments and captions are left out."""
    found: list[str] = []
    end, left_out, comment = 0, "", False
    for piece in _PIECE.finditer(markup):
        if not left_out and not comment:
            found.append(_one_line(markup[end : piece.start()]))
        end = piece.end()
        if piece[0] in ("<!--", "-->"):
            comment = piece[0] == "<!--" and not left_out
            continue
        named = _NAME.match(piece[0])
        closes, name = (named[1], named[2].lower()) if named else ("", "")
        if left_out:
            left_out = "" if closes and name == left_out else left_out
        elif comment:
            continue
        elif name in _LEFT_OUT and not closes and not piece[0].endswith("/>"):
            left_out = name
        elif name in _BLOCKS:
            found.append("\n\n")
    if not left_out and not comment:
        found.append(_one_line(markup[end:]))
    paragraphs = (" ".join(paragraph.split()) for paragraph in "".join(found).split("\n\n"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def under_title(title: str, body: str) -> str:
    """The *body* with its *title* above it, unless it opens with that."""
    return body if title and title in body[: len(title) + 200] else f"{title}\n\n{body}".strip()


def _one_line(text: str) -> str:
    return re.sub(r"\s", " ", html.unescape(text))
