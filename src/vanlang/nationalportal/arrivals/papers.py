"""Papers that a message names: fetched before it is applied, kept through the checks that every upload passes."""

from __future__ import annotations

import datetime as dt

from vanlang.connectors.api import Arrival, SystemVerdict
from vanlang.files.api import FileInfectedError, FileRefusedError, store
from vanlang.nationalportal.adapters.client import client
from vanlang.nationalportal.errors import CannotTakeInError, PapersPendingError, PortalError
from vanlang.nationalportal.models import PortalPaper
from vanlang.nationalportal.rules import reading
from vanlang.nationalportal.rules.reading import TakenPaper


def fetch(arrival: Arrival, *, at: dt.datetime) -> None:
    """
    Fetch and keep what is not kept yet. Nothing is held open meanwhile.

    Raises: PortalError to try later, CannotTakeInError for a paper that the portal itself no longer has.
    """
    kept = _kept(arrival)
    for paper in reading.papers(arrival.content):
        row = kept.get(paper.position)
        if row is None or row.file_id is None:
            _keep(arrival, paper, _content(paper), at)


def files_of(arrival: Arrival) -> list[tuple[TakenPaper, PortalPaper]]:
    """
    Return the papers of a message with their files.

    Raises: PapersPendingError before they were fetched; CannotTakeInError naming one that our checks refuse.
    """
    kept = _kept(arrival)
    found = []
    for paper in reading.papers(arrival.content):
        row = kept.get(paper.position)
        if row is None:
            raise PapersPendingError
        if row.file_id is None:
            raise CannotTakeInError("nationalportal.paper_refused", paper=paper.position, why=row.refusal)
        found.append((paper, row))
    return found


def kept_of(arrival: Arrival) -> list[tuple[TakenPaper, PortalPaper]]:
    """Return the papers of a message with what became of each: a file, or why not. Raises: PapersPendingError."""
    kept = _kept(arrival)
    found = [(paper, kept.get(paper.position)) for paper in reading.papers(arrival.content)]
    if any(row is None for _, row in found):
        raise PapersPendingError
    return [(paper, row) for paper, row in found if row is not None]


def _kept(arrival: Arrival) -> dict[int, PortalPaper]:
    return {row.position: row for row in PortalPaper.objects.filter(arrival_id=arrival.id)}


def _content(paper: TakenPaper) -> bytes:
    try:
        return client().fetch(paper.address)
    except PortalError as failure:
        if failure.verdict is SystemVerdict.REFUSED:
            raise CannotTakeInError("nationalportal.paper_unreachable", paper=paper.position) from failure
        raise


def _keep(arrival: Arrival, paper: TakenPaper, content: bytes, at: dt.datetime) -> None:
    try:
        card, refusal = store(content=content, name=paper.name, at=at), ""
    except (FileRefusedError, FileInfectedError) as refused:
        card, refusal = None, refused.code
    PortalPaper.objects.update_or_create(
        arrival_id=arrival.id,
        position=paper.position,
        defaults={"file_id": card.id if card else None, "refusal": refusal, "at": at},
    )
