from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection

from vanlang.dossiers import labels
from vanlang.dossiers.actors import viewer_of
from vanlang.dossiers.cards import MoveNews
from vanlang.dossiers.models import Movement
from vanlang.dossiers.queries.access import seats_visible_to
from vanlang.dossiers.rules import access
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.states import State
from vanlang.identity.api import Actor

MOST = 200


def list_moves_since(
    actor: Actor, dossier_ids: Collection[uuid.UUID], *, since: dt.datetime
) -> tuple[MoveNews, ...]:
    """
    Return how some dossiers moved since an instant, the latest first: those at which the actor's agency sits.

    Codes and states alone; nothing of a person, so no read.
    """
    seats = seats_visible_to(access.sight_of(viewer_of(actor))).filter(dossier_id__in=set(dossier_ids))
    codes = dict(seats.values_list("dossier_id", "code"))
    rows = Movement.objects.filter(dossier_id__in=codes, at__gte=since).order_by("-at", "-number")[:MOST]
    return tuple(
        MoveNews(
            dossier_id=row.dossier_id,
            code=codes[row.dossier_id],
            act=Act(row.act),
            act_label=labels.ACTS[Act(row.act)],
            to_label=labels.STATES[State(row.to_state)],
            at=row.at,
            appointment_id=row.appointment_id,
        )
        for row in rows
    )
