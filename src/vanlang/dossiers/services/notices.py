"""
Which event tells whom, in which words: one table.

The applicant is told of everything that touches them. Whoever filed for them (the operator) is told too of what asks for an
act or ends the dossier: they hold the papers. Moves inside the agencies, and opinions, are nobody's news.

A handler is run again when its worker died: one event, one dossier, one number, one recipient make one message.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from vanlang.dossiers.events import (
    DossierDelivered,
    DossierDueMoved,
    DossierEvent,
    DossierExtended,
    DossierReceived,
    DossierRefused,
    DossierReopened,
    DossierStopped,
    DossierWithdrawn,
    ObligationRequested,
    OutcomeReleased,
    OutcomeRevoked,
    SupplementRequested,
)
from vanlang.dossiers.models import Dossier, Movement, Outcome, SupplementRequest
from vanlang.dossiers.types import Medium
from vanlang.identity.api import RepresentationCard, list_representatives
from vanlang.kernel.clock import VIETNAM
from vanlang.notifications.api import Recipient, tell
from vanlang.organizations.api import get_agency

OBJECT_TYPE = "dossier"
Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Notice:
    """What an event says, and to whom."""

    template: str
    """File in dossiers/messages/."""
    values: Callable[[Dossier, DossierEvent], Values]
    operator_too: bool = True
    page: str = "portal:my_dossier"
    """Where its reader acts, by URL name."""


def notify(event: DossierEvent) -> None:
    """Tell of `event` whoever the table names, in the running transaction."""
    notice = NOTICES[type(event)]
    row = Dossier.objects.get(pk=event.dossier_id)
    said = {"dossier": dossier_phrase(row), "procedure": row.procedure_name, **notice.values(row, event)}
    for recipient in recipients(row, operator_too=notice.operator_too, on=_day(event.at)):
        tell(
            event=event.name,
            object_type=OBJECT_TYPE,
            object_id=row.pk,
            occurrence=occurrence_of(event),
            to=recipient,
            template=notice.template,
            values=said,
            agency_id=row.competent_agency_id,
            link=reverse(notice.page, args=[row.pk]),
            at=event.at,
        )


def occurrence_of(event: DossierEvent) -> str:
    """Return which time it is: the number of the act, or for a moved appointment the edition of the calendar."""
    return f"calendar-{event.calendar_version}" if isinstance(event, DossierDueMoved) else str(event.number)


def recipients(row: Dossier, *, operator_too: bool, on: dt.date) -> list[Recipient]:
    """
    Return the applicant, at the addresses on the form, and the operator at their own.

    A legal entity is told through who stood up for it, at the addresses on the form, and its representatives of the day.
    """
    if row.applicant_id is None:
        people = [row.agent_id, *(one.person_id for one in _representatives(row, on))]
        known = list(dict.fromkeys(person for person in people if person is not None))
        first = [
            Recipient.person(one, phone=row.applicant_phone, email=row.applicant_email) for one in known[:1]
        ]
        return first + [Recipient.person(one) for one in known[1:]]
    told = [Recipient.person(row.applicant_id, phone=row.applicant_phone, email=row.applicant_email)]
    if operator_too and row.operator_id is not None and row.operator_id != row.applicant_id:
        told.append(Recipient.person(row.operator_id))
    return told


def _representatives(row: Dossier, on: dt.date) -> list[RepresentationCard]:
    return list_representatives(row.applicant_entity_id, on) if row.applicant_entity_id else []


def dossier_phrase(row: Dossier) -> str:
    """Return how a sentence calls the dossier: by its code, or before there is one by its day."""
    return f"hồ sơ {row.code}" if row.code else f"hồ sơ nộp ngày {_day(row.submitted_at):%d/%m/%Y}"


def _received(row: Dossier, event: DossierEvent) -> Values:
    return _due(row.due_at or event.at)


def _supplement_requested(row: Dossier, event: DossierEvent) -> Values:
    request = SupplementRequest.objects.filter(dossier_id=row.pk).order_by("-number")[0]
    items = [f"{item.label}: {item.reason}" for item in request.items.order_by("position")]
    by = f"trước ngày {request.answer_by_on:%d/%m/%Y}" if request.answer_by_on else "trong thời gian sớm nhất"
    return {"items": items, "answer_by": by}


def _reason(row: Dossier, event: DossierEvent) -> Values:
    movement = Movement.objects.get(dossier_id=row.pk, number=event.number)
    reasons = movement.facts.get("reasons")
    return {"reason": "; ".join(reasons) if isinstance(reasons, list) and reasons else movement.note}


def _extended(row: Dossier, event: DossierEvent) -> Values:
    due_at = event.due_at if isinstance(event, DossierExtended) else event.at
    return _due(due_at) | _reason(row, event)


def _obligation(row: Dossier, event: DossierEvent) -> Values:
    return {"obligation": Movement.objects.get(dossier_id=row.pk, number=event.number).note}


def _reopened(row: Dossier, event: DossierEvent) -> Values:
    return _due(row.due_at or event.at) | _reason(row, event)


def _revoked(row: Dossier, event: DossierEvent) -> Values:
    facts = Movement.objects.get(dossier_id=row.pk, number=event.number).facts
    revoked_on = event.revoked_on if isinstance(event, OutcomeRevoked) else _day(event.at)
    return _reason(row, event) | {"decision": str(facts["decision"]), "revoked_on": revoked_on}


def _result_ready(row: Dossier, event: DossierEvent) -> Values:
    office = get_agency(row.return_agency_id, _day(event.at))
    outcome = Outcome.objects.filter(dossier_id=row.pk).order_by("-edition").first()
    paper = "Đến nơi trả kết quả trong giờ làm việc; mang theo căn cước và giấy tiếp nhận."
    electronic = "Tải kết quả điện tử trên trang hồ sơ, hoặc nhận tại nơi trả kết quả trong giờ làm việc."
    return {
        "dossier_at_start": _capital(dossier_phrase(row)),
        "place": ", ".join(filter(None, (office.name, office.address))),
        "how": electronic if outcome and outcome.medium == Medium.ELECTRONIC else paper,
    }


def _delivered(row: Dossier, event: DossierEvent) -> Values:
    return {"delivered_at": event.at}


def _withdrawn(row: Dossier, event: DossierEvent) -> Values:
    return {"dossier_at_start": _capital(dossier_phrase(row)), "withdrawn_at": event.at}


def _due_moved(row: Dossier, event: DossierEvent) -> Values:
    if not isinstance(event, DossierDueMoved):
        return _due(event.at)
    return {"from_due_at": event.from_due_at, **_due(event.due_at)}


def _due(due_at: dt.datetime) -> Values:
    return {"due_on": _day(due_at), "due_at": due_at}


def _day(at: dt.datetime) -> dt.date:
    return at.astimezone(VIETNAM).date()


def _capital(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]


NOTICES: Mapping[type[DossierEvent], Notice] = {
    DossierReceived: Notice("dossier_received", _received, operator_too=False),
    SupplementRequested: Notice(
        "supplement_requested", _supplement_requested, page="portal:answer_supplement"
    ),
    DossierRefused: Notice("dossier_refused", _reason),
    DossierExtended: Notice("dossier_extended", _extended),
    ObligationRequested: Notice("obligation_requested", _obligation),
    OutcomeReleased: Notice("result_ready", _result_ready),
    DossierReopened: Notice("dossier_reopened", _reopened),
    OutcomeRevoked: Notice("outcome_revoked", _revoked),
    DossierDelivered: Notice("dossier_delivered", _delivered, operator_too=False),
    DossierStopped: Notice("dossier_stopped", _reason),
    DossierWithdrawn: Notice("dossier_withdrawn", _withdrawn),
    DossierDueMoved: Notice("dossier_due_moved", _due_moved),
}
