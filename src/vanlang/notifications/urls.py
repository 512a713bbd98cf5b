"""Addresses of messages: one's own, the short ones in text messages, the administrator's."""

from __future__ import annotations

from django.urls import path

from vanlang.notifications.views import admin, own, passing, templates

app_name = "notifications"
urlpatterns = [
    path("", own.messages, name="messages"),
    path("cua-toi/", own.messages, name="mine"),
    path("tin/<uuid:message_id>/", own.message, name="message"),
    path("cai-dat/", own.preferences, name="preferences"),
    path("trinh-duyet/", own.browser, name="browser"),
    path("tho.js", passing.worker, name="worker"),
    path("t/<str:token>/", passing.short, name="short"),
    path("ngung/<str:token>/", passing.stop_page, name="stop"),
    path("quan-tri/", admin.overview, name="overview"),
    path("quan-tri/muc-chi/", admin.cap, name="cap"),
    path("quan-tri/muc-chi-tinh/", admin.province_cap, name="province_cap"),
    path("quan-tri/gui-lai/<uuid:delivery_id>/", admin.again, name="send_again"),
    path("mau/", templates.gallery, name="templates"),
    path("mau/<slug:code>/", templates.preview, name="template"),
]
