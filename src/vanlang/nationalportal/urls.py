"""Addresses of the portal's wire."""

from __future__ import annotations

from django.urls import path

from vanlang.nationalportal.views import wire

app_name = "nationalportal"
urlpatterns = [
    path("", wire.arrive, name="arrive"),
    path("tep/<uuid:dossier_id>/<uuid:paper_id>/", wire.paper, name="paper"),
    path("ket-qua/<uuid:dossier_id>/", wire.outcome, name="outcome"),
]
