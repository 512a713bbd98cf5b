"""After a release: where the paper is, what was said, and what many ratings say together."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from vanlang.audit.api import record_read
from vanlang.dossiers.actors import viewer_of
from vanlang.dossiers.errors import ActNotAllowed
from vanlang.dossiers.models import Dossier, PaperCopy, Rating
from vanlang.dossiers.rules import masking, paper_copies
from vanlang.dossiers.rules import rating as rules
from vanlang.dossiers.rules.paper_copies import PaperAct, PaperState
from vanlang.dossiers.rules.rating import RatingQuestion, Tally
from vanlang.identity.api import Actor, Role
from vanlang.kernel.scope import Scope, acting

CALLS = 10
"""How many of a month are called back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCopyCard:
    """The paper of an electronic outcome."""

    dossier_id: uuid.UUID
    code: str
    procedure_name: str
    applicant: str
    """Masked."""
    state: PaperState
    wanted_at: dt.datetime | None
    ready_at: dt.datetime | None
    left_at: dt.datetime | None
    receiver: str
    authority: str
    tracking: str
    acts: tuple[PaperAct, ...]
    """What the reader may do now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingCard:
    """One's own rating."""

    marks: dict[str, int]
    text: str
    rated_at: dt.datetime
    changed_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingSummary:
    """What the ratings of an agency say in a period. No figure below five ratings, no text either."""

    finished: int
    """Dossiers that could be rated."""
    rated: int
    tallies: tuple[Tally, ...]
    texts: tuple[str, ...]
    """Free texts without numbers and without the names that the dossiers know; for the head of the agency only."""

    @property
    def is_shown(self) -> bool:
        return self.rated >= rules.LEAST


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBack:
    """Somebody who was not heard, to be called."""

    dossier_id: uuid.UUID
    code: str
    procedure_name: str
    name: str
    phone: str


def find_paper_copy(dossier_id: uuid.UUID, *, actor: Actor) -> PaperCopyCard | None:
    """Return the paper of a dossier's electronic outcome, or None where there is none; the reader sees the dossier."""
    row = PaperCopy.objects.select_related("dossier").filter(dossier_id=dossier_id).first()
    return _paper(row, actor) if row else None


def list_paper_copies(actor: Actor) -> tuple[PaperCopyCard, ...]:
    """Return the papers that wait at the actor's agency: to be made, and to be fetched; the oldest wish first."""
    waiting = [PaperState.WANTED, PaperState.READY]
    rows = PaperCopy.objects.select_related("dossier").filter(
        agency_id=actor.agency_id or 0, state__in=waiting
    )
    return tuple(_paper(row, actor) for row in rows.order_by("wanted_at", "dossier_id")[:300])


def _paper(row: PaperCopy, actor: Actor) -> PaperCopyCard:
    return PaperCopyCard(
        dossier_id=row.dossier_id,
        code=row.dossier.code or "",
        procedure_name=row.dossier.procedure_name,
        applicant=masking.mask_name(row.dossier.applicant_name),
        state=PaperState(row.state),
        wanted_at=row.wanted_at,
        ready_at=row.ready_at,
        left_at=row.left_at,
        receiver=row.receiver,
        authority=row.authority,
        tracking=row.tracking,
        acts=paper_copies.allowed(PaperState(row.state), viewer_of(actor).parties),
    )


def rating_of(dossier_id: uuid.UUID) -> RatingCard | None:
    """Return the rating of a dossier for whom may change it; the caller has checked that."""
    with acting(Scope.system()):
        row = Rating.objects.filter(dossier_id=dossier_id).first()
    if row is None:
        return None
    return RatingCard(marks=row.marks, text=row.text, rated_at=row.rated_at, changed_at=row.changed_at)


def rating_summary(*, actor: Actor, from_on: dt.datetime, to_on: dt.datetime) -> RatingSummary:
    """Return what the ratings of the actor's agency say of dossiers finished in a half-open period; texts for leaders only."""
    agency_id = actor.agency_id or 0
    with acting(Scope.system()):
        done = Dossier.objects.filter(
            competent_agency_id=agency_id,
            state__in=sorted(rules.RATEABLE),
            finished_at__gte=from_on,
            finished_at__lt=to_on,
        )
        rows = list(Rating.objects.filter(agency_id=agency_id, dossier__in=done).select_related("dossier"))
        finished = done.count()
    tallies = tuple(
        rules.tally(question, [row.marks[question] for row in rows if question in row.marks])
        for question in RatingQuestion
    )
    texts: tuple[str, ...] = ()
    if actor.has(Role.LEADER) and len(rows) >= rules.LEAST:
        # in an order that tells nothing of when they came
        said = (
            rules.without_numbers(row.text, (row.dossier.applicant_name, row.dossier.subject_name))
            for row in rows
        )
        texts = tuple(sorted(filter(None, said)))
    return RatingSummary(finished=finished, rated=len(rows), tallies=tallies, texts=texts)


def list_call_backs(
    *, actor: Actor, from_on: dt.datetime, to_on: dt.datetime, purpose: str, at: dt.datetime
) -> tuple[CallBack, ...]:
    """
    Return a sample of those who were not heard, chosen by a hash and not by anybody; the read is written first.

    Raises: ActNotAllowed for who is no leader.
    """
    if not actor.has(Role.LEADER) or actor.agency_id is None:
        raise ActNotAllowed("dossiers.not_a_leader")
    record_read(
        act="dossiers.call_back",
        actor=actor,
        object_type="agency",
        object_id=actor.agency_id,
        purpose=purpose,
        at=at,
    )
    done = Dossier.objects.filter(
        competent_agency_id=actor.agency_id,
        state__in=sorted(rules.RATEABLE),
        finished_at__gte=from_on,
        finished_at__lt=to_on,
    ).exclude(applicant_phone="")
    ids = list(done.values_list("pk", flat=True))
    with acting(Scope.system()):
        rated = set(Rating.objects.filter(dossier__in=ids).values_list("dossier_id", flat=True))
    chosen = rules.sample(
        (pk for pk in ids if pk not in rated), seed=f"{actor.agency_id}:{from_on.date()}", size=CALLS
    )
    rows = {row.pk: row for row in Dossier.objects.filter(pk__in=chosen)}
    return tuple(
        CallBack(
            dossier_id=pk, code=rows[pk].code or "", procedure_name=rows[pk].procedure_name,
            name=rows[pk].applicant_name, phone=rows[pk].applicant_phone,
        )
        for pk in chosen
    )  # fmt: skip
