"""What an act leaves behind: a movement in the history, a record in the audit, an event. All in the act's transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from vanlang.audit.api import record_act
from vanlang.dossiers.events import (
    EVENT_OF,
    DossierExtended,
    DossierMoved,
    DossierReceived,
    ObligationFulfilled,
)
from vanlang.dossiers.models import Dossier, Movement
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.states import Party, State
from vanlang.identity.api import Actor
from vanlang.kernel import events

OBJECT_TYPE = "dossier"


def remember(
    row: Dossier,
    *,
    act: Act,
    actor: Actor,
    party: Party,
    at: dt.datetime,
    before: State,
    note: str = "",
    facts: Mapping[str, object] | None = None,
    step_name: str = "",
    step_due_at: dt.datetime | None = None,
) -> None:
    """Write the movement and the audit record of an act that has been applied to `row`."""
    Movement(
        dossier_id=row.pk,
        number=row.version,
        act=act,
        from_state=before,
        to_state=row.state,
        at=at,
        party=party,
        account_id=actor.account_id,
        appointment_id=actor.appointment_id,
        agency_id=actor.agency_id,
        actor_name=actor.name if actor.is_officer else "",
        actor_title=actor.title,
        receiver_id=row.holder_id,
        receiver_unit_id=row.holder_unit_id,
        note=note,
        facts=dict(facts or {}),
        step_name=step_name,
        step_due_at=step_due_at,
        due_at=row.due_at,
    ).save(force_insert=True)
    record_act(
        act=f"dossiers.{act}",
        actor=actor,
        object_type=OBJECT_TYPE,
        object_id=row.pk,
        at=at,
        facts={
            "code": row.code,
            "from": before,
            "to": row.state,
            "number": row.version,
            **{key: value for key, value in (facts or {}).items() if key == "instead_of_id"},
        },
    )


def facts_of_event(row: Dossier, at: dt.datetime) -> dict[str, Any]:
    """Return what every event of a dossier says."""
    return {
        "at": at,
        "dossier_id": row.pk,
        "number": row.version,
        "code": row.code,
        "state": str(row.state),
        "agency_id": row.competent_agency_id,
    }


def tell(row: Dossier, act: Act, at: dt.datetime, more: Mapping[str, object] | None = None) -> None:
    """Publish the event of an act."""
    facts = {**facts_of_event(row, at), **(more or {})}
    kind = EVENT_OF[act]
    if kind in {DossierReceived, DossierExtended, ObligationFulfilled}:
        facts["due_at"] = row.due_at
    if kind is DossierMoved:
        facts["act"] = str(act)
    events.publish(kind(**facts))
