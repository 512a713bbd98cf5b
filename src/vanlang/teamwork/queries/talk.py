from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from vanlang.dossiers import api as dossiers
from vanlang.identity.api import Actor, AppointmentCard, Role, get_appointments, list_officers
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.vietnamese import search_key, sort_key
from vanlang.teamwork.actors import officer_of
from vanlang.teamwork.errors import TeamworkNotFoundError
from vanlang.teamwork.models import Follow, Mention, Note
from vanlang.teamwork.rules import notes
from vanlang.teamwork.types import MentionCard, NoteCard, NoteOfDossier, Talk

WORKERS = frozenset({Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK})
"""Roles that see dossiers, and so can be mentioned."""
MOST_SUGGESTIONS = 8


def list_notes(dossier_id: uuid.UUID, *, actor: Actor, at: dt.datetime) -> tuple[NoteCard, ...]:
    """
    Return the notes on a dossier that the officer may see, oldest first.

    Raises: DossierNotFound. Citizens see none: they have no seat.
    """
    dossiers.require_seat(dossier_id, actor=actor)
    rows = list(Note.objects.filter(dossier_id=dossier_id).order_by("written_at", "id"))
    named: dict[uuid.UUID, set[str]] = {}
    mentions = list(Mention.objects.filter(note__in=rows).values_list("note_id", "appointment_id"))
    people = get_appointments({appointment for _, appointment in mentions})
    for note_id, appointment_id in mentions:
        named.setdefault(note_id, set()).add(people[appointment_id].name)
    return tuple(_note(row, named.get(row.pk, set()), actor, at) for row in rows)


def talk_about(dossier_id: uuid.UUID, *, actor: Actor, at: dt.datetime) -> Talk:
    """
    Return what colleagues say about a dossier, and whether the reader follows it.

    Raises: DossierNotFound.
    """
    return Talk(
        dossier_id=dossier_id,
        notes=list_notes(dossier_id, actor=actor, at=at),
        is_followed=is_followed(dossier_id, actor=actor),
    )


def find_note(note_id: uuid.UUID, *, actor: Actor, at: dt.datetime) -> NoteOfDossier:
    """
    Return one note with its dossier.

    Raises: TeamworkNotFoundError, DossierNotFound.
    """
    row = Note.objects.filter(pk=note_id).first()
    if row is None:
        raise TeamworkNotFoundError
    dossiers.require_seat(row.dossier_id, actor=actor)
    return NoteOfDossier(row.dossier_id, _note(row, (), actor, at))


def list_colleagues(dossier_id: uuid.UUID, *, actor: Actor, at: dt.datetime) -> list[AppointmentCard]:
    """
    Return who can be mentioned: officers of the agencies that have a seat at the dossier. In Vietnamese order.

    Raises: DossierNotFound.
    """
    agencies = dossiers.require_seat(dossier_id, actor=actor)
    on = at.astimezone(VIETNAM).date()
    found = [
        card
        for agency_id in sorted(agencies)
        for card in list_officers(agency_id, on)
        if card.roles & WORKERS and card.id != actor.appointment_id
    ]
    return sorted(found, key=lambda card: (sort_key(card.name), card.id))


def suggest_colleagues(
    dossier_id: uuid.UUID, text: str, *, actor: Actor, at: dt.datetime
) -> list[AppointmentCard]:
    """
    Return colleagues whose name or unit fits the word after the last "@", typed with or without diacritics.

    Raises: DossierNotFound.
    """
    colleagues = list_colleagues(dossier_id, actor=actor, at=at)
    _, begun, typed = text.rpartition("@")
    words = search_key(typed).split()
    if not begun or len(words) > 6:
        return []
    fitting = [
        card
        for card in colleagues
        if all(word in search_key(f"{card.name} {card.unit_name}") for word in words)
    ]
    whole = {card.name for card in fitting if search_key(card.name) == " ".join(words)}
    return [] if whole and typed.endswith(" ") else fitting[:MOST_SUGGESTIONS]


def list_mentions(actor: Actor, *, at: dt.datetime, with_done: bool = False) -> tuple[MentionCard, ...]:
    """Return the notes that name an officer, latest first; what has lost its seat in the meantime is left out."""
    rows = Mention.objects.filter(appointment_id=officer_of(actor).appointment_id).select_related("note")
    if not with_done:
        rows = rows.filter(done_at__isnull=True)
    found = list(rows.order_by("-at", "-id"))
    seats = dossiers.list_seat_cards(actor, {row.dossier_id for row in found}, at=at)
    by = get_appointments({row.by_id for row in found})
    return tuple(
        MentionCard(
            id=row.pk,
            dossier_id=row.dossier_id,
            code=seats[row.dossier_id].code,
            procedure_name=seats[row.dossier_id].procedure_name,
            by=by[row.by_id].name,
            at=row.at,
            text="" if row.note.struck_at else row.note.text,
            done_at=row.done_at,
        )
        for row in found
        if row.dossier_id in seats
    )


def count_mentions(actor: Actor) -> int:
    """Return how many notes wait for an officer."""
    return Mention.objects.filter(
        appointment_id=officer_of(actor).appointment_id, done_at__isnull=True
    ).count()


def list_followed(actor: Actor) -> dict[uuid.UUID, dt.datetime]:
    """Return the dossiers that an officer follows, each with since when."""
    return dict(
        Follow.objects.filter(appointment_id=officer_of(actor).appointment_id).values_list(
            "dossier_id", "since_at"
        )
    )


def is_followed(dossier_id: uuid.UUID, *, actor: Actor) -> bool:
    return Follow.objects.filter(
        appointment_id=officer_of(actor).appointment_id, dossier_id=dossier_id
    ).exists()


def _note(row: Note, names: Iterable[str], actor: Actor, at: dt.datetime) -> NoteCard:
    is_own = row.appointment_id == actor.appointment_id
    is_leader = actor.has(Role.LEADER) and actor.agency_id == row.agency_id
    is_struck = row.struck_at is not None
    edit = notes.may_edit(is_author=is_own, written_at=row.written_at, is_struck=is_struck, at=at)
    strike = notes.may_strike(is_author=is_own, is_leader_of_author=is_leader, is_struck=is_struck)
    text = "" if is_struck else row.text
    return NoteCard(
        id=row.pk,
        author=row.author_name,
        is_own=is_own,
        text=text,
        parts=notes.cut_at_mentions(text, names),
        written_at=row.written_at,
        edited_at=row.edited_at,
        may_edit=edit is None,
        may_strike=strike is None,
        struck_at=row.struck_at,
        struck_by=row.struck_by_name,
        struck_why=row.struck_why,
    )
