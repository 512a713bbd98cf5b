"""Signatures that other makers' programs accept too."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from asn1crypto import cms
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.reader import PdfFileReader
from tests.support.tools import need

from vanlang.signing.errors import UnreadablePdfError, UnsignablePdfError
from vanlang.signing.pdf.sign import Order, sign
from vanlang.signing.pdf.verify import Question, examine
from vanlang.signing.tests import papers
from vanlang.signing.tests.pki import AT, World
from vanlang.signing.types import Level, SignerKind, Validity, VisibleBox

BOX = VisibleBox(page=1, left=300, bottom=100, width=230, height=80)
TOP = VisibleBox(page=0, left=380, bottom=740, width=190, height=46)


def signed(world: World, **options: object) -> bytes:
    return sign(papers.decision(), world.officer()[0], Order(at=AT, **options)).content


def signed_and_sealed(world: World) -> bytes:
    by_leader = signed(world, box=BOX, reason="Duyệt")
    return sign(by_leader, world.seal(), Order(at=AT + dt.timedelta(minutes=5), box=TOP, lock=True)).content


def test_a_signature_only_appends(world: World) -> None:
    assert signed(world, box=BOX).startswith(papers.decision())
    once = signed(world)
    assert signed_and_sealed(world)[: len(papers.decision())] == once[: len(papers.decision())]


def test_a_signature_leaves_the_metadata_alone(world: World) -> None:
    def told(pdf: bytes) -> tuple[dict[str, str], bytes]:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            return {
                str(key): str(value) for key, value in document.docinfo.items()
            }, document.Root.Metadata.read_bytes()

    assert told(signed(world)) == told(papers.decision())


def test_who_signed_what_and_when(world: World) -> None:
    verdict = examine(signed_and_sealed(world), Question(AT + dt.timedelta(hours=1), world.trust))
    assert verdict.validity is Validity.VALID
    leader, seal = verdict.signatures
    assert (leader.signer, leader.title, leader.kind) == ("Nguyễn Văn Phúc", "Chủ tịch", SignerKind.PERSON)
    assert (seal.agency, seal.kind) == ("Ủy ban nhân dân phường Việt Trì", SignerKind.SEAL)
    assert (leader.signed_at, seal.signed_at) == (AT, AT + dt.timedelta(minutes=5))
    assert (leader.covers_whole_file, seal.covers_whole_file) == (False, True)
    assert not leader.time_is_proven
    assert leader.intact
    assert leader.valid_when_signed
    assert leader.valid_now


def test_what_the_leader_saw_can_be_shown_again(world: World) -> None:
    by_leader = signed(world, box=BOX)
    pdf = sign(by_leader, world.seal(), Order(at=AT, box=TOP, lock=True)).content
    leader = examine(pdf, Question(AT, world.trust)).signatures[0]
    assert pdf[: leader.signed_bytes] == by_leader


@pytest.mark.parametrize("count", [1, 2])
def test_pdfsig_says_valid(world: World, tmp_path: Path, count: int) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed(world, box=BOX) if count == 1 else signed_and_sealed(world))
    told = subprocess.run([need("pdfsig"), path], capture_output=True, text=True, check=False).stdout
    assert told.count("Signature Validation: Signature is Valid.") == count
    assert (told.count("Total document signed"), told.count("Not total document signed")) == (1, count - 1)
    assert "ETSI.CAdES.detached" in told
    assert "Nguyễn Văn Phúc" in told


def test_qpdf_finds_no_fault(world: World, tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed_and_sealed(world))
    done = subprocess.run([need("qpdf"), "--check", path], capture_output=True, text=True, check=False)
    assert (done.returncode, "No syntax or stream encoding errors" in done.stdout) == (0, True), done.stdout


def test_openssl_verifies_the_container(world: World, tmp_path: Path) -> None:
    pdf = signed(world)
    reader = PdfFileReader(io.BytesIO(pdf))
    embedded = reader.embedded_signatures[0]
    start, length, after, rest = map(int, embedded.byte_range)
    (tmp_path / "content").write_bytes(pdf[start : start + length] + pdf[after : after + rest])
    (tmp_path / "signature").write_bytes(embedded.pkcs7_content)
    from cryptography.hazmat.primitives.serialization import Encoding

    (tmp_path / "root.pem").write_bytes(world.root.certificate.public_bytes(Encoding.PEM))
    command = [
        need("openssl"),
        "cms",
        "-verify",
        "-inform",
        "DER",
        "-in",
        "signature",
        "-content",
        "content",
        "-binary",
    ]
    trusted = ["-CAfile", "root.pem", "-purpose", "any", "-out", "/dev/null"]
    done = subprocess.run([*command, *trusted], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_container_is_der_as_an_asn1_library_writes_it(world: World) -> None:
    content = PdfFileReader(io.BytesIO(signed(world))).embedded_signatures[0].pkcs7_content
    container = cms.ContentInfo.load(content, strict=False)
    der = container.dump(force=True)
    assert content[: len(der)] == der
    assert set(content[len(der) :]) <= {0}
    types = [one["type"].native for one in container["content"]["signer_infos"][0]["signed_attrs"]]
    assert set(types) == {
        "content_type",
        "message_digest",
        "signing_certificate_v2",
        "cms_algorithm_protection",
    }
    assert "signing_time" not in types  # PAdES: the time stands in the signature dictionary


def test_little_room_is_left_unused(world: World) -> None:
    content = PdfFileReader(io.BytesIO(signed(world))).embedded_signatures[0].pkcs7_content
    assert len(content) - len(cms.ContentInfo.load(content, strict=False).dump()) < 16


def test_an_elliptic_key_signs_too(world: World, tmp_path: Path) -> None:
    signer, _ = world.officer(key=ec.generate_private_key(ec.SECP256R1()))
    pdf = sign(papers.decision(), signer, Order(at=AT)).content
    assert examine(pdf, Question(AT, world.trust)).validity is Validity.VALID
    (tmp_path / "signed.pdf").write_bytes(pdf)
    told = subprocess.run(
        [need("pdfsig"), tmp_path / "signed.pdf"], capture_output=True, text=True, check=False
    )
    assert "Signature is Valid" in told.stdout


def test_the_mark_can_be_read_and_copied(world: World) -> None:
    document = pypdfium2.PdfDocument(signed_and_sealed(world))
    try:
        document.init_forms()
        image = document[1].render(scale=1, may_draw_forms=True).to_pil().convert("RGB")
    finally:
        document.close()
    left, top = round(BOX.left), image.height - round(BOX.bottom + BOX.height)
    mark = image.crop((left, top, left + round(BOX.width), top + round(BOX.height)))
    blue = sum(1 for red, _, blue in zip(*[iter(mark.tobytes())] * 3, strict=True) if blue > red + 60)
    assert blue > 500


def test_pdftotext_reads_the_mark(world: World, tmp_path: Path) -> None:
    (tmp_path / "signed.pdf").write_bytes(signed_and_sealed(world))
    told = subprocess.run(
        [need("pdftotext"), tmp_path / "signed.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "Người ký: Nguyễn Văn Phúc" in told
    assert "Chức vụ: Chủ tịch" in told
    assert "Thời gian ký: 2026-11-23T09:00:00+07:00" in told


def test_nothing_may_follow_a_locked_signature(world: World) -> None:
    certified = signed(world, lock=True)
    assert examine(certified, Question(AT, world.trust)).validity is Validity.VALID
    for pdf in (certified, signed_and_sealed(world)):
        with pytest.raises(UnsignablePdfError):
            sign(pdf, world.seal(), Order(at=AT))


def test_a_changed_file_is_not_signed_over(world: World) -> None:
    with pytest.raises(UnsignablePdfError) as refused:
        sign(papers.with_page_added(signed(world)), world.seal(), Order(at=AT))
    assert refused.value.code == "signing.file_changed"


@pytest.mark.parametrize(
    "pdf", [b"", b"%PDF-1.7\n", b"PK\x03\x04 a word processor's file", papers.decision()[:9000]]
)
def test_what_is_no_pdf_is_refused(world: World, pdf: bytes) -> None:
    with pytest.raises(UnreadablePdfError):
        sign(pdf, world.seal(), Order(at=AT))


def test_a_file_with_a_password_is_refused(world: World) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(papers.decision())) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="o", user=""))
    with pytest.raises(UnreadablePdfError) as refused:
        sign(out.getvalue(), world.seal(), Order(at=AT))
    assert refused.value.code == "signing.file_encrypted"


def test_an_office_suites_hybrid_file_is_signed(world: World) -> None:
    assert PdfFileReader(io.BytesIO(papers.hybrid()), strict=False).xrefs.hybrid_xrefs_present
    pdf = sign(papers.hybrid(), world.officer()[0], Order(at=AT)).content
    assert examine(pdf, Question(AT, world.trust)).validity is Validity.VALID


def test_a_field_that_is_there_is_filled_and_one_that_is_not_is_refused(world: World) -> None:
    prepared = papers.with_empty_signature_field(papers.decision())
    done = sign(prepared, world.officer()[0], Order(at=AT, field="la"))
    assert done.field == "la"
    assert examine(done.content, Question(AT, world.trust)).validity is Validity.VALID
    with pytest.raises(UnsignablePdfError) as refused:
        sign(prepared, world.officer()[0], Order(at=AT, field="khong_co"))
    assert refused.value.code == "signing.no_such_field"


def test_a_time_stamp_that_does_not_fit_or_does_not_come_is_left_out(world: World) -> None:
    for token in (None, bytes(20_000)):
        done = sign(
            papers.decision(), world.seal(), Order(at=AT), time_stamp=lambda _digest, token=token: token
        )
        assert done.level is Level.B_B
        assert examine(done.content, Question(AT, world.trust)).validity is Validity.VALID
