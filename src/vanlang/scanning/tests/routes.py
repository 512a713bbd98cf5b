"""What the routes of scanning are asked with: a dossier of an agency, and a page of its specialist."""

from __future__ import annotations

from django.conf import settings
from tests.support.route_samples import People, Sample

from vanlang.calendars.api import load_days, load_office_hours
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Channel, Filing, PartyFacts
from vanlang.dossiers.tests.factories import make_procedure
from vanlang.identity.api import Role
from vanlang.scanning.api import add_files
from vanlang.scanning.tests import corpus


def received_dossier(people: People) -> dict[str, object]:
    load_days(settings.VANLANG_REFERENCE / "calendar" / "days.toml", at=people.at)
    load_office_hours(settings.VANLANG_REFERENCE / "calendar" / "office-hours.toml", at=people.at)
    version, case, _ = make_procedure("1.001193")
    person_id = people.citizen.person_id
    assert person_id
    filing = Filing(
        procedure_version_id=version.pk,
        case_id=case.pk,
        applicant=PartyFacts(person_id=person_id, full_name="Nguyễn Thị Lan"),
        channel=Channel.DIRECT,
        intake_agency_id=people.home,
        competent_agency_id=people.home,
        return_agency_id=people.home,
    )
    moved = dossiers.receive_at_counter(filing=filing, actor=people.at_home[Role.COUNTER], at=people.at)
    return {"dossier_id": moved.dossier_id}


def _page(people: People) -> dict[str, object]:
    dossier = received_dossier(people)["dossier_id"]
    batch = add_files(
        dossier_id=dossier,  # type: ignore[arg-type] # the id made above
        scans=[("a.jpg", corpus.packed(corpus.written(75)))],
        actor=people.at_home[Role.COUNTER],
        at=people.at,
    )
    return {"page_id": batch.pages[0].id}


SAMPLES = {
    "scanning:batch": Sample(received_dossier),
    "scanning:picture": Sample(_page, answers={200, 404}),
}
"""A page is its officer's own: the specialist at home gets 404 too."""
