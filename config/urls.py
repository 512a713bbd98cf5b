"""Every address of the house: each app answers for its own."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

_MOUNTS = (
    ("can-bo/", "vanlang.desk.urls"),
    ("can-bo/quay/", "vanlang.counter.urls"),
    ("can-bo/chung-thuc/", "vanlang.certification.urls"),
    ("can-bo/in/", "vanlang.printing.urls"),
    ("can-bo/quet/", "vanlang.scanning.urls"),
    ("can-bo/cung-lam/", "vanlang.teamwork.urls"),
    ("can-bo/lien-thong/", "vanlang.chains.urls"),
    ("can-bo/so-ket-qua/", "vanlang.registers.urls"),
    ("can-bo/cau-hinh/", "vanlang.configuration.urls"),
    ("can-bo/chuyen-doi/", "vanlang.cutover.urls"),
    ("can-bo/ket-noi/", "vanlang.connectors.urls"),
    ("can-bo/van-hanh/", "vanlang.operations.urls"),
    ("can-bo/ho-so-lech/", "vanlang.sentinel.urls"),
    ("can-bo/thanh-toan/doi-soat/", "vanlang.payments.book_urls"),
    ("can-bo/thanh-toan/", "vanlang.payments.urls"),
    ("can-bo/phan-anh/", "vanlang.petitions.urls"),
    ("ket-noi/thanh-toan/", "vanlang.payments.wire_urls"),
    ("can-bo/cong-quoc-gia/", "vanlang.nationalportal.views.officer_urls"),
    ("ket-noi/cong-quoc-gia/", "vanlang.nationalportal.urls"),
    ("thong-bao/", "vanlang.notifications.urls"),
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
