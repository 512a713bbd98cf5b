"""What the portal is told: only true states, only flags that rows bear out, no number that nobody has, nothing cut."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanlang.kernel.zone import VIETNAM
from vanlang.nationalportal.rules.codec import (
    LONGEST,
    SCORING,
    STEPS_IN_A_CALL,
    calls_of,
    encode,
    encode_step,
    instant,
    read_instant,
)
from vanlang.nationalportal.types import (
    ApplicantKind,
    Charge,
    Evidence,
    FiledBy,
    Identity,
    IdentityKind,
    IssuedResult,
    Origin,
    Paid,
    Paper,
    PortalDossier,
    PortalState,
    ProgressStep,
    Supplement,
    Unfit,
)

AT = dt.datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
FIRST = dt.datetime(2025, 7, 1, tzinfo=VIETNAM)
instants = st.integers(0, 140_000_000).map(lambda seconds: FIRST + dt.timedelta(seconds=seconds))
words = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxy 0123456789,.", max_size=40)
rows = st.lists(st.uuids().map(str), max_size=3).map(tuple)
evidence = st.builds(Evidence.of, rows) | st.just(Evidence.unknown())
identities = st.builds(
    Identity,
    st.sampled_from(IdentityKind),
    st.sampled_from(["025190001234", "123456789", "000000001", "", "x" * 12]),
)
papers = st.builds(
    Paper, id=st.uuids().map(str), name=words | st.just("t" * 4001), required_document=words, digitised=evidence,
    origin=st.sampled_from(Origin), origin_row=st.sampled_from(["", "register:1"]), from_national_store=evidence,
)  # fmt: skip
dossiers = st.builds(
    PortalDossier,
    code=st.just("H44.100-261123-0001"), procedure_code=st.just("1.001193"), procedure_name=words, sector_code=words,
    sector_name=words, filed_by=st.sampled_from(FiledBy), applicant=words, applicant_kind=st.sampled_from(ApplicantKind),
    abstract=words | st.just("x" * 1001), state=st.sampled_from(PortalState), submitted_at=instants, agency=words,
    received_at=instants | st.none(), due_at=instants | st.none(), finished_at=instants | st.none(),
    identity=identities | st.none(), return_by_post=st.booleans() | st.none(), papers=st.lists(papers, max_size=3).map(tuple),
    charges=st.lists(st.builds(Charge, name=words, vnd=st.integers(0, 10**7), is_fee=st.booleans()), max_size=2).map(tuple),
    supplements=st.lists(st.builds(Supplement, id=words, asked_by=words, what=words, asked_at=instants), max_size=2).map(tuple),
    results=st.lists(st.builds(IssuedResult, id=words, name=words, code=words, address=words), max_size=2).map(tuple),
    account_verified=evidence, filed_at_portal=evidence,
    paid=st.none() | st.builds(Paid, rows, rows, rows),
    databases=st.lists(st.tuples(st.sampled_from(["1", "7"]), st.sampled_from(["", "row"])), max_size=2).map(tuple),
)  # fmt: skip


def keys(told: Any) -> set[str]:
    if isinstance(told, list):
        return set().union(*(keys(row) for row in told))
    return set(told) | {key for value in told.values() if isinstance(value, list) for key in keys(value)}


@settings(max_examples=400)
@given(dossiers)
def test_nothing_is_said_that_no_row_bears_out(dossier: PortalDossier) -> None:
    told: Any = encode(dossier)
    if isinstance(told, Unfit):
        return
    assert told["TrangThaiHoSo"] == dossier.state.value
    if told.get("TaiKhoanDuocXacThucVoiVNeID") == "1":
        assert dossier.account_verified.rows
    if told.get("HoSoCoThanhPhanSoHoa") == "1":
        assert any(paper.digitised.rows for paper in dossier.papers)
    if told.get("NoiNopHoSo") == "1":
        assert dossier.filed_at_portal.rows
    if told.get("DuocThanhToanTrucTuyen") == "1":
        assert dossier.paid is not None
        assert dossier.paid.national
    if told.get("DuocThanhToanTrucTuyen") == "2":
        assert dossier.paid is not None
        assert dossier.paid.provincial
    for database in told.get("DSKetNoiCSDL", []):
        assert (database["MaCSDL"], "row") in dossier.databases
    for paper, sent in zip(dossier.papers, told.get("TaiLieuNop", []), strict=True):
        assert sent.get("DuocSoHoa") != "1" or paper.digitised.rows
        assert sent.get("DuocLayTuKhoDMQG") != "1" or paper.from_national_store.rows
        assert sent["DuocTaiSuDung"] == "0" or paper.origin_row


@given(dossiers)
def test_what_nobody_knows_is_not_there(dossier: PortalDossier) -> None:
    blind = dataclasses.replace(
        dossier, abstract="", state=PortalState.REGISTERED, identity=None, papers=(), account_verified=Evidence.unknown(),
        filed_at_portal=Evidence.unknown(), paid=None, databases=(),
    )  # fmt: skip
    told = encode(blind)
    assert not isinstance(told, Unfit)
    assert keys(told) & SCORING == set()
    assert "DinhDanhCHS" not in told


@given(dossiers)
def test_no_number_is_sent_that_is_not_in_the_dossier(dossier: PortalDossier) -> None:
    told: Any = encode(dossier)
    if isinstance(told, Unfit):
        return
    sent = [row["SoDinhDanh"] for row in told.get("DinhDanhCHS", [])]
    assert sent == ([dossier.identity.number] if dossier.identity else [])
    for row in told.get("DinhDanhCHS", []):
        assert len(row["SoDinhDanh"]) == {"1": 12, "2": 9}[row["LoaiDinhDanh"]]


@given(dossiers)
def test_nothing_is_cut_and_nothing_too_long_is_sent(dossier: PortalDossier) -> None:
    told: Any = encode(dossier)
    too_long = len(dossier.abstract) > LONGEST["TrichYeuHoSo"] or any(
        len(paper.name) > LONGEST["TenTepDinhKem"] for paper in dossier.papers
    )
    if too_long:
        assert isinstance(told, Unfit)
        assert told.code == "nationalportal.too_long"
        assert told.length > told.longest > 0
    elif not isinstance(told, Unfit):
        assert told.get("TrichYeuHoSo", "") == dossier.abstract


@given(dossiers)
def test_every_value_is_text(dossier: PortalDossier) -> None:
    def look(told: Any) -> None:
        for value in told.values():
            if isinstance(value, list):
                for row in value:
                    look(row)
            else:
                assert isinstance(value, str)
                assert value

    told = encode(dossier)
    if not isinstance(told, Unfit):
        look(told)


def test_yes_needs_a_row() -> None:
    with pytest.raises(ValueError, match="nobody knows"):
        Evidence(("1",), is_known=False)


@given(instants)
def test_instants_are_vietnams_time_both_ways(at: dt.datetime) -> None:
    assert read_instant(instant(at)) == at
    assert instant(at.astimezone(dt.UTC)) == instant(at)


def test_an_instant_that_is_none() -> None:
    assert (instant(None), read_instant("")) == ("", None)
    with pytest.raises(ValueError, match="does not match"):
        read_instant("2026-11-23")


@given(st.integers(0, 95))
def test_steps_go_in_their_order_ten_at_a_time(count: int) -> None:
    steps: list[Any] = [{"n": number} for number in range(count)]
    calls = list(calls_of(steps))
    assert [row for call in calls for row in call] == steps
    assert all(0 < len(call) <= STEPS_IN_A_CALL for call in calls)


def test_a_step_says_who_did_what_when() -> None:
    step = ProgressStep(
        "H44.100-261123-0001",
        "Trần Thị Mai",
        "Chuyên viên",
        "Văn phòng",
        "Nhận xử lý",
        AT,
        PortalState.PROCESSING,
    )
    assert encode_step(step) == {
        "MaHoSo": "H44.100-261123-0001", "NguoiXuLy": "Trần Thị Mai", "ChucDanh": "Chuyên viên",
        "ThoiDiemXuLy": "20261123090000", "PhongBanXuLy": "Văn phòng", "NoiDungXuLy": "Nhận xử lý", "TrangThai": "4",
    }  # fmt: skip
    assert encode_step(dataclasses.replace(step, officer="x" * 51)) == Unfit(
        "nationalportal.too_long", "NguoiXuLy", 50, 51
    )
