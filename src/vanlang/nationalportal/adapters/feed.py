"""Read the portal's catalogue: its list, then every procedure on it, compared with ours as it comes."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from collections.abc import Callable, Iterator, Mapping

import structlog

from vanlang.catalogue.api import find_procedure, get_version, list_procedures
from vanlang.connectors.api import SystemVerdict
from vanlang.kernel.clock import VIETNAM
from vanlang.nationalportal.adapters.client import PortalClient, client
from vanlang.nationalportal.adapters.lists import pull_list
from vanlang.nationalportal.errors import PortalError
from vanlang.nationalportal.queries.published import ours_told
from vanlang.nationalportal.rules import procedures, reading
from vanlang.nationalportal.services.feed import Heard, end_run, note_heard, note_progress, note_withdrawn
from vanlang.nationalportal.types import ListKind

log = structlog.get_logger(__name__)
TOGETHER = 20
"""Procedures that are compared in one transaction."""
TRIES = 3
MOST_SILENT = 10
"""So many procedures in a row that cannot be asked for: the portal is down, not they."""
INCOMPLETE = "list_incomplete"


def pull_feed(
    run_id: uuid.UUID, *, clock: Callable[[], dt.datetime], line: PortalClient | None = None
) -> None:
    """Carry a run out. A list that comes in part withdraws nothing; a procedure that is not told stays as it was."""
    line = line or client()
    try:
        names = pull_list(line, ListKind.PROCEDURE)
        agencies = pull_list(line, ListKind.AGENCY) or {}
    except PortalError as failure:
        end_run(run_id, at=clock(), failure=failure.portal_code)
        return
    if names is None:
        end_run(run_id, at=clock(), failure=INCOMPLETE)
        return
    note_progress(run_id, at=clock(), total=len(names))
    done = silent = in_a_row = 0
    for some in _batches(iter(sorted(names))):
        heard = []
        for code in some:
            told = _ask(line, code)
            in_a_row = 0 if told is not None else in_a_row + 1
            silent += told is None
            if told is not None:
                heard.append(_heard(code, told, agencies, clock().astimezone(VIETNAM).date()))
            if in_a_row >= MOST_SILENT:
                note_heard(heard, at=clock())
                end_run(run_id, at=clock(), failure="did_not_answer")
                return
        note_heard(heard, at=clock())
        done += len(some)
        note_progress(run_id, at=clock(), done=done, silent=silent)
    at = clock()
    mine = {card.code: card.name for card in list_procedures(at.astimezone(VIETNAM).date())}
    note_withdrawn(mine, listed=names.keys(), at=at)
    end_run(run_id, at=clock())
    log.info("feed_read", procedures=len(names), silent=silent)


def _ask(line: PortalClient, code: str) -> Mapping[str, object] | None:
    """Return what the portal says of a procedure; None when it does not, however often it is asked."""
    for _ in range(TRIES):
        try:
            data = line.ask("LayThuTuc", {"maTTHC": code}, share=True).get("data")
        except PortalError as failure:
            if failure.verdict is SystemVerdict.REFUSED:
                return None
            continue
        return data if isinstance(data, dict) else {"MATTHC": code}
    return None


def _heard(code: str, told: Mapping[str, object], agencies: Mapping[str, str], on: dt.date) -> Heard:
    issuer = reading.text(told, "MACOQUANCONGBO")
    body = agencies.get(issuer, issuer)
    ours = find_procedure(code, on)
    mine = None
    if ours is not None:
        said = ours_told(get_version(ours.version_id), issuing_body=issuer)
        mine = procedures.record_of(said, issuing_body=body)
    return Heard(code, procedures.record_of(told, issuing_body=body), mine)


def _batches(codes: Iterator[str]) -> Iterator[list[str]]:
    while some := list(itertools.islice(codes, TOGETHER)):
        yield some
