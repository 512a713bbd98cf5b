"""
What the provider tells about a person.

The national keys are those seen in the field's user-info answers (`HoVaTen`, `SoDinhDanh`, `LoaiTaiKhoan` …); beside them stand
the standard claims of OpenID Connect, so that a client may read either. A value the person does not have is left out, never empty.
"""

from __future__ import annotations

from sandbox.identity_provider.people import Person

SUPPORTED = (
    "sub",
    "name",
    "birthdate",
    "gender",
    "phone_number",
    "phone_number_verified",
    "email",
    "email_verified",
    "address",
    "TechID",
    "HoVaTen",
    "SoDinhDanh",
    "NgaySinh",
    "SoDienThoai",
    "ThuongTru",
    "LoaiTaiKhoan",
    "MucDoXacThuc",
    "MaSoThue",
    "MaSoDoanhNghiep",
)


def claims_of(person: Person) -> dict[str, object]:
    """Return every claim of `person`, in both vocabularies."""
    claims: dict[str, object | None] = {
        "sub": person.subject,
        "name": person.name,
        "birthdate": person.born_on.isoformat(),
        "gender": person.gender,
        "phone_number": person.phone and f"+84{person.phone[1:]}",
        "phone_number_verified": True if person.phone else None,
        "email": person.email,
        "email_verified": True if person.email else None,
        "address": {"formatted": person.address, "country": "VN"},
        "TechID": person.subject,
        "HoVaTen": person.name,
        "SoDinhDanh": person.personal_id,
        "NgaySinh": person.born_on.strftime("%d/%m/%Y"),
        "SoDienThoai": person.phone,
        "ThuongTru": person.address,
        "LoaiTaiKhoan": person.kind,
        "MucDoXacThuc": str(person.level),
        "MaSoThue": person.tax_code,
        "MaSoDoanhNghiep": person.enterprise_code,
    }
    return {key: value for key, value in claims.items() if value is not None}
