"""Piles: good rows are received, bad rows stay to be corrected, and what was begun can be gone on with."""

from __future__ import annotations

import io
import uuid

import pikepdf
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from vanlang.audit.models import Record
from vanlang.catalogue.models import Procedure
from vanlang.counter.errors import CounterConflict, CounterInvalid
from vanlang.counter.models import Batch, BatchLine
from vanlang.counter.queries.lists import batch_card
from vanlang.counter.rules.sheet import PersonLine, read_pasted
from vanlang.counter.services import batches
from vanlang.counter.services.batches import Chosen, Received
from vanlang.counter.tests.officers import browser_of
from vanlang.dossiers.models import Attachment, Dossier
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import World
from vanlang.identity.api import PersonFacts, remember_person, scope_of
from vanlang.identity.models import Person
from vanlang.kernel.scope import Scope, acting

pytestmark = pytest.mark.usefixtures("monday")
PEOPLE = "\n".join(
    [
        "025190001234\tHà Thị Nga\t0987654321\tTổ 7\tKhai sinh cho Hà Minh Khôi",
        "12345\tVi Thị Dung\t0946111222\tKhu 1\t",
        "025088004321\tPhạm Anh Tuấn\t\t\t",
        "\tLương Xuân Bách\t12\t\t",
        "025088004321\tPhạm Anh Tuấn\t\t\t",
    ]
)


def begin(world: World, text: str = PEOPLE) -> uuid.UUID:
    chosen = Chosen("1.001193", world.case_id)
    return batches.begin_for_many(chosen=chosen, people=read_pasted(text), actor=world.hung, at=world.at)


def test_good_rows_are_received_and_bad_rows_say_why(world: World) -> None:
    with acting(scope_of(world.hung)):
        batch = begin(world)
        done = batches.receive_lines(batch_id=batch, actor=world.hung, at=world.at)
        card = batch_card(batch, world.hung)
    assert done == Received(received=2, wrong=3, left=0)
    assert [bool(line.error) for line in card.lines] == [False, True, False, True, True]
    assert [line.code for line in card.lines if line.code] == ["H44.100-261123-0001", "H44.100-261123-0002"]
    assert "12 chữ số" in card.lines[1].error or card.lines[1].error
    assert set(Dossier.objects.values_list("state", flat=True)) == {State.RECEIVED}
    assert Attachment.objects.filter(originals=1).count() == 2, "every required paper is counted"


def test_corrected_dropped_and_gone_on_with(world: World) -> None:
    batch = begin(world)
    batches.receive_lines(batch_id=batch, actor=world.hung, at=world.at)
    batches.change_line(
        batch_id=batch,
        number=2,
        person=PersonLine("025182003579", "Vi Thị Dung"),
        actor=world.hung,
        at=world.at,
    )
    batches.drop_line(batch_id=batch, number=5, actor=world.hung, at=world.at)
    assert BatchLine.objects.get(number=5).full_name == "", "what is dropped is forgotten"
    done = batches.receive_lines(batch_id=batch, actor=world.hung, at=world.at)
    assert done == Received(received=1, wrong=1, left=0)
    assert Dossier.objects.count() == 3
    with pytest.raises(CounterConflict, match=r"counter\.line_received"):
        batches.drop_line(batch_id=batch, number=1, actor=world.hung, at=world.at)


def test_a_long_pile_goes_on_where_it_stopped_and_receives_nobody_twice(world: World) -> None:
    text = "\n".join(f"\tNgười số {number}" for number in range(5))
    batch = begin(world, text)
    assert batches.receive_lines(batch_id=batch, actor=world.hung, at=world.at, most=2) == Received(2, 0, 3)
    assert batches.receive_lines(batch_id=batch, actor=world.hung, at=world.at, most=9).received == 3
    assert batches.receive_lines(batch_id=batch, actor=world.hung, at=world.at) == Received(0, 0, 0)
    assert Dossier.objects.count() == 5


def test_a_pile_is_its_agencys(world: World) -> None:
    batch = begin(world)
    with acting(Scope.officer(world.nong_trang.id)):
        assert not Batch.objects.exists()
        assert not BatchLine.objects.exists()
    with pytest.raises(CounterInvalid, match=r"counter\.batch_empty"):
        begin(world, "")
    with pytest.raises(CounterInvalid, match=r"counter\.batch_too_long"):
        begin(world, "\n".join(f"\tNgười số {number}" for number in range(301)))
    assert Batch.objects.get().pk == batch


def test_one_person_several_procedures(world: World) -> None:
    from vanlang.dossiers.tests.factories import make_procedure

    make_procedure("2.000635")
    Procedure.objects.update(is_frequent=True)
    client = browser_of(world.hung)
    address = "/can-bo/quay/tiep-nhan-nhieu/mot-nguoi/"
    known = client.post(address, {"so": "025190012123", "viec": "tra-cuu"}).content.decode()
    assert 'value="Nguyễn Thị Lan"' in known
    assert client.post(address, {"so": "025190012123", "viec": "nhan"}).status_code == 422, "no procedure"
    typed = {"so": "025190012123", "ma": ["1.001193", "2.000635"], "viec": "nhan"}
    answer = client.post(address, typed)
    assert answer.status_code == 303
    assert Dossier.objects.filter(state=State.RECEIVED).count() == 2
    page = client.get(answer["Location"]).content.decode()
    assert "H44.100-261123-0002" in page
    printed = client.get(f"{answer['Location']}in.pdf")
    assert printed.content[:5] == b"%PDF-"
    receipts = client.get(f"{answer['Location']}in.pdf?tung-giay=1").content
    with pikepdf.Pdf.open(io.BytesIO(receipts)) as pdf:
        assert len(pdf.pages) >= 2


def test_a_sheet_is_uploaded(world: World) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["STT", "Họ và tên", "Số CCCD"])
        page.write_row(1, 0, [1, "Hà Thị Nga", 25190001234])
    client, address = browser_of(world.hung), "/can-bo/quay/tiep-nhan-nhieu/mot-thu-tuc/"
    assert "Thủ tục đăng ký khai sinh" in client.get(address, {"ma": "1.001193"}).content.decode()
    sheet = SimpleUploadedFile("nguoi.xlsx", out.getvalue())
    answer = client.post(address, {"ma": "1.001193", "bang": sheet})
    assert answer.status_code == 303
    assert BatchLine.objects.get().personal_id == "025190001234"
    assert client.post(answer["Location"], {"viec": "nhan"}).status_code == 303
    assert Dossier.objects.get().applicant_name == "Hà Thị Nga"
    broken = client.post(address, {"ma": "1.001193", "bang": SimpleUploadedFile("x.xlsx", b"PK broken")})
    assert broken.status_code == 422
    assert client.post(address, {"ma": "9.999999", "danh-sach": "\tA"}).status_code == 422


def test_a_table_changes_nothing_of_who_is_known(world: World) -> None:
    """What a spreadsheet says otherwise of a known person goes into the dossier, and not over the person."""
    known = remember_person(
        facts=PersonFacts(full_name="Hà Thị Nga", personal_id="025190001234", phone="0900000001"), at=world.at
    )
    batch = begin(world, "025190001234\tHA THI NGA\t0987654321\tTổ 7\t")
    assert batches.receive_lines(batch_id=batch, actor=world.hung, at=world.at).received == 1
    person = Person.objects.get(pk=known)
    assert (person.full_name, person.phone) == ("Hà Thị Nga", "0900000001")
    assert person.address == "Tổ 7", "a gap is filled"
    assert Dossier.objects.get().applicant_phone == "0987654321"


def test_one_person_twice_is_seen_however_the_number_is_spaced(world: World) -> None:
    batch = begin(world, "025088004321\tPhạm Anh Tuấn\t\t\t\n025 088 004 321\tPhạm Anh Tuấn\t\t\t")
    done = batches.receive_lines(batch_id=batch, actor=world.hung, at=world.at)
    assert done == Received(received=1, wrong=1, left=0)


def test_opening_a_pile_is_a_read(world: World) -> None:
    """Names, numbers and telephones of everybody in it are shown whole."""
    batch = begin(world)
    assert browser_of(world.hung).get(f"/can-bo/quay/tiep-nhan-nhieu/{batch}/").status_code == 200
    read = Record.objects.get(act="counter.open_batch")
    assert (read.object_id, read.purpose != "") == (str(batch), True)
