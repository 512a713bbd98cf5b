"""
Ask the national store what it holds of a person for their dossier, and use one of it instead of a paper.

Nothing of outside is asked inside a transaction. The look is written before the question; whatever becomes of it is kept. A file
becomes evidence only here: fetched from the portal, its signature found valid, kept under the hash of what was fetched.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from django.db import transaction

from vanlang.audit.api import record_act, record_read
from vanlang.catalogue.api import CaseCard
from vanlang.connectors.api import SystemVerdict
from vanlang.files import api as files
from vanlang.files.api import FileInfectedError, FileRefusedError
from vanlang.identity.api import Actor
from vanlang.intake import api as intake
from vanlang.kernel.clock import VIETNAM
from vanlang.nationalportal.errors import (
    PortalError,
    ResultNotFoundError,
    ResultUnusableError,
    StoreSilentError,
)
from vanlang.nationalportal.models import StoreLook, StoreResult
from vanlang.nationalportal.ports import find_store
from vanlang.nationalportal.queries.store import kinds_for
from vanlang.nationalportal.rules.store import (
    NamedResult,
    StoreQuestion,
    is_answer,
    question_of,
    results_in,
)
from vanlang.nationalportal.types import FiledBy
from vanlang.signing.api import Validity, verify_pdf

log = structlog.get_logger(__name__)
NONSENSE = "nonsense"
UNTRUSTED = {
    Validity.MODIFIED: "nationalportal.result_modified",
    Validity.UNTRUSTED: "nationalportal.result_untrusted",
    Validity.EXPIRED: "nationalportal.result_expired",
    Validity.REVOKED: "nationalportal.result_revoked",
    Validity.NOT_SIGNED: "nationalportal.result_not_signed",
    Validity.UNREADABLE: "nationalportal.result_unreadable",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """For which dossier the store is asked, or for what is to become one, and whose results."""

    id: uuid.UUID
    person_id: uuid.UUID
    personal_id: str
    full_name: str
    procedure_code: str
    case: CaseCard
    filed_by: FiledBy
    purpose: str
    agency_id: int | None = None
    """At whose counter; None: the person asks for themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A file of the store, to be laid into a dossier for one of its papers."""

    required_document_id: int
    name: str
    file_id: uuid.UUID


def ask_store(*, matter: Matter, actor: Actor, at: dt.datetime) -> bool:
    """
    Ask what the store holds of a person that their case can use; say whether it answered. The look is logged first.

    Nobody is asked where no paper can be replaced. A store that is silent is a fact like any other: papers can be brought.
    """
    store = find_store()
    kinds = kinds_for(matter.case, at.astimezone(VIETNAM).date())
    if store is None or not kinds or not matter.personal_id:
        return False
    wanted = tuple(sorted({code for codes in kinds.values() for code in codes}))
    record_read(
        act="nationalportal.ask_store", actor=actor, object_type="person", object_id=matter.person_id,
        purpose=matter.purpose, at=at, facts={"matter": str(matter.id), "procedure": matter.procedure_code, "kinds": list(wanted)},
    )  # fmt: skip
    found: tuple[NamedResult, ...] = ()
    failure = ""
    try:
        answer = store.ask(question_of(_question(matter, actor, wanted)))
        found = results_in(answer, wanted)
        failure = "" if is_answer(answer) else NONSENSE
    except PortalError as silent:
        failure = silent.portal_code[:80] or NONSENSE
        log.warning("store_did_not_answer", code=failure)
    named = [(one, paper) for one in found for paper, codes in kinds.items() if one.kind in codes]
    _keep_look(matter, wanted, named, failure, at)
    return not failure


def use_in_draft(*, draft_id: uuid.UUID, result_id: uuid.UUID, actor: Actor, at: dt.datetime) -> StoreResult:
    """
    Lay a result of the store into one's own draft instead of an upload.

    Raises: ResultNotFoundError; ResultUnusableError with why its file is not taken; StoreSilentError; and what
    `intake.attach` refuses.
    """
    row = _find(result_id, draft_id)
    if row.file_id is not None:
        return row
    content = _verified(row, at)

    def lay_in() -> uuid.UUID:
        paper_id = intake.attach(
            draft_id=draft_id, required_document_id=row.required_document_id, content=content, name=row.file_name,
            actor=actor, at=at,
        )  # fmt: skip
        file_id = intake.find_draft_file(draft_id, paper_id, actor=actor)
        if file_id is None:
            raise ResultNotFoundError
        return file_id

    return _keep_file(row, content, lay_in, actor, at)


def bring(*, matter: uuid.UUID, result_id: uuid.UUID, actor: Actor, at: dt.datetime) -> Brought:
    """
    Fetch a result of the store for a dossier that is being taken in at a counter, by the consent of who stands there.

    Asked again for the same page, the file that was fetched is returned. Raises: as `use_in_draft`.
    """
    row = _find(result_id, matter)
    if row.file_id is None:
        content = _verified(row, at)
        row = _keep_file(
            row, content,
            lambda: files.store(content=content, name=row.file_name, at=at, uploaded_by=actor.account_id).id,
            actor, at,
        )  # fmt: skip
    assert row.file_id is not None  # noqa: S101 - kept in the lines above
    return Brought(
        required_document_id=row.required_document_id,
        name=f"{row.title} số {row.number} (từ kho dữ liệu quốc gia)"[:300],
        file_id=row.file_id,
    )


def _question(matter: Matter, actor: Actor, kinds: tuple[str, ...]) -> StoreQuestion:
    asks_for_themselves = actor.is_citizen
    return StoreQuestion(
        owner_number=matter.personal_id,
        asker_name=matter.full_name if asks_for_themselves else actor.name,
        asker_number=matter.personal_id if asks_for_themselves else "",
        procedure_code=matter.procedure_code,
        filed_by=matter.filed_by,
        kinds=kinds,
    )


@transaction.atomic
def _keep_look(
    matter: Matter,
    kinds: tuple[str, ...],
    found: list[tuple[NamedResult, int]],
    failure: str,
    at: dt.datetime,
) -> None:
    look = StoreLook.objects.create(
        matter=matter.id, person_id=matter.person_id, agency_id=matter.agency_id, case_id=matter.case.id,
        purpose=matter.purpose[:300], kinds=list(kinds), asked_at=at, failure=failure,
    )  # fmt: skip
    StoreResult.objects.bulk_create(
        StoreResult(
            look=look, position=position, matter=matter.id, person_id=matter.person_id, agency_id=matter.agency_id,
            required_document_id=paper, kind=one.kind, title=one.title, number=one.number, issuer=one.issuer,
            file_name=one.file_name, address=one.address,
        )
        for position, (one, paper) in enumerate(found)
    )  # fmt: skip


def _find(result_id: uuid.UUID, matter: uuid.UUID) -> StoreResult:
    row = StoreResult.objects.filter(pk=result_id, matter=matter).first()
    if row is None:
        raise ResultNotFoundError
    return row


def _verified(row: StoreResult, at: dt.datetime) -> bytes:
    """Return the file of a result, whose signature is valid; else write why it is not taken. Raises: ResultUnusableError, StoreSilentError."""
    store = find_store()
    if store is None:
        raise ResultNotFoundError
    try:
        content = store.fetch(row.address)
    except PortalError as failure:
        if failure.verdict is not SystemVerdict.REFUSED:
            raise StoreSilentError from failure
        raise _refused(row, ResultUnusableError.code) from failure
    verdict = verify_pdf(content, at=at)
    if not verdict.is_valid:
        raise _refused(row, UNTRUSTED[verdict.validity])
    return content


def _keep_file(
    row: StoreResult, content: bytes, lay_in: Callable[[], uuid.UUID], actor: Actor, at: dt.datetime
) -> StoreResult:
    """Lay the file in and write the evidence with it: both, or neither."""
    try:
        with transaction.atomic():
            kept = StoreResult.objects.select_for_update(of=("self",)).get(pk=row.pk)
            if kept.file_id is not None:
                return kept
            kept.file_id, kept.verified_at, kept.refusal = lay_in(), at, ""
            kept.sha256 = hashlib.sha256(content).hexdigest()
            kept.save(update_fields=["file_id", "verified_at", "sha256", "refusal"])
            facts = {"matter": str(row.matter), "kind": row.kind, "sha256": kept.sha256}
            record_act(
                act="nationalportal.use_result", actor=actor, object_type="person", object_id=row.person_id, at=at, facts=facts,
            )  # fmt: skip
            return kept
    except (FileRefusedError, FileInfectedError) as refused:
        raise _refused(row, refused.code) from refused


def _refused(row: StoreResult, code: str) -> ResultUnusableError:
    """Write why a file is not taken, for whoever looks next; return the refusal to raise."""
    StoreResult.objects.filter(pk=row.pk, file_id__isnull=True).update(refusal=code[:80])
    return ResultUnusableError(code)
