from __future__ import annotations

from django.urls import path

from vanlang.ui import gallery

app_name = "ui"
urlpatterns = [
    path("", gallery.citizen, name="gallery"),
    path("can-bo/", gallery.officer, name="gallery-officer"),
    path("loi/<int:status>/", gallery.error, name="gallery-error"),
    path("phan/", gallery.part, name="gallery-part"),
]
