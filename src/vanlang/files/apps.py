from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class FilesConfig(AppConfig):
    name = "vanlang.files"
    label = "files"

    @override
    def ready(self) -> None:
        import pikepdf
        from django.conf import settings

        from vanlang.files import ports
        from vanlang.files.adapters.clamd import ClamdScanner
        from vanlang.files.labels import SENTENCES
        from vanlang.files.rules.pdf import LIMITS
        from vanlang.kernel import labels

        labels.register(SENTENCES)
        pikepdf.settings.set_qpdf_limits(**LIMITS)
        if settings.VANLANG_CLAMD:
            ports.plug(ClamdScanner(settings.VANLANG_CLAMD))
