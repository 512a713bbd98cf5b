"""Addresses at which the payment platform speaks to us."""

from __future__ import annotations

from django.urls import path

from vanlang.payments.views import wire

app_name = "payments_wire"
urlpatterns = [
    path("", wire.callback, name="callback"),
    path("ve/<str:reference>/", wire.back, name="back"),
]
