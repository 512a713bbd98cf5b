"""The payment platform on the wire: sealed messages, a page to pay on, callbacks until they are taken, and every way to misbehave."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from sandbox.payment_platform import callbacks, sealing, vietqr
from sandbox.payment_platform.till import Taken, Till, stamp
from sandbox.servers import Urls
from sandbox.tests.browser import Answer, Browser

QR = (
    "00020101021238600010A00000072701300006970403011697040311012345670208QRIBFTTC530370454061800005802VN"
    "62340107NPS68690819thanh toan don hang6304A203"
)


@dataclass
class Province:
    """A province that answers callbacks as it was told: the first answers first, then "00"."""

    url: str
    heard: list[bytes] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def hears(self, count: int) -> list[Any]:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.heard) >= count, timeout=20), self.heard
            return [json.loads(one) for one in self.heard]

    def take(self, body: bytes) -> bytes:
        with self.changed:
            self.heard.append(body)
            self.changed.notify_all()
            return self.answers.pop(0) if self.answers else b'{"MaLoi": "00"}'


@pytest.fixture
def province() -> Iterator[Province]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/ket-noi/thanh-toan/"
            answer = told.take(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200 if b'"00"' in answer else 400)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told = Province(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield told
    server.shutdown()
    server.server_close()
    thread.join(timeout=5)


@dataclass
class Partner:
    """The province as a caller."""

    browser: Browser
    secret: str

    def init(self, reference: str = "VL01", vnd: int = 8000, **changes: object) -> Answer:
        told = {
            "LoaiBanTin": "INIT", "PhienBan": "1.0.6", "MaDoiTac": "VANLANG", "MaThamChieu": reference,
            "SoTien": str(vnd), "LoaiHinhThanhToan": "1", "MaKenhThanhToan": "1", "MaThietBi": "", "NgonNgu": "vi",
            "MaTienTe": "VND", "MaNganHang": "", "ThongTinGiaoDich": "Le phi chung thuc",
            "ThoiGianGD": "20261123080000", "Ip": "127.0.0.1",
            "ThongTinBienLai": {
                "MaDichVu": "2", "MaTTHC": "2.000815", "MaDonVi": "H44.100", "TenDonVi": "UBND phường Việt Trì",
                "MaHoSo": "H44.100-261123-0001", "HoTenNguoiNop": "Nguyễn Thị Lan",
                "PhiLePhi": [{"LoaiPhiLePhi": "2", "MaPhiLePhi": "1", "TenPhiLePhi": "Lệ phí", "SoTien": str(vnd)}],
            },
            **changes,
        }  # fmt: skip
        return self.browser.send("/init", sealing.sealed(told, sealing.INIT, self.secret))

    def ask(self, path: str, kind: str, fields: tuple[str, ...], **told: object) -> dict[str, Any]:
        message = {
            "LoaiBanTin": kind,
            "PhienBan": "1.0.6",
            "MaDoiTac": "VANLANG",
            "ThoiGianGD": "20261123080000",
        }
        answer: dict[str, Any] = self.browser.send(
            path, sealing.sealed({**message, **told}, fields, self.secret)
        ).json
        return answer

    def query(self, reference: str = "VL01") -> dict[str, Any]:
        return self.ask("/query", "QUERY", sealing.QUERY, MaThamChieu=reference)

    def refund(self, transaction: str, vnd: int, own: str = "HOAN01", reference: str = "VL01") -> str:
        told = {
            "MaThamChieu": reference,
            "MaGiaoDich": transaction,
            "SoTien": str(vnd),
            "MaThamChieuHoan": own,
        }
        return str(self.ask("/refund", "REFUND", sealing.REFUND, **told)["MaLoi"])

    def statement(self, day: str) -> list[dict[str, str]]:
        rows: list[dict[str, str]] = self.ask("/statement", "STATEMENT", sealing.STATEMENT, NgayGD=day)[
            "data"
        ]
        return rows

    def control(self, deed: str, **told: object) -> dict[str, Any]:
        answer = self.browser.send(f"/_sandbox/{deed}", told)
        assert answer.status == 200, answer.text
        return answer.json

    def pay(self, reference: str = "VL01", **told: object) -> str:
        return str(self.control("pay", reference=reference, **told)["transaction"])


@pytest.fixture
def partner(urls: Urls, state: Path, province: Province, monkeypatch: pytest.MonkeyPatch) -> Partner:
    monkeypatch.setattr(callbacks, "FIRST_WAIT", 0.01)
    found = Partner(
        Browser(urls.payment_platform), (state / "payment" / "partner.secret").read_text().strip()
    )
    found.control("province", url=province.url)
    return found


# --- messages -------------------------------------------------------------------------------------


def test_the_same_reference_is_the_same_payment_and_never_of_another_amount(partner: Partner) -> None:
    first = partner.init().json
    assert first["MaLoi"] == "00"
    assert partner.init().json == first
    assert partner.init(vnd=9000).json == {"MaLoi": "94"}


@pytest.mark.parametrize("field", ["MaThamChieu", "SoTien", "ThongTinGiaoDich", "Ip"])
def test_what_is_under_the_seal_cannot_be_changed(partner: Partner, field: str) -> None:
    told = {
        "LoaiBanTin": "INIT",
        "MaThamChieu": "VL01",
        "SoTien": "8000",
        "ThongTinGiaoDich": "x",
        "Ip": "::1",
    }
    message = sealing.sealed(told, sealing.INIT, partner.secret)
    assert partner.browser.send("/init", {**message, field: "7"}).json == {"MaLoi": "97"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"SoTien": "8000.5"}, "SoTien"),
        ({"PhienBan": "1.0.5"}, "PhienBan"),
        ({"MaTienTe": "USD"}, "MaTienTe"),
        ({"ThongTinGiaoDich": " "}, "ThongTinGiaoDich"),
        ({"ThongTinBienLai": {"MaDichVu": "1"}}, "ThongTinBienLai.MaDichVu"),
        ({"ThongTinBienLai": {"MaDichVu": "2", "MaTTHC": "1"}}, "ThongTinBienLai.MaDonVi"),
    ],
)
def test_an_unfit_beginning_is_refused_with_its_field(
    partner: Partner, changes: dict[str, object], field: str
) -> None:
    assert partner.init(**changes).json == {"MaLoi": "96", "Truong": field}


def test_fees_that_do_not_add_up_are_refused(partner: Partner) -> None:
    bill = {
        "MaDichVu": "2", "MaTTHC": "1", "MaDonVi": "1", "TenDonVi": "1", "MaHoSo": "1", "HoTenNguoiNop": "1",
        "PhiLePhi": [{"SoTien": "7999"}],
    }  # fmt: skip
    assert partner.init(ThongTinBienLai=bill).json["Truong"] == "ThongTinBienLai.PhiLePhi"


def test_a_question_is_answered_before_and_after(partner: Partner) -> None:
    assert partner.query()["MaLoi"] == "01"
    partner.init()
    assert partner.query()["MaLoi"] == "02"
    paid = partner.pay()
    told = partner.query()
    assert (told["MaLoi"], told["MaGiaoDich"], told["SoTien"]) == ("00", paid, "8000")
    assert sealing.is_right(told, sealing.CALLBACK, partner.secret)
    bill = partner.ask("/get_bill", "GET_BILL", sealing.QUERY, MaThamChieu="VL01")
    assert paid in partner.browser.get(f"/bill/{bill['UrlBienLai'].rsplit('/', 1)[1]}").text


# --- the payer -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("deed", "code"), [("pay", "00"), ("cancel", "03")])
def test_the_payer_decides_once_and_is_sent_back(
    partner: Partner, province: Province, deed: str, code: str
) -> None:
    address = str(partner.init(UrlTraVe="http://127.0.0.1:9/ve?x=1").json["UrlThanhToan"])
    path = address.removeprefix(partner.browser.base)
    assert "Nguyễn Thị Lan" in partner.browser.get(path).text
    answer = partner.browser.form(path, {"deed": deed})
    assert answer.status == 303
    assert answer.headers["location"] == f"http://127.0.0.1:9/ve?x=1&MaThamChieu=VL01&MaLoi={code}"
    (told,) = province.hears(1)
    assert (told["LoaiBanTin"], told["MaLoi"]) == ("CONFIRM", code)
    assert sealing.is_right(told, sealing.CALLBACK, partner.secret)
    other = "cancel" if deed == "pay" else "pay"
    assert partner.browser.form(path, {"deed": other}).headers["location"].endswith(code)


def test_nobody_is_sent_to_an_address_that_is_none(partner: Partner) -> None:
    address = str(partner.init(UrlTraVe="javascript:alert(1)").json["UrlThanhToan"])
    answer = partner.browser.form(address.removeprefix(partner.browser.base), {"deed": "pay"})
    assert (answer.status, "Đã thanh toán" in answer.text) == (200, True)
    assert partner.browser.get("/pay/nobody").status == 404


# --- callbacks --------------------------------------------------------------------------------------


def test_it_calls_until_it_is_heard(partner: Partner, province: Province) -> None:
    province.answers = [b"", b'{"MaLoi": "97"}', b"<html>"]
    partner.init()
    paid = partner.pay()
    assert {told["MaGiaoDich"] for told in province.hears(4)} == {paid}


@pytest.mark.parametrize(
    ("mode", "count"), [("duplicate_callback", 2), ("delay_callback", 1), ("wrong_seal", 2)]
)
def test_a_callback_comes_twice_late_or_with_a_wrong_seal(
    partner: Partner, province: Province, mode: str, count: int
) -> None:
    province.answers = [b'{"MaLoi": "97"}'] if mode == "wrong_seal" else []
    partner.browser.misbehave(mode, milliseconds=20)
    partner.init()
    partner.pay()
    heard = province.hears(count)
    assert [sealing.is_right(told, sealing.CALLBACK, partner.secret) for told in heard] == [
        mode != "wrong_seal", *[True] * (count - 1),
    ]  # fmt: skip


def test_a_lost_callback_is_never_made_but_the_money_came(partner: Partner, province: Province) -> None:
    partner.browser.misbehave("lose_callback")
    partner.init("VL01")
    partner.pay("VL01")
    partner.init("VL02")
    second = partner.pay("VL02")
    assert [told["MaGiaoDich"] for told in province.hears(1)] == [second]
    assert partner.query("VL01")["MaLoi"] == "00"


@pytest.mark.parametrize("mode", ["other_amount", "unknown_reference"])
def test_money_that_fits_nothing_is_told_as_it_came(partner: Partner, province: Province, mode: str) -> None:
    partner.browser.misbehave(mode)
    partner.init()
    partner.pay()
    (told,) = province.hears(1)
    assert sealing.is_right(told, sealing.CALLBACK, partner.secret)
    assert (told["MaThamChieu"] == "VL01", told["SoTien"] == "8000") == (
        mode != "unknown_reference", mode != "other_amount",
    )  # fmt: skip
    (line,) = partner.statement(stamp()[:8])
    assert (line["MaThamChieu"], line["SoTien"]) == (told["MaThamChieu"], told["SoTien"])


def test_paid_twice_is_two_transactions(partner: Partner, province: Province) -> None:
    partner.init()
    assert partner.pay() != partner.pay(again=True)
    assert len({told["MaGiaoDich"] for told in province.hears(2)}) == 2


def test_a_bank_reads_our_code(partner: Partner, province: Province) -> None:
    made = partner.control("transfer", qr=QR)
    (told,) = province.hears(1)
    assert (told["LoaiBanTin"], told["SoTien"], told["MaThamChieu"]) == ("BANK", "180000", "NPS6869")
    assert (told["MaNHThuHuong"], told["TKThuHuong"]) == ("970403", "9704031101234567")
    assert told["MaGiaoDich"] == made["transaction"]
    assert sealing.is_right(told, sealing.BANK, partner.secret)


@pytest.mark.parametrize("text", ["", "6304", QR[:-1] + "4", QR.replace("18000", "18001"), "0" * 99])
def test_a_damaged_code_is_no_code(text: str) -> None:
    with pytest.raises(vietqr.UnreadableError):
        vietqr.read(text)


# --- money that goes back -----------------------------------------------------------------------------


def test_a_refund_is_made_once_and_never_more_than_came(partner: Partner, province: Province) -> None:
    partner.init()
    paid = partner.pay()
    assert partner.refund(paid, 5000) == "00"
    assert partner.refund(paid, 5000) == "00", "the same order again is the same refund"
    assert partner.refund(paid, 4000) == "94"
    assert partner.refund(paid, 4000, own="HOAN02") == "95"
    assert partner.refund("GD0", 4000, own="HOAN03") == "01"
    told = province.hears(2)[1]
    assert (told["LoaiBanTin"], told["MaThamChieu"], told["SoTien"], told["MaLoi"]) == (
        "REFUND", "HOAN01", "5000", "00",
    )  # fmt: skip


def test_a_refund_may_be_declined(partner: Partner, province: Province) -> None:
    partner.init()
    paid = partner.pay()
    partner.browser.misbehave("decline_refund")
    assert partner.refund(paid, 8000) == "00"
    assert [told["MaLoi"] for told in province.hears(2)] == ["00", "03"]
    assert partner.refund(paid, 8000, own="HOAN02") == "00"


# --- statements -----------------------------------------------------------------------------------------


def test_a_statement_has_every_movement_of_its_day(partner: Partner) -> None:
    partner.init()
    paid = partner.pay()
    partner.refund(paid, 3000)
    partner.control("transfer", qr=QR)
    earlier = {"id": "GD0", "kind": "pay", "reference": "VL00", "vnd": 1, "at": "20260101070000"}
    partner.control("load", transactions=[earlier])
    assert [(line["LoaiGD"], line["SoTien"]) for line in partner.statement(stamp()[:8])] == [
        ("1", "8000"), ("2", "3000"), ("3", "180000"),
    ]  # fmt: skip
    assert [line["MaGiaoDich"] for line in partner.statement("20260101")] == ["GD0"]


@pytest.mark.parametrize(("mode", "count"), [("drop_statement_line", 1), ("double_statement_line", 3)])
def test_a_statement_may_lie(partner: Partner, mode: str, count: int) -> None:
    for name in ("VL01", "VL02"):
        partner.init(name)
        partner.pay(name)
    partner.browser.misbehave(mode)
    assert len(partner.statement(stamp()[:8])) == count
    assert len(partner.statement(stamp()[:8])) == 2


# --- the line ---------------------------------------------------------------------------------------------


def test_an_answer_may_be_nonsense_or_lost(partner: Partner) -> None:
    partner.browser.misbehave("nonsense", path="/init")
    assert "xyzzy" in partner.init().text
    partner.browser.misbehave("answer_lost", path="/init")
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        partner.init()
    assert partner.query()["MaLoi"] == "02", "it was done all the same"


def test_a_restart_forgets_no_money(tmp_path: Path) -> None:
    till = Till(tmp_path / "journal.jsonl")
    order = till.begin("VL01", 8000, {"ThongTinBienLai": {}}, "")
    assert order is not None
    till.take(Taken("GD1", "pay", "VL01", 8000, "20261123080000"))
    again = Till(tmp_path / "journal.jsonl")
    assert again.by_token(order.token) == order
    assert [one.id for one in again.untold()] == ["GD1"]
    again.tell("GD1")
    assert not Till(tmp_path / "journal.jsonl").untold()
