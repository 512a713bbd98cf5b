"""What the state holds already is not asked for again: results in registers, by grade of provenance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from vanlang.catalogue.api import get_version
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.rules.supplement import ItemKind, SupplementItem
from vanlang.kernel.errors import Refusal
from vanlang.kernel.scope import Scope, acting
from vanlang.registers import api as registers
from vanlang.registers.api import EntryState, Grade


def held_already(row: Dossier, items: Sequence[SupplementItem], *, on: dt.date) -> Refusal | None:
    """
    Return why a paper cannot be asked of the citizen: it was handed in from a register, or their register holds it, at grade A.

    The question is answered yes or no, with the number of the result; nothing of it is shown without the holder's consent.
    """
    wanted = {
        item.key: item.label for item in items if item.kind is ItemKind.DOCUMENT and item.key.isdecimal()
    }
    if not wanted:
        return None
    for use in registers.list_uses(row.pk, on=on):
        key = str(use.required_document_id)
        if key in wanted and use.state is EntryState.VALID and use.grade is Grade.A:
            return _refusal(wanted[key], use.number)
    return _held_by_applicant(row, wanted, on)


def _held_by_applicant(row: Dossier, wanted: dict[str, str], on: dt.date) -> Refusal | None:
    case = get_version(row.procedure_version_id).case(row.case_id)
    if case is None or row.applicant_id is None:
        return None
    for key, label in wanted.items():
        codes = case.registers_for(int(key))
        if not codes:
            continue
        with acting(Scope.system()):
            held = registers.list_held(row.applicant_id, on=on, registers=codes)
        number = next((one.number for one in held if not one.why_not and one.grade is Grade.A), None)
        if number is not None:
            return _refusal(label, number)
    return None


def _refusal(label: str, number: str) -> Refusal:
    return Refusal("dossiers.paper_is_held", {"paper": label.strip(), "number": number})
