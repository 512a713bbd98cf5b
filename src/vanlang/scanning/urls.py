"""Addresses of scanning, as an officer reads them."""

from __future__ import annotations

from django.urls import path

from vanlang.scanning.views import batch

app_name = "scanning"
urlpatterns = [
    path("<uuid:dossier_id>/", batch.batch, name="batch"),
    path("trang/<uuid:page_id>.jpg", batch.picture, name="picture"),
]
