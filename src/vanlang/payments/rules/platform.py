"""
The words of the national payment platform (PaymentPlatform, version 1.0.6): which fields, in which order, under which seal.

The seal (`MaXacThuc`) is SHA-256 over the fields of a message in their order, joined by "|", the partner's secret last.
Field names are the platform's own and stand nowhere else. Source: docs/reference/payment-platform.md
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence

INIT_FIELDS = (
    "LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "SoTien", "LoaiHinhThanhToan", "MaKenhThanhToan",
    "MaThietBi", "NgonNgu", "MaTienTe", "MaNganHang", "ThongTinGiaoDich", "ThoiGianGD", "Ip",
)  # fmt: skip
QUERY_FIELDS = ("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD")
CALLBACK_FIELDS = (
    "LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "SoTien", "MaLoi", "MaGiaoDich", "ThoiGianGD",
)  # fmt: skip
SUCCESS = "00"


def seal(message: Mapping[str, object], fields: Sequence[str], secret: str) -> str:
    """Return the seal of a message: 64 hexadecimal digits. A field that is absent counts as empty."""
    told = [str(message.get(name, "")) for name in fields]
    return hashlib.sha256("|".join([*told, secret]).encode()).hexdigest()


def is_sealed(message: Mapping[str, object], fields: Sequence[str], secret: str) -> bool:
    """Say whether a message carries the right seal; compared in constant time."""
    given = str(message.get("MaXacThuc", "")).lower()
    return hmac.compare_digest(given, seal(message, fields, secret))
