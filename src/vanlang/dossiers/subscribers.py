"""
What dossiers hear: from the house, that the calendar changed; from themselves, what their people must be told.

After a change of the calendar a handler only files a job: counting a province again takes longer than the transaction
that delivers an event may. Of the rest `services/notices.py` has the table.
"""

from __future__ import annotations

from collections.abc import Iterable

from vanlang.calendars.api import DaysChanged, OfficeHoursChanged
from vanlang.dossiers.events import DossierEvent
from vanlang.dossiers.jobs import recount_dossiers
from vanlang.dossiers.rules.periods import FAR, Period, periods_of
from vanlang.dossiers.services.notices import NOTICES, notify
from vanlang.kernel.events import subscribe


@subscribe(DaysChanged)
def count_again_after_days(event: DaysChanged) -> None:
    """Days off or make-up days mean something else, for every agency."""
    _defer(event.version, periods_of(event.dates()), None)


@subscribe(OfficeHoursChanged)
def count_again_after_hours(event: OfficeHoursChanged) -> None:
    """Hours changed from a day on. Without agency they are the default, on which agencies with own hours may rest too."""
    _defer(event.version, ((event.from_on, FAR),), event.agency_id)


def _defer(version: int, periods: Iterable[Period], agency_id: int | None) -> None:
    written = [(begins.isoformat(), ends.isoformat()) for begins, ends in periods]
    recount_dossiers.defer(version=version, periods=written, agency_id=agency_id)


def tell_people(event: DossierEvent) -> None:
    """Tell the applicant, and who filed for them, in the words of the table."""
    notify(event)


for kind in NOTICES:
    subscribe(kind)(tell_people)
