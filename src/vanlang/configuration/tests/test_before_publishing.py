"""Before a procedure is published: simulated without a trace, the dossiers it touches, what departments lack."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vanlang.catalogue.models import Procedure, ProcedureVersion
from vanlang.configuration.queries import coverage, impact
from vanlang.configuration.services.simulating import simulate
from vanlang.configuration.tests.browser import browser_of
from vanlang.configuration.tests.conftest import Admins
from vanlang.configuration.tests.tables import apply, propose, table
from vanlang.dossiers.models import CodeCounter, Dossier
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.eforms.api import load_definitions
from vanlang.identity.api import Role
from vanlang.identity.models import Appointment, Person
from vanlang.sheets.api import grid_of

CODE = "1.001193"
LINES = [
    {"procedure": CODE, "position": 1, "name": "Tiếp nhận", "role": "counter", "share": 10},
    {"procedure": CODE, "position": 2, "name": "Thẩm định", "role": "specialist", "share": 70},
    {"procedure": CODE, "position": 3, "name": "Ký", "role": "leader", "share": 20},
]


def test_a_hundred_filings_are_delivered_and_leave_no_trace(
    world: World, admins: Admins, at: dt.datetime
) -> None:
    before = Dossier.objects.count(), Person.objects.count(), CodeCounter.objects.count()
    found = simulate(procedure_code=CODE, run_id=None, filings=100, at=at)
    assert (found.filings, found.delivered) == (100, 100)
    assert dict(found.flow)[State.DELIVERED] == 100
    assert (Dossier.objects.count(), Person.objects.count(), CodeCounter.objects.count()) == before
    assert found == simulate(procedure_code=CODE, run_id=None, filings=100, at=at)
    assert {one.where for one in found.troubles} == {"fee", "form", "template"}
    assert all(sample.due_at for sample in found.samples)


def test_it_says_where_nobody_is_appointed(world: World, admins: Admins, at: dt.datetime) -> None:
    Appointment.objects.filter(agency_id=world.nong_trang.id, roles=[Role.LEADER.value]).update(
        valid_to=at.date()
    )
    found = simulate(procedure_code=CODE, run_id=None, filings=10, at=at)
    assert [(code, roles) for code, _, roles in found.unstaffed] == [("H44.101", (Role.LEADER,))]
    assert [(one.code, one.roles) for one in coverage.unstaffed(at.date()) if one.code == "H44.101"] == [
        ("H44.101", (Role.LEADER,))
    ]


def test_without_a_limit_nothing_can_be_received(world: World, admins: Admins, at: dt.datetime) -> None:
    ProcedureVersion.objects.get(pk=world.version_id).limits.all().delete()
    ProcedureVersion.objects.filter(pk=world.version_id).update(revision=1)
    found = simulate(procedure_code=CODE, run_id=None, filings=30, at=at)
    assert {"clock": 30}.items() <= {one.where: one.count for one in found.troubles}.items()


def test_a_proposed_process_is_walked_before_it_is_approved(
    world: World, admins: Admins, at: dt.datetime
) -> None:
    twice = [
        *LINES[:2],
        {**LINES[1], "position": 3, "name": "Thẩm định lần hai"},
        {**LINES[2], "position": 4},
    ]
    run = propose("quy-trinh", table("quy-trinh", *twice, at=at), admins.quan, at)
    found = simulate(procedure_code=CODE, run_id=run.pk, filings=20, at=at)
    assert found.proposed and found.delivered == 20
    assert dict(found.acts)["Nhận xử lý"] >= 40
    assert ProcedureVersion.objects.filter(procedure__code=CODE).count() == 1


def test_the_made_up_answers_pass_the_real_form(world: World, admins: Admins, at: dt.datetime) -> None:
    load_definitions(settings.VANLANG_REFERENCE / "eforms")
    case = ProcedureVersion.objects.get(pk=world.version_id).cases.get()
    case.form_code = "birth-registration"
    case.save()
    ProcedureVersion.objects.filter(pk=world.version_id).update(revision=2)
    found = simulate(procedure_code=CODE, run_id=None, filings=50, at=at)
    assert [one for one in found.troubles if one.where == "form"] == []
    case.form_code = "no-such-form"
    case.save()
    ProcedureVersion.objects.filter(pk=world.version_id).update(revision=3)
    found = simulate(procedure_code=CODE, run_id=None, filings=50, at=at)
    assert [(one.what, one.count) for one in found.troubles if one.where == "form"] == [
        ("Không có mẫu đơn “no-such-form”", 50)
    ]


@pytest.mark.usefixtures("monday")
def test_a_new_version_says_which_dossiers_stay_on_theirs(
    world: World, admins: Admins, at: dt.datetime
) -> None:
    Lives(world).to(State.IN_PROGRESS)
    run = apply(propose("quy-trinh", table("quy-trinh", *LINES, at=at), admins.quan, at), admins.linh, at)
    current, (one,) = impact.impact_of(CODE, at.date() + dt.timedelta(days=1))
    assert one.version.id == world.version_id != current.id and one.total == 1
    assert {change.path.partition(".")[0] for change in one.changed} == {"Quy trình"}
    assert "running_dossiers" in run.choices
    page = browser_of(admins.quan).get(
        reverse("configuration:touched", args=[CODE]), {"trang-thai": "in_progress"}
    )
    text = page.content.decode()
    assert Dossier.objects.get().code in text and "Nguyễn Thị Lan" not in text


@pytest.mark.usefixtures("monday")
def test_coverage_is_one_line_for_each_procedure_and_few_queries_for_many(
    world: World, admins: Admins, at: dt.datetime
) -> None:
    template = ProcedureVersion.objects.get(pk=world.version_id)
    procedures = Procedure.objects.bulk_create(Procedure(code=f"2.{number:06d}") for number in range(2142))
    versions = []
    for procedure in procedures:
        template.pk, template.procedure = None, procedure
        template.is_ready, template.lacks = False, ["limit_missing", "fee_prose"]
        versions.append(ProcedureVersion(**{field.attname: getattr(template, field.attname) for field in ProcedureVersion._meta.concrete_fields if field.attname != "id"}))  # fmt: skip
    ProcedureVersion.objects.bulk_create(versions)
    with CaptureQueriesContext(connection) as asked:
        found = coverage.lines(at.date())
    assert len(asked) < 12 and len(found) == 2143
    (summary,) = coverage.summaries(found, at.date())
    assert (summary.total, summary.ready) == (2143, 1)
    assert dict(zip(coverage.PARTS, summary.counts, strict=True))["clock"] == 2142
    browser = browser_of(admins.quan)
    assert (
        browser.get(reverse("configuration:coverage"), {"co-quan": "H44.100", "thieu": "clock"}).status_code
        == 200
    )
    rows = grid_of(browser.get(reverse("configuration:coverage_file")).content).rows
    assert len(rows) == 1 + 2143
