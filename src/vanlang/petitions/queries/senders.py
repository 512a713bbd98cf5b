"""What a sender sees of their petition."""

from __future__ import annotations

import datetime as dt
import uuid

from vanlang.files.api import FileCard, get_file
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import get_agencies
from vanlang.petitions.actors import SenderKey
from vanlang.petitions.cards import AboutCard, SenderPage
from vanlang.petitions.errors import PetitionNotFoundError
from vanlang.petitions.labels import ends_of
from vanlang.petitions.models import (
    Petition,
    PetitionAnswer,
    PetitionAttachment,
    PetitionMovement,
    PetitionPublication,
    PetitionSatisfaction,
)
from vanlang.petitions.queries.access import access_as_sender, facts_of_sender
from vanlang.petitions.queries.drawing import files_of, supplements_of
from vanlang.petitions.rules.flow import may
from vanlang.petitions.rules.text import harmless, shortened
from vanlang.petitions.types import AnswerState, AnswerWords, PetitionAct, PetitionKind, PetitionState

_ENDED = frozenset(
    {PetitionState.REFUSED, PetitionState.RETURNED, PetitionState.REFERRED, PetitionState.MERGED}
)


def get_sender_page(petition_id: uuid.UUID, *, key: SenderKey, at: dt.datetime) -> SenderPage:
    """Return a petition to its sender. Raises: PetitionNotFoundError."""
    row = access_as_sender(petition_id, key=key)
    with acting(Scope.system()):
        return _page(row, key, at)


def list_of_sender(actor: Actor) -> list[AboutCard]:
    """Return the petitions that a citizen sent signed in, the newest first."""
    if not actor.is_citizen or actor.person_id is None:
        return []
    rows = Petition.objects.filter(person_id=actor.person_id).order_by("-filed_at", "-id")
    return [
        AboutCard(row.pk, row.code, PetitionState(row.state), row.filed_at, row.agency_id) for row in rows
    ]


def open_own_attachment(petition_id: uuid.UUID, attachment_id: uuid.UUID, *, key: SenderKey) -> FileCard:
    """Return a file that the sender sent. Raises: PetitionNotFoundError."""
    row = access_as_sender(petition_id, key=key)
    with acting(Scope.system()):
        sent = PetitionAttachment.objects.filter(petition=row, pk=attachment_id).first()
    if sent is None:
        raise PetitionNotFoundError
    return get_file(sent.file_id)


def _page(row: Petition, key: SenderKey, at: dt.datetime) -> SenderPage:
    state = PetitionState(row.state)
    supplements = supplements_of(row)
    answer, answered_at = _answer(row)
    ended = ends_of(state, PetitionKind(row.kind)) if state in _ENDED else None
    satisfaction = PetitionSatisfaction.objects.filter(petition=row).first()
    publication = PetitionPublication.objects.filter(
        petition_id=row.merged_into_id or row.pk, withdrawn_at__isnull=True
    ).first()
    agency = get_agencies([row.agency_id], at.astimezone(VIETNAM).date())[row.agency_id]
    return SenderPage(
        id=row.pk,
        code=row.code,
        state=state,
        title=harmless(row.words["title"]),
        text=harmless(shortened(row.words["text"])[0]),
        agency=agency.name,
        filed_at=row.filed_at,
        answer_by_at=row.handle_due_at if row.handled_at is None else None,
        question=next((one for one in supplements if one.closed_at is None), None),
        supplements=supplements,
        files=files_of(row),
        answer=answer,
        answered_at=answered_at,
        end_says=ended.says if ended else "",
        end_do_now=ended.do_now if ended else "",
        end_reason=_reason(row) if ended else "",
        publication_id=publication.pk if publication else None,
        is_satisfied=satisfaction.is_satisfied if satisfaction else None,
        why=harmless(satisfaction.why or "") if satisfaction else "",
        may_say=may(PetitionAct.SAY_SATISFACTION, facts_of_sender(row, key)) is None,
    )


def _answer(row: Petition) -> tuple[str, dt.datetime | None]:
    """Return the answer; of a merged one the answer of the leading one, and only its public version unless it is theirs too."""
    approved = PetitionAnswer.objects.filter(
        petition_id=row.merged_into_id or row.pk, state=AnswerState.APPROVED
    ).select_related("petition").first()  # fmt: skip
    if approved is None:
        return "", None
    words = AnswerWords.from_json(approved.words)
    if row.merged_into_id is None or _same_sender(row, approved.petition):
        return words.text, approved.decided_at
    public = PetitionPublication.objects.filter(petition=approved.petition, withdrawn_at__isnull=True).first()
    return (public.answer, approved.decided_at) if public else ("", None)


def _same_sender(row: Petition, other: Petition) -> bool:
    return row.person_id is not None and row.person_id == other.person_id


def _reason(row: Petition) -> str:
    last = PetitionMovement.objects.filter(petition=row, to_state=row.state).order_by("number").first()
    return (last.note or "") if last else ""
