from __future__ import annotations

from tests.support.route_samples import Sample

SAMPLES: dict[str, Sample] = {}
