"""A key made for the suite, and a real PAdES signature with it in the place that the page left for it."""

from __future__ import annotations

import datetime as dt
import io
from functools import cache

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner, fields
from pyhanko_certvalidator.registry import SimpleCertificateStore

from vanlang.documents.types import Sheet


@cache
def _signer() -> SimpleSigner:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Phạm Văn Phúc")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2036, 1, 1, tzinfo=dt.UTC))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),
    )


def sign(sheet: Sheet) -> bytes:
    """Return `sheet` signed in its place for the signer."""
    box = sheet.box("signer")
    place = (round(box.x1), round(box.y1), round(box.x2), round(box.y2)) if box else None
    field = fields.SigFieldSpec("Signature1", on_page=(box.page - 1) if box else 0, box=place)
    writer = IncrementalPdfFileWriter(io.BytesIO(sheet.pdf))
    pdf_signer = PdfSigner(
        PdfSignatureMetadata(
            field_name="Signature1", subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256"
        ),
        signer=_signer(),
        new_field_spec=field,
    )
    return bytes(pdf_signer.sign_pdf(writer).getvalue())
