"""What is done to signed files, and what the verdict says. Each attack was seen in the wild or in the literature."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanlang.signing.labels import VALIDITIES, VALIDITY_NAMES, WEAKNESSES, about
from vanlang.signing.pdf.sign import Order, sign
from vanlang.signing.pdf.trust import Trust
from vanlang.signing.pdf.verify import Question, examine
from vanlang.signing.ports import StatusEvidence
from vanlang.signing.tests import papers
from vanlang.signing.tests.pki import AT, YEAR, World, der, world
from vanlang.signing.tests.test_sign import BOX, signed, signed_and_sealed
from vanlang.signing.types import Validity, Verdict

HOUR = dt.timedelta(hours=1)


def judge(pdf: bytes, world: World, at: dt.datetime = AT, **more: object) -> Verdict:
    return examine(pdf, Question(at, world.trust, **more))


# --- the file was touched -------------------------------------------------------------------------


def test_a_byte_changed_inside_the_signed_range(world: World) -> None:
    pdf = bytearray(signed(world, box=BOX))
    place = pdf.index(b"/Lang")  # any byte that no parser needs
    pdf[place + 1] ^= 0x20
    verdict = judge(bytes(pdf), world)
    assert verdict.validity is Validity.MODIFIED
    assert "digest_differs" in verdict.signatures[0].weaknesses


@pytest.mark.parametrize(
    "attack",
    [
        papers.with_page_added,
        papers.with_note,
        papers.with_content_replaced,
        papers.with_empty_signature_field,
    ],
)
@pytest.mark.parametrize("make", [signed, signed_and_sealed])
def test_something_added_behind_the_signature(world: World, attack: object, make: object) -> None:
    verdict = judge(attack(make(world)), world)
    assert verdict.validity is Validity.MODIFIED
    last = verdict.signatures[-1]
    assert last.intact
    assert last.changed_after_signing
    assert "changed_after" in last.weaknesses


def test_a_form_field_filled_after_signing_is_a_change(world: World) -> None:
    signer, _ = world.officer()
    pdf = sign(papers.with_form_field(papers.decision()), signer, Order(at=AT)).content
    assert judge(pdf, world).validity is Validity.VALID
    assert judge(papers.with_field_filled(pdf), world).validity is Validity.MODIFIED


def test_a_field_filled_between_two_signatures_is_a_change_for_the_first(world: World) -> None:
    """The clerk's tool refuses to seal such a file; a tool that does not care cannot whitewash it."""

    signer, _ = world.officer()
    pdf = sign(papers.with_form_field(papers.decision()), signer, Order(at=AT)).content
    changed = papers.with_field_filled(pdf)
    sealed = _sealed_without_a_look(changed, world)
    verdict = judge(sealed, world)
    assert verdict.validity is Validity.MODIFIED
    assert verdict.signatures[0].changed_after_signing
    assert verdict.signatures[1].validity is Validity.VALID


def _sealed_without_a_look(pdf: bytes, world: World) -> bytes:
    """Seal as our own signer does, its look at earlier signatures switched off."""
    from unittest import mock

    from vanlang.signing.pdf import integrity

    with mock.patch.object(integrity.Finding, "is_sound", new=True):
        return sign(pdf, world.seal(), Order(at=AT)).content


def test_a_truncated_file(world: World) -> None:
    pdf = signed(world)
    for length in (len(pdf) - 1200, len(pdf) // 2, 100, 8, 1):
        assert judge(pdf[:length], world).validity is Validity.UNREADABLE


def test_the_signed_revision_alone_loses_the_later_signature_not_its_own(world: World) -> None:
    pdf = signed_and_sealed(world)
    first = judge(pdf, world).signatures[0]
    verdict = judge(pdf[: first.signed_bytes], world)
    assert [one.field for one in verdict.signatures] == ["signature_1"]


def test_a_rewritten_file_is_no_longer_the_signed_one(world: World) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(signed(world))) as document:
        document.save(out)
    assert judge(out.getvalue(), world).validity in {Validity.MODIFIED, Validity.UNREADABLE}


def test_a_byte_range_that_leaves_out_the_page(world: World) -> None:
    """The range is narrowed so that the text is outside; its length is kept by blanks."""
    pdf = signed(world)
    start = pdf.index(b"/ByteRange") + len(b"/ByteRange ")
    end = pdf.index(b"]", start) + 1
    numbers = [int(one) for one in pdf[start + 1 : end - 1].split()]
    narrowed = b"[%d %d %d %d]" % (900, numbers[1] - 900, numbers[2], numbers[3])
    forged = pdf[:start] + narrowed.ljust(end - start) + pdf[end:]
    assert judge(forged, world).validity is Validity.MODIFIED


# --- the file is no signed PDF --------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"<html></html>",
        b"\x00" * 5000,
        b"%PDF-1.7\nxref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF",
    ],
)
def test_not_a_pdf(world: World, content: bytes) -> None:
    assert judge(content, world).validity is Validity.UNREADABLE


def test_an_unsigned_pdf(world: World) -> None:
    verdict = judge(papers.decision(), world)
    assert verdict.validity is Validity.NOT_SIGNED
    assert verdict.signatures == ()


def test_a_file_with_a_password(world: World) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(papers.decision())) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert judge(out.getvalue(), world).validity is Validity.UNREADABLE


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, 10**9), flip=st.integers(1, 255))
def test_any_flipped_byte_costs_the_validity_and_raises_nothing(place: int, flip: int) -> None:
    """Only the blanks that pad the container are free to change; there are fewer than 16 of them, and they are zeros."""
    w = world()
    pdf = bytearray(signed(w))
    pdf[place % len(pdf)] ^= flip
    verdict = judge(bytes(pdf), w)
    if verdict.validity is Validity.VALID:
        start = signed(w).index(b"/Contents <") + len(b"/Contents <")
        assert start <= place % len(pdf) < signed(w).index(b">", start)


@settings(max_examples=60, deadline=None)
@given(junk=st.binary(max_size=400))
def test_junk_behind_the_end_is_a_change_or_unreadable(junk: bytes) -> None:
    w = world()
    if junk.strip(b"\x00\t\r\n \x0c"):
        assert judge(signed(w) + junk, w).validity is not Validity.VALID


# --- the signer is not who they say ---------------------------------------------------------------


def test_a_stranger_who_calls_himself_chairman(world: World) -> None:
    signer, _ = world.officer(issuer=world.stranger)
    pdf = sign(papers.decision(), signer, Order(at=AT)).content
    verdict = judge(pdf, world)
    assert verdict.validity is Validity.UNTRUSTED
    assert verdict.signatures[0].intact
    assert not verdict.signatures[0].trusted
    assert "no_chain" in verdict.signatures[0].weaknesses


def test_a_stranger_who_signs_a_good_file_spoils_it_visibly(world: World) -> None:
    signer, _ = world.officer(issuer=world.stranger)
    pdf = sign(signed(world), signer, Order(at=AT, box=BOX)).content
    verdict = judge(pdf, world)
    assert verdict.validity is Validity.UNTRUSTED
    assert [one.validity for one in verdict.signatures] == [Validity.VALID, Validity.UNTRUSTED]


def test_the_stranger_is_asked_nothing(world: World) -> None:
    signer, _ = world.officer(issuer=world.stranger)
    pdf = sign(papers.decision(), signer, Order(at=AT)).content
    asked: list[bytes] = []

    def ask(certificate: bytes, _issuer: bytes) -> StatusEvidence:
        asked.append(certificate)
        return StatusEvidence()

    judge(pdf, world, ask=ask)
    assert asked == []
    judge(signed(world), world, ask=ask)
    assert len(asked) == 2  # the leaf and the issuing authority


def test_without_roots_nobody_is_trusted(world: World) -> None:
    assert examine(signed(world), Question(AT, Trust(()))).validity is Validity.UNTRUSTED


# --- the certificate's time is over ---------------------------------------------------------------


def test_an_expired_certificate(world: World) -> None:
    pdf = signed(world)
    verdict = judge(pdf, world, at=AT + 2 * YEAR)
    assert verdict.validity is Validity.EXPIRED
    assert verdict.signatures[0].trusted
    assert verdict.signatures[0].valid_when_signed
    assert not verdict.signatures[0].valid_now


def test_our_own_record_of_the_file_proves_its_age(world: World) -> None:
    verdict = judge(signed(world), world, at=AT + 2 * YEAR, known_since=AT)
    assert verdict.validity is Validity.VALID
    assert verdict.signatures[0].time_is_proven
    assert not verdict.signatures[0].valid_now


def test_signed_with_a_certificate_that_had_expired(world: World) -> None:
    signer, _ = world.officer(valid_to=AT - HOUR)
    pdf = sign(papers.decision(), signer, Order(at=AT)).content
    verdict = judge(pdf, world, known_since=AT)
    assert verdict.validity is Validity.EXPIRED
    assert not verdict.signatures[0].valid_when_signed


def test_a_claimed_time_in_the_past_proves_nothing(world: World) -> None:
    signer, _ = world.officer(valid_to=AT - HOUR)
    pdf = sign(papers.decision(), signer, Order(at=AT - YEAR / 2)).content
    verdict = judge(pdf, world)
    assert verdict.validity is Validity.EXPIRED
    assert verdict.signatures[0].valid_when_signed
    assert "time_claimed_only" in verdict.signatures[0].weaknesses


def test_a_revoked_certificate(world: World) -> None:
    signer, party = world.officer()
    pdf = sign(papers.decision(), signer, Order(at=AT)).content
    verdict = judge(pdf, world, ask=world.authorities({der(party.certificate): AT - HOUR}))
    assert verdict.validity is Validity.REVOKED
    assert verdict.signatures[0].revoked_at == AT - HOUR
    assert verdict.signatures[0].status_known


def test_a_revoked_authority(world: World) -> None:
    asked = world.authorities({der(world.issuing.certificate): AT - HOUR})
    assert judge(signed(world), world, ask=asked).validity is Validity.REVOKED


def test_a_revocation_after_the_proven_moment_does_no_harm(world: World) -> None:
    signer, party = world.officer()
    pdf = sign(papers.decision(), signer, Order(at=AT)).content
    ask, later = world.authorities({der(party.certificate): AT + HOUR}), AT + 2 * HOUR
    assert judge(pdf, world, at=later, ask=ask, known_since=AT).validity is Validity.VALID
    assert judge(pdf, world, at=later, ask=ask).validity is Validity.REVOKED


def test_an_authority_that_says_good_is_believed(world: World) -> None:
    verdict = judge(signed(world), world, ask=world.authorities())
    assert verdict.validity is Validity.VALID
    assert verdict.signatures[0].status_known


def test_a_word_about_another_certificate_is_no_answer(world: World) -> None:
    _, other = world.officer()

    def ask(_certificate: bytes, _issuer: bytes) -> StatusEvidence:
        return world.told(other.certificate, world.issuing, None)

    assert not judge(signed(world), world, ask=ask).signatures[0].status_known


def test_a_word_signed_by_a_stranger_is_no_answer(world: World) -> None:
    signer, party = world.officer()
    pdf = sign(papers.decision(), signer, Order(at=AT)).content

    def ask(certificate: bytes, _issuer: bytes) -> StatusEvidence:
        return world.told(party.certificate, world.stranger, AT - HOUR)

    verdict = judge(pdf, world, ask=ask)
    assert verdict.validity is Validity.VALID
    assert not verdict.signatures[0].status_known


def test_silence_of_the_authority_is_told_and_does_not_condemn(world: World) -> None:
    verdict = judge(signed(world), world, ask=lambda _certificate, _issuer: StatusEvidence())
    assert verdict.validity is Validity.VALID
    assert not verdict.signatures[0].status_known
    assert "status_unknown" in verdict.signatures[0].weaknesses


@pytest.mark.parametrize("junk", [b"", b"junk", b"\x30\x03\x0a\x01\x00"])
def test_an_authority_that_talks_nonsense_is_silent(world: World, junk: bytes) -> None:
    verdict = judge(
        signed(world), world, ask=lambda _certificate, _issuer: StatusEvidence(ocsp=junk, crl=junk)
    )
    assert verdict.validity is Validity.VALID
    assert not verdict.signatures[0].status_known


# --- what a person reads --------------------------------------------------------------------------


def test_every_verdict_has_words_for_a_citizen(world: World) -> None:
    for validity in Validity:
        assert VALIDITIES[validity].says.endswith(".")
        assert VALIDITIES[validity].do_now.endswith(".")
        assert VALIDITY_NAMES[validity]
    verdict = judge(papers.with_page_added(signed(world)), world, at=AT + 2 * YEAR)
    assert set(verdict.signatures[0].weaknesses) <= WEAKNESSES.keys()
    said = (
        "Nguyễn Văn Phúc, Ủy ban nhân dân phường Việt Trì, ký lúc 09:00 ngày 23/11/2026 (theo người ký ghi)"
    )
    assert about(verdict.signatures[0]) == said
    assert verdict.signatures[0].signed_at
    by_world_time = replace(
        verdict.signatures[0], signed_at=verdict.signatures[0].signed_at.astimezone(dt.UTC)
    )
    assert about(by_world_time) == said, "a time-stamp authority answers in world time"
