"""Every address of the house: each app answers for its own."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

_MOUNTS = (
    ("can-bo/", "vanlang.desk.urls"),
    ("_gallery/", "vanlang.ui.urls"),
    ("", "vanlang.identity.urls"),
    ("", "vanlang.portal.urls"),
)
urlpatterns = [
    *(
        path(prefix, include(module))
        for prefix, module in _MOUNTS
        if (settings.VANLANG_ROOT / "src" / module.replace(".", "/")).with_suffix(".py").exists()
    ),
]

handler400 = "vanlang.ui.errors.bad_request"
handler403 = "vanlang.ui.errors.permission_denied"
handler404 = "vanlang.ui.errors.page_not_found"
handler500 = "vanlang.ui.errors.server_error"
