"""Addresses of the result registers, as an officer reads them."""

from __future__ import annotations

from django.urls import path

from vanlang.registers.views import entries, searching

app_name = "registers"
urlpatterns = [
    path("", searching.start, name="start"),
    path("muc/<uuid:entry_id>/", entries.entry, name="entry"),
    path("muc/<uuid:entry_id>/bo-sung/", entries.complete, name="complete"),
    path("muc/<uuid:entry_id>/tep/", entries.document, name="document"),
    path("<slug:code>/", searching.register, name="register"),
    path("<slug:code>/xuat/", searching.export, name="export"),
]
