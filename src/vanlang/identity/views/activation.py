"""Setting a password by the link on an activation slip, and changing it later."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from vanlang.identity.errors import ActivationError, PasswordError
from vanlang.identity.forms import ChangePasswordForm, NewPasswordForm
from vanlang.identity.models import Account
from vanlang.identity.permissions import officer_required, public
from vanlang.identity.requests import actor_from
from vanlang.identity.services import activate, change_password, consume, find_activation, give_back
from vanlang.identity.views.second_factor import CODES_PER_ACCOUNT
from vanlang.kernel import clock
from vanlang.kernel.errors import Refusal
from vanlang.kernel.labels import sentence_of
from vanlang.ui.errors import respond_to
from vanlang.ui.rendering import redirect_after_post, render_page


@public
@never_cache
@sensitive_post_parameters("new_password", "repeated")
@require_http_methods(["GET", "POST"])
def activate_account(request: HttpRequest, token: str) -> HttpResponse:
    """Let the holder of a slip set the password of their account, once."""
    found = find_activation(token, at=clock.now())
    if isinstance(found, Refusal):
        return respond_to(request, ActivationError.of(found))
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "username": found.account.username, "name": found.account.full_name}
    refusal = _differ(form) if form.is_valid() else None
    if form.is_valid() and refusal is None:
        try:
            activate(token=token, password=form.cleaned_data["new_password"], at=clock.now())
        except PasswordError as error:
            refusal = Refusal(error.code)
        else:
            messages.success(request, "Đã đặt mật khẩu. Hãy đăng nhập bằng mật khẩu mới.")
            return redirect_after_post(request, reverse("identity:sign_in"))
    return _page(request, "identity/activate_account.html", context, refusal)


@officer_required
@never_cache
@sensitive_post_parameters("password", "new_password", "repeated")
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Let an officer change the password; other places where the account is signed in are signed out."""
    account = request.user
    assert isinstance(account, Account)  # noqa: S101 - an officer's view; tells the type
    form = ChangePasswordForm(request.POST if request.method == "POST" else None)
    refusal = (_wrong(account, form) or _differ(form)) if form.is_valid() else None
    if form.is_valid() and refusal is None:
        password = form.cleaned_data["new_password"]
        try:
            change_password(
                account_id=account.pk, password=password, actor=actor_from(request), at=clock.now()
            )
        except PasswordError as error:
            refusal = Refusal(error.code)
        else:
            account.refresh_from_db()
            update_session_auth_hash(request, account)
            messages.success(
                request, "Đã đổi mật khẩu. Những nơi khác đang đăng nhập tài khoản này đã bị thoát."
            )
            return redirect_after_post(request, reverse("identity:security"))
    return _page(request, "identity/change_password.html", {"form": form}, refusal)


def _wrong(account: Account, form: ChangePasswordForm) -> Refusal | None:
    """Return why the present password does not count; tries are as few as those of a second factor."""
    key, (limit, per) = f"change-password:{account.pk}", CODES_PER_ACCOUNT
    refusal = consume(key, limit=limit, per=per, at=clock.now())
    if refusal is None and not account.check_password(form.cleaned_data["password"]):
        return Refusal("identity.wrong_password")
    if refusal is None:
        give_back(key)
    return refusal


def _differ(form: NewPasswordForm) -> Refusal | None:
    told = form.cleaned_data
    return None if told["new_password"] == told["repeated"] else Refusal("identity.passwords_differ")


def _page(
    request: HttpRequest, template: str, context: dict[str, object], refusal: Refusal | None
) -> HttpResponse:
    context["trouble"] = sentence_of(refusal.code, refusal.facts) if refusal else None
    return render_page(request, template, context, status=422 if request.method == "POST" else 200)
