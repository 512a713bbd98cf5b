"""Addresses of the cut-over, as an administrator of the province reads them."""

from __future__ import annotations

from django.urls import path

from vanlang.cutover.views import pages

app_name = "cutover"
urlpatterns = [
    path("", pages.start, name="start"),
    path("he-thong/<slug:code>/", pages.system, name="system"),
    path("he-thong/<slug:code>/anh-xa.xlsx", pages.wording, name="wording"),
    path("lan/<uuid:run_id>/", pages.run, name="run"),
    path("lan/<uuid:run_id>/chuyen/", pages.take_over, name="take_over"),
    path("lan/<uuid:run_id>/khac-biet.xlsx", pages.differences, name="differences"),
]
