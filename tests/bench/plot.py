"""What `scale.py` has printed, as a small picture: memory and processor time by the size of the archive.

    python tests/bench/scale.py OUTPUT > scale.txt; python tests/bench/plot.py scale.txt .github/scale.svg

Left: the most megabytes of a build of the whole, and of one that adds an article, or fifty. Right: the seconds of the
processor that these take above those of a build of one article alone. Articles go by powers of ten.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from pathlib import Path

WIDTH, HEIGHT, LEFT, GAP = 300, 150, 44, 70
COLOURS = {"whole": "#4e79a7", "+50": "#f28e2b", "+1": "#59a14f"}
Lines = dict[str, list[tuple[int, float]]]


def main(table: str, picture: str) -> None:
    rows = [line.split() for line in Path(table).read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if len(row) >= 5 and row[0].isdigit() and row[1] in (*COLOURS, "alone")]
    alone = next(float(row[3]) for row in rows if row[1] == "alone")
    memory: Lines = defaultdict(list)
    seconds: Lines = defaultdict(list)
    for count, name, _, cpu, megabytes, *_ in rows:
        if name in COLOURS:
            memory[name].append((int(count), float(megabytes)))
        if name in ("+1", "+50"):
            seconds[name].append((int(count), max(0.0, float(cpu) - alone)))
    panels = [panel("most memory, MB", memory, LEFT), panel("CPU seconds above start", seconds, LEFT + WIDTH + GAP)]
    size = f'width="{2 * WIDTH + GAP + LEFT + 60}" height="{HEIGHT + 60}"'
    style = 'font-family="sans-serif" font-size="11" fill="#555"'
    text = "\n".join([f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>', *panels, "</svg>", ""])
    Path(picture).write_text(text, encoding="utf-8")


def panel(title: str, lines: Lines, left: int) -> str:
    """One diagram: its axes with the least and most, and a line for each name."""
    counts = sorted({count for line in lines.values() for count, _ in line})
    first, last = math.log10(counts[0]), math.log10(counts[-1])
    top = rounded(max(value for line in lines.values() for _, value in line))

    def place(count: int, value: float) -> tuple[float, float]:
        return (
            left + WIDTH * (math.log10(count) - first) / ((last - first) or 1),
            30 + HEIGHT * (1 - value / top),
        )

    drawn = [f'<text x="{left}" y="16" font-weight="bold">{title}</text>']
    for value in (0, top / 2, top):
        _, y = place(counts[0], value)
        drawn.append(f'<path d="M{left} {y:.0f}h{WIDTH}" stroke="#ddd"/>')
        drawn.append(f'<text x="{left - 6}" y="{y + 4:.0f}" text-anchor="end">{value:g}</text>')
    for count in counts:
        drawn.append(f'<text x="{place(count, 0)[0]:.0f}" y="{HEIGHT + 48}" text-anchor="middle">{count:,}</text>')
    for name, line in lines.items():
        points = [place(*point) for point in line]
        path = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
        drawn.append(f'<polyline points="{path}" fill="none" stroke="{COLOURS[name]}" stroke-width="2"/>')
        drawn += [f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3" fill="{COLOURS[name]}"/>' for x, y in points]
        drawn.append(f'<text x="{points[-1][0] + 8:.0f}" y="{points[-1][1] + 4:.0f}" fill="{COLOURS[name]}">{name}</text>')
    return "\n".join(drawn)


def rounded(value: float) -> float:
    """The next round number above."""
    step = 10 ** math.floor(math.log10(value or 1))
    return next(step * times for times in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if step * times >= value)


if __name__ == "__main__":
    main(*sys.argv[1:])
