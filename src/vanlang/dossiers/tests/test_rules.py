"""Codes, masks, steps, supplements, lateness, sight: the small laws, by tables and properties."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.dossiers.rules import access, lateness, masking, steps, supplement
from vanlang.dossiers.rules.access import Places, Sight, Viewer
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.codes import DossierCode
from vanlang.dossiers.rules.lateness import Timeliness
from vanlang.dossiers.rules.states import Hat, Party
from vanlang.dossiers.rules.steps import Step
from vanlang.dossiers.rules.supplement import ItemKind, SupplementItem
from vanlang.dossiers.tests import strategies
from vanlang.kernel.clock import VIETNAM

# --- codes ------------------------------------------------------------------------------------


def test_the_code_is_that_of_the_receipt() -> None:
    assert str(DossierCode("H44.100", date(2026, 11, 22), 1)) == "H44.100-261122-0001"


def test_the_ten_thousandth_dossier_of_a_day_has_five_digits() -> None:
    assert str(DossierCode("H44.100", date(2026, 11, 22), 10_000)) == "H44.100-261122-10000"


@given(strategies.codes)
def test_parsing_undoes_writing(code: DossierCode) -> None:
    assert DossierCode.parse(str(code)) == code
    assert DossierCode.parse(f"  {str(code).lower()} ") == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "H44.100",
        "H44.100-261122-0000",
        "H44.100-261322-0001",
        "H44.100-261122-00001",
        "H44.100-261122-1",
        "x'; --",
    ],
)
def test_what_is_no_code_is_none(text: str) -> None:
    assert DossierCode.parse(text) is None


# --- masks ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Nguyễn Thị Lan", "Nguyễn T. L."), ("Lê đình Phúc", "Lê Đ. P."), ("Lan", "Lan"), ("", "")],
)
def test_masked_names(name: str, shown: str) -> None:
    assert masking.mask_name(name) == shown


def test_masked_numbers() -> None:
    assert masking.mask_personal_id("025190012123") == "025******123"
    assert masking.mask_phone("0912345678") == "*******678"
    assert masking.mask_email("lan@example.vn") == "l***@example.vn"


@given(st.text(alphabet="0123456789", max_size=14))
def test_a_mask_keeps_the_length_and_hides_half(number: str) -> None:
    for shown in (masking.mask_personal_id(number), masking.mask_phone(number)):
        assert len(shown) == len(number)
        assert shown.count("*") * 2 >= len(number)


# --- steps ------------------------------------------------------------------------------------

PROCESS = [
    Step("Tiếp nhận", Party.COUNTER, 5),
    Step("Thẩm định chuyên môn", Party.SPECIALIST, 45),
    Step("Thẩm định pháp chế", Party.SPECIALIST, 20),
    Step("Trưởng phòng duyệt", Party.LEADER, 10),
    Step("Lãnh đạo ký", Party.LEADER, 10),
    Step("Phát hành", Party.CLERK, 5),
    Step("Trả kết quả", Party.COUNTER, 5),
]
ROAD = [
    (Act.RECEIVE, 0, Party.COUNTER, False, 0),
    (Act.ASSIGN, 0, Party.SPECIALIST, False, 1),
    (Act.HAND_OVER, 1, Party.SPECIALIST, True, 2),
    (Act.CLAIM, 2, Party.SPECIALIST, False, 2),
    (Act.PROPOSE, 2, Party.LEADER, False, 3),
    (Act.ENDORSE, 3, Party.LEADER, True, 4),
    (Act.RETURN_FOR_REWORK, 4, Party.SPECIALIST, False, 2),
    (Act.SIGN, 4, Party.CLERK, False, 5),
    (Act.RELEASE, 5, Party.COUNTER, False, 6),
]


@pytest.mark.parametrize(("act", "position", "waits_for", "onward", "expected"), ROAD)
def test_acts_move_along_the_process(
    act: Act, position: int, waits_for: Party, *, onward: bool, expected: int
) -> None:
    found = steps.position_after(act, steps=PROCESS, position=position, waits_for=waits_for, onward=onward)
    assert found == expected


def test_a_step_knows_whether_the_same_party_follows() -> None:
    assert steps.another_follows(Party.SPECIALIST, steps=PROCESS, position=1)
    assert not steps.another_follows(Party.SPECIALIST, steps=PROCESS, position=2)
    assert steps.another_follows(Party.LEADER, steps=PROCESS, position=3)
    assert not steps.another_follows(Party.LEADER, steps=PROCESS, position=4)
    assert not steps.another_follows(Party.LEADER, steps=[], position=0)


@given(strategies.processes, strategies.acts, st.sampled_from(Party), st.booleans(), st.data())
def test_the_position_stays_inside_the_process(
    process: list[Step], act: Act, party: Party, onward: bool, data: st.DataObject
) -> None:
    position = data.draw(st.integers(0, max(0, len(process) - 1)))
    found = steps.position_after(act, steps=process, position=position, waits_for=party, onward=onward)
    assert 0 <= found < max(1, len(process))
    if act is not Act.RETURN_FOR_REWORK and process:
        assert found >= position


# --- supplements ------------------------------------------------------------------------------

BIRTH = SupplementItem(ItemKind.DOCUMENT, "birth", "Giấy chứng sinh", "Ảnh mờ")
NAME = SupplementItem(ItemKind.FIELD, "mother_name", "Họ tên mẹ", "Khác với giấy chứng sinh")


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ([], "dossiers.supplement_empty"),
        ([BIRTH, NAME, BIRTH], "dossiers.supplement_twice"),
        ([SupplementItem(ItemKind.FIELD, "x", "Nơi sinh", "  ")], "dossiers.supplement_without_reason"),
        ([BIRTH, NAME], None),
    ],
)
def test_what_can_be_asked(items: list[SupplementItem], code: str | None) -> None:
    refusal = supplement.may_request(items)
    assert (refusal.code if refusal else None) == code


def test_an_answer_answers_everything_that_was_asked_and_nothing_else() -> None:
    asked = [BIRTH, NAME]
    whole = {(ItemKind.DOCUMENT, "birth"), (ItemKind.FIELD, "mother_name")}
    assert supplement.may_answer(asked, whole) is None
    half = supplement.may_answer(asked, {(ItemKind.FIELD, "mother_name")})
    assert half is not None
    assert half.facts == {"missing": "Giấy chứng sinh", "count": 1}
    more = supplement.may_answer(asked, whole | {(ItemKind.FIELD, "father_name")})
    assert more is not None
    assert more.code == "dossiers.supplement_not_asked"


# --- lateness ---------------------------------------------------------------------------------

DUE = datetime(2026, 11, 26, 17, 0, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("finished_at", "expected"),
    [
        (DUE - timedelta(days=1), Timeliness.EARLY),
        (DUE - timedelta(hours=3), Timeliness.ON_TIME),
        (DUE + timedelta(seconds=59), Timeliness.ON_TIME),
        (DUE + timedelta(minutes=1), Timeliness.LATE),
    ],
)
def test_a_finished_dossier(finished_at: datetime, expected: Timeliness) -> None:
    assert lateness.timeliness(due_at=DUE, finished_at=finished_at, at=finished_at) is expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (DUE - timedelta(days=5), Timeliness.RUNNING),
        (DUE - timedelta(days=2), Timeliness.DUE_SOON),
        (DUE, Timeliness.DUE_SOON),
        (DUE + timedelta(minutes=1), Timeliness.OVERDUE),
    ],
)
def test_an_open_dossier_warns(at: datetime, expected: Timeliness) -> None:
    assert lateness.timeliness(due_at=DUE, finished_at=None, at=at) is expected


def test_while_it_waits_for_others_nothing_grows_late() -> None:
    late = DUE + timedelta(days=30)
    assert lateness.timeliness(due_at=DUE, finished_at=None, at=late, paused=True) is Timeliness.PAUSED
    assert lateness.timeliness(due_at=None, finished_at=None, at=late) is Timeliness.NO_LIMIT


@given(strategies.instants, strategies.instants)
def test_what_is_overdue_today_will_be_late_when_finished_today(due_at: datetime, at: datetime) -> None:
    overdue = lateness.timeliness(due_at=due_at, finished_at=None, at=at) is Timeliness.OVERDUE
    late = lateness.timeliness(due_at=due_at, finished_at=at, at=at) is Timeliness.LATE
    assert overdue == late == (due_at < lateness.overdue_before(at))


# --- sight ------------------------------------------------------------------------------------


@given(strategies.viewers, strategies.places)
def test_who_cannot_see_has_no_standing(viewer: Viewer, places: Places) -> None:
    if access.sees(access.sight_of(viewer), places):
        return
    standing = access.standing_of(viewer, places)
    assert Party.APPLICANT not in standing.parties
    assert not standing.hats or not viewer.parties & access.OFFICERS


@given(strategies.places)
def test_who_has_no_role_sees_nothing(places: Places) -> None:
    admin = Viewer(frozenset(), person_id=places.applicant_id, agency_id=places.competent_agency_id)
    assert access.sight_of(admin) == access.NOTHING
    assert not access.sees(Sight(), places)


def test_one_agency_wears_several_hats() -> None:
    at = Places(100, 100, 200, "lan", None)  # type: ignore[arg-type] # a name reads better than a UUID
    assert access.hats_of(100, at) == {Hat.INTAKE, Hat.COMPETENT}
    assert access.hats_of(200, at) == {Hat.RETURN}
    assert access.hats_of(300, at) == frozenset()
    assert access.hats_of(None, at) == frozenset()
