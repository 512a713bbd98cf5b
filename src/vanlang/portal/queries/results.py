"""What anybody may know of a result who holds its code: what it is, by whom, and whether it still holds."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from vanlang.documents.api import get_outcome
from vanlang.dossiers.api import PublicStatus
from vanlang.files.api import FileDamagedError, UnknownFileError, read
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import get_agencies
from vanlang.portal.queries.verifying import VerdictPage, verdict_page
from vanlang.registers.api import STATES, CodeAnswer, EntryState, Standing, answer_code, find_standing
from vanlang.ui.types import Tone

TONES: dict[EntryState, Tone] = {
    EntryState.VALID: "success",
    EntryState.NOT_YET: "warning",
    EntryState.EXPIRED: "warning",
    EntryState.REPLACED: "warning",
    EntryState.REVOKED: "danger",
}


@dataclass(frozen=True, slots=True)
class ResultPage:
    """A result in public: no name, no number of a person, nothing of the dossier."""

    title: str
    number: str
    agency: str
    issued_on: dt.date | None
    initials: str
    expires_on: dt.date | None
    heading: str
    says: str
    tone: Tone
    sha256: str
    verdict: VerdictPage | None
    """What its signature is worth; None when it is on paper, or when it was not asked."""

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it holds, as people say it."""
        return self.expires_on - dt.timedelta(days=1) if self.expires_on else None


def result_page(token: str, status: PublicStatus, *, at: dt.datetime, check: bool) -> ResultPage:
    """Return what may be known of the result behind a printed token; with `check` its signature is verified now."""
    on = at.astimezone(VIETNAM).date()
    standing = find_standing(token, on=on)
    with acting(Scope.system()):
        document = get_outcome(status.outcome_document_id) if status.outcome_document_id else None
    file_id = standing.file_id if standing else document.file_id if document else None
    if standing is not None:
        return _registered(standing, _verdict(file_id, standing.title, at) if check else None)
    issued_on = document.issued_on if document else _day(status.released_at)
    agency = ""
    if document is not None and issued_on is not None:
        agency = get_agencies([document.agency_id], issued_on)[document.agency_id].name
    heading, says, tone = _unregistered(status)
    return ResultPage(
        title=status.outcome_title,
        number=status.outcome_number,
        agency=agency or status.return_place,
        issued_on=issued_on,
        initials="",
        expires_on=status.expires_on,
        heading=heading,
        says=says,
        tone=tone,
        sha256="",
        verdict=_verdict(file_id, status.outcome_title, at) if check else None,
    )


def _unregistered(status: PublicStatus) -> tuple[str, str, Tone]:
    """Return what the dossier itself says of a result that no register holds: replaced, revoked, expired, or in force."""
    if status.replaced_at is not None:
        by = f"bằng {status.replaced_by}, " if status.replaced_by else ""
        return (
            STATES[EntryState.REPLACED],
            f"Kết quả có thật nhưng đã được thay thế {by}ngày {status.replaced_at.astimezone(VIETNAM):%d/%m/%Y}.",
            TONES[EntryState.REPLACED],
        )
    if status.revoked_on is not None:
        return (
            STATES[EntryState.REVOKED],
            f"Kết quả đã bị thu hồi từ ngày {status.revoked_on:%d/%m/%Y} theo quyết định {status.revocation_number}.",
            TONES[EntryState.REVOKED],
        )
    if status.is_expired:
        return (
            STATES[EntryState.EXPIRED],
            f"Kết quả có thật nhưng đã hết hiệu lực từ ngày {status.expires_on:%d/%m/%Y}.",
            TONES[EntryState.EXPIRED],
        )
    return (
        "Kết quả này có thật trong hệ thống của tỉnh",
        "Kết quả chưa bị thay thế, chưa bị thu hồi. Loại kết quả này chưa ghi vào sổ dữ liệu.",
        "success",
    )


def code_page(text: str, *, at: dt.datetime) -> ResultPage:
    """Return what a verification code says and what the registers say of it. Raises: CodeUnreadableError."""
    answer: CodeAnswer = answer_code(text, on=at.astimezone(VIETNAM).date())
    if answer.standing is not None:
        return _registered(answer.standing, None)
    said = answer.statement
    return ResultPage(
        title=said.title,
        number=said.number,
        agency=answer.agency,
        issued_on=said.issued_on,
        initials=said.initials,
        expires_on=said.expires_on,
        heading="Mã này do hệ thống của tỉnh ký",
        says="Kết quả chưa ghi vào sổ dữ liệu, nên ở đây không có thông tin về việc thay thế hay thu hồi.",
        tone="info",
        sha256=said.file_sha256,
        verdict=None,
    )


def _registered(one: Standing, verdict: VerdictPage | None) -> ResultPage:
    return ResultPage(
        title=one.title,
        number=one.number,
        agency=one.agency,
        issued_on=one.valid_from,
        initials=one.holder_initials,
        expires_on=one.expires_on,
        heading=STATES[one.state],
        says=_says(one),
        tone=TONES[one.state],
        sha256=one.sha256,
        verdict=verdict,
    )


def _says(one: Standing) -> str:
    match one.state:
        case EntryState.VALID:
            return "Kết quả có thật trong hệ thống của tỉnh và đang có hiệu lực."
        case EntryState.NOT_YET:
            return f"Kết quả có thật, có hiệu lực từ ngày {one.valid_from:%d/%m/%Y}."
        case EntryState.EXPIRED:
            return f"Kết quả có thật nhưng đã hết hiệu lực từ ngày {one.expires_on:%d/%m/%Y}."
        case EntryState.REPLACED:
            by = f" bằng kết quả số {one.replaced_by_number}" if one.replaced_by_number else ""
            return f"Kết quả đã được thay{by} từ ngày {one.ended_on:%d/%m/%Y}."
        case EntryState.REVOKED:
            return f"Kết quả đã bị thu hồi từ ngày {one.ended_on:%d/%m/%Y}, vì: {one.ended_reason}."


def _verdict(file_id: uuid.UUID | None, name: str, at: dt.datetime) -> VerdictPage | None:
    if file_id is None:
        return None
    try:
        content = read(file_id)
    except (UnknownFileError, FileDamagedError):
        return None
    return verdict_page(content, name=name, at=at) if content.startswith(b"%PDF-") else None


def _day(at: dt.datetime | None) -> dt.date | None:
    return at.astimezone(VIETNAM).date() if at else None
