"""Questions. Who may see a file is decided by the app that the file belongs to; an id is asked for, never guessed."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from vanlang.files import ports
from vanlang.files.errors import FileDamagedError, FileInfectedError, UnknownFileError
from vanlang.files.models import StoredFile
from vanlang.files.types import FileCard, ScanState


def get_file(file_id: UUID) -> FileCard:
    """Return the card. Raises: UnknownFileError."""
    row = StoredFile.objects.filter(pk=file_id).first()
    if row is None:
        raise UnknownFileError(file=str(file_id))
    return card_of(row)


def get_files(file_ids: Iterable[UUID]) -> dict[UUID, FileCard]:
    """Return several cards by id, in one query; unknown ids are left out."""
    return {row.pk: card_of(row) for row in StoredFile.objects.filter(pk__in=set(file_ids))}


def read(file_id: UUID) -> bytes:
    """
    Return the content, its hash checked on the way.

    Raises: UnknownFileError; FileInfectedError; FileDamagedError when the disk gives other bytes than were stored.
    """
    card = get_file(file_id)
    if card.scan_state is ScanState.INFECTED:
        raise FileInfectedError(file=str(file_id))
    return ports.contents().read(card.sha256)


def list_unscanned(limit: int = 500) -> list[UUID]:
    """Return files that wait for the scanner, oldest first."""
    rows = StoredFile.objects.filter(scan_state=ScanState.UNSCANNED)
    return list(rows.order_by("id").values_list("id", flat=True)[:limit])


def check_some(count: int) -> tuple[int, list[str]]:
    """Read some contents, drawn at random; return how many were read, and the hashes of those that are gone or changed."""
    drawn = _drawn(count)
    damaged = []
    for sha256 in drawn:
        try:
            ports.contents().read(sha256)
        except FileDamagedError:
            damaged.append(sha256)
    return len(drawn), damaged


def _drawn(count: int) -> list[str]:
    """Return about so many hashes. Of a large table some pages are read, not all of its rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [StoredFile._meta.db_table])
        rows = max(cursor.fetchone()[0], 0)
        percent = 100 if rows < 20_000 else min(100.0, 100_000 * count / rows)
        cursor.execute(
            "SELECT sha256 FROM files_storedfile TABLESAMPLE SYSTEM (%s) ORDER BY random() LIMIT %s",
            [percent, count],
        )
        return [row[0] for row in cursor.fetchall()]


def card_of(row: StoredFile) -> FileCard:
    """Return the frozen card of a row."""
    return FileCard(
        id=row.pk,
        name=row.name,
        sha256=row.sha256,
        size_bytes=row.size_bytes,
        content_type=row.content_type,
        pages=row.pages,
        scan_state=ScanState(row.scan_state),
        created_at=row.created_at,
        uploaded_by=row.uploaded_by_id,
    )
