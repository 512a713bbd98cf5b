"""The whole life of two dossiers: one filed from home, one at the counter, with the papers that come out of them."""

from __future__ import annotations

from launcher.demo.cast import Cast
from launcher.demo.life import counter, online
from launcher.demo.report import Report


def tell(report: Report, cast: Cast) -> None:
    """Tell both stories."""
    online.tell(report, cast)
    counter.tell(report, cast)
