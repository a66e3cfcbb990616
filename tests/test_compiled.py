"""What is compiled is kept under all that makes it, and nothing else is trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild import compiled as compiled_module
from kgbuild.compiled import KEPT, code_of, compiled


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder."""
    monkeypatch.setattr(compiled_module, "user_cache_path", lambda name: tmp_path / "cache" / name)
    return tmp_path / "cache" / "kgbuild"


def made(value: str, made_by: bytes = b"state") -> str:
    """*value*, or what the cache has of the same state."""
    return compiled("words", [made_by], lambda: value, str)


def test_what_was_made_of_the_same_is_not_made_again(cache: Path) -> None:
    assert [made("first"), made("second")] == ["first", "first"]


def test_what_is_made_of_something_else_is_never_found(cache: Path) -> None:
    assert [made("first"), made("second", b"another state"), made("third")] == ["first", "second", "first"]


@pytest.mark.parametrize("damage", [b"", b"\x80\x05.", b"no pickle", b"\xff" * 100, b"\x80\x04K\x01."])
def test_a_damaged_file_or_one_of_another_kind_is_made_and_written_again(cache: Path, damage: bytes) -> None:
    made("first")
    [file] = cache.iterdir()
    file.write_bytes(damage)
    assert [made("second"), made("third")] == ["second", "second"]


def test_a_file_that_others_may_write_is_not_trusted(cache: Path) -> None:
    made("first")
    [file] = cache.iterdir()
    file.chmod(0o666)
    assert made("second") == "second"


def test_nobody_else_may_write_what_is_kept(cache: Path) -> None:
    made("first")
    [file] = cache.iterdir()
    assert (file.stat().st_mode & 0o777, cache.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_cache_that_cannot_be_written_costs_only_time(cache: Path) -> None:
    cache.parent.mkdir(parents=True)
    cache.write_text("a file where the folder should be")
    assert [made("first"), made("second")] == ["first", "second"]


def test_only_the_last_states_stay(cache: Path) -> None:
    for number in range(KEPT + 3):
        made(str(number), str(number).encode())
    assert len(list(cache.iterdir())) == KEPT


def test_code_is_named_and_read_in_one_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.py").write_text("2")
    (tmp_path / "a.py").write_text("1")
    (tmp_path / "notes.txt").write_text("no code")
    assert code_of(tmp_path, tmp_path / "a.py") == [b"a.py", b"1", b"two.py", b"2", b"a.py", b"1"]
