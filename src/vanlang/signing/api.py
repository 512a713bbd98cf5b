"""
Signatures: make them, and say what they are worth.

Two commands do the work. `sign_pdf` adds one PAdES signature to a file: a leader's own, or the seal of an agency in the
hand of its registry clerk; give `lock=True` to the last one, and nothing may follow it. `verify_pdf` takes any bytes and
returns a `Verdict`: a value with one validity, never an exception, the same for the screen, the log and the machine. A file
whose validity is not VALID must not be acted upon.

`seal_xml` seals a document of data in its agency's name (XAdES): a receipt that a machine reads. It is the one thing that the
house seals without a hand, for the roles in `rules.authority.UNATTENDED`.

Keys are made and used behind `ports.KeyStore` and never leave it. `enrol_officer` and `enrol_agency` have a new key
certified; `revoke` ends it. Signing needs neither the authority nor the time-stamp service: when one of them is silent, a file is
still signed, and only its level differs.

Sentences for people are in `labels`: `VALIDITIES` for the file, `WEAKNESSES` for the details, `about` for the line
that says who signed.
"""

from vanlang.signing.errors import (
    AuthorityError,
    CredentialExistsError,
    CredentialNotFoundError,
    CredentialUnusableError,
    KeyStoreError,
    MayNotSignError,
    TrustRootError,
    UnreadablePdfError,
    UnreadableXmlError,
    UnsignablePdfError,
)
from vanlang.signing.labels import SIGNER_KINDS, VALIDITIES, VALIDITY_NAMES, WEAKNESSES, about
from vanlang.signing.queries import (
    find_credential_of_appointment,
    find_seal_of_agency,
    get_credential,
    list_credentials,
    list_credentials_in_use,
    list_signatures,
)
from vanlang.signing.rules.authority import may_use
from vanlang.signing.services import (
    enrol_agency,
    enrol_officer,
    revoke,
    seal_xml,
    sign_pdf,
    trust_root,
    verify_pdf,
)
from vanlang.signing.types import (
    CredentialCard,
    CredentialKind,
    CredentialState,
    Level,
    SignatureCard,
    SignatureVerdict,
    SignedPdf,
    SignerKind,
    Validity,
    Verdict,
    VisibleBox,
)

__all__ = [
    "SIGNER_KINDS",
    "VALIDITIES",
    "VALIDITY_NAMES",
    "WEAKNESSES",
    "AuthorityError",
    "CredentialCard",
    "CredentialExistsError",
    "CredentialKind",
    "CredentialNotFoundError",
    "CredentialState",
    "CredentialUnusableError",
    "KeyStoreError",
    "Level",
    "MayNotSignError",
    "SignatureCard",
    "SignatureVerdict",
    "SignedPdf",
    "SignerKind",
    "TrustRootError",
    "UnreadablePdfError",
    "UnreadableXmlError",
    "UnsignablePdfError",
    "Validity",
    "Verdict",
    "VisibleBox",
    "about",
    "enrol_agency",
    "enrol_officer",
    "find_credential_of_appointment",
    "find_seal_of_agency",
    "get_credential",
    "list_credentials",
    "list_credentials_in_use",
    "list_signatures",
    "may_use",
    "revoke",
    "seal_xml",
    "sign_pdf",
    "trust_root",
    "verify_pdf",
]
