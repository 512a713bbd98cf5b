"""Addresses of printing, as an officer reads them."""

from __future__ import annotations

from django.urls import path

from vanlang.printing.views import dossiers, printers

app_name = "printing"
urlpatterns = [
    path("", printers.printers, name="printers"),
    path("may-in/moi/", printers.add, name="add"),
    path("may-in/<uuid:printer_id>/", printers.edit, name="edit"),
    path("may-in/<uuid:printer_id>/chon/", printers.choose, name="choose"),
    path("may-in/<uuid:printer_id>/can-chinh.pdf", printers.test_page, name="test_page"),
    path("mau/xem/<str:token>.png", printers.preview, name="preview"),
    path("mau/<slug:stock>/", printers.layout, name="layout"),
    path("nhan.pdf", dossiers.labels, name="labels"),
    path("ho-so/<uuid:dossier_id>/", dossiers.dossier, name="dossier"),
    path("ho-so/<uuid:dossier_id>/<slug:stock>.pdf", dossiers.paper, name="paper"),
]
