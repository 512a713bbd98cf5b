"""The portal's catalogue beside ours: found, proposed by one person, taken over by another through the importer. Nothing else changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.support.people import sign_in

from vanlang.audit.models import Record
from vanlang.catalogue.api import find_procedure, get_version, read_record
from vanlang.catalogue.models import Field, ProcedureVersion
from vanlang.dossiers.tests.factories import make_officer
from vanlang.identity.api import Actor, Role
from vanlang.kernel.clock import frozen
from vanlang.nationalportal.adapters.feed import pull_feed
from vanlang.nationalportal.adapters.lists import pull_lists
from vanlang.nationalportal.errors import FeedNotAllowedError, FeedNotPossibleError
from vanlang.nationalportal.models import FeedItem, FeedRun, ListDifference
from vanlang.nationalportal.queries.feed import find_feed_item, list_feed
from vanlang.nationalportal.queries.published import published
from vanlang.nationalportal.rules.procedures import record_of
from vanlang.nationalportal.services.feed import apply_feed, ask_feed, keep_ours, propose_feed, return_feed
from vanlang.nationalportal.tests.conftest import MINUTE, Wire
from vanlang.nationalportal.tests.portal import Call
from vanlang.nationalportal.types import FeedChange, ListKind
from vanlang.organizations.api import AgencyKind, NewName, add_agency, list_units

OURS, NEW = "1.001193", "2.999999"


@dataclass
class Catalogue:
    """What the portal has, as it answers for it; told to go wrong by code."""

    procedures: dict[str, dict[str, Any]]
    wrong: dict[str, Call | bytes | int | None] = field(default_factory=dict)
    listed: int | None = None

    def answer(self, path: str, call: Call) -> Call | bytes | int | None:
        match call["service"]:
            case "LayDanhSachTTHC":
                rows = [{"MATTHC": code, "TENTTHC": one["TENTTHC"]} for code, one in self.procedures.items()]
                return {
                    "error_code": "0",
                    "data": rows,
                    "tong": len(rows) if self.listed is None else self.listed,
                }
            case "LayDanhMucCoQuan":
                return {"error_code": "0", "data": [{"MADONVI": "G15", "TENDONVI": "Bộ Tư pháp"}], "tong": 1}
            case "LayDanhMucLinhVuc":
                rows = [{"MALINHVUC": "G15-HT", "TENLINHVUC": "Hộ tịch"}]
                return {"error_code": "0", "data": rows, "tong": 1}
            case "LayThuTuc":
                code = call["maTTHC"]
                return (
                    self.wrong[code]
                    if code in self.wrong
                    else {"error_code": "0", "data": self.procedures[code]}
                )
            case _:
                return {"error_code": "7"}


@dataclass
class Feed:
    wire: Wire
    there: Catalogue
    quan: Actor
    linh: Actor
    at: dt.datetime

    def read(self) -> FeedRun:
        self.at += MINUTE
        run_id = ask_feed(actor=None, at=self.at, defer=False)
        pull_feed(run_id, clock=lambda: self.at, line=self.wire.line)
        return FeedRun.objects.get(pk=run_id)

    def changes(self) -> dict[str, str]:
        return dict(FeedItem.objects.values_list("code", "change"))

    def propose(self, *codes: str, by: Actor | None = None) -> None:
        propose_feed(codes=codes, valid_from=self.at.date(), actor=by or self.quan, at=self.at)

    def apply(self, *codes: str, by: Actor | None = None) -> None:
        apply_feed(codes=codes, actor=by or self.linh, at=self.at)


@pytest.fixture
def feed(wire: Wire) -> Feed:
    at = wire.at
    office = add_agency(
        code="H44.01", kind=AgencyKind.PROVINCE, name=NewName("Văn phòng UBND tỉnh", "VP UBND tỉnh"), valid_from=dt.date(2025, 7, 1)
    )  # fmt: skip
    unit = list_units(office, at.date())[0].id

    def editor(username: str, name: str) -> Actor:
        return make_officer(
            username, name, int(office), unit, "Kiểm soát thủ tục", {Role.CATALOGUE_EDITOR}, at
        )

    told = {str(one["MATTHC"]): one for one in published(at.date())["procedures"]}
    there = Catalogue(told)
    wire.portal.usual = there.answer
    return Feed(wire, there, editor("quan", "Đỗ Minh Quân"), editor("linh", "Phan Thùy Linh"), at)


def as_new(feed: Feed, **changed: object) -> None:
    feed.there.procedures[NEW] = {
        **feed.there.procedures[OURS],
        "MATTHC": NEW,
        "TENTTHC": "Thủ tục mới",
        **changed,
    }


def test_what_is_alike_says_nothing(feed: Feed) -> None:
    run = feed.read()
    assert (run.state, run.total, run.done, run.silent) == ("done", 1, 1, 0)
    assert feed.changes() == {}


def test_new_changed_withdrawn_and_unreadable_are_told_apart_and_nothing_is_applied(feed: Feed) -> None:
    before = list(ProcedureVersion.objects.values())
    as_new(feed)
    feed.there.procedures[OURS] |= {"YEUCAU": "Phải có mặt"}
    feed.there.procedures["3.000001"] = {
        **feed.there.procedures[OURS],
        "MATTHC": "3.000001",
        "CAPTHUCHIEN": [{"CAPTHUCHIEN": "9"}],
    }
    feed.there.procedures["3.000002"] = {
        **feed.there.procedures[OURS],
        "MATTHC": "3.000002",
        "CAPTHUCHIEN": [{"CAPTHUCHIEN": "0"}],
    }
    feed.read()
    assert feed.changes() == {NEW: "new", OURS: "changed", "3.000001": "unreadable"}, (
        "a ministry's own is nobody's here"
    )
    page = find_feed_item(OURS)
    assert page is not None
    assert [(line.place, line.ours, line.theirs) for line in page.lines] == [
        ("Yêu cầu, điều kiện", "–", "Phải có mặt")
    ]
    (bad,) = list_feed(FeedChange.UNREADABLE)
    assert bad.problem is not None
    assert "“9”" in bad.problem.says and bad.problem.do_now
    del feed.there.procedures[OURS]
    feed.read()
    assert feed.changes()[OURS] == "withdrawn"
    assert list(ProcedureVersion.objects.values()) == before


def test_read_again_it_is_the_same_and_alike_again_it_is_gone(feed: Feed) -> None:
    as_new(feed)
    feed.read()
    first = FeedItem.objects.get(pk=NEW)
    feed.read()
    again = FeedItem.objects.get(pk=NEW)
    assert (again.since_at, again.digest) == (first.since_at, first.digest)
    feed.there.procedures[OURS] |= {"YEUCAU": "Phải có mặt"}
    feed.read()
    feed.there.procedures[OURS] |= {"YEUCAU": ""}
    feed.read()
    assert OURS not in feed.changes()


def test_what_was_new_and_left_the_portals_list_again_is_forgotten(feed: Feed) -> None:
    as_new(feed)
    feed.read()
    feed.propose(NEW)
    del feed.there.procedures[NEW]
    feed.read()
    assert NEW not in feed.changes()
    with pytest.raises(FeedNotPossibleError):
        feed.apply(NEW)


def test_one_proposes_another_takes_over_by_the_importer(feed: Feed) -> None:
    as_new(feed, KETQUATHUCHIEN=[{"MAKETQUA": "KQ.G15.000031", "TENKETQUA": "Giấy khai sinh"}])
    feed.read()
    feed.propose(NEW)
    assert find_procedure(NEW, feed.at.date()) is None, "proposed is not applied"
    with pytest.raises(FeedNotAllowedError):
        feed.apply(NEW, by=feed.quan)
    feed.apply(NEW)
    taken = find_procedure(NEW, feed.at.date())
    assert taken is not None
    version = get_version(taken.version_id)
    assert version.name == "Thủ tục mới" and version.source.startswith("Cổng Dịch vụ công quốc gia")
    assert [one.code for one in version.outcome_kinds] == ["KQ.G15.000031"]
    assert set(Record.objects.filter(object_id="feed").values_list("act", flat=True)) == {
        "nationalportal.propose_feed", "nationalportal.apply_feed",
    }  # fmt: skip
    with pytest.raises(FeedNotPossibleError):
        feed.apply(NEW)
    feed.read()
    assert not list_feed(FeedChange.NEW) and not list_feed(FeedChange.CHANGED), (
        "decided upon, it does not come back"
    )


def test_the_database_admits_no_one_person(feed: Feed) -> None:
    from django.db import IntegrityError, transaction

    as_new(feed)
    feed.read()
    feed.propose(NEW)
    with pytest.raises(IntegrityError), transaction.atomic():
        FeedItem.objects.filter(pk=NEW).update(decided_by=feed.quan.appointment_id)


def test_what_changed_there_since_it_was_proposed_is_looked_at_again(feed: Feed) -> None:
    as_new(feed)
    feed.read()
    feed.propose(NEW)
    feed.there.procedures[NEW] |= {"TENTTHC": "Tên khác nữa"}
    feed.read()
    with pytest.raises(FeedNotPossibleError):
        feed.apply(NEW)
    assert [one.name for one in list_feed(FeedChange.NEW)] == ["Tên khác nữa"]


def test_a_withdrawn_procedure_ends_on_the_day_that_was_agreed(feed: Feed) -> None:
    del feed.there.procedures[OURS]
    as_new_only = {NEW: {"MATTHC": NEW, "TENTTHC": "Của bộ", "CAPTHUCHIEN": [{"CAPTHUCHIEN": "0"}]}}
    feed.there.procedures |= as_new_only
    feed.read()
    feed.propose(OURS)
    feed.apply(OURS)
    assert find_procedure(OURS, feed.at.date()) is None
    assert find_procedure(OURS, feed.at.date() - dt.timedelta(days=1)) is not None


def test_what_begins_today_cannot_end_today_and_nobody_says_that_it_did(feed: Feed) -> None:
    as_new(feed)
    feed.read()
    feed.propose(NEW)
    feed.apply(NEW)
    del feed.there.procedures[NEW]
    feed.read()
    feed.propose(NEW)
    with pytest.raises(FeedNotPossibleError) as refused:
        feed.apply(NEW)
    assert refused.value.code == "nationalportal.feed_cannot_end" and refused.value.facts["procedure"] == NEW
    assert find_procedure(NEW, feed.at.date()) is not None


def test_ours_is_kept_with_a_reason_until_the_portal_says_something_else(feed: Feed) -> None:
    feed.there.procedures[OURS] |= {"YEUCAU": "Phải có mặt"}
    feed.read()
    with pytest.raises(FeedNotPossibleError):
        keep_ours(code=OURS, reason=" ", actor=feed.quan, at=feed.at)
    keep_ours(code=OURS, reason="Tỉnh đã bỏ yêu cầu này.", actor=feed.quan, at=feed.at)
    feed.read()
    assert not list_feed(FeedChange.CHANGED)
    feed.there.procedures[OURS] |= {"YEUCAU": "Phải có mặt hai người"}
    feed.read()
    assert [one.code for one in list_feed(FeedChange.CHANGED)] == [OURS]


def test_a_proposal_is_sent_back_with_a_reason(feed: Feed) -> None:
    as_new(feed)
    feed.read()
    feed.propose(NEW)
    return_feed(codes=[NEW], reason="Chờ quyết định công bố", actor=feed.linh, at=feed.at)
    (item,) = list_feed(FeedChange.NEW)
    assert (item.reason, item.is_proposed) == ("Chờ quyết định công bố", False)
    feed.propose(NEW)


def test_what_cannot_be_proposed_is_said(feed: Feed) -> None:
    as_new(feed, CAPTHUCHIEN=[{"CAPTHUCHIEN": "9"}])
    feed.read()
    for codes, code in (
        ([], "feed_nothing_chosen"),
        (["9.1"], "feed_nothing_chosen"),
        ([NEW], "feed_unreadable_chosen"),
    ):
        with pytest.raises(FeedNotPossibleError) as refused:
            feed.propose(*codes)
        assert refused.value.code == f"nationalportal.{code}"


@pytest.mark.parametrize(
    "wrong", [None, b"<html>", 500, {"error_code": "99"}, {"error_code": "5"}, {"error_code": "-2"}]
)
def test_a_procedure_that_is_not_told_stays_as_it_was(feed: Feed, wrong: Any) -> None:
    as_new(feed)
    feed.read()
    feed.there.wrong = {NEW: wrong}
    run = feed.read()
    assert (run.state, run.silent) == ("done", 1)
    assert feed.changes() == {NEW: "new"}


def test_half_a_list_withdraws_nothing(feed: Feed) -> None:
    feed.there.procedures.clear()
    feed.there.listed = 9
    assert feed.read().failure == "list_incomplete"
    assert feed.changes() == {}


def test_a_portal_that_is_down_ends_the_run(feed: Feed) -> None:
    for number in range(30):
        feed.there.procedures[f"4.{number:06}"] = {"TENTTHC": "x"}
        feed.there.wrong[f"4.{number:06}"] = 503
    run = feed.read()
    assert (run.state, run.failure) == ("failed", "did_not_answer")


def test_one_run_at_a_time_and_a_lost_one_is_taken_over(feed: Feed) -> None:
    ask_feed(actor=feed.quan, at=feed.at, defer=False)
    with pytest.raises(FeedNotPossibleError):
        ask_feed(actor=feed.linh, at=feed.at + MINUTE, defer=False)
    ask_feed(actor=feed.linh, at=feed.at + 16 * MINUTE, defer=False)
    assert dict(FeedRun.objects.values_list("state", "failure")) == {"failed": "worker_lost", "running": ""}


def test_sectors_get_their_codes_by_name_from_an_editor(feed: Feed) -> None:
    Field.objects.update(code="")
    pull_lists(at=feed.at, line=feed.wire.line)
    row = ListDifference.objects.get(kind=ListKind.SECTOR)
    assert (row.change, row.code, row.ours) == ("uncoded", "G15-HT", "Hộ tịch")
    client = Client()
    sign_in(client, feed.quan)
    with frozen(feed.at):
        page = client.get(f"{reverse('portal_desk:code_lists')}?danh-muc=sector").content.decode()
        assert "Ghi mã của Cổng" in page and "Tỉnh chưa ghi mã" in page
        assert client.post(reverse("portal_desk:take_codes")).status_code == 303
    assert Field.objects.get(name="Hộ tịch").code == "G15-HT"
    pull_lists(at=feed.at + MINUTE, line=feed.wire.line)
    assert not ListDifference.objects.filter(kind=ListKind.SECTOR).exists()


def test_the_pages_lead_from_the_list_to_the_catalogue(feed: Feed) -> None:
    as_new(feed)
    feed.there.procedures[OURS] |= {"YEUCAU": "Phải có mặt"}
    feed.read()
    quan, linh, here = Client(), Client(), reverse("portal_desk:feed")
    sign_in(quan, feed.quan)
    sign_in(linh, feed.linh)
    with frozen(feed.at):
        assert "Phải có mặt" in quan.get(reverse("portal_desk:feed_item", args=[OURS])).content.decode()
        assert quan.get(reverse("portal_desk:feed_item", args=["0.0"])).status_code == 404
        nothing = quan.post(
            reverse("portal_desk:feed_propose"), {"viec": "de-nghi", "valid_from": "x", "thu-tuc": NEW}
        )
        assert nothing.status_code == 422 and "checked" in nothing.content.decode(), "what was ticked is kept"
        told = {"viec": "de-nghi", "valid_from": f"{feed.at:%d/%m/%Y}", "thu-tuc": NEW}
        assert quan.post(reverse("portal_desk:feed_propose"), told).status_code == 303
        assert "người đề nghị không tự duyệt" in quan.get(here).content.decode()
        quan.post(reverse("portal_desk:feed_decide"), {"viec": "duyet", "thu-tuc": NEW})
        assert "không tự duyệt đề nghị của mình" in quan.get(here).content.decode()
        assert find_procedure(NEW, feed.at.date()) is None
        linh.post(reverse("portal_desk:feed_decide"), {"viec": "duyet", "thu-tuc": NEW})
        assert "Đã nhập 1 thủ tục" in linh.get(here).content.decode()
    assert find_procedure(NEW, feed.at.date()) is not None


def test_whoever_works_elsewhere_looks_and_changes_nothing(feed: Feed) -> None:
    as_new(feed)
    feed.read()
    client = Client()
    mine = feed.wire.world.viet_tri
    sign_in(client, make_officer("bien", "Vũ Văn Biên", int(mine.id), next(iter(mine.units.values())), "Quản lý danh mục", {Role.CATALOGUE_EDITOR}, feed.at))  # fmt: skip
    with frozen(feed.at):
        assert NEW in client.get(reverse("portal_desk:feed")).content.decode()
        told = {"viec": "de-nghi", "valid_from": f"{feed.at:%d/%m/%Y}", "thu-tuc": NEW}
        assert client.post(reverse("portal_desk:feed_propose"), told).status_code == 403


junk: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("aĐ19 .,/()", max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["KENH", "THOIGIAN", "GIAYTO", "SOTIEN"]), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
NAMES = [
    "MATTHC", "TENTTHC", "LINHVUCTHUCHIEN", "CAPTHUCHIEN", "DOITUONGTHUCHIEN", "COQUANTHUCHIEN", "TRINHTUTHUCHIEN", "YEUCAU",
    "CACHTHUCTHUCHIEN", "THANHPHANHOSO", "CANCUPHAPLY", "KETQUATHUCHIEN",
]  # fmt: skip


@given(st.dictionaries(st.sampled_from(NAMES), junk))
def test_whatever_is_answered_is_read_or_refused_with_a_reason(told: dict[str, Any]) -> None:
    read = read_record(1, record_of(told))
    assert (read.source is None) != (read.problem is None)
