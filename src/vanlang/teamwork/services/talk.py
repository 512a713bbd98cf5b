from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.dossiers import api as dossiers
from vanlang.identity.api import Actor, Role
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.vietnamese import normalise
from vanlang.teamwork.actors import officer_of
from vanlang.teamwork.errors import NotAcceptableError, NoteError, TeamworkNotFoundError
from vanlang.teamwork.models import Follow, Mention, Note
from vanlang.teamwork.queries.talk import list_colleagues
from vanlang.teamwork.rules import notes


@transaction.atomic
def follow(*, dossier_id: uuid.UUID, actor: Actor, at: dt.datetime) -> None:
    """
    Star a dossier: its movements are told from now on. Twice is once.

    Raises: DossierNotFound.
    """
    dossiers.require_seat(dossier_id, actor=actor)
    me = officer_of(actor)
    Follow.objects.get_or_create(
        appointment_id=me.appointment_id,
        dossier_id=dossier_id,
        defaults={"agency_id": me.agency_id, "since_at": at},
    )


@transaction.atomic
def unfollow(*, dossier_id: uuid.UUID, actor: Actor) -> None:
    """Take the star away, also from a dossier that has left the officer's sight."""
    Follow.objects.filter(appointment_id=officer_of(actor).appointment_id, dossier_id=dossier_id).delete()


@transaction.atomic
def write_note(*, dossier_id: uuid.UUID, text: str, actor: Actor, at: dt.datetime) -> uuid.UUID:
    """
    Write a note for the officers who see the dossier; whom it names gets it as a task.

    Raises: DossierNotFound, NotAcceptableError.
    """
    dossiers.require_seat(dossier_id, actor=actor)
    said = _checked(text)
    me = officer_of(actor)
    row = Note.objects.create(
        dossier_id=dossier_id,
        agency_id=me.agency_id,
        appointment_id=me.appointment_id,
        author_name=me.name,
        text=said,
        written_at=at,
    )
    _mention(row, actor, at)
    _record("teamwork.write_note", row, actor, at)
    return row.pk


@transaction.atomic
def edit_note(*, note_id: uuid.UUID, text: str, actor: Actor, at: dt.datetime) -> None:
    """
    Change the words of one's own note, within minutes of writing it. Who is newly named is told; who no longer is, is not.

    Raises: TeamworkNotFoundError, NoteError, NotAcceptableError.
    """
    row = _locked(note_id, actor)
    refuse_if(
        notes.may_edit(
            is_author=row.appointment_id == actor.appointment_id,
            written_at=row.written_at,
            is_struck=row.struck_at is not None,
            at=at,
        ),
        NoteError,
    )
    row.text, row.edited_at = _checked(text), at
    row.save(update_fields=["text", "edited_at"])
    _mention(row, actor, at)
    _record("teamwork.edit_note", row, actor, at)


@transaction.atomic
def strike_note(*, note_id: uuid.UUID, reason: str, actor: Actor, at: dt.datetime) -> None:
    """
    Mark a note as struck out, with the reason: it stays in its place, its words are shown no more.

    Raises: TeamworkNotFoundError, NoteError, NotAcceptableError("teamwork.strike_without_reason").
    """
    row = _locked(note_id, actor)
    refuse_if(
        notes.may_strike(
            is_author=row.appointment_id == actor.appointment_id,
            is_leader_of_author=actor.has(Role.LEADER) and actor.agency_id == row.agency_id,
            is_struck=row.struck_at is not None,
        ),
        NoteError,
    )
    if not reason.strip():
        raise NotAcceptableError("teamwork.strike_without_reason")
    row.struck_at, row.struck_by_id, row.struck_by_name = at, actor.appointment_id, actor.name
    row.struck_why = normalise(reason)[:300]
    row.save(update_fields=["struck_at", "struck_by", "struck_by_name", "struck_why"])
    Mention.objects.filter(note=row, done_at__isnull=True).update(done_at=at)
    _record("teamwork.strike_note", row, actor, at)


@transaction.atomic
def finish_mention(*, mention_id: int, actor: Actor, at: dt.datetime) -> None:
    """
    Tick a mention off. Twice is once.

    Raises: TeamworkNotFoundError.
    """
    mine = Mention.objects.filter(pk=mention_id, appointment_id=officer_of(actor).appointment_id)
    if not mine.filter(done_at__isnull=True).update(done_at=at) and not mine.exists():
        raise TeamworkNotFoundError


def _checked(text: str) -> str:
    said = "\n".join(normalise(line) for line in text.strip().splitlines())
    refuse_if(notes.check_text(said), NotAcceptableError)
    return said


def _locked(note_id: uuid.UUID, actor: Actor) -> Note:
    row = Note.objects.select_for_update(of=("self",)).filter(pk=note_id).first()
    if row is None:
        raise TeamworkNotFoundError
    dossiers.require_seat(row.dossier_id, actor=actor)
    return row


def _mention(row: Note, actor: Actor, at: dt.datetime) -> None:
    """Write who is named, once each. Two colleagues of one name are both named: better asked twice than never."""
    colleagues = list_colleagues(row.dossier_id, actor=actor, at=at)
    named = notes.mentioned(row.text, [card.name for card in colleagues])
    wanted = {card.id: card for card in colleagues if card.name in named}
    Mention.objects.filter(note=row, done_at__isnull=True).exclude(appointment_id__in=wanted).update(
        done_at=at
    )
    Mention.objects.bulk_create(
        [
            Mention(
                note=row,
                dossier_id=row.dossier_id,
                agency_id=card.agency_id,
                appointment_id=card.id,
                by_id=row.appointment_id,
                at=at,
            )
            for card in wanted.values()
        ],
        ignore_conflicts=True,
    )


def _record(act: str, row: Note, actor: Actor, at: dt.datetime) -> None:
    record_act(
        act=act,
        actor=actor,
        object_type="dossier",
        object_id=row.dossier_id,
        at=at,
        facts={"note": str(row.pk)},
    )
