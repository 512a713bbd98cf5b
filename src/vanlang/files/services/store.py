"""Commands: take a file in, ask the scanner again, let one go."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import ProtectedError
from procrastinate.contrib.django import app as jobs

from vanlang.files import ports
from vanlang.files.errors import FileInUseError, FileRefusedError, UnknownFileError
from vanlang.files.events import FileFoundInfected
from vanlang.files.models import StoredFile
from vanlang.files.queries import card_of
from vanlang.files.rules.content import Accepted, examine
from vanlang.files.rules.names import safe_name
from vanlang.files.rules.policies import PAPERS, Policy
from vanlang.files.types import FileCard, ScanState
from vanlang.kernel import events
from vanlang.kernel.errors import Refusal, refuse_if


@transaction.atomic
def store(
    *,
    content: bytes,
    name: str,
    at: datetime,
    policy: Policy = PAPERS,
    uploaded_by: int | None = None,
    retain_until: date | None = None,
) -> FileCard:
    """
    Keep `content` if `policy` takes it, and return its card. What it is, is read from its bytes.

    The same content twice makes two cards and one copy on disk. When the virus scanner does not answer, the
    file is kept as UNSCANNED and a job asks again: nobody waits at the counter for a scanner.

    Raises: FileRefusedError with the code of the reason (`labels.py` lists them).
    """
    verdict = examine(content, policy)
    if isinstance(verdict, Refusal):
        raise FileRefusedError.of(verdict)
    scan = ports.scanner().scan(content)
    refuse_if(_virus(scan), FileRefusedError)
    return _keep(content, name, at, verdict, scan.state, uploaded_by, retain_until)


def store_again_from(cursor: CursorWrapper, question: str, *, specimen: str) -> None:
    """
    Keep the content of one stored file under many more ids, as a synthetic province does; as the owner of the table.

    Shapes: `question` has columns id, name (a `safe_name`), at, account_id; `specimen` is the id of the file.
    """
    cursor.execute(_AGAIN.format(question=question), [specimen])


_AGAIN = """
INSERT INTO files_storedfile (
    id, sha256, size_bytes, content_type, name, pages, scan_state, created_at, uploaded_by_id, retain_until
)
SELECT
    told.id, specimen.sha256, specimen.size_bytes, specimen.content_type,
    told.name, specimen.pages, specimen.scan_state, told.at, told.account_id, specimen.retain_until
FROM ({question}) AS told, files_storedfile AS specimen WHERE specimen.id = %s::uuid
"""


def _keep(
    content: bytes,
    name: str,
    at: datetime,
    accepted: Accepted,
    scan_state: ScanState,
    uploaded_by: int | None,
    retain_until: date | None,
) -> FileCard:
    sha256 = hashlib.sha256(content).hexdigest()
    _hold(sha256)
    ports.contents().write(content)
    row = StoredFile(
        sha256=sha256,
        size_bytes=len(content),
        content_type=accepted.kind.value,
        name=safe_name(name, accepted.kind),
        pages=accepted.pages,
        scan_state=scan_state,
        created_at=at,
        uploaded_by_id=uploaded_by,
        retain_until=retain_until,
    )
    row.save(force_insert=True)
    if scan_state is ScanState.UNSCANNED:
        jobs.configure_task("files.scan", queue="files").defer(file_id=str(row.pk))
    return card_of(row)


def _virus(scan: ports.ScanVerdict) -> Refusal | None:
    return (
        Refusal("files.infected", {"signature": scan.signature}) if scan.state is ScanState.INFECTED else None
    )


@transaction.atomic
def rescan(*, file_id: UUID, at: datetime) -> ScanState:
    """Ask the scanner about a stored file again and return its state; tell the house when it is infected."""
    row = StoredFile.objects.select_for_update(of=("self",)).filter(pk=file_id).first()
    if row is None:
        return ScanState.CLEAN  # removed meanwhile: nothing is left to infect
    state = ports.scanner().scan(ports.contents().read(row.sha256)).state
    if state is not ScanState.UNSCANNED and state != row.scan_state:
        row.scan_state = state
        row.save(update_fields=["scan_state"])
        if state is ScanState.INFECTED:
            events.publish(FileFoundInfected(at=at, file_id=row.pk))
    return state


@transaction.atomic
def remove(*, file_id: UUID, on: date) -> None:
    """
    Let a file go whose term has passed and to which nothing refers. The sweeper takes the content later.

    Raises: UnknownFileError; FileInUseError.
    """
    row = StoredFile.objects.select_for_update(of=("self",)).filter(pk=file_id).first()
    if row is None:
        raise UnknownFileError(file=str(file_id))
    if row.retain_until is not None and on < row.retain_until:
        raise FileInUseError(file=str(file_id))
    try:
        row.delete()
    except ProtectedError:
        raise FileInUseError(file=str(file_id)) from None


@transaction.atomic
def sweep(*, sha256: str) -> bool:
    """Delete content that no row refers to; say whether it is gone. Leaves what somebody is storing right now."""
    if not _take(sha256) or StoredFile.objects.filter(sha256=sha256).exists():
        return False
    ports.contents().delete(sha256)
    return True


def _hold(sha256: str) -> None:
    """Keep the sweeper off this content until the transaction ends: it takes the same lock before it deletes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_lock_key(sha256)])


def _take(sha256: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_lock_key(sha256)])
        return bool(cursor.fetchone()[0])


def _lock_key(sha256: str) -> int:
    return int.from_bytes(bytes.fromhex(sha256[:16]), "big", signed=True)
