"""The entities of the ledger, as any other graph has them, looked up when they are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from kgbuild.graph.entities import (
    Entities,
    Entity,
)
from kgbuild.graph.identity import Identity
from kgbuild.graph.ledger import Ledger
from kgbuild.graph.mentions import Resolution, Resolutions
from kgbuild.graph.profiles import NAMESAKE, as_read
from kgbuild.graph.tenures import Seat, TenureKey, seat_alone
from kgbuild.model import Mention
from kgbuild.ontology import Ontology

NAMED = 8192
"""So many names of entities are held."""

MET = msgspec.msgpack.Decoder(tuple[dict[str, int], dict[str, int], dict[str, int]])


class Known(Entities):
    """The entities of the ledger, looked up when they are asked for."""

    def __init__(self, ledger: Ledger, ontology: Ontology) -> None:
        canonical: dict[str, str] = dict(ledger.rows("SELECT id, known_by FROM canonical"))
        super().__init__(ontology, identity=Identity(canonical, (), ()), resolutions=Resolutions(_Resolved(self)))  # type: ignore[arg-type]
        self.ledger = ledger
        self.by_id = _ById(ledger)  # type: ignore[assignment]
        self.knows_holders = True
        """Whether it is known by now who held which office when."""
        self._named: dict[str, tuple[str, str]] = {}

    def label(self, entity: str) -> str:
        return self._called(entity)[1]

    def cls(self, entity: str) -> str:
        return self._called(entity)[0]

    def _called(self, entity: str) -> tuple[str, str]:
        if entity not in self._named:
            if len(self._named) > NAMED:
                self._named.clear()
            known = self.ontology.known(entity)
            row = None if known else self.ledger.row("SELECT cls, label FROM entity WHERE id = ?", entity)
            plain = "Thing", entity.rsplit("/", 1)[-1].replace("_", " ")
            self._named[entity] = (known.cls, known.label) if known else row or plain
        return self._named[entity]

    def forget(self, entity: str) -> None:
        """Look it up again when it is asked for next."""
        self._named.pop(entity, None)

    def home(self, entity: str) -> str:
        """Whom a person acts for where a claim does not say it; else himself."""
        row = self.ledger.row("SELECT party FROM home WHERE id = ?", entity)
        return row[0] if row else entity


class _ById(Mapping[str, Entity]):
    """The entities that mentions denote, or offices are said of, by id."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def __getitem__(self, entity: str) -> Entity:
        rows = self._ledger.rows("SELECT said FROM met WHERE id = ?", entity)
        if not rows and not self._in_tenure(entity):
            raise KeyError(entity)
        found = Entity(entity)
        for (said,) in rows:
            found.add(Entity(entity, *map(Counter, MET.decode(said))))
        return found

    def __contains__(self, entity: object) -> bool:
        row = self._ledger.row("SELECT 1 FROM met WHERE id = ?", entity)
        return row is not None or self._in_tenure(entity)

    def _in_tenure(self, entity: object) -> bool:
        asked = (f"SELECT 1 FROM tenure WHERE {part} = ? LIMIT 1" for part in TenureKey._fields)
        return any(self._ledger.row(sql, entity) for sql in asked)

    def __iter__(self) -> Iterator[str]:
        return (row[0] for row in self._ledger.each("SELECT id FROM entity ORDER BY id"))

    def __len__(self) -> int:
        [(number,)] = self._ledger.rows("SELECT count(*) FROM entity")
        return int(number)


class _Resolved:
    """By article, the mentions that other articles decide on; like `Resolutions.by_article`, looked up when asked for."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._last: tuple[str, bool, Any] = ("", False, None)

    def get(self, article: str) -> _ResolvedHere:
        key = article, self._known.knows_holders
        if self._last[:2] != key:
            self._last = (*key, _ResolvedHere(self._known, article))
        found: _ResolvedHere = self._last[2]
        return found


class _ResolvedHere:
    def __init__(self, known: Known, article: str) -> None:
        self._ontology = known.ontology
        ledger = known.ledger
        rows = ledger.rows("SELECT id, meant FROM part WHERE article = ? AND meant != id", article)
        self._namesakes: dict[str, str] = dict(rows)
        rows = ledger.rows("SELECT office, of, holder, why FROM alone WHERE article = ? AND holder NOT NULL", article)
        self._holders = {Seat(o, of): Resolution((e,), why) for o, of, e, why in rows if known.knows_holders}

    def get(self, mention: Mention) -> Resolution | None:
        if len(mention.entities) == 1:
            other = self._namesakes.get(mention.entities[0])
            return Resolution((other,), NAMESAKE) if other and as_read(mention, self._ontology).shared else None
        seat = seat_alone(mention, self._ontology) if self._holders else None
        return self._holders.get(seat) if seat else None
