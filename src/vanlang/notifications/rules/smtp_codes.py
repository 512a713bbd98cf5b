"""What a mail server's refusal says (RFC 5321 §4.2, enhanced codes of RFC 3463): whose fault it is, and whether to try again."""

from __future__ import annotations

import re

from vanlang.notifications.types import ProviderVerdict

_ENHANCED = re.compile(r"^\s*([245])\.(\d{1,3})\.(\d{1,3})")
NO_SUCH_MAILBOX = {550, 551, 553}


def verdict_of(code: int, text: str) -> ProviderVerdict:
    """Return what a refusal before or after the letter means. Anything that is no refusal code at all is nonsense: temporary."""
    found = _ENHANCED.match(text)
    subject = int(found.group(2)) if found else None
    if code == 421:
        return ProviderVerdict.THROTTLED if subject == 7 else ProviderVerdict.UNREACHABLE
    if 400 <= code < 500:
        return ProviderVerdict.THROTTLED if subject == 7 else ProviderVerdict.TEMPORARY
    if 500 <= code < 600:
        is_address = subject in {1, 2} if subject is not None else code in NO_SUCH_MAILBOX
        return ProviderVerdict.BAD_ADDRESS if is_address else ProviderVerdict.REFUSED
    return ProviderVerdict.TEMPORARY
