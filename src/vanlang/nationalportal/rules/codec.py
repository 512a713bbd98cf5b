"""
DongBoHoSoMC, CapNhatTienDoHoSoMC: from our words to the portal's.

Every value is a string, instants `YYYYMMDDhhmmss` in Vietnam's time. What is not known is left out: a field that feeds an
assessment is there only when rows say so. What does not fit its field makes the message unfit: nothing is cut.
Source: docs/reference/national-portal.md
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from vanlang.kernel.zone import VIETNAM
from vanlang.nationalportal.types import (
    Charge,
    Evidence,
    Identity,
    IdentityKind,
    IssuedResult,
    Message,
    OnlinePayment,
    Origin,
    Paid,
    Paper,
    PortalDossier,
    PortalState,
    ProgressStep,
    Supplement,
    Unfit,
)

T = TypeVar("T")
LONGEST = {"TrichYeuHoSo": 1000, "TenTepDinhKem": 4000, "NguoiXuLy": 50}
"""Characters that a field takes."""
STEPS_IN_A_CALL = 10
NUMBERS = {IdentityKind.PERSONAL: re.compile(r"\d{12}"), IdentityKind.OLD_CARD: re.compile(r"\d{9}")}
RECEIVED = frozenset(PortalState) - {
    PortalState.REGISTERED,
    PortalState.REFUSED,
    PortalState.SUPPLEMENT,
    PortalState.WITHDRAWN,
}
"""States that a dossier has only after it was received."""
SCORING = frozenset({
    "HoSoCoThanhPhanSoHoa", "TaiKhoanDuocXacThucVoiVNeID", "DuocThanhToanTrucTuyen", "NoiNopHoSo", "DSKetNoiCSDL",
    "DuocSoHoa", "DuocTaiSuDung", "DuocLayTuKhoDMQG",
})  # fmt: skip
"""Fields that feed an assessment: each is made by a function that asks for rows."""


def encode(dossier: PortalDossier) -> Message | Unfit:
    """Return the message of one dossier, or why it may not be sent."""
    told = {**_core(dossier), **_scoring(dossier), **_lists(dossier)}
    return _misfit(told) or _untrue(dossier) or told


def encode_step(step: ProgressStep) -> Message | Unfit:
    """Return one row of progress, or why it may not be sent."""
    told = _given(
        MaHoSo=step.code,
        NguoiXuLy=step.officer,
        ChucDanh=step.title,
        ThoiDiemXuLy=instant(step.at),
        PhongBanXuLy=step.unit,
        NoiDungXuLy=step.what,
        TrangThai=step.state.value,
        NgayBatDau=instant(step.from_at),
        NgayKetThucTheoQuyDinh=instant(step.to_at),
    )
    return _misfit(told) or told


def calls_of(steps: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield the rows in calls of as many as one takes, in their order."""
    return (steps[start : start + STEPS_IN_A_CALL] for start in range(0, len(steps), STEPS_IN_A_CALL))


def instant(at: dt.datetime | None) -> str:
    """Return an instant as the portal writes it, or nothing."""
    return "" if at is None else f"{at.astimezone(VIETNAM):%Y%m%d%H%M%S}"


def read_instant(text: str) -> dt.datetime | None:
    """Return an instant of the portal, None for an empty one. Raises: ValueError."""
    if not text:
        return None
    return dt.datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=VIETNAM)


def _core(dossier: PortalDossier) -> Message:
    return _given(
        MaHoSo=dossier.code,
        MaTTHC=dossier.procedure_code,
        TenTTHC=dossier.procedure_name,
        MaLinhVuc=dossier.sector_code,
        TenLinhVuc=dossier.sector_name,
        KenhThucHien=dossier.filed_by.value,
        SoBienNhan=dossier.receipt,
        ChuHoSo=dossier.applicant,
        LoaiDoiTuong=dossier.applicant_kind.value,
        MaDoiTuong=dossier.account,
        Email=dossier.email,
        SoDienThoai=dossier.phone,
        TrichYeuHoSo=dossier.abstract,
        NgayNopHoSo=instant(dossier.submitted_at),
        NgayTiepNhan=instant(dossier.received_at),
        NgayHenTra=instant(dossier.due_at),
        TrangThaiHoSo=dossier.state.value,
        NgayTra=instant(dossier.returned_at),
        NgayTuChoi=instant(dossier.refused_at),
        NgayKetThucXuLy=instant(dossier.finished_at),
        HinhThuc="" if dossier.return_by_post is None else str(int(dossier.return_by_post)),
        DonViXuLy=dossier.agency,
        GhiChu=dossier.note,
    )


def _scoring(dossier: PortalDossier) -> Message:
    """Return the fields that feed an assessment, each from its rows; what is not known is not there."""
    told: Message = {}
    digitised = [paper.digitised for paper in dossier.papers]
    if digitised and all(one.is_known for one in digitised):
        told["HoSoCoThanhPhanSoHoa"] = _flag(any(one.rows for one in digitised))
    told |= _if_known("TaiKhoanDuocXacThucVoiVNeID", dossier.account_verified)
    if dossier.filed_at_portal.is_known:
        told["NoiNopHoSo"] = "1" if dossier.filed_at_portal.rows else "2"
    if dossier.paid is not None:
        told["DuocThanhToanTrucTuyen"] = _online(dossier.paid).value
    if asked := [code for code, row in dossier.databases if row]:
        told["DSKetNoiCSDL"] = [{"MaCSDL": code} for code in dict.fromkeys(asked)]
    return told


def _lists(dossier: PortalDossier) -> Message:
    told = {
        "TaiLieuNop": [_paper(one) for one in dossier.papers],
        "DanhSachLePhi": [_charge(one) for one in dossier.charges],
        "DanhSachHoSoBoSung": [_supplement(one) for one in dossier.supplements],
        "DanhSachGiayToKetQua": [_result(one) for one in dossier.results],
        "DinhDanhCHS": [_identity(dossier.identity)] if dossier.identity else [],
    }
    return {name: rows for name, rows in told.items() if rows}


def _paper(paper: Paper) -> Message:
    reused = paper.origin if paper.origin is Origin.FRESH or paper.origin_row else Origin.FRESH
    return (
        _given(
            TepDinhKemId=paper.id,
            TenTepDinhKem=paper.name,
            IsDeleted="False",
            MaThanhPhanHoSo=paper.required_document,
            DuongDanTaiTepTin=paper.address,
            MaKetQuaThayThe=paper.result_code,
        )
        | {"DuocTaiSuDung": reused.value}
        | _if_known("DuocSoHoa", paper.digitised)
        | _if_known("DuocLayTuKhoDMQG", paper.from_national_store)
    )


def _charge(charge: Charge) -> Message:
    return _given(
        TenPhiLePhi=charge.name,
        MaPhiLePhi=charge.code,
        HinhThucThu=charge.how,
        Gia=str(charge.vnd),
        LoaiPhiLePhi="1" if charge.is_fee else "2",
    )


def _supplement(supplement: Supplement) -> Message:
    return _given(
        HoSoBoSungId=supplement.id,
        NguoiYeuCauBoSung=supplement.asked_by,
        NoiDungBoSung=supplement.what,
        NgayBoSung=instant(supplement.asked_at),
        ThongTinTiepNhan=supplement.answer,
        NgayTiepNhanBoSung=instant(supplement.answered_at),
        TrangThaiBoSung=_flag(supplement.answered_at is not None),
        NgayHenTraTruoc=instant(supplement.due_before),
        NgayHenTraMoi=instant(supplement.due_after),
    )


def _result(result: IssuedResult) -> Message:
    return _given(
        GiayToId=result.id,
        TenGiayTo=result.name,
        MaThanhPhanHoSo=result.required_document,
        DuongDanTepTinKetQua=result.address,
        MaGiayToKetQua=result.code,
    )


def _identity(identity: Identity) -> Message:
    return {"LoaiDinhDanh": identity.kind.value, "SoDinhDanh": identity.number}


def _online(paid: Paid) -> OnlinePayment:
    if paid.national:
        return OnlinePayment.NATIONAL
    return OnlinePayment.PROVINCIAL if paid.provincial else OnlinePayment.NO


def _if_known(name: str, evidence: Evidence) -> Message:
    return {name: _flag(bool(evidence.rows))} if evidence.is_known else {}


def _flag(yes: bool) -> str:
    return "1" if yes else "0"


def _given(**told: str) -> Message:
    """Return the fields that say something."""
    return {name: value for name, value in told.items() if value}


def _misfit(told: Message) -> Unfit | None:
    """Return the first field that is longer than the portal takes."""
    for name, value in _texts(told):
        if len(value) > LONGEST.get(name, len(value)):
            return Unfit("nationalportal.too_long", name, LONGEST[name], len(value))
    return None


def _texts(told: Message) -> Iterator[tuple[str, str]]:
    for name, value in told.items():
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, list):
            for row in value:
                yield from _texts(row)


def _untrue(dossier: PortalDossier) -> Unfit | None:
    """Return what cannot be so: a number that is none, a state without what it rests on."""
    if dossier.identity and not NUMBERS[dossier.identity.kind].fullmatch(dossier.identity.number):
        return Unfit("nationalportal.identity_is_none", "SoDinhDanh")
    if dossier.state in RECEIVED and dossier.received_at is None:
        return Unfit("nationalportal.received_without_day", "NgayTiepNhan")
    return None
