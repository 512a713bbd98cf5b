"""Who may change the catalogue: an editor of the department that answers for the procedure, or of the province's office."""

from __future__ import annotations

from vanlang.catalogue.rules.reading.words import PROVINCE_OFFICE
from vanlang.kernel.errors import Refusal


def may_edit(*, is_editor: bool, agency_code: str | None, department_code: str) -> Refusal | None:
    """Return why the catalogue may not be changed here. `agency_code` None: the operator, who acts for the province."""
    if agency_code is None:
        return None if is_editor else Refusal("catalogue.not_editor")
    if not is_editor:
        return Refusal("catalogue.not_editor")
    if agency_code not in {department_code, PROVINCE_OFFICE}:
        return Refusal("catalogue.other_department", {"department": department_code})
    return None
