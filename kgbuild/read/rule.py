"""A rule of reading as a value: its name, why it is there, a sentence that it changes and one that it leaves alone.

Vetoes (`claims.vetoes`), bridges (`claims.bridging`) and repairs of the parse (`parse.repairs`) are such rules; each kind
adds the function that does it. tests/read/test_rules.py reads every example and counterexample with the rule and without.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What every rule says of itself."""

    name: str
    """Counted in report.txt, shown by `explain`; no two rules share one."""
    why: str
    """One plain sentence: condition, effect."""
    example: str
    """A text that is read otherwise without this rule alone."""
    counterexample: str
    """A text with claims, near to the example, that the rule leaves alone."""
