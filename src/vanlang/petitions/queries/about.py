"""That petitions exist: about a dossier, or from another system. No words but those that system must be told."""

from __future__ import annotations

import uuid

from django.db.models import Q

from vanlang.identity.api import Actor
from vanlang.kernel.scope import Scope, acting
from vanlang.petitions.cards import AboutCard, Told
from vanlang.petitions.labels import ends_of
from vanlang.petitions.models import Petition, PetitionAnswer, PetitionMovement
from vanlang.petitions.queries.access import not_about
from vanlang.petitions.rules.text import tidy
from vanlang.petitions.types import (
    NOT_OURS,
    AnswerState,
    AnswerWords,
    Brought,
    PetitionKind,
    PetitionSource,
    PetitionState,
)


def list_about_dossier(dossier_id: uuid.UUID, *, actor: Actor) -> list[AboutCard]:
    """
    Return the petitions about a dossier, the newest first, to a page that may show the dossier; none about its reader.

    Complaints, denunciations and ratings are not among them: what is not handled here is not shown on.
    """
    with acting(Scope.system()):
        rows = (
            Petition.objects.filter(not_about(actor) if actor.is_officer else Q(), dossier_id=dossier_id)
            .exclude(kind__in=sorted(NOT_OURS))
            .only("id", "code", "state", "filed_at", "agency_id")
        )
        return [
            AboutCard(row.pk, row.code, PetitionState(row.state), row.filed_at, row.agency_id)
            for row in rows.order_by("-filed_at", "-id")
        ]


def find_external(source: PetitionSource, external_id: str) -> uuid.UUID | None:
    """Return the petition that another system calls so, or None."""
    with acting(Scope.system()):
        rows = Petition.objects.filter(source=source, external_id=external_id)
        return rows.values_list("pk", flat=True).first()


def tell_outside(petition_id: uuid.UUID) -> Told | None:
    """Return what the system that brought a petition is told now: the answer, or why there is none; None before that."""
    with acting(Scope.system()):
        row = Petition.objects.filter(pk=petition_id).exclude(external_id="").first()
        if row is None:
            return None
        text = _answer_of(row) or _end_of(row)
    if not text:
        return None
    return Told(
        row.pk, row.version, row.external_id, PetitionState(row.state), text, row.handled_at or row.moved_at
    )


def _answer_of(row: Petition) -> str:
    approved = PetitionAnswer.objects.filter(petition=row, state=AnswerState.APPROVED).first()
    return AnswerWords.from_json(approved.words).text if approved else ""


def _end_of(row: Petition) -> str:
    state = PetitionState(row.state)
    if row.handled_at is not None or row.closed_at is None:
        return ""
    said = ends_of(state, PetitionKind(row.kind))
    note = PetitionMovement.objects.filter(petition=row, to_state=row.state).order_by("number").first()
    parts = (said.says, (note.note or "") if note else "", said.do_now)
    return "\n".join(part for part in parts if part)


def is_told_alike(petition_id: uuid.UUID, brought: Brought) -> bool:
    """Tell whether what arrives again says the same words."""
    with acting(Scope.system()):
        row = Petition.objects.get(pk=petition_id)
    return bool(row.words["text"] == tidy(brought.text))
