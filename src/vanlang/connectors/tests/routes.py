"""One dead letter, for the test that asks every route as everybody."""

from __future__ import annotations

from tests.support.route_samples import People, Sample

from vanlang.connectors.models import Outgoing
from vanlang.connectors.types import OutgoingState


def a_letter(people: People) -> dict[str, object]:
    row, _ = Outgoing.objects.get_or_create(
        system="tower", kind="step", stream="a", number=1, state=OutgoingState.DEAD, told_at=people.at
    )
    return {"box": "di", "letter_id": row.pk}


SAMPLES = {
    # Figures and codes of the whole province: every administrator keeps it connected
    "connectors:try_again": Sample(a_letter, owned=False, answers={405}),
    "connectors:give_up": Sample(a_letter, owned=False, answers={405}),
    "connectors:call_now": Sample(lambda people: {"system": "tower"}, owned=False, answers={405}),
    "connectors:replay": Sample(lambda people: {"system": "tower"}, owned=False, answers={405}),
}
