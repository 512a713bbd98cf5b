from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from vanlang.calendars import api as calendars
from vanlang.catalogue.api import list_procedures
from vanlang.desk import labels
from vanlang.desk.types import InboxLine
from vanlang.dossiers.api import CHANNELS, SeatCard, Timeliness

_RUNNING = {Timeliness.RUNNING, Timeliness.DUE_SOON, Timeliness.OVERDUE}


def inbox_lines(
    cards: Iterable[SeatCard], *, agency_id: int | None, at: dt.datetime
) -> tuple[InboxLine, ...]:
    """Return lists' lines with the time left in words, counted in the reader's own office days. One query."""
    cards = list(cards)
    if not cards:
        return ()
    calendar = calendars.calendar_of(agency_id)
    return tuple(
        InboxLine(
            card=card,
            left=_left(calendar, card.timeliness, card.timeliness_label, card.due_at, at),
            tone=labels.TONE_OF[card.timeliness],
            channel=CHANNELS[card.channel],
        )
        for card in cards
    )


def time_left(
    *, agency_id: int, timeliness: Timeliness, label: str, due_at: dt.datetime | None, at: dt.datetime
) -> str:
    """Return the time left of one dossier in words."""
    return _left(calendars.calendar_of(agency_id), timeliness, label, due_at, at)


def _left(
    calendar: calendars.WorkCalendar,
    timeliness: Timeliness,
    label: str,
    due_at: dt.datetime | None,
    at: dt.datetime,
) -> str:
    if timeliness in _RUNNING and due_at is not None:
        return calendars.badge(calendars.remaining(calendar, due_at=due_at, at=at))
    return "tạm dừng" if timeliness is Timeliness.PAUSED else label.lower()


def procedure_codes_of_field(field: str, *, on: dt.date) -> frozenset[str]:
    """Return the codes of the procedures of a field of administration."""
    return frozenset(card.code for card in list_procedures(on, field=field))
