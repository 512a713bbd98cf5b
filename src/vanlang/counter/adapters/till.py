"""The drawer of the counter, as payments puts cash into it."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.backends.utils import CursorWrapper

from vanlang.counter.models import CashDrawer
from vanlang.counter.services.cash import take_cash
from vanlang.counter.services.drawing_many import write_drawers_from
from vanlang.identity.api import Actor
from vanlang.payments.api import MoneyNotPossible


class CounterTill:
    """One officer's open drawer."""

    def is_open(self, actor: Actor) -> bool:
        return _open_of(actor) is not None

    def put_in(
        self,
        *,
        actor: Actor,
        amount_vnd: int,
        what_for: str,
        dossier_id: uuid.UUID,
        entry_id: uuid.UUID,
        at: dt.datetime,
    ) -> None:
        drawer_id = _open_of(actor)
        if drawer_id is None:
            raise MoneyNotPossible("payments.no_open_drawer")
        take_cash(
            drawer_id=drawer_id, amount=amount_vnd, what_for=what_for, dossier_id=dossier_id, entry_id=entry_id,
            actor=actor, at=at,
        )  # fmt: skip

    def put_in_from(self, cursor: CursorWrapper, question: str, *, until: dt.datetime) -> None:
        write_drawers_from(cursor, question, until=until)


def _open_of(actor: Actor) -> uuid.UUID | None:
    rows = CashDrawer.objects.filter(
        officer_id=actor.appointment_id, agency_id=actor.agency_id or 0, closed_at=None
    )
    return rows.values_list("pk", flat=True).first()
