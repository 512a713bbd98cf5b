"""Addresses of teamwork, below the desk's."""

from __future__ import annotations

from django.urls import path

from vanlang.teamwork.views import talk

app_name = "teamwork"
_DOSSIER = "ho-so/<uuid:dossier_id>/"
urlpatterns = [
    path(f"{_DOSSIER}ghi-chu/", talk.notes, name="notes"),
    path(f"{_DOSSIER}goi-y/", talk.suggest, name="suggest"),
    path(f"{_DOSSIER}theo-doi/", talk.follow, name="follow"),
    path("ghi-chu/<uuid:note_id>/sua/", talk.edit, name="edit_note"),
    path("ghi-chu/<uuid:note_id>/gach-bo/", talk.strike, name="strike_note"),
    path("nhac-toi-toi/", talk.mentions, name="mentions"),
    path("nhac-toi-toi/<int:mention_id>/xong/", talk.finish, name="finish_mention"),
]
