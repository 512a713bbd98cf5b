"""Addresses of connections: health, letters that wait for a person, telling again."""

from __future__ import annotations

from django.urls import path

from vanlang.connectors.views import admin

app_name = "connectors"
urlpatterns = [
    path("", admin.overview, name="start"),
    path("<str:system>/goi-ngay/", admin.call_now, name="call_now"),
    path("<str:system>/gui-lai/", admin.replay_range, name="replay"),
    path("tin/<str:box>/<int:letter_id>/thu-lai/", admin.again, name="try_again"),
    path("tin/<str:box>/<int:letter_id>/bo/", admin.drop, name="give_up"),
]
