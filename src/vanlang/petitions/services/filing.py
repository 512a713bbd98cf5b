from __future__ import annotations

import datetime as dt
import secrets
import uuid

from django.db import connection, transaction

from vanlang.dossiers.api import find_dossier_id
from vanlang.files.api import store
from vanlang.identity.api import Actor, ActorKind, PersonFacts, Role, get_person, remember_person
from vanlang.kernel import events
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import Refusal, refuse_if
from vanlang.kernel.locks import hold
from vanlang.kernel.scope import Scope, acting
from vanlang.kernel.sealing import mark
from vanlang.organizations.api import get_agency
from vanlang.petitions.actors import secret_mark
from vanlang.petitions.errors import PetitionNotAcceptableError, PetitionNotAllowedError
from vanlang.petitions.events import PetitionFiled
from vanlang.petitions.models import Petition, PetitionAttachment, PetitionCounter, PetitionSupplement
from vanlang.petitions.queries.likeness import repeats_of
from vanlang.petitions.rules import codes
from vanlang.petitions.rules.flow import Facts
from vanlang.petitions.rules.text import LONGEST_TITLE, tidy, why_not_filed
from vanlang.petitions.services import timing
from vanlang.petitions.services.acting import add_movement
from vanlang.petitions.services.marks import sender_marks_of, sketch_of_text
from vanlang.petitions.types import (
    Brought,
    Filed,
    PetitionAct,
    PetitionParty,
    PetitionSource,
    PetitionState,
    Sender,
    Sheet,
)

MOST_FILES = 5
_NEEDS_SECRET = frozenset({PetitionSource.PORTAL, PetitionSource.COUNTER, PetitionSource.HOTLINE})


def file_petition(*, brought: Brought, actor: Actor, at: dt.datetime, note: str = "") -> Filed:
    """
    Take a petition in, and return its code and its secret; the secret is shown this once.

    The same code of the same other system is the same petition; so is what the same page sends once more.
    Raises: PetitionNotAcceptableError, PetitionNotAllowedError, FileRefusedError, UnknownAgencyError.
    """
    refuse_if(_why_not(brought, actor), PetitionNotAcceptableError)
    party = _party(brought.source, actor)
    with acting(Scope.system()), transaction.atomic():
        if known := _known(brought):
            return known
        row, secret = _write(brought, actor, at)
        _keep_files(row, brought.files, None, at)
        _attach(row, brought.stored, None, at)
        repeated = next(iter(repeats_of(row)), None)
        if repeated is not None:
            row.repeats_id, row.repeat_ground = repeated.id, repeated.ground
            row.save(update_fields=["repeats", "repeat_ground"])
        add_movement(
            row, PetitionAct.FILE, actor=actor, facts=Facts(None, frozenset({party})), before="", note=note, at=at,
            source=row.source, files=len(brought.files) + len(brought.stored), repeats=repeated is not None,
        )  # fmt: skip
        events.publish(PetitionFiled(at=at, petition_id=row.pk, number=row.version))
    return Filed(row.pk, row.code, secret)


def _why_not(brought: Brought, actor: Actor) -> Refusal | None:
    """Return why it cannot be taken in. What another system already took in is not judged again."""
    if brought.source is PetitionSource.NATIONAL:
        return None if brought.external_id else Refusal("petitions.without_code")
    refusal = why_not_filed(tidy(brought.title), tidy(brought.text))
    if refusal is not None:
        return refusal
    if len(brought.files) > MOST_FILES:
        return Refusal("petitions.too_many_files", {"most": MOST_FILES})
    contact = brought.sender.phone or brought.sender.email
    if brought.source is PetitionSource.PORTAL and not actor.is_citizen and not contact:
        return Refusal("petitions.no_contact")
    return None


def _party(source: PetitionSource, actor: Actor) -> PetitionParty:
    """Return in which capacity it is filed. Raises: PetitionNotAllowedError for an officer who takes none down."""
    if source is PetitionSource.NATIONAL:
        return PetitionParty.SYSTEM
    if source is PetitionSource.PORTAL:
        if actor.is_officer:
            raise PetitionNotAllowedError("petitions.file_as_citizen")
        return PetitionParty.SENDER
    if not (actor.is_officer and actor.roles & {Role.COUNTER, Role.SPECIALIST}):
        raise PetitionNotAllowedError("petitions.act_not_for_role", act=PetitionAct.FILE)
    return PetitionParty.HANDLER


def _known(brought: Brought) -> Filed | None:
    """Return what was filed before: by the same form, whose second press waits for the first, or in the same system."""
    if brought.once is not None:
        hold("petitions.file", brought.once)
        row = Petition.objects.filter(once=brought.once).first()
        return Filed(row.pk, row.code, codes.secret_of(_secret(brought)), is_new=False) if row else None
    if not brought.external_id:
        return None
    row = Petition.objects.filter(source=brought.source, external_id=brought.external_id).first()
    return Filed(row.pk, row.code, "", is_new=False) if row else None


def _secret(brought: Brought) -> str:
    """Return the signs of a new secret; what a page carries makes the same again, since it is kept nowhere."""
    if brought.once is None:
        return new_secret()
    return codes.signs_of(mark(f"petition once {brought.once}"))


def _write(brought: Brought, actor: Actor, at: dt.datetime) -> tuple[Petition, str]:
    get_agency(brought.agency_id, at.astimezone(VIETNAM).date())
    person_id = actor.person_id if actor.kind is ActorKind.CITIZEN else None
    sender = _completed(brought.sender, person_id)
    title, text = tidy(brought.title)[:LONGEST_TITLE] or "Không có tiêu đề", tidy(brought.text)
    code = _next_code(at)
    secret = _secret(brought)
    has_secret = brought.source in _NEEDS_SECRET
    row = Petition(
        code=code,
        source=brought.source,
        external_id=brought.external_id[:100],
        once=brought.once,
        state=PetitionState.FILED,
        words={"title": title, "text": text},
        contact=contact_of(sender),
        secret_mark=secret_mark(code, secret) if has_secret else "",
        person_id=person_id,
        told_id=person_id or _stranger(sender, at),
        sender_marks=sender_marks_of(sender, person_id),
        sketch=sketch_of_text(title, text),
        agency_id=brought.agency_id,
        taken_in_by_id=brought.agency_id,
        dossier_id=find_dossier_id(brought.dossier_code) if brought.dossier_code else None,
        dossier_code=brought.dossier_code.strip()[:60],
        filed_at=min(brought.filed_at or at, at),
        arrived_at=at,
        moved_at=at,
    )
    timing.start(row)
    row.due_at = row.decide_due_at
    row.save()
    return row, codes.secret_of(secret) if has_secret else ""


def new_secret() -> str:
    """Return the signs of a new secret, as they are kept hashed: without the dash that is printed."""
    return "".join(secrets.choice(codes.LETTERS) for _ in range(codes.SECRET_SIGNS))


def contact_of(sender: Sender) -> dict[str, str]:
    return {
        "name": sender.name.strip()[:150],
        "phone": sender.phone.strip()[:30],
        "email": sender.email.strip()[:200],
        "address": sender.address.strip()[:300],
        "personal_id": sender.personal_id,
    }


def _completed(sender: Sender, person_id: uuid.UUID | None) -> Sender:
    """Return the sender with what the house knows of who signed in: needed to keep it out of what is published."""
    if person_id is None:
        return sender
    person = get_person(person_id)
    return Sender(
        name=sender.name or person.full_name,
        phone=sender.phone or person.phone,
        email=sender.email or person.email,
        address=sender.address or person.address,
        personal_id=person.personal_id,
    )


def _stranger(sender: Sender, at: dt.datetime) -> uuid.UUID | None:
    """Return somebody to be told: a stranger by no name; addresses go with each message and stay out of the registry."""
    if not (sender.phone or sender.email):
        return None
    return remember_person(facts=PersonFacts(full_name="Người gửi phản ánh"), at=at)


def _next_code(at: dt.datetime) -> str:
    """Return the next code of the day; its number is taken under a lock and never given twice."""
    on = at.astimezone(VIETNAM).date()
    table = PetitionCounter._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO {table} ("on", taken) VALUES (%s, 1) '  # noqa: S608 - the table's own name
            f'ON CONFLICT ("on") DO UPDATE SET taken = {table}.taken + 1 RETURNING taken',
            [on],
        )
        (number,) = cursor.fetchone()
    return codes.code_of(on, number)


def keep_files(
    row: Petition, files: tuple[Sheet, ...], supplement: PetitionSupplement | None, at: dt.datetime
) -> None:
    """Keep files of the sender. Raises: FileRefusedError, PetitionNotAcceptableError."""
    refuse_if(
        Refusal("petitions.too_many_files", {"most": MOST_FILES}) if len(files) > MOST_FILES else None,
        PetitionNotAcceptableError,
    )
    _keep_files(row, files, supplement, at)


def _keep_files(
    row: Petition, files: tuple[Sheet, ...], supplement: PetitionSupplement | None, at: dt.datetime
) -> None:
    kept = (store(content=sheet.content, name=sheet.name, at=at).id for sheet in files)
    _attach(row, tuple(kept), supplement, at)


def _attach(
    row: Petition, file_ids: tuple[uuid.UUID, ...], supplement: PetitionSupplement | None, at: dt.datetime
) -> None:
    taken = PetitionAttachment.objects.filter(petition=row).count()
    for number, file_id in enumerate(file_ids, start=taken + 1):
        PetitionAttachment.objects.create(
            petition=row, number=number, file_id=file_id, supplement=supplement, added_at=at
        )
