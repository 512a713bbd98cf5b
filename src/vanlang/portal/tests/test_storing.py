"""What the national store holds is offered on the page of papers; what it cannot give keeps nobody."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from django.test import Client
from django.urls import reverse

from vanlang.audit.models import Record
from vanlang.catalogue.models import OutcomeKind
from vanlang.connectors.api import SystemVerdict
from vanlang.dossiers.tests.factories import World
from vanlang.files.tests.samples import pdf
from vanlang.intake.models import Draft, DraftPaper
from vanlang.nationalportal.api import PortalError
from vanlang.nationalportal.models import StoreResult
from vanlang.nationalportal.ports import forget_store, register_store

CODE = "1.001193"
HEADING = "Giấy tờ Nhà nước đã có, không phải nộp lại"


@dataclass
class AStore:
    """A store in the test's own hands; its files are as they come."""

    answer: Mapping[str, object] | None
    file: bytes = b""
    asked: list[Mapping[str, object]] = field(default_factory=list)

    def ask(self, question: Mapping[str, object]) -> Mapping[str, object]:
        self.asked.append(question)
        if self.answer is None:
            raise PortalError(SystemVerdict.UNREACHABLE, "ConnectionRefusedError")
        return self.answer

    def fetch(self, address: str) -> bytes:
        if not self.file:
            raise PortalError(SystemVerdict.TEMPORARY, "503")
        return self.file


def holding(*numbers: str) -> Mapping[str, object]:
    rows = [
        {
            "MaKetQua": "KQ.Y.1", "TenGiayTo": "Giấy chứng sinh", "SoKyHieu": number, "CoQuanChuQuan": "Bệnh viện tỉnh",
            "DanhSachTepDinhKem": [{"TenTep": "gcs.pdf", "DuongDan": "https://kho/tep/1"}],
        }
        for number in numbers
    ]  # fmt: skip
    return {"error_code": "0", "DanhSachGiayToKetQua": rows}


@pytest.fixture
def store(world: World) -> Iterator[AStore]:
    OutcomeKind.objects.create(code="KQ.Y.1", name="giấy CHỨNG SINH")
    made = AStore(holding("7/GCS"))
    register_store(made)
    yield made
    forget_store()


@pytest.fixture
def papers(store: AStore, lan: Client) -> str:
    """Return the address of the page of papers of a new draft."""
    answer = lan.post(reverse("portal:new_draft", args=[CODE]))
    return reverse("portal:draft_papers", args=[uuid.UUID(answer["Location"].split("/")[2])])


def ask(lan: Client) -> str:
    draft = Draft.objects.get()
    return followed(lan, reverse("portal:ask_store", args=[draft.pk]))


def followed(lan: Client, address: str) -> str:
    """Press a button, and read the page that it leads to."""
    answer = lan.post(address)
    assert answer.status_code == 303
    return str(lan.get(answer["Location"]).content.decode())


def test_the_page_asks_by_itself_and_by_its_button(store: AStore, lan: Client, papers: str) -> None:
    before = lan.get(papers).content.decode()
    assert HEADING in before and 'hx-trigger="submit, load"' in before and not store.asked
    page = ask(lan)
    assert "Giấy chứng sinh số 7/GCS" in page and "Bệnh viện tỉnh" in page
    assert 'hx-trigger="submit"' in page, "asked once, not each time the page is opened"
    (question,) = store.asked
    assert question["DanhSachDanhMucKetQua"] == [{"MaKetQua": "KQ.Y.1", "SoKyHieu": ""}]
    assert Record.objects.filter(act="nationalportal.ask_store", kind="read").count() == 1


def test_by_htmx_the_part_is_answered(store: AStore, lan: Client, papers: str) -> None:
    draft = Draft.objects.get()
    part = lan.post(
        reverse("portal:ask_store", args=[draft.pk]), headers={"HX-Request": "true"}
    ).content.decode()
    assert part.lstrip().startswith("<section") and "7/GCS" in part
    assert 'type="file"' not in part, "what is being chosen meanwhile stays"


def test_what_was_not_asked_for_is_not_shown(store: AStore, lan: Client, papers: str) -> None:
    other = {
        "MaKetQua": "KQ.SECRET",
        "TenGiayTo": "Bản án",
        "SoKyHieu": "1",
        "DanhSachTepDinhKem": [{"DuongDan": "x"}],
    }
    store.answer = {"error_code": "0", "DanhSachGiayToKetQua": [other, "nonsense", {}, None]}
    page = ask(lan)
    assert "Bản án" not in page and "chưa có giấy tờ nào thay được" in page
    assert not StoreResult.objects.exists()


@pytest.mark.parametrize(
    "answer", [None, {"error_code": "0"}, {"error_code": "0", "DanhSachGiayToKetQua": "x"}]
)
def test_silence_and_nonsense_are_said_and_papers_can_be_brought(
    store: AStore, lan: Client, papers: str, answer: Mapping[str, object] | None
) -> None:
    store.answer = answer
    page = ask(lan)
    assert "Kho dữ liệu quốc gia chưa trả lời." in page and "Nộp giấy tờ như bình thường" in page
    assert 'type="file"' in page


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (b"", "Kho dữ liệu quốc gia chưa trả lời."),
        (pdf(), "không có chữ ký số nên không thay được bản giấy"),
        (b"%PDF-1.7 broken", "Không đọc được tệp lấy từ kho dữ liệu quốc gia."),
    ],
)
def test_a_file_that_cannot_be_used_is_said_and_not_laid_in(
    store: AStore, lan: Client, papers: str, file: bytes, says: str
) -> None:
    ask(lan)
    store.file = file
    draft, result = Draft.objects.get(), StoreResult.objects.get()
    page = followed(lan, reverse("portal:use_result", args=[draft.pk, result.pk]))
    assert says in page
    assert not DraftPaper.objects.exists()


def test_nobody_is_asked_about_another_person(store: AStore, lan: Client, papers: str) -> None:
    Draft.objects.update(other_applicant={"full_name": "Trần Văn Sơn", "personal_id": "", "address": "", "phone": "", "mandate": ""})  # fmt: skip
    assert HEADING not in lan.get(papers).content.decode()
    ask(lan)
    assert not store.asked


def test_another_citizens_draft_is_not_there(
    store: AStore, lan: Client, papers: str, stranger: Client
) -> None:
    draft = Draft.objects.get()
    assert stranger.post(reverse("portal:ask_store", args=[draft.pk])).status_code == 404
    assert not store.asked


def test_without_a_portal_there_is_no_section(store: AStore, lan: Client, papers: str) -> None:
    forget_store()
    assert HEADING not in lan.get(papers).content.decode()
