"""Addresses of the desk, as an officer reads them."""

from __future__ import annotations

from django.urls import path

from vanlang.desk.views import (
    acts,
    afterwards,
    agencies,
    calendar,
    cases,
    delegations,
    entities,
    functions,
    helping,
    inbox,
    leading,
    mandates,
    papers,
    procedures,
    proposing,
    register,
    saved,
    start,
    word,
)
from vanlang.desk.views.counter import choosing, receiving
from vanlang.desk.views.counter import person as counter_person

app_name = "desk"
_DOSSIER = "ho-so/<uuid:dossier_id>/"
urlpatterns = [
    path("", start.start, name="start"),
    path("ho-so/", inbox.inbox, name="inbox"),
    path("ho-so/nhieu/", inbox.bulk, name="bulk"),
    path("ho-so/luu-danh-sach/", saved.save, name="save_list"),
    path("ho-so/danh-sach/<int:view_id>/", saved.change, name="change_list"),
    path(_DOSSIER, cases.dossier, name="dossier"),
    path(f"{_DOSSIER}giay-to/<uuid:attachment_id>/", papers.paper, name="paper"),
    path(
        f"{_DOSSIER}giay-to/<uuid:attachment_id>/trang-<int:number>.png", papers.paper_page, name="paper_page"
    ),
    path(f"{_DOSSIER}ket-qua.pdf", papers.outcome, name="outcome"),
    path(f"{_DOSSIER}ket-qua/trang-<int:number>.png", papers.outcome_page, name="outcome_page"),
    path(f"{_DOSSIER}in/mau-<str:form>.pdf", papers.printed, name="printed"),
    path(f"{_DOSSIER}trinh-ket-qua/", proposing.propose, name="propose"),
    path(f"{_DOSSIER}trinh-ket-qua/word/", word.propose, name="propose_word"),
    path(f"{_DOSSIER}trinh-ket-qua/word/<uuid:template_id>.docx", word.filled, name="word_filled"),
    path(f"{_DOSSIER}trinh-ket-qua/xem-truoc/", proposing.preview, name="preview"),
    path(f"{_DOSSIER}<slug:slug>/", acts.act, name="act"),
    path("ban-giay/", afterwards.paper_copies, name="paper_copies"),
    path("ban-giay/<uuid:dossier_id>/", afterwards.paper_copy, name="paper_copy"),
    path("danh-gia/", afterwards.ratings, name="ratings"),
    path("danh-gia/goi-lai/", afterwards.call_backs, name="call_backs"),
    path("trich-so/<uuid:entry_id>.pdf", papers.extract, name="extract"),
    path("xem-truoc/<str:token>/trang-<int:number>.png", proposing.preview_page, name="preview_page"),
    path("tiep-nhan/", choosing.choose, name="counter"),
    path("uy-quyen/<uuid:mandate_id>/", mandates.mandate, name="mandate"),
    path("uy-quyen/<uuid:mandate_id>/phieu.pdf", mandates.slip, name="mandate_slip"),
    path("uy-quyen/<uuid:mandate_id>/giay-to/<uuid:file_id>/", mandates.paper, name="mandate_paper"),
    path("tiep-nhan/nguoi/", counter_person.person, name="person"),
    path("tiep-nhan/da-nhan/<uuid:dossier_id>/", receiving.received, name="received"),
    path("tiep-nhan/<str:code>/", receiving.intake, name="intake"),
    path("so-theo-doi/", register.register, name="register"),
    path("so-theo-doi/xuat/", register.export, name="export_register"),
    path("viec-lanh-dao/", leading.tasks, name="leading"),
    path("nop-thay/", helping.helped, name="helped"),
    path("nguoi-dai-dien/", entities.entity, name="entity"),
    path("nguoi-dai-dien/<uuid:representation_id>/cham-dut/", entities.end, name="end_representation"),
    path("tham-quyen/", delegations.delegations, name="delegations"),
    path("tham-quyen/<int:delegation_id>/thu-hoi/", delegations.take_back, name="take_back"),
    path("thu-tuc/", procedures.procedures, name="procedures"),
    path("thu-tuc/can-xac-nhan/", procedures.todos, name="todos"),
    path("thu-tuc/can-xac-nhan/<int:todo_id>/", procedures.todo, name="todo"),
    path("thu-tuc/<str:code>/", procedures.procedure, name="procedure"),
    path("thu-tuc/<str:code>/quy-trinh/", procedures.process, name="process"),
    path("thu-tuc/<str:code>/mau-word/", word.templates, name="word_templates"),
    path("mau-word/<uuid:template_id>/ban-dien-thu.docx", word.sample, name="word_sample"),
    path("thu-tuc/<str:code>/phi/", procedures.fees, name="fees"),
    path("co-quan/", agencies.agencies, name="agencies"),
    path("co-quan/moi/", agencies.add_agency, name="add_agency"),
    path("co-quan/sap-xep/", agencies.reorganize, name="reorganize"),
    path("co-quan/<str:code>/", agencies.agency, name="agency"),
    path("co-quan/<str:code>/phan-cong/<int:appointment_id>/ket-thuc/", agencies.end, name="end_appointment"),
    path("lich/", calendar.calendar, name="calendar"),
    path("chuc-nang/", functions.functions, name="functions"),
]
