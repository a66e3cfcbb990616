"""What merging asks of a reading: its day, each of its mentions once, and whom these mean where other articles decide it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kgbuild.model import Mention, Reading


class Resolution(NamedTuple):
    """Whom a mention means by what other articles say, and why."""

    entities: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Resolutions:
    """The mentions for which other articles decide whom they mean, each known by its article and itself.

    A mention alone is no key: where two articles of different years begin with "The Bolivian energy minister", the mentions
    are equal, offsets and all, and each means the minister of its day.
    """

    by_article: Mapping[str, Mapping[Mention, Resolution]] = field(default_factory=dict)
    """The IRI of an article -> its mentions that are resolved; articles without any are left out."""

    @classmethod
    def of(cls, found: Iterable[tuple[Reading, Mention, Resolution]]) -> Resolutions:
        """Those *found*; of two for one mention of one article the last counts."""
        by_article: defaultdict[str, dict[Mention, Resolution]] = defaultdict(dict)
        for reading, mention, resolution in found:
            by_article[reading.article.iri][mention] = resolution
        return cls(dict(by_article))

    def __or__(self, other: Resolutions) -> Resolutions:
        """Those of both; *other* counts where both resolve one mention."""
        articles = sorted({*self.by_article, *other.by_article})
        return Resolutions({iri: {**self.by_article.get(iri, {}), **other.by_article.get(iri, {})} for iri in articles})

    def get(self, reading: Reading, mention: Mention) -> Resolution | None:
        """What other articles than *reading* decide of its *mention*; None where they decide nothing."""
        of_article = self.by_article.get(reading.article.iri)
        return of_article.get(mention) if of_article else None

    def entities(self, reading: Reading, mention: Mention) -> tuple[str, ...]:
        """The ids that a mention of *reading* denotes, before any are merged: as resolved, else as read."""
        resolution = self.get(reading, mention)
        return mention.entities if resolution is None else resolution.entities

    def reason(self, reading: Reading, mention: Mention) -> str:
        """Why a mention of *reading* denotes them."""
        resolution = self.get(reading, mention)
        return mention.reason if resolution is None else resolution.why


def day_of(reading: Reading) -> str:
    """The day of an article as an ISO date, "2014-12-19"; empty where the article has no date."""
    return reading.article.issued[:10] if reading.article.issued else ""


def all_mentions(reading: Reading) -> list[Mention]:
    """Every mention of a reading once: those that it lists, then those in roles of claims, and speakers."""
    found = dict.fromkeys(reading.mentions)
    for claim in reading.claims:
        found |= dict.fromkeys(role.mention for role in claim.roles)
        if claim.stance.speaker is not None:
            found[claim.stance.speaker] = None
    return list(found)
