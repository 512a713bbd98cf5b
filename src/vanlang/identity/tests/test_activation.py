"""A password is set by a slip, once; forgotten ones are taken away with a reason; staff lists are written in bulk."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from vanlang.audit.api import list_records
from vanlang.identity.api import (
    SYSTEM,
    ActivationError,
    AppointmentError,
    Enrolment,
    Role,
    amend_enrolment,
    discard_enrolment,
    enrol,
    issue_activations,
    list_staff,
    lock_out,
)
from vanlang.identity.models import Account, Activation, Appointment
from vanlang.identity.services import activate, find_activation
from vanlang.identity.tests.cast import Cast
from vanlang.kernel import clock
from vanlang.kernel.errors import Refusal
from vanlang.kernel.labels import sentence_of
from vanlang.organizations.api import list_units

WORDS = "tre xanh bến nước"


def token_for(account: Account, at: dt.datetime) -> str:
    (issued,) = issue_activations(account_ids=[account.pk], reason="Cán bộ mới", actor=SYSTEM, at=at)
    return issued.token


@pytest.fixture
def newcomer(cast: Cast, at: dt.datetime) -> Account:
    agency = Appointment.objects.order_by("id").first()
    assert agency
    line = Enrolment(
        username=" Bach ", full_name="Đinh Thị Bạch", agency_id=agency.agency_id, unit_id=agency.unit_id,
        title="Công chức", roles=frozenset({Role.COUNTER}), valid_from=at.date(),
    )  # fmt: skip
    enrol(enrolments=[line], actor=SYSTEM, at=at)
    return Account.objects.get(username="bach")


def test_a_bulk_account_has_no_password_until_it_is_activated(newcomer: Account, at: dt.datetime) -> None:
    assert not newcomer.has_usable_password()
    token = token_for(newcomer, at)
    with clock.frozen(at):
        browser = Client()
        shown = browser.get(f"/dang-nhap/kich-hoat/{token}/")
        assert shown.status_code == 200 and "Đinh Thị Bạch" in shown.content.decode()
        done = browser.post(f"/dang-nhap/kich-hoat/{token}/", {"new_password": WORDS, "repeated": WORDS})
        assert done.status_code == 303
        again = browser.get(f"/dang-nhap/kich-hoat/{token}/")
    assert again.status_code == 409 and "đã được dùng" in again.content.decode()
    newcomer.refresh_from_db()
    assert newcomer.check_password(WORDS)


def test_the_token_itself_is_nowhere_in_the_database(newcomer: Account, at: dt.datetime) -> None:
    token = token_for(newcomer, at)
    assert token not in str(list(Activation.objects.values()))
    assert token not in str(list_records(object_type="account", object_id=str(newcomer.pk)))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"new_password": "ngắn", "repeated": "ngắn"}, "identity.password_weak"),
        ({"new_password": "password123", "repeated": "password123"}, "identity.password_weak"),
        ({"new_password": WORDS, "repeated": WORDS + "x"}, "identity.passwords_differ"),
    ],
)
def test_a_weak_or_misspelt_password_is_refused_and_the_slip_stays_good(
    newcomer: Account, at: dt.datetime, typed: dict[str, str], code: str
) -> None:
    token = token_for(newcomer, at)
    with clock.frozen(at):
        answer = Client().post(f"/dang-nhap/kich-hoat/{token}/", typed)
    assert answer.status_code == 422
    assert sentence_of(code).says in answer.content.decode()
    assert not isinstance(find_activation(token, at=at), Refusal)


def test_a_slip_ends_after_two_weeks_and_when_a_newer_one_is_printed(
    newcomer: Account, at: dt.datetime
) -> None:
    first = token_for(newcomer, at)
    later = at + dt.timedelta(days=14)
    found = find_activation(first, at=later)
    assert isinstance(found, Refusal) and found.code == "identity.activation_expired"
    second = token_for(newcomer, at)
    assert isinstance(find_activation(first, at=at), Refusal)
    assert activate(token=second, password=WORDS, at=at) == "bach"
    with pytest.raises(ActivationError) as refused:
        activate(token=second, password=WORDS, at=at)
    assert refused.value.code == "identity.activation_used"


def test_a_forgotten_password_is_taken_away_with_a_reason(newcomer: Account, at: dt.datetime) -> None:
    activate(token=token_for(newcomer, at), password=WORDS, at=at)
    with pytest.raises(ActivationError):
        lock_out(account_id=newcomer.pk, reason="  ", actor=SYSTEM, at=at)
    issued = lock_out(account_id=newcomer.pk, reason="Quên mật khẩu", actor=SYSTEM, at=at)
    newcomer.refresh_from_db()
    assert not newcomer.has_usable_password()
    assert activate(token=issued.token, password=WORDS + " mới", at=at) == "bach"
    acts = {record.act for record in list_records(object_type="account", object_id=str(newcomer.pk))}
    assert {"identity.reset_password", "identity.activate"} <= acts


def test_an_officer_changes_the_password_and_stays_signed_in(newcomer: Account, at: dt.datetime) -> None:
    activate(token=token_for(newcomer, at), password=WORDS, at=at)
    newcomer.refresh_from_db()
    browser = Client()
    with clock.frozen(at):
        browser.force_login(newcomer)
        new = "mưa rừng gió núi"
        page = "/dang-nhap/doi-mat-khau/"
        wrong = browser.post(page, {"password": "sai", "new_password": new, "repeated": new})
        assert (
            wrong.status_code == 422 and sentence_of("identity.wrong_password").says in wrong.content.decode()
        )
        done = browser.post(page, {"password": WORDS, "new_password": new, "repeated": new})
        assert done.status_code == 303
        assert browser.get(page).status_code == 200
    newcomer.refresh_from_db()
    assert newcomer.check_password(new)


def test_other_roles_make_a_new_appointment_and_keep_the_old(newcomer: Account, at: dt.datetime) -> None:
    (row,) = Appointment.objects.filter(account=newcomer)
    later = at + dt.timedelta(days=30)
    other = list_units(row.agency_id, at.date())[1]
    line = Enrolment(
        username="bach", full_name="Đinh Thị Bạch", agency_id=row.agency_id, unit_id=other.id, title="Chuyên viên",
        roles=frozenset({Role.SPECIALIST}), valid_from=row.valid_from, email="bach@example.vn",
    )  # fmt: skip
    new = amend_enrolment(appointment_id=row.pk, to=line, actor=SYSTEM, at=later)
    row.refresh_from_db()
    assert new != row.pk and row.valid_to == later.date() and row.roles == ["counter"]
    (card,) = [one for one in list_staff(later.date()) if one.username == "bach"]
    assert (card.roles, card.unit_id, card.email) == (
        frozenset({Role.SPECIALIST}),
        other.id,
        "bach@example.vn",
    )


def test_an_enrolment_by_mistake_goes_with_its_account_unless_it_was_used(
    newcomer: Account, at: dt.datetime
) -> None:
    (row,) = Appointment.objects.filter(account=newcomer)
    Account.objects.filter(pk=newcomer.pk).update(last_login=at)
    with pytest.raises(AppointmentError) as refused:
        discard_enrolment(appointment_id=row.pk, actor=SYSTEM, at=at)
    assert refused.value.code == "identity.appointment_in_use"
    Account.objects.filter(pk=newcomer.pk).update(last_login=None)
    discard_enrolment(appointment_id=row.pk, actor=SYSTEM, at=at)
    assert not Account.objects.filter(username="bach").exists()
