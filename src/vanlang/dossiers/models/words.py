from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from typing_extensions import override

from vanlang.dossiers.models.dossier import Seat


class SeatWords(models.Model):
    """
    The words by which a seat is found, beside it: narrow, and written only when they change.

    Nobody reads it. `LIKE` may not look into an index behind row-level security, so the database's own function
    `dossiers_seats_saying` looks, as owner, and answers with seats of the asking agency alone (migration 0014).
    """

    seat = models.OneToOneField(
        Seat, on_delete=models.CASCADE, primary_key=True, related_name="+", db_constraint=False
    )
    """The database ends the words with their seat: its own constraint, because Django's waits and deletes nothing."""
    agency_id = models.IntegerField()
    search_key = models.TextField()

    class Meta:
        indexes = [
            GinIndex(
                fields=["agency_id", "search_key"],
                opclasses=["int4_ops", "gin_trgm_ops"],
                fastupdate=False,  # a finder never waits for what writers put off
                name="seat_words",
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.seat_id}: {self.search_key}"
