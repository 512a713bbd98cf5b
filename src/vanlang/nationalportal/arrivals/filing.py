"""
NopHoSo: somebody filed at the portal. It becomes a dossier by the same command as any other filing.

Whoever filed there is its citizen, under the personal id that the portal tells: signed in here with the same one, they find it
here. What keeps it from being taken in is a person's task that names it; mended, the message is tried again.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vanlang.catalogue.api import Channel, VersionCard, competent_agency_for, find_procedure, get_version
from vanlang.connectors.api import Arrival
from vanlang.dossiers.api import Filing, Paper, PartyFacts, submit
from vanlang.eforms.api import validate
from vanlang.identity.api import (
    Actor,
    ActorKind,
    EntityFacts,
    EntityKind,
    PersonFacts,
    remember_entity,
    remember_person,
)
from vanlang.intake.api import form_of
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.vietnamese import search_key
from vanlang.nationalportal.arrivals import papers
from vanlang.nationalportal.errors import CannotTakeInError
from vanlang.nationalportal.models import PortalFiling
from vanlang.nationalportal.queries.ownership import find_route
from vanlang.nationalportal.rules import reading
from vanlang.nationalportal.rules.reading import TakenPaper, Words
from vanlang.nationalportal.services.ownership import remember_foreign
from vanlang.nationalportal.types import SYSTEM
from vanlang.organizations.api import AgencyCard, find_agency_by_code

ORGANISATIONS = frozenset({"2", "3", "4"})
"""LoaiDoiTuong of an enterprise, an agency, another organisation."""


@dataclass(frozen=True, slots=True)
class FilingReceiver:
    """Takes in what was filed at the portal."""

    kind: str = "NopHoSo"
    system: str = SYSTEM
    opens: bool = True

    def prepare(self, arrival: Arrival, *, at: dt.datetime) -> None:
        """Fetch its papers, but not of what is here already."""
        if _known(arrival.external_id) is None:
            papers.fetch(arrival, at=at)

    def apply(self, arrival: Arrival, *, at: dt.datetime) -> None:
        if (known := _known(arrival.external_id)) is not None:
            if known.arrival_id != arrival.id:
                raise CannotTakeInError("nationalportal.filed_differently")
            return
        told = arrival.content
        filed_at = reading.instant(told, "NgayNopHoSo", latest=at)
        on = filed_at.astimezone(VIETNAM).date()
        version, intake = _version(told, on), _agency(told, on)
        if (route := find_route(version.id, intake.id, on=on)) is not None:
            remember_foreign(
                told, system=route.system, version=version, agency_id=intake.id, route=route, at=at
            )
            return
        self._take_in(arrival, version, intake, filed_at=filed_at, at=at)

    def _take_in(
        self,
        arrival: Arrival,
        version: VersionCard,
        intake: AgencyCard,
        *,
        filed_at: dt.datetime,
        at: dt.datetime,
    ) -> None:
        told, on = arrival.content, filed_at.astimezone(VIETNAM).date()
        applicant, actor = _applicant(told, at)
        competent = competent_agency_for(version.id, intake.id, on)
        if competent is None:
            raise CannotTakeInError(
                "nationalportal.nobody_competent", procedure=version.code, agency=intake.code
            )
        filing = Filing(
            procedure_version_id=version.id,
            case_id=version.cases[0].id if len(version.cases) == 1 else None,
            applicant=applicant,
            operator_id=actor.person_id if applicant.is_entity else None,
            channel=Channel.ONLINE,
            intake_agency_id=intake.id,
            competent_agency_id=competent,
            return_agency_id=intake.id,
            request=(reading.text(told, "TrichYeuHoSo") or version.name)[:500],
            answers=_answers(told, version, on),
            papers=tuple(
                Paper(
                    name=paper.name[:300],
                    file_id=row.file_id,
                    required_document_id=_document_of(paper, version),
                )
                for paper, row in papers.files_of(arrival)
            ),
        )
        filed = submit(filing=filing, actor=actor, at=filed_at)
        PortalFiling.objects.create(
            dossier_id=filed.dossier_id,
            external_code=arrival.external_id,
            portal_account=reading.text(told, "MaDoiTuong")[:80],
            arrival_id=arrival.id,
            filed_at=filed_at,
            taken_in_at=at,
        )


RECEIVERS = (FilingReceiver(),)


def _known(code: str) -> PortalFiling | None:
    return PortalFiling.objects.filter(external_code=code).first()


def _version(told: Words, on: dt.date) -> VersionCard:
    code = reading.text(told, "MaTTHC")
    found = find_procedure(code, on)
    if found is None:
        raise CannotTakeInError("nationalportal.unknown_procedure", procedure=code[:40])
    if not found.is_ready:
        raise CannotTakeInError("nationalportal.procedure_not_ready", procedure=code[:40])
    return get_version(found.version_id)


def _agency(told: Words, on: dt.date) -> AgencyCard:
    code = reading.text(told, "MaDonViTiepNhan") or reading.text(told, "DonViXuLy")
    found = find_agency_by_code(code, on) if code else None
    if found is None or not found.is_open:
        raise CannotTakeInError("nationalportal.unknown_agency", agency=code[:35])
    return found


def _applicant(told: Words, at: dt.datetime) -> tuple[PartyFacts, Actor]:
    """Return in whose name it is asked, and the citizen whose hand filed it at the portal."""
    name, number = reading.text(told, "ChuHoSo"), reading.personal_id(told)
    phone, email = reading.text(told, "SoDienThoai")[:20], reading.text(told, "Email")[:254]
    is_entity = reading.text(told, "LoaiDoiTuong") in ORGANISATIONS
    if not name or not number or (is_entity and not reading.entity_number(told)):
        raise CannotTakeInError("nationalportal.owner_missing")
    # The portal vouches for who signed in there: gaps are filled, nothing that is known is changed
    facts = PersonFacts(
        full_name=reading.text(told, "NguoiNop") or name, personal_id=number, phone=phone, email=email
    )
    person_id = remember_person(facts=facts, at=at, keep_known=True)
    if not is_entity:
        party = PartyFacts(person_id=person_id, full_name=name, personal_id=number, phone=phone, email=email)
        return party, Actor(ActorKind.CITIZEN, person_id=person_id, name=name)
    kind = EntityKind.ENTERPRISE if reading.text(told, "LoaiDoiTuong") == "2" else EntityKind.OTHER
    entity_number = reading.entity_number(told)
    entity_id = remember_entity(facts=EntityFacts(kind=kind, number=entity_number, name=name), at=at)
    party = PartyFacts(
        entity_id=entity_id, full_name=name, entity_number=entity_number, phone=phone, email=email
    )
    return party, Actor(ActorKind.CITIZEN, person_id=person_id, name=name)


def _answers(told: Words, version: VersionCard, on: dt.date) -> dict[str, object]:
    """Return the answers of the form that its questions can read; what is wrong or missing the counter asks for."""
    case = version.cases[0] if len(version.cases) == 1 else None
    definition = form_of(case, on)
    given = reading.answers(told)
    found: dict[str, object] = {}
    if definition is not None and given:
        typed = {name: str(value) for name, value in given.items() if isinstance(value, str | int)}
        found |= validate(definition, typed, on=on).values
    abstract = reading.text(told, "TrichYeuHoSo")
    return found | ({"portal_abstract": abstract} if len(abstract) > 500 else {})


def _document_of(paper: TakenPaper, version: VersionCard) -> int | None:
    """Return which of the wanted papers it is: by its name, letter for letter but for case and marks."""
    wanted = {search_key(document.name): document.id for case in version.cases for document in case.documents}
    stem = paper.name.rsplit(".", 1)[0]
    return wanted.get(search_key(paper.name)) or wanted.get(search_key(stem))
