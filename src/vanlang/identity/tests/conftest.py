from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from pytest_django.fixtures import Settings
from tests.support.sandbox import Outside
from tests.support.sandbox import fixture_outside as outside  # noqa: F401 - a fixture

from vanlang.identity.tests.cast import Cast, make_cast
from vanlang.identity.tests.visitor import CALLBACK, Visitor


@pytest.fixture
def cast(db: None, at: dt.datetime) -> Cast:
    return make_cast(at)


@pytest.fixture
def provider(outside: Outside, settings: Settings) -> Outside:  # noqa: F811 - the fixture above
    """The sandbox's identity provider, behaving, with us as its client by settings alone."""
    outside.fresh()
    cache.clear()
    name, secret = outside.register_client(redirect_uris=[CALLBACK], logout_uris=["http://testserver/"])
    settings.VANLANG_OIDC = provider_settings(outside.identity_provider, name, secret)
    return outside


@pytest.fixture
def lan(db: None, provider: Outside) -> Visitor:
    """Bà Lan at a browser, signed in nowhere."""
    return Visitor()


def provider_settings(server_url: str, client_id: str, secret: str, **told: object) -> dict[str, object]:
    """Return the setting that makes an OpenID Connect server our identity provider."""
    told = {"token_auth_method": "client_secret_basic", "minimum_level": 2, **told}
    return {"server_url": server_url, "client_id": client_id, "secret": secret, "scope": ["openid"], **told}
