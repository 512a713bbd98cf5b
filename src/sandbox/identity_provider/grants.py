"""Requests, codes and access tokens: kept in memory, short-lived, bound to their client, a code used once."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

REQUEST_LIFE = timedelta(minutes=30)
CODE_LIFE = timedelta(seconds=60)
TOKEN_LIFE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Client:
    """A relying party that registered."""

    id: str
    secret: str
    name: str
    redirect_uris: frozenset[str]
    logout_uris: frozenset[str] = frozenset()

    def knows(self, secret: str) -> bool:
        """Compare secrets in constant time."""
        return hmac.compare_digest(self.secret.encode(), secret.encode())


@dataclass(frozen=True, slots=True)
class AuthorizationRequest:
    """What a client asked at the authorization endpoint, after every check."""

    client_id: str
    redirect_uri: str
    scope: str
    state: str | None
    nonce: str | None
    challenge: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Grant:
    """A person's consent to a request, on the way to becoming tokens."""

    request: AuthorizationRequest
    subject: str
    session: str
    signed_in_at: datetime
    granted_at: datetime


@dataclass(frozen=True, slots=True)
class AccessToken:
    """Who may be asked about with this token, until when."""

    subject: str
    scope: str
    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """A browser's sign-in at the provider."""

    subject: str
    signed_in_at: datetime


def verifies(challenge: str, verifier: str) -> bool:
    """Check a PKCE verifier against its S256 challenge (RFC 7636 §4.6)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return hmac.compare_digest(base64.urlsafe_b64encode(digest).rstrip(b"=").decode(), challenge)


@dataclass(slots=True)
class Memory:
    """Everything the provider learned since its start."""

    requests: dict[str, AuthorizationRequest] = field(default_factory=dict)
    grants: dict[str, Grant] = field(default_factory=dict)
    spent_codes: set[str] = field(default_factory=set)
    tokens: dict[str, AccessToken] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def remember_request(self, request: AuthorizationRequest) -> str:
        """Keep `request` while the person reads the page; return its handle."""
        handle = secrets.token_urlsafe(24)
        with self._lock:
            self.requests[handle] = request
        return handle

    def take_request(self, handle: str, at: datetime) -> AuthorizationRequest | None:
        """Return the request behind `handle` once, if it is not stale."""
        with self._lock:
            request = self.requests.pop(handle, None)
        return request if request and at - request.asked_at < REQUEST_LIFE else None

    def open_session(self, subject: str, at: datetime) -> str:
        """Sign `subject` in at the provider; return the session's id."""
        session = secrets.token_urlsafe(24)
        with self._lock:
            self.sessions[session] = Session(subject, at)
        return session

    def grant(self, grant: Grant) -> str:
        """Return a code for `grant`."""
        code = secrets.token_urlsafe(32)
        with self._lock:
            self.grants[code] = grant
        return code

    def redeem(self, code: str, at: datetime) -> Grant | None:
        """
        Return the grant behind `code` once.

        A code shown twice revokes the tokens it became (RFC 6749 §4.1.2).
        """
        with self._lock:
            if code in self.spent_codes:
                self.tokens = {key: token for key, token in self.tokens.items() if token.code != code}
                return None
            grant = self.grants.pop(code, None)
            if grant is None:
                return None
            self.spent_codes.add(code)
        return grant if at - grant.granted_at < CODE_LIFE else None

    def issue(self, code: str, grant: Grant, at: datetime) -> str:
        """Return an opaque access token for `grant`."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self.tokens[token] = AccessToken(grant.subject, grant.request.scope, code, at + TOKEN_LIFE)
        return token

    def find_token(self, token: str, at: datetime) -> AccessToken | None:
        """Return what `token` allows, if it still does."""
        found = self.tokens.get(token)
        return found if found and at < found.expires_at else None

    def close_session(self, session: str) -> None:
        """Sign out."""
        with self._lock:
            self.sessions.pop(session, None)
