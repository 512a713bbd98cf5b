"""Addresses of interlinked procedures at the desk."""

from __future__ import annotations

from django.urls import path

from vanlang.chains.views import officer

app_name = "chains"
urlpatterns = [
    path("", officer.chains, name="list"),
    path("tiep-nhan/<slug:code>/", officer.intake, name="intake"),
    path("<uuid:chain_id>/", officer.chain, name="chain"),
    path("<uuid:chain_id>/giay-hen.pdf", officer.slip, name="slip"),
    path("<uuid:chain_id>/<slug:leg>/<slug:what>/", officer.act, name="act"),
]
