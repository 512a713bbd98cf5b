"""What an opened dossier asks of its people beyond its next step: opinions, second requests, apologies, corrections."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import F

from vanlang.dossiers import labels
from vanlang.dossiers.cards import CorrectionCard, DraftedApology, OpinionCard, ProposedSupplement, SeatBrief
from vanlang.dossiers.models import ApologyDraft, Dossier, Opinion, Rectification, SupplementProposal
from vanlang.dossiers.rules import masking, opinions
from vanlang.dossiers.rules.lateness import timeliness
from vanlang.dossiers.rules.supplement import AgainGround
from vanlang.dossiers.types import ApologyEnd
from vanlang.identity.api import Actor, get_appointments
from vanlang.kernel.clock import VIETNAM
from vanlang.organizations.api import get_agencies, list_units


def opinion_cards(row: Dossier, actor: Actor, at: dt.datetime) -> tuple[OpinionCard, ...]:
    """Return the opinions that were asked for on an accessed dossier, oldest first."""
    rows = list(Opinion.objects.filter(dossier=row).order_by("asked_at", "id"))
    if not rows:
        return ()
    on = at.astimezone(VIETNAM).date()
    agencies = get_agencies({one.agency_id for one in rows}, on)
    units = {int(unit.id): unit.name for unit in list_units(row.competent_agency_id, on)}
    my_units = {actor.unit_id, *(one.unit_id for one in actor.stands_for)}
    cards = []
    for one in rows:
        inside = one.unit_id is not None
        status = opinions.status_of(
            due_at=one.due_at, answered_at=one.answered_at, forgone_at=one.forgone_at, at=at
        )
        cards.append(
            OpinionCard(
                id=one.pk,
                asked=units.get(one.unit_id, labels.FORMER_UNIT)
                if one.unit_id is not None
                else agencies[one.agency_id].short_name,
                is_inside=inside,
                is_mine=actor.agency_id == one.agency_id and (not inside or one.unit_id in my_units),
                question=one.question,
                asked_at=one.asked_at,
                due_at=one.due_at,
                status=status,
                status_label=labels.OPINIONS[status],
                answer=one.answer,
                answered_at=one.answered_at,
                forgone_at=one.forgone_at,
                forgone_why=one.forgone_why,
            )
        )
    return tuple(cards)


def proposed_supplement(row: Dossier) -> ProposedSupplement | None:
    """Return the second request that lies before the leader, or None."""
    found = (
        SupplementProposal.objects.filter(dossier=row, decided_at__isnull=True).first()
        if row.supplement_proposed
        else None
    )
    if found is None:
        return None
    return ProposedSupplement(
        proposed_at=found.proposed_at,
        who=get_appointments([found.proposed_by_id])[found.proposed_by_id].name,
        ground_label=labels.AGAIN_GROUNDS[AgainGround(found.again_ground)],
        reason=found.again_reason,
        note=found.note,
        answer_by_on=found.answer_by_on,
        items=tuple((item["label"], item["reason"]) for item in found.items),
    )


def drafted_apology(row: Dossier) -> DraftedApology | None:
    """Return the apology that waits for the leader, or None."""
    if not row.apology_drafted:
        return None
    found = ApologyDraft.objects.filter(dossier=row, ended_at__isnull=True)
    return next(iter(apology_cards(found)), None)


def apology_cards(rows: Iterable[ApologyDraft]) -> list[DraftedApology]:
    rows = list(rows)
    holders = get_appointments({row.holder_id for row in rows if row.holder_id is not None})
    return [
        DraftedApology(
            dossier_id=row.dossier_id,
            due_at=row.due_at,
            drafted_at=row.drafted_at,
            holder=holders[row.holder_id].name if row.holder_id in holders else "",
            step_name=row.step_name,
            more_days=row.more_days,
            new_due_at=row.new_due_at,
            reason=row.reason,
        )
        for row in rows
    ]


def list_apologies(actor: Actor) -> list[tuple[SeatBrief, DraftedApology]]:
    """Return the drafted apologies that wait at the actor's agency, the nearest appointment first."""
    found = ApologyDraft.objects.filter(ended_at__isnull=True, dossier__competent_agency_id=actor.agency_id)
    rows = list(
        found.filter(dossier__finished_at__isnull=True).select_related("dossier").order_by("due_at", "id")
    )
    return [(_brief(row.dossier), card) for row, card in zip(rows, apology_cards(rows), strict=True)]


def list_unsent_apologies(actor: Actor, *, since: dt.datetime) -> list[tuple[SeatBrief, DraftedApology]]:
    """Return the apologies drafted at the actor's agency that nobody had to send, the dossier being done in time; the latest first."""
    rows = list(
        ApologyDraft.objects.filter(
            end=ApologyEnd.MOOT,
            ended_at__gte=since,
            dossier__competent_agency_id=actor.agency_id,
            dossier__finished_at__lte=F("due_at"),
        )
        .select_related("dossier")
        .order_by("-ended_at", "id")
    )
    return [(_brief(row.dossier), card) for row, card in zip(rows, apology_cards(rows), strict=True)]


def list_second_requests(actor: Actor) -> list[tuple[SeatBrief, ProposedSupplement]]:
    """Return the second requests for supplements that wait for the leader of the actor's agency, the oldest first."""
    rows = Dossier.objects.filter(supplement_proposed=True, competent_agency_id=actor.agency_id).order_by(
        "moved_at", "id"
    )
    found = ((_brief(row), proposed_supplement(row)) for row in rows)
    return [(brief, card) for brief, card in found if card is not None]


def _brief(row: Dossier) -> SeatBrief:
    return SeatBrief(row.pk, row.code or "", row.procedure_name, masking.mask_name(row.applicant_name))


def correction_cards(dossier_id: uuid.UUID, at: dt.datetime) -> tuple[CorrectionCard, ...]:
    """Return the corrections of an accessed dossier, oldest first, each with its own timeliness."""
    cards = []
    for row in Rectification.objects.filter(dossier_id=dossier_id).order_by("number"):
        how = timeliness(due_at=row.due_at, finished_at=row.ended_at, at=at)
        cards.append(
            CorrectionCard(
                number=row.number,
                reason=row.reason,
                opened_at=row.opened_at,
                due_at=row.due_at,
                ended_at=row.ended_at,
                yielded=row.outcome_id is not None,
                timeliness=how,
                timeliness_label=labels.TIMELINESS[how],
            )
        )
    return tuple(cards)
