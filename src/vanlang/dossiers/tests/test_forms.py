"""Printed forms: what they say, that they can be set, that they are read for a purpose."""

from __future__ import annotations

import datetime as dt

import pytest

from vanlang.audit.api import list_records
from vanlang.calendars.api import LimitUnit, TimeLimit
from vanlang.documents.api import ApologyForm, ControlSlip, ReceiptForm, RefusalForm, StopForm, SupplementForm
from vanlang.dossiers import services
from vanlang.dossiers.errors import ActNotPossible, DossierNotFound
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.queries.forms import form_data
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.dossiers.types import Form
from vanlang.kernel.clock import VIETNAM


def address_of(token: str) -> str:
    return f"https://example.vn/xac-thuc/{token}"


def extended(lives: Lives) -> object:
    dossier_id = lives.to(State.IN_PROGRESS)
    for reason in ("Chờ xác minh", "Chờ đối chiếu bản gốc"):
        services.extend(
            dossier_id=dossier_id,
            more=TimeLimit(2, LimitUnit.WORKING_DAY),
            reason=reason,
            actor=lives.world.phuc,
            at=lives.world.at,
        )
    return dossier_id


ROADS = {
    Form.RECEIPT: lambda lives: lives.to(State.RECEIVED),
    Form.SUPPLEMENT_REQUEST: lambda lives: lives.to(State.AWAITING_COMPLETION),
    Form.REFUSAL: lambda lives: lives.to(State.REFUSED),
    Form.APOLOGY: extended,
    Form.STOP: lambda lives: lives.to(State.STOPPED),
    Form.CONTROL_SLIP: lambda lives: lives.to(State.DELIVERED),
}


def data(lives: Lives, form: Form) -> object:
    row = Dossier.objects.get(pk=ROADS[form](lives))
    return form_data(row, form, at=lives.world.at, address_of=address_of)


@pytest.mark.parametrize("form", Form)
def test_every_form_is_set_as_a_page_and_written_as_a_read(world: World, lives: Lives, form: Form) -> None:
    dossier_id = ROADS[form](lives)
    pdf = services.print_form(dossier_id, form=form, address_of=address_of, actor=world.hung, at=world.at)
    assert pdf.startswith(b"%PDF-")
    reads = [r.purpose for r in list_records(object_type="dossier", object_id=dossier_id) if r.kind == "read"]
    assert reads == [f"In biểu mẫu {form.value}"]


def test_strangers_print_nothing(world: World, lives: Lives) -> None:
    with pytest.raises(DossierNotFound):
        services.print_form(
            lives.to(State.RECEIVED),
            form=Form.RECEIPT,
            address_of=address_of,
            actor=world.nong_trang.counter,
            at=world.at,
        )


@pytest.mark.parametrize("form", Form)
def test_what_has_not_happened_is_not_printed(world: World, lives: Lives, form: Form) -> None:
    row = Dossier.objects.get(pk=lives.to(State.SUBMITTED))
    with pytest.raises(ActNotPossible) as refused:
        form_data(row, form, at=world.at, address_of=address_of)
    assert refused.value.code == "dossiers.form_not_yet"


def test_the_receipt(lives: Lives) -> None:
    form = data(lives, Form.RECEIPT)
    assert isinstance(form, ReceiptForm)
    assert (form.dossier_code, form.time_limit) == ("H44.100-261123-0001", "3 ngày làm việc")
    assert form.due_at == dt.datetime(2026, 11, 27, 17, 0, tzinfo=VIETNAM)
    assert (form.head.place, form.officer_name) == ("Việt Trì", "Trần Mạnh Hùng")
    assert form.due_explanation
    assert form.tracking is not None
    assert form.tracking.text.startswith("https://example.vn/xac-thuc/")


def test_the_supplement_request_and_the_refusal(lives: Lives) -> None:
    asked = data(lives, Form.SUPPLEMENT_REQUEST)
    assert isinstance(asked, SupplementForm)
    assert [(line.name, line.what_to_do) for line in asked.missing] == [
        ("Giấy chứng sinh", "Ảnh mờ, không đọc được số"), ("Họ tên mẹ", "Khác với giấy chứng sinh"),
    ]  # fmt: skip
    assert asked.stage == "Trước khi tiếp nhận"
    refused = data(lives, Form.REFUSAL)
    assert isinstance(refused, RefusalForm)
    assert refused.reasons == ("Không thuộc thẩm quyền",)


def test_the_apology_names_the_missed_promise_and_its_history(lives: Lives) -> None:
    form = data(lives, Form.APOLOGY)
    assert isinstance(form, ApologyForm)
    assert (form.occasion, form.reason, form.responsible) == (
        2,
        "Chờ đối chiếu bản gốc",
        "UBND phường Việt Trì",
    )
    assert [line.reason for line in form.history] == ["Chờ xác minh"]
    assert form.history[0].to_at == form.due_at < form.new_due_at
    stopped = data(lives, Form.STOP)
    assert isinstance(stopped, StopForm)
    assert stopped.reason == "Người nộp không bổ sung"


def test_the_control_slip_tells_every_hand_over(lives: Lives) -> None:
    form = data(lives, Form.CONTROL_SLIP)
    assert isinstance(form, ControlSlip)
    assert [line.giver for line in form.hand_overs] == [
        "Trần Mạnh Hùng", "Nguyễn Văn Phúc", "Lê Thị Mai", "Nguyễn Văn Phúc", "Phạm Thu Thảo", "Trần Mạnh Hùng",
    ]  # fmt: skip
    assert form.hand_overs[1].receiver == "Lê Thị Mai"
    assert form.hand_overs[2].timeliness == "Trước hạn"
