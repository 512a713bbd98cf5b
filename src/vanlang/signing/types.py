from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum


class Validity(StrEnum):
    """What a signed file is worth, worst first; a file with several signatures is worth its worst one."""

    UNREADABLE = "unreadable"
    """Not a PDF, broken, or encrypted: nothing can be said about it."""
    NOT_SIGNED = "not_signed"
    MODIFIED = "modified"
    """What was signed is not what is there now."""
    REVOKED = "revoked"
    """The certificate had been withdrawn before the signature can be shown to exist."""
    UNTRUSTED = "untrusted"
    """Intact, but nobody we trust vouches for the signer."""
    EXPIRED = "expired"
    """Intact, but the certificate's period was over and nothing shows that the signature is older."""
    VALID = "valid"


class SignerKind(StrEnum):
    """Who speaks through a signature."""

    PERSON = "person"
    SEAL = "seal"
    """An agency: its certificate names an organisation, not a person."""
    TIMESTAMP = "timestamp"
    """A time-stamp authority, over the whole file."""


class Level(StrEnum):
    """Baseline levels of PAdES (ETSI EN 319 142-1) that are produced here."""

    B_B = "B-B"
    B_T = "B-T"
    """With a time stamp over the signature."""


class CredentialKind(StrEnum):
    OFFICER = "officer"
    AGENCY = "agency"


class CredentialState(StrEnum):
    ACTIVE = "active"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class VisibleBox:
    """
    Where the visible mark stands.

    Units: points from the lower left corner of the page; `page` counts from 0, -1 is the last.
    """

    page: int
    left: float
    bottom: float
    width: float
    height: float

    @classmethod
    def between(cls, page: int, x1: float, y1: float, x2: float, y2: float) -> VisibleBox:
        """Return the box between two corners on a page that is counted from 1, as a typesetter tells places."""
        return cls(page - 1, min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))

    @property
    def rectangle(self) -> tuple[int, int, int, int]:
        """Left, bottom, right, top, in whole points."""
        left, bottom = round(self.left), round(self.bottom)
        return (left, bottom, left + round(self.width), bottom + round(self.height))


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """A file with one signature more."""

    content: bytes
    sha256: str
    level: Level
    signed_at: dt.datetime
    certificate_serial: str
    field: str
    """Name of the signature field in the file."""


@dataclass(frozen=True, slots=True)
class CredentialCard:
    """With what an officer or an agency signs."""

    id: uuid.UUID
    kind: CredentialKind
    state: CredentialState
    appointment_id: int | None
    agency_id: int
    holder: str
    """Name in the certificate: of the officer, or of the agency."""
    agency_name: str
    serial: str
    """Serial number of the certificate, hexadecimal."""
    valid_from: dt.datetime
    valid_to: dt.datetime

    def is_usable(self, at: dt.datetime) -> bool:
        """Say whether it may sign at an instant, by its own state and period."""
        return self.state is CredentialState.ACTIVE and self.valid_from <= at < self.valid_to


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """What one signature in a file is worth, and why."""

    validity: Validity
    field: str
    kind: SignerKind
    signer: str
    """As the certificate names them; a claim only, when the validity is UNTRUSTED."""
    agency: str
    title: str
    serial: str
    issuer: str
    signed_at: dt.datetime | None
    """When it was made: proven by a time stamp or our own record, else as the file claims."""
    time_is_proven: bool
    intact: bool
    """The signed bytes are those that were signed."""
    covers_whole_file: bool
    changed_after_signing: bool
    """Something was added after this signature that neither another signature nor proof material explains."""
    trusted: bool
    valid_when_signed: bool
    """The certificate's period covers `signed_at`."""
    valid_now: bool
    revoked_at: dt.datetime | None
    status_known: bool
    """The authority's word on revocation was at hand."""
    signed_bytes: int
    """Length of the file as it was signed: `pdf[:signed_bytes]` is what the signer saw."""
    weaknesses: tuple[str, ...] = ()
    """Codes of what was found wrong, for the machine report; `labels.WEAKNESSES` has their sentences."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file is worth."""

    validity: Validity
    sha256: str
    size_bytes: int
    checked_at: dt.datetime
    signatures: tuple[SignatureVerdict, ...] = ()
    """In the order in which they were made."""

    @property
    def is_valid(self) -> bool:
        return self.validity is Validity.VALID


@dataclass(frozen=True, slots=True)
class SignatureCard:
    """Our own record of a signature that this platform made."""

    id: uuid.UUID
    file_sha256: str
    credential_id: uuid.UUID
    appointment_id: int | None
    agency_id: int
    certificate_serial: str
    signed_at: dt.datetime
    role: str
    page: int | None
    rectangle: tuple[int, ...] | None
    level: Level
    field: str
