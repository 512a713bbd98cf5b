"""The certificate authority's answers, judged by OpenSSL's own command line."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import NameOID
from tests.support.tools import need

from sandbox.servers import Urls
from sandbox.tests.browser import Answer, Browser

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def browser(urls: Urls) -> Browser:
    return Browser(urls.certificate_authority)


@pytest.fixture
def token(urls: Urls, state: Path) -> str:
    return (state / "authority" / "enrolment.token").read_text().strip()


@pytest.fixture
def openssl(tmp_path: Path) -> Run:
    program = need("openssl")

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [program, *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    return run


@pytest.fixture
def authority_files(browser: Browser, tmp_path: Path) -> Path:
    for name in ("root.pem", "issuing.pem", "timestamp.pem"):
        (tmp_path / name).write_bytes(browser.get(f"/{name}").body)
    return tmp_path


def csr(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    builder = x509.CertificateSigningRequestBuilder().subject_name(
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "whatever the request says")])
    )
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


def enrol(browser: Browser, token: str, **changes: object) -> Answer:
    order = {
        "csr": csr(ec.generate_private_key(ec.SECP256R1())),
        "kind": "officer",
        "subject": {
            "name": "Nguyễn Văn Phúc",
            "agency": "Ủy ban nhân dân phường Việt Trì",
            "title": "Chủ tịch",
            "identifier": "H44.100/0004",
        },
        **changes,
    }
    return browser.send("/enrol", order, {"Authorization": f"Bearer {token}"})


def leaf_of(answer: Answer) -> x509.Certificate:
    assert answer.status == 201, answer.text
    return x509.load_pem_x509_certificates(answer.body)[0]


def test_an_officer_is_certified_under_the_name_the_platform_vouches_for(
    browser: Browser, token: str, openssl: Run, authority_files: Path
) -> None:
    answer = enrol(browser, token)
    leaf = leaf_of(answer)
    assert leaf.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value == "Nguyễn Văn Phúc"
    assert leaf.subject.get_attributes_for_oid(NameOID.TITLE)[0].value == "Chủ tịch"
    (authority_files / "leaf.pem").write_bytes(answer.body)
    checked = openssl(
        "verify", "-x509_strict", "-CAfile", "root.pem", "-untrusted", "issuing.pem", "leaf.pem"
    )
    assert checked.stdout.strip() == "leaf.pem: OK", checked.stderr


def test_an_agency_gets_a_seal_certificate(browser: Browser, token: str) -> None:
    name = "Ủy ban nhân dân phường Việt Trì"
    answer = enrol(
        browser, token, kind="agency", subject={"name": name, "agency": name, "identifier": "H44.100"}
    )
    leaf = leaf_of(answer)
    assert leaf.subject.get_attributes_for_oid(NameOID.ORGANIZATION_IDENTIFIER)[0].value == "H44.100"
    usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.content_commitment
    assert not usage.key_cert_sign


def test_a_period_may_be_asked_for(browser: Browser, token: str) -> None:
    past = datetime(2026, 1, 1, tzinfo=UTC)
    order = {"valid_from": past.isoformat(), "valid_to": (past + timedelta(days=1)).isoformat()}
    assert leaf_of(enrol(browser, token, **order)).not_valid_after_utc == past + timedelta(days=1)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"csr": "nonsense"}, "csr_unreadable"),
        ({"csr": csr(ec.generate_private_key(ec.SECP192R1()))}, "key_too_weak"),
        ({"kind": "citizen"}, "kind_or_subject_missing"),
        ({"subject": {"name": "Phúc"}}, "subject_needs_name_and_agency"),
        ({"subject": {"name": "", "agency": "x"}}, "subject_name_unreadable"),
        ({"valid_to": "2020-01-01T00:00:00+07:00"}, "period_is_empty"),
        ({"valid_to": "2099-01-01T00:00:00"}, "period_without_zone"),
    ],
)
def test_a_faulty_order_is_refused_by_name(
    browser: Browser, token: str, changes: dict[str, object], code: str
) -> None:
    answer = enrol(browser, token, **changes)
    assert (answer.status, answer.json["error"]) == (422, code)


def test_a_request_signed_by_another_key_is_refused(browser: Browser, token: str) -> None:
    raw = bytearray(
        x509.load_pem_x509_csr(csr(ec.generate_private_key(ec.SECP256R1())).encode()).public_bytes(
            serialization.Encoding.DER
        )
    )
    raw[-1] ^= 1
    text = base64.encodebytes(bytes(raw)).decode()
    broken = f"-----BEGIN CERTIFICATE REQUEST-----\n{text}-----END CERTIFICATE REQUEST-----\n"
    assert enrol(browser, token, csr=broken).json["error"] in {"csr_signature_wrong", "csr_unreadable"}


@pytest.mark.parametrize("path", ["/enrol", "/revoke"])
def test_without_the_token_nothing_is_issued_or_revoked(browser: Browser, path: str) -> None:
    assert browser.send(path, {}).status == 401
    assert browser.send(path, {}, {"Authorization": "Bearer guess"}).status == 401


# --- time stamps ----------------------------------------------------------------------------------


@pytest.fixture
def query(openssl: Run, tmp_path: Path) -> bytes:
    (tmp_path / "data").write_bytes("Quyết định số 15/QĐ-UBND".encode())
    assert openssl("ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "query.tsq").returncode == 0
    return (tmp_path / "query.tsq").read_bytes()


def stamp(browser: Browser, query: bytes, content_type: str = "application/timestamp-query") -> Answer:
    return browser.ask("POST", "/tsa", query, {"Content-Type": content_type})


def ts_verify(openssl: Run, folder: Path, answer: Answer) -> subprocess.CompletedProcess[str]:
    (folder / "answer.tsr").write_bytes(answer.body)
    arguments = (
        "-queryfile",
        "query.tsq",
        "-in",
        "answer.tsr",
        "-CAfile",
        "root.pem",
        "-untrusted",
        "issuing.pem",
    )
    return openssl("ts", "-verify", *arguments)


def test_openssl_verifies_a_time_stamp(
    browser: Browser, openssl: Run, query: bytes, authority_files: Path
) -> None:
    answer = stamp(browser, query)
    assert answer.headers["content-type"] == "application/timestamp-reply"
    assert "Verification: OK" in ts_verify(openssl, authority_files, answer).stdout


def test_a_time_stamp_without_certificates_carries_none(
    browser: Browser, openssl: Run, authority_files: Path
) -> None:
    (authority_files / "data").write_bytes(b"x")
    openssl("ts", "-query", "-data", "data", "-sha512", "-no_nonce", "-out", "query.tsq")
    answer = stamp(browser, (authority_files / "query.tsq").read_bytes())
    assert "Verification: OK" not in ts_verify(openssl, authority_files, answer).stdout
    (authority_files / "both.pem").write_bytes(
        (authority_files / "issuing.pem").read_bytes() + (authority_files / "timestamp.pem").read_bytes()
    )
    arguments = (
        "-queryfile",
        "query.tsq",
        "-in",
        "answer.tsr",
        "-CAfile",
        "root.pem",
        "-untrusted",
        "both.pem",
    )
    assert "Verification: OK" in openssl("ts", "-verify", *arguments).stdout


@pytest.mark.parametrize("mode", ["tsa_refuse", "tsa_garbage", "tsa_wrong_imprint"])
def test_a_spoiled_time_stamp_does_not_verify(
    browser: Browser, openssl: Run, query: bytes, authority_files: Path, mode: str
) -> None:
    browser.misbehave(mode)
    assert "Verification: OK" not in ts_verify(openssl, authority_files, stamp(browser, query)).stdout
    assert "Verification: OK" in ts_verify(openssl, authority_files, stamp(browser, query)).stdout


def test_a_weak_hash_and_a_broken_query_are_refused(
    browser: Browser, openssl: Run, authority_files: Path
) -> None:
    (authority_files / "data").write_bytes(b"x")
    openssl("ts", "-query", "-data", "data", "-sha1", "-out", "query.tsq")
    weak = stamp(browser, (authority_files / "query.tsq").read_bytes())
    (authority_files / "weak.tsr").write_bytes(weak.body)
    assert (
        "unrecognized or unsupported algorithm" in openssl("ts", "-reply", "-in", "weak.tsr", "-text").stdout
    )
    (authority_files / "broken.tsr").write_bytes(stamp(browser, b"\x30\x03abc").body)
    assert "Rejected" in openssl("ts", "-reply", "-in", "broken.tsr", "-text").stdout
    assert stamp(browser, b"", content_type="text/plain").status == 415


# --- revocation -----------------------------------------------------------------------------------


def status_by_openssl(openssl: Run, folder: Path, base: str, certificate: x509.Certificate) -> str:
    (folder / "leaf.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    asked = ("-issuer", "issuing.pem", "-cert", "leaf.pem", "-url", f"{base}/ocsp", "-CAfile", "root.pem")
    done = openssl("ocsp", *asked, "-verify_other", "issuing.pem")
    assert "Response verify OK" in done.stderr, done.stderr + done.stdout
    return done.stdout.splitlines()[0].removeprefix("leaf.pem: ")


def revoke(browser: Browser, token: str, certificate: x509.Certificate, **more: str) -> Answer:
    body = {"serial": str(certificate.serial_number), "reason": "keyCompromise", **more}
    return browser.send("/revoke", body, {"Authorization": f"Bearer {token}"})


def test_openssl_learns_of_a_revocation(
    browser: Browser, token: str, openssl: Run, authority_files: Path
) -> None:
    leaf = leaf_of(enrol(browser, token))
    assert status_by_openssl(openssl, authority_files, browser.base, leaf) == "good"
    assert revoke(browser, token, leaf).status == 200
    assert status_by_openssl(openssl, authority_files, browser.base, leaf) == "revoked"


def test_the_list_names_the_revoked_and_openssl_obeys_it(
    browser: Browser, token: str, openssl: Run, authority_files: Path
) -> None:
    leaf, other = leaf_of(enrol(browser, token)), leaf_of(enrol(browser, token))
    revoke(browser, token, leaf)
    listed = x509.load_der_x509_crl(browser.get("/crl").body)
    (authority_files / "crl.pem").write_bytes(listed.public_bytes(serialization.Encoding.PEM))
    for name, certificate in (("leaf.pem", leaf), ("other.pem", other)):
        (authority_files / name).write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    options = (
        "verify",
        "-crl_check",
        "-CRLfile",
        "crl.pem",
        "-CAfile",
        "root.pem",
        "-untrusted",
        "issuing.pem",
    )
    assert "certificate revoked" in openssl(*options, "leaf.pem").stderr
    assert openssl(*options, "other.pem").returncode == 0


def ask_ocsp(browser: Browser, certificate: x509.Certificate, issuer: x509.Certificate) -> Answer:
    builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, hashes.SHA256())
    nonced = builder.add_extension(x509.OCSPNonce(b"0123456789abcdef"), critical=False).build()
    query = nonced.public_bytes(serialization.Encoding.DER)
    return browser.ask("POST", "/ocsp", query, {"Content-Type": "application/ocsp-request"})


def test_ocsp_echoes_the_nonce_and_knows_its_limits(
    browser: Browser, token: str, authority_files: Path
) -> None:
    issuing = x509.load_pem_x509_certificate((authority_files / "issuing.pem").read_bytes())
    root = x509.load_pem_x509_certificate((authority_files / "root.pem").read_bytes())
    leaf = leaf_of(enrol(browser, token))
    told = ocsp.load_der_ocsp_response(ask_ocsp(browser, leaf, issuing).body)
    assert told.certificate_status is ocsp.OCSPCertStatus.GOOD
    assert told.extensions.get_extension_for_class(x509.OCSPNonce).value.nonce == b"0123456789abcdef"
    elsewhere = ocsp.load_der_ocsp_response(ask_ocsp(browser, issuing, root).body)
    assert elsewhere.response_status is ocsp.OCSPResponseStatus.UNAUTHORIZED
    unreadable = ocsp.load_der_ocsp_response(browser.ask("GET", "/ocsp/AAAA").body)
    assert unreadable.response_status is ocsp.OCSPResponseStatus.MALFORMED_REQUEST


def test_ocsp_misbehaves_on_demand(browser: Browser, token: str, authority_files: Path) -> None:
    issuing = x509.load_pem_x509_certificate((authority_files / "issuing.pem").read_bytes())
    leaf = leaf_of(enrol(browser, token))
    browser.misbehave("ocsp_try_later")
    told = ocsp.load_der_ocsp_response(ask_ocsp(browser, leaf, issuing).body)
    assert told.response_status is ocsp.OCSPResponseStatus.TRY_LATER
    browser.misbehave("ocsp_unavailable")
    assert ask_ocsp(browser, leaf, issuing).status == 503
    browser.misbehave("ocsp_garbage")
    with pytest.raises(ValueError, match="pars"):
        ocsp.load_der_ocsp_response(ask_ocsp(browser, leaf, issuing).body)
    browser.misbehave("crl_unavailable")
    assert browser.get("/crl").status == 503
    browser.misbehave("enrol_refuse")
    assert enrol(browser, token).status == 403


def test_a_revocation_survives_a_restart(urls: Urls, browser: Browser, token: str, state: Path) -> None:
    from sandbox.certificate_authority.ledger import Ledger

    leaf = leaf_of(enrol(browser, token))
    revoke(browser, token, leaf, at="2026-01-01T00:00:00+07:00")
    again = Ledger(state / "authority" / "ledger.jsonl")
    assert again.revoked[leaf.serial_number].revoked_at == datetime.fromisoformat("2026-01-01T00:00:00+07:00")
    assert revoke(browser, token, x509.load_pem_x509_certificate(browser.get("/root.pem").body)).status == 422
