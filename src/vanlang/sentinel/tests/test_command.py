"""`manage.py sentinel compare`: prints what differs, and its exit code says whether both sides are the same."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from vanlang.sentinel.tests.copies import SYSTEM, Sides

DAYS = ("--from", "2026-08-01", "--to", "2026-08-31")


def test_equal_sides_leave_quietly(sides: Sides) -> None:
    out = io.StringIO()
    call_command("sentinel", "compare", "--system", SYSTEM, *DAYS, stdout=out)
    assert "Đã so 40 hồ sơ, lệch 0" in out.getvalue()


@pytest.mark.parametrize("way", ["digests", "list"])
def test_what_differs_is_printed_and_fails(sides: Sides, way: str) -> None:
    out = io.StringIO()
    sides.lose(sides.mine[7].code)
    with pytest.raises(SystemExit) as left:
        call_command("sentinel", "compare", "--system", SYSTEM, *DAYS, "--way", way, stdout=out)
    assert left.value.code == 1
    assert f"✗ {sides.mine[7].code}: Bên kia chưa có → Gửi lại (Đang tự sửa)" in out.getvalue()


def test_what_cannot_be_compared_is_said(sides: Sides) -> None:
    with pytest.raises(CommandError, match="chưa được khai báo"):
        call_command("sentinel", "compare", "--system", "nowhere", *DAYS)
    sides.is_silent = True
    with pytest.raises(CommandError, match="không trả lời"):
        call_command("sentinel", "compare", "--system", SYSTEM, *DAYS)
