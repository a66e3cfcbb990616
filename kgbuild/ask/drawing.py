"""The network page as an object: shown inside a notebook, or saved."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from kgbuild.graph.store import written_whole


class Drawing:
    """The page of `kgbuild draw` as it stands in memory; a notebook shows it in a frame of its own."""

    def __init__(self, html: str, *, height: int = 640) -> None:
        self.html = html
        self.height = height

    def save(self, path: Path | str) -> Path:
        """Write the page to *path*, and hand that back: one file that asks for nothing.

        KgbuildError if it cannot be written.
        """
        place = Path(path)
        with written_whole(place) as unfinished:
            unfinished.write_text(self.html, encoding="utf-8", newline="\n")
        return place

    def _repr_html_(self) -> str:
        """A frame that has scripts of its own, and can reach neither the notebook nor the net."""
        frame = Markup(
            '<iframe srcdoc="{}" sandbox="allow-scripts allow-downloads allow-popups" title="{}" width="100%" height="{}"'
            ' style="border: 1px solid #8888; border-radius: 4px"></iframe>'
        )
        return str(frame.format(self.html, "Who does what to whom", int(self.height)))

    def __repr__(self) -> str:
        return f"Drawing of {len(self.html):,} characters: .save('network.html') writes the page."
