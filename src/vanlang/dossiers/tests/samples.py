"""A dossier of `tests/support/route_samples.People`, for the routes of the apps above."""

from __future__ import annotations

from django.conf import settings
from tests.support.route_samples import People

from vanlang.calendars.api import load_days, load_office_hours
from vanlang.dossiers import services
from vanlang.dossiers.tests.factories import make_procedure
from vanlang.dossiers.types import Channel, Filing, PartyFacts
from vanlang.identity.api import Role


def received_dossier(people: People) -> dict[str, object]:
    """Return the id of a dossier that the counter at home received."""
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
    moved = services.receive_at_counter(filing=filing, actor=people.at_home[Role.COUNTER], at=people.at)
    return {"dossier_id": moved.dossier_id}
