"""Articles read one after the other, each in a net: one that cannot be read costs itself alone, not its neighbours."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from kgbuild.errors import KgbuildError, Problem
from kgbuild.model import Article, Reading
from kgbuild.net import LimitReached, caught, limited, problem_of


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An article that could not be read, and why."""

    article: Article
    problem: Problem


class Reads(Protocol):
    """What reads articles, in order: a Reader."""

    def read(self, articles: Iterable[Article], /) -> Iterator[Reading]:
        """The reading of each."""


def read_each(reader: Reads, articles: Iterable[Article]) -> Iterator[Reading | LeftOut]:
    """The reading of each article, in order, or why there is none. Raises KgbuildError as reading, or *articles*, does.

    Articles are parsed together; when that fails, those that had been taken for it are read again one by one.
    """
    stream = _Stream(iter(articles))
    more = True
    while more:
        readings = reader.read(stream)
        try:
            while more:
                with limited():
                    reading = next(readings, None)
                if reading is None:
                    more = False
                else:
                    stream.taken.popleft()
                    yield reading
        except KgbuildError:
            raise
        except (Exception, LimitReached) as error:
            if stream.failed is not None:
                raise stream.failed from None
            if len(stream.taken) == 1:
                article = stream.taken.popleft()
                yield LeftOut(article, problem_of(article.source, error))
        while stream.taken:
            yield _alone(reader, stream.taken.popleft())


class _Stream:
    """The articles to come; it remembers those that were taken and not yet answered, and what its source raised."""

    def __init__(self, articles: Iterator[Article]) -> None:
        self.taken: deque[Article] = deque()
        self.failed: Exception | None = None
        self._articles = articles

    def __iter__(self) -> Iterator[Article]:
        return self

    def __next__(self) -> Article:
        try:
            article = next(self._articles)
        except StopIteration:
            raise
        except Exception as error:
            self.failed = error
            raise
        self.taken.append(article)
        return article


def _alone(reader: Reads, article: Article) -> Reading | LeftOut:
    problems: list[Problem] = []
    with caught(article.source, problems.append):
        for reading in reader.read([article]):
            return reading
        raise RuntimeError("no reading came of it")
    return LeftOut(article, problems[0])
