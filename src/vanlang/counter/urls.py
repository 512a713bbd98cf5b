"""Addresses of the counter's day."""

from __future__ import annotations

from django.urls import path

from vanlang.counter.views import layout, public, queue

app_name = "counter"
urlpatterns = [
    path("", queue.console, name="console"),
    path("ngoi/", queue.sit, name="sit"),
    path("roi/", queue.leave, name="leave"),
    path("goi/", queue.call, name="call"),
    path("so/<uuid:ticket_id>/<slug:act>/", queue.act, name="ticket_act"),
    path("trong-ngay/", queue.day, name="day"),
    path("bo-tri/", layout.overview, name="layout"),
    path("bo-tri/nhom-viec/moi/", layout.service, name="add_service"),
    path("bo-tri/nhom-viec/<int:service_id>/", layout.service, name="service"),
    path("bo-tri/quay/moi/", layout.window, name="add_window"),
    path("bo-tri/quay/<int:window_id>/", layout.window, name="window"),
    path("bo-tri/dia-chi-moi/", layout.renew, name="renew"),
    path("man-hinh/<str:token>/", public.display, name="display"),
    path("lay-so/<str:token>/", public.kiosk, name="kiosk"),
    path("phieu/<uuid:ticket_id>/", public.ticket, name="ticket"),
]
