"""Change the process or the fees of a procedure: a new version from a day on, never a change in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.catalogue.errors import CatalogueInvalidError, CatalogueNotAllowedError, UnknownProcedureError
from vanlang.catalogue.labels import CHANNELS
from vanlang.catalogue.models import ProcedureVersion
from vanlang.catalogue.queries.content import load_contents
from vanlang.catalogue.rules.authority import may_edit
from vanlang.catalogue.rules.content import Content, FeeContent, StepContent
from vanlang.catalogue.rules.process import are_phases, is_process
from vanlang.catalogue.rules.readiness import unpriced
from vanlang.catalogue.services.publishing import last_versions, succeed
from vanlang.catalogue.services.storing import lock_catalogue
from vanlang.catalogue.types import Origin
from vanlang.identity.api import Actor, Role
from vanlang.kernel.errors import refuse_if
from vanlang.organizations.api import get_agency


@transaction.atomic
def change_process(
    *, procedure_code: str, steps: Sequence[StepContent], valid_from: date, actor: Actor, at: datetime
) -> int:
    """
    Give a procedure another internal process from a day on; return the new version.

    Raises: CatalogueInvalidError when nobody examines or nobody decides; CatalogueConflictError when the day is too early.
    """
    refuse_if(
        is_process([step.role for step in steps], [step.share for step in steps]), CatalogueInvalidError
    )
    for case in {step.case for step in steps}:
        of_case = [step for step in steps if step.case == case]
        refuse_if(
            are_phases([step.role for step in of_case], [step.phase for step in of_case]),
            CatalogueInvalidError,
        )
    return _change(
        procedure_code,
        valid_from,
        actor,
        at,
        "catalogue.change_process",
        lambda content: replace(content, process=tuple(steps)),
    )


@transaction.atomic
def change_fee(
    *, procedure_code: str, fees: Sequence[FeeContent], valid_from: date, actor: Actor, at: datetime
) -> int:
    """
    Give a procedure other fees from a day on; return the new version. Free of charge is a fee of 0 with its basis.

    Raises: CatalogueInvalidError without a fee, or with a case that would have none; CatalogueConflictError when the day is too early.
    """
    if not fees:
        raise CatalogueInvalidError("catalogue.fee_missing")
    confirmed = tuple(replace(fee, origin=Origin.DEPARTMENT) for fee in fees)
    return _change(
        procedure_code,
        valid_from,
        actor,
        at,
        "catalogue.change_fee",
        lambda content: _priced(replace(content, fees=confirmed)),
    )


def _priced(content: Content) -> Content:
    """Return content in which every case has its fee. Raises: CatalogueInvalidError, naming the first that has none."""
    for missing in unpriced(content):
        channel = CHANNELS[missing.channel] if missing.channel else ""
        if len(content.cases) > 1:
            case = content.cases[missing.case].title or f"{missing.case + 1}"
            raise CatalogueInvalidError("catalogue.fee_missing_for_case", case=case, channel=channel)
        raise CatalogueInvalidError("catalogue.fee_missing_in_channel", channel=channel)
    return content


@transaction.atomic
def change_form(
    *, procedure_code: str, form_codes: dict[str, str], valid_from: date, actor: Actor, at: datetime
) -> int:
    """Give the cases of a procedure (by title) other electronic forms from a day on; return the new version."""
    return _change(
        procedure_code,
        valid_from,
        actor,
        at,
        "catalogue.change_form",
        lambda content: replace(
            content,
            cases=tuple(
                replace(case, form_code=form_codes.get(case.title, case.form_code)) for case in content.cases
            ),
        ),
    )


def check_editor(actor: Actor, department_code: str, at: datetime) -> None:
    """Raise CatalogueNotAllowedError unless `actor` may change what `department_code` answers for."""
    agency = None if actor.agency_id is None else get_agency(actor.agency_id, at.date()).code
    is_editor = actor.has(Role.CATALOGUE_EDITOR) or str(actor.kind) == "system"
    refuse_if(
        may_edit(is_editor=is_editor, agency_code=agency, department_code=department_code),
        CatalogueNotAllowedError,
    )


def _change(
    procedure_code: str,
    valid_from: date,
    actor: Actor,
    at: datetime,
    act: str,
    change: Callable[[Content], Content],
) -> int:
    lock_catalogue()
    last = _last(procedure_code)
    check_editor(actor, last.department_code, at)
    content = replace(change(_content(last)), origin=Origin.DEPARTMENT)
    version = succeed(last, content, valid_from=valid_from, actor=actor, at=at)
    record_act(
        act=act,
        actor=actor,
        object_type="procedure",
        object_id=procedure_code,
        at=at,
        facts={"version": version.number, "valid_from": valid_from.isoformat()},
    )
    return version.pk


def _last(procedure_code: str) -> ProcedureVersion:
    last = last_versions([procedure_code]).get(procedure_code)
    if last is None:
        raise UnknownProcedureError(procedure=procedure_code)
    return last


def _content(version: ProcedureVersion) -> Content:
    return load_contents([version.pk])[version.pk]
