"""
The national identity provider, over OpenID Connect: what it vouches for becomes a person and an account.

The account is keyed on the personal id (`SoDinhDanh`), not on a name. Keys of the claims are the provider's.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from django.http import HttpRequest
from django.shortcuts import redirect
from typing_extensions import override

from vanlang.identity.errors import PersonalIdError
from vanlang.identity.services.people import PersonFacts, account_of_citizen
from vanlang.kernel import clock
from vanlang.kernel.scope import Scope, acting


def facts_from_claims(claims: dict[str, Any]) -> PersonFacts:
    """Return the facts of a person from the provider's claims: national keys first, then the standard ones."""
    birth = str(claims.get("NgaySinh") or claims.get("birthdate") or "")
    return PersonFacts(
        full_name=str(claims.get("HoVaTen") or claims.get("name") or ""),
        personal_id=str(claims.get("SoDinhDanh") or ""),
        born_on=_day(birth),
        gender={"1": "male", "2": "female", "male": "male", "female": "female"}.get(
            str(claims.get("GioiTinh") or claims.get("gender") or ""), ""
        ),
        address=str(claims.get("ThuongTru") or ""),
        phone=str(claims.get("SoDienThoai") or claims.get("phone_number") or ""),
        email=str(claims.get("email") or ""),
    )


def _day(text: str) -> dt.date | None:
    for shape in ("%Y-%m-%d", "%Y%m%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, shape).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    return None


def _one_subject(told: dict[str, Any]) -> bool:
    """Check that token and user info speak of one person (OpenID Connect Core §5.3.2); the library does not."""
    token, userinfo = told.get("id_token"), told.get("userinfo")
    return not (token and userinfo) or token.get("sub") == userinfo.get("sub")


class CitizenAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # allauth ships no types
    @override
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return True

    @override
    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Tie the sign-in to the account of the personal id, made if it is the first time."""
        extra = sociallogin.account.extra_data
        claims = {**extra.get("id_token", {}), **extra.get("userinfo", extra)}
        facts = facts_from_claims(claims)
        try:
            if not facts.personal_id or not _one_subject(extra):
                raise PersonalIdError
            with acting(Scope.system()):
                account = account_of_citizen(facts=facts, at=clock.now())
        except PersonalIdError as error:
            raise ImmediateHttpResponse(redirect("/dang-nhap/?loi=identity.provider_refused")) from error
        # what stays is the tie, not the claims: personal data lives in Person alone
        sociallogin.account.extra_data = {}
        if sociallogin.is_existing:
            if sociallogin.user.pk != account.pk:
                SocialAccount.objects.filter(pk=sociallogin.account.pk).update(user=account)
                sociallogin.user = account
        else:
            sociallogin.connect(request, account)
