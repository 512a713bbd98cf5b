from __future__ import annotations

import datetime as dt
import uuid

from vanlang.audit.api import record_read
from vanlang.files.api import FileCard, get_file
from vanlang.identity.api import Actor, get_appointments
from vanlang.kernel.clock import VIETNAM
from vanlang.organizations.api import get_agencies, get_unit
from vanlang.petitions.cards import AnswerCard, LikeCard, MovementCard, PetitionPage
from vanlang.petitions.errors import PetitionNotFoundError
from vanlang.petitions.models import (
    Petition,
    PetitionAnswer,
    PetitionAttachment,
    PetitionMovement,
    PetitionPublication,
    PetitionSatisfaction,
)
from vanlang.petitions.queries.access import access_petition, facts_of, visible_to
from vanlang.petitions.queries.drawing import clocks_of, files_of, sender_of, supplements_of
from vanlang.petitions.queries.likeness import repeats_of
from vanlang.petitions.rules.flow import allowed_acts
from vanlang.petitions.rules.text import harmless, shortened
from vanlang.petitions.types import (
    HIDDEN,
    AnswerState,
    AnswerWords,
    PetitionAct,
    PetitionKind,
    PetitionSource,
    PetitionState,
    RepeatGround,
    Sender,
)

MOST_LIKES = 5
_HIDDEN_WORDS = "Nội dung không hiển thị: đơn thuộc nơi khác giải quyết."


def get_petition(petition_id: uuid.UUID, *, actor: Actor, purpose: str, at: dt.datetime) -> PetitionPage:
    """Return the page of a petition; the read is written first. Raises: PetitionNotFoundError."""
    row = access_petition(petition_id, actor=actor)
    record_read(
        act="petitions.read", actor=actor, object_type="petition", object_id=row.pk, purpose=purpose, at=at
    )
    return _page(row, actor, at)


def open_attachment(
    petition_id: uuid.UUID, attachment_id: uuid.UUID, *, actor: Actor, at: dt.datetime
) -> FileCard:
    """Return a file of a petition for an officer; the read is written first. Raises: PetitionNotFoundError."""
    row = access_petition(petition_id, actor=actor)
    sent = PetitionAttachment.objects.filter(petition=row, pk=attachment_id).first()
    if sent is None or is_hidden(row):
        raise PetitionNotFoundError
    record_read(
        act="petitions.open_file", actor=actor, object_type="petition", object_id=row.pk,
        purpose="Xem tệp kèm phản ánh", at=at,
    )  # fmt: skip
    return get_file(sent.file_id)


def get_text(petition_id: uuid.UUID, *, actor: Actor, at: dt.datetime) -> str:
    """Return the whole text, harmless; the read is written first. Raises: PetitionNotFoundError."""
    row = access_petition(petition_id, actor=actor)
    if is_hidden(row):
        raise PetitionNotFoundError
    record_read(
        act="petitions.read", actor=actor, object_type="petition", object_id=row.pk,
        purpose="Tải toàn văn phản ánh", at=at,
    )  # fmt: skip
    return harmless(row.words["text"])


def is_hidden(row: Petition) -> bool:
    """Tell whether the words of a petition are shown to nobody here any more."""
    return row.state == PetitionState.REFERRED and row.kind in HIDDEN


def _page(row: Petition, actor: Actor, at: dt.datetime) -> PetitionPage:
    hidden, facts = is_hidden(row), facts_of(row, actor=actor, at=at)
    text, more = shortened(_HIDDEN_WORDS if hidden else row.words["text"])
    agency = get_agencies([row.agency_id], at.astimezone(VIETNAM).date())[row.agency_id]
    publication = PetitionPublication.objects.filter(petition=row, withdrawn_at__isnull=True).first()
    satisfaction = PetitionSatisfaction.objects.filter(petition=row).first()
    people = get_appointments([one for one in (row.holder_id, row.about_id) if one is not None])
    return PetitionPage(
        id=row.pk,
        code=row.code,
        version=row.version,
        state=PetitionState(row.state),
        kind=PetitionKind(row.kind) if row.kind else None,
        source=PetitionSource(row.source),
        external_id=row.external_id,
        title="" if hidden else harmless(row.words["title"]),
        text=harmless(text),
        more_characters=more,
        is_hidden=hidden,
        sender=Sender() if hidden else _harmless_sender(sender_of(row)),
        agency_id=row.agency_id,
        agency=agency.name,
        unit=_unit(row),
        holder=people[row.holder_id].name if row.holder_id else "",
        about_id=row.about_id,
        about=f"{people[row.about_id].name}, {people[row.about_id].title}" if row.about_id else "",
        must_go_above=facts.against_leader,
        dossier_id=row.dossier_id,
        dossier_code=harmless(row.dossier_code),
        filed_at=row.filed_at,
        due_at=row.due_at,
        clocks=clocks_of(row, at),
        acts=tuple(
            act
            for act in allowed_acts(facts)
            if act not in {PetitionAct.SAY_SATISFACTION, PetitionAct.REISSUE_SECRET}
        ),
        files=() if hidden else files_of(row),
        supplements=() if hidden else supplements_of(row),
        answers=answers_of(row),
        movements=_movements(row, at),
        likes=() if hidden else _likes(row, actor),
        repeats_code=_code_of(row.repeats_id, actor),
        repeats_id=row.repeats_id if _code_of(row.repeats_id, actor) else None,
        repeated_by=Petition.objects.filter(visible_to(actor), repeats=row).count(),
        merged_code=_code_of(row.merged_into_id, actor),
        published=AnswerWords("", publication.title, publication.question, publication.answer)
        if publication
        else None,
        publication_id=publication.pk if publication else None,
        is_satisfied=satisfaction.is_satisfied if satisfaction else None,
        why=harmless(satisfaction.why or "") if satisfaction else "",
    )


def answers_of(row: Petition) -> tuple[AnswerCard, ...]:
    """Return every version of the answer, the newest first."""
    rows = list(PetitionAnswer.objects.filter(petition=row).order_by("-number"))
    people = get_appointments(
        [
            one
            for one in (*(row.drafted_by_id for row in rows), *(row.decided_by_id for row in rows))
            if one is not None
        ]
    )
    return tuple(
        AnswerCard(
            number=one.number,
            words=AnswerWords.from_json(one.words),
            state=AnswerState(one.state),
            drafted_by=people[one.drafted_by_id].name,
            drafted_at=one.drafted_at,
            decided_by=people[one.decided_by_id].name if one.decided_by_id else "",
            decided_at=one.decided_at,
            note=one.note or "",
        )
        for one in rows
    )


def _movements(row: Petition, at: dt.datetime) -> tuple[MovementCard, ...]:
    rows = list(PetitionMovement.objects.filter(petition=row).order_by("-number"))
    agencies = get_agencies(
        {one.agency_id for one in rows if one.agency_id is not None}, at.astimezone(VIETNAM).date()
    )
    return tuple(
        MovementCard(
            number=one.number,
            act=PetitionAct(one.act),
            at=one.at,
            who=one.actor_name,
            agency=agencies[one.agency_id].short_name if one.agency_id in agencies else "",
            note="" if is_hidden(row) else harmless(one.note or ""),
        )
        for one in rows
    )


def _likes(row: Petition, actor: Actor) -> tuple[LikeCard, ...]:
    """Return the earlier ones that this one may repeat and the officer may see, the one it is marked with first."""
    found = list(repeats_of(row, visible_to(actor)))[:MOST_LIKES]
    rows = {one.pk: one for one in Petition.objects.filter(pk__in=[like.id for like in found])}
    approved = {
        answer.petition_id: AnswerWords.from_json(answer.words).text
        for answer in PetitionAnswer.objects.filter(petition__in=rows, state=AnswerState.APPROVED)
    }
    cards = [
        LikeCard(
            id=like.id,
            code=rows[like.id].code,
            title=harmless(rows[like.id].words["title"]),
            text=harmless(shortened(rows[like.id].words["text"], 3000)[0]),
            state=PetitionState(rows[like.id].state),
            filed_at=rows[like.id].filed_at,
            ground=RepeatGround(like.ground),
            likeness_percent=round(100 * like.likeness),
            answer=approved.get(like.id, ""),
        )
        for like in found
    ]
    return tuple(sorted(cards, key=lambda card: card.id != row.repeats_id))


def _unit(row: Petition) -> str:
    unit = get_unit(row.unit_id) if row.unit_id else None
    return unit.name if unit else ""


def _code_of(petition_id: uuid.UUID | None, actor: Actor) -> str:
    if petition_id is None:
        return ""
    return (
        Petition.objects.filter(visible_to(actor), pk=petition_id).values_list("code", flat=True).first()
        or ""
    )


def _harmless_sender(sender: Sender) -> Sender:
    return Sender(
        harmless(sender.name),
        harmless(sender.phone),
        harmless(sender.email),
        harmless(sender.address),
        sender.personal_id,
    )
