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


def parted(text: str) -> list[str]:
    return [text[block.start : block.end] for block in find_blocks(text, "", ())]


def test_a_sentence_that_a_blank_line_parts_is_one_paragraph() -> None:
    assert parted("It rained.\n\nThe head of\n\nthe Chadian army,\n\ntold Chad so.") == [
        "It rained.",
        "The head of\n\nthe Chadian army,\n\ntold Chad so.",
    ]


def test_lines_of_print_with_blank_lines_between_them_are_put_together() -> None:
    lines = (
        "It rained all day in the capital of the country and",
        "nobody went out, but for the foreign minister, who met",
        "his counterpart of Norway. They signed a paper on the",
        "fish that both had wanted for a long time, and John",
        "Smith went home.",
        "It went on raining.",
    )
    assert parted("\n\n".join(lines)) == ["\n\n".join(lines[:5]), lines[5]]


def test_entries_of_a_list_stay_apart() -> None:
    assert parted("It rained.\n\nmore trade\n\nopen borders\n\nnew roads") == [
        "It rained.",
        "more trade",
        "open borders",
        "new roads",
    ]
