from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.support.sandbox import Outside
from tests.support.sandbox import fixture_outside as sandbox  # noqa: F401 - a fixture by its name

from vanlang.dossiers.tests.factories import Lives, World, make_world


@pytest.fixture
def world(db: None, at: dt.datetime) -> World:
    return make_world(at)


@pytest.fixture
def lives(world: World) -> Lives:
    return Lives(world)


@pytest.fixture
def outside(sandbox: Outside, settings: Any) -> Outside:  # noqa: F811 - the fixture above
    """The sandbox as the certificate authority of this platform."""
    from vanlang.signing.adapters import status, timestamps

    sandbox.fresh()
    status.forget_answers()
    timestamps.forget_silences()
    settings.SIGNING_AUTHORITY_URL = sandbox.certificate_authority
    settings.SIGNING_AUTHORITY_TOKEN = sandbox.enrolment_token
    settings.SIGNING_KEY_TYPE = "ec-p256"  # made in a millisecond
    settings.SIGNING_TIMESTAMP_URL = None
    settings.SIGNING_TRUST_DIR = None
    return sandbox
