"""From enrolment to verdict, with a real authority on the wire, and with one that misbehaves."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from tests.support.sandbox import Outside

from vanlang.audit.api import list_records
from vanlang.identity.api import SYSTEM, Actor, Role, actor_of, add_officer_account, appoint, get_appointments
from vanlang.kernel import clock
from vanlang.kernel.labels import has_sentence
from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import AgencyKind, NewName, add_agency, list_units
from vanlang.signing import api, demo
from vanlang.signing.adapters import status, timestamps
from vanlang.signing.api import CredentialCard, Level, Validity, VisibleBox
from vanlang.signing.models import Credential, SignatureRecord, TrustRoot
from vanlang.signing.tests import papers

pytestmark = pytest.mark.django_db

BOX = VisibleBox(page=1, left=300, bottom=100, width=230, height=80)
WARD = "Ủy ban nhân dân phường Việt Trì"


@dataclass(frozen=True)
class Ward:
    agency_id: int
    phuc: Actor
    """Ông Phúc, the leader."""
    thao: Actor
    """Cô Thảo, the registry clerk."""


@pytest.fixture
def now() -> dt.datetime:
    """The authority's clock is the machine's; the platform's is told."""
    return clock.now().replace(microsecond=0)


@pytest.fixture
def ward(now: dt.datetime) -> Ward:
    start = dt.date(2025, 7, 1)
    agency_id = add_agency(
        code="H44.100", kind=AgencyKind.COMMUNE, name=NewName(WARD, "Phường Việt Trì"), valid_from=start
    )
    unit_id = list_units(agency_id, start)[0].id

    def officer(username: str, name: str, title: str, role: Role) -> Actor:
        account_id = add_officer_account(username=username, full_name=name)
        appointment_id = appoint(
            account_id=account_id, agency_id=agency_id, unit_id=unit_id, title=title, roles=[role],
            valid_from=start, actor=SYSTEM, at=now,
        )  # fmt: skip
        return actor_of(get_appointments([appointment_id])[appointment_id])

    return Ward(
        agency_id,
        phuc=officer("phuc", "Nguyễn Văn Phúc", "Chủ tịch", Role.LEADER),
        thao=officer("thao", "Phạm Thu Thảo", "Văn thư", Role.CLERK),
    )


@pytest.fixture
def trusted(outside: Outside, now: dt.datetime) -> Outside:
    api.trust_root(name="Chứng thực gốc thử nghiệm", block=outside.root(), actor=SYSTEM, at=now)
    return outside


def own(ward: Ward, at: dt.datetime) -> CredentialCard:
    assert ward.phuc.appointment_id is not None
    return api.enrol_officer(appointment_id=ward.phuc.appointment_id, actor=SYSTEM, at=at)


def seal(ward: Ward, at: dt.datetime) -> CredentialCard:
    return api.enrol_agency(agency_id=ward.agency_id, actor=SYSTEM, at=at)


def sign(card: CredentialCard, actor: Actor, at: dt.datetime, **more: Any) -> api.SignedPdf:
    options = {"pdf": papers.decision(), "role": "approve", **more}
    return api.sign_pdf(credential_id=card.id, actor=actor, at=at, **options)


# --- credentials ----------------------------------------------------------------------------------


def test_a_leader_and_an_agency_are_enrolled(trusted: Outside, ward: Ward, now: dt.datetime) -> None:
    mine, ours = own(ward, now), seal(ward, now)
    assert (mine.holder, mine.agency_name, mine.appointment_id) == (
        "Nguyễn Văn Phúc",
        WARD,
        ward.phuc.appointment_id,
    )
    assert (ours.holder, ours.appointment_id) == (WARD, None)
    assert mine.is_usable(now)
    assert api.find_credential_of_appointment(ward.phuc.appointment_id) == mine
    assert api.find_seal_of_agency(ward.agency_id) == ours
    assert {card.id for card in api.list_credentials(ward.agency_id)} == {mine.id, ours.id}
    stored = Credential.objects.get(pk=mine.id)
    assert b"PRIVATE" not in bytes(stored.key)
    assert "PRIVATE" not in stored.chain
    acts = [line.act for line in list_records(object_type="credential", object_id=str(mine.id))]
    assert acts == ["signing.enrol"]


def test_one_active_credential_each(trusted: Outside, ward: Ward, now: dt.datetime) -> None:
    card = own(ward, now)
    seal(ward, now)
    with pytest.raises(api.CredentialExistsError):
        own(ward, now)
    with pytest.raises(api.CredentialExistsError):
        seal(ward, now)
    twin = Credential.objects.get(pk=card.id)
    twin.pk, twin.serial = uuid.uuid4(), "ab"
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


@pytest.mark.parametrize(
    ("mode", "code", "retryable"),
    [
        ("error_500", "signing.authority_silent", True),
        ("drop", "signing.authority_silent", True),
        ("enrol_refuse", "signing.authority_refused", False),
    ],
)
def test_an_authority_that_fails_leaves_nothing_behind(
    trusted: Outside, ward: Ward, now: dt.datetime, mode: str, code: str, *, retryable: bool
) -> None:
    trusted.misbehave("certificate_authority", mode)
    with pytest.raises(api.AuthorityError) as failed:
        seal(ward, now)
    assert (failed.value.code, failed.value.retryable) == (code, retryable)
    assert has_sentence(code)
    assert not Credential.objects.exists()
    assert seal(ward, now).is_usable(now)


def test_without_an_authority_nothing_is_enrolled(
    settings: Any, outside: Outside, ward: Ward, now: dt.datetime
) -> None:
    settings.SIGNING_AUTHORITY_URL = None
    with pytest.raises(api.AuthorityError) as refused:
        seal(ward, now)
    assert refused.value.code == "signing.no_authority"


def test_a_wrong_token_is_refused(settings: Any, outside: Outside, ward: Ward, now: dt.datetime) -> None:
    settings.SIGNING_AUTHORITY_TOKEN = "guess"
    with pytest.raises(api.AuthorityError) as refused:
        seal(ward, now)
    assert refused.value.facts["status"] == 401


# --- signing --------------------------------------------------------------------------------------


@pytest.mark.parametrize("key_type", ["rsa-2048", "ec-p256"])
def test_leader_signs_clerk_seals_and_everyone_believes_it(
    settings: Any, trusted: Outside, ward: Ward, now: dt.datetime, key_type: str
) -> None:
    settings.SIGNING_KEY_TYPE = key_type
    signed = sign(own(ward, now), ward.phuc, now, box=BOX, reason="Duyệt")
    later = now + dt.timedelta(minutes=5)
    sealed = sign(seal(ward, now), ward.thao, later, pdf=signed.content, role="seal", lock=True)
    verdict = api.verify_pdf(sealed.content, at=later)
    assert verdict.validity is Validity.VALID
    assert [one.signer for one in verdict.signatures] == ["Nguyễn Văn Phúc", WARD]
    assert all(one.status_known for one in verdict.signatures)
    assert verdict.sha256 == sealed.sha256
    assert verdict.signatures[0].serial == signed.certificate_serial


def test_what_was_signed_is_remembered(trusted: Outside, ward: Ward, now: dt.datetime) -> None:
    card = own(ward, now)
    signed = sign(card, ward.phuc, now, box=BOX)
    (record,) = api.list_signatures(signed.sha256)
    assert (record.credential_id, record.certificate_serial, record.signed_at) == (card.id, card.serial, now)
    assert (record.role, record.page, record.rectangle) == ("approve", 1, (300, 100, 530, 180))
    assert record.appointment_id == ward.phuc.appointment_id
    assert [line.act for line in list_records(object_type="signature", object_id=str(record.id))] == [
        "signing.sign"
    ]


def test_a_signature_that_fails_is_not_remembered(trusted: Outside, ward: Ward, now: dt.datetime) -> None:
    card = own(ward, now)
    with pytest.raises(api.UnreadablePdfError):
        sign(card, ward.phuc, now, pdf=b"not a file")
    assert not SignatureRecord.objects.exists()


def test_nobody_signs_with_anothers_credential(trusted: Outside, ward: Ward, now: dt.datetime) -> None:
    mine, ours = own(ward, now), seal(ward, now)
    for card, actor in ((mine, ward.thao), (ours, ward.phuc), (mine, SYSTEM), (ours, SYSTEM)):
        with pytest.raises(api.MayNotSignError):
            sign(card, actor, now)
    with pytest.raises(api.CredentialNotFoundError):
        api.sign_pdf(
            pdf=papers.decision(), credential_id=uuid.uuid4(), actor=ward.phuc, at=now, role="approve"
        )


def test_an_expired_credential_does_not_sign(trusted: Outside, ward: Ward, now: dt.datetime) -> None:
    card = own(ward, now)
    with pytest.raises(api.CredentialUnusableError) as refused:
        sign(card, ward.phuc, card.valid_to)
    assert refused.value.facts == {"valid_to": card.valid_to.strftime("%d/%m/%Y")}


def test_a_revoked_credential_does_not_sign_and_its_signatures_are_told(
    trusted: Outside, ward: Ward, now: dt.datetime
) -> None:
    card = own(ward, now)
    signed = sign(card, ward.phuc, now)
    assert api.verify_pdf(signed.content, at=now).validity is Validity.VALID
    api.revoke(credential_id=card.id, reason="cessationOfOperation", actor=SYSTEM, at=now)
    with pytest.raises(api.CredentialUnusableError):
        sign(card, ward.phuc, now)
    status.forget_answers()
    SignatureRecord.objects.all().delete()  # as a stranger's platform sees the file: nothing proves its age
    later = clock.now() + dt.timedelta(seconds=5)
    verdict = api.verify_pdf(signed.content, at=later)
    assert verdict.validity is Validity.REVOKED
    assert verdict.signatures[0].revoked_at is not None
    assert api.find_credential_of_appointment(ward.phuc.appointment_id) is None
    assert own(ward, now).is_usable(now)


def test_a_revocation_that_the_authority_does_not_hear_is_undone(
    trusted: Outside, ward: Ward, now: dt.datetime
) -> None:
    card = own(ward, now)
    trusted.misbehave("certificate_authority", "error_500")
    with pytest.raises(api.AuthorityError):
        api.revoke(credential_id=card.id, reason="keyCompromise", actor=SYSTEM, at=now)
    assert api.get_credential(card.id).is_usable(now)


def test_our_record_proves_the_age_of_a_file(trusted: Outside, ward: Ward, now: dt.datetime) -> None:
    card = own(ward, now)
    signed = sign(card, ward.phuc, now)
    years_later = card.valid_to + dt.timedelta(days=400)
    verdict = api.verify_pdf(signed.content, at=years_later, ask_authorities=False)
    assert verdict.validity is Validity.VALID
    assert verdict.signatures[0].time_is_proven
    SignatureRecord.objects.all().delete()
    assert api.verify_pdf(signed.content, at=years_later, ask_authorities=False).validity is Validity.EXPIRED


# --- time stamps ----------------------------------------------------------------------------------


@pytest.fixture
def stamping(trusted: Outside, settings: Any) -> Outside:
    settings.SIGNING_TIMESTAMP_URL = f"{trusted.certificate_authority}/tsa"
    return trusted


def test_with_a_time_stamp_the_age_is_proven_to_strangers(
    stamping: Outside, ward: Ward, now: dt.datetime
) -> None:
    card = own(ward, now)
    signed = sign(card, ward.phuc, now)
    assert signed.level is Level.B_T
    SignatureRecord.objects.all().delete()
    verdict = api.verify_pdf(signed.content, at=card.valid_to + dt.timedelta(days=30), ask_authorities=False)
    assert verdict.validity is Validity.VALID
    assert verdict.signatures[0].time_is_proven
    assert not verdict.signatures[0].valid_now


def test_a_time_stamp_survives_the_revocation_that_follows(
    stamping: Outside, ward: Ward, now: dt.datetime
) -> None:
    card = own(ward, now)
    signed = sign(card, ward.phuc, now)
    SignatureRecord.objects.all().delete()
    after = now + dt.timedelta(minutes=30)
    stamping.revoke(int(card.serial, 16), at=after.isoformat())
    verdict = api.verify_pdf(signed.content, at=now + dt.timedelta(minutes=5))
    assert verdict.validity is Validity.VALID


@pytest.mark.parametrize("mode", ["tsa_refuse", "tsa_garbage", "tsa_wrong_imprint", "error_500", "drop"])
def test_a_time_stamp_authority_that_fails_never_blocks(
    stamping: Outside, ward: Ward, now: dt.datetime, mode: str
) -> None:
    card = own(ward, now)
    stamping.misbehave("certificate_authority", mode, path="/tsa")
    signed = sign(card, ward.phuc, now)
    assert signed.level is Level.B_B
    assert api.verify_pdf(signed.content, at=now).validity is Validity.VALID
    # left alone for a minute, then asked again
    assert sign(card, ward.phuc, now + dt.timedelta(seconds=30)).level is Level.B_B
    assert sign(card, ward.phuc, now + dt.timedelta(seconds=61)).level is Level.B_T


def test_nobody_at_the_address(settings: Any, trusted: Outside, ward: Ward, now: dt.datetime) -> None:
    settings.SIGNING_TIMESTAMP_URL = "http://127.0.0.1:9/tsa"
    timestamps.forget_silences()
    assert sign(own(ward, now), ward.phuc, now).level is Level.B_B


# --- verification ---------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["ocsp_try_later", "ocsp_unavailable", "ocsp_garbage"])
def test_when_one_way_to_ask_fails_the_other_answers(
    trusted: Outside, ward: Ward, now: dt.datetime, mode: str
) -> None:
    signed = sign(own(ward, now), ward.phuc, now)
    trusted.misbehave("certificate_authority", mode)
    verdict = api.verify_pdf(signed.content, at=now)
    assert verdict.validity is Validity.VALID
    assert verdict.signatures[0].status_known


def test_a_silent_authority_is_told_and_does_not_condemn(
    trusted: Outside, ward: Ward, now: dt.datetime
) -> None:
    signed = sign(own(ward, now), ward.phuc, now)
    trusted.misbehave("certificate_authority", "drop", times=9)
    verdict = api.verify_pdf(signed.content, at=now)
    assert verdict.validity is Validity.VALID
    assert not verdict.signatures[0].status_known


def test_an_authority_we_do_not_trust(outside: Outside, ward: Ward, now: dt.datetime) -> None:
    signed = sign(own(ward, now), ward.phuc, now)
    assert api.verify_pdf(signed.content, at=now).validity is Validity.UNTRUSTED


def test_trust_comes_from_a_folder_too(
    settings: Any, tmp_path: Any, outside: Outside, ward: Ward, now: dt.datetime
) -> None:
    signed = sign(own(ward, now), ward.phuc, now)
    (tmp_path / "root.pem").write_bytes(outside.root())
    settings.SIGNING_TRUST_DIR = tmp_path
    assert api.verify_pdf(signed.content, at=now).validity is Validity.VALID


def test_a_root_is_trusted_once_and_only_when_it_is_one(
    outside: Outside, tmp_path: Any, now: dt.datetime
) -> None:
    (tmp_path / "root.pem").write_bytes(outside.root())
    for _ in range(2):
        call_command("trust_root", str(tmp_path / "root.pem"), name="Chứng thực gốc thử nghiệm", verbosity=0)
    assert TrustRoot.objects.count() == 1
    for block in (b"", b"junk", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"):
        with pytest.raises(api.TrustRootError):
            api.trust_root(name="x", block=block, actor=SYSTEM, at=now)


# --- who sees what --------------------------------------------------------------------------------


def test_row_level_security_keeps_agencies_apart(trusted: Outside, ward: Ward, now: dt.datetime) -> None:
    signed = sign(own(ward, now), ward.phuc, now)

    def seen(scope: Scope) -> tuple[int, int]:
        with acting(scope):
            return Credential.objects.count(), SignatureRecord.objects.count()

    assert seen(Scope.officer(ward.agency_id)) == (1, 1)
    assert seen(Scope.officer(ward.agency_id + 1)) == (0, 0)
    assert seen(Scope.citizen(uuid.uuid4())) == (0, 0)
    assert seen(Scope.nobody()) == (0, 0)
    with acting(Scope.nobody()):
        assert api.verify_pdf(signed.content, at=now).signatures[0].time_is_proven


def test_an_officer_signs_in_the_scope_of_his_agency(trusted: Outside, ward: Ward, now: dt.datetime) -> None:
    card = own(ward, now)
    with acting(Scope.officer(ward.agency_id)):
        assert sign(card, ward.phuc, now).level is Level.B_B
    with acting(Scope.officer(ward.agency_id + 1)), pytest.raises(api.CredentialNotFoundError):
        sign(card, ward.phuc, now)


# --- the demo -------------------------------------------------------------------------------------


def test_the_demo_enrols_leaders_and_seals_once(outside: Outside, ward: Ward, now: dt.datetime) -> None:
    told: list[str] = []
    for _ in range(2):
        demo.load(Path(), told.append)
    assert told == ["Chứng thư trình diễn: thêm 2", "Chứng thư trình diễn: thêm 0"]
    card = api.find_seal_of_agency(ward.agency_id)
    assert card is not None
    assert (
        api.verify_pdf(sign(card, ward.thao, clock.now()).content, at=clock.now()).validity is Validity.VALID
    )


def test_the_demo_comes_up_without_its_authority(settings: Any, outside: Outside, ward: Ward) -> None:
    told: list[str] = []
    settings.SIGNING_AUTHORITY_URL = "http://127.0.0.1:9"
    demo.load(Path(), told.append)
    settings.SIGNING_AUTHORITY_URL = None
    demo.load(Path(), told.append)
    assert [line.split(":")[0] for line in told] == ["Chứng thư trình diễn"] * 2
    assert not Credential.objects.exists()
