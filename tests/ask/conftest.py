"""What the tests of asking share: a browser, and a server of a small graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import Served, output_of, served

from kgbuild.ask.serve.desk import Desk
from kgbuild.graph.bounded import Limits


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless browser in which nothing is animated, so that a test never has to wait for what moves."""
    from tests.bench import screenshot

    with screenshot.open_browser() as opened:
        screenshot.wear(opened, dark=False)
        yield opened


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of the graph of `tests/small.trig`; a query has thirty seconds."""
    output = output_of(tmp_path_factory.mktemp("out"), Path(__file__).parents[1] / "small.trig")
    with served(Desk(output, Limits(30))) as running:
        yield running
