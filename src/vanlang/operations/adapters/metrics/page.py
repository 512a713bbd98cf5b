"""The page that Prometheus reads."""

from __future__ import annotations

import os
from collections.abc import Iterable

from django.db import DatabaseError
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from typing_extensions import override

from vanlang.operations.adapters.metrics.house import HouseCollector
from vanlang.operations.adapters.metrics.instruments import FOLDER, REGISTRY
from vanlang.operations.adapters.metrics.keeping import DisksCollector, KeepingCollector

HOUSE = HouseCollector()
KEEPING = KeepingCollector()


def render() -> bytes:
    """Return what all processes counted, and how the house is."""
    folder = os.environ.get(FOLDER, "")
    registry = CollectorRegistry()
    if folder:
        MultiProcessCollector(registry, path=folder)  # type: ignore[no-untyped-call] # untyped in the library
    counted = generate_latest(registry if folder else REGISTRY)
    house = CollectorRegistry()
    house.register(_Sturdy(HOUSE, KEEPING))
    house.register(DisksCollector())
    return counted + generate_latest(house)


class _Sturdy(Collector):
    """The figures of the house; when the database does not answer, only that."""

    def __init__(self, *collectors: Collector) -> None:
        self._collectors = collectors

    @override
    def collect(self) -> Iterable[Metric]:
        try:
            figures = [figure for one in self._collectors for figure in one.collect()]
        except DatabaseError:
            figures = []
        return [
            GaugeMetricFamily("vanlang_database_up", "1 when it answered.", value=bool(figures)),
            *figures,
        ]
