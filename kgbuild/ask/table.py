"""Rows as a table that stays one in any width: long texts are cut first, then cells fold, then columns are left out."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kgbuild.ask.terms import short_term, visible
from kgbuild.graph.store import Rows

GAP = 3
"""Between two columns."""
LONG = 34
"""What is longer than so many columns of a terminal is a text that may be cut."""
SHORTEST = 22
"""No text is cut to less: five stand beside each other in a terminal of 122 columns."""
NARROW = 12
"""No cell that was longer is folded to less, nor to less than its longest word,"""
WHOLE = 16
"""if that is no longer than this."""
EVIDENCE = ("sentence", "otherSentence")
"""The columns that are left out last: a row without them asks to be believed."""
MOST_LINES = 3
"""So many lines of a text are shown."""


@dataclass(frozen=True)
class Table:
    """A table as text, and the columns for which there was no room."""

    text: str
    left_out: tuple[str, ...]


def table(rows: Rows, width: int) -> Table:
    """The rows in *width* columns of a terminal; columns that are empty throughout are not shown, and not missed."""
    # rich takes a tenth of a second, which csv and json need not wait for.
    from rich import box
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    cells = [[visible(short_term(cell)) for cell in row] for row in rows.rows]
    filled = [place for place in range(len(rows.columns)) if any(row[place] for row in cells)]
    natural = {place: max(map(cell_len, (rows.columns[place], *(row[place] for row in cells)))) for place in filled}
    words = {place: max(cell_len(word) for row in cells for word in (row[place] or "-").split()) for place in filled}
    kept = [place for place in filled if rows.columns[place] in EVIDENCE]
    widths = fitted(natural, width, kept=kept, words=words)
    drawn = RichTable(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for place, wide in widths.items():
        drawn.add_column(rows.columns[place], width=wide, overflow="fold")
    for row in cells:
        drawn.add_row(
            *(Text(_cut(row[place], wide) if natural[place] > LONG else row[place]) for place, wide in widths.items())
        )
    written = io.StringIO()
    Console(file=written, width=max(width, sum(widths.values()) + GAP * len(widths)), color_system=None).print(drawn)
    text = "".join(line.rstrip() + "\n" for line in written.getvalue().rstrip("\n").splitlines())
    return Table(text, tuple(rows.columns[place] for place in filled if place not in widths))


def fitted(
    natural: dict[int, int], width: int, *, kept: Collection[int] = (), words: Mapping[int, int] | None = None
) -> dict[int, int]:
    """How wide each column becomes, by its place, where *natural* is how wide it would be; what does not fit is not there.

    *words* has how long the longest word of each is. Columns go from the right, but what stands first and the columns *kept*
    stay, or the longest text where there are none; of those kept the first.
    Whatever is left over goes to texts that are very narrow, then to short cells, then to texts.
    """
    shown = dict(natural)
    longest = max((place for place, wide in natural.items() if wide > LONG), key=lambda place: natural[place], default=None)
    texts = [*kept] or ([] if longest is None else [longest])
    whole = {place: min(max(NARROW, (words or {}).get(place, 0)), WHOLE) for place in natural}
    least = {place: min(wide, SHORTEST if wide > LONG else whole[place]) for place, wide in natural.items()}
    while len(shown) > 1 and sum(least[place] for place in shown) + GAP * (len(shown) - 1) > width:
        loose = [place for place in shown if place not in texts][1:] or [place for place in shown if place not in texts[:1]]
        del shown[loose[-1]]
    widths = {place: least[place] for place in shown}
    room = width - sum(widths.values()) - GAP * (len(widths) - 1)
    if room < 0:  # one column, or two, that are wider than all there is
        return {place: max(1, min(wide, (width - GAP * (len(widths) - 1)) // len(widths))) for place, wide in widths.items()}
    long = {place: wide for place, wide in shown.items() if wide > LONG}
    for wanted in (dict.fromkeys(long, LONG), {place: wide for place, wide in shown.items() if wide <= LONG}, long):
        room = _grow(widths, wanted, room)
    return widths


def _grow(widths: dict[int, int], wanted: dict[int, int], room: int) -> int:
    """Give *room* to columns until they are as wide as *wanted*, a little to each in turn; what is left."""
    while room > 0 and (hungry := [place for place, wide in wanted.items() if widths[place] < wide]):
        for place in hungry[:room]:
            widths[place] += 1
        room -= min(room, len(hungry))
    return room


def _cut(text: str, width: int) -> str:
    """As much of *text* as stands in MOST_LINES lines of *width*, with "…" where it goes on; of the words as they fall."""
    from rich.cells import cell_len

    if cell_len(text) <= width * MOST_LINES - width // 3:
        return text
    lines, line = 1, 0
    kept: list[str] = []
    for word in text.split(" "):
        wide = cell_len(word)
        if line and line + 1 + wide > width - (lines == MOST_LINES):
            lines, line = lines + 1, 0
        lines += max(0, wide - 1) // width  # a word that is longer than a line
        if lines > MOST_LINES:
            return (" ".join(kept) or text[: max(1, width - 1)]) + "…"
        line += wide + (line > 0)
        kept.append(word)
    return text
