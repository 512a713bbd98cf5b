"""What the operator reads."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from vanlang.catalogue.labels import REASONS, ROW_PROBLEMS
from vanlang.catalogue.tests.factories import channel, row, write_file
from vanlang.catalogue.types import Reason
from vanlang.kernel import clock

pytestmark = pytest.mark.django_db


def run(at: dt.datetime, *arguments: str) -> str:
    out = StringIO()
    with clock.frozen(at):
        call_command("catalogue", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_import_prints_imported_ready_and_what_is_lacking(tmp_path: Path, at: dt.datetime) -> None:
    path = write_file(tmp_path, row(), row("1.999002", channels=[channel("Trực tiếp", 1, None)]))
    dry = run(at, "import", str(path), "--dry-run")
    assert "Chạy thử: chưa ghi gì" in dry
    first = run(at, "import", str(path))
    assert "Thêm 2, đổi 0" in first
    assert "Danh mục có 2 thủ tục, sẵn sàng 1, chưa sẵn sàng 1." in first
    assert REASONS[Reason.LIMIT_UNIT_MISSING] in first
    assert "0 thay đổi" in run(at, "import", str(path))
    assert "1.999002" in run(at, "report", "--lacking")
    assert "H44.45: 1 việc cần xác nhận ở 1 thủ tục" in run(at, "todo")
    assert "1.999002" in run(at, "todo", "--department", "H44.45")


def test_changes_are_printed_field_by_field(tmp_path: Path, at: dt.datetime) -> None:
    run(at, "import", str(write_file(tmp_path, row())))
    text = run(at, "import", str(write_file(tmp_path, row(decision="2/QĐ-THU"))))
    assert "    decision: 1/QĐ-THU → 2/QĐ-THU" in text


def test_broken_rows_are_printed_with_what_to_do(tmp_path: Path, at: dt.datetime) -> None:
    path = write_file(tmp_path, row(), "{", row())
    with pytest.raises(CommandError, match="--skip-broken"):
        run(at, "import", str(path))
    text = run(at, "import", str(path), "--skip-broken")
    assert "Dòng 2: dòng không phải JSON hợp lệ" in text
    assert "Dòng 3: mã 1.999001 đã có ở dòng 1; giữ lại một dòng cho mỗi mã." in text


def test_a_missing_file_is_said_in_vietnamese(tmp_path: Path, at: dt.datetime) -> None:
    with pytest.raises(CommandError, match="Không mở được tệp"):
        run(at, "import", str(tmp_path / "khong-co.jsonl"))


def test_starter_is_loaded(at: dt.datetime) -> None:
    assert "thêm hoặc cập nhật" in run(at, "starter")
    assert "thêm hoặc cập nhật 0" in run(at, "starter")


def test_every_reason_and_problem_is_said() -> None:
    assert set(REASONS) == set(Reason)
    assert all(says and do_now for says, do_now in ROW_PROBLEMS.values())
