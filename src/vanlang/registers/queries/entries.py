"""Entries of an agency, as its officers see them: lists masked, an opened entry for a purpose."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import overload

from django.db.models import Count, Q, QuerySet
from typing_extensions import override

from vanlang.audit.api import record_read
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.vietnamese import search_key
from vanlang.organizations.api import get_agencies
from vanlang.registers.errors import MayNotReadError, UnknownEntryError
from vanlang.registers.models import Entry, EntryChange, EntryEdition
from vanlang.registers.queries.definitions import get_register, register_of_schema
from vanlang.registers.rules.masking import masked
from vanlang.registers.rules.schemas import rows_of
from vanlang.registers.rules.states import Span, grade_of, state_on
from vanlang.registers.types import (
    EditionCard,
    Ending,
    EntryChangeKind,
    EntryEvent,
    EntryLine,
    EntryPage,
    EntryState,
    Grade,
    RegisterCard,
)


def access_register(code: str, *, actor: Actor) -> RegisterCard:
    """Return a register that `actor` may search at their agency. Raises: UnknownRegisterError, MayNotReadError."""
    register = get_register(code)
    if not actor.is_officer or actor.agency_id is None or not actor.roles & register.readers:
        raise MayNotReadError
    return register


def search_entries(
    register: RegisterCard, *, actor: Actor, text: str = "", state: EntryState | None = None, on: dt.date
) -> Sequence[EntryLine]:
    """Return the entries of the actor's agency, the latest first: by number, name or part of one; masked, read page by page."""
    rows = Entry.objects.filter(register_id=register.id, agency_id=actor.agency_id or 0)
    for word in search_key(text).split():
        rows = rows.filter(search_key__contains=word)
    if state is not None:
        rows = rows.filter(_in_state(state, on))
    return _Lines(rows.order_by("-registered_at", "-id"), register, on)


def _in_state(state: EntryState, on: dt.date) -> Q:
    """Return the condition of a state on a day: the rule `state_on`, read as a filter (a test holds them together)."""
    begun, ended = Q(valid_from__lte=on), Q(ended_on__lte=on)
    expired = Q(expires_on__lte=on)
    match state:
        case EntryState.NOT_YET:
            return ~begun
        case EntryState.REPLACED | EntryState.REVOKED:
            return begun & ended & Q(ended_as=state.value)
        case EntryState.EXPIRED:
            return begun & expired & (Q(ended_on__isnull=True) | Q(ended_on__gt=on))
        case EntryState.VALID:
            return (
                begun
                & (Q(ended_on__isnull=True) | Q(ended_on__gt=on))
                & (Q(expires_on__isnull=True) | Q(expires_on__gt=on))
            )


def count_entries(*, actor: Actor) -> dict[int, tuple[int, int]]:
    """Return, by register, how many entries the actor's agency has and how many of them lack facts; one query."""
    rows = EntryEdition.objects.filter(entry__agency_id=actor.agency_id or 0, superseded_at__isnull=True)
    counted = rows.values("entry__register_id").annotate(
        total=Count("id"), gaps=Count("id", filter=Q(missing__len__gt=0))
    )
    return {row["entry__register_id"]: (row["total"], row["gaps"]) for row in counted}


class _Lines(Sequence[EntryLine]):
    """A list of lines that asks the database only for the page that is shown."""

    def __init__(self, rows: QuerySet[Entry], register: RegisterCard, on: dt.date) -> None:
        self._rows, self._register, self._on = rows, register, on

    @override
    def __len__(self) -> int:
        return self._rows.count()

    @overload
    def __getitem__(self, place: int) -> EntryLine: ...
    @overload
    def __getitem__(self, place: slice) -> list[EntryLine]: ...
    @override
    def __getitem__(self, place: int | slice) -> EntryLine | list[EntryLine]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        rows = list(self._rows[place])
        editions = editions_of(rows)
        return [line_of(row, self._register, editions[row.pk], self._on) for row in rows]


def editions_of(rows: Sequence[Entry]) -> dict[uuid.UUID, EntryEdition]:
    """Return the current edition of each entry; one query."""
    found = EntryEdition.objects.filter(entry__in=[row.pk for row in rows], superseded_at__isnull=True)
    return {edition.entry_id: edition for edition in found}


def current_edition(row: Entry) -> EntryEdition:
    """Return what an entry says now."""
    return EntryEdition.objects.get(entry=row, superseded_at__isnull=True)


def span_of(row: Entry) -> Span:
    """Return the periods of an entry."""
    return Span(row.valid_from, row.expires_on, row.ended_on, Ending(row.ended_as) if row.ended_as else None)


def grade_of_edition(edition: EntryEdition) -> Grade:
    """Return the provenance grade of what an entry says."""
    return grade_of(has_gaps=bool(edition.missing), was_completed=edition.number > 1)


def line_of(row: Entry, register: RegisterCard, edition: EntryEdition, on: dt.date) -> EntryLine:
    """Return the masked line of an entry."""
    return EntryLine(
        id=row.pk,
        register_code=register.code,
        register_name=register.name,
        number=row.number,
        holder=row.organisation_name or masked(row.holder_name),
        agency_id=row.agency_id,
        valid_from=row.valid_from,
        expires_on=row.expires_on,
        state=state_on(span_of(row), on),
        grade=grade_of_edition(edition),
        has_gaps=bool(edition.missing),
    )


def entry_for_update(entry_id: uuid.UUID) -> Entry:
    """Return an entry, locked, with its register. Raises: UnknownEntryError."""
    rows = Entry.objects.select_related("register").select_for_update(of=("self",))
    row = rows.filter(pk=entry_id).first()
    if row is None:
        raise UnknownEntryError
    return row


def get_entry_page(entry_id: uuid.UUID, *, actor: Actor, purpose: str, at: dt.datetime) -> EntryPage:
    """
    Return an opened entry of the actor's agency. The read is written first: no line in the log, no data.

    Raises: UnknownEntryError, MayNotReadError; ValueError without a purpose.
    """
    row = Entry.objects.select_related("register").filter(pk=entry_id, agency_id=actor.agency_id or 0).first()
    if row is None:
        raise UnknownEntryError
    access_register(row.register.code, actor=actor)
    record_read(
        act="registers.open", actor=actor, object_type="register_entry", object_id=row.pk, purpose=purpose, at=at,
        facts={"register": row.register.code, "number": row.number},
    )  # fmt: skip
    return _page(row, at)


def export_entries(
    register: RegisterCard,
    *,
    actor: Actor,
    text: str,
    state: EntryState | None,
    purpose: str,
    at: dt.datetime,
) -> list[tuple[EntryLine, str, dict[str, object]]]:
    """
    Return line, holder's whole name and facts of every entry that a search shows. One read for the whole list, with its purpose.

    Raises: ValueError without a purpose.
    """
    on = at.astimezone(VIETNAM).date()
    lines = search_entries(register, actor=actor, text=text, state=state, on=on)
    count = len(lines)
    record_read(
        act="registers.export", actor=actor, object_type="register", object_id=register.code, purpose=purpose, at=at,
        facts={"entries": count},
    )  # fmt: skip
    shown = {line.id: line for line in lines[:count]}
    names = dict(Entry.objects.filter(pk__in=list(shown)).values_list("pk", "holder_name"))
    says = EntryEdition.objects.filter(entry__in=list(shown), superseded_at__isnull=True)
    facts = dict(says.values_list("entry_id", "facts"))
    return [(line, names[pk], facts[pk]) for pk, line in shown.items()]


def _page(row: Entry, at: dt.datetime) -> EntryPage:
    on = at.astimezone(VIETNAM).date()
    editions = list(EntryEdition.objects.filter(entry=row).order_by("number"))
    edition = editions[-1]
    register = register_of_schema(edition.schema_id)
    titles = {one.name: one.title for one in register.fields}
    changes = EntryChange.objects.filter(entry=row).order_by("at", "id")
    return EntryPage(
        id=row.pk,
        register=register,
        agency_id=row.agency_id,
        agency=get_agencies([row.agency_id], row.issued_on)[row.agency_id].name,
        number=row.number,
        title=row.title,
        holder_name=row.holder_name,
        organisation_name=row.organisation_name,
        state=state_on(span_of(row), on),
        grade=grade_of_edition(edition),
        facts=edition.facts,
        rows=rows_of(register.fields, edition.facts),
        missing=tuple(titles.get(name, name) for name in edition.missing),
        valid_from=row.valid_from,
        expires_on=row.expires_on,
        ended_on=row.ended_on,
        ended_reason=row.ended_reason,
        replaces_id=row.replaces_id,
        replaced_by_id=Entry.objects.filter(replaces=row).values_list("pk", flat=True).first(),
        twins=_twins(row, register, edition, on),
        dossier_id=row.source_dossier_id,
        file_id=row.file_id,
        sha256=row.sha256,
        token=row.token,
        editions=tuple(
            EditionCard(
                number=one.number, facts=one.facts, missing=tuple(one.missing), recorded_at=one.recorded_at,
                superseded_at=one.superseded_at,
            )
            for one in editions
        ),
        history=tuple(
            EntryEvent(
                at=one.at, kind=EntryChangeKind(one.kind), reason=one.reason, who=one.actor_name,
                dossier_id=one.dossier_id,
            )
            for one in changes
        ),
    )  # fmt: skip


def _twins(row: Entry, register: RegisterCard, edition: EntryEdition, on: dt.date) -> tuple[EntryLine, ...]:
    """Return other standing entries of the same agency and register that share the key: perhaps the same matter twice."""
    if not edition.key:
        return ()
    same = EntryEdition.objects.filter(
        key=edition.key,
        superseded_at__isnull=True,
        entry__register_id=row.register_id,
        entry__agency_id=row.agency_id,
        entry__ended_as="",
    ).exclude(entry=row)
    found = {one.entry_id: one for one in same[:10]}
    rows = Entry.objects.filter(pk__in=list(found)).order_by("registered_at", "id")
    return tuple(line_of(one, register, found[one.pk], on) for one in rows)
