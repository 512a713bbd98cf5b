"""End a procedure, and learn what the source calls a field: what the national catalogue says beside its rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.catalogue.models import Field
from vanlang.catalogue.services.publishing import last_versions, retire
from vanlang.catalogue.services.storing import lock_catalogue, raise_edition
from vanlang.identity.api import Actor


@transaction.atomic
def withdraw_procedures(
    *, codes: Collection[str], valid_to: date, actor: Actor, at: datetime
) -> tuple[str, ...]:
    """
    End the versions in force of some procedures on a day; return the codes. Running dossiers keep the version they have.

    One that ends earlier, or begins later, stays as it is.
    """
    lock_catalogue()
    ending = {
        code: version
        for code, version in last_versions(codes).items()
        if version.valid_from < valid_to and (version.valid_to is None or version.valid_to > valid_to)
    }
    retire(list(ending.values()), valid_to)
    record_act(
        act="catalogue.withdraw", actor=actor, object_type="catalogue", object_id="withdrawal", at=at,
        facts={"codes": sorted(ending), "valid_to": str(valid_to)},
    )  # fmt: skip
    raise_edition()
    return tuple(sorted(ending))


@transaction.atomic
def learn_field_codes(*, codes: Mapping[str, str], actor: Actor, at: datetime) -> tuple[str, ...]:
    """Give the fields of some names (name → code) their national codes, where they have none; return the names."""
    lock_catalogue()
    rows = list(Field.objects.filter(name__in=codes, code=""))
    for row in rows:
        row.code = codes[row.name][:35]
    Field.objects.bulk_update(rows, ["code"])
    learned = tuple(sorted(row.name for row in rows))
    record_act(
        act="catalogue.learn_field_codes", actor=actor, object_type="catalogue", object_id="fields", at=at,
        facts={"codes": sorted(row.code for row in rows)},
    )  # fmt: skip
    raise_edition()
    return learned
