"""The register of dossiers (form 07): one query for screen, table and print; an export is a logged read."""

from __future__ import annotations

import datetime as dt

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from vanlang.audit.api import list_records
from vanlang.dossiers import services
from vanlang.dossiers.errors import DossierNotFound, NotAcceptable
from vanlang.dossiers.queries.register import RegisterFilter, count_register, iter_register, list_register
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.services.registers import COLUMNS, export_register, print_register, volumes_of
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.dossiers.types import RegisterPart
from vanlang.identity.api import scope_of
from vanlang.kernel.scope import acting

A_DAY = dt.timedelta(days=1)


@pytest.fixture
def asked(world: World) -> RegisterFilter:
    on = world.at.date()
    return RegisterFilter(agency_id=world.viet_tri.id, from_on=on, to_on=on + A_DAY)


@pytest.fixture
def year(world: World, lives: Lives) -> None:
    for state in (State.SUBMITTED, State.RECEIVED, State.IN_PROGRESS, State.DELIVERED, State.STOPPED):
        lives.to(state)
    lives.to(State.RECEIVED, at=world.at + 3 * A_DAY)


@pytest.mark.usefixtures("year")
def test_it_holds_what_was_received_in_the_period_in_order(world: World, asked: RegisterFilter) -> None:
    rows = list(iter_register(asked, at=world.at))
    assert [row.number for row in rows] == [1, 2, 3, 4], "what was not received has no code and no line"
    assert [row.code for row in rows] == sorted(row.code for row in rows)
    done = next(row for row in rows if row.returned_on)
    assert (done.owner, done.received_on, done.due_on, done.returned_on) == (
        "Nguyễn Thị Lan", "23/11/2026", "27/11/2026", "23/11/2026",
    )  # fmt: skip
    assert (done.method, done.receiver, done.note) == ("Trực tiếp tại quầy", "Nguyễn Thị Lan", "Trước hạn")
    assert "Tổ 5, phường Việt Trì, 0912345678" in {row.contact for row in rows}


PARTS = [(RegisterPart.ALL, 4), (RegisterPart.OPEN, 2), (RegisterPart.FINISHED, 2), (RegisterPart.LATE, 0)]


@pytest.mark.usefixtures("year")
@pytest.mark.parametrize(("part", "count"), PARTS)
def test_parts_of_it(world: World, asked: RegisterFilter, part: RegisterPart, count: int) -> None:
    from dataclasses import replace

    narrowed = replace(asked, part=part)
    assert count_register(narrowed, at=world.at) == count
    late = replace(asked, part=RegisterPart.LATE)
    assert count_register(late, at=world.at + 30 * A_DAY) == 2


@pytest.mark.usefixtures("year")
def test_the_screen_is_masked_and_no_read(world: World, asked: RegisterFilter) -> None:
    before = len(list_records(object_type="agency", object_id=str(world.viet_tri.id)))
    [first, *_] = list_register(asked, at=world.at)
    assert (first.owner, first.contact, first.receiver) == ("Nguyễn T. L.", "", "")
    assert len(list_records(object_type="agency", object_id=str(world.viet_tri.id))) == before


@pytest.mark.usefixtures("year")
def test_the_table_has_every_column_and_its_read_is_written(world: World, asked: RegisterFilter) -> None:
    with acting(scope_of(world.phuc)):
        table = export_register(asked=asked, purpose="Báo cáo tháng 11", actor=world.phuc, at=world.at)
    with table:
        sheet = CalamineWorkbook.from_filelike(table).get_sheet_by_index(0).to_python()
    assert sheet[0] == [head for head, _ in COLUMNS]
    assert [line[0] for line in sheet[1:]] == [1, 2, 3, 4]
    assert {line[4] for line in sheet[1:]} == {"Nguyễn Thị Lan"}
    [read] = [
        one
        for one in list_records(object_type="agency", object_id=str(world.viet_tri.id))
        if one.act == "dossiers.export_register"
    ]
    assert (read.purpose, read.facts["as"]) == ("Báo cáo tháng 11", "xlsx")


@pytest.mark.usefixtures("year")
def test_a_volume_in_print(world: World, asked: RegisterFilter) -> None:
    with acting(scope_of(world.thao)):
        pdf = print_register(asked=asked, volume=1, purpose="Lưu sổ", actor=world.thao, at=world.at)
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage().get_text_range()
    assert "SỔ THEO DÕI HỒ SƠ" in text
    assert "Từ ngày 23/11/2026 đến hết ngày 23/11/2026" in text
    assert "H44.100-261123-0001" in text.replace("\r\n", "").replace("\n", "")
    with pytest.raises(DossierNotFound):
        print_register(asked=asked, volume=2, purpose="Lưu sổ", actor=world.thao, at=world.at)


def test_a_formula_in_a_name_stays_text(world: World, lives: Lives, asked: RegisterFilter) -> None:
    from dataclasses import replace

    lives.to(State.RECEIVED, applicant=replace(world.lan_facts, full_name="=HYPERLINK(1)"))
    with export_register(asked=asked, purpose="x", actor=world.phuc, at=world.at) as table:
        sheet = CalamineWorkbook.from_filelike(table).get_sheet_by_index(0).to_python()
    assert sheet[1][4] == "=HYPERLINK(1)"


def test_nobody_takes_out_another_agencys_register(world: World, asked: RegisterFilter) -> None:
    with pytest.raises(DossierNotFound):
        export_register(asked=asked, purpose="x", actor=world.nong_trang.leader, at=world.at)
    with pytest.raises(NotAcceptable):
        export_register(asked=asked, purpose=" ", actor=world.phuc, at=world.at)


def test_the_number_of_queries_does_not_grow(world: World, lives: Lives, asked: RegisterFilter) -> None:
    counts = []
    for more in (1, 4):
        for _ in range(more):
            lives.to(State.RECEIVED)
        with CaptureQueriesContext(
            connection,
        ) as asked_of:
            list(iter_register(asked, at=world.at))
        counts.append(len(asked_of))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(("rows", "volumes"), [(0, 1), (1, 1), (500, 1), (501, 2), (100_000, 200)])
def test_volumes(rows: int, volumes: int) -> None:
    assert volumes_of(rows) == volumes


def test_a_corrected_dossier_is_noted(world: World, lives: Lives, asked: RegisterFilter) -> None:
    dossier_id = lives.to(State.DELIVERED)
    services.reopen(
        dossier_id=dossier_id, reason="Sai tên", to_appointment_id=world.mai.appointment_id or 0,
        actor=world.phuc, at=world.at,
    )  # fmt: skip
    [row] = iter_register(asked, at=world.at)
    assert "đính chính 1 lần" in row.note
