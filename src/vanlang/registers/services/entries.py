"""Write an entry with its document, complete what is missing, end it. Each in the caller's transaction or its own."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.files.api import get_file
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.vietnamese import search_key
from vanlang.registers.errors import EntryEndedError, FactsInvalidError
from vanlang.registers.models import Entry, EntryChange, EntryEdition
from vanlang.registers.queries import current_edition, entry_for_update, get_register
from vanlang.registers.rules import schemas
from vanlang.registers.rules.states import expiry
from vanlang.registers.types import Ending, EntryChangeKind, Facts, Holder, Proof, RegisterCard


@transaction.atomic
def register_entry(
    *,
    register_code: str,
    agency_id: int,
    holder: Holder,
    proof: Proof,
    facts: Facts,
    actor: Actor,
    at: dt.datetime,
    reason: str = "",
) -> uuid.UUID:
    """
    Write what a released result says into its register. A standing entry of the same dossier is replaced by it.

    Facts that the schema does not take are left out and named as missing: a citizen's result does not wait for our data.
    """
    register = get_register(register_code)
    standing, missing, wrong = schemas.check(register.schema, facts)
    lacks = tuple(dict.fromkeys((*missing, *wrong)))
    before = _standing_of(register, proof.dossier_id)
    if before is not None:
        _end(before, Ending.REPLACED, reason or proof.number, proof.dossier_id, actor=actor, at=at)
    row = _entry(register, agency_id, holder, proof, before, at)
    row.save(force_insert=True)
    _write_edition(row, register, standing, lacks, number=1, at=at)
    _remember(row, EntryChangeKind.REGISTERED, reason, proof.dossier_id, actor=actor, at=at)
    return row.pk


@transaction.atomic
def complete_entry(*, entry_id: uuid.UUID, facts: Facts, reason: str, actor: Actor, at: dt.datetime) -> None:
    """
    Add facts that were missing, from the original. What an entry already says cannot be changed here: that is a correction.

    Raises: UnknownEntryError, EntryEndedError, FactsInvalidError.
    """
    row = entry_for_update(entry_id)
    if row.ended_as:
        raise EntryEndedError
    register, current = get_register(row.register.code), current_edition(row)
    added = {name: value for name, value in facts.items() if name not in current.facts}
    standing, missing, wrong = schemas.check(register.schema, {**added, **current.facts})
    if wrong or missing == tuple(current.missing):
        titles = {one.name: one.title for one in register.fields}
        raise FactsInvalidError(
            register=register.code, fields=", ".join(titles[one] for one in wrong or missing)
        )
    current.superseded_at = at
    current.save(update_fields=["superseded_at"])
    _write_edition(row, register, standing, missing, number=current.number + 1, at=at)
    _remember(row, EntryChangeKind.COMPLETED, reason, None, actor=actor, at=at)


@transaction.atomic
def revoke_entry(
    *, dossier_id: uuid.UUID, reason: str, actor: Actor, at: dt.datetime
) -> tuple[uuid.UUID, ...]:
    """End every standing entry of a dossier whose result was revoked; called twice, nothing more happens."""
    rows = list(
        Entry.objects.filter(source_dossier_id=dossier_id, ended_as="").select_for_update(of=("self",))
    )
    for row in rows:
        _end(row, Ending.REVOKED, reason, dossier_id, actor=actor, at=at)
    return tuple(row.pk for row in rows)


def _standing_of(register: RegisterCard, dossier_id: uuid.UUID) -> Entry | None:
    rows = Entry.objects.filter(register_id=register.id, source_dossier_id=dossier_id, ended_as="")
    return rows.select_for_update(of=("self",)).first()


def _end(
    row: Entry, how: Ending, reason: str, dossier_id: uuid.UUID, *, actor: Actor, at: dt.datetime
) -> None:
    row.ended_on = max(at.astimezone(VIETNAM).date(), row.valid_from)
    row.ended_as, row.ended_reason = how, reason.strip()[:500]
    row.save(update_fields=["ended_on", "ended_as", "ended_reason"])
    _remember(row, EntryChangeKind(how.value), row.ended_reason, dossier_id, actor=actor, at=at)


def _entry(
    register: RegisterCard,
    agency_id: int,
    holder: Holder,
    proof: Proof,
    before: Entry | None,
    at: dt.datetime,
) -> Entry:
    keeper_id = holder.keeper_id if holder.keeper_id != holder.person_id else None
    words = (proof.number, holder.name, holder.organisation_name, holder.organisation_code)
    return Entry(
        register_id=register.id,
        agency_id=agency_id,
        number=proof.number[:60],
        title=proof.title[:300],
        issued_on=proof.issued_on,
        holder_id=holder.person_id,
        keeper_id=keeper_id,
        holder_name=holder.name[:300],
        organisation_code=holder.organisation_code,
        organisation_name=holder.organisation_name[:300],
        search_key=search_key(" ".join(filter(None, words))),
        valid_from=proof.issued_on,
        expires_on=proof.expires_on or expiry(proof.issued_on, register.valid_months),
        replaces=before,
        source_dossier_id=proof.dossier_id,
        file_id=proof.file_id,
        sha256=get_file(proof.file_id).sha256 if proof.file_id else "",
        token=proof.token,
        registered_at=at,
    )


def _write_edition(
    row: Entry,
    register: RegisterCard,
    facts: Facts,
    missing: tuple[str, ...],
    *,
    number: int,
    at: dt.datetime,
) -> None:
    EntryEdition(
        entry=row,
        number=number,
        schema_id=register.schema_id,
        facts=dict(facts),
        missing=list(missing),
        key=schemas.key_of(register.key_fields, facts),
        recorded_at=at,
    ).save(force_insert=True)


def _remember(
    row: Entry,
    kind: EntryChangeKind,
    reason: str,
    dossier_id: uuid.UUID | None,
    *,
    actor: Actor,
    at: dt.datetime,
) -> None:
    EntryChange(
        entry=row,
        kind=kind,
        at=at,
        reason=reason.strip()[:500],
        appointment_id=actor.appointment_id,
        actor_name=actor.name if actor.is_officer else "",
        dossier_id=dossier_id,
    ).save(force_insert=True)
    record_act(
        act=f"registers.{kind}", actor=actor, object_type="register_entry", object_id=row.pk, at=at,
        facts={"register": row.register_id, "number": row.number},
    )  # fmt: skip
