"""Editions: one row per change, in the order in which changes are committed."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from vanlang.calendars.models import Edition

LOCK = 0x0CA1E5DA
"""Key of the advisory lock: without it a lower id could be committed after a higher one and never be noticed."""


def lock_calendar() -> None:
    """Wait until no other transaction is changing the calendar; held to the end of this one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def new_edition(*, cause: str, at: datetime) -> int:
    """Return the version from now on; call `lock_calendar` first."""
    return Edition.objects.create(at=at, cause=cause[:200]).pk
