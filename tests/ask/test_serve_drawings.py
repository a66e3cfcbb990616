"""What takes long to draw is told to be on its way."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from serving import output_of, served

from kgbuild.ask.serve.desk import Desk
from kgbuild.ask.serve.drawings import Drawings
from kgbuild.graph.bounded import Limits

SMALL = Path(__file__).parents[1] / "small.trig"


def test_a_page_is_drawn_once_while_it_is_asked_for_again_and_again() -> None:
    drawings, may_end, drawn = Drawings(), threading.Event(), []

    def draw() -> bytes:
        may_end.wait(60)
        drawn.append(True)
        return b"page"

    assert [drawings.page("tag", draw, within=0), drawings.page("tag", draw, within=0)] == [None, None]
    may_end.set()
    assert [drawings.page("tag", draw, within=60), drawings.page("tag", draw, within=0)] == [b"page", b"page"]
    assert drawn == [True]


def test_what_goes_wrong_is_told_and_tried_anew() -> None:
    drawings = Drawings()
    with pytest.raises(ZeroDivisionError):
        drawings.page("tag", lambda: bytes(1 // 0), within=60)
    assert drawings.page("tag", lambda: b"page", within=60) == b"page"


def test_the_browser_is_told_to_come_again_while_the_network_is_drawn(tmp_path: Path) -> None:
    with served(Desk(output_of(tmp_path, SMALL), Limits(30), eager=0)) as running:
        reply = running.get("/network")
    assert (reply.code, reply.headers["Refresh"]) == (202, "1")
    assert "The network is being drawn; it comes here by itself." in reply.text
