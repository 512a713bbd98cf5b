"""
Check a verification code without a network: only the code, the published keys, and if need be the list and the file.

    ./vanlang manage verify_code "VL1.…" --keys khoa.json --list thu-hoi.jws --file giay-khai-sinh.pdf
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jwt
from django.core.management.base import BaseCommand, CommandError, CommandParser
from typing_extensions import override

from vanlang.kernel import clock
from vanlang.registers.rules import codes
from vanlang.registers.types import CodeStatement


class Command(BaseCommand):
    help = "Kiểm tra mã xác minh của một kết quả, không cần mạng."
    requires_system_checks: list[str] = []

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="Mã VL1.…, hoặc cả địa chỉ trong mã QR")
        parser.add_argument("--keys", type=Path, required=True, help="Tệp khóa tải từ /xac-minh/khoa.json")
        parser.add_argument("--list", type=Path, help="Danh sách tải từ /xac-minh/thu-hoi.jws")
        parser.add_argument("--file", type=Path, help="Tệp PDF cần đối chiếu")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        keys = keys_in(options["keys"].read_text(encoding="utf-8"))
        statement = codes.read(options["code"], keys)
        if statement is None:
            raise CommandError("KHÔNG HỢP LỆ: mã không do hệ thống của tỉnh ký, hoặc đã bị sửa.")
        for line in said(statement):
            self.stdout.write(line)
        for wrong in self._wrongs(statement, keys, options):
            raise CommandError(wrong)
        if options["list"] is None:
            self.stdout.write("Chưa kiểm tra thu hồi, thay thế: thêm --list thu-hoi.jws.")
        self.stdout.write("HỢP LỆ: đúng là kết quả do cơ quan nêu trên ban hành.")

    def _wrongs(
        self, statement: CodeStatement, keys: dict[str, bytes], options: dict[str, Any]
    ) -> Iterator[str]:
        if statement.expires_on is not None and statement.expires_on <= clock.today():
            yield f"HẾT HIỆU LỰC từ {statement.expires_on:%d/%m/%Y}."
        if options["list"] is not None:
            yield from _ended(statement, _list(options["list"].read_text(encoding="ascii").strip(), keys))
        if options["file"] is not None:
            yield from _file(statement, options["file"].read_bytes())


def said(one: CodeStatement) -> Iterator[str]:
    """Yield what a code says, in words."""
    yield f"{one.title} số {one.number}"
    yield f"Cơ quan {one.agency_code}, ngày {one.issued_on:%d/%m/%Y}"
    if one.initials:
        yield f"Người được cấp: {one.initials}"


def keys_in(text: str) -> dict[str, bytes]:
    """Return kid → public key of a JSON Web Key Set."""
    return {
        key["kid"]: base64.urlsafe_b64decode(key["x"] + "=" * (-len(key["x"]) % 4))
        for key in json.loads(text)["keys"]
        if key.get("crv") == "Ed25519"
    }


def _list(text: str, keys: dict[str, bytes]) -> dict[str, Any]:
    kid = jwt.get_unverified_header(text).get("kid", "")
    if kid not in keys:
        raise CommandError("Danh sách thu hồi không do khóa trong tệp khóa ký.")
    public = codes.key_of(keys[kid])
    try:
        told: dict[str, Any] = jwt.decode(text, public, algorithms=["EdDSA"], options={"verify_exp": False})
    except jwt.InvalidTokenError:
        raise CommandError("Danh sách thu hồi đã bị sửa.") from None
    if told["exp"] <= clock.now().timestamp():
        raise CommandError("Danh sách thu hồi đã cũ: hãy tải bản mới.")
    return told


def _ended(statement: CodeStatement, told: dict[str, Any]) -> Iterator[str]:
    key = (statement.agency_code, statement.number, str(statement.issued_on))
    for one in told["ended"]:
        if (one["agency"], one["number"], one["issued_on"]) == key:
            how = "THU HỒI" if one["as"] == "revoked" else "THAY THẾ"
            yield f"ĐÃ BỊ {how} từ {'/'.join(reversed(one['ended_on'].split('-')))}."


def _file(statement: CodeStatement, content: bytes) -> Iterator[str]:
    if not statement.file_sha256:
        yield "Mã in trên giấy không có dấu vân tay của tệp: hãy dùng mã phát kèm tệp ở mục Hồ sơ của tôi."
    elif hashlib.sha256(content).hexdigest() != statement.file_sha256:
        yield "KHÔNG KHỚP: tệp này không phải tệp mà mã nói tới."
