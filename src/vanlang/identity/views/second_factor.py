"""The second factor: the step at sign-in, setting it up, its spare codes, and showing it again before a grave act."""

from __future__ import annotations

import datetime as dt
import io

import segno
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import delete_and_cleanup, post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.recovery_codes.internal.flows import auto_generate_recovery_codes, generate_recovery_codes
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal.auth import TOTP, clear_totp_secret, get_totp_secret, validate_totp_code
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vanlang.identity.forms import CodeForm, PasswordForm
from vanlang.identity.models import Account
from vanlang.identity.permissions import (
    has_recent_sign_in,
    needs_second_factor,
    officer_required,
    officer_required_before_second_factor,
    public,
    require_fresh_second_factor,
)
from vanlang.identity.permissions.marking import own_path
from vanlang.identity.requests import actor_from, appointments_from
from vanlang.identity.services import consume, give_back, record_refused_sign_in, record_second_factor
from vanlang.identity.views.sign_in import next_of, too_many
from vanlang.kernel import clock
from vanlang.kernel.errors import Conflict, NotAllowed, Refusal
from vanlang.kernel.labels import sentence_of
from vanlang.ui.rendering import redirect_after_post, render_page

CODES_PER_ACCOUNT = (5, dt.timedelta(minutes=5))
"""Tries of a code of six digits, right or wrong password before it."""


# --- at sign-in -----------------------------------------------------------------------------------


@public
@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")  # type: ignore[untyped-decorator] # allauth ships no types
def enter_code(request: HttpRequest) -> HttpResponse:
    """The second step: the password was right, nobody is signed in yet."""
    stage = request._login_stage  # type: ignore[attr-defined] # where allauth's decorator leaves it
    form = CodeForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "action": request.path, "kept": (), "back": ""}
    if not form.is_valid():
        return _unchecked_page(request, "identity/enter_code.html", context)
    shown = _shown(stage.login.user, form)
    if isinstance(shown, Refusal):
        record_refused_sign_in(account_id=stage.login.user.pk, why=shown.code, at=clock.now())
        return _refused_page(request, "identity/enter_code.html", context, shown)
    post_authentication(request, shown)
    response: HttpResponse = stage.exit()
    return response


# --- before a grave act ---------------------------------------------------------------------------


@officer_required_before_second_factor
@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Take a code, then lead on to `next`; with `gui-lai` the browser sends the kept form there again (307)."""
    account, back_to = _account(request), own_path(request, request.GET.get("next", ""))
    again_from = own_path(request, request.GET.get("gui-lai", ""))
    if not _authenticators(account, Authenticator.Type.TOTP):
        return HttpResponseRedirect(
            f"{reverse('identity:activate')}?{urlencode({'next': again_from or back_to})}"
        )
    form = CodeForm(request.POST if request.method == "POST" else None)
    context = {
        "form": form,
        "action": request.get_full_path(),
        "kept": CodeForm.fields_beside(request.POST) if again_from else (),
        "back": again_from or back_to,
    }
    if not form.is_valid():
        return _unchecked_page(request, "identity/confirm.html", context)
    shown = _shown(account, form)
    if isinstance(shown, Refusal):
        return _refused_page(request, "identity/confirm.html", context, shown)
    post_authentication(request, shown, reauthenticated=True)
    record_second_factor(actor=actor_from(request), change="shown", at=clock.now())
    if again_from and back_to:
        return HttpResponse(status=307, headers={"Location": back_to})
    return redirect_after_post(request, back_to or reverse("identity:security"))


# --- setting it up --------------------------------------------------------------------------------


@officer_required
@never_cache
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """What protects this account."""
    account = _account(request)
    totp = _authenticators(account, Authenticator.Type.TOTP)
    codes = _authenticators(account, Authenticator.Type.RECOVERY_CODES)
    context = {
        "active_since": totp[0].created_at if totp else None,
        "codes_left": len(codes[0].wrap().get_unused_codes()) if codes else 0,
        "may_deactivate": bool(totp) and not _must_have(request),
    }
    return render_page(request, "identity/security.html", context)


@officer_required_before_second_factor
@never_cache
@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """Tie an authenticator app to the account: scan, type the code it shows, done."""
    account, here = _account(request), request.get_full_path()
    if _authenticators(account, Authenticator.Type.TOTP):
        return HttpResponseRedirect(next_of(request) or reverse("identity:security"))
    if not has_recent_sign_in(request):
        return HttpResponseRedirect(f"{reverse('identity:password')}?{urlencode({'next': here})}")
    secret = get_totp_secret()
    form = CodeForm(request.POST if request.method == "POST" else None)
    context = {
        "form": form,
        "secret": _in_fours(secret),
        "must": _must_have(request),
        "next": next_of(request),
    }
    if not form.is_valid():
        return _unchecked_page(request, "identity/activate.html", context)
    refusal = _may_try(account)
    if refusal is None and not validate_totp_code(secret, form.cleaned_data[CodeForm.NAME]):
        refusal = Refusal("identity.wrong_code")
    if refusal is not None:
        return _refused_page(request, "identity/activate.html", context, refusal)
    _activate(request, account, secret)
    codes = reverse("identity:codes")
    back_to = next_of(request)
    return redirect_after_post(request, f"{codes}?{urlencode({'next': back_to})}" if back_to else codes)


@officer_required_before_second_factor
@never_cache
@require_safe
def activation_code(request: HttpRequest) -> HttpResponse:
    """The secret of the set-up page as a QR code: an address of its own, since our pages show no inline image."""
    adapter = get_adapter()
    content = segno.make(adapter.build_totp_url(_account(request), get_totp_secret()), error="m", micro=False)
    image = io.BytesIO()
    content.save(image, kind="svg", scale=5, border=4, light="#fff")
    return HttpResponse(image.getvalue(), content_type="image/svg+xml")


@officer_required
@never_cache
@require_POST
def deactivate(request: HttpRequest) -> HttpResponse:
    """Take the second factor off an account whose role does not need it: a new telephone, a lost one."""
    require_fresh_second_factor(request)
    if _must_have(request):
        raise NotAllowed("identity.second_factor_needed")
    for authenticator in _authenticators(_account(request), Authenticator.Type.TOTP):
        delete_and_cleanup(request, authenticator)
    record_second_factor(actor=actor_from(request), change="deactivated", at=clock.now())
    return redirect_after_post(request, reverse("identity:security"))


# --- spare codes ----------------------------------------------------------------------------------


@officer_required
@never_cache
@require_safe
def codes(request: HttpRequest) -> HttpResponse:
    """The spare codes, to print or to keep: for the day the telephone is not at hand."""
    require_fresh_second_factor(request)
    context = {"codes": _spare_codes(request), "next": next_of(request)}
    return render_page(request, "identity/codes.html", context)


@officer_required
@never_cache
@require_safe
def codes_file(request: HttpRequest) -> HttpResponse:
    require_fresh_second_factor(request)
    lines = [f"Mã dự phòng Văn Lang của tài khoản {_account(request).username}", *_spare_codes(request), ""]
    return HttpResponse(
        "\r\n".join(lines),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="ma-du-phong-van-lang.txt"'},
    )


@officer_required
@never_cache
@require_POST
def renew_codes(request: HttpRequest) -> HttpResponse:
    """Make new spare codes; the old ones end."""
    require_fresh_second_factor(request)
    if not _authenticators(_account(request), Authenticator.Type.TOTP):
        raise Conflict("identity.second_factor_missing")
    generate_recovery_codes(request)
    record_second_factor(actor=actor_from(request), change="codes_renewed", at=clock.now())
    return redirect_after_post(request, reverse("identity:codes"))


@officer_required_before_second_factor
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Take the password again before a second factor is set up: the computer may have been left alone."""
    account = _account(request)
    form = PasswordForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "next": next_of(request)}
    if not form.is_valid():
        return _unchecked_page(request, "identity/password.html", context)
    refusal = _may_try(account)
    if refusal is None and not account.check_password(form.cleaned_data["password"]):
        refusal = Refusal("identity.wrong_password")
    if refusal is not None:
        return _refused_page(request, "identity/password.html", context, refusal)
    give_back(_key(account))
    record_authentication(request, account, "password", reauthenticated=True)
    return redirect_after_post(request, next_of(request) or reverse("identity:security"))


# --- parts ----------------------------------------------------------------------------------------


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)  # noqa: S101 - every view here is an officer's; tells the type
    return request.user


def _authenticators(account: Account, kind: Authenticator.Type) -> list[Authenticator]:
    return list(Authenticator.objects.filter(user_id=account.pk, type=kind))


def _must_have(request: HttpRequest) -> bool:
    """Return whether any role of this officer needs a second factor, whichever they work in now."""
    return any(needs_second_factor(card.roles) for card in appointments_from(request))


def _key(account: Account) -> str:
    return f"second-factor:{account.pk}"


def _may_try(account: Account) -> Refusal | None:
    limit, per = CODES_PER_ACCOUNT
    return consume(_key(account), limit=limit, per=per, at=clock.now())


def _shown(account: Account, form: CodeForm) -> Authenticator | Refusal:
    """Return the second factor that a typed code proves, or why it proves none. A code proves once."""
    refusal = _may_try(account)
    if refusal is not None:
        return refusal
    code = form.cleaned_data[CodeForm.NAME]
    for authenticator in Authenticator.objects.filter(user_id=account.pk).order_by("pk"):
        if authenticator.wrap().validate_code(code) and _first_use(account, code):
            give_back(_key(account))
            authenticator.user = account
            return authenticator
    return Refusal("identity.wrong_code")


def _first_use(account: Account, code: str) -> bool:
    """Return whether a code was not used before. It is valid for three periods, allauth remembers it for one."""
    return consume(f"code:{account.pk}:{code}", limit=1, per=dt.timedelta(minutes=5), at=clock.now()) is None


@transaction.atomic
def _activate(request: HttpRequest, account: Account, secret: str) -> None:
    authenticator = TOTP.activate(account, secret).instance
    auto_generate_recovery_codes(request)
    clear_totp_secret(request)
    record_authentication(request, account, "mfa", id=authenticator.pk, type=authenticator.type)
    record_second_factor(actor=actor_from(request), change="activated", at=clock.now())


def _spare_codes(request: HttpRequest) -> list[str]:
    kept = _authenticators(_account(request), Authenticator.Type.RECOVERY_CODES)
    return [f"{code[:4]} {code[4:]}" for one in kept for code in RecoveryCodes(one).get_unused_codes()]


def _in_fours(secret: str) -> str:
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def _unchecked_page(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    return render_page(request, template, context, status=422 if request.method == "POST" else 200)


def _refused_page(
    request: HttpRequest, template: str, context: dict[str, object], refusal: Refusal
) -> HttpResponse:
    trouble = sentence_of(refusal.code, refusal.facts)
    context = {
        **context,
        "form": type(context["form"])(),
        "trouble": trouble,
    }  # a wrong code is not shown again
    if "retry_after_seconds" in refusal.facts:
        return too_many(render_page(request, template, context, status=429), refusal)
    return render_page(request, template, context, status=422)
