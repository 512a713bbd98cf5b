"""XML signatures, judged by another hand: xmlsec1, and by what a change does to them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from asn1crypto import pem
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from vanlang.signing.adapters.software_keys import EllipticKey, RsaKey
from vanlang.signing.errors import UnreadableXmlError
from vanlang.signing.ports import SigningKey
from vanlang.signing.rules.authority import may_seal_unattended
from vanlang.signing.tests.pki import AT, der, rsa_key
from vanlang.signing.tests.test_authority import OWN, SEAL
from vanlang.signing.xml.sign import DS, XADES, sign

XMLSEC = shutil.which("xmlsec1")
needs_xmlsec = pytest.mark.skipif(XMLSEC is None, reason="needs xmlsec1, another hand's verifier")
PLAIN = '<?xml version="1.0"?><r xmlns="urn:thu"><ten>Biên lai &amp; số</ten><!-- lời --><tien>58000</tien></r>'.encode()


def keys() -> list[tuple[SigningKey, x509.Certificate]]:
    """One key of each kind, each with a certificate of its own making."""
    elliptic = ec.generate_private_key(ec.SECP256R1())
    return [(RsaKey(rsa_key(1)), own(rsa_key(1))), (EllipticKey(elliptic), own(elliptic))]


def own(key: object) -> x509.Certificate:
    import datetime as dt

    from cryptography.hazmat.primitives import hashes

    named = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "UBND phường Việt Trì")])
    return (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(key.public_key())  # type: ignore[attr-defined] # a private key
        .serial_number(7)
        .not_valid_before(dt.datetime(2020, 1, 1))  # noqa: DTZ001 - what the library takes
        .not_valid_after(dt.datetime(2040, 1, 1))  # noqa: DTZ001 - what the library takes
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())  # type: ignore[arg-type] # a private key
    )


def judged(signed: bytes, certificate: x509.Certificate, folder: Path) -> bool:
    """Ask xmlsec1, which trusts the certificate given and nothing else."""
    assert XMLSEC is not None
    (folder / "root.pem").write_bytes(pem.armor("CERTIFICATE", der(certificate)))
    (folder / "signed.xml").write_bytes(signed)
    answer = subprocess.run(
        [XMLSEC, "--verify", "--trusted-pem", str(folder / "root.pem"), "--enabled-key-data", "x509",
         "--id-attr:Id", f"{XADES}:SignedProperties", str(folder / "signed.xml")],
        capture_output=True, check=False,
    )  # fmt: skip
    return answer.returncode == 0


@needs_xmlsec
@pytest.mark.parametrize("which", [0, 1], ids=["rsa", "p256"])
def test_another_hand_finds_it_right_and_sees_every_change(which: int, tmp_path: Path) -> None:
    key, certificate = keys()[which]
    signed = sign(PLAIN, key, (der(certificate),), at=AT, name="dau")
    assert judged(signed, certificate, tmp_path)
    for before, after in (
        (b"58000", b"58001"),
        ("Biên".encode(), b"Bien"),
        (b"2026-11-23T09:00:00+07:00", b"2026-11-23T09:00:01+07:00"),
        (b"<tien>", b"<tien x='1'>"),
    ):
        assert before in signed
        assert not judged(signed.replace(before, after), certificate, tmp_path)
    assert not judged(signed, own(rsa_key(2)), tmp_path)


@needs_xmlsec
@settings(max_examples=10, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_any_words_can_be_signed(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    key, certificate = keys()[1]
    root = etree.Element("{urn:thu}r")
    root.text = "".join(letter for letter in text if letter not in "\ufffe\uffff")
    signed = sign(etree.tostring(root), key, (der(certificate),), at=AT, name="dau")
    assert judged(signed, certificate, tmp_path_factory.mktemp("xml"))


def test_it_says_when_and_with_which_certificate() -> None:
    key, certificate = keys()[0]
    root = etree.fromstring(sign(PLAIN, key, (der(certificate),), at=AT, name="dau"))
    assert root[-1].tag == f"{{{DS}}}Signature"
    assert root.findtext(f".//{{{XADES}}}SigningTime") == "2026-11-23T09:00:00+07:00"
    assert root.find(f".//{{{XADES}}}SigningCertificateV2") is not None
    assert len(root.findall(f".//{{{DS}}}Reference")) == 2


@pytest.mark.parametrize(
    "xml", [b"", b"<a>", b"%PDF", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>']
)
def test_what_is_no_plain_xml_is_refused(xml: bytes) -> None:
    key, certificate = keys()[1]
    with pytest.raises(UnreadableXmlError):
        sign(xml, key, (der(certificate),), at=AT, name="dau")
    once = sign(PLAIN, key, (der(certificate),), at=AT, name="dau")
    with pytest.raises(UnreadableXmlError, match="signed_already"):
        sign(once, key, (der(certificate),), at=AT, name="hai")


def test_the_house_seals_receipts_and_nothing_else() -> None:
    assert may_seal_unattended(SEAL, "receipt") is None
    for card, role in ((SEAL, "approve"), (SEAL, ""), (OWN, "receipt")):
        refusal = may_seal_unattended(card, role)
        assert refusal is not None
        assert refusal.code == "signing.not_your_credential"
