"""Addresses of the books, as an accountant reads them."""

from __future__ import annotations

from django.urls import path

from vanlang.payments.views import books, carried, reconciling

app_name = "payments_books"
DAY = "<slug:way>/<str:on>/"
urlpatterns = [
    path("", reconciling.start, name="start"),
    path("khoa-thang/", reconciling.close_month, name="close_month"),
    path("sao-ke-mau.xlsx", reconciling.template, name="template"),
    path("so/", books.books, name="books"),
    path("so.xlsx", books.books_xlsx, name="books_xlsx"),
    path("cho-lam-ro/", books.suspense, name="suspense"),
    path("cho-lam-ro/<uuid:stray_id>/", books.match, name="match"),
    path("bu-tru/", carried.carried, name="carried"),
    path("bu-tru/<uuid:carried_id>/", carried.clear, name="clear"),
    path("chenh-lech/<uuid:difference_id>/giai-trinh/", reconciling.explain, name="explain"),
    path("chenh-lech/<uuid:difference_id>/ghi-nhan/", reconciling.book, name="book"),
    path("tien-mat/<str:on>/dem/", reconciling.count, name="count"),
    path(DAY, reconciling.day, name="day"),
    path(f"{DAY}doi-soat.xlsx", reconciling.day_workbook, name="day_xlsx"),
    path(f"{DAY}lay/", reconciling.fetch, name="fetch"),
    path(f"{DAY}nop/", reconciling.upload, name="upload"),
    path(f"{DAY}nhan-phan-doc-duoc/", reconciling.take_held, name="take_held"),
    path(f"{DAY}khoa/", reconciling.close, name="close"),
]
