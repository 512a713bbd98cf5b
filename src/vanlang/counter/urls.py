"""Addresses of the counter's day."""

from __future__ import annotations

from django.urls import path

from vanlang.counter.views import batches, cash, layout, post, public, queue, results, trays

app_name = "counter"
urlpatterns = [
    path("", queue.start, name="start"),
    path("goi-so/", queue.console, name="console"),
    path("goi-so/ngoi/", queue.sit, name="sit"),
    path("goi-so/roi/", queue.leave, name="leave"),
    path("goi-so/tiep/", queue.call, name="call"),
    path("goi-so/<uuid:ticket_id>/<slug:act>/", queue.act, name="ticket_act"),
    path("goi-so/trong-ngay/", queue.day, name="day"),
    path("goi-so/bo-tri/", layout.overview, name="layout"),
    path("goi-so/bo-tri/nhom-viec/moi/", layout.service, name="add_service"),
    path("goi-so/bo-tri/nhom-viec/<int:service_id>/", layout.service, name="service"),
    path("goi-so/bo-tri/quay/moi/", layout.window, name="add_window"),
    path("goi-so/bo-tri/quay/<int:window_id>/", layout.window, name="window"),
    path("goi-so/bo-tri/dia-chi-moi/", layout.renew, name="renew"),
    path("man-hinh/<str:token>/", public.display, name="display"),
    path("lay-so/<str:token>/", public.kiosk, name="kiosk"),
    path("phieu/<uuid:ticket_id>/", public.ticket, name="ticket"),
    path("tiep-nhan-nhieu/", batches.overview, name="batches"),
    path("tiep-nhan-nhieu/mot-nguoi/", batches.one_person, name="batch_one"),
    path("tiep-nhan-nhieu/mot-thu-tuc/", batches.one_procedure, name="batch_many"),
    path("tiep-nhan-nhieu/<uuid:batch_id>/", batches.batch, name="batch"),
    path("tiep-nhan-nhieu/<uuid:batch_id>/in.pdf", batches.printed, name="batch_printed"),
    path("ban-giao/", trays.overview, name="trays"),
    path("ban-giao/moi/", trays.give, name="give_tray"),
    path("ban-giao/<uuid:tray_id>/", trays.tray, name="tray"),
    path("ban-giao/<uuid:tray_id>/in.pdf", trays.printed, name="tray_printed"),
    path("tra-nhieu/", results.deliver, name="deliver"),
    path("buu-gui/", post.overview, name="post"),
    path("buu-gui/den/", post.arrive, name="post_arrive"),
    path("buu-gui/bang-ke.pdf", post.dispatch, name="post_dispatch"),
    path("buu-gui/<uuid:item_id>/", post.item, name="post_item"),
    path("so-quy/", cash.overview, name="cash"),
    path("so-quy/<uuid:drawer_id>/", cash.drawer, name="drawer"),
    path("so-quy/<uuid:drawer_id>/in.pdf", cash.printed, name="drawer_printed"),
]
