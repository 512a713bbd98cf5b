"""What allauth asks us: who may sign in, where they go then, and how secrets of second factors are kept."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from typing_extensions import override

from vanlang.identity.models import Account
from vanlang.identity.queries import actor_for, list_appointments
from vanlang.identity.requests import begin_session
from vanlang.identity.services import record_sign_in
from vanlang.kernel import clock


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth ships no types
    """Nobody registers by themselves; a session begins with its clock set and its line in the log."""

    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @override
    def login(self, request: HttpRequest, user: Account) -> None:
        super().login(request, user)
        at = clock.now()
        begin_session(request, at)
        ways = [str(record["method"]) for record in get_authentication_records(request, user)]
        record_sign_in(actor=actor_for(user, on=at.date()), ways=ways, at=at)

    @override
    def post_login(self, request: HttpRequest, user: Account, **told: Any) -> HttpResponse:
        return HttpResponseRedirect(_where_to(user, str(told.get("redirect_url") or "")))

    @override
    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: our own pages say what happened."""

    @override
    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Our own views ask before they change a second factor (`identity.permissions.second_factor`)."""
        return False


def _where_to(account: Account, wanted: str) -> str:
    """Return where a fresh session goes: to what was wanted, by way of the choice of role for who has several."""
    appointments = list_appointments(account.pk, clock.today())
    if len(appointments) > 1:
        choice = reverse("identity:roles")
        return f"{choice}?{urlencode({'next': wanted})}" if wanted else choice
    return wanted or resolve_url(settings.VANLANG_DESK_URL if appointments else settings.VANLANG_HOME_URL)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth ships no types
    """Secrets of second factors lie encrypted in the database: a copy of it signs nobody in."""

    @override
    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    @override
    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    key = settings.VANLANG_KEY_ENCRYPTION_KEY or settings.SECRET_KEY
    derived = HKDF(SHA256(), 32, salt=None, info=b"vanlang.identity.second-factor").derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
