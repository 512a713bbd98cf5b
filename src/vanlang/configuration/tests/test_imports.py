"""From a file to the house and back: preview without writing, two people, batches, undo, and what rests on something newer."""

from __future__ import annotations

import datetime as dt

import pytest

from vanlang.audit.api import list_records
from vanlang.calendars.api import list_days, list_hours_periods
from vanlang.catalogue.api import StepContent, StepRole, change_process, get_procedure, get_version
from vanlang.configuration import services
from vanlang.configuration.errors import ImportConflictError, ImportNotAllowedError, NothingToImportError
from vanlang.configuration.kinds import KINDS
from vanlang.configuration.models import ImportRow, ImportRun
from vanlang.configuration.services import deciding
from vanlang.configuration.tests.conftest import Admins
from vanlang.configuration.tests.tables import apply, exported, propose, rows, table, undo
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.identity.api import Role, list_staff
from vanlang.identity.models import Account, Appointment
from vanlang.organizations.api import NewName, find_agency_by_code, list_units, merge

MAI = {
    "username": "bach.dt", "full_name": "Đinh Thị Bạch", "agency": "Phường Việt Trì", "unit": "tu phap - ho tich",
    "title": "Công chức", "roles": ["specialist"],
}  # fmt: skip
STEPS = [
    ("Tiếp nhận", "counter", 10),
    ("Thẩm định", "specialist", 60),
    ("Ký", "leader", 20),
    ("Phát hành", "clerk", 10),
]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_exported_and_imported_again_changes_nothing(
    kind: str, admins: Admins, at: dt.datetime
) -> None:
    content = services.export(kind_slug=kind, actor=admins.quan, at=at)
    if not exported(kind, admins.quan, at):
        with pytest.raises(NothingToImportError):
            propose(kind, content, admins.quan, at)
        return
    run = propose(kind, content, admins.quan, at)
    assert set(run.totals) == {"same"} and run.totals["same"] == len(exported(kind, admins.quan, at))
    assert rows(run.pk) == []


def test_a_preview_writes_nothing(admins: Admins, at: dt.datetime) -> None:
    before = Account.objects.count(), Appointment.objects.count()
    run = propose("can-bo", table("can-bo", MAI, at=at), admins.quan, at)
    assert run.totals == {"new": 1}
    assert (Account.objects.count(), Appointment.objects.count()) == before
    (row,) = rows(run.pk)
    assert row.after["agency"] == "H44.100" and row.after["unit"] == "Tư pháp - Hộ tịch"
    assert row.after["valid_from"] == "2026-11-23"


def test_nobody_decides_on_their_own_proposal(admins: Admins, at: dt.datetime) -> None:
    run = propose("can-bo", table("can-bo", MAI, at=at), admins.quan, at)
    with pytest.raises(ImportNotAllowedError) as refused:
        apply(run, admins.quan, at)
    assert refused.value.code == "configuration.second_person"
    done = apply(run, admins.linh, at)
    assert done.state == "applied" and done.done_groups == done.total_groups == 1
    account = Account.objects.get(username="bach.dt")
    assert not account.has_usable_password()
    acts = [record.act for record in list_records(object_type="import", object_id=run.pk)]
    assert acts == ["configuration.apply_import", "configuration.propose_import"]


def test_another_agencys_administrator_neither_writes_nor_decides(
    world: World, admins: Admins, at: dt.datetime
) -> None:
    other = table("can-bo", {**MAI, "agency": "H44.101"}, at=at)
    run = propose("can-bo", other, admins.tri, at)
    assert [one["code"] for one in rows(run.pk)[0].problems] == ["configuration.other_agency"]
    with pytest.raises(ImportNotAllowedError):
        apply(propose("can-bo", table("can-bo", MAI, at=at), admins.quan, at), admins.tri, at)
    with pytest.raises(ImportNotAllowedError) as refused:
        propose("ngay-nghi", table("ngay-nghi", at=at), admins.tri, at)
    assert refused.value.code == "configuration.province_only"


def test_every_problem_has_its_cell(admins: Admins, at: dt.datetime) -> None:
    lines = [
        {**MAI, "agency": "Xã Không Có"},
        {**MAI, "username": "Ma Quỷ", "unit": "Phòng không có"},
        {**MAI, "valid_from": "2026-12-01", "valid_to": "2026-11-30"},
        {**MAI, "username": "a.b", "full_name": ""},
    ]
    run = propose("can-bo", table("can-bo", *lines, at=at), admins.quan, at)
    found = [(one["cell"], one["code"].partition(".")[2]) for row in rows(run.pk) for one in row.problems]
    assert found == [
        ("C2", "unknown_agency"), ("A3", "bad_username"), ("D3", "unknown_unit"), ("I4", "period_backwards"), ("B5", "missing"),
    ]  # fmt: skip
    assert run.totals == {"faulty": 4} and run.total_groups == 0


def test_a_former_name_is_a_proposal_that_somebody_accepts(admins: Admins, at: dt.datetime) -> None:
    merge(
        codes=["H44.100", "H44.101"], into="H44.100", name=NewName("UBND phường Việt Trì", "Phường Việt Trì"),
        effective_on=dt.date(2026, 7, 1), decision="Nghị quyết", actor=admins.quan, at=at,
    )  # fmt: skip
    content = table("can-bo", {**MAI, "agency": "phuong nong trang"}, at=at)
    left_out = apply(propose("can-bo", content, admins.quan, at), admins.linh, at)
    (row,) = rows(left_out.pk)
    assert row.proposals[0] == {
        "cell": "C2", "said": "phuong nong trang", "code": "H44.100", "name": "Phường Việt Trì", "on": "2026-07-01",
    }  # fmt: skip
    assert row.refused == {"code": "configuration.former_name", "facts": {}}
    assert not Account.objects.filter(username="bach.dt").exists()
    apply(propose("can-bo", content, admins.quan, at), admins.linh, at, former_names=True)
    assert [card.username for card in list_staff(at.date()) if card.username == "bach.dt"] == ["bach.dt"]


def test_an_import_is_undone_unless_something_newer_rests_on_it(
    world: World, admins: Admins, at: dt.datetime
) -> None:
    another = {**MAI, "username": "hue.nt", "full_name": "Ngô Thị Huệ"}
    run = apply(propose("can-bo", table("can-bo", MAI, another, at=at), admins.quan, at), admins.linh, at)
    Account.objects.filter(username="hue.nt").update(last_login=at)
    Appointment.objects.filter(account__username="hue.nt").update(title="Phó phòng")
    done = undo(run, admins.linh, at)
    assert done.state == "undone"
    assert not Account.objects.filter(username="bach.dt").exists()
    first, second = rows(run.pk)
    assert first.undone_at is not None and second.undone_at is None
    assert second.refused["code"] == "configuration.newer_rests_on_it"
    with pytest.raises(ImportConflictError):
        undo(run, admins.linh, at)


def test_an_officer_who_acted_is_not_taken_away(world: World, admins: Admins, at: dt.datetime) -> None:
    here = {"username": "H44.100-specialist".lower(), "agency": "H44.100", "unit": "Tư pháp - Hộ tịch"}
    Lives(world).to(State.IN_PROGRESS)
    (line,) = [values for values in exported("can-bo", admins.quan, at) if values["roles"] == ["specialist"] and values["agency"] == "H44.100"]  # fmt: skip
    assert {key: line[key] for key in here} == here
    run = ImportRun.objects.get(
        pk=propose(
            "can-bo", table("can-bo", {**line, "title": "Chuyên viên chính"}, at=at), admins.quan, at
        ).pk
    )
    assert run.totals == {"changed": 1}
    apply(run, admins.linh, at)
    old, new = Appointment.objects.filter(account__username=here["username"]).order_by("id")
    assert (old.title, old.valid_to, new.title) == (
        "Công chức Tư pháp - Hộ tịch",
        at.date(),
        "Chuyên viên chính",
    )


def test_a_process_is_written_as_a_whole_by_another_editor(
    world: World, admins: Admins, at: dt.datetime
) -> None:
    lines = [
        {"procedure": "1.001193", "position": number, "name": name, "role": role, "share": share}
        for number, (name, role, share) in enumerate(STEPS[:3], start=1)
    ]
    short = propose("quy-trinh", table("quy-trinh", *lines, at=at), admins.quan, at)
    assert {one["code"] for row in rows(short.pk) for one in row.problems} == {"configuration.no_whole"}
    lines[2]["share"] = 30
    run = propose("quy-trinh", table("quy-trinh", *lines, at=at), admins.quan, at)
    assert run.totals == {"same": 2, "changed": 1, "removed": 1} and run.total_groups == 1
    apply(run, admins.linh, at)
    tomorrow = get_version(get_procedure("1.001193", at.date() + dt.timedelta(days=1)).version_id)
    assert [step.name for step in tomorrow.process] == ["Tiếp nhận", "Thẩm định", "Ký"]
    assert [step.name for step in get_version(world.version_id).process][-1] == "Vào số, phát hành"
    undo(run, admins.linh, at)
    assert len(exported("quy-trinh", admins.quan, at)) == 4


def test_shares_are_told_as_percentages_and_a_phase_that_is_not_said_stays(
    world: World, admins: Admins, at: dt.datetime
) -> None:
    steps = [
        StepContent("Thẩm định", StepRole.SPECIALIST, 1),
        StepContent("Báo nghĩa vụ", StepRole.SPECIALIST, 1),
        StepContent("Kiểm tra lại", StepRole.SPECIALIST, 1, phase=2),
        StepContent("Ký", StepRole.LEADER, 1, phase=2),
    ]
    tomorrow = at.date() + dt.timedelta(days=1)
    change_process(procedure_code="1.001193", steps=steps, valid_from=tomorrow, actor=admins.quan, at=at)
    lines = exported("quy-trinh", admins.quan, at)
    assert [(line["share"], line["phase"]) for line in lines] == [(25, 1), (25, 1), (25, 2), (25, 2)]
    typed = [{key: value for key, value in line.items() if key != "phase"} for line in lines]
    typed[0]["share"], typed[3]["share"] = 30, 20
    apply(propose("quy-trinh", table("quy-trinh", *typed, at=at), admins.quan, at), admins.linh, at)
    version = get_version(get_procedure("1.001193", tomorrow).version_id)
    assert [(step.share, step.phase) for step in version.process] == [(30, 1), (25, 1), (25, 2), (20, 2)]


def test_a_process_with_a_faulty_step_is_not_taken_at_all(admins: Admins, at: dt.datetime) -> None:
    lines = [
        {"procedure": "1.001193", "position": 1, "name": "Tiếp nhận", "role": "counter", "share": 10},
        {"procedure": "1.001193", "position": 2, "name": "Thẩm định", "role": "specialist", "share": -5},
    ]
    run = propose("quy-trinh", table("quy-trinh", *lines, at=at), admins.quan, at)
    assert run.totals == {"faulty": 2}
    assert [row.problems[0]["code"] for row in rows(run.pk)] == [
        "configuration.group_faulty",
        "configuration.negative",
    ]


def test_what_another_app_refuses_is_marked_and_the_rest_goes_on(admins: Admins, at: dt.datetime) -> None:
    lines = [
        {"procedure": "1.001193", "position": 1, "name": "Tiếp nhận", "role": "counter", "share": 50},
        {"procedure": "1.001193", "position": 2, "name": "Trả", "role": "counter", "share": 50},
    ]
    run = apply(propose("quy-trinh", table("quy-trinh", *lines, at=at), admins.quan, at), admins.linh, at)
    assert run.state == "applied"
    assert {row.refused["code"] for row in rows(run.pk)} == {"catalogue.process_empty"}


def test_fees_keep_their_tiers(admins: Admins, at: dt.datetime) -> None:
    fee = {
        "procedure": "1.001193", "position": 1, "name": "Phí chứng thực", "kind": "fee", "amount_vnd": 2000, "per": "trang",
        "first_units": 2, "then_vnd": 1000, "most_vnd": 200_000, "basis": "Thông tư",
    }  # fmt: skip
    run = apply(propose("phi", table("phi", fee, at=at), admins.quan, at), admins.linh, at)
    version = get_version(get_procedure("1.001193", at.date() + dt.timedelta(days=1)).version_id)
    money = version.fees[0].money
    assert (money.amount_vnd, money.first_units, money.then_vnd, money.most_vnd) == (2000, 2, 1000, 200_000)
    (line,) = exported("phi", admins.quan, at)
    assert {key: line[key] for key in fee} == fee
    assert run.state == "applied"


def test_days_and_hours(world: World, admins: Admins, at: dt.datetime) -> None:
    day = {"on": "2026-12-24", "kind": "off_morning", "name": "Họp dân", "source": "Thông báo của tỉnh"}
    run = apply(propose("ngay-nghi", table("ngay-nghi", day, at=at), admins.quan, at), admins.linh, at)
    assert [one.name for one in list_days(year=2026) if one.on == dt.date(2026, 12, 24)] == ["Họp dân"]
    undo(run, admins.linh, at)
    assert dt.date(2026, 12, 24) not in {one.on for one in list_days(year=2026)}
    week = [
        {"agency": "H44.100", "from_on": "2026-12-01", "weekday": str(number), "morning_opens": "07:00", "morning_closes": "11:30"}
        for number in range(5)
    ]  # fmt: skip
    run = apply(
        propose("gio-lam-viec", table("gio-lam-viec", *week, at=at), admins.quan, at), admins.linh, at
    )
    assert world.viet_tri.id in list_hours_periods()
    undo(run, admins.linh, at)
    assert world.viet_tri.id not in list_hours_periods()


def test_agencies_and_units(admins: Admins, at: dt.datetime) -> None:
    agency = {"code": "H44.150", "kind": "commune", "name": "UBND xã Lâm Thao", "short_name": "Xã Lâm Thao"}
    apply(propose("co-quan", table("co-quan", agency, at=at), admins.quan, at), admins.linh, at)
    new = find_agency_by_code("H44.150", at.date())
    assert new and new.name == "UBND xã Lâm Thao"
    renamed = {**agency, "name": "UBND xã Lâm Thao Mới"}
    run = apply(propose("co-quan", table("co-quan", renamed, at=at), admins.quan, at), admins.linh, at)
    assert find_agency_by_code("H44.150", at.date()).name == "UBND xã Lâm Thao Mới"  # type: ignore[union-attr] # made above
    undo(run, admins.linh, at)
    assert find_agency_by_code("H44.150", at.date()).name == "UBND xã Lâm Thao"  # type: ignore[union-attr] # made above
    unit = {"agency": "Xã Lâm Thao", "name": "Phòng Địa chính", "kind": "specialist"}
    run = apply(propose("don-vi", table("don-vi", unit, at=at), admins.quan, at), admins.quan, at)
    assert "Phòng Địa chính" in {one.name for one in list_units(new.id, at.date())}
    undo(run, admins.quan, at)
    assert "Phòng Địa chính" not in {one.name for one in list_units(new.id, at.date())}


def test_the_job_goes_on_where_it_died(
    admins: Admins, at: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "BATCH", 3)
    lines = [{**MAI, "username": f"cb{number:03d}"} for number in range(8)]
    run = propose("can-bo", table("can-bo", *lines, at=at), admins.quan, at)
    services.apply_import(
        run_id=run.pk, accept_former_names=False, running_dossiers="", actor=admins.linh, at=at
    )
    assert services.write_batch(run_id=run.pk, at=at)
    run.refresh_from_db()
    assert (run.done_groups, Account.objects.filter(username__startswith="cb").count()) == (3, 3)
    while services.write_batch(run_id=run.pk, at=at):
        pass
    assert Account.objects.filter(username__startswith="cb").count() == 8
    assert ImportRow.objects.filter(run=run, written_at__isnull=True).count() == 0


def test_ten_thousand_officers(admins: Admins, at: dt.datetime) -> None:
    lines = [
        {**MAI, "username": f"cb{number:05d}", "full_name": f"Cán bộ số {number}"} for number in range(10_000)
    ]
    run = propose("can-bo", table("can-bo", *lines, at=at), admins.quan, at)
    assert run.totals == {"new": 10_000}
    apply(run, admins.linh, at)
    assert (
        Appointment.objects.filter(account__username__startswith="cb", roles=[Role.SPECIALIST.value]).count()
        == 10_000
    )
    again = propose("can-bo", table("can-bo", *lines, at=at), admins.quan, at)
    assert again.totals == {"same": 10_000}
