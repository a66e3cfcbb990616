"""The house keeps its shape: wings do not import each other, and asking loads no spaCy."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "kgbuild"


def imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return found


def test_imports_run_one_way_and_in_no_circle(tmp_path: Path) -> None:
    """The contracts stand in pyproject.toml; imports for type checking alone, and those inside functions, count too."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-logo"]
    done = subprocess.run(
        [*command, "--cache-dir", tmp_path], cwd=PACKAGE.parent, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Contracts: 4 kept, 0 broken."), done.stdout + done.stderr


def test_nothing_imports_the_command_line() -> None:
    importers = {
        f.name
        for f in PACKAGE.rglob("*.py")
        if f.parent.name != "cli" and any(m.startswith("kgbuild.cli") for m in imports(f))
    }
    assert importers == {"__main__.py"}


def test_the_model_imports_nothing_of_ours() -> None:
    assert {m for m in imports(PACKAGE / "model.py") if m.startswith("kgbuild")} == set()


def test_reading_knows_no_rdf() -> None:
    libraries = ("pyoxigraph", "rdflib", "oxrdflib")
    assert {f.name for f in (PACKAGE / "read").rglob("*.py") if any(m.startswith(libraries) for m in imports(f))} == set()


@pytest.mark.parametrize(
    "code",
    [
        "import kgbuild",
        "import kgbuild.pipeline",
        "from kgbuild.cli import main; main(['query'], standalone_mode=False)",
        "from kgbuild.cli import main; main(['draw', '--help'], standalone_mode=False)",
        "import kgbuild.ask.network, kgbuild.ask.query, kgbuild.ask.export",
    ],
)
def test_asking_and_importing_load_no_spacy(code: str) -> None:
    script = f"{code}\nimport sys; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"


def test_what_is_slow_to_import_waits_until_it_is_needed() -> None:
    script = """
import sys
import kgbuild.pipeline, kgbuild.incremental, kgbuild.report, kgbuild.workers, kgbuild.output, kgbuild.read.text.corpus
print(sorted({"spacy", "trafilatura", "dateparser", "lxml"} & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_package_says_that_it_is_typed() -> None:
    assert (PACKAGE / "py.typed").read_bytes() == b""
