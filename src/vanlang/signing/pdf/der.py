"""The few shapes of DER that a signature is written in (X.690)."""

from __future__ import annotations

SEQUENCE = 0x30
SET = 0x31
OCTETS = 0x04


def context(number: int) -> int:
    """Return the constructed context tag `[number]`."""
    return 0xA0 | number


def wrap(tag: int, *parts: bytes) -> bytes:
    """Return `parts` as the content of one element."""
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def set_of(*parts: bytes) -> bytes:
    """Return a SET OF, its members in the order that DER prescribes."""
    return wrap(SET, *sorted(parts))
