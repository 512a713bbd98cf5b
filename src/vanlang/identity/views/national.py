"""A citizen's way to the national identity provider and back."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from vanlang.identity.adapters.national import PROVIDER, NationalProvider
from vanlang.identity.errors import IdentityProviderError, PersonalIdError, SignInInterruptedError
from vanlang.identity.permissions import public
from vanlang.identity.permissions.marking import own_path
from vanlang.identity.services import PersonFacts, account_of_citizen, record_refused_sign_in
from vanlang.identity.views.sign_in import next_of
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import sentence_of
from vanlang.kernel.scope import Scope, acting
from vanlang.ui.rendering import render_page
from vanlang.ui.security import allow

LAST_WANTED = "sign_in_next"
"""Where the session keeps the page that the visitor came from, for when the state of the errand is gone."""


@public
@never_cache
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Send the visitor to the provider."""
    back_to = next_of(request)
    request.session[LAST_WANTED] = back_to
    try:
        response = HttpResponse(status=303, headers={"Location": NationalProvider(request).begin(back_to)})
    except DomainError as error:
        return _refused(request, error, back_to)
    return response


@public
@never_cache
@require_safe
def come_back(request: HttpRequest) -> HttpResponse:
    """Read what the provider sent the visitor back with; let them in, or say why not and offer to try again."""
    provider = NationalProvider(request)
    state = provider.take_state()
    back_to = own_path(request, str((state or request.session).get("next" if state else LAST_WANTED) or ""))
    try:
        if state is None:
            raise SignInInterruptedError
        return _let_in(request, provider.finish(state), back_to)
    except DomainError as error:
        return _refused(request, error, back_to)


def _let_in(request: HttpRequest, facts: PersonFacts, back_to: str) -> HttpResponse:
    at = clock.now()
    try:
        with acting(Scope.system()):
            account = account_of_citizen(facts=facts, at=at)
    except PersonalIdError as error:
        raise IdentityProviderError("identity.personal_id_missing") from error
    if not account.is_active:
        raise IdentityProviderError("identity.account_closed")
    if request.user.is_authenticated:
        logout(request)
    record_authentication(request, account, "socialaccount", provider=PROVIDER)
    response: HttpResponse = perform_login(request, Login(user=account, redirect_url=back_to))
    return response


def _refused(request: HttpRequest, error: DomainError, back_to: str) -> HttpResponse:
    record_refused_sign_in(account_id=None, why=error.code, at=clock.now())
    context = {
        "sentence": sentence_of(error.code, error.facts),
        "tone": "info" if error.code == "identity.sign_in_cancelled" else "danger",
        "next": back_to,
    }
    response = render_page(request, "identity/refused.html", context, status=type(error).status)
    allow(response, "form-action", *NationalProvider(request).form_origins())
    return response
