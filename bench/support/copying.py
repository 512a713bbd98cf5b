# ruff: noqa: S608 - tables and columns are named by models, never by input
"""
SQL that copies dossiers with all that hangs on them, set-based.

`jsonb_populate_record` takes a row and the few columns that differ: whatever column a table gains later is copied too.
An id of a copy is made from the id of its pattern and of the dossier it belongs to, so references find each other.
"""

from __future__ import annotations

from django.db import models

from vanlang.audit.models import Record
from vanlang.dossiers.models import (
    Attachment,
    Dossier,
    DueChange,
    Movement,
    Outcome,
    Seat,
    SupplementItem,
    SupplementRequest,
)

CROWD = """
CREATE TEMPORARY TABLE crowd (
    pattern uuid, id uuid PRIMARY KEY, shift interval, code text, person_id uuid, full_name text, personal_id text,
    phone text, search_key text, process jsonb
)
"""

_OWN_ID = "md5(old.{column}::text || crowd.id::text)::uuid"


def _own(*columns: str) -> dict[str, str]:
    return {column: _OWN_ID.format(column=column) for column in columns}


def _copy(
    model: type[models.Model], own: dict[str, str], *, joined: str = "old.dossier_id = crowd.pattern"
) -> str:
    instants = [
        field.column for field in model._meta.concrete_fields if isinstance(field, models.DateTimeField)
    ]
    changed = {column: f"old.{column} + crowd.shift" for column in instants} | own
    pairs = ", ".join(f"'{column}', {value}" for column, value in changed.items())
    table = model._meta.db_table
    return (
        f"INSERT INTO {table} SELECT new.* FROM crowd JOIN {table} AS old ON {joined}, "
        f"LATERAL jsonb_populate_record(old, jsonb_build_object({pairs})) AS new"
    )


_DOSSIER = {
    "id": "crowd.id",
    "code": "crowd.code",
    "applicant_id": "crowd.person_id",
    "applicant_name": "crowd.full_name",
    "applicant_personal_id": "crowd.personal_id",
    "applicant_phone": "crowd.phone",
    "operator_id": "CASE WHEN old.operator_id IS NOT NULL THEN crowd.person_id END",
    "subject_id": "crowd.person_id",
    "subject_name": "crowd.full_name",
    "payer_id": "crowd.person_id",
    "payer_name": "crowd.full_name",
    "recipient_id": "crowd.person_id",
    "recipient_name": "crowd.full_name",
    "receipt_token": "md5(crowd.id::text)",
    "search_key": "crowd.search_key",
    "process": "crowd.process",
}
_OF_DOSSIER = {"dossier_id": "crowd.id"}
_RECORD = {
    "id": f"nextval(pg_get_serial_sequence('{Record._meta.db_table}', 'id'))",
    "object_id": "crowd.id::text",
}
_OF_RECORD = "old.object_type = 'dossier' AND old.object_id = crowd.pattern::text"

COPIES = (
    _copy(Dossier, _DOSSIER, joined="old.id = crowd.pattern"),
    _copy(Movement, _own("id") | _OF_DOSSIER),
    _copy(DueChange, _own("id") | _OF_DOSSIER),
    _copy(Attachment, _own("id", "replaces_id") | _OF_DOSSIER),
    _copy(SupplementRequest, _own("id") | _OF_DOSSIER),
    _copy(SupplementItem, _own("id", "request_id", "attachment_id") | _OF_DOSSIER),
    _copy(Outcome, _own("id") | _OF_DOSSIER | {"token": "md5('outcome' || crowd.id::text)"}),
    _copy(Record, _RECORD, joined=_OF_RECORD),
)
"""In the order in which foreign keys allow. Seats are the database's own work."""

_FILLED = (
    "(SELECT array_agg(key ORDER BY key) FROM jsonb_object_keys(jsonb_strip_nulls(to_jsonb({row}))) AS key)"
)
_COLUMNS = (
    "SELECT count(*) FROM crowd JOIN dossiers_dossier AS old ON old.id = crowd.pattern "
    f"JOIN dossiers_dossier AS new ON new.id = crowd.id WHERE {_FILLED.format(row='old')} IS DISTINCT FROM {_FILLED.format(row='new')}"
)


def _as_many(model: type[models.Model]) -> str:
    table = model._meta.db_table
    return (
        "SELECT count(*) FROM crowd "
        f"LEFT JOIN (SELECT dossier_id, count(*) AS number FROM {table} GROUP BY 1) AS old ON old.dossier_id = crowd.pattern "
        f"LEFT JOIN (SELECT dossier_id, count(*) AS number FROM {table} GROUP BY 1) AS new ON new.dossier_id = crowd.id "
        "WHERE old.number IS DISTINCT FROM new.number"
    )


CHECKS = {"filled columns": _COLUMNS} | {
    model.__name__: _as_many(model)
    for model in (Seat, Movement, DueChange, Attachment, SupplementRequest, SupplementItem, Outcome)
}
"""What is compared, and a statement that counts the copies that differ from their patterns."""
