"""Addresses of operation: how the installation is."""

from __future__ import annotations

from django.urls import path

from vanlang.operations.views import admin

app_name = "operations"
urlpatterns = [
    path("suc-khoe/", admin.doctor, name="doctor"),
]
