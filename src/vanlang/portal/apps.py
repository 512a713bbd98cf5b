from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class PortalConfig(AppConfig):
    name = "vanlang.portal"
    label = "portal"

    @override
    def ready(self) -> None:
        from vanlang.kernel import labels
        from vanlang.portal.labels import SENTENCES
        from vanlang.ui import shell

        labels.register(SENTENCES)
        for order, (text, url_name) in enumerate(
            (
                ("Thủ tục", "portal:procedures"),
                ("Hồ sơ của tôi", "portal:my_dossiers"),
                ("Tra cứu hồ sơ", "portal:track"),
                ("Xác minh giấy tờ", "portal:verify"),
                ("Phản ánh, kiến nghị", "portal:petitions"),
                ("Giúp đỡ", "portal:help"),
            )
        ):
            shell.register_link(place="citizen", text=text, url_name=url_name, order=order)
        for order, (text, url_name) in enumerate(
            (
                ("Giúp đỡ", "portal:help"),
                ("Khả năng tiếp cận", "portal:accessibility"),
                ("Dữ liệu cá nhân và cookie", "portal:privacy"),
            )
        ):
            shell.register_link(place="footer", text=text, url_name=url_name, order=order)
