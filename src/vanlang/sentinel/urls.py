"""Addresses of differences: what differs, one of them, comparisons, the proof of a month."""

from __future__ import annotations

from django.urls import path

from vanlang.sentinel.views import pages, running

app_name = "sentinel"
urlpatterns = [
    path("", pages.start, name="start"),
    path("<uuid:difference_id>/", pages.difference, name="difference"),
    path("<uuid:difference_id>/gui-lai/", pages.send_again, name="send_again"),
    path("<uuid:difference_id>/lay-ban/", pages.take_theirs, name="take_theirs"),
    path("<uuid:difference_id>/da-xem/", pages.explain, name="explain"),
    path("lan/<uuid:run_id>/", running.run, name="run"),
    path("<slug:system>/doi-soat/", running.compare, name="compare"),
    path("<slug:system>/tep/", running.upload, name="upload"),
    path("<slug:system>/mau.xlsx", running.template_file, name="template"),
    path("<slug:system>/thang/<int:year>-<int:month>/", pages.month, name="month"),
]
