"""The citizen of a chain is told of the whole: taken in, something in the way, done. Each once; its dossiers tell of themselves."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.urls import reverse

from vanlang.chains.models import Chain, Leg
from vanlang.chains.types import ChainState, LegState, Plan
from vanlang.kernel.clock import VIETNAM
from vanlang.notifications.api import Recipient, tell

OBJECT_TYPE = "chain"
IN_THE_WAY = frozenset({LegState.BLOCKED, LegState.FAILED})


def tell_of(chain: Chain, plan: Plan, legs: Iterable[Leg], *, at: dt.datetime) -> None:
    """
    Tell the citizen what a chain has come to. For a locked chain; called again, nothing is told twice.

    A leg in trouble is told once for each dossier that it tried and each reason; a chain that ended without all its legs says so.
    """
    if chain.received_at is not None:
        due = (
            f"Ngày hẹn trả chung: {chain.due_at.astimezone(VIETNAM):%d/%m/%Y}."
            if chain.due_at
            else "Mỗi bước có ngày hẹn riêng."
        )
        _tell(chain, plan, "chain_received", "received", {"legs": len(plan.legs), "due": due}, at)
    for leg in legs:
        if LegState(leg.state) in IN_THE_WAY:
            which = f"{leg.key}:{len(leg.former_dossiers)}:{leg.trouble}"
            _tell(chain, plan, "chain_needs", which, {"leg": plan.leg(leg.key).title}, at)
    if chain.finished_at is not None:
        whole = chain.state == ChainState.DONE
        said = (
            "Mọi bước đã có kết quả." if whole else "Có bước không thực hiện; các bước còn lại đã kết thúc."
        )
        _tell(chain, plan, "chain_done", f"done:{chain.state}", {"said": said}, at)


def _tell(
    chain: Chain, plan: Plan, template: str, occurrence: str, values: dict[str, object], at: dt.datetime
) -> None:
    applicant = dict(chain.filing["applicant"])
    tell(
        event=f"chains.{template.removeprefix('chain_')}",
        object_type=OBJECT_TYPE,
        object_id=chain.pk,
        occurrence=occurrence,
        to=Recipient.person(
            uuid.UUID(applicant["person_id"]),
            phone=applicant.get("phone", ""),
            email=applicant.get("email", ""),
        ),
        template=template,
        values={"chain": plan.short_title, **values},
        agency_id=chain.intake_agency_id,
        link=reverse("portal:chain", args=[chain.token]),
        at=at,
    )
