"""What the counter asks of the national store for who stands before it, and fetches by their consent."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from vanlang.catalogue.api import CaseCard, VersionCard
from vanlang.desk import labels
from vanlang.desk.errors import StoreNeedsPersonError
from vanlang.identity.api import Actor, PersonFacts, check_personal_id, clean_personal_id, meet_person
from vanlang.nationalportal.api import Brought, FiledBy, Matter, ask_store, bring


def ask_for_visitor(
    *,
    dossier_id: uuid.UUID | None,
    number: str,
    full_name: str,
    version: VersionCard,
    case: CaseCard | None,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Ask what the store holds of who stands at the counter. Raises: StoreNeedsPersonError without their name and number."""
    clean = clean_personal_id(number)
    if dossier_id is None or case is None:  # a page that we did not make
        raise StoreNeedsPersonError
    if not clean or check_personal_id(clean) is not None or not full_name.strip():
        raise StoreNeedsPersonError
    person_id = meet_person(facts=PersonFacts(full_name=full_name, personal_id=clean), at=at)
    matter = Matter(
        id=dossier_id,
        person_id=person_id,
        personal_id=clean,
        full_name=full_name,
        procedure_code=version.code,
        case=case,
        filed_by=FiledBy.COUNTER,
        purpose=f"{labels.COUNTER_PURPOSE}: {version.name}",
        agency_id=actor.agency_id,
    )
    ask_store(matter=matter, actor=actor, at=at)


def bring_all(
    *, dossier_id: uuid.UUID, result_ids: Iterable[uuid.UUID], actor: Actor, at: dt.datetime
) -> tuple[Brought, ...]:
    """Fetch what the visitor agreed to. Raises: what `nationalportal.bring` refuses, and nothing is filed."""
    return tuple(bring(matter=dossier_id, result_id=one, actor=actor, at=at) for one in result_ids)
