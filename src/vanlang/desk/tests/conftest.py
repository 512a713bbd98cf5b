from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings
from tests.support.sandbox import Outside
from tests.support.sandbox import fixture_outside as sandbox  # noqa: F401 - a fixture by its name

from vanlang.dossiers.tests.factories import Lives, World, make_world
from vanlang.kernel import clock
from vanlang.signing.adapters import status, timestamps


@pytest.fixture
def world(db: None, at: dt.datetime) -> World:
    return make_world(at)


@pytest.fixture
def lives(world: World) -> Lives:
    return Lives(world)


@pytest.fixture
def monday(at: dt.datetime) -> Iterator[dt.datetime]:
    """The house's clock stands at 09:00 on Monday 23/11/2026."""
    with clock.frozen(at):
        yield at


@pytest.fixture
def authority(sandbox: Outside, settings: Settings) -> Outside:  # noqa: F811 - the fixture above
    """The sandbox as the certificate authority of this house, and its root believed."""
    sandbox.fresh()
    status.forget_answers()
    timestamps.forget_silences()
    settings.SIGNING_AUTHORITY_URL = sandbox.certificate_authority
    settings.SIGNING_AUTHORITY_TOKEN = sandbox.enrolment_token
    settings.SIGNING_TIMESTAMP_URL = f"{sandbox.certificate_authority}/tsa"
    settings.SIGNING_KEY_TYPE = "ec-p256"
    settings.SIGNING_TRUST_DIR = settings.VANLANG_STATE / "trust-desk"
    settings.SIGNING_TRUST_DIR.mkdir(exist_ok=True)
    (settings.SIGNING_TRUST_DIR / "sandbox.pem").write_bytes(sandbox.root())
    return sandbox
