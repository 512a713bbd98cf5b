"""
The endpoints of the national identity provider's stand-in.

OpenID Connect Core 1.0, authorization code flow only. Stricter than the standard where the national guidance is: PKCE with S256
is required of every client, redirect addresses match letter by letter, a client always authenticates at the token endpoint.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlencode, urlsplit

from typing_extensions import override
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from sandbox.identity_provider import pages
from sandbox.identity_provider.claims import SUPPORTED, claims_of
from sandbox.identity_provider.grants import TOKEN_LIFE, AuthorizationRequest, Client, Grant, Memory, verifies
from sandbox.identity_provider.people import PEOPLE, Person
from sandbox.identity_provider.tokens import SPOILED, Mint
from sandbox.wire import Station, as_json, now, problem, read_json, refuse_strangers

COOKIE = "sandbox_identity"


class IdentityProvider(Station):
    """Answers at one base URL, which is the issuer."""

    system: ClassVar[str] = "identity_provider"
    modes: ClassVar[frozenset[str]] = SPOILED | {"server_error", "other_userinfo"}

    def __init__(
        self, base_url: str, state: Path, clients: Mapping[str, Client], people: Sequence[Person] = PEOPLE
    ) -> None:
        super().__init__(base_url)
        self.people = {person.subject: person for person in people}
        self.mint = Mint(base_url, state)
        self.memory = Memory()
        self._registered = dict(clients)
        self.clients = dict(clients)
        self.route("GET", "/", lambda _: pages.front_page(self.people.values()))
        self.route("GET", "/.well-known/openid-configuration", self.discovery)
        self.route("GET", "/jwks", lambda _: as_json(self.mint.jwks))
        self.route("GET", "/authorize", self.authorize)
        self.route("POST", "/login", self.login)
        self.route("POST", "/token", self.token)
        self.route("GET", "/userinfo", self.userinfo)
        self.route("POST", "/userinfo", self.userinfo)
        self.route("GET", "/logout", self.logout)
        self.route("POST", "/logout", self.logout)
        self.route(
            "GET", "/provider.css", lambda _: Response(pages.STYLE, content_type="text/css; charset=utf-8")
        )
        self.route("POST", "/_sandbox/clients", self.register)

    @override
    def forget(self) -> None:
        self.memory = Memory()
        self.clients = dict(self._registered)

    @override
    def ready(self) -> dict[str, object]:
        discovery = f"{self.base_url}/.well-known/openid-configuration"
        return {
            **super().ready(),
            "issuer": self.base_url,
            "discovery": discovery,
            "clients": sorted(self.clients),
        }

    def discovery(self, _request: Request) -> Response:
        """Describe the provider (OpenID Connect Discovery 1.0 §3)."""
        return as_json(
            {
                "issuer": self.base_url,
                "authorization_endpoint": f"{self.base_url}/authorize",
                "token_endpoint": f"{self.base_url}/token",
                "userinfo_endpoint": f"{self.base_url}/userinfo",
                "jwks_uri": f"{self.base_url}/jwks",
                "end_session_endpoint": f"{self.base_url}/logout",
                "scopes_supported": ["openid", "profile", "email", "phone", "address"],
                "response_types_supported": ["code"],
                "response_modes_supported": ["query"],
                "grant_types_supported": ["authorization_code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
                "code_challenge_methods_supported": ["S256"],
                "claims_supported": list(SUPPORTED),
                "prompt_values_supported": ["none", "login", "consent"],
                "authorization_response_iss_parameter_supported": True,
                "ui_locales_supported": ["vi"],
            }
        )

    def register(self, request: Request) -> Response:
        """Register a client for the life of this process (control room): client_id, client_secret, redirect_uris."""
        refuse_strangers(request)
        client = client_from(read_json(request))
        if client is None:
            return problem("invalid_client_metadata")
        self.clients[client.id] = client
        return as_json({"client_id": client.id, "redirect_uris": sorted(client.redirect_uris)})

    # --- authorization endpoint -------------------------------------------------------------------

    def authorize(self, request: Request) -> Response:
        """Check a client's request and show the page of people, or send the browser back with an error."""
        asked = request.args
        client = self.clients.get(asked.get("client_id", ""))
        if client is None:
            return pages.refusal_page("Ứng dụng gửi yêu cầu chưa được đăng ký.")
        if asked.get("redirect_uri") not in client.redirect_uris:
            return pages.refusal_page("Địa chỉ trả về không đúng với địa chỉ ứng dụng đã đăng ký.")
        if (error := _fault_in(asked)) is not None:
            return self._send_back(asked["redirect_uri"], {"error": error, "state": asked.get("state")})
        wanted = AuthorizationRequest(
            client_id=client.id,
            redirect_uri=asked["redirect_uri"],
            scope=asked["scope"],
            state=asked.get("state"),
            nonce=asked.get("nonce"),
            challenge=asked["code_challenge"],
            asked_at=now(),
        )
        session_id = request.cookies.get(COOKIE, "")
        session = self.memory.sessions.get(session_id)
        if asked.get("prompt") == "none":
            if session is None:
                return self._send_back(
                    wanted.redirect_uri, {"error": "login_required", "state": wanted.state}
                )
            return self._consent(wanted, session_id)
        current = session.subject if session and asked.get("prompt") != "login" else None
        handle = self.memory.remember_request(wanted)
        return pages.login_page(
            client=client.name, handle=handle, people=self.people.values(), current=current
        )

    def login(self, request: Request) -> Response:
        """Take the person's choice and send the browser back with a code, or with their refusal."""
        wanted = self.memory.take_request(request.form.get("request", ""), now())
        if wanted is None:
            return pages.refusal_page("Yêu cầu đăng nhập đã hết hạn hoặc đã được dùng.")
        person = self.people.get(request.form.get("person", ""))
        consents = request.form.get("consent") == "yes" and request.form.get("deed") != "refuse"
        if person is None or not consents:
            return self._send_back(wanted.redirect_uri, {"error": "access_denied", "state": wanted.state})
        session = self.memory.open_session(person.subject, now())
        response = self._consent(wanted, session)
        response.set_cookie(COOKIE, session, httponly=True, samesite="Lax", path="/")
        return response

    def _consent(self, wanted: AuthorizationRequest, session_id: str) -> Response:
        session = self.memory.sessions[session_id]
        code = self.memory.grant(Grant(wanted, session.subject, session_id, session.signed_in_at, now()))
        return self._send_back(wanted.redirect_uri, {"code": code, "state": wanted.state})

    def _send_back(self, address: str, answer: Mapping[str, str | None]) -> Response:
        told = {key: value for key, value in answer.items() if value is not None} | {"iss": self.base_url}
        mark = "&" if urlsplit(address).query else "?"
        response = redirect(f"{address}{mark}{urlencode(told)}", code=303)
        response.headers["Cache-Control"] = "no-store"
        return response

    # --- token and user-info endpoints ------------------------------------------------------------

    def token(self, request: Request) -> Response:
        """Exchange a code for tokens (RFC 6749 §4.1.3, RFC 7636 §4.5)."""
        if self.misbehaves("server_error", request):
            return problem("server_error", status=503)
        client = self._authenticate(request)
        if client is None:
            refusal = problem("invalid_client", status=401)
            refusal.headers["WWW-Authenticate"] = 'Basic realm="sandbox"'
            return refusal
        if request.form.get("grant_type") != "authorization_code":
            return problem("unsupported_grant_type")
        code = request.form.get("code", "")
        grant = self.memory.redeem(code, now())
        if grant is None or not _fits(grant, client, request):
            return problem("invalid_grant")
        access_token = self.memory.issue(code, grant, now())
        misdeed = self.plan.take(SPOILED, request.path)
        claims = self.mint.claims(grant, access_token, now())
        return as_json(
            {
                "access_token": access_token,
                "token_type": "Bearer",
                "expires_in": int(TOKEN_LIFE.total_seconds()),
                "scope": grant.request.scope,
                "id_token": self.mint.id_token(claims, misdeed.mode if misdeed else None),
            }
        )

    def _authenticate(self, request: Request) -> Client | None:
        basic = request.authorization
        if basic is not None and basic.type == "basic":
            name, secret = basic.username, basic.password
        else:
            name, secret = request.form.get("client_id"), request.form.get("client_secret")
        client = self.clients.get(name or "")
        return client if client is not None and client.knows(secret or "") else None

    def userinfo(self, request: Request) -> Response:
        """Tell the claims of the person behind an access token."""
        bearer = request.authorization
        token = bearer.token if bearer is not None and bearer.type == "bearer" else None
        found = self.memory.find_token(token or "", now())
        if found is None:
            refusal = problem("invalid_token", status=401)
            refusal.headers["WWW-Authenticate"] = 'Bearer realm="sandbox", error="invalid_token"'
            return refusal
        subject = found.subject
        if self.misbehaves("other_userinfo", request):
            subject = next(other for other in self.people if other != subject)
        return as_json(claims_of(self.people[subject]))

    def logout(self, request: Request) -> Response:
        """End the browser's session; go back only to an address the client registered."""
        asked = request.values
        hint = self.mint.subject_of_hint(asked.get("id_token_hint", ""), sorted(self.clients))
        client = self.clients.get(asked.get("client_id") or (hint[0] if hint else ""))
        cookie = request.cookies.get(COOKIE, "")
        self.memory.close_session(cookie)
        if hint:
            for session in [key for key in self.memory.sessions if _mark_of(key) == hint[1]]:
                self.memory.close_session(session)
        address = asked.get("post_logout_redirect_uri")
        if client is not None and address in client.logout_uris:
            state = asked.get("state")
            mark = "&" if urlsplit(address).query else "?"
            response = redirect(
                f"{address}{mark}{urlencode({'state': state})}" if state else address, code=303
            )
        else:
            response = pages.signed_out_page()
        response.delete_cookie(COOKIE, path="/")
        return response


def client_from(told: Mapping[str, object]) -> Client | None:
    """Read a client's registration, or None when it is not one."""
    redirects, logouts = told.get("redirect_uris"), told.get("post_logout_redirect_uris", [])
    name, secret = told.get("client_id"), told.get("client_secret")
    if not (isinstance(name, str) and name and isinstance(secret, str) and secret):
        return None
    if not (isinstance(redirects, list) and redirects and isinstance(logouts, list)):
        return None
    return Client(
        id=name,
        secret=secret,
        name=str(told.get("client_name", name)),
        redirect_uris=frozenset(map(str, redirects)),
        logout_uris=frozenset(map(str, logouts)),
    )


def read_clients(path: Path) -> dict[str, Client]:
    """Return the clients that the JSON file at `path` lists."""
    clients = (client_from(row) for row in json.loads(path.read_text(encoding="utf-8")))
    return {client.id: client for client in clients if client is not None}


def _fault_in(asked: Mapping[str, str]) -> str | None:
    """Return the OAuth error of an authorization request, or None."""
    if asked.get("response_type") != "code":
        return "unsupported_response_type"
    if "openid" not in asked.get("scope", "").split():
        return "invalid_scope"
    if asked.get("code_challenge_method") != "S256" or not 43 <= len(asked.get("code_challenge", "")) <= 128:
        return "invalid_request"
    if "request" in asked:
        return "request_not_supported"
    return None


def _fits(grant: Grant, client: Client, request: Request) -> bool:
    """Check that the code belongs to this client, this address and this verifier."""
    return (
        grant.request.client_id == client.id
        and request.form.get("redirect_uri") == grant.request.redirect_uri
        and verifies(grant.request.challenge, request.form.get("code_verifier", ""))
    )


def _mark_of(session: str) -> str:
    return hashlib.sha256(session.encode()).hexdigest()[:32]
