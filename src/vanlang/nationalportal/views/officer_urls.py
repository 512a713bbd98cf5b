"""Addresses of what officers do about the portal, below /can-bo/."""

from __future__ import annotations

from django.urls import path

from vanlang.nationalportal.views import feed, officers

app_name = "portal_desk"
urlpatterns = [
    path("", officers.foreign, name="foreign"),
    path("tranh-chap/<uuid:claim_id>/", officers.claim, name="claim"),
    path("danh-muc/", officers.code_lists, name="code_lists"),
    path("danh-muc/ma-linh-vuc/", officers.take_field_codes, name="take_codes"),
    path("thu-tuc/", feed.start, name="feed"),
    path("thu-tuc/lay-ngay/", feed.run, name="feed_run"),
    path("thu-tuc/de-nghi/", feed.propose, name="feed_propose"),
    path("thu-tuc/quyet-dinh/", feed.decide, name="feed_decide"),
    path("thu-tuc/<str:code>/", feed.item, name="feed_item"),
    path("dinh-tuyen/", officers.routes, name="routes"),
    path("dinh-tuyen/<int:route_id>/ket-thuc/", officers.route_end, name="route_end"),
]
