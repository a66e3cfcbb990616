"""Blocks and datelines of texts that no desk writes."""

from __future__ import annotations

from kgbuild.read.text.blocks import find_blocks
from kgbuild.read.text.datelines import HEAD, opening_dateline


def test_no_dateline_is_longer_than_the_head_of_a_paragraph() -> None:
    assert opening_dateline(f"LONDON{'-' * (HEAD - 7)} Iran left.") is not None
    assert opening_dateline(f"LONDON{'-' * HEAD} Iran left.") is None


def test_blank_lines_may_hold_white_space() -> None:
    text = "Iran left." + "\n \t" * 200 + "\nPeru stayed."
    assert [text[block.start : block.end] for block in find_blocks(text, "", ())] == ["Iran left.", "Peru stayed."]


def test_what_stands_before_the_first_dateline_is_the_summary_and_nothing_later() -> None:
    text = "Iran left.\n\nOSLO (NTB) - Peru stayed.\n\nIt rained.\n\nROME (ANSA) - Chad left."
    kinds = [block.kind for block in find_blocks(text, "", ())]
    assert kinds == ["summary", "dateline", "body", "body", "dateline", "body"]
