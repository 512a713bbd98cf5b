"""
Reading a VietQR text as a bank's application does: EMVCo's id, length, value, and a checksum over all.

Written apart from the province's own code for it, from the same public specification, so that an error of one is found
by the other.
"""

from __future__ import annotations

from binascii import crc_hqx
from dataclasses import dataclass


class UnreadableError(ValueError):
    """The text is no VietQR, or is damaged."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """What the bank transfers."""

    bank: str
    account: str
    vnd: int | None
    reference: str
    purpose: str


def read(text: str) -> Transfer:
    """Return the transfer that a code asks for. Raises: UnreadableError."""
    body, _, checksum = text.rpartition("6304")
    if not body or f"{crc_hqx((body + '6304').encode(), 0xFFFF):04X}" != checksum.upper():
        raise UnreadableError("checksum")
    told = _template(body)
    merchant = _template(told.get("38", ""))
    target = _template(merchant.get("01", ""))
    if merchant.get("00") != "A000000727" or told.get("53") != "704" or not {"00", "01"} <= set(target):
        raise UnreadableError("kind")
    more = _template(told.get("62", ""))
    amount = told.get("54", "").partition(".")[0]
    if amount and not amount.isdigit():
        raise UnreadableError("amount")
    return Transfer(
        bank=target["00"],
        account=target["01"],
        vnd=int(amount) if amount else None,
        reference=more.get("01", ""),
        purpose=more.get("08", ""),
    )


def _template(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    while text:
        name, length = text[:2], text[2:4]
        if len(length) != 2 or not length.isdigit() or len(text) < 4 + int(length):
            raise UnreadableError("shape")
        end = 4 + int(length)
        found[name], text = text[4:end], text[end:]
    return found
