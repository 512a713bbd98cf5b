from __future__ import annotations

from vanlang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, OutsideSystemError


class CredentialNotFoundError(NotFound):
    code = "signing.no_credential"


class MayNotSignError(NotAllowed):
    code = "signing.not_your_credential"


class CredentialUnusableError(Conflict):
    code = "signing.credential_unusable"


class CredentialExistsError(Conflict):
    code = "signing.credential_exists"


class UnsignablePdfError(Conflict):
    """The file cannot take a(nother) signature: locked, changed after an earlier signature, no such field."""

    code = "signing.file_locked"


class UnreadablePdfError(Invalid):
    code = "signing.file_unreadable"


class UnreadableXmlError(Invalid):
    """What should be signed is no XML, brings definitions of its own, or is signed already."""

    code = "signing.xml_unreadable"


class TrustRootError(Invalid):
    code = "signing.root_unreadable"


class AuthorityError(OutsideSystemError):
    code = "signing.authority_silent"

    def __init__(self, *, retryable: bool, code: str | None = None, **facts: object) -> None:
        super().__init__("certificate_authority", retryable=retryable, code=code, **facts)


class KeyStoreError(OutsideSystemError):
    """The key cannot be used: wrong or missing encryption key, or a blob that was tampered with."""

    code = "signing.key_unusable"

    def __init__(self, code: str | None = None) -> None:
        super().__init__("key_store", retryable=False, code=code)
