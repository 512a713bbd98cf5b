"""What stands around a list: its tabs, what it can be narrowed by, its columns, and the lists under a name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vanlang.catalogue.api import list_fields, list_procedures
from vanlang.desk import labels
from vanlang.desk.forms.inbox import DAYS, FOLLOWED, SORTS, InboxAddress
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Channel, InboxFilter, State
from vanlang.identity.api import Actor, AppointmentCard, Role, get_appointments, list_officers
from vanlang.organizations.api import UnitCard, UnitKind, list_units
from vanlang.teamwork.api import ViewCard, list_views
from vanlang.ui.types import Choice

_DAY_WORDS = {0: "Hôm nay"}
MANY_OFFICERS = 200
"""Where an agency has more, a list offers those of one unit: nobody finds a name among thousands, and every page carried them all."""


@dataclass(frozen=True, slots=True)
class Tab:
    text: str
    href: str
    current: bool
    count: int | None


@dataclass(frozen=True, slots=True)
class Column:
    """A heading: where it leads when the list can be ordered by it, and how it is ordered now."""

    word: str
    text: str
    href: str
    direction: str
    """As ARIA says it: "ascending", "descending" or empty."""
    place: int
    """From 1 in the order shown; 0 for one that is not."""


@dataclass(frozen=True, slots=True)
class SavedList:
    """A list under a name, and where it leads."""

    view: ViewCard
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list can be narrowed by: choices for each field of the filter."""

    fields: tuple[Choice, ...]
    procedures: tuple[Choice, ...]
    channels: tuple[Choice, ...]
    units: tuple[Choice, ...]
    officers: tuple[Choice, ...]
    states: tuple[Choice, ...]
    days: tuple[Choice, ...]
    officers_hint: str = ""
    """Whose names are offered, where they are not all."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Units and officers of the reader's agency: asked once for filters and acts on many."""

    units: tuple[UnitCard, ...]
    officers: tuple[AppointmentCard, ...]
    of_unit: str = ""
    """The unit whose officers these are; empty where they are all of the agency's."""

    @classmethod
    def of(
        cls, actor: Actor, on: dt.date, *, unit_id: int | None = None, officer_id: int | None = None
    ) -> Staff:
        """Return the agency's staff; of a large agency the officers of a unit (else the reader's own), and the one chosen."""
        if actor.agency_id is None:
            return cls((), ())
        units = tuple(list_units(actor.agency_id, on))
        officers = list_officers(actor.agency_id, on, at_most=MANY_OFFICERS + 1)
        if len(officers) <= MANY_OFFICERS:
            return cls(units, tuple(officers))
        shown = unit_id or actor.unit_id
        few = list_officers(actor.agency_id, on, unit_id=shown, at_most=MANY_OFFICERS)
        if officer_id and officer_id not in {card.id for card in few}:
            chosen = get_appointments([officer_id]).values()
            few += [card for card in chosen if card.agency_id == actor.agency_id]
        return cls(
            units, tuple(few), next((unit.name for unit in units if unit.id == shown), "đơn vị đã chọn")
        )

    def specialist_units(self) -> list[Choice]:
        return [Choice(str(unit.id), unit.name) for unit in self.units if unit.kind is UnitKind.SPECIALIST]

    def specialists(self) -> list[Choice]:
        return [_officer(card) for card in self.officers if Role.SPECIALIST in card.roles]


def tabs(address: InboxAddress, counts: dict[InboxFilter, int]) -> list[Tab]:
    """Return the lists that there are, each with how many wait there."""
    text = address.text
    kept = InboxAddress(text=text, columns=address.columns)
    return [
        Tab(
            label,
            kept.href(word=word),
            address.filter is kind and address.word != FOLLOWED,
            None if text else counts.get(kind),
        )
        for kind, (word, label) in labels.LISTS.items()
    ]


def followed_tab(address: InboxAddress) -> Tab:
    """Return the way to the starred dossiers: it stands with the lists under a name."""
    kept = InboxAddress(text=address.text, columns=address.columns)
    return Tab("Theo dõi", kept.href(word=FOLLOWED), address.word == FOLLOWED, None)


def columns(address: InboxAddress) -> tuple[Column, ...]:
    """Return every column, the shown ones first and in their order."""
    shown = address.shown_columns
    ordered = [*shown, *(word for word in labels.COLUMNS if word not in shown)]
    return tuple(_column(word, address) for word in ordered)


def narrowing(address: InboxAddress, staff: Staff, on: dt.date) -> Narrowing:
    """Return the choices of the filter. Procedures are those of the field, else the frequent ones."""
    procedures = list_procedures(on, field=address.field, only_frequent=not address.field)
    offered = [Choice(card.code, f"{card.code} {card.name}") for card in procedures]
    if address.procedure and address.procedure not in {one.value for one in offered}:
        offered.insert(0, Choice(address.procedure, address.procedure))
    return Narrowing(
        fields=(Choice("", "Mọi lĩnh vực"), *(Choice(card.name, card.name) for card in list_fields(on))),
        procedures=(Choice("", "Mọi thủ tục"), *offered),
        channels=(
            Choice("", "Mọi kênh"),
            *(Choice(kind.value, dossiers.CHANNELS[kind]) for kind in Channel),
        ),
        units=(Choice("", "Mọi đơn vị"), *(Choice(str(unit.id), unit.name) for unit in staff.units)),
        officers=(Choice("", "Mọi người"), *(_officer(card) for card in staff.officers)),
        states=(
            Choice("", "Mọi tình trạng"),
            *(Choice(state.value, dossiers.STATES[state]) for state in State if state is not State.DRAFT),
        ),
        days=(
            Choice("", "Bất kỳ"),
            *(Choice(str(days), _DAY_WORDS.get(days, f"{days} ngày tới")) for days in DAYS),
        ),
        officers_hint=f"Đang có tên người của {staff.of_unit}; chọn đơn vị khác rồi bấm Lọc."
        if staff.of_unit
        else "",
    )


def saved_lists(actor: Actor, address: InboxAddress) -> list[SavedList]:
    """Return the lists under a name that the officer sees."""
    here = address.href().removeprefix("?")
    return [SavedList(view, "?" + view.address, view.address == here) for view in list_views(actor)]


def _column(word: str, address: InboxAddress) -> Column:
    shown = address.shown_columns
    place = shown.index(word) + 1 if word in shown else 0
    if word not in SORTS:
        return Column(word, labels.COLUMNS[word], "", "", place)
    sort, last_first = address.order
    is_sorted = SORTS[word] is sort
    onward = f"-{word}" if is_sorted and not last_first else word
    direction = ("descending" if last_first else "ascending") if is_sorted else ""
    return Column(word, labels.COLUMNS[word], address.href(sort=onward), direction, place)


def _officer(card: AppointmentCard) -> Choice:
    return Choice(str(card.id), f"{card.name} ({card.unit_name})")
