"""Pages that take a while to draw: one is drawn while others are shown that it is, and the last ones are kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

KEPT = 8
"""So many pages are kept."""


class Drawings:
    """Pages by their tags, each drawn once."""

    def __init__(self) -> None:
        self._pages: dict[str, Future[bytes]] = {}
        self._lock = threading.Lock()
        self._hands = ThreadPoolExecutor(2, thread_name_prefix="drawing")

    def page(self, tag: str, draw: Callable[[], bytes], *, within: float) -> bytes | None:
        """The page of that *tag*, as *draw* makes it; None where it is not ready *within* so many seconds, and still drawn.

        What *draw* raises is raised once, and then the page is tried anew.
        """
        with self._lock:
            page = self._pages.pop(tag, None) or self._hands.submit(draw)
            self._pages[tag] = page  # the last one asked for stands last
            for old in [key for key, kept in self._pages.items() if kept.done()][:-KEPT]:
                del self._pages[old]
        wait([page], within)
        if not page.done():
            return None
        if page.exception() is not None:
            with self._lock:
                self._pages.pop(tag, None)
        return page.result()
