"""The seal of every message, as the platform computes it: SHA-256 over its fields in their order, the secret last."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence

_HEAD = ("LoaiBanTin", "PhienBan", "MaDoiTac")
INIT = (
    *_HEAD, "MaThamChieu", "SoTien", "LoaiHinhThanhToan", "MaKenhThanhToan", "MaThietBi", "NgonNgu", "MaTienTe",
    "MaNganHang", "ThongTinGiaoDich", "ThoiGianGD", "Ip",
)  # fmt: skip
QUERY = (*_HEAD, "MaThamChieu", "ThoiGianGD")
REFUND = (*_HEAD, "MaThamChieu", "MaGiaoDich", "SoTien", "MaThamChieuHoan", "ThoiGianGD")
STATEMENT = (*_HEAD, "NgayGD", "ThoiGianGD")
CALLBACK = (*_HEAD, "MaThamChieu", "SoTien", "MaLoi", "MaGiaoDich", "ThoiGianGD")
BANK = (*CALLBACK, "MaNHThuHuong", "TKThuHuong", "NoiDung")


def sealed(message: Mapping[str, object], fields: Sequence[str], secret: str) -> dict[str, object]:
    """Return the message with its seal."""
    return {**message, "MaXacThuc": seal(message, fields, secret)}


def seal(message: Mapping[str, object], fields: Sequence[str], secret: str) -> str:
    """Return the seal over `fields`; what is absent counts as empty."""
    told = [str(message.get(name, "")) for name in fields]
    return hashlib.sha256("|".join([*told, secret]).encode()).hexdigest()


def is_right(message: Mapping[str, object], fields: Sequence[str], secret: str) -> bool:
    """Say whether a message carries the seal that it should."""
    given = str(message.get("MaXacThuc", "")).lower()
    return hmac.compare_digest(given.encode(), seal(message, fields, secret).encode())
