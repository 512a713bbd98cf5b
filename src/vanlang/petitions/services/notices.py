"""Which event tells the sender, in which words: one table. Codes and reasons; never what they wrote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import Scope, acting
from vanlang.notifications.api import Recipient, tell
from vanlang.organizations.api import get_agency
from vanlang.petitions.events import (
    PetitionAnswered,
    PetitionClosed,
    PetitionEvent,
    PetitionFiled,
    PetitionSecretReissued,
    PetitionSupplementAsked,
)
from vanlang.petitions.labels import ends_of
from vanlang.petitions.models import Petition, PetitionMovement, PetitionSupplement
from vanlang.petitions.types import PetitionKind, PetitionSource, PetitionState

Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Notice:
    """What an event says."""

    template: str
    values: Callable[[Petition, PetitionEvent], Values]


def notify(event: PetitionEvent) -> None:
    """Tell the sender of `event`; who left no contact, or is told by the system they wrote to, is not told by us."""
    notice = NOTICES[type(event)]
    with acting(Scope.system()):
        row = Petition.objects.get(pk=event.petition_id)
        if row.told_id is None or row.source == PetitionSource.NATIONAL:
            return
        contact = row.contact or {}
        tell(
            event=event.name,
            object_type="petition",
            object_id=row.pk,
            occurrence=event.number,
            to=Recipient.person(row.told_id, phone=contact.get("phone", ""), email=contact.get("email", "")),
            template=notice.template,
            values={"code": row.code, **notice.values(row, event)},
            agency_id=row.agency_id,
            link=reverse("portal:petition_follow"),
            at=event.at,
        )


def _filed(row: Petition, event: PetitionEvent) -> Values:
    return {"answer_by": row.handle_due_at or row.decide_due_at}


def _asked(row: Petition, event: PetitionEvent) -> Values:
    asked = PetitionSupplement.objects.filter(petition=row).order_by("-number")[0]
    return {"question": asked.question, "answer_by": asked.answer_by_at}


def _reissued(row: Petition, event: PetitionEvent) -> Values:
    movement = PetitionMovement.objects.get(petition=row, number=event.number)
    agency = get_agency(movement.agency_id or row.agency_id, event.at.astimezone(VIETNAM).date())
    return {"where": agency.name, "when": event.at}


def _answered(row: Petition, event: PetitionEvent) -> Values:
    return {}


def _closed(row: Petition, event: PetitionEvent) -> Values:
    movement = PetitionMovement.objects.get(petition=row, number=event.number)
    said = ends_of(PetitionState(movement.to_state), PetitionKind(row.kind))
    return {"what": said.says, "reason": movement.note or "", "do_now": said.do_now}


NOTICES: dict[type[PetitionEvent], Notice] = {
    PetitionFiled: Notice("petition_filed", _filed),
    PetitionSupplementAsked: Notice("petition_supplement", _asked),
    PetitionAnswered: Notice("petition_answered", _answered),
    PetitionClosed: Notice("petition_closed", _closed),
    PetitionSecretReissued: Notice("petition_secret", _reissued),
}
