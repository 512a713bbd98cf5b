"""A list that is as long as it is, and costs only what is looked at: rows of the database, drawn as cards when they are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar, overload

from django.db.models import QuerySet
from typing_extensions import override

Row = TypeVar("Row")
Card = TypeVar("Card")


class Drawn(Sequence[Card], Generic[Row, Card]):
    """
    The cards of `rows`, in their order. A stretch is one query, and its length one more; nothing is cut off unseen.

    `draw` turns a stretch of rows into as many cards. `vanlang.ui.rendering.paginate` takes it as it is.
    """

    def __init__(self, rows: QuerySet[Any, Row], draw: Callable[[Sequence[Row]], Sequence[Card]]) -> None:
        self._rows, self._draw = rows, draw

    @override
    def __len__(self) -> int:
        return self._rows.count()

    @overload
    def __getitem__(self, index: int) -> Card: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Card]: ...
    @override
    def __getitem__(self, index: int | slice) -> Card | Sequence[Card]:
        if isinstance(index, slice):
            return self._draw(list(self._rows[index]))
        return self._draw([self._rows[index]])[0]

    @override
    def __iter__(self) -> Any:
        return iter(self._draw(list(self._rows)))
