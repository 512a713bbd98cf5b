"""Addresses of certification, as an officer reads them."""

from __future__ import annotations

from django.urls import path

from vanlang.certification.views import book, requests

app_name = "certification"
urlpatterns = [
    path("", requests.start, name="start"),
    path("moi/", requests.new, name="new"),
    path("so/", book.book, name="book"),
    path("so.pdf", book.book_pdf, name="book_pdf"),
    path("so.xlsx", book.book_xlsx, name="book_xlsx"),
    path("dong/<uuid:entry_id>/huy/", requests.cancel_entry, name="cancel"),
    path("<uuid:request_id>/", requests.visit, name="request"),
    path("<uuid:request_id>/vao-so/", requests.enter_visit, name="enter"),
    path("<uuid:request_id>/loi-chung.pdf", requests.stamps, name="stamps"),
]
