"""Holding a thing that has no row yet, until the transaction ends."""

from __future__ import annotations

from django.db import connection


def hold(what: str, key: object) -> None:
    """
    Keep everybody else who holds the same until the running transaction ends: two presses of one button become one
    after the other, and the second finds what the first has written.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), hashtext(%s))", [what, str(key)])
