"""Import: idempotent, compared field by field, one transaction, errors by row."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vanlang.audit.api import list_records
from vanlang.catalogue import api
from vanlang.catalogue.models import ProcedureVersion, SourceRecord, ToDo
from vanlang.catalogue.tests.factories import channel, document, import_file, make_editor, row, write_file
from vanlang.catalogue.types import Channel, Limit, LimitUnit, PaperKind, Reason
from vanlang.identity.api import SYSTEM

pytestmark = pytest.mark.django_db
CODE = "1.999001"


def version_of(code: str, on: dt.date) -> api.VersionCard:
    return api.get_version(api.get_procedure(code, on).version_id)


def test_a_tidy_row_becomes_a_ready_version(tmp_path: Path, at: dt.datetime) -> None:
    report = import_file(write_file(tmp_path, row()), at)
    version = version_of(CODE, at.date())
    assert (report.added, report.changes, report.written) == ((CODE,), 1, True)
    assert version.is_ready
    assert version.limit_for(Channel.DIRECT) is not None
    assert version.limits[0].limit == Limit(Decimal(5), LimitUnit.WORKING_DAY)
    assert version.limits[0].source == "Tệp thu.jsonl"
    assert [fee.money.amount_vnd for fee in version.fees_for(Channel.DIRECT)] == [0]
    (paper,) = version.cases[0].documents
    assert (paper.name, paper.kind, paper.form_files) == (
        "Đơn đề nghị xác nhận",
        PaperKind.FORM,
        ("Mau don.docx",),
    )
    assert version.department_code == "H44.45"
    assert version.legal_basis == (("1/2026/TT-THU", "Thông tư thử"),)
    assert [kind.code for kind in version.outcome_kinds] == ["KQ.G10.999001"]


def test_what_is_uncertain_has_no_row_and_is_asked(tmp_path: Path, at: dt.datetime) -> None:
    messy = row(
        channels=[channel("Trực tiếp", 1, None), channel("Dịch vụ bưu chính", 1, None)],
        documents=[document("Trường hợp khác thì nộp thêm giấy tờ")],
    )
    import_file(write_file(tmp_path, messy), at)
    version = version_of(CODE, at.date())
    assert (version.is_ready, version.limits) == (False, ())
    assert set(version.lacks) == {Reason.LIMIT_UNIT_MISSING, Reason.PAPER_OR_NOTE}
    todos = api.list_todos("H44.45")
    assert [(todo.reason, todo.path) for todo in todos] == [
        (Reason.LIMIT_UNIT_MISSING, "limits/direct,postal"),
        (Reason.PAPER_OR_NOTE, "papers/Trường hợp khác thì nộp thêm giấy tờ"),
    ]
    refusal = api.version_valid_on(version.id, at.date())
    assert refusal is not None
    assert refusal.code == "catalogue.version_not_ready"


def test_the_same_file_again_changes_nothing(tmp_path: Path, at: dt.datetime) -> None:
    path = write_file(tmp_path, row(), row("1.999002", name="Thủ tục khác"))
    import_file(path, at)
    before = list(ProcedureVersion.objects.values_list("pk", "revision"))
    report = import_file(path, at + dt.timedelta(days=1))
    assert (report.changes, report.unchanged) == (0, 2)
    assert list(ProcedureVersion.objects.values_list("pk", "revision")) == before


def test_a_changed_field_is_told_and_makes_a_successor(tmp_path: Path, at: dt.datetime) -> None:
    import_file(write_file(tmp_path, row()), at)
    old = version_of(CODE, at.date())
    later = at + dt.timedelta(days=30)
    report = import_file(
        write_file(tmp_path, row(channels=[channel("Trực tiếp", 7), channel("Trực tuyến")])), later
    )
    (changed,) = report.changed
    assert [(item.path, item.before, item.after) for item in changed.differences] == [
        ("channels[Trực tiếp].duration", 5, 7)
    ]
    new = version_of(CODE, later.date())
    assert (old.number, new.number) == (1, 2)
    assert new.valid_from == later.date()
    assert version_of(CODE, at.date()).id == old.id, "a dossier of that day keeps its version"
    kept = api.get_version(old.id)
    assert (kept.state, kept.valid_to) == (api.VersionState.RETIRED, later.date())
    assert kept.limits[0].limit.amount == 5


def test_a_dry_run_tells_and_writes_nothing(tmp_path: Path, at: dt.datetime) -> None:
    report = import_file(write_file(tmp_path, row()), at, dry_run=True)
    assert (report.added, report.written) == ((CODE,), False)
    assert not ProcedureVersion.objects.exists()
    assert not SourceRecord.objects.exists()


BROKEN = [
    "{không phải json",
    "[1, 2]",
    {"name": "không mã"},
    row("11.2"),
    row("1.999003", name=""),
    row("1.999004", levels=["Cấp huyện"]),
    row("1.999005", channels="Trực tiếp"),
    row("1.999006", documents=[{"name": "Đơn", "originals": -1}]),
]


def test_one_broken_row_stops_the_import(tmp_path: Path, at: dt.datetime) -> None:
    report = import_file(write_file(tmp_path, row(), *BROKEN, row()), at)
    assert [(broken.number, broken.problem.code) for broken in report.broken] == [
        (2, "json"),
        (3, "not_object"),
        (4, "code_missing"),
        (5, "code_shape"),
        (6, "name_missing"),
        (7, "unknown_word"),
        (8, "wrong_type"),
        (9, "wrong_type"),
        (10, "code_duplicate"),
    ]
    assert not report.written
    assert not ProcedureVersion.objects.exists()


def test_broken_rows_may_be_left_out(tmp_path: Path, at: dt.datetime) -> None:
    report = import_file(write_file(tmp_path, row(), *BROKEN), at, skip_broken=True)
    assert (report.added, len(report.broken), report.written) == ((CODE,), len(BROKEN), True)


def test_a_failure_in_the_middle_leaves_nothing(
    tmp_path: Path, at: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("the database went away")

    monkeypatch.setattr("vanlang.catalogue.services.importing._remember", fail)
    with pytest.raises(RuntimeError):
        import_file(write_file(tmp_path, row()), at)
    assert not ProcedureVersion.objects.exists()


def test_a_spreadsheet_and_a_gzip_say_the_same(tmp_path: Path, at: dt.datetime) -> None:
    record = row(channels=[channel("Trực tiếp", 5.0)])
    sheet = tmp_path / "thu.xlsx"
    book = xlsxwriter.Workbook(sheet)
    page = book.add_worksheet()
    for column, (name, value) in enumerate(record.items()):
        page.write(0, column, name)
        text = (
            "; ".join(value)
            if name in {"levels", "audience"}
            else json.dumps(value, ensure_ascii=False)
            if isinstance(value, list)
            else value or ""
        )
        page.write(1, column, text)
    book.close()
    packed = tmp_path / "thu.jsonl.gz"
    packed.write_bytes(gzip.compress(json.dumps(record, ensure_ascii=False).encode()))
    assert import_file(sheet, at).changes == 1
    assert import_file(packed, at).changes == 0


def test_a_file_that_is_none_is_refused(tmp_path: Path, at: dt.datetime) -> None:
    with pytest.raises(api.CatalogueInvalidError):
        import_file(tmp_path / "khong-co.jsonl", at)


def test_answers_are_carried_over_while_the_source_leaves_the_same_open(
    tmp_path: Path, at: dt.datetime
) -> None:
    messy = row(channels=[channel("Trực tiếp", 3, None)])
    import_file(write_file(tmp_path, messy), at)
    (todo,) = api.list_todos("H44.45")
    editor = make_editor("H44.45", at)
    api.confirm(todo_id=todo.id, value={"amount": 3, "unit": "working_day"}, actor=editor, at=at)
    later = at + dt.timedelta(days=1)
    report = import_file(write_file(tmp_path, messy | {"name": "Tên mới"}), later)
    version = version_of(CODE, later.date())
    assert len(report.changed) == 1
    assert (version.name, version.is_ready) == ("Tên mới", True)
    assert version.limits[0].limit == Limit(Decimal(3), LimitUnit.WORKING_DAY)
    assert api.list_todos("H44.45") == []
    other = later + dt.timedelta(days=1)
    import_file(write_file(tmp_path, row(channels=[channel("Trực tiếp", 4, None)])), other)
    assert not version_of(CODE, other.date()).is_ready, "another number is another question"


def test_our_own_version_is_not_replaced_but_asked_about(tmp_path: Path, at: dt.datetime) -> None:
    api.load_starter(actor=SYSTEM, at=at)
    ours = row("1.001193", name="Thủ tục đăng ký khai sinh", issuing_agency="Bộ Tư pháp")
    report = import_file(write_file(tmp_path, ours), at)
    assert (report.kept, report.changes) == (("1.001193",), 0)
    before = version_of("1.001193", at.date())
    report = import_file(write_file(tmp_path, ours | {"decision": "2/QĐ-BTP"}), at + dt.timedelta(days=1))
    after = version_of("1.001193", (at + dt.timedelta(days=1)).date())
    assert (len(report.changed), after.id, after.is_ready) == (1, before.id, True)
    asked = [todo for todo in api.list_todos_of_version(after.id) if todo.reason is Reason.SOURCE_CHANGED]
    assert [(todo.path, todo.raw) for todo in asked] == [("decision", "1/QĐ-THU → 2/QĐ-BTP")]


def test_the_number_of_queries_does_not_grow_with_the_rows(tmp_path: Path, at: dt.datetime) -> None:
    import_file(write_file(tmp_path, row()), at)
    counts = []
    for size, start in ((3, 100), (60, 500)):
        path = write_file(
            tmp_path, *(row(f"1.{start + number:06d}") for number in range(size)), name=f"{size}.jsonl"
        )
        with CaptureQueriesContext(connection) as queries:
            import_file(path, at)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_import_is_recorded(tmp_path: Path, at: dt.datetime) -> None:
    import_file(write_file(tmp_path, row()), at)
    assert [record.act for record in list_records(object_type="catalogue", object_id="thu.jsonl")] == [
        "catalogue.import"
    ]


def test_questions_of_ministries_are_not_asked_of_departments(tmp_path: Path, at: dt.datetime) -> None:
    import_file(write_file(tmp_path, row(levels=["Cấp bộ"], channels=[])), at)
    assert ToDo.objects.exists()
    assert api.list_todos("H44.45") == []
