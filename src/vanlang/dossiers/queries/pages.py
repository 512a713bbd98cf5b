from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Q

from vanlang.audit.api import record_read
from vanlang.dossiers import labels
from vanlang.dossiers.cards import ActButton, CitizenCard, DossierPage
from vanlang.dossiers.errors import DossierNotFound
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.queries import history, tasks
from vanlang.dossiers.queries.access import access_dossier, facts_of, process_of, visible_to
from vanlang.dossiers.queries.owners import Names, owner_of, status_of
from vanlang.dossiers.queries.parties import applicant_of, operator_label, subject_name_of, who_is_who
from vanlang.dossiers.rules import lateness, steps
from vanlang.dossiers.rules.clock import clock_of
from vanlang.dossiers.rules.lateness import Timeliness
from vanlang.dossiers.rules.parties import Authority
from vanlang.dossiers.rules.states import Hat, Party, State
from vanlang.dossiers.rules.steps import Phase
from vanlang.dossiers.rules.transitions import allowed_acts
from vanlang.dossiers.types import Channel
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.organizations.api import AgencyCard


def get_dossier_page(
    reference: uuid.UUID | str, *, actor: Actor, purpose: str, at: dt.datetime
) -> DossierPage:
    """
    Return an opened dossier. The read is written first: no line in the log, no data.

    Raises: DossierNotFound; ValueError without a purpose.
    """
    row = access_dossier(reference, actor=actor)
    record_read(
        act="dossiers.open",
        actor=actor,
        object_type="dossier",
        object_id=row.pk,
        purpose=purpose,
        at=at,
        facts={"code": row.code, "state": row.state},
    )
    return _page(row, actor, at)


def get_for_citizen(reference: uuid.UUID | str, *, actor: Actor, at: dt.datetime) -> DossierPage:
    """
    Return a citizen's own dossier: officers are shown by unit and role, inner notes are left out.

    For citizens only, because their look at their own matter is not recorded; officers open the page.
    Raises: DossierNotFound.
    """
    if not actor.is_citizen:
        raise DossierNotFound
    row = access_dossier(reference, actor=actor)
    return _page(row, actor, at, for_citizen=True)


def list_for_citizen(actor: Actor, *, at: dt.datetime, limit: int = 200) -> tuple[CitizenCard, ...]:
    """
    Return the dossiers that a citizen filed or that were filed for them, newest first; while they act for a legal
    entity, its dossiers. The number of queries does not grow.
    """
    mine = Q(applicant_entity_id=actor.entity_id) if actor.entity_id else Q()
    rows = list(Dossier.objects.filter(visible_to(actor), mine).order_by("-submitted_at", "-id")[:limit])
    names = Names.of(rows, at)
    cards = []
    for row in rows:
        owner = owner_of(row, names, with_name=False)
        cards.append(
            CitizenCard(
                id=row.pk,
                code=row.code,
                procedure_name=row.procedure_name,
                request=row.request,
                applicant=row.applicant_name,
                subject=subject_name_of(row),
                state=State(row.state),
                state_label=labels.CITIZEN_STATES[State(row.state)],
                status=status_of(row, owner),
                submitted_at=row.submitted_at,
                due_at=row.due_at,
                needs_answer=owner.party is Party.APPLICANT,
            )
        )
    return tuple(cards)


def timeliness_of(row: Dossier, at: dt.datetime) -> Timeliness:
    """Return how a dossier stands towards its appointment, or its counter's answer before receipt."""
    return lateness.timeliness(
        due_at=row.due_at or row.answer_due_at,
        finished_at=row.finished_at,
        at=at,
        paused=row.paused_at is not None,
    )


def _hats(row: Dossier, agencies: dict[int, AgencyCard]) -> dict[Hat, str]:
    seated = {
        Hat.INTAKE: [row.intake_agency_id],
        Hat.COMPETENT: [row.competent_agency_id],
        Hat.OPINION: row.advisers,
        Hat.RETURN: [row.return_agency_id],
    }
    return {hat: ", ".join(agencies[one].short_name for one in worn) for hat, worn in seated.items() if worn}


def _page(row: Dossier, actor: Actor, at: dt.datetime, *, for_citizen: bool = False) -> DossierPage:
    names = Names.of([row], at)
    owner = owner_of(row, names, with_name=not for_citizen)
    state, clock, how = State(row.state), clock_of(State(row.state)), timeliness_of(row, at)
    state_labels = labels.CITIZEN_STATES if for_citizen else labels.STATES
    process = process_of(row)
    outcomes = [
        one for one in history.outcome_infos(row.pk) if not for_citizen or one.released_at is not None
    ]
    outcome = next(iter(outcomes), None)
    moves = history.movement_cards(history.list_movements(row.pk))
    return DossierPage(
        id=row.pk,
        code=row.code,
        version=row.version,
        state=state,
        state_label=state_labels[state],
        status=status_of(row, owner),
        owner=owner,
        clock=clock,
        clock_label=labels.CLOCKS[clock],
        timeliness=how,
        timeliness_label=labels.TIMELINESS[how],
        channel=Channel(row.channel),
        channel_label=labels.CHANNELS[Channel(row.channel)],
        procedure_version_id=row.procedure_version_id,
        case_id=row.case_id,
        procedure_code=row.procedure_code,
        procedure_name=row.procedure_name,
        request=row.request,
        applicant=applicant_of(row),
        subject_name=subject_name_of(row),
        operator_id=row.operator_id,
        parties=who_is_who(row),
        operator_label=operator_label(row, with_name=not for_citizen),
        authority_label=""
        if row.authority == Authority.OWN
        else labels.AUTHORITIES[Authority(row.authority)],
        agencies=_hats(row, names.agencies),
        competent_agency_id=row.competent_agency_id,
        answers=row.answers,
        submitted_at=row.submitted_at,
        answer_due_at=row.answer_due_at,
        received_at=row.received_at,
        due_at=row.due_at,
        original_due_at=row.original_due_at,
        due_is_forecast=row.due_is_forecast,
        step_name=process[row.position].name if process and owner.party is not None else "",
        step_due_at=row.step_due_at,
        paused_at=row.paused_at,
        finished_at=row.finished_at,
        released_at=row.released_at,
        delivered_at=row.delivered_at,
        supplements_asked=row.supplements,
        extensions=row.extensions,
        receipt_token=row.receipt_token,
        acts=tuple(ActButton(act=act, label=labels.ACTS[act]) for act in allowed_acts(facts_of(row, actor))),
        attachments=history.attachment_cards(row.pk),
        supplements=history.supplement_cards(row.pk),
        outcome=outcome,
        history=history.for_citizens(moves) if for_citizen else moves,
        due_changes=history.due_change_cards(history.list_due_changes(row.pk)),
        opinions=() if for_citizen else tasks.opinion_cards(row, actor, at),
        proposed_supplement=None if for_citizen else tasks.proposed_supplement(row),
        apology=None if for_citizen else tasks.drafted_apology(row),
        phases=phases_of_row(row),
        former_outcomes=tuple(outcomes[1:]),
        corrections=tasks.correction_cards(row.pk, at) if row.corrections else (),
        reopened_at=row.reopened_at,
        specialist_id=row.specialist_id,
    )


def phases_of_row(row: Dossier) -> tuple[Phase, ...]:
    """Return the phases of a dossier's process with their due dates; none when there is only one."""
    return steps.phases_of(
        steps=process_of(row), position=row.position, between=row.state == State.AWAITING_OBLIGATION
    )


def template_facts(page: DossierPage) -> dict[str, str]:
    """Return the facts of an opened dossier by the words of `documents`' dictionary; what there is none of is empty."""
    receipt, due = page.received_at, page.due_at
    return {
        "mã hồ sơ": page.code or "",
        "thủ tục": page.procedure_name,
        "mã thủ tục": page.procedure_code,
        "nội dung đề nghị": page.request or page.procedure_name,
        "người nộp": page.applicant.full_name,
        "số định danh": page.applicant.personal_id,
        "điện thoại": page.applicant.phone,
        "nơi cư trú": page.applicant.address,
        "chủ hồ sơ": page.subject_name,
        "kênh nộp": page.channel_label,
        "nơi tiếp nhận": page.agencies.get(Hat.INTAKE, ""),
        "cơ quan giải quyết": page.agencies.get(Hat.COMPETENT, ""),
        "nơi trả kết quả": page.agencies.get(Hat.RETURN, ""),
        "ngày nộp": _local(page.submitted_at, "%d/%m/%Y"),
        "ngày tiếp nhận": _local(receipt, "%d/%m/%Y"),
        "giờ tiếp nhận": _local(receipt, "%H:%M"),
        "ngày hẹn trả": _local(due, "%d/%m/%Y"),
        "giờ hẹn trả": _local(due, "%H:%M"),
    }


def _local(at: dt.datetime | None, form: str) -> str:
    return at.astimezone(VIETNAM).strftime(form) if at is not None else ""
