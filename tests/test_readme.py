"""The README does not rot: its session is run, and its set-up commands are where they are looked for.

`python tests/test_readme.py` writes the session's true output into the README.
"""

from __future__ import annotations

import os
import re
import shlex
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from kgbuild.cli import main

ROOT = Path(__file__).resolve().parent.parent
SESSION = re.compile(r"```console\n\$ (.*)\n((?:.*\n)*?)```")


def run(command: str) -> str:
    """What *command* prints in a terminal 100 characters wide."""
    os.environ["COLUMNS"] = "100"
    arguments = shlex.split(command)[1:]
    return CliRunner().invoke(main, arguments).stdout.rstrip()


def with_true_outputs(readme: str) -> str:
    """The README with each command's output as it is now."""
    return SESSION.sub(lambda m: f"```console\n$ {m[1]}\n{run(m[1])}\n```", readme)


def test_the_session_prints_what_the_readme_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    monkeypatch.chdir(tmp_path)
    assert with_true_outputs(readme) == readme


def test_the_first_two_shell_blocks_set_up_and_test() -> None:
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    assert blocks == [
        "python3 -m venv .venv && .venv/bin/pip install -q -e . && .venv/bin/kgbuild build seeds/\n",
        "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/pytest\n",
    ]


if __name__ == "__main__":
    page = ROOT / "README.md"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "seeds").symlink_to(ROOT / "seeds")
        os.chdir(folder)
        true = with_true_outputs(page.read_text(encoding="utf-8"))
        os.chdir(ROOT)
    page.write_text(true, encoding="utf-8")
