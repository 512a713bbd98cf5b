"""Which adapters stand behind the ports, by the settings."""

from __future__ import annotations

from django.conf import settings

from vanlang.signing.adapters.enrolment import EnrolmentClient
from vanlang.signing.adapters.software_keys import KeyType, SoftwareKeys
from vanlang.signing.adapters.status import HttpStatus
from vanlang.signing.adapters.timestamps import HttpTimeStamps
from vanlang.signing.ports import Outside


def outside() -> Outside:
    """Return the adapters that the settings name; what is not named is None."""
    url = getattr(settings, "SIGNING_AUTHORITY_URL", None)
    token = getattr(settings, "SIGNING_AUTHORITY_TOKEN", None)
    stamps = getattr(settings, "SIGNING_TIMESTAMP_URL", None)
    secret = getattr(settings, "SIGNING_KEY_ENCRYPTION_KEY", None)
    return Outside(
        keys=SoftwareKeys(secret, key_type=KeyType(getattr(settings, "SIGNING_KEY_TYPE", KeyType.RSA_2048))),
        authority=EnrolmentClient(url, token) if url and token else None,
        timestamps=HttpTimeStamps(stamps) if stamps else None,
        status=HttpStatus(),
    )
