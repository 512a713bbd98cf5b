"""Verification codes: what is signed is what is read; what was changed is nothing; the QR stays scannable."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import io
import json
from dataclasses import replace
from pathlib import Path

import jwt
import pytest
import segno
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from vanlang.identity.api import SYSTEM
from vanlang.kernel import clock
from vanlang.kernel.ids import new_id
from vanlang.kernel.scope import Scope, acting
from vanlang.registers import api as registers
from vanlang.registers.api import CodeStatement, EntryState, Holder, Proof
from vanlang.registers.errors import CodeUnreadableError
from vanlang.registers.models import VerificationKey
from vanlang.registers.rules import codes
from vanlang.registers.services.codes import LIST_LIVES
from vanlang.registers.tests.world import World

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PRIVATE.public_key().public_bytes_raw()
KID = hashlib.sha256(PUBLIC).hexdigest()[:16]
BIRTH = CodeStatement(
    agency_code="H44.100", number="15/GKS-UBND", issued_on=dt.date(2026, 11, 23), title="Giấy khai sinh",
    initials="T. G. A.", file_sha256=hashlib.sha256(b"pdf").hexdigest(),
)  # fmt: skip
DAYS = st.dates(dt.date(1970, 1, 1), dt.date(2200, 1, 1))
HASHES = st.binary(min_size=32, max_size=32).map(bytes.hex)
STATEMENTS = st.builds(
    CodeStatement, agency_code=st.text(min_size=1, max_size=20), number=st.text(min_size=1, max_size=60), issued_on=DAYS,
    title=st.text(max_size=80), expires_on=st.none() | DAYS, initials=st.text(max_size=30),
    facts_sha256=st.just("") | HASHES, file_sha256=st.just("") | HASHES,
)  # fmt: skip


def sealed(statement: CodeStatement = BIRTH) -> str:
    return codes.seal(statement, kid=KID, sign=PRIVATE.sign)


@given(statement=STATEMENTS)
def test_what_is_signed_is_what_is_read(statement: CodeStatement) -> None:
    assert codes.read(sealed(statement), {KID: PUBLIC}) == statement
    assert codes.read(f"https://example.vn/xac-minh/abc/#{sealed(statement)}", {KID: PUBLIC}) == statement


@given(place=st.integers(0, 10_000), by=st.integers(1, 255))
def test_no_changed_byte_is_believed(place: int, by: int) -> None:
    raw = bytearray(codes._from_text(sealed().removeprefix(codes.PREFIX)))
    raw[place % len(raw)] ^= by
    assert codes.read(codes.PREFIX + codes._to_text(bytes(raw)), {KID: PUBLIC}) in (None, BIRTH)
    assert codes.read(codes.PREFIX + codes._to_text(bytes(raw)), {KID: PUBLIC}) is None or bytes(
        raw
    ) != codes._from_text(sealed().removeprefix(codes.PREFIX))


@given(
    text=st.text(max_size=300) | st.binary(max_size=600).map(lambda raw: codes.PREFIX + codes._to_text(raw))
)
def test_nonsense_is_nothing_and_never_an_error(text: str) -> None:
    assert codes.read(text, {KID: PUBLIC}) is None


def test_a_key_of_somebody_else_is_not_believed() -> None:
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    assert codes.read(sealed(), {KID: other}) is None
    assert codes.read(sealed(), {}) is None
    assert codes.read(codes.PREFIX + codes._to_text(b"\x81" * 800), {KID: PUBLIC}) is None


def test_the_vector_of_the_documentation_holds() -> None:
    """Whoever writes another verifier has this one to try it on; whoever changes the format must see it here."""
    page = (Path(settings.VANLANG_ROOT) / "docs" / "reference" / "verification-code.md").read_text(
        encoding="utf-8"
    )
    assert sealed() in page
    assert base64.urlsafe_b64encode(PUBLIC).rstrip(b"=").decode() in page


@pytest.mark.parametrize(
    "title", ["Giấy khai sinh", "Thông báo kết quả giải quyết thủ tục về cư trú, hộ khẩu"]
)
def test_a_printed_code_is_read_back_at_the_size_and_resolution_of_an_office_printer(title: str) -> None:
    """28 mm at 300 dots an inch, turned a little, as a telephone sees it; the longest title that a template prints."""
    long = replace(
        BIRTH, title=title, number="1234/GXNHN-UBND", initials="", expires_on=dt.date(2027, 5, 23), file_sha256="",
        facts_sha256=hashlib.sha256(b"facts").hexdigest(),
    )  # fmt: skip
    text = f"https://dichvucong.phutho.gov.vn/xac-minh/{'x' * 24}/#{sealed(codes.fitted(long))}"
    code = segno.make(text, error="m", micro=False, boost_error=False)
    modules = code.symbol_size(border=4)[0]
    assert 28 / modules >= 0.33, "smaller modules are lost by telephones"
    buffer = io.BytesIO()
    code.save(buffer, kind="png", scale=6, border=4)
    dots = round(28 / 25.4 * 300)
    picture = Image.open(buffer).convert("L").resize((dots, dots), Image.Resampling.BILINEAR)
    canvas = Image.new("L", (dots * 2, dots * 2), 255)
    canvas.paste(picture, (dots // 2, dots // 2))
    (found,) = zxingcpp.read_barcodes(canvas.rotate(7, fillcolor=255, resample=Image.Resampling.BILINEAR))
    assert found.text == text


@pytest.mark.django_db
def test_the_first_key_is_made_once_and_seen_by_nobody(at: dt.datetime) -> None:
    first, second = registers.seal_code(BIRTH, at=at), registers.seal_code(BIRTH, at=at)
    assert first == second, "one key, one statement, one code"
    row = VerificationKey.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        VerificationKey(kid="another", public=b"x", private=b"x", made_at=at).save(force_insert=True)
    assert len(bytes(row.private)) > 32
    with acting(Scope.officer(1)):
        assert not VerificationKey.objects.exists()
        assert registers.seal_code(BIRTH, at=at) == first


@pytest.mark.django_db
def test_paper_outlives_keys(at: dt.datetime) -> None:
    old = registers.seal_code(BIRTH, at=at)
    registers.renew_key(actor=SYSTEM, at=at + dt.timedelta(days=1))
    new = registers.seal_code(BIRTH, at=at + dt.timedelta(days=1))
    assert old != new
    assert (
        registers.answer_code(old, on=at.date()).statement
        == registers.answer_code(new, on=at.date()).statement
    )
    assert len(registers.published_keys()["keys"]) == 2


@pytest.fixture
def born(world: World, at: dt.datetime) -> Proof:
    proof = Proof(dossier_id=new_id(), number="15/GKS-UBND", issued_on=at.date(), title="Giấy khai sinh")
    registers.register_entry(
        register_code="birth", agency_id=world.viet_tri, holder=Holder(person_id=world.lan_id, name="Trần Gia An"),
        proof=proof, facts={}, actor=world.thao, at=at,
    )  # fmt: skip
    return proof


def test_a_code_answers_with_what_the_register_says_today(world: World, born: Proof, at: dt.datetime) -> None:
    statement = replace(BIRTH, agency_code="H44.801", issued_on=at.date())
    code = registers.seal_code(statement, at=at)
    answer = registers.answer_code(code, on=at.date())
    assert answer.standing is not None and answer.standing.state is EntryState.VALID
    assert answer.standing.holder_initials == "T. G. A."
    registers.revoke_entry(dossier_id=born.dossier_id, reason="Cấp sai", actor=world.thao, at=at)
    answer = registers.answer_code(code, on=at.date())
    assert answer.standing is not None and answer.standing.state is EntryState.REVOKED
    with pytest.raises(CodeUnreadableError):
        registers.answer_code(code[:-4] + "AAAA", on=at.date())


def test_the_command_checks_without_asking_the_house(
    world: World, born: Proof, at: dt.datetime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    statement = replace(
        BIRTH, agency_code="H44.801", issued_on=at.date(), expires_on=at.date() + dt.timedelta(days=30)
    )
    code = registers.seal_code(statement, at=at)
    files = {name: tmp_path / name for name in ("khoa.json", "thu-hoi.jws", "kq.pdf", "khac.pdf")}
    files["khoa.json"].write_text(json.dumps(registers.published_keys()))
    files["thu-hoi.jws"].write_text(registers.sealed_list(at=at))
    files["kq.pdf"].write_bytes(b"pdf")
    files["khac.pdf"].write_bytes(b"other")

    def check(text: str, when: dt.datetime = at, **options: Path) -> str:
        with acting(Scope.nobody()), clock.frozen(when):
            call_command("verify_code", text, keys=files["khoa.json"], **options)
        return capsys.readouterr().out

    assert "HỢP LỆ" in check(code, list=files["thu-hoi.jws"], file=files["kq.pdf"])
    with pytest.raises(CommandError, match="KHÔNG KHỚP"):
        check(code, file=files["khac.pdf"])
    with pytest.raises(CommandError, match="đã cũ"):
        check(code, when=at + LIST_LIVES, list=files["thu-hoi.jws"])
    with pytest.raises(CommandError, match="HẾT HIỆU LỰC"):
        check(code, when=at + dt.timedelta(days=30))
    with pytest.raises(CommandError, match="KHÔNG HỢP LỆ"):
        check(code[:-4] + "AAAA")
    registers.revoke_entry(dossier_id=born.dossier_id, reason="Cấp sai", actor=world.thao, at=at)
    files["thu-hoi.jws"].write_text(registers.sealed_list(at=at))
    with pytest.raises(CommandError, match="THU HỒI"):
        check(code, list=files["thu-hoi.jws"])
    files["thu-hoi.jws"].write_text(registers.sealed_list(at=at - dt.timedelta(days=400)))
    with pytest.raises(CommandError, match="đã cũ"):
        check(code, list=files["thu-hoi.jws"])


def test_the_list_of_ended_results_holds_no_name(world: World, born: Proof, at: dt.datetime) -> None:
    registers.revoke_entry(dossier_id=born.dossier_id, reason="Trần Gia An khai sai", actor=world.thao, at=at)
    text = registers.sealed_list(at=at)
    (key,) = registers.published_keys()["keys"]
    public = Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(key["x"] + "="))
    said = jwt.decode(text, public, algorithms=["EdDSA"], options={"verify_exp": False, "verify_iat": False})
    (one,) = said["ended"]
    assert one == {
        "agency": "H44.801", "number": "15/GKS-UBND", "issued_on": str(at.date()), "ended_on": str(at.date()),
        "as": "revoked",
    }  # fmt: skip
