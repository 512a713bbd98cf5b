"""People, enterprises and officers of a synthetic province, written by the thousand. The second way into these tables."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db.backends.utils import CursorWrapper

from vanlang.audit.api import record_acts_from
from vanlang.identity.models import Account
from vanlang.identity.types import EntityKind, RepresentationKind, Role
from vanlang.kernel.vietnamese import search_key


@dataclass(frozen=True, slots=True)
class NewOfficer:
    """An account with one appointment."""

    username: str
    full_name: str
    agency_id: int
    unit_id: int
    title: str
    role: Role


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A citizen who is nobody, with the account of a first sign-in."""

    id: uuid.UUID
    personal_id: str
    full_name: str
    born_on: dt.date
    is_woman: bool
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class NewEntity:
    """An enterprise that is none, and who speaks for it."""

    id: uuid.UUID
    number: str
    name: str
    address: str
    phone: str
    representative_id: uuid.UUID
    representation_id: uuid.UUID


def add_officers_from(
    cursor: CursorWrapper,
    officers: Sequence[NewOfficer],
    *,
    valid_from: dt.date,
    at: dt.datetime,
    password: str | None = None,
) -> list[int]:
    """
    Write accounts and their appointments; return the appointments' ids in the same order.

    All sign in with `password`, where one is given: never outside tests and demonstrations.
    """
    known = make_password(password, salt=_SALT) if password else _NO_PASSWORD
    account, appointment = _next_id(cursor, "identity_account"), _next_id(cursor, "identity_appointment")
    with cursor.copy(
        "COPY identity_account (id, password, username, email, full_name, is_active) FROM STDIN"
    ) as rows:
        for number, one in enumerate(officers):
            rows.write_row((account + number, known, one.username, "", one.full_name, True))
    with cursor.copy(
        "COPY identity_appointment (id, account_id, agency_id, unit_id, title, roles, valid_from) FROM STDIN"
    ) as rows:
        for number, one in enumerate(officers):
            place = (one.agency_id, one.unit_id, one.title, [one.role.value], valid_from)
            rows.write_row((appointment + number, account + number, *place))
    _count_on(cursor, "identity_account", "identity_appointment")
    record_acts_from(cursor, _APPOINTED.format(at=at.isoformat(), first=appointment))
    return list(range(appointment, appointment + len(officers)))


_SALT = "synthetic-province"
_NO_PASSWORD = "!synthetic"  # noqa: S105 - what Django takes for no usable password
_APPOINTED = """
    SELECT timestamptz '{at}' AS at, 'identity.appoint' AS act, 'system' AS actor_kind, NULL::bigint AS account_id,
        NULL::uuid AS person_id, NULL::bigint AS appointment_id, NULL::int AS agency_id, 'appointment' AS object_type,
        id::text AS object_id, jsonb_build_object('roles', to_jsonb(roles)) AS facts
    FROM identity_appointment WHERE id >= {first} ORDER BY id
"""


def add_people_from(cursor: CursorWrapper, people: Iterable[NewPerson], *, at: dt.datetime) -> None:
    """Write people and the accounts that they sign in with."""
    first = _next_id(cursor, "identity_account")
    with cursor.copy(
        "COPY identity_person (id, personal_id, full_name, search_name, born_on, gender, address, phone, email, created_at) FROM STDIN"
    ) as rows:
        for one in people:
            rows.write_row(
                (
                    one.id, one.personal_id, one.full_name, search_key(one.full_name), one.born_on,
                    "female" if one.is_woman else "male", one.address, one.phone, "", at,
                )
            )  # fmt: skip
    cursor.execute(
        "INSERT INTO identity_account (id, password, username, email, full_name, is_active, person_id) "
        "SELECT %s - 1 + row_number() OVER (ORDER BY id), %s, 'cd-' || id, email, full_name, true, id FROM identity_person AS person "
        "WHERE NOT EXISTS (SELECT 1 FROM identity_account AS known WHERE known.person_id = person.id)",
        [first, _NO_PASSWORD],
    )
    _count_on(cursor, "identity_account")
    cursor.execute("ANALYZE identity_person; ANALYZE identity_account")


def accounts_of(people: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Return with which account each of some people signs in."""
    return dict(Account.objects.filter(person_id__in=set(people)).values_list("person_id", "id"))


def add_entities_from(
    cursor: CursorWrapper, entities: Sequence[NewEntity], *, valid_from: dt.date, at: dt.datetime
) -> None:
    """Write enterprises with their representatives by law."""
    with cursor.copy(
        "COPY identity_legalentity (id, kind, number, name, search_name, address, phone, email, created_at) FROM STDIN"
    ) as rows:
        for one in entities:
            known = (one.number, one.name, search_key(one.name), one.address, one.phone, "", at)
            rows.write_row((one.id, EntityKind.ENTERPRISE.value, *known))
    with cursor.copy(
        "COPY identity_representation (id, entity_id, person_id, kind, title, ground, valid_from, created_at) FROM STDIN"
    ) as rows:
        for one in entities:
            as_what = (RepresentationKind.LEGAL.value, "Giám đốc", "Giấy chứng nhận đăng ký doanh nghiệp")
            rows.write_row((one.representation_id, one.id, one.representative_id, *as_what, valid_from, at))
    cursor.execute("ANALYZE identity_legalentity; ANALYZE identity_representation")


def _next_id(cursor: CursorWrapper, table: str) -> int:
    cursor.execute(f"SELECT COALESCE(max(id), 0) + 1 FROM {table}")  # noqa: S608 - a table of this app
    (found,) = cursor.fetchone()
    return int(found)


def _count_on(cursor: CursorWrapper, *tables: str) -> None:
    for table in tables:
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"  # noqa: S608 - as above
        )
