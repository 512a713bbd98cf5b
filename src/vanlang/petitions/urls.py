"""Addresses of petitions, as an officer reads them."""

from __future__ import annotations

from django.urls import path

from vanlang.petitions.views import acts, answers, inbox, pages, reports, taking

app_name = "petitions"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("ghi-nhan/", taking.take_down, name="take_down"),
    path("cap-lai-ma/", taking.reissue, name="reissue"),
    path("cap-lai-ma/<uuid:petition_id>/", taking.reissued, name="reissued"),
    path("so-lieu/", reports.figures, name="figures"),
    path("danh-sach.xlsx", reports.export, name="export"),
    path("<uuid:petition_id>/", pages.petition, name="petition"),
    path("<uuid:petition_id>/bien-nhan/", taking.receipt, name="receipt"),
    path("<uuid:petition_id>/noi-dung.txt", pages.whole_text, name="whole_text"),
    path("<uuid:petition_id>/tep/<uuid:attachment_id>/", pages.attachment, name="attachment"),
    path("<uuid:petition_id>/phan-loai/", acts.classify, name="classify"),
    path("<uuid:petition_id>/viec/<slug:word>/", acts.act, name="act"),
    path("<uuid:petition_id>/tra-loi/", answers.draft, name="draft"),
    path("<uuid:petition_id>/duyet/", answers.decide, name="decide"),
    path("<uuid:petition_id>/cong-khai/", answers.publish, name="publish"),
]
