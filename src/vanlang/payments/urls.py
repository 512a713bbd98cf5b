"""Addresses of money, as an officer reads them."""

from __future__ import annotations

from django.urls import path

from vanlang.payments.views import collecting, dossier, lists, receipts, refunds

app_name = "payments"
urlpatterns = [
    path("", lists.unpaid, name="start"),
    path("ho-so/<uuid:dossier_id>/", dossier.dossier, name="dossier"),
    path("bien-lai/", receipts.receipts, name="receipts"),
    path("bien-lai/<uuid:receipt_id>.pdf", receipts.receipt_pdf, name="receipt_pdf"),
    path("bien-lai/<uuid:receipt_id>.xml", receipts.receipt_xml, name="receipt_xml"),
    path("bien-lai/<uuid:receipt_id>/huy/", receipts.cancel, name="cancel_receipt"),
    path("hoan-tien/", refunds.refunds, name="refunds"),
    path("tai-khoan/", collecting.account, name="account"),
]
