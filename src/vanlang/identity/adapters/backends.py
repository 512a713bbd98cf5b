"""Who an account is to Django: found by user name and password, and found again by the session."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from typing_extensions import override

from vanlang.identity.models import Account
from vanlang.identity.queries import find_account
from vanlang.kernel import clock


class AccountBackend(AuthenticationBackend):  # type: ignore[misc] # allauth ships no types
    """allauth's (an unknown user name costs as much time as a wrong password), with the standing loaded along."""

    @override
    def get_user(self, user_id: int) -> Account | None:
        account = find_account(user_id, clock.today())
        return account if account is not None and self.user_can_authenticate(account) else None
