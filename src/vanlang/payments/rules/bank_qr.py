"""
The code that a bank's application reads: VietQR, which is EMVCo's merchant-presented code with one national template.

    00 format · 01 static 11, dynamic 12 · 38 account (00 A000000727, 01 (00 bank, 01 account), 02 service)
    53 currency 704 · 54 amount · 58 VN · 62 (01 reference, 08 purpose) · 63 checksum

Every field is id (2 digits), length (2 digits), value. The checksum is CRC-16/CCITT-FALSE over all before it, its own id
and length included. Source: EMVCo QR Code Specification for Payment Systems, merchant-presented mode; NAPAS VietQR.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanlang.kernel.errors import Refusal
from vanlang.kernel.vietnamese import bare
from vanlang.payments.types import BankAccount, TransferRequest

NATIONAL, TO_ACCOUNT, TO_CARD = "A000000727", "QRIBFTTA", "QRIBFTTC"
DONG, VIETNAM = "704", "VN"
LONGEST_PURPOSE, LONGEST_REFERENCE, LONGEST_ACCOUNT = 25, 25, 19
MOST_VND = 9_999_999_999_999
_PLAIN = re.compile(r"[^A-Za-z0-9 .,:/_-]")


def encode(request: TransferRequest) -> str:
    """
    Return the text of the code.

    Raises: ValueError when `may_encode` has something against it.
    """
    if (refusal := may_encode(request)) is not None:
        raise ValueError(refusal.code)
    account = _field("00", NATIONAL)
    account += _field("01", _field("00", request.to.bank) + _field("01", request.to.number))
    account += _field("02", TO_ACCOUNT)
    more = _field("01", request.reference) if request.reference else ""
    more += _field("08", request.purpose) if request.purpose else ""
    told = _field("00", "01") + _field("01", "12" if request.vnd else "11") + _field("38", account)
    told += (
        _field("53", DONG) + (_field("54", str(request.vnd)) if request.vnd else "") + _field("58", VIETNAM)
    )
    told += (_field("62", more) if more else "") + "6304"
    return told + checksum(told)


def may_encode(request: TransferRequest) -> Refusal | None:
    """Return what stands against a code: nothing is cut to fit."""
    if not re.fullmatch(r"\d{6}", request.to.bank):
        return Refusal("payments.bank_is_six_digits")
    if not re.fullmatch(rf"[A-Za-z0-9]{{1,{LONGEST_ACCOUNT}}}", request.to.number):
        return Refusal("payments.account_is_no_number")
    if request.vnd is not None and not 0 < request.vnd <= MOST_VND:
        return Refusal("payments.amount_is_none")
    for text, longest in ((request.purpose, LONGEST_PURPOSE), (request.reference, LONGEST_REFERENCE)):
        if len(text) > longest or text != plain(text):
            return Refusal("payments.purpose_does_not_fit", {"longest": longest})
    return None


def decode(code: str) -> TransferRequest:
    """
    Return what a code says.

    Raises: ValueError with "payments.…" when its checksum or its shape is wrong, or it is none of ours.
    """
    if len(code) < 8 or checksum(code[:-4]) != code[-4:].upper():
        raise ValueError("payments.code_is_damaged")
    told = dict(_fields(code))
    account = dict(_fields(told.get("38", "")))
    if account.get("00") != NATIONAL or told.get("53") != DONG:
        raise ValueError("payments.code_is_of_another_kind")
    target, more = dict(_fields(account.get("01", ""))), dict(_fields(told.get("62", "")))
    if not {"00", "01"} <= set(target):
        raise ValueError("payments.code_is_of_another_kind")
    amount = told.get("54")
    if amount is not None and not re.fullmatch(r"\d{1,13}(\.0{1,2})?", amount):
        raise ValueError("payments.amount_is_none")
    return TransferRequest(
        to=BankAccount(target["00"], target["01"]),
        vnd=int(amount.split(".")[0]) if amount else None,
        purpose=more.get("08", ""),
        reference=more.get("01", ""),
    )


def plain(text: str) -> str:
    """Return `text` as banks keep it: without diacritics, and only letters, digits and a few marks."""
    return _PLAIN.sub("", bare(text))


def checksum(text: str) -> str:
    """Return the CRC-16/CCITT-FALSE of `text`, four hexadecimal digits."""
    value = 0xFFFF
    for byte in text.encode():
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1) ^ 0x1021 if value & 0x8000 else value << 1
        value &= 0xFFFF
    return f"{value:04X}"


def _field(name: str, value: str) -> str:
    return f"{name}{len(value):02}{value}"


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of a template. Raises: ValueError for a shape that is none."""
    at = 0
    while at < len(text):
        name, length = text[at : at + 2], text[at + 2 : at + 4]
        if not (name.isascii() and name.isdigit() and length.isascii() and length.isdigit()):
            raise ValueError("payments.code_is_damaged")
        end = at + 4 + int(length)
        if len(length) < 2 or end > len(text):
            raise ValueError("payments.code_is_damaged")
        yield name, text[at + 4 : end]
        at = end
