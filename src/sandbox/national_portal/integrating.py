"""The services by which a province tells the portal: one answer for the call, and one for each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sandbox.national_portal import checking
from sandbox.national_portal.checking import Answer
from sandbox.national_portal.shelf import OWN, Record, Shelf

RECORDS_IN_A_CALL, STEPS_IN_A_CALL = 500, 10
Asked = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a call."""

    whole: Answer
    each: tuple[tuple[str, Answer], ...] = ()

    def shown(self) -> dict[str, object]:
        return {
            **self.whole.told(),
            "ketqua": [{"MaHoSo": code, **answer.told()} for code, answer in self.each],
        }


class Integration:
    """What may be told, by the name of its service."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self.services: dict[str, Callable[[list[Record], Asked, str], Told]] = {
            "DongBoHoSoMC": self.dossiers,
            "CapNhatTienDoHoSoMC": self.progress,
            "DongBoTrangThaiHoSo": self.states,
            "DongBoDanhGia": self.ratings,
            "DongBoHoiDap": self.petition_answers,
        }

    def tell(self, service: str, asked: Asked, *, system: str) -> Told:
        """Do what a service says, all of it in one transaction."""
        rows = asked.get("data")
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            return Told(Answer(checking.MISFIT, "data: phải là danh sách"))
        if len(rows) > (STEPS_IN_A_CALL if service == "CapNhatTienDoHoSoMC" else RECORDS_IN_A_CALL):
            return Told(Answer(checking.TOO_MANY))
        with self._shelf.together():
            return self.services[service](rows, asked, system)

    def dossiers(self, rows: list[Record], asked: Asked, system: str) -> Told:
        is_updating = str(asked.get("isUpdating")) == "True"
        known = self._shelf.find_all([str(row.get("MaHoSo", "")) for row in rows])
        each = []
        for row in rows:
            code = str(row.get("MaHoSo", ""))
            answer = checking.check_record(row, self._shelf.knows)
            if answer.is_well and (entry := known.get(code)):
                answer = _may_write(entry.source, system, is_updating=is_updating)
            if answer.is_well:
                known[code] = self._shelf.put(row, source=system, replaces=known.get(code))
            each.append((code, answer))
        return _told(each)

    def progress(self, rows: list[Record], asked: Asked, system: str) -> Told:
        """Append whatever comes: the same row twice stands twice."""
        known = self._shelf.find_all([str(row.get("MaHoSo", "")) for row in rows])
        each = []
        for row in rows:
            code = str(row.get("MaHoSo", ""))
            wrong = checking.misfit(row, checking.REQUIRED_STEP)
            answer = Answer(checking.MISFIT, wrong) if wrong else Answer()
            if answer.is_well:
                answer = (
                    _may_add(known[code].source, system)
                    if code in known
                    else Answer(checking.UNKNOWN_DOSSIER)
                )
            if answer.is_well:
                self._shelf.append(code, row)
            each.append((code, answer))
        return _told(each)

    def states(self, rows: list[Record], asked: Asked, system: str) -> Told:
        """Change the state, and the days that come with it, of dossiers that are known."""
        each = []
        for row in rows:
            code = str(row.get("MaHoSo", ""))
            told = {("TrangThaiHoSo" if name == "TrangThai" else name): value for name, value in row.items()}
            wrong = checking.misfit(told, ("MaHoSo", "TrangThaiHoSo"))
            entries = self._shelf.find(code)
            answer = Answer(checking.MISFIT, wrong) if wrong else Answer()
            if answer.is_well:
                answer = _may_add(entries[0].source, system) if entries else Answer(checking.UNKNOWN_DOSSIER)
            if answer.is_well:
                self._shelf.put(entries[0].record | told, source=system, replaces=entries[0])
            each.append((code, answer))
        return _told(each)

    def ratings(self, rows: list[Record], asked: Asked, system: str) -> Told:
        each = []
        for row in rows:
            wrong = checking.misfit(row, ("NgayTongHop", "TongSoNguoiDanhGia", "MaThuTuc"))
            if not wrong:
                code = f"{row['NgayTongHop']} {row['MaThuTuc']} {row.get('Madonvi', '')}"
                self._shelf.keep("rating", {code: row})
            each.append((str(row.get("MaThuTuc", "")), Answer(checking.MISFIT, wrong) if wrong else Answer()))
        return _told(each)

    def petition_answers(self, rows: list[Record], asked: Asked, system: str) -> Told:
        each = []
        for row in rows:
            code = str(row.get("MaPAKN", ""))
            wrong = checking.misfit(row, ("MaPAKN", "TrangThai"))
            answer = Answer(checking.MISFIT, wrong) if wrong else Answer()
            if answer.is_well and not (petition := self._shelf.kept("petition", code)):
                answer = Answer(checking.UNKNOWN_DOSSIER, f"Không có phản ánh {code}")
            elif answer.is_well and petition:
                self._shelf.keep("petition", {code: petition | {"TraLoi": row}})
            each.append((code, answer))
        return _told(each)


def _may_write(owner: str, system: str, *, is_updating: bool) -> Answer:
    if owner not in {system, OWN}:
        return Answer(checking.OWNED)
    if not is_updating:
        return Answer(checking.EXISTS if owner == system else checking.EXISTS_HERE)
    return Answer()


def _may_add(owner: str, system: str) -> Answer:
    return Answer() if owner in {system, OWN} else Answer(checking.OWNED)


def _told(each: list[tuple[str, Answer]]) -> Told:
    whole = next((answer for _, answer in each if not answer.is_well), Answer())
    return Told(whole, tuple(each))
