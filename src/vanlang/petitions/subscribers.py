"""What petitions hear: from the house, that the calendar changed; from themselves, what their sender must be told."""

from __future__ import annotations

from vanlang.calendars.api import DaysChanged, OfficeHoursChanged
from vanlang.kernel.events import subscribe
from vanlang.petitions.events import PetitionEvent
from vanlang.petitions.jobs import recount_petitions
from vanlang.petitions.services.notices import NOTICES, notify


@subscribe(DaysChanged)
def count_again_after_days(event: DaysChanged) -> None:
    recount_petitions.defer()


@subscribe(OfficeHoursChanged)
def count_again_after_hours(event: OfficeHoursChanged) -> None:
    recount_petitions.defer()


def tell_sender(event: PetitionEvent) -> None:
    """Tell the sender, in the words of the table."""
    notify(event)


for kind in NOTICES:
    subscribe(kind)(tell_sender)
