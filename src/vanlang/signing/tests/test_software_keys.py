"""Keys at rest: encrypted, bound to their owner, of no use without the setting."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key
from hypothesis import given
from hypothesis import strategies as st

from vanlang.signing.adapters.software_keys import KeyType, SoftwareKeys
from vanlang.signing.errors import KeyStoreError
from vanlang.signing.ports import SignatureAlgorithm

SECRET = base64.b64encode(b"a secret of thirty-two bytes ...").decode()
STORE = SoftwareKeys(SECRET)
HANDLE = STORE.generate(owner="lan")


def test_a_key_signs_and_its_public_half_verifies() -> None:
    key = STORE.open(HANDLE, owner="lan")
    assert key.algorithm is SignatureAlgorithm.RSA_SHA256
    public = load_der_public_key(key.public_key)
    assert isinstance(public, rsa.RSAPublicKey)
    signature = key.sign(b"message")
    assert len(signature) == key.signature_size
    public.verify(signature, b"message", padding.PKCS1v15(), hashes.SHA256())


def test_an_elliptic_key_never_outgrows_its_announced_size() -> None:
    store = SoftwareKeys(SECRET, key_type=KeyType.EC_P256)
    key = store.open(store.generate(owner="lan"), owner="lan")
    public = load_der_public_key(key.public_key)
    assert isinstance(public, ec.EllipticCurvePublicKey)
    for number in range(50):
        signature = key.sign(bytes([number]))
        assert len(signature) <= key.signature_size
        public.verify(signature, bytes([number]), ec.ECDSA(hashes.SHA256()))


def test_what_is_stored_is_not_the_key() -> None:
    plain = b"PRIVATE"
    assert plain not in HANDLE
    assert STORE.generate(owner="lan") != STORE.generate(owner="lan")


@pytest.mark.parametrize("owner", ["hung", "", "lan "])
def test_a_key_opens_for_its_owner_only(owner: str) -> None:
    with pytest.raises(KeyStoreError):
        STORE.open(HANDLE, owner=owner)


@given(place=st.integers(0, len(HANDLE) - 1), flip=st.integers(1, 255))
def test_a_changed_byte_anywhere_is_refused(place: int, flip: int) -> None:
    changed = bytearray(HANDLE)
    changed[place] ^= flip
    with pytest.raises(KeyStoreError):
        STORE.open(bytes(changed), owner="lan")


@given(length=st.integers(0, 40))
def test_a_cut_handle_is_refused(length: int) -> None:
    with pytest.raises(KeyStoreError):
        STORE.open(HANDLE[:length], owner="lan")


@pytest.mark.parametrize("secret", [None, "", "not base64!", base64.b64encode(b"too short").decode()])
def test_without_a_proper_secret_no_key_is_made_or_opened(secret: str | None) -> None:
    for act in (
        lambda: SoftwareKeys(secret).generate(owner="x"),
        lambda: SoftwareKeys(secret).open(HANDLE, owner="lan"),
    ):
        with pytest.raises(KeyStoreError) as refused:
            act()
        assert refused.value.code == "signing.no_encryption_key"


def test_another_secret_does_not_open_it() -> None:
    other = SoftwareKeys(base64.b64encode(b"another secret of thirty-two b..").decode())
    with pytest.raises(KeyStoreError):
        other.open(HANDLE, owner="lan")
