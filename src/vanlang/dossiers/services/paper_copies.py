"""The paper of an electronic outcome, as a second delivery. No state and no clock of the dossier hang on it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.dossiers.actors import viewer_of
from vanlang.dossiers.errors import ActNotAllowed, ActNotPossible, DossierNotFound, NotAcceptable
from vanlang.dossiers.models import Dossier, PaperCopy
from vanlang.dossiers.queries.access import access_dossier
from vanlang.dossiers.rules import paper_copies as rules
from vanlang.dossiers.rules.paper_copies import PaperAct, PaperState
from vanlang.dossiers.types import Channel
from vanlang.identity.api import Actor
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.vietnamese import search_key


def open_paper_copy(row: Dossier, *, at: dt.datetime) -> None:
    """Begin the second delivery of an electronic outcome: who filed at a counter or by post is taken to want the paper, who filed online not."""
    if row.on_paper:
        return
    before = PaperCopy.objects.filter(dossier=row).first()
    wanted = before.state != PaperState.NOT_WANTED if before else row.channel != Channel.ONLINE
    if before:  # a corrected outcome is printed anew, for whom the first was printed
        PaperCopy.objects.filter(dossier=row).update(**_fresh(row, wanted, at))
    else:
        PaperCopy(dossier=row, **_fresh(row, wanted, at)).save(force_insert=True)


def _fresh(row: Dossier, wanted: bool, at: dt.datetime) -> dict[str, Any]:
    """Return the columns of a paper at the beginning of its road."""
    return {
        "agency_id": row.return_agency_id,
        "state": PaperState.WANTED if wanted else PaperState.NOT_WANTED,
        "opened_at": at,
        "wanted_at": at if wanted else None,
        "ready_at": None,
        "left_at": None,
        "left_by_id": None,
        "receiver": "",
        "authority": "",
        "tracking": "",
    }


@transaction.atomic
def move_paper_copy(
    *,
    dossier_id: uuid.UUID,
    act: PaperAct,
    actor: Actor,
    at: dt.datetime,
    receiver: str = "",
    authority: str = "",
    tracking: str = "",
) -> PaperState:
    """
    Do one act on the paper of an electronic outcome.

    Raises: DossierNotFound; ActNotAllowed, ActNotPossible; NotAcceptable without a receiver, or with another than the recipient and no authorisation.
    """
    dossier = access_dossier(dossier_id, actor=actor)
    row = PaperCopy.objects.select_for_update(of=("self",)).filter(dossier=dossier).first()
    if row is None:
        raise DossierNotFound
    state = PaperState(row.state)
    refusal = rules.may(state, act, viewer_of(actor).parties)
    is_forbidden = refusal is not None and refusal.code == "dossiers.paper_act_not_allowed"
    refuse_if(refusal, ActNotAllowed if is_forbidden else ActNotPossible)
    row.state = rules.TRANSITIONS[state, act]
    match act:
        case PaperAct.WANT:
            row.wanted_at = at
        case PaperAct.DECLINE:
            row.wanted_at = None
        case PaperAct.MAKE_READY:
            row.ready_at = at
        case PaperAct.HAND_OVER:
            _hand_over(row, dossier, receiver, authority)
        case PaperAct.POST:
            row.tracking = tracking.strip()[:60]
    if act in {PaperAct.HAND_OVER, PaperAct.POST}:
        row.left_at, row.left_by_id = at, actor.appointment_id
    row.save()
    record_act(
        act=f"dossiers.paper_{act}", actor=actor, object_type="dossier", object_id=dossier.pk, at=at,
        facts={"code": dossier.code, "to": row.state},
    )  # fmt: skip
    return PaperState(row.state)


def _hand_over(row: PaperCopy, dossier: Dossier, receiver: str, authority: str) -> None:
    known = {search_key(dossier.applicant_name), search_key(dossier.recipient_name)}
    refuse_if(
        rules.may_collect(
            receiver=receiver, is_recipient=search_key(receiver.strip()) in known, authority=authority
        ),
        NotAcceptable,
    )
    row.receiver, row.authority = receiver.strip()[:150], authority.strip()[:300]
