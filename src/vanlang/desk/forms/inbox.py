"""
The address of a list: everything that narrows, orders and shapes it stands after the question mark.

So a list can be kept as a bookmark, sent to a colleague, saved under a name, and gone back to. What is not understood
is left out: an old bookmark still opens.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from vanlang.desk import labels
from vanlang.dossiers.api import Channel, InboxFilter, InboxQuery, InboxSort, State

_FILTER_OF = {word: kind for kind, (word, _) in labels.LISTS.items()}
FOLLOWED = "theo-doi"
SORTS = {"han": InboxSort.DUE, "den": InboxSort.ARRIVED, "chuyen": InboxSort.MOVED}
DAYS = (0, 2, 5, 10, 30)
"""Choices of "due within"."""
_COLUMN = "v-"
_OWN = (
    "loc",
    "q",
    "linh-vuc",
    "thu-tuc",
    "kenh",
    "don-vi",
    "nguoi",
    "trang-thai",
    "han",
    "xep",
    "cot",
    "sau",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxAddress:
    """One list, as its address says it. Empty parts narrow nothing."""

    word: str = ""
    """Which list: a word of `labels.LISTS`, or `FOLLOWED`."""
    text: str = ""
    field: str = ""
    procedure: str = ""
    channel: Channel | None = None
    unit_id: int | None = None
    officer_id: int | None = None
    state: State | None = None
    days: int | None = None
    sort: str = ""
    """A word of `SORTS`, with "-" in front for the latest first; empty: as the list has it."""
    columns: tuple[str, ...] = ()
    """Words of `labels.COLUMNS` in their order; empty: the usual ones."""
    after: str = ""

    @property
    def filter(self) -> InboxFilter:
        usual = InboxFilter.ALL if self.text or self.word == FOLLOWED else InboxFilter.MINE
        return _FILTER_OF.get(self.word, usual)

    @property
    def is_narrowed(self) -> bool:
        parts = (
            self.text,
            self.field,
            self.procedure,
            self.channel,
            self.unit_id,
            self.officer_id,
            self.state,
        )
        return any(part not in {"", None} for part in parts) or self.days is not None

    @property
    def shown_columns(self) -> tuple[str, ...]:
        return self.columns or labels.USUAL_COLUMNS

    @property
    def order(self) -> tuple[InboxSort, bool]:
        """By what the list is ordered, and whether the latest stands first."""
        if self.sort:
            return SORTS[self.sort.removeprefix("-")], self.sort.startswith("-")
        return (InboxSort.MOVED, True) if self.filter is InboxFilter.ALL else (InboxSort.DUE, False)

    def query(
        self, *, procedure_codes: Collection[str] | None = None, only: Collection[uuid.UUID] | None = None
    ) -> InboxQuery:
        """Return what the list asks of `dossiers`."""
        codes = None if procedure_codes is None else frozenset(procedure_codes)
        if self.procedure:
            codes = frozenset({self.procedure})
        sort, last_first = self.order
        return InboxQuery(
            filter=self.filter,
            text=self.text,
            channel=self.channel,
            procedure_codes=codes,
            unit_id=self.unit_id,
            holder_id=self.officer_id,
            state=self.state,
            due_in_days=self.days,
            only=None if only is None else frozenset(only),
            sort=sort,
            last_first=last_first,
        )

    def href(self, **changes: object) -> str:
        """Return the part of an address after the path, with some parts changed; from its first line on."""
        changed = replace(self, **{"after": "", **changes})  # type: ignore[arg-type] # parts by name
        return "?" + urlencode(changed.parts())

    def parts(self) -> dict[str, str]:
        """Return the parts that are not empty. `read` is the inverse."""
        found = {
            "loc": self.word,
            "q": self.text,
            "linh-vuc": self.field,
            "thu-tuc": self.procedure,
            "kenh": self.channel.value if self.channel else "",
            "don-vi": _written(self.unit_id),
            "nguoi": _written(self.officer_id),
            "trang-thai": self.state.value if self.state else "",
            "han": _written(self.days),
            "xep": self.sort,
            "cot": ",".join(self.columns),
            "sau": self.after,
        }
        return {name: value for name, value in found.items() if value}


def read(given: Mapping[str, str]) -> InboxAddress:
    """Return the list that an address names."""
    sort = given.get("xep", "")
    columns = tuple(dict.fromkeys(word for word in given.get("cot", "").split(",") if word in labels.COLUMNS))
    return InboxAddress(
        word=word if (word := given.get("loc", "")) in {*_FILTER_OF, FOLLOWED} else "",
        text=given.get("q", "").strip(),
        field=given.get("linh-vuc", ""),
        procedure=given.get("thu-tuc", "").strip(),
        channel=Channel(kind) if (kind := given.get("kenh", "")) in set(Channel) else None,
        unit_id=_number(given.get("don-vi", "")),
        officer_id=_number(given.get("nguoi", "")),
        state=State(state) if (state := given.get("trang-thai", "")) in set(State) else None,
        days=_number(given.get("han", "")),
        sort=sort if sort.removeprefix("-") in SORTS else "",
        columns=() if columns == labels.USUAL_COLUMNS else columns,
        after=given.get("sau", ""),
    )


def is_empty(given: QueryDict) -> bool:
    """Tell whether an address names no list at all: the officer's default opens."""
    return not any(name in given for name in _OWN)


def chosen_columns(given: QueryDict) -> tuple[str, ...] | None:
    """Return the columns in the order of the numbers chosen for them; None when nobody chose."""
    places = {
        name.removeprefix(_COLUMN): _number(value)
        for name, value in given.dict().items()
        if isinstance(value, str)
        and name.startswith(_COLUMN)
        and name.removeprefix(_COLUMN) in labels.COLUMNS
    }
    if not places:
        return None
    known = list(labels.COLUMNS)
    placed = [(place, known.index(word), word) for word, place in places.items() if place]
    return tuple(word for _, _, word in sorted(placed))


def _written(number: int | None) -> str:
    return "" if number is None else str(number)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
