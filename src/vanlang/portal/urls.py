"""Addresses of the portal, as a citizen reads them."""

from __future__ import annotations

from django.urls import path

from vanlang.portal.views import (
    afterwards,
    authority,
    chains,
    drafts,
    filing,
    finding,
    helping,
    mine,
    paying,
    petitions,
    reusing,
    storing,
    supplements,
    tracking,
    verifying,
)

app_name = "portal"
urlpatterns = [
    # everybody
    path("", finding.home, name="home"),
    path("thu-tuc/", finding.procedures, name="procedures"),
    path("thu-tuc/<str:code>/", finding.procedure, name="procedure"),
    path("thu-tuc/<str:code>/noi-nop/", finding.places, name="places"),
    path("linh-vuc/", finding.fields, name="fields"),
    path("linh-vuc/<int:field_id>/", finding.field, name="field"),
    path("tra-cuu/", tracking.track, name="track"),
    path("xac-minh/", verifying.verify, name="verify"),
    path("xac-minh/ma/", verifying.verify_code, name="verify_code"),
    path("xac-minh/khoa.json", verifying.verification_keys, name="verification_keys"),
    path("xac-minh/thu-hoi.jws", verifying.ended_results, name="ended_results"),
    path("xac-minh/<str:token>/", verifying.verify_token, name="verify_token"),
    path("lien-thong/<str:token>/", chains.chain, name="chain"),
    path("giup-do/", helping.help_page, name="help"),
    path("kha-nang-tiep-can/", helping.accessibility, name="accessibility"),
    path("quyen-rieng-tu/", helping.privacy, name="privacy"),
    # petitions
    path("phan-anh/", petitions.published, name="petitions"),
    path("phan-anh/gui/", petitions.send, name="petition_send"),
    path("phan-anh/theo-doi/", petitions.follow, name="petition_follow"),
    path("phan-anh/tra-loi/<uuid:publication_id>/", petitions.published_one, name="petition_published"),
    path("phan-anh/<uuid:petition_id>/", petitions.petition, name="petition"),
    path("phan-anh/<uuid:petition_id>/da-gui/", petitions.sent, name="petition_sent"),
    path("phan-anh/<uuid:petition_id>/bo-sung/", petitions.supplement, name="petition_supplement"),
    path("phan-anh/<uuid:petition_id>/hai-long/", petitions.satisfaction, name="petition_satisfaction"),
    path("phan-anh/<uuid:petition_id>/tep/<uuid:attachment_id>/", petitions.attachment, name="petition_file"),
    # a citizen files
    path("nop/moi/<str:code>/", drafts.new_draft, name="new_draft"),
    path("nop/<uuid:draft_id>/", drafts.draft, name="draft"),
    path("nop/<uuid:draft_id>/xoa/", drafts.discard_draft, name="discard_draft"),
    path("nop/<uuid:draft_id>/chuyen-phien-ban/", drafts.carry_over_draft, name="carry_over"),
    path("nop/<uuid:draft_id>/noi-nop/", filing.place, name="draft_place"),
    path("nop/<uuid:draft_id>/to-khai/", filing.form, name="draft_form"),
    path("nop/<uuid:draft_id>/giay-to/", filing.papers, name="draft_papers"),
    path("nop/<uuid:draft_id>/tep/<uuid:paper_id>/", filing.paper_file, name="draft_file"),
    path("nop/<uuid:draft_id>/tep/<uuid:paper_id>/xoa/", filing.remove_file, name="remove_file"),
    path("nop/<uuid:draft_id>/dung-lai/<uuid:entry_id>/", reusing.reuse_entry, name="reuse"),
    path("nop/<uuid:draft_id>/dung-lai/<uuid:reuse_id>/bo/", reusing.stop_reusing, name="stop_reuse"),
    path("nop/<uuid:draft_id>/kho-quoc-gia/", storing.ask, name="ask_store"),
    path("nop/<uuid:draft_id>/kho-quoc-gia/<uuid:result_id>/", storing.use, name="use_result"),
    path("nop/<uuid:draft_id>/kiem-tra/", filing.review, name="draft_review"),
    path("nop/<uuid:draft_id>/xong/", filing.submitted, name="draft_submitted"),
    # for whom a citizen acts, and who for them
    path("uy-quyen/", authority.mandates, name="mandates"),
    path("uy-quyen/<uuid:mandate_id>/cham-dut/", authority.end_mandate, name="end_mandate"),
    path("dung-ten/", authority.stand_for, name="stand_for"),
    path("dung-ten/<uuid:representation_id>/thoi/", authority.leave_entity, name="leave_entity"),
    # a citizen follows
    path("ho-so/", mine.my_dossiers, name="my_dossiers"),
    path("ho-so/<uuid:dossier_id>/", mine.my_dossier, name="my_dossier"),
    path("ho-so/<uuid:dossier_id>/bo-sung/", supplements.answer, name="answer_supplement"),
    path("ho-so/<uuid:dossier_id>/ban-giay/", afterwards.paper_copy, name="paper_copy"),
    path("ho-so/<uuid:dossier_id>/danh-gia/", afterwards.rating, name="rating"),
    path("danh-gia/<str:token>/", afterwards.rating_by_token, name="rating_by_token"),
    path("ho-so/<uuid:dossier_id>/rut/", mine.withdraw_dossier, name="withdraw"),
    path("ho-so/<uuid:dossier_id>/thanh-toan/", paying.pay, name="pay"),
    path(
        "ho-so/<uuid:dossier_id>/bien-lai/<uuid:receipt_id>.<str:kind>",
        paying.fee_receipt,
        name="fee_receipt",
    ),
    path("thanh-toan/", paying.pay_by_code, name="pay_by_code"),
    path("thanh-toan/<uuid:payment_id>/", paying.payment, name="payment"),
    path("ho-so/<uuid:dossier_id>/giay-tiep-nhan/", mine.receipt, name="receipt"),
    path("ho-so/<uuid:dossier_id>/ket-qua/", mine.outcome, name="outcome"),
    path("ho-so/<uuid:dossier_id>/tep/<uuid:attachment_id>/", mine.attachment, name="attachment"),
]
