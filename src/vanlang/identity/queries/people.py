from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import FilteredRelation, OuterRef, Q
from django.db.models.functions import JSONObject

from vanlang.identity.errors import UnknownPersonError
from vanlang.identity.models import Account, Activation, Appointment, Person, Substitution
from vanlang.identity.types import (
    NOBODY,
    Absent,
    Actor,
    ActorKind,
    AppointmentCard,
    ContactCard,
    PersonCard,
    Role,
    StaffCard,
    Standing,
    SubstitutionCard,
)
from vanlang.kernel.vietnamese import search_key


def actor_for(account: Account, *, on: dt.date, appointment_id: int | None = None) -> Actor:
    """
    Return who `account` acts as: the chosen appointment while it is valid, else the first valid one, else the citizen.

    An account that is neither (no appointment left, no person) is nobody.
    """
    known = account.standing if account.standing and account.standing.on == on else None
    appointments = known.appointments if known else list_appointments(account.pk, on)
    chosen = next((card for card in appointments if card.id == appointment_id), None) or next(
        iter(appointments), None
    )
    if chosen is not None:
        return actor_of(chosen)
    if account.person_id is not None:
        return Actor(
            ActorKind.CITIZEN, account_id=account.pk, person_id=account.person_id, name=account.full_name
        )
    return NOBODY


def actor_of(card: AppointmentCard) -> Actor:
    """Return the actor that an appointment makes."""
    return Actor(
        ActorKind.OFFICER,
        account_id=card.account_id,
        person_id=card.person_id,
        appointment_id=card.id,
        agency_id=card.agency_id,
        unit_id=card.unit_id,
        roles=card.roles,
        name=card.name,
        title=card.title,
        stands_for=card.stands_for,
    )


def find_account(account_id: int, on: dt.date) -> Account | None:
    """Return an account together with its standing on a day, in one query; None when there is none."""
    valid = FilteredRelation(
        "appointments",
        condition=Q(appointments__valid_from__lte=on)
        & (Q(appointments__valid_to__isnull=True) | Q(appointments__valid_to__gt=on)),
    )
    columns = [field.attname for field in Account._meta.concrete_fields]
    place = [
        "valid__id",
        "valid__title",
        "valid__agency_id",
        "valid__unit_id",
        "valid__unit__name",
        "valid__roles",
        "absent",
    ]
    rows = list(
        Account.objects.annotate(valid=valid, absent=_absent(OuterRef("valid__id"), on))
        .filter(pk=account_id)
        .order_by("valid__id")
        .values_list(*columns, *place)
    )
    if not rows:
        return None
    account = Account.from_db(None, columns, rows[0][: len(columns)])
    held = [row[len(columns) :] for row in rows if row[len(columns)] is not None]
    account.standing = Standing(on, tuple(_card_of(account, *values) for values in held))
    return account


def list_appointments(account_id: int, on: dt.date) -> list[AppointmentCard]:
    """Return the appointments of an account that are valid on a day, oldest first."""
    rows = _valid(on).filter(account_id=account_id).annotate(absent=_absent(OuterRef("id"), on))
    return [_card(row) for row in rows.order_by("id")]


def list_substitutions(agency_id: int, *, on: dt.date, with_past: bool = False) -> list[SubstitutionCard]:
    """Return who stands in for whom in an agency, today and later; the past ones too if asked. Latest first."""
    rows = Substitution.objects.filter(agency_id=agency_id, cancelled_at__isnull=True)
    if not with_past:
        rows = rows.filter(valid_to__gt=on)
    places = (f"{who}__{what}" for who in ("absent", "substitute", "set_by") for what in ("account", "unit"))
    found = rows.select_related(*places).order_by("-valid_from", "-id")
    return [_substitution(row) for row in found]


def find_substitution(substitution_id: int) -> SubstitutionCard | None:
    """Return a substitution, also one that is over, or None."""
    row = Substitution.objects.filter(pk=substitution_id).first()
    return _substitution(row) if row else None


def list_officers(
    agency_id: int,
    on: dt.date,
    *,
    unit_id: int | None = None,
    role: Role | None = None,
    at_most: int | None = None,
) -> list[AppointmentCard]:
    """Return the officers of an agency, or of one unit, or with one role, in order of appointment: all, or the first few."""
    rows = _valid(on).filter(agency_id=agency_id, account__is_active=True)
    if unit_id:
        rows = rows.filter(unit_id=unit_id)
    if role:
        rows = rows.filter(roles__contains=[role.value])
    return [_card(row) for row in rows.order_by("id")[:at_most]]


def list_slip_holders(account_ids: Iterable[int], *, at: dt.datetime) -> frozenset[int]:
    """Return who of the accounts has a slip that still opens a door."""
    found = Activation.objects.filter(account_id__in=account_ids, used_at__isnull=True, expires_at__gt=at)
    return frozenset(found.values_list("account_id", flat=True))


def list_staff(on: dt.date, *, agency_ids: Iterable[int] | None = None) -> list[StaffCard]:
    """Return the staff list of all agencies, or of some: every appointment that is valid on a day or begins later."""
    rows = Appointment.objects.select_related("account").filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    if agency_ids is not None:
        rows = rows.filter(agency_id__in=list(agency_ids))
    proven = set(Authenticator.objects.values_list("user_id", flat=True))
    return [_staff(row, row.account_id in proven) for row in rows.order_by("id")]


def _staff(row: Appointment, has_second_factor: bool) -> StaffCard:
    account = row.account
    return StaffCard(
        account_id=account.pk,
        username=account.username,
        full_name=account.full_name,
        email=account.email,
        appointment_id=row.pk,
        agency_id=row.agency_id,
        unit_id=row.unit_id,
        title=row.title,
        roles=frozenset(Role(role) for role in row.roles),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        is_active=account.is_active,
        has_password=account.has_usable_password(),
        has_second_factor=has_second_factor,
    )


def list_former_officers(agency_id: int, on: dt.date) -> list[AppointmentCard]:
    """Return the appointments of an agency that were over on a day, the latest first."""
    rows = Appointment.objects.select_related("account", "unit").filter(agency_id=agency_id, valid_to__lte=on)
    return [_card(row) for row in rows.order_by("-valid_to", "-id")]


def list_every_officer(on: dt.date) -> list[AppointmentCard]:
    """Return every valid appointment of the province, for jobs that serve everybody."""
    return [_card(row) for row in _valid(on).filter(account__is_active=True).order_by("id")]


def list_unit_appointments(unit_id: int) -> frozenset[int]:
    """Return the appointments that a unit has or had."""
    return frozenset(Appointment.objects.filter(unit_id=unit_id).values_list("id", flat=True))


def get_appointments(ids: Iterable[int]) -> dict[int, AppointmentCard]:
    """Return appointments by id, valid or past, in one query."""
    rows = Appointment.objects.select_related("account", "unit").filter(id__in=set(ids))
    return {row.pk: _card(row) for row in rows}


def get_person(person_id: uuid.UUID) -> PersonCard:
    """Return a person's data. The caller has written the read."""
    row = Person.objects.filter(pk=person_id).first()
    if row is None:
        raise UnknownPersonError
    return _person(row)


def get_people(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, PersonCard]:
    """Return people by id, in one query. The caller has written the reads."""
    return {row.pk: _person(row) for row in Person.objects.filter(pk__in=set(ids))}


def find_contact(account_id: int) -> ContactCard | None:
    """Return where an account that is in use can be written to, or None."""
    row = Account.objects.filter(pk=account_id, is_active=True).first()
    return ContactCard(row.pk, row.full_name or row.username, row.email) if row else None


def find_person(personal_id: str) -> PersonCard | None:
    """Return the person of a personal id, or None. The caller writes the read."""
    row = Person.objects.filter(personal_id=personal_id).exclude(personal_id="").first()
    return _person(row) if row else None


def _valid(on: dt.date):  # type: ignore[no-untyped-def] # a queryset of this room
    period = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    return Appointment.objects.select_related("account", "unit").filter(period, valid_from__lte=on)


def _card(row: Appointment) -> AppointmentCard:
    absent = getattr(row, "absent", ())  # only where the caller asked for it
    return _card_of(
        row.account, row.pk, row.title, row.agency_id, row.unit_id, row.unit.name, row.roles, absent
    )


def _card_of(
    account: Account,
    id_: int,
    title: str,
    agency_id: int,
    unit_id: int,
    unit_name: str,
    roles: Iterable[str],
    absent: Iterable[dict[str, object]] = (),
) -> AppointmentCard:
    return AppointmentCard(
        id=id_,
        account_id=account.pk,
        name=account.full_name or account.username,
        title=title,
        agency_id=agency_id,
        unit_id=unit_id,
        unit_name=unit_name,
        roles=frozenset(Role(role) for role in roles),
        person_id=account.person_id,
        stands_for=tuple(_absent_one(**one) for one in absent),  # type: ignore[arg-type] # as _absent writes it
    )


def _absent(appointment: OuterRef, on: dt.date) -> ArraySubquery:
    """Return the colleagues for whom an appointment stands on a day, as a column of the appointment's own query."""
    rows = Substitution.objects.filter(
        Q(absent__valid_to__isnull=True) | Q(absent__valid_to__gt=on),
        substitute=appointment,
        cancelled_at__isnull=True,
        valid_from__lte=on,
        valid_to__gt=on,
    )
    told = JSONObject(
        appointment_id="absent_id",
        unit_id="absent__unit_id",
        name="absent__account__full_name",
        roles="roles",
        until_on="valid_to",
    )
    return ArraySubquery(rows.order_by("absent_id").values(told=told))


def _absent_one(*, appointment_id: int, unit_id: int, name: str, roles: list[str], until_on: str) -> Absent:
    return Absent(appointment_id, unit_id, name, frozenset(map(Role, roles)), dt.date.fromisoformat(until_on))


def _substitution(row: Substitution) -> SubstitutionCard:
    return SubstitutionCard(
        id=row.pk,
        absent=_card(row.absent),
        substitute=_card(row.substitute),
        roles=frozenset(map(Role, row.roles)),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        reason=row.reason,
        decision=row.decision,
        decided_on=row.decided_on,
        set_by_name=_card(row.set_by).name,
    )


def _person(row: Person) -> PersonCard:
    return PersonCard(
        id=row.pk,
        personal_id=row.personal_id,
        full_name=row.full_name,
        born_on=row.born_on,
        gender=row.gender,
        address=row.address,
        phone=row.phone,
        email=row.email,
    )


def list_people_like(
    *, full_name: str, born_on: dt.date | None, personal_id: str = "", limit: int = 5
) -> list[PersonCard]:
    """
    Return people who may be the one described under another number: the same name, and the same day of birth.

    Without a day of birth nobody is: names alone repeat too often. The caller writes the read.
    """
    if born_on is None:
        return []
    rows = Person.objects.filter(search_name=search_key(full_name), born_on=born_on)
    if personal_id:
        rows = rows.exclude(personal_id=personal_id)
    return [_person(row) for row in rows.order_by("created_at", "id")[:limit]]
