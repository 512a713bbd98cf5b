from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from vanlang.audit.api import record_read
from vanlang.documents.api import typeset
from vanlang.dossiers.queries.access import access_dossier
from vanlang.dossiers.queries.forms import form_data
from vanlang.dossiers.types import AddressOf, Form
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.organizations.api import get_agency


def print_form(
    reference: uuid.UUID | str, *, form: Form, address_of: AddressOf, actor: Actor, at: dt.datetime
) -> bytes:
    """
    Return a printed form of a dossier as PDF/A; the read is written first.

    `address_of` turns the dossier's public token into the address that the printed code leads to.
    Raises: DossierNotFound, ActNotPossible("dossiers.form_not_yet"), documents.TemplateBrokenError.
    """
    with transaction.atomic():
        row = access_dossier(reference, actor=actor)
        record_read(
            act="dossiers.print",
            actor=actor,
            object_type="dossier",
            object_id=row.pk,
            purpose=f"In biểu mẫu {form}",
            at=at,
            facts={"code": row.code, "form": form},
        )
        data = form_data(row, form, at=at, address_of=address_of)
    agency = get_agency(row.competent_agency_id, at.astimezone(VIETNAM).date())
    return typeset(data.template, data, agency_code=agency.code)
