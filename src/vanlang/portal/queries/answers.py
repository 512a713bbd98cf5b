"""The form step and what the review says of it, over the door of electronic forms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from vanlang.catalogue.api import ProcedureCard, find_procedure, get_version
from vanlang.eforms.api import FormDefinition, answers_by_group, error_lines, validate
from vanlang.identity.api import Actor
from vanlang.intake.api import DraftCard, answers_to_show, form_of
from vanlang.organizations.api import get_agencies
from vanlang.portal.queries.wizard import Wizard
from vanlang.ui.types import FieldError

WISH = "request"
"""Name of the one question that is asked where a case has no electronic form."""


def typed_in(wizard: Wizard, sent: Mapping[str, Any], on: dt.date) -> dict[str, object]:
    """Return what was typed into the form of the case, right or not; nothing where it has none."""
    definition = form_of(wizard.case, on)
    return dict(validate(definition, sent, on=on).typed) if definition else {}


def form_page(
    wizard: Wizard, typed: Mapping[str, Any], wish: str, on: dt.date, *, checked: bool = False
) -> dict[str, object]:
    """Return the context of the form step; `checked` names what is wrong."""
    definition = form_of(wizard.case, on)
    errors: Mapping[str, str] = {}
    if checked and definition is not None:
        errors = validate(definition, typed, on=on).errors
    lines: tuple[FieldError, ...] = error_lines(errors)
    return {
        "wizard": wizard, "definition": definition, "values": typed, "form_errors": errors, "errors": lines,
        "wish": wish,
    }  # fmt: skip


def answer_groups(wizard: Wizard, on: dt.date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return question and answer in words, group by group."""
    definition: FormDefinition | None = form_of(wizard.case, on)
    if definition is None:
        return [("", [("Nội dung đề nghị", wizard.draft.request or wizard.version.name)])]
    values = validate(definition, wizard.draft.answers, on=on).values
    return answers_by_group(definition, values, on=on)


def first_answers(wizard: Wizard, on: dt.date, *, actor: Actor) -> Mapping[str, Any]:
    """Return what stands in the form when it is opened."""
    definition = form_of(wizard.case, on)
    return answers_to_show(wizard.draft, definition, actor=actor) if definition else {}


def place_name(draft: DraftCard, on: dt.date) -> str:
    """Return the full name of where it is filed, or nothing."""
    if draft.intake_agency_id is None:
        return ""
    return get_agencies([draft.intake_agency_id], on)[draft.intake_agency_id].name


def successor_of(draft: DraftCard, on: dt.date) -> ProcedureCard | None:
    """Return the version in force of a draft's procedure, when it is another one."""
    card = find_procedure(get_version(draft.procedure_version_id).code, on)
    return card if card is not None and card.version_id != draft.procedure_version_id else None
