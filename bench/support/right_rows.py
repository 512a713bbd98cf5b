# ruff: noqa: S608 - conditions and orders are those of this module
"""
What a list must show, asked in another way: of the dossiers themselves, in plain SQL, without seats, words, policies or indexes made for it.

The house asks seats; here an agency's dossiers are those that name it (`dossiers_dossier`), a word is looked for in the
texts it comes from, and the order is said again. Both must name the same dossiers in the same order.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import datetime

from bench.support.server import Answer

PAGE_SIZE = 50
_LINE = re.compile(rb'name="ho-so" value="([0-9a-f-]{36})"')
_CODE = re.compile(rb'href="/thu-tuc/([0-9.]+[A-Za-z0-9.]*)/"')

_OF_AGENCY = (
    "%(agency)s IN (intake_agency_id, competent_agency_id, return_agency_id) OR %(agency)s = ANY (advisers)"
)
_DUE = """
COALESCE(CASE WHEN %(agency)s = ANY (advisers) THEN (
    SELECT min(o.due_at) FROM dossiers_opinion o
    WHERE o.dossier_id = d.id AND o.agency_id = %(agency)s AND o.unit_id IS NULL AND o.answered_at IS NULL AND o.forgone_at IS NULL
) END, due_at, answer_due_at)
"""
_PAUSED = "(paused_at IS NOT NULL AND NOT %(agency)s = ANY (advisers))"
_HERE = "(lies_at_id = %(agency)s OR %(agency)s = ANY (advisers))"
_OPEN = "waits_for <> ''"


@dataclass(frozen=True, slots=True)
class Asked:
    """One list in words of the dossiers' own table."""

    where: str
    order: str = f"{_DUE}, id"


ALL_BY_MOVE = Asked("true", "moved_at DESC, id")
ALL_BY_DUE = Asked("true")
ALL_BY_ARRIVAL = Asked("true", "COALESCE(received_at, submitted_at), id")
NEW = Asked(f"{_OPEN} AND state = 'submitted' AND intake_agency_id = %(agency)s")
LATE = Asked(
    f"{_OPEN} AND finished_at IS NULL AND NOT {_PAUSED} AND {_DUE} < date_trunc('minute', %(at)s::timestamptz)"
)
TO_DELIVER = Asked("state = 'released' AND return_agency_id = %(agency)s")
UNIT = Asked(f"{_OPEN} AND {_HERE} AND holder_unit_id = %(unit)s")
MINE = Asked(
    f"{_OPEN} AND (NOT {_PAUSED} AND (holder_id = %(appointment)s OR ({_HERE} AND holder_id IS NULL AND waits_for = ANY (%(roles)s) "
    "AND (holder_unit_id IS NULL OR holder_unit_id = %(unit)s))) OR (competent_agency_id = %(agency)s AND %(unit)s = ANY (advising_units)))"
)


def words(*texts: str) -> Asked:
    """Return the list of what says all of some words, the latest first: in the code, the names, the procedure or the request."""
    said = "lower(unaccent(concat_ws(' ', code, applicant_name, applicant_entity_number, procedure_name, request, subject_name)))"
    conditions = [f"position('{text}' IN translate({said}, 'đ', 'd')) > 0" for text in texts]
    return Asked(" AND ".join(conditions), "moved_at DESC, id")


def of_person(personal_id: str) -> Asked:
    """Return the list of what one person asked, brought or is the subject of, the latest first."""
    person = f"(SELECT p.id FROM identity_person p WHERE p.personal_id = '{personal_id}')"
    return Asked(f"{person} IN (applicant_id, operator_id, subject_id)", "moved_at DESC, id")


def expected(asked: Asked, facts: dict[str, object], at: datetime) -> list[uuid.UUID]:
    """Return the first page that a list must show. In the scope of the system."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM dossiers_dossier d WHERE ({_OF_AGENCY}) AND ({asked.where}) ORDER BY {asked.order} LIMIT {PAGE_SIZE}",
            facts | {"at": at},
        )
        return [key for (key,) in cursor.fetchall()]


def shown(answer: Answer) -> list[uuid.UUID]:
    """Return the dossiers whose lines a list shows, in their order."""
    return [uuid.UUID(found.decode()) for found in _LINE.findall(answer.body)]


def shown_procedures(answer: Answer) -> list[str]:
    """Return the procedures that a search of the portal found, in their order, each once."""
    return list(dict.fromkeys(found.decode() for found in _CODE.findall(answer.body)))
