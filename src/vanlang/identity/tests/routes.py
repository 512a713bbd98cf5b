"""What the routes of this app answer, where it is not 200 or a redirect."""

from __future__ import annotations

from tests.support.route_samples import Sample

SAMPLES = {
    # Back from the identity provider without having been sent there
    "national_callback": Sample(owned=False, answers={400}),
}
