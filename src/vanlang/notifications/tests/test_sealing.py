"""The seal of a web push: the example of RFC 8291, Appendix A, byte for byte."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from vanlang.notifications.adapters.sealing import LONGEST, seal


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def private(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(raw(text), "big"), ec.SECP256R1())


BROWSER = raw("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4")
AUTH = raw("BTBZMqHH6r4Tts7J_aSIgg")
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_y"
    "l95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_standard() -> None:
    sealed = seal(
        b"When I grow up, I want to be a watermelon",
        browser_key=BROWSER,
        auth=AUTH,
        private=private("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
        salt=raw("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert sealed == raw(SEALED)


def test_two_seals_of_one_text_differ() -> None:
    assert seal(b"x", browser_key=BROWSER, auth=AUTH) != seal(b"x", browser_key=BROWSER, auth=AUTH)


@pytest.mark.parametrize(
    ("plain", "key", "auth"),
    [(b"x", b"none", AUTH), (b"x", BROWSER, b"short"), (b"x" * (LONGEST + 1), BROWSER, AUTH)],
)
def test_what_cannot_be_sealed_is_refused(plain: bytes, key: bytes, auth: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        seal(plain, browser_key=key, auth=auth)
