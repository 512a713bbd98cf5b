"""Somebody files at the national portal; the dossier arrives here by itself, and is received and led on."""

from __future__ import annotations

import json
import uuid

from launcher.chaos.diary import Kind, Line, Outcome
from launcher.chaos.hand import Hand
from launcher.chaos.lives import acting
from launcher.demo import papers
from launcher.demo.extract import EXTRACT
from launcher.demo.morning.day import DOSSIER
from launcher.demo.portal.outside import Portal

AGENCY = "H44.100"
PAPER = "Tờ khai cấp bản sao trích lục hộ tịch, bản sao Giấy khai sinh"


def live(hand: Hand) -> None:
    person = hand.shared.applicants.new()
    mark = f"Cấp bản sao {uuid.uuid4().hex[:12]}"
    answers = {
        "applicant_name": person.full_name, "applicant_personal_id": person.personal_id, "relation": "self",
        "record_kind": "birth", "subject_name": person.full_name, "copies": "2",
    }  # fmt: skip
    record: dict[str, object] = {
        "MaTTHC": EXTRACT,
        "TenTTHC": "Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh",
        "ChuHoSo": person.full_name,
        "MaDoiTuong": f"DVCQG-{person.personal_id}",
        "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": person.personal_id}],
        "SoDienThoai": person.phone,
        "TrichYeuHoSo": mark,
        "MaDonViTiepNhan": AGENCY,
        "ThongTinKhac": json.dumps(answers, ensure_ascii=False),
    }
    portal = Portal(f"http://127.0.0.1:{hand.shared.province.ports.portal}")
    portal.file(record, [(papers.pdf(f"{PAPER}.pdf", mark.rpartition(" ")[2]), "")])

    def receive() -> bool:
        page = hand.look("hung", f"/can-bo/ho-so/?loc=moi-nop&q={mark.rpartition(' ')[2]}")
        found = DOSSIER.search(page.content.decode())
        if found is None:
            return False
        if acting.act(hand, found[1], acting.RECEIVE):
            acting.lead(hand, found[1])
        return True

    hand.later(receive)


def filed_there(portal: Portal) -> list[Line]:
    """Return a line for every dossier that was filed there: acknowledged when the province said that it has it."""
    lines: dict[str, Line] = {}
    for one in portal.look("pushes?wait=0").get("items", []):
        if one["service"] == "NopHoSo":
            heard = Outcome.ACKNOWLEDGED if one["state"] == "taken" else Outcome.UNKNOWN
            known = lines.get(one["stream"])
            presses = max(1, int(one["tries"])) + (known.presses if known else 0)
            if known is None or heard is Outcome.ACKNOWLEDGED:
                lines[one["stream"]] = Line(
                    Kind.PORTAL, one["stream"], "Cổng quốc gia", heard, presses=presses
                )
    return list(lines.values())
