"""Sums and numbers with their units in a text: "$1.54 billion, a 15.9% increase", "30 mln stg", "3,000 Russian troops".

Names and symbols of currencies are Babel's (Unicode CLDR); what news calls them besides, other units, and words of change
stand in language.ttl. What has no definite number ("several hundred") stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from babel import Locale
from babel.numbers import get_currency_name

from kgbuild.model import Quantity, Span
from kgbuild.ontology import Ontology
from kgbuild.read.parse.tokens import Doc, Token
from kgbuild.read.time.expressions import TIMES

PERCENT = "percent"
BEINGS = ("Person", "Group", "ArmedGroup")
"""Classes whose nouns are counted."""
WITHIN = 3
"""Words between a number and the noun that it counts: "2,000 heavily armed soldiers"."""
NEAR = 30
"""Characters between an amount and how it has changed: "$5 billion, up 12%"."""
_FROM_TO = re.compile(r"\d\s*(?:-|–|\bto\b)\s*[$€£]?$")


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity in a parsed paragraph (its span counts from the paragraph's start), and the token by which it hangs."""

    quantity: Quantity
    root: Token


class Measures:
    """The words of amounts, from language.ttl and Babel; built once."""

    def __init__(self, ontology: Ontology) -> None:
        """Reads the list under "amounts" of *ontology*, and its numerals."""
        self._read_values(ontology)
        self._read_units(ontology)
        self._number = re.compile(self._number_pattern())
        self._unit = re.compile(rf"[-\s]?(?P<unit>{_any(self._units)})(?:e?s)?(?!\w)", re.IGNORECASE)
        filling = rf"(?:(?:{_any(ontology.words('filling', 'word'))})\s+)*"
        self._before = re.compile(rf"\b(?P<word>{_any(self._signs)})\s+{filling}$", re.IGNORECASE)
        self._after = re.compile(rf"\s+(?:[^\W\d][\w-]*\s+)?(?P<word>{_any(self._signs_after)})\b", re.IGNORECASE)
        self._by_part = re.compile(rf"\bby\s+{filling}(?P<part>{_any(self._fractions)})\b", re.IGNORECASE)

    def _read_values(self, ontology: Ontology) -> None:
        """Words with their numbers: "dozen", "million", "half", "rose" (+1), "down" (-1)."""
        decimals = ontology.decimals
        self._numbers = decimals("Numeral", "word", "value")
        self._magnitudes = decimals("Magnitude", "word", "value")
        self._fractions = decimals("Fraction", "word", "value")
        self._signs = ontology.numbers("Change", "before", "sign")
        self._signs_after = ontology.numbers("Change", "after", "sign")

    def _read_units(self, ontology: Ontology) -> None:
        """Currencies, measures ("mln tonnes" count as tonnes so many times), and the nouns of what is counted."""
        listed = ontology.listed
        self._times = ontology.decimals("Measure", "word", "times")
        self._symbols = _babel_symbols() | dict(listed("Currency", "symbol", "code"))
        self._units = {w.casefold(): code for w, code in _babel_names()}
        self._units |= {w.casefold(): code for cls in ("Currency", "Measure") for w, code in listed(cls, "word", "code")}
        beings = {noun for noun, cls in ontology.noun_classes.items() if cls in BEINGS}
        self._counted = (beings | ontology.words("counted", "noun")) - ontology.words("bothSides", "noun")

    def _number_pattern(self) -> str:
        """A number in digits or words, with the symbol of a currency and a magnitude: "$1.54 billion", "two million"."""
        digits = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?!,\d)|\d+,\d{1,2}(?!\d)"
        tens = [w for w, n in self._numbers.items() if n >= 20]
        ones = [w for w, n in self._numbers.items() if n < 10]
        words = rf"(?:{_any(tens)})[-\s](?:{_any(ones)})|{_any(self._numbers)}"
        number = rf"(?:(?P<symbol>{_any(self._symbols)})\s?)?(?P<digits>{digits})|(?i:\b(?P<words>{words}|half\s+a)\b)"
        magnitude = rf"(?:[-\s]?(?i:(?P<magnitude>{_any(self._magnitudes)}))\b)?"
        return rf"(?<![\w.,/])(?:{number}){magnitude}(?P<trailing>\s?[€£₽₴])?"

    def find(self, doc: Doc) -> tuple[Counted, ...]:
        """The quantities of a paragraph, in order, with how they have changed."""
        text = doc.text
        found = [one for match in self._number.finditer(text) if (one := self._read(match, text, doc)) is not None]
        found += [one for match in self._by_part.finditer(text) if (one := self._part(match, doc)) is not None]
        return tuple(_with_changes(sorted(found, key=lambda c: c.quantity.span.start), doc))

    # -- one of them ---------------------------------------------------------------------------

    def _read(self, match: re.Match[str], text: str, doc: Doc) -> Counted | None:
        """The number with its unit; None for a number of nothing we count, or a part of a time."""
        value = self._value(match)
        if value is None or _FROM_TO.search(text, max(0, match.start() - NEAR), match.start()):
            return None  # "10 to 15 tonnes" is no definite number
        if match["symbol"] or match["trailing"]:
            code = self._symbols[match["symbol"] or match["trailing"].strip()]
            return _counted(doc, match.start(), match.end(), value, code)
        unit = self._unit.match(text, match.end())
        if unit is not None:
            word = " ".join(unit["unit"].casefold().split())
            code = self._units[word]
            one = _counted(doc, match.start(), unit.end(), value * self._times.get(word, Decimal(1)), code)
            return self._changed(one, text) if one is not None and code == PERCENT else one
        noun = self._noun(doc, match) if value != 1 else None  # "one official" is somebody, not an amount
        return _counted(doc, match.start(), noun.idx + len(noun), value, _plural(noun)) if noun is not None else None

    def _value(self, match: re.Match[str]) -> Decimal | None:
        """The number that digits or words say; None for words that say none: "a", "half a" without a magnitude."""
        times = self._magnitudes[match["magnitude"].lower()] if match["magnitude"] else Decimal(1)
        if digits := match["digits"]:
            comma = "." if re.fullmatch(r"\d+,\d{1,2}", digits) else ""  # a decimal comma: "2,5%"
            return Decimal(digits.replace(",", comma)) * times
        words = " ".join(match["words"].lower().split())
        if words == "half a":
            return times / 2 if match["magnitude"] else None
        parts = words.replace("-", " ").split()
        if not all(part in self._numbers for part in parts) or (parts in (["a"], ["an"]) and not match["magnitude"]):
            return None
        return Decimal(sum(self._numbers[part] for part in parts)) * times

    def _noun(self, doc: Doc, match: re.Match[str]) -> Token | None:
        """The noun of beings or things that the number counts."""
        span = doc.char_span(match.start(), match.end())
        if span is None or span.root.ent_type_ in TIMES:
            return None
        for token in doc[span.end : span.end + WITHIN + 1]:
            if not token.text.replace("-", "").isalpha() or token.ent_type_ in TIMES:
                return None
            if token.pos_ == "NOUN" and token.lemma_.lower() in self._counted and token.dep_ != "compound":
                return token
            if token.tag_ == "NNPS" and token.ent_type_ == "NORP":  # "1.4 million Ukrainians"
                return token
            if token.pos_ not in ("ADJ", "PROPN", "NOUN", "ADV", "VERB"):
                return None
        return None

    def _changed(self, one: Counted, text: str) -> Counted:
        """A percentage by which something has grown or fallen."""
        start, end, *_ = one.quantity.span
        before = self._before.search(text, max(0, start - NEAR), start)
        if before is not None:
            sign = self._signs[before["word"].lower()]
        else:
            after = self._after.match(text, end)
            if after is None:
                return one
            sign = self._signs_after[after["word"].lower()]
        return replace(one, quantity=replace(one.quantity, change=sign * one.quantity.value))

    def _part(self, match: re.Match[str], doc: Doc) -> Counted | None:
        """ "fell by a third"."""
        one = _counted(doc, match.start("part"), match.end("part"), self._fractions[match["part"].lower()], PERCENT)
        changed = self._changed(one, match.string) if one is not None else None
        return changed if changed is not None and changed.quantity.change is not None else None


def _with_changes(found: list[Counted], doc: Doc) -> Iterator[Counted]:
    """A change beside an amount is that amount's: "rose 12% to $5 billion", "50 tonnes, down 3 pct"."""
    changes = [one for one in found if one.quantity.unit == PERCENT and one.quantity.change is not None]
    used: list[Counted] = []
    for one in found:
        if one.quantity.unit == PERCENT:
            continue
        near = [c for c in changes if c not in used and _distance(one, c) <= NEAR and _in_one_sentence(one.root, c.root)]
        best = min(near, key=lambda c: _distance(one, c), default=None)
        if best is not None:
            used.append(best)
            one = replace(one, quantity=replace(one.quantity, change=best.quantity.change))
        yield one
    yield from (one for one in found if one.quantity.unit == PERCENT and one not in used)


def _distance(one: Counted, other: Counted) -> int:
    """Characters between two quantities."""
    a, b = one.quantity.span, other.quantity.span
    return max(a.start - b.end, b.start - a.end)


def _in_one_sentence(one: Token, other: Token) -> bool:
    first, last = sorted((one.i, other.i))
    return not any(token.is_sent_start for token in one.doc[first + 1 : last + 1])


def _counted(doc: Doc, start: int, end: int, value: Decimal, unit: str) -> Counted | None:
    span = doc.char_span(start, end)
    if span is None:
        return None
    quantity = Quantity(Span(start, end, doc.text[start:end]), _plain(value), unit)
    return Counted(quantity, span.root)


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros, and without an exponent."""
    return Decimal(f"{value.normalize():f}")


def _plural(noun: Token) -> str:
    """What is counted, as a word in the plural: "soldier" and "soldiers" are soldiers."""
    if noun.tag_ == "NNPS":
        return noun.text
    return noun.lower_ if noun.tag_ == "NNS" else f"{noun.lemma_.lower()}s"


def _any(words: Iterable[str]) -> str:
    listed = sorted(set(words), key=lambda w: (-len(w), w))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in listed) or "(?!)"  # of none it fits nothing


def _babel_names() -> Iterator[tuple[str, str]]:
    for code in sorted(Locale("en").currencies):
        yield get_currency_name(code, 1, "en"), code
        yield get_currency_name(code, 2, "en"), code


def _babel_symbols() -> dict[str, str]:
    return {symbol: code for code, symbol in Locale("en").currency_symbols.items() if not symbol.isalpha()}
