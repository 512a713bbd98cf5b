"""The portal's wire, for the test that asks every route as everybody: nobody who has a session has a token."""

from __future__ import annotations

import uuid

from tests.support.route_samples import People, Sample

from vanlang.catalogue.models import ProcedureVersion
from vanlang.dossiers.tests.factories import make_procedure
from vanlang.nationalportal.models import Claim, FeedItem, ForeignDossier, Route


def a_paper(people: People) -> dict[str, object]:
    return {"dossier_id": uuid.uuid4(), "paper_id": uuid.uuid4()}


def a_claim(people: People) -> dict[str, object]:
    owned = ForeignDossier.objects.create(
        system="G15.HT", external_code=str(uuid.uuid4()), procedure_code="1.001193", procedure_name="Khai sinh",
        agency_id=people.home, applicant_name="Nguyễn Thị Lan", state="1", submitted_at=people.at, heard_at=people.at,
    )  # fmt: skip
    claim = Claim.objects.create(
        external_code=owned.external_code, foreign=owned, agency_id=people.home, system="G22", theirs={}, ours={},
        claimed_at=people.at, state="open",
    )  # fmt: skip
    return {"claim_id": claim.pk}


def a_route(people: People) -> dict[str, object]:
    version = (
        ProcedureVersion.objects.filter(procedure__code="1.777001").first() or make_procedure("1.777001")[0]
    )
    row, _ = Route.objects.get_or_create(
        procedure_version=version, agency_id=people.home,
        defaults={
            "system": "G15.HT", "system_name": "Hộ tịch", "valid_from": people.at.date(), "decision": "1/CV",
            "added_at": people.at,
        },
    )  # fmt: skip
    return {"route_id": row.pk}


def a_feed_item(people: People) -> dict[str, object]:
    FeedItem.objects.get_or_create(
        code="1.777002",
        defaults={"name": "Thủ tục", "change": "new", "theirs": {}, "digest": "d", "since_at": people.at, "heard_at": people.at},
    )  # fmt: skip
    return {"code": "1.777002"}


SAMPLES = {
    # The catalogue of the province: every editor looks
    "portal_desk:feed_item": Sample(a_feed_item, owned=False),
    "portal_desk:claim": Sample(a_claim),
    # Who processes what is the province's, as its catalogue is: every editor keeps it
    "portal_desk:route_end": Sample(a_route, owned=False),
    "nationalportal:arrive": Sample(owned=False, answers={405}),
    "nationalportal:paper": Sample(a_paper, owned=False, answers={401}),
    "nationalportal:outcome": Sample(lambda people: {"dossier_id": uuid.uuid4()}, owned=False, answers={401}),
}
