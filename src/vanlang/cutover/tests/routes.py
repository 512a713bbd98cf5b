"""What the routes of the cut-over are asked with. At a commune nobody may enter: the office of the province does this."""

from __future__ import annotations

import uuid

from tests.support.route_samples import Sample

REFUSED = {403}

SAMPLES = {
    "cutover:start": Sample(owned=False, answers=REFUSED),
    "cutover:system": Sample(lambda people: {"code": "cu"}, owned=False, answers=REFUSED),
    "cutover:wording": Sample(lambda people: {"code": "cu"}, owned=False, answers=REFUSED),
    "cutover:run": Sample(lambda people: {"run_id": uuid.UUID(int=1)}, owned=False, answers=REFUSED),
    "cutover:take_over": Sample(lambda people: {"run_id": uuid.UUID(int=1)}, owned=False, answers={405}),
    "cutover:differences": Sample(lambda people: {"run_id": uuid.UUID(int=1)}, owned=False, answers=REFUSED),
}
