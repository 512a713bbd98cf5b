from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from vanlang.kernel.ids import new_id
from vanlang.printing.rules.stocks import MOST_OFFSET, Stock

_TENTHS = round(MOST_OFFSET * 10)
_STOCKS = [(stock.value, stock.value) for stock in Stock]


class Printer(models.Model):
    """A printer of an agency, as a workstation chooses it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    stock = models.CharField(max_length=12, choices=_STOCKS)
    offset_x = models.SmallIntegerField(default=0)
    """Units: tenths of a millimetre to the right."""
    offset_y = models.SmallIntegerField(default=0)
    """Units: tenths of a millimetre down."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="printer_name_once_in_agency"),
            models.CheckConstraint(
                condition=Q(offset_x__range=(-_TENTHS, _TENTHS), offset_y__range=(-_TENTHS, _TENTHS)),
                name="printer_offset_is_likely",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.agency_id} {self.name}"


class PrintLayout(models.Model):
    """A version of an agency's template for a stock; the newest is used, the others are kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    stock = models.CharField(max_length=12, choices=_STOCKS)
    version = models.PositiveIntegerField()
    text = models.TextField(max_length=2000)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        "identity.Appointment", on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "stock", "version"], name="layout_version_once")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.agency_id} {self.stock} {self.version}"
