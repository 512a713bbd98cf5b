"""Measurements as a person reads them."""

from __future__ import annotations

import datetime as dt


def minutes(span: dt.timedelta) -> int:
    return int(span.total_seconds() // 60)


def gigabytes(size: int) -> str:
    return f"{size / 1024**3:.1f} GB".replace(".", ",")


def day(at: dt.datetime) -> str:
    return f"{at:%d/%m/%Y}"
