"""Addresses of teamwork, below the desk's."""

from __future__ import annotations

from django.urls import path

from vanlang.teamwork.views import day, deciding, substitutions, talk, transfers

app_name = "teamwork"
_DOSSIER = "ho-so/<uuid:dossier_id>/"
urlpatterns = [
    path(f"{_DOSSIER}ghi-chu/", talk.notes, name="notes"),
    path(f"{_DOSSIER}goi-y/", talk.suggest, name="suggest"),
    path(f"{_DOSSIER}theo-doi/", talk.follow, name="follow"),
    path("ghi-chu/<uuid:note_id>/sua/", talk.edit, name="edit_note"),
    path("ghi-chu/<uuid:note_id>/gach-bo/", talk.strike, name="strike_note"),
    path(f"{_DOSSIER}tuong-tu/", day.similar, name="similar"),
    path("ban-tin/", day.digest, name="digest"),
    path("vuong-mac/", day.stuck, name="stuck"),
    path("thay-khi-vang/", substitutions.substitutions, name="substitutions"),
    path("thay-khi-vang/<int:substitution_id>/ket-thuc/", substitutions.end, name="end_substitution"),
    path("duyet/", deciding.start, name="deciding"),
    path("duyet/<uuid:batch_id>/", deciding.batch, name="batch"),
    path("duyet/<uuid:batch_id>/thuc-hien/", deciding.carry_out, name="carry_out"),
    path("duyet/<uuid:batch_id>/<int:position>/", deciding.leaf, name="leaf"),
    path("ban-giao/", transfers.listing, name="transfers"),
    path("ban-giao/moi/", transfers.order, name="order_transfer"),
    path("ban-giao/<uuid:transfer_id>/", transfers.transfer, name="transfer"),
    path("ban-giao/<uuid:transfer_id>/chay-tiep/", transfers.resume, name="resume_transfer"),
    path("ban-giao/<uuid:transfer_id>/nguoc-lai/", transfers.back, name="transfer_back"),
    path("nhac-toi-toi/", talk.mentions, name="mentions"),
    path("nhac-toi-toi/<int:mention_id>/xong/", talk.finish, name="finish_mention"),
]
