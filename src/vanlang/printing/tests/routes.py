"""What the routes of printing are asked with: a received dossier and a printer of an agency."""

from __future__ import annotations

from tests.support.route_samples import People, Sample

from vanlang.dossiers.tests.samples import received_dossier
from vanlang.identity.api import Role
from vanlang.printing.api import Stock, save_printer


def _printer(people: People) -> dict[str, object]:
    card = save_printer(
        name="Máy 1",
        stock=Stock.LABEL,
        offset_x=0,
        offset_y=0,
        actor=people.at_home[Role.ADMIN],
        at=people.at,
    )
    return {"printer_id": card.id}


SAMPLES = {
    "printing:edit": Sample(_printer),
    "printing:choose": Sample(_printer, owned=False, answers={405}),
    "printing:test_page": Sample(_printer),
    "printing:preview": Sample(lambda people: {"token": "khong-co"}, owned=False, answers={404}),
    "printing:layout": Sample(lambda people: {"stock": "label"}, owned=False),
    "printing:labels": Sample(owned=False, answers={409}),
    "printing:dossier": Sample(received_dossier),
    "printing:paper": Sample(lambda people: {**received_dossier(people), "stock": "label"}),
}
