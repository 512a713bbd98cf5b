"""
From rows to the wire, whatever the rows are: no flag without its evidence, no identity but the dossier's, no other state.

The codec's own properties (test_codec.py) hold for whatever is put into it; these hold for what the adapter puts in.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from vanlang.catalogue.api import Channel, VersionCodes
from vanlang.dossiers.api import State, ToldDossier, ToldOutcome, ToldPaper, ToldSupplement, national_code
from vanlang.identity.api import EntityKind
from vanlang.kernel.zone import VIETNAM
from vanlang.nationalportal.cards import StoreOrigin
from vanlang.nationalportal.queries.composing import Ground, dossier_of
from vanlang.nationalportal.queries.keys import Filed
from vanlang.nationalportal.queries.money import Money
from vanlang.nationalportal.rules.codec import SCORING, encode
from vanlang.nationalportal.types import Charge, Paid, Unfit
from vanlang.organizations.api import AgencyCard, AgencyId, AgencyKind

FIRST = dt.datetime(2025, 7, 1, tzinfo=VIETNAM)
ids = st.sampled_from([uuid.UUID(int=number) for number in range(1, 5)])
accounts = st.sampled_from([1, 2, 3])
instants = st.integers(0, 500).map(lambda days: FIRST + dt.timedelta(days=days))
words = st.text("abcđê 012", max_size=60)
papers = st.builds(
    ToldPaper, id=ids, name=words, required_document_id=st.none() | st.integers(1, 3), file_id=st.none() | ids,
    added_by=st.none() | accounts,
)  # fmt: skip
dossiers = st.builds(
    ToldDossier,
    id=ids, code=st.none() | st.just("H44.100-261123-0001"), version=st.integers(1, 9), state=st.sampled_from(State),
    national=st.none(), procedure_version_id=st.just(1), procedure_code=st.just("1.001193"), procedure_name=words,
    case_id=st.none(), request=words, channel=st.sampled_from(Channel), applicant_name=words,
    entity_kind=st.none() | st.sampled_from(EntityKind),
    personal_id=st.sampled_from(["", "025190012123", "123456789", "000000001", "12"]), entity_number=words, phone=words,
    email=words, submitted_by=st.none() | accounts, intake_agency_id=st.just(1), competent_agency_id=st.just(1),
    submitted_at=instants, received_at=st.none() | instants, due_at=st.none() | instants, refused_at=st.none() | instants,
    finished_at=st.none() | instants, delivered_at=st.none() | instants, returned_by_post=st.none() | st.booleans(),
    papers=st.lists(papers, max_size=3, unique_by=lambda one: one.id).map(tuple),
    supplements=st.lists(
        st.builds(ToldSupplement, id=ids, asked_by_id=st.just(9), what=words, asked_at=instants, answered_at=st.none()),
        max_size=1,
    ).map(tuple),
    outcomes=st.lists(
        st.builds(ToldOutcome, id=ids, title=words, number=words, file_id=st.none() | ids), max_size=1
    ).map(tuple),
)  # fmt: skip
filings = st.builds(
    Filed, dossier_id=ids, code=st.just("G22.99-1"), account=words, arrival_id=st.just(5), filed_at=instants
)
entries = st.lists(st.just("entry:1"), max_size=1).map(tuple)
money = st.builds(
    Money,
    charges=st.lists(st.builds(Charge, name=words, vnd=st.integers(0, 9999), is_fee=st.booleans()), max_size=1).map(tuple),
    paid=st.none() | st.builds(Paid, entries, entries, entries),
)  # fmt: skip
origins = st.builds(
    StoreOrigin, row=ids, file_id=ids, required_document_id=st.integers(1, 3), kind=st.sampled_from(["KQ.1", "KQ.2"]),
    title=words, number=words, issuer=words, sha256=words, verified_at=instants,
)  # fmt: skip
VIET_TRI = AgencyCard(
    AgencyId(1), "H44.100", "UBND phường Việt Trì", "Phường Việt Trì", AgencyKind.COMMUNE, "", is_open=True
)


@st.composite
def grounded(draw: st.DrawFn) -> tuple[ToldDossier, Ground]:
    """Return a dossier, and rows around it that may or may not be about it."""
    row = draw(dossiers)
    row = _with(row, national=national_code(row.state))
    moments = {(account, row.submitted_at): 77 for account in draw(st.sets(accounts))}
    return row, Ground(
        filings={one.dossier_id: one for one in draw(st.lists(filings, max_size=2))},
        agencies={1: VIET_TRI},
        codes={1: VersionCodes("LV1", "Hộ tịch", draw(st.sampled_from([(), ("KQ.1",), ("KQ.1", "KQ.2")])))},
        officers=frozenset(draw(st.sets(accounts))),
        uses=draw(st.dictionaries(st.tuples(ids, st.integers(1, 3)), ids, max_size=2)),
        sign_ins=moments,
        appointments={},
        money=draw(st.dictionaries(ids, money, max_size=2)),
        stored=draw(st.dictionaries(st.tuples(ids, ids), origins, max_size=3)),
        asked=draw(st.dictionaries(ids, ids, max_size=2)),
    )


def _with(row: ToldDossier, **changes: object) -> ToldDossier:
    import dataclasses

    return dataclasses.replace(row, **changes)  # type: ignore[arg-type] # fields by name


@settings(max_examples=600)
@given(grounded())
def test_nothing_is_told_that_no_row_bears_out(given_: tuple[ToldDossier, Ground]) -> None:
    row, ground = given_
    one = dossier_of(row, ground)
    told: Any = one if isinstance(one, Unfit) else encode(one)
    if isinstance(told, Unfit):
        return
    filed, books = ground.filings.get(row.id), ground.money.get(row.id)
    assert told["MaHoSo"] == (filed.code if filed else row.code)
    assert row.national is not None
    assert told["TrangThaiHoSo"] == row.national.value
    _check_identity(told, row)
    assert told["NoiNopHoSo"] == ("1" if filed else "2")
    if "TaiKhoanDuocXacThucVoiVNeID" in told:
        assert not filed
        signed_in = (row.submitted_by, row.submitted_at) in ground.sign_ins
        assert told["TaiKhoanDuocXacThucVoiVNeID"] == ("1" if signed_in else "0")
    if "DuocThanhToanTrucTuyen" in told:
        paid = books.paid if books else None
        assert paid is not None
        assert told["DuocThanhToanTrucTuyen"] != "1" or paid.national
        assert told["DuocThanhToanTrucTuyen"] != "2" or paid.provincial
    assert "DSKetNoiCSDL" not in told
    for paper, sent in zip(row.papers, told.get("TaiLieuNop", []), strict=True):
        _check_paper(sent, paper, row, ground)


def _check_identity(told: Any, row: ToldDossier) -> None:
    sent = [one["SoDinhDanh"] for one in told.get("DinhDanhCHS", [])]
    assert sent == ([row.personal_id] if row.personal_id else [])


def _check_paper(sent: Any, paper: ToldPaper, row: ToldDossier, ground: Ground) -> None:
    kept = ground.stored.get((row.id, paper.file_id)) if paper.file_id else None
    stored = kept if kept and kept.required_document_id == paper.required_document_id else None
    if sent.get("DuocSoHoa") == "1":
        assert paper.file_id
        assert paper.added_by in ground.officers
        assert stored is None, "fetched is not scanned"
    if sent.get("DuocSoHoa") == "0":
        assert paper.file_id is None
    assert (sent.get("DuocLayTuKhoDMQG") == "1") == (stored is not None)
    if sent.get("DuocLayTuKhoDMQG") == "0":
        assert row.id in ground.asked, "no is said only where somebody asked"
    assert sent.get("MaKetQuaThayThe", "") == (stored.kind if stored else "")
    is_used = (row.id, paper.required_document_id) in ground.uses
    assert (sent["DuocTaiSuDung"] == "2") == (is_used or stored is not None)
    assert ("DuongDanTaiTepTin" in sent) == (paper.file_id is not None)


@given(grounded())
def test_who_filed_at_a_counter_has_no_flag_of_an_account(given_: tuple[ToldDossier, Ground]) -> None:
    row, ground = given_
    one = dossier_of(_with(row, submitted_by=None, papers=()), ground)
    told = one if isinstance(one, Unfit) else encode(one)
    if not isinstance(told, Unfit):
        assert set(told) & SCORING <= {"NoiNopHoSo", "DuocThanhToanTrucTuyen"}
