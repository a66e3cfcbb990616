"""Options that several commands have."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kgbuild.cli.program import Command

if TYPE_CHECKING:
    pass


ontology_option = click.option(
    "--ontology",
    type=click.Path(path_type=Path, file_okay=False),
    help="A folder of Turtle files to use instead of our own.",
)
model_option = click.option("--model", help="An installed spaCy pipeline; kgbuild is tuned on the default.")
output_option = click.option(
    "-o",
    "--output",
    default="output",
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of the graph.",
)


def field_options(command: Command) -> Command:
    """Options that say what tables call the parts of an article; *command* gets them together, as `fields`."""
    roles = ("text", "title", "date", "publisher", "url", "id")

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        from kgbuild.read.text.fields import Fields

        return command(*args, fields=Fields(**{role: kwargs.pop(f"{role}_field") for role in roles}), **kwargs)

    for role in reversed(roles):
        of = f"The field or column of JSON and CSV that has the {role}, e.g. {role} or article.{role}; guessed without it."
        run = click.option(f"--{role}-field", metavar="NAME", help=of)(run)
    return run
