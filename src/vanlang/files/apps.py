from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class FilesConfig(AppConfig):
    name = "vanlang.files"
    label = "files"

    @override
    def ready(self) -> None:
        from django.conf import settings
        from django.utils.module_loading import import_string

        from vanlang.files import ports
        from vanlang.files.labels import SENTENCES
        from vanlang.files.rules.pdf import set_limits
        from vanlang.kernel import labels

        labels.register(SENTENCES)
        set_limits()
        # by name: adapters stand above, and are plugged in, not imported
        disk = import_string("vanlang.files.adapters.disk.DiskStore")
        clamd = import_string("vanlang.files.adapters.clamd.ClamdScanner")
        ports.plug(
            contents=disk(settings.VANLANG_FILES_DIR),
            scanner=clamd(settings.VANLANG_CLAMD) if settings.VANLANG_CLAMD else ports.NoScanner(),
        )
