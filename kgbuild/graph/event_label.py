"""What an event is called: its type, who to whom, and its day: "Visit: Sergey Lavrov → Serbia, 2014-12-19"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kgbuild.graph.claim_view import ClaimView
from kgbuild.graph.entities import Entities
from kgbuild.model import Mention, When

MOST = 6
"""So many names stand in a group of them."""
LONGEST = 40
"""So many characters of a mention's words stand for somebody without a name."""


def label(
    noun: str,
    views: Sequence[ClaimView],
    entities: Entities,
    filled: Callable[[str], Iterable[str]],
    *,
    when: When | None,
    reported: str | None,
) -> str:
    """*noun* with those who act and those acted on, as *filled* has them by role, and the time, else the day on which it was
    first *reported*.

    Who is not known by a name goes by the words of the text, unless these stand for somebody else ("they"). Where nobody is
    named or described, it is called by its topic, cause or place.
    """
    names = Naming(views, entities, filled)
    doing = names.of("actor") + names.of("participant")
    to = names.of("recipient") or names.of("theme")
    if not doing and not to:
        doing = next((found for role in ("topic", "cause", "place") if (found := names.of(role))), [])
    said = f"{noun}: {listed(doing)}" if doing else noun
    said += f" → {listed(to)}" if to else ""
    day = when.edtf if when else f"reported {reported}" if reported else ""
    return f"{said}, {day}" if day else said


class Naming:
    """The names of those who fill the roles of an event, as *filled* has them, and the words of those without a name."""

    def __init__(self, views: Sequence[ClaimView], entities: Entities, filled: Callable[[str], Iterable[str]]) -> None:
        self._views, self._entities, self._filled = views, entities, filled
        self._pronouns = entities.ontology.words("standIn", "word")

    def of(self, role: str) -> list[str]:
        """The names of the entities in *role*, and the words of those without a name, from the claim with most of these."""
        named = [self._entities.label(entity) for entity in self._filled(role)]
        described = max((self._described(view, role) for view in self._views), key=len, default=[])
        return list(dict.fromkeys([*named, *described]))

    def _described(self, view: ClaimView, role: str) -> list[str]:
        mentions = (m for m in view.claim.role(role) if not m.represents and not self._entities.of(view.reading, m))
        return [words for m in mentions if (words := shortened(_words(m))).casefold() not in self._pronouns and words]


def _words(mention: Mention) -> str:
    return mention.name or mention.span.words


def shortened(text: str) -> str:
    """The first words of *text*, LONGEST characters at most, on one line; a longer word is cut."""
    words = " ".join(text.split())
    if len(words) <= LONGEST:
        return words
    return (words[: LONGEST + 1].rsplit(" ", 1)[0] if " " in words[: LONGEST + 1] else words[:LONGEST]).rstrip(" ,;:-–—")


def listed(names: Iterable[str]) -> str:
    """*names* by commas, MOST of them, and how many more there are."""
    names = list(names)
    rest = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return ", ".join(names[:MOST]) + rest
