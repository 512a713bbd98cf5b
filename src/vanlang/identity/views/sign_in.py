"""The one sign-in page, with its two doors; and the way out."""

from __future__ import annotations

import datetime as dt

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from vanlang.identity.adapters.national import NationalProvider
from vanlang.identity.forms import SignInForm
from vanlang.identity.models import Account
from vanlang.identity.permissions import public
from vanlang.identity.permissions.marking import own_path
from vanlang.identity.queries import actor_for
from vanlang.identity.requests import actor_from
from vanlang.identity.services import consume, give_back, record_refused_sign_in, record_sign_out
from vanlang.identity.types import ActorKind
from vanlang.kernel import clock
from vanlang.kernel.errors import Refusal
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.ui.rendering import redirect_after_post, render_page
from vanlang.ui.security import allow

PER_ACCOUNT_HERE = (5, dt.timedelta(minutes=5))
"""Tries of one account from one address: a slip of the hand is forgiven, a guess is not."""
PER_ACCOUNT = (20, dt.timedelta(minutes=15))
"""Tries of one account from all addresses: wide enough that a stranger cannot lock an officer out in passing."""
PER_ADDRESS = (50, dt.timedelta(minutes=5))
"""Tries from one address: an office of many officers behind one address still signs in at eight o'clock."""


@public
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    back_to = next_of(request)
    if request.method != "POST":
        if actor_from(request).kind is not ActorKind.NOBODY:
            return HttpResponseRedirect(back_to or _front_page(request))
        return sign_in_page(request, SignInForm())
    form = SignInForm(request.POST)
    if not form.is_valid():
        return sign_in_page(request, form, status=422)
    return _try(request, form, back_to)


@public
@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    actor = actor_from(request)
    if actor.kind is not ActorKind.NOBODY:
        record_sign_out(actor=actor, at=clock.now())
    logout(request)
    place = reverse("identity:signed_out")
    return redirect_after_post(request, f"{place}?dinh-danh=1" if actor.is_citizen else place)


@public
@never_cache
@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    """A citizen on a shared computer must also end the session at the identity provider, one link away."""
    context = {"provider_url": "", "sign_in_url": resolve_url(settings.LOGIN_URL)}
    if request.GET.get("dinh-danh"):
        home = request.build_absolute_uri(resolve_url(settings.VANLANG_HOME_URL))
        context["provider_url"] = NationalProvider(request).sign_out_url(home)
    return render_page(request, "identity/signed_out.html", context)


def next_of(request: HttpRequest) -> str:
    """Return where the visitor wanted to go, when it is on this site; empty otherwise."""
    return own_path(request, request.POST.get("next") or request.GET.get("next") or "")


def sign_in_page(
    request: HttpRequest, form: SignInForm, *, status: int = 200, trouble: Sentence | None = None
) -> HttpResponse:
    """Return the page with both doors; `trouble` is said above them."""
    context = {
        "form": form,
        "next": next_of(request),
        "trouble": trouble,
        "session_ended": bool(request.GET.get("het-phien")),
    }
    response = render_page(request, "identity/sign_in.html", context, status=status)
    allow(response, "form-action", *NationalProvider(request).form_origins())
    return response


def _try(request: HttpRequest, form: SignInForm, back_to: str) -> HttpResponse:
    username, at = form.cleaned_data["username"], clock.now()
    address = get_adapter().get_client_ip(request)
    here, anywhere = f"sign-in:{username}:{address}", f"sign-in:{username}"
    refusal = (
        consume(f"sign-in-from:{address}", limit=PER_ADDRESS[0], per=PER_ADDRESS[1], at=at)
        or consume(here, limit=PER_ACCOUNT_HERE[0], per=PER_ACCOUNT_HERE[1], at=at)
        or consume(anywhere, limit=PER_ACCOUNT[0], per=PER_ACCOUNT[1], at=at)
    )
    if refusal is not None:
        record_refused_sign_in(account_id=None, why="too_many_attempts", at=at)
        return too_many(sign_in_page(request, form, status=429, trouble=_sentence(refusal)), refusal)
    account = authenticate(request, username=username, password=form.cleaned_data["password"])
    refusal = _why_not(account, at)
    if refusal is not None or not isinstance(account, Account):
        refusal = refusal or Refusal("identity.wrong_credentials")
        record_refused_sign_in(account_id=account.pk if account else None, why=refusal.code, at=at)
        return sign_in_page(request, form, status=422, trouble=_sentence(refusal))
    for key in (here, anywhere):
        give_back(key)
    response: HttpResponse = perform_password_login(request, {}, Login(user=account, redirect_url=back_to))
    return response


def _why_not(account: object, at: dt.datetime) -> Refusal | None:
    """Return why a right password is not enough: an officer without an appointment has nothing to sign in to."""
    if not isinstance(account, Account):
        return Refusal("identity.wrong_credentials")
    if not actor_for(account, on=at.date()).is_officer:
        return Refusal("identity.no_appointment")
    return None


def too_many(response: HttpResponse, refusal: Refusal) -> HttpResponse:
    """Say to programs, too, when to come back."""
    response.headers["Retry-After"] = str(refusal.facts["retry_after_seconds"])
    return response


def _sentence(refusal: Refusal) -> Sentence:
    return sentence_of(refusal.code, refusal.facts)


def _front_page(request: HttpRequest) -> str:
    at_work = actor_from(request).is_officer
    return resolve_url(settings.VANLANG_DESK_URL if at_work else settings.VANLANG_HOME_URL)
