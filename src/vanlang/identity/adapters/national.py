"""
The national identity provider, over OpenID Connect: code flow with PKCE, state and nonce.

allauth carries the protocol's errands (state in the session, PKCE, the token request). What it leaves to trust is
checked here: that the discovery document is the issuer's own, that the answer came from that issuer (RFC 9207), that
the id_token is signed by a published key and made for this very sign-in (`rules/id_token.py`), and that user-info
speaks of the same person. Which provider, which claims and which level are settings; the code is the same for all.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

import structlog
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from requests import RequestException  # noqa: TID251 - allauth's transport raises it
from typing_extensions import override

from vanlang.identity.errors import IdentityProviderError, ProviderUnreachableError
from vanlang.identity.rules import claims as rules
from vanlang.identity.rules.id_token import Expected, key_id_of, knows_key, read_id_token
from vanlang.identity.services import PersonFacts
from vanlang.kernel import clock
from vanlang.kernel.errors import Refusal

log = structlog.get_logger(__name__)

PROVIDER = "national"
CACHE_SECONDS = 600
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class NationalProvider(OpenIDConnectOAuth2Adapter):  # type: ignore[misc] # allauth ships no types
    """One visitor's errand to the provider: `begin` sends them there, `finish` reads what they come back with."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, PROVIDER)
        told = {"client_id": "", "secret": "", **settings.VANLANG_OIDC}
        self.app = SocialApp(
            provider="openid_connect",
            provider_id=PROVIDER,
            client_id=told.pop("client_id"),
            secret=told.pop("secret"),
            settings=told,
        )
        self.provider = OpenIDConnectProvider(request, app=self.app)

    @override
    def get_provider(self) -> OpenIDConnectProvider:
        """Return the provider of our settings: allauth would also take one from a table that nobody guards."""
        return self.provider

    # --- there and back ---------------------------------------------------------------------------

    def begin(self, back_to: str) -> str:
        """Return the provider's address for a new sign-in that ends at `back_to`."""
        nonce = secrets.token_urlsafe(32)
        pkce = generate_code_challenge()
        try:
            client = self.get_client(self.request, self.app)
            address = self.authorize_url
        except RequestException as error:
            raise _unreachable(error) from error
        client.state = self.provider.stash_redirect_state(
            self.request, "login", back_to, None, pkce_code_verifier=pkce.pop("code_verifier"), nonce=nonce
        )
        url: str = client.get_redirect_url(address, self.provider.get_scope(), {**pkce, "nonce": nonce})
        return url

    @override
    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return request.build_absolute_uri(reverse("national_callback"))

    def take_state(self) -> Mapping[str, Any] | None:
        """Return what we remembered when the visitor left, once; None when we did not send them."""
        state_id = self.request.GET.get("state", "")
        state: Mapping[str, Any] | None = statekit.unstash_state(
            self.request, provider_id=self.provider.sub_id, state_id=state_id
        )
        return state

    def finish(self, state: Mapping[str, Any]) -> PersonFacts:
        """
        Return what the provider vouches for.

        Raises: IdentityProviderError when the answer is a refusal or cannot be believed; ProviderUnreachableError.
        """
        try:
            return self._facts(self._verified_claims(state))
        except RequestException as error:
            raise _unreachable(error) from error

    def sign_out_url(self, back_to: str) -> str:
        """Return where the visitor ends their session at the provider too; empty when it offers no such place."""
        try:
            address = self.openid_config.get("end_session_endpoint", "")
        except (RequestException, IdentityProviderError):
            return ""
        told = {"client_id": self.app.client_id, "post_logout_redirect_uri": back_to}
        return f"{address}?{urlencode(told)}" if address else ""

    def form_origins(self) -> tuple[str, ...]:
        """Return the origins that a sign-in form leads to: the page's security policy must allow them."""
        parts = urlsplit(self.provider.server_url)
        return (f"{parts.scheme}://{parts.netloc}", *settings.VANLANG_OIDC_FORM_ORIGINS)

    # --- the answer, checked ----------------------------------------------------------------------

    def _verified_claims(self, state: Mapping[str, Any]) -> dict[str, Any]:
        answer = self.request.GET
        if answer.get("error") == "access_denied":
            raise IdentityProviderError("identity.sign_in_cancelled")
        issuer = self.openid_config["issuer"]
        names_itself = self.openid_config.get("authorization_response_iss_parameter_supported")
        if answer.get("iss", None if names_itself else issuer) != issuer:
            raise _disbelieved("answer of another issuer")
        if "error" in answer or not answer.get("code"):
            raise _disbelieved("error answer")
        tokens = self._redeem(str(state["pkce_code_verifier"]))
        claims = self._id_token_claims(tokens, str(state["nonce"]))
        return {**claims, **self._user_info(tokens["access_token"], claims["sub"])}

    def _redeem(self, verifier: str) -> dict[str, str]:
        client = self.get_client(self.request, self.app)
        try:
            tokens: dict[str, str] = self.get_access_token_data(self.request, self.app, client, verifier)
        except (OAuth2Error, KeyError, ValueError) as error:  # their text holds the answer: not for the log
            raise _disbelieved("code not redeemed") from error
        return tokens

    def _id_token_claims(self, tokens: Mapping[str, str], nonce: str) -> Mapping[str, Any]:
        token = str(tokens.get("id_token", ""))
        keys = self._keys()
        if not knows_key(keys, key_id_of(token)):  # the provider may have changed its keys since
            keys = self._keys(fresh=True)
        expected = Expected(
            issuer=self.openid_config["issuer"],
            client_id=self.app.client_id,
            nonce=nonce,
            access_token=tokens["access_token"],
        )
        claims = read_id_token(token, keys=keys, expected=expected, at=clock.now())
        if isinstance(claims, Refusal):
            raise _disbelieved(str(claims.facts["why"]))
        return claims

    def _user_info(self, access_token: str, subject: str) -> dict[str, Any]:
        address = self.openid_config.get("userinfo_endpoint")
        if not address or not _is_confidential(address):
            return {}
        told = self._get(address, {"Authorization": f"Bearer {access_token}"})
        if told.get("sub") != subject:
            raise _disbelieved("user-info of another person")
        return told

    def _facts(self, claims: Mapping[str, Any]) -> PersonFacts:
        names = {**rules.NAMES, **self.app.settings.get("claims", {})}
        said = {fact: rules.told(claims, names[fact]) for fact in names}
        level = rules.level(said["level"])
        if level is not None and level < int(self.app.settings.get("minimum_level", 0)):
            raise IdentityProviderError("identity.level_too_low", level=level)
        if not said["personal_id"] or not said["full_name"]:
            raise _disbelieved("no personal id or name", "identity.personal_id_missing")
        return PersonFacts(
            full_name=said["full_name"],
            personal_id=said["personal_id"],
            born_on=rules.day(said["born_on"]),
            gender=rules.gender(said["gender"]),
            address=said["address"],
            phone=rules.phone(said["phone"]),
            email=said["email"],
        )

    # --- what the provider publishes --------------------------------------------------------------

    @property
    @override
    def openid_config(self) -> dict[str, Any]:
        """The discovery document, believed only when it names the issuer that we are set to trust."""
        address = self.provider.server_url
        config: dict[str, Any] | None = cache.get(f"oidc:{address}")
        if config is None:
            config = self._get(address)
            cache.set(f"oidc:{address}", config, CACHE_SECONDS)
        trusted = self.app.settings.get("issuer") or address.partition("/.well-known/")[0]
        if str(config.get("issuer", "")).rstrip("/") != trusted.rstrip("/"):
            raise _disbelieved("discovery document of another issuer")
        if not all(_is_confidential(config.get(name, "")) for name in _NEEDED):
            raise _disbelieved("address missing or without TLS")
        return config

    def _keys(self, *, fresh: bool = False) -> list[dict[str, Any]]:
        address = self.openid_config["jwks_uri"]
        keys: list[dict[str, Any]] | None = None if fresh else cache.get(f"oidc-keys:{address}")
        if keys is None:
            keys = list(self._get(address).get("keys", []))
            cache.set(f"oidc-keys:{address}", keys, CACHE_SECONDS)
        return keys

    def _get(self, address: str, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            response = session.get(address, headers=dict(headers or {}))
            response.raise_for_status()
            told = response.json()
        return told if isinstance(told, dict) else {}


_NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


def _is_confidential(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _disbelieved(why: str, code: str = "identity.provider_refused") -> IdentityProviderError:
    log.warning("identity_provider_disbelieved", why=why)
    return IdentityProviderError(code)


def _unreachable(error: Exception) -> ProviderUnreachableError:
    log.warning("identity_provider_unreachable", error=type(error).__name__)
    return ProviderUnreachableError("identity_provider", retryable=True)
