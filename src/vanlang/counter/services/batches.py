"""Piles: several dossiers of one person, one procedure for many people. Each line is received by itself."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.catalogue.api import PaperKind, VersionCard, competent_agency_for, find_procedure, get_version
from vanlang.counter.errors import CounterConflict, CounterInvalid, CounterNotFound
from vanlang.counter.models import Batch, BatchLine
from vanlang.counter.rules.sheet import MOST_LINES, PersonLine
from vanlang.counter.services.places import agency_of, appointment_of
from vanlang.counter.types import BatchKind, BatchLineState
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Channel, Filing, Paper, PartyFacts, State
from vanlang.identity.api import (
    Actor,
    PersonFacts,
    check_personal_id,
    clean_personal_id,
    remember_person,
)
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import DomainError, refuse_if
from vanlang.kernel.labels import sentence_of
from vanlang.kernel.vietnamese import normalise

AT_ONCE = 50
"""Lines received in one go; the page then shows how far it is and goes on."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A procedure with its case."""

    code: str
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """What one go did."""

    received: int
    wrong: int
    left: int
    """Lines that were not tried yet."""


@transaction.atomic
def begin_for_one_person(
    *, person: PersonLine, chosen: Sequence[Chosen], actor: Actor, at: dt.datetime
) -> uuid.UUID:
    """
    Begin a pile of one person: typed once, a line for each procedure.

    Raises: CounterInvalid("counter.batch_empty", "counter.batch_too_long").
    """
    lines = [(one, person) for one in chosen]
    return _begin(BatchKind.ONE_PERSON, person.full_name or "Một người", lines, actor, at)


@transaction.atomic
def begin_for_many(
    *, chosen: Chosen, people: Sequence[PersonLine], actor: Actor, at: dt.datetime
) -> uuid.UUID:
    """
    Begin a pile of one procedure: chosen once, a line for each person.

    Raises: CounterInvalid("counter.batch_empty", "counter.batch_too_long"), CounterConflict("counter.procedure_not_ready").
    """
    title = _version(chosen.code, at).name
    return _begin(BatchKind.ONE_PROCEDURE, title[:200], [(chosen, person) for person in people], actor, at)


@transaction.atomic
def change_line(
    *, batch_id: uuid.UUID, number: int, person: PersonLine, actor: Actor, at: dt.datetime
) -> None:
    """Correct a line that was not received. Raises: CounterConflict("counter.line_received")."""
    line = _line(batch_id, number, actor)
    if line.state == BatchLineState.RECEIVED:
        raise CounterConflict("counter.line_received", number=number)
    line.personal_id, line.full_name, line.phone = person.personal_id, person.full_name, person.phone
    line.address, line.request, line.state, line.error = (
        person.address,
        person.request,
        BatchLineState.WRITTEN,
        "",
    )
    line.save()


@transaction.atomic
def drop_line(*, batch_id: uuid.UUID, number: int, actor: Actor, at: dt.datetime) -> None:
    """Take a line off the list, with what was typed. Raises: CounterConflict("counter.line_received")."""
    line = _line(batch_id, number, actor)
    if line.state == BatchLineState.RECEIVED:
        raise CounterConflict("counter.line_received", number=number)
    BatchLine.objects.filter(pk=line.pk).update(
        state=BatchLineState.DROPPED, error="", personal_id="", full_name="", phone="", address="", request=""
    )


def receive_lines(*, batch_id: uuid.UUID, actor: Actor, at: dt.datetime, most: int = AT_ONCE) -> Received:
    """
    Receive what can be received, each line in a transaction of its own; a line that cannot keeps its reason.

    Resumable: lines that were received are left alone, and the line's id is its dossier's.
    """
    batch = Batch.objects.filter(pk=batch_id, agency_id=agency_of(actor)).first()
    if batch is None:
        raise CounterNotFound("counter.batch_unknown")
    waiting = list(batch.lines.filter(state=BatchLineState.WRITTEN).order_by("error", "number"))
    received = wrong = 0
    for row in waiting[:most]:
        error = _receive(row.pk, actor, at)
        received, wrong = received + (not error), wrong + bool(error)
    record_act(
        act="counter.receive_lines", actor=actor, object_type="batch", object_id=batch.pk, at=at,
        facts={"received": received, "wrong": wrong},
    )  # fmt: skip
    return Received(received, wrong, max(len(waiting) - most, 0))


def _receive(line_id: uuid.UUID, actor: Actor, at: dt.datetime) -> str:
    """Receive one line; return what is wrong with it, or nothing."""
    try:
        with transaction.atomic():
            line = BatchLine.objects.select_for_update().get(pk=line_id)
            if line.state != BatchLineState.WRITTEN:
                return ""
            _check(line)
            filed = dossiers.submit(filing=_filing(line, actor, at), actor=actor, at=at, dossier_id=line.pk)
            if filed.state is State.SUBMITTED:
                dossiers.receive(dossier_id=line.pk, actor=actor, at=at)
            line.state, line.dossier_id, line.error = BatchLineState.RECEIVED, line.pk, ""
            line.save()
    except DomainError as error:
        says = sentence_of(error.code, error.facts).says[:300]
        BatchLine.objects.filter(pk=line_id, state=BatchLineState.WRITTEN).update(error=says)
        return says
    return ""


def _check(line: BatchLine) -> None:
    """Raise what is wrong with a line before anything is written of it."""
    if not line.full_name.strip():
        raise CounterInvalid("counter.line_without_name")
    number = clean_personal_id(line.personal_id)
    refuse_if(check_personal_id(number) if number else None, CounterInvalid)
    phone = [letter for letter in line.phone if letter.isdigit()]
    if phone and not 9 <= len(phone) <= 12:
        raise CounterInvalid("counter.line_phone")
    same = line.batch.lines.filter(
        number__lt=line.number, request=line.request, procedure_code=line.procedure_code
    ).exclude(state=BatchLineState.DROPPED)
    numbers = same.values_list("personal_id", flat=True)
    if number and number in {clean_personal_id(one) for one in numbers}:
        raise CounterInvalid("counter.line_twice")


def _filing(line: BatchLine, actor: Actor, at: dt.datetime) -> Filing:
    agency_id = agency_of(actor)
    version = _version(line.procedure_code, at)
    competent_id = competent_agency_for(version.id, agency_id, at.astimezone(VIETNAM).date())
    if competent_id is None:
        raise CounterConflict("counter.competent_unknown")
    number = clean_personal_id(line.personal_id)
    phone = "".join(letter for letter in line.phone if letter.isdigit() or letter == "+")
    name, address = normalise(line.full_name), normalise(line.address)
    person_id = remember_person(
        facts=PersonFacts(full_name=name, personal_id=number, phone=phone, address=address),
        at=at,
        keep_known=True,
    )
    return Filing(
        procedure_version_id=version.id,
        case_id=line.case_id,
        applicant=PartyFacts(
            person_id=person_id, full_name=name, personal_id=number, phone=phone, address=address
        ),
        channel=Channel.DIRECT,
        intake_agency_id=agency_id,
        competent_agency_id=competent_id,
        return_agency_id=agency_id,
        request=normalise(line.request),
        papers=required_papers(version, line.case_id),
    )


def required_papers(version: VersionCard, case_id: int | None) -> tuple[Paper, ...]:
    """Return every required paper with the counts asked for: who receives a pile has seen that all are there."""
    case = version.case(case_id)
    return tuple(
        Paper(
            name=card.name[:300],
            required_document_id=card.id,
            originals=card.originals or int(not card.copies),
            copies=card.copies or 0,
        )
        for card in (case.documents if case else ())
        if card.kind in {PaperKind.FORM, PaperKind.PAPER} and card.is_required and not card.condition
    )


def _version(code: str, at: dt.datetime) -> VersionCard:
    card = find_procedure(code, at.astimezone(VIETNAM).date())
    if card is None or not card.is_ready:
        raise CounterConflict("counter.procedure_not_ready", procedure=code)
    return get_version(card.version_id)


def _begin(
    kind: BatchKind, title: str, lines: Sequence[tuple[Chosen, PersonLine]], actor: Actor, at: dt.datetime
) -> uuid.UUID:
    if not lines:
        raise CounterInvalid("counter.batch_empty")
    if len(lines) > MOST_LINES:
        raise CounterInvalid("counter.batch_too_long", most=MOST_LINES)
    agency_id = agency_of(actor)
    batch = Batch.objects.create(
        agency_id=agency_id, kind=kind, officer_id=appointment_of(actor), begun_at=at, title=title
    )
    BatchLine.objects.bulk_create(
        BatchLine(
            batch=batch, agency_id=agency_id, number=number, procedure_code=chosen.code, case_id=chosen.case_id,
            personal_id=person.personal_id, full_name=person.full_name, phone=person.phone,
            address=person.address, request=person.request,
        )
        for number, (chosen, person) in enumerate(lines, 1)
    )  # fmt: skip
    record_act(
        act="counter.begin_batch", actor=actor, object_type="batch", object_id=batch.pk, at=at,
        facts={"kind": kind.value, "lines": len(lines)},
    )  # fmt: skip
    return batch.pk


def _line(batch_id: uuid.UUID, number: int, actor: Actor) -> BatchLine:
    row = (
        BatchLine.objects.select_for_update()
        .filter(batch_id=batch_id, number=number, agency_id=agency_of(actor))
        .first()
    )
    if row is None:
        raise CounterNotFound("counter.batch_unknown")
    return row
