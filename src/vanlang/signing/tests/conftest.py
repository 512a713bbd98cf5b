from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.support.sandbox import Outside
from tests.support.sandbox import fixture_outside as sandbox  # noqa: F401 - a fixture by its name

from vanlang.signing.adapters import status, timestamps
from vanlang.signing.tests.pki import World
from vanlang.signing.tests.pki import world as make_world


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def outside(sandbox: Outside, settings: pytest.FixtureRequest) -> Iterator[Outside]:  # noqa: F811 - the fixture above
    """The sandbox as the certificate authority of this platform; nothing remembered from another test."""
    sandbox.fresh()
    status.forget_answers()
    timestamps.forget_silences()
    base = sandbox.certificate_authority
    settings.SIGNING_AUTHORITY_URL = base
    settings.SIGNING_AUTHORITY_TOKEN = sandbox.enrolment_token
    settings.SIGNING_KEY_TYPE = "ec-p256"  # made in a millisecond
    settings.SIGNING_TIMESTAMP_URL = None
    settings.SIGNING_TRUST_DIR = None
    return sandbox
