"""RFC 3161 time stamps: a signed statement that some bytes existed at a moment."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import Encoding

from sandbox.certificate_authority.chain import Party

POLICY = "2.999.3161.1"
"""Below 2.999, the arc reserved for examples."""

_LENGTHS = {"sha256": 32, "sha384": 48, "sha512": 64}


def refusal(failure: str) -> bytes:
    """Return a time-stamp answer that says no, with one of the failures of RFC 3161 §2.4.2."""
    status = tsp.PKIStatusInfo({"status": "rejection", "fail_info": {failure}})
    answer: bytes = core.SequenceOf(
        [status], spec=tsp.PKIStatusInfo
    ).dump()  # asn1crypto's own type wants a token
    return answer


def stamp(query: bytes, authority: Party, issuing: Party, at: datetime) -> bytes:
    """Return the answer to a time-stamp query: granted, or refused with the reason."""
    try:
        request = tsp.TimeStampReq.load(query, strict=True)
        imprint = request["message_imprint"]
        algorithm = imprint["hash_algorithm"]["algorithm"].native
        digest = imprint["hashed_message"].native
        policy = request["req_policy"].native
        wants_certificates = bool(request["cert_req"].native)
        nonce = request["nonce"]
    except (ValueError, TypeError):
        return refusal("bad_data_format")
    if algorithm not in _LENGTHS:
        return refusal("bad_alg")
    if len(digest) != _LENGTHS[algorithm]:
        return refusal("bad_data_format")
    if policy not in (None, POLICY):
        return refusal("unaccepted_policy")
    info = tsp.TSTInfo(
        {
            "version": "v1",
            "policy": POLICY,
            "message_imprint": imprint,
            "serial_number": secrets.randbits(64) + 1,
            "gen_time": at,
            "accuracy": {"seconds": 1},
            **({"nonce": nonce} if isinstance(nonce, core.Integer) else {}),
        }
    )
    token = _token(info.dump(), authority, issuing, at, wants_certificates=wants_certificates)
    answer: bytes = tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump()
    return answer


def stamp_another(query: bytes, authority: Party, issuing: Party, at: datetime) -> bytes:
    """Return a well-signed answer to a question that nobody asked."""
    request = tsp.TimeStampReq.load(query)
    request["message_imprint"] = {
        "hash_algorithm": {"algorithm": "sha256"},
        "hashed_message": hashlib.sha256(b"something else").digest(),
    }
    return stamp(request.dump(force=True), authority, issuing, at)


def _token(
    info: bytes, authority: Party, issuing: Party, at: datetime, *, wants_certificates: bool
) -> cms.ContentInfo:
    certificate = asn1_x509.Certificate.load(authority.certificate.public_bytes(Encoding.DER))
    above = asn1_x509.Certificate.load(issuing.certificate.public_bytes(Encoding.DER))
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    attributes = _attributes(info, certificate, at)
    signature = authority.key.sign(attributes.dump(), padding.PKCS1v15(), hashes.SHA256())
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.IssuerAndSerialNumber(
                {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
            ),
            "digest_algorithm": sha256,
            "signature_algorithm": {"algorithm": "rsassa_pkcs1v15"},
            "signed_attrs": attributes,
            "signature": signature,
        }
    )
    signed = {
        "version": "v3",
        "digest_algorithms": [sha256],
        "encap_content_info": {"content_type": "tst_info", "content": cms.ParsableOctetString(info)},
        "signer_infos": [signer],
    }
    if wants_certificates:
        signed["certificates"] = [certificate, above]
    return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)})


def _attributes(info: bytes, certificate: asn1_x509.Certificate, at: datetime) -> cms.CMSAttributes:
    binding = tsp.SigningCertificateV2(
        {"certs": [{"cert_hash": hashlib.sha256(certificate.dump()).digest()}]}
    )
    values = {
        "content_type": "tst_info",
        "signing_time": cms.Time({"utc_time": core.UTCTime(at)}),
        "message_digest": hashlib.sha256(info).digest(),
        "signing_certificate_v2": binding,
    }
    return cms.CMSAttributes([{"type": kind, "values": [value]} for kind, value in values.items()])
