"""What the routes of scanning are asked with: a dossier of an agency, and a page of its specialist."""

from __future__ import annotations

from tests.support.route_samples import People, Sample

from vanlang.dossiers.tests.samples import received_dossier
from vanlang.identity.api import Role
from vanlang.scanning.api import add_files
from vanlang.scanning.tests import corpus


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
