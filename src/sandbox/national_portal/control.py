"""
What a test or a demo may order at `/_sandbox/`, beside what every stand-in takes.

    POST catalogue   {procedures, agencies, sectors}       what exists; until a list is given, everything does
    POST file        {record, files}                       somebody files at the portal → MaHoSo
    POST push        {service, data, files?, id?}          something else happens at the portal
    POST load        {records, progress?, source?}         many records at once, unchecked
    POST result      {person, kind, number, title, issuer, name, content_base64}   a result for the national store, with its file
    POST withdraw    {procedures}                          procedures that are no longer on the list
    POST lose · alter · double · strange                   tampering.py; the answer names what was done
    POST province    {url}                                 where pushes go      POST retry   push what waits now
    GET  export                                            everything it holds, one JSON line a dossier
    GET  dossiers · dossiers/<code> · pushes?wait= · petitions · ratings
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from sandbox.national_portal import filing, tampering
from sandbox.national_portal.shelf import Record, result_kind
from sandbox.wire import CONTROL, Handler, SandboxRequest, as_json, now, problem, read_json, refuse_strangers

if TYPE_CHECKING:
    from sandbox.national_portal.portal import NationalPortal

_Order = Callable[[Mapping[str, object]], dict[str, object]]
LONGEST_WAIT = 60.0
LISTS = {
    "procedures": ("procedure", "MaTTHC", "TenTTHC"),
    "agencies": ("agency", "MaDonVi", "TenDonVi"),
    "sectors": ("sector", "MaLinhVuc", "TenLinhVuc"),
}


class ControlRoom:
    """The orders of one portal."""

    def __init__(self, portal: NationalPortal) -> None:
        self._portal, self._shelf = portal, portal.shelf
        orders = {
            "catalogue": self.catalogue,
            "file": self.file,
            "push": self.push,
            "load": self.load,
            "result": self.result,
            "withdraw": self.withdraw,
            "province": self.province,
            "retry": self.retry,
        }
        for name, order in orders.items():
            portal.route("POST", f"{CONTROL}{name}", _order(order))
        for deed in ("lose", "alter", "double", "strange"):
            portal.route("POST", f"{CONTROL}{deed}", _order(self._tampering(deed)))
        portal.route("GET", f"{CONTROL}dossiers", self.dossiers)
        portal.route("GET", f"{CONTROL}dossiers/<code>", self.dossier)
        portal.route("GET", f"{CONTROL}export", self.export)
        portal.route("GET", f"{CONTROL}pushes", self.pushes)
        portal.route("GET", f"{CONTROL}petitions", self._kept("petition"))
        portal.route("GET", f"{CONTROL}ratings", self._kept("rating"))

    def catalogue(self, order: Mapping[str, object]) -> dict[str, object]:
        """Learn what exists. A sector that comes without a code gets one of the portal's own."""
        learned: dict[str, object] = {}
        sectors = self._sectors(order)
        for name, (kind, code, title) in LISTS.items():
            rows = sectors if name == "sectors" else _rows(order.get(name))
            items = {
                str(row[code]): {
                    **row,
                    "Ten": row.get(title, ""),
                    "MaLinhVuc": row.get("MaLinhVuc")
                    or sectors_by_name(sectors).get(str(row.get("TenLinhVuc", "")), ""),
                }
                for row in rows
            }
            self._shelf.keep(kind, items)
            learned[name] = len(items)
        return learned

    def _sectors(self, order: Mapping[str, object]) -> list[Record]:
        known = {str(said.get("Ten", "")): code for code, said in self._shelf.all_kept("sector").items()}
        told = {
            str(row.get("TenLinhVuc", "")): str(row.get("MaLinhVuc", ""))
            for row in _rows(order.get("sectors"))
        }
        own = (f"DVCQG.LV.{self._shelf.next_number('sector'):04}" for _ in told)
        return [
            {"MaLinhVuc": code or known.get(name) or next(own), "TenLinhVuc": name}
            for name, code in told.items()
        ]

    def file(self, order: Mapping[str, object]) -> dict[str, object]:
        record = filing.file_dossier(self._shelf, self._portal.files, order)
        message = self._portal.pusher.push("NopHoSo", record)
        return {"MaHoSo": record["MaHoSo"], "id": message}

    def push(self, order: Mapping[str, object]) -> dict[str, object]:
        """Let something happen; a petition without a code gets one."""
        told = order.get("data")
        service = str(order.get("service", ""))
        if not isinstance(told, dict) or not service:
            raise ValueError("service, data")
        data: Record = dict(told)
        if files := filing.attach(self._portal.files, order):
            data["TaiLieu" if service == "PhanAnh" else "TaiLieuNop"] = files
        if service == "PhanAnh":
            day = filing.instant(now())[:8]
            number = self._shelf.next_number(f"petition {day}")
            data = {"MaPAKN": f"PAKN-{day}-{number:05}", "NgayGui": filing.instant(now()), **data}
            self._shelf.keep("petition", {str(data["MaPAKN"]): data})
        message = self._portal.pusher.push(service, data, message=str(order.get("id", "")))
        return {"id": message, **{name: data[name] for name in ("MaHoSo", "MaPAKN") if name in data}}

    def load(self, order: Mapping[str, object]) -> dict[str, object]:
        records, progress = order.get("records"), order.get("progress")
        source = str(order.get("source", "khac"))
        with self._shelf.together():
            for record in records if isinstance(records, list) else []:
                self._shelf.put(record, source=source)
            for row in progress if isinstance(progress, list) else []:
                self._shelf.append(str(row["MaHoSo"]), row)
        return {"count": self._shelf.count()}

    def result(self, order: Mapping[str, object]) -> dict[str, object]:
        """Hold a result of a person in the national store, whoever issued it."""
        content = base64.b64decode(str(order.get("content_base64", "")), validate=True)
        _, address = self._portal.files.keep(content)
        kept: Record = {
            "MaKetQua": str(order["kind"]),
            "TenGiayTo": str(order.get("title", "")),
            "SoKyHieu": str(order["number"]),
            "CoQuanChuQuan": str(order.get("issuer", "")),
            "DanhSachTepDinhKem": [{"TenTep": str(order.get("name", "ket-qua.pdf")), "DuongDan": address}],
        }
        self._shelf.keep(result_kind(str(order["person"])), {f"{kept['MaKetQua']} {kept['SoKyHieu']}": kept})
        return {"DuongDan": address}

    def withdraw(self, order: Mapping[str, object]) -> dict[str, object]:
        """Take procedures off the list."""
        codes = order.get("procedures")
        gone = [str(code) for code in (codes if isinstance(codes, list) else [])]
        self._shelf.unkeep("procedure", gone)
        return {"withdrawn": gone}

    def province(self, order: Mapping[str, object]) -> dict[str, object]:
        self._portal.pusher.province = str(order["url"])
        return self.retry(order)

    def retry(self, order: Mapping[str, object]) -> dict[str, object]:
        self._portal.pusher.retry_now()
        return {}

    def _tampering(self, deed: str) -> _Order:
        return lambda order: {"did": tampering.tamper(self._shelf, deed, order)}

    def dossiers(self, request: SandboxRequest) -> Response:
        return as_json(
            {
                "count": self._shelf.count(),
                "progress": self._shelf.count_progress(),
                "codes": self._shelf.codes() if "codes" in request.args else [],
            }
        )

    def dossier(self, request: SandboxRequest) -> Response:
        code = request.routing_values["code"]
        entries = self._shelf.find(code)
        if not entries:
            return problem("unknown_dossier", status=404)
        return as_json(
            {
                "records": [{"source": one.source, **one.record} for one in entries],
                "progress": self._shelf.progress(code),
            }
        )

    def export(self, request: SandboxRequest) -> Response:
        """Hand out every record with its progress, in the order of their codes."""

        def lines() -> Iterator[str]:
            for entry in self._shelf.everything():
                code = str(entry.record["MaHoSo"])
                told = {
                    "source": entry.source,
                    "record": entry.record,
                    "progress": self._shelf.progress(code),
                }
                yield json.dumps(told, ensure_ascii=False) + "\n"

        return Response(lines(), content_type="application/x-ndjson")

    def pushes(self, request: SandboxRequest) -> Response:
        """List the pushes; with `?wait=seconds` when none waits any more, or so long at most."""
        is_done = self._portal.pusher.wait(min(float(request.args.get("wait", "0")), LONGEST_WAIT))
        return as_json({"items": self._portal.pusher.listed(), "done": is_done})

    def _kept(self, kind: str) -> Handler:
        return lambda _: as_json({"items": self._shelf.all_kept(kind)})


def sectors_by_name(sectors: list[Record]) -> dict[str, str]:
    return {str(row["TenLinhVuc"]): str(row["MaLinhVuc"]) for row in sectors}


def _rows(value: object) -> list[Record]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _order(act: _Order) -> Handler:
    """Return a handler that takes an order from this machine only, and refuses one that cannot be read."""

    def handle(request: SandboxRequest) -> Response:
        refuse_strangers(request)
        try:
            return as_json(act(read_json(request)))
        except (ValueError, KeyError) as wrong:
            return problem("unreadable_order", reason=str(wrong))

    return handle
