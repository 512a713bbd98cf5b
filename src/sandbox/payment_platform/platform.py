"""
The platform's messages and its control room.

    POST /_sandbox/province     {"url": "http://127.0.0.1:8000"}                 where callbacks go
    POST /_sandbox/pay          {"reference", "outcome": "success" | "fail", "times": 1, "again": false}
    POST /_sandbox/transfer     {"qr", "amount"?, "reference"?}                  a payer's bank reads a code
    POST /_sandbox/load         {"transactions": [{"id", "kind", "reference", "vnd", "at", …}]}   no callbacks
    GET  /_sandbox/transactions what was taken, and how the province answered

Codes: "00" done · "01" unknown reference · "02" not paid yet · "03" failed or cancelled · "94" known with another amount
· "95" more than can go back · "96" unreadable, names the field · "97" wrong seal.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict, replace
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlencode, urlsplit

from typing_extensions import override
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from sandbox.identity_provider.pages import STYLE
from sandbox.payment_platform import pages, sealing, vietqr
from sandbox.payment_platform.callbacks import KEPT, Caller
from sandbox.payment_platform.till import Order, Taken, Till, new_id, stamp
from sandbox.wire import CONTROL, SandboxRequest, Station, as_json, drop, read_json, refuse_strangers

VERSION = "1.0.6"
CALLBACK = "/callback"
"""Where the misdeeds of callbacks are bound, as if it were a path."""
SERVICE = "2"


class PaymentPlatform(Station):
    """One base URL; its callbacks leave on a thread."""

    system: ClassVar[str] = "payment_platform"
    modes: ClassVar[frozenset[str]] = frozenset({
        "duplicate_callback", "delay_callback", "lose_callback", "wrong_seal", "other_amount", "unknown_reference",
        "nonsense", "answer_lost", "decline_refund", "drop_statement_line", "double_statement_line",
    })  # fmt: skip

    def __init__(
        self, base_url: str, state: Path, secret: str, *, province_url: str = "", partner: str = "VANLANG"
    ) -> None:
        super().__init__(base_url)
        self.secret, self.partner, self._province_url = secret, partner, province_url
        self.till = Till(state / "journal.jsonl")
        self.answers: defaultdict[str, list[str]] = defaultdict(list)
        self.caller = Caller(self._compose, self._answered, url=province_url.rstrip("/"))
        self.route("GET", "/", lambda _: pages.front_page(len(self.till.taken)))
        self.route("GET", "/provider.css", lambda _: Response(STYLE, content_type="text/css; charset=utf-8"))
        self.route("GET", "/pay/<token>", self.ask)
        self.route("POST", "/pay/<token>", self.decide)
        self.route("GET", "/bill/<transaction>", self.bill)
        for name, handler in {
            "init": self.begin, "query": self.query, "get_bill": self.get_bill, "refund": self.refund,
            "statement": self.statement,
        }.items():  # fmt: skip
            self.route("POST", f"/{name}", handler)
        for name, handler in {
            "province": self.direct, "pay": self.pay, "transfer": self.transfer, "load": self.load,
        }.items():  # fmt: skip
            self.route("POST", f"{CONTROL}{name}", handler)
        self.route("GET", f"{CONTROL}transactions", self.transactions)

    def start(self) -> None:
        for one in self.till.untold():
            self.caller.call(one.id)
        self.caller.start()

    def stop(self) -> None:
        self.caller.stop()

    @override
    def forget(self) -> None:
        self.caller.clear()
        self.caller.direct(self._province_url.rstrip("/"))
        self.till.clear()
        self.answers.clear()

    # --- messages -----------------------------------------------------------------------------------

    def begin(self, request: SandboxRequest) -> Response:
        told = read_json(request)
        if (refused := self._refused(told, sealing.INIT, "INIT", request)) is not None:
            return refused
        if field := unfit_field(told):
            return _code("96", Truong=field)
        reference, vnd = str(told["MaThamChieu"]), int(str(told["SoTien"]))
        back = str(told.get("UrlTraVe", ""))
        order = self.till.begin(
            reference, vnd, told, back if urlsplit(back).scheme in {"http", "https"} else ""
        )
        if order is None:
            return _code("94")
        return self._reply(request, _code("00", UrlThanhToan=f"{self.base_url}/pay/{order.token}"))

    def query(self, request: SandboxRequest) -> Response:
        told = read_json(request)
        if (refused := self._refused(told, sealing.QUERY, "QUERY", request)) is not None:
            return refused
        reference = str(told["MaThamChieu"])
        order, outcome = self.till.orders.get(reference), self.till.outcome(reference)
        code = ("01" if order is None else "02") if outcome is None else _code_of(outcome)
        vnd = outcome.vnd if outcome else order.vnd if order else ""
        answer = self._message("QUERY", reference, str(vnd), code, outcome)
        if self.misbehaves("wrong_seal", request):
            answer["MaXacThuc"] = "0" * 64
        return self._reply(request, as_json(answer))

    def get_bill(self, request: SandboxRequest) -> Response:
        told = read_json(request)
        if (refused := self._refused(told, sealing.QUERY, "GET_BILL", request)) is not None:
            return refused
        outcome = self.till.outcome(str(told["MaThamChieu"]))
        if outcome is None or outcome.kind == "failed":
            return _code("01" if outcome is None else "03")
        return self._reply(request, _code("00", UrlBienLai=f"{self.base_url}/bill/{outcome.id}"))

    def refund(self, request: SandboxRequest) -> Response:
        told = read_json(request)
        if (refused := self._refused(told, sealing.REFUND, "REFUND", request)) is not None:
            return refused
        paid = self.till.taken.get(str(told.get("MaGiaoDich", "")))
        own, vnd = str(told.get("MaThamChieuHoan", "")), str(told.get("SoTien", ""))
        if paid is None or paid.kind not in {"pay", "bank"} or paid.reference != told["MaThamChieu"]:
            return _code("01")
        if not own or not vnd.isdigit() or not int(vnd):
            return _code("96", Truong="SoTien" if own else "MaThamChieuHoan")
        known = self.till.outcome(own)
        if known is not None:
            return _code("00" if (known.of, known.vnd) == (paid.id, int(vnd)) else "94")
        if self.till.refunded(paid.id) + int(vnd) > paid.vnd:
            return _code("95")
        declined = self.misbehaves("decline_refund", request)
        made = Taken(
            new_id("HT"), "failed" if declined else "refund", own, int(vnd), stamp(), agency=paid.agency,
            account=paid.account, of=paid.id,
        )  # fmt: skip
        self._book(made)
        return self._reply(request, _code("00"))

    def statement(self, request: SandboxRequest) -> Response:
        told = read_json(request)
        if (refused := self._refused(told, sealing.STATEMENT, "STATEMENT", request)) is not None:
            return refused
        day = str(told.get("NgayGD", ""))
        lines = [_line(one) for one in self.till.of_day(day)]
        if lines and self.misbehaves("drop_statement_line", request):
            lines.pop(len(lines) // 2)
        if lines and self.misbehaves("double_statement_line", request):
            lines.append(lines[0])
        return self._reply(request, _code("00", NgayGD=day, data=lines))

    # --- the payer's browser --------------------------------------------------------------------------

    def ask(self, request: SandboxRequest) -> Response:
        order = self._order(request)
        outcome = self.till.outcome(order.reference)
        return pages.done_page(order, outcome) if outcome else pages.ask_page(order)

    def decide(self, request: SandboxRequest) -> Response:
        order = self._order(request)
        outcome = self.till.outcome(order.reference)
        if outcome is None:
            outcome = self.settle(order, "success" if request.form.get("deed") == "pay" else "fail")
        if not order.return_url:
            return pages.done_page(order, outcome)
        told = urlencode({"MaThamChieu": order.reference, "MaLoi": _code_of(outcome)})
        mark = "&" if urlsplit(order.return_url).query else "?"
        return redirect(f"{order.return_url}{mark}{told}", code=303)

    def bill(self, request: SandboxRequest) -> Response:
        paid = self.till.taken.get(request.routing_values["transaction"])
        order = self.till.orders.get(paid.reference) if paid else None
        if paid is None or order is None:
            raise NotFound
        return pages.bill_page(order, paid)

    def settle(self, order: Order, outcome: str, *, times: int = 1, again: bool = False) -> Taken:
        """Take the money of an order, or let it fail; tell the province `times` times."""
        kind = "pay" if outcome == "success" else "failed"
        one = Taken(
            new_id("GD"), "pay" if kind == "pay" else "failed", order.reference, order.vnd, stamp(),
            agency=_agency_of(order),
        )  # fmt: skip
        if kind == "pay" and self.plan.take({"other_amount"}, CALLBACK):
            one = replace(one, vnd=one.vnd + 1000)
        if kind == "pay" and self.plan.take({"unknown_reference"}, CALLBACK):
            one = replace(one, reference=f"KHAC{one.id[-10:]}")
        return self._book(one, times=times, once=not again)

    def _order(self, request: SandboxRequest) -> Order:
        order = self.till.by_token(request.routing_values["token"])
        if order is None:
            raise NotFound
        return order

    # --- control room ---------------------------------------------------------------------------------

    def direct(self, request: SandboxRequest) -> Response:
        refuse_strangers(request)
        self.caller.direct(str(read_json(request).get("url", "")).rstrip("/"))
        return as_json({"url": self.caller.url})

    def pay(self, request: SandboxRequest) -> Response:
        refuse_strangers(request)
        told = read_json(request)
        order = self.till.orders.get(str(told.get("reference", "")))
        if order is None:
            raise NotFound
        taken = self.settle(
            order,
            str(told.get("outcome", "success")),
            times=int(str(told.get("times", 1))),
            again=bool(told.get("again")),
        )
        return as_json({"transaction": taken.id, "vnd": taken.vnd, "reference": taken.reference})

    def transfer(self, request: SandboxRequest) -> Response:
        refuse_strangers(request)
        told = read_json(request)
        try:
            asked = vietqr.read(str(told.get("qr", "")))
        except vietqr.UnreadableError as unreadable:
            return as_json({"error": "unreadable_code", "why": str(unreadable)}, status=400)
        vnd = int(str(told.get("amount") or asked.vnd or 0))
        if vnd <= 0:
            raise BadRequest("The code leaves the amount to the payer: name one.")
        reference = str(told.get("reference") or asked.reference or asked.purpose)
        one = Taken(
            new_id("FT"), "bank", reference, vnd, stamp(), bank=asked.bank, account=asked.account, purpose=asked.purpose
        )  # fmt: skip
        self._book(one, times=int(str(told.get("times", 1))), once=False)
        return as_json({"transaction": one.id, "vnd": vnd, "reference": reference})

    def load(self, request: SandboxRequest) -> Response:
        refuse_strangers(request)
        told = read_json(request).get("transactions")
        try:
            many = [Taken(**one) for one in told] if isinstance(told, list) else []
        except TypeError as unfit:
            raise BadRequest(str(unfit)) from unfit
        self.till.take_all(many)
        return as_json({"loaded": len(many)})

    def transactions(self, _request: Request) -> Response:
        rows = [
            {**asdict(one), "told": one.id in self.till.told, "answers": self.answers[one.id]}
            for one in list(self.till.taken.values())
        ]
        return as_json({"transactions": rows, "waiting": self.caller.waiting()})

    # --- callbacks ------------------------------------------------------------------------------------

    def _book(self, one: Taken, *, times: int = 1, once: bool = True) -> Taken:
        kept = self.till.take(one, once=once)
        if self.plan.take({"lose_callback"}, CALLBACK):
            self.till.tell(kept.id)
            return kept
        delay = self.plan.take({"delay_callback"}, CALLBACK)
        if self.plan.take({"duplicate_callback"}, CALLBACK):
            times += 1
        for _ in range(times):
            self.caller.call(kept.id, after=delay.milliseconds / 1000 if delay else 0.0)
        return kept

    def _compose(self, id: str) -> bytes | None:
        one = self.till.taken.get(id)
        if one is None:
            return None
        if self.plan.take({"nonsense"}, CALLBACK):
            return b'{"MaLoi": "00", <html>'
        kind = {"bank": "BANK", "refund": "REFUND"}.get(one.kind, "REFUND" if one.of else "CONFIRM")
        message = self._message(kind, one.reference, str(one.vnd), _code_of(one), one)
        if self.plan.take({"wrong_seal"}, CALLBACK):
            message["MaXacThuc"] = "0" * 64
        return json.dumps(message, ensure_ascii=False).encode()

    def _answered(self, id: str, code: str) -> None:
        self.answers[id].append(code)
        if code in KEPT:
            self.till.tell(id)

    def _message(
        self, kind: str, reference: str, vnd: str, code: str, one: Taken | None
    ) -> dict[str, object]:
        """Return a sealed message of the platform's about one transaction, or about none yet."""
        told = {
            "LoaiBanTin": kind,
            "PhienBan": VERSION,
            "MaDoiTac": self.partner,
            "MaThamChieu": reference,
            "SoTien": vnd,
            "MaLoi": code,
            "MaGiaoDich": one.id if one else "",
            "ThoiGianGD": one.at if one else stamp(),
        }
        if kind != "BANK" or one is None:
            return sealing.sealed(told, sealing.CALLBACK, self.secret)
        told |= {"MaNHThuHuong": one.bank, "TKThuHuong": one.account, "NoiDung": one.purpose}
        return sealing.sealed(told, sealing.BANK, self.secret)

    # --- what every message shares ----------------------------------------------------------------------

    def _refused(
        self, told: dict[str, object], fields: tuple[str, ...], kind: str, request: Request
    ) -> Response | None:
        if self.misbehaves("nonsense", request):
            return Response("<html>xyzzy</html>", content_type="text/html")
        if told.get("LoaiBanTin") != kind:
            return _code("96", Truong="LoaiBanTin")
        if not sealing.is_right(told, fields, self.secret):
            return _code("97")
        return None

    def _reply(self, request: Request, answer: Response) -> Response:
        """Answer; or, when told so, cut the line after everything was done."""
        if self.misbehaves("answer_lost", request):
            drop(request)
        return answer


def unfit_field(told: dict[str, object]) -> str:
    """Return the first field of an INIT that a payment cannot begin with; "" when all fit."""
    needed = (
        "PhienBan",
        "MaDoiTac",
        "MaThamChieu",
        "SoTien",
        "LoaiHinhThanhToan",
        "ThongTinGiaoDich",
        "ThoiGianGD",
    )
    for name in needed:
        if not str(told.get(name, "")).strip():
            return name
    if not str(told["SoTien"]).isdigit() or not int(str(told["SoTien"])):
        return "SoTien"
    if told["PhienBan"] != VERSION or told.get("MaTienTe") != "VND":
        return "MaTienTe" if told["PhienBan"] == VERSION else "PhienBan"
    bill = told.get("ThongTinBienLai")
    if not isinstance(bill, dict) or bill.get("MaDichVu") != SERVICE:
        return "ThongTinBienLai.MaDichVu"
    for name in ("MaTTHC", "MaDonVi", "TenDonVi", "MaHoSo", "HoTenNguoiNop"):
        if not str(bill.get(name, "")).strip():
            return f"ThongTinBienLai.{name}"
    fees = bill.get("PhiLePhi")
    if not isinstance(fees, list) or not _adds_up(fees, str(told["SoTien"])):
        return "ThongTinBienLai.PhiLePhi"
    return ""


def _adds_up(fees: list[object], vnd: str) -> bool:
    told = [str(fee.get("SoTien", "")) if isinstance(fee, dict) else "" for fee in fees]
    return all(amount.isdigit() for amount in told) and sum(map(int, told)) == int(vnd)


def _code(code: str, **told: object) -> Response:
    return as_json({"MaLoi": code, **told})


def _code_of(one: Taken) -> str:
    return "03" if one.kind == "failed" else "00"


def _line(one: Taken) -> dict[str, object]:
    return {
        "MaGiaoDich": one.id,
        "MaThamChieu": one.reference,
        "SoTien": str(one.vnd),
        "LoaiGD": "4" if one.of and one.account else {"pay": "1", "refund": "2", "bank": "3"}[one.kind],
        "ThoiGianGD": one.at,
        "MaDonVi": one.agency,
        "TKThuHuong": one.account,
    }


def _agency_of(order: Order) -> str:
    bill = order.message.get("ThongTinBienLai")
    return str(bill.get("MaDonVi", "")) if isinstance(bill, dict) else ""
