"""The command that shows one thing: show."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from kgbuild.cli import printing
from kgbuild.cli.options import output_option
from kgbuild.cli.program import plainly


@click.command()
@click.argument("name", nargs=-1, required=True)
@output_option
@click.option("--all", "everything", is_flag=True, help="All there is, instead of what fits on one screen.")
@click.option(
    "-f",
    "--format",
    "style",
    default="text",
    show_default=True,
    type=click.Choice(["text", "json", "markdown", "html"]),
    help="json always has all there is.",
)
@plainly
def show(name: tuple[str, ...], output: Path, style: str, everything: bool) -> None:
    """Show one actor, place, office or agreement on one screen: who it is, with whom, what happened, what it said last.

    An event as it is printed (id:event/…) is shown with all sentences that tell of it, and so is an edge of the graph.
    Exit code 1 where no article tells of what is called so.
    Example: kgbuild show Serbia, or kgbuild show id:Russia dip:metWith id:Serbia
    """
    from kgbuild.ask.worker import bounded_show

    width, height = 120, 40
    if sys.stdout.isatty():
        width, height = shutil.get_terminal_size()
        height -= 1  # the line of the prompt
    shown = bounded_show(output / "store", " ".join(name), style=style, width=width, height=None if everything else height)
    printing.show([printing.writable(shown.text)], paged=style == "text" and everything)
    sys.exit(0 if shown.found else 1)
