"""What a build holds of an article finds its text again, and knows a damaged record."""

from __future__ import annotations

from contextlib import closing

from kgbuild.kept_articles import FoundArticles, compressed, is_sound, packed
from kgbuild.model import Article, Block


def article(number: int) -> Article:
    text = "Norway met Iceland. " * number
    return Article(f"{number}", text, (Block("body", 0, len(text)),), f"{number}" * 64, f"{number}.txt")


def test_an_article_that_was_found_is_found_again_whatever_came_after() -> None:
    with closing(FoundArticles()) as found:
        places = [found.put(article(number)) for number in (1, 2, 3)]
        assert [found.article(place) for place in reversed(places)] == [article(3), article(2), article(1)]


def test_a_record_with_one_other_byte_is_not_sound() -> None:
    for record in (packed("Norway met Iceland."), compressed("Norway met Iceland.")):
        assert is_sound(record)
        assert not any(is_sound(record[:n] + bytes([record[n] ^ 1]) + record[n + 1 :]) for n in range(len(record)))
