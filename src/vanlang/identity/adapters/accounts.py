"""Officers sign in with a user name; nobody registers by themselves."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from typing_extensions import override


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth ships no types
    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
