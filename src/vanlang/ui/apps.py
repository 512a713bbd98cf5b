from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The design system: tags, templates, styles. Knows no domain."""

    name = "vanlang.ui"
    label = "ui"
    verbose_name = "Giao diện"
